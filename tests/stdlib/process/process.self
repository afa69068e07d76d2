"Tests of stdlib/process/."

testing suite: 'process' Tests: (|
    parent* = traits testSuite.

    testJoin = (
        expect: [ 3 + 4 ] fork join ToBe: 7.
        expect: (message copyReceiver: 3 Selector: '+' With: 5) fork join ToBe: 8 ).

    testYielding = (| log <- ''. a. b |
        a: [ 3 do: [ log: log, 'a'. process yield ] ] fork.
        b: [ 3 do: [ log: log, 'b'. process yield ] ] fork.
        a join.
        b join.
        expect: log size ToBe: 6.
        assert: (log indexOf: 'b') < (log lastIndexOf: 'a') Description: 'the two take turns' ).

    testPreemption = (| done <- false. p |
        p: [ [ done ] whileFalse ] fork.
        [ 1000 do: [ |:i| i square ]. done: true ] fork join.
        p join.
        expect: done ToBe: true ).

    testAbortKeepsPromises = (| log <- ''. p |
        p: [
            [ [ process sleep: 10000 ] ensure: [ log: log, 'inner ' ] ] ensure: [
                log: log, 'outer' ] ] fork.
        process yield.
        p abort.
        expect: log ToBe: 'inner outer'.
        expect: p hasEnded ToBe: true ).

    testAbortInSpiteOfErrors = (| log <- ''. p |
        p: [
            [ [ process sleep: 10000 ] ensure: [ nil foo. log: log, 'not reached' ] ] ensure: [
                process yield.
                log: log, 'outer' ] ] fork.
        process yield.
        p abort.
        expect: log ToBe: 'outer'.
        expect: [ 3 + 4 ] fork join ToBe: 7 ).

    testAbortOfOneself = (| log <- ''. p |
        p: [ [ process this abort ] ensure: [ log: log, 'kept' ]. log: log, 'not reached' ] fork.
        process sleep: 5.
        expect: log ToBe: 'kept'.
        expect: p hasEnded ToBe: true ).

    testPriority = (| log <- ''. a. b |
        a: ([ log: log, 'low' ] forkPriority: 3).
        b: ([ log: log, 'high ' ] forkPriority: 8).
        a join.
        b join.
        expect: log ToBe: 'high low' ).

    testSemaphore = (| s. log <- ''. p |
        s: semaphore copy.
        p: [ s wait. log: log, 'got it' ] fork.
        process yield.
        expect: log ToBe: ''.
        s signal.
        p join.
        expect: log ToBe: 'got it' ).

    testMutualExclusion = (| lock. inside <- 0. most <- 0. all |
        lock: semaphore copyBinary.
        all: (0 upTo: 5) mapBy: [
            [
                3 do: [
                    lock protect: [
                        inside: inside + 1.
                        most: (most max: inside).
                        process yield.
                        inside: inside - 1 ] ] ] fork ].
        all do: [ |:p| p join ].
        expect: most ToBe: 1.
        expect: inside ToBe: 0 ).

    testQueue = (| q. sum <- 0. consumer |
        q: sharedQueue copy.
        consumer: [ 100 do: [ sum: sum + q next ] ] fork.
        [ 100 do: [ |:i| q put: i. (i % 7) = 0 ifTrue: [ process yield ] ] ] fork.
        consumer join.
        expect: sum ToBe: 4950 ).

    testSleep = (| log <- ''. a. b |
        a: [ process sleep: 200. log: log, 'late' ] fork.
        b: [ process sleep: 5. log: log, 'soon ' ] fork.
        a join.
        b join.
        expect: log ToBe: 'soon late' ).

    testErrorStopsOnlyOne = (| p |
        p: ([ [ nil zork. 1 ] on: errors lookup Do: [ |:e| e resume: 5 ] ] fork).
        expect: p join ToBe: 1.
        expect: ([ [ error: 'x'. 3 ] on: errors any Do: [ 4 ] ] fork) join ToBe: 4 ).

    testJoiningAStoppedOne = (| p |
        p: [ [ process yield ] loop ] fork.
        [ p abort ] fork.
        expect: [ p join ] ToSignal: errors user.
        expect: (p joinIfFail: 'stopped') ToBe: 'stopped' ).

    testHandlersAreNotShared = (| p |
        [ p: [ [ error: 'inner' ] on: errors user Do: [ 'own' ] ] fork. p join ]
            on: errors user
            Do: [ 'other' ].
        expect: p result ToBe: 'own' ).

    testAbort = (| p. n <- 0 |
        p: [ [ n: n + 1. process yield ] loop ] fork.
        5 do: [ process yield ].
        p abort.
        expect: p status ToBe: 'aborted'.
        assert: n > 0 ).

    testSendingInAProcess = (| p |
        p: process copySend: (message copy receiver: 3 Selector: '+' With: 4).
        expect: p status ToBe: 'new'.
        assert: p isAlive.
        expect: p causeOfDeath ToBe: nil.
        p resume.
        expect: p waitForDeath ToBeSameAs: p.
        expect: p returnValue ToBe: 7.
        expect: p causeOfDeath ToBe: 'terminated'.
        deny: p isAlive.
        expect: p abortIfLive ToBeSameAs: p.
        expect: p causeOfDeath ToBe: 'terminated'.
        p: process copySend: (message copy receiver: 3 Selector: 'succ') CauseOfBirth: 'a test'.
        expect: p name ToBe: 'a test' ).

    testRestAndResume = (| log <- ''. p |
        p: [ [ log: log, 'x'. process yield ] loop ] fork.
        process yield.
        p suspend.
        expect: p status ToBe: 'resting'.
        assert: p isAlive.
        log: ''.
        3 do: [ process yield ].
        expect: log ToBe: ''.
        p resume.
        3 do: [ process yield ].
        assert: log size > 0.
        p abort: 'enough'.
        expect: p causeOfDeath ToBe: 'aborted'.
        expect: p causeOfError ToBe: 'enough'.
        log: ''.
        3 do: [ process yield ].
        expect: log ToBe: '' ).

    testRestOfOneself = (| log <- ''. p |
        p: [ log: 'a'. process this suspend. log: log, 'b' ] fork.
        3 do: [ process yield ].
        expect: log ToBe: 'a'.
        expect: p status ToBe: 'resting'.
        p continue.
        p join.
        expect: log ToBe: 'ab' ).

    testRestKeepsWhatIsWaitedFor = (| s. p. start |
        s: semaphore copy.
        p: [ s wait. 'got it' ] fork.
        process yield.
        p stop.
        p resume.
        process yield.
        expect: p status ToBe: 'waiting'.
        s signal.
        expect: p join ToBe: 'got it'.
        start: time steady.
        p: [ process sleep: 30. time steady - start ] fork.
        process yield.
        p suspend.
        p resume.
        assert: p join >= 30 ).

    testLookingAtAProcess = (| p |
        p: [ process sleep: 1000 ] fork.
        process yield.
        expect: p activationStack size ToBe: p stackDepth.
        expect: p currentActivation selector ToBe: (p at: 0) selector.
        deny: p hasError.
        p abort ).

    testPermits = (| s |
        s: semaphore copyBinary.
        assert: s isAvailable.
        s signal.
        s get.
        deny: s isAvailable.
        expect: [ s get ] ToSignal: errors user.
        s: semaphore copyUnbounded.
        s signal signal.
        s get get.
        deny: s isAvailable.
        s: semaphore copyCount: 1 Capacity: 2.
        s signal signal.
        expect: s count ToBe: 2.
        s: semaphore copySignalCapacity: 1.
        deny: s isAvailable.
        s signal signal.
        expect: s count ToBe: 1 ).

    testWaitingForSomeTime = (| s. p. start |
        s: semaphore copy.
        start: time steady.
        expect: (s waitTimeOut: 20) ToBe: true.
        assert: (time steady - start) >= 20.
        assert: s isEmpty.
        s signal.
        expect: (s waitTimeOut: 20) ToBe: false.
        p: [ s waitTimeOut: 10000 ] fork.
        process yield.
        expect: s noOfWaiters ToBe: 1.
        s signal.
        expect: p join ToBe: false.
        expect: [ s waitTimeOut: 5 ] fork join ToBe: true.
        expect: (s protect: [ 1 ] TimeOut: 5 IfTimedOut: [ 2 ]) ToBe: 2.
        s signal.
        expect: (s protect: [ 1 ] TimeOut: 5 IfTimedOut: [ 2 ]) ToBe: 1.
        expect: (s protectNoNLR: [ 3 ]) ToBe: 3.
        assert: s isAvailable ).

    testSignalAndWait = (| ping. pong. p |
        ping: semaphore copy.
        pong: semaphore copy.
        p: [ ping signalAndThenWaitOn: pong. 'done' ] fork.
        ping wait.
        pong signal.
        expect: p join ToBe: 'done'.
        expect: (ping signalAndThenWaitOn: pong TimeOut: 5) ToBe: true.
        assert: ping isAvailable ).

    testRecursiveSemaphore = (| s. p |
        s: recursiveSemaphore copy.
        expect: (s protect: [ s protect: [ s isHeldByThisProcess ] ]) ToBe: true.
        deny: s isHeldByThisProcess.
        assert: s isAvailable.
        s wait.
        s wait.
        expect: (s waitTimeOut: 5) ToBe: false.
        expect: [ s waitTimeOut: 5 ] fork join ToBe: true.
        p: [ s wait. s isHeldByThisProcess ] fork.
        process yield.
        s signal.
        s signal.
        expect: p status ToBe: 'waiting'.
        s signal.
        expect: p join ToBe: true ).

    testQueueAsACollection = (| q. sum <- 0 |
        q: sharedQueue copyRemoveAll.
        q addLast: 2.
        q addLast: 3.
        q addFirst: 1.
        q do: [ |:x| sum: sum + x ].
        expect: sum ToBe: 6.
        expect: (q findFirst: [ |:x| x > 1 ] IfPresent: [ |:x| x ] IfAbsent: nil) ToBe: 2.
        expect: q removeLast ToBe: 3.
        expect: (q remove: 9 IfAbsent: 'none') ToBe: 'none'.
        expect: [ q remove: 9 ] ToSignal: errors user.
        expect: (q remove: 1) ToBeSameAs: q.
        expect: q removeFirst ToBe: 2.
        assert: q isEmpty.
        (q add: 4) add: 5.
        expect: (q filterOut: [ |:x| x odd ]) ToPrint: 'a list(5)'.
        expect: q removeAll size ToBe: 0.
        expect: (q put: 6) next ToBe: 6 ).

    testDeadlockIsAnError = ( expect: [ semaphore copy wait ] ToSignal: errors user ).

    testTimeout = (
        expect: ([ 3 ] valueWithin: 1000 IfTimeout: 'late') ToBe: 3.
        expect: ([ [ process yield ] loop ] valueWithin: 20 IfTimeout: 'late') ToBe: 'late' ).

    testEnsureInProcess = (| log <- '' |
        [ [ 1 ] ensure: [ log: 'done' ] ] fork join.
        expect: log ToBe: 'done' ).
|)
