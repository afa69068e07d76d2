"Tests of stdlib/number/float.self."

testing suite: 'float' Tests: (|
    parent* = traits testSuite.

    testArithmetic = (
        expect: 0.5 + 0.25 ToBe: 0.75.
        expect: 1.5 * 2 ToBe: 3.0.
        expect: 1 - 0.5 ToBe: 0.5.
        expect: 7.5 % 2.0 ToBe: 1.5.
        expect: -7.5 % 2.0 ToBe: -1.5.
        expect: (-7.5 mod: 2.0) ToBe: 0.5.
        expect: 2.5 negate ToBe: -2.5.
        expect: 7.5 /+ 2.0 ToBe: 4.
        expect: 7.5 /- 2.0 ToBe: 3.
        expect: -7.5 /- 2.0 ToBe: -4.
        expect: 7.5 /= 2.0 ToBe: 3.75.
        expect: 7.5 /~ 2.0 ToBe: 3.75.
        expect: -7.5 %+ 2.0 ToBe: 0.5.
        expect: (1.0 mean: 2.0) ToBe: 1.5 ).

    testPrinting = (
        expect: 100.0 printString ToBe: '100.0'.
        expect: 0.1 printString ToBe: '0.1'.
        expect: -2.5 printString ToBe: '-2.5'.
        expect: (1.0 / 3.0) printString ToBe: '0.3333333333333333'.
        expect: (3.14159 printStringPrecision: 2) ToBe: '3.14' ).

    testComparing = (
        expect: 0.5 < 1 ToBe: true.
        expect: 1.0 <= 1 ToBe: true.
        expect: (1.0 = 1) ToBe: true.
        expect: (1.5 = 1) ToBe: false.
        expect: (1.5 = 'a') ToBe: false.
        expect: 1.0 hash ToBe: 1 hash.
        expect: (2.5 max: 1) ToBe: 2.5 ).

    testRounding = (
        expect: 2.7 floor ToBe: 2.
        expect: -2.1 floor ToBe: -3.
        expect: 2.1 ceil ToBe: 3.
        expect: 2.5 round ToBe: 3.
        expect: -2.5 round ToBe: -3.
        expect: 2.4 round ToBe: 2.
        expect: -2.7 truncate ToBe: -2.
        expect: -2.7 asInteger ToBe: -3.
        expect: 3.7 asInteger ToBe: 4.
        expect: 2.75 fraction ToBe: 0.75 ).

    testFunctions = (
        expect: 16.0 sqrt ToBe: 4.0.
        expect: 16 sqrt ToBe: 4.0.
        expect: 0.0 sin ToBe: 0.0.
        expect: 0.0 cos ToBe: 1.0.
        expect: 0.0 exp ToBe: 1.0.
        expect: 1.0 ln ToBe: 0.0.
        expect: (2.0 power: 0.5) ToBe: 2.0 sqrt.
        expect: (1.0 arcTan2: 1.0) ToBe: math pi / 4.
        expect: (1 arcTan: 0) ToBe: math pi / 2.
        expect: 180 asRadians ToBe: math pi ).

    testSpecial = (
        expect: math infinity isInfinite ToBe: true.
        expect: math nan isNaN ToBe: true.
        expect: infinity > 1.0e308 ToBe: true.
        expect: infinity + 1.0 ToBe: infinity.
        expect: pi ToBe: math pi.
        expect: e ToBe: math e.
        expect: 3.0 isWhole ToBe: true.
        expect: 3.5 isWhole ToBe: false.
        expect: [ math infinity asInteger ] ToSignal: errors any ).
|)
