"Tests of stdlib/morphic: outliners, hands and steps, without a browser."

testing suite: 'outliner' Tests: (|
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
    thing = ( (reflect: model) cloneReflectee reflectee ).
    model = (|
        parent* = traits oddball.
        {'Category: a'
            x <- 1.
        }
        {'Category: b'
            double = ( x * 2 ).
        }
    |).
    event: d = ( morphEvent copyKind: 'accept' Hand: hand Morph: nil With: d ).
    text: s = ( event: (dictionary copyRemoveAll at: 'text' Put: s) ).
    outlinerOf: x = (
        ui_manager outlinerOn: (reflect: x) IfNew: [ |:o| ui_manager world place: o ] ).

    testOneOfEachObject = (| x |
        x: thing.
        expect: (outlinerOf: x) ToBeSameAs: (outlinerOf: x).
        deny: (outlinerOf: x) == (outlinerOf: thing) ).

    testAcceptingAndUndoing = (| x. o. ed |
        x: thing.
        o: outlinerOf: x.
        ed: editorMorph copy.
        o
            accept: 'double = ( x * 3 )'
            Annotation: 'Category: b'
            Editor: ed
            Event: (text: '')
            Done: nil.
        expect: x double ToBe: 3.
        expect: ((reflect: x) at: 'double') category ToBe: 'b'.
        hand undo.
        expect: x double ToBe: 2.
        hand redo.
        expect: x double ToBe: 3.
        o accept: 'double = ( x * )' Annotation: '' Editor: ed Event: (text: '') Done: nil.
        expect: ((ed at: 'problem') at: 'line') ToBe: 1.
        expect: x double ToBe: 3 ).

    testKindsNamesAndRemoval = (| x. o. m |
        x: thing.
        m: reflect: x.
        o: outlinerOf: x.
        o toggleAssignable: (m at: 'x') Event: (text: '').
        deny: (m isAssignableAt: 'x').
        o toggleAssignable: (m at: 'x') Event: (text: '').
        assert: (m isAssignableAt: 'x').
        expect: (m at: 'x') category ToBe: 'a'.
        o rename: (m at: 'x') To: 'y' Event: (text: '').
        assert: (m includesName: 'y') && [ (m includesName: 'x') not ].
        expect: x y ToBe: 1.
        hand undo.
        expect: x double ToBe: 2.
        o removeSlot: (m at: 'double') Event: (text: '').
        deny: (m includesName: 'double').
        hand undo.
        expect: x double ToBe: 2 ).

    testEverySlotOfALargeObjectOnePageAtATime = (| x. o |
        x: ().
        200 do: [ |:i| (reflect: x) addSlots: 's', i printString, ' = ', i printString ].
        o: outlinerOf: x.
        expect: o slotMorphs size ToBe: o page ).

    testAFailingHandlerOpensADebugger = (| b. d |
        b: buttonMorph copyLabel: 'break' Do: [ error: 'broken on purpose' ].
        ui_manager world addMorph: b.
        hand do: (morphEvent copyKind: 'click' Hand: hand Morph: b With: dictionary copyRemoveAll).
        [ ui_manager world parts anySatisfy: [ |:m| m understands: 'resumeWith:' ] ] whileFalse: [
            process sleep: 1 ].
        d: (ui_manager world parts filterBy: [ |:m| m understands: 'resumeWith:' ]) asVector first.
        assert: ((d process complaintText) includesSubstring: 'broken on purpose').
        d endProcess.
        deny: d isShown ).
|)
