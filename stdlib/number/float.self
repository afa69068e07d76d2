"Floats: 64-bit IEEE numbers. They print as the shortest text that reads back to
the same value."

traits float _AddSlots: (| {} = 'Comment: I am the behaviour of floats.'.
    parent* = traits number.

    {'Category: arithmetic\x7fComment: Numbers of other families are made floats. % has my sign.'
        + a = ( _FloatAdd: a IfFail: [ a addFloat: self ] ).
        - a = ( _FloatSub: a IfFail: [ a subtractFloat: self ] ).
        * a = ( _FloatMul: a IfFail: [ a multiplyFloat: self ] ).
        / a = (
            _FloatDiv: a IfFail: [ |:e. :n|
                'divisionByZeroError' = e ifTrue: [ primitiveFailedError: e Name: n ] False: [
                    a divideFloat: self ] ] ).
        % a = (
            _FloatMod: a IfFail: [ |:e. :n|
                'divisionByZeroError' = e ifTrue: [ primitiveFailedError: e Name: n ] False: [
                    a moduloFloat: self ] ] ).
        div: a = ( (self / a) floor ).
        mod: a = ( self - ((div: a) * a) ).
        /+ a = ( (self / a) ceil ).
        /- a = ( (self / a) floor ).
        negate = ( self * -1.0 ).
        abs = ( self <= 0.0 ifTrue: [ 0.0 - self ] False: [ self ] ).
        inverse = ( 1.0 / self ).
    }

    {'Category: comparing\x7fComment: By value, across all families of numbers.'
        < a = ( _FloatLT: a IfFail: [ a reverseLessThanFloat: self ] ).
        <= a = ( _FloatLE: a IfFail: [ a reverseLessThanOrEqualFloat: self ] ).
        > a = ( _FloatGT: a IfFail: [ a reverseGreaterThanFloat: self ] ).
        >= a = ( _FloatGE: a IfFail: [ a reverseGreaterThanOrEqualFloat: self ] ).
        = a = ( _FloatEQ: a IfFail: [ a reverseEqualsFloat: self ] ).
        != a = ( _FloatNE: a IfFail: [ (a reverseEqualsFloat: self) not ] ).
        hash = (
            isWhole ifTrue: [ truncate hash ] False: [ _FloatHashIfFail: [ printString hash ] ] ).
    }

    {'Category: double dispatch\x7fComment: The argument op me.'
        addFloat: f = ( f + self ).
        addSmallInteger: i = ( i asFloat + self ).
        subtractSmallInteger: i = ( i asFloat - self ).
        multiplySmallInteger: i = ( i asFloat * self ).
        divideSmallInteger: i = ( i asFloat / self ).
        moduloSmallInteger: i = ( i asFloat % self ).
        addBigInteger: b = ( b asFloat + self ).
        subtractBigInteger: b = ( b asFloat - self ).
        multiplyBigInteger: b = ( b asFloat * self ).
        divideBigInteger: b = ( b asFloat / self ).
        moduloBigInteger: b = ( b asFloat % self ).
    }
    {'Category: double dispatch\x7fComment: The argument compared with me.'
        reverseLessThanSmallInteger: i = ( isGreaterThanInteger: i ).
        reverseLessThanOrEqualSmallInteger: i = (
            (isGreaterThanInteger: i) || [ isEqualToInteger: i ] ).
        reverseGreaterThanSmallInteger: i = ( isLessThanInteger: i ).
        reverseGreaterThanOrEqualSmallInteger: i = (
            (isLessThanInteger: i) || [ isEqualToInteger: i ] ).
        reverseEqualsSmallInteger: i = ( isEqualToInteger: i ).
        reverseLessThanBigInteger: b = ( isGreaterThanInteger: b ).
        reverseLessThanOrEqualBigInteger: b = (
            (isGreaterThanInteger: b) || [ isEqualToInteger: b ] ).
        reverseGreaterThanBigInteger: b = ( isLessThanInteger: b ).
        reverseGreaterThanOrEqualBigInteger: b = (
            (isLessThanInteger: b) || [ isEqualToInteger: b ] ).
        reverseEqualsBigInteger: b = ( isEqualToInteger: b ).
    }
    {'Category: comparing\x7fComment: With a whole number of any size, exactly. None of it holds for what is no number.'
        isLessThanInteger: i = ( (orderToInteger: i) = -1 ).
        isEqualToInteger: i = ( (orderToInteger: i) = 0 ).
        isGreaterThanInteger: i = ( (orderToInteger: i) = 1 ).
        orderToInteger: i = (
            _FloatCompareInteger: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }

    {'Category: rounding\x7fComment: To a whole number: down, up, to the nearest (halves away from zero), toward zero. The results are integers, big if they must be.'
        floor = ( (_FloatFloorIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) truncate ).
        ceil = ( (_FloatCeilIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) truncate ).
        ceiling = ( ceil ).
        round = ( (_FloatRoundIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) truncate ).
        truncate = ( _FloatAsIntIfFail: [ cutToBigInteger normalize ] ).
        fraction = (
            self - (_FloatTruncateIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) ).
        roundTo: step = ( (self / step) round * step ).
    }

    {'Category: functions\x7fComment: Roots, powers, logarithms, and angles in radians. Example: 9.0 squareRoot >>> 3.0.'
        sqrt = ( _FloatSqrtIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        squareRoot = ( sqrt ).
        sin = ( _FloatSinIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        cos = ( _FloatCosIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        tan = ( _FloatTanIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        arcSin = ( _FloatASinIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        arcCos = ( _FloatACosIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        arcTan = ( _FloatATanIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        arcTan2: x = (
            _FloatATan2: x asFloat IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        exp = ( _FloatExpIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        ln = ( _FloatLnIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        log10 = ( _FloatLog10IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        power: n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '**' ].
            _FloatPower: n asFloat IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
    }

    {'Category: testing\x7fComment: What sort of number I am.'
        isFloat = true.
        isNaN = ( (= self) not ).
        isInfinite = ( (abs > 1.7976931348623157e308) ).
        isFinite = ( abs <= 1.7976931348623157e308 ).
        isWhole = ( isFinite && [ fraction = 0.0 ] ).
        even = ( (self % 2.0) = 0.0 ).
        odd = ( even not ).
    }
    {'Category: converting\x7fComment: The nearest whole number, halves away from zero as round does (truncate cuts instead); big if it must be. An error if there is none.'
        asInteger = ( round ).
        asBigInteger = ( round asBigInteger ).
        asFloat = ( self ).
        asSmallIntegerIfFail: a = (
            isFinite ifFalse: [ ^ a value: 'this is no small integer' ].
            resend.asSmallIntegerIfFail: a ).
        cutToBigInteger = (
            _FloatAsBigIntIfFail: [ error: 'only finite numbers can become integers' ] ).
    }
    {'Category: constants\x7fComment: The first numbers of my family.'
        zero = 0.0.
        one = 1.0.
        two = 2.0.
    }
    {'Category: printing\x7fComment: The shortest text that reads back as me; or with so many digits after the point.'
        printString = ( _FloatPrintStringIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        printStringPrecision: digits = (
            _FloatPrintStringPrecision: digits IfFail: [ |:e. :n|
                primitiveFailedError: e Name: n ] ).
    }
|)

globals _AddSlots: (|
    {'Category: numbers\x7fComment: Numbers everybody needs, and beyond all numbers.'
        math = (| {} = 'Comment: I know numbers that everybody needs.'.
            parent* = traits oddball.

            {'Category: constants\x7fComment: Circle, growth, root of two, infinity, no number.'
                pi = 3.141592653589793.
                e = 2.718281828459045.
                sqrtOfTwo = 1.4142135623730951.
                infinity = ( 1.0e200 * 1.0e200 ).
                nan = ( infinity - infinity ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: numbers\x7fComment: Those of them that have a name of their own everywhere.'
        pi = ( math pi ).
        e = ( math e ).
        infinity = ( math infinity ).
    }
|)
