"Plain data: nil, booleans, numbers, strings, byte vectors, vectors and lists, and
dictionaries whose keys are strings or whole numbers. JSON and MessagePack say no
more. Whoever is something else tells what it is in these terms by `asPlainData`."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: A text or bytes are not what they should be: the message tells where. What an object can\'t be written as.'
        format = (errors any copyName: 'format') _AddSlots: (|
            describe: e = ( 'Error: ', e messageText, '.' ).
        |).
    }
|)

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour that the formats of plain data share.'
        dataFormat = (| {} = 'Comment: I am what formats of plain data share.'.
            parent* = traits clonable.

            {'Category: private\x7fComment: The machine makes copies of these, and knows them when it writes.'
                prototypes = (| v |
                    "Asked for with every packet: no collector, which takes longer than the rest."
                    v: vector copySize: 7.
                    v at: 0 Put: dictionary.
                    v at: 1 Put: list.
                    v at: 2 Put: mutableString.
                    v at: 3 Put: byteVector.
                    v at: 4 Put: vector.
                    v at: 5 Put: decimal.
                    v at: 6 Put: orderedDictionary.
                    v ).
            }
            {'Category: private\x7fComment: The block writes an object, and tells the other block why it can\'t. What is no plain data is asked what it is, and so is what it says.'
                write: x By: b = (| y. word. out |
                    y: x.
                    8 do: [
                        word: nil.
                        out: b value: y With: [ |:e| word: e. nil ].
                        word ifNil: [ ^ out ].
                        word = 'unknownKindError' ifFalse: [
                            ^ explain: word To: [ |:why| complain: why ] ].
                        y: y asPlainData ].
                    explain: word To: [ |:why| complain: why ] ).
            }
            {'Category: private\x7fComment: The block gets a complaint without the word that it begins with.'
                explain: complaint To: blk = (| i |
                    i: complaint indexOf: ': '.
                    blk value: (i < 0 ifTrue: [ explainWord: complaint ] False: [
                        complaint copyFrom: i + 2 ]) ).
                explainWord: word = (
                    word = 'unknownKindError' ifTrue: [
                        ^ 'it holds something that is no plain data' ].
                    word = 'overflowError' ifTrue: [ ^ 'it is too large here' ].
                    word = 'outOfMemoryError' ifTrue: [ ^ 'there is no memory left for it' ].
                    word = 'badTypeError' ifTrue: [ ^ 'this is no text' ].
                    word ).
                complain: text = ( (errors format copyReceiver: self Message: text) signal ).
            }
        |).
    }
|)

defaultBehavior _AddSlots: (|
    {'Category: converting\x7fComment: What formats such as JSON write for me: nil, a boolean, a number, a string, a vector, list or dictionary of such. Define it for objects of your own.'
        asPlainData = (
            (errors format
                copyReceiver: self
                Message: (reflect: self) safePrintString
                    , ' is no plain data: give it a method asPlainData') signal ).
    }
|)

traits number _AddSlots: (|
    {'Category: converting\x7fComment: I am plain data.'
        asPlainData = ( self ).
    }
|)

traits fraction _AddSlots: (|
    {'Category: converting\x7fComment: Only a decimal says it in digits.'
        asPlainData = (
            (errors format
                copyReceiver: self
                Message: printString
                    , ' is no plain data: take its asFloat, or round it by roundTo:') signal ).
    }
|)

traits string _AddSlots: (|
    {'Category: converting\x7fComment: I am plain data.'
        asPlainData = ( asString ).
    }
|)

traits byteVector _AddSlots: (|
    {'Category: converting\x7fComment: I am plain data.'
        asPlainData = ( self ).
    }
|)

nil _AddSlots: (|
    {'Category: converting\x7fComment: I am plain data.'
        asPlainData = ( self ).
    }
|)

traits boolean _AddSlots: (|
    {'Category: converting\x7fComment: I am plain data.'
        asPlainData = ( self ).
    }
|)

traits collection _AddSlots: (|
    {'Category: converting\x7fComment: A vector of what my elements are as plain data.'
        asPlainData = (| l |
            l: list copyRemoveAll.
            do: [ |:e| l addLast: e asPlainData ].
            l asVector ).
    }
|)

traits dictionary _AddSlots: (|
    {'Category: converting\x7fComment: My keys as they are, or as they print, with my values as plain data.'
        asPlainData = (| d |
            d: plainCopy.
            do: [ |:v. :k|
                d
                    at: (k isString || [ k isInteger ] ifTrue: [ k ] False: [ k printString ])
                    Put: v asPlainData ].
            d ).
        plainCopy = ( globals dictionary copyRemoveAll ).
    }
|)

traits orderedDictionary _AddSlots: (|
    {'Category: private\x7fComment: My keys keep their order.'
        plainCopy = ( globals orderedDictionary copyRemoveAll ).
    }
|)
