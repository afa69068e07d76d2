"Characters are strings of one code point. These are the questions one asks them;
they look at the first code point, and answer as Unicode has it. Digits are those of
ASCII."

traits string _AddSlots: (|
    {'Category: characters\x7fComment: What sort of character I begin with.'
        isLetter = ( (kinds && 1) != 0 ).
        isUppercase = ( (kinds && 2) != 0 ).
        isLowercase = ( (kinds && 4) != 0 ).
        isDigit = ( (size > 0) && [ firstByte isBetween: 48 And: 57 ] ).
        isAlphaNumeric = ( isLetter || [ isDigit ] ).
        isLetterOrDigit = ( isLetter || [ isDigit ] ).
        isVowel = ( (size > 0) && [ 'aeiouAEIOU' includesSubstring: first ] ).
        isPunctuation = ( isPrintable && [ (isLetterOrDigit || [ isWhitespace ]) not ] ).
        isPrintable = ( (size > 0) && [ (kinds && 32) = 0 ] ).
        isWhiteSpace = ( isWhitespace ).
        isWhitespace = ( (kinds && 16) != 0 ).
        isWhiteByte: b = ( (b = 32) || [ b isBetween: 9 And: 13 ] ).
        isUpperCase = ( isUppercase ).
        isLowerCase = ( isLowercase ).
        isCapitalized = ( isUppercase ).
        isUncapitalized = ( isLowercase ).
        isLineBreak = ( (size > 0) && [ (firstByte = 10) || [ firstByte = 13 ] ] ).
        isControlCharacter = ( (kinds && 32) != 0 ).
        kinds = ( _StringKindsIfFail: 0 ).
        isWordSeparator = ( (isLetterOrDigit || [ startsWith: ':' ]) not ).
    }
    {'Category: characters\x7fComment: All of me is white space.'
        isAllWhiteSpace = ( bytesDo: [ |:b| (isWhiteByte: b) ifFalse: [ ^ false ] ]. true ).
    }
    {'Category: characters\x7fComment: The character with the next, or the last, code.'
        succ = ( (codePoint + 1) asUTF8 ).
        successor = ( succ ).
        pred = ( (codePoint - 1) asUTF8 ).
        predecessor = ( pred ).
    }
    {'Category: characters\x7fComment: My code, and the value of a digit in bases up to 36 (-1 if I am none).'
        asByte = ( byteAt: 0 ).
        asCharacter = ( at: 0 ).
        asDigit = (| b |
            b: byteAt: 0.
            (b isBetween: 48 And: 57) ifTrue: [ ^ b - 48 ].
            (b isBetween: 97 And: 122) ifTrue: [ ^ b - 87 ].
            (b isBetween: 65 And: 90) ifTrue: [ ^ b - 55 ].
            -1 ).
        digitValue = ( asDigit ).
    }
    {'Category: transforming\x7fComment: Letters made capital or small, all or the first one.'
        asUppercase = (
            _StringUppercase: mutableString IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        asLowercase = (
            _StringLowercase: mutableString IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        capitalizeAll = ( asUppercase ).
        uncapitalizeAll = ( asLowercase ).
        uppercase = ( asUppercase ).
        lowercase = ( asLowercase ).
        capitalize = (
            isEmpty ifTrue: [ '' ] False: [ (copyFrom: 0 UpTo: 1) asUppercase, (copyFrom: 1) ] ).
        capitalized = ( capitalize ).
        uncapitalize = (
            isEmpty ifTrue: [ '' ] False: [ (copyFrom: 0 UpTo: 1) asLowercase, (copyFrom: 1) ] ).
        swapCase = (
            mapBy: [ |:c| c isUppercase ifTrue: [ c asLowercase ] False: [ c asUppercase ] ] ).
        mapBytes: blk = (| s |
            s: mutableString copyBytes: byteSize.
            bytesDo: [ |:b. :i| s byteAt: i Put: (blk value: b) ].
            s ).
    }
|)

traits integer _AddSlots: (|
    {'Category: converting\x7fComment: Myself as a byte, so that numbers may be put into strings.'
        asByte = ( self ).
    }
|)
