"Tests of stdlib/mind/audit.self: from a planted flaw in a corpus to a corrected entry and
a proposal for training."

testing suite: 'audit' Tests: (|
    parent* = traits testSuite.

    setUp = ( mind lessons: list copyRemoveAll. thoughts all: list copyRemoveAll ).
    tearDown = ( setUp ).
    refuse: source For: selector Because: text = (| t. p |
        t: task copyReceiver: vector Selector: selector Arguments: vector Comment: ''.
        p: proposal copyText: source Task: t.
        p verdicts: (list copyRemoveAll add: (brick no: text)).
        t tried: (vector copyAddLast: p).
        mind learnFrom: t ).
    plant = (
        refuse: '( copyFrom: 1 UpTo: size - 1 )'
            For: 'withoutHead'
            Because: 'withoutHead gives (2), not (2 & 3)'.
        refuse: '( (asList copyFrom: 1 UpTo: size - 1) asVector )'
            For: 'restOf'
            Because: 'restOf gives (8), not (8 & 9)'.
        refuse: '(| n <- 1 | copyFrom: n UpTo: size - 1 )'
            For: 'afterFirst'
            Because: 'afterFirst gives (), not (4)' ).
    wrongLine = '{"receiver": "vector", "where": "traits vector", "selector": "withoutHead", "body": "( copyFrom: 1 UpTo: size - 1 )", "tests": [["(4 & 5 & 6) asVector withoutHead", "(5 & 6) asVector"]]}'.
    rightLine = '{"receiver": "vector", "where": "traits vector", "selector": "lastOne", "body": "( at: size - 1 )", "tests": [["(4 & 5 & 6) asVector lastOne", "6"]]}'.
    otherLine = '{"receiver": "vector", "where": "traits vector", "selector": "head", "body": "( first )", "tests": [["(4 & 5) asVector head", "4"]]}'.
    corpus = ( wrongLine, '\n', rightLine, '\nno entry at all, size - 1\n', otherLine, '\n' ).

    testARecurringFlawIsFound = (| flaws |
        plant.
        flaws: (alfred auditOf: '') flaws.
        assert: (flaws anySatisfy: [ |:f| (f piece = 'size - 1') && [ f count = 3 ] ]).
        expect: flaws first reason ToBe: 'BRICK: an example gives something else' ).

    testWhatWasRefusedOnceIsNoFlaw = (
        refuse: '( copyFrom: 1 UpTo: size - 1 )'
            For: 'withoutHead'
            Because: 'withoutHead gives (2), not (2 & 3)'.
        assert: (alfred auditOf: '') flaws isEmpty ).

    testItIsTracedAndCorrectedAndRun = (| a. d |
        plant.
        a: alfred auditOf: corpus.
        expect: a suspects size ToBe: 2.
        expect: a wrong size ToBe: 1.
        expect: a corrections first value ToBe: '( copyFrom: 1 UpTo: size )'.
        d: json parse: a jsonLines.
        expect: (d at: 'body') ToBe: '( copyFrom: 1 UpTo: size )'.
        expect: (d at: 'corrects') ToBe: '( copyFrom: 1 UpTo: size - 1 )'.
        assert: ((trainingEntry copyLine: a jsonLines) failingWith: (d at: 'body')) isEmpty.
        deny: ((reflect: traits vector) includesName: 'withoutHead') ).

    testATrainingIsProposedAndOnlyABetterOneIsUsed = (| a |
        plant.
        a: alfred audit: corpus.
        assert: (a proposal startsWith: 'proposed: a training with 1 corrected entry').
        expect: thoughts all last protocol ToBe: 'system integrity audit'.
        assert: (a adopts: 12 Over: 11).
        deny: (a adopts: 11 Over: 11) ).

    testATrainingIsBegunOnlyWhenSomebodySaysYes = (| t. a |
        plant.
        alfred audit: corpus.
        t: thoughts all last.
        assert: t isProposal.
        deny: t act isTrained.
        a: alfred tasksFile.
        [ alfred tasksFile: '/nowhere/held.jsonl'. expectError: [ thoughts accept: t number ] ] ensure: [
            alfred tasksFile: a ].
        deny: t act isTrained.
        assert: t isProposal ).

    testWhatIsLearnedIsWhatWasCorrectedAndSomeOfTheRest = (| all |
        plant.
        alfred audit: corpus.
        all: thoughts all last act entries.
        expect: (all countBy: [ |:l| l includesSubstring: 'corrects' ]) ToBe: 8.
        assert: (all includes: rightLine).
        deny: (all includes: wrongLine) ).

    testWithoutCorrectionsNothingIsProposed = (
        plant.
        assert: ((alfred auditOf: rightLine) proposal startsWith: 'no training is proposed') ).

    testLessonsAreBounded = (| n |
        n: mind mostLessons.
        mind mostLessons: 2.
        [ plant. expect: mind lessons size ToBe: 2 ] ensure: [ mind mostLessons: n ] ).
|)
