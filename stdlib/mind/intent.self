"An intent is a method that says what it is to do instead of how:

  (| mean = ( intent: 'arithmetic mean of my elements'
               Example: '(2 & 4) asVector mean' Gives: '3' ) |)

The first send asks the model for a body, holds it against the examples, and puts it
in the place of the intent. It is never installed if an example fails."

defaultBehavior _AddSlots: (|
    {'Category: intents\x7fComment: For the body of a method: the sentence is fulfilled by a method that the model writes.'
        intent: sentence = ( mind fulfil: sentence Examples: vector For: self ).
        intent: sentence Example: e Gives: g = (
            mind fulfil: sentence Examples: (vector copySize: 1 FillingWith: e -> g) For: self ).
        intent: sentence Example: e Gives: g Example: e2 Gives: g2 = (
            mind fulfil: sentence Examples: ((e -> g) & (e2 -> g2)) asVector For: self ).
        intent: sentence Example: e Gives: g Example: e2 Gives: g2 Example: e3 Gives: g3 = (
            mind
                fulfil: sentence
                Examples: ((e -> g) & (e2 -> g2) & (e3 -> g3)) asVector
                For: self ).
    }
|)

mind _AddSlots: (|
    {'Category: intents\x7fComment: Finds the method that sent the intent, has it written, and sends the message again.'
        fulfil: sentence Examples: pairs For: r = (| a. m. t. best |
            a: intentActivation.
            m: messageOf: a For: r.
            isThinking || [ isModelThere not ] ifTrue: [
                ^ error: 'the intent \'', sentence
                    , '\' cannot be fulfilled: there is no language model here' ].
            t: task copyReceiver: r Selector: m selector Arguments: m arguments Comment: sentence.
            t signature: (signatureOf: a) Holder: a methodHolder reflectee.
            pairs do: [ |:p| t example: p key Gives: p value ].
            isThinking: true.
            best: [ crucible best: t ] ensure: [ isThinking: false ].
            best ifNil: [ t report. ^ error: 'no proposal fulfils the intent \'', sentence, '\'' ].
            swap install: best For: t.
            m send ).
        intentActivation = (
            process this activations do: [ |:a|
                (('intent:' isPrefixOf: a selector) || [ 'fulfil:' isPrefixOf: a selector ]) || [
                        a selector = 'intentActivation' ] ifFalse: [
                    (isMachinery: a) ifFalse: [ ^ a ] ] ].
            error: 'an intent stands in a method' ).
        isMachinery: a = (
            (a file includesSubstring: 'stdlib/') || [ a file includesSubstring: 'collection/' ] ).
        messageOf: a For: r = (| names |
            names: argumentsOf: a.
            message
                copyReceiver: r
                Selector: a selector
                Arguments: (names mapBy: [ |:n| (a contentsAt: n) reflectee ]) ).
        argumentsOf: a = (| count |
            count: (a selector includesSubstring: ':')
                ifTrue: [ (a selector splitOn: ':') size - 1 ]
                False: [ (babs isOperator: a selector) ifTrue: 1 False: 0 ].
            (a names copyFrom: 0 UpTo: (count min: a names size)) ).
        signatureOf: a = (| out. names. i <- 0 |
            names: argumentsOf: a.
            names isEmpty ifTrue: [ ^ a selector ].
            (a selector includesSubstring: ':') ifFalse: [ ^ a selector, ' ', names first ].
            out: stringWriter copyRemoveAll.
            (a selector splitOn: ':') do: [ |:piece|
                piece isEmpty ifFalse: [
                    i > 0 ifTrue: [ out write: ' ' ].
                    out write: piece, ': ', (names at: i).
                    i: i + 1 ] ].
            out contents ).
    }
|)
