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
            t holder: a methodHolder reflectee.
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
            names: a names filterBy: [ |:n| false ].
            message copyReceiver: r Selector: a selector Arguments: (vector copySize: 0) ).
    }
|)
