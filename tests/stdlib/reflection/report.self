"Tests of stdlib/reflection/report.self, and of what the prompt's commands send."

testing suite: 'report' Tests: (|
    parent* = traits testSuite.

    testBrowse = (| text |
        text: browser browse: traits boolean.
        assert: ('traits boolean' isPrefixOf: text).
        assert: (text includesSubstring: 'xor: x') ).

    testInspect = (
        expect: (browser inspect: 3 @ 4) ToBe: '3@4\n  parent* = traits point\n  x <- 3\n  y <- 4'.
        assert: ((browser inspect: (5 & 6) asVector) includesSubstring: '1: 6') ).

    testDoc = (
        assert: ((browser showDoc: traits set) includesSubstring: 'I am the behaviour of sets.') ).

    testSendersAndImplementors = (
        assert: ((browser showSenders: 'makeRoom:') includesSubstring: 'traits stringWriter write:').
        expect: (browser showSenders: 'no', 'Such') ToBe: 'nobody sends noSuch'.
        assert: ((browser showImplementors: 'sort') includesSubstring: 'traits indexable sort') ).

    testSource = (
        assert: ((browser showSource: 3 Selector: 'succ') includesSubstring: 'succ = ( self + 1 )').
        assert: ((browser showSource: traits list Selector: 'sortBy:') includesSubstring: 'sortBy: order = (').
        expect: (browser showSource: 3 Selector: 'zork') ToBe: '3 has no zork' ).

    testTime = ( assert: ('7\n(' isPrefixOf: (shell time: [ 3 + 4 ])) ).

    testProcesses = (| p. text |
        p: [ process sleep: 1000 ] forkName: 'sleeper'.
        process yield.
        text: scheduler showProcesses.
        p abort.
        assert: (text includesSubstring: '(sleeper, sleeping)').
        deny: (scheduler showProcesses includesSubstring: 'sleeper') ).

    testReference = ( assert: (browser reference includesSubstring: '### dictionary') ).

    testEverythingIsDocumented = (| bare |
        bare: list copyRemoveAll.
        (reflect: traits) do: [ |:s|
            s contents isReflecteeSlots ifTrue: [
                s contents comment isEmpty ifTrue: [ bare add: s name ].
                s contents do: [ |:t|
                    (t isParent || [ t comment isEmpty not ]) ifFalse: [
                        bare add: s name, ' ', t name ] ] ] ].
        expect: bare ToPrint: 'a list()' ).
|)
