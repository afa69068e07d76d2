"Making by words: the mind plans an object (what it holds, what it can be told to do), writes
each method, and has it tried and judged like any other; what passed is a proposal: a
card with the source, the verdicts, and the thing itself, which runs.

  ui_manager make: 'a stopwatch with start and stop'"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of what asks for wishes.'
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
                    (thingMaker make: e text Telling: [ |:t| told text: t ]) ifNotNil: [ |:card|
                        ui_manager tool: card Event: e ].
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototype of what asks for wishes; what has things made.'
        makerMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of what asks for wishes.'.
            parent* = traits makerMorph.

            {'Category: parts\x7fComment: Where the wish is written; what is told.'
                field.
                told.
            }
        |).

        thingMaker = (| {} = 'Comment: I have things made that are wished for in words.'.
            parent* = traits oddball.

            {'Category: making\x7fComment: A card with what the mind proposes; the block hears how it goes, and why there is nothing, which is nil.'
                make: wish Telling: b = ( make: wish Seed: 1 Telling: b ).
                make: wish Seed: seed Telling: b = (| plan. good. notes |
                    refusal ifNotNil: [ |:why| b value: why. ^ nil ].
                    b value: 'planning …'.
                    mind isThinking: true.
                    [
                        plan: planFor: wish trim Seed: seed IfFail: [ |:why| b value: why. ^ nil ].
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
                    thingMorph copyPlan: plan Methods: good asVector Notes: notes asVector ).
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
                planFor: wish Seed: seed IfFail: b = (| rows. p |
                    mind askedAt add: time milliseconds.
                    mind useBackendIfFail: [ |:e| ^ b value: 'the model can\'t be asked: ', e ].
                    rows: _ModelGenerate: (instructions & (question: wish) & planGrammar & 'root'
                            & 1 & 220 & (seed = 1 ifTrue: 0.2 False: 0.8) & seed & vector
                            & mind modelMilliseconds & opening
                            & (vector copySize: 1 FillingWith: '```')) asVector
                        IfFail: [ |:e|
                            ^ b value: 'the model did not answer: '
                                , ((e includesSubstring: ': ') ifTrue: [ e after: ': ' ] False: [
                                    e ]) ].
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
                planGrammar = 'root ::= name ":\\n" slot slot? slot? message message? message? message? message? "```"
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
                world place: card ] ).
    }
|)
