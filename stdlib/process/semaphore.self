"Semaphores, locks and queues for processes that work together."

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of semaphores.'
        semaphore = (| {} = 'Comment: I count permits; who asks for one when there is none waits, in order of arrival.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With no permit, or with n, and room for as many as there will be; with one, for mutual exclusion; with room for c only: what is given back beyond that is lost.'
                copy = ( copyCount: 0 ).
                copyUnbounded = ( copy ).
                copyBinary = ( copyCount: 1 Capacity: 1 ).
                copyCount: n = ( copyCount: n Capacity: nil ).
                copyCount: n Capacity: c = (
                    ((clone count: n) capacity: c) waiters: list copyRemoveAll ).
                copySignalCapacity: c = ( copyCount: 0 Capacity: c ).
            }
            {'Category: synchronizing\x7fComment: Takes a permit, waiting for one if necessary; gives one back.'
                wait = ( take ifFalse: [ scheduler complainOfDeadlock ]. self ).
                signal = ( giveBack ).
                signalAndThenWaitOn: s = ( process atomically: [ signal. s wait ]. self ).
                protect: b = (| held <- false |
                    [ process atomically: [ wait. held: true ]. b value ] ensure: [
                        held ifTrue: [ signal ] ] ).
                protectNoNLR: b = ( protect: b ).
                critical: b = ( protect: b ).
            }
            {'Category: synchronizing\x7fComment: Takes a permit that must be there; waits for so many milliseconds, and answers whether that was in vain; what is done instead then.'
                get = (
                    process atomically: [
                        isAvailable ifTrue: [ wait ] False: [ error: 'no permit is free' ] ] ).
                waitTimeOut: ms = (
                    time duration: ms.
                    (takeWhile: [ |:w| (scheduler block: w TimeOut: ms) not ]) not ).
                signalAndThenWaitOn: s TimeOut: ms = (
                    process atomically: [ signal. s waitTimeOut: ms ] ).
                protect: b TimeOut: ms IfTimedOut: late = (| held <- false |
                    [
                        process atomically: [ held: (waitTimeOut: ms) not ].
                        held ifTrue: [ b value ] False: [ late value ] ] ensure: [
                        held ifTrue: [ signal ] ] ).
            }
            {'Category: testing\x7fComment: Whether a permit is free; whether nobody waits for one; how many do.'
                isAvailable = ( count > 0 ).
                isEmpty = ( waiters isEmpty ).
                noOfWaiters = ( waiters size ).
            }
            {'Category: private\x7fComment: Takes a permit, waiting in line as the block does, and answers whether one came. Whoever leaves the line before, by a time limit, an error or its end, leaves nothing behind: a permit that was on the way goes to the next.'
                take = ( takeWhile: [ |:w| scheduler block: w ] ).
                takeWhile: b = (
                    process atomically: [ | w. came <- false |
                        isAvailable ifTrue: [ count: count - 1. true ] False: [
                            w: waiter copyForThis.
                            waiters addLast: w.
                            [ came: (b value: w) ] ensure: [ came ifFalse: [ leave: w ] ].
                            came ] ] ).
                leave: w = (
                    w wasGiven ifTrue: [ giveBack ] False: [ waiters remove: w IfAbsent: nil ] ).
                giveBack = (| w |
                    w: process atomically: [
                        waiters isEmpty
                            ifTrue: [ hasRoom ifTrue: [ count: count + 1 ]. nil ]
                            False: [ waiters removeFirst ] ].
                    w ifNotNil: [ w signal ].
                    self ).
                hasRoom = ( capacity isNil || [ count < capacity ] ).
            }
        |).

        sharedQueue = (| {} = 'Comment: I hand objects from some processes to others, in order.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Empty.'
                copy = ( (clone contents: list copyRemoveAll) available: semaphore copy ).
                copyRemoveAll = ( copy ).
            }
            {'Category: queueing\x7fComment: Adds at the end or the front; takes from the front or the end, waiting if there is nothing.'
                put: x = ( process atomically: [ contents addLast: x. available signal ]. self ).
                add: x = ( put: x ).
                addLast: x = ( put: x ).
                addFirst: x = (
                    process atomically: [ contents addFirst: x. available signal ].
                    self ).
                next = ( process atomically: [ available wait. contents removeFirst ] ).
                removeFirst = ( next ).
                removeLast = ( process atomically: [ available wait. contents removeLast ] ).
                size = ( contents size ).
                isEmpty = ( contents isEmpty ).
            }
            {'Category: queueing\x7fComment: Takes out what is there and not promised to anybody: something, which should be there; all; what the block accepts, as a list.'
                remove: x = ( remove: x IfAbsent: [ error: 'the element to remove is not here' ] ).
                remove: x IfAbsent: a = (| i |
                    process atomically: [
                        i: contents indexOf: x.
                        (i < 0) || [ available isAvailable not ] ifTrue: [ ^ a value ].
                        available get.
                        contents removeAt: i ].
                    self ).
                removeAll = ( filterOut: true. self ).
                filterOut: b = (| out |
                    out: list copyRemoveAll.
                    process atomically: [
                        contents removeWhere: [ |:x|
                            available isAvailable && [ b value: x ] && [
                                    available get.
                                    out add: x.
                                    true ] ] ].
                    out ).
            }
            {'Category: looking\x7fComment: At what is there now, without taking it.'
                do: b = ( contents copy do: b. self ).
                findFirst: b IfPresent: p IfAbsent: a = (
                    contents copy findFirst: b IfPresent: p IfAbsent: a ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of semaphores whose holder may wait again.'
        recursiveSemaphore = (| {} = 'Comment: I have one permit; who holds it may ask for it again, and gives it back as often.'.
            parent* = traits semaphore.

            {'Category: creating\x7fComment: With the permit free.'
                copy = ( copyBinary ).
                copyBinary = ( (resend.copyBinary holder: nil) depth: 0 ).
            }
            {'Category: synchronizing\x7fComment: Takes the permit, or takes it again; gives it back.'
                takeWhile: b = (
                    process atomically: [
                        isHeldByThisProcess || [ resend.takeWhile: b ] ifFalse: false True: [
                            holder: process this.
                            depth: depth + 1.
                            true ] ] ).
                signal = (
                    process atomically: [
                        depth: depth - 1.
                        depth = 0 ifTrue: [ holder: nil. giveBack ] ].
                    self ).
            }
            {'Category: testing\x7fComment: Whether who asks has the permit, or could have it.'
                isHeldByThisProcess = ( holder == process this ).
                isAvailable = ( isHeldByThisProcess || [ count > 0 ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: processes\x7fComment: Prototypes: use semaphore copy, copyBinary, recursiveSemaphore copy, sharedQueue copy.'
        semaphore = (| {} = 'Comment: The prototype of semaphores.'.
            parent* = traits semaphore.
            {'Category: private\x7fComment: Free permits, for how many there is room, and waiters for one.'
                count <- 0.
                capacity.
                waiters <- list copyRemoveAll.
            }
        |).
        recursiveSemaphore = (| {} = 'Comment: The prototype of semaphores whose holder may wait again.'.
            parent* = traits recursiveSemaphore.
            {'Category: private\x7fComment: As other semaphores; who has the permit, and how often.'
                count <- 1.
                capacity <- 1.
                waiters <- list copyRemoveAll.
                holder.
                depth <- 0.
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
        valueWithin: ms IfTimeout: a = (| p |
            p: newProcess.
            [ scheduler waitFor: p start TimeOut: ms ] ensure: [ p abort ].
            p isFinished ifTrue: [ p result ] False: [ a value ] ).
    }
|)
