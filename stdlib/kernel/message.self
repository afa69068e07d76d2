"A message as an object: to be sent later, or to tell what could not be sent."

traits _AddSlots: (|
    {'Category: sending\x7fComment: Behaviour of messages.'
        message = (| {} = 'Comment: I am a message: a selector, arguments, and whom they are for.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new message.'
                copyReceiver: r Selector: s = ( copyReceiver: r Selector: s Arguments: vector ).
                copyReceiver: r Selector: s With: a = (
                    copyReceiver: r Selector: s Arguments: (vector copySize: 1 FillingWith: a) ).
                copyReceiver: r Selector: s Arguments: v = (
                    copy receiver: r Selector: s Arguments: v ).
            }
            {'Category: changing\x7fComment: Whom, what, with what: all at once; one more argument.'
                receiver: r Selector: s = ( receiver: r Selector: s Arguments: vector ).
                receiver: r Selector: s With: a = ( (receiver: r Selector: s) addArgument: a ).
                receiver: r Selector: s With: a With: b = (
                    (receiver: r Selector: s With: a) addArgument: b ).
                receiver: r Selector: s With: a With: b With: c = (
                    (receiver: r Selector: s With: a With: b) addArgument: c ).
                receiver: r Selector: s With: a With: b With: c With: d = (
                    (receiver: r Selector: s With: a With: b With: c) addArgument: d ).
                receiver: r Selector: s Arguments: v = (
                    ((receiver: r) selector: s) arguments: v ).
                addArgument: a = ( arguments: (arguments copyAddLast: a) ).
            }
            {'Category: sending\x7fComment: Sends me, and answers what comes back.'
                send = ( sendTo: receiver ).
                sendTo: r = (| n. a |
                    a: arguments.
                    n: a size.
                    n = 0 ifTrue: [ ^ r _Perform: selector ].
                    n = 1 ifTrue: [ ^ r _Perform: selector With: (a at: 0) ].
                    n = 2 ifTrue: [ ^ r _Perform: selector With: (a at: 0) With: (a at: 1) ].
                    n = 3 ifTrue: [
                        ^ r _Perform: selector With: (a at: 0) With: (a at: 1) With: (a at: 2) ].
                    n = 4 ifTrue: [
                        ^ r
                            _Perform: selector
                            With: (a at: 0)
                            With: (a at: 1)
                            With: (a at: 2)
                            With: (a at: 3) ].
                    n = 5 ifTrue: [
                        ^ r
                            _Perform: selector
                            With: (a at: 0)
                            With: (a at: 1)
                            With: (a at: 2)
                            With: (a at: 3)
                            With: (a at: 4) ].
                    error: 'a message object takes at most five arguments' ).
                value = ( send ).
                sendIfFail: blk = ( [ send ] ifError: [ |:e| blk value: e description ] ).
            }
            {'Category: testing\x7fComment: Whether I was sent as a resend; to one parent by its name; to all.'
                isResend = ( isDirectedResend || [ isUndirectedResend ] ).
                isDirectedResend = ( type = 'directedResend' ).
                isUndirectedResend = ( type = 'undirectedResend' ).
            }
            {'Category: printing\x7fComment: As one would write me, with the arguments after the parts of the selector.'
                printString = (| s |
                    s: (reflect: receiver) safePrintString, ' ', selector.
                    arguments do: [ |:a| s: s, ' ', (reflect: a) safePrintString ].
                    s ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: sending\x7fComment: Prototype of messages.'
        message = (| {} = 'Comment: The prototype of messages.'.
            parent* = traits message.

            {'Category: parts\x7fComment: What is sent, to whom, with what.'
                receiver.
                selector <- ''.
                arguments <- vector.
            }
            {'Category: failed lookups\x7fComment: Kind of send, delegate, method holder of resends, and the exception that tells of the failure.'
                type <- 'normal'.
                delegatee.
                methodHolder.
                lookupError.
            }
        |).
    }
|)
