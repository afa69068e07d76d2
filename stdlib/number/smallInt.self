"Small integers, 62 bits wide: the numbers that fit a machine word. An operation
first tries the primitive. If that fails on the argument's type, the argument is
asked to do it (`a addSmallInteger: self` and so on); on overflow both become big.

The names of the second dispatch: addSmallInteger: subtractSmallInteger:
multiplySmallInteger: divideSmallInteger: moduloSmallInteger: compute
`argument op receiver`; reverseLessThanSmallInteger: and its kin compare."

traits smallInt _AddSlots: (| {} = 'Comment: I am the behaviour of small integers.'.
    parent* = traits integer.

    {'Category: arithmetic\x7fComment: Exact; becomes a big integer where it must. / and % round toward zero.'
        + a = (
            _IntAdd: a IfFail: [ |:e. :n|
                'overflowError' = e ifTrue: [ asBigInteger + a asBigInteger ] False: [
                    a addSmallInteger: self ] ] ).
        - a = (
            _IntSub: a IfFail: [ |:e. :n|
                'overflowError' = e ifTrue: [ asBigInteger - a asBigInteger ] False: [
                    a subtractSmallInteger: self ] ] ).
        * a = (
            _IntMul: a IfFail: [ |:e. :n|
                'overflowError' = e ifTrue: [ asBigInteger * a asBigInteger ] False: [
                    a multiplySmallInteger: self ] ] ).
        / a = (
            _IntDiv: a IfFail: [ |:e. :n|
                'divisionByZeroError' = e ifTrue: [ primitiveFailedError: e Name: n ] False: [
                    'overflowError' = e ifTrue: [ asBigInteger / a asBigInteger ] False: [
                        a divideSmallInteger: self ] ] ] ).
        % a = (
            _IntMod: a IfFail: [ |:e. :n|
                'divisionByZeroError' = e ifTrue: [ primitiveFailedError: e Name: n ] False: [
                    a moduloSmallInteger: self ] ] ).
    }

    {'Category: comparing\x7fComment: By value, across all families of numbers.'
        < a = ( _IntLT: a IfFail: [ a reverseLessThanSmallInteger: self ] ).
        <= a = ( _IntLE: a IfFail: [ a reverseLessThanOrEqualSmallInteger: self ] ).
        > a = ( _IntGT: a IfFail: [ a reverseGreaterThanSmallInteger: self ] ).
        >= a = ( _IntGE: a IfFail: [ a reverseGreaterThanOrEqualSmallInteger: self ] ).
        = a = ( _IntEQ: a IfFail: [ a reverseEqualsSmallInteger: self ] ).
        != a = ( _IntNE: a IfFail: [ (a reverseEqualsSmallInteger: self) not ] ).
        hash = ( self ).
        identityHash = ( self ).
    }

    {'Category: double dispatch\x7fComment: The argument op me; reached from floats and big integers only through coercion.'
        addSmallInteger: i = ( i + self ).
        subtractSmallInteger: i = ( i - self ).
        multiplySmallInteger: i = ( i * self ).
        divideSmallInteger: i = ( i / self ).
        moduloSmallInteger: i = ( i % self ).
        addFloat: f = ( f + asFloat ).
        subtractFloat: f = ( f - asFloat ).
        multiplyFloat: f = ( f * asFloat ).
        divideFloat: f = ( f / asFloat ).
        moduloFloat: f = ( f % asFloat ).
        addBigInteger: b = ( b + asBigInteger ).
        subtractBigInteger: b = ( b - asBigInteger ).
        multiplyBigInteger: b = ( b * asBigInteger ).
        divideBigInteger: b = ( b / asBigInteger ).
        moduloBigInteger: b = ( b % asBigInteger ).
    }
    {'Category: double dispatch\x7fComment: The argument compared with me.'
        reverseLessThanFloat: f = ( f isLessThanInteger: self ).
        reverseLessThanOrEqualFloat: f = (
            (f isLessThanInteger: self) || [ f isEqualToInteger: self ] ).
        reverseGreaterThanFloat: f = ( f isGreaterThanInteger: self ).
        reverseGreaterThanOrEqualFloat: f = (
            (f isGreaterThanInteger: self) || [ f isEqualToInteger: self ] ).
        reverseEqualsFloat: f = ( f isEqualToInteger: self ).
        reverseLessThanBigInteger: b = ( b < asBigInteger ).
        reverseLessThanOrEqualBigInteger: b = ( b <= asBigInteger ).
        reverseGreaterThanBigInteger: b = ( b > asBigInteger ).
        reverseGreaterThanOrEqualBigInteger: b = ( b >= asBigInteger ).
        reverseEqualsBigInteger: b = ( b = asBigInteger ).
    }

    {'Category: iterating\x7fComment: From me up or down to the argument. The plain meaning of what the machine runs natively.'
        to: end Do: blk = (| i |
            i: self.
            [ i <= end ] whileTrue: [ blk value: i With: i. i: i + 1 ].
            nil ).
        upTo: end Do: blk = (| i |
            i: self.
            [ i < end ] whileTrue: [ blk value: i With: i. i: i + 1 ].
            nil ).
        downTo: end Do: blk = (| i |
            i: self.
            [ i >= end ] whileTrue: [ blk value: i With: i. i: i - 1 ].
            nil ).
    }

    {'Category: bits\x7fComment: And, or, exclusive or, complement, of the binary representation.'
        && a = ( _IntAnd: a IfFail: [ asBigInteger && a ] ).
        || a = ( _IntOr: a IfFail: [ asBigInteger || a ] ).
        ^^ a = ( _IntXor: a IfFail: [ asBigInteger ^^ a ] ).
        and: a = ( self && a ).
        or: a = ( self || a ).
        xor: a = ( self ^^ a ).
        bitAnd: a = ( self && a ).
        bitOr: a = ( self || a ).
        bitXor: a = ( self ^^ a ).
        complement = ( _IntComplementIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
    {'Category: bits\x7fComment: Shifts: << is exact (multiplies by a power of two), +> keeps the sign (divides by one, rounding down). >> takes me as 62 bits without a sign, and so does +<, which drops what falls off. A negative count shifts the other way; by a count of any size beyond my width nothing is left but the sign, except by <<, which overflows in the end.'
        << n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '<<' ].
            n < 0 ifTrue: [ ^ self +> n negate ].
            n < 62 ifFalse: [ ^ self = 0 ifTrue: [ 0 ] False: [ asBigInteger << n ] ].
            _IntArithmeticShiftLeft: n IfFail: [ asBigInteger << n ] ).
        >> n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '>>' ].
            self >= 0 ifTrue: [ ^ self +> n ].
            n < 0 ifTrue: [ ^ self +< n negate ].
            _IntLogicalShiftRight: (n min: 62) IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        +> n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '+>' ].
            n < 0 ifTrue: [ ^ self << n negate ].
            _IntArithmeticShiftRight: (n min: 62) IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
        +< n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '+<' ].
            n < 0 ifTrue: [ ^ self >> n negate ].
            _IntLogicalShiftLeft: (n min: 62) IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        bitSize = 62.
    }

    {'Category: converting\x7fComment: The same value in another family.'
        asFloat = ( _IntAsFloatIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        asBigInteger = ( _SmiAsBigIntIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        asSmallInteger = ( self ).
    }
    {'Category: testing\x7fComment: I am a small integer.'
        isSmallInt = true.
    }
    {'Category: limits\x7fComment: The least and greatest of my family.'
        maxSmallInt = ( -1 _IntLogicalShiftRight: 1 IfFail: 0 ).
        minSmallInt = ( -1 - maxSmallInt ).
    }
    {'Category: printing\x7fComment: My decimal digits.'
        printString = (
            _IntPrintStringPrototype: mutableString IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ] ).
    }
|)

globals _AddSlots: (|
    {'Category: numbers\x7fComment: The least and greatest small integer.'
        maxSmallInt = ( 0 maxSmallInt ).
        minSmallInt = ( 0 minSmallInt ).
    }
|)
