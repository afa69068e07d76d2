"Tests of stdlib/mind/cem.self: the parts, what they count, and that it costs little."

globals _AddSlots: (|
    cemSubject = (| {} = 'Comment: A thing whose methods are counted.'.
        parent* = traits oddball.
    |).
|)

testing suite: 'cem' Tests: (|
    parent* = traits testSuite.

    clear = (
        (reflect: cemSubject) names do: [ |:n|
            n = 'parent' ifFalse: [ (reflect: cemSubject) removeSlot: n ] ] ).
    setUp = ( clear ).
    tearDown = ( clear ).
    put: text = ( (reflect: cemSubject) addSlots: text. self ).

    testMethodsWithCommentsAndExamplesAreCounted = (| before. after |
        before: census copyNow.
        put: 'plain = ( 3 + 4 ). {\'Comment: Adds. Example: cemSubject told >>> 9.\' told = ( 4 + 5 ) }'.
        after: census copyNow.
        expect: after methods - before methods ToBe: 2.
        expect: after commented - before commented ToBe: 1.
        expect: after withExamples - before withExamples ToBe: 1.
        expect: after examples - before examples ToBe: 1 ).

    testACommentThatIsOnlyAnExampleIsNoComment = (| before |
        before: census copyNow.
        put: '{\'Comment: Example: cemSubject told >>> 9.\' told = ( 4 + 5 ) }'.
        expect: census copyNow commented ToBe: before commented.
        expect: census copyNow examples ToBe: before examples + 1 ).

    testTheStandardMethodsAreNotCounted = (
        assert: census copyNow methods < (census copyFrom: 0) methods ).

    testWhatIsSaidTwiceIsFound = (| before. c |
        before: census copyNow.
        put: 'one = ( | n <- 0 | 10 do: [ |:i| n: n + i ]. n ). two = ( | n <- 0 | 10 do: [ |:i|  n: n + i ]. n )'.
        c: census copyNow.
        expect: c duplicates - before duplicates ToBe: 1.
        assert: (c twins anySatisfy: [ |:row| ((row at: 1) = 'one') && [ (row at: 3) = 'two' ] ]) ).

    testEvenness = (
        expect: (cem structure evenness: (4 & 4 & 4 & 4) asVector) ToBe: 1.0.
        expect: (cem structure evenness: (4 & 0) asVector) ToBe: 0.0.
        expect: (cem structure evenness: vector) ToBe: nil.
        assert: ((cem structure evenness: (9 & 1) asVector) isBetween: 0.46 And: 0.48) ).

    testPartsAreWeighed = (| d. w |
        d: orderedDictionary copyRemoveAll.
        d at: 'knowledge' Put: 1.0.
        d at: 'repetition' Put: 0.25.
        expect: (cem compose: d) ToBe: 0.75.
        w: cem knowledge weight.
        [ cem knowledge weight: 0.0. expect: (cem compose: d) ToBe: 0.25 ] ensure: [
            cem knowledge weight: w ].
        expect: (cem compose: dictionary copyRemoveAll) ToBe: 0.0 ).

    testItIsFromZeroToOneAndRisesWithKnowledge = (| v |
        put: 'plain = ( 3 + 4 ). other = ( 3 * 4 )'.
        v: cem value.
        assert: (v isBetween: 0.0 And: 1.0).
        ((reflect: cemSubject) at: 'plain') comment: 'Adds. Example: cemSubject plain >>> 7.'.
        assert: cem value > v ).

    testAReadingIsKeptUntilSomethingChanges = (| r |
        r: cem now.
        expect: cem now ToBeSameAs: r.
        put: 'plain = ( 3 + 4 )'.
        deny: (cem now == r) ).

    testTheReportNamesAllParts = (| text |
        text: cem report.
        cem parts do: [ |:p|
            assert: (text includesSubstring: p name).
            assert: (text includesSubstring: p formula) ] ).

    testSparkline = (
        expect: (cem sparklineOf: (0.1 & 0.5 & 0.9) asVector)
            ToBe: '\xe2\x96\x81\xe2\x96\x85\xe2\x96\x88'.
        expect: (cem sparklineOf: vector) ToBe: '' ).
|)
