"The debugger: a process that an error stopped, as an outliner of its activations. Each
shows its arguments and locals and can be begun anew; the process can go on with a
value for what failed, or be ended. Methods are changed where they stand, in outliners."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of debuggers.'
        debuggerMorph = (| {} = 'Comment: I show why a process stopped, and let it go on.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: On a process that an error stopped.'
                copyOn: p = (| m |
                    m: copyTitle: 'Debugger: ', p name Look: 'kind-error'.
                    m look: 'panel debugger'.
                    m process: p.
                    m build ).
                build = (
                    complaint: textMorph copyText: process complaintText Look: 'comment bad'.
                    addMorph: (complaint role: 'status').
                    addMorph: buttons.
                    lines: columnMorph copyLook: 'body'.
                    addMorph: lines.
                    addMorph: foot.
                    showActivations ).
                buttons = (
                    (rowMorph copyLook: 'foot wrap') addAllMorphs: (((buttonMorph
                        copyLabel: 'Go on'
                        Do: [ |:e| resumeWith: nil ])
                        & (buttonMorph copyLabel: 'Step into' Do: [ |:e|
                            step: [ process beginStepInto: hidden ] ])
                        & (buttonMorph copyLabel: 'Step over' Do: [ |:e|
                            step: [ process beginStepOver: hidden ] ])
                        & (buttonMorph copyLabel: 'Finish' Do: [ |:e| finish: chosen ])
                        & (buttonMorph copyLabel: 'Restart' Do: [ |:e| restart: chosen ])
                        & (buttonMorph copyLabel: 'Edit method' Do: [ |:e| editMethod: e ])
                        & (buttonMorph copyLabel: 'End' Do: [ |:e| endProcess ])) asVector) ).
                foot = (
                    evaluator: editorMorph copyText: '' Accept: [ |:e| doIt: e ].
                    evaluator at: 'code' Put: true.
                    evaluator label: 'Code in the chosen activation'.
                    evaluator at: 'hint' Put: 'code in the chosen activation'.
                    evaluator
                        at: 'actions'
                        Put: (('do' & 'Do It') asVector & ('go' & 'Go on with it') asVector)
                            asVector.
                    evaluator on: 'do' Do: [ |:e| doIt: e ].
                    evaluator on: 'go' Do: [ |:e| resumeWith: (valueOf: e IfFail: [ ^ self ]) ].
                    resultMorph: textMorph copyText: '' Look: 'mono small'.
                    ((columnMorph copyLook: 'foot') addMorph: evaluator) addMorph: resultMorph ).
            }
            {'Category: activations\x7fComment: Innermost first; those of the machinery of errors are left out.'
                activations = ( places mapBy: [ |:i| process at: i ] ).
                places = (| all |
                    all: list copyRemoveAll.
                    process activations do: [ |:a. :i| (isOwn: a) ifTrue: [ all add: i ] ].
                    all ).
                isOwn: a = (| f |
                    f: a file.
                    (machinery anySatisfy: [ |:part| f includesSubstring: part ]) not ).
                machinery = ('kernel/' & 'process/' & 'mind/mind.self') asVector.
                showActivations = (
                    lines removeAllMorphs.
                    activations do: [ |:a. :i|
                        i < 30 ifTrue: [ lines addMorph: (lineOf: a At: i) ] ].
                    choose: 0.
                    self ).
                lineOf: a At: i = (| line |
                    line: columnMorph copyLook: 'slot'.
                    line addMorph: (buttonMorph copyLabel: (textOf: a) Look: 'item mono' Do: [ |
                        :e
                        |
                        choose: i ]).
                    line ).
                textOf: a = (
                    a selector, '   of ', (brief: a receiver), '   (', a file, ':'
                        , a line printString, ')' ).
                brief: m = (| t |
                    m ifNil: [ ^ 'nothing' ].
                    t: m safePrintString.
                    t size > 60 ifTrue: [ (t copyFrom: 0 UpTo: 60), '…' ] False: [ t ] ).
                choose: i = (
                    chosen: i.
                    lines parts do: [ |:line. :k|
                        line parts first at: 'chosen' Put: (k = i ifTrue: true False: nil).
                        line parts size > 1 ifTrue: [ line parts last remove ].
                        k = i ifTrue: [
                            line addMorph: (localsOf: (activations at: k IfAbsent: nil)) ] ].
                    self ).
                localsOf: a = (| c |
                    c: columnMorph copyLook: 'slots'.
                    a ifNil: [ ^ c ].
                    c addMorph: (local: 'self' Value: a receiver).
                    a names do: [ |:n|
                        (n = 'self') || [ n last = ':' ] ifFalse: [
                            c addMorph: (local: n Value: (a contentsAt: n IfFail: nil)) ] ].
                    c ).
                local: n Value: m = (
                    (rowMorph copyLook: 'slot-row') addAllMorphs: (((textMorph
                        copyText: n
                        Look: 'name')
                        & (buttonMorph copyLabel: (brief: m) Look: 'value' Do: [ |:e|
                            m ifNotNil: [ ui_manager outline: m reflectee Event: e ] ])) asVector) ).
            }
            {'Category: going on\x7fComment: With a value for what failed; from the beginning of an activation, with its method as it is now; not at all.'
                resumeWith: v = ( process resume: v. remove ).
                restart: i = (
                    process restart: (places at: i IfAbsent: [ ^ self ]).
                    process resume: nil.
                    remove ).
                step: b = (
                    process state whenEnded: [ |:p| stepped ].
                    b value.
                    process resume: nil.
                    self ).
                hidden = ( places isEmpty ifTrue: 0 False: [ places first ] ).
                finish: i = (| at |
                    at: places at: i IfAbsent: [ ^ self ].
                    step: [ process beginFinish: at ] ).
                stepped = (
                    process hasError ifFalse: [ ^ remove ].
                    stops: stops + 1.
                    complaint text: process complaintText.
                    showActivations ).
                endProcess = ( process abort. remove ).
                gone = ( self ).
                editMethod: e = (| a. o |
                    a: activations at: chosen IfAbsent: [ ^ self ].
                    a methodHolder ifNil: [ ^ e hand say: 'a block is a part of its method' ].
                    o: ui_manager outline: a methodHolder reflectee Event: e.
                    o reveal: a selector Event: e ).
            }
            {'Category: evaluating\x7fComment: In the chosen activation: its locals are known.'
                doIt: e = (| v |
                    v: valueOf: e IfFail: [ ^ self ].
                    resultMorph text: '⇒ ', (brief: (reflect: v)) ).
                valueOf: e IfFail: b = (| a |
                    evaluator typed: e.
                    evaluator clearProblem.
                    parser mirrorFrom: e text IfFail: [ |:c|
                        evaluator problem: c message Line: c errorLine Column: c errorColumn.
                        ^ b value ].
                    a: activations at: chosen IfAbsent: [ ^ b value ].
                    a evaluateInside: e text ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of debuggers.'
        debuggerMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of debuggers.'.
            parent* = traits debuggerMorph.

            {'Category: parts\x7fComment: Whose process, the lines of its activations and the chosen one; where code is written; what is complained of; stops since I was made.'
                process.
                lines.
                chosen <- 0.
                complaint.
                stops <- 0.
                evaluator.
                resultMorph.
            }
        |).
    }
|)

ui_manager _AddSlots: (|
    {'Category: debugging\x7fComment: A debugger for a process that an error stopped, beside its hand\'s latest deed.'
        debug: p For: h = (| m |
            p isGone ifTrue: [ ^ self ].
            m: debuggerMorph copyOn: p.
            (h isNil || [ h latestEvent isNil ]) ifTrue: [ ^ world place: m ].
            place: m For: h latestEvent ).
    }
|)
