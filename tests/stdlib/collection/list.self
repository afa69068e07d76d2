"Tests of stdlib/collection/list.self."

testing suite: 'list' Tests: (|
    parent* = traits testSuite.

    testEnds = (| l |
        l: list copyRemoveAll.
        expect: l isEmpty ToBe: true.
        l addLast: 2.
        l addLast: 3.
        l addFirst: 1.
        expect: l ToPrint: 'a list(1, 2, 3)'.
        expect: l first ToBe: 1.
        expect: l last ToBe: 3.
        expect: l removeFirst ToBe: 1.
        expect: l removeLast ToBe: 3.
        expect: l size ToBe: 1.
        l removeFirst.
        expect: [ l removeFirst ] ToSignal: errors missing.
        expect: (l removeLastIfAbsent: 'none') ToBe: 'none' ).

    testManyAtBothEnds = (| l. sum <- 0 |
        l: list copyRemoveAll.
        1000 do: [ |:i| l addFirst: i. l addLast: i ].
        expect: l size ToBe: 2000.
        l do: [ |:x| sum: sum + x ].
        expect: sum ToBe: 999000.
        expect: (l at: 0) ToBe: 999.
        expect: (l at: 999) ToBe: 0.
        1000 do: [ expect: l removeFirst ToBe: l removeLast ].
        expect: l isEmpty ToBe: true ).

    testAsQueue = (| l |
        l: list copyRemoveAll.
        1000 do: [ |:i| l addLast: i. l addLast: i. expect: l removeFirst ToBe: i / 2 ].
        expect: l size ToBe: 1000 ).

    testKeys = (| l |
        l: (5 & 6 & 7) asList.
        expect: (l at: 1) ToBe: 6.
        l at: 1 Put: 9.
        expect: l ToBe: (5 & 9 & 7) asList.
        l at: 3 Put: 4.
        expect: l size ToBe: 4.
        expect: [ l at: 4 ] ToSignal: errors index.
        expect: (l indexOf: 7) ToBe: 2 ).

    testRemoving = (| l |
        l: (1 & 2 & 3 & 2) asList.
        l remove: 2.
        expect: l ToBe: (1 & 3 & 2) asList.
        expect: (l remove: 9 IfAbsent: 'no') ToBe: 'no'.
        expect: [ l remove: 9 ] ToSignal: errors missing.
        l removeAt: 0.
        expect: l ToBe: (3 & 2) asList.
        l removeWhere: [ |:x| x even ].
        expect: l ToBe: (list copyRemoveAll add: 3).
        l removeAll.
        expect: l isEmpty ToBe: true ).

    testInserting = (| l |
        l: (1 & 3) asList.
        l add: 2 BeforeIndex: 1.
        expect: l ToBe: (1 & 2 & 3) asList.
        l addAllFirst: (8 & 9) asVector.
        expect: l ToBe: (8 & 9 & 1 & 2 & 3) asList ).

    testCopies = (| a. b |
        a: (1 & 2) asList.
        b: a copy.
        b addLast: 3.
        expect: a size ToBe: 2.
        expect: b size ToBe: 3.
        expect: list size ToBe: 0.
        expect: (a, b) size ToBe: 5.
        expect: a reverse ToBe: (2 & 1) asList ).

    testTransforming = (
        expect: ((1 & 2 & 3) asList mapBy: [ |:x| x * x ]) ToBe: (1 & 4 & 9) asList.
        expect: ((1 & 2 & 3) asList filterBy: [ |:x| x odd ]) ToBe: (1 & 3) asList ).

    testSequence = (| s |
        s: sequence copyRemoveAll.
        s add: 4.
        s at: 1 Put: 5.
        expect: s ToPrint: 'a sequence(4, 5)'.
        expect: (s = (4 & 5) asList) ToBe: true ).
|)
