"Tests of stdlib/text/search.self."

testing suite: 'search' Tests: (|
    parent* = traits testSuite.

    testFinding = (
        expect: ('hello' indexOf: 'l') ToBe: 2.
        expect: ('hello' indexOf: 'lo') ToBe: 3.
        expect: ('hello' indexOf: 'x') ToBe: -1.
        expect: ('hello' lastIndexOf: 'l') ToBe: 3.
        expect: ('hello' includesSubstring: 'ell') ToBe: true.
        expect: ('aaa' occurrencesOfSubstring: 'aa') ToBe: 1.
        expect: ('hello' findSubstring: 'e' IfPresent: [ |:i| i ] IfAbsent: 'no') ToBe: 1 ).

    testEnds = (
        expect: ('hello' startsWith: 'he') ToBe: true.
        expect: ('hello' endsWith: 'lo') ToBe: true.
        expect: ('he' isPrefixOf: 'hello') ToBe: true.
        expect: ('lo' isSuffixOf: 'hello') ToBe: true.
        expect: ('hello' startsWith: 'hello!') ToBe: false.
        expect: ('' isPrefixOf: 'x') ToBe: true ).

    testSplitting = (
        expect: ('a,b,,c' splitOn: ',') ToPrint: 'a list(\'a\', \'b\', \'\', \'c\')'.
        expect: (' the  quick fox ' words joinedWith: '|') ToBe: 'the|quick|fox'.
        expect: 'a\nb\n' lines size ToBe: 2.
        expect: ('abc' splitOn: '') size ToBe: 3.
        expect: ('a-b+c' asTokensSeparatedByCharactersIn: '+-') size ToBe: 3.
        expect: ('key=value=x' before: '=') ToBe: 'key'.
        expect: ('key=value=x' after: '=') ToBe: 'value=x' ).

    testTrimming = (
        expect: '  a b \n' trim ToBe: 'a b'.
        expect: '   ' trim ToBe: ''.
        expect: ' x' trimRight ToBe: ' x'.
        expect: ' x ' leftShrinkwrapped ToBe: 'x '.
        expect: ' \t x' leadingWhiteSpace ToBe: 3.
        expect: ' \t x' leadingSpaces ToBe: 1.
        expect: '  ' leadingSpaces ToBe: 2 ).

    testLines = (
        expect: 'ab\ncd\nef' firstLine ToBe: 'ab'.
        expect: 'ab\ncd\nef' lastLine ToBe: 'ef'.
        expect: 'ab' firstLine ToBe: 'ab'.
        expect: 'ab' lastLine ToBe: 'ab'.
        expect: ('a\n\nb\n' indent: 2) ToBe: '  a\n\n  b\n'.
        expect: 'a\tb' detabified ToBe: 'a       b'.
        expect: ('a\tb\n\tc' detabified: 4) ToBe: 'a   b\n    c' ).

    testEllipsis = (
        expect: ('hello world' copyAtMostWithEllipsis: 20) ToBe: 'hello world'.
        expect: ('hello world' copyAtMostWithEllipsis: 9) ToBe: 'hel...rld'.
        expect: ('hello world' copyAtMostWithLeadingEllipsis: 8) ToBe: '...world'.
        expect: ('hello world' copyAtMostWithTrailingEllipsis: 8) ToBe: 'hello...'.
        expect: ('hello world' copyAtMost: 7 WithEllipsisAt: 0.25) ToBe: 'h...rld'.
        expect: ('hello world' copyAtMostWithEllipsis: 2) size ToBe: 2 ).

    testChanging = (
        expect: ('a.b.c' replaceAll: '.' With: '::') ToBe: 'a::b::c'.
        expect: ('7' padOnLeft: 3 With: '0') ToBe: '007'.
        expect: ('7' padOnRight: 3) ToBe: '7  '.
        expect: ('long' padOnLeft: 2) ToBe: 'long'.
        expect: 'apple' prependAOrAn ToBe: 'an apple'.
        expect: 'pear' prependAOrAn ToBe: 'a pear'.
        expect: 'racecar' isPalindrome ToBe: true ).

    testNumbers = (
        expect: '42' asInteger ToBe: 42.
        expect: '-17' asInteger ToBe: -17.
        expect: ('ff' asIntegerBase: 16) ToBe: 255.
        expect: ('x' asIntegerIfFail: -1) ToBe: -1.
        expect: ('' asIntegerIfFail: -1) ToBe: -1.
        expect: [ '4x' asInteger ] ToSignal: errors user.
        expect: '2.5' asFloat ToBe: 2.5.
        expect: '1e3' asFloat ToBe: 1000.0.
        expect: '12' asNumber ToBe: 12.
        expect: '1.5' asNumber ToBe: 1.5.
        expect: ('one' asFloatIfFail: 0) ToBe: 0.
        expect: ('one' asFloatIfFail: [ |:e| e isString ]) ToBe: true.
        expect: 'fF' hexAsInteger ToBe: 255.
        expect: ('fg' hexAsIntegerIfFail: -1) ToBe: -1.
        expect: '12' asSmallInteger ToBe: 12.
        expect: ('one' asSmallIntegerIfFail: -1) ToBe: -1.
        expect: ('99999999999999999999' asSmallIntegerIfFail: -1) ToBe: -1.
        expect: '12' asBigInteger isSmallInt ToBe: false ).

    testPatterns = (
        assert: ('hello' matchesPattern: 'hello').
        assert: ('hello' matchesPattern: 'h*o').
        assert: ('hello' matchesPattern: '*').
        assert: ('' matchesPattern: '*').
        assert: ('hello' matchesPattern: 'h?l*').
        assert: ('a*b' matchesPattern: 'a*b').
        assert: ('abcabcd' matchesPattern: '*abcd').
        deny: ('hello' matchesPattern: 'h*x').
        deny: ('hello' matchesPattern: 'hell').
        deny: ('hell' matchesPattern: 'hello').
        deny: ('' matchesPattern: '?').
        assert: ('Hello' matchesPattern: 'h*' IgnoreCase: true).
        deny: ('Hello' matchesPattern: 'h*' IgnoreCase: false) ).

    testTokens = (
        expect: ' a  bc ' asTokensSeparatedByWhiteSpace ToPrint: 'a vector(\'a\', \'bc\')'.
        expect: 'at: 3 foo-bar!' asWords ToPrint: 'a list(\'at:\', \'3\', \'foo\', \'bar\')'.
        expect: ('a1b22c' asTokensSeparatedByCharactersSatisfying: [ |:c| c isDigit ])
            ToPrint: 'a list(\'a\', \'b\', \'c\')'.
        expect: ('hello' replace: 'l' With: 'r') ToBe: 'herro'.
        assert: ' ' isWhiteSpace ).
|)
