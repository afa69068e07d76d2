"Tests of stdlib/text/characterTests.self."

testing suite: 'character tests' Tests: (|
    parent* = traits testSuite.

    testAll = (
        expect: 'abc' isAllLetters ToBe: true.
        expect: 'ab1' isAllLetters ToBe: false.
        expect: '12' isAllDigits ToBe: true.
        expect: 'ab1' isAllAlphaNumeric ToBe: true.
        expect: 'a b' isAllAlphaNumeric ToBe: false.
        expect: 'a1' isAllLowercase ToBe: true.
        expect: '11' isAllLowercase ToBe: false.
        expect: 'A1' isAllUppercase ToBe: true ).

    testEmptyIsNone = (
        expect: '' isAllLetters ToBe: false.
        expect: '' isAllDigits ToBe: false.
        expect: '' isAllAlphaNumeric ToBe: false.
        expect: '' isAllLowercase ToBe: false.
        expect: '' isAllUppercase ToBe: false ).

    testTrimming = (
        expect: ('xxaxx' trim: 'x') ToBe: 'a'.
        expect: ('xyaxy' trimLeft: 'yx') ToBe: 'axy'.
        expect: ('xya' trimRight: 'a') ToBe: 'xy'.
        expect: ('' trim: 'x') ToBe: ''.
        expect: 'ada LOVELACE o\'neil' capitalizeWords ToBe: 'Ada Lovelace O\'Neil' ).
|)
