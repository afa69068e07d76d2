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
        expect: ((file named: 'a') / 'b') path ToBe: 'a/b'.
        assert: ('/a/b' isSuffixOf: (file named: 'a/b') absolute path).
        expect: (file named: '/a') absolute path ToBe: '/a' ).

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

    testMomentsOfSelf = (| t |
        t: time copyYear: 2026 Month: 11 Date: 25 Hours: 22 Minutes: 17 Seconds: 22.
        expect: t ToPrint: '2026-11-25 22:17:22'.
        expect: t compactPrintString ToBe: 'Wed Nov 25 22:17:22 2026'.
        expect: t monthName ToBe: 'November'.
        expect: (t shortMonthNames at: t month) ToBe: 'Nov'.
        expect: (t shortWeekdayNames at: 0) ToBe: 'Sun'.
        expect: (t monthNames at: 1) ToBe: 'January'.
        expect: t date ToBe: 25.
        expect: t msec ToBe: 80242000.
        expect: (time copyDay: t dayNumber Msec: t msec) ToBe: t.
        expect: (time copyDay: 1 Msec: -1) ToPrint: '1970-01-01 23:59:59'.
        expect: (time copyMsec: t milliseconds) ToBe: t.
        expect: time origin milliseconds ToBe: 0.
        expect: time msecPerDay ToBe: 86400000.
        expect: (t yearGMT & t monthGMT & t dateGMT & t hourGMT & t minuteGMT & t secondGMT)
                asVector
            ToBe: (2026 & 11 & 25 & 22 & 17 & 22) asVector.
        expect: t timeStringGMT ToBe: '22:17:22'.
        expect: t printStringGMT ToBe: t printString.
        assert: t <= t.
        assert: (t + 1) > t.
        expect: (t max: t + 5) ToBe: t + 5.
        expect: (t compare: t + 1 IfLess: 1 Equal: 2 Greater: 3) ToBe: 1 ).

    testTimes = (| t |
        assert: times real >= time origin.
        expect: times system ToBe: 0.
        assert: times cpu >= 0.
        assert: times user >= 0.
        t: time steady.
        times delay: 5.
        assert: (time steady - t) >= 5.
        t: [ process sleep: 5 ] allTimes.
        assert: t realTime >= 4.
        expect: t cpuTime ToBe: t userTime + t systemTime.
        assert: ('times(real ' isPrefixOf: t printString).
        expect: [ 3 ] systemTime ToBe: 0 ).

    testStandardStreams = (
        expect: stdin ToBeSameAs: console.
        expect: stdout ToBeSameAs: console.
        expect: (stderr write: '') ToBeSameAs: stderr ).

    testClock = (| a. b |
        a: time milliseconds.
        time restFor: 5.
        b: time milliseconds.
        assert: (b - a) >= 4.
        assert: time now year >= 2024.
        assert: ([ 3 + 4 ] realTime >= 0) ).

    testWrongKinds = (
        expect: [ (file named: 'x') contents: 3 ]
            ToComplain: 'Error: can\'t write \'x\': paths and contents are strings or bytes.'.
        expect: [ (file named: 3) contents ] ToSignal: errors file ).

    testEnvironment = (
        assert: os processNumber > 0.
        expect: (os environmentAt: 'SURELY_NOT_SET_ANYWHERE') ToBe: nil.
        expect: (os environmentAt: 'SURELY_NOT_SET_ANYWHERE' IfAbsent: 'x') ToBe: 'x' ).
|)
