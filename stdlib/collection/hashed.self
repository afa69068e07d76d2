"Hash tables: what sets and dictionaries share. Keys lie in a vector whose length
is a power of two; a key is looked for from the place its hash points to, onward
to the first free one. A removed key is not marked: those behind it move up."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of collections that find things by their hash.'
        hashed = (| {} = 'Comment: I am the behaviour of hash tables. Invariant: keyTable size is a power of two, and at least a quarter of it is free.'.
            parent* = traits collection.

            {'Category: accessing\x7fComment: How many there are.'
                size = ( count ).
                isEmpty = ( count = 0 ).
            }
            {'Category: accessing\x7fComment: How many places there are; so many that n find room without more; n of my elements at random, in a new one of my sort.'
                capacity = ( keyTable size ).
                desiredMinCapacity: n = (
                    [ (capacity * 3) <= (n * 4) ] whileTrue: [ makeRoom ].
                    self ).
                selectAtRandom: n = ( selectAtRandom: n IfFail: [ |:text| error: text ] ).
                selectAtRandom: n IfFail: a = (| chosen |
                    n > size ifTrue: [ ^ a value: 'there are not that many elements' ].
                    chosen: copyRemoveAll.
                    ((random shuffle: keys asVector) take: n) do: [ |:k|
                        chosen add: (at: k) WithKey: k ].
                    chosen ).
            }
            {'Category: accessing\x7fComment: What to do if a key is here and what if not, finding it only once. The blocks get the value and the key (the last one the key only) and must not change me; what those before AndDo: answer is put, and handed on.'
                if: k IsPresentDo: p = ( if: k IsPresentDo: p IfAbsentDo: nil ).
                if: k IsPresentDo: p IfAbsentDo: a = (| i |
                    i: placeOf: k.
                    (isFreeAt: i) ifTrue: [ a value: k ] False: [
                        p value: (valueInPlace: i) With: (keyTable at: i) ] ).
                if: k IsPresentDo: p IfAbsentPut: n AndDo: d = (
                    if: k IsPresentDo: p IfAbsentDo: [ put: (n value: k) At: k AndDo: d ] ).
                if: k IsPresentPut: r AndDo: p IfAbsentDo: a = (
                    if: k
                        IsPresentDo: [ |:v. :key| put: (r value: v With: key) At: key AndDo: p ]
                        IfAbsentDo: a ).
                if: k IsPresentPut: r AndDo: p IfAbsentPut: n AndDo: d = (
                    if: k IsPresentPut: r AndDo: p IfAbsentDo: [
                        put: (n value: k) At: k AndDo: d ] ).
                put: v At: k AndDo: b = ( at: k Put: v. b value: v With: k ).
            }
            {'Category: removing\x7fComment: Any element, which is the answer. Looks from another place each time, so that taking all one by one does not pass the same free places again and again.'
                removeFirst = (
                    removeFirstIfAbsent: [ missing: 'an empty collection has nothing to remove' ] ).
                removeFirstIfAbsent: a = (| i. last |
                    isEmpty ifTrue: [ ^ a value ].
                    last: capacity - 1.
                    i: homeOf: count.
                    [ isFreeAt: i ] whileTrue: [ i: (i + 1) && last ].
                    removeKey: (keyTable at: i) ).
            }
            {'Category: comparing\x7fComment: There is no order among us.'
                compareWith: c = ( error: 'collections without an order cannot be compared' ).
            }
            {'Category: hashing\x7fComment: What marks free places.'
                free = (| {} = 'Comment: I stand in places of hash tables that are free.'.
                    parent* = traits oddball
                |).
            }
            {'Category: private\x7fComment: The place of a key if it is here, else the free place where it belongs. The machine finds small integers and canonical strings itself, by the same steps. Children that go by identity have their own.'
                placeOf: k = ( keyTable _HashedPlaceOf: k Free: free IfFail: [ probeFor: k ] ).
                probeFor: k = (| i. last. found. table |
                    table: keyTable.
                    last: table size - 1.
                    i: homeOf: k.
                    [
                        found: table at: i.
                        free == found ifTrue: [ ^ i ].
                        k = found ifTrue: [ ^ i ].
                        i: (i = last ifTrue: [ 0 ] False: [ i + 1 ]) ] loop ).
                homeOf: k = (| h |
                    h: k hash.
                    h: ((h + (h / 65536)) && 16777215) * 2654435769.
                    ((h && 4294967295) * keyTable size) / 4294967296 ).
                isFreeAt: i = ( free == (keyTable at: i) ).
                tableOf: n = ( vector copySize: n FillingWith: free ).
                needsRoom = ( (count * 4) >= (keyTable size * 3) ).
            }
            {'Category: private\x7fComment: Frees a place, and lets the keys behind it move up.'
                freePlace: start = (| hole. i. mask. k. home |
                    mask: keyTable size - 1.
                    hole: start.
                    i: (start + 1) && mask.
                    [ k: keyTable at: i. free == k ] whileFalse: [
                        home: homeOf: k.
                        ((i - home) && mask) >= ((i - hole) && mask) ifTrue: [
                            movePlace: i To: hole.
                            hole: i ].
                        i: (i + 1) && mask ].
                    clearPlace: hole.
                    count: count - 1 ).
            }
            {'Category: copying\x7fComment: With nothing in it.'
                copyRemoveAll = ( clone removeAll ).
                copyRemoveAll: n = ( clone removeAll ).
            }
        |).
    }
|)
