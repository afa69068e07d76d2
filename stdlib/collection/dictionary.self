"Dictionaries: a value for each key. `do:` hands the block values and keys. Identity
dictionaries tell keys apart by identity. Associations are single pairs."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of dictionaries.'
        dictionary = (| {} = 'Comment: I am the behaviour of dictionaries.'.
            parent* = traits hashed.

            {'Category: accessing\x7fComment: The value of a key; at:IfAbsentPut: remembers what its block makes of the key.'
                at: k = (
                    at: k IfAbsent: [ missing: 'no such key: ', (reflect: k) safePrintString ] ).
                at: k IfAbsent: a = (
                    _TableAt: k IfAbsent: a IfFail: [ | i |
                        i: placeOf: k.
                        (isFreeAt: i) ifTrue: [ a value: k ] False: [ valueTable at: i ] ] ).
                at: k IfPresent: p IfAbsent: a = ( if: k IsPresentDo: p IfAbsentDo: a ).
                at: k IfPresent: p = ( at: k IfPresent: p IfAbsent: nil ).
                at: k IfAbsentPut: b = (
                    at: k IfAbsent: [ | v | v: b value: k. at: k Put: v. v ] ).
            }
            {'Category: adding\x7fComment: Sets the value of a key; changes it by a block, or puts what the second says if there is none, which the first never sees. Answers me. Example: (dictionary copyRemoveAll at: 1 Update: [ |:n| n + 1 ] IfAbsent: 5) at: 1 >>> 5.'
                at: k Put: v = (
                    _TableAt: k Put: v IfFail: [ | i |
                        needsRoom ifTrue: [ makeRoom ].
                        i: placeOf: k.
                        needsRoom ifTrue: [ ^ at: k Put: v ].
                        (isFreeAt: i) ifTrue: [ keyTable at: i Put: k. count: count + 1 ].
                        valueTable at: i Put: v.
                        self ] ).
                at: k Update: b IfAbsent: a = (
                    at: k Put: (b value: (at: k IfAbsent: [ ^ at: k Put: (a value: k) ])) ).
                add: pair = ( at: pair key Put: pair value ).
                add: v WithKey: k = ( at: k Put: v ).
            }
            {'Category: removing\x7fComment: A key with its value, which is the answer; all.'
                removeKey: k = (
                    removeKey: k IfAbsent: [
                        missing: 'no such key: ', (reflect: k) safePrintString ] ).
                removeKey: k IfAbsent: a = (
                    _TableRemoveKey: k IfAbsent: a IfFail: [ | i. v |
                        i: placeOf: k.
                        (isFreeAt: i) ifTrue: [ ^ a value: k ].
                        v: valueTable at: i.
                        freePlace: i.
                        v ] ).
                remove: v IfAbsent: a = ( removeKey: (keyAtValue: v IfAbsent: [ ^ a value ]) ).
                removeAll = (
                    keyTable: (tableOf: 8).
                    valueTable: (vector copySize: 8).
                    count: 0.
                    self ).
            }
            {'Category: searching\x7fComment: By key quickly, by value one by one.'
                includesKey: k = ( _TableIncludes: k IfFail: [ (isFreeAt: (placeOf: k)) not ] ).
                keyAtValue: v = ( keyAtValue: v IfAbsent: [ missing: 'no key has this value' ] ).
                keyAtValue: v IfAbsent: a = ( do: [ |:e. :k| v = e ifTrue: [ ^ k ] ]. a value ).
            }
            {'Category: iterating\x7fComment: In no particular order.'
                associationsDo: b = ( do: [ |:v. :k| b value: (k -> v) ] ).
                keysAndValuesDo: b = ( do: [ |:v. :k| b value: k With: v ] ).
            }
            {'Category: converting\x7fComment: Values, pairs; keys in order.'
                values = (| l | l: list copyRemoveAll. do: [ |:v| l add: v ]. l ).
                associations = (| l | l: list copyRemoveAll. do: [ |:v. :k| l add: k -> v ]. l ).
                sortedKeys = ( keys copySorted ).
            }
            {'Category: transforming\x7fComment: New dictionaries with the same keys.'
                mapBy: b = (| d |
                    d: copyRemoveAll.
                    do: [ |:v. :k| d at: k Put: (b value: v With: k) ].
                    d ).
                filterBy: b = (| d |
                    d: copyRemoveAll.
                    do: [ |:v. :k| (b value: v With: k) ifTrue: [ d at: k Put: v ] ].
                    d ).
            }
            {'Category: comparing\x7fComment: The same keys with equal values.'
                = d = (
                    (== d) ifTrue: [ ^ true ].
                    ((reflect: d) understands: 'isDictionary') ifFalse: [ ^ false ].
                    size = d size ifFalse: [ ^ false ].
                    do: [ |:v. :k| v = (d at: k IfAbsent: [ ^ false ]) ifFalse: [ ^ false ] ].
                    true ).
                hash = (| h |
                    h: size.
                    do: [ |:v. :k|
                        h: (h + ((k hash combinedHash: v hash) && 1073741823)) && 1073741823 ].
                    h ).
                isDictionary = true.
            }
            {'Category: copying\x7fComment: With the same keys and values.'
                copy = ( (clone keyTable: keyTable copy) valueTable: valueTable copy ).
            }
            {'Category: printing\x7fComment: Pairs.'
                collectionName = 'a dictionary'.
                printElement: e Key: k On: out = (
                    out write: (reflect: k) safePrintString.
                    out write: ' -> '.
                    out write: (reflect: e) safePrintString ).
            }
            {'Category: private\x7fComment: More room: four times while it is small, then twice.'
                makeRoom = (
                    moveTo: (keyTable size * (keyTable size < 1024 ifTrue: 4 False: 2) max: 8) ).
                placesAnew: n = ( keyTable: (tableOf: n). valueTable: (vector copySize: n). self ).
                take: k From: old Place: i To: j = (
                    keyTable at: j Put: k.
                    valueTable at: j Put: (old at: i) ).
                adoptKeys: keys Values: values = ( keyTable: keys. valueTable: values. self ).
                valuesOfPlaces = ( valueTable ).
                valueInPlace: i = ( valueTable at: i ).
                movePlace: i To: j = (
                    keyTable at: j Put: (keyTable at: i).
                    valueTable at: j Put: (valueTable at: i) ).
                clearPlace: i = ( keyTable at: i Put: free. valueTable at: i Put: nil ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of identity dictionaries.'
        identityDictionary = (| {} = 'Comment: I am the behaviour of dictionaries that go by identity of keys.'.
            parent* = traits dictionary.

            {'Category: private\x7fComment: Identity and its hash are asked of the machine, so that any object will do.'
                placeOf: k = (
                    keyTable _TablePlaceOfIdentical: k Free: free IfFail: [ changedMeanwhile ] ).
                homeOf: k = ( homeOfHash: (k _IdentityHashIfFail: 0) ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'an identityDictionary'.
            }
        |).

        association = (| {} = 'Comment: I am the behaviour of associations, single pairs of key and value.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new pair.'
                copyKey: k Value: v = ( (clone key: k) value: v ).
            }
            {'Category: comparing\x7fComment: By both parts; < by key.'
                isAssociation = true.
                = a = (
                    ((reflect: a) understands: 'isAssociation') && [
                            (key = a key) && [ value = a value ] ] ).
                < a = ( key < a key ).
                hash = ( key hash combinedHash: value hash ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = (
                    (reflect: key) safePrintString, ' -> ', (reflect: value) safePrintString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototypes: use dictionary copyRemoveAll.'
        dictionary = (| {} = 'Comment: The prototype of dictionaries.'.
            parent* = traits dictionary.
            {'Category: private\x7fComment: Keys and values by place, and how many places are taken.'
                keyTable <- vector copySize: 8 FillingWith: traits hashed free.
                valueTable <- vector copySize: 8.
                count <- 0.
            }
        |).
        identityDictionary = (| {} = 'Comment: The prototype of identity dictionaries.'.
            parent* = traits identityDictionary.
            {'Category: private\x7fComment: Keys and values by place, and how many places are taken.'
                keyTable <- vector copySize: 8 FillingWith: traits hashed free.
                valueTable <- vector copySize: 8.
                count <- 0.
            }
        |).
        association = (| {} = 'Comment: The prototype of associations.'.
            parent* = traits association.
            {'Category: parts\x7fComment: What is looked for, and what is found.'
                key.
                value.
            }
        |).
    }
|)
