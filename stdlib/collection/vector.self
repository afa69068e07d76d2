"Vectors: a fixed number of elements, the bricks of the other collections. And byte
vectors, whose elements are the numbers 0 to 255."

traits vector _AddSlots: (| {} = 'Comment: I am the behaviour of vectors.'.
    parent* = traits indexable.

    {'Category: accessing\x7fComment: One element; how many there are.'
        at: i = ( _At: i IfFail: [ |:e. :n| failedAt: i Error: e Name: n ] ).
        at: i Put: x = ( _At: i Put: x IfFail: [ |:e. :n| failedAt: i Error: e Name: n ] ).
        at: i IfAbsent: a = ( _At: i IfFail: [ a value: i ] ).
        size = ( _SizeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
    {'Category: copying\x7fComment: A vector of another length: new places hold nil or the filler.'
        copySize: n = ( copySize: n FillingWith: nil ).
        copySize: n FillingWith: x = (
            _Clone: n Filler: x IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        copyRemoveAll = ( copySize: 0 ).
        copyRemoveAll: n = ( copySize: 0 ).
        copyFrom: start UpTo: end = (| n |
            n: end - start.
            ((start >= 0) && [ (n >= 0) && [ end <= size ] ]) ifFalse: [
                ^ primitiveFailedError: 'badIndexError' Name: 'copyFrom:UpTo:' ].
            (copySize: n FillingWith: nil) copyRange: 0 From: self At: start Size: n ).
        copyRange: at From: source At: start Size: n = (
            _CopyRangeDstPos: at Src: source SrcPos: start Length: n IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        copyReverse = (| v. i |
            i: size.
            v: copySize: i FillingWith: nil.
            do: [ |:e| i: i - 1. v at: i Put: e ].
            v ).
    }
    {'Category: copying\x7fComment: Me and another collection, or one more element, in a new vector.'
        , c = (| v. n |
            n: size.
            v: copySize: n + c size FillingWith: nil.
            c do: [ |:e| v at: n Put: e. n: n + 1 ].
            v ).
        copyAddLast: x = ( copySize: size + 1 FillingWith: x ).
        copyWith: x = ( copySize: size + 1 FillingWith: x ).
    }
    {'Category: transforming\x7fComment: A new vector of the results; of the accepted elements.'
        mapBy: b = (| v |
            v: vector copySize: size.
            do: [ |:e. :k| v at: k Put: (b value: e With: k) ].
            v ).
        filterBy: b = ( (filterBy: b Into: list copyRemoveAll) asVector ).
        asVector = ( self ).
    }
    {'Category: creating\x7fComment: A vector of n elements made by the block from their keys.'
        copySize: n MadeBy: b = (| v |
            v: copySize: n FillingWith: nil.
            n do: [ |:i| v at: i Put: (b value: i) ].
            v ).
    }
    {'Category: testing\x7fComment: I am a vector.'
        isVector = true.
    }
    {'Category: printing\x7fComment: What I am called.'
        collectionName = 'a vector'.
    }
|)

traits weakVector _AddSlots: (| {} = 'Comment: I am the behaviour of vectors that do not keep their elements alive: lost ones become nil.'.
    parent* = traits vector.

    {'Category: printing\x7fComment: What I am called.'
        collectionName = 'a weakVector'.
    }
|)

traits byteVector _AddSlots: (| {} = 'Comment: I am the behaviour of byte vectors; strings inherit from me.'.
    parent* = traits indexable.

    {'Category: accessing\x7fComment: One byte as a number; how many there are.'
        byteAt: i = ( _ByteAt: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        byteAt: i Put: x = (
            _ByteAt: i Put: x IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        at: i = ( _ByteAt: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        at: i Put: x = ( _ByteAt: i Put: x IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        size = ( _ByteSizeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        byteSize = ( _ByteSizeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
    {'Category: iterating\x7fComment: The bytes as numbers.'
        bytesDo: b = (| i <- 0. n |
            n: byteSize.
            [ i < n ] whileTrue: [ b value: (byteAt: i) With: i. i: i + 1 ].
            self ).
    }
    {'Category: copying\x7fComment: A byte vector of another length: new places hold 0 or the filler. A part, from a byte up to another; where a byte stands from a place on, -1 if it does not.'
        copySize: n = ( copySize: n FillingWith: 0 ).
        copySize: n FillingWith: x = (
            _CloneBytes: n Filler: x IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        copyRemoveAll = ( copySize: 0 ).
        copyFrom: start UpTo: end = (| n |
            n: end - start.
            ((start >= 0) && [ (n >= 0) && [ end <= size ] ]) ifFalse: [
                ^ primitiveFailedError: 'badIndexError' Name: 'copyFrom:UpTo:' ].
            (emptyCopy copySize: n) copyRange: 0 From: self At: start Size: n ).
        copyBytesFrom: start UpTo: end = (| n |
            n: end - start.
            ((start >= 0) && [ (n >= 0) && [ end <= byteSize ] ]) ifFalse: [
                ^ primitiveFailedError: 'badIndexError' Name: 'copyBytesFrom:UpTo:' ].
            (emptyCopy copyBytes: n) copyRange: 0 From: self At: start Size: n ).
        copyBytes: n = ( copySize: n ).
        indexOfByte: b From: start = (| i. n |
            i: start.
            n: byteSize.
            [ i < n ] whileTrue: [ b = (byteAt: i) ifTrue: [ ^ i ]. i: i + 1 ].
            -1 ).
        copyRange: at From: source At: start Size: n = (
            _CopyByteRangeDstPos: at Src: source SrcPos: start Length: n IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        copyReverse = (| v. i |
            i: size.
            v: emptyCopy copySize: i.
            bytesDo: [ |:b| i: i - 1. v byteAt: i Put: b ].
            v ).
        emptyCopy = byteVector.
        , c = (
            _ByteVectorConcatenate: c Prototype: emptyCopy IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
    }
    {'Category: transforming\x7fComment: Results have my sort.'
        mapBy: b = ( mapBy: b Into: (copySize: size) ).
        filterBy: b = ( copyContaining: (filterBy: b Into: list copyRemoveAll) ).
    }
    {'Category: comparing\x7fComment: Byte by byte, as numbers.'
        comparesElements = false.
        = c = ( _ByteVectorEqual: c IfFail: false ).
        != c = ( (= c) not ).
        < c = ( (compareWith: c) < 0 ).
        <= c = ( (compareWith: c) <= 0 ).
        > c = ( (compareWith: c) > 0 ).
        >= c = ( (compareWith: c) >= 0 ).
        compareWith: c = (
            _ByteVectorCompare: c IfFail: [ |:e. :n|
                errors type
                    signalFor: self
                    Argument: c
                    Wanted: 'string'
                    Operator: 'compared with'
                    Help: 'only strings have an order with it' ] ).
        hash = ( _ByteVectorHashIfFail: [ bytesHash ] ).
        bytesHash = (| h <- 0 | bytesDo: [ |:b| h: ((h * 31) + b) && 1073741823 ]. h ).
    }
    {'Category: converting\x7fComment: The same bytes as a string.'
        asString = (
            _ByteVectorConcatenate: '' Prototype: mutableString IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        flatString = ( asString ).
        asByteVector = ( self ).
    }
    {'Category: printing\x7fComment: What I am called.'
        collectionName = 'a byteVector'.
    }
|)
