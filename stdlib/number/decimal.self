"Exact numbers with a point, and fractions: for money, and wherever a third must stay
a third.

  '12.50' asDecimal * 3            37.50
  (1 over: 3) + (1 over: 6)        1/2
  ('10.00' asDecimal / 3) roundTo: 2      3.33

A decimal is a whole number and the count of its digits after the point. Sums and
products of decimals are decimals; a quotient is one if digits can write it, and
else a fraction. Floats are not exact and do not mix with either: say asFloat, or
asDecimal, to tell what is meant."

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of decimals and fractions.'
        exactNumber = (| {} = 'Comment: I am what decimals and fractions share: a numerator over a denominator.'.
            parent* = traits number.

            {'Category: copying\x7fComment: Numbers exist once, but I am made by copying.'
                clone = ( _CloneIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
            }
            {'Category: testing\x7fComment: What sort of number I am.'
                isExact = true.
                isInteger = false.
                isFloat = false.
                isWhole = ( (numerator % denominator) = 0 ).
            }
            {'Category: arithmetic\x7fComment: Exact, with other exact numbers and whole ones. / is exact as well; % has my sign.'
                + a = (
                    (isExactNumber: a) ifFalse: [ ^ mixedWith: a ].
                    ratio: (numerator * a denominator) + (a numerator * denominator)
                        Over: denominator * a denominator
                        With: a ).
                - a = (
                    (isExactNumber: a) ifFalse: [ ^ mixedWith: a ].
                    ratio: (numerator * a denominator) - (a numerator * denominator)
                        Over: denominator * a denominator
                        With: a ).
                * a = (
                    (isExactNumber: a) ifFalse: [ ^ mixedWith: a ].
                    ratio: numerator * a numerator Over: denominator * a denominator With: a ).
                / a = (
                    (isExactNumber: a) ifFalse: [ ^ mixedWith: a ].
                    a numerator = 0 ifTrue: [
                        ^ primitiveFailedError: 'divisionByZeroError' Name: '/' ].
                    ratio: numerator * a denominator Over: denominator * a numerator With: a ).
                % a = ( self - (a * (self / a) truncate) ).
                negate = ( 0 - self ).
                inverse = ( 1 / self ).
                reciprocal = ( inverse ).
                half = ( self / 2 ).
            }
            {'Category: comparing\x7fComment: By value, with floats as well.'
                = a = (
                    (isExactNumber: a) ifTrue: [
                        ^ (numerator * a denominator) = (a numerator * denominator) ].
                    isEqualToFloat: a ).
                < a = (
                    (isExactNumber: a) ifFalse: [ ^ asFloat < a ].
                    (numerator * a denominator) < (a numerator * denominator) ).
                > a = (
                    (isExactNumber: a) ifFalse: [ ^ asFloat > a ].
                    (numerator * a denominator) > (a numerator * denominator) ).
                <= a = ( (> a) not ).
                >= a = ( (< a) not ).
                hash = (
                    isWhole ifTrue: [ (numerator / denominator) hash ] False: [ asFloat hash ] ).
            }
            {'Category: rounding\x7fComment: To a whole number: down, up, toward zero, to the nearest (halves away from zero).'
                floor = ( numerator div: denominator ).
                ceiling = ( (numerator negate div: denominator) negate ).
                truncate = ( numerator / denominator ).
                round = ( scaled: 0 Half: [ true ] ).
                asInteger = ( round ).
                integerPart = ( truncate ).
                fraction = ( self - truncate ).
            }
            {'Category: rounding\x7fComment: To a decimal with so many digits after the point: halves away from zero, as merchants do; halves to the even neighbour, as bankers do; cut. Example: \'2.345\' asDecimal roundTo: 2 >>> 2.35. Example: \'2.345\' asDecimal roundHalfEvenTo: 2 >>> 2.34.'
                roundTo: n = ( decimal copyCoefficient: (scaled: n Half: [ true ]) Scale: n ).
                roundHalfEvenTo: n = (
                    decimal
                        copyCoefficient: (scaled: n Half: [ |:quotient| quotient odd ])
                        Scale: n ).
                truncateTo: n = (
                    decimal copyCoefficient: (numerator * (10 power: n)) / denominator Scale: n ).
            }
            {'Category: converting\x7fComment: The nearest float; a decimal, which must be exact: round to say how many digits.'
                asFloat = ( ratioAsFloat ).
                asDecimal = (
                    asDecimalIfFail: [
                        error: printString
                            , ' has no end as a decimal: say roundTo: so many digits' ] ).
                asFraction = (
                    globals fraction copyNumerator: numerator Denominator: denominator ).
            }
            {'Category: double dispatch\x7fComment: The argument op me.'
                addSmallInteger: i = ( + i ).
                subtractSmallInteger: i = ( i asDecimal - self ).
                multiplySmallInteger: i = ( * i ).
                divideSmallInteger: i = ( i asDecimal / self ).
                moduloSmallInteger: i = ( i asDecimal % self ).
                addBigInteger: i = ( + i ).
                subtractBigInteger: i = ( i asDecimal - self ).
                multiplyBigInteger: i = ( * i ).
                divideBigInteger: i = ( i asDecimal / self ).
                moduloBigInteger: i = ( i asDecimal % self ).
                addFloat: f = ( mixedWith: f ).
                subtractFloat: f = ( mixedWith: f ).
                multiplyFloat: f = ( mixedWith: f ).
                divideFloat: f = ( mixedWith: f ).
                moduloFloat: f = ( mixedWith: f ).
            }
            {'Category: double dispatch\x7fComment: The argument compared with me.'
                reverseLessThanSmallInteger: i = ( > i ).
                reverseLessThanOrEqualSmallInteger: i = ( >= i ).
                reverseGreaterThanSmallInteger: i = ( < i ).
                reverseGreaterThanOrEqualSmallInteger: i = ( <= i ).
                reverseEqualsSmallInteger: i = ( = i ).
                reverseLessThanBigInteger: i = ( > i ).
                reverseLessThanOrEqualBigInteger: i = ( >= i ).
                reverseGreaterThanBigInteger: i = ( < i ).
                reverseGreaterThanOrEqualBigInteger: i = ( <= i ).
                reverseEqualsBigInteger: i = ( = i ).
                reverseLessThanFloat: f = ( f < asFloat ).
                reverseLessThanOrEqualFloat: f = ( f <= asFloat ).
                reverseGreaterThanFloat: f = ( f > asFloat ).
                reverseGreaterThanOrEqualFloat: f = ( f >= asFloat ).
                reverseEqualsFloat: f = ( isEqualToFloat: f ).
            }
            {'Category: private\x7fComment: What may be calculated with, and what is said otherwise; a float is equal if it has exactly my value; the quotient as a float, however large its parts.'
                isExactNumber: a = ( ((reflect: a) understands: 'isExact') && [ a isExact ] ).
                mixedWith: a = (
                    error: printString, ' is exact and does not mix with '
                        , (reflect: a) safePrintString, ': say asFloat or asDecimal' ).
                isEqualToFloat: a = (
                    ((reflect: a) understands: 'isFloat') && [ a isFloat ] && [ a isFinite ] && [
                            = a asFraction ] ).
                ratioAsFloat = (| n |
                    (numerator abs max: denominator) < 9007199254740992 ifTrue: [
                        ^ numerator asFloat / denominator asFloat ].
                    n: 40 + denominator printString size.
                    (((numerator * (10 power: n)) / denominator) printString, 'e-', n printString)
                        asFloat ).
            }
            {'Category: private\x7fComment: The numerator for so many digits, rounded; the block says whether a half goes away from zero. What a result is: a decimal if one of us is and digits can write it, a whole number if it is one, else a fraction.'
                scaled: n Half: isUp = (| all. quotient. rest |
                    all: numerator abs * (10 power: n).
                    quotient: all / denominator.
                    rest: (all % denominator) * 2.
                    ((rest > denominator) || [ (rest = denominator) && [ isUp value: quotient ] ]) ifTrue: [
                        quotient: quotient + 1 ].
                    numerator < 0 ifTrue: [ quotient negate ] False: [ quotient ] ).
                ratio: n Over: d With: a = (| result |
                    result: globals fraction numerator: n Denominator: d.
                    result isDecimal || [ isDecimal || [ a isDecimal ] ] ifTrue: [
                        ^ result asDecimalIfFail: result ].
                    result ).
            }
            {'Category: printing\x7fComment: Decimals in digits, fractions with a stroke.'
                asString = ( printString ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of decimals and of fractions.'
        decimal = (| {} = 'Comment: I am an exact number with a point.'.
            parent* = traits exactNumber.

            {'Category: creating\x7fComment: By the whole number that my digits make, and how many of them stand after the point; by a text.'
                copyCoefficient: c Scale: s = ( (clone coefficient: c) scale: s ).
                from: text = (
                    from: text IfFail: [ error: text printString, ' is no decimal number' ] ).
                from: text IfFail: a = (| dot. digits. bare |
                    dot: text indexOf: '.'.
                    digits: dot < 0 ifTrue: [ text ] False: [
                        (text copyFrom: 0 UpTo: dot), (text copyFrom: dot + 1) ].
                    bare: ('-' isPrefixOf: digits) || [ '+' isPrefixOf: digits ]
                        ifTrue: [ digits copyFrom: 1 ]
                        False: [ digits ].
                    (bare isEmpty not && [ bare allSatisfy: [ |:c| c isDigit ] ]) ifFalse: [
                        ^ a value: text ].
                    bare: bare asInteger.
                    copyCoefficient: (('-' isPrefixOf: digits) ifTrue: [ bare negate ] False: bare)
                        Scale: (dot < 0 ifTrue: 0 False: [ text size - (dot + 1) ]) ).
            }
            {'Category: parts\x7fComment: As a fraction, not cancelled.'
                numerator = ( coefficient ).
                denominator = ( 10 power: scale ).
            }
            {'Category: testing\x7fComment: I am a decimal.'
                isDecimal = true.
            }
            {'Category: arithmetic\x7fComment: As many digits as the longer one has; for products as both have together.'
                + a = (| n |
                    (hasDigits: a) ifFalse: [ ^ resend.+ a ].
                    n: scale max: a decimalScale.
                    copyCoefficient: (coefficientAt: n) + (a coefficientAt: n) Scale: n ).
                - a = (| n |
                    (hasDigits: a) ifFalse: [ ^ resend.- a ].
                    n: scale max: a decimalScale.
                    copyCoefficient: (coefficientAt: n) - (a coefficientAt: n) Scale: n ).
                * a = (
                    (hasDigits: a) ifFalse: [ ^ resend.* a ].
                    copyCoefficient: coefficient * (a coefficientAt: a decimalScale)
                        Scale: scale + a decimalScale ).
                negate = ( copyCoefficient: coefficient negate Scale: scale ).
            }
            {'Category: converting\x7fComment: Myself.'
                asDecimal = ( self ).
                asDecimalIfFail: a = ( self ).
            }
            {'Category: printing\x7fComment: All digits. Example: (\'0.10\' asDecimal + \'0.20\' asDecimal) printString >>> \'0.30\'.'
                printString = (| digits. cut |
                    scale = 0 ifTrue: [ ^ coefficient printString ].
                    digits: coefficient abs printString padOnLeft: scale + 1 With: '0'.
                    cut: digits size - scale.
                    (coefficient < 0 ifTrue: '-' False: ''), (digits copyFrom: 0 UpTo: cut), '.'
                        , (digits copyFrom: cut) ).
                storeString = ( '\'', printString, '\' asDecimal' ).
            }
            {'Category: private\x7fComment: My digits as if so many stood after the point.'
                coefficientAt: n = ( coefficient * (10 power: n - scale) ).
                decimalScale = ( scale ).
                hasDigits: a = ( ((reflect: a) understands: 'decimalScale') ).
            }
        |).

        fraction = (| {} = 'Comment: I am a fraction in lowest terms, and no whole number.'.
            parent* = traits exactNumber.

            {'Category: creating\x7fComment: In lowest terms: a whole number if it is one.'
                numerator: n Denominator: d = (| divisor. sign |
                    d = 0 ifTrue: [
                        ^ primitiveFailedError: 'divisionByZeroError'
                            Name: 'numerator:Denominator:' ].
                    divisor: (n abs gcd: d abs) max: 1.
                    sign: d < 0 ifTrue: -1 False: 1.
                    d abs = divisor ifTrue: [ ^ (n / divisor) * sign ].
                    copyNumerator: (n / divisor) * sign Denominator: d abs / divisor ).
                copyNumerator: n Denominator: d = ( (clone numerator: n) denominator: d ).
            }
            {'Category: testing\x7fComment: I am no decimal.'
                isDecimal = false.
            }
            {'Category: converting\x7fComment: With the digits that it takes, if there is an end to them.'
                asDecimalIfFail: a = (| d. twos <- 0. fives <- 0. n |
                    d: denominator.
                    [ d even ] whileTrue: [ d: d / 2. twos: twos + 1 ].
                    [ (d % 5) = 0 ] whileTrue: [ d: d / 5. fives: fives + 1 ].
                    d = 1 ifFalse: [ ^ a value ].
                    n: twos max: fives.
                    decimal copyCoefficient: numerator * ((10 power: n) / denominator) Scale: n ).
            }
            {'Category: printing\x7fComment: With a stroke.'
                printString = ( numerator printString, '/', denominator printString ).
                storeString = (
                    '(', numerator printString, ' over: ', denominator printString, ')' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: numbers\x7fComment: Prototypes of exact numbers: use \'1.50\' asDecimal, 1 over: 3.'
        decimal = (| {} = 'Comment: The prototype of decimals.'.
            parent* = traits decimal.
            {'Category: parts\x7fComment: My digits as a whole number; how many stand after the point.'
                coefficient <- 0.
                scale <- 0.
            }
        |).
        fraction = (| {} = 'Comment: The prototype of fractions.'.
            parent* = traits fraction.
            {'Category: parts\x7fComment: Above and below the stroke; the denominator is greater than one.'
                numerator <- 1.
                denominator <- 2.
            }
        |).
    }
|)

traits number _AddSlots: (|
    {'Category: exact numbers\x7fComment: Whether arithmetic with me is exact and has a numerator.'
        isExact = false.
        isDecimal = false.
    }
|)

traits integer _AddSlots: (|
    {'Category: exact numbers\x7fComment: I as a fraction or decimal; I divided without a rest. Example: 1 over: 3 >>> 1/3. Example: (2 over: 4) + (1 over: 2) >>> 1.'
        isExact = true.
        numerator = ( self ).
        denominator = 1.
        decimalScale = 0.
        coefficientAt: n = ( self * (10 power: n) ).
        asDecimal = ( decimal copyCoefficient: self Scale: 0 ).
        asDecimalIfFail: a = ( asDecimal ).
        asFraction = ( self ).
        over: d = (
            0 = d ifTrue: [ ^ primitiveFailedError: 'divisionByZeroError' Name: 'over:' ].
            globals fraction numerator: self Denominator: d ).
    }
|)

traits float _AddSlots: (|
    {'Category: exact numbers\x7fComment: My exact value; the decimal of my shortest digits. Example: 0.25 asFraction >>> 1/4. Example: 0.1 asDecimal >>> 0.1.'
        asFraction = (| m. n <- 0 |
            m: self.
            [ m isWhole ] whileFalse: [ m: m * 2.0. n: n + 1 ].
            m asBigInteger normalize over: (2 power: n) ).
        asDecimal = ( asDecimalIfFail: [ error: printString, ' is no decimal' ] ).
        asDecimalIfFail: a = (| text. i. digits. e |
            isFinite ifFalse: [ ^ a value ].
            text: printString.
            i: text indexOf: 'e'.
            i < 0 ifTrue: [ ^ decimal from: text ].
            digits: decimal from: (text copyFrom: 0 UpTo: i).
            e: ((text copyFrom: i + 1) replaceAll: '+' With: '') asInteger - digits scale.
            e < 0 ifTrue: [ decimal copyCoefficient: digits coefficient Scale: e negate ] False: [
                decimal copyCoefficient: digits coefficient * (10 power: e) Scale: 0 ] ).
    }
|)

traits string _AddSlots: (|
    {'Category: exact numbers\x7fComment: The decimal that my digits tell. Example: \'12.50\' asDecimal * 3 >>> 37.50.'
        asDecimal = ( decimal from: self ).
        asDecimalIfFail: a = ( decimal from: self IfFail: a ).
    }
|)
