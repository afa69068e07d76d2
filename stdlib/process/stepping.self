"Going on by one step, for debuggers. A process that was stopped stands at a message:
one that has failed, or one that has just been sent and whose activation has done
nothing yet. A step goes on to the next message that is sent, and stops there.

  p beginStepInto: 0     the next step stops at the next message, wherever it is sent
  p beginStepOver: 0     what stands there runs to its end first
  p beginFinish: 2       activation 2, counted from the innermost, runs to its end

The number that a step gets tells how many activations on top belong to the machinery
of errors. Whoever resumes the process then hears of the step as of an error: it is
suspended, its complaint is `stepped`."

traits process _AddSlots: (|
    {'Category: stepping\x7fComment: See the comment of the file.'
        beginStepInto: hidden = (
            beginStep: 'into' Watching: (hidden = 0 ifTrue: nil False: [ at: hidden - 1 ]) ).
        beginStepOver: hidden = (
            beginStep: 'over'
                Watching: (hidden > 0 ifTrue: [ at: hidden - 1 ] False: [
                    hasBegun ifTrue: nil False: [ at: 0 ] ]) ).
        beginFinish: i = ( beginStep: 'out' Watching: (at: i) ).
    }
    {'Category: private\x7fComment: For the scheduler: whether I take single steps now; whether what a step meant is not done yet. Forgets the step.'
        takesSteps = ( (state stepKind isEmpty not) && [ state stepWatch isNil ] ).
        goesOnStepping = (
            state stepWatch isNil ifTrue: [ ^ hasBegun ].
            state stepWatch: nil.
            state stepKind != 'out' ).
        endStep = ( state stepKind: ''. state stepWatch: nil. self ).
        beginStep: kind Watching: m = ( state stepKind: kind. state stepWatch: m. self ).
        hasBegun = ( (at: 0) _ActivationHasBegunIfFail: true ).
    }
|)
