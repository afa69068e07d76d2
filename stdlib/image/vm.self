"What the machine tells of itself: how much it compiles to machine code, and how
often compiled code had to be left. Numbers count from the start of the program."

globals _AddSlots: (|
    {'Category: images\x7fComment: The machine that runs this world.'
        vm = (| {} = 'Comment: I tell of the machine.'.
            parent* = traits oddball.

            {'Category: looking\x7fComment: Counts by name: compilations and their time, entries and exits, steps done by the interpreter for compiled code. Then why compiled code was left unexpectedly, with counts. Then off, on or sync.'
                statistics = ( dictionaryOf: _CompilerStatisticsIfFail: vector ).
                surprises = ( dictionaryOf: _CompilerSurprisesIfFail: vector ).
                compiling = ( _CompilerModeIfFail: 'off' ).
            }
            {'Category: looking\x7fComment: All of it as text, a line each.'
                showStatistics = (| t |
                    t: list copyRemoveAll.
                    t add: 'compiling ', compiling.
                    statistics keysDo: [ |:k| t add: k, ' ', (statistics at: k) printString ].
                    surprises keysDo: [ |:k| t add: (surprises at: k) printString, ' x ', k ].
                    t joinedWith: '\n' ).
            }
            {'Category: private\x7fComment: From keys and values in turn.'
                dictionaryOf: v = (| d |
                    d: orderedDictionary copyRemoveAll.
                    0 to: v size - 1 By: 2 Do: [ |:i| d at: (v at: i) Put: (v at: i + 1) ].
                    d ).
            }
        |).
    }
|)
