"Tests of time limits in stdlib/process and stdlib/io/time.self."

testing suite: 'waiting' Tests: (|
    parent* = traits testSuite.

    testTimesThatAreNone = (| m. none |
        m: semaphore copy.
        none: (math nan & math infinity & math infinity negate & -1 & -0.5 & 'x' & nil) asVector.
        none do: [ |:ms|
            expect: [ process sleep: ms ] ToSignal: errors user.
            expect: [ m waitTimeOut: ms ] ToSignal: errors user.
            expect: [ m protect: [ 1 ] TimeOut: ms IfTimedOut: [ 2 ] ] ToSignal: errors user.
            expect: [ m signalAndThenWaitOn: m TimeOut: ms ] ToSignal: errors user.
            expect: [ [ 1 ] valueWithin: ms IfTimeout: 2 ] ToSignal: errors user.
            expect: [ [ 1 ] fork joinTimeOut: ms IfFail: 2 ] ToSignal: errors user.
            expect: [ time restFor: ms ] ToSignal: errors user.
            expect: [ times delay: ms ] ToSignal: errors user ].
        assert: m isEmpty ).

    testNoTime = (| m |
        m: semaphore copy.
        process sleep: 0.
        process sleep: -0.0.
        time restFor: 0.
        expect: (m waitTimeOut: 0) ToBe: true.
        expect: ([ [ process yield ] loop ] valueWithin: 0 IfTimeout: 'late') ToBe: 'late' ).

    testFractions = (| start |
        start: time steady.
        process sleep: 3.5.
        time restFor: 1.5.
        assert: (time steady - start) >= 5 ).

    testLongWaitsCostNothing = (| all. cpu. m |
        m: semaphore copy.
        all: list copyRemoveAll.
        ((1 << 70) & 100000.5 & 1.0e300 & (1 << 50)) asVector do: [ |:ms|
            all add: [ process sleep: ms ] fork.
            all add: [ m waitTimeOut: ms ] fork.
            all add: [ [ process sleep: ms ] valueWithin: ms IfTimeout: nil ] fork ].
        process yield.
        cpu: time cpuMilliseconds.
        process sleep: 300.
        cpu: time cpuMilliseconds - cpu.
        all do: [ |:p| assert: p isAlive. p abort ].
        assert: m isEmpty.
        assert: cpu < 100 Description: 'waiting used the processor: ', cpu printString, ' ms' ).

    testUnscheduledWaits = (| m |
        m: semaphore copy.
        expect: ([ 3 ] valueWithin: (1 << 70) IfTimeout: 4) ToBe: 3.
        expect: ([ 3 ] fork joinTimeOut: 1000 IfFail: 4) ToBe: 3.
        expect: ([ process sleep: 10000 ] fork joinTimeOut: 3 IfFail: 4) ToBe: 4.
        [ process sleep: 3. m signal ] fork.
        expect: (m waitTimeOut: 10000) ToBe: false ).

    testWaitingIsOnePiece = (| before. m. status |
        status: '/proc/thread-self/status'.
        (file named: status) exists ifFalse: [ ^ self ].
        m: semaphore copy.
        before: switchesIn: status.
        process sleep: 400.
        m waitTimeOut: 200.
        [ process sleep: 200. 1 ] fork join.
        expect: ((switchesIn: status) - before) < 20 ToBe: true ).
    switchesIn: path = (
        (file named: path) contents lines do: [ |:l|
            ('voluntary_ctxt_switches:' isPrefixOf: l) ifTrue: [
                ^ (l copyFrom: 24) trim asInteger ] ].
        0 ).

    testTheClockForWaiting = (| t |
        t: time steady.
        assert: (t - time milliseconds) abs < 5000.
        process sleep: 2.
        assert: (time steady - t) >= 2 ).

    testPatientWork = (| p. slept <- false |
        p: [ process sleep: 1. slept: true ] fork.
        expect: (os run: 'sleep' & '0.05') status ToBe: 0.
        assert: slept.
        expect: ([ (os run: 'sleep' & '30') status ] valueWithin: 30 IfTimeout: 'late')
            ToBe: 'late' ).
|)
