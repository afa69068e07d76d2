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
