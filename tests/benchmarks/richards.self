"The kernel of an operating system, after Martin Richards: six tasks that send each
other packets. Kinds of tasks are prototypes that answer runWith: differently."

traits _AddSlots: (|
    richardsTask = (| {} = 'Comment: I am a task: a priority, a queue of packets and three marks.'.
        parent* = traits clonable.

        {'Category: creating\x7fComment: A task of my kind; where and in which state it starts.'
            copyIdentity: i Priority: p Queue: q Scheduler: s = (| t |
                t: clone.
                ((t identity: i) priority: p) queue: q.
                t scheduler: s.
                t ).
            isPending: p Waiting: w Holding: h = ( pending: p. waiting: w. holding: h ).
        }
        {'Category: state\x7fComment: May I run? Is there a packet for me to take?'
            isBlocked = ( holding || [ pending not && [ waiting ] ] ).
            isWaitingWithPacket = ( pending && [ waiting && [ holding not ] ] ).
        }
        {'Category: running\x7fComment: One step, with the next packet if I wait for one. Answers who runs next.'
            step = (| packet |
                isWaitingWithPacket ifTrue: [
                    packet: queue.
                    queue: packet next.
                    isPending: queue isNotNil Waiting: false Holding: false ].
                runWith: packet ).
            accept: packet After: current = (
                queue isNil
                    ifTrue: [
                        queue: packet.
                        pending: true.
                        priority > current priority ifTrue: [ ^ self ] ]
                    False: [ packet appendTo: queue ].
                current ).
        }
    |).

    richardsScheduler = (| {} = 'Comment: I run tasks and carry packets between them.'.
        parent* = traits clonable.

        {'Category: building\x7fComment: A task in front of the list, under its number.'
            add: task = ( task next: tasks. tasks: task. table at: task identity Put: task. task ).
            packetFor: i Kind: k Before: p = (
                ((benchmarks richardsPacket copyIdentity: i Kind: k) next: p) ).
            threePacketsFor: i = (
                packetFor: i
                    Kind: 0
                    Before: (packetFor: i Kind: 0 Before: (packetFor: i Kind: 0 Before: nil)) ).
            build = (
                table: vector copySize: 6.
                add: (benchmarks richardsIdle
                    copyIdentity: 0
                    Priority: 0
                    Queue: nil
                    Scheduler: self).
                (add: (benchmarks richardsWorker
                    copyIdentity: 1
                    Priority: 1000
                    Queue: (packetFor: 1 Kind: 1 Before: (packetFor: 1 Kind: 1 Before: nil))
                    Scheduler: self)) isPending: true Waiting: true Holding: false.
                (add: (benchmarks richardsHandler
                    copyIdentity: 2
                    Priority: 2000
                    Queue: (threePacketsFor: 4)
                    Scheduler: self)) isPending: true Waiting: true Holding: false.
                (add: (benchmarks richardsHandler
                    copyIdentity: 3
                    Priority: 3000
                    Queue: (threePacketsFor: 5)
                    Scheduler: self)) isPending: true Waiting: true Holding: false.
                (add: (benchmarks richardsDevice
                    copyIdentity: 4
                    Priority: 4000
                    Queue: nil
                    Scheduler: self)) isPending: false Waiting: true Holding: false.
                (add: (benchmarks richardsDevice
                    copyIdentity: 5
                    Priority: 5000
                    Queue: nil
                    Scheduler: self)) isPending: false Waiting: true Holding: false.
                self ).
        }
        {'Category: running\x7fComment: Until no task is left; what tasks ask for. All answer who runs next.'
            run = (
                current: tasks.
                [ current isNil ] whileFalse: [
                    current isBlocked ifTrue: [ current: current next ] False: [
                        currentIdentity: current identity.
                        current: current step ] ].
                self ).
            wait = ( current waiting: true. current ).
            holdSelf = ( holdCount: holdCount + 1. current holding: true. current next ).
            release: identity = (| t |
                t: table at: identity.
                t holding: false.
                t priority > current priority ifTrue: [ t ] False: [ current ] ).
            send: packet = (| t |
                t: table at: packet identity.
                queueCount: queueCount + 1.
                packet next: nil.
                packet identity: currentIdentity.
                t accept: packet After: current ).
        }
    |)
|)

benchmarks _AddSlots: (|
    richardsPacket = (|
        parent* = traits clonable.
        next.
        identity <- 0.
        kind <- 0.
        datum <- 0.
        data <- vector.
        copyIdentity: i Kind: k = (
            ((clone identity: i) kind: k) data: (vector copySize: 4 FillingWith: 0) ).
        appendTo: queue = (| last |
            next: nil.
            queue isNil ifTrue: [ ^ self ].
            last: queue.
            [ last next isNil ] whileFalse: [ last: last next ].
            last next: self.
            queue ).
    |).

    richardsIdle = (|
        parent* = traits richardsTask.
        next.
        identity <- 0.
        priority <- 0.
        queue.
        scheduler.
        pending <- false.
        waiting <- false.
        holding <- false.
        control <- 1.
        count <- 10000.
        runWith: packet = (
            count: count - 1.
            count = 0 ifTrue: [ ^ scheduler holdSelf ].
            (control && 1) = 0 ifTrue: [ control: control / 2. scheduler release: 4 ] False: [
                control: (control / 2) ^^ 53256.
                scheduler release: 5 ] ).
    |).

    richardsWorker = (|
        parent* = traits richardsTask.
        next.
        identity <- 0.
        priority <- 0.
        queue.
        scheduler.
        pending <- false.
        waiting <- false.
        holding <- false.
        destination <- 2.
        count <- 0.
        runWith: packet = (
            packet isNil ifTrue: [ ^ scheduler wait ].
            destination: (destination = 2 ifTrue: [ 3 ] False: [ 2 ]).
            packet identity: destination.
            packet datum: 0.
            0 to: 3 Do: [ |:i|
                count: count + 1.
                count > 26 ifTrue: [ count: 1 ].
                packet data at: i Put: 64 + count ].
            scheduler send: packet ).
    |).

    richardsHandler = (|
        parent* = traits richardsTask.
        next.
        identity <- 0.
        priority <- 0.
        queue.
        scheduler.
        pending <- false.
        waiting <- false.
        holding <- false.
        workIn.
        deviceIn.
        runWith: packet = (| work. device. count |
            packet isNil ifFalse: [
                packet kind = 1 ifTrue: [ workIn: (packet appendTo: workIn) ] False: [
                    deviceIn: (packet appendTo: deviceIn) ] ].
            work: workIn.
            work isNil ifTrue: [ ^ scheduler wait ].
            count: work datum.
            count >= 4 ifTrue: [ workIn: work next. ^ scheduler send: work ].
            device: deviceIn.
            device isNil ifTrue: [ ^ scheduler wait ].
            deviceIn: device next.
            device datum: (work data at: count).
            work datum: count + 1.
            scheduler send: device ).
    |).

    richardsDevice = (|
        parent* = traits richardsTask.
        next.
        identity <- 0.
        priority <- 0.
        queue.
        scheduler.
        pending <- false.
        waiting <- false.
        holding <- false.
        packetInWork.
        runWith: packet = (| done |
            packet isNil ifFalse: [ packetInWork: packet. ^ scheduler holdSelf ].
            done: packetInWork.
            done isNil ifTrue: [ ^ scheduler wait ].
            packetInWork: nil.
            scheduler send: done ).
    |).

    richardsScheduler = (|
        parent* = traits richardsScheduler.
        tasks.
        table <- vector.
        current.
        currentIdentity <- 0.
        queueCount <- 0.
        holdCount <- 0.
    |)
|)

benchmarks _AddSlots: (|
    richards = (|
        parent* = traits benchmark.
        inner = 50.
        benchmark = ( benchmarks richardsScheduler clone build run ).
        verify: s = ( (s queueCount = 23246) && [ s holdCount = 9297 ] ).
    |)
|)
