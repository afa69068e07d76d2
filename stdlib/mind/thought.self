"Thoughts: what was said or measured, whose protocol took it and why, the steps it
went with their evidence, the act that came of it, the verdicts, the cost. A thought
is committed with its act; `:thoughts` lists them, `thoughts undo: 3` takes one back,
`thoughts export` gives them as JSON Lines, the form that training data has."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of thoughts.'
        thought = (| {} = 'Comment: I am one thought, from what started it to what came of it.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For what was said or measured, by a persona.'
                copyPrompt: text Persona: p Because: why = (| t |
                    t: copy.
                    t prompt: text.
                    t persona: p.
                    t reason: why.
                    t steps: list copyRemoveAll.
                    t verdicts: list copyRemoveAll.
                    t started: time milliseconds.
                    t ).
            }
            {'Category: thinking\x7fComment: One more step: what was done, and the evidence; what it came to; the act.'
                step: text = ( steps addLast: text. self ).
                verdict: v = ( verdicts addLast: v. self ).
                conclude: text = (
                    conclusion: text.
                    milliseconds: time milliseconds - started.
                    self ).
            }
            {'Category: acting\x7fComment: Whether there is an act that stands; takes it back, or lets it stand for good. Whether an act is proposed; does it, because a person said yes.'
                isActed = ( act isNotNil && [ act isApplied ] ).
                undo = (
                    isActed ifFalse: [
                        ^ error: 'thought ', number printString, ' has no act to take back' ].
                    act undo.
                    state: 'taken back'.
                    image tryCommit: 'taken back: thought ', number printString.
                    self ).
                keep = ( state: 'kept'. self ).
                isProposal = ( act isNotNil && [ (state = 'proposed') && [ isActed not ] ] ).
                accept = (
                    isProposal ifFalse: [
                        ^ error: 'thought ', number printString
                            , ' proposes nothing that could be accepted' ].
                    act accept: self.
                    state: (act isApplied ifTrue: 'accepted' False: 'refused').
                    conclude: act outcome.
                    image tryCommit: 'accepted: thought ', number printString.
                    self ).
            }
            {'Category: converting\x7fComment: As one line of JSON, with the names that training data has.'
                asPlainData = (| d |
                    d: orderedDictionary copyRemoveAll.
                    d at: 'prompt' Put: prompt.
                    d at: 'persona' Put: persona.
                    d at: 'protocol' Put: protocol.
                    d at: 'monologue' Put: monologue.
                    d at: 'autopoietic_act' Put: (act ifNil: [ nil ] IfNotNil: [ |:a| a source ]).
                    d ).
                monologue = (
                    ((steps copy addFirst: reason) addLast: conclusion) joinedWith: '\n' ).
                asJSON = ( json print: asPlainData ).
            }
            {'Category: printing\x7fComment: In one line; with all its steps.'
                printString = (
                    number printString, '  ', persona, ' (', protocol, '): ', conclusion
                        , (state isEmpty ifTrue: '' False: [ '  [', state, ']' ]) ).
                describe = (| out |
                    out: stringWriter copyRemoveAll.
                    out writeLine: persona, ' takes it, because ', reason, ': ', protocol.
                    steps do: [ |:s| out writeLine: '  ', s ].
                    verdicts do: [ |:v| out writeLine: '  ', v printString ].
                    out write: conclusion.
                    out contents ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of thoughts; all of them.'
        thought = (| {} = 'Comment: The prototype of thoughts.'.
            parent* = traits thought.

            {'Category: parts\x7fComment: Number; what was said or measured; who took it, why, by which protocol.'
                number <- 0.
                prompt <- ''.
                persona <- ''.
                reason <- ''.
                protocol <- ''.
            }
            {'Category: parts\x7fComment: Steps with their evidence; what it came to; the act, nil if there is none; what the judges said.'
                steps <- list copyRemoveAll.
                conclusion <- ''.
                act.
                verdicts <- list copyRemoveAll.
            }
            {'Category: parts\x7fComment: The metric before and after, nil if nobody asked; tokens and milliseconds it took; when it began; whether it happened while nobody was there; what became of it later.'
                before.
                after.
                tokens <- 0.
                milliseconds <- 0.
                started <- 0.
                isDream <- false.
                state <- ''.
            }
        |).

        thoughts = (| {} = 'Comment: I keep the thoughts of this world, the oldest first.'.
            parent* = traits oddball.

            {'Category: state\x7fComment: The thoughts; how many there were so far; most that are kept.'
                all <- list copyRemoveAll.
                count <- 0.
                most <- 1000.
            }
            {'Category: adding\x7fComment: One more, which gets its number, in a commit with what it did. Those that did nothing are the first to be forgotten when there are too many.'
                add: t = (
                    count: count + 1.
                    t number: count.
                    all: (all copy addLast: t).
                    all size > most ifTrue: [ forgetOne ].
                    t ).
                keep: t = ( add: t. image tryCommit: 'thought: ', t summary. t ).
                forgetOne = (
                    all: all copy.
                    all remove: (all
                        findFirst: [ |:t| t isActed not ]
                        IfPresent: [ |:t| t ]
                        IfAbsent: [ all first ]) ).
            }
            {'Category: looking\x7fComment: One by its number; the newest ones, as text; all as JSON Lines; a file of these.'
                at: n = (
                    all findFirst: [ |:t| t number = n ] IfPresent: [ |:t| t ] IfAbsent: [
                        error: 'there is no thought ', n printString, ' (:thoughts lists them)' ] ).
                show = (
                    all isEmpty ifTrue: [ ^ 'no thoughts yet: bat say: \'…\' begins one' ].
                    ((all copyFrom: (all size - 20 max: 0) UpTo: all size) mapBy: [ |:t|
                        t printString ]) joinedWith: '\n' ).
                show: n = ( (at: n) describe ).
                export = (
                    all isEmpty ifTrue: [ ^ '' ].
                    ((all mapBy: [ |:t| t asJSON ]) joinedWith: '\n'), '\n' ).
                exportTo: path = ( (file named: path) contents: export. self ).
            }
            {'Category: deciding\x7fComment: Does what a thought proposes; takes back what it did.'
                accept: n = ( (at: n) accept ).
                undo: n = ( (at: n) undo ).
                keepActOf: n = ( (at: n) keep ).
            }
        |).
    }
|)

traits thought _AddSlots: (|
    {'Category: printing\x7fComment: What a commit says of me.'
        summary = ( persona, ', ', protocol ).
    }
|)
