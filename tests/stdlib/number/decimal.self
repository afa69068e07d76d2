"Tests of stdlib/number/decimal.self."

testing suite: 'decimal' Tests: (|
    parent* = traits testSuite.

    d: text = ( text asDecimal ).

    testArithmetic = (
        expect: (d: '0.10') + (d: '0.20') ToPrint: '0.30'.
        expect: (d: '12.50') * 3 ToPrint: '37.50'.
        expect: 3 * (d: '12.50') ToPrint: '37.50'.
        expect: (d: '1.50') * (d: '1.5') ToPrint: '2.250'.
        expect: 10 - (d: '0.01') ToPrint: '9.99'.
        expect: (d: '-1.5') - 2 ToPrint: '-3.5'.
        expect: (d: '1.00') / 8 ToPrint: '0.125'.
        expect: (d: '10') / 3 ToPrint: '10/3'.
        expect: ((d: '10') / 3) * 3 ToBe: 10.
        expect: (d: '7.5') % 2 ToPrint: '1.5'.
        expect: (d: '0.05') negate ToPrint: '-0.05'.
        expect: (d: '99999999999999999999.99') + (d: '0.01') ToPrint: '100000000000000000000.00' ).

    testRounding = (
        expect: ((d: '2.345') roundTo: 2) ToPrint: '2.35'.
        expect: ((d: '-2.345') roundTo: 2) ToPrint: '-2.35'.
        expect: ((d: '2.345') roundHalfEvenTo: 2) ToPrint: '2.34'.
        expect: ((d: '2.355') roundHalfEvenTo: 2) ToPrint: '2.36'.
        expect: ((d: '2.349') truncateTo: 2) ToPrint: '2.34'.
        expect: ((2 over: 3) roundTo: 4) ToPrint: '0.6667'.
        expect: (d: '-1.5') floor ToBe: -2.
        expect: (d: '-1.5') ceiling ToBe: -1.
        expect: (d: '2.5') round ToBe: 3.
        expect: (d: '-1.7') truncate ToBe: -1 ).

    testComparing = (
        expect: (d: '1.50') = (d: '1.5') ToBe: true.
        expect: (d: '1.50') hash = (d: '1.5') hash ToBe: true.
        expect: (d: '2.00') = 2 ToBe: true.
        expect: 2 = (d: '2.00') ToBe: true.
        expect: (d: '2.00') hash ToBe: 2 hash.
        expect: (d: '0.5') = 0.5 ToBe: true.
        expect: 0.5 = (d: '0.5') ToBe: true.
        expect: (d: '0.1') = 0.1 ToBe: false.
        expect: (d: '0.1') < (1 over: 3) ToBe: true.
        expect: 1 > (d: '0.99') ToBe: true.
        expect: (d: '1') = 'x' ToBe: false.
        expect: ((d: '0.3') & (d: '0.1') & 0) asVector copySorted first ToBe: 0 ).

    testFractions = (
        expect: (1 over: 3) + (1 over: 6) ToPrint: '1/2'.
        expect: (2 over: 4) + (1 over: 2) ToBe: 1.
        expect: (1 over: -3) ToPrint: '-1/3'.
        expect: (1 over: 3) + 1 ToPrint: '4/3'.
        expect: 1 - (1 over: 3) ToPrint: '2/3'.
        expect: 1 / (1 over: 3) ToBe: 3.
        expect: (1 over: 3) + (d: '0.5') ToPrint: '5/6'.
        expect: (1 over: 2) + (d: '0.5') ToBe: 1.
        expect: (1 over: 3) asFloat ToBe: 1.0 / 3.0.
        expect: [ 1 over: 0 ] ToSignal: errors zeroDivide.
        expect: [ (1 over: 3) / 0 ] ToSignal: errors zeroDivide ).

    testConversions = (
        expect: 0.1 asDecimal ToPrint: '0.1'.
        expect: 1.0e22 asDecimal ToPrint: '10000000000000000000000'.
        expect: 1.5e-10 asDecimal ToPrint: '0.00000000015'.
        expect: 0.25 asFraction ToPrint: '1/4'.
        expect: (d: '0.25') asFloat ToBe: 0.25.
        expect: ((10 power: 400) over: (10 power: 399) * 3) asFloat ToBe: 10.0 / 3.0.
        expect: (1 over: 4) asDecimal ToPrint: '0.25'.
        expect: [ (1 over: 3) asDecimal ] ToSignal: errors any.
        expect: [ (d: '1') + 0.5 ] ToSignal: errors any.
        expect: [ 0.5 + (d: '1') ] ToSignal: errors any.
        expect: [ '1.2.3' asDecimal ] ToSignal: errors any.
        expect: ('x' asDecimalIfFail: 'no') ToBe: 'no'.
        expect: '+1.5' asDecimal ToPrint: '1.5' ).
|)
