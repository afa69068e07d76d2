"A small drawing program: lines by mouse, pen or finger, in a colour, taken back one by one."

globals _AddSlots: (|
    {'Category: morphic examples\x7fComment: A drawing program.'
        drawingExample = columnMorph copy _AddSlots: (| {} = 'Comment: One draws on me.'.

            {'Category: parts\x7fComment: The sheet; the colour and width of the pen.'
                sheet.
                pen <- '#1971c2'.
                stroke <- 3.
            }
            {'Category: creating\x7fComment: With an empty sheet.'
                copyReady = (| m |
                    m: copy.
                    m look: 'panel'.
                    m role: 'group'.
                    m label: 'Drawing'.
                    m sheet: boxMorph copyExtent: 340 @ 230 Fill: '#ffffff'.
                    m sheet edge: '#868e96'.
                    m sheet at: 'drag' Put: 'draw'.
                    m sheet on: 'drawn' Do: [ |:e| m drawn: e ].
                    m addMorph: m palette.
                    m addMorph: m sheet.
                    m ).
                palette = (
                    (rowMorph copyLook: 'wrap') addAllMorphs: ((colours mapBy: [ |:c|
                        buttonMorph copyLabel: (c at: 0) Do: [ pen: (c at: 1) ] ]) asList add: (buttonMorph
                        copyLabel: 'Clear'
                        Do: [ sheet removeAllMorphs ])) ).
                colours = (('Blue' & '#1971c2') asVector & ('Red' & '#e03131') asVector
                    & ('Black' & '#212529') asVector) asVector.
            }
            {'Category: drawing\x7fComment: A line was drawn through points.'
                drawn: e = (| line |
                    line: ((pathMorph copy at: 'points' Put: (e at: 'points')) ink: pen) stroke: stroke.
                    sheet addMorph: line.
                    e hand did: 'drawing' Undo: [ line remove ] Redo: [ sheet addMorph: line ] ).
            }
        |).
    }
|)
