"Tests of stdlib/mind/health.self: what is told of a world at a glance."

testing suite: 'health' Tests: (|
    parent* = traits testSuite.

    testAllIsToldInALineEach = (
        expect: (health rows mapBy: [ |:r| r key ])
            ToBe: ('cem' & 'methods' & 'commits' & 'memory' & 'pauses' & 'processes' & 'failures'
                & 'inquiry' & 'budget' & 'power') asVector.
        expect: health show lines size ToBe: health rows size.
        health rows do: [ |:r| deny: r value isEmpty ] ).

    testWhatWasSpentIsTold = (| before |
        before: inquiry budget spent.
        [
            inquiry budget spent: list copyRemoveAll.
            inquiry budget tokens: 1234 Milliseconds: 5000 Commits: 2.
            assert: ((health rowNamed: 'budget') startsWith: '1234 of 20000 (1234 of 100000) tokens, 5 of 300 (5 of 1800) seconds, 2 of 30') ] ensure: [
            inquiry budget spent: before ] ).

    testPausesAreMeasured = (
        image collectGarbage.
        deny: ('0 full collections' isSuffixOf: (health rowNamed: 'pauses')).
        assert: ((health rowNamed: 'pauses') includesSubstring: ' ms in all') ).

    testWhatItWaitsForIsSaid = (
        expect: (health rowNamed: 'inquiry') ToBe: 'off'.
        inquiry idleAfter: 3600.
        inquiry policy: 'propose'.
        [
            inquiry regardsLoad: false.
            expect: (health rowNamed: 'inquiry')
                ToBe: 'propose, waiting until nobody was there for 3600 seconds' ] ensure: [
            inquiry idleAfter: 60.
            inquiry regardsLoad: true.
            inquiry stop ] ).

    testItWaitsWhileTheBatteryIsUsed = (| before |
        before: inquiry regardsLoad.
        [
            inquiry regardsLoad: false.
            inquiry _AddSlots: (| powerSupply = (true & 41) asVector |).
            expect: inquiry reasonToWait ToBe: 'the machine runs on its battery'.
            expect: (health rowNamed: 'power') ToBe: '41%, on battery'.
            inquiry regardsBattery: false.
            expect: inquiry reasonToWait ToBe: nil.
            inquiry _AddSlots: (| powerSupply = (false & nil) asVector |).
            expect: (health rowNamed: 'power') ToBe: 'no battery' ] ensure: [
            inquiry regardsBattery: true.
            inquiry regardsLoad: before.
            (reflect: inquiry)
                addSlots: 'powerSupply = ( _PowerSupplyIfFail: [ (false & nil) asVector ] )'
                Category: 'beating' ] ).
|)
