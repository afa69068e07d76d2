"What agents are told of this language and of working in a world: prompts of the Model
Context Protocol. The examples stand in groups of code and result, and are tested."

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Tells agents how to work here.'
        agentGuide = (| {} = 'Comment: I tell agents how to work here.'.
            parent* = traits oddball.

            {'Category: prompts\x7fComment: All, as plain data; one, with what it is about.'
                list = (
                    (globals list copyRemoveAll add: (prompt: 'language'
                        Text: 'How to write this language.'
                        Takes: vector)) add: (prompt: 'mend'
                        Text: 'Mend a method: try in a fork, install, check, and undo if it was wrong.'
                        Takes: ((argument: 'receiver' Text: 'path of the object' Needed: true)
                            & (argument: 'selector' Text: 'the method' Needed: true)
                            & (argument: 'problem' Text: 'what is wrong' Needed: false)) asVector) ).
                prompt: n Text: t Takes: args = (
                    ((mcp map at: 'name' Put: n) at: 'description' Put: t)
                        at: 'arguments'
                        Put: args asList ).
                argument: n Text: t Needed: b = (
                    ((mcp map at: 'name' Put: n) at: 'description' Put: t) at: 'required' Put: b ).
                at: n With: args = (
                    n = 'language' ifTrue: [ ^ messages: languageText ].
                    n = 'mend' ifTrue: [ ^ messages: (mendText: args) ].
                    bridge refuse: 'unknown_object' Text: 'there is no prompt ', n ).
                messages: text = (
                    mcp map
                        at: 'messages'
                        Put: (globals list copyRemoveAll add: ((mcp map at: 'role' Put: 'user')
                            at: 'content'
                            Put: ((mcp map at: 'type' Put: 'text') at: 'text' Put: text))) ).
            }
            {'Category: language\x7fComment: The essentials, as pairs of a line of text and pairs of code and result.'
                languageText = (| out |
                    out: stringWriter copyRemoveAll.
                    out writeLine: 'The language is Self. Everything is an object with slots; everything is done by messages.'.
                    rules do: [ |:r| out writeLine: '- ', r ].
                    out writeLine: ''.
                    out writeLine: 'Examples, each with what it gives:'.
                    examples do: [ |:e| out writeLine: '  ', e key, '   -> ', e value ].
                    out contents ).
                rules = ('A message is unary (x size), binary (3 + 4) or keyword (d at: 1 Put: 2): the first keyword part begins with a small letter, every later one with a capital.'
                    & 'Different operators in one expression need parentheses: (3 + 4) * 5. Unary binds closest, then binary, then keyword.'
                    & 'An object: (| parent* = traits clonable. n <- 0. up = ( n: n + 1. n ) |). A slot with = is constant, with <- assignable; a star marks a parent.'
                    & 'Assignment is a message: n: 5 sets the slot n. Locals stand between bars at the start of a method: (| a. b <- 0 | a: 3. a + b).'
                    & 'A block: [ |:x| x + 1 ]; ^ returns from the method. Conditions: (a < b) ifTrue: [ ... ] False: [ ... ]. Loops: 1 to: 5 Do: [ |:i| ... ], c do: [ |:e. :key| ... ].'
                    & 'Indices start at 0; ranges leave out their end. Strings are in single quotes, comments in double quotes, text is joined with a comma.'
                    & 'New slots: lobby _AddSlots: (| counter = (| ... |) |). Methods of all lists stand in traits list.'
                    & 'An error is an object: [ ... ] on: errors any Do: [ |:e| ... ]. Statements end with periods.')
                    asVector.
                examples = (
                    (('(3 + 4) * 5' -> '35') & ('(| x <- 3. twice = ( x + x ) |) twice' -> '6')
                        & ('(1 & 2 & 3) asVector mapBy: [ |:e| e * e ]' -> 'a vector(1, 4, 9)')
                        & ('\'ab\', \'cd\'' -> '\'abcd\'')
                        & ('(list copyRemoveAll add: 3) first' -> '3')
                        & ('(dictionary copyRemoveAll at: \'a\' Put: 1) at: \'a\' IfAbsent: 0'
                            -> '1')
                        & ('((1 & 2 & 3) asVector inject: 0 Into: [ |:a. :b| a + b ])' -> '6')
                        & ('(3 < 4) ifTrue: [ \'less\' ] False: [ \'more\' ]' -> '\'less\'')
                        & ('[ 1 / 0 ] on: errors any Do: [ |:e| e return: \'no\' ]' -> '\'no\'')
                        & ('(\'self\' copyFrom: 1 UpTo: 3)' -> '\'el\'')) asVector ).
            }
            {'Category: working\x7fComment: How to mend a method.'
                mendText: args = (
                    'Mend the method ', (args at: 'selector' IfAbsent: '?'), ' of the object '
                        , (args at: 'receiver' IfAbsent: '?'), '. '
                        , (args at: 'problem' IfAbsent: ''), '\n1. Read it: source.\n'
                        , '2. Try a better one in a fork with `try`: add it there with _AddSlots: and evaluate what shows that it works, and what shows that nothing else broke.\n'
                        , '3. Install it with `define`, with a check that must give true.\n'
                        , '4. Evaluate once more; if it is wrong after all, `undo`.\n' ).
            }
        |).
    }
|)
