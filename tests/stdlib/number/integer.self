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

    testFactorials = (
        expect: 5 factorial ToBe: 120.
        expect: 0 factorial ToBe: 1.
        expect: 99 intSqrt ToBe: 9.
        expect: 100 intSqrt ToBe: 10 ).

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
        expect: (40 >> 3) ToBe: 5.
        expect: (-8 >> 1) ToBe: 2305843009213693948.
        expect: (-1 >> 61) ToBe: 1.
        expect: (-1 >> 100) ToBe: 0.
        expect: (-8 +> 1) ToBe: -4.
        expect: (-1 +> 100) ToBe: -1.
        expect: (-8 shiftRight: 1) ToBe: -4.
        expect: (-8 <+ 1) ToBe: -16.
        expect: (1 +> -3) ToBe: 8.
        expect: (1 << 100) printString ToBe: '1267650600228229401496703205376'.
        expect: 255 bitCount ToBe: 8.
        expect: (5 isBit: 2) ToBe: true.
        expect: 8 maxSmallInt ToBe: 2305843009213693951.
        expect: 8 minSmallInt ToBe: -2305843009213693952.
        expect: maxSmallInt ToBe: 8 maxSmallInt.
        expect: minSmallInt ToBe: 8 minSmallInt.
        expect: (maxSmallInt isSmallInt && [ (maxSmallInt + 1) isSmallInt not ]) ToBe: true ).

    testFields = (
        expect: 255 numberOfOnes ToBe: 8.
        expect: -1 numberOfOnes ToBe: 62.
        expect: -2 numberOfOnes ToBe: 61.
        expect: 5 bitSize ToBe: 62.
        expect: 5 byteSize ToBe: 8.
        expect: (16rabcd getBitFieldOffset: 4 Mask: 255) ToBe: 16rbc.
        expect: (16rabcd setBitFieldOffset: 4 Mask: 255 Value: 16r12) ToBe: 16ra12d.
        expect: [ 0 setBitFieldOffset: 4 Mask: 255 Value: 256 ] ToSignal: errors user.
        expect: (5 getFlagOffset: 2) ToBe: true.
        expect: (5 getFlagOffset: 1) ToBe: false.
        expect: (5 setFlagOffset: 1 To: true) ToBe: 7.
        expect: (5 setFlagOffset: 2 To: false) ToBe: 1.
        expect: 16r12345678 low16Bits ToBe: 16r5678.
        expect: 16r12345678 high16Bits ToBe: 16r1234.
        expect: (-3 bitAt: 1) ToBe: 0.
        expect: (-3 isBit: 5) ToBe: true ).

    testQuotients = (
        expect: 8 /= 2 ToBe: 4.
        expect: 7 /= 2 ToBe: 3.5.
        expect: 7 /~ 2 ToBe: 4.
        expect: 10 /~ 4 ToBe: 3.
        expect: 9 /~ 4 ToBe: 2.
        expect: -7 /~ 2 ToBe: -3.
        expect: -8 /~ 3 ToBe: -3.
        expect: 8 /~ -3 ToBe: -3.
        expect: -7 %+ 3 ToBe: 2.
        expect: 7 %+ 3 ToBe: 1.
        expect: -6 %+ 3 ToBe: 0.
        expect: (3 mean: 6) ToBe: 5.
        expect: (-2 mean: -2) ToBe: -2.
        expect: 7 /+ 2 ToBe: 4.
        expect: 7 /- 2 ToBe: 3 ).

    testLogarithms = (
        expect: (2 log: 8) ToBe: 3.
        expect: (2 log: 9) ToBe: 3.
        expect: (10 log: 1) ToBe: 0.
        expect: (10 log: 999) ToBe: 2.
        expect: (2 log: (2 power: 100)) ToBe: 100.
        expect: [ 2 log: 0 ] ToSignal: errors user.
        expect: [ 1 log: 5 ] ToSignal: errors user.
        expect: ((8 logBase: 2) - 3.0) abs < 1.0e-12 ToBe: true.
        expect: 1 naturalLog ToBe: 0.0 ).

    testSums = (
        expect: (1 sumTo: 100) ToBe: 5050.
        expect: (5 sumTo: 4) ToBe: 0.
        expect: (1.5 sumTo: 3.5) ToBe: 7.5.
        expect: (10 sumFrom: 1 To: 3) ToBe: 16.
        expect: (10 interpolate: 0.25 From: 20) ToBe: 12.5.
        expect: (10 interpolate: 1 From: 20) ToBe: 20.0.
        expect: (10 interpolate: 1 From: 20) isFloat ToBe: true ).

    testConstants = (
        expect: 7 zero ToBe: 0.
        expect: 7 two - 7 one ToBe: 1.
        expect: 7.0 one isFloat ToBe: true.
        expect: 0 asBoolean ToBe: false.
        expect: 3 asBoolean ToBe: true ).

    testSearching = (| found |
        expect: (10 findFirst: [ |:i| (i * i) > 10 ] IfPresent: [ |:i. :k| i + k ] IfAbsent: 'no')
            ToBe: 8.
        expect: (3 findFirst: [ |:i| i > 5 ] IfPresent: [ |:i| i ] IfAbsent: 'no') ToBe: 'no'.
        found: 0 to: 100 BinarySearchBySignOf: [ |:i| 49 - (i * i) ] IfAbsent: 'no'.
        expect: found ToBe: 7.
        found: 0 to: 100 BinarySearchBySignOf: [ |:i| 50 - (i * i) ] IfAbsent: [ |:low. :high|
            low @ high ].
        expect: found ToBe: 8 @ 7 ).

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
        expect: (255 printStringBase: 16 PadWith: '0' ToSize: 4) ToBe: '00ff'.
        expect: (7 printStringPadWith: '*' ToSize: 3) ToBe: '**7'.
        expect: (7 printStringPadWith0ToSize: 2) ToBe: '07'.
        expect: (123 printStringPadWith0ToSize: 2) ToBe: '123'.
        expect: (7 printStringPrecision: 2) ToBe: '7.00'.
        expect: 7 decimalPrintString ToBe: '7'.
        expect: 22 asOrdinalString ToBe: '22nd'.
        expect: 11 asOrdinalString ToBe: '11th' ).

    testConverting = (
        expect: 65 asCharacter ToBe: 'A'.
        expect: 3 asFloat ToBe: 3.0.
        expect: (65 asCharacterIfFail: 'no') ToBe: 'A'.
        expect: (256 asCharacterIfFail: 'no') ToBe: 'no'.
        expect: ((2 power: 70) asCharacterIfFail: 'no') ToBe: 'no'.
        expect: 3 asVector ToPrint: 'a vector(0, 1, 2)'.
        expect: 1230 asDigitList ToPrint: 'a list(1, 2, 3, 0)'.
        expect: (-10 asDigitList: 2) ToPrint: 'a list(1, 0, 1, 0)'.
        expect: 0 asDigitList ToPrint: 'a list(0)'.
        expect: 5 asSmallInteger ToBe: 5.
        expect: 2.75 asSmallInteger ToBe: 3.
        expect: ((2 power: 70) asSmallIntegerIfFail: 'no') ToBe: 'no'.
        expect: (infinity asSmallIntegerIfFail: [ |:e| e isString ]) ToBe: true.
        expect: (2 power: 70) asSmallIntegerIfPossible ToBe: (2 power: 70).
        expect: [ (2 power: 70) asSmallInteger ] ToSignal: errors user.
        expect: 1234 digitSum ToBe: 10.
        expect: (17 roundTo: 5) ToBe: 15.
        expect: (17 roundUpTo: 5) ToBe: 20 ).

    testPowersAndRounding = (
        expect: (2 raisedTo: 10) ToBe: 1024.
        expect: 4 reciprocal ToBe: 0.25.
        expect: (17 truncateTo: 5) ToBe: 15.
        expect: (-17 truncateTo: 5) ToBe: -15 ).

    testWhatIsNoNumber = (
        expect: [ 3 << nil ] ToComplain: 'nil is no number: 3 << nil has no value.'.
        expect: [ (2 ** 100) >> nil ] ToSignal: errors type.
        expect: [ -3 >> true ] ToComplain: 'true is no number: -3 >> true has no value.'.
        expect: [ 3 +> nil ] ToSignal: errors type.
        expect: [ 3 +< nil ] ToSignal: errors type.
        expect: [ 3 && nil ] ToComplain: 'nil is no number: 3 && nil has no value.'.
        expect: [ 3 bitOr: nil ] ToComplain: 'nil is no number: 3 || nil has no value.'.
        expect: [ (2 ** 100) ^^ nil ] ToSignal: errors type.
        expect: [ 3 gcd: nil ] ToComplain: 'nil is no number: 3 gcd: nil has no value.'.
        expect: [ 3 lcm: 'a' ] ToComplain: '\'a\' is no number: 3 lcm: \'a\' has no value.'.
        expect: [ 3 pow: nil Mod: 5 ] ToSignal: errors type.
        expect: [ 3 divides: nil ] ToSignal: errors type.
        expect: [ 3 ** nil ] ToComplain: 'nil is no number: 3 ** nil has no value.'.
        expect: [ 2.5 ** nil ] ToComplain: 'nil is no number: 2.5 ** nil has no value.'.
        expect: [ 3 log: nil ] ToSignal: errors type.
        expect: [ 3 logBase: nil ] ToSignal: errors type.
        expect: [ 3 arcTan: nil ] ToSignal: errors type.
        expect: [ 3 roundTo: nil ] ToComplain: 'nil is no number: 3 roundTo: nil has no value.'.
        expect: [ 3 roundUpTo: nil ] ToSignal: errors type.
        expect: [ 3 upTo: nil ] ToSignal: errors type.
        expect: [ 3 isBetween: nil And: 4 ] ToComplain: 'nil is no number: 3 >= nil has no value.'.
        expect: [ 3 isBetween: 1 And: nil ] ToComplain: 'nil is no number: 3 <= nil has no value.'.
        expect: [ (3 @ 4) * nil ] ToComplain: 'nil is no number: 3@4 * nil has no value.'.
        expect: [ 'a' * nil ] ToSignal: errors type ).
|)
