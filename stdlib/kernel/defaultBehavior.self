"What every object below the lobby understands: evaluation, nil tests, identity
and equality, copying, printing, failing. A parent of the lobby, so that no
prototype has to mention it."

lobby _AddSlots: (|
    {'Category: rooms\x7fComment: What everything below the lobby understands.'
        defaultBehavior* = (| {} = 'Comment: I am the behaviour of last resort, inherited through the lobby.'
        |).
    }
|)

defaultBehavior _AddSlots: (|
    {'Category: evaluating\x7fComment: Any object may stand where a block is expected: it is its own value, and arguments nobody takes are dropped.'
        value = ( self ).
        value: a = ( value ).
        value: a With: b = ( value: a ).
        value: a With: b With: c = ( value: a With: b ).
        value: a With: b With: c With: d = ( value: a With: b With: c ).
        value: a With: b With: c With: d With: e = ( value: a With: b With: c With: d ).
    }

    {'Category: nil\x7fComment: I am not nil.'
        isNil = false.
        isNotNil = true.
        ifNil: blk = ( self ).
        ifNotNil: blk = ( blk value: self ).
        ifNil: nilBlk IfNotNil: blk = ( blk value: self ).
        ifNotNil: blk IfNil: nilBlk = ( blk value: self ).
    }

    {'Category: comparing\x7fComment: Identity, and equality that is identity until a family knows better.'
        == x = ( _Eq: x ).
        !== x = ( (_Eq: x) not ).
        = x = ( _Eq: x ).
        != x = ( (= x) not ).
        hash = ( identityHash ).
        identityHash = ( _IdentityHashIfFail: 0 ).
    }

    {'Category: comparing\x7fComment: Numbers end here when their argument is no number.'
        reverseEqualsSmallInteger: i = ( false ).
        reverseEqualsBigInteger: i = ( false ).
        reverseEqualsFloat: f = ( false ).
    }

    {'Category: converting\x7fComment: A pair with me as its key.'
        -> x = ( association copyKey: self Value: x ).
    }

    {'Category: converting\x7fComment: Begins a collector of two elements: (1 & 2 & 3) asList.'
        & x = ( collector copyFirst: self Second: x ).
    }

    {'Category: testing\x7fComment: What sort of object I am, for those who must ask.'
        isString = false.
        isNumber = false.
        isInteger = false.
        isSmallInt = false.
        isFloat = false.
        isBlock = false.
        isBoolean = false.
        isCollection = false.
        isVector = false.
        isMirror = false.
        isProcess = false.
        isException = false.
        isMethod = false.
        isPoint = false.
    }

    {'Category: reflecting\x7fComment: A mirror on the argument, and whether I answer a selector.'
        reflect: x = ( x _Mirror ).
        understands: selector = ( (reflect: self) understands: selector ).
    }

    {'Category: sending\x7fComment: Sends a message whose selector is computed.'
        perform: selector = ( _Perform: selector canonicalize ).
        perform: selector With: a = ( _Perform: selector canonicalize With: a ).
        perform: selector With: a With: b = ( _Perform: selector canonicalize With: a With: b ).
        perform: selector With: a With: b With: c = (
            _Perform: selector canonicalize With: a With: b With: c ).
    }

    {'Category: printing\x7fComment: Text for programmers. Families override printString; the others follow.'
        printString = ( (reflect: self) name ).
        asDebugString = ( printString ).
        asString = ( printString ).
        print = ( printString stringPrint. self ).
        printLine = ( print. '\n' stringPrint. self ).
        storeString = ( printString ).
        statePrintString = ( (reflect: self) statePrintString ).
    }

    {'Category: failing\x7fComment: Reports an error in what the program means. The process stops unless a handler takes it; the value is what it is resumed with.'
        error: message = ( (errors user copyReceiver: self Message: message) signal ).
        halt = ( halt: 'halt' ).
        halt: message = ( (errors halt copyReceiver: self Message: message) signal ).
        childMustImplement = ( error: 'a child of mine must implement this' ).
    }

    {'Category: failing\x7fComment: Sent by primitives that fail and were given no IfFail: part.'
        primitiveFailedError: word Name: primitive = (
            (errors forPrimitiveError: word Name: primitive Receiver: self) signal ).
    }

    {'Category: failing\x7fComment: Sent when a lookup for me failed. The argument tells the message; by default a handler or the world decides.'
        doesNotUnderstand: message = ( message lookupError signal ).
    }
|)
