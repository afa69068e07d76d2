"The atomic swap: an accepted proposal becomes a slot, with its provenance, in one
commit; and what was grown can be listed, exported and taken back."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of what was grown.'
        grownMethod = (| {} = 'Comment: I remember where a method came from.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From a proposal that was accepted.'
                copyProposal: p = (| g |
                    g: copy.
                    g holder: p task holder.
                    g selector: p task selector.
                    g signature: p task signature.
                    g comment: p task comment.
                    g source: p source.
                    g helpers: (p helpers mapBy: [ |:h| h task signature -> h source ]).
                    g origin: p origin.
                    g way: p way.
                    g thought: p thought.
                    g agreement: p task agreement.
                    g prompt: p task asked.
                    g examples: p task examples.
                    g model: (mind modelName ifNil: '').
                    g verdicts: p verdicts.
                    g facet: cognitiveWeaver current.
                    g seed: p task seed.
                    g changeCount: image changeCount.
                    g ).
            }
            {'Category: changing\x7fComment: Takes the method back; whether it still is as it was grown.'
                remove = (
                    ((list copyRemoveAll add: holder) addAll: copies) do: [ |:r|
                        selectors do: [ |:s|
                            ((reflect: r) includesName: s) ifTrue: [ (reflect: r) removeSlot: s ] ] ].
                    mind grown remove: self IfAbsent: [].
                    self ).
                selectors = (
                    (list copyRemoveAll add: selector) addAll: (helpers mapBy: [ |:h|
                        babs selectorOf: h key ]) ).
                definitions = (
                    (helpers inject: signature, ' = ', source Into: [ |:all. :h|
                        all, '. ', h key, ' = ', h value ]) ).
                isInPlace = ( (reflect: holder) includesName: selector ).
                put = (
                    (reflect: holder) addSlots: definitions Category: 'grown'.
                    countIn: holder ).
                addCopy: r = (
                    (reflect: r) addSlots: definitions Category: 'grown'.
                    copies: (copies asList copy add: r).
                    countIn: r ).
            }
            {'Category: changing\x7fComment: One more example. If the method fails it, another one is written that holds for all; if there is none, the method stays and the example is refused.'
                example: expression Gives: expected = (| t. p. best |
                    t: task
                        copyReceiver: holder
                        Signature: signature
                        Holder: holder
                        Comment: comment.
                    t isProbe: true.
                    examples do: [ |:e| t example: e key Gives: e value ].
                    t example: expression Gives: expected.
                    p: proposal copyText: source Task: t.
                    p helpers: (helpers mapBy: [ |:h| t helperOf: h ]).
                    p judge.
                    best: p isAccepted ifTrue: [ p ] False: [ crucible best: t ].
                    best ifNil: [ ^ error: 'no method holds for ', expression, ' too' ].
                    source: best source.
                    helpers: (best helpers mapBy: [ |:h| h task signature -> h source ]).
                    verdicts: best verdicts.
                    examples: (examples asList copy add: expression -> expected).
                    earlierCalls: calls.
                    put.
                    image tryCommit: 'grown again: ', signature.
                    self ).
            }
            {'Category: counting\x7fComment: How often it was called, here and in copies.'
                calls = (| sum |
                    sum: earlierCalls.
                    methodIn: holder Do: [ |:m| sum: sum + m calls ].
                    copies do: [ |:r| methodIn: r Do: [ |:m| sum: sum + m calls ] ].
                    sum ).
                countIn: r = ( methodIn: r Do: [ |:m| m countCalls ]. self ).
                methodIn: r Do: b = (| m |
                    m: reflect: r.
                    (m includesName: selector) ifTrue: [ b value: (m at: selector) contents ] ).
            }
            {'Category: exporting\x7fComment: As source; as an entry for training.'
                receiverLine = (
                    (way = 'translated' ifTrue: [ babs kindOf: holder ] False: [
                        (prompt splitOn: '\n') first ]) ).
                fileOut = (
                    (reflect: holder) safePrintString, ' _AddSlots: (| ', definitions, ' |)' ).
                asJSON = (
                    '{"receiver": ', (quoted: receiverLine), ', "selector": '
                        , (quoted: signature), ', "comment": ', (quoted: comment), ', "body": '
                        , (quoted: source), '}' ).
                quoted: s = (
                    '"'
                        , (((s replaceAll: '\\' With: '\\\\') replaceAll: '"' With: '\\"')
                            replaceAll: '\n'
                            With: '\\n'), '"' ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = (
                    (reflect: holder) safePrintString, '  ', signature, ' = ', source, '\n    '
                        , origin, ' by ', (model isEmpty ifTrue: 'nobody known' False: [ model ])
                        , ', called '
                        , (calls = 1 ifTrue: 'once' False: [ calls printString, ' times' ])
                        , ', sent by ', (browser sendersOf: selector) size printString
                        , ' methods, ', examples size printString, ' examples' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of what was grown.'
        grownMethod = (| {} = 'Comment: The prototype of records of grown methods.'.
            parent* = traits grownMethod.

            {'Category: parts\x7fComment: The method and its provenance.'
                holder.
                copies <- vector.
                selector <- ''.
                signature <- ''.
                comment <- ''.
                source <- ''.
                helpers <- vector.
                origin <- 'proposed'.
                way <- 'direct'.
                thought <- ''.
                agreement <- ''.
                prompt <- ''.
                examples <- list copyRemoveAll.
                model <- ''.
                facet <- ''.
                verdicts <- list copyRemoveAll.
                seed <- 0.
                changeCount <- 0.
                earlierCalls <- 0.
                fingerprint <- ''.
            }
        |).

        swap = (| {} = 'Comment: I make accepted proposals part of the world.'.
            parent* = traits oddball.

            {'Category: installing\x7fComment: One slot, one record, one commit. Answers the record.'
                install: p For: t = (| g |
                    g: grownMethod copyProposal: p.
                    g put.
                    t isApart ifTrue: [ g addCopy: t receiver ].
                    mind grown add: g.
                    mind gotOver: t.
                    image tryCommit: 'grown: ', t signature.
                    bridge
                        announce: 'methods'
                        Event: [
                            (((bridge
                                event: 'method'
                                With: 'holder'
                                And: (reflect: g holder) safePrintString)
                                at: 'signature'
                                Put: g signature) at: 'source' Put: g source)
                                at: 'origin'
                                Put: g origin ]
                        Key: nil.
                    g ).
            }
        |).

        dialogue = (| {} = 'Comment: I ask the user about proposals.'.
            parent* = traits oddball.

            {'Category: asking\x7fComment: Shows a proposal and its verdicts, and asks. Answers the proposal to install, or nil.'
                ask: t About: first = (| p. answer |
                    bridge hasJudges ifTrue: [ ^ bridge askAbout: first ].
                    isOnScreen ifTrue: [ ^ askOnScreen: t About: first ].
                    p: first.
                    [
                        show: p.
                        answer: letterIn: (console ask: question IfInterrupted: '').
                        answer = 'y' ifTrue: [ ^ p ].
                        (answer = '') || [ answer = 'n' ] ifTrue: [
                            answer = 'n' ifTrue: [
                                mind refused add: (grownMethod copyProposal: p) ].
                            ^ nil ].
                        answer = 'e' ifTrue: [ p: edited: p ].
                        answer = 'w' ifTrue: [ explain: t ].
                        answer = 'm' ifTrue: [ p: (another: t After: p) ] ] loop ).
                isOnScreen = false.
                question = 'install? [y]es [n]o [e]dit [w]hy [m]ore '.
                letterIn: answer = (
                    (nil = answer) || [ answer trim isEmpty ] ifTrue: '' False: [
                        answer trim first asLowercase ] ).
                show: p = (
                    (p definition) _SourcePrint.
                    p helpers do: [ |:h| (h definition) _SourcePrint ].
                    p verdicts do: [ |:v| console writeLine: '  ', v printString ].
                    self ).
                edited: p = (| text. q |
                    text: (p source _EditIfFail: [ console ask: p task signature, ' = ' ]).
                    (nil = text) || [ text trim isEmpty || [ text trim = p source trim ] ] ifTrue: [
                        ^ p ].
                    q: ((proposal copyText: text trim Task: p task) origin: 'edited').
                    q helpers: p helpers.
                    q judge.
                    q isAccepted ifTrue: [ ^ q ].
                    console writeLine: 'not that: ', q reason.
                    p ).
                explain: t = (
                    console writeLine: 'the question was:\n', t asked.
                    (t tried asList addAll: t found) do: [ |:c|
                        c source _SourcePrint.
                        console writeLine: '    ', c reason.
                        c thought isEmpty ifFalse: [
                            console writeLine: '    translated from:\n', (c thought indentedBy: 6) ] ].
                    t untranslated do: [ |:why| console writeLine: '    not translated: ', why ].
                    self ).
                another: t After: p = (| q |
                    t seed: t seed + 1.
                    q: crucible best: t.
                    q isNil || [ q source = p source ] ifFalse: [ ^ q ].
                    console writeLine: 'nothing better was found'.
                    p ).
            }
        |).
    }
|)
