"Finding, cutting and joining text."

traits string _AddSlots: (|
    {'Category: searching\x7fComment: Whether I begin with, end with, contain the argument; isPrefixOf: and isSuffixOf: ask the other way round.'
        startsWith: s = ( s isPrefixOf: self ).
        endsWith: s = ( s isSuffixOf: self ).
        isPrefixOf: s = ( (size <= s size) && [ (s copyFrom: 0 UpTo: size) = self ] ).
        isSuffixOf: s = (
            (size <= s size) && [ (s copyFrom: s size - size UpTo: s size) = self ] ).
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
        indexOf: s From: start = (
            _ByteVectorIndexOf: s From: start IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        lastIndexOf: s = (| i. found <- -1 |
            i: indexOf: s From: 0.
            [ i >= 0 ] whileTrue: [ found: i. i: indexOf: s From: i + 1 ].
            found ).
        findSubstring: s IfPresent: p IfAbsent: a = (| i |
            i: indexOfSubstring: s.
            i < 0 ifTrue: [ a value ] False: [ p value: i ] ).
        occurrencesOfSubstring: s = (| n <- 0. i <- 0 |
            s isEmpty ifTrue: [ ^ 0 ].
            [ i: indexOf: s From: i. i >= 0 ] whileTrue: [ n: n + 1. i: i + s size ].
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
    {'Category: cutting\x7fComment: A list of the pieces between separators; between runs of white space; of lines.'
        splitOn: separator = (| pieces. start <- 0. i |
            pieces: list copyRemoveAll.
            separator isEmpty ifTrue: [ do: [ |:c| pieces add: c ]. ^ pieces ].
            [ i: indexOf: separator From: start. i >= 0 ] whileTrue: [
                pieces add: (copyFrom: start UpTo: i).
                start: i + separator size ].
            pieces add: (copyFrom: start UpTo: size).
            pieces ).
        split: separator = ( splitOn: separator ).
        split = ( words ).
        words = (| pieces. start <- -1 |
            pieces: list copyRemoveAll.
            bytesDo: [ |:b. :i|
                (isWhiteByte: b)
                    ifTrue: [
                        start >= 0 ifTrue: [ pieces add: (copyFrom: start UpTo: i). start: -1 ] ]
                    False: [ start < 0 ifTrue: [ start: i ] ] ].
            start >= 0 ifTrue: [ pieces add: (copyFrom: start UpTo: size) ].
            pieces ).
        asTokens = ( words ).
        lines = (| pieces |
            pieces: splitOn: '\n'.
            pieces last isEmpty ifTrue: [ pieces removeLast ].
            pieces ).
        asTokensSeparatedByWhiteSpace = ( words asVector ).
        asTokensSeparatedByCharactersIn: separators = (| pieces. start <- 0 |
            pieces: list copyRemoveAll.
            do: [ |:c. :i|
                (separators includes: c) ifTrue: [
                    i > start ifTrue: [ pieces add: (copyFrom: start UpTo: i) ].
                    start: i + 1 ] ].
            start < size ifTrue: [ pieces add: (copyFrom: start UpTo: size) ].
            pieces ).
    }
    {'Category: cutting\x7fComment: Without white space around me; before and after the first occurrence of the argument.'
        trim = ( trimLeft trimRight ).
        shrinkwrapped = ( trim ).
        trimLeft = (| i <- 0 |
            [ (i < size) && [ isWhiteByte: (byteAt: i) ] ] whileTrue: [ i: i + 1 ].
            copyFrom: i UpTo: size ).
        trimRight = (| i |
            i: size.
            [ (i > 0) && [ isWhiteByte: (byteAt: i - 1) ] ] whileTrue: [ i: i - 1 ].
            copyFrom: 0 UpTo: i ).
        before: s = (| i | i: indexOf: s. i < 0 ifTrue: [ self ] False: [ copyFrom: 0 UpTo: i ] ).
        after: s = (| i |
            i: indexOf: s.
            i < 0 ifTrue: [ '' ] False: [ copyFrom: i + s size UpTo: size ] ).
    }
    {'Category: changing\x7fComment: Copies with every occurrence replaced; filled up to a width on one side or both.'
        replaceAll: old With: new = ( (splitOn: old) joinedWith: new ).
        copyReplaceAll: old With: new = ( replaceAll: old With: new ).
        replace: old With: new = ( replaceAll: old With: new ).
        padOnLeft: width = ( padOnLeft: width With: ' ' ).
        padOnLeft: width With: c = ( (c * (width - size)), self ).
        padOnRight: width = ( padOnRight: width With: ' ' ).
        padOnRight: width With: c = ( self, (c * (width - size)) ).
        padBothSides: width = (| left |
            left: (width - size) / 2.
            (padOnLeft: size + left) padOnRight: width ).
        indentedBy: n = ( (lines mapBy: [ |:line| (' ' * n), line ]) joinedWith: '\n' ).
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
