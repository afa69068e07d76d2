"One who speaks to this world through a door. What it said waits in order of arrival
for a process of its own; so one client's long message holds up nobody else's."

traits _AddSlots: (|
    {'Category: bridge\x7fComment: Behaviour of clients.'
        bridgeClient = (| {} = 'Comment: I am somebody outside who speaks to this world.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: By the number that the door gave.'
                copyNumber: n Role: r = (
                    (((((((clone number: n) role: r) name: 'client ', n printString) inbox: list
                        copyRemoveAll) topics: dictionary copyRemoveAll) handles: bridgeHandles
                        copy) pending: list copyRemoveAll) departures: list copyRemoveAll ).
            }
            {'Category: hearing\x7fComment: Sent by the scheduler for each message. Whoever says more than can wait is sent away.'
                hear: bytes = (
                    inbox size >= bridge mostWaiting ifTrue: [
                        ^ dismiss: 'more than ', bridge mostWaiting printString
                            , ' messages were waiting' ].
                    waitingBytes: waitingBytes + bytes size.
                    waitingBytes > bridge mostWaitingBytes ifTrue: [
                        ^ dismiss: 'messages of more than ', bridge mostWaitingBytes printString
                            , ' bytes were waiting' ].
                    inbox addLast: bytes.
                    worker ifNil: [ beginWork ].
                    self ).
                beginWork = ( worker: bridgeWorker processFor: self. bridge beginWatch ).
                isUnsettled = ( asked > settled ).
                may: needed = ( (role == needed) || [ bridge role: role Includes: needed ] ).
                isAtWork = ( worker isNotNil && [ worker hasEnded not ] ).
            }
            {'Category: working\x7fComment: In the process of a worker: one message after the other. Whatever becomes of one, it is answered. Taking one and putting one there do not meet; nothing in between can fail.'
                work = (| bytes. state |
                    state: process this state.
                    [
                        state isAtomic: true.
                        inbox isEmpty ifTrue: [ bytes: nil. worker: nil ] False: [
                            bytes: inbox removeFirst.
                            waitingBytes: waitingBytes - bytes size ].
                        state isAtomic: false.
                        bytes isNotNil ] whileTrue: [ perform: bytes ].
                    self ).
                perform: bytes = (
                    current: bridgeAnswer copyFor: self.
                    began: time steady.
                    process this fuel: bridge fuel.
                    current perform: bytes.
                    current deliver.
                    current: nil ).
                workEnded: p = (
                    current ifNotNil: [ |:a|
                        p == worker ifTrue: [ current: nil. a endedFor: p complaintText ] ].
                    p hasError ifTrue: [ p abort ].
                    p == worker ifTrue: [ worker: nil. inbox isEmpty ifFalse: [ beginWork ] ].
                    self ).
            }
            {'Category: leaving\x7fComment: The door says that I have gone: what is to be done then is done, each in a process of its own; the world sends me away.'
                left = (
                    isGone: true.
                    isAtWork ifTrue: [ worker abort ].
                    inbox removeAll.
                    waitingBytes: 0.
                    topics removeAll.
                    pending removeAll.
                    departures do: [ |:b|
                        (process copySend: (message copy receiver: b Selector: 'value')) start ].
                    departures removeAll ).
                whenLeft: blk = ( departures addLast: blk. self ).
                dismiss: reason = ( reason _BridgeDismiss: number IfFail: nil. self ).
            }
            {'Category: telling\x7fComment: An answer or an event, as plain data; what I am to get if I do not read: nothing, and I am sent away.'
                tell: data = ( send: (messagePack encodeLegibly: data) ).
                isHere = (
                    isGone not && [
                            self
                                == ((session at: 'bridge clients' IfAbsent: [ ^ false ])
                                    at: number
                                    IfAbsent: nil) ] ).
                send: bytes = (
                    isHere ifFalse: [ ^ self ].
                    bytes _BridgeSend: number IfFail: [ |:e|
                        e = 'fullError' ifTrue: [ dismiss: 'it did not read its answers' ] ].
                    self ).
            }
            {'Category: printing\x7fComment: For users.'
                printString = ( name, ' (', role, ')' ).
            }
        |).

        bridgeAnswer = (| {} = 'Comment: I am the answer to one message while it is made.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For somebody.'
                copyFor: c = ( (clone client: c) parts: dictionary copyRemoveAll ).
            }
            {'Category: performing\x7fComment: Does what the message says, and gathers what the answer is to have.'
                perform: bytes = (
                    [ | m |
                        m: messagePack decode: bytes.
                        id: m at: 'id' IfAbsent: nil.
                        (m includesKey: 'jsonrpc') ifTrue: [ performRequest: m ] False: [
                            performCommand: m ] ] on: errors any Do: [ |:e|
                        fail: e.
                        e return: nil ].
                    self ).
                performCommand: m = (| command. meant. outcome |
                    command: m at: 'command' IfAbsent: [
                        ^ refuse: 'missing_field' Text: 'a message needs the field command' ].
                    meant: bridge contract at: command IfAbsent: [
                        ^ refuse: 'unknown_command'
                            Text: 'there is no command ', command printString ].
                    checkVersion: m.
                    meant check: m For: client.
                    isChange: meant isCommitted && [ m at: 'commit' IfAbsent: true ].
                    outcome: meant action value: m With: client.
                    meant isQuiet && [ id isNil ] ifTrue: [ isSilent: true. ^ self ].
                    parts: outcome copy.
                    self ).
                checkVersion: m = (| v |
                    v: m at: 'version' IfAbsent: [ ^ self ].
                    v = bridge contract version ifFalse: [
                        refuse: 'wrong_version'
                            Text: 'version ', bridge contract version printString
                                , ' is spoken here' ] ).
                refuse: code Text: text = (
                    ((errors contract copyReceiver: self Message: text) details: code) signal ).
            }
            {'Category: failing\x7fComment: The answer tells an error: a code for programs, words for people, what to do, and where it happened if it was in the world.'
                fail: e = (
                    (e isKind: errors contract)
                        ifTrue: [
                            error: e details
                                Text: e messageText
                                Help: (helpFor: e details)
                                Trace: nil ]
                        False: [
                            error: 'error'
                                Text: e description
                                Help: 'the trace tells where; what was done before stands'
                                Trace: process this errorStackPrintString ] ).
                helpFor: code = (
                    helps at: code IfAbsent: 'batos bridge schema prints what may be said' ).
                helps = (((dictionary copyRemoveAll
                    at: 'unknown_object'
                    Put: 'a path is slots from the lobby, separated by spaces; inspect tells what slots there are, search finds others')
                    at: 'not_allowed'
                    Put: 'a door opened with ?role=change lets its clients change anything; objects say what they take by acceptsFromOutside:')
                    at: 'unknown_topic'
                    Put: 'bridge addTopic:Role:Comment: makes one')
                    at: 'refused'
                    Put: 'try shows what a method does before it is kept'.
                error: code Text: text Help: help Trace: trace = (| d |
                    isSilent: false.
                    parts: dictionary copyRemoveAll.
                    d: dictionary copyRemoveAll.
                    d at: 'code' Put: code.
                    d at: 'message' Put: text.
                    d at: 'help' Put: help.
                    trace ifNotNil: [ d at: 'trace' Put: trace ].
                    parts at: 'error' Put: d.
                    self ).
            }
            {'Category: delivering\x7fComment: What stands for a change, or comes after such an answer, is handed to the settler, all else sent at once; with an error where the process was ended first.'
                endedFor: reason = (
                    isCancelled ifTrue: [
                        error: 'cancelled'
                            Text: 'the message was cancelled'
                            Help: 'what it did before stands'
                            Trace: nil.
                        ^ deliver ].
                    error: 'ended'
                        Text: 'the process of the message was ended: ', (why ifNil: reason)
                        Help: 'bridge fuel and bridge milliseconds tell how much a message may take'
                        Trace: nil.
                    deliver ).
                deliver = (
                    isChange || [ client isUnsettled ] ifFalse: [ ^ sendUnless: nil ].
                    client asked: client asked + 1.
                    bridge settleLater: self ).
                settleUnless: reason = ( sendUnless: reason. client settled: client settled + 1 ).
                finished = (
                    isRPC ifTrue: [ ^ mcp wrap: self ].
                    id ifNotNil: [ parts at: 'id' Put: id ].
                    parts ).
                sendUnless: reason = (
                    isChange && [ reason isNotNil ] ifTrue: [
                        error: 'not_committed'
                            Text: reason
                            Help: 'what the message did stands in memory only; make room and commit'
                            Trace: nil ].
                    isSilent || [ isRPC && [ id isNil || [ isCancelled ] ] ] ifTrue: [ ^ self ].
                    client send: (encodedIfFail: [ |:text|
                        error: 'no_plain_data'
                            Text: text
                            Help: 'ask for its text instead'
                            Trace: nil.
                        messagePack encodeLegibly: finished ]) ).
                encodedIfFail: blk = (| bytes |
                    bytes: [ messagePack encodeLegibly: finished ] on: errors any Do: [ |:e|
                        e return: (blk value: e messageText) ].
                    bytes size > bridge longestAnswer ifTrue: [
                        bytes: blk value: 'an answer has at most '
                            , bridge longestAnswer printString
                            , ' bytes, and this one would have ', bytes size printString ].
                    bytes ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Prototypes of clients and answers.'
        bridgeClient = (| {} = 'Comment: The prototype of clients.'.
            parent* = traits bridgeClient.

            {'Category: parts\x7fComment: The number that the door gave; what I may do; what I call myself; what waits, and of how many bytes; who works on it, and the answer that is being made, and since when; how many answers were given to the settler, and how many it has sent; what I want to hear of; the numbers by which I know objects; events that wait, each with its key or nil; how many were dropped; blocks for when I have gone; whether I have.'
                number <- 0.
                role <- 'look'.
                name <- ''.
                inbox.
                waitingBytes <- 0.
                worker.
                current.
                began <- 0.
                asked <- 0.
                settled <- 0.
                topics.
                handles.
                pending.
                dropped <- 0.
                departures.
                isGone <- false.
            }
        |).
        bridgeAnswer = (| {} = 'Comment: The prototype of answers.'.
            parent* = traits bridgeAnswer.

            {'Category: parts\x7fComment: For whom; the number of the message; what I tell; whether it stands for a change; whether nobody waits for me; whether it was cancelled; why it was ended.'
                client.
                id.
                parts.
                isChange <- false.
                isSilent <- false.
                isCancelled <- false.
                why.
            }
            {'Category: parts\x7fComment: What a hand did at a screen, in a word, if that is what the message says: the commit is told by it.'
                deed <- ''.
            }
            {'Category: parts\x7fComment: Of a request by JSON-RPC: that it is one, that it calls a tool, what it asked for, by what its progress is known.'
                isRPC <- false.
                isTool <- false.
                result.
                token.
                told <- 0.
            }
        |).
    }
|)
