"Tests of stdlib/collection/interval.self and collector.self."

testing suite: 'interval' Tests: (|
    parent* = traits testSuite.

    testSize = (
        expect: (1 to: 10) size ToBe: 10.
        expect: (1 to: 10 By: 4) size ToBe: 3.
        expect: (10 to: 1 By: -3) size ToBe: 4.
        expect: (1 to: 0) size ToBe: 0.
        expect: (0 upTo: 5) size ToBe: 5.
        expect: [ 1 to: 3 By: 0 ] ToSignal: errors user ).

    testElements = (
        expect: (10 to: 1 By: -3) asVector ToBe: (10 & 7 & 4 & 1) asVector.
        expect: (0.0 to: 1.0 By: 0.5) asVector ToBe: (0.0 & 0.5 & 1.0) asVector.
        expect: ((1 to: 5) includes: 3) ToBe: true.
        expect: ((1 to: 5 By: 2) includes: 4) ToBe: false.
        expect: (1 to: 4) sum ToBe: 10.
        expect: ((1 to: 3) mapBy: [ |:x| x * x ]) ToBe: (1 & 4 & 9) asVector.
        expect: (1 to: 3) reverse asVector ToBe: (3 & 2 & 1) asVector ).

    testPrinting = (
        expect: (1 to: 3) ToPrint: '(1 to: 3)'.
        expect: (1 to: 9 By: 2) ToPrint: '(1 to: 9 By: 2)' ).

    testCollector = (| c |
        c: 1 & 2.
        expect: (c & 3) asVector ToBe: (1 & 2 & 3) asVector.
        expect: (c & 4) asVector ToBe: (1 & 2 & 4) asVector.
        expect: c size ToBe: 2 ).

    testCollectorsJoin = (| c |
        expect: (1 & (2 & 3)) ToPrint: 'a collector(1, 2, 3)'.
        expect: ((3 & 4) & (5 & 6)) size ToBe: 4.
        c: 1 & 2.
        expect: (c & c) ToPrint: 'a collector(1, 2, 1, 2)'.
        expect: (1 & (2 & 3) asVector) size ToBe: 2.
        expect: (1 & (| x = 2 |)) size ToBe: 2.
        expect: (collector copyFirst: 5) ToPrint: 'a collector(5)'.
        expect: (c = (1 & 2)) ToBe: true.
        expect: c hash ToBe: (1 & 2) asVector hash.
        expect: (1 & (| parent* = traits oddball. appendToCollector: k = ( k append: 8 ) |))
            ToPrint: 'a collector(1, 8)' ).

    testCopies = (
        expect: ((1 to: 3), (7 & 8)) ToPrint: 'a vector(1, 2, 3, 7, 8)'.
        expect: ((1 to: 3) copyAddFirst: 0) ToPrint: 'a vector(0, 1, 2, 3)'.
        expect: ((1 to: 3) copySize: 2) ToPrint: 'a vector(1, 2)'.
        expect: ((1 to: 3) copyContaining: (4 & 5)) ToPrint: 'a vector(4, 5)'.
        expect: (3 downTo: 1) copySort ToPrint: 'a vector(1, 2, 3)' ).
|)
