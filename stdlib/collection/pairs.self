"Elements side by side, counted, and in order by what a block makes of them. A pair is a
list of two. Orders are stable: what is equal stays as it was."

traits collection _AddSlots: (|
    {'Category: pairing\x7fComment: A list of pairs: of my elements and those of other collections, as far as the shortest goes; of numbers and my elements.'
        pairedWith: c = (| out. others. i <- 0 |
            out: list copyRemoveAll.
            others: c asVector.
            do: [ |:e|
                i < others size ifFalse: [ ^ out ].
                out add: ((list copyRemoveAll add: e) add: (others at: i)).
                i: i + 1 ].
            out ).
        pairedWith: c And: d = (| out. others. i <- 0 |
            out: list copyRemoveAll.
            others: d asVector.
            (pairedWith: c) do: [ |:pair|
                i < others size ifFalse: [ ^ out ].
                out add: (pair add: (others at: i)).
                i: i + 1 ].
            out ).
        numbered = ( numberedFrom: 0 ).
        numberedFrom: n = (| out. i |
            out: list copyRemoveAll.
            i: n.
            do: [ |:e| out add: ((list copyRemoveAll add: i) add: e). i: i + 1 ].
            out ).
    }
    {'Category: counting\x7fComment: How often each element is in me, in the order in which they first come.'
        tally = (| d |
            d: orderedDictionary copyRemoveAll.
            do: [ |:e| d at: e Put: (d at: e IfAbsent: 0) + 1 ].
            d ).
    }
    {'Category: sorting\x7fComment: My elements as a list in order, the least first or the greatest; by themselves, or by what a block makes of them.'
        sorted = ( copySorted asList ).
        sortedDescending = ( (copySortedBy: [ |:a. :b| a > b ]) asList ).
        sortedByKey: b = ( (copySortedBy: [ |:a. :c| (b value: a) < (b value: c) ]) asList ).
        sortedDescendingByKey: b = (
            (copySortedBy: [ |:a. :c| (b value: a) > (b value: c) ]) asList ).
    }
    {'Category: testing\x7fComment: As a truth value: whether there is anything in me.'
        asBoolean = ( isNotEmpty ).
    }
|)

traits indexable _AddSlots: (|
    {'Category: sorting\x7fComment: In place.'
        sortDescending = ( sortBy: [ |:a. :b| a > b ] ).
        sortAscendingByKey: b = ( sortBy: [ |:a. :c| (b value: a) < (b value: c) ] ).
        sortDescendingByKey: b = ( sortBy: [ |:a. :c| (b value: a) > (b value: c) ] ).
    }
|)

traits dictionary _AddSlots: (|
    {'Category: converting\x7fComment: A list of pairs, each a list of key and value.'
        pairs = (| out |
            out: list copyRemoveAll.
            keysAndValuesDo: [ |:k. :v| out add: ((list copyRemoveAll add: k) add: v) ].
            out ).
        atWrapped: k = ( at: k ).
        atWrapped: k Put: v = ( at: k Put: v ).
    }
|)

traits set _AddSlots: (|
    {'Category: combining\x7fComment: What is in one of us, but not in both.'
        symmetricDifference: c = ( (difference: c) union: (c asSet difference: self) ).
    }
|)

nil _AddSlots: (|
    {'Category: testing\x7fComment: As a truth value.'
        asBoolean = false.
    }
|)

true _AddSlots: (|
    {'Category: testing\x7fComment: As a truth value.'
        asBoolean = true.
    }
|)
false _AddSlots: (|
    {'Category: testing\x7fComment: As a truth value.'
        asBoolean = false.
    }
|)
