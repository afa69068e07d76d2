"Big integers: whole numbers beyond 62 bits, as long as memory allows. They are
immutable. Every result that fits a small integer becomes one, so that a big
integer is never equal to a small one."

traits bigInt _AddSlots: (| {} = 'Comment: I am the behaviour of whole numbers beyond 62 bits.'.
    parent* = traits integer.

    {'Category: arithmetic\x7fComment: Exact. / and % round toward zero.'
        + a = (
            (_BigIntAdd: a IfFail: [ |:e. :n|
                ^ failed: e Name: n OtherKind: [ a addBigInteger: self ] ]) normalize ).
        - a = (
            (_BigIntSub: a IfFail: [ |:e. :n|
                ^ failed: e Name: n OtherKind: [ a subtractBigInteger: self ] ]) normalize ).
        * a = (
            (_BigIntMul: a IfFail: [ |:e. :n|
                ^ failed: e Name: n OtherKind: [ a multiplyBigInteger: self ] ]) normalize ).
        / a = (
            (_BigIntDiv: a IfFail: [ |:e. :n|
                ^ failed: e Name: n OtherKind: [ a divideBigInteger: self ] ]) normalize ).
        % a = (
            (_BigIntMod: a IfFail: [ |:e. :n|
                ^ failed: e Name: n OtherKind: [ a moduloBigInteger: self ] ]) normalize ).
        failed: e Name: n OtherKind: b = (
            'badTypeError' = e ifTrue: [ b value ] False: [ primitiveFailedError: e Name: n ] ).
        normalize = ( _BigIntNormalizeIfFail: [ self ] ).
    }

    {'Category: comparing\x7fComment: By value, across all families of numbers.'
        < a = ( (_BigIntCompare: a IfFail: [ ^ a reverseLessThanBigInteger: self ]) < 0 ).
        <= a = ( (_BigIntCompare: a IfFail: [ ^ a reverseLessThanOrEqualBigInteger: self ]) <= 0 ).
        > a = ( (_BigIntCompare: a IfFail: [ ^ a reverseGreaterThanBigInteger: self ]) > 0 ).
        >= a = (
            (_BigIntCompare: a IfFail: [ ^ a reverseGreaterThanOrEqualBigInteger: self ]) >= 0 ).
        = a = ( (_BigIntCompare: a IfFail: [ ^ a reverseEqualsBigInteger: self ]) = 0 ).
        hash = ( _BigIntHashIfFail: [ printString hash ] ).
    }

    {'Category: double dispatch\x7fComment: The argument op me.'
        addSmallInteger: i = ( i asBigInteger + self ).
        subtractSmallInteger: i = ( i asBigInteger - self ).
        multiplySmallInteger: i = ( i asBigInteger * self ).
        divideSmallInteger: i = ( i asBigInteger / self ).
        moduloSmallInteger: i = ( i asBigInteger % self ).
        addFloat: f = ( f + asFloat ).
        subtractFloat: f = ( f - asFloat ).
        multiplyFloat: f = ( f * asFloat ).
        divideFloat: f = ( f / asFloat ).
        moduloFloat: f = ( f % asFloat ).
    }
    {'Category: double dispatch\x7fComment: The argument compared with me.'
        reverseLessThanSmallInteger: i = ( i asBigInteger < self ).
        reverseLessThanOrEqualSmallInteger: i = ( i asBigInteger <= self ).
        reverseGreaterThanSmallInteger: i = ( i asBigInteger > self ).
        reverseGreaterThanOrEqualSmallInteger: i = ( i asBigInteger >= self ).
        reverseEqualsSmallInteger: i = ( i asBigInteger = self ).
        reverseLessThanFloat: f = ( f isLessThanInteger: self ).
        reverseLessThanOrEqualFloat: f = (
            (f isLessThanInteger: self) || [ f isEqualToInteger: self ] ).
        reverseGreaterThanFloat: f = ( f isGreaterThanInteger: self ).
        reverseGreaterThanOrEqualFloat: f = (
            (f isGreaterThanInteger: self) || [ f isEqualToInteger: self ] ).
        reverseEqualsFloat: f = ( f isEqualToInteger: self ).
    }

    {'Category: bits\x7fComment: As if I were written in two\'s complement with endless sign bits. Shifts by negative counts go the other way, as those of small integers do; nothing falls off to the left.'
        && a = (
            a isNumber ifFalse: [ ^ noNumber: a Operator: '&&' ].
            (_BigIntAnd: a asBigInteger IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ])
                normalize ).
        || a = (
            a isNumber ifFalse: [ ^ noNumber: a Operator: '||' ].
            (_BigIntOr: a asBigInteger IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ])
                normalize ).
        ^^ a = (
            a isNumber ifFalse: [ ^ noNumber: a Operator: '^^' ].
            (_BigIntXor: a asBigInteger IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ])
                normalize ).
        and: a = ( self && a ).
        or: a = ( self || a ).
        xor: a = ( self ^^ a ).
        bitAnd: a = ( self && a ).
        bitOr: a = ( self || a ).
        bitXor: a = ( self ^^ a ).
        complement = ( -1 - self ).
        << n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '<<' ].
            n < 0 ifTrue: [ ^ self >> n negate ].
            (n isInteger && [ n isSmallInt not ]) ifTrue: [
                ^ primitiveFailedError: 'overflowError' Name: '<<' ].
            (_BigIntShiftLeft: n IfFail: [ |:e. :p| ^ primitiveFailedError: e Name: p ]) normalize ).
        >> n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: '>>' ].
            n < 0 ifTrue: [ ^ self << n negate ].
            (n isInteger && [ n isSmallInt not ]) ifTrue: [ ^ self < 0 ifTrue: -1 False: 0 ].
            (_BigIntShiftRight: n IfFail: [ |:e. :p| ^ primitiveFailedError: e Name: p ])
                normalize ).
        +> n = ( self >> n ).
        +< n = ( self << n ).
        highBit = ( (_BigIntLengthIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) - 1 ).
        bitCount = (
            (self < 0 ifTrue: [ complement ] False: [ self ]) _BigIntOnesIfFail: [ |:e. :n|
                primitiveFailedError: e Name: n ] ).
        bitSize = ( (self < 0 ifTrue: [ complement ] False: [ self ]) highBit + 2 ).
    }

    {'Category: converting\x7fComment: The same value in another family; as a float it may lose digits.'
        asBigInteger = ( self ).
        asFloat = ( _BigIntAsFloatIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
    {'Category: printing\x7fComment: My digits.'
        printString = ( _BigIntPrintStringIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
|)
