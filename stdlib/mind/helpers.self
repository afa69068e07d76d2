"Methods that a proposal needs and nobody has yet: they are asked for in their turn and
become part of the same proposal, up to three. They are tried, judged, shown, installed
and taken back together."

crucible _AddSlots: (|
    {'Category: helpers\x7fComment: A proposal with what its translation sends to the receiver and nobody understands: several if there is a choice, most likely first; as it is if nothing is missing, or too much.'
        completed: p Missing: m Of: q = (| all. wanted. row |
            all: list copyRemoveAll add: p.
            wanted: (missingIn: m For: p task).
            wanted isEmpty || [ wanted size > mostHelpers ] ifTrue: [ ^ all ].
            [ wanted isEmpty ] whileFalse: [ | options |
                row: wanted removeFirst.
                options: helpersFor: row Beside: p Of: q.
                options isEmpty ifTrue: [ ^ list copyRemoveAll add: p ].
                (all first helpers size + wanted size) >= mostHelpers ifTrue: [
                    ^ list copyRemoveAll add: p ].
                (missingIn: options first missing For: options first task) do: [ |:next|
                    (next key = p task selector) || [
                            (wanted anySatisfy: [ |:w| w key = next key ]) || [
                                    (next key = row key) || [ all first hasHelper: next key ] ] ] ifFalse: [
                        wanted add: next ] ].
                all: (combined: all With: options) ].
            all ).
        missingIn: m For: t = (| all |
            all: list copyRemoveAll.
            2 to: m size - 2 By: 2 Do: [ |:i. s|
                s: selectorFor: (m at: i) Count: (m at: i + 1).
                ((reflect: t receiver) understands: s) ifFalse: [ all add: s -> (m at: i + 1) ] ].
            all ).
        selectorFor: name Count: n = (| words. s |
            words: (name splitOn: '_') asVector.
            s: words first.
            1 to: words size - 1 Do: [ |:i| s: s, (words at: i) capitalize ].
            n = 0 ifTrue: [ ^ s ].
            s: s, ':'.
            n - 1 do: [ s: s, 'With:' ].
            s ).
        helpersFor: row Beside: p Of: q = (| t. hq. all |
            t: p task helperTask: row Beside: p.
            hq: t asQuestion.
            all: list copyRemoveAll.
            (mind think: hq Count: mind firstThoughts Seed: t seed) do: [ |:answer|
                (hq methodsIn: (answer at: 0) IfFail: vector) do: [ |:m. h|
                    t signature: (m at: 0).
                    h: proposal
                        copyMethod: m
                        Thought: (hq codeOfAny: (answer at: 0))
                        Row: answer
                        Task: t copy.
                    h missing: m.
                    (all size < 3) && [
                            (all anySatisfy: [ |:other| other source = h source ]) not ] ifTrue: [
                        all add: h ] ] ].
            all ).
        combined: all With: options = (| out |
            out: list copyRemoveAll.
            all do: [ |:p|
                options do: [ |:h. one|
                    out size < mostChoices ifTrue: [
                        one: p copy.
                        one verdicts: list copyRemoveAll.
                        one helpers: (p helpers asList copy add: h) asVector.
                        one logProbability: p logProbability + h logProbability.
                        out add: one ] ] ].
            out ).
        mostHelpers = 3.
        mostChoices = 6.
    }
|)

traits proposal _AddSlots: (|
    {'Category: helpers\x7fComment: Whether a method of that selector belongs to this proposal.'
        hasHelper: s = ( (helpers anySatisfy: [ |:h| (babs selectorOf: h task signature) = s ]) ).
    }
|)

proposal _AddSlots: (|
    {'Category: helpers\x7fComment: Of a helper: its translation, with what that sends and nobody understands.'
        missing <- vector.
    }
|)

traits task _AddSlots: (|
    {'Category: helpers\x7fComment: The task of a method that a proposal for this one needs; a method kept with a record, as part of a proposal again.'
        helperTask: row Beside: p = (| t. sig |
            sig: babs
                signatureOf: row key
                Arguments: (vector copySize: row value FillingWith: nil).
            t: globals task
                copyReceiver: receiver
                Signature: sig
                Holder: holder
                Comment: ((babs wordsIn: row key) joinedWith: ' '), ': a part of this method: '
                    , ((p thought after: 'def ') replaceAll: '\n' With: ' ').
            t hasUnknownKinds: true.
            t ).
        helperOf: pair = (| t |
            t: globals task copyReceiver: receiver Signature: pair key Holder: holder Comment: ''.
            globals proposal copyText: pair value Task: t ).
    }
|)

task _AddSlots: (|
    {'Category: helpers\x7fComment: Whether nothing is known of the kinds of the arguments.'
        hasUnknownKinds <- false.
    }
|)
