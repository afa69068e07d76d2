"The kinds of errors, a small tree under `errors any`. A kind makes exceptions,
says which it takes, how they read, and what happens if nobody takes them."

traits _AddSlots: (|
    {'Category: errors\x7fComment: Behaviour of kinds of errors.'
        errorKind = (| {} = 'Comment: I am a kind of error.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: An exception of my kind; or a new kind below me.'
                copyReceiver: r Message: text = (
                    exception copyKind: self Receiver: r Message: text ).
                signal: text = ( (copyReceiver: self Message: text) signal ).
                copyName: n = ( (copy name: n) above: self ).
            }
            {'Category: testing\x7fComment: Is that kind me, or one above me? Do I take this exception?'
                isBelow: k = ( (== k) || [ above isNotNil && [ above isBelow: k ] ] ).
                handles: e = ( e isKind: self ).
            }
            {'Category: reporting\x7fComment: The text a user reads.'
                describe: e = (
                    'Error: ', (ended: e messageText), ' Receiver is: ', e receiverString, '.' ).
                ended: text = (
                    (text isEmpty || [ (text last = '.') not ]) ifTrue: [ text, '.' ] False: [
                        text ] ).
                printString = ( 'errors ', name ).
            }
            {'Category: reporting\x7fComment: What happens to an exception nobody took: the process stops and complains.'
                unhandled: e = ( e suspendProcess ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: errors\x7fComment: Prototype of kinds of errors.'
        errorKind = (| {} = 'Comment: The prototype of kinds of errors.'.
            parent* = traits errorKind.

            {'Category: parts\x7fComment: My name, and the kind that includes me.'
                name <- 'any'.
                above.
            }
        |).
    }
    {'Category: errors\x7fComment: All kinds of errors by name.'
        errors = (| {} = 'Comment: I know the kinds of errors.'. parent* = traits oddball. |).
    }
|)

errors _AddSlots: (|
    {'Category: kinds\x7fComment: Every error is below any.'
        any = errorKind copy.
    }
|)

errors _AddSlots: (|
    {'Category: kinds\x7fComment: Sent by programs: error:, halt, assertions, an expired time limit.'
        user = errors any copyName: 'user'.
        halt = errors any copyName: 'halt'.
        assertion = errors any copyName: 'assertion'.
        timeout = errors any copyName: 'timeout'.
    }
    {'Category: kinds\x7fComment: Messages that found no slot, or several. Filled in by lookupError.self.'
        lookup = errors any copyName: 'lookup'.
    }
    {'Category: kinds\x7fComment: The process lacks something to go on: stack, memory, fuel that a program gave it. Handlers may leave what it is at, and have a little of it for that.'
        lack = (errors any copyName: 'lack') _AddSlots: (| describe: e = ( e messageText ) |).
    }
    {'Category: kinds\x7fComment: Primitives that failed.'
        primitive = (errors any copyName: 'primitive') _AddSlots: (|
            describe: e = (
                e details = '_RunScript' ifTrue: [
                    ^ 'can\'t run the file ', e receiverString, ': '
                        , (errors wordsForSystem: e messageText), '.' ].
                (errors reasonOf: e) ifNotNil: [ |:text| ^ text ].
                e messageText, ': the \'', e details, '\' primitive failed. Its receiver was '
                    , e receiverString, '.' ).
        |).
    }
    {'Category: kinds\x7fComment: Going back in the history of an image would lose what is not committed.'
        uncommitted = (errors any copyName: 'uncommitted') _AddSlots: (|
            describe: e = ( e messageText, '.' ).
        |).
    }
    {'Category: kinds\x7fComment: Collections asked for what they do not have.'
        missing = errors any copyName: 'missing'.
    }
|)

errors _AddSlots: (|
    {'Category: kinds\x7fComment: Failures of primitives that have a kind of their own.'
        zeroDivide = (errors primitive copyName: 'zeroDivide') _AddSlots: (|
            describe: e = (
                e receiverString, ' can\'t be divided by zero (divisionByZeroError: the \''
                    , e details, '\' primitive failed).' ).
        |).
        index = (errors primitive copyName: 'index') _AddSlots: (|
            describe: e = (
                ('badIndexError: ' isPrefixOf: e messageText)
                    ifTrue: [ e messageText copyFrom: 15 ]
                    False: [ errors primitive describe: e ] ).
            signalFor: x Index: i Name: n = (| last |
                last: x size - 1.
                ((copyReceiver: x
                    Message: 'badIndexError: there is no element ', i printString, ' in '
                        , (reflect: x) safePrintString
                        , (last < 0 ifTrue: ', which is empty' False: [
                            ', whose elements are 0 to ', last printString ]), '.') details: n)
                    signal ).
        |).
        deadHome = errors primitive copyName: 'deadHome'.
        type = (errors primitive copyName: 'type') _AddSlots: (|
            describe: e = (
                ('badTypeError: ' isPrefixOf: e messageText) && [ e details isNil ]
                    ifTrue: [ errors toldByMessage: e Text: (e messageText copyFrom: 14) ]
                    False: [ errors primitive describe: e ] ).
            signalFor: x Argument: y Operator: o = (| name |
                name: (reflect: y) safePrintString.
                (copyReceiver: x
                    Message: 'badTypeError: ', name, ' is no number: '
                        , (reflect: x) safePrintString, ' ', o, ' ', name, ' has no value.')
                    signal ).
            signalFor: x Argument: y Wanted: kind Operator: o Help: text = (| name |
                name: (reflect: y) safePrintString.
                (copyReceiver: x
                    Message: 'badTypeError: ', name, ' is no ', kind, ': '
                        , (reflect: x) safePrintString, ' ', o, ' ', name, ' has no value; '
                        , text, '.') signal ).
        |).
        overflow = errors primitive copyName: 'overflow'.
    }
    {'Category: kinds\x7fComment: What a process can lack.'
        stackOverflow = errors lack copyName: 'stackOverflow'.
        outOfMemory = errors lack copyName: 'outOfMemory'.
        outOfFuel = errors lack copyName: 'outOfFuel'.
        lackCalled: text = (
            ('stackOverflowError' isPrefixOf: text) ifTrue: [ ^ stackOverflow ].
            ('outOfMemoryError' isPrefixOf: text) ifTrue: [ ^ outOfMemory ].
            'out of fuel' = text ifTrue: [ ^ outOfFuel ].
            lack ).
    }
    {'Category: kinds\x7fComment: The exception for a primitive that failed with a word such as badTypeError.'
        forPrimitiveError: word Name: name Receiver: r = (
            ((kindForWord: word) copyReceiver: r Message: word) details: name ).
        wordsForSystem: name = (
            ('ENOENT' isPrefixOf: name) ifTrue: [ ^ 'there is no such file (ENOENT)' ].
            ('EACCES' isPrefixOf: name) ifTrue: [ ^ 'that is not allowed (EACCES)' ].
            ('EISDIR' isPrefixOf: name) ifTrue: [ ^ 'it is a directory (EISDIR)' ].
            ('ENOTDIR' isPrefixOf: name) ifTrue: [ ^ 'that is no directory (ENOTDIR)' ].
            ('EEXIST' isPrefixOf: name) ifTrue: [ ^ 'it is there already (EEXIST)' ].
            ('ENOTEMPTY' isPrefixOf: name) ifTrue: [ ^ 'it is not empty (ENOTEMPTY)' ].
            ('ENOSPC' isPrefixOf: name) ifTrue: [ ^ 'there is no room left (ENOSPC)' ].
            name ).
        kindForWord: word = (
            ('divisionByZeroError' isPrefixOf: word) ifTrue: [ ^ zeroDivide ].
            ('badTypeError' isPrefixOf: word) ifTrue: [ ^ type ].
            ('badIndexError' isPrefixOf: word) ifTrue: [ ^ index ].
            ('deadHomeError' isPrefixOf: word) ifTrue: [ ^ deadHome ].
            ('overflowError' isPrefixOf: word) ifTrue: [ ^ overflow ].
            ('outOfMemoryError' isPrefixOf: word) ifTrue: [ ^ outOfMemory ].
            primitive ).
    }
|)
