"Tests of stdlib/number/integer.self, smallInt.self and number.self."

testing suite: 'integer' Tests: (|
    parent* = traits testSuite.

    testArithmetic = (
        expect: 3 + 4 ToBe: 7.
        expect: 3 - 4 ToBe: -1.
        expect: 3 * -4 ToBe: -12.
        expect: -7 / 2 ToBe: -3.
        expect: -7 % 2 ToBe: -1.
        expect: (-7 div: 2) ToBe: -4.
        expect: (-7 mod: 2) ToBe: 1.
        expect: (7 div: -2) ToBe: -4.
        expect: (7 mod: -2) ToBe: -1.
        expect: (6 div: 3) ToBe: 2 ).

    testMixed = (
        expect: 3 + 0.5 ToBe: 3.5.
        expect: 3 < 3.5 ToBe: true.
        expect: (3 = 3.0) ToBe: true.
        expect: (3 != 3.0) ToBe: false.
        expect: (1 = '1') ToBe: false.
        expect: (1 != '1') ToBe: true.
        expect: 7 / 2.0 ToBe: 3.5 ).

    testErrors = (
        expect: [ 1 / 0 ] ToSignal: errors zeroDivide.
        expect: [ 1 % 0 ] ToSignal: errors zeroDivide.
        expect: [ 3 < 'a' ] ToSignal: errors lookup ).

    testSigns = (
        expect: -3 abs ToBe: 3.
        expect: -3 sign ToBe: -1.
        expect: 0 sign ToBe: 0.
        expect: 5 negate ToBe: -5.
        expect: -3 isNegative ToBe: true ).

    testPowers = (
        expect: (2 power: 10) ToBe: 1024.
        expect: (2 ** 0) ToBe: 1.
        expect: (-3 power: 3) ToBe: -27.
        expect: (2 power: -1) ToBe: 0.5.
        expect: 7 square ToBe: 49 ).

    testTheory = (
        expect: (12 gcd: 18) ToBe: 6.
        expect: (-12 gcd: 18) ToBe: 6.
        expect: (4 lcm: 6) ToBe: 12.
        expect: 5 factorial ToBe: 120.
        expect: 0 factorial ToBe: 1.
        expect: 17 isPrime ToBe: true.
        expect: 91 isPrime ToBe: false.
        expect: ((0 upTo: 20) filterBy: [ |:n| n isPrime ])
            ToPrint: 'a vector(2, 3, 5, 7, 11, 13, 17, 19)'.
        expect: 99 intSqrt ToBe: 9.
        expect: 100 intSqrt ToBe: 10.
        expect: (3 pow: 100 Mod: 7) ToBe: 4 ).

    testParity = (
        expect: 4 even ToBe: true.
        expect: -3 odd ToBe: true.
        expect: 0 even ToBe: true ).

    testComparing = (
        expect: (3 min: 4) ToBe: 3.
        expect: (3 max: 4) ToBe: 4.
        expect: (5 isBetween: 1 And: 5) ToBe: true.
        expect: (9 clampTo: 1 And: 5) ToBe: 5.
        expect: (3 compare: 4 IfLess: 'l' Equal: 'e' Greater: 'g') ToBe: 'l' ).

    testBits = (
        expect: (12 && 10) ToBe: 8.
        expect: (12 || 10) ToBe: 14.
        expect: (12 ^^ 10) ToBe: 6.
        expect: 5 complement ToBe: -6.
        expect: (1 << 10) ToBe: 1024.
        expect: (-8 >> 1) ToBe: -4.
        expect: (-1 >> 100) ToBe: -1.
        expect: (1 << 100) printString ToBe: '1267650600228229401496703205376'.
        expect: 255 bitCount ToBe: 8.
        expect: (5 isBit: 2) ToBe: true.
        expect: 8 maxSmallInt ToBe: 2305843009213693951.
        expect: 8 minSmallInt ToBe: -2305843009213693952 ).

    testLoops = (| sum <- 0. log <- '' |
        1 to: 10 Do: [ |:i| sum: sum + i ].
        expect: sum ToBe: 55.
        1 to: 10 By: 4 Do: [ |:i| log: log, i printString ].
        expect: log ToBe: '159'.
        log: ''.
        3 downTo: 1 Do: [ |:i| log: log, i printString ].
        0 upTo: 3 Do: [ |:i| log: log, i printString ].
        3 do: [ |:i| log: log, i printString ].
        expect: log ToBe: '321012012'.
        expect: (1 to: 3 Do: []) ToBe: nil.
        expect: (3 do: []) ToBe: 3.
        3 to: 1 Do: [ fail: 'an empty loop ran' ] ).

    testLoopWithComputedBlock = (| sum <- 0. b |
        b: [ |:i| sum: sum + i ].
        1 to: 4 Do: b.
        1 to: 10 By: 3 Do: b.
        4 downTo: 1 Do: b.
        expect: sum ToBe: 42 ).

    testPrinting = (
        expect: 0 printString ToBe: '0'.
        expect: -120 printString ToBe: '-120'.
        expect: 8 minSmallInt printString ToBe: '-2305843009213693952'.
        expect: (255 printStringBase: 16) ToBe: 'ff'.
        expect: (-5 printStringBase: 2) ToBe: '-101'.
        expect: (7 printStringPadded: 3) ToBe: '  7'.
        expect: 22 asOrdinalString ToBe: '22nd'.
        expect: 11 asOrdinalString ToBe: '11th' ).

    testConverting = (
        expect: 65 asCharacter ToBe: 'A'.
        expect: 3 asFloat ToBe: 3.0.
        expect: 1234 digitSum ToBe: 10.
        expect: (17 roundTo: 5) ToBe: 15.
        expect: (17 roundUpTo: 5) ToBe: 20 ).

    testPowersAndRounding = (
        expect: (2 raisedTo: 10) ToBe: 1024.
        expect: 4 reciprocal ToBe: 0.25.
        expect: (17 truncateTo: 5) ToBe: 15.
        expect: (-17 truncateTo: 5) ToBe: -15 ).
|)
