"Tests of stdlib/number/point.self."

testing suite: 'point' Tests: (|
    parent* = traits testSuite.

    testArithmetic = (
        expect: (1 @ 2) + (3 @ 4) ToBe: 4 @ 6.
        expect: (1 @ 2) + 3 ToBe: 4 @ 5.
        expect: (2 @ 3) * 2 ToBe: 4 @ 6.
        expect: (3 @ 4) rho ToBe: 5.0.
        expect: ((1 @ 2) dot: (3 @ 4)) ToBe: 11.
        expect: ((1 @ 2) dotProduct: (3 @ 4)) ToBe: 11.
        expect: ((1 @ 2) crossProduct: (3 @ 4)) ToBe: -2.
        expect: (7 @ 8) /+ 2 ToBe: 4 @ 4.
        expect: (7 @ 8) /- (2 @ 3) ToBe: 3 @ 2.
        expect: (7 @ 8) /= 2 ToBe: 3.5 @ 4.
        expect: (7 @ 8) /~ 3 ToBe: 2 @ 3.
        expect: ((1 @ 2) mean: (3 @ 4)) ToBe: 2 @ 3.
        expect: (4 @ 6) half ToBe: 2 @ 3.
        expect: (4 @ 2) inverse ToBe: 0.25 @ 0.5.
        expect: ((1 @ 2) addX: 5) ToBe: 6 @ 2.
        expect: ((1 @ 2) addY: 5) ToBe: 1 @ 7.
        expect: ((1 @ 2) subtractX: 5) ToBe: -4 @ 2.
        expect: ((1 @ 2) subtractY: 5) ToBe: 1 @ -3 ).

    testNumberFirst = (
        expect: 3 + (3 @ 4) ToBe: 6 @ 7.
        expect: 2 * (3 @ 4) ToBe: 6 @ 8.
        expect: 9 - (3 @ 4) ToBe: 6 @ 5.
        expect: 12 / (3 @ 4) ToBe: 4 @ 3.
        expect: 0.5 * (3 @ 4) ToBe: 1.5 @ 2.0.
        expect: 0.5 + (3 @ 4) ToBe: 3.5 @ 4.5.
        expect: (2 power: 70) - (3 @ 4) ToBe: ((2 power: 70) - 3) @ ((2 power: 70) - 4) ).

    testMeasuring = (
        expect: (3 @ 4) r ToBe: 5.0.
        expect: (3 @ 4) square ToBe: 25.
        expect: (3 @ 4) normalize ToBe: 0.6 @ 0.8.
        expect: (0 @ -1) thetaDegrees ToBe: 270.0.
        expect: (2 @ 3) aspectRatio ToBe: 1.5.
        expect: ((1 @ 2) manhattanDistanceTo: (4 @ -2)) ToBe: 7.
        expect: ((1 @ 2) squaredDistanceTo: (4 @ -2)) ToBe: 25 ).

    testMoving = (
        expect: ((1 @ 2) translateBy: (3 @ 4)) ToBe: 4 @ 6.
        expect: ((1 @ 2) rotateBy: pi / 2) round ToBe: -2 @ 1.
        expect: (point rho: 2 Theta: 0) ToBe: 2.0 @ 0.0.
        expect: (1 @ 2) xAxisReflect ToBe: 1 @ -2.
        expect: (1 @ 2) yAxisReflect ToBe: -1 @ 2.
        expect: (1 @ 2) swap ToBe: 2 @ 1.
        expect: ((7 @ -2) restrictTo: ((0 @ 0) # (5 @ 5))) ToBe: 5 @ 0 ).

    testConverting = (
        expect: (1.5 @ -1.5) floor ToBe: 1 @ -2.
        expect: (1.5 @ -1.5) ceil ToBe: 2 @ -1.
        expect: (1.5 @ -1.5) round ToBe: 2 @ -2.
        expect: (1.5 @ -1.5) truncate ToBe: 1 @ -1.
        expect: (1.5 @ -1.5) asInteger ToBe: 2 @ -2.
        expect: (1 @ 2) asFloat ToPrint: '1.0@2.0'.
        expect: (3 @ 4) asRectangle ToBe: ((0 @ 0) corner: 3 @ 4) ).

    testIterating = (| log <- '' |
        (2 @ 3) do: [ |:i. :j| log: log, i printString, j printString, ' ' ].
        expect: log ToBe: '00 01 02 10 11 12 ' ).

    testComparing = (
        expect: ((1 @ 2) = (1 @ 2)) ToBe: true.
        expect: ((1 @ 2) = 3) ToBe: false.
        expect: (1 @ 2) hash ToBe: (1 @ 2) hash.
        expect: (1 @ 2) < (2 @ 3) ToBe: true.
        expect: (1 @ 4) < (2 @ 3) ToBe: false ).

    testPrinting = ( expect: (1 @ -2) ToPrint: '1@-2' ).
|)
