"What all characters of a text are, and trimming by characters. An empty text is none of it."

traits string _AddSlots: (|
    {'Category: testing\x7fComment: Whether all my characters are letters, digits, either. Whether my letters are all small, or all capital, and there is one.'
        isAllLetters = ( isNotEmpty && [ allSatisfy: [ |:c| c isLetter ] ] ).
        isAllDigits = ( isNotEmpty && [ allSatisfy: [ |:c| c isDigit ] ] ).
        isAllAlphaNumeric = ( isNotEmpty && [ allSatisfy: [ |:c| c isLetter || [ c isDigit ] ] ] ).
        isAllLowercase = ( (self = asLowercase) && [ self != asUppercase ] ).
        isAllUppercase = ( (self = asUppercase) && [ self != asLowercase ] ).
    }
    {'Category: cutting\x7fComment: Without any of these characters at my ends, at the left one, at the right one.'
        trim: characters = ( (trimLeft: characters) trimRight: characters ).
        trimLeft: characters = (| i <- 0 |
            [ (i < size) && [ characters includes: (at: i) ] ] whileTrue: [ i: i + 1 ].
            copyFrom: i UpTo: size ).
        trimRight: characters = (| i |
            i: size.
            [ (i > 0) && [ characters includes: (at: i - 1) ] ] whileTrue: [ i: i - 1 ].
            copyFrom: 0 UpTo: i ).
    }
    {'Category: transforming\x7fComment: Every run of letters with a capital first and small ones after it.'
        capitalizeWords = (| out. inside <- false |
            out: stringWriter copyRemoveAll.
            do: [ |:c|
                out write: (inside ifTrue: [ c asLowercase ] False: [ c asUppercase ]).
                inside: c isLetter ].
            out contents ).
    }
|)
