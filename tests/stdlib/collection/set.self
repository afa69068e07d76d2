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
|)
