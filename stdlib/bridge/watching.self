"What goes on beside the messages of clients: messages that take too long are ended,
those that were cancelled, too; agents hear how far theirs are; whoever watches an
object is told when it has changed."

bridge _AddSlots: (|
    {'Category: watching\x7fComment: A process that looks after the clients as long as one is at work or watches an object, and ends then.'
        beginWatch = (| p |
            p: session at: 'bridge watch' IfAbsent: nil.
            (p isNil || [ p hasEnded ]) ifFalse: [ ^ self ].
            p: process copySend: (message copy receiver: self Selector: 'watch').
            p name: 'bridge watch'.
            p state isTransient: true.
            session at: 'bridge watch' Put: p.
            p start ).
        watch = (| all |
            [
                process this sleep: watchMilliseconds.
                all: present.
                all do: [ |:c| c watch ].
                process atomically: [
                    (all anySatisfy: [ |:c| c isAtWork || [ c topics includesKey: 'object' ] ])
                        || [ session removeKey: 'bridge watch'. false ] ] ] whileTrue.
            self ).
        watchMilliseconds <- 100.
    }
    {'Category: progress\x7fComment: Tells whoever asked for what this process does how far it is.'
        progress: n Of: total = ( progress: n Of: total Message: '' ).
        progress: n Of: total Message: text = (
            (session at: 'bridge clients' IfAbsent: [ ^ self ]) do: [ |:c|
                c worker == process this ifTrue: [ c progress: n Of: total Message: text ] ].
            self ).
    }
|)

bridge addTopic: 'object' Role: 'look' Comment: 'One object, named by receiver: its slots, whenever they have changed.'.

traits bridgeClient _AddSlots: (|
    {'Category: watching\x7fComment: Sent every now and then. My message is ended when it is late; who asked for progress is told every second that there is some; what I watch is compared with what I was told of it.'
        watch = (
            current ifNotNil: [ |:a. now|
                now: time steady.
                isAtWork && [ (now - began) > bridge milliseconds ]
                    ifTrue: [
                        a why: 'it took more than ', bridge milliseconds printString, ' ms'.
                        worker abort ]
                    False: [
                        (a token isNotNil) && [ (((now - began) div: 1000)) > a told ] ifTrue: [
                            a told: ((now - began) div: 1000).
                            progress: a told
                                Of: nil
                                Message: 'at work for ', a told printString, ' s' ] ] ].
            (topics includesKey: 'object') ifTrue: [ watchObject: (topics at: 'object') ].
            self ).
        watchObject: m = (| g. root. bytes |
            [
                g: bridgeGraph copyDepth: 1 Handles: handles.
                root: g of: (bridge receiverIn: m For: self).
                bytes: messagePack encode: g objects.
                (bytes = (m at: 'seen' IfAbsent: nil)) ifFalse: [
                    m at: 'seen' Put: bytes.
                    push: (((bridge
                            event: 'object'
                            With: 'receiver'
                            And: (m at: 'receiver' IfAbsent: 'lobby')) at: 'object' Put: root)
                            at: 'objects'
                            Put: g objects)
                        Key: 'object' ] ] on: errors any Do: [ |:e|
                topics removeKey: 'object' IfAbsent: nil.
                push: (bridge event: 'unwatched' With: 'reason' And: e messageText).
                e return: nil ] ).
        progress: n Of: total Message: text = (| a |
            a: current.
            a ifNil: [ ^ self ].
            push: (a token
                    ifNil: [
                        (((bridge event: 'progress' With: 'of' And: a id) at: 'progress' Put: n)
                            at: 'total'
                            Put: total) at: 'message' Put: text ]
                    IfNotNil: [ mcp progress: n Of: total Message: text For: a ])
                Key: 'progress' ).
    }
    {'Category: cancelling\x7fComment: What is not to wait behind my other messages: the wish to end one of them.'
        hearAtOnce: bytes = (
            [ | m. id |
                m: messagePack decode: bytes.
                id: m at: 'cancel' IfAbsent: [
                    (m at: 'params' IfAbsent: [ mcp map ]) at: 'requestId' IfAbsent: nil ].
                answerWish: m Done: (cancel: id) ] on: errors any Do: [ |:e| e return: nil ] ).
        cancel: id = (
            current ifNotNil: [ |:a|
                a id = id ifTrue: [ a isCancelled: true. worker abort. ^ true ] ].
            inbox do: [ |:said. :i. m|
                m: messagePack decode: said.
                (m at: 'id' IfAbsent: nil) = id ifTrue: [ | a |
                    inbox removeAt: i.
                    waitingBytes: waitingBytes - said size.
                    a: bridgeAnswer copyFor: self.
                    a id: id.
                    a isRPC: (m includesKey: 'jsonrpc').
                    a isCancelled: true.
                    a endedFor: ''.
                    ^ true ] ].
            false ).
        answerWish: m Done: b = (| d |
            (m includesKey: 'jsonrpc') ifTrue: [ ^ self ].
            d: bridge answer: 'cancelled' With: b.
            (m includesKey: 'id') ifTrue: [ d at: 'id' Put: (m at: 'id') ].
            tell: d ).
    }
|)

mcp _AddSlots: (|
    {'Category: progress\x7fComment: A notification for whoever waits for an answer.'
        progress: n Of: total Message: text For: a = (| params |
            params: (map at: 'progressToken' Put: a token) at: 'progress' Put: n.
            total ifNotNil: [ params at: 'total' Put: total ].
            text isEmpty ifFalse: [ params at: 'message' Put: text ].
            ((map at: 'jsonrpc' Put: '2.0') at: 'method' Put: 'notifications/progress')
                at: 'params'
                Put: params ).
    }
|)
