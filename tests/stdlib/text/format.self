"Tests of stdlib/text/format.self."

testing suite: 'format' Tests: (|
    parent* = traits testSuite.

    testPlaces = (
        expect: ('{} and {}' format: 1 & 'b') ToBe: '1 and b'.
        expect: ('{1}{0}' format: (1 & 2) asVector) ToBe: '21'.
        expect: ('{}' format: 'one') ToBe: 'one'.
        expect: ('{name} {n:03}' format: ((dictionary copyRemoveAll at: 'name' Put: 'Ada')
                at: 'n'
                Put: 7))
            ToBe: 'Ada 007'.
        expect: ('{x}@{y}' format: 3 @ 4) ToBe: '3@4'.
        expect: ('{{{}}}' format: 1) ToBe: '{1}'.
        expect: ('é{}' format: 'ü') ToBe: 'éü' ).

    testNumbers = (
        expect: ('{:5}|{:<5}|{:^5}|{:05}' format: 42 & 42 & 42 & -42)
            ToBe: '   42|42   | 42  |-0042'.
        expect: ('{:.2} {:8.3f} {:+} {:,} {:,.2}' format: 3.14159 & 2.5 & 7 & 1234567 & 9876.5)
            ToBe: '3.14    2.500 +7 1,234,567 9,876.50'.
        expect: ('{:x} {:X} {:b} {:o} {:.1%}' format: 255 & 255 & 5 & 8 & 0.256)
            ToBe: 'ff FF 101 10 25.6%'.
        expect: ('{:.2e} {:e}' format: 12345.678 & 0.0) ToBe: '1.23e4 0.000000e0'.
        expect: ('{:.2} {:.1}' format: '2.345' asDecimal & (1 over: 3)) ToBe: '2.35 0.3'.
        expect: ('{:.2}' format: 3) ToBe: '3.00' ).

    testTexts = (
        expect: ('{:>6}|{:*^7}|{:.2}|' format: 'ab' & 'cd' & 'xyz') ToBe: '    ab|**cd***|xy|'.
        expect: ('{:6}|' format: '日本') ToBe: '日本  |'.
        expect: ('{:s}' format: 3) ToBe: '3' ).

    testComplaints = (
        expect: [ '{} {}' format: 1 ] ToSignal: errors format.
        expect: [ '{' format: 1 ] ToSignal: errors format.
        expect: [ '}' format: 1 ] ToSignal: errors format.
        expect: [ '{:q}' format: 1 ] ToSignal: errors format.
        expect: [ '{name}' format: dictionary copyRemoveAll ] ToSignal: errors format.
        expect: [ '{:99999999}' format: 1 ] ToSignal: errors format.
        expect: [ '{:x}' format: 1.5 ] ToSignal: errors any ).
|)
