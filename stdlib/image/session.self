"What the world remembers only until the program ends: never part of a commit, and
nothing that leaving would ask about. A world that is opened has forgotten it, and so
has one that went back to an older commit. A fork begins without it."

globals _AddSlots: (|
    {'Category: images\x7fComment: Memory for what is of no interest tomorrow.'
        session = (| {} = 'Comment: I remember things until the program ends.'.
            parent* = traits oddball.

            {'Category: remembering\x7fComment: By name, a string; who names something puts his own name first.'
                at: k IfAbsent: a = ( memory at: k IfAbsent: a ).
                at: k IfAbsentPut: b = ( memory at: k IfAbsentPut: b ).
                at: k Put: v = ( memory at: k Put: v. self ).
            }
            {'Category: forgetting\x7fComment: One thing; everything.'
                removeKey: k = ( memory removeKey: k IfAbsent: nil. self ).
                removeAll = ( _SessionMemory: nil IfFail: nil. self ).
            }
            {'Category: private\x7fComment: What the machine keeps for me, a dictionary.'
                memory = (| d |
                    d: _SessionMemoryIfFail: nil.
                    d ifNil: [ d: dictionary copyRemoveAll. _SessionMemory: d IfFail: nil ].
                    d ).
            }
        |).
    }
|)
