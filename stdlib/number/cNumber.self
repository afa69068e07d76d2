"Numbers in the bytes of byte vectors, as C keeps them and as files and networks
send them; and byte vectors as rows of bits."

traits byteVector _AddSlots: (|
    {'Category: numbers in bytes\x7fComment: The integer of 8, 16, 32 or 64 bits that begins at a byte, in the machine\'s order of bytes.'
        cIntSize: bits Signed: signed At: i = (
            cIntSize: bits Signed: signed At: i IfFail: [ |:e. :n|
                primitiveFailedError: e Name: n ] ).
        cIntSize: bits Signed: signed At: i Put: n = (
            cIntSize: bits Signed: signed At: i Put: n IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        cIntSize: bits Signed: signed At: i IfFail: a = (
            bits = 64 ifTrue: [ ^ longSigned: signed At: i IfFail: a ].
            signed
                ifTrue: [ _CSignedIntSize: bits At: i IfFail: [ |:e. :n| a value: e With: n ] ]
                False: [ _CUnsignedIntSize: bits At: i IfFail: [ |:e. :n| a value: e With: n ] ] ).
        cIntSize: bits Signed: signed At: i Put: n IfFail: a = (
            bits = 64 ifTrue: [ ^ longSigned: signed At: i Put: n IfFail: a ].
            signed
                ifTrue: [
                    _CSignedIntSize: bits At: i Put: n IfFail: [ |:e. :p| a value: e With: p ] ]
                False: [
                    _CUnsignedIntSize: bits At: i Put: n IfFail: [ |:e. :p| a value: e With: p ] ] ).
    }
    {'Category: numbers in bytes\x7fComment: The same with the lowest byte first.'
        littleEndianIntSize: bits Signed: signed At: i = ( cIntSize: bits Signed: signed At: i ).
        littleEndianIntSize: bits Signed: signed At: i Put: n = (
            cIntSize: bits Signed: signed At: i Put: n ).
        littleEndianIntSize: bits Signed: signed At: i IfFail: a = (
            cIntSize: bits Signed: signed At: i IfFail: a ).
        littleEndianIntSize: bits Signed: signed At: i Put: n IfFail: a = (
            cIntSize: bits Signed: signed At: i Put: n IfFail: a ).
    }
    {'Category: numbers in bytes\x7fComment: The same with the highest byte first.'
        bigEndianIntSize: bits Signed: signed At: i = (
            bigEndianIntSize: bits Signed: signed At: i IfFail: [ |:e. :n|
                primitiveFailedError: e Name: n ] ).
        bigEndianIntSize: bits Signed: signed At: i Put: n = (
            bigEndianIntSize: bits Signed: signed At: i Put: n IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        bigEndianIntSize: bits Signed: signed At: i IfFail: a = (| end |
            end: i + (bits / 8).
            ((i >= 0) && [ end <= size ]) ifFalse: [
                ^ a value: 'badIndexError' With: 'bigEndianIntSize:Signed:At:' ].
            (copyFrom: i UpTo: end) copyReverse cIntSize: bits Signed: signed At: 0 IfFail: a ).
        bigEndianIntSize: bits Signed: signed At: i Put: n IfFail: a = (| b |
            b: byteVector copySize: bits / 8.
            b cIntSize: bits Signed: signed At: 0 Put: n IfFail: [ |:e. :p| ^ a value: e With: p ].
            _CopyByteRangeDstPos: i Src: b copyReverse SrcPos: 0 Length: b size IfFail: [ |:e. :p|
                a value: e With: p ] ).
    }
    {'Category: numbers in bytes\x7fComment: The float of 64 bits, or else 32, that begins at a byte.'
        cFloatDouble: double At: i = (
            cFloatDouble: double At: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        cFloatDouble: double At: i Put: f = (
            cFloatDouble: double At: i Put: f IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        cFloatDouble: double At: i IfFail: a = (
            double ifTrue: [ _CDoubleAt: i IfFail: [ |:e. :n| a value: e With: n ] ] False: [
                _CFloatAt: i IfFail: [ |:e. :n| a value: e With: n ] ] ).
        cFloatDouble: double At: i Put: f IfFail: a = (
            double
                ifTrue: [ _CDoubleAt: i Put: f IfFail: [ |:e. :n| a value: e With: n ] ]
                False: [ _CFloatAt: i Put: f IfFail: [ |:e. :n| a value: e With: n ] ] ).
    }
    {'Category: private\x7fComment: Numbers of 64 bits need not be small integers; so they are worked on by halves.'
        longSigned: signed At: i IfFail: a = (| high. low |
            high: cIntSize: 32 Signed: signed At: i + 4 IfFail: [ |:e. :n| ^ a value: e With: n ].
            low: cIntSize: 32 Signed: false At: i IfFail: [ |:e. :n| ^ a value: e With: n ].
            (high << 32) || low ).
        longSigned: signed At: i Put: n IfFail: a = (
            n isInteger ifFalse: [ ^ a value: 'badTypeError' With: 'cIntSize:Signed:At:Put:' ].
            cIntSize: 32 Signed: signed At: i + 4 Put: n +> 32 IfFail: [ |:e. :p|
                ^ a value: e With: p ].
            cIntSize: 32 Signed: false At: i Put: n && 4294967295 IfFail: [ |:e. :p|
                ^ a value: e With: p ] ).
    }
    {'Category: bits\x7fComment: And, or, exclusive or, of my bytes and those of a byte vector of the same size; a new one.'
        && b = ( withBytes: b Do: [ |:x. :y| x && y ] ).
        || b = ( withBytes: b Do: [ |:x. :y| x || y ] ).
        ^^ b = ( withBytes: b Do: [ |:x. :y| x ^^ y ] ).
        withBytes: b Do: blk = (| v |
            size = b size ifFalse: [ ^ error: 'only byte vectors of the same size go together' ].
            v: emptyCopy copySize: size.
            bytesDo: [ |:x. :i| v byteAt: i Put: (blk value: x With: (b byteAt: i)) ].
            v ).
    }
    {'Category: accessing\x7fComment: A byte as a number, or the value of the block.'
        byteAt: i IfAbsent: a = ( _ByteAt: i IfFail: [ a value: i ] ).
    }
    {'Category: printing\x7fComment: My bytes in base 16, two digits each.'
        hexPrintString = (| out |
            out: stringWriter copyRemoveAll.
            bytesDo: [ |:b| out write: (b printStringBase: 16 PadWith: '0' ToSize: 2) ].
            out contents ).
    }
|)
