"The Alchemical Crucible: every proposal is tried in a throw-away fork of the world
and judged by three personas. BRICK asks whether it works, ROBIN whether it leaves
others alone, ALFRED whether it is worth having. A verdict is an object with its
evidence."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Has proposals made, tried and judged.'
        crucible = (| {} = 'Comment: I have proposals tried in forks and judged.'.
            parent* = traits oddball.

            {'Category: choosing\x7fComment: The best proposal for a task, nil if none is good enough. All that were tried are left in the task.'
                best: t = (| good |
                    mind lastTask: t.
                    mind isTranslating ifTrue: [ ^ bestThought: t ].
                    t tried: (judged: t).
                    good: accepted: t tried.
                    weigh: good For: t.
                    t examples isEmpty
                        ifTrue: [ t found: (refined: t From: good), (kindred: t) ]
                        False: [
                            (isConvinced: good) ifFalse: [
                                t found: (likeliest: (searched: t) For: t) ] ].
                    t found do: [ |:p| p judge ].
                    good: good, (accepted: t found).
                    good isEmpty ifTrue: [ ^ nil ].
                    voted: good.
                    (good copySortedBy: [ |:a. :b| a rank > b rank ]) first ).
                isConvinced: good = (
                    good findFirst: [ |:p| p fit >= 0.0 ] IfPresent: true IfAbsent: false ).
                accepted: all = (
                    (all filterBy: [ |:c| c isAccepted && [ (isTooBold: c) not ] ]) asVector ).
                isTooBold: c = (
                    (mind policy = 'auto') && [ c task examples isEmpty && [ c assigns ] ] ).
                judged: t = (| seen. all |
                    seen: set copyRemoveAll.
                    all: list copyRemoveAll.
                    (mind generate: t) do: [ |:row. p|
                        p: proposal copyRow: row Task: t.
                        (seen includes: p source) ifFalse: [
                            seen add: p source.
                            all add: p judge ] ].
                    all asVector ).
                likeliest: found For: t = (| few |
                    few: best: 12 Of: found By: [ |:p| p firstSight ].
                    weigh: few For: t.
                    best: 8 Of: few By: [ |:p| p score ] ).
                best: n Of: all By: blk = (
                    (all asVector copySortedBy: [ |:a. :b| (blk value: a) > (blk value: b) ])
                        copyFrom: 0
                        UpTo: (all size min: n) ).
                voted: good = (
                    good do: [ | :c. mass <- 0.0 |
                        good do: [ |:d|
                            d behaviour = c behaviour ifTrue: [ mass: mass + d score exp ] ].
                        c votes: mass ].
                    self ).
                weigh: good For: t = (| answers. weights |
                    good isEmpty ifTrue: [ ^ self ].
                    answers: list copyRemoveAll.
                    answers add: t prompt.
                    good do: [ |:c| answers add: ' ', c source, '\n' ].
                    weights: nil _ModelScore: answers asVector Adapters: mind adapters IfFail: [
                        ^ self ].
                    good do: [ |:c. :i| c logProbability: (weights at: i) ].
                    self ).
            }
            {'Category: trying\x7fComment: Evaluates a text in a fork, for a vector of objects: verdict word, text, output, fuel, microseconds, mirrors on what was changed.'
                try: text For: parts = (
                    parts
                        _ForkEvaluate: text
                        Fuel: mind fuel
                        Memory: mind memory
                        Time: mind milliseconds
                        IfFail: [ |:e| ('error' & e & '' & 0 & 0 & vector) asVector ] ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of proposals.'
        proposal = (| {} = 'Comment: I am a method that the model proposes.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From what the model gave; from an edited text.'
                copyRow: row Task: t = (
                    ((copyText: (row at: 0) Task: t) logProbability: (row at: 2)) tokens: (row at: 1) ).
                copyText: text Task: t = (| p |
                    p: copy.
                    p source: text _MethodSimplified.
                    p task: t.
                    p fit: (robin fitOf: p source For: t).
                    p verdicts: list copyRemoveAll.
                    p ).
            }
            {'Category: judging\x7fComment: The three personas in turn; the first that refuses ends it.'
                judge = (
                    (brick & robin & alfred) asVector do: [ |:persona|
                        isAccepted ifTrue: [ verdicts add: (persona judge: self) ] ].
                    self ).
                assigns = (
                    (selectorFinder wordsOf: source) anySatisfy: [ |:w|
                        (':' isSuffixOf: w) && [
                                ((reflect: task holder) holdersOf: w) anySatisfy: [ |:m|
                                    (m contentsAt: w) isReflecteeAssignment ] ] ] ).
                isAccepted = (
                    (verdicts findFirst: [ |:v| v isGood not ] IfPresent: [ false ] IfAbsent: true) ).
                reason = (| last |
                    verdicts isEmpty ifTrue: [ ^ '' ].
                    isAccepted && [ crucible isTooBold: self ] ifTrue: [
                        ^ 'it assigns to slots, and no example shows that this is meant' ].
                    isAccepted ifTrue: [ ^ 'passed: ', verdicts first evidence ].
                    last: verdicts last.
                    last persona, ': ', last evidence ).
                score = (
                    (logProbability * mind faith) + fit + manners
                        + ((nearness min: 4)
                            * (task examples isEmpty ifTrue: 0.4 False: [ mind kinship ])) ).
                manners = (
                    (robin isQuestion: task) && [
                            (answer != 'true') && [
                                    (answer != 'false') && [ answer isEmpty not ] ] ]
                        ifTrue: -6.0
                        False: 0.0 ).
                belief = (
                    edits = 0
                        ifTrue: [ logProbability + fit + ((nearness min: 4) * mind kinship) ]
                        False: [ logProbability + fit ] ).
                evidence = ( task bitsOfExamples - ((tried max: 1) ln / 2 ln) ).
                firstSight = ( (fit + (nearness min: 4)) - (edits * 2.0) - (source size / 40.0) ).
                rank = ( (votes * 1000.0) + score ).
                behaviour = (
                    shown isEmpty ifTrue: [
                        shown: answer
                            , ((crucible try: (withMethod: task stateText) For: task parts) at: 1).
                        task neighbours do: [ |:text. r|
                            r: crucible try: (withMethod: text) For: task parts.
                            shown: shown, '\n', (r at: 0), ' ', (r at: 1) ] ].
                    shown ).
            }
            {'Category: trying\x7fComment: In a fork that has the method: the message itself; an expression.'
                definition = ( task signature, ' = ', source ).
                definitions = (
                    (helpers inject: definition Into: [ |:all. :h| all, '. ', h definition ]) ).
                withMethod: text = (
                    '(_At: 0) _AddSlots: (| ', definitions, ' |). '
                        , (task isApart
                            ifTrue: [ '(_At: 1) _AddSlots: (| ', definitions, ' |). ' ]
                            False: ''), text ).
                tryMessage = ( crucible try: (withMethod: task sendingText) For: task parts ).
                tryExpression: text = (
                    crucible try: (withMethod: '[ ', text, ' ] value') For: task parts ).
            }
            {'Category: printing\x7fComment: As source.'
                printString = ( definition ).
            }
        |).

        verdict = (| {} = 'Comment: I am what a persona says of a proposal.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Yes or no, with evidence.'
                good: text By: name = ( ((copy isGood: true) evidence: text) persona: name ).
                bad: text By: name = ( ((copy isGood: false) evidence: text) persona: name ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = (
                    persona, (persona size < 6 ifTrue: '   ' False: '  ')
                        , (isGood ifTrue: 'yes  ' False: 'no   '), evidence ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of proposals and verdicts.'
        proposal = (| {} = 'Comment: The prototype of proposals.'.
            parent* = traits proposal.

            {'Category: parts\x7fComment: The text of the method; what it is for; what the model thought of it; what the judges said; what it answered; how likely the model finds all that behave the same; other methods that it needs, as proposals.'
                source <- ''.
                helpers <- vector.
                task.
                tokens <- 0.
                logProbability <- 0.0.
                verdicts <- list copyRemoveAll.
                answer <- ''.
                effort <- 0.
                votes <- 0.0.
                shown <- ''.
                output <- ''.
                changed <- vector.
                origin <- 'proposed'.
                edits <- 0.
                tried <- 0.
                nearness <- 0.
                fit <- 0.0.
            }
        |).
        verdict = (| {} = 'Comment: The prototype of verdicts.'.
            parent* = traits verdict.

            {'Category: parts\x7fComment: Yes or no; why; who said it.'
                isGood <- true.
                evidence <- ''.
                persona <- ''.
            }
        |).
    }
|)
