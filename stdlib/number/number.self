"What all numbers share: everything that can be said in terms of + - * / and <.
A number of another family as argument is met by double dispatch (see smallInt)."

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of all numbers.'
        number = (| {} = 'Comment: I am the behaviour that all numbers share.'.
            parent* = traits oddball.

            {'Category: testing\x7fComment: I am a number.'
                isNumber = true.
                isZero = ( self = 0 ).
                isPositive = ( self > 0 ).
                isNegative = ( self < 0 ).
                asBoolean = ( self != 0 ).
            }
            {'Category: arithmetic\x7fComment: My opposite, my size without sign, one of -1, 0 and 1. Example: -7 absoluteValue >>> 7.'
                negate = ( 0 - self ).
                abs = ( self < 0 ifTrue: [ negate ] False: [ self ] ).
                absoluteValue = ( abs ).
                sign = ( self < 0 ifTrue: [ -1 ] False: [ self > 0 ifTrue: [ 1 ] False: [ 0 ] ] ).
                signum = ( sign ).
            }
            {'Category: arithmetic\x7fComment: One more, one less, myself times myself, and so on.'
                succ = ( self + 1 ).
                successor = ( self + 1 ).
                pred = ( self - 1 ).
                predecessor = ( self - 1 ).
                double = ( self + self ).
                half = ( self / 2 ).
                square = ( self * self ).
                cube = ( self * self * self ).
                inverse = ( 1.0 / self ).
                reciprocal = ( inverse ).
            }
            {'Category: arithmetic\x7fComment: Exact quotient; quotient rounded to the nearest whole number if I am one; remainder that is not negative if the argument is not; what lies in the middle of us.'
                /= a = ( self / a ).
                /~ a = ( self / a ).
                %+ a = (| r | r: self % a. r < 0 ifTrue: [ r + a abs ] False: [ r ] ).
                mean: a = ( (self + a) /~ 2 ).
            }
            {'Category: arithmetic\x7fComment: At a part of the way (0 to 1) from me to another number, as a float; sum of all numbers from me to another in steps of one; and of me and all from one to another.'
                interpolate: part From: x = ( ((self * (1 - part)) + (x * part)) asFloat ).
                sumTo: end = (| n |
                    end isNumber ifFalse: [ ^ noNumber: end Operator: 'sumTo:' ].
                    n: ((end - self) floor + 1) max: 0.
                    (n * self) + ((n * (n - 1)) / 2) ).
                sumFrom: a To: end = ( self + (a sumTo: end) ).
            }
            {'Category: private\x7fComment: The argument of one of my operators is no number.'
                noNumber: x Operator: o = ( errors type signalFor: self Argument: x Operator: o ).
            }
            {'Category: constants\x7fComment: The first numbers of my family.'
                zero = 0.
                one = 1.
                two = 2.
            }
            {'Category: arithmetic\x7fComment: I multiplied by myself n times; n a whole number, zero or more. Squares repeatedly.'
                power: n = (| result. base. k |
                    n isNumber ifFalse: [ ^ noNumber: n Operator: '**' ].
                    n isInteger ifFalse: [ ^ asFloat power: n asFloat ].
                    n < 0 ifTrue: [ ^ 1.0 / (power: n negate) ].
                    isInteger ifTrue: [ ^ wholePower: n ].
                    result: 1.
                    base: self.
                    k: n.
                    [ k > 0 ] whileTrue: [
                        k odd ifTrue: [ result: result * base ].
                        k: k / 2.
                        k > 0 ifTrue: [ base: base * base ] ].
                    result ).
                ** n = ( power: n ).
                raisedTo: n = ( power: n ).
            }
            {'Category: functions\x7fComment: Computed by way of floats. Example: 16 sqrt >>> 4.0.'
                sqrt = ( asFloat sqrt ).
                squareRoot = ( asFloat sqrt ).
                sin = ( asFloat sin ).
                cos = ( asFloat cos ).
                tan = ( asFloat tan ).
                arcSin = ( asFloat arcSin ).
                arcCos = ( asFloat arcCos ).
                arcTan = ( asFloat arcTan ).
                exp = ( asFloat exp ).
                ln = ( asFloat ln ).
                log10 = ( asFloat log10 ).
                naturalLog = ( ln ).
                logBase: base = (
                    base isNumber ifTrue: [ ln / base ln ] False: [
                        noNumber: base Operator: 'logBase:' ] ).
                arcTan: x = (
                    x isNumber ifTrue: [ asFloat arcTan2: x ] False: [
                        noNumber: x Operator: 'arcTan:' ] ).
                asRadians = ( (self * 3.141592653589793) / 180.0 ).
                asDegrees = ( (self * 180.0) / 3.141592653589793 ).
            }
            {'Category: comparing\x7fComment: The smaller or greater of us two; whether I lie between two, both included; the nearest number that does. Example: 5 isBetween: 1 And: 5 >>> true.'
                min: x = ( self < x ifTrue: [ self ] False: [ x ] ).
                max: x = ( self > x ifTrue: [ self ] False: [ x ] ).
                isBetween: low And: high = ( (self >= low) && [ self <= high ] ).
                between: low And: high = ( (self >= low) && [ self <= high ] ).
                clampTo: low And: high = ( (max: low) min: high ).
            }
            {'Category: comparing\x7fComment: Compares, and evaluates the part that applies.'
                compare: x IfLess: less Equal: equal Greater: greater = (
                    self < x ifTrue: [ less value ] False: [
                        self = x ifTrue: [ equal value ] False: [ greater value ] ] ).
                compare: x = (
                    self < x ifTrue: [ -1 ] False: [ self = x ifTrue: [ 0 ] False: [ 1 ] ] ).
            }
            {'Category: iterating\x7fComment: From me up or down to the argument, both included. The block gets the number (and once more as the key).'
                to: end Do: blk = ( to: end By: 1 Do: blk ).
                to: end By: step Do: blk = (| i |
                    (isInteger && [ step isInteger ]) ifFalse: [
                        (to: end By: step) do: [ |:x| blk value: x With: x ].
                        ^ nil ].
                    i: self.
                    step > 0 ifTrue: [
                        [ i <= end ] whileTrue: [ blk value: i With: i. i: i + step ].
                        ^ nil ].
                    step < 0 ifTrue: [
                        [ i >= end ] whileTrue: [ blk value: i With: i. i: i + step ].
                        ^ nil ].
                    error: 'a step must not be zero' ).
                downTo: end Do: blk = ( to: end By: -1 Do: blk ).
                downTo: end By: step Do: blk = ( to: end By: step negate Do: blk ).
                to: end ByNegative: step Do: blk = ( to: end By: step Do: blk ).
                to: end ByPositive: step Do: blk = ( to: end By: step Do: blk ).
            }
            {'Category: iterating\x7fComment: From me up to the argument, which is left out.'
                upTo: end Do: blk = ( upTo: end By: 1 Do: blk ).
                upTo: end By: step Do: blk = (
                    step > 0 ifFalse: [ ^ error: 'a step up must be more than zero' ].
                    (to: end By: step) do: [ |:i| i < end ifTrue: [ blk value: i With: i ] ].
                    nil ).
            }
            {'Category: iterating\x7fComment: The numbers as a collection. Example: (1 to: 4) asVector >>> a vector(1, 2, 3, 4).'
                to: end = ( interval copyFrom: self To: end By: 1 ).
                to: end By: step = ( interval copyFrom: self To: end By: step ).
                upTo: end = (
                    end isNumber ifFalse: [ ^ noNumber: end Operator: 'upTo:' ].
                    (isInteger && [ end isInteger ]) ifTrue: [ to: end - 1 ] False: [
                        to: (self + (end - self) ceil) - 1 ] ).
                downTo: end = ( interval copyFrom: self To: end By: -1 ).
            }
            {'Category: creating\x7fComment: A point with me as x; both coordinates equal to me. Example: 3 @ 4 >>> 3@4.'
                @ y = ( point copyX: self Y: y ).
                asPoint = ( self @ self ).
            }
            {'Category: converting\x7fComment: Text.'
                asString = ( printString ).
            }
            {'Category: converting\x7fComment: The nearest whole number as a small integer; if it is none of them that is an error, the value of the block, or I am left as I am.'
                asSmallInteger = ( asSmallIntegerIfFail: [ |:e| error: e ] ).
                asSmallIntegerIfFail: a = (| i |
                    i: asInteger.
                    i isSmallInt ifTrue: [ i ] False: [ a value: 'this is no small integer' ] ).
                asSmallIntegerIfPossible = ( asSmallIntegerIfFail: self ).
            }
        |).
    }
|)
