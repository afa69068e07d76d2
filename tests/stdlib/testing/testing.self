"Tests of stdlib/testing/testing.self: a suite that must fail, run on the side."

testing suite: 'testing' Tests: (|
    parent* = traits testSuite.

    testCounting = (| outcome |
        outcome: testOutcome copyRemoveAll.
        failingSuite runMatching: '' Into: outcome.
        expect: outcome passCount ToBe: 1.
        expect: outcome failures size ToBe: 3.
        expect: outcome hasPassed ToBe: false.
        expect: testOutcome passCount ToBe: 0 ).

    testPlaces = (| outcome |
        outcome: testOutcome copyRemoveAll.
        failingSuite runMatching: 'testBroken' Into: outcome.
        expect: ((regex matching: 'failing testBroken: .* \\(.*testing\\.self:[0-9]+\\)') matches: outcome
                failures first)
            ToBe: true ).

    testMatching = (| outcome |
        outcome: testOutcome copyRemoveAll.
        failingSuite runMatching: 'testGood' Into: outcome.
        expect: outcome hasPassed ToBe: true ).

    testTearDownRuns = (
        failingSuite tornDown: 0.
        failingSuite runMatching: '' Into: testOutcome copyRemoveAll.
        expect: failingSuite tornDown ToBe: 4 ).
|)

globals _AddSlots: (|
    failingSuite = (|
        parent* = traits testSuite.
        tornDown <- 0.
        name = 'failing'.
        tearDown = ( tornDown: tornDown + 1 ).
        testGood = ( expect: 3 ToBe: 3 ).
        testBad = ( expect: 3 ToBe: 4 ).
        testBroken = ( nil foo ).
        testNoError = ( expect: [ 3 ] ToSignal: errors any ).
    |)
|)
