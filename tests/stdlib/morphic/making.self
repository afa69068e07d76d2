"Tests of stdlib/morphic: carpets, faces, plans of things, without a browser and without a model."

testing suite: 'morphic making' Tests: (|
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
    event: k On: m = ( morphEvent copyKind: k Hand: hand Morph: m With: dictionary copyRemoveAll ).
    boxAt: p = (
        ui_manager world addMorph: (boxMorph copy moveTo: p).
        ui_manager world parts last ).

    testACarpetTakesItsMorphsAlong = (| a. b. c |
        a: boxAt: 10 @ 20.
        b: boxAt: 100 @ 200.
        ui_manager world select: (a & b) asVector Hand: hand.
        c: ui_manager world selectionOf: hand.
        c moveTo: 5 @ 7.
        expect: a position ToBe: 15 @ 27.
        expect: b position ToBe: 105 @ 207.
        hand away.
        assert: (ui_manager world selectionOf: hand) isNotNil.
        hand dropCarpet.
        expect: (ui_manager world selectionOf: hand) ToBe: nil ).

    testJoinedMorphsAreTakenApartByUndo = (| a. b |
        a: boxAt: 10 @ 20.
        b: boxAt: 100 @ 200.
        ui_manager world select: (a & b) asVector Hand: hand.
        (ui_manager world selectionOf: hand) joinIn: columnMorph Event: (event: 'click' On: a).
        expect: a owner ToBeSameAs: b owner.
        expect: a owner flow ToBe: 'column'.
        hand undo.
        assert: a owner isWorld.
        expect: b position ToBe: 100 @ 200 ).

    testFacesShowDataAndOfferMessages = (| x. f |
        x: (|
            parent* = traits clonable.
            lapCount <- 3.
            isOn <- false.
            every = 50.
            toggle = ( isOn: isOn not ).
            addLaps: n = ( lapCount: lapCount + n ).
            step = ( lapCount: lapCount + 1 )
        |).
        f: faceMorph copyOn: x Title: 'Laps'.
        expect: (f shown mapBy: [ |:p| p key name ]) asVector copySort
            ToBe: ('isOn' & 'lapCount') asVector.
        expect: (f wordsOf: 'lapCount') ToBe: 'lap count'.
        expect: f pace ToBe: 50.
        f step.
        expect: x lapCount ToBe: 4.
        assert: (f shown anySatisfy: [ |:p| p value text = 'no' ]).
        assert: (f shown anySatisfy: [ |:p| p value text = '4' ]) ).

    testPlansAreReadFromWhatAModelWrites = (| p |
        p: thingPlan
            copyWish: 'a stopwatch with start, stop and reset'
            Answer: 'Stopwatch:\n    elapsed_time = 0\n    is_running = False\n    laps = []\n    bad = open(1)\n    def start(self): "sets is_running to True"\n    def take_lap(self): "adds elapsed_time to laps"\n'.
        expect: (p slots mapBy: [ |:s| s key, ' ', s value ]) asVector
            ToBe: ('elapsedTime 0' & 'isRunning false' & 'laps list copyRemoveAll') asVector.
        expect: (p messages mapBy: [ |:m| m key ]) asVector
            ToBe: ('start' & 'stop' & 'reset' & 'takeLap') asVector.
        expect: p messages first value ToBe: 'sets is_running to True'.
        expect: p title ToBe: 'stopwatch'.
        expect: p slotName ToBe: 'stopwatch'.
        expect: p emptyObject elapsedTime ToBe: 0 ).

    testOddAnswersMakeEmptyPlans = (| p |
        p: thingPlan copyWish: 'x' Answer: ''.
        expect: p slots size ToBe: 0.
        p: thingPlan copyWish: 'an egg' Answer: ' = 3\ndef (self)\ndef 9x(self): "'.
        expect: p messages size ToBe: 0.
        expect: p title ToBe: 'egg'.
        p: thingPlan copyWish: 'a 7' Answer: '   x = 99999999999999999999'.
        expect: p slotName ToBe: 'thing' ).
|).
