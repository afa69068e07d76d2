"A clock that shows the time of day (UTC), as digits and as hands."

globals _AddSlots: (|
    {'Category: morphic examples\x7fComment: A clock.'
        clockExample = morph copy _AddSlots: (| {} = 'Comment: I show the time of day.'.
            parent* = traits morph.

            {'Category: parts\x7fComment: The digits, and the hands.'
                digits.
                hands.
            }
            {'Category: creating\x7fComment: One that runs.'
                copyReady = (| c |
                    c: copy.
                    c look: 'panel'.
                    c extent: 180 @ 216.
                    c role: 'group'.
                    c label: 'Clock'.
                    c digits: ((textMorph copyText: '' Look: 'big') width: 180) moveTo: 0 @ 168.
                    c addMorph: c digits.
                    c addMorph: ((((boxMorph copyExtent: 148 @ 148 Fill: '#f8f9fa') round: 74) edge: '#495057') moveTo: 16
                        @ 12).
                    c hands: (('#212529' & '#212529' & '#c92a2a') asVector mapBy: [ |:ink. :i|
                        ((pathMorph copy ink: ink) stroke: (7 - (i * 2))) moveTo: 90 @ 86 ]).
                    c hands do: [ |:h| c addMorph: h ].
                    c step.
                    c startStepping: 1000 ).
            }
            {'Category: steps\x7fComment: Once a second.'
                step = (| s |
                    s: (time milliseconds // 1000) % 86400.
                    digits text: ((two: s // 3600), ':', (two: (s // 60) % 60), ':', (two: s % 60)).
                    point: (hands at: 0) To: (s % 43200) / 43200.0 Length: 38.
                    point: (hands at: 1) To: (s % 3600) / 3600.0 Length: 56.
                    point: (hands at: 2) To: (s % 60) / 60.0 Length: 64.
                    self ).
                two: n = ( n printString padOnLeft: 2 With: '0' ).
                point: h To: part Length: n = (| angle |
                    angle: part * 6.2831853.
                    h points: ((0 @ 0) & ((angle sin * n) round @ (0 - (angle cos * n) round)))
                        asVector ).
            }
        |).
    }
|)
