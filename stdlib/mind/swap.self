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
                    g prompt: p task prompt.
                    g examples: p task examples.
                    g model: (mind modelName ifNil: '').
                    g verdicts: p verdicts.
                    g seed: mind seed.
                    g changeCount: image changeCount.
                    g ).
            }
            {'Category: changing\x7fComment: Takes the method back; whether it still is as it was grown.'
                remove = (
                    isInPlace ifTrue: [ (reflect: holder) removeSlot: selector ].
                    mind grown remove: self IfAbsent: [].
                    self ).
                isInPlace = ( (reflect: holder) includesName: selector ).
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
                    p: (proposal copyText: source Task: t) judge.
                    best: p isAccepted ifTrue: [ p ] False: [ crucible best: t ].
                    best ifNil: [ ^ error: 'no method holds for ', expression, ' too' ].
                    source: best source.
                    verdicts: best verdicts.
                    examples: (examples asList copy add: expression -> expected).
                    (reflect: holder) addSlots: best definition Category: 'grown'.
                    ('grown again: ', signature) _ImageCommitIfFail: nil.
                    self ).
            }
            {'Category: exporting\x7fComment: As source; as an entry for training.'
                fileOut = (
                    (reflect: holder) safePrintString, ' _AddSlots: (| ', signature, ' = '
                        , source, ' |)' ).
                asJSON = (
                    '{"receiver": ', (quoted: (prompt splitOn: '\n') first), ', "selector": '
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
                    (reflect: holder) safePrintString, '  ', signature, ' = ', source, '   ('
                        , model, ')' ).
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
                selector <- ''.
                signature <- ''.
                comment <- ''.
                source <- ''.
                prompt <- ''.
                examples <- list copyRemoveAll.
                model <- ''.
                verdicts <- list copyRemoveAll.
                seed <- 0.
                changeCount <- 0.
            }
        |).

        swap = (| {} = 'Comment: I make accepted proposals part of the world.'.
            parent* = traits oddball.

            {'Category: installing\x7fComment: One slot, one record, one commit. Answers the record.'
                install: p For: t = (| g |
                    g: grownMethod copyProposal: p.
                    (reflect: t holder) addSlots: p definition Category: 'grown'.
                    mind grown add: g.
                    ('grown: ', t signature) _ImageCommitIfFail: nil.
                    g ).
            }
        |).

        dialogue = (| {} = 'Comment: I ask the user about proposals.'.
            parent* = traits oddball.

            {'Category: asking\x7fComment: Shows a proposal and its verdicts, and asks. Answers the proposal to install, or nil.'
                ask: t About: first = (| p. answer |
                    p: first.
                    [
                        show: p.
                        answer: console ask: 'install? [y]es [n]o [e]dit [w]hy [m]ore '.
                        answer ifNil: [ ^ nil ].
                        answer = 'y' ifTrue: [ ^ p ].
                        answer = 'n' ifTrue: [
                            mind refused add: (grownMethod copyProposal: p).
                            ^ nil ].
                        answer = 'e' ifTrue: [ p: edited: p ].
                        answer = 'w' ifTrue: [ explain: t ].
                        answer = 'm' ifTrue: [ p: (another: t After: p) ].
                        p isNil ] whileFalse: [].
                    nil ).
                show: p = (
                    console writeLine: p definition.
                    p verdicts do: [ |:v| console writeLine: '  ', v printString ].
                    self ).
                edited: p = (| text. q |
                    text: (p source _EditIfFail: [ console ask: p task signature, ' = ' ]).
                    text isNil || [ text isEmpty ] ifTrue: [ ^ p ].
                    q: (proposal copyText: text trim Task: p task) judge.
                    q isAccepted ifFalse: [ console writeLine: q reason. ^ p ].
                    q ).
                explain: t = (
                    console writeLine: 'the question was:\n', t prompt.
                    t tried do: [ |:c| console writeLine: '  ', c source, '   ', c reason ].
                    self ).
                another: t After: p = ( mind seed: mind seed + 1. crucible best: t ).
            }
        |).
    }
|)
