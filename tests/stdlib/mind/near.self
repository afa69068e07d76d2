"Tests of stdlib/mind/near.self: what is asked about an object grows with what is near the
task, not with the object."

testing suite: 'near' Tests: (|
    parent* = traits testSuite.

    objectOf: n = (| out |
        out: stringWriter copyRemoveAll.
        out write: '(| parent* = traits clonable. '.
        n do: [ |:i|
            out write: 'slot', i printString, ' <- '.
            out write: ((i % 3) = 0 ifTrue: 'list copyRemoveAll' False: [
                (i % 3) = 1 ifTrue: '\'text\'' False: '1 @ 2' ]).
            out write: '. ' ].
        out write: 'balance <- 7. |)'.
        out contents eval ).
    taskOf: n = (
        task
            copyReceiver: (objectOf: n)
            Selector: 'total'
            Arguments: vector
            Comment: 'slot4711 and the balance together' ).

    testFewSlotsAreAllNear = (| t |
        t: taskOf: 10.
        expect: (babs nearNamesOf: t) asVector ToBe: (reflect: t receiver) names asVector.
        expect: (babs nearDataOf: t) size ToBe: 11.
        expect: (t stateText includesSubstring: 'statePrintString') ToBe: true ).

    testOfManyTheNearOnesComeFirst = (| t. names |
        t: taskOf: 5000.
        names: babs nearNamesOf: t.
        expect: (names at: 0) ToBe: 'balance'.
        expect: (names at: 1) ToBe: 'slot4711'.
        expect: names size ToBe: babs fewNames.
        expect: (t stateText includesSubstring: 'slot4711') ToBe: true ).

    "The question, the grammar, forms and sketches: their size does not grow."
    testTextsStaySmall = (| few. many |
        few: taskOf: 100.
        many: taskOf: 5000.
        (few & many) asVector do: [ |:t|
            deny: ((babs nearDataOf: t) size > babs fewNames).
            deny: (t asQuestion text size > 2000).
            deny: ((babs promptFor: t) size > 1000) ].
        deny: ((sketches for: many) size > ((sketches for: few) size + 20)).
        deny: ((babs scopeFor: many) size > 16).
        deny: ((forms for: many) size > ((forms for: few) size + 200)) ).

    "How much work it is, in steps of the machine: fifty times the slots, and what is bounded."
    testWorkIsBounded = (| done |
        done: (vector copySize: 1 FillingWith: (taskOf: 5000))
            _ForkEvaluate: '[ | t | t: (_At: 0). (babs promptFor: t) size + (t asQuestion text size) + (forms for: t) size + (sketches for: t) size + (babs scopeFor: t) size ] value'
            Fuel: 20000000
            Memory: 1 << 28
            Time: 60000.
        expect: (done at: 0) ToBe: 'value' ).
|)
