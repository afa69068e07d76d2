"Sorting: merge sort, stable, for everything with keys from 0. The block gets two
elements and says whether the first may stand before the second; an object that
understands element:Precedes: serves as well. Also search in what is sorted, and a queue that always yields the least."

traits collection _AddSlots: (|
    {'Category: sorting\x7fComment: A sorted copy: by <, by a block, by what the elements answer to a selector. What is indexable keeps its sort, others become vectors.'
        copySort = ( copySorted ).
        copySortBy: order = ( copySortedBy: order ).
        copySortBySelector: s = ( copySortBy: [ |:a. :b| (s sendTo: a) < (s sendTo: b) ] ).
        ascendingOrder = (| {} = 'Comment: I compare by <.'.
            parent* = traits oddball.
            element: a Precedes: b = ( a < b ).
            element: a Equals: b = ( a = b ).
        |).
    }
    {'Category: iterating\x7fComment: Over my elements in the order of <, in that of the block.'
        sortedDo: b = ( sortedBy: ascendingOrder Do: b ).
        sortedBy: order Do: b = ( (copySortedBy: order) do: b. self ).
    }
|)

traits dictionary _AddSlots: (|
    {'Category: iterating\x7fComment: Over values and keys in the order of the keys.'
        sortedBy: order Do: b = (
            (keys sortBy: order) do: [ |:k| b value: (at: k) With: k ].
            self ).
    }
|)

traits indexable _AddSlots: (|
    {'Category: sorting\x7fComment: Sorts me in place: by <, by a block, by a key computed from each element. Answers me.'
        sort = ( sortBy: [ |:a. :b| a < b ] ).
        sortBy: order = (| v. n. before. seen |
            before: precedenceOf: order.
            n: size.
            n < 2 ifTrue: [ ^ self ].
            v: vector copySize: n.
            do: [ |:e. :k| v at: k Put: e ].
            seen: v copy.
            v: (v mergeSort: before Scratch: v copy).
            (hasElementsOf: seen) ifFalse: [
                ^ error: 'the collection changed while it was sorted' ].
            putSorted: v.
            self ).
        precedenceOf: order = (
            ((reflect: order) understands: 'element:Precedes:')
                ifTrue: [ [ |:a. :b| order element: a Precedes: b ] ]
                False: [ order ] ).
        sortByKey: b = ( sortBy: [ |:x. :y| (b value: x) < (b value: y) ] ).
        isSorted = ( isSortedBy: [ |:a. :b| a < b ] ).
        isSortedBy: before = (
            1 upTo: size Do: [ |:i|
                (before value: (at: i) With: (at: i - 1)) ifTrue: [ ^ false ] ].
            true ).
    }
    {'Category: private\x7fComment: Whether my elements are still those of a vector; those of a vector in my places. Comparing is over by then, so that what it does to me is noticed before.'
        hasElementsOf: v = (
            (size = v size) && [ do: [ |:e. :k| (e _Eq: (v at: k)) ifFalse: [ ^ false ] ]. true ] ).
        putSorted: v = ( v do: [ |:e. :k| at: k Put: e ] ).
    }
    {'Category: sorting\x7fComment: A sorted copy of my sort.'
        copySort = ( (copyFrom: 0 UpTo: size) sort ).
        copySortBy: order = ( (copyFrom: 0 UpTo: size) sortBy: order ).
    }
    {'Category: searching\x7fComment: In a sorted collection: the key of the first element not less than the argument (my size if all are less); whether it is there.'
        lowerBound: x = (| low <- 0. high. middle |
            high: size.
            [ low < high ] whileTrue: [
                middle: (low + high) / 2.
                (at: middle) < x ifTrue: [ low: middle + 1 ] False: [ high: middle ] ].
            low ).
        sortedIncludes: x = (| i | i: lowerBound: x. (i < size) && [ x = (at: i) ] ).
    }
|)

traits vector _AddSlots: (|
    {'Category: private\x7fComment: All at once.'
        hasElementsOf: v = ( _VectorHasElementsOf: v IfFail: false ).
        putSorted: v = ( copyRange: 0 From: v At: 0 Size: v size ).
    }
    {'Category: sorting\x7fComment: Bottom-up merge sort between two vectors of equal contents; answers the one that ends up sorted.'
        mergeSort: before Scratch: scratch = (| from. to. width <- 8. n. t |
            n: size.
            from: self.
            to: scratch.
            insertionSort: before RunsOf: width.
            [ width < n ] whileTrue: [ | i <- 0 |
                [ i < n ] whileTrue: [
                    from
                        merge: before
                        From: i
                        Middle: (n min: i + width)
                        End: (n min: i + (width * 2))
                        Into: to.
                    i: i + (width * 2) ].
                t: from.
                from: to.
                to: t.
                width: width * 2 ].
            from ).
        insertionSort: before RunsOf: width = (| start <- 0. n |
            n: size.
            [ start < n ] whileTrue: [ | end. i |
                end: n min: start + width.
                i: start + 1.
                [ i < end ] whileTrue: [ | x. j |
                    x: at: i.
                    j: i - 1.
                    [ (j >= start) && [ before value: x With: (at: j) ] ] whileTrue: [
                        at: j + 1 Put: (at: j).
                        j: j - 1 ].
                    at: j + 1 Put: x.
                    i: i + 1 ].
                start: end ] ).
        merge: before From: start Middle: middle End: end Into: target = (| i. j. k |
            i: start.
            j: middle.
            k: start.
            [ (i < middle) && [ j < end ] ] whileTrue: [
                (before value: (at: j) With: (at: i))
                    ifTrue: [ target at: k Put: (at: j). j: j + 1 ]
                    False: [ target at: k Put: (at: i). i: i + 1 ].
                k: k + 1 ].
            target copyRange: k From: self At: i Size: middle - i.
            target copyRange: k + (middle - i) From: self At: j Size: end - j ).
    }
|)

traits list _AddSlots: (|
    {'Category: private\x7fComment: All at once.'
        hasElementsOf: v = ( asVector _VectorHasElementsOf: v IfFail: false ).
        putSorted: v = ( elements copyRange: offset From: v At: 0 Size: v size ).
    }
|)

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of priority queues.'
        priorityQueue = (| {} = 'Comment: I am the behaviour of queues that yield the least first: a heap in a list.'.
            parent* = traits collection.

            {'Category: creating\x7fComment: Empty; ordered by < or by a block.'
                copyRemoveAll = ( clone heap: list copyRemoveAll ).
                copySortBlock: b = ( copyRemoveAll before: b ).
                copy = ( clone heap: heap copy ).
            }
            {'Category: accessing\x7fComment: How many; the least.'
                size = ( heap size ).
                first = ( heap first ).
                do: b = ( heap copy do: b. self ).
            }
            {'Category: adding\x7fComment: Lets the element rise to its place, which is found before anything moves.'
                add: x = (| i. up. n |
                    n: heap size.
                    i: n.
                    [ up: (i - 1) / 2. (i > 0) && [ before value: x With: (heap at: up) ] ] whileTrue: [
                        i: up ].
                    verifySize: n.
                    heap addLast: x.
                    [ n > i ] whileTrue: [ up: (n - 1) / 2. heap swap: n And: up. n: up ].
                    self ).
            }
            {'Category: removing\x7fComment: The least; the last element takes its place and sinks, as far as is found before anything moves.'
                removeFirst = (| least. x. i <- 0. down. n. t |
                    least: heap first.
                    x: heap last.
                    n: heap size - 1.
                    [
                        down: (i * 2) + 1.
                        (((down + 1) < n) && [
                                before value: (heap at: down + 1) With: (heap at: down) ]) ifTrue: [
                            down: down + 1 ].
                        (down < n) && [ before value: (heap at: down) With: x ] ] whileTrue: [
                        i: down ].
                    verifySize: n + 1.
                    heap removeLast.
                    n = 0 ifTrue: [ ^ least ].
                    [ i > 0 ] whileTrue: [
                        t: heap at: i.
                        heap at: i Put: x.
                        x: t.
                        i: (i - 1) / 2 ].
                    heap at: 0 Put: x.
                    least ).
                verifySize: n = (
                    heap size = n ifFalse: [
                        error: 'the collection changed while its elements were compared' ] ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'a priorityQueue'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototype of priority queues: use priorityQueue copyRemoveAll.'
        priorityQueue = (| {} = 'Comment: The prototype of priority queues.'.
            parent* = traits priorityQueue.
            {'Category: private\x7fComment: The elements, and what may stand before what.'
                heap <- list copyRemoveAll.
                before <- (| {} = 'Comment: I compare by <.'.
                    parent* = traits oddball.
                    value: a With: b = ( a < b ).
                |).
            }
        |).
    }
|)
