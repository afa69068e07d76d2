"When the world goes back to an older commit, nothing that it remembered is left, but
its clients are still there. What must not be lost of them is kept by the doors until
then: names, topics, what they said and is not done yet, and who asked for it."

bridge _AddSlots: (|
    {'Category: going back\x7fComment: Before it is decided where to: what was done is committed and answered. Just before: clients are kept. If it did not happen they are forgotten there.'
        beforeGoingBack = ( settle ).
        goingBack = (
            (session at: 'bridge clients' IfAbsent: [ ^ self ]) do: [ |:c|
                (messagePack encode: c luggage) _BridgeKeep: c number IfFail: nil ].
            self ).
    }
|)

traits bridgeClient _AddSlots: (|
    {'Category: going back\x7fComment: What I am to have again, as plain data; puts that in place. Whose message was being performed is told that it was cut off; who asked for the return, that it happened.'
        luggage = (| d |
            d: dictionary copyRemoveAll.
            d at: 'name' Put: name.
            d at: 'topics' Put: topics.
            d at: 'first' Put: handles last + 1.
            d at: 'inbox' Put: inbox.
            current ifNotNil: [ |:a|
                d at: 'id' Put: a id.
                d at: 'rpc' Put: a isRPC.
                d at: 'asked' Put: worker == process this ].
            d ).
        restore: bytes Failure: reason = (| d. a |
            d: messagePack decode: bytes.
            name: (d at: 'name').
            topics: (d at: 'topics').
            cameBack.
            handles first: (d at: 'first').
            (d includesKey: 'asked') ifTrue: [
                a: bridgeAnswer copyFor: self.
                a id: (d at: 'id').
                a isRPC: (d at: 'rpc').
                a isTool: a isRPC.
                (d at: 'asked') && [ reason isNil ] ifTrue: [ a tellOfReturn ] False: [
                    a
                        error: 'went_back'
                        Text: (reason ifNil: 'the world went back to an older commit meanwhile')
                        Help: 'what the message did is gone; send it again if it is still meant'
                        Trace: nil ].
                a deliver ].
            (topics includesKey: 'object') ifTrue: [ bridge beginWatch ].
            (topics includesKey: 'console') ifTrue: [ bridge listenToConsole ].
            (d at: 'inbox') do: [ |:said| hear: said ].
            self ).
        cameBack = ( self ).
    }
|)

traits bridgeAnswer _AddSlots: (|
    {'Category: going back\x7fComment: Tells where the world is now.'
        tellOfReturn = (| c |
            c: image history first.
            parts at: 'commit' Put: c number.
            parts at: 'branch' Put: c branch.
            parts at: 'message' Put: c message.
            self ).
    }
|)
