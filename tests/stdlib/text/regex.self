"Tests of stdlib/text/regex.self."

testing suite: 'regex' Tests: (|
    parent* = traits testSuite.

    testTesting = (
        expect: ((regex matching: 'a+') matches: 'aaa') ToBe: true.
        expect: ((regex matching: 'a+') matches: 'aab') ToBe: false.
        expect: ((regex matching: 'a|ab') matches: 'ab') ToBe: true.
        expect: ('b+' asRegex isIn: 'abba') ToBe: true.
        expect: ((regex matching: '(?i)BAT') isIn: 'a bat') ToBe: true.
        expect: ((regex literally: 'a.b') isIn: 'axb') ToBe: false ).

    testGroups = (| m |
        m: (regex matching: '(?P<year>[0-9]{4})-([0-9]{2})(x)?') firstIn: 'é on 2026-11'.
        expect: m string ToBe: '2026-11'.
        expect: m start ToBe: 5.
        expect: m end ToBe: 12.
        expect: (m at: 'year') ToBe: '2026'.
        expect: (m at: 2) ToBe: '11'.
        expect: (m at: 3) ToBe: nil.
        expect: m groups size ToBe: 3.
        expect: (m asDictionary at: 'year') ToBe: '2026'.
        expect: [ m at: 'month' ] ToSignal: errors any.
        expect: (m at: 9 IfAbsent: 'none') ToBe: 'none' ).

    testSearching = (
        expect: ((regex matching: '[0-9]+') firstIn: 'none') ToBe: nil.
        expect: ((regex matching: '[0-9]+') stringsIn: 'a1b22c') asVector
            ToBe: ('1' & '22') asVector.
        expect: ((regex matching: 'a*') occurrencesIn: 'baa') ToBe: 2 ).

    testReplacing = (
        expect: ((regex matching: '(\\w+) (\\w+)') replaceAllIn: 'ab cd' With: '$2 $1')
            ToBe: 'cd ab'.
        expect: ((regex matching: '[0-9]+') replaceAllIn: 'é1b22' By: [ |:m|
                (m string asInteger * 2) printString ])
            ToBe: 'é2b44'.
        expect: ((regex matching: ', *') splitting: 'a,  b,c') asVector
            ToBe: ('a' & 'b' & 'c') asVector.
        expect: ((regex matching: 'x') splitting: '') asVector
            ToBe: (vector copySize: 1 FillingWith: '') ).

    testComplaints = (
        expect: [ regex matching: '(' ]
            ToComplain: 'Error: \'(\' is no regular expression: unclosed group.'.
        expect: [ regex matching: 3 ]
            ToComplain: 'Error: 3 is no regular expression: it is no string.'.
        expect: [ (regex matching: 'a') firstIn: 3 ]
            ToComplain: '`(regex matching: \'a\') firstIn: 3` can\'t be done: 3 is no string (badTypeError: the \'_RegexFind:From:\' primitive failed).'.
        expect: [ regex matching: '(a' ] ToSignal: errors format.
        expect: (regex matching: '[' IfFail: 'no') ToBe: 'no'.
        expect: [ regex matching: 'a{1000}{1000}{1000}' ] ToSignal: errors format.
        expect: [ regex matching: ('(' * 1000), (')' * 1000) ] ToSignal: errors format ).
|)
