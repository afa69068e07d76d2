"Teaching: what an audit proposes, carried out when somebody has said yes. A teaching is
an act: done, it trains an adapter on the corrected entries and some of the others, has
the old and the new one solve tasks that are kept apart, and uses the new one only if it
solves more of them and gets no more of them wrong. Taken back, the old one is used.

  alfred corpusFile: 'corpus.jsonl'. alfred tasksFile: 'held.jsonl'
  alfred audit                           a thought with a proposal
  thoughts accept: 7                     trains, measures and decides; it may take long

Training and measuring are programs of the system, at low priority; others go on."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of teachings.'
        teachingAct = (| {} = 'Comment: I train an adapter and find out whether it is better.'.
            parent* = traits act.

            {'Category: creating\x7fComment: For an audit, with the corpus that it went through.'
                copyAudit: a Corpus: text = (| t |
                    t: copyKind: 'teaching' Because: a proposal.
                    t audit: a.
                    t corpus: text.
                    t isTrained: false.
                    t ).
            }
            {'Category: doing\x7fComment: Trains, measures both, decides; somebody said yes. Uses the adapter that was used before.'
                apply = (
                    prepare.
                    train.
                    isTrained: true.
                    old: measure: adapterBefore.
                    new: measure: adapterFile path.
                    isBetter ifTrue: [ adopt. isApplied: true ].
                    self ).
                accept: t = ( apply ).
                undo = ( cognitiveWeaver use: facetBefore. isApplied: false. self ).
                adopt = (
                    facetBefore: cognitiveWeaver current.
                    cognitiveWeaver add: ((facet
                        copyNamed: facetName
                        For: 'missing methods, as taught by an audit') adapter: adapterFile path).
                    cognitiveWeaver use: facetName.
                    self ).
                isBetter = (
                    (audit adopts: (rightIn: new) Over: (rightIn: old)) && [
                            (wrongIn: new) <= (wrongIn: old) ] ).
                facetName = 'taught'.
            }
            {'Category: doing\x7fComment: What must be there; the entries to learn from.'
                prepare = (
                    audit corrections isEmpty ifTrue: [
                        ^ error: 'nothing was corrected, so there is nothing to teach' ].
                    (mind backend startsWith: 'http') ifTrue: [
                        ^ error: 'the model behind ', mind backend
                            , ' can\'t be taught from here; `cognitiveWeaver use: \'coder\'` goes back to the program\'s own' ].
                    (file named: alfred tasksFile) exists ifFalse: [
                        ^ error: 'a training is measured on tasks that are kept apart: name a file of them (as for batos mind eval) with `alfred tasksFile: \'held.jsonl\'`' ].
                    folder exists ifFalse: [ folder createDirectory ].
                    adapterFile exists ifTrue: [ adapterFile delete ].
                    adapterBefore: (mind adapters isEmpty ifTrue: '' False: [
                        mind adapters first ]).
                    entriesFile contents: (entries joinedWith: '\n'), '\n'.
                    self ).
                entries = (| all |
                    all: list copyRemoveAll.
                    weight do: [ all addAll: (audit jsonLines splitOn: '\n') ].
                    all addAll: rehearsed.
                    all ).
                rehearsed = (| all. step. wrong. i <- 0 |
                    wrong: (audit wrong mapBy: [ |:e| e line ]) asSet.
                    all: (corpus splitOn: '\n') filterBy: [ |:l|
                        l isEmpty not && [ ('{' isPrefixOf: l) && [ (wrong includes: l) not ] ] ].
                    all size <= rehearsals ifTrue: [ ^ all ].
                    step: all size / rehearsals.
                    all filterBy: [ i: i + 1. (i % step) = 0 ] ).
            }
            {'Category: programs\x7fComment: The training; how many tasks are solved with an adapter, none being the model\'s own.'
                train = (| r |
                    r: run: ((('mind' & 'train' & '--corpus' & entriesFile path & '--out'
                            & adapterFile path & '--minutes' & minutes printString & '--epochs'
                            & '3' & '--rate' & '1e-4' & '--hold' & '0' & '--from'
                            & (adapterBefore isEmpty ifTrue: 'own' False: [ adapterBefore ]))
                            asVector asList addAll: modelWords) asVector)
                        Minutes: minutes + 5.
                    adapterFile exists ifFalse: [
                        error: 'the training wrote no adapter: ', r output trim ].
                    self ).
                measure: adapter = (| words. r |
                    words: ('mind' & 'eval' & '--json') asVector asList.
                    adapter isEmpty ifFalse: [ words addAll: ('--adapter' & adapter) asVector ].
                    words addAll: modelWords.
                    words addLast: alfred tasksFile.
                    r: run: words asVector Minutes: measuringMinutes.
                    json parse: r output trim lines last IfFail: [ |:e|
                        error: 'batos mind eval said no figures: ', r output trim ] ).
                modelWords = (
                    mind backend isEmpty ifTrue: vector False: [
                        ('--model' & mind backend) asVector ] ).
                run: words Minutes: m = (| r |
                    r: ((os command: (('nice' & '-n' & '19' & program) asVector asList addAll: words)
                        asVector) timeLimit: m * 60000) run.
                    r isOk ifFalse: [
                        error: program, ' ', (words at: 0), ' ', (words at: 1), ' failed: '
                            , r errors trim ].
                    r ).
                program = (
                    alfred trainer isEmpty ifTrue: [ os program ] False: [ alfred trainer ] ).
                minutes = ( alfred mostMinutes min: audit minutes * 10 ).
                measuringMinutes = 240.
            }
            {'Category: files\x7fComment: Where entries and adapter are kept.'
                folder = ( (file named: alfred teachingFolder) absolute ).
                entriesFile = ( folder / 'entries.jsonl' ).
                adapterFile = ( folder / 'taught.gguf' ).
            }
            {'Category: printing\x7fComment: What came of it, in figures; the same as source text.'
                rightIn: d = ( d at: 'chosen' IfAbsent: 0 ).
                wrongIn: d = ( d at: 'wrong' IfAbsent: 0 ).
                figuresOf: d = (
                    (rightIn: d) printString, ' right and ', (wrongIn: d) printString
                        , ' wrong of ', (d at: 'tasks' IfAbsent: 0) printString ).
                outcome = (
                    isTrained ifFalse: [ ^ 'nothing was trained' ].
                    'the old adapter gets ', (figuresOf: old), ' tasks, the new one '
                        , (figuresOf: new), ': '
                        , (isApplied
                            ifTrue: [ 'facet ', facetName, ' is used from now on' ]
                            False: 'not better, so the old one stays') ).
                printString = (
                    'teach ', audit corrections size printString, ' corrected entries: '
                        , (isTrained ifTrue: [ outcome ] False: [ 'not begun' ]) ).
                source = ( 'thoughts accept: ', audit corrections size printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The prototype of teachings.'
        teachingAct = (| {} = 'Comment: The prototype of teachings.'.
            parent* = traits teachingAct.

            {'Category: parts\x7fComment: As of other acts.'
                kind <- 'teaching'.
                reason <- ''.
                edits <- list copyRemoveAll.
                isApplied <- false.
            }
            {'Category: parts\x7fComment: The audit; the text of the corpus; whether an adapter was trained; tasks solved before and after; what was used before.'
                audit.
                corpus <- ''.
                isTrained <- false.
                old.
                new.
                adapterBefore <- ''.
                facetBefore <- 'coder'.
            }
            {'Category: settings\x7fComment: How often each corrected entry is among those to learn from; how many of the others are rehearsed.'
                weight = 8.
                rehearsals = 400.
            }
        |).
    }
|)

alfred _AddSlots: (|
    {'Category: teaching\x7fComment: The corpus that the model was taught with; tasks that were kept apart; where trainings are kept; the program that trains and measures, empty for this one; most minutes of a training.'
        corpusFile <- ''.
        tasksFile <- ''.
        teachingFolder <- 'teaching'.
        trainer <- ''.
        mostMinutes <- 60.
        corpusText = (
            corpusFile isEmpty ifTrue: '' False: [ (file named: corpusFile) contents ] ).
    }
|)

errand _AddSlots: (|
    {'Category: errands\x7fComment: Flaws that come again are traced to the corpus, if there is one; a training is proposed, never begun.'
        teaching = ((((errandPrototype copy name: 'integrity audit') personaName: 'ALFRED') part: 'failures') order: 6) _AddSlots: (|
            run = (| flaws. key. t. a |
                alfred corpusFile isEmpty ifTrue: [ ^ nil ].
                flaws: alfred recurring: mind lessons.
                flaws isEmpty ifTrue: [ ^ nil ].
                key: 'flaw ', flaws first piece.
                (inquiry shown includes: key) ifTrue: [ ^ nil ].
                t: thoughtOn: flaws first printString.
                a: alfred auditOf: alfred corpusText.
                inquiry isDisturbed ifTrue: [ ^ nil ].
                inquiry shown add: key.
                a corrections isEmpty ifTrue: [ ^ nil ].
                alfred tell: a To: t Corpus: alfred corpusText.
                t ).
        |).
    }
|)
