"Tests of stdlib/kernel/block.self."

testing suite: 'block' Tests: (|
    parent* = traits testSuite.

    testArguments = (
        expect: ([ 3 ] value) ToBe: 3.
        expect: ([ 3 ] value: 4) ToBe: 3.
        expect: ([ |:x| x ] value: 3 With: 4) ToBe: 3.
        expect: ([ |:x. :y| x - y ] value: 3 With: 4) ToBe: -1.
        expect: (3 value: 4 With: 5) ToBe: 3 ).

    testTooFewArguments = (
        expect: [ [ |:x| x ] value ] ToSignal: errors user.
        expect: [ [ |:x. :y| x ] value: 3 ] ToSignal: errors user ).

    testWhile = (| i <- 0. log <- '' |
        [ i < 3 ] whileTrue: [ log: log, i printString. i: i + 1 ].
        expect: log ToBe: '012'.
        [ i = 0 ] whileFalse: [ i: i - 1 ].
        expect: i ToBe: 0.
        expect: ([ false ] whileTrue: [ 3 ]) ToBe: nil.
        [ i: i + 1. i < 5 ] whileTrue.
        expect: i ToBe: 5 ).

    testWhileWithComputedBlocks = (| i <- 0. condition. body |
        condition: [ i < 4 ].
        body: [ i: i + 1 ].
        condition whileTrue: body.
        expect: i ToBe: 4.
        body untilTrue: [ i >= 7 ].
        expect: i ToBe: 7 ).

    testLoops = (| i <- 0. r |
        [ |:exit| i: i + 1. i = 5 ifTrue: [ exit value ] ] loopExit.
        expect: i ToBe: 5.
        r: [ |:exit| i: i + 1. i = 9 ifTrue: [ exit value: i * 2 ] ] loopExitValue.
        expect: r ToBe: 18.
        expect: (find: 6) ToBe: 6.
        expect: ([ |:exit| exit value: 3. 4 ] exitValue) ToBe: 3 ).

    find: n = (| i <- 0 | [ i: i + 1. i = n ifTrue: [ ^ i ] ] loop ).

    testFreshLocals = (| b | b: [ | j <- 0 | j: j + 1. j ]. b value. expect: b value ToBe: 1 ).

    "A local is read before what stands to its right assigns it, by its text or through a block that was kept."
    testOperandsAreReadInOrder = (
        expect: (besideAnAssignment: 1) ToBe: 8.
        expect: (besideAChoice: true) ToBe: 6.
        expect: (besideABlock: 5) ToBe: 6.
        expect: inALoop ToBe: 12.
        expect: besideArithmetic ToBe: 4.
        expect: besideNestedArithmetic ToBe: 5.
        expect: asAnArgument ToBe: 4 ).

    besideAnAssignment: n = (| x <- 0 | x: n. x + ((x: 5) seven) ).

    besideAChoice: test = (| x <- 1 | x + (test ifTrue: [ x: 5. x ] False: 0) ).

    besideABlock: n = (| x <- 1 | x + [ x: n. x ] value ).

    inALoop = (| x <- 1 | 1 to: 2 Do: [ | :i. y <- 2 | x: x + (y + ((y: 9) one: i)) ]. x ).

    besideArithmetic = (| x <- 1 | keeper ifTrue: [ x: 100 ]. x + (keeper * 3) ).

    besideNestedArithmetic = (| x <- 1 | keeper ifTrue: [ x: 100 ]. x + (1 + (keeper * 3)) ).

    asAnArgument = (| x <- 1 | keeper ifTrue: [ x: 100 ]. x max: (x + (keeper * 3)) ).

    seven = 7.

    one: i = ( 2 + i ).

    "Is no boolean and no number: keeps a block that it is given, and runs it when it is multiplied."
    keeper = (| parent* = lobby. kept <- 0. ifTrue: b = ( kept: b ). * n = ( kept value. n ) |).

    testClosuresLive = (| makers. i <- 0 |
        makers: list copyRemoveAll.
        [ i < 3 ] whileTrue: [ | k | k: i. makers addLast: [ k ]. i: i + 1 ].
        expect: ((makers mapBy: [ |:m| m value ]) = (list copyRemoveAll addAll: (0 & 1 & 2)))
            ToBe: true.
        expect: counter value ToBe: 1 ).

    counter = (| n <- 0 | [ n: n + 1. n ] ).

    testCounter = (| c | c: counter. c value. c value. expect: c value ToBe: 3 ).

    testEnsure = (| log <- '' |
        expect: ([ log: log, 'a'. 3 ] ensure: [ log: log, 'b'. 4 ]) ToBe: 3.
        expect: log ToBe: 'ab'.
        expect: (leaveEarly: [ log: log, 'c' ]) ToBe: 'left'.
        expect: log ToBe: 'abc' ).

    leaveEarly: cleanup = ( [ ^ 'left' ] ensure: [ cleanup value ]. 'stayed' ).

    testIfCurtailed = (| log <- '' |
        expect: ([ 5 ] ifCurtailed: [ log: 'no' ]) ToBe: 5.
        expect: log ToBe: ''.
        curtail: [ log: 'yes' ].
        expect: log ToBe: 'yes' ).

    curtail: cleanup = ( [ ^ 1 ] ifCurtailed: cleanup ).

    testEnsureNested = ( expect: nest ToBe: 'cba' ).

    nest = (| log <- '' | nestWith: [ |:s| log: log, s ]. log ).

    nestWith: add = (
        [ [ [ ^ 0 ] ensure: [ add value: 'c' ] ] ensure: [ add value: 'b' ] ] ensure: [
            add value: 'a' ] ).

    testOnNonLocalReturn = (
        expect: stopped ToBe: 42.
        expect: ([ 7 ] onNonLocalReturn: [ |:x| x + 41 ]) ToBe: 7 ).

    stopped = ( [ ^ 1 ] onNonLocalReturn: [ |:x| x + 41 ]. 'never' ).

    testReturnsGoOn = (
        expect: replaced ToBe: 'ab'.
        expect: replacedByReturn ToBe: 'acd'.
        expect: twiceReplaced ToBe: 'abc'.
        expect: replacedWithin ToBe: 'abd'.
        expect: replacedAndCleaned ToBe: 'ab'.
        expect: cleaned ToBe: '1ab2'.
        expect: constantInstead ToBe: 7 ).
    replaced = ( [ ^ 'a' ] onNonLocalReturn: [ |:x| x, 'b' ]. 'never' ).
    replacedByReturn = (| r | r: (passing: [ |:x| ^ x, 'c' ]). r, 'd' ).
    passing: handler = ( [ ^ 'a' ] onNonLocalReturn: handler. 'never' ).
    twiceReplaced = (
        [ [ ^ 'a' ] onNonLocalReturn: [ |:x| x, 'b' ] ] onNonLocalReturn: [ |:x| x, 'c' ].
        'never' ).
    "A return that stays within the handler ends there."
    replacedWithin = ( [ ^ 'a' ] onNonLocalReturn: [ |:x| (within: x), 'd' ]. 'never' ).
    within: x = ( [ ^ x, 'b' ] value. 'never' ).
    cleaned <- ''.
    replacedAndCleaned = (
        cleaned: ''.
        [
            [ [ ^ 'a' ] ensure: [ cleaned: cleaned, '1' ] ] onNonLocalReturn: [ |:x|
                cleaned: cleaned, x, 'b'.
                ^ x, 'b' ] ] ensure: [ cleaned: cleaned, '2' ].
        'never' ).
    constantInstead = ( [ ^ 'a' ] onNonLocalReturn: 7. 'never' ).

    testEndingTellsHandlers = (| p. log <- '' |
        p: [
            [ process this suspend. 'never' ] onNonLocalReturn: [ |:x| log: log, x printString ] ]
            fork.
        process yield.
        p abort.
        expect: log ToBe: 'nil' ).

    testDeadHome = ( expect: [ deadBlock value ] ToSignal: errors any ).

    deadBlock = ( [ ^ 5 ] ).

    testOnReturn = (
        expect: ([ 3 ] onReturn: [ |:x| x + 1 ] IfNonLocalReturn: [ |:x| x + 2 ]) ToBe: 4.
        expect: ([ 3 ] onNonLocalReturn: [ |:x| x + 2 ] IfReturn: [ |:x| x + 1 ]) ToBe: 4.
        expect: leaving ToBe: 5 ).
    leaving = ( [ ^ 3 ] onReturn: [ |:x| x + 1 ] IfNonLocalReturn: [ |:x| x + 2 ] ).

    testCleaningUpOnReturn = (| log <- '' |
        expect: ([ 5 ] onReturn: [ log: log, 'a'. 7 ]) ToBe: 5.
        expect: ([ 5 ] onReturn: [ log: log, 'b'. 7 ] IfFail: raiseError) ToBe: 5.
        expect: (left: [ log: log, 'c'. 7 ]) ToBe: 5.
        expect: log ToBe: 'abc' ).
    left: cleanup = ( ([ ^ 5 ] onReturn: cleanup) * 2 ).

    testFailBlocks = (
        expect: ([ 3 ] onNonLocalReturn: [ 4 ] IfFail: raiseError) ToBe: 3.
        expect: stoppedIfFail ToBe: 42 ).
    stoppedIfFail = ( ([ ^ 1 ] onNonLocalReturn: [ |:x| x + 41 ] IfFail: raiseError) * 0 ).

    testLoopsWithContinue = (| i <- 0. log <- '' |
        [ |:exit. :continue|
            i: i + 1.
            i > 5 ifTrue: [ exit value ].
            i odd ifTrue: [ continue value ].
            log: log, i printString ] loopExitContinue.
        expect: log ToBe: '24'.
        expect: ([ |:exit. :continue|
                i: i - 1.
                i > 2 ifTrue: [ continue value ].
                exit value: i * 10 ] loopExitValueContinue)
            ToBe: 20.
        expect: (foundWithContinue: 9) ToBe: 9 ).
    foundWithContinue: n = (| i <- 0 |
        [ |:continue| i: i + 1. i < n ifTrue: [ continue value ]. ^ i ] loopContinue ).

    testAssert = (| b |
        b: [ 3 < 4 ].
        expect: b assert ToBeSameAs: b.
        expect: (b assert: 'no') ToBeSameAs: b.
        expect: [ [ 4 < 3 ] assert ] ToSignal: [ |:e| e messageText includesSubstring: '4 < 3' ].
        expect: [ [ 3 ] assert: 'not true' ] ToSignal: [ |:e| e messageText = 'not true' ].
        expect: [ [ false ] assert ] ToSignal: errors assertion ).
|)
