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

    testLongDivision = (| numbers. one |
        one: 1.
        numbers: (((3 ** 90000) + 7) & ((7 ** 20000) - 1) & ((one << 200000) - 1)
            & ((one << 200000) + 1) & (((one << 100000) - 1) << 100000) & (10 ** 30000)
            & (5 ** 1000) & (one << 400000) & 1000003) asVector.
        numbers do: [ |:a|
            numbers do: [ |:b|
                expectDivisionOf: a By: b.
                expectDivisionOf: (a * b) - 1 By: b.
                expectDivisionOf: ((a * b) + b) - 1 By: a ] ] ).
    expectDivisionOf: a By: b = (| q. r |
        q: a / b.
        r: a % b.
        assert: (r < b) && [ r >= 0 ].
        assert: ((q * b) + r) = a.
        assert: (a negate / b) = q negate.
        assert: (a negate % b) = r negate.
        assert: (a / b negate) = q negate ).

    testLongText = (| n |
        expect: ((10 ** 30000) - 1) printString ToBe: '9' * 30000.
        expect: (10 ** 30000) printString ToBe: '1', ('0' * 30000).
        expect: (10 ** 8192) printString ToBe: '1', ('0' * 8192).
        expect: ((10 ** 4096) - 1) negate printString ToBe: '-', ('9' * 4096).
        expect: ('1', ('0' * 30000)) asInteger ToBe: 10 ** 30000.
        expect: ('-', ('9' * 12289)) asInteger ToBe: 1 - (10 ** 12289).
        n: (3 ** 50000) - (7 ** 9000).
        2 to: 36 Do: [ |:base| expect: ((n printStringBase: base) asIntegerBase: base) ToBe: n ].
        expect: ((('9' * 20000), 'x') asIntegerIfFail: 'none') ToBe: 'none' ).

    testLongDivisors = (| a. b |
        a: (3 ** 70000) * (5 ** 3000).
        b: (7 ** 50000) * (5 ** 4000) * 9.
        expect: (a gcd: b) ToBe: (5 ** 3000) * 9.
        expect: (b negate gcd: a) ToBe: (5 ** 3000) * 9.
        expect: (a gcd: 45) ToBe: 45.
        expect: (a gcd: 0) ToBe: a.
        expect: ((3 ** 70000) gcd: (2 ** 120001)) ToBe: 1.
        expect: (((11 ** 40000) * a) gcd: ((11 ** 40000) * 14)) ToBe: 11 ** 40000 ).

    testPowers = (
        expect: 3 ** 0 ToBe: 1.
        expect: 0 ** 0 ToBe: 1.
        expect: 0 ** 5 ToBe: 0.
        expect: -3 ** 5 ToBe: -243.
        expect: 12 ** 3 ToBe: 1728.
        expect: -2 ** 100 ToBe: 1 << 100.
        expect: 1 ** (10 ** 30) ToBe: 1.
        expect: -1 ** ((10 ** 30) + 1) ToBe: -1.
        expect: (6 ** 1000) ToBe: (3 ** 1000) << 1000.
        expect: 2 ** -1 ToBe: 0.5.
        expect: [ 2 ** 100000000000 ] ToSignal: errors overflow.
        expect: [ 2 ** (10 ** 30) ] ToSignal: errors overflow.
        expect: [ (10 ** 30) ** 10000000 ] ToSignal: errors overflow.
        expect: [ (1 << 40000000) * (1 << 40000000) ] ToSignal: errors overflow ).

    testOthersRunWhileNumbersAreComputed = (| p |
        p: [ (3 ** 40000000) printString size ] fork.
        3 do: [ process sleep: 1. assert: p isAlive ].
        p abort.
        assert: p isGone.
        expect: ([ (3 ** 40000000) / (7 ** 3000000) ] valueWithin: 20 IfTimeout: 'late')
            ToBe: 'late'.
        expect: ([ (3 ** 40000000) gcd: (7 ** 20000000) ] valueWithin: 20 IfTimeout: 'late')
            ToBe: 'late'.
        expect: ([ [ (3 ** 40000000) printString ] ensure: [ out: 'ensured' ]. 1 ]
                valueWithin: 20
                IfTimeout: 'late')
            ToBe: 'late'.
        expect: out ToBe: 'ensured' ).
    out.

    testWrongOperandsAreTold = (
        expect: [ (10 ** 30) + nil ] ToSignal: errors any.
        expect: [ (10 ** 30) / 'x' ] ToSignal: errors any.
        expect: [ (10 ** 30) % 0 ] ToSignal: errors zeroDivide.
        expect: [ (10 ** 30) << (1 << 30) ] ToSignal: errors overflow.
        expect: [ (10 ** 30) printStringBase: 37 ] ToSignal: errors user.
        expect: [ (10 ** 30) printStringBase: 2.5 ] ToSignal: errors user ).
|)
