"Tests of stdlib/process/channel.self."

testing suite: 'channel' Tests: (|
    parent* = traits testSuite.

    testPassing = (| c. got |
        c: channel copyCapacity: 2.
        got: list copyRemoveAll.
        [ 10 do: [ |:i| c put: i ]. c close ] fork.
        c do: [ |:x| got addLast: x ].
        expect: got asVector ToBe: (0 upTo: 10) asVector.
        expect: c size ToBe: 0.
        expect: [ c take ] ToSignal: errors closed.
        expect: [ c put: 1 ] ToSignal: errors closed.
        expect: (c takeIfClosed: 'no more') ToBe: 'no more' ).

    testRoom = (| c. p |
        c: channel copyCapacity: 1.
        c put: 1.
        expect: (c put: 2 Within: 10 IfTimeout: 'full') ToBe: 'full'.
        expect: (c takeWithin: 10 IfTimeout: 'none') ToBe: 1.
        expect: (c takeWithin: 10 IfTimeout: 'none') ToBe: 'none'.
        expect: (c takeIfAny: 'none') ToBe: 'none'.
        p: [ c put: 1. c put: 2. 'put' ] fork.
        expect: c take ToBe: 1.
        expect: c take ToBe: 2.
        expect: p join ToBe: 'put'.
        expect: [ channel copyCapacity: 0 ] ToSignal: errors any ).

    testWhoWaitsCanBeEnded = (| c. p |
        c: channel copy.
        p: [ c take ] fork.
        process sleep: 5.
        p abort.
        expect: c waiters size ToBe: 0.
        c put: 7.
        expect: (c takeIfAny: nil) ToBe: 7.
        c put: 1.
        p: [ c put: 2 ] fork.
        process sleep: 5.
        p abort.
        expect: c take ToBe: 1.
        expect: (c takeIfAny: 'none') ToBe: 'none' ).

    testManyProducersAndConsumers = (| c. sum <- 0. workers. done |
        c: channel copyCapacity: 3.
        done: channel copyCapacity: 10.
        workers: (1 to: 4) mapBy: [ |:k|
            [ 1 to: 25 Do: [ |:i| c put: (k * 100) + i. process yield ] ] fork ].
        3 do: [ [ | n <- 0 | c do: [ |:x| n: n + x. process yield ]. done put: n ] fork ].
        workers do: [ |:p| p join ].
        c close.
        3 do: [ sum: sum + done take ].
        expect: sum ToBe: (25 * (100 + 200 + 300 + 400)) + (4 * 325) ).

    testSelect = (| a. b. s |
        a: channel copyCapacity: 4.
        b: channel copyCapacity: 4.
        s: select new on: a Do: [ |:x| 'a', x printString ].
        s on: b Do: [ |:x| 'b', x printString ].
        s timeOut: 10 Do: [ 'late' ].
        expect: s value ToBe: 'late'.
        b put: 1.
        expect: s value ToBe: 'b1'.
        a put: 2.
        b put: 3.
        a put: 4.
        expect: ((s value & s value & s value) asVector copySorted)
            ToBe: ('a2' & 'a4' & 'b3') asVector.
        [ process sleep: 3. a put: 9 ] fork.
        expect: ((select new on: a Do: [ |:x| x ]) on: b Do: [ |:x| x ]) value ToBe: 9.
        expect: a waiters size ToBe: 0.
        expect: b waiters size ToBe: 0.
        a close.
        b close.
        expect: [ ((select new on: a Do: [ |:x| x ]) on: b Do: [ |:x| x ]) value ]
            ToSignal: errors closed.
        expect: ((select new on: a Do: [ |:x| x ]) ifClosed: [ 'over' ]) value ToBe: 'over'.
        expect: ((select new on: [ 5 ] async Do: [ |:v| v + 1 ]) on: a Do: [ |:x| x ]) value
            ToBe: 6 ).

    testSelectIsFair = (| a. b. s. counts |
        a: channel copyCapacity: 50.
        b: channel copyCapacity: 50.
        50 do: [ a put: 0. b put: 1 ].
        counts: vector copySize: 2 FillingWith: 0.
        s: (select new on: a Do: [ |:x| counts at: x Put: (counts at: x) + 1 ]) on: b Do: [ |:x|
            counts at: x Put: (counts at: x) + 1 ].
        20 do: [ s value ].
        expect: counts ToBe: (10 & 10) asVector ).

    testFutures = (| f. p |
        expect: [ 3 + 4 ] async value ToBe: 7.
        f: [ process sleep: 5. 'done' ] async.
        expect: (f valueWithin: 1 IfTimeout: 'not yet') ToBe: 'not yet'.
        expect: f value ToBe: 'done'.
        expect: f value ToBe: 'done'.
        f: [ 3 / 0 ] async.
        expect: [ f value ] ToSignal: errors any.
        expect: f hasFailed ToBe: true.
        expect: (f valueIfFail: 'failed') ToBe: 'failed'.
        f: [ process sleep: 100000 ] async.
        f cancel.
        expect: [ f value ] ToSignal: errors any.
        f: [ process sleep: 3. 1 ] async.
        p: [ f value ] fork.
        expect: f value + p join ToBe: 2 ).

    testPool = (| p. running <- 0. most <- 0 |
        p: pool copySize: 2.
        expect: (p mapAll: (1 to: 6) By: [ |:x|
                running: running + 1.
                most: (most max: running).
                process sleep: 2.
                running: running - 1.
                x * x ])
            ToBe: (1 & 4 & 9 & 16 & 25 & 36) asVector.
        expect: most ToBe: 2.
        expect: [ p mapAll: (1 to: 3) By: [ |:x| x / 0 ] ] ToSignal: errors any.
        expect: (p async: [ 5 ]) value ToBe: 5.
        p async: [ process sleep: 100000 ].
        p cancel.
        p wait ).

    testQueueWithTimeLimit = (| q |
        q: sharedQueue copy.
        expect: (q nextWithin: 5 IfTimeout: 'none') ToBe: 'none'.
        q put: 1.
        expect: (q nextWithin: 5 IfTimeout: 'none') ToBe: 1.
        expect: (q nextIfAny: 'none') ToBe: 'none'.
        [ process sleep: 3. q put: 2 ] fork.
        expect: (q nextWithin: 5000 IfTimeout: 'none') ToBe: 2 ).
|)
