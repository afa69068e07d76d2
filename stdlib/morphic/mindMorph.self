"What the mind is and did: its model and policy, the methods that were grown with their
source, verdicts and examples, and its thoughts. What was grown can be tried again,
opened, and taken back."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of what shows the mind.'
        mindMorph = (| {} = 'Comment: I show the mind, and what was grown.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Looking now and then.'
                copyLive = (
                    (((copyTitle: 'Mind' Look: 'kind-method') width: 430) build) startStepping: 1000 ).
                build = (
                    told: textMorph copyText: '' Look: 'quiet small'.
                    addMorph: told.
                    policies: rowMorph copyLook: 'wrap'.
                    policies role: 'group'.
                    policies label: 'Policy'.
                    ('off' & 'ask' & 'auto') asVector do: [ |:p|
                        policies addMorph: (buttonMorph copyLabel: p Do: [ |:e|
                            setPolicy: p Event: e ]) ].
                    addMorph: policies.
                    methods: listMorph copyItems: vector Text: [ |:g| textOf: g ] Chosen: [ |
                        :g.
                        :e
                        |
                        choose: g ].
                    methods label: 'Grown methods'.
                    addMorph: methods.
                    details: columnMorph copyLook: 'details'.
                    addMorph: details.
                    past: listMorph copyItems: vector Text: [ |:t| t printString ] Chosen: [ |
                        :t.
                        :e
                        |
                        chooseThought: t ].
                    past label: 'Thoughts'.
                    addMorph: past.
                    refresh ).
            }
            {'Category: looking\x7fComment: Lines are made anew only if something differs.'
                step = ( ui_manager isAtWork ifFalse: [ refresh ]. self ).
                refresh = (| now |
                    told text: 'model: '
                        , (mind isModelThere
                            ifTrue: [
                                mind backend isEmpty
                                    ifTrue: [ mind modelName ifNil: 'one' ]
                                    False: [ mind backendModel, ' at ', mind backend ] ]
                            False: 'none is here: `batos model fetch` gets one'), '\n'
                        , (mind grown isEmpty
                            ifTrue: 'Nothing was grown yet.'
                            False: 'Grown methods:').
                    policies parts do: [ |:m| m at: 'pressed' Put: (m text = mind policy) ].
                    now: mind grown asVector.
                    now = shown ifFalse: [
                        shown: now.
                        methods items: now.
                        methods at: 'hidden' Put: (now isEmpty ifTrue: true False: nil) ].
                    thoughtCount = thoughts count ifFalse: [
                        thoughtCount: thoughts count.
                        past items: (thoughts all asVector reverse asVector) ].
                    past at: 'hidden' Put: (past items isEmpty ifTrue: true False: nil).
                    self ).
                textOf: g = ( (reflect: g holder) name, '  ', g signature ).
                setPolicy: p Event: e = (| old |
                    old: mind policy.
                    mind policy: p.
                    refresh.
                    e hand did: 'policy ', p Undo: [ mind policy: old. refresh ] Redo: [
                        mind policy: p.
                        refresh ] ).
            }
            {'Category: a grown method\x7fComment: With its source, verdicts and examples; whether the examples still hold; taken back.'
                choose: g = (
                    details removeAllMorphs.
                    details addMorph: (textMorph copyText: g definitions Look: 'mono source').
                    details addMorph: (textMorph copyText: (aboutOf: g) Look: 'quiet small').
                    g verdicts do: [ |:v|
                        details addMorph: (textMorph
                            copyText: v printString
                            Look: (v isGood ifTrue: 'small good' False: 'small bad')) ].
                    answer: textMorph copyText: '' Look: 'small'.
                    answer role: 'status'.
                    details addMorph: ((rowMorph copyLook: 'wrap') addAllMorphs: ((buttonMorph
                        copyLabel: 'Open'
                        Do: [ |:e| open: g Event: e ])
                        & (buttonMorph copyLabel: 'Try its examples' Do: [ |:e| tryExamplesOf: g ])
                        & (buttonMorph copyLabel: 'Take back' Do: [ |:e| takeBack: g Event: e ]))
                        asVector).
                    details addMorph: answer.
                    self ).
                aboutOf: g = (
                    g origin, ' by ', (g model isEmpty ifTrue: 'nobody known' False: [ g model ])
                        , ', called ', g calls printString, ' times, sent by '
                        , (browser sendersOf: g selector) size printString, ' methods'
                        , (g comment isEmpty ifTrue: '' False: [ '\n', g comment ]) ).
                open: g Event: e = (
                    (ui_manager outline: g holder Event: e) reveal: g selector Event: e ).
                tryExamplesOf: g = (| bad |
                    g examples isEmpty ifTrue: [ ^ answer text: 'it has no examples' ].
                    bad: g examples filterBy: [ |:p. r|
                        r: crucible
                            try: '([ ', p key, ' ] value) = ([ ', p value, ' ] value)'
                            For: vector.
                        ((r at: 0) = 'value') && [ (r at: 1) = 'true' ] ifTrue: false False: true ].
                    answer text: (bad isEmpty
                        ifTrue: [ 'all ', g examples size printString, ' examples hold' ]
                        False: [
                            'these examples fail: '
                                , ((bad mapBy: [ |:p| p key ]) joinedWith: '; ') ]) ).
                takeBack: g Event: e = (
                    g remove.
                    details removeAllMorphs.
                    refresh.
                    e hand
                        did: 'taking back ', g signature
                        Undo: [ g put. mind grown add: g. refresh ]
                        Redo: [ g remove. refresh ] ).
                chooseThought: t = (
                    details removeAllMorphs.
                    details addMorph: (textMorph copyText: t describe Look: 'small').
                    t isActed ifTrue: [
                        details addMorph: (buttonMorph copyLabel: 'Take back what it did' Do: [ |
                            :e
                            |
                            t undo.
                            chooseThought: t ]) ].
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of what shows the mind.'
        mindMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of what shows the mind.'.
            parent* = traits mindMorph.

            {'Category: parts\x7fComment: What is told; buttons for policies; the lists; what is shown of the chosen one, and what came of trying it; what the lists were made of.'
                told.
                policies.
                methods.
                details.
                past.
                answer.
                shown.
                thoughtCount <- -1.
            }
        |).
    }
|)
