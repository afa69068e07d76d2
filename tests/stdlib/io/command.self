"Tests of stdlib/io/command.self and web.self."

testing suite: 'command' Tests: (|
    parent* = traits testSuite.

    testRunning = (
        expect: (os run: 'echo' & 'hello world') output ToBe: 'hello world\n'.
        expect: (os run: 'cat' Input: 'é\n') output ToBe: 'é\n'.
        expect: (os run: 'sort' & '-n' Input: '3\n1\n2\n') lines asVector
            ToBe: ('1' & '2' & '3') asVector.
        expect: ((os command: 'pwd') directory: '/') output ToBe: '/\n' ).

    testFailing = (| r |
        r: os run: 'sh' & '-c' & 'echo oh >&2; exit 3'.
        expect: r status ToBe: 3.
        expect: r errors ToBe: 'oh\n'.
        expect: r isOk ToBe: false.
        expect: [ (os command: 'sh' & '-c' & 'exit 3') output ] ToSignal: errors outside.
        expect: [ os run: 'no such program' ] ToSignal: errors outside ).

    testTimeLimit = (| start |
        start: time milliseconds.
        expect: [ ((os command: 'sleep' & '20') timeLimit: 100) run ] ToSignal: errors outside.
        expect: [ ((os command: 'sh' & '-c' & 'sleep 20 & sleep 20') timeLimit: 100) run ]
            ToSignal: errors outside.
        assert: (time milliseconds - start) < 10000 ).

    testOthersGoOn = (| n <- 0. p |
        p: [ 20 do: [ n: n + 1. process sleep: 1 ] ] fork.
        os run: 'sleep' & '0.3'.
        expect: n ToBe: 20 ).

    testLargeInputAndOutput = (| text |
        text: 'line\n' * 200000.
        expect: (os run: 'cat' Input: text) output size ToBe: 1000000.
        expect: (os run: 'true' Input: text) status ToBe: 0 ).

    testWrongKinds = (
        expect: [ os run: 3 ]
            ToComplain: 'Error: a program is told by its name and arguments, and not by 3. Receiver is: os command: a vector().'.
        expect: [ os run: vector ] ToSignal: errors user ).

    testWebWithoutServer = (
        expect: [ ((web at: 'http://127.0.0.1:1/') timeLimit: 2000) get ] ToSignal: errors outside.
        expect: [ web get: 'nonsense' ] ToSignal: errors outside ).
|)
