"Tests of numbers of different families beside each other, of intervals of floats, of
shifts, and of numbers in text."

testing suite: 'exact' Tests: (|
    parent* = traits testSuite.

    testIntegersAndFloats = (| big |
        expect: 9007199254740993 = 9007199254740992.0 ToBe: false.
        expect: 9007199254740992.0 = 9007199254740993 ToBe: false.
        expect: 9007199254740993 != 9007199254740992.0 ToBe: true.
        expect: 9007199254740992.0 < 9007199254740993 ToBe: true.
        expect: 9007199254740993 <= 9007199254740992.0 ToBe: false.
        expect: 9007199254740993 > 9007199254740992.0 ToBe: true.
        expect: (10 ** 400) < math infinity ToBe: true.
        expect: (10 ** 400) negate > math infinity negate ToBe: true.
        expect: (10 ** 400) = math infinity ToBe: false.
        big: (2 ** 70) + 1.
        expect: big > (2 ** 70) asFloat ToBe: true.
        expect: (2 ** 70) asFloat = (2 ** 70) ToBe: true.
        expect: (2 ** 70) asFloat hash ToBe: (2 ** 70) hash.
        expect: 3.0 hash ToBe: 3 hash.
        expect: -0.0 hash ToBe: 0 hash.
        expect: (1 < math nan) || (1 >= math nan) || (1 = math nan) || (big < math nan)
            ToBe: false ).

    testIntervalsOfFloats = (| v. n <- 0 |
        v: 0.3 to: 1.2 By: 0.1.
        v do: [ |:x. :i| n: n + 1. expect: (v at: i) ToBe: x. expect: (v includes: x) ToBe: true ].
        expect: v size ToBe: n.
        expect: v asVector size ToBe: n.
        expect: v asVector last ToBe: v last.
        expect: v reverse asVector ToBe: v asVector copyReverse.
        n: 0.
        0.3 to: 1.2 By: 0.1 Do: [ n: n + 1 ].
        expect: n ToBe: v size.
        expect: (0.5 upTo: 3.0) asVector ToBe: (0.5 & 1.5 & 2.5) asVector.
        expect: (1.0 to: 0.0 By: -0.25) size ToBe: 5.
        expect: (0.0 to: math nan) size ToBe: 0 ).

    testSigns = (
        expect: -0.0 abs printString ToBe: '0.0'.
        expect: 0.0 negate printString ToBe: '-0.0'.
        expect: -0.0 negate printString ToBe: '0.0' ).

    testShifts = (
        expect: 5 << -1 ToBe: 2.
        expect: 5 +> -1 ToBe: 10.
        expect: -5 +> 1 ToBe: -3.
        expect: -1 >> -1 ToBe: -2.
        expect: -1 >> 62 ToBe: 0.
        expect: -1 >> (1 << 60) ToBe: 0.
        expect: -1 +> (2 ** 80) ToBe: -1.
        expect: 1 +< 62 ToBe: 0.
        expect: 1 << (2 ** 80) negate ToBe: 0.
        expect: 0 << (2 ** 80) ToBe: 0.
        expect: (2 ** 80) >> (2 ** 80) ToBe: 0.
        expect: (2 ** 80) << -79 ToBe: 2.
        expect: [ 1 << (2 ** 80) ] ToSignal: errors any ).

    testNumbersInText = (
        expect: '12345678901234567890 ' asInteger ToBe: 12345678901234567890.
        expect: ' 12 ' asInteger ToBe: 12.
        expect: '+12' asInteger ToBe: 12.
        expect: '-0012345678901234567890' asInteger ToBe: -12345678901234567890.
        ('000000000000000001_0' & '1_0' & '1 0' & '- 1' & '--1' & '+-12345678901234567890' & ' '
            & '+') do: [ |:s| expect: (s asIntegerIfFail: 'no') ToBe: 'no' ].
        expect: '12 ' asNumber ToBe: 12 ).
|)
