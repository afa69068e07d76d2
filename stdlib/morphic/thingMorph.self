"Cards with things that the mind proposes: the source, what the judges said, and the thing,
which runs in the card. Installed it stands on the world and in globals."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of cards with things.'
        thingMorph = (| {} = 'Comment: I show a thing that the mind proposes, while it runs, to be decided on.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Of a plan, with the methods that passed and notes on those that did not.'
                copyPlan: p Methods: ms Notes: ns = (| m |
                    m: copyTitle: 'Proposal: ', p title Look: 'kind-method'.
                    m plan: p.
                    m methods: ms.
                    m notes: ns.
                    m width: 430.
                    m build ).
                build = (
                    addMorph: (textMorph copyText: plan wish Look: 'comment').
                    frame: columnMorph copyLook: 'preview'.
                    addMorph: frame.
                    editor: editorMorph copyText: sourceText Accept: [ |:e| install: e ].
                    editor at: 'code' Put: true.
                    editor label: 'Source of ', plan title.
                    editor
                        at: 'actions'
                        Put: (('accept' & 'Install') asVector & ('try' & 'Try') asVector
                            & ('another' & 'More') asVector & ('refuse' & 'No') asVector) asVector.
                    editor on: 'try' Do: [ |:e| tryIt: e ].
                    editor on: 'another' Do: [ |:e| another ].
                    editor on: 'refuse' Do: [ |:e| remove ].
                    addMorph: editor.
                    told: textMorph copyText: '' Look: 'small bad'.
                    told role: 'status'.
                    addMorph: told.
                    methods do: [ |:p|
                        addMorph: (textMorph
                            copyText: p task signature, ':  '
                                , ((p verdicts mapBy: [ |:v| v persona, ' yes, ', v evidence ]) joinedWith: '; ')
                            Look: 'small good') ].
                    notes do: [ |:n| addMorph: (textMorph copyText: n Look: 'small bad') ].
                    run: (objectFrom: sourceText IfFail: nil) ).
            }
            {'Category: source\x7fComment: As the literal of an object; the object of a text, or the block hears what is wrong.'
                sourceText = (| out |
                    out: stringWriter copyRemoveAll.
                    out writeLine: '(| parent* = traits clonable.'.
                    plan slots do: [ |:s| out writeLine: '    ', s key, ' <- ', s value, '.' ].
                    methods do: [ |:p|
                        out writeLine: '    ', p definition, '.'.
                        p helpers do: [ |:h| out writeLine: '    ', h definition, '.' ] ].
                    out write: '|)'.
                    out contents ).
                objectFrom: text IfFail: b = (
                    parser mirrorFrom: text IfFail: [ |:c| ^ b value: c ].
                    (reflect: lobby) evaluate: text ).
                run: x = (
                    frame removeAllMorphs.
                    x ifNotNil: [
                        frame addMorph: (faceMorph copyOn: x Title: plan title capitalize) ].
                    self ).
                read: e = (
                    editor typed: e.
                    editor clearProblem.
                    told text: ''.
                    objectFrom: e text IfFail: [ |:c|
                        editor problem: c message Line: c errorLine Column: c errorColumn.
                        told text: c message.
                        nil ] ).
            }
            {'Category: deciding\x7fComment: Puts what stands there on the world, under a name in globals, in one commit; runs it in the card; asks again; goes.'
                install: e = (| x. n. i <- 1. g. w. face |
                    x: read: e.
                    x ifNil: [ ^ self ].
                    g: reflect: globals.
                    n: plan slotName.
                    [ g includesName: n ] whileTrue: [ i: i + 1. n: plan slotName, i printString ].
                    g addSlots: n, ' <- nil' Category: 'made at the screen'.
                    g at: n PutContents: (reflect: x).
                    w: owner.
                    face: faceMorph copyOn: x Title: plan title capitalize.
                    w place: face At: position.
                    remove.
                    e hand ifNotNil: [ |:h|
                        h did: 'making ', n Undo: [ face remove. g removeSlot: n ] Redo: [
                            w addMorph: face.
                            g addSlots: n, ' <- nil' Category: 'made at the screen'.
                            g at: n PutContents: (reflect: x) ] ].
                    image tryCommit: 'made: ', n, ' (', plan wish, ')' ).
                tryIt: e = ( run: ((read: e) ifNil: [ ^ self ]) ).
                another = (
                    told text: 'thinking …'.
                    (thingMaker make: plan wish Seed: plan seed + 1 Telling: [ |:t| told text: t ]) ifNotNil: [ |
                        :card.
                        w
                        |
                        w: owner.
                        remove.
                        w place: card At: position ].
                    self ).
            }
            {'Category: printing\x7fComment: What I propose.'
                statePrintString = ( plan title ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototype of cards with things.'
        thingMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of things that are proposed.'.
            parent* = traits thingMorph.

            {'Category: parts\x7fComment: The plan, the methods that passed, what is said of the others; where it runs, where its source stands, what is told.'
                plan.
                methods <- vector.
                notes <- vector.
                frame.
                editor.
                told.
            }
        |).
    }
|)
