"Whole numbers, small or big: what needs only arithmetic and bits, whatever the
size. The two families are smallInt and bigInt; every result is as small as can be."

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of whole numbers.'
        integer = (| {} = 'Comment: I am the behaviour of whole numbers, small and big.'.
            parent* = traits number.

            {'Category: testing\x7fComment: Whole, even, odd, prime.'
                isInteger = true.
                even = ( (self % 2) = 0 ).
                odd = ( (self % 2) != 0 ).
                isEven = ( even ).
                isOdd = ( odd ).
                isPrime = (| i <- 3 |
                    self < 2 ifTrue: [ ^ false ].
                    self < 4 ifTrue: [ ^ true ].
                    even ifTrue: [ ^ false ].
                    [ (i * i) <= self ] whileTrue: [
                        (self % i) = 0 ifTrue: [ ^ false ].
                        i: i + 2 ].
                    true ).
                isPowerOfTwo = ( (self > 0) && [ (self && (self - 1)) = 0 ] ).
                divides: n = ( (n % self) = 0 ).
                isDivisibleBy: n = ( (self % n) = 0 ).
            }
            {'Category: arithmetic\x7fComment: Quotient rounded toward minus infinity and the remainder that goes with it, which has the sign of the divisor. (/ and % round toward zero.)'
                div: n = (| q |
                    q: self / n.
                    (((q * n) != self) && [ (self < 0) != (n < 0) ]) ifTrue: [ q - 1 ] False: [
                        q ] ).
                mod: n = (| r |
                    r: self % n.
                    ((r != 0) && [ (r < 0) != (n < 0) ]) ifTrue: [ r + n ] False: [ r ] ).
                rem: n = ( self % n ).
                quo: n = ( self / n ).
                /+ n = ( 0 - (negate div: n) ).
                /- n = ( div: n ).
                // n = ( div: n ).
            }
            {'Category: arithmetic\x7fComment: Greatest common divisor, least common multiple, factorial, whole square root.'
                gcd: n = (| a. b. t |
                    a: abs.
                    b: n abs.
                    [ b = 0 ] whileFalse: [ t: a % b. a: b. b: t ].
                    a ).
                lcm: n = (
                    ((self = 0) || [ n = 0 ]) ifTrue: [ 0 ] False: [ ((self / (gcd: n)) * n) abs ] ).
                factorial = (| result <- 1 |
                    self < 0 ifTrue: [ ^ error: 'only numbers from zero on have a factorial' ].
                    2 to: self Do: [ |:i| result: result * i ].
                    result ).
                intSqrt = (| x. y |
                    self < 0 ifTrue: [ ^ error: 'a negative number has no square root' ].
                    self < 2 ifTrue: [ ^ self ].
                    x: self.
                    y: (x + 1) / 2.
                    [ y < x ] whileTrue: [ x: y. y: (x + (self / x)) / 2 ].
                    x ).
                pow: n Mod: m = (| result <- 1. base. k |
                    base: mod: m.
                    k: n.
                    [ k > 0 ] whileTrue: [
                        k odd ifTrue: [ result: (result * base) % m ].
                        base: (base * base) % m.
                        k: k / 2 ].
                    result % m ).
            }
            {'Category: rounding\x7fComment: A whole number is round already; the nearest multiple.'
                floor = ( self ).
                ceil = ( self ).
                ceiling = ( self ).
                round = ( self ).
                truncate = ( self ).
                asInteger = ( self ).
                roundTo: n = ( ((self + (n / 2)) div: n) * n ).
                roundUpTo: n = ( ((self + (n - 1)) div: n) * n ).
                roundDownTo: n = ( (div: n) * n ).
                truncateTo: n = ( (self / n) * n ).
            }
            {'Category: iterating\x7fComment: Evaluates the block for 0 up to myself, which is left out. Answers me.'
                do: blk = (| i <- 0 |
                    [ i < self ] whileTrue: [ blk value: i With: i. i: i + 1 ].
                    self ).
                reverseDo: blk = (| i |
                    i: self - 1.
                    [ i >= 0 ] whileTrue: [ blk value: i With: i. i: i - 1 ].
                    self ).
                timesRepeat: blk = ( do: blk ).
            }
            {'Category: printing\x7fComment: My digits in a base from 2 to 36; also padded on the left.'
                printStringBase: base = (| digits <- ''. n |
                    (base isBetween: 2 And: 36) ifFalse: [
                        ^ error: 'a base must be from 2 to 36' ].
                    self = 0 ifTrue: [ ^ '0' ].
                    n: abs.
                    [ n > 0 ] whileTrue: [
                        digits: (digitCharacters at: n % base), digits.
                        n: n / base ].
                    self < 0 ifTrue: [ '-', digits ] False: [ digits ] ).
                hexPrintString = ( printStringBase: 16 ).
                octalPrintString = ( printStringBase: 8 ).
                binaryPrintString = ( printStringBase: 2 ).
                printStringPadded: width = ( printString padOnLeft: width ).
                printStringPadded: width With: c = ( printString padOnLeft: width With: c ).
                digitCharacters = '0123456789abcdefghijklmnopqrstuvwxyz'.
                asOrdinalString = (| r |
                    r: abs % 100.
                    (r isBetween: 11 And: 13) ifTrue: [ ^ printString, 'th' ].
                    r: r % 10.
                    printString
                        , (r = 1 ifTrue: 'st' False: [
                            r = 2 ifTrue: 'nd' False: [ r = 3 ifTrue: 'rd' False: 'th' ] ]) ).
                digitSum = (| n. sum <- 0 |
                    n: abs.
                    [ n > 0 ] whileTrue: [ sum: sum + (n % 10). n: n / 10 ].
                    sum ).
            }
        |).
    }
|)
