"Rounding to the nearest even number and to digits, division that rounds down whatever
the numbers are, and literals in other bases."

traits number _AddSlots: (|
    {'Category: rounding\x7fComment: To the nearest whole number, halves to the even one; to so many digits after the point.'
        roundHalfEven = (| down. part |
            isInteger ifTrue: [ ^ self ].
            down: floor.
            part: self - down.
            part < 0.5 ifTrue: [ ^ down ].
            part > 0.5 ifTrue: [ ^ down + 1 ].
            down even ifTrue: [ down ] False: [ down + 1 ] ).
        roundToDigits: digits = (| scale |
            isInteger && [ digits >= 0 ] ifTrue: [ ^ self ].
            digits < 0 ifTrue: [
                scale: 10 power: digits negate.
                ^ (asFloat / scale) roundHalfEven * scale ].
            isFinite ifFalse: [ ^ self ].
            (printStringFixed: digits) asFloat ).
    }
    {'Category: rounding\x7fComment: The quotient rounded down.'
        floorDivide: n = (
            isInteger && [ n isInteger ] ifTrue: [ div: n ] False: [ (asFloat / n) floor asFloat ] ).
    }
    {'Category: iterating\x7fComment: The numbers up to the argument, which is left out, as a list; the step may be below zero.'
        upTo: end By: step = (| out. i |
            step = 0 ifTrue: [ ^ error: 'a step of zero goes nowhere' ].
            out: list copyRemoveAll.
            i: self.
            [ step > 0 ifTrue: [ i < end ] False: [ i > end ] ] whileTrue: [
                out add: i.
                i: i + step ].
            out ).
    }
    {'Category: printing\x7fComment: With exactly so many digits after the point, halves as the nearest number that can be stored has it.'
        printStringFixed: digits = ( asFloat printStringPrecision: digits ).
    }
|)

traits integer _AddSlots: (|
    {'Category: printing\x7fComment: As a literal of base 2, 16 or 8: with what tells the base in front.'
        binaryLiteral = ( literalWith: '0b' Base: 2 ).
        hexLiteral = ( literalWith: '0x' Base: 16 ).
        octalLiteral = ( literalWith: '0o' Base: 8 ).
        literalWith: mark Base: base = (
            (self < 0 ifTrue: '-' False: ''), mark, (abs printStringBase: base) asLowercase ).
    }
|)
