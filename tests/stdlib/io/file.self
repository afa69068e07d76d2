"Tests of stdlib/io/."

testing suite: 'io' Tests: (|
    parent* = traits testSuite.

    place = ( file named: 'batos-test-', os processNumber printString ).

    tearDown = ( place exists ifTrue: [ place delete ]. self ).

    testWholeFile = (| f |
        f: place.
        f contents: 'one\ntwo\n'.
        expect: f contents ToBe: 'one\ntwo\n'.
        f append: 'three'.
        expect: f lines asVector ToBe: ('one' & 'two' & 'three') asVector.
        expect: f size ToBe: 13.
        expect: f isDirectory ToBe: false ).

    testMissing = (
        expect: place exists ToBe: false.
        expect: [ place contents ] ToSignal: errors file.
        expect: [ place contents ] ToSignal: [ |:e| 'ENOENT' isPrefixOf: e messageText ].
        expect: (place contentsIfFail: 'none') ToBe: 'none' ).

    testNames = (| f |
        f: file named: 'a/b/c.txt'.
        expect: f name ToBe: 'c.txt'.
        expect: f extension ToBe: 'txt'.
        expect: f directory path ToBe: 'a/b'.
        expect: ((file named: 'a') / 'b') path ToBe: 'a/b' ).

    testRename = (| f |
        place contents: 'x'.
        f: place renameTo: place path, '-new'.
        expect: place exists ToBe: false.
        expect: f contents ToBe: 'x'.
        f delete.
        expect: f exists ToBe: false ).

    testMoments = (| m |
        m: moment copyYear: 2024 Month: 2 Day: 29.
        expect: m dateString ToBe: '2024-02-29'.
        expect: m weekdayName ToBe: 'Thursday'.
        expect: m isLeapYear ToBe: true.
        expect: (m + 86400000) dateString ToBe: '2024-03-01'.
        expect: (moment copyMilliseconds: 0) ToPrint: '1970-01-01 00:00:00'.
        expect: (moment copyMilliseconds: -1000) ToPrint: '1969-12-31 23:59:59'.
        expect: (m - (moment copyYear: 2024 Month: 1 Day: 1)) ToBe: 59 * 86400000 ).

    testClock = (| a. b |
        a: time milliseconds.
        time restFor: 5.
        b: time milliseconds.
        assert: (b - a) >= 4.
        assert: time now year >= 2024.
        assert: ([ 3 + 4 ] realTime >= 0) ).

    testEnvironment = (
        assert: os processNumber > 0.
        expect: (os environmentAt: 'SURELY_NOT_SET_ANYWHERE') ToBe: nil.
        expect: (os environmentAt: 'SURELY_NOT_SET_ANYWHERE' IfAbsent: 'x') ToBe: 'x' ).
|)
