"Lists: collections that grow and shrink at both ends and keep their order. The
elements lie in a vector, from `offset` on. Sequences are lists under another name."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of lists.'
        list = (| {} = 'Comment: I am the behaviour of lists: ordered, growing and shrinking at both ends.'.
            parent* = traits indexable.

            {'Category: accessing\x7fComment: One element; how many there are.'
                size = ( count ).
                isEmpty = ( count = 0 ).
                at: i = (
                    ((i >= 0) && [ i < count ]) ifFalse: [
                        ^ failedAt: i Error: 'badIndexError' Name: 'at:' ].
                    elements at: offset + i ).
                at: i Put: x = (
                    ((i >= 0) && [ i < count ]) ifFalse: [
                        i = count ifTrue: [ ^ addLast: x ].
                        ^ failedAt: i Error: 'badIndexError' Name: 'at:Put:' ].
                    elements at: offset + i Put: x.
                    self ).
                first = (
                    count = 0 ifTrue: [ missing: 'an empty list has no first element' ] False: [
                        elements at: offset ] ).
                last = (
                    count = 0 ifTrue: [ missing: 'an empty list has no last element' ] False: [
                        elements at: (offset + count) - 1 ] ).
            }
            {'Category: adding\x7fComment: At an end, or before the element with a key. Answers me. Example: (1 & 2) asList addFirst: 0 >>> a list(0, 1, 2).'
                add: x = ( addLast: x ).
                addLast: x = (| end |
                    end: offset + count.
                    end < elements size ifFalse: [ makeRoom. end: offset + count ].
                    elements at: end Put: x.
                    count: count + 1.
                    self ).
                addFirst: x = (
                    offset = 0 ifTrue: [ makeRoomInFront ].
                    offset: offset - 1.
                    elements at: offset Put: x.
                    count: count + 1.
                    self ).
                add: x BeforeIndex: i = (
                    i = count ifTrue: [ addLast: x ] False: [
                        replaceFrom: i To: i With: (vector copySize: 1 FillingWith: x) ] ).
                addAllFirst: c = ( c asVector reverseDo: [ |:e| addFirst: e ]. self ).
                addAll: c = (
                    (c == self ifTrue: [ copy ] False: c) do: [ |:e| addLast: e ].
                    self ).
                addAllLast: c = ( addAll: c ).
                add: x WithKey: k = ( addLast: x ).
                push: x = ( addLast: x ).
            }
            {'Category: adding\x7fComment: At a key from 0 to my size, one or all of a collection; those from there on move up. Answers me.'
                insert: x At: i = (
                    insert: x At: i IfAbsent: [
                        primitiveFailedError: 'badIndexError' Name: 'insert:At:' ] ).
                insert: x At: i IfAbsent: a = (
                    (mayInsertAt: i) ifTrue: [ add: x BeforeIndex: i ] False: [ a value: i ] ).
                insertAll: c At: i = (
                    insertAll: c At: i IfAbsent: [
                        primitiveFailedError: 'badIndexError' Name: 'insertAll:At:' ] ).
                insertAll: c At: i IfAbsent: a = (| added |
                    added: c asVector.
                    (mayInsertAt: i) ifFalse: [ ^ a value: i ].
                    replaceFrom: i To: i With: added ).
                mayInsertAt: i = ( (isKey: i) || [ i = count ] ).
            }
            {'Category: adding\x7fComment: Before or after the first element that the block accepts. Answers me, or the value of the last part if there is none.'
                insert: x BeforeElementSatisfying: b IfAbsent: a = (
                    findFirst: b IfPresent: [ |:e. :k| insert: x At: k ] IfAbsent: a ).
                insert: x AfterElementSatisfying: b IfAbsent: a = (
                    findFirst: b IfPresent: [ |:e. :k| insert: x At: k + 1 ] IfAbsent: a ).
                insertAll: c BeforeElementSatisfying: b IfAbsent: a = (
                    findFirst: b IfPresent: [ |:e. :k| insertAll: c At: k ] IfAbsent: a ).
                insertAll: c AfterElementSatisfying: b IfAbsent: a = (
                    findFirst: b IfPresent: [ |:e. :k| insertAll: c At: k + 1 ] IfAbsent: a ).
            }
            {'Category: removing\x7fComment: From an end; answers the element. Example: (1 & 2) asList removeLast >>> 2.'
                removeFirst = (
                    removeFirstIfAbsent: [ missing: 'an empty list has nothing to remove' ] ).
                removeLast = (
                    removeLastIfAbsent: [ missing: 'an empty list has nothing to remove' ] ).
                removeFirstIfAbsent: a = (| x |
                    count = 0 ifTrue: [ ^ a value ].
                    x: elements at: offset.
                    elements at: offset Put: gone.
                    offset: offset + 1.
                    count: count - 1.
                    x ).
                removeLastIfAbsent: a = (| x. i |
                    count = 0 ifTrue: [ ^ a value ].
                    count: count - 1.
                    i: offset + count.
                    x: elements at: i.
                    elements at: i Put: gone.
                    x ).
                pop = ( removeLast ).
            }
            {'Category: removing\x7fComment: The first element equal to the argument; the one at a key; those the block accepts; all.'
                remove: x IfAbsent: a = (
                    do: [ |:e. :i| x = e ifTrue: [ ^ takeOut: e At: i IfAbsent: a ] ].
                    a value: x ).
                removeAt: i = (| x |
                    x: at: i.
                    i = (count - 1) ifTrue: [ ^ removeLast ].
                    i = 0 ifTrue: [ ^ removeFirst ].
                    replaceFrom: i To: i + 1 With: vector.
                    x ).
                removeWhere: b = (| v. kept. out |
                    v: asVector.
                    kept: copyRemoveAll.
                    out: list copyRemoveAll.
                    v do: [ |:e| ((b value: e) ifTrue: [ out ] False: [ kept ]) addLast: e ].
                    (asVector _VectorHasElementsOf: v IfFail: false)
                        ifTrue: [
                            elements: kept elements.
                            offset: kept offset.
                            count: kept count ]
                        False: [ out do: [ |:e| takeOut: e At: 0 IfAbsent: nil ] ].
                    self ).
                removeAll = ( elements: vector copySize: 8. offset: 0. count: 0. self ).
            }
            {'Category: removing\x7fComment: The element at a key, those from a key to another, both included. Answers me; the last part gets a key that I do not have.'
                removeKey: i = (
                    removeKey: i IfAbsent: [
                        primitiveFailedError: 'badIndexError' Name: 'removeKey:' ] ).
                removeKey: i IfAbsent: a = ( removeKeysFrom: i To: i IfAbsent: a ).
                removeKeysFrom: start To: end = (
                    removeKeysFrom: start To: end IfAbsent: [
                        primitiveFailedError: 'badIndexError' Name: 'removeKeysFrom:To:' ] ).
                removeKeysFrom: start To: end IfAbsent: a = (
                    end < start ifTrue: [ ^ self ].
                    (isKey: start) ifFalse: [ ^ a value: start ].
                    (isKey: end) ifFalse: [ ^ a value: end ].
                    replaceFrom: start To: end + 1 With: vector ).
            }
            {'Category: iterating\x7fComment: A walk meets what was there when it began, each element once: what is added meanwhile is not met, nor what is taken from an end before its turn. If something goes in or out elsewhere, the walk goes on over what there was.'
                do: b = (| v. x. i <- 0. j. n |
                    v: elements.
                    j: offset.
                    n: count.
                    [ i < n ] whileTrue: [
                        x: v at: j.
                        gone == x ifFalse: [ b value: x With: i ].
                        i: i + 1.
                        j: j + 1 ].
                    self ).
                doFrom: start UpTo: end Do: b = (
                    ((start < 0) || [ end > count ]) ifTrue: [
                        ^ resend.doFrom: start UpTo: end Do: b ].
                    walkFrom: start UpTo: end Do: b ).
                walkFrom: start UpTo: end Do: b = (| v. x. i. j |
                    v: elements.
                    i: start.
                    j: offset + start.
                    [ i < end ] whileTrue: [
                        x: v at: j.
                        gone == x ifFalse: [ b value: x With: i ].
                        i: i + 1.
                        j: j + 1 ].
                    self ).
                reverseDo: b = (| v. x. i. j |
                    v: elements.
                    i: count - 1.
                    j: offset + i.
                    [ i >= 0 ] whileTrue: [
                        x: v at: j.
                        gone == x ifFalse: [ b value: x With: i ].
                        i: i - 1.
                        j: j - 1 ].
                    self ).
                with: c Do: b = (
                    asVector with: (c isOrdered ifTrue: [ c asVector ] False: c) Do: b.
                    self ).
                with: c ReverseDo: b = ( asVector with: c asVector ReverseDo: b. self ).
            }
            {'Category: copying\x7fComment: With the same elements; with none; a part; with more in front or behind; cut or filled up to a size.'
                copy = ( clone elements: elements copy ).
                copyRemoveAll = ( copyRemoveAll: 8 ).
                copyRemoveAll: room = (
                    ((clone elements: (vector copySize: room)) offset: 0) count: 0 ).
                copyFrom: start UpTo: end = (| c |
                    c: copyRemoveAll.
                    doFrom: start UpTo: end Do: [ |:e| c addLast: e ].
                    c ).
                copyReverse = (| c | c: copyRemoveAll. reverseDo: [ |:e| c addLast: e ]. c ).
                , c = ( copy addAll: c ).
                copyAddFirst: x = ( copy addFirst: x ).
                copyAddLast: x = ( copy addLast: x ).
                copySize: n = ( copySize: n FillingWith: nil ).
                copySize: n FillingWith: x = (| c |
                    c: copyFrom: 0 UpTo: (n min: count).
                    [ c size < n ] whileTrue: [ c addLast: x ].
                    c ).
            }
            {'Category: converting\x7fComment: My elements in a vector. Example: (1 & 2) asList asVector >>> a vector(1, 2).'
                asVector = ( elements copyFrom: offset UpTo: offset + count ).
                asList = ( self ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'a list'.
            }
            {'Category: private\x7fComment: What lies in places of my vector whose element was taken from an end.'
                gone = (| {} = 'Comment: I stand where an element was, for walks that come later.'.
                    parent* = traits oddball.
                |).
            }
            {'Category: private\x7fComment: Other elements, in a vector, from a key up to another. My vector is left to the walks over it.'
                replaceFrom: start To: end With: new = (| v. rest |
                    rest: count - end.
                    v: vector copySize: start + new size + rest + 8.
                    v copyRange: 0 From: elements At: offset Size: start.
                    v copyRange: start From: new At: 0 Size: new size.
                    v copyRange: start + new size From: elements At: offset + end Size: rest.
                    elements: v.
                    offset: 0.
                    count: start + new size + rest.
                    self ).
            }
            {'Category: private\x7fComment: Takes out an element that was found at a key, wherever it is by now.'
                takeOut: x At: i IfAbsent: a = (
                    ((i < count) && [ x _Eq: (elements at: offset + i) ]) ifTrue: [
                        ^ removeAt: i ].
                    do: [ |:e. :k| (x _Eq: e) ifTrue: [ ^ removeAt: k ] ].
                    a value: x ).
            }
            {'Category: private\x7fComment: A greater vector, with free places behind or in front.'
                makeRoom = (| v |
                    v: vector copySize: (count * 2) + 8.
                    v copyRange: 0 From: elements At: offset Size: count.
                    elements: v.
                    offset: 0 ).
                makeRoomInFront = (| v. room |
                    room: count + 8.
                    v: vector copySize: room + elements size.
                    v copyRange: room From: elements At: 0 Size: count.
                    elements: v.
                    offset: room ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of sequences.'
        sequence = (| {} = 'Comment: I am the behaviour of sequences, lists that are mostly used by key.'.
            parent* = traits list.

            {'Category: converting\x7fComment: I am one.'
                asSequence = ( self ).
                asList = ( list copyRemoveAll addAll: self ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'a sequence'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototypes: use list copyRemoveAll or list copy.'
        list = (| {} = 'Comment: The prototype of lists.'.
            parent* = traits list.
            {'Category: private\x7fComment: Where the elements lie, where they begin, how many there are.'
                elements <- vector.
                offset <- 0.
                count <- 0.
            }
        |).
        sequence = (| {} = 'Comment: The prototype of sequences.'.
            parent* = traits sequence.
            {'Category: private\x7fComment: Where the elements lie, where they begin, how many there are.'
                elements <- vector.
                offset <- 0.
                count <- 0.
            }
        |).
    }
|)
