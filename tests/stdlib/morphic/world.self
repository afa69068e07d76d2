"Tests of stdlib/morphic: the prototypes in a world, and what hands do to them, without a browser."

testing suite: 'morphic world' Tests: (|
    parent* = traits testSuite.

    before.
    hand.

    setUp = (
        before: ui_manager theWorld.
        ui_manager world: worldMorph copy.
        hand: handMorph copyName: 'Ada' Number: 0.
        ui_manager world addMorph: hand.
        self ).
    tearDown = ( session removeKey: 'scene'. ui_manager theWorld: before. self ).
    event: k On: m With: d = ( morphEvent copyKind: k Hand: hand Morph: m With: d ).
    of: k Is: v = ( dictionary copyRemoveAll at: k Put: v ).

    testButtonsSendMessagesOrEvaluateBlocks = (| l. b |
        l: list copyRemoveAll.
        b: buttonMorph copyLabel: 'one' Do: [ |:e| l add: e kind ].
        b handle: (event: 'click' On: b With: dictionary copyRemoveAll).
        b: buttonMorph copyLabel: 'two' Send: 'removeAll' To: l.
        expect: l first ToBe: 'click'.
        b handle: (event: 'click' On: b With: dictionary copyRemoveAll).
        assert: l isEmpty ).

    testCopiesHaveTheirOwnParts = (| a. b |
        a: rowMorph copyWith: (vector copySize: 1 FillingWith: (textMorph copyText: 'x')).
        b: a copyWithParts.
        b parts first text: 'y'.
        expect: a parts first text ToBe: 'x'.
        expect: b parts first owner ToBeSameAs: b.
        a fill: 'red'.
        expect: (b at: 'fill') ToBe: nil ).

    testHealthIsLookedAt = (| m |
        m: healthMorph copyLive.
        expect: m lines parts size ToBe: health rows size.
        assert: (m lines parts first text startsWith: 'cem ').
        m remove ).

    testLongListsShowAPageAtATime = (| l. m |
        l: listMorph copyItems: (1 to: 150) asVector Text: [ |:x| x printString ] Chosen: nil.
        expect: l parts size ToBe: 61.
        m: l parts last.
        m handle: (event: 'click' On: m With: dictionary copyRemoveAll).
        expect: l parts size ToBe: 121 ).

    testDraftsAreKeptUntilReset = (| e |
        e: editorMorph copyText: 'old' Accept: nil.
        e typed: (event: 'typed' On: e With: (of: 'text' Is: 'new')).
        expect: e draft ToBe: 'new'.
        expect: (e appearance at: 'text') ToBe: 'new'.
        e reset: 'other'.
        expect: e draft ToBe: 'other' ).

    testHalosGoFromTheOutsideIn = (| outer. inner |
        inner: textMorph copyText: 'inner'.
        outer: rowMorph copyWith: (vector copySize: 1 FillingWith: inner).
        ui_manager world addMorph: outer.
        ui_manager scene whole.
        expect: (hand haloTargetFor: inner After: nil) ToBeSameAs: outer.
        expect: (hand haloTargetFor: inner After: outer) ToBeSameAs: inner.
        expect: (hand haloTargetFor: inner After: inner) ToBeSameAs: outer ).

    testRemovingAndUndoing = (| m |
        m: boxMorph copy.
        ui_manager world addMorph: m At: 0.
        ui_manager remove: m Hand: hand.
        deny: m isShown.
        hand undo.
        assert: m isShown.
        expect: ui_manager world parts first ToBeSameAs: m ).

    testStepsStopWhenOneFails = (| m |
        m: boxMorph copy.
        m _AddSlots: (| step = ( error: 'no step' ) |).
        stepper add: m Every: 10.
        assert: (stepper includes: m).
        stepper remove: m.
        deny: (stepper includes: m) ).

    testNamesThatBeginSo = (
        assert: ((ui_manager namesBeginning: 'dictionar' For: 0) includes: 'dictionary').
        assert: (ui_manager namesBeginning: 'noSuchNameAtAll' For: 0) isEmpty ).

    testEveryExampleCanBeMade = (
        ui_manager examples do: [ |:n. m|
            m: ui_manager example: n.
            ui_manager world place: m.
            m step.
            stepper remove: m.
            assert: m isShown ] ).
|)
