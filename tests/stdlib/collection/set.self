"Tests of stdlib/collection/set.self and hashed.self."

testing suite: 'set' Tests: (|
    parent* = traits testSuite.

    testAdding = (| s |
        s: set copyRemoveAll.
        s add: 'a'.
        s add: 'b'.
        s add: 'a', ''.
        expect: s size ToBe: 2.
        expect: (s includes: 'a') ToBe: true.
        expect: (s includes: 'c') ToBe: false.
        expect: set size ToBe: 0 ).

    testMany = (| s |
        s: set copyRemoveAll.
        2000 do: [ |:i| s add: (i * 7) % 1000 ].
        expect: s size ToBe: 1000.
        1000 do: [ |:i| assert: (s includes: i) ].
        1000 do: [ |:i| i even ifTrue: [ s remove: i ] ].
        expect: s size ToBe: 500.
        1000 do: [ |:i| expect: (s includes: i) ToBe: i odd ].
        expect: (s remove: 2 IfAbsent: 'gone') ToBe: 'gone' ).

    slowSet = (|
        parent* = traits set.
        keyTable <- vector copySize: 8 FillingWith: traits hashed free.
        count <- 0.
        homes <- 0.
        homeOf: k = ( homes: homes + 1. resend.homeOf: k ).
    |).

    testMachineAndWorldAgree = (| fast. slow. r. x |
        fast: set copyRemoveAll.
        slow: slowSet copyRemoveAll.
        r: random copySeed: 21.
        2000 do: [ |:i|
            x: r integer: 60.
            (r integer: 2) = 0 ifTrue: [ x: ('x', x printString) canonicalize ].
            (r integer: 3) = 0
                ifTrue: [
                    expect: (fast remove: x IfAbsent: 'none')
                        ToBe: (slow remove: x IfAbsent: 'none') ]
                False: [ fast add: x. slow add: x ].
            expect: (fast includes: x) ToBe: (slow includes: x).
            expect: (fast at: x IfAbsent: 0) ToBe: (slow at: x IfAbsent: 0) ].
        expect: fast size ToBe: slow size.
        expect: fast keyTable ToBe: slow keyTable.
        expect: slow homes > 100 ToBe: true ).

    testMixedNumbers = (| s |
        s: set copyRemoveAll.
        s add: 3.
        s add: 3.0.
        s add: 3.5.
        expect: s size ToBe: 2 ).

    testAlgebra = (| a. b |
        a: (1 & 2 & 3) asSet.
        b: (2 & 3 & 4) asSet.
        expect: (a union: b) ToBe: (1 & 2 & 3 & 4) asSet.
        expect: (a intersect: b) ToBe: (2 & 3) asSet.
        expect: (a difference: b) asVector ToBe: (vector copySize: 1 FillingWith: 1).
        expect: ((2 & 3) asSet isSubsetOf: a) ToBe: true.
        expect: a size ToBe: 3 ).

    testIdentity = (| s. a |
        s: identitySet copyRemoveAll.
        a: 'x', 'y'.
        s add: a.
        s add: 'x', 'y'.
        s add: a.
        expect: s size ToBe: 2.
        s add: (| x = 1 |).
        expect: s size ToBe: 3 ).

    testAsTable = (| s |
        s: (1 & 2) asSet.
        expect: (s at: 2) ToBe: 2.
        expect: [ s at: 3 ] ToSignal: errors missing.
        expect: (s at: 3 Put: 3) size ToBe: 3.
        expect: (s at: 4 IfAbsentPut: [ |:k| k ]) ToBe: 4.
        expect: (s removeKey: 4) ToBe: 4.
        expect: (s removeKey: 4 IfAbsent: 'gone') ToBe: 'gone'.
        expect: [ s removeKey: 4 ] ToSignal: errors missing ).

    testIfPresent = (| s |
        s: (1 & 2) asSet.
        expect: (s if: 2 IsPresentDo: [ |:x. :k| x + k ] IfAbsentAddAndDo: 0) ToBe: 4.
        expect: (s if: 5 IsPresentDo: 0 IfAbsentAddAndDo: [ |:x. :k| x + k ]) ToBe: 10.
        expect: (s if: 6 IsAbsentAddAndDo: [ |:x| x ]) ToBe: 6.
        expect: s ToBe: (1 & 2 & 5 & 6) asSet ).

    testTakingAll = (| s. sum <- 0 |
        s: (0 upTo: 5000) asSet.
        [ s isEmpty ] whileFalse: [ sum: sum + s removeFirst ].
        expect: sum ToBe: 12497500.
        expect: (s removeFirstIfAbsent: 'none') ToBe: 'none'.
        expect: [ s removeFirst ] ToSignal: errors missing ).

    testRoom = (| s. c |
        s: set copyRemoveAll desiredMinCapacity: 100.
        c: s capacity.
        100 do: [ |:i| s add: i ].
        expect: s capacity ToBe: c.
        assert: (c > 100) ).

    testChoosing = (| s. c |
        s: (0 upTo: 50) asSet.
        c: s selectAtRandom: 7.
        expect: c size ToBe: 7.
        expect: (c isSubsetOf: s) ToBe: true.
        expect: (s selectAtRandom: 51 IfFail: 'few') ToBe: 'few'.
        expectError: [ s selectAtRandom: 51 ] ).
|)
