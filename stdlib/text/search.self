"Finding, cutting and joining text."

traits string _AddSlots: (|
    {'Category: searching\x7fComment: Whether I begin with, end with, contain the argument; isPrefixOf: and isSuffixOf: ask the other way round.'
        startsWith: s = ( s isPrefixOf: self ).
        endsWith: s = ( s isSuffixOf: self ).
        isPrefixOf: s = (
            (byteSize <= s byteSize) && [ (s copyBytesFrom: 0 UpTo: byteSize) = self ] ).
        isSuffixOf: s = (| n |
            n: s byteSize.
            (byteSize <= n) && [ (s copyBytesFrom: n - byteSize UpTo: n) = self ] ).
        includesSubstring: s = ( (indexOfSubstring: s) >= 0 ).
        includes: c = ( includesSubstring: c ).
        isSubstringOf: s = ( s includesSubstring: self ).
    }
    {'Category: searching\x7fComment: The key where the argument begins for the first (or last) time, -1 if it does not occur.'
        indexOf: s = ( indexOfSubstring: s ).
        indexOf: s IfAbsent: a = (| i |
            i: indexOfSubstring: s.
            i < 0 ifTrue: [ a value ] False: [ i ] ).
        indexOfSubstring: s = ( indexOf: s From: 0 ).
        indexOf: s From: start = (| i |
            isASCII ifTrue: [ ^ byteOfSubstring: s From: start ].
            i: byteOfSubstring: s From: (_StringOffset: start IfFail: [ ^ -1 ]).
            i < 0 ifTrue: [ -1 ] False: [ indexOfByte: i ] ).
        byteOfSubstring: s From: start = (
            _ByteVectorIndexOf: s From: start IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        lastIndexOf: s = (| i. found <- -1 |
            i: byteOfSubstring: s From: 0.
            [ i >= 0 ] whileTrue: [ found: i. i: byteOfSubstring: s From: i + 1 ].
            found < 0 ifTrue: [ -1 ] False: [ indexOfByte: found ] ).
        findSubstring: s IfPresent: p IfAbsent: a = (| i |
            i: indexOfSubstring: s.
            i < 0 ifTrue: [ a value ] False: [ p value: i ] ).
        occurrencesOfSubstring: s = (| n <- 0. i <- 0 |
            s isEmpty ifTrue: [ ^ 0 ].
            [ i: byteOfSubstring: s From: i. i >= 0 ] whileTrue: [ n: n + 1. i: i + s byteSize ].
            n ).
        occurrencesOf: c = ( occurrencesOfSubstring: c ).
    }
    {'Category: searching\x7fComment: Whether all of me is as the pattern says: * stands for any text, ? for one character. Goes back to the latest * when something does not fit.'
        matchesPattern: p = (| i <- 0. j <- 0. star <- -1. mark <- 0 |
            [ i < size ] whileTrue: [
                ((j < p size) && [
                        ('?' = (p at: j)) || [ ((at: i) = (p at: j)) && [ '*' != (p at: j) ] ] ])
                    ifTrue: [ i: i + 1. j: j + 1 ]
                    False: [
                        ((j < p size) && [ '*' = (p at: j) ])
                            ifTrue: [ star: j. mark: i. j: j + 1 ]
                            False: [
                                star < 0 ifTrue: [ ^ false ].
                                mark: mark + 1.
                                i: mark.
                                j: star + 1 ] ] ].
            [ (j < p size) && [ '*' = (p at: j) ] ] whileTrue: [ j: j + 1 ].
            j = p size ).
        matchesPattern: p IgnoreCase: ignore = (
            ignore ifTrue: [ asLowercase matchesPattern: p asLowercase ] False: [
                matchesPattern: p ] ).
    }
    {'Category: cutting\x7fComment: A list of the pieces between separators; between runs of white space; of lines; of words, made of letters, digits and colons.'
        splitOn: separator = (| pieces. start <- 0. i |
            pieces: list copyRemoveAll.
            separator isEmpty ifTrue: [ do: [ |:c| pieces add: c ]. ^ pieces ].
            [ i: byteOfSubstring: separator From: start. i >= 0 ] whileTrue: [
                pieces add: (copyBytesFrom: start UpTo: i).
                start: i + separator byteSize ].
            pieces add: (copyBytesFrom: start UpTo: byteSize).
            pieces ).
        split: separator = ( splitOn: separator ).
        split = ( words ).
        words = (| pieces. start <- -1 |
            pieces: list copyRemoveAll.
            bytesDo: [ |:b. :i|
                (isWhiteByte: b)
                    ifTrue: [
                        start >= 0 ifTrue: [
                            pieces add: (copyBytesFrom: start UpTo: i).
                            start: -1 ] ]
                    False: [ start < 0 ifTrue: [ start: i ] ] ].
            start >= 0 ifTrue: [ pieces add: (copyBytesFrom: start UpTo: byteSize) ].
            pieces ).
        asTokens = ( words ).
        lines = (| pieces |
            pieces: splitOn: '\n'.
            pieces last isEmpty ifTrue: [ pieces removeLast ].
            pieces ).
        asTokensSeparatedByWhiteSpace = ( words asVector ).
        asWords = ( asTokensSeparatedByCharactersSatisfying: [ |:c| c isWordSeparator ] ).
        asTokensSeparatedByCharactersIn: separators = (
            asTokensSeparatedByCharactersSatisfying: [ |:c| separators includes: c ] ).
        asTokensSeparatedByCharactersSatisfying: b = (| pieces. start <- 0 |
            pieces: list copyRemoveAll.
            do: [ |:c. :i|
                (b value: c With: i) ifTrue: [
                    i > start ifTrue: [ pieces add: (copyFrom: start UpTo: i) ].
                    start: i + 1 ] ].
            start < size ifTrue: [ pieces add: (copyFrom: start UpTo: size) ].
            pieces ).
    }
    {'Category: cutting\x7fComment: Without white space around me; how much of it, or of blanks, I begin with; before and after the first occurrence of the argument; my first and last line.'
        trim = ( trimLeft trimRight ).
        shrinkwrapped = ( trim ).
        trimLeft = (| i <- 0. n |
            n: byteSize.
            [ (i < n) && [ isWhiteByte: (byteAt: i) ] ] whileTrue: [ i: i + 1 ].
            copyBytesFrom: i UpTo: n ).
        leftShrinkwrapped = ( trimLeft ).
        leadingWhiteSpace = ( size - trimLeft size ).
        leadingSpaces = ( bytesDo: [ |:b. :i| b = 32 ifFalse: [ ^ i ] ]. size ).
        trimRight = (| i |
            i: byteSize.
            [ (i > 0) && [ isWhiteByte: (byteAt: i - 1) ] ] whileTrue: [ i: i - 1 ].
            copyBytesFrom: 0 UpTo: i ).
        before: s = (| i |
            i: byteOfSubstring: s From: 0.
            i < 0 ifTrue: [ self ] False: [ copyBytesFrom: 0 UpTo: i ] ).
        after: s = (| i |
            i: byteOfSubstring: s From: 0.
            i < 0 ifTrue: [ '' ] False: [ copyBytesFrom: i + s byteSize UpTo: byteSize ] ).
        firstLine = ( before: '\n' ).
        lastLine = ( copyFrom: (lastIndexOf: '\n') + 1 ).
    }
    {'Category: cutting\x7fComment: At most n characters: where I am longer dots stand for what is left out, after a part (0 to 1) of what stays.'
        copyAtMost: n WithEllipsisAt: part = (| kept. left |
            size <= n ifTrue: [ ^ self ].
            n < 3 ifTrue: [ ^ '.' * n ].
            kept: n - 3.
            left: (kept * part) round.
            (copyFrom: 0 UpTo: left), '...', (copyFrom: size - (kept - left)) ).
        copyAtMostWithEllipsis: n = ( copyAtMost: n WithEllipsisAt: 0.5 ).
        copyAtMostWithLeadingEllipsis: n = ( copyAtMost: n WithEllipsisAt: 0 ).
        copyAtMostWithTrailingEllipsis: n = ( copyAtMost: n WithEllipsisAt: 1 ).
    }
    {'Category: changing\x7fComment: Copies with every occurrence replaced; filled up to a width, in columns, on one side or both; with blanks before all lines, or those that are not empty; with blanks for tabs; after an article.'
        replaceAll: old With: new = ( (splitOn: old) joinedWith: new ).
        copyReplaceAll: old With: new = ( replaceAll: old With: new ).
        replace: old With: new = ( replaceAll: old With: new ).
        padOnLeft: width = ( padOnLeft: width With: ' ' ).
        padOnLeft: width With: c = ( (c * (width - columns)), self ).
        padOnRight: width = ( padOnRight: width With: ' ' ).
        padOnRight: width With: c = ( self, (c * (width - columns)) ).
        padBothSides: width = (| left |
            left: (width - columns) / 2.
            (padOnLeft: columns + left) padOnRight: width ).
        indentedBy: n = ( (lines mapBy: [ |:line| (' ' * n), line ]) joinedWith: '\n' ).
        indent: n = (
            ((splitOn: '\n') mapBy: [ |:line| line isEmpty ifTrue: '' False: [ (' ' * n), line ] ]) joinedWith: '\n' ).
        detabified = ( detabified: 8 ).
        detabified: width = (| out. column <- 0 |
            out: stringWriter copyRemoveAll.
            bytesDo: [ |:b. n|
                b = 9
                    ifTrue: [ n: width - (column % width). out tab: n. column: column + n ]
                    False: [ out writeByte: b. column: b = 10 ifTrue: 0 False: [ column + 1 ] ] ].
            out contents ).
        prependAOrAn = ( (isVowel ifTrue: 'an ' False: 'a '), self ).
        isPalindrome = ( self = reverse ).
    }
    {'Category: joining\x7fComment: The strings of a collection with me between them.'
        join: c = ( c joinedWith: self ).
    }
|)

traits collection _AddSlots: (|
    {'Category: converting\x7fComment: My elements, which must be strings, in one string; with a separator between them.'
        joined = ( joinedWith: '' ).
        joinedWith: separator = (| out |
            out: stringWriter copyRemoveAll.
            do: [ |:s| out write: s asString ] SeparatedBy: [ out write: separator ].
            out contents ).
        concatenate = ( joined ).
    }
|)
