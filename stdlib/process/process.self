"Processes: activities that take turns. A process is a stack of the machine; what
the world knows of it lies in its state (kernel/processState.self).

  [ ... ] fork            starts one; it runs when others wait or their turn ends
  p join                  waits for its end, and gives its value
  process yield           lets others run
  process sleep: 100      goes on no sooner than in 100 ms"

traits process _AddSlots: (|
    {'Category: creating\x7fComment: A process that will evaluate a block, or send a message; not started yet.'
        copyBlock: b = ( copyReceiver: b Selector: 'value' Arguments: vector ).
        copyMessage: m = ( copyReceiver: m receiver Selector: m selector Arguments: m arguments ).
        copySend: m = ( copyMessage: m ).
        copySend: m CauseOfBirth: text = ( (copySend: m) name: text ).
        copyReceiver: r Selector: s Arguments: v = (| p |
            p: this
                _NewProcessSize: stackSize
                Receiver: r
                Selector: s canonicalize
                Arguments: v
                IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
            p state status: 'new'.
            p state name: 'process'.
            p state isMain: false.
            p ).
        stackSize = 100000.
    }
    {'Category: controlling\x7fComment: Lets me rest until I am resumed; what makes me go on, or begin, whatever it was that kept me.'
        suspend = ( scheduler suspend: self. self ).
        stop = ( suspend ).
        resume = (
            (status = 'new') || [ status = 'resting' ] ifTrue: [ start ] False: [ resume: nil ] ).
        continue = ( resume ).
    }
    {'Category: controlling\x7fComment: Starts, ends (what ensure: promised is done first; if that waits or takes long, it goes on while others run; asked again, I leave the rest of it), resumes me after an error with a value for what failed; stops me if Ctrl-C was pressed while I wait for my turn; waits for my end, which is an error if I was stopped before.'
        start = ( isGone ifFalse: [ scheduler start: self ]. self ).
        abort = ( isGone ifFalse: [ scheduler end: self ]. self ).
        abort: reason = ( isGone ifFalse: [ state complaint: reason. abort ]. self ).
        unwind = ( _AbortProcessIfFail: 'aborted' ).
        abortIfLive = ( isAlive ifTrue: [ abort ]. self ).
        interruptIfAsked = (
            (_TakeInterruptIfFail: false) ifFalse: [ ^ false ].
            state interruption = 'awaited' ifTrue: [
                state interruption: 'came'.
                state waitingFor ifNotNil: [ |:w| w signal ].
                ^ true ].
            _ProcessInterruptIfFail: [ ^ false ].
            state complaint: 'interrupted'.
            scheduler ended: self Status: 'suspended'.
            true ).
        resume: v = (
            atomically: [
                _ProcessResume: v IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
                scheduler start: self ].
            self ).
        waitForDeath = ( scheduler waitFor: self. self ).
        join = ( joinIfFail: [ error: 'the process did not finish: ', clause ] ).
        clause = (| t |
            t: complaintText.
            ('.' isSuffixOf: t) ifTrue: [ t copyFrom: 0 UpTo: t size - 1 ] False: [ t ] ).
        joinIfFail: a = (
            scheduler waitFor: self.
            isFinished ifTrue: [ state result ] False: [ a value ] ).
        joinTimeOut: ms IfFail: a = (
            scheduler waitFor: self TimeOut: ms.
            isFinished ifTrue: [ state result ] False: [ a value ] ).
    }
    {'Category: controlling\x7fComment: For the process that asks: lets others run; rests for some milliseconds; makes what the block does one indivisible step.'
        yield = ( scheduler yield. self ).
        sleep: ms = ( scheduler sleep: ms. self ).
        atomically: b = (| s. before |
            s: this state.
            before: s isAtomic.
            s isAtomic: true.
            b ensure: [ s isAtomic: before ] ).
    }
    {'Category: accessing\x7fComment: Name, rank (greater goes first), how it fares, what it came to, why it stopped.'
        name = ( state name ).
        name: n = ( state name: n. self ).
        priority = ( state priority ).
        priority: n = ( state priority: n. self ).
        status = ( state status ).
        result = ( state result ).
        returnValue = ( result ).
        complaint = ( state complaint ).
        complaintText = (
            complaint isString ifTrue: [ complaint ] False: [
                (reflect: complaint) safePrintString ] ).
        isFinished = ( state status = 'finished' ).
        hasEnded = (
            isFinished || [ (state status = 'aborted') || [ state status = 'suspended' ] ] ).
        isGone = (| word |
            word: _ProcessStatusIfFail: 'aborted'.
            (word = 'aborted') || [ word = 'finished' ] ).
        isTransferring = ( (_ProcessStatusIfFail: '') = 'waiting' ).
        isProcess = true.
    }
    {'Category: accessing\x7fComment: Whether I can still run; whether an error stopped me, and which; how I ended: terminated or aborted, nil while I live.'
        isAlive = ( isGone not ).
        hasError = ( status = 'suspended' ).
        causeOfError = ( complaintText ).
        causeOfDeath = (
            isFinished ifTrue: 'terminated' False: [ isGone ifTrue: 'aborted' False: nil ] ).
    }
    {'Category: inspecting\x7fComment: Depth of the stack; mirrors on its activations, innermost first; the trace as text, whole, and from the place of an error on, without the machinery of errors.'
        stackDepth = ( _StackDepthIfFail: 0 ).
        activations = ( _ActivationStackIfFail: vector ).
        activationStack = ( activations ).
        currentActivation = ( at: 0 ).
        at: i = ( _ActivationAt: i IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        restart: i = (| promised |
            promised: _RestartActivation: i IfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
            promised do: [ |:b| b value: nil ].
            self ).
        stackPrintString = ( _ProcessStackStringIfFail: '' ).
        errorStackPrintString = (| lines. own. out |
            lines: ((stackPrintString splitOn: '\n') filterBy: [ |:l| l isEmpty not ]) asVector.
            own: lines
                findFirst: [ |:l| (isOfMachinery: l) not ]
                IfPresent: [ |:l. :i| lines copyFrom: i UpTo: lines size ]
                IfAbsent: [ lines ].
            out: stringWriter copyRemoveAll.
            own do: [ |:l. :i. n|
                n: i printString.
                out tab: 5 - n size.
                out writeLine: n, (l copyFrom: 5) ].
            out contents ).
        isOfMachinery: line = (
            ('kernel' & 'mind' & 'process') asVector anySatisfy: [ |:room|
                line includesSubstring: '  (', room, '/' ] ).
        fuel: n = ( _ProcessFuel: n IfFail: [ |:e. :p| ^ primitiveFailedError: e Name: p ]. self ).
        number = ( _ProcessNumberIfFail: 0 ).
    }
    {'Category: printing\x7fComment: Number, name and status; with what stopped me, in one line.'
        listString = (
            hasError
                ifTrue: [
                    'process ', number printString, ' (', briefName, ', failed: '
                        , (complaintText splitOn: '\n') first, ')' ]
                False: [ printString ] ).
        printString = ( 'process ', number printString, ' (', briefName, ', ', state status, ')' ).
        briefName = (
            state name isString ifTrue: [ state name brief ] False: [
                (reflect: state name) safePrintString brief ] ).
    }
|)

traits block _AddSlots: (|
    {'Category: processes\x7fComment: A new process that evaluates me, started at once or with a priority.'
        fork = ( (process copyBlock: self) start ).
        forkPriority: n = ( ((process copyBlock: self) priority: n) start ).
        forkName: s = ( ((process copyBlock: self) name: s) start ).
        newProcess = ( process copyBlock: self ).
    }
|)

traits message _AddSlots: (|
    {'Category: processes\x7fComment: A new process that sends me.'
        fork = ( (process copyMessage: self) start ).
    }
|)
