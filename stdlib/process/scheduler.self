"Who runs next. The machine hands each prompt line and each script to `runMain:`,
which transfers control to whatever is ready, the highest priority first, in
turn, until that one has ended. A process that waits gives control back with a
yield; turns end by themselves when a slice is used up. Who is not scheduled (the
machine asking for a printString) becomes the scheduler itself while it waits."

globals _AddSlots: (|
    {'Category: processes\x7fComment: Decides who runs.'
        scheduler = (| {} = 'Comment: I decide which process runs. Invariant: each live process is in ready, in sleeping, with what it waits for, or was told to rest.'.
            parent* = traits oddball.

            {'Category: state\x7fComment: Which agreement with the machine on transfers of control I keep. The program warns of worlds with another one.'
                protocol = 2.
            }
            {'Category: state\x7fComment: Processes that can run, in order of arrival; those that sleep; waiters for a line of input, and for work outside that ends; the one whose turn it is; all that have begun and not ended.'
                ready <- list copyRemoveAll.
                sleeping <- list copyRemoveAll.
                readers <- list copyRemoveAll.
                customers <- list copyRemoveAll.
                running.
                known <- list copyRemoveAll.
            }
            {'Category: controlling\x7fComment: Makes a process ready, or lets it rest until it is started again; notes that one has ended and wakes those that wait for it, or for something else.'
                start: p = (
                    process atomically: [
                        p state isScheduled ifFalse: [
                            p state isScheduled: true.
                            known addLast: p ].
                        p state status = 'ready' ifFalse: [
                            p state status: 'ready'.
                            ready addLast: p ] ].
                    self ).
                ended: p Status: s = (| waiting |
                    p state status: s.
                    s = 'suspended' ifFalse: [ p state isEnding: false ].
                    process atomically: [
                        ready remove: p IfAbsent: nil.
                        sleeping remove: p IfAbsent: nil.
                        s = 'suspended' ifFalse: [ known remove: p IfAbsent: nil ].
                        waiting: p state joiners.
                        p state joiners: nil ].
                    waiting ifNotNil: [ waiting do: [ |:w| w signal ] ].
                    p state whenEnded ifNotNil: [ |:b|
                        p state whenEnded: nil.
                        p state isTold: true.
                        b value: p ] ).
                end: p = (
                    p == process this ifTrue: [ p state isEnding: true. p unwind ].
                    process atomically: [
                        ready remove: p IfAbsent: nil.
                        sleeping remove: p IfAbsent: nil.
                        p isTransferring ifTrue: [ p state isDoomed: true ] False: [ unwind: p ] ].
                    process this state isDoomed ifTrue: [
                        process this state isDoomed: false.
                        end: process this ].
                    self ).
                unwind: p = (| again. word. told |
                    again: p state isEnding.
                    told: p _ProcessMessageIfFail: nil.
                    p state isEnding: true.
                    p state isHurried: true.
                    again ifTrue: [ p fuel: 0 ].
                    [ word: p unwind. ('signal' == word) && [ p state isAtomic ] ] whileTrue.
                    p state isHurried: false.
                    ('signal' == word) || [ 'yielded' == word ] ifTrue: [
                        ^ file: p Outcome: word ].
                    "What stopped it before was told then."
                    (told isNotNil && [ told == (p _ProcessMessageIfFail: nil) ])
                        ifTrue: [ ended: p Status: 'aborted' ]
                        False: [ file: p Outcome: 'aborted' ] ).
                drop: n = (
                    (processNumbered: n IfAbsent: [
                        ^ error: 'there is no process ', (reflect: n) safePrintString ]) abort ).
                dropFailed = (| all | all: failed. all do: [ |:p| p abort ]. all size ).
                suspend: p = (
                    p hasEnded || [ p status = 'new' ] ifTrue: [ ^ self ].
                    p state isScheduled ifFalse: [ ^ complainOfDeadlock ].
                    process atomically: [
                        ready remove: p IfAbsent: nil.
                        sleeping remove: p IfAbsent: nil.
                        p == process this ifTrue: [ leaveWith: 'resting' ] False: [
                            p state status: 'resting' ] ].
                    self ).
                wake: p = (
                    process atomically: [
                        (p state status = 'waiting') || [ isSleepingFor: p ] ifTrue: [
                            sleeping remove: p IfAbsent: nil.
                            start: p ] ].
                    self ).
                isSleepingFor: p = (
                    (p state status = 'sleeping') && [ p state waitingFor isNotNil ] ).
            }
            {'Category: waiting\x7fComment: For the process that asks: lets others run; rests; waits for the end of a process, with a time limit answers whether that came first; until there is a line to read, or until something outside is done; until a waiter was signalled, and answers whether it was worth it, or, with a time limit, whether that came first. What is checked before leaving stays true until the scheduler knows, since the turn cannot end in between.'
                yield = (
                    process this state isHurried ifTrue: [ ^ self ].
                    process this state isScheduled ifTrue: [ leaveWith: 'yielding' ] False: [
                        runOne ].
                    self ).
                sleep: ms = (| state. end |
                    end: time steady + (time duration: ms).
                    state: process this state.
                    state isScheduled ifFalse: [
                        ^ runUntil: [ time steady >= end ] Deadline: end ].
                    state wakeTime: end.
                    [ leaveWith: 'sleeping' ] untilTrue: [ time steady >= end ].
                    self ).
                waitFor: p = (
                    (standBy: p While: [ |:w| block: w ]) ifFalse: [ complainOfDeadlock ].
                    self ).
                waitFor: p TimeOut: ms = (
                    time duration: ms.
                    (standBy: p While: [ |:w| (block: w TimeOut: ms) not ]) not ).
                standBy: p While: b = (
                    process atomically: [ | w |
                        p hasEnded ifTrue: true False: [
                            w: waiter copyForThis.
                            p state joiners ifNil: [ p state joiners: list copyRemoveAll ].
                            p state joiners addLast: w.
                            [ b value: w ] ensure: [
                                p state joiners ifNotNil: [ |:l| l remove: w IfAbsent: nil ] ] ] ] ).
                block: w = (| state |
                    state: w process state.
                    state isScheduled
                        ifTrue: [
                            process atomically: [
                                state waitingFor: w.
                                [ [ w isSignalled ] whileFalse: [ leaveWith: 'waiting' ] ] ensure: [
                                    state waitingFor: nil ] ] ]
                        False: [ runUntil: [ w isSignalled ] Deadline: nil ].
                    w isHopeless not ).
                block: w TimeOut: ms = (| state. end |
                    end: time steady + (time duration: ms).
                    state: w process state.
                    state isScheduled
                        ifTrue: [
                            process atomically: [
                                state waitingFor: w.
                                state wakeTime: end.
                                [
                                    [ w isSignalled || [ time steady >= end ] ] whileFalse: [
                                        leaveWith: 'sleeping' ] ] ensure: [
                                    state waitingFor: nil ] ] ]
                        False: [
                            runUntil: [ w isSignalled || [ time steady >= end ] ] Deadline: end ].
                    w isSignalled not ).
                awaitLine = (
                    process this state isScheduled ifTrue: [
                        standIn: readers Until: [ _LineIsReadyIfFail: true ] ].
                    self ).
                awaitLineOrInterrupt = (| s |
                    s: process this state.
                    s isScheduled ifFalse: [ awaitLine. ^ true ].
                    s interruption: 'awaited'.
                    [
                        standIn: readers Until: [
                            (_LineIsReadyIfFail: true) || [ s interruption = 'came' ] ].
                        s interruption != 'came' ] ensure: [ s interruption: nil ] ).
                awaitOutside: b = ( standIn: customers Until: b ).
                standIn: line Until: b = (
                    process this state isScheduled
                        ifTrue: [
                            process atomically: [
                                [ b value ] whileFalse: [ | w |
                                    w: waiter copyForThis.
                                    line addLast: w.
                                    [ block: w TimeOut: time msecPerDay ] ensure: [
                                        line remove: w IfAbsent: nil ] ] ] ]
                        False: [
                            [ b value ] whileFalse: [ runOne ifFalse: [ rest: time steady + 20 ] ] ].
                    self ).
                complainOfDeadlock = (
                    error: 'nothing can run any more, and nobody will wake the process that waits' ).
                leaveWith: status = (
                    process atomically: [
                        process this state status: status.
                        _Yield: status IfFail: nil ] ).
            }
            {'Category: running\x7fComment: Sent by the machine: lets processes run until this one has ended or was stopped by an error. If it waits in vain, its waiting becomes an error; if it rests in vain, its rest ends.'
                runMain: p = (
                    beginSession.
                    known size > 20 ifTrue: [ forgetEnded ].
                    start: p.
                    takeUpDaemon.
                    [ p hasEnded ] whileFalse: [
                        p interruptIfAsked ifFalse: [
                            runOne ifFalse: [
                                sleeping isEmpty && [ hasVisitors not ]
                                    ifTrue: [ rouse: p ]
                                    False: [ rest: nil ] ] ] ].
                    self ).
                rouse: p = (
                    p state waitingFor ifNotNil: [ |:w| w giveUp ].
                    p state status = 'resting' ifTrue: [ start: p ] ).
            }
            {'Category: running\x7fComment: Lets processes run until the block is true; until none is left that could, beginning with the one whose turn it was when the image was saved; for some milliseconds while nobody types at the prompt, answering after how many more the next one wants to run (-1: none); the same where nobody types, waiting for visitors and for those that sleep.'
                runUntil: b = ( runUntil: b Deadline: nil ).
                runUntil: b Deadline: end = (
                    [ b value ] whileFalse: [
                        runOne ifFalse: [
                            (sleeping isEmpty && [ end isNil && [ hasVisitors not ] ]) ifTrue: [
                                ^ complainOfDeadlock ].
                            rest: end ] ].
                    self ).
                runAll = (
                    beginSession.
                    takeUpInterrupted.
                    [ runOne || [ sleeping isEmpty not ] ] whileTrue: [
                        ready isEmpty ifTrue: [ rest: nil ] ].
                    self ).
                runFor: ms = (| end |
                    beginSession.
                    end: time steady + ms.
                    takeUpInterrupted.
                    [ (time steady < end) && [ runOne ] ] whileTrue.
                    untilNext ).
                serveFor: ms = (| end |
                    beginSession.
                    takeUpInterrupted.
                    end: time steady + ms.
                    [ time steady < end ] whileTrue: [ runOne ifFalse: [ rest: end ] ].
                    untilNext ).
                untilNext = (| soonest |
                    ready isEmpty ifFalse: [ ^ 0 ].
                    sleeping isEmpty ifTrue: [ ^ -1 ].
                    customers isEmpty ifFalse: [ ^ 20 ].
                    soonest: sleeping inject: (sleeping first state wakeTime) Into: [ |:t. :p|
                        t min: p state wakeTime ].
                    (soonest - time steady) max: 0 ).
                beginSession = (
                    (session at: 'scheduler has begun' IfAbsent: false) ifTrue: [ ^ self ].
                    session at: 'scheduler has begun' Put: true.
                    running isNotNil && [ running state isTransient ] ifTrue: [ running: nil ].
                    (known & ready & sleeping) do: [ |:l|
                        l removeWhere: [ |:p| p state isTransient ] ].
                    known removeWhere: [ |:p| (isLeftOver: p) && [ p !== running ] ].
                    self ).
                isLeftOver: p = ( p state isMain && [ p state status = 'running' ] ).
                takeUpDaemon = (| p |
                    p: running.
                    (p isNil || [ p == process this ]) ifTrue: [ ^ self ].
                    "Whoever evaluates another line has not asked for the rest of an earlier one."
                    p state isMain ifFalse: [ ^ takeUpInterrupted ].
                    running: nil.
                    known remove: p IfAbsent: nil ).
                takeUpInterrupted = (| p |
                    p: running.
                    (p isNil || [ p == process this ]) ifTrue: [ ^ self ].
                    running: nil.
                    p state isMain: false.
                    start: p ).
                runOne = (| p |
                    (_BridgeIsWaitingIfFail: false) ifTrue: [ bridge accept ].
                    wakeReaders.
                    wakeSleepers.
                    ready isEmpty ifTrue: [ ^ false ].
                    p: nextReady.
                    p isGone ifTrue: [ ended: p Status: 'aborted' ] False: [ run: p ].
                    true ).
            }
            {'Category: looking\x7fComment: A line for each process that has begun and not ended, with what stopped it; the one with a number; those that an error stopped.'
                showProcesses = (
                    forgetEnded.
                    (known mapBy: [ |:p| p listString ]) joinedWith: '\n' ).
                processNumbered: n IfAbsent: a = (
                    known do: [ |:p| p number = n ifTrue: [ ^ p ] ].
                    a value ).
                failed = ( forgetEnded. known filterBy: [ |:p| p hasError ] ).
                forgetEnded = ( known removeWhere: [ |:p| p isGone ] ).
            }
            {'Category: private\x7fComment: The first of the highest priority; one turn of it; what came of the turn.'
                nextReady = (| best <- 0 |
                    1 upTo: ready size Do: [ |:i|
                        ((ready at: i) state outranks: (ready at: best) state) ifTrue: [ best: i ] ].
                    ready removeAt: best ).
                run: p = (| told. word |
                    told: vector copySize: resultSize.
                    p state status: 'running'.
                    running: p.
                    [
                        word: p
                            _TWAINSResultVector: told
                            SingleStep: p takesSteps
                            StopAt: p state stepWatch
                            IfFail: 'aborted'.
                        (word = 'signal') && [ p state isAtomic ] ] whileTrue.
                    running: nil.
                    file: p Outcome: word ).
                file: p Outcome: word = (
                    word = 'signal' ifTrue: [ p state losePriority. ^ start: p ].
                    word = 'yielded' ifTrue: [ ^ fileYielded: p ].
                    (word = 'singleStepped') || [ word = 'finishedActivation' ] ifTrue: [
                        ^ fileStepped: p ].
                    p endStep.
                    word = 'terminated' ifTrue: [
                        p state result: (p _ProcessReturnValueIfFail: nil).
                        ^ ended: p Status: 'finished' ].
                    (p _ProcessMessageIfFail: nil) ifNotNil: [ |:text| p state complaint: text ].
                    ended: p Status: (word = 'stackOverflow' ifTrue: 'suspended' False: word).
                    ((p _ProcessMessageIfFail: nil) isNil || [
                            p state isMain || [ p state isTold ] ]) ifFalse: [
                        reportComplaint: p ] ).
                resultSize = ( _TWAINSResultSizeIfFail: 27 ).
                fileYielded: p = (| s |
                    s: p state status.
                    s = 'sleeping' ifTrue: [ ^ sleeping addLast: p ].
                    (s = 'waiting') || [ s = 'resting' ] ifTrue: [ ^ self ].
                    start: p ).
                fileStepped: p = (
                    p goesOnStepping ifTrue: [ ^ start: p ].
                    p endStep.
                    p _ProcessStop: 'stepped' IfFail: [ ^ start: p ].
                    p state complaint: 'stepped'.
                    ended: p Status: 'suspended' ).
                reportCleanUp: text = (
                    console complain: (process this printString
                        , ': what it promised to do at its end failed: ', text, '\n'
                        , process this errorStackPrintString) legible ).
                reportComplaint: p = (
                    console complain: (p printString, ': ', p complaintText, '\n'
                        , p errorStackPrintString) legible ).
            }
            {'Category: private\x7fComment: Makes those ready whose time has come; rests until the next one\'s time, or the deadline.'
                wakeSleepers = (| now. due |
                    sleeping isEmpty ifTrue: [ ^ self ].
                    now: time steady.
                    (sleeping anySatisfy: [ |:p| p state wakeTime <= now ]) ifFalse: [ ^ self ].
                    due: sleeping filterBy: [ |:p| p state wakeTime <= now ].
                    due sortByKey: [ |:p| p state wakeTime ].
                    due do: [ |:p| sleeping remove: p. start: p ] ).
                wakeReaders = (
                    (readers isEmpty not && [ _LineIsReadyIfFail: true ]) ifTrue: [
                        readers first signal ].
                    (_JobsHaveNewsIfFail: false) ifTrue: [ customers copy do: [ |:w| w signal ] ] ).
                rest: end = (| until |
                    until: end.
                    sleeping do: [ |:p|
                        (until isNil || [ p state wakeTime < until ]) ifTrue: [
                            until: p state wakeTime ] ].
                    until ifNil: [
                        hasVisitors ifFalse: [ ^ self ].
                        until: time steady + time msecPerDay ].
                    time rest: ((until - time steady) max: 0) ForInput: readers isEmpty not ).
                hasVisitors = ( _BridgeIsOpenIfFail: false ).
            }
        |).

        waiter = (| {} = 'Comment: I stand for one process that waits for one thing.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For the process that asks.'
                copyForThis = ( (clone process: globals process this) isSignalled: false ).
            }
            {'Category: parts\x7fComment: Who waits, and whether it need not any longer.'
                process.
                isSignalled <- false.
                isHopeless <- false.
                wasGiven = ( isSignalled && [ isHopeless not ] ).
            }
            {'Category: signalling\x7fComment: Ends the waiting, for good reason or because it was in vain.'
                signal = ( isSignalled: true. scheduler wake: process ).
                giveUp = ( isHopeless: true. signal ).
            }
        |).
    }
|)
