"The errand of what was given up: asked again with a bigger budget, and the act that
installs a method with the record of where it came from."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of acts that install grown methods.'
        growAct = (| {} = 'Comment: I am an act that installs a grown method, with its record.'.
            parent* = traits act.

            {'Category: doing\x7fComment: The record comes and goes with the method.'
                apply = (
                    resend.apply.
                    mind grown add: record.
                    mind gotOver: record.
                    record countIn: record holder.
                    self ).
                undo = ( resend.undo. mind grown remove: record IfAbsent: nil. self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The prototype of acts that install grown methods.'
        growAct = (| {} = 'Comment: The prototype of acts that install grown methods.'.
            parent* = traits growAct.

            {'Category: parts\x7fComment: As of other acts; the record of what is grown.'
                kind <- ''.
                reason <- ''.
                edits <- list copyRemoveAll.
                isApplied <- false.
                record.
            }
        |).
    }
|)

errand _AddSlots: (|
    {'Category: errands\x7fComment: What was given up is asked again, with twice the proposals and three times the search. After three times it is left alone.'
        growing = ((((errandPrototype copy name: 'growing what was given up') personaName: 'BRICK') part: 'failures') order: 1) _AddSlots: (|
            run = (| t. u. best |
                (mind isModelThere && [ mind isTooBusy not ]) ifFalse: [ ^ nil ].
                u: mind givenUp findFirst: [ |:g| g rounds < 3 ] IfPresent: [ |:g| g ] IfAbsent: [
                    ^ nil ].
                u rounds: u rounds + 1.
                u seed: u seed + 1.
                t: thoughtOn: 'given up: ', u signature.
                best: askAgain: u.
                mind learnFrom: u.
                best ifNil: [
                    t step: u tried size printString, ' proposals, none was good enough'.
                    ^ t conclude: u signature, ' is still missing' ].
                t step: 'chosen of ', u tried size printString, ' proposals and '
                    , u found size printString, ' finds: ', best source.
                best verdicts do: [ |:v| t verdict: v ].
                t act: (growAct copyKind: 'grow' Because: t prompt).
                t act record: (grownMethod copyProposal: best).
                t act put: best definition In: u holder Category: 'grown' Comment: u comment.
                inquiry settle: t ).
            askAgain: u = (| n. ms |
                n: mind candidates.
                ms: mind searchMilliseconds.
                [
                    mind candidates: n * 2.
                    mind searchMilliseconds: ms * 3.
                    mind isThinking: true.
                    mind askedAt add: time milliseconds.
                    crucible best: u ] ensure: [
                    mind candidates: n.
                    mind searchMilliseconds: ms.
                    mind isThinking: false ] ).
        |).
    }
|)
