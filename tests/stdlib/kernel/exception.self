"Tests of stdlib/kernel/exception.self, errorKind.self and lookupError.self."

globals _AddSlots: (|
    hookExamples = (|
        parentOne = (|
            parent* = lobby.
            undefinedSelector: s Type: t Delegatee: d MethodHolder: m Arguments: a = (
                s, ' ', t, ' ', a size printString )
        |)
    |)
|)

hookExamples _AddSlots: (|
    childOne = (|
        parent* = hookExamples parentOne.
        m = ( zork ).
        n = ( resend.zork ).
        o = ( parent.zork )
    |)
|)

testing suite: 'exception' Tests: (|
    parent* = traits testSuite.

    testReturn = (
        expect: ([ error: 'x'. 1 ] on: errors user Do: [ |:e| e return: 2 ]) ToBe: 2.
        expect: ([ error: 'x'. 1 ] on: errors user Do: [ 3 ]) ToBe: 3.
        expect: ([ 1 ] on: errors any Do: [ 3 ]) ToBe: 1 ).

    testResume = (
        expect: ([ 10 + (error: 'x') ] on: errors user Do: [ |:e| e resume: 5 ]) ToBe: 15.
        expect: ([ 10 + nil foo ] on: errors lookup Do: [ |:e| e resume: 7 ]) ToBe: 17 ).

    testRetry = (| tries <- 0 |
        expect: ([ tries: tries + 1. tries < 3 ifTrue: [ error: 'again' ]. tries ]
                on: errors user
                Do: [ |:e| e retry ])
            ToBe: 3 ).

    testPass = (| log <- '' |
        expect: ([ [ error: 'x' ] on: errors user Do: [ |:e| log: 'inner '. e pass ] ]
                on: errors any
                Do: [ |:e| log: log, 'outer'. 9 ])
            ToBe: 9.
        expect: log ToBe: 'inner outer' ).

    testSignallingAgain = (| log <- '' |
        expect: ([ [ 1 / 0 ] on: errors any Do: [ |:e| e signal. e return: 5 ]. 'after' ]
                on: errors any
                Do: [ |:e| e resume: 17 ])
            ToBe: 'after'.
        expect: ([ [ 1 / 0 ] on: errors any Do: [ |:e| e return: e signal + 1 ] ]
                on: errors any
                Do: [ |:e| e resume: 17 ])
            ToBe: 18.
        expect: ([ 10 + [ error: 'x' ] value ] on: errors any Do: [ |:e|
                [ e signal ] on: errors any Do: [ |:f| f return: 1 ].
                e resume: 3 ])
            ToBe: 13.
        expect: ([
                [
                    [ error: 'x' ] on: errors any Do: [ |:e|
                        [ e signal: 'y' ] on: errors any Do: [ |:f| log: f messageText. f retry ].
                        0 ] ] on: errors any Do: [ 'outer' ] ]
                valueWithin: 50
                IfTimeout: 'again and again')
            ToBe: 'again and again'.
        expect: log ToBe: 'y' ).

    testPassGoesOutward = (
        expect: ([
                [ error: 'x' ] on: errors any Do: [ |:e|
                    [ e pass ] on: errors any Do: [ 'nested' ] ] ] on: errors any Do: [ 'outer' ])
            ToBe: 'outer'.
        expect: ([ [ 1 + (error: 'x') ] on: errors any Do: [ |:e| e pass. 'not reached' ] ]
                on: errors any
                Do: [ |:e| e resume: 2 ])
            ToBe: 3 ).

    testRetryOfAnOuterOne = (| tries <- 0 |
        expect: ([ tries: tries + 1. [ error: 'x' ] on: errors any Do: [ |:e| e pass ] ]
                on: errors any
                Do: [ |:e| tries < 3 ifTrue: [ e retry ]. tries ])
            ToBe: 3 ).

    testJudgesAreOutsideTheirHandlers = (
        expect: ([ [ error: 'x' ] on: [ |:e| nil zork ] Do: [ 'inner' ] ] on: errors lookup Do: [
                'outer' ])
            ToBe: 'outer'.
        expect: ([ [ error: 'x' ] on: [ |:e| error: 'y'. true ] Do: [ 'inner' ] ]
                on: errors user
                Do: [ |:e| e messageText = 'y' ifTrue: [ e resume ] False: [ 'outer' ] ])
            ToBe: 'inner' ).

    testHandlersAreInForceAgain = (| log <- '' |
        [ error: 'a'. error: 'b' ] on: errors user Do: [ |:e| log: log, e messageText. e resume ].
        expect: log ToBe: 'ab'.
        log: ''.
        [ [ error: 'a' ] on: errors user Do: [ |:e| log: log, 'inner '. e return ]. error: 'b' ]
            on: errors user
            Do: [ |:e| log: log, 'outer ', e messageText ].
        expect: log ToBe: 'inner outer b' ).

    testLongAfterwards = (| kept |
        [ error: 'x' ] on: errors user Do: [ |:e| kept: e ].
        ('return' & 'resume' & 'retry' & 'pass') asVector do: [ |:what|
            expect: [ kept _Perform: what canonicalize ] ToSignal: errors user ].
        expect: ([ kept signal ] on: errors user Do: [ |:e| e return: 4 ]) ToBe: 4 ).

    testKinds = (
        expect: [ nil foo ] ToSignal: errors lookup.
        expect: [ nil foo ] ToSignal: errors undefinedSelector.
        expect: [ 3 / 0 ] ToSignal: errors zeroDivide.
        expect: [ 3 / 0 ] ToSignal: errors primitive.
        expect: [ (vector copySize: 2) at: 5 ] ToSignal: errors index.
        expect: [ list copyRemoveAll first ] ToSignal: errors missing.
        expect: [ error: 'x' ] ToSignal: [ |:e| e messageText = 'x' ].
        expect: [ 3 / 0 ] ToSignal: (errors user & errors zeroDivide) ).

    testOtherKindPassesThrough = (
        expect: ([ [ error: 'x' ] on: errors lookup Do: [ 1 ] ] on: errors user Do: [ 2 ]) ToBe: 2 ).

    testHandlersAreInForceOnlyInside = (
        [ 1 ] on: errors any Do: [ 2 ].
        expect: ([ earlyLeave. error: 'x' ] on: errors user Do: [ 7 ]) ToBe: 7 ).

    earlyLeave = ( [ ^ 1 ] on: errors user Do: [ 2 ] ).

    testErrorInHandler = (
        expect: ([ [ error: 'a' ] on: errors user Do: [ error: 'b' ] ] on: errors user Do: [ |:e|
                e messageText ])
            ToBe: 'b' ).

    testEnsureRuns = (| log <- '' |
        [ [ error: 'x' ] ensure: [ log: 'cleaned' ] ] on: errors user Do: [ 0 ].
        expect: log ToBe: 'cleaned' ).

    testOwnKind = (| k |
        k: errors user copyName: 'bank'.
        expect: [ k signal: 'broke' ] ToSignal: k.
        expect: [ k signal: 'broke' ] ToSignal: errors user ).

    testRaiseError = (
        expect: [ raiseError value ] ToSignal: errors user.
        expect: [ raiseError value: 'no' ] ToComplain: 'Error: no. Receiver is: raiseError.'.
        expect: [ raiseError value: 'no' With: 3 ] ToSignal: [ |:e| e messageText = 'no' ].
        expect: [ 3 _IntAdd: 'x' IfFail: raiseError ] ToSignal: [ |:e|
            e messageText = 'badTypeError' ].
        expect: [ (reflect: lobby) slotAt: 'zork' ] ToSignal: errors user ).

    testTexts = (
        expect: [ 3 foo ] ToComplain: 'No \'foo\' slot found in 3.'.
        expect: [ 3 foo: 4 Bar: 5 ] ToComplain: 'No \'foo:Bar:\' slot found in 3.'.
        expect: [ nil foo ] ToComplain: 'No \'foo\' slot found in nil.'.
        expect: [ 3 + 'a' ] ToComplain: '\'a\' is no number: 3 + \'a\' has no value.'.
        expect: [ 3 / 0 ]
            ToComplain: '3 can\'t be divided by zero (divisionByZeroError: the \'_IntDiv:\' primitive failed).'.
        expect: [ (1 & 2) asVector at: 7 ]
            ToComplain: 'there is no element 7 in a vector(1, 2), whose elements are 0 to 1.'.
        expect: [ 3 _IntAdd: 'a' ]
            ToComplain: 'badTypeError: the \'_IntAdd:\' primitive failed. Its receiver was 3.'.
        expect: [ 3 _NoSuchPrimitive ]
            ToComplain: 'primitiveNotDefinedError: the \'_NoSuchPrimitive\' primitive failed. Its receiver was 3.'.
        expect: [ 3 error: 'no' ] ToComplain: 'Error: no. Receiver is: 3.' ).

    testParentlessObjects = (
        expect: [ (| x = 3 |) foo ] ToComplain: 'No \'foo\' slot found in a slots object.' ).

    testStructuralErrors = (
        expect: [ (| a* = (| x = 1 |). b* = (| x = 2 |) |) x ] ToSignal: errors ambiguousSelector.
        expect: [ (| m = ( nope.zork ) |) m ] ToSignal: errors missingParent.
        expect: [ 3 _Perform: 'foo:' ] ToSignal: errors mismatchedArgumentCount.
        expect: [ 3 _Perform: 4 ] ToSignal: errors performType.
        expect: [ 3 _Perform: '_IntAdd:' With: 4 ] ToSignal: errors performType ).

    testReceiverHook = (
        expect: hooked zork ToBe: 'zork normal 0'.
        expect: (hooked zork: 3 Foo: 4) ToBe: 'zork:Foo: normal 2'.
        expect: hookedChild m ToBe: 'zork implicitSelf 0'.
        expect: hookedChild n ToBe: 'zork undirectedResend 0'.
        expect: hookedChild o ToBe: 'zork directedResend 0' ).

    hooked = ( hookExamples parentOne ).
    hookedChild = ( hookExamples childOne ).

    testDoesNotUnderstand = (
        expect: (polite + 3) ToBe: 'did you say +?'.
        expect: (polite at: 3 Put: 4) ToBe: 'did you say at:Put:?' ).

    polite = (| doesNotUnderstand: m = ( 'did you say ', m selector, '?' ) |).
|)
