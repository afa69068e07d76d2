"The crucible for acts: tried in forks, where they are the very same objects. BRICK: it
can be done, and every test and example that holds now holds then. ROBIN: the machine
reports nothing touched but what the act names, and nothing of what is forbidden.
ALFRED: the metric rises."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Has acts tried in forks and judged.'
        trial = (| {} = 'Comment: I try acts where they do no harm.'.
            parent* = traits oddball.

            {'Category: settings\x7fComment: What the trial of an act may use, all tests of the world included: steps, bytes, milliseconds.'
                fuel <- 500000000.
                memory <- 268435456.
                milliseconds <- 20000.
                try: text With: a = ( try: text With: a And: vector ).
                try: text With: a And: pairs = (
                    ((vector copyAddLast: a) copyAddLast: pairs)
                        _ForkEvaluate: text
                        Fuel: fuel
                        Memory: memory
                        Time: milliseconds
                        IfFail: [ |:e| ('error' & e & '' & 0 & 0 & vector) asVector ] ).
            }
            {'Category: judging\x7fComment: Verdicts on an act, the first no being the last; the metric before and after is kept in the thought.'
                judge: a For: t = (| all. v |
                    all: list copyRemoveAll.
                    v: resonanceOf: a.
                    all addLast: v.
                    v isGood ifFalse: [ ^ all ].
                    v: challengeOf: a For: t.
                    all addLast: v.
                    v isGood ifFalse: [ ^ all ].
                    all addLast: (auditOf: t).
                    all ).
                resonanceOf: a = (| r |
                    r: try: '(_At: 0) applyEdits. nil' With: a.
                    (r at: 0) = 'value' ifFalse: [
                        ^ robin no: 'it can\'t be done: ', (r at: 1) asString ].
                    (safety refusal: (r at: 5) Of: a) ifNotNil: [ |:why| ^ robin no: why ].
                    a edits do: [ |:e|
                        (robin speaks: e comment Of: e) ifFalse: [
                            ^ robin no: 'its comment says nothing of ', e name ] ].
                    robin yes: 'it touches only what it names' ).
                challengeOf: a For: t = (| r. text |
                    r: try: 'trial after: (_At: 0) Keeping: (_At: 1)'
                        With: a
                        And: (answersKeptBy: a).
                    (r at: 0) = 'value' ifFalse: [
                        ^ brick no: (r at: 0), ': ', (r at: 1) asString ].
                    text: (r at: 1) copyWithoutFirst copyWithoutLast.
                    t before: cem value.
                    t after: (text before: '|') asFloat.
                    (text after: '|') = '' ifFalse: [
                        ^ brick no: 'then ', (brick short: (text after: '|')), ' fails' ].
                    brick yes: 'all tests and examples hold' ).
                answersKeptBy: a = (| all |
                    all: list copyRemoveAll.
                    a edits do: [ |:e. m|
                        m: e mirror.
                        (e kind != 'comment') && [
                                (m includesName: e name) && [ (m at: e name) isMethod ] ] ifTrue: [
                            (specimen expressionsFor: m Selector: e name) do: [ |:x|
                                (specimen answerTo: x) ifNotNil: [ |:v| all addLast: x -> v ] ] ] ].
                    all ).
                auditOf: t = (| rise |
                    rise: t after - t before.
                    rise > inquiry leastRise
                        ifTrue: [
                            alfred yes: 'cem ', (t before printStringPrecision: 4), ' -> '
                                , (t after printStringPrecision: 4) ]
                        False: [
                            alfred no: 'the metric does not rise: '
                                , (t before printStringPrecision: 4), ' -> '
                                , (t after printStringPrecision: 4) ] ).
            }
            {'Category: in the fork\x7fComment: Does it; the metric then, and what fails then that did not before.'
                after: a Keeping: pairs = (| failing. now |
                    failing: failures asSet.
                    a apply.
                    now: failures filterBy: [ |:f| (failing includes: f) not ].
                    pairs do: [ |:p| (prints: p key) = p value ifFalse: [ now addLast: p key ] ].
                    (cem measure value printStringPrecision: 12), '|', (now joinedWith: ', ') ).
                failures = (| found |
                    found: list copyRemoveAll.
                    ownMethods do: [ |:m. :n|
                        (browser examplesIn: (m at: n) comment Of: (m at: n)) do: [ |:e|
                            (fails: e) ifTrue: [ found addLast: e source ] ] ].
                    mind grown do: [ |:g|
                        g examples do: [ |:p|
                            (prints: p key) = (prints: p value) ifFalse: [ found addLast: p key ] ] ].
                    testing suites do: [ |:s|
                        s namesOfTests do: [ |:n. o|
                            o: testOutcome copyRemoveAll.
                            s run: n Into: o.
                            o hasPassed ifFalse: [ found addLast: s name, ' ', n ] ] ].
                    found ).
                fails: e = ( e value != e expected ).
                prints: text = (
                    [ (reflect: text eval) safePrintString ] on: errors any Do: [ |:e|
                        e return: e description ] ).
            }
        |).

        ownMethods = (| {} = 'Comment: I know where the methods are that are not of the standard world.'.
            parent* = traits oddball.

            {'Category: walking\x7fComment: Mirror and selector of each.'
                do: b = (
                    (_CensusPlacesFrom: cem mark IfFail: vector) do: [ |:row|
                        b value: (row at: 0) With: (row at: 1) ].
                    self ).
            }
        |).
    }
|)

robin _AddSlots: (|
    {'Category: judging\x7fComment: Whether a comment, without its examples, says something of the method that gets it: a word of its name, its code or its object, by their first four letters. None says nothing wrong.'
        speaks: note Of: e = (| said. known |
            said: babs contentWordsOf: (note splitOn: 'Example: ') first.
            said isEmpty ifTrue: [ ^ true ].
            (e mirror includesName: e name) && [ (e mirror at: e name) comment = note ] ifTrue: [
                ^ true ].
            known: list copyRemoveAll.
            known addAll: (babs wordsIn: e name).
            known addAll: (babs wordsIn: e text).
            known addAll: (babs wordsIn: e mirror expressionName).
            (e mirror includesName: e name) ifTrue: [
                known addAll: (babs wordsIn: (e mirror at: e name) source) ].
            said anySatisfy: [ |:w| known anySatisfy: [ |:k| (rootOf: w) = (rootOf: k) ] ] ).
        rootOf: w = ( w asLowercase copyFrom: 0 UpTo: (w size min: 4) ).
    }
|)
