"Tests of stdlib/morphic/scene.self and morph.self, without a browser."

testing suite: 'scene' Tests: (|
    parent* = traits testSuite.

    scene.
    root.
    before.

    setUp = (
        before: ui_manager theWorld.
        root: worldMorph copy.
        ui_manager world: root.
        scene: ui_manager scene.
        scene whole.
        scene screens: list copyRemoveAll.
        self ).
    tearDown = ( session removeKey: 'scene'. ui_manager theWorld: before. self ).
    operations = (| ops | ops: list copyRemoveAll. scene gatherIn: ops. ops ).
    kinds = ( ((operations mapBy: [ |:op| op at: 0 ]) joinedWith: '') ).

    testCreatingAndRemoving = (| m. inner. ops |
        m: boxMorph copy.
        inner: textMorph copyText: 'words'.
        m addMorph: inner.
        root addMorph: m.
        ops: operations.
        expect: ((ops mapBy: [ |:op| op at: 0 ]) joinedWith: '') ToBe: 'cc'.
        expect: ((ops at: 1) at: 2) ToBe: m oid.
        expect: (((ops at: 1) at: 4) at: 'text') ToBe: 'words'.
        inner text: 'others'.
        inner text: 'others'.
        ops: operations.
        expect: ops size ToBe: 1.
        expect: ((ops at: 0) at: 2) ToBe: (dictionary copyRemoveAll at: 'text' Put: 'others').
        m remove.
        expect: kinds ToBe: 'rr'.
        expect: m oid ToBe: 0.
        expect: kinds ToBe: '' ).

    testMovingIsSmall = (| m. ops |
        m: boxMorph copy.
        root addMorph: m.
        operations.
        m moveTo: 700 @ 300.
        m moveTo: 701 @ 301.
        ops: operations.
        expect: ops size ToBe: 1.
        assert: (messagePack encode: (ops at: 0)) size <= 20
            Description: 'more than twenty bytes for a move' ).

    testPlacesAmongParts = (| a. b. c |
        a: textMorph copyText: 'a'.
        b: textMorph copyText: 'b'.
        c: textMorph copyText: 'c'.
        root addAllMorphs: (a & b) asVector.
        operations.
        root addMorph: c At: 1.
        expect: kinds ToBe: 'c'.
        a comeToFront.
        expect: kinds ToBe: 'p'.
        expect: ((root parts mapBy: [ |:m| m text ]) joinedWith: '') ToBe: 'cba'.
        expect: (scene told at: root oid) order asVector
            ToBe: ((root parts mapBy: [ |:m| m oid ]) asVector).
        b addMorph: c.
        expect: kinds ToBe: 'p'.
        expect: c owner ToBeSameAs: b.
        expectError: [ c addMorph: b ].
        expect: scene whole size ToBe: 4 ).

    testABrokenAppearanceBreaksNothingElse = (| m |
        m: textMorph copyText: 'x'.
        m _AddSlots: (| addTo: d = ( error: 'no looks' ) |).
        root addMorph: m.
        expect: (((operations at: 0) at: 4) at: 'text') ToBe: 'no looks' ).

    testLaggingScreensGetChangesOnce = (| s. sent. m |
        sent: list copyRemoveAll.
        s: screen
            copyFor: (|
                parent* = traits oddball.
                sent.
                isGone = false.
                tell: d = ( sent add: d )
            |)
            Hand: nil.
        s client sent: sent.
        scene open: s.
        m: boxMorph copy.
        root addMorph: m.
        scene flush.
        expect: sent size ToBe: 1.
        s seen: -100.
        m moveTo: 1 @ 1.
        scene flush.
        m moveTo: 2 @ 2.
        scene flush.
        expect: sent size ToBe: 1.
        s saw: scene revision Of: scene.
        expect: sent size ToBe: 2.
        expect: ((sent at: 1) at: 'operations') size ToBe: 1 ).
|)
