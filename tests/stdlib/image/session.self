"Tests of stdlib/image/session.self."

testing suite: 'session' Tests: (|
    parent* = traits testSuite.

    testRemembering = (
        session at: 'session test' Put: 3 & 4.
        image collectGarbage.
        expect: (session at: 'session test' IfAbsent: nil) asVector last ToBe: 4.
        expect: (session at: 'session test' IfAbsentPut: [ 5 ]) asVector first ToBe: 3.
        session removeKey: 'session test'.
        expect: (session at: 'session test' IfAbsentPut: [ 5 ]) ToBe: 5.
        session removeKey: 'session test'.
        expect: (session at: 'session test' IfAbsent: [ 'none' ]) ToBe: 'none' ).
|)
