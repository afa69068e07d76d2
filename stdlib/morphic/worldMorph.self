"The world that screens show: a morph whose parts are everything on it. There may be
several; `ui_manager world` is the one that is looked at."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of worlds of morphs.'
        worldMorph = (| {} = 'Comment: I am the ground on which morphs stand.'.
            parent* = traits morph.

            {'Category: testing\x7fComment: I am.'
                isWorld = true.
            }
            {'Category: placing\x7fComment: Takes a morph in where there is room: a screen, which knows how large it is, finds the place, and begins to look in steps from the upper left corner. At a place; for an event, near to where it happened.'
                place: m = (
                    nextPlace: (nextPlace + (28 @ 28)).
                    nextPlace y > 360 ifTrue: [ nextPlace: ((nextPlace x - 240) max: 24) @ 72 ].
                    m at: 'settle' Put: true.
                    m moveTo: nextPlace.
                    addMorph: m.
                    m ).
                place: m For: e At: p = (
                    m at: 'settle' Put: (e hand isNil ifTrue: true False: [ e hand oid ]).
                    place: m At: p ).
                place: m At: p = ( m moveTo: ((p x max: 0) @ (p y max: 0)). addMorph: m. m ).
            }
            {'Category: handling events\x7fComment: Something was dropped on me: a slot becomes an object of its own; the menu of the world.'
                takes = ('drop' & 'menu' & 'carpet') asVector.
                drop: e = ( ui_manager dropped: e OnWorld: self ).
                menu: e = ( ui_manager worldMenuAt: e position Hand: e hand ).
            }
            {'Category: being told about\x7fComment: As the world.'
                kind = 'world'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of worlds of morphs.'
        worldMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of worlds of morphs.'.
            parent* = traits worldMorph.

            {'Category: parts\x7fComment: Where the latest came that nobody placed.'
                nextPlace <- 24 @ 44.
            }
        |).
    }
|)
