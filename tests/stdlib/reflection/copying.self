"Tests of stdlib/reflection/copying.self, finder.self and examples.self."

testing suite: 'copying' Tests: (|
    parent* = traits testSuite.

    prototype = ( (| parent* = traits clonable. items <- list copyRemoveAll. other |) copyDeep ).

    testDeepCopies = (| a. b |
        a: prototype.
        b: a copyDeep.
        a items add: 1.
        expect: b items size ToBe: 0.
        b: a copyDeep.
        expect: b items asVector ToBe: (vector copySize: 1 FillingWith: 1).
        expect: a copy items ToBeSameAs: a items ).

    testCyclesAndSharing = (| a. b |
        a: prototype.
        a other: a.
        a items add: a.
        a items add: a items.
        b: a copyDeep.
        expect: b other ToBeSameAs: b.
        expect: (b items at: 0) ToBeSameAs: b.
        expect: (b items at: 1) ToBeSameAs: b items.
        deny: b == a.
        expect: 'abc' copyDeep ToBeSameAs: 'abc'.
        expect: nil copyDeep ToBe: nil.
        expect: lobby copyDeep ToBeSameAs: lobby ).

    testDeepChains = (| l |
        l: list copyRemoveAll.
        20000 do: [ | new | new: list copyRemoveAll. new add: l. l: new ].
        expect: l copyDeep size ToBe: 1 ).

    testLint = (| o |
        expect: (browser lint: prototype) size ToBe: 1.
        o: (|
            parent* = traits clonable.
            items <- list copyRemoveAll.
            copy = ( clone items: items copy )
        |).
        expect: (browser lint: o) isEmpty ToBe: true ).

    testFinder = (
        assert: ((browser
            selectorsFrom: 3
            Arguments: (vector copySize: 1 FillingWith: 4)
            Giving: 7) includes: '+').
        assert: ((browser selectorsFrom: 'abc' Arguments: vector Giving: 'cba') includes: 'reverse').
        assert: ((browser find: '3. 4 -> 12') includesSubstring: '*').
        assert: ((browser find: 'copySorted') includesSubstring: 'traits collection').
        assert: ((browser find: 'UPPER') includesSubstring: 'asUppercase').
        deny: ((browser find: '3. 4 -> 12') includesSubstring: 'multiplySmallInteger').
        expect: (browser find: 'no such name') ToBe: 'no name contains no such name' ).

    testFinderChangesNothing = (| l |
        l: (list copyRemoveAll add: 1) add: 2.
        browser selectorsFrom: l Arguments: vector Giving: 2.
        expect: l size ToBe: 2 ).

    testAllExamplesHold = (
        assert: browser examples size >= 50.
        expect: browser wrongExamples asVector ToBe: vector ).
|)
