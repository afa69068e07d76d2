"Tests of stdlib/text/utf8.self."

testing suite: 'utf8' Tests: (|
    parent* = traits testSuite.

    testDecoding = (
        expect: 'aä€😀' codePoints ToBe: (97 & 228 & 8364 & 128512) asVector.
        expect: 'aä€😀' codePointCount ToBe: 4.
        expect: 'aä€😀' size ToBe: 10 ).

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
|)
