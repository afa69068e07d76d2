"Collections with whole-number keys from 0: vectors, byte vectors, strings, lists.
In terms of `at:`, `size`, and for those that change, `at:Put:`."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of collections with keys from 0 to size - 1.'
        indexable = (| {} = 'Comment: I am the behaviour of collections whose keys are 0 up to size - 1.'.
            parent* = traits collection.

            {'Category: accessing\x7fComment: With a way out for keys I do not have: a block gets the key.'
                at: i IfAbsent: a = ( (isKey: i) ifTrue: [ at: i ] False: [ a value: i ] ).
                isKey: i = ( i isSmallInt && [ (i >= 0) && [ i < size ] ] ).
                includesKey: i = ( isKey: i ).
                at: i Put: x IfAbsent: a = (
                    (isKey: i) ifTrue: [ at: i Put: x ] False: [ a value: i ] ).
            }
            {'Category: testing\x7fComment: My elements have an order, and = goes by them.'
                isOrdered = true.
                comparesElements = true.
            }
            {'Category: accessing\x7fComment: Ends and middle. Example: (4 & 5 & 6) asVector last >>> 6.'
                last = ( lastIfAbsent: [ missing: 'an empty collection has no last element' ] ).
                firstIfAbsent: a = ( isEmpty ifTrue: [ a value ] False: [ at: 0 ] ).
                lastIfAbsent: a = ( isEmpty ifTrue: [ a value ] False: [ at: size - 1 ] ).
                second = ( at: 1 ).
                third = ( at: 2 ).
                firstKey = 0.
                lastKey = ( size - 1 ).
                nextKey = ( size ).
                keys = ( 0 upTo: size ).
            }
            {'Category: iterating\x7fComment: Forward, backward, over keys, over a part.'
                do: b = (| i <- 0. n |
                    n: size.
                    [ i < n ] whileTrue: [ b value: (at: i) With: i. i: i + 1 ].
                    self ).
                reverseDo: b = (| i |
                    i: size - 1.
                    [ i >= 0 ] whileTrue: [ b value: (at: i) With: i. i: i - 1 ].
                    self ).
                doFrom: start UpTo: end Do: b = (| i |
                    i: start.
                    [ i < end ] whileTrue: [ b value: (at: i) With: i. i: i + 1 ].
                    self ).
                from: start UpTo: end Do: b = ( doFrom: start UpTo: end Do: b ).
                keysDo: b = ( size do: [ |:i| b value: i ]. self ).
            }
            {'Category: iterating\x7fComment: Over me and another indexable at once, as far as the shorter one goes: elements and keys. Backward from both ends.'
                with: c Do: b = (| i <- 0. n |
                    c isOrdered ifFalse: [ ^ resend.with: c Do: b ].
                    n: size min: c size.
                    [ i < n ] whileTrue: [
                        b value: (at: i) With: (c at: i) With: i With: i.
                        i: i + 1 ].
                    self ).
                with: c ReverseDo: b = (| i. j |
                    i: size - 1.
                    j: c size - 1.
                    [ (i >= 0) && [ j >= 0 ] ] whileTrue: [
                        b value: (at: i) With: (c at: j) With: i With: j.
                        i: i - 1.
                        j: j - 1 ].
                    self ).
            }
            {'Category: searching\x7fComment: The key of an element; -1 or the value of the block if there is none. Example: \'banana\' indexOf: \'n\' >>> 2.'
                indexOf: x = ( indexOf: x IfAbsent: -1 ).
                indexOf: x IfAbsent: a = ( do: [ |:e. :k| x = e ifTrue: [ ^ k ] ]. a value ).
                keyAt: x IfAbsent: a = ( indexOf: x IfAbsent: a ).
                lastIndexOf: x = ( reverseDo: [ |:e. :k| x = e ifTrue: [ ^ k ] ]. -1 ).
                indexWhere: b = ( do: [ |:e. :k| (b value: e) ifTrue: [ ^ k ] ]. -1 ).
            }
            {'Category: searching\x7fComment: Whether, and from which key on, the elements of another indexable are in me.'
                includesSubstring: c = ( findSubstring: c IfPresent: true IfAbsent: false ).
                findSubstring: c IfPresent: p IfAbsent: a = (
                    findSubstring: c StartingAt: 0 IfPresent: p IfAbsent: a ).
                findSubstring: c StartingAt: start IfPresent: p IfAbsent: a = (
                    start to: size - c size Do: [ |:i|
                        (matches: c At: i) ifTrue: [ ^ p value: i ] ].
                    a value ).
                matches: c At: i = (
                    c do: [ |:e. :k| e = (at: i + k) ifFalse: [ ^ false ] ].
                    true ).
                isPrefixOf: c = ( (size <= c size) && [ c matches: self At: 0 ] ).
                isSuffixOf: c = ( (size <= c size) && [ c matches: self At: c size - size ] ).
            }
            {'Category: comparing\x7fComment: Equal elements in the same order, whatever the sort of collection. Only bytes and text, which hash otherwise, keep among themselves.'
                = c = (
                    (== c) ifTrue: [ ^ true ].
                    (c isCollection && [ c comparesElements ]) ifFalse: [ ^ false ].
                    size = c size ifFalse: [ ^ false ].
                    do: [ |:e. :k| e = (c at: k) ifFalse: [ ^ false ] ].
                    true ).
                hash = (| h | h: size. do: [ |:e| h: (h combinedHash: e hash) ]. h ).
            }
            {'Category: changing\x7fComment: Exchanges two elements, reverses me, overwrites a part. Answers me.'
                swap: i And: j = (| t | t: at: i. at: i Put: (at: j). at: j Put: t. self ).
                reverseInPlace = (| i <- 0. j |
                    j: size - 1.
                    [ i < j ] whileTrue: [ swap: i And: j. i: i + 1. j: j - 1 ].
                    self ).
                atAllPut: x = ( size do: [ |:i| at: i Put: x ]. self ).
            }
            {'Category: changing\x7fComment: Other elements in my places: at a key, at an end, the same in all, those of a collection from the first place on. Answers me.'
                add: x WithKey: i = ( at: i Put: x ).
                first: x = ( putEnd: 0 With: x ).
                last: x = ( putEnd: size - 1 With: x ).
                putEnd: i With: x = (
                    isEmpty ifTrue: [ missing: 'an empty collection has no ends' ] False: [
                        at: i Put: x ] ).
                fillWith: x = ( atAllPut: x ).
                fillFrom: c = (| i <- 0 | c do: [ |:e| at: i Put: e. i: i + 1 ]. self ).
                copyRangeDstPos: at SrcArray: source SrcPos: start Len: n = (
                    copyRange: at From: source At: start Size: n ).
            }
            {'Category: copying\x7fComment: My elements in the opposite order, in a copy. Example: (1 & 2 & 3) asVector reverse >>> a vector(3, 2, 1).'
                reverse = ( copyReverse ).
                reversed = ( copyReverse ).
            }
            {'Category: copying\x7fComment: A part: from a key up to another (left out), without the first or last n. Example: \'abcdef\' copyFrom: 2 UpTo: 4 >>> \'cd\'.'
                copyFrom: start = ( copyFrom: start UpTo: size ).
                copyFrom: start To: end = ( copyFrom: start UpTo: end + 1 ).
                copyUpTo: end = ( copyFrom: 0 UpTo: end ).
                copyWithoutFirst = ( copyFrom: 1 UpTo: size ).
                copyWithoutFirst: n = ( copyFrom: (n min: size) UpTo: size ).
                copyWithoutLast = ( copyFrom: 0 UpTo: ((size - 1) max: 0) ).
                copyWithoutLast: n = ( copyFrom: 0 UpTo: ((size - n) max: 0) ).
                take: n = ( copyFrom: 0 UpTo: (n min: size) ).
                drop: n = ( copyFrom: (n min: size) UpTo: size ).
                copyAtMost: n = ( take: n ).
                copyFrom: start Size: n = ( copyFrom: start UpTo: start + n ).
                copyWithoutPrefix: c = (
                    (c isPrefixOf: self) ifTrue: [ drop: c size ] False: [ copy ] ).
                copyWithoutSuffix: c = (
                    (c isSuffixOf: self) ifTrue: [ take: size - c size ] False: [ copy ] ).
            }
            {'Category: copying\x7fComment: With one more element in front or behind; with the elements of another collection in my stead. Example: (1 & 2) asVector copyAddLast: 3 >>> a vector(1, 2, 3).'
                copyAddFirst: x = ( (copyRemoveAll copySize: 1 FillingWith: x), self ).
                copyAddLast: x = ( self, (copyRemoveAll copySize: 1 FillingWith: x) ).
                copyContaining: c = ( (copySize: c size) fillFrom: c ).
            }
            {'Category: copying\x7fComment: With a part replaced by the elements of another collection: a range, or wherever the part occurs. With what the second block makes of the elements that the first accepts.'
                replaceFrom: start UpTo: end With: c = (
                    (copyFrom: 0 UpTo: start), c, (copyFrom: end UpTo: size) ).
                replace: old With: new = (| all. i <- 0 |
                    old isEmpty ifTrue: [ ^ copy ].
                    all: list copyRemoveAll.
                    [
                        findSubstring: old
                            StartingAt: i
                            IfPresent: [ |:k|
                                all addAll: (copyFrom: i UpTo: k).
                                all addAll: new.
                                i: k + old size.
                                true ]
                            IfAbsent: false ] whileTrue.
                    copyContaining: (all addAll: (copyFrom: i UpTo: size)) ).
                replaceAllSatisfying: b With: r = (
                    mapBy: [ |:e. :k|
                        (b value: e With: k) ifTrue: [ r value: e With: k ] False: [ e ] ] ).
            }
            {'Category: cutting\x7fComment: A list of the runs between elements that the block accepts, that equal the argument; empty ones are left out.'
                asTokensSeparatedByItemsSatisfying: b = (| pieces. start <- 0 |
                    pieces: list copyRemoveAll.
                    do: [ |:e. :k|
                        (b value: e With: k) ifTrue: [
                            k > start ifTrue: [ pieces addLast: (copyFrom: start UpTo: k) ].
                            start: k + 1 ] ].
                    start < size ifTrue: [ pieces addLast: (copyFrom: start UpTo: size) ].
                    pieces ).
                splitOn: x = ( asTokensSeparatedByItemsSatisfying: [ |:e| x = e ] ).
            }
        |).
    }
|)
