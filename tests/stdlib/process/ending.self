"Tests of stdlib/process: whoever is ended leaves every queue it stands in, gives back
what it was given, and does what it promised without keeping others waiting."

testing suite: 'ending' Tests: (|
    parent* = traits testSuite.

    testEndedWhileWaiting = (| m. p. r <- 'none' |
        m: semaphore copyBinary.
        m wait.
        p: [ m wait ] fork.
        process yield.
        p abort.
        assert: m isEmpty.
        [ m wait. r: 'in' ] fork.
        process yield.
        m signal.
        process sleep: 5.
        expect: r ToBe: 'in' ).

    testEndedWithAPermitOnTheWay = (| m. p |
        m: semaphore copy.
        p: [ m wait. m signal ] fork.
        process yield.
        m signal.
        p abort.
        assert: m isAvailable.
        p: [ m wait ] fork join.
        p: [ m waitTimeOut: 10000 ] fork.
        process yield.
        m signal.
        p abort.
        expect: m count ToBe: 1 ).

    testEndedWithATimeLimit = (| m. p |
        m: semaphore copy.
        p: [ m waitTimeOut: 10000 ] fork.
        process yield.
        expect: m noOfWaiters ToBe: 1.
        p abort.
        assert: m isEmpty.
        m signal.
        assert: m isAvailable ).

    testEndedInProtectedPart = (| m. p |
        m: semaphore copyBinary.
        m wait.
        p: [ m protect: [ process sleep: 10000 ] ] fork.
        process yield.
        m signal.
        p abort.
        assert: m isAvailable.
        p: [ m protect: [ process sleep: 10000 ] ] fork.
        process yield.
        deny: m isAvailable.
        p abort.
        assert: m isAvailable.
        p: [ m protect: [ process sleep: 10000 ] TimeOut: 1000 IfTimedOut: nil ] fork.
        process yield.
        p abort.
        assert: m isAvailable ).

    testEndedInRecursiveSemaphore = (| m. p |
        m: recursiveSemaphore copy.
        m wait.
        p: [ m protect: [ 3 ] ] fork.
        process yield.
        p abort.
        assert: m isEmpty.
        m signal.
        assert: m isAvailable.
        expect: [ m protect: [ 4 ] ] fork join ToBe: 4 ).

    testEndedWhileJoining = (| p. q |
        q: [ process sleep: 10000 ] fork.
        p: [ q join ] fork.
        process yield.
        expect: q state joiners size ToBe: 1.
        p abort.
        expect: q state joiners size ToBe: 0.
        p: [ q joinTimeOut: 10000 IfFail: nil ] fork.
        process yield.
        p abort.
        expect: q state joiners size ToBe: 0.
        q abort ).

    testEndedWhileReadingAQueue = (| q. p |
        q: sharedQueue copy.
        p: [ q next ] fork.
        process yield.
        p abort.
        q put: 3.
        expect: q next ToBe: 3.
        p: [ q next ] fork.
        process yield.
        q put: 4.
        p abort.
        expect: q size ToBe: 1.
        expect: [ q next ] fork join ToBe: 4.
        assert: q isEmpty ).

    testEndedWithATimedValue = (| p. inner |
        p: [ [ inner: process this. process sleep: 10000 ] valueWithin: 10000 IfTimeout: nil ]
            fork.
        process sleep: 2.
        p abort.
        expect: inner status ToBe: 'aborted' ).

    testHandlersLetGoOfTheLine = (| m. r |
        m: semaphore copy.
        r: [ m wait ] on: errors user Do: 'in vain'.
        expect: r ToBe: 'in vain'.
        assert: m isEmpty ).

    testWhoHasEndedStaysWhatItWas = (| p |
        p: [ 7 ] fork.
        expect: p join ToBe: 7.
        p abort.
        p abort: 'no'.
        p start.
        process yield.
        expect: p status ToBe: 'finished'.
        expect: p causeOfError ToBe: ''.
        expect: p result ToBe: 7.
        p: [ process sleep: 10000 ] fork.
        process yield.
        p abort: 'enough'.
        p start.
        process yield.
        expect: p status ToBe: 'aborted'.
        expect: [ p resume: 3 ] ToSignal: errors primitive.
        expect: p causeOfError ToBe: 'enough'.
        p: ([ 3 ] newProcess) abort start.
        process yield.
        expect: p status ToBe: 'aborted' ).

    testCleanUpThatWaits = (| m. log <- ''. p |
        m: semaphore copyBinary.
        m wait.
        p: [
            [ [ process sleep: 10000 ] ensure: [ m wait. log: log, 'inner '. m signal ] ] ensure: [
                log: log, 'outer' ] ] fork.
        process yield.
        p abort.
        assert: p isAlive.
        expect: log ToBe: ''.
        m signal.
        p waitForDeath.
        expect: log ToBe: 'inner outer'.
        expect: p status ToBe: 'aborted'.
        assert: m isAvailable ).

    testCleanUpThatWaitsForEver = (| m. log <- ''. p |
        m: semaphore copy.
        p: [ [ [ process sleep: 10000 ] ensure: [ m wait ] ] ensure: [ log: 'outer' ] ] fork.
        process yield.
        p abort.
        assert: p isAlive.
        p abort.
        expect: log ToBe: 'outer'.
        expect: p status ToBe: 'aborted'.
        assert: m isEmpty ).

    testCleanUpThatSleeps = (| log <- ''. p |
        p: [ [ process sleep: 10000 ] ensure: [ process sleep: 5. log: 'slept' ] ] fork.
        process yield.
        p abort.
        p waitForDeath.
        expect: log ToBe: 'slept' ).

    testCleanUpThatNeverEnds = (| start. p. log <- '' |
        p: [ [ [ process sleep: 10000 ] ensure: [ [ 3 square ] loop ] ] ensure: [ log: 'outer' ] ]
            fork.
        process yield.
        start: time steady.
        p abort.
        assert: (time steady - start) < 2000 Description: 'whoever ends it does not wait for it'.
        expect: [ 3 + 4 ] fork join ToBe: 7.
        p abortIfLive.
        assert: p isGone.
        expect: log ToBe: 'outer' ).

    testCleanUpThatIsHandledOutside = (| log <- ''. p |
        p: [
            [ [ process sleep: 10000 ] ensure: [ 1 / 0 ] ] on: errors any Do: [ log: 'handled ' ].
            log: log, 'not reached' ] fork.
        process yield.
        p abort.
        expect: log ToBe: 'handled '.
        expect: p status ToBe: 'aborted' ).

    testCleanUpThatReturns = (| log <- ''. p |
        p: [ leaveAtTheEnd. log: 'not reached' ] fork.
        process yield.
        p abort.
        expect: log ToBe: ''.
        expect: p status ToBe: 'aborted' ).

    leaveAtTheEnd = ( [ process sleep: 10000 ] ensure: [ ^ 3 ] ).

    testEndingEachOther = (| p. q. log <- '' |
        p: [ [ process sleep: 10000 ] ensure: [ q abort. log: log, 'p ' ] ] fork.
        q: [ [ p abort. log: log, 'q goes on' ] ensure: [ log: log, 'q ends' ] ] fork.
        process yield.
        q waitForDeath.
        expect: log ToBe: 'p q ends'.
        expect: q status ToBe: 'aborted'.
        expect: p status ToBe: 'aborted' ).

    testEndingOneselfWithWaiting = (| log <- ''. p |
        p: [ [ process this abort ] ensure: [ process sleep: 3. log: 'slept' ] ] fork.
        p waitForDeath.
        expect: log ToBe: 'slept'.
        expect: p status ToBe: 'aborted' ).

    testEndingInsideIndivisibleParts = (| p. m |
        m: semaphore copy.
        p: [ process atomically: [ m wait ] ] fork.
        process yield.
        p abort.
        deny: p state isAtomic.
        assert: m isEmpty ).
|)
