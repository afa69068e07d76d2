"Collectors gather what `&` joins, until they are told what to become:
(1 & 2 & 3) asVector."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of collectors.'
        collector = (| {} = 'Comment: I gather what & joins. Each joining makes a new collector that knows the one before.'.
            parent* = traits collection.

            {'Category: creating\x7fComment: With the first element, the first two.'
                copyFirst: a = ( ((clone gathered: list copyRemoveAll) limit: 0) absorb: a ).
                copyFirst: a Second: b = ( (copyFirst: a) absorb: b ).
            }
            {'Category: joining\x7fComment: One more element, or all of another collector. I stay as I am: others may still use me.'
                & x = (
                    (limit = gathered size ifTrue: [ clone ] False: [
                        clone gathered: (gathered copyFrom: 0 UpTo: limit) ]) absorb: x ).
            }
            {'Category: joining\x7fComment: Who understands appendToCollector: decides what of it is joined. I change: for collectors nobody else knows yet.'
                absorb: x = (| m |
                    m: reflect: x.
                    (m isReflecteeSlots && [ m understands: 'appendToCollector:' ])
                        ifTrue: [ x appendToCollector: self. self ]
                        False: [ append: x ] ).
                appendToCollector: c = ( do: [ |:e| c append: e ] ).
                append: x = ( gathered addLast: x. limit: limit + 1 ).
            }
            {'Category: accessing\x7fComment: In the order of joining.'
                isOrdered = true.
                comparesElements = true.
                size = ( limit ).
                at: i = ( gathered at: i ).
                do: b = ( gathered doFrom: 0 UpTo: limit Do: b. self ).
                copyRemoveAll = ( list copyRemoveAll ).
            }
            {'Category: comparing\x7fComment: As the vector of my elements.'
                = c = ( (== c) || [ asVector = c ] ).
                hash = ( asVector hash ).
            }
            {'Category: handling errors\x7fComment: As several kinds of errors in one: I take what one of them takes.'
                handles: e = ( anySatisfy: [ |:kind| kind handles: e ] ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'a collector'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototype of collectors: use &.'
        collector = (| {} = 'Comment: The prototype of collectors.'.
            parent* = traits collector.
            {'Category: private\x7fComment: The elements of me and my longer copies, and how many are mine.'
                gathered.
                limit <- 0.
            }
        |).
    }
|)
