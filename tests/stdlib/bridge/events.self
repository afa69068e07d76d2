"Tests of stdlib/bridge/events.self: what waits for a client that does not read."

testing suite: 'bridge events' Tests: (|
    parent* = traits testSuite.

    testTheNewestOfEachKey = (| c |
        c: bridgeClient copyNumber: 1 Role: 'look'.
        c keep: 1 Key: 'a'.
        c keep: 2 Key: 'b'.
        c keep: 3 Key: 'a'.
        expect: (c pending mapBy: [ |:e| e value ]) asVector ToBe: (3 & 2) asVector ).

    testInOrderWithoutKeys = (| c |
        c: bridgeClient copyNumber: 1 Role: 'look'.
        c keep: 1 Key: nil.
        c keep: 1 Key: nil.
        c keep: 2 Key: nil.
        expect: (c pending mapBy: [ |:e| e value ]) asVector ToBe: (1 & 1 & 2) asVector.
        expect: c dropped ToBe: 0 ).

    testTopicsHaveRoles = ( bridge topics do: [ |:t| assert: (bridge roles includes: t key) ] ).
|)
