"Texts with places in them:

  '{} has {} items' format: 'Ada' & 3
  '{name:<10}{total:>10.2}' format: a dictionary
  '{0:>8,.2}' format: 1234.5              '1,234.50'

A place is `{what:how}`: what is nothing (the next value), a number (the key of a
value) or a name (the key of a dictionary, or a message to the only value). How is

  [[fill] < > ^ or =] [+ or blank] [0] [width] [,] [.digits] [d f e x X b o % s]

with < left, > right, ^ middle, = between sign and digits. Widths are columns of a
terminal. {{ and }} are braces."

traits string _AddSlots: (|
    {'Category: formatting\x7fComment: My places filled with values: of a collection by position, of a dictionary by name, or the only one. Example: \'{} and {}\' format: 1 & 2 >>> \'1 and 2\'. Example: \'{:>6.2}|{:<4}|\' format: 3.14159 & \'ab\' >>> \'  3.14|ab  |\'. Example: \'{:,}\' format: 1234567 >>> \'1,234,567\'.'
        format: values = ( (textFormat copyPattern: self Values: values) contents ).
        formatted: values = ( format: values ).
    }
|)

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of fillers of places in texts.'
        textFormat = (| {} = 'Comment: I fill the places of a text, once.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a text and what belongs in it.'
                copyPattern: p Values: v = (
                    (((clone pattern: p) values: (asValues: v)) out: stringWriter copyRemoveAll) next: 0 ).
                asValues: v = (
                    ((reflect: v) understands: 'isDictionary') ifTrue: [ ^ v ].
                    v isString not && [ v isCollection ] ifTrue: [ v asVector ] False: [
                        vector copySize: 1 FillingWith: v ] ).
            }
            {'Category: filling\x7fComment: The text with its places filled.'
                contents = (| i <- 0. n |
                    n: pattern byteSize.
                    [ i < n ] whileTrue: [ | b |
                        b: pattern byteAt: i.
                        (b = 123) || [ b = 125 ] ifTrue: [ i: braceAt: i Of: n ] False: [
                            out writeByte: b.
                            i: i + 1 ] ].
                    out contents ).
            }
            {'Category: private\x7fComment: A brace at a byte; where to go on after it.'
                braceAt: i Of: n = (| b. end |
                    b: pattern byteAt: i.
                    ((i + 1) < n) && [ b = (pattern byteAt: i + 1) ] ifTrue: [
                        out writeByte: b.
                        ^ i + 2 ].
                    b = 125 ifTrue: [ complain: 'a } without its {: write }} for a brace' ].
                    end: pattern indexOfByte: 125 From: i.
                    end < 0 ifTrue: [ complain: 'a { without its }: write {{ for a brace' ].
                    fill: (pattern copyBytesFrom: i + 1 UpTo: end).
                    end + 1 ).
                fill: place = (| i. what. how |
                    i: place indexOf: ':'.
                    what: i < 0 ifTrue: [ place ] False: [ place copyFrom: 0 UpTo: i ].
                    how: i < 0 ifTrue: '' False: [ place copyFrom: i + 1 ].
                    out write: ((textFormatPlace copyParse: how For: place) format: (valueOf: what
                        trim)) ).
                complain: text = ( (errors format copyReceiver: pattern Message: text) signal ).
            }
            {'Category: private\x7fComment: What is to be filled in.'
                valueOf: what = (
                    what isEmpty ifTrue: [ next: next + 1. ^ valueAt: next - 1 ].
                    valueAt: (what asIntegerIfFail: [ ^ valueNamed: what ]) ).
                valueAt: i = (
                    values at: i IfAbsent: [
                        complain: 'there is no value for the place number ', i printString ] ).
                valueNamed: n = (
                    ((reflect: values) understands: 'isDictionary') ifTrue: [
                        ^ values at: n canonicalize IfAbsent: [
                            complain: 'there is no value with the name ', n printString ] ].
                    values size = 1 ifFalse: [
                        complain: 'names such as ', n printString
                            , ' need a dictionary or one object' ].
                    n canonicalize sendTo: (values at: 0) ).
            }
        |).

        textFormatPlace = (| {} = 'Comment: I say how a value is written: side, sign, width, digits, kind.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From its text, for the place that is blamed for mistakes in it.'
                copyParse: text For: place = ( (clone parse: text For: place) ).
                parse: text For: place = (| m |
                    m: grammar firstIn: text IfAbsent: [
                        (errors format
                            copyReceiver: place
                            Message: 'what is written after the colon of {', place
                                , '} is no format') signal ].
                    fill: ((m at: 'fill') ifNil: ' ').
                    side: (m at: 'side').
                    sign: ((m at: 'sign') ifNil: '').
                    (m at: 'zero') isNil not && [ side isNil ] ifTrue: [ fill: '0'. side: '=' ].
                    width: (m at: 'width') ifNil: 0 IfNotNil: [ |:w| w asInteger ].
                    groups: (m at: 'groups') isNil not.
                    precision: (m at: 'precision') ifNil: nil IfNotNil: [ |:p| p asInteger ].
                    (width max: (precision ifNil: 0)) > 10000 ifTrue: [
                        (errors format copyReceiver: place Message: 'widths end at 10000') signal ].
                    kind: ((m at: 'kind') ifNil: '').
                    self ).
                grammar = (
                    regex matching: '\\A(?:(?P<fill>.)?(?P<side>[<>=^]))?(?P<sign>[+ ])?(?P<zero>0)?(?P<width>[0-9]+)?(?P<groups>,)?(?:\\.(?P<precision>[0-9]+))?(?P<kind>[dfexXbos%])?\\z' ).
            }
            {'Category: formatting\x7fComment: A value as I say.'
                format: x = (
                    x isNumber && [ kind != 's' ] ifTrue: [ formatNumber: x ] False: [ | s |
                        s: x isString ifTrue: [ x ] False: [ x printString ].
                        precision ifNotNil: [ s: s take: precision ].
                        pad: s Sign: '' Side: (side ifNil: '<') ] ).
                formatNumber: x = (| digits. negative |
                    negative: x < 0.
                    digits: digitsOf: x abs.
                    groups ifTrue: [ digits: group: digits ].
                    pad: digits Sign: (negative ifTrue: '-' False: sign) Side: (side ifNil: '>') ).
            }
            {'Category: private\x7fComment: A number that is not negative in digits; in groups of three; filled up.'
                digitsOf: x = (
                    kind = 'x' ifTrue: [ ^ (whole: x) printStringBase: 16 ].
                    kind = 'X' ifTrue: [ ^ ((whole: x) printStringBase: 16) asUppercase ].
                    kind = 'b' ifTrue: [ ^ (whole: x) printStringBase: 2 ].
                    kind = 'o' ifTrue: [ ^ (whole: x) printStringBase: 8 ].
                    kind = '%' ifTrue: [ ^ (fixed: x * 100 Digits: (precision ifNil: 0)), '%' ].
                    kind = 'e' ifTrue: [ ^ scientific: x asFloat Digits: (precision ifNil: 6) ].
                    kind = 'f' ifTrue: [ ^ fixed: x Digits: (precision ifNil: 6) ].
                    precision ifNotNil: [ ^ fixed: x Digits: precision ].
                    kind = 'd' ifTrue: [ (whole: x) printString ] False: [ x printString ] ).
                whole: x = (
                    x isInteger ifTrue: [ x ] False: [
                        error: x printString, ' is no whole number, as {:', kind, '} wants one' ] ).
                fixed: x Digits: n = (
                    x isFloat ifTrue: [ x printStringPrecision: n ] False: [
                        ((x isInteger ifTrue: [ x asDecimal ] False: [ x ]) roundTo: n)
                            printString ] ).
                scientific: x Digits: n = (| exponent <- 0 |
                    x = 0.0 ifFalse: [
                        exponent: x log10 floor.
                        ((x / (10.0 power: exponent)) printStringPrecision: n) asFloat >= 10.0 ifTrue: [
                            exponent: exponent + 1 ] ].
                    ((x / (10.0 power: exponent)) printStringPrecision: n), 'e'
                        , exponent printString ).
                group: digits = (| end. out |
                    end: digits indexWhere: [ |:c| c isDigit not ].
                    end < 0 ifTrue: [ end: digits size ].
                    out: stringWriter copyRemoveAll.
                    end do: [ |:i|
                        (i > 0) && [ ((end - i) % 3) = 0 ] ifTrue: [ out write: ',' ].
                        out write: (digits at: i) ].
                    out write: (digits copyFrom: end).
                    out contents ).
                pad: s Sign: mark Side: place = (| room. left |
                    room: (width - (s columns + mark columns)) max: 0.
                    place = '=' ifTrue: [ ^ mark, (fill * room), s ].
                    place = '>' ifTrue: [ ^ (fill * room), mark, s ].
                    place = '<' ifTrue: [ ^ mark, s, (fill * room) ].
                    left: room / 2.
                    (fill * left), mark, s, (fill * (room - left)) ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Prototypes: use a string and format:.'
        textFormat = (| {} = 'Comment: The prototype of fillers of places.'.
            parent* = traits textFormat.
            {'Category: private\x7fComment: The text, what belongs in it, what is done, and the next value.'
                pattern <- ''.
                values <- vector.
                out.
                next <- 0.
            }
        |).
        textFormatPlace = (| {} = 'Comment: The prototype of formats of a place.'.
            parent* = traits textFormatPlace.
            {'Category: private\x7fComment: What stands in for missing columns, on which side the value is, and so on.'
                fill <- ' '.
                side.
                sign <- ''.
                width <- 0.
                groups <- false.
                precision.
                kind <- ''.
            }
        |).
    }
|)
