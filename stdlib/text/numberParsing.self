"Reading numbers from text. `asInteger` and `asFloat` read the whole string and
complain about anything else; the IfFail: forms let the caller decide. Both know the
same grammar: blanks, a sign, digits (a float: a point, an exponent), blanks."

traits string _AddSlots: (|
    {'Category: converting\x7fComment: The number that I spell.'
        asInteger = ( asIntegerIfFail: [ error: 'this is no whole number: ', printString ] ).
        asFloat = ( asFloatIfFail: [ error: 'this is no number: ', printString ] ).
        asNumber = (
            asIntegerIfFail: [ asFloatIfFail: [ error: 'this is no number: ', printString ] ] ).
        asIntegerIfFail: a = ( asIntegerBase: 10 IfFail: a ).
        asIntegerBase: base = (
            asIntegerBase: base IfFail: [ error: 'this is no number: ', printString ] ).
        asFloatIfFail: a = ( trim _StringAsFloatIfFail: [ a value: 'this is no number' ] ).
    }
    {'Category: converting\x7fComment: The same as a number of one family; with digits in base 16.'
        asSmallInteger = ( asInteger asSmallInteger ).
        asSmallIntegerIfFail: a = (
            (asIntegerIfFail: [ ^ a value: 'this is no whole number' ]) asSmallIntegerIfFail: a ).
        asBigInteger = ( asInteger asBigInteger ).
        hexAsInteger = ( asIntegerBase: 16 ).
        hexAsIntegerIfFail: a = ( asIntegerBase: 16 IfFail: a ).
    }
    {'Category: converting\x7fComment: Blanks may stand around a number, a plus or minus before it; then come digits in a base from 2 to 36, one at least, and nothing else, however many they are.'
        asIntegerBase: base IfFail: a = (| i <- 0. n. negative <- false. result <- 0. b |
            n: byteSize.
            n = 0 ifTrue: [ ^ a value ].
            (((byteAt: 0) <= 32) || [ (byteAt: n - 1) <= 32 ]) ifTrue: [ | t |
                t: trim.
                ^ t byteSize = n ifTrue: [ a value ] False: [ t asIntegerBase: base IfFail: a ] ].
            b: byteAt: 0.
            ((b = 45) || [ b = 43 ]) ifTrue: [ negative: b = 45. i: 1 ].
            i < n ifFalse: [ ^ a value ].
            n > 12 ifTrue: [ ^ longIntegerFrom: i Base: base Negative: negative IfFail: a ].
            [ i < n ] whileTrue: [ | d |
                d: digitOf: (byteAt: i).
                ((d < 0) || [ d >= base ]) ifTrue: [ ^ a value ].
                result: (result * base) + d.
                i: i + 1 ].
            negative ifTrue: [ result negate ] False: [ result ] ).
        longIntegerFrom: start Base: base Negative: negative IfFail: a = (| n |
            n: (copyBytesFrom: start UpTo: byteSize) _BigIntFromStringBase: base IfFail: [ |
                :e.
                :p
                |
                'overflowError' = e ifTrue: [ ^ primitiveFailedError: e Name: p ].
                ^ a value ].
            (negative ifTrue: [ n negate ] False: [ n ]) normalize ).
        digitOf: b = (
            (b isBetween: 48 And: 57) ifTrue: [ ^ b - 48 ].
            (b isBetween: 97 And: 122) ifTrue: [ ^ b - 87 ].
            (b isBetween: 65 And: 90) ifTrue: [ ^ b - 55 ].
            -1 ).
        isNumeric = ( asIntegerIfFail: [ asFloatIfFail: [ ^ false ] ]. true ).
    }
|)
