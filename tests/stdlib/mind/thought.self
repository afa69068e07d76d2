"Tests of thoughts, personas, the dispatcher and acts, without a model: rules only."

globals _AddSlots: (|
    thoughtGarden = (| {} = 'Comment: A thing for tests.'.
        parent* = traits oddball.
        roses <- 3.
        water: n = ( roses: roses + n ).
        thorns = ( 7 ).
        pick = ( roses nothingOfTheKind ).
    |).
|)

testing suite: 'thought' Tests: (|
    parent* = traits testSuite.

    garden = ( reflect: thoughtGarden ).
    withoutSlots = (
        ('nextStep' & 'edges' & 'upkeep') asVector do: [ |:n|
            (garden includesName: n) ifTrue: [ garden removeSlot: n ] ] ).
    setUp = ( thoughts all: list copyRemoveAll. thoughts count: 0. withoutSlots ).
    tearDown = ( setUp ).

    testStuckEndsWithANextStep = (| t |
        t: bat say: 'I am stuck with the thoughtGarden'.
        expect: t persona ToBe: 'ROBIN'.
        expect: t protocol ToBe: 'lantern protocol'.
        assert: (thoughtGarden nextStep includesSubstring: 'thorns').
        expect: (garden at: 'nextStep') category ToBe: 'next step' ).

    testTheSamePromptLeadsToOtherActsUnderOthers = (| p. kinds |
        p: 'I am stuck with the thoughtGarden'.
        kinds: (robin & brick & alfred) asVector mapBy: [ |:who| (who hear: p) act kind ].
        expect: (kinds joinedWith: ', ') ToBe: 'next step, edges, upkeep'.
        expect: (babs hear: p) act ToBe: nil.
        assert: (thoughtGarden edges includesSubstring: 'thoughtGarden pick breaks').
        assert: (thoughtGarden upkeep includesSubstring: 'write a comment for') ).

    testWhatIsTriedLeavesNoTrace = (
        brick hear: 'break the thoughtGarden'.
        expect: thoughtGarden roses ToBe: 3 ).

    testTheDispatcherHearsWords = (
        expect: (bat say: 'where is the random?') persona ToBe: 'BABS'.
        expect: (bat say: 'tidy up the thoughtGarden') persona ToBe: 'ALFRED'.
        expect: (bat say: 'that can never fail') persona ToBe: 'BRICK'.
        expect: (bat say: 'xyzzy') persona ToBe: 'BABS'.
        expect: [ bat say: ' ' ]
            ToComplain: 'Error: say something: bat say: \'I am stuck with the parser\'. Receiver is: bat.' ).

    testEachPersonaHasItsProtocols = (
        expect: (brick hear: 'make a gadget for the thoughtGarden') protocol
            ToBe: 'gadget mandate'.
        assert: thoughtGardenCheck isSound.
        thoughts undo: thoughts count.
        deny: ((reflect: globals) includesName: 'thoughtGardenCheck').
        expect: (brick hear: 'red team the thoughtGarden') protocol ToBe: 'red team'.
        expect: (babs hear: 'how many methods are there') protocol ToBe: 'census'.
        expect: (alfred hear: 'housekeeping please') protocol ToBe: 'housekeeping'.
        expect: (alfred hear: 'check the integrity of your teaching') protocol
            ToBe: 'system integrity audit' ).

    testAThoughtIsTakenBack = (| t |
        t: robin hear: 'stuck with the thoughtGarden'.
        assert: t isActed.
        thoughts undo: t number.
        deny: (garden includesName: 'nextStep').
        deny: t isActed.
        expectError: [ thoughts undo: t number ] ).

    testWhatWasThereComesBack = (| t |
        garden addSlots: 'nextStep <- \'dig\''.
        t: robin hear: 'stuck with the thoughtGarden'.
        assert: thoughtGarden nextStep != 'dig'.
        t undo.
        expect: thoughtGarden nextStep ToBe: 'dig'.
        assert: (garden isAssignableAt: 'nextStep') ).

    testWhatWasChangedSinceIsNotTakenBack = (| t |
        t: robin hear: 'stuck with the thoughtGarden'.
        thoughtGarden nextStep: 'mine'.
        expectError: [ t undo ].
        expect: thoughtGarden nextStep ToBe: 'mine' ).

    testExportHasTheNamesOfTrainingData = (| d |
        robin hear: 'stuck with the thoughtGarden'.
        babs hear: 'where is the random'.
        d: json parse: (thoughts export splitOn: '\n') first.
        expect: (d at: 'persona') ToBe: 'ROBIN'.
        expect: (d at: 'protocol') ToBe: 'lantern protocol'.
        assert: ((d at: 'autopoietic_act') startsWith: 'thoughtGarden _AddSlots: (| ').
        assert: ((d at: 'monologue') includesSubstring: 'it is about thoughtGarden').
        d: json parse: ((thoughts export splitOn: '\n') at: 1).
        expect: (d at: 'autopoietic_act') ToBe: nil ).

    testAnActIsAllOrNothing = (| a |
        a: (act copyKind: 'both' Because: 'a test')
            put: 'nextStep = 1'
            In: thoughtGarden
            Category: 'test'
            Comment: ''.
        a remove: 'noSuchSlot' From: thoughtGarden.
        expectError: [ a apply ].
        deny: (garden includesName: 'nextStep').
        deny: a isApplied ).

    testNobodyActsOnWhatIsForbidden = (| t |
        t: robin hear: 'I am stuck with the crucible'.
        expect: t act ToBe: nil.
        deny: ((reflect: crucible) includesName: 'nextStep').
        assert: (safety isForbidden: (reflect: mind)).
        assert: (safety isForbidden: (reflect: mind grown)).
        deny: (safety isForbidden: garden) ).

    testThoughtsThatDidNothingAreForgottenFirst = (| t. n |
        n: thoughts most.
        thoughts most: 2.
        [
            babs hear: 'where is the random'.
            t: robin hear: 'stuck with the thoughtGarden'.
            babs hear: 'where is the list'.
            expect: thoughts all size ToBe: 2.
            assert: (thoughts all includes: t) ] ensure: [ thoughts most: n ] ).
|)
