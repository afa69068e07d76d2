"Tests of stdlib/text/utf8.self."

testing suite: 'utf8' Tests: (|
    parent* = traits testSuite.

    testDecoding = (
        expect: 'aä€😀' codePoints ToBe: (97 & 228 & 8364 & 128512) asVector.
        expect: 'aä€😀' codePointCount ToBe: 4.
        expect: 'aä€😀' size ToBe: 4.
        expect: 'aä€😀' byteSize ToBe: 10 ).

    testEncoding = (
        expect: 97 asUTF8 ToBe: 'a'.
        expect: 228 asUTF8 ToBe: 'ä'.
        expect: 8364 asUTF8 ToBe: '€'.
        expect: 128512 asUTF8 ToBe: '😀' ).

    testMalformed = (
        expect: 'a\xff' isUTF8 ToBe: false.
        expect: '\xc0\x80' isUTF8 ToBe: false.
        expect: '\xed\xa0\x80' isUTF8 ToBe: false.
        expect: '\xe2\x82' isUTF8 ToBe: false.
        expect: 'ä' isUTF8 ToBe: true.
        expect: '\xffa' codePoints ToBe: (65533 & 97) asVector ).

    testGlyphs = (
        expect: 'äb€' reverseGlyphs ToBe: '€bä'.
        expect: ('äb€' copyFromGlyph: 1 UpTo: 3) ToBe: 'b€'.
        expect: 'äb' glyphs size ToBe: 2 ).

    testCountsWhatPeopleSee = (| s. keys |
        s: 'aä€😀b'.
        expect: (s at: 3) ToBe: '😀'.
        expect: (s copyFrom: 1 UpTo: 3) ToBe: 'ä€'.
        expect: s reverse ToBe: 'b😀€äa'.
        expect: s asUppercase ToBe: 'AÄ€😀B'.
        expect: 'Straße' asUppercase ToBe: 'STRASSE'.
        expect: 'ÄÖ' asLowercase ToBe: 'äö'.
        expect: 'élan' capitalize ToBe: 'Élan'.
        expect: (s indexOf: 'b') ToBe: 4.
        expect: (s indexOf: 'b' From: 4) ToBe: 4.
        expect: (s lastIndexOf: '€') ToBe: 2.
        expect: (s take: 2) ToBe: 'aä'.
        expect: s last ToBe: 'b'.
        expect: s asVector size ToBe: 5.
        keys: list copyRemoveAll.
        s do: [ |:c. :i| keys add: i ].
        expect: keys asVector ToBe: (0 & 1 & 2 & 3 & 4) asVector.
        expect: (s mapBy: [ |:c| c ]) ToBe: s.
        expect: (s filterBy: [ |:c| c isLetter ]) ToBe: 'aäb'.
        expect: (s splitOn: '€') asVector ToBe: ('aä' & '😀b') asVector.
        expect: (s replaceAll: 'ä' With: 'ü') ToBe: 'aü€😀b'.
        expect: [ s at: 5 ] ToSignal: errors index.
        expect: [ s at: -1 ] ToSignal: errors index.
        expect: [ s copyFrom: 2 UpTo: 6 ] ToSignal: errors index.
        expect: (s readStream next: 3) ToBe: 'aä€'.
        expect: 'ä' isLetter ToBe: true.
        expect: 'Ä' isUppercase ToBe: true.
        expect: 'ä' isUppercase ToBe: false ).

    testPlacesInLongTexts = (| s. t |
        s: ('aä€😀' * 50) copyMutable.
        expect: s size ToBe: 200.
        200 do: [ |:i| expect: (s at: i) ToBe: ('aä€😀' at: i % 4) ].
        199 to: 0 By: -1 Do: [ |:i| expect: (s at: i) ToBe: ('aä€😀' at: i % 4) ].
        s at: 1 Put: 'ö'.
        expect: (s at: 1) ToBe: 'ö'.
        expect: (s copyFrom: 0 UpTo: 3) ToBe: 'aö€'.
        expect: [ s at: 1 Put: 'o' ] ToSignal: errors any.
        t: ('a' * 100) copyMutable.
        expect: t size ToBe: 100.
        t byteAt: 0 Put: 195.
        t byteAt: 1 Put: 164.
        expect: t size ToBe: 99.
        expect: (t at: 0) ToBe: 'ä'.
        t at: 0 Put: 'ö'.
        expect: (t copyFrom: 0 UpTo: 2) ToBe: 'öa'.
        image collectGarbage.
        expect: t size ToBe: 99 ).

    testGraphemesAndColumns = (
        expect: 'e\xcc\x81a' size ToBe: 3.
        expect: 'e\xcc\x81a' graphemes size ToBe: 2.
        expect: 'e\xcc\x81a' columns ToBe: 2.
        expect: '日本' columns ToBe: 4.
        expect: ('日本' padOnRight: 6) ToBe: '日本  '.
        expect: ('é' padOnLeft: 3) ToBe: '  é'.
        expect: ('👩‍👩‍👧' graphemes size) ToBe: 1 ).
|)
