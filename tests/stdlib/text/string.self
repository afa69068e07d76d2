"Tests of stdlib/text/string.self, stringWriter.self and character.self."

testing suite: 'string' Tests: (|
    parent* = traits testSuite.

    testAccessing = (
        expect: ('abc' at: 1) ToBe: 'b'.
        expect: ('abc' byteAt: 1) ToBe: 98.
        expect: 'abc' size ToBe: 3.
        expect: 'abc' first ToBe: 'a'.
        expect: ('abc' at: 9 IfAbsent: 'no') ToBe: 'no'.
        expect: [ 'abc' at: 3 ] ToSignal: errors index ).

    testImmutability = (| s |
        expect: [ 'abc' at: 0 Put: 'x' ] ToSignal: errors type.
        s: 'abc' copyMutable.
        s at: 0 Put: 'x'.
        s at: 1 Put: 121.
        expect: s ToBe: 'xyc' ).

    testJoining = (
        expect: 'ab', 'cd' ToBe: 'abcd'.
        expect: 'ab' * 3 ToBe: 'ababab'.
        expect: 'x' * 0 ToBe: ''.
        expect: (('a' & 'b' & 'c') asVector joinedWith: ', ') ToBe: 'a, b, c'.
        expect: ('-' join: (1 & 2) asVector) ToBe: '1-2' ).

    testComparing = (
        expect: (('ab', 'c') = 'abc') ToBe: true.
        expect: ('abc' = 'abd') ToBe: false.
        expect: ('1' = 1) ToBe: false.
        expect: ('abc' != 'abd') ToBe: true.
        expect: 'abc' < 'abd' ToBe: true.
        expect: 'ab' < 'abc' ToBe: true.
        expect: 'b' >= 'abc' ToBe: true.
        expect: ('ab', 'c') hash ToBe: 'abc' hash.
        expect: ('ab', 'c') canonicalize ToBeSameAs: 'abc'.
        expect: 'abc' isCanonical ToBe: true.
        expect: ('ab', 'c') isCanonical ToBe: false ).

    testPrinting = (
        expect: 'abc' printString ToBe: '\'abc\''.
        expect: 'it\'s' printString ToBe: '\'it\\\'s\''.
        expect: 'a\nb\\' printString ToBe: '\'a\\nb\\\\\''.
        expect: '\x01\x7f' printString ToBe: '\'\\x01\\x7f\''.
        expect: ('ab', 'c') printString ToBe: '\'abc\''.
        expect: 'a\n' escaped ToBe: 'a\\n'.
        expect: 'it\'s' escaped ToBe: 'it\\\'s' ).

    testIterating = (| log <- '' |
        'abc' do: [ |:c. :i| log: log, i printString, c ].
        expect: log ToBe: '0a1b2c'.
        expect: ('abc' mapBy: [ |:c| c asUppercase ]) ToBe: 'ABC'.
        expect: ('a1b2' filterBy: [ |:c| c isDigit ]) ToBe: '12'.
        expect: ('banana' occurrencesOf: 'a') ToBe: 3.
        expect: 'abc' asVector ToBe: ('a' & 'b' & 'c') asVector ).

    testCopying = (
        expect: ('hello' copyFrom: 1 UpTo: 3) ToBe: 'el'.
        expect: 'hello' reverse ToBe: 'olleh'.
        expect: 'hello' copyWithoutLast ToBe: 'hell'.
        expect: ('hello' take: 2) ToBe: 'he'.
        expect: [ 'hello' copyFrom: 3 UpTo: 9 ] ToSignal: errors index ).

    testCopyingToSize = (| s |
        expect: ('abc' copySize: 2) ToBe: 'ab'.
        expect: ('abc' copySize: 5) ToBe: 'abc  '.
        expect: ('abc' copySize: 5 FillingWith: 'x') ToBe: 'abcxx'.
        expect: ('abc' copySize: 5 FillingWith: 120) ToBe: 'abcxx'.
        s: 'abc' copyMutable.
        expect: (s copySize: 4 FillingWith: '!') ToBe: 'abc!'.
        expect: s ToBe: 'abc'.
        s: 'abc' copySize: 3.
        s at: 0 Put: 'x'.
        expect: s ToBe: 'xbc' ).

    testEvaluating = (
        expect: '3 + 4' eval ToBe: 7.
        expect: ('3 + 4' evalIfFail: 'no') ToBe: 7.
        expect: ('3 +' evalIfFail: [ |:complaint| complaint errorLine ]) ToBe: 1.
        expect: [ '3 +' eval ] ToSignal: errors user.
        expect: '| x = 3 |' parseObjectBody reflectee x ToBe: 3.
        expect: ('| x = |' parseObjectBodyIfFail: 'no') ToBe: 'no'.
        expect: ('there is no such file.self' runScriptIfFail: 'no') ToBe: 'no' ).

    testCharacters = (
        expect: 'a' isLetter ToBe: true.
        expect: '7' isDigit ToBe: true.
        expect: ' ' isWhitespace ToBe: true.
        expect: 'x' isVowel ToBe: false.
        expect: '!' isPunctuation ToBe: true.
        expect: 'f' asDigit ToBe: 15.
        expect: 'A' asByte ToBe: 65.
        expect: '' isVowel ToBe: false ).

    testSortsOfCharacters = (
        assert: 'A' isUpperCase && 'a' isLowerCase.
        deny: 'a' isUpperCase || 'A' isLowerCase.
        assert: 'Abc' isCapitalized && 'aBC' isUncapitalized.
        assert: '\n' isLineBreak && '\r' isLineBreak.
        deny: ' ' isLineBreak.
        assert: '\x01' isControlCharacter.
        deny: 'a' isControlCharacter.
        assert: ' ' isWordSeparator && '+' isWordSeparator.
        deny: 'a' isWordSeparator || ':' isWordSeparator.
        assert: ' \n' isAllWhiteSpace.
        deny: ' a ' isAllWhiteSpace ).

    testNeighbours = (
        expect: 'a' succ ToBe: 'b'.
        expect: 'a' successor ToBe: 'b'.
        expect: 'b' pred ToBe: 'a'.
        expect: 'b' predecessor ToBe: 'a' ).

    testCase = (
        expect: 'Hello' asUppercase ToBe: 'HELLO'.
        expect: 'Hello' asLowercase ToBe: 'hello'.
        expect: 'hello' capitalize ToBe: 'Hello'.
        expect: '' capitalize ToBe: ''.
        expect: 'aB' swapCase ToBe: 'Ab' ).

    testWriter = (| w |
        w: stringWriter copyRemoveAll.
        100 do: [ w write: 'ab' ].
        (w writeByte: 33) print: 5.
        expect: w size ToBe: 202.
        expect: (w contents copyFrom: 198) ToBe: 'ab!5'.
        expect: stringWriter size ToBe: 0 ).

    testByteVectors = (| b |
        b: 'AB' asByteVector.
        expect: (b at: 0) ToBe: 65.
        b at: 0 Put: 66.
        expect: b asString ToBe: 'BB'.
        expect: [ b at: 0 Put: 256 ] ToSignal: errors any ).

    testSending = (
        expect: ('factorial' sendTo: 5) ToBe: 120.
        expect: (('+', '') sendTo: 3 With: 4) ToBe: 7.
        expect: ('between:And:' sendTo: 3 With: 1 With: 5) ToBe: true.
        expect: ('between:And:' sendTo: 3 WithArguments: (4 & 5) asVector) ToBe: false ).

    testSendingMore = (| o |
        o: (|
            a: a B: b C: c = ( a, b, c ).
            a: a B: b C: c D: d = ( a, b, c, d ).
            a: a B: b C: c D: d E: e = ( a, b, c, d, e )
        |).
        expect: ('a:B:C:' sendTo: o With: '1' With: '2' With: '3') ToBe: '123'.
        expect: ('a:B:C:D:' sendTo: o With: '1' With: '2' With: '3' With: '4') ToBe: '1234'.
        expect: ('a:B:C:D:E:' sendTo: o With: '1' With: '2' With: '3' With: '4' With: '5')
            ToBe: '12345' ).

    testComparingThreeWays = (
        expect: ('a' compare: 'b' IfLess: 'less' Equal: 'equal' Greater: 'greater') ToBe: 'less'.
        expect: ('b' compare: 'b' IfLess: 'less' Equal: 'equal' Greater: 'greater') ToBe: 'equal' ).
|)
