"Dictionaries that remember the order in which their keys came. Beside the table stand
the keys in that order; a key that is removed leaves it."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of dictionaries in order of insertion.'
        orderedDictionary = (| {} = 'Comment: I am the behaviour of dictionaries in order of insertion. Invariant: order has each of my keys once.'.
            parent* = traits dictionary.

            {'Category: testing\x7fComment: I keep an order.'
                isOrderedDictionary = true.
            }
            {'Category: accessing\x7fComment: The key and the value that came first, or last.'
                first = ( at: order first ).
                last = ( at: order last ).
                keys = ( order copy ).
            }
            {'Category: adding\x7fComment: A new key comes last; one that is here keeps its place.'
                at: k Put: v = ( (includesKey: k) ifFalse: [ order add: k ]. resend.at: k Put: v ).
            }
            {'Category: removing\x7fComment: A key with its value, which is the answer; all.'
                removeKey: k IfAbsent: a = (| v |
                    (includesKey: k) ifFalse: [ ^ a value: k ].
                    v: resend.removeKey: k IfAbsent: a.
                    order removeAt: (order indexOf: k).
                    v ).
                removeAll = ( order: list copyRemoveAll. resend.removeAll ).
            }
            {'Category: iterating\x7fComment: In order of insertion.'
                do: b = ( order do: [ |:k| b value: (at: k) With: k ]. self ).
                keysDo: b = ( order do: [ |:k| b value: k ]. self ).
            }
            {'Category: copying\x7fComment: With the same keys and values in the same order.'
                copy = ( resend.copy order: order copy ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'an orderedDictionary'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototype: use orderedDictionary copyRemoveAll.'
        orderedDictionary = (| {} = 'Comment: The prototype of dictionaries in order of insertion.'.
            parent* = traits orderedDictionary.
            {'Category: private\x7fComment: Keys and values by place, how many places are taken, and the keys in order.'
                keyTable <- vector copySize: 8 FillingWith: traits hashed free.
                valueTable <- vector copySize: 8.
                count <- 0.
                order <- list copyRemoveAll.
            }
        |).
    }
|)
