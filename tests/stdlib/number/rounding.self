"Tests of stdlib/number/rounding.self."

testing suite: 'rounding' Tests: (|
    parent* = traits testSuite.

    testHalfEven = (
        expect: 2.5 roundHalfEven ToBe: 2.
        expect: 3.5 roundHalfEven ToBe: 4.
        expect: -2.5 roundHalfEven ToBe: -2.
        expect: 2.6 roundHalfEven ToBe: 3.
        expect: 7 roundHalfEven ToBe: 7 ).

    testToDigits = (
        expect: (2.675 roundToDigits: 2) ToBe: 2.67.
        expect: (-1.256 roundToDigits: 2) ToBe: -1.26.
        expect: (7 roundToDigits: 2) ToBe: 7.
        expect: (1234.0 roundToDigits: -2) ToBe: 1200.0.
        expect: (2 printStringFixed: 2) ToBe: '2.00' ).

    testFloorDivision = (
        expect: (-7 floorDivide: 2) ToBe: -4.
        expect: (-7.5 floorDivide: 2) ToBe: -4.0 ).

    testSteps = (
        expect: (0 upTo: 7 By: 3) ToPrint: 'a list(0, 3, 6)'.
        expect: (5 upTo: 0 By: -2) ToPrint: 'a list(5, 3, 1)'.
        expect: [ 1 upTo: 2 By: 0 ] ToSignal: errors user ).

    testLiterals = (
        expect: 10 binaryLiteral ToBe: '0b1010'.
        expect: -10 hexLiteral ToBe: '-0xa'.
        expect: 8 octalLiteral ToBe: '0o10' ).
|)
