"Exceptions and their handlers.

  [ ... ] on: errors zeroDivide Do: [|:e| e return: 0 ]

A handler is anything that understands `handles:`: a kind of error, a block that
judges, several kinds joined by `&`-collectors. It runs on top of the place that
signalled, so that it can still decide how to go on:

  e return: v     leave the guarded block with v (falling off the end does this)
  e resume: v     go on where the error happened, as if the message had given v
  e retry         evaluate the guarded block again
  e pass          let outer handlers look

Handlers are a linked list in the state of the process. Everything rests on
non-local returns: a handler holds the block that returns from its on:Do:, an
exception the block that returns from its signal."

traits _AddSlots: (|
    {'Category: errors\x7fComment: Behaviour of exceptions.'
        exception = (| {} = 'Comment: I tell what went wrong and let handlers decide how to go on.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new exception of a kind.'
                copyKind: k Receiver: r Message: m = (
                    ((copy kind: k) receiver: r) messageText: m ).
            }
            {'Category: signalling\x7fComment: Finds a handler and lets it decide; without one the kind does. The value is what I am resumed with.'
                signal = ( offerTo: process this state handlers ).
                signal: text = ( messageText: text. signal ).
                unhandled = ( kind unhandled: self ).
                suspendProcess = ( process this suspend: description ).
            }
            {'Category: private\x7fComment: Looks for a handler, from one on outward, and lets it decide. While a handler judges or runs, only those outside it are in force; what I knew of another one that looks at me is known again afterwards, however that comes.'
                offerTo: first = (| state. handler |
                    state: process this state.
                    handler: first.
                    [ handler isNil ] whileFalse: [
                        (isTakenBy: handler State: state) ifTrue: [ ^ run: handler State: state ].
                        handler: handler outer ].
                    unhandled ).
                isTakenBy: handler State: state = (| inForce |
                    inForce: state handlers.
                    [ state handlers: handler outer. handler handles: self ] ensure: [
                        state handlers: inForce ] ).
                run: handler State: state = (| inForce. active. before |
                    inForce: state handlers.
                    active: activeHandler.
                    before: resumer.
                    [
                        activeHandler: handler.
                        resumer: [ |:v| ^ v ].
                        state handlers: handler outer.
                        handler exit value: (handler action value: self) ] ensure: [
                        state handlers: inForce.
                        activeHandler: active.
                        resumer: before ] ).
            }
            {'Category: going on\x7fComment: For handlers, while they look at me. See the comment of the file.'
                return = ( return: nil ).
                return: v = ( handlerInCharge exit value: v ).
                resume = ( resume: nil ).
                resume: v = ( handlerInCharge. resumer value: v ).
                retry = ( return: retryMark ).
                pass = ( resume: (offerTo: handlerInCharge outer) ).
                handlerInCharge = (
                    activeHandler ifNil: [ error: 'no handler looks at this exception any more' ] ).
                retryMark = (| parent* = lobby |).
            }
            {'Category: testing\x7fComment: I am an exception; am I of this kind?'
                isException = true.
                isKind: k = ( kind isBelow: k ).
            }
            {'Category: printing\x7fComment: What a user should read.'
                description = ( kind describe: self ).
                receiverString = (| t |
                    t: (reflect: receiver) safePrintString.
                    t size > 240 ifTrue: [ (t copyFrom: 0 UpTo: 237), '...' ] False: [ t ] ).
                printString = ( 'an exception: ', description ).
            }
        |).
    }

    {'Category: errors\x7fComment: Behaviour of exception handlers.'
        exceptionHandler = (| {} = 'Comment: I am a handler in force: what I take, what I do, whom I hide.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new handler.'
                copyKind: k Action: a Exit: x Outer: o = (
                    (((copy kind: k) action: a) exit: x) outer: o ).
            }
            {'Category: testing\x7fComment: Do I take this exception?'
                handles: e = ( kind handles: e ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: errors\x7fComment: Prototype of exceptions.'
        exception = (| {} = 'Comment: The prototype of exceptions.'.
            parent* = traits exception.

            {'Category: parts\x7fComment: What sort of failure, whose, in which words, and details for the kind.'
                kind.
                receiver.
                messageText <- ''.
                details.
            }
            {'Category: private\x7fComment: Set while a handler looks at me.'
                activeHandler.
                resumer.
            }
        |).
        exceptionHandler = (| {} = 'Comment: The prototype of exception handlers.'.
            parent* = traits exceptionHandler.

            {'Category: parts\x7fComment: What I take, what I do, the way out, the next one outside.'
                kind.
                action.
                exit.
                outer.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: errors\x7fComment: Stands where a block for the case of failure is wanted: a failure is to be an error.'
        raiseError = (| {} = 'Comment: I am the block for failures that makes an error of each.'.
            parent* = traits oddball.

            {'Category: evaluating\x7fComment: The first argument is the text of the error.'
                value = ( error: '' ).
                value: text = ( error: text asString ).
                value: text With: x = ( value: text ).
            }
        |).
    }
|)

traits block _AddSlots: (|
    {'Category: handling errors\x7fComment: Evaluates me; exceptions that the first argument takes go to the second. See exceptions.'
        on: kind Do: action = (| result |
            [ result: guardedBy: kind Action: action. exception retryMark == result ] whileTrue.
            result ).
        ifError: action = ( on: errors any Do: action ).
    }
    {'Category: handling errors\x7fComment: One try of on:Do:. The exit block returns from this activation.'
        guardedBy: kind Action: action = (| state. outer |
            state: process this state.
            outer: state handlers.
            [
                state handlers: (exceptionHandler
                    copyKind: kind
                    Action: action
                    Exit: [ |:v| ^ v ]
                    Outer: outer).
                value ] ensure: [ state handlers: outer ] ).
    }
    {'Category: handling errors\x7fComment: As the first argument of on:Do: I judge by my own value.'
        handles: e = ( value: e ).
    }
|)
