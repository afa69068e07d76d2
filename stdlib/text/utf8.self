"Text as Unicode: the numbers of code points, the signs that readers see, and the
columns that text takes. A string is taken as UTF-8. Malformed bytes count as one
code point each, U+FFFD."

traits string _AddSlots: (|
    {'Category: unicode\x7fComment: The number of my first code point; of all; evaluates the block for each, and its key. Example: \'€\' codePoint >>> 8364. Example: \'aé\' codePoints >>> a vector(97, 233).'
        codePoint = ( _StringCodePointIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        codePointsDo: blk = ( do: [ |:c. :i| blk value: c codePoint With: i ] ).
        codePoints = (| l | l: list copyRemoveAll. codePointsDo: [ |:c| l add: c ]. l asVector ).
        codePointCount = ( size ).
        isUTF8 = (
            do: [ |:c| (c byteSize = 1) && [ c firstByte >= 128 ] ifTrue: [ ^ false ] ].
            true ).
    }
    {'Category: unicode\x7fComment: What a reader takes for one sign each (extended grapheme clusters): a letter with its accents, an emoji of several code points. How many; a part and the reverse counted so; the columns that I take on a terminal. Example: \'e\xcc\x81a\' size >>> 3. Example: \'e\xcc\x81a\' graphemes size >>> 2. Example: \'日本\' columns >>> 4.'
        graphemes = (
            _StringGraphemes: mutableString IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        graphemeCount = ( graphemes size ).
        columns = (
            isASCII ifTrue: [ size ] False: [
                _StringColumnsIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ] ).
        glyphs = ( graphemes asList ).
        copyFromGlyph: start UpTo: end = ( (graphemes copyFrom: start UpTo: end) joined ).
        reverseGlyphs = ( graphemes reverse joined ).
    }
|)

traits smallInt _AddSlots: (|
    {'Category: unicode\x7fComment: The string of the code point that I number. Example: 8364 asUTF8 >>> \'€\'.'
        asUTF8 = (
            _CodePointAsStringIfFail: [ error: printString, ' is the number of no code point' ] ).
    }
|)
