"Channels hand objects from some processes to others, with room for so many on the
way, and can be closed; futures are values that are still computed; a pool computes
so many at a time.

  c: channel copyCapacity: 10
  [ 1 to: 3 Do: [ |:i| c put: i ]. c close ] fork
  c do: [ |:x| x printLine ]                             1 2 3

  f: [ 20 factorial ] async
  f value                                                waits; an error there is one here

  select new
      on: c Do: [ |:x| ... ]
      on: f Do: [ |:v| ... ]
      timeOut: 100 Do: [ 'nothing came' ]
      value

Who waits can be ended: it leaves every line it stands in."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: Something was put into a channel that is closed, or taken from one that is closed and empty.'
        closed = (errors any copyName: 'closed') _AddSlots: (|
            describe: e = ( 'Error: ', e messageText, '.' ).
        |).
    }
|)

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of what processes wait at until it changes.'
        waitingPlace = (| {} = 'Comment: I let processes wait until I change. Invariant: whoever stands in my line looks again after each change.'.
            parent* = traits clonable.

            {'Category: private\x7fComment: Lets those look again that wait; waits for the next change of any of some places, at most so many milliseconds (nil: as long as it takes), and answers whether there was one.'
                changed = (| all |
                    waiters isEmpty ifTrue: [ ^ self ].
                    all: waiters.
                    waiters: list copyRemoveAll.
                    all do: [ |:w| w signal ].
                    self ).
                waitFor: places TimeOut: ms = (| w |
                    w: waiter copyForThis.
                    places do: [ |:p| p waiters addLast: w ].
                    [
                        ms isNil
                            ifTrue: [
                                scheduler block: w.
                                w isHopeless ifTrue: [ scheduler complainOfDeadlock ].
                                true ]
                            False: [ (scheduler block: w TimeOut: ms) not ] ] ensure: [
                        places do: [ |:p| p waiters remove: w IfAbsent: nil ] ] ).
                await: b = (
                    process atomically: [
                        [ b value ] whileFalse: [ waitFor: justMe TimeOut: nil ] ].
                    self ).
                await: b TimeOut: ms = (| end |
                    end: time steady + ms.
                    process atomically: [
                        [ b value ] whileFalse: [ | left |
                            left: end - time steady.
                            left <= 0 ifTrue: [ ^ false ].
                            waitFor: justMe TimeOut: left ] ].
                    true ).
                justMe = ( vector copySize: 1 FillingWith: self ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of channels.'
        channel = (| {} = 'Comment: I hand objects from some processes to others, in order, with room for so many on the way.'.
            parent* = traits waitingPlace.

            {'Category: creating\x7fComment: With room for one; for n.'
                copy = ( copyCapacity: 1 ).
                copyCapacity: n = (
                    (n isSmallInt && [ n > 0 ]) ifFalse: [
                        ^ error: 'a channel has room for one at least' ].
                    (((clone contents: list copyRemoveAll) waiters: list copyRemoveAll) capacity: n) isClosed: false ).
            }
            {'Category: putting\x7fComment: At the end, waiting for room; the same for so many milliseconds at most, else the block is evaluated; closes me: nothing can be put any more, what is there can still be taken.'
                put: x = (
                    process atomically: [ await: [ hasRoom ]. contents addLast: x. changed ].
                    self ).
                put: x Within: ms IfTimeout: b = (
                    process atomically: [
                        (await: [ hasRoom ] TimeOut: ms) ifFalse: [ ^ b value ].
                        contents addLast: x.
                        changed ].
                    self ).
                close = ( process atomically: [ isClosed: true. changed ]. self ).
            }
            {'Category: taking\x7fComment: The next, waiting for it; what the block says if I am closed and empty; the same for so many milliseconds at most; the next if there is one now, or the value of the block; each, until I am closed.'
                take = ( takeIfClosed: [ complainClosed: 'the channel is closed and empty' ] ).
                takeIfClosed: a = (
                    process atomically: [
                        await: [ isReady ].
                        contents isEmpty ifTrue: [ ^ a value ].
                        takeNow ] ).
                takeWithin: ms IfTimeout: b = (
                    process atomically: [
                        (await: [ isReady ] TimeOut: ms) ifFalse: [ ^ b value ].
                        contents isEmpty ifTrue: [
                            ^ complainClosed: 'the channel is closed and empty' ].
                        takeNow ] ).
                takeIfAny: a = (
                    process atomically: [ contents isEmpty ifTrue: [ ^ a value ]. takeNow ] ).
                do: b = ( [ b value: (takeIfClosed: [ ^ self ]) ] loop ).
            }
            {'Category: testing\x7fComment: How many are on the way; whether none is; whether there is something to take, or never will be.'
                size = ( contents size ).
                isEmpty = ( contents isEmpty ).
                isReady = ( isClosed || [ contents isEmpty not ] ).
            }
            {'Category: private\x7fComment: Takes what is there; for select: what is to be had, and whether there is.'
                takeNow = (| x | x: contents removeFirst. changed. x ).
                hasRoom = (
                    isClosed ifTrue: [ complainClosed: 'the channel is closed' ].
                    contents size < capacity ).
                canServe = ( contents isEmpty not ).
                isExhausted = ( isClosed && [ contents isEmpty ] ).
                complainClosed: text = ( (errors closed copyReceiver: self Message: text) signal ).
            }
            {'Category: printing\x7fComment: How full I am.'
                printString = (
                    'a channel(', contents size printString, ' of ', capacity printString
                        , (isClosed ifTrue: ', closed)' False: ')') ).
            }
        |).

        future = (| {} = 'Comment: I am a value that is computed by another process.'.
            parent* = traits waitingPlace.

            {'Category: creating\x7fComment: Of a block; begun at once, or when the block that starts it says so.'
                copyBlock: b = (| f |
                    f: (clone waiters: list copyRemoveAll) status: 'computing'.
                    f worker: (process copyBlock: [ f compute: b ]).
                    f worker name: 'future'.
                    f worker start.
                    f ).
            }
            {'Category: waiting\x7fComment: My value, waiting for it: an error in the computation is one here; what the block says after so many milliseconds. Until I am done, whatever came.'
                value = ( await: [ isReady ]. outcome ).
                valueWithin: ms IfTimeout: b = (
                    (await: [ isReady ] TimeOut: ms) ifTrue: [ outcome ] False: [ b value ] ).
                valueIfFail: a = (
                    await: [ isReady ].
                    status = 'done' ifTrue: [ result ] False: [ a value: problem ] ).
                wait = ( await: [ isReady ]. self ).
                cancel = (
                    isReady ifFalse: [
                        worker abort.
                        process atomically: [ isReady ifFalse: [ status: 'cancelled'. changed ] ] ].
                    self ).
            }
            {'Category: testing\x7fComment: Whether there is a value or an error, and which.'
                isReady = ( status != 'computing' ).
                hasFailed = ( status = 'failed' ).
                isFuture = true.
            }
            {'Category: private\x7fComment: Done by the process that computes me; what who waits gets.'
                compute: b = (| fine <- false |
                    [
                        [ result: b value. fine: true ] on: errors any Do: [ |:e|
                            problem: e description ].
                        status: (fine ifTrue: 'done' False: 'failed') ] ensure: [
                        isReady ifFalse: [ status: 'cancelled' ].
                        process atomically: [ changed ] ].
                    self ).
                outcome = (
                    status = 'done' ifTrue: [ ^ result ].
                    status = 'cancelled' ifTrue: [ ^ error: 'the future was cancelled' ].
                    error: 'in the future: ', problem ).
                takeNow = ( outcome ).
                canServe = ( isReady ).
                isExhausted = false.
            }
            {'Category: printing\x7fComment: How far I am.'
                printString = ( 'a future(', status, ')' ).
            }
        |).

        select = (| {} = 'Comment: I wait for the first of several channels and futures.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With nothing to wait for yet; one more to wait for, and what to do with what comes; what to do after so many milliseconds, at once, or when all channels are closed.'
                copy = ( (clone places: list copyRemoveAll) actions: list copyRemoveAll ).
                new = ( copy ).
                on: place Do: b = ( places addLast: place. actions addLast: b. self ).
                timeOut: ms Do: b = ( milliseconds: ms. lateAction: b. self ).
                otherwise: b = ( timeOut: 0 Do: b ).
                ifClosed: b = ( closedAction: b. self ).
            }
            {'Category: waiting\x7fComment: Waits, and answers what the block of the first that has something made of it. Among several the choice goes round.'
                value = (| i. x. end |
                    milliseconds ifNotNil: [ end: time steady + milliseconds ].
                    process atomically: [
                        [ i: nextReady. i < 0 ] whileTrue: [ | left |
                            allExhausted ifTrue: [ ^ whenClosed ].
                            end ifNotNil: [
                                left: end - time steady.
                                left <= 0 ifTrue: [ ^ lateAction value ] ].
                            (places at: 0) waitFor: places TimeOut: left ].
                        latest: i.
                        x: (places at: i) takeNow ].
                    (actions at: i) value: x ).
            }
            {'Category: private\x7fComment: The key of one that has something, -1 if there is none; whether nothing will come any more.'
                nextReady = (
                    places isEmpty ifTrue: [ error: 'there is nothing to select from' ].
                    1 to: places size Do: [ |:k. i|
                        i: (latest + k) % places size.
                        (places at: i) canServe ifTrue: [ ^ i ] ].
                    -1 ).
                allExhausted = ( places allSatisfy: [ |:p| p isExhausted ] ).
                whenClosed = (
                    closedAction
                        ifNil: [
                            (errors closed copyReceiver: self Message: 'all channels are closed')
                                signal ]
                        IfNotNil: [ |:b| b value ] ).
            }
        |).

        pool = (| {} = 'Comment: I let so many computations run at a time.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For n at a time.'
                copySize: n = (
                    (n isSmallInt && [ n > 0 ]) ifFalse: [
                        ^ error: 'a pool computes one thing at a time at least' ].
                    (clone permits: (semaphore copyCount: n)) futures: list copyRemoveAll ).
                copy = ( copySize: 4 ).
            }
            {'Category: computing\x7fComment: A future of a block, which begins when there is room; the values of a block for the elements of a collection, in order; waits for all; ends all that is not done.'
                async: b = (| f. p |
                    p: permits.
                    futures removeWhere: [ |:old| old isReady ].
                    f: [ p protect: b ] async.
                    futures addLast: f.
                    f ).
                mapAll: c By: b = (| all |
                    all: list copyRemoveAll.
                    [
                        c do: [ |:x| all addLast: (async: [ b value: x ]) ].
                        (all mapBy: [ |:f| f value ]) asVector ] ensure: [
                        all do: [ |:f| f cancel ] ] ).
                wait = ( futures do: [ |:f| f wait ]. self ).
                cancel = ( futures do: [ |:f| f cancel ]. self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: processes\x7fComment: Prototypes: use channel copyCapacity:, a block and async, select new, pool copySize:.'
        channel = (| {} = 'Comment: The prototype of channels.'.
            parent* = traits channel.
            {'Category: parts\x7fComment: For how many there is room, and whether anything can still be put.'
                capacity <- 1.
                isClosed <- false.
            }
            {'Category: private\x7fComment: What is on the way; who waits.'
                contents.
                waiters.
            }
        |).
        future = (| {} = 'Comment: The prototype of futures.'.
            parent* = traits future.
            {'Category: parts\x7fComment: How far I am: computing, done, failed, cancelled; what went wrong.'
                status <- 'computing'.
                problem.
            }
            {'Category: private\x7fComment: What was computed, and by whom; who waits.'
                result.
                worker.
                waiters.
            }
        |).
        select = (| {} = 'Comment: The prototype of choices among channels.'.
            parent* = traits select.
            {'Category: private\x7fComment: Where to look and what to do; the one that was served last; what is done otherwise.'
                places.
                actions.
                latest <- -1.
                milliseconds.
                lateAction.
                closedAction.
            }
        |).
        pool = (| {} = 'Comment: The prototype of pools.'.
            parent* = traits pool.
            {'Category: private\x7fComment: One permit for each computation; those that are not done.'
                permits.
                futures.
            }
        |).
    }
|)

traits block _AddSlots: (|
    {'Category: processes\x7fComment: My value as it will be: another process computes it. Example: [ 6 factorial ] async value >>> 720.'
        async = ( future copyBlock: self ).
    }
|)

traits sharedQueue _AddSlots: (|
    {'Category: queueing\x7fComment: The next, waiting for it so many milliseconds at most; else the value of the block.'
        nextWithin: ms IfTimeout: b = (
            process atomically: [
                (available waitTimeOut: ms) ifTrue: [ ^ b value ].
                contents removeFirst ] ).
        nextIfAny: b = ( nextWithin: 0 IfTimeout: b ).
    }
|)
