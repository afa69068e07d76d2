"Whole numbers, small or big: what needs only arithmetic and bits, whatever the
size. The two families are smallInt and bigInt; every result is as small as can be."

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of whole numbers.'
        integer = (| {} = 'Comment: I am the behaviour of whole numbers, small and big.'.
            parent* = traits number.

            {'Category: testing\x7fComment: Whole, even, odd.'
                isInteger = true.
                even = ( (self % 2) = 0 ).
                odd = ( (self % 2) != 0 ).
                isEven = ( even ).
                isOdd = ( odd ).
                isPowerOfTwo = ( (self > 0) && [ (self && (self - 1)) = 0 ] ).
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
            {'Category: arithmetic\x7fComment: Quotient rounded to the nearest whole number (halves up); exact quotient: whole if it can be, else a float.'
                /~ n = ( n isInteger ifTrue: [ (self + n half) div: n ] False: [ self / n ] ).
                /= n = (
                    (n isInteger && [ (self % n) = 0 ]) ifTrue: [ self / n ] False: [
                        asFloat / n ] ).
            }
            {'Category: arithmetic\x7fComment: Factorial, whole square root; as a base, the greatest whole exponent that gives no more than the argument.'
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
                log: a = (| m <- 0. power |
                    a isNumber ifFalse: [ ^ noNumber: a Operator: 'log:' ].
                    ((a > 0) && [ self > 1 ]) ifFalse: [
                        ^ error: 'only numbers above 0 have a logarithm, to bases above 1' ].
                    power: self.
                    [ power <= a ] whileTrue: [ power: power * self. m: m + 1 ].
                    m ).
            }
            {'Category: bits\x7fComment: Shifts: to the left, exact; to the right like +>.'
                <+ n = ( self << n ).
                shiftLeft: n = ( self << n ).
                shiftRight: n = ( self +> n ).
            }
            {'Category: bits\x7fComment: A bit as a number or boolean; ones (of a negative number: zeros); the key of the highest one.'
                bitAt: i = ( (self +> i) && 1 ).
                isBit: i = ( (bitAt: i) = 1 ).
                bitCount = (| n. count <- 0 |
                    n: self < 0 ifTrue: [ complement ] False: [ self ].
                    [ n > 0 ] whileTrue: [ n: n && (n - 1). count: count + 1 ].
                    count ).
                highBit = (| n. h <- -1 | n: abs. [ n > 0 ] whileTrue: [ n: n / 2. h: h + 1 ]. h ).
            }
            {'Category: bits\x7fComment: My room in bits and in bytes: of a small integer the machine word\'s, of a big one what it needs with its sign; ones in it.'
                byteSize = ( bitSize /+ 8 ).
                numberOfOnes = ( self < 0 ifTrue: [ bitSize - bitCount ] False: [ bitCount ] ).
            }
            {'Category: bits\x7fComment: Parts of me: the bits that the mask has, from an offset on, as a number; one bit as a boolean. Setting them answers another number.'
                getBitFieldOffset: o Mask: m = ( (self >> o) && m ).
                setBitFieldOffset: o Mask: m Value: v = (
                    (v && m) = v ifFalse: [ ^ error: 'the value does not fit in the mask' ].
                    (self && (m << o) complement) || (v << o) ).
                getFlagOffset: o = ( isBit: o ).
                setFlagOffset: o To: flag = (
                    setBitFieldOffset: o Mask: 1 Value: (flag ifTrue: 1 False: 0) ).
                low16Bits = ( self && 65535 ).
                high16Bits = ( (self >> 16) && 65535 ).
            }
            {'Category: rounding\x7fComment: A whole number is round already; the nearest multiple.'
                floor = ( self ).
                ceil = ( self ).
                ceiling = ( self ).
                round = ( self ).
                truncate = ( self ).
                asInteger = ( self ).
                roundTo: n = (
                    n isNumber ifFalse: [ ^ noNumber: n Operator: 'roundTo:' ].
                    ((self + (n / 2)) div: n) * n ).
                roundUpTo: n = (
                    n isNumber ifFalse: [ ^ noNumber: n Operator: 'roundUpTo:' ].
                    ((self + (n - 1)) div: n) * n ).
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
            {'Category: hashing\x7fComment: A hash made of two, which says more than either: each bit of both changes about half of it.'
                combinedHash: h = (
                    _HashWith: h IfFail: [
                        h isInteger ifTrue: [ hash combinedHash: h hash ] False: [
                            error: 'a hash must be a whole number' ] ] ).
            }
            {'Category: searching\x7fComment: The first number from 0 below me for which the block holds.'
                findFirst: b IfPresent: p IfAbsent: a = (
                    do: [ |:i| (b value: i With: i) ifTrue: [ ^ p value: i With: i ] ].
                    a value ).
            }
            {'Category: searching\x7fComment: Among the numbers from me to another the one for which the block gives 0; where it is greater the number is too low. The other block gets the number before which, and the one after which, it would have to be.'
                to: end BinarySearchBySignOf: direction IfAbsent: a = (| low. high |
                    low: self.
                    high: end.
                    [ low <= high ] whileTrue: [ | middle. d |
                        middle: (low + high) div: 2.
                        d: direction value: middle.
                        d = 0 ifTrue: [ ^ middle ].
                        d > 0 ifTrue: [ low: middle + 1 ] False: [ high: middle - 1 ] ].
                    a value: low With: high ).
            }
            {'Category: converting\x7fComment: The vector of the numbers from 0 below me; the character that has me as its code.'
                asVector = ( (0 upTo: self) asVector ).
                asCharacter = (
                    asCharacterIfFail: [ error: 'only 0 to 255 are codes of byte characters' ] ).
                asCharacterIfFail: a = ( characters at: self IfAbsent: a ).
            }
            {'Category: converting\x7fComment: My digits as numbers, without the sign: a list from the highest on; evaluates the block for each from the lowest on.'
                asDigitList = ( asDigitList: 10 ).
                asDigitList: base = (| l |
                    l: list copyRemoveAll.
                    digitListBase: base Do: [ |:d| l addFirst: d ].
                    l ).
                digitListBase: base Do: blk = (| n |
                    n: abs.
                    [ blk value: n % base. n: n / base. n > 0 ] whileTrue.
                    self ).
            }
            {'Category: private\x7fComment: I multiplied by myself n times, n zero or more: what would be longer than any number may be is an error before it is computed.'
                wholePower: n = (
                    (n isSmallInt || [ isBetween: -1 And: 1 ]) ifFalse: [
                        ^ primitiveFailedError: 'overflowError' Name: 'power:' ].
                    (asBigInteger
                        _BigIntPower: (n isSmallInt ifTrue: [ n ] False: [ n % 2 ])
                        IfFail: [ |:e. :p| ^ primitiveFailedError: e Name: p ]) normalize ).
            }
            {'Category: printing\x7fComment: My digits in a base from 2 to 36; also padded on the left. Example: 255 printStringBase: 16 >>> \'ff\'.'
                printStringBase: base = (
                    (base isInteger && [ base isBetween: 2 And: 36 ]) ifFalse: [
                        ^ error: 'a base must be a whole number from 2 to 36' ].
                    asBigInteger _BigIntPrintStringBase: base IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ] ).
                hexPrintString = ( printStringBase: 16 ).
                octalPrintString = ( printStringBase: 8 ).
                binaryPrintString = ( printStringBase: 2 ).
                printStringPadded: width = ( printString padOnLeft: width ).
                printStringPadded: width With: c = ( printString padOnLeft: width With: c ).
                printStringPadWith: c ToSize: width = ( printString padOnLeft: width With: c ).
                printStringPadWith0ToSize: width = ( printString padOnLeft: width With: '0' ).
                printStringBase: base PadWith: c ToSize: width = (
                    (printStringBase: base) padOnLeft: width With: c ).
                printStringPrecision: digits = (
                    digits > 0 ifTrue: [ printString, '.', ('0' * digits) ] False: [ printString ] ).
                decimalPrintString = ( printString ).
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
