"Known objects: what a message that nobody understands asks for, where the program
carries it already. BABS fetches it before any model is asked: the sources are tried in
a fork, loaded, and kept by one commit that says where they came from.

  display_yourself        in a world without morphs makes them"

globals _AddSlots: (|
    {'Category: mind\x7fComment: Fetches objects that the program knows.'
        knownObjects = (| {} = 'Comment: I know which messages ask for objects that the program carries.'.
            parent* = traits oddball.

            {'Category: known\x7fComment: By message: the script that makes them. What was fetched, with its message and the time.'
                scripts <- dictionary copyRemoveAll at: 'display_yourself' Put: 'morphic/all.self'.
                fetched <- list copyRemoveAll.
            }
            {'Category: fetching\x7fComment: For a message that was not understood: whether its objects were made. They must have been made in a fork first.'
                fetchFor: m = (| script |
                    script: scripts at: m selector IfAbsent: [ ^ false ].
                    (isHarmless: script) ifFalse: [ ^ false ].
                    script _RunScript.
                    ((reflect: m receiver) understands: m selector) ifFalse: [ ^ false ].
                    fetched add: m selector -> script.
                    image tryCommit: m selector
                        , ': fetched by BABS from what the program knows (', script
                        , '), after a trial in a fork'.
                    true ).
                isHarmless: script = (| answer |
                    answer: script
                        _ForkEvaluate: '_RunScript. \'made\''
                        Fuel: fuel
                        Memory: memory
                        Time: milliseconds
                        IfFail: [ ^ false ].
                    (answer at: 0) = 'value' ).
                fuel = 2000000000.
                memory = 134217728.
                milliseconds = 30000.
            }
        |).
    }
|)
