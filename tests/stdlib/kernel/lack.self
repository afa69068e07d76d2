"Tests of stdlib/kernel: whatever stops a process for lack of something can be handled."

testing suite: 'lack' Tests: (|
    parent* = traits testSuite.

    deep = ( 1 + deep ).
    deepInBlocks = ( [ deepInBlocks ] value + 1 ).
    deepInClean = ( [ deepInClean ] ensure: [ 3 ] ).
    deepInHandlers = ( [ deepInHandlers ] on: errors user Do: [ 3 ] ).

    testStack = (
        expect: [ deep ] ToSignal: errors stackOverflow.
        expect: [ deep ] ToSignal: errors any.
        expect: [ deep ]
            ToComplain: 'stackOverflowError: the process needs more stack than it may have' ).

    testStackAgainAndAgain = (| n <- 0 |
        3 do: [ [ deep ] on: errors stackOverflow Do: [ n: n + 1 ] ].
        [ deepInBlocks ] on: errors stackOverflow Do: [ n: n + 1 ].
        expect: n ToBe: 4 ).

    testCleanUpWhenTheStackIsFull = (| log <- '' |
        [ [ deep ] ensure: [ log: log, ' kept' ] ] on: errors lack Do: [ log: 'handled' ].
        expect: log ToBe: 'handled kept'.
        expect: [ deepInHandlers ] ToSignal: errors stackOverflow ).

    testFuel = (| p |
        p: [ [ [ 3 square ] loop ] on: errors outOfFuel Do: [ |:e| e description ] ] newProcess.
        p fuel: 100000.
        expect: p start join ToBe: 'out of fuel'.
        p: [
            [ [ [ 3 square ] loop ] on: errors outOfFuel Do: [ [ 3 square ] loop ] ] ensure: [ 3 ] ]
            newProcess.
        p fuel: 100000.
        expect: (p start joinIfFail: 'once only') ToBe: 'once only'.
        p abort.
        p: [
            [ 20 do: [ 100000 do: [ 3 square ] ]. 'ran on' ] on: errors outOfFuel Do: [ |:e|
                e resume ] ] newProcess.
        p fuel: 300000.
        expect: (p start joinIfFail: [ p causeOfError ]) ToBe: 'out of fuel'.
        p abort ).

    testSelfContained = (| l. m. d. s |
        l: list copyRemoveAll.
        l add: l.
        expect: [ l hash ] ToSignal: errors stackOverflow.
        assert: l = l copy.
        m: list copyRemoveAll.
        m add: l copy.
        m add: m.
        expect: [ m hash ] ToSignal: errors stackOverflow.
        expect: l ToPrint: 'a list(a list(a list(a list(a list(a list(a list(a list(...))))))))'.
        d: dictionary copyRemoveAll.
        d at: 1 Put: d.
        assert: d = d copy.
        s: set copyRemoveAll.
        expect: [ s add: l ] ToSignal: errors lack.
        expect: s size ToBe: 0 ).

    testPrintingHasABudget = (| l. p |
        l: list copyRemoveAll.
        30 do: [ l add: l ].
        p: [ l printString size ] newProcess.
        p fuel: 20000000.
        p start.
        assert: (p joinIfFail: [ p causeOfError ]) < 100000.
        expect: (1 to: 3) asList ToPrint: 'a list(1, 2, 3)'.
        l: list copyRemoveAll.
        300 do: [ |:i| l add: i & i ].
        assert: ('...)' isSuffixOf: l printString) ).

    testErrorsWhileErrorsAreTold = (| o |
        o: (| printString = ( printString ) |).
        expect: [ o foo ] ToComplain: 'No \'foo\' slot found in a slots object.'.
        o: (| parent* = lobby. printString = ( nil zork ) |).
        expect: [ o error: 'x' ] ToComplain: 'Error: x. Receiver is: a slots object.'.
        o: (| parent* = lobby. printString = ( error: 'y' ) |).
        expect: [ o foo ] ToComplain: 'No \'foo\' slot found in a slots object.' ).
|)
