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
        value: a With: b With: c With: d With: e With: f = (
            value: a With: b With: c With: d With: e ).
        value: a With: b With: c With: d With: e With: f With: g = (
            value: a With: b With: c With: d With: e With: f ).
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

    {'Category: copying\x7fComment: A shallow copy of me. Override copy, not clone.'
        clone = ( _CloneIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }

    {'Category: converting\x7fComment: A pair with me as its key, or as the first coordinate of a point; what I am filed under where keys are wanted. Example: (1 -> 2) value >>> 2.'
        -> x = ( association copyKey: self Value: x ).
        @ y = ( point copyX: self Y: y ).
        key = ( self ).
    }

    {'Category: converting\x7fComment: Begins a collector of two elements: (1 & 2 & 3) asList. Example: (1 & 2 & 3) asList >>> a list(1, 2, 3).'
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
        isMorph = false.
    }

    {'Category: reflecting\x7fComment: A mirror on the argument, or on me, and whether I answer a selector.'
        reflect: x = ( x _Mirror ).
        asMirror = ( reflect: self ).
        understands: selector = ( (reflect: self) understands: selector ).
    }

    {'Category: sending\x7fComment: Sends a message whose selector is computed. Example: 3 perform: \'negate\' >>> -3.'
        perform: selector = ( _Perform: selector canonicalize ).
        perform: selector With: a = ( _Perform: selector canonicalize With: a ).
        perform: selector With: a With: b = ( _Perform: selector canonicalize With: a With: b ).
        perform: selector With: a With: b With: c = (
            _Perform: selector canonicalize With: a With: b With: c ).
    }

    {'Category: reflecting\x7fComment: A number by which the machine knows me until the program ends, plain and as text.'
        objectIDNumber = ( _ObjectIDIfFail: -1 ).
        objectID = ( '<', objectIDNumber printString, '>' ).
    }

    {'Category: printing\x7fComment: Text for programmers: my name, then my state in brackets if there is any to tell. Who has some overrides statePrintString; families override printString; the others follow.'
        printString = (| state |
            state: statePrintString.
            state isEmpty ifTrue: [ namePrintString ] False: [ namePrintString, '(', state, ')' ] ).
        namePrintString = ( (reflect: self) name ).
        statePrintString = ''.
        asDebugString = ( printString ).
        asString = ( printString ).
        print = ( printString stringPrint. self ).
        printLine = ( print. '\n' stringPrint. self ).
    }
    {'Category: printing\x7fComment: Text of at most n characters: all there is to tell, or only my name.'
        printStringSize: n = (| text |
            text: printString.
            text size > n ifTrue: [ namePrintString ] False: [ text ] ).
        printStringSize: n Depth: d = ( printStringSize: n ).
    }
    {'Category: printing\x7fComment: An expression that gives me, or an object equal to me. Families override the one with a block, which gets to hear why there is none.'
        storeString = ( storeStringIfFail: [ |:why| error: why ] ).
        storeStringIfFail: blk = ( fileOut storeStringOf: self IfFail: blk ).
    }

    {'Category: failing\x7fComment: Reports an error in what the program means. The process stops unless a handler takes it; the value is what it is resumed with.'
        error: message = ( (errors user copyReceiver: self Message: message) signal ).
        quietError: message = ( error: message ).
        halt = ( halt: 'halt' ).
        halt: message = ( (errors halt copyReceiver: self Message: message) signal ).
        haltIf: b = ( b value ifTrue: [ halt ] False: [ self ] ).
        halt: message If: b = ( b value ifTrue: [ halt: message ] False: [ self ] ).
        childMustImplement = ( error: 'a child of mine must implement this' ).
    }

    {'Category: failing\x7fComment: The same, with objects that handlers find in the details of the exception.'
        error: message Arguments: v = (
            ((errors user copyReceiver: self Message: message) details: v) signal ).
    }
    {'Category: failing\x7fComment: Tells the user of something that is no error.'
        warning: message = ( console complain: 'Warning: ', message, '.'. self ).
    }
    {'Category: failing\x7fComment: A place where a debugger, if there were one, would stop.'
        break = ( self ).
    }

    {'Category: failing\x7fComment: Sent by primitives that fail and were given no IfFail: part.'
        primitiveFailedError: word Name: primitive = (
            (errors forPrimitiveError: word Name: primitive Receiver: self) signal ).
    }

    {'Category: failing\x7fComment: Sent when a lookup for me failed. The argument tells the message; by default a handler or the world decides.'
        doesNotUnderstand: message = ( message lookupError signal ).
    }
|)
