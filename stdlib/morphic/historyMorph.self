"The history of the image as a line to drag along. An earlier state is looked at in a copy
that is thrown away: what was different then, what an expression gave. An object can
be taken out of it. The present stays, unless one goes back."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of histories.'
        historyMorph = (| {} = 'Comment: I show the commits of the image, and what was then.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: As it is now, and looking again now and then.'
                copyLive = ( (((copyTitle: 'History') width: 430) build) startStepping: 2000 ).
                build = (
                    told: textMorph
                        copyText: 'Drag along the line, or choose a commit'
                        Look: 'quiet small'.
                    told role: 'status'.
                    addMorph: told.
                    line: sliderMorph copyFrom: 0 To: 0 Value: 0.
                    line label: 'Commits, the newest at the right'.
                    line on: 'slid' Do: [ |:e| slide: (line valueIn: e) ].
                    line on: 'set' Do: [ |:e| slide: (line valueIn: e). look ].
                    addMorph: line.
                    addMorph: buttons.
                    addMorph: evaluator.
                    resultMorph: textMorph copyText: '' Look: 'mono small'.
                    resultMorph role: 'status'.
                    addMorph: resultMorph.
                    differences: listMorph
                        copyItems: vector
                        Text: [ |:d| textOfDifference: d ]
                        Chosen: [ |:d. :e| take: (d at: 0) Event: e ].
                    differences label: 'What is different now'.
                    differences hide.
                    addMorph: differences.
                    addMorph: (textMorph copyText: 'Commits' Look: 'quiet small').
                    commits: listMorph copyItems: vector Text: [ |:r| r shortString ] Chosen: [ |
                        :r.
                        :e
                        |
                        slide: (indexOf: r number).
                        look ].
                    commits label: 'Commits'.
                    addMorph: commits.
                    refresh ).
                buttons = (
                    (rowMorph copyLook: 'wrap') addAllMorphs: ((buttonMorph
                        copyLabel: 'Go back to it'
                        Do: [ |:e| goBack: e ])
                        & (buttonMorph copyLabel: 'The present' Do: [ |:e| present ])
                        & (buttonMorph copyLabel: 'Commit now' Do: [ |:e|
                            image commit: e hand name, ': by hand'.
                            refresh ])) asVector ).
                evaluator = (
                    field: editorMorph copyText: '' Accept: [ |:e| doThen: e ].
                    field at: 'code' Put: true.
                    field label: 'An expression, as it was then'.
                    field at: 'hint' Put: 'an expression, as it was then'.
                    field
                        at: 'actions'
                        Put: (('accept' & 'Do It then') asVector & ('take' & 'Take it') asVector)
                            asVector.
                    field on: 'take' Do: [ |:e|
                        field typed: e.
                        e text trim isEmpty ifFalse: [ take: e text Event: e ] ].
                    field ).
            }
            {'Category: looking\x7fComment: What is new since I looked; if I stood at the newest I go along. Lines that stay are the same ones, so that a press on one is not lost.'
                step = ( ui_manager isAtWork ifFalse: [ refresh ]. self ).
                refresh = (| all. runs |
                    all: [ image history asVector ] on: errors any Do: [ |:e| e return: vector ].
                    (all isEmpty || [ all first number = newest ]) ifTrue: [ ^ self ].
                    runs: image runs.
                    process atomically: [ | atEnd |
                        atEnd: isPresent.
                        newest: all first number.
                        records: all reverse asVector.
                        line at: 'most' Put: records size - 1.
                        showRuns: runs.
                        atEnd ifTrue: [ slide: records size - 1 ] False: [
                            line value: (indexOf: chosen number).
                            markChosen ] ].
                    self ).
                showRuns: runs = (| old. k |
                    old: commits items.
                    k: runs size - old size.
                    (old isEmpty || [
                            (k < 0) || [ (runs at: k) oldest number != old first oldest number ] ]) ifTrue: [
                        ^ commits items: runs ].
                    old: old first.
                    (old newest: (runs at: k) newest) count: (runs at: k) count.
                    (commits parts at: 0) text: old shortString.
                    k - 1 downTo: 0 Do: [ |:i| commits addItemFirst: (runs at: i) ].
                    self ).
                indexOf: n = (| i <- -1 |
                    records do: [ |:r. :k| r number <= n ifTrue: [ i: k ] ].
                    i max: 0 ).
                slide: i = (
                    chosen: records at: i IfAbsent: [ ^ self ].
                    line value: i.
                    told text: chosen printString.
                    markChosen ).
                markChosen = (
                    commits parts do: [ |:m. :i|
                        m
                            at: 'chosen'
                            Put: ((commits items at: i IfAbsent: nil) ifNil: nil IfNotNil: [ |:r|
                                (r includes: chosen number) ifTrue: true False: nil ]) ].
                    self ).
                isPresent = ( chosen isNil || [ chosen number = newest ] ).
                present = ( records isEmpty ifFalse: [ slide: records size - 1 ]. look ).
            }
            {'Category: looking at an earlier state\x7fComment: What is different now, by paths from the lobby, without what belongs to the screen itself; what an expression gave then; an object of then, made once more.'
                look = (| all |
                    resultMorph text: ''.
                    isPresent ifTrue: [ differences items: vector. differences hide. ^ self ].
                    all: [ image differenceSince: chosen number ] on: errors any Do: [ |:e|
                        resultMorph text: e messageText.
                        e return: vector ].
                    differences items: (all filterBy: [ |:d| (isOfScreen: (d at: 0)) not ]).
                    differences reveal.
                    told text: chosen printString, '\n'
                        , (differences items isEmpty
                            ifTrue: 'Nothing else than the screen was different.'
                            False: 'Now it is different in these places; press one to take it as it was:').
                    self ).
                isOfScreen: path = (
                    ('globals ui_manager' isPrefixOf: path) || [
                            ('globals stepper' isPrefixOf: path) || [ ' oid' isSuffixOf: path ] ] ).
                textOfDifference: d = (
                    (d at: 0), ':  ', ((d at: 1) ifNil: 'not there'), '  →  '
                        , ((d at: 2) ifNil: 'gone') ).
                doThen: e = (
                    field typed: e.
                    field clearProblem.
                    e text trim isEmpty ifTrue: [ ^ self ].
                    parser mirrorFrom: e text IfFail: [ |:c|
                        field problem: c message Line: c errorLine Column: c errorColumn.
                        ^ self ].
                    resultMorph text: '⇒ '
                        , (image at: chosen number Evaluate: '[ ', e text, ' ] value' IfFail: [ |
                            :why
                            |
                            why ]) ).
                take: text Event: e = (| source. v |
                    source: image
                        at: chosen number
                        Written: 'console write: (fileOut sourceOf: ([ ', text, ' ] value))'
                        IfFail: [ |:why| ^ resultMorph text: 'it can\'t be taken: ', why ].
                    v: source evalIfFail: [ |:why| ^ resultMorph text: 'it can\'t be made here' ].
                    ui_manager outline: v Event: e.
                    resultMorph text: text, ' as it was in commit ', chosen number printString ).
            }
            {'Category: going back\x7fComment: Makes the state of the chosen commit the present one. That is a commit as well: nothing is lost.'
                goBack: e = (
                    isPresent ifTrue: [ ^ e hand say: 'choose an earlier commit first' ].
                    image uncommitted isEmpty ifFalse: [ image commitFirst ].
                    image revertTo: chosen number ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of histories.'
        historyMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of histories.'.
            parent* = traits historyMorph.

            {'Category: parts\x7fComment: What is told; the line and the list; where one writes, and what came of it; what is different; the records, the oldest first; the chosen one; the number of the newest.'
                told.
                line.
                commits.
                field.
                resultMorph.
                differences.
                records <- vector.
                chosen.
                newest <- -1.
            }
        |).
    }
|)
