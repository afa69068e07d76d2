"Strings: text in UTF-8. Literals are canonical and cannot change; what is computed
is a mutableString. A character is a string of one code point, and keys and sizes
count code points; a byte that belongs to none counts as one. For text in ASCII that
costs no more than bytes do. The bytes themselves are at `byteAt:`, `byteSize`,
`asBytes`; what readers take for one sign at `graphemes`, and the room that text
takes on a terminal is `columns` (see utf8.self)."

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of all strings.'
        string = (| {} = 'Comment: I am the behaviour of strings, canonical and mutable.'.
            parent* = traits byteVector.

            {'Category: accessing\x7fComment: One character; how many there are. It may be put as a string of one character or as the number of a byte; it must take as many bytes as the one before.'
                at: i = ( _StringAt: i IfFail: [ |:e. :n| failedAt: i Error: e Name: n ] ).
                at: i Put: c = (| from |
                    c isString ifFalse: [ ^ byteAt: (byteOf: i) Put: c asByte ].
                    from: byteOf: i.
                    c byteSize = (at: i) byteSize ifFalse: [
                        ^ error: 'a character of another length can\'t be put in its place' ].
                    c byteSize = 1 ifTrue: [ ^ byteAt: from Put: c firstByte ].
                    copyRange: from From: c At: 0 Size: c byteSize ).
                at: i IfAbsent: a = ( _StringAt: i IfFail: [ a value: i ] ).
                size = ( _StringSizeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                firstByte = ( byteAt: 0 ).
                isEmpty = ( byteSize = 0 ).
            }
            {'Category: bytes\x7fComment: Where a character begins; which character a byte belongs to. Whether all characters are single bytes of ASCII. Example: \'aé€\' byteOf: 2 >>> 3. Example: \'aé€\' byteSize >>> 6.'
                byteOf: i = (
                    _StringOffset: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                indexOfByte: i = (
                    _StringIndexOfByte: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                isASCII = ( _StringIsAsciiIfFail: false ).
            }
            {'Category: iterating\x7fComment: The characters and their keys.'
                do: b = (| i <- 0. k <- 0. n. c |
                    n: byteSize.
                    isASCII ifTrue: [
                        [ i < n ] whileTrue: [
                            b value: (characters at: (byteAt: i)) With: i.
                            i: i + 1 ].
                        ^ self ].
                    [ i < n ] whileTrue: [
                        c: _StringAtByte: i IfFail: [ ^ self ].
                        b value: c With: k.
                        k: k + 1.
                        i: i + c byteSize ].
                    self ).
            }
            {'Category: testing\x7fComment: I am a string.'
                isString = true.
                isCanonical = ( _StringIsCanonicalIfFail: false ).
            }
            {'Category: copying\x7fComment: New strings are mutable. Of another length: cut, or filled up with blanks or the filler.'
                copySize: n = ( copySize: n FillingWith: 32 ).
                copySize: n FillingWith: c = (
                    (isASCII && [ c isString not || [ c byteSize = 1 ] ]) ifTrue: [
                        ^ _CloneBytes: n Filler: c asByte IfFail: [ |:e. :p|
                            primitiveFailedError: e Name: p ] ].
                    n <= size ifTrue: [ copyFrom: 0 UpTo: n ] False: [
                        self, ((c isString ifTrue: [ c ] False: [ c asCharacter ]) * (n - size)) ] ).
                copyBytes: n = (
                    mutableString _CloneBytes: n Filler: 0 IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: p ] ).
                copyFrom: start UpTo: end = (
                    _StringFrom: start UpTo: end Prototype: mutableString IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: 'copyFrom:UpTo:' ] ).
                copyReverse = (
                    _StringReverse: mutableString IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: p ] ).
                copyRemoveAll = ( mutableString copySize: 0 ).
                copyMutable = (
                    _ByteVectorConcatenate: '' Prototype: mutableString IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: p ] ).
                asMutableString = ( copyMutable ).
            }
            {'Category: copying\x7fComment: Me and another string; me n times.'
                , c = (
                    _ByteVectorConcatenate: c Prototype: mutableString IfFail: [ |:e. :p|
                        errors type
                            signalFor: self
                            Argument: c
                            Wanted: 'string'
                            Operator: ','
                            Help: '`printString` gives one' ] ).
                * n = (| out |
                    n isNumber ifFalse: [
                        ^ errors type
                            signalFor: self
                            Argument: n
                            Wanted: 'number'
                            Operator: '*'
                            Help: 'a string is repeated so many times' ].
                    out: stringWriter copyRemoveAll.
                    n do: [ out write: self ].
                    out contents ).
                repeat: n = ( self * n ).
            }
            {'Category: converting\x7fComment: The one literal with my bytes; my bytes as numbers.'
                canonicalize = (
                    _StringCanonicalizeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                asString = ( self ).
                asSymbol = ( canonicalize ).
                asByteVector = (
                    _ByteVectorConcatenate: '' Prototype: byteVector IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: p ] ).
                bytes = ( asByteVector ).
                asBytes = ( asByteVector ).
            }
            {'Category: transforming\x7fComment: Results are strings if the block gives characters.'
                mapBy: b = (| out. r |
                    out: stringWriter copyRemoveAll.
                    do: [ |:c. :i|
                        r: b value: c With: i.
                        r isString ifTrue: [ out write: r ] False: [ out writeByte: r asByte ] ].
                    out contents ).
                filterBy: b = (| out |
                    out: stringWriter copyRemoveAll.
                    do: [ |:c. :i| (b value: c With: i) ifTrue: [ out write: c ] ].
                    out contents ).
            }
            {'Category: comparing\x7fComment: Byte by byte.'
                hash = ( _ByteVectorHashIfFail: [ bytesHash ] ).
                min: s = ( self < s ifTrue: [ self ] False: [ s ] ).
                max: s = ( self > s ifTrue: [ self ] False: [ s ] ).
                compare: s IfLess: less Equal: equal Greater: greater = (
                    self < s ifTrue: [ less value ] False: [
                        self = s ifTrue: [ equal value ] False: [ greater value ] ] ).
            }
            {'Category: sending\x7fComment: I name a message: sends it to an object.'
                sendTo: r = ( r _Perform: canonicalize ).
                sendTo: r With: a = ( r _Perform: canonicalize With: a ).
                sendTo: r With: a With: b = ( r _Perform: canonicalize With: a With: b ).
                sendTo: r With: a With: b With: c = (
                    r _Perform: canonicalize With: a With: b With: c ).
                sendTo: r With: a With: b With: c With: d = (
                    r _Perform: canonicalize With: a With: b With: c With: d ).
                sendTo: r With: a With: b With: c With: d With: e = (
                    r _Perform: canonicalize With: a With: b With: c With: d With: e ).
                sendTo: r WithArguments: v = (
                    (message copyReceiver: r Selector: canonicalize Arguments: v) send ).
            }
            {'Category: printing\x7fComment: As a literal; as it is, on the console.'
                printString = ( quotedFor: self ).
                collectionName = 'a string'.
                print = ( stringPrint ).
                stringPrint = (
                    _StringPrintIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
                    console printed: self To: 'output'.
                    self ).
            }
            {'Category: evaluating\x7fComment: Evaluates me as code, with the lobby as self; the block gets what is wrong with my syntax.'
                eval = ( evaluate ).
                evalIfFail: a = (
                    (reflect: lobby) evaluateMethod: (parser mirrorFrom: self IfFail: [ |
                        :complaint
                        |
                        ^ a value: complaint ]) ).
            }
            {'Category: evaluating\x7fComment: A mirror on the method or object that I describe; runs the file that I name.'
                parseObjectBody = ( parser mirrorFrom: self ).
                parseObjectBodyIfFail: a = ( parser mirrorFrom: self IfFail: a ).
                runScriptIfFail: a = ( _RunScriptIfFail: [ |:e| a value: e ] ).
            }
            {'Category: printing\x7fComment: With control characters escaped, all but ends of lines and tabs; also in one line of sensible length, as names are shown.'
                legible = ( (_StringLegibleIfFail: [ printString ]) asString ).
                brief = ( (_StringBriefIfFail: [ printString ]) asString ).
            }
            {'Category: printing\x7fComment: As I am written in a literal, without the quotes.'
                escaped = (| q | q: quotedFor: self. q copyBytesFrom: 1 UpTo: q byteSize - 1 ).
            }
            {'Category: printing\x7fComment: A literal that reads back as the argument.'
                quotedFor: s = (| out |
                    out: stringWriter copyRemoveAll.
                    out writeByte: 39.
                    s bytesDo: [ |:b| writeEscaped: b On: out ].
                    out writeByte: 39.
                    out contents ).
                writeEscaped: b On: out = (
                    b >= 128 ifTrue: [ ^ out writeByte: b ].
                    b < 32 ifTrue: [
                        b = 10 ifTrue: [ ^ out write: '\\n' ].
                        b = 9 ifTrue: [ ^ out write: '\\t' ].
                        b = 13 ifTrue: [ ^ out write: '\\r' ].
                        b = 0 ifTrue: [ ^ out write: '\\0' ].
                        ^ out write: '\\x', ((b printStringBase: 16) padOnLeft: 2 With: '0') ].
                    b = 39 ifTrue: [ ^ out write: '\\\'' ].
                    b = 92 ifTrue: [ ^ out write: '\\\\' ].
                    b = 127 ifTrue: [ ^ out write: '\\x7f' ].
                    out writeByte: b ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of strings that can change.'
        mutableString = (| {} = 'Comment: I am the behaviour of strings that can change in place.'.
            parent* = traits string.
        |).
    }
|)

traits canonicalString _AddSlots: (| {} = 'Comment: I am the behaviour of literal strings: equal ones are the same object.'.
    parent* = traits string.

    {'Category: copying\x7fComment: There is only one of me; copyMutable gives one to change, and so does a copy of another length.'
        copy = ( self ).
        copySize: n FillingWith: c = ( copyMutable copySize: n FillingWith: c ).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Prototype of mutable strings.'
        mutableString = (byteVector _CloneIfFail: nil) _AddSlots: (|
            parent* = traits mutableString
        |).
    }
|)

traits string _AddSlots: (|
    {'Category: copying\x7fComment: What computed strings are copied from.'
        emptyCopy = mutableString.
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: The 256 strings of one byte, by code.'
        characters = vector copySize: 256 FillingWith: ''.
    }
|)

256 do: [ |:i|
    characters at: i Put: (mutableString _CloneBytes: 1 Filler: i IfFail: nil) canonicalize ]
