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

    testDeadlockIsAnError = ( expect: [ semaphore copy wait ] ToSignal: errors user ).

    testTimeout = (
        expect: ([ 3 ] valueWithin: 1000 IfTimeout: 'late') ToBe: 3.
        expect: ([ [ process yield ] loop ] valueWithin: 20 IfTimeout: 'late') ToBe: 'late' ).

    testEnsureInProcess = (| log <- '' |
        [ [ 1 ] ensure: [ log: 'done' ] ] fork join.
        expect: log ToBe: 'done' ).
|)
