"Balls that bounce in a box, thirty times a second."

globals _AddSlots: (|
    {'Category: morphic examples\x7fComment: Bouncing balls.'
        ballsExample = morph copy _AddSlots: (| {} = 'Comment: Balls bounce in me.'.
            parent* = traits morph.

            {'Category: parts\x7fComment: The balls, and where each goes.'
                balls.
                speeds.
            }
            {'Category: creating\x7fComment: With five; with some.'
                copyReady = ( copyBalls: 5 ).
                copyBalls: n = (| m. b |
                    m: copy.
                    m extent: 320 @ 220.
                    m fill: '#e7f5ff'.
                    m edge: '#1971c2'.
                    m role: 'group'.
                    m label: 'Bouncing balls'.
                    m balls: list copyRemoveAll.
                    m speeds: list copyRemoveAll.
                    n do: [ |:i|
                        b: (boxMorph copyExtent: 24 @ 24 Fill: (colours at: i % colours size)) round: 12.
                        b moveTo: ((i * 53) % 290) @ ((i * 37) % 190).
                        m balls add: b.
                        m speeds add: ((i % 5) + 2) @ ((i % 4) + 2).
                        m addMorph: b ].
                    m startStepping: 33 ).
                colours = ('#e03131' & '#f08c00' & '#2f9e44' & '#1971c2' & '#9c36b5') asVector.
            }
            {'Category: steps\x7fComment: Each goes on, and turns at the edge.'
                step = (
                    balls do: [ |:b. :i. p. v|
                        v: speeds at: i.
                        p: b position + v.
                        v: (turn: v x At: p x Below: width - 24)
                            @ (turn: v y At: p y Below: height - 24).
                        speeds at: i Put: v.
                        b moveTo: b position + v ].
                    self ).
                turn: v At: p Below: most = (
                    ((p < 0) && [ v < 0 ]) || [ (p > most) && [ v > 0 ] ]
                        ifTrue: [ 0 - v ]
                        False: [ v ] ).
            }
        |).
    }
|)
