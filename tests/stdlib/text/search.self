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
        expect: ' x' trimRight ToBe: ' x' ).

    testChanging = (
        expect: ('a.b.c' replaceAll: '.' With: '::') ToBe: 'a::b::c'.
        expect: ('7' padOnLeft: 3 With: '0') ToBe: '007'.
        expect: ('7' padOnRight: 3) ToBe: '7  '.
        expect: ('long' padOnLeft: 2) ToBe: 'long'.
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
        expect: ('one' asFloatIfFail: 0) ToBe: 0 ).

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
        expect: ('hello' replace: 'l' With: 'r') ToBe: 'herro'.
        assert: ' ' isWhiteSpace ).
|)
