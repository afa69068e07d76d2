"Faces: any object with data and messages, to be looked at and used by who knows no
language. What it holds stands there and is live; each message without an argument is
a button, one with a single argument has a place for it.

  ui_manager world place: (faceMorph copyOn: account Title: 'Account')"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of faces.'
        faceMorph = (| {} = 'Comment: I am the face of an object.'.
            parent* = traits columnMorph.

            {'Category: creating\x7fComment: Of an object, with a title.'
                copyOn: x Title: t = (| m |
                    m: copy.
                    m subject: x.
                    m look: 'panel face'.
                    m role: 'group'.
                    m label: t.
                    m shown: list copyRemoveAll.
                    m addMorph: (textMorph copyText: t Look: 'title').
                    (m addData) addMessages.
                    m startStepping: 100.
                    m ).
                addData = (
                    (reflect: subject) do: [ |:s| (isData: s) ifTrue: [ addLineOf: s ] ].
                    refresh ).
                addLineOf: s = (| v |
                    v: textMorph copyText: '' Look: 'reading'.
                    v label: s name.
                    shown add: s -> v.
                    addMorph: ((rowMorph copyLook: 'reading-row') addAllMorphs: ((textMorph
                        copyText: (wordsOf: s name)
                        Look: 'quiet') & v) asVector) ).
                addMessages = (| buttons |
                    buttons: rowMorph copyLook: 'wrap'.
                    (reflect: subject) do: [ |:s|
                        (isMessage: s) ifTrue: [
                            buttons addMorph: (buttonMorph
                                copyLabel: (wordsOf: s name) capitalize
                                Do: [ |:e| subject perform: s name. refresh ]) ].
                        (takesOne: s) ifTrue: [ addMorph: (fieldFor: s name) ] ].
                    buttons parts isEmpty ifFalse: [ addMorph: buttons ].
                    self ).
                fieldFor: n = (| ed |
                    ed: editorMorph copyText: '' Accept: [ |:e| send: n With: e ].
                    ed label: (wordsOf: n copyWithoutLast).
                    ed at: 'code' Put: true.
                    ed at: 'hint' Put: 'a value'.
                    ed
                        at: 'actions'
                        Put: (vector
                            copySize: 1
                            FillingWith: ('accept' & (wordsOf: n copyWithoutLast) capitalize)
                                asVector).
                    ed ).
                send: n With: e = (
                    e morph typed: e.
                    parser mirrorFrom: e text IfFail: [ |:c|
                        ^ e morph problem: c message Line: c errorLine Column: c errorColumn ].
                    subject perform: n With: ((reflect: lobby) evaluate: e text).
                    e morph reset: ''.
                    refresh ).
            }
            {'Category: what is shown\x7fComment: Slots that hold data; those that are messages of no or one argument. What it does by itself is no button.'
                isData: s = (
                    s isMethod || [
                            s isParent || [ (s name = 'every') || [ '_' isPrefixOf: s name ] ] ] ifTrue: [
                        ^ false ].
                    s contents isReflecteeAssignment not ).
                isMessage: s = (
                    s isMethod && [
                            s contents arguments isEmpty && [
                                    ((hiddenMessages includes: s name) || [
                                            '_' isPrefixOf: s name ]) not ] ] ).
                takesOne: s = (
                    s isMethod && [
                            (s contents arguments size = 1) && [
                                    (s name last = ':') && [ (s name splitOn: ':') size = 2 ] ] ] ).
                hiddenMessages = ('step' & 'copy' & 'parent') asVector.
                wordsOf: n = (| out |
                    out: stringWriter copyRemoveAll.
                    n do: [ |:c|
                        c isUppercase ifTrue: [ out write: ' ', c asLowercase ] False: [
                            out write: (c = '_' ifTrue: ' ' False: [ c ]) ] ].
                    out contents ).
                textOf: v = (
                    true == v ifTrue: [ ^ 'yes' ].
                    false == v ifTrue: [ ^ 'no' ].
                    (reflect: v) isReflecteeString ifTrue: [ ^ v ].
                    nil == v ifTrue: [ ^ '–' ].
                    (reflect: v) safePrintString ).
            }
            {'Category: steps\x7fComment: Shows what it holds by now; it does its own step once a second, or every so many milliseconds, if it says how many.'
                step = (
                    ((reflect: subject) includesName: 'step') ifTrue: [ tick ] False: [ refresh ] ).
                tick = (| now |
                    now: time steady.
                    now >= next ifTrue: [ next: ((next + pace) max: now). subject step ].
                    refresh ).
                pace = (| m |
                    m: reflect: subject.
                    (m includesName: 'every') ifTrue: [ (subject every) max: 20 ] False: 1000 ).
                refresh = (
                    shown do: [ |:pair| pair value text: (textOf: pair key value) ].
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of faces.'
        faceMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of faces.'.
            parent* = traits faceMorph.

            {'Category: parts\x7fComment: Whose face; its slots, each with the text that shows it; when it does its next step.'
                subject.
                shown.
                next <- 0.
            }
        |).
    }
|)
