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
|)
