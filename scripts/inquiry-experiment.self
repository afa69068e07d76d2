"The experiment of the book's chapter on a world that improves itself: a world of 200
methods, made the same way each time, is left to the inquiry loop, or, as a control, to
random changes that go through the same trials. Prints the metric after each turn.

  batos run --no-model scripts/inquiry-experiment.self loop 100 1
  batos run --no-model scripts/inquiry-experiment.self control 100 1"

globals _AddSlots: (|
    experiment = (| {} = 'Comment: I make a world of 200 methods and watch its metric.'.
        parent* = traits oddball.

        {'Category: state\x7fComment: Random numbers; values of the metric; acts by kind; turns that came to nothing; times a test of the world failed.'
            chance.
            values <- list copyRemoveAll.
            kinds <- dictionary copyRemoveAll.
            idle <- 0.
            broken <- 0.
        }
        {'Category: making\x7fComment: Twenty objects of ten methods; some are said twice, some fail, none says what it is for.'
            makeWorld = (
                (reflect: globals) addSlots: 'thingTraits = (| parent* = traits oddball. common = ( \'thing\' ) |)'.
                20 do: [ |:i| (reflect: globals) addSlots: (textFor: i) ].
                self ).
            textFor: i = (| n. m |
                n: i printString.
                m: (i + 2) printString.
                'thing', n, ' = (| parent* = thingTraits. count <- ', m
                    , '. total = (| n <- 0 | count do: [ |:k| n: n + k ]. n )'
                    , '. totalOnce = (| n <- 0 | count do: [ |:k| n: n + k ]. n )', '. times', m
                    , ' = ( count * ', m, ' ). isAbove', n, ' = ( count > ', n, ' )'
                    , '. label = ( \'thing \', count printString ). sumWith: n = ( (count + n) + '
                    , n, ' )', '. squares', n, ' = ( (count * count) + ', n
                    , ' ). bump = ( count: count + 1. count )', '. half', n, ' = ( (count + ', n
                    , ') / 2 ). away', n, ' = ( nothingOfTheKind', n, ' ) |)' ).
        }
        {'Category: running\x7fComment: So many turns of the loop, or of the control; a line for each; what came of it.'
            run: what Turns: n Seed: s = (
                cem beginHere.
                chance: random copySeed: s.
                makeWorld.
                inquiry thePolicy: 'auto'.
                inquiry budget commitsAnHour: 100000.
                inquiry budget commitsADay: 100000.
                inquiry budget secondsAnHour: 100000.
                inquiry budget secondsADay: 100000.
                note: 'the start'.
                n do: [ | t |
                    t: what = 'control' ifTrue: [ randomTurn ] False: [ inquiry turn ].
                    (t isNil || [ t isActed not ])
                        ifTrue: [
                            idle: idle + 1.
                            note: (t isNil ifTrue: 'nothing' False: [ t conclusion ]) ]
                        False: [
                            kinds at: t act kind Update: [ |:k| k + 1 ] IfAbsent: 1.
                            trial failures isEmpty ifFalse: [ broken: broken + 1 ].
                            note: t act printString ] ].
                report ).
            note: text = (
                values addLast: cem value.
                (values size printString, '\t', (cem value printStringPrecision: 4), '\t'
                    , ((text splitOn: '\n') joinedWith: ' ')) printLine.
                self ).
            report = (
                (cem sparklineOf: values) printLine.
                ('from ', (values first printStringPrecision: 4), ' to '
                    , (values last printStringPrecision: 4)) printLine.
                kinds do: [ |:k. :name| (name, ': ', k printString) printLine ].
                ('turns without an act: ', idle printString
                    , ', commits after which a test failed: ', broken printString) printLine.
                cem report printLine ).
        }
        {'Category: control\x7fComment: A change at random: a method with a body from somewhere else, one more copy of a method, one less, or a comment of words that mean nothing; judged as any act.'
            randomTurn = (| t |
                t: (thought copyPrompt: 'chance' Persona: 'nobody' Because: 'it is the control') protocol: 'chance'.
                t act: randomAct.
                inquiry decide: t.
                t ).
            thing = (
                (globals _Perform: ('thing', (chance integer: 20) printString) canonicalize) ).
            methodOf: x = (| all |
                all: ((reflect: x) slots filterBy: [ |:s|
                    s isMethod && [ (s name includesSubstring: ':') not ] ]) asVector.
                all isEmpty ifTrue: [ nil ] False: [ chance elementOf: all ] ).
            randomAct = (| x. y. a. b. k |
                x: thing.
                y: thing.
                a: methodOf: x.
                b: methodOf: y.
                k: chance integer: 4.
                (a isNil || [ b isNil ]) ifTrue: [ k: 4 ].
                k = 0 ifTrue: [
                    ^ (act copyKind: 'another body' Because: 'chance')
                        put: a name, ' = ', b source
                        In: x
                        Category: ''
                        Comment: a comment ].
                k = 1 ifTrue: [
                    ^ (act copyKind: 'a copy' Because: 'chance')
                        put: 'made', (chance integer: 100000) printString, ' = ', b source
                        In: x
                        Category: ''
                        Comment: '' ].
                k = 2 ifTrue: [
                    ^ (act copyKind: 'one less' Because: 'chance') remove: a name From: x ].
                k = 3 ifTrue: [
                    ^ (act copyKind: 'words' Because: 'chance')
                        comment: (chance elementOf: words), ' ', (chance elementOf: words), '.'
                        On: a name
                        Of: x ].
                (act copyKind: 'a number' Because: 'chance')
                    put: 'made', (chance integer: 100000) printString, ' = ( '
                        , (chance integer: 100) printString, ' )'
                    In: x
                    Category: ''
                    Comment: '' ).
            words = ('green' & 'seven' & 'under' & 'often' & 'cloud' & 'paper' & 'quick' & 'stone')
                asVector.
        }
    |).
|)

experiment run: (os arguments at: 0) Turns: (os arguments at: 1) asInteger Seed: (os arguments at: 2) asInteger
