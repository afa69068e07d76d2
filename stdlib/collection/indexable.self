"Collections with whole-number keys from 0: vectors, byte vectors, strings, lists.
In terms of `at:`, `size`, and for those that change, `at:Put:`."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of collections with keys from 0 to size - 1.'
        indexable = (| {} = 'Comment: I am the behaviour of collections whose keys are 0 up to size - 1.'.
            parent* = traits collection.

            {'Category: accessing\x7fComment: With a way out for keys I do not have.'
                at: i IfAbsent: a = ( (isKey: i) ifTrue: [ at: i ] False: [ a value ] ).
                isKey: i = ( i isSmallInt && [ (i >= 0) && [ i < size ] ] ).
                includesKey: i = ( isKey: i ).
                at: i Put: x IfAbsent: a = (
                    (isKey: i) ifTrue: [ at: i Put: x ] False: [ a value ] ).
            }
            {'Category: accessing\x7fComment: Ends and middle.'
                first = ( firstIfAbsent: [ missing: 'an empty collection has no first element' ] ).
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
            {'Category: iterating\x7fComment: Over me and another indexable at once, as far as the shorter one goes: elements and key.'
                with: c Do: b = (| i <- 0. n |
                    n: size min: c size.
                    [ i < n ] whileTrue: [ b value: (at: i) With: (c at: i) With: i. i: i + 1 ].
                    self ).
            }
            {'Category: searching\x7fComment: The key of an element; -1 or the value of the block if there is none.'
                indexOf: x = ( indexOf: x IfAbsent: -1 ).
                indexOf: x IfAbsent: a = ( do: [ |:e. :k| x = e ifTrue: [ ^ k ] ]. a value ).
                keyOf: x = ( indexOf: x IfAbsent: [ missing: 'no key has this value' ] ).
                keyOf: x IfAbsent: a = ( indexOf: x IfAbsent: a ).
                lastIndexOf: x = ( reverseDo: [ |:e. :k| x = e ifTrue: [ ^ k ] ]. -1 ).
                indexWhere: b = ( do: [ |:e. :k| (b value: e) ifTrue: [ ^ k ] ]. -1 ).
            }
            {'Category: comparing\x7fComment: Equal elements in the same order, in the same sort of collection.'
                = c = (
                    (== c) ifTrue: [ ^ true ].
                    (c isCollection && [ isLike: c ]) ifFalse: [ ^ false ].
                    size = c size ifFalse: [ ^ false ].
                    do: [ |:e. :k| e = (c at: k) ifFalse: [ ^ false ] ].
                    true ).
                isLike: c = ( false ).
                hash = (| h |
                    h: size.
                    do: [ |:e| h: ((h * 31) + (e hash && 1073741823)) && 1073741823 ].
                    h ).
                isPrefixOf: c = (
                    size > c size ifTrue: [ ^ false ].
                    do: [ |:e. :k| e = (c at: k) ifFalse: [ ^ false ] ].
                    true ).
                < c = ( (compareWith: c) < 0 ).
                compareWith: c = (
                    with: c Do: [ |:a. :b| a = b ifFalse: [ ^ a < b ifTrue: -1 False: 1 ] ].
                    size compare: c size ).
            }
            {'Category: changing\x7fComment: Exchanges two elements, reverses me, overwrites a part. Answers me.'
                swap: i And: j = (| t | t: at: i. at: i Put: (at: j). at: j Put: t. self ).
                reverseInPlace = (| i <- 0. j |
                    j: size - 1.
                    [ i < j ] whileTrue: [ swap: i And: j. i: i + 1. j: j - 1 ].
                    self ).
                atAllPut: x = ( size do: [ |:i| at: i Put: x ]. self ).
            }
            {'Category: copying\x7fComment: My elements in the opposite order, in a copy.'
                reverse = ( copyReverse ).
                reversed = ( copyReverse ).
            }
            {'Category: copying\x7fComment: A part: from a key up to another (left out), without the first or last n.'
                copyFrom: start = ( copyFrom: start UpTo: size ).
                copyFrom: start To: end = ( copyFrom: start UpTo: end + 1 ).
                copyUpTo: end = ( copyFrom: 0 UpTo: end ).
                copyWithoutFirst = ( copyFrom: 1 UpTo: size ).
                copyWithoutFirst: n = ( copyFrom: (n min: size) UpTo: size ).
                copyWithoutLast = ( copyFrom: 0 UpTo: ((size - 1) max: 0) ).
                copyWithoutLast: n = ( copyFrom: 0 UpTo: ((size - n) max: 0) ).
                take: n = ( copyFrom: 0 UpTo: (n min: size) ).
                drop: n = ( copyFrom: (n min: size) UpTo: size ).
            }
        |).
    }
|)
