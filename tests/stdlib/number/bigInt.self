"Tests of stdlib/number/bigInt.self, and of the passage between small and big."

testing suite: 'bigInt' Tests: (|
    parent* = traits testSuite.

    testOverflow = (| max |
        max: 8 maxSmallInt.
        expect: (max + 1) printString ToBe: '2305843009213693952'.
        expect: (max negate - 2) printString ToBe: '-2305843009213693953'.
        expect: (max * max) printString ToBe: '5316911983139663487003542222693990401'.
        expect: (8 minSmallInt / -1) printString ToBe: '2305843009213693952'.
        expect: ((max + 1) - 1) isSmallInt ToBe: true.
        expect: ((max + 1) - 1) ToBe: max ).

    testFactorial = (
        expect: 30 factorial printString ToBe: '265252859812191058636308480000000'.
        expect: 30 factorial / 29 factorial ToBe: 30.
        expect: 25 factorial % 1000007 ToBe: 25 factorial - ((25 factorial / 1000007) * 1000007) ).

    testDivision = (| b |
        b: 2 power: 100.
        expect: b / (2 power: 98) ToBe: 4.
        expect: b negate / 3 ToBe: (b / 3) negate.
        expect: (b negate % 3) ToBe: -1.
        expect: (b negate mod: 3) ToBe: 2.
        expect: [ b / 0 ] ToSignal: errors zeroDivide ).

    testComparing = (| a. b |
        a: 2 power: 70.
        b: 2 power: 71.
        expect: a < b ToBe: true.
        expect: b > a ToBe: true.
        expect: a > 5 ToBe: true.
        expect: 5 < a ToBe: true.
        expect: a negate < 5 ToBe: true.
        expect: (a = (2 power: 70)) ToBe: true.
        expect: (a = 5) ToBe: false.
        expect: (a = nil) ToBe: false.
        expect: (a != b) ToBe: true.
        expect: a hash ToBe: (2 power: 70) hash.
        expect: (a max: b) ToBe: b ).

    testMixed = (
        expect: (2 power: 70) + 1.0 ToBe: 1180591620717411303424.0.
        expect: 1 + (2 power: 70) ToBe: (2 power: 70) + 1.
        expect: (2 power: 70) asFloat asInteger ToBe: (2 power: 70).
        expect: 1.0e20 asInteger ToBe: 100000000000000000000 ).

    testLiterals = (
        expect: 100000000000000000000000 printString ToBe: '100000000000000000000000'.
        expect: -100000000000000000000000 + 100000000000000000000001 ToBe: 1 ).

    testBits = (| b |
        b: 1 << 80.
        expect: (b >> 80) ToBe: 1.
        expect: (b && (b - 1)) ToBe: 0.
        expect: (b || 1) ToBe: b + 1.
        expect: (b ^^ b) ToBe: 0.
        expect: (b negate >> 79) ToBe: -2.
        expect: b complement ToBe: (b + 1) negate.
        expect: (b negate +> 79) ToBe: -2.
        expect: (b <+ 1) ToBe: b * 2.
        expect: (b bitAt: 80) ToBe: 1.
        expect: (b - 1) bitCount ToBe: 80.
        expect: b highBit ToBe: 80.
        expect: b bitSize ToBe: 82.
        expect: b byteSize ToBe: 11.
        expect: (b + 1) numberOfOnes ToBe: 2 ).

    testText = (
        expect: '123456789012345678901234567890' asInteger ToBe: 123456789012345678901234567890.
        expect: ((2 power: 64) printStringBase: 16) ToBe: '10000000000000000' ).

    testFunctions = (
        expect: ((2 power: 100) gcd: (6 power: 20)) ToBe: (2 power: 20).
        expect: (10 power: 40) intSqrt ToBe: (10 power: 20).
        expect: (2 power: 90) even ToBe: true ).
|)
