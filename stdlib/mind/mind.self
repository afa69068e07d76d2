"The mind: what the world does about messages nobody understands. It asks the
language model for methods, has every proposal tried in a fork and judged by the
personas, and installs the best. Policy:

  mind policy: 'off'    the message fails, as ever
  mind policy: 'ask'    show the proposal and its verdicts, and ask
  mind policy: 'auto'   install what passes

All of it is objects: the prompts (babs), the trials (crucible), the judges
(brick, robin, alfred), what was grown (grownMethod)."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Asks the language model for methods that are missing.'
        mind = (| {} = 'Comment: I have missing methods written, tried and installed.'.
            parent* = traits oddball.

            {'Category: settings\x7fComment: off, ask or auto; how many proposals; most tokens of one; randomness of the choice.'
                policy <- 'ask'.
                candidates <- 16.
                maxTokens <- 80.
                temperature <- 0.8.
                seed <- 1.
                adapters <- vector.
            }
            {'Category: settings\x7fComment: What one trial may use: calls and loop turns, bytes, milliseconds. What a question to the model may take. Most questions a minute.'
                fuel <- 3000000.
                memory <- 33554432.
                milliseconds <- 1500.
                modelMilliseconds <- 60000.
                searchMilliseconds <- 5000.
                searchEnough <- 24.
                searchAttempts <- 60000.
            }
            {'Category: settings\x7fComment: How likely (natural logarithm, with how it fits its name) the model must find what the search found: in general; where examples say only yes or no. By how many bits examples must outweigh the number of methods that were tried for what fits its name to need no opinion of the model. What its opinion weighs against how a method fits its name.'
                trust <- -25.0.
                trustTruth <- -8.0.
                proof <- 1.0.
                faith <- 0.5.
                kinship <- 1.5.
                perMinute <- 20.
            }
            {'Category: settings\x7fComment: Whether BABS also compares meanings (the model\'s embeddings) when she fetches forms; it takes a second more.'
                usesMeanings <- false.
            }
            {'Category: settings\x7fComment: Another model than the program\'s own: the address of a server that speaks OpenAI\'s protocol, up to the version; the model\'s name there; how it takes grammars (nothing, grammar or structured_outputs). The model that the adapter belongs to needs no instructions.'
                backend <- ''.
                backendModel <- 'default'.
                backendGrammar <- ''.
                adaptedModel <- 'SmolLM2-135M-Instruct.Q4_1'.
            }
            {'Category: state\x7fComment: Methods that were grown; proposals that were turned down.'
                grown <- list copyRemoveAll.
                refused <- list copyRemoveAll.
            }
            {'Category: state\x7fComment: Messages that were given up: tasks, the latest last; most that are kept.'
                givenUp <- list copyRemoveAll.
                mostGivenUp <- 50.
                giveUp: t = (
                    t complaint isEmpty ifFalse: [ ^ self ].
                    givenUp: (givenUp copy addLast: t forLater).
                    givenUp size > mostGivenUp ifTrue: [ givenUp removeFirst ].
                    self ).
                gotOver: t = (
                    givenUp: (givenUp filterBy: [ |:u|
                        ((u selector = t selector) && [ u holder _Eq: t holder ]) not ]) ).
            }
            {'Category: state\x7fComment: Of this session only: times of the last questions; whether one is being answered; the latest task, nil if there is none.'
                askedAt = ( session at: 'mind askedAt' IfAbsentPut: [ list copyRemoveAll ] ).
                isThinking = ( session at: 'mind isThinking' IfAbsent: false ).
                isThinking: b = ( session at: 'mind isThinking' Put: b. self ).
                lastTask = ( session at: 'mind lastTask' IfAbsent: nil ).
                lastTask: t = ( session at: 'mind lastTask' Put: t. self ).
            }

            {'Category: state\x7fComment: What the judges refused, the latest last; most that are kept; one more task to learn from.'
                lessons <- list copyRemoveAll.
                mostLessons <- 300.
                learnFrom: t = (
                    t tried do: [ |:p|
                        p isAccepted || [ p verdicts isEmpty ] ifFalse: [
                            lessons: (lessons copy addLast: (lesson copyProposal: p)) ] ].
                    lessons size > mostLessons ifTrue: [
                        lessons: (lessons copyFrom: lessons size - mostLessons UpTo: lessons size) ].
                    self ).
            }
            {'Category: deciding\x7fComment: A lookup failed: the value is that of the message in the end. Whatever goes wrong, the ordinary error comes.'
                decide: e = (| done. m |
                    m: e details.
                    isThinking || [ errors undefinedSelector isOfArithmetic: m ] ifTrue: [
                        ^ e suspendProcess ].
                    isThinking: true.
                    done: [
                        (knownObjects fetchFor: m) || [ adopt: m ] || [
                                isWilling && [ (isSlip: m) not && [ growFor: m ] ] ] ] ensure: [
                        isThinking: false ].
                    done ifFalse: [ ^ e suspendProcess ].
                    m send ).
                isSlip: m = (
                    (policy = 'auto') && [
                            (errors undefinedSelector nearestTo: m Within: 1) isEmpty not ] ).
                isWilling = (
                    policy = 'off' ifTrue: [ ^ false ].
                    (policy = 'ask') && [ isSomeoneThere not ] ifTrue: [ ^ false ].
                    isModelThere ifFalse: [ hint. ^ false ].
                    isTooBusy not ).
                isSomeoneThere = ( (_IsInteractiveIfFail: false) || [ dialogue isOnScreen ] ).
                hint = (
                    isSomeoneThere && [ _ModelsAllowedIfFail: false ] && [
                            session at: 'mind hint' IfAbsent: true ] ifTrue: [
                        session at: 'mind hint' Put: false.
                        console complain: 'A language model could write that method: `batos model fetch` gets one.' ].
                    self ).
            }
            {'Category: deciding\x7fComment: Whether there is a model, and whether it has been asked too often in the last minute.'
                useBackendIfFail: b = (
                    _ModelUse: ((backend startsWith: 'http')
                            ifTrue: [ backend, ' ', backendModel, ' ', backendGrammar ]
                            False: [ backend ])
                        IfFail: [ |:e. :n| b value: e ] ).
                isModelThere = ( backend isEmpty not || [ _ModelAvailableIfFail: false ] ).
                isAdapted = ( backend isEmpty && [ modelName = adaptedModel ] ).
                modelName = ( _ModelNameIfFail: nil ).
                isTooBusy = (| now |
                    now: time milliseconds.
                    [ askedAt isEmpty not && [ (now - askedAt first) > 60000 ] ] whileTrue: [
                        askedAt removeFirst ].
                    askedAt size >= perMinute ).
            }
            {'Category: growing\x7fComment: A method for a message; true if one was installed.'
                growFor: m = ( grow: (task copyMessage: m) ).
                grow: t = (| best |
                    askedAt add: time milliseconds.
                    best: crucible best: t.
                    learnFrom: t.
                    best ifNil: [ giveUp: t. t report. ^ false ].
                    (policy = 'ask') || [ crucible isAgreed: t ] ifFalse: [
                        console complain: t signature
                            , ': the proposals do not agree enough to install one unseen'.
                        ^ false ].
                    policy = 'ask' ifTrue: [ best: (dialogue ask: t About: best) ] False: [
                        console complain: 'grown: ', (reflect: t holder) safePrintString, '  '
                            , best definition ].
                    best ifNil: [ ^ false ].
                    (swap install: best For: t) ifNil: [ false ] IfNotNil: true ).
            }
            {'Category: growing\x7fComment: What was grown for the prototype of a receiver that was copied from it before is given to the receiver, too; whether there was something.'
                adopt: m = (| t |
                    (grown anySatisfy: [ |:g| g selector = m selector ]) ifFalse: [ ^ false ].
                    t: task copyMessage: m.
                    t isApart ifFalse: [ ^ false ].
                    grown do: [ |:g|
                        (g selector = t selector) && [ g holder _Eq: t holder ] ifTrue: [
                            g addCopy: t receiver.
                            ^ true ] ].
                    false ).
            }
            {'Category: asking the model\x7fComment: A vector of proposals: text, tokens, log probability, how it ended.'
                generate: t = (
                    useBackendIfFail: [ |:e| t complaint: e. ^ vector ].
                    _ModelGenerate: ((babs instructionsFor: t) & t prompt & t grammar & 'root'
                            & candidates & maxTokens & temperature & t seed & adapters
                            & modelMilliseconds) asVector
                        IfFail: [ |:e. :n| t complaint: e. vector ] ).
            }
            {'Category: measuring\x7fComment: Tries a task and holds what comes of it against hidden pairs of expressions: whether the first proposal is right, whether the chosen one is, whether one was chosen, number of proposals, tokens, milliseconds, the chosen source. Pairs begin with an empty one and end with nil.'
                evaluate: r Text: text Holder: h Signature: sig Comment: c Examples: pairs Hidden: hidden = (|
                    t.
                    best.
                    started.
                    tokens <- 0.
                    willing
                    |
                    started: time milliseconds.
                    t: task copyReceiver: r Signature: sig Holder: h Comment: c.
                    (babs isBuiltin: (babs kindOf: r)) ifFalse: [ t receiverText: text ].
                    (real: pairs) do: [ |:p| t example: p key Gives: p value ].
                    isThinking: true.
                    best: [ crucible best: t ] ensure: [ isThinking: false ].
                    willing: best isNotNil && [ isTranslating not || [ crucible isAgreed: t ] ].
                    t tried do: [ |:p| tokens: tokens + p tokens ].
                    ((t tried isEmpty not && [ holds: t tried first Pairs: hidden ])
                        & (best isNotNil && [ holds: best Pairs: hidden ]) & willing
                        & t tried size & tokens & (time milliseconds - started)
                        & (best isNil ifTrue: '' False: [ best source ])
                        & (best isNil ifTrue: '' False: [ best way ]) & t agreement
                        & t untranslated size & t firstLine) asVector ).
                holds: p Pairs: pairs = (
                    (real: pairs) do: [ |:pair|
                        (brick failureOf: p On: pair) ifNotNil: [ ^ false ] ].
                    true ).
                real: pairs = ( pairs copyFrom: 1 UpTo: pairs size - 1 ).
            }
            {'Category: showing\x7fComment: The settings; what was grown; for the prompt.'
                show = (| out |
                    out: stringWriter copyRemoveAll.
                    out write: 'model        '
                        , (backend isEmpty
                            ifTrue: [ modelName ifNil: 'none (batos model fetch)' ]
                            False: [ backendModel, ' at ', backend ]).
                    out write: '\npolicy       ', policy, '   (off, ask, auto)'.
                    out write: '\nproposals    ', candidates printString, ' of at most '
                        , maxTokens printString, ' tokens'.
                    out write: '\na trial      at most ', milliseconds printString, ' ms, '
                        , fuel printString, ' steps, ', memory printString, ' bytes'.
                    out write: '\nquestions    at most ', perMinute printString, ' a minute'.
                    out write: '\ngrown        ', grown size printString.
                    out contents ).
                showGrown = (
                    grown isEmpty ifTrue: [ ^ 'nothing was grown yet' ].
                    (grown mapBy: [ |:g| g printString ]) joinedWith: '\n' ).
            }
            {'Category: going back\x7fComment: Removes the method grown last; removes all of them.'
                undo = (| g |
                    grown isEmpty ifTrue: [ ^ error: 'nothing was grown' ].
                    g: grown last.
                    g remove.
                    image tryCommit: 'taken back: ', g signature.
                    g ).
                undoAll = (
                    grown isEmpty ifTrue: [ ^ self ].
                    [ grown isEmpty ] whileFalse: [ grown last remove ].
                    image tryCommit: 'taken back: all that was grown'.
                    self ).
            }
            {'Category: exporting\x7fComment: Everything grown, as source; the experience with proposals, as JSON Lines for further training.'
                fileOut = ( (grown mapBy: [ |:g| g fileOut ]) joinedWith: '\n' ).
                experience = (
                    ((grown mapBy: [ |:g| g asJSON ]) asList addAll: (refused mapBy: [ |:g|
                        g asJSON ])) joinedWith: '\n' ).
            }
        |).
    }
|)

unknownMessages _AddSlots: (|
    {'Category: deciding\x7fComment: The mind is asked.'
        decide: lookupError = ( mind decide: lookupError ).
    }
|)
