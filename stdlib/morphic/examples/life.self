"The game of life on a grid that is a torus. Cells are pressed to live or die."

globals _AddSlots: (|
    {'Category: morphic examples\x7fComment: The game of life.'
        lifeExample = columnMorph copy _AddSlots: (| {} = 'Comment: Cells live and die in me.'.

            {'Category: parts\x7fComment: Whether each cell lives, row by row; their morphs; whether time goes on.'
                cells.
                squares.
                isRunning <- false.
                side = 16.
            }
            {'Category: creating\x7fComment: With a glider.'
                copyReady = (| m. grid |
                    m: copy.
                    m look: 'panel'.
                    m role: 'group'.
                    m label: 'Game of life'.
                    m cells: vector copySize: side * side FillingWith: false.
                    grid: boxMorph copyExtent: (side * 15) @ (side * 15) Fill: '#dee2e6'.
                    m squares: (vector copySize: side * side) mapBy: [ |:x. :i| m squareAt: i ].
                    m squares do: [ |:s| grid addMorph: s ].
                    m addMorph: grid.
                    m addMorph: (rowMorph copyWith: (((buttonMorph copyLabel: 'Run or stop' Do: [
                        m isRunning: m isRunning not ])
                        & (buttonMorph copyLabel: 'Step' Do: [ m generation ])) asVector)).
                    (1 & (side + 2) & (side * 2) & ((side * 2) + 1) & ((side * 2) + 2)) asVector do: [ |
                        :i
                        |
                        m live: i Is: true ].
                    m startStepping: 150 ).
                squareAt: i = (
                    ((boxMorph copyExtent: 13 @ 13 Fill: '#ffffff') moveTo: (((i % side) * 15) + 1)
                        @ (((i // side) * 15) + 1)) onClick: [ live: i Is: (cells at: i) not ] ).
            }
            {'Category: living\x7fComment: Lets one live or die; one more generation: who has three neighbours lives, who has two stays as it is.'
                live: i Is: b = (
                    cells at: i Put: b.
                    (squares at: i) fill: (b ifTrue: '#2b8a3e' False: '#ffffff').
                    self ).
                step = ( isRunning ifTrue: [ generation ]. self ).
                generation = (| next |
                    next: cells mapBy: [ |:c. :i. n|
                        n: neighboursOf: i.
                        (n = 3) || [ c && [ n = 2 ] ] ].
                    next do: [ |:b. :i| b == (cells at: i) ifFalse: [ live: i Is: b ] ].
                    self ).
                neighboursOf: i = (| n <- 0. x. y |
                    x: i % side.
                    y: i // side.
                    -1 to: 1 Do: [ |:dy|
                        -1 to: 1 Do: [ |:dx|
                            ((dx = 0) && [ dy = 0 ]) ifFalse: [
                                (cells at: ((((y + dy) + side) % side) * side)
                                    + (((x + dx) + side) % side)) ifTrue: [ n: n + 1 ] ] ] ].
                    n ).
            }
        |).
    }
|)
