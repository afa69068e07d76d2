"Tests of stdlib/collection/list.self."

testing suite: 'list' Tests: (|
    parent* = traits testSuite.

    testAddingItself = (| l |
        l: list copyRemoveAll.
        ((l add: 1) add: 2) addAll: l.
        expect: l asVector ToBe: (1 & 2 & 1 & 2) asVector ).

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

    testInsertingAtKeys = (| l |
        l: (1 & 2) asList.
        l insert: 0 At: 0.
        l insert: 3 At: 3.
        expect: l ToBe: (0 upTo: 4).
        expect: [ l insert: 9 At: 5 ] ToSignal: errors index.
        expect: (l insert: 9 At: 5 IfAbsent: [ |:k| k ]) ToBe: 5.
        l insertAll: (7 & 8) At: 1.
        expect: l ToBe: (0 & 7 & 8 & 1 & 2 & 3) asList.
        expect: (l insertAll: (7 & 8) At: -1 IfAbsent: [ |:k| k ]) ToBe: -1.
        expect: [ l insertAll: (7 & 8) At: 9 ] ToSignal: errors index.
        l: (1 & 2) asList.
        expect: (l insertAll: l At: 1) ToBe: (1 & 1 & 2 & 2) asList ).

    testInsertingAtElements = (| l |
        l: (10 & 20) asList.
        expect: (l insert: 15 BeforeElementSatisfying: [ |:x| x > 10 ] IfAbsent: nil)
            ToBeSameAs: l.
        l insert: 11 AfterElementSatisfying: [ |:x| x = 10 ] IfAbsent: nil.
        l insertAll: (1 & 2) BeforeElementSatisfying: [ |:x| x = 10 ] IfAbsent: nil.
        l insertAll: (3 & 4) AfterElementSatisfying: [ |:x| x = 20 ] IfAbsent: nil.
        expect: l ToBe: (1 & 2 & 10 & 11 & 15 & 20 & 3 & 4) asList.
        expect: (l insert: 0 BeforeElementSatisfying: false IfAbsent: 'none') ToBe: 'none'.
        expect: (l insertAll: (0 & 0) AfterElementSatisfying: false IfAbsent: 'none') ToBe: 'none'.
        expect: l size ToBe: 8 ).

    testRemovingKeys = (| l |
        l: (0 upTo: 8) asSequence.
        expect: (l removeKey: 0) ToBeSameAs: l.
        expect: l first ToBe: 1.
        l removeKeysFrom: 1 To: 3.
        expect: l ToPrint: 'a sequence(1, 5, 6, 7)'.
        expect: (l removeKey: 9 IfAbsent: [ |:k| k ]) ToBe: 9.
        expect: (l removeKeysFrom: 1 To: 4 IfAbsent: [ |:k| k ]) ToBe: 4.
        expect: [ l removeKey: 4 ] ToSignal: errors index.
        expect: [ l removeKeysFrom: -1 To: 2 ] ToSignal: errors index.
        expect: (l remove: 99 IfAbsent: [ |:x| x ]) ToBe: 99.
        expect: l size ToBe: 4 ).

    testSizes = (| l |
        l: (1 & 2) asList.
        expect: (l copySize: 1) ToPrint: 'a list(1)'.
        expect: (l copySize: 3) ToPrint: 'a list(1, 2, nil)'.
        expect: (l asSequence copySize: 3 FillingWith: 0) ToPrint: 'a sequence(1, 2, 0)'.
        expect: (l copyAddFirst: 0) ToPrint: 'a list(0, 1, 2)'.
        expect: (l copyAddLast: 3) ToPrint: 'a list(1, 2, 3)'.
        expect: (l at: 5 IfAbsent: [ |:k| k ]) ToBe: 5.
        expect: l size ToBe: 2 ).
|)
