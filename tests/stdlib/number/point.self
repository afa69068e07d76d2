"Tests of stdlib/number/point.self."

testing suite: 'point' Tests: (|
    parent* = traits testSuite.

    testArithmetic = (
        expect: (1 @ 2) + (3 @ 4) ToBe: 4 @ 6.
        expect: (1 @ 2) + 3 ToBe: 4 @ 5.
        expect: (2 @ 3) * 2 ToBe: 4 @ 6.
        expect: (3 @ 4) rho ToBe: 5.0.
        expect: ((1 @ 2) dot: (3 @ 4)) ToBe: 11 ).

    testComparing = (
        expect: ((1 @ 2) = (1 @ 2)) ToBe: true.
        expect: ((1 @ 2) = 3) ToBe: false.
        expect: (1 @ 2) hash ToBe: (1 @ 2) hash.
        expect: (1 @ 2) < (2 @ 3) ToBe: true.
        expect: (1 @ 4) < (2 @ 3) ToBe: false ).

    testPrinting = ( expect: (1 @ -2) ToPrint: '(1 @ -2)' ).

    testRectangle = (| r |
        r: (0 @ 0) corner: 10 @ 5.
        expect: r width ToBe: 10.
        expect: r area ToBe: 50.
        expect: (r includes: 3 @ 3) ToBe: true.
        expect: (r includes: 3 @ 5) ToBe: false.
        expect: (r intersect: ((5 @ 2) ## (10 @ 10))) ToBe: ((5 @ 2) corner: 10 @ 5).
        expect: (r intersects: ((20 @ 20) ## (1 @ 1))) ToBe: false ).
|)
