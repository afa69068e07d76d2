"Collectors gather what `&` joins, until they are told what to become:
(1 & 2 & 3) asVector."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of collectors.'
        collector = (| {} = 'Comment: I gather what & joins. Each joining makes a new collector that knows the one before.'.
            parent* = traits collection.

            {'Category: creating\x7fComment: With the first two elements.'
                copyFirst: a Second: b = (| c |
                    c: clone gathered: (list copyRemoveAll addLast: a).
                    c gathered addLast: b.
                    c limit: 2 ).
            }
            {'Category: joining\x7fComment: One more element. I stay as I am: others may still use me.'
                & x = (| c |
                    limit = gathered size ifTrue: [ c: clone ] False: [
                        c: clone gathered: (gathered copyFrom: 0 UpTo: limit) ].
                    c gathered addLast: x.
                    c limit: limit + 1 ).
            }
            {'Category: accessing\x7fComment: In the order of joining.'
                size = ( limit ).
                at: i = ( gathered at: i ).
                do: b = ( gathered doFrom: 0 UpTo: limit Do: b. self ).
                copyRemoveAll = ( list copyRemoveAll ).
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
