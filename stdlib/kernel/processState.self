"What the world remembers of a process, kept in the one slot that the machine
gives to each: exception handlers, and what the scheduler needs to know.
`process this state` is the state of the process that asks."

traits _AddSlots: (|
    {'Category: processes\x7fComment: Behaviour of process states.'
        processState = (| {} = 'Comment: I am what the world remembers of one process.'.
            parent* = traits clonable.

            {'Category: comparing\x7fComment: Greater priorities run first.'
                outranks: s = ( priority > s priority ).
            }
            {'Category: scheduling\x7fComment: Sent when a turn was used up: whoever came first because it would soon be done, is like the others from now on.'
                losePriority = (
                    isHasty ifTrue: [ isHasty: false. priority: processState priority ].
                    self ).
            }
            {'Category: printing\x7fComment: One more element of a collection is to be printed: whether it may be.'
                spendOnPrinting = ( printBudget: printBudget - 1. printBudget >= 0 ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: processes\x7fComment: Prototype of process states.'
        processState = (| {} = 'Comment: The prototype of process states.'.
            parent* = traits processState.

            {'Category: exceptions\x7fComment: The innermost exception handler, linked to the outer ones.'
                handlers.
            }
            {'Category: scheduling\x7fComment: Name and rank; whether the scheduler runs it, whether its turn must not end now, whether the machine began it; ready, running, waiting, sleeping, resting, suspended, finished or aborted. Transient ones do not go on after the program ended, nor when the world goes back.'
                name <- 'main'.
                priority <- 5.
                isScheduled <- false.
                isAtomic <- false.
                isMain <- true.
                isHasty <- false.
                isTransient <- false.
                status <- 'running'.
            }
            {'Category: scheduling\x7fComment: What it waits for, when it wakes, what it came to, who waits for that; a block that is told when it has ended or was stopped by an error, and then tells of that itself.'
                waitingFor.
                interruption.
                wakeTime <- 0.
                result.
                complaint <- ''.
                joiners.
                whenEnded.
                isTold <- false.
            }
            {'Category: scheduling\x7fComment: Whether it was told to end and does what it promised for that case; whether others wait for that just now; whether it is to end once it has ended another.'
                isEnding <- false.
                isHurried <- false.
                isDoomed <- false.
            }
            {'Category: stepping\x7fComment: into, over or out while I go on by one step only; the activation that runs to its end first. See process/stepping.self.'
                stepKind <- ''.
                stepWatch.
            }
            {'Category: printing\x7fComment: How many collections are being printed, one within the other; how many elements of all of them may still be.'
                printDepth <- 0.
                printBudget <- 0.
            }
        |).
    }
|)

traits process _AddSlots: (| {} = 'Comment: I am the behaviour of processes.'.
    parent* = traits oddball.

    {'Category: state\x7fComment: The process that asks, and what the world remembers of a process.'
        this = ( _ThisProcessIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        state = (| s |
            s: _ProcessLocalsIfFail: [ ^ orphanState ].
            s ifNil: [ s: processState copy. _ProcessLocals: s IfFail: nil ].
            s ).
        orphanState = processState copy.
    }
    {'Category: suspending\x7fComment: Stops this process with a complaint for the user to read; answers the value it is resumed with.'
        suspend: complaint = (
            state isEnding ifTrue: [ scheduler reportCleanUp: complaint ].
            _ProcessSuspend: complaint IfFail: [ |:e. :n| nil ] ).
    }
|)

globals _AddSlots: (|
    {'Category: processes\x7fComment: Stands for the process that asks: process this.'
        process = (| {} = 'Comment: I stand for processes where none is at hand; process this is the one that asks.'.
            parent* = traits process.
        |).
    }
|)
