"Text as Unicode: a string is taken as UTF-8. Malformed bytes count as one code
point each, U+FFFD."

traits string _AddSlots: (|
    {'Category: unicode\x7fComment: Evaluates the block for each code point, and the byte it begins at.'
        codePointsDo: blk = (| i <- 0. n |
            n: size.
            [ i < n ] whileTrue: [ | length |
                length: sequenceLengthAt: i.
                blk
                    value: (length = 0 ifTrue: 65533 False: [ codePointAt: i Length: length ])
                    With: i.
                i: i + (length max: 1) ].
            self ).
        codePoints = (| l | l: list copyRemoveAll. codePointsDo: [ |:c| l add: c ]. l asVector ).
        codePointCount = (| n <- 0 | codePointsDo: [ n: n + 1 ]. n ).
        isUTF8 = (| i <- 0. n |
            n: size.
            [ i < n ] whileTrue: [ | length |
                length: sequenceLengthAt: i.
                length = 0 ifTrue: [ ^ false ].
                i: i + length ].
            true ).
    }
    {'Category: unicode\x7fComment: The letters of a text as strings of one code point each; a part and the reverse counted in code points.'
        glyphs = (| l |
            l: list copyRemoveAll.
            codePointsDo: [ |:c. :i|
                l add: (copyFrom: i UpTo: i + ((sequenceLengthAt: i) max: 1)) ].
            l ).
        copyFromGlyph: start UpTo: end = ( (glyphs copyFrom: start UpTo: end) joined ).
        reverseGlyphs = ( glyphs reverse joined ).
    }
    {'Category: private\x7fComment: Bytes of the code point that begins at a byte; 0 if it is malformed.'
        sequenceLengthAt: i = (| b. n |
            b: byteAt: i.
            b < 128 ifTrue: [ ^ 1 ].
            b < 194 ifTrue: [ ^ 0 ].
            n: b < 224 ifTrue: 2 False: [
                b < 240 ifTrue: 3 False: [ b < 245 ifTrue: 4 False: 0 ] ].
            ((n = 0) || [ (i + n) > size ]) ifTrue: [ ^ 0 ].
            1 upTo: n Do: [ |:k| ((byteAt: i + k) && 192) = 128 ifFalse: [ ^ 0 ] ].
            (isCanonicalCodePoint: (codePointAt: i Length: n) Length: n) ifTrue: n False: 0 ).
        isCanonicalCodePoint: c Length: n = (
            n = 2 ifTrue: [ c >= 128 ] False: [
                n = 3 ifTrue: [ (c >= 2048) && [ (c isBetween: 55296 And: 57343) not ] ] False: [
                    (c >= 65536) && [ c <= 1114111 ] ] ] ).
        codePointAt: i Length: n = (| c |
            c: byteAt: i.
            n = 1 ifTrue: [ ^ c ].
            c: c && (n = 2 ifTrue: 31 False: [ n = 3 ifTrue: 15 False: 7 ]).
            1 upTo: n Do: [ |:k| c: (c << 6) || ((byteAt: i + k) && 63) ].
            c ).
    }
|)

traits smallInt _AddSlots: (|
    {'Category: unicode\x7fComment: The string of the code point that I number.'
        asUTF8 = (| out |
            out: stringWriter copyRemoveAll.
            self < 128 ifTrue: [ ^ asCharacter ].
            self < 2048 ifTrue: [ out writeByte: 192 || (self >> 6) ] False: [
                self < 65536 ifTrue: [ out writeByte: 224 || (self >> 12) ] False: [
                    out writeByte: 240 || (self >> 18).
                    out writeByte: 128 || ((self >> 12) && 63) ].
                out writeByte: 128 || ((self >> 6) && 63) ].
            out writeByte: 128 || (self && 63).
            out contents ).
    }
|)
