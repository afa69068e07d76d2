"Processes that do what clients say. One that has done all that its client said rests until
there is another client to work for; so a message costs no new process. Who is stopped
by an error, or ended, is not used again."

traits _AddSlots: (|
    {'Category: bridge\x7fComment: Behaviour of workers.'
        bridgeWorker = (| {} = 'Comment: I work for one client after the other.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A process that is at work for a client: one that rests, or a new one.'
                processFor: c = (| w |
                    process atomically: [
                        w: idle isEmpty ifTrue: [ copyNew ] False: [ idle removeLast ].
                        w workFor: c ].
                    w thread ).
                copyNew = (| w. p |
                    w: clone.
                    p: process copySend: (message copy receiver: w Selector: 'work').
                    p state isTransient: true.
                    p state whenEnded: [ |:ended| w ended: ended ].
                    w thread: p ).
                idle = ( session at: 'bridge workers' IfAbsentPut: [ list copyRemoveAll ] ).
                mostIdle = 16.
            }
            {'Category: working\x7fComment: Comes before others until a turn was used up. Ends if there are enough that rest.'
                workFor: c = (
                    client: c.
                    thread state isHasty: true.
                    thread priority: hastyPriority.
                    thread name: 'bridge ', c name.
                    thread start ).
                hastyPriority = 7.
                work = (
                    [ client work. client: nil. idle size < mostIdle ] whileTrue: [ rest ].
                    self ).
                rest = (
                    thread name: 'bridge worker'.
                    process atomically: [
                        idle addLast: self.
                        [ client isNil ] whileTrue: [ scheduler suspend: thread ] ] ).
            }
            {'Category: working\x7fComment: My process has ended, or an error has stopped it.'
                ended: p = (
                    client ifNotNil: [ |:c| c workEnded: p ].
                    idle remove: self IfAbsent: nil.
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Prototype of workers.'
        bridgeWorker = (| {} = 'Comment: The prototype of workers.'.
            parent* = traits bridgeWorker.

            {'Category: parts\x7fComment: My process; whom I work for just now.'
                thread.
                client.
            }
        |).
    }
|)
