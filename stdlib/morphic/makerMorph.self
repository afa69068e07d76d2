"Making by words: the mind plans an object (what it holds, what it can be told to do), writes
each method, and has it tried and judged like any other; what passed is a proposal: a
card with the source, the verdicts, and the thing itself, which runs.

  ui_manager make: 'a stopwatch with start and stop'"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of plans.'
        thingPlan = (| {} = 'Comment: I am what the mind plans of a thing: its name, what it holds, what it can be told.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a wish in words, of what the model answered. What stands after the word with in the wish is to be understood in any case.'
                copyWish: w Answer: text = (| p |
                    p: copy.
                    p wish: w.
                    p slots: list copyRemoveAll.
                    p messages: list copyRemoveAll.
                    p addWished.
                    p read: text.
                    p ).
                addWished = (| rest |
                    rest: (wish includesSubstring: ' with ')
                        ifTrue: [ wish after: ' with ' ]
                        False: ''.
                    ((rest replaceAll: ' and ' With: ',') splitOn: ',') do: [ |:w|
                        (isName: w trim) ifTrue: [ addMessage: w trim About: w trim ] ].
                    self ).
                read: text = (
                    (text splitOn: '\n') do: [ |:l|
                        ('def ' isPrefixOf: l trimLeft) ifTrue: [ readMessage: l trim ] False: [
                            ((l includesSubstring: ' = ') && [ slots size < 6 ]) ifTrue: [
                                readSlot: l trim ] ] ].
                    self ).
                readMessage: l = (| n |
                    n: ((l copyFrom: 4) before: '(') trim.
                    (isName: n) && [ messages size < 7 ] ifTrue: [
                        addMessage: n
                            About: ((l includesSubstring: '"')
                                ifTrue: [ (l after: '"') before: '"' ]
                                False: [ n ]) ].
                    self ).
                readSlot: l = (| n. v |
                    n: ((l before: ' = ') before: ':') trim.
                    v: (l after: ' = ') trim.
                    (isName: n) ifFalse: [ ^ self ].
                    v: valueOf: v IfNone: [ ^ self ].
                    (slots anySatisfy: [ |:s| s key = (nameFrom: n) ]) ifFalse: [
                        slots add: (nameFrom: n) -> v ].
                    self ).
                valueOf: t IfNone: b = (
                    t = 'True' ifTrue: [ ^ 'true' ].
                    t = 'False' ifTrue: [ ^ 'false' ].
                    t = 'None' ifTrue: [ ^ 'nil' ].
                    t = '[]' ifTrue: [ ^ 'list copyRemoveAll' ].
                    t = '""' ifTrue: [ ^ '\'\'' ].
                    ((t includesSubstring: ' ') not && [
                            (t asInteger isNotNil) && [ t asInteger printString = t ] ]) ifTrue: [
                        ^ t ].
                    t = '0.0' ifTrue: [ ^ '0.0' ].
                    b value ).
                addMessage: n About: words = (| name |
                    name: nameFrom: n.
                    messages do: [ |:m|
                        m key = name ifTrue: [
                            m value size < words size ifTrue: [ m value: words ].
                            ^ self ] ].
                    messages add: name -> words.
                    self ).
                isName: n = (
                    (n isEmpty || [ n size > 24 ]) ifTrue: [ ^ false ].
                    n first isLetter ifFalse: [ ^ false ].
                    n do: [ |:c|
                        (c isLetter || [ c isDigit || [ c = '_' ] ]) ifFalse: [ ^ false ] ].
                    (('self' & 'true' & 'false' & 'nil' & 'parent' & 'init') asVector includes: n)
                        not ).
                nameFrom: n = (| parts |
                    parts: (n splitOn: '_') filterBy: [ |:p| p isEmpty not ].
                    ((parts mapBy: [ |:p. :i|
                        i = 0 ifTrue: [ lowered: p ] False: [ p capitalize ] ]) joined) ).
                lowered: p = ( p first asLowercase, (p copyFrom: 1) ).
            }
            {'Category: reading\x7fComment: The name that it may get.'
                title = (| words |
                    words: (wish before: ' with ') trim.
                    words: ((words startsWith: 'an ') ifTrue: [ words copyFrom: 3 ] False: [
                        (words startsWith: 'a ') ifTrue: [ words copyFrom: 2 ] False: [ words ] ]).
                    words size > 40 ifTrue: [ words copyFrom: 0 UpTo: 40 ] False: [ words ] ).
                slotName = (| n. letters |
                    letters: title asList filterBy: [ |:c| c isLetter || [ c = ' ' ] ].
                    n: nameFrom: ((letters joined trim) replaceAll: ' ' With: '_').
                    n isEmpty ifTrue: 'thing' False: [ n ] ).
                emptyObject = (
                    (parser objectFrom: '| parent* = traits clonable. '
                        , ((slots mapBy: [ |:s| s key, ' <- ', s value ]) joinedWith: '. '), ' |') ).
            }
        |).

        makerMorph = (| {} = 'Comment: I ask what is to be made.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: With a place to write the wish.'
                copyReady = ( (((copyTitle: 'Make' Look: 'kind-method') width: 340) build) ).
                build = (
                    field: editorMorph copyText: '' Accept: [ |:e| make: e ].
                    field label: 'What shall be made?'.
                    field
                        at: 'actions'
                        Put: (vector copySize: 1 FillingWith: ('accept' & 'Make it') asVector).
                    field at: 'focus' Put: true.
                    addMorph: (textMorph
                        copyText: 'In words, such as: a stopwatch with start and stop'
                        Look: 'quiet small').
                    addMorph: field.
                    told: textMorph copyText: '' Look: 'small'.
                    told role: 'status'.
                    addMorph: told.
                    self ).
                make: e = (
                    field typed: e.
                    e text trim isEmpty ifTrue: [ ^ self ].
                    thingMaker make: e text Telling: [ |:t| told text: t ].
                    self ).
            }
        |).

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
                    globals perform: n, ':' With: x.
                    w: owner.
                    face: faceMorph copyOn: x Title: plan title capitalize.
                    w place: face At: position.
                    remove.
                    e hand ifNotNil: [ |:h|
                        h did: 'making ', n Undo: [ face remove. g removeSlot: n ] Redo: [
                            w addMorph: face.
                            g addSlots: n, ' <- nil' Category: 'made at the screen'.
                            globals perform: n, ':' With: x ] ].
                    image tryCommit: 'made: ', n, ' (', plan wish, ')' ).
                tryIt: e = ( run: ((read: e) ifNil: [ ^ self ]) ).
                another = (
                    told text: 'thinking …'.
                    thingMaker make: plan wish Seed: plan seed + 1 Telling: [ |:t| told text: t ].
                    self ).
            }
            {'Category: printing\x7fComment: What I propose.'
                statePrintString = ( plan title ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of plans, of what asks for wishes, and of things that are proposed.'
        thingPlan = (| {} = 'Comment: The prototype of plans.'.
            parent* = traits thingPlan.

            {'Category: parts\x7fComment: The wish; names with the texts of values; names of messages with what they are to do; what chance began with.'
                wish <- ''.
                slots.
                messages.
                seed <- 1.
            }
        |).
        makerMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of what asks for wishes.'.
            parent* = traits makerMorph.

            {'Category: parts\x7fComment: Where the wish is written; what is told.'
                field.
                told.
            }
        |).
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

        thingMaker = (| {} = 'Comment: I have things made that are wished for in words.'.
            parent* = traits oddball.

            {'Category: making\x7fComment: A card on the world with what the mind proposes; the block hears how it goes, and why there is nothing.'
                make: wish Telling: b = ( make: wish Seed: 1 Telling: b ).
                make: wish Seed: seed Telling: b = (| plan. good. notes |
                    refusal ifNotNil: [ |:why| b value: why. ^ nil ].
                    b value: 'planning …'.
                    mind isThinking: true.
                    [
                        plan: planFor: wish trim Seed: seed.
                        good: list copyRemoveAll.
                        notes: list copyRemoveAll.
                        plan messages do: [ |:m. best. t. x|
                            b value: 'writing ', m key, ' …'.
                            x: plan emptyObject.
                            t: task
                                copyReceiver: x
                                Signature: m key
                                Holder: x
                                Comment: (sentenceFor: m Of: plan).
                            t seed: seed.
                            best: bestFor: t.
                            best ifNil: [ notes add: m key, ': no proposal passed' ] IfNotNil: [
                                good add: best ] ] ] ensure: [ mind isThinking: false ].
                    good isEmpty ifTrue: [
                        b value: 'nothing that the model proposed runs; other words may help'.
                        ^ nil ].
                    b value: ''.
                    ui_manager world place: (thingMorph
                        copyPlan: plan
                        Methods: good asVector
                        Notes: notes asVector) ).
                refusal = (
                    mind policy = 'off' ifTrue: [
                        ^ 'the mind is off: mind policy: \'ask\' lets it propose' ].
                    mind isModelThere ifFalse: [
                        ^ 'no language model is here, so nothing was asked: `batos model fetch` gets one, or mind backend: names a server' ].
                    mind isTooBusy ifTrue: [
                        ^ 'the mind was asked too often in the last minute: again in a moment' ].
                    nil ).
                sentenceFor: m Of: plan = (
                    (m key = 'step' ifTrue: 'What happens by itself once a second' False: [
                        'What ', m key, ' does' ]), ' for ', plan wish, ': ', m value, '.' ).
            }
            {'Category: asking\x7fComment: The plan; the best method for a task: few answers, since there are several methods.'
                planFor: wish Seed: seed = (| rows. p |
                    mind askedAt add: time milliseconds.
                    mind useBackendIfFail: [ |:e| error: e ].
                    rows: _ModelGenerate: (instructions & (question: wish) & planGrammar & 'root'
                            & 1 & 220 & (seed = 1 ifTrue: 0.2 False: 0.8) & seed & vector
                            & mind modelMilliseconds & opening
                            & (vector copySize: 1 FillingWith: '```')) asVector
                        IfFail: [ |:e| error: 'the model did not answer: ', e ].
                    p: thingPlan
                        copyWish: wish
                        Answer: (rows isEmpty ifTrue: '' False: [ (rows at: 0) at: 0 ]).
                    p seed: seed.
                    p ).
                bestFor: t = (| all. good |
                    mind isTranslating ifFalse: [ ^ crucible best: t ].
                    t untranslated: list copyRemoveAll.
                    all: list copyRemoveAll.
                    crucible
                        add: (mind think: t asQuestion Count: answers Seed: t seed)
                        Of: t asQuestion
                        To: all.
                    t tried: all asVector.
                    good: crucible accepted: t tried.
                    good isEmpty ifTrue: [ ^ nil ].
                    crucible count: good For: t.
                    (good copySortedBy: [ |:a. :b| a votes > b votes ]) first ).
                answers <- 3.
                instructions = 'You are an expert Python programmer. You plan small classes: attributes with start values, and methods without arguments, each with one sentence. You never write the bodies.'.
                question: wish = (
                    'Plan a class for a lamp with a switch that counts how often it was used.\n\n```python\nclass Lamp:\n    is_on = False\n    uses = 0\n    def toggle(self): "turns is_on to the opposite and adds 1 to uses"\n    def reset(self): "sets uses to 0"\n```\n\nThe method step is called once a second, for what goes on by itself. Plan a class for '
                        , wish, '.\n' ).
                opening = '```python\nclass '.
                planGrammar = 'root ::= name ":\\n" slot slot? slot? message message? message? message? message?
name ::= [A-Z] [A-Za-z]{1,20}
word ::= [a-z] [a-z_]{1,18}
slot ::= "    " word " = " value "\\n"
value ::= "0" | "1" | "0.0" | "False" | "True" | "[]" | "\\"\\"" | [1-9] [0-9]{0,3}
message ::= "    def " word "(self): \\"" [a-zA-Z0-9 ,._+-]{6,100} "\\"\\n"
'.
            }
        |).
    }
|)

ui_manager _AddSlots: (|
    {'Category: making\x7fComment: What is wished for in words, as a proposal on the world: a card with the thing, which runs. Without a language model nothing is asked, and that is told.'
        make: wish = (| latest <- '' |
            (thingMaker make: wish Telling: [ |:t| latest: t ]) ifNil: [ latest ] IfNotNil: [ |
                :card
                |
                card ] ).
    }
|)
