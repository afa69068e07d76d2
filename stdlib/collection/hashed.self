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
            {'Category: accessing\x7fComment: What to do if a key is here and what if not, finding it only once. The blocks get the value and the key (the last one the key only); what those before AndDo: answer is put, and handed on.'
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
            {'Category: iterating\x7fComment: In no particular order. A walk meets what was there when it began and still is when its turn comes, once, with the value it has then; what is added meanwhile is not met.'
                do: b = (| table. seen. i <- 0. n. k |
                    count = 0 ifTrue: [ ^ self ].
                    table: keyTable.
                    seen: table copy.
                    n: seen size.
                    [ i < n ] whileTrue: [
                        k: seen at: i.
                        free == k ifFalse: [
                            ((table _Eq: keyTable) && [ k _Eq: (table at: i) ])
                                ifTrue: [ b value: (valueInPlace: i) With: k ]
                                False: [ ifStillHere: k Do: b ] ].
                        i: i + 1 ].
                    self ).
                firstIfAbsent: a = (
                    keyTable do: [ |:k. :i| free == k ifFalse: [ ^ valueInPlace: i ] ].
                    a value ).
                ifStillHere: k Do: b = (| i |
                    i: placeOf: k.
                    (isFreeAt: i) ifFalse: [ b value: (valueInPlace: i) With: (keyTable at: i) ] ).
            }
            {'Category: private\x7fComment: The place of a key if it is here, else the free place where it belongs. The machine finds small integers and canonical strings itself, by the same steps. Children that go by identity have their own. Keys are compared before anything is changed: if one changes me by it, that is an error and nothing else is lost.'
                placeOf: k = ( keyTable _TablePlaceOf: k Free: free IfFail: [ probeFor: k ] ).
                probeFor: k = (| home. chain. table. i <- 0. n |
                    home: homeOf: k.
                    table: keyTable.
                    chain: chainFrom: home.
                    n: chain size.
                    n = 0 ifTrue: [ ^ home ].
                    [ (i < n) && [ (k = (chain at: i)) not ] ] whileTrue: [ i: i + 1 ].
                    verify: chain From: home In: table.
                    (home + i) && (table size - 1) ).
                homeOf: k = ( homeOfHash: k hash ).
                homeOfHash: h = (
                    keyTable _TableHomeOf: h IfFail: [
                        h isInteger ifTrue: [ homeOfHash: h hash ] False: [
                            error: 'a hash must be a whole number' ] ] ).
                chainFrom: i = (
                    keyTable _TableChainFrom: i Free: free IfFail: [ changedMeanwhile ] ).
                verify: chain From: i In: table = (
                    ((table _Eq: keyTable) && [
                            keyTable _TableHasChain: chain From: i Free: free IfFail: false ]) ifFalse: [
                        changedMeanwhile ] ).
                changedMeanwhile = (
                    error: 'the collection changed while its keys were compared' ).
                isFreeAt: i = ( free == (keyTable at: i) ).
                tableOf: n = ( vector copySize: n FillingWith: free ).
                needsRoom = ( (count * 4) >= (keyTable size * 3) ).
            }
            {'Category: private\x7fComment: Frees a place, and lets the keys behind it move up. All of them are hashed before one moves.'
                freePlace: start = (| table. chain. homes. n. mask. hole. i |
                    table: keyTable.
                    mask: table size - 1.
                    chain: chainFrom: start.
                    n: chain size.
                    homes: vector copySize: n.
                    1 upTo: n Do: [ |:j| homes at: j Put: (homeOf: (chain at: j)) ].
                    verify: chain From: start In: table.
                    hole: start.
                    1 upTo: n Do: [ |:j|
                        i: (start + j) && mask.
                        ((i - (homes at: j)) && mask) >= ((i - hole) && mask) ifTrue: [
                            movePlace: i To: hole.
                            hole: i ] ].
                    clearPlace: hole.
                    count: count - 1 ).
            }
            {'Category: private\x7fComment: Moves into tables of so many places, which are filled in a copy of me: if the hash of a key fails, or changes me, I stay as I am.'
                moveTo: n = (| table. values. seen. bigger |
                    table: keyTable.
                    values: valuesOfPlaces.
                    seen: table copy.
                    bigger: clone placesAnew: n.
                    (table _Eq: keyTable) ifFalse: [ ^ fillFrom: table Values: values ].
                    bigger takeKeys: table Values: values.
                    ((table _Eq: keyTable) && [ table _VectorHasElementsOf: seen IfFail: false ]) ifFalse: [
                        ^ changedMeanwhile ].
                    adoptKeys: bigger keyTable Values: bigger valuesOfPlaces ).
                takeKeys: oldKeys Values: old = (
                    _TableTakeKeys: oldKeys Values: old IfFail: [ | mask |
                        mask: keyTable size - 1.
                        oldKeys copy do: [ |:k. :i. j|
                            free == k ifFalse: [
                                j: homeOf: k.
                                [ isFreeAt: j ] whileFalse: [ j: (j + 1) && mask ].
                                take: k From: old Place: i To: j ] ] ] ).
            }
            {'Category: private\x7fComment: The same if my parts lie in a parent, which copies share: I have the new tables already, and get the old ones back if that fails.'
                fillFrom: table Values: values = (
                    [ takeKeys: table Values: values ] ifCurtailed: [
                        adoptKeys: table Values: values ].
                    self ).
            }
            {'Category: copying\x7fComment: With nothing in it.'
                copyRemoveAll = ( clone removeAll ).
                copyRemoveAll: n = ( clone removeAll ).
            }
        |).
    }
|)
