"Semaphores, locks and queues for processes that work together."

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of semaphores.'
        semaphore = (| {} = 'Comment: I count permits; who asks for one when there is none waits, in order of arrival.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With no permit; with one, for mutual exclusion; with n.'
                copy = ( copyCount: 0 ).
                copyBinary = ( copyCount: 1 ).
                copyCount: n = ( (clone count: n) waiters: list copyRemoveAll ).
            }
            {'Category: synchronizing\x7fComment: Takes a permit, waiting for one if necessary; gives one back.'
                wait = (| w |
                    w: process atomically: [
                        count > 0 ifTrue: [ count: count - 1. nil ] False: [ | x |
                            x: waiter copyForThis.
                            waiters addLast: x.
                            x ] ].
                    w ifNotNil: [ scheduler block: w ].
                    self ).
                signal = (| w |
                    w: process atomically: [
                        waiters isEmpty ifTrue: [ count: count + 1. nil ] False: [
                            waiters removeFirst ] ].
                    w ifNotNil: [ w signal ].
                    self ).
                protect: b = ( wait. b ensure: [ signal ] ).
                critical: b = ( protect: b ).
            }
        |).

        sharedQueue = (| {} = 'Comment: I hand objects from some processes to others, in order.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Empty.'
                copy = ( (clone contents: list copyRemoveAll) available: semaphore copy ).
            }
            {'Category: queueing\x7fComment: Adds at the end; takes from the front, waiting if there is nothing.'
                put: x = ( process atomically: [ contents addLast: x ]. available signal. self ).
                add: x = ( put: x ).
                next = ( available wait. process atomically: [ contents removeFirst ] ).
                removeFirst = ( next ).
                size = ( contents size ).
                isEmpty = ( contents isEmpty ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: processes\x7fComment: Prototypes: use semaphore copy, copyBinary, sharedQueue copy.'
        semaphore = (| {} = 'Comment: The prototype of semaphores.'.
            parent* = traits semaphore.
            {'Category: private\x7fComment: Free permits, and waiters for one.'
                count <- 0.
                waiters <- list copyRemoveAll.
            }
        |).
        sharedQueue = (| {} = 'Comment: The prototype of queues between processes.'.
            parent* = traits sharedQueue.
            {'Category: private\x7fComment: What is on the way, and a permit for each.'
                contents.
                available.
            }
        |).
    }
|)

traits block _AddSlots: (|
    {'Category: processes\x7fComment: My value, or that of the second block if I take more than so many milliseconds.'
        valueWithin: ms IfTimeout: a = (| p. end |
            p: newProcess.
            end: time milliseconds + ms.
            p start.
            [ p hasEnded || [ time milliseconds >= end ] ] whileFalse: [ process yield ].
            p isFinished ifTrue: [ ^ p result ].
            p abort.
            a value ).
    }
|)
