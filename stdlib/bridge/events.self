"What the world tells its clients without being asked: events.

  bridge addTopic: 'weather' Role: 'look' Comment: 'How it is outside.'
  bridge announce: 'weather' With: 'rain'
  someClient push: (bridge event: 'frame' With: 'number' And: 12) Key: 'frame'

An event leaves at once while its client reads. If it does not, events wait: of those
with the same key only the newest, so that a slow client sees fewer states, and none
that is out of date. Those without a key wait in order, so many at most; what is
dropped beyond that is counted, and told as the event `missed`."

bridge _AddSlots: (|
    {'Category: topics\x7fComment: What can be subscribed to, by name: an association of the role that is needed and a comment. One more; its role.'
        topics = dictionary copyRemoveAll.
        addTopic: name Role: role Comment: text = ( topics at: name Put: role -> text. self ).
    }
    {'Category: events\x7fComment: An event as plain data.'
        event: name = ( dictionary copyRemoveAll at: 'event' Put: name ).
        event: name With: k And: v = ( (event: name) at: k Put: v ).
    }
    {'Category: announcing\x7fComment: Tells those who have subscribed to a topic: a value; the newest of its key only; an event that a block makes, if there is anybody to get it.'
        announce: topic With: data = ( announce: topic With: data Key: nil ).
        announce: topic With: data Key: k = (
            announce: topic Event: [ event: topic With: 'data' And: data ] Key: k ).
        announce: topic Event: blk Key: k = (| who. made |
            who: listenersTo: topic.
            who isEmpty ifTrue: [ ^ self ].
            made: blk value.
            who do: [ |:c| c push: made Key: k ].
            self ).
        listenersTo: topic = (
            session at: 'bridge clients' IfAbsent: [ ^ vector ].
            present filterBy: [ |:c| c topics includesKey: topic ] ).
    }
    {'Category: subscribing\x7fComment: What a client is told of from now on.'
        subscribe: client To: topic With: m = (
            client topics at: topic Put: m.
            topic = 'object' ifTrue: [ receiverIn: m For: client. beginWatch ].
            topic = 'console' ifTrue: [ listenToConsole ].
            self ).
        listenToConsole = (
            console listener: [ |:text. :stream|
                announce: 'console'
                    Event: [ (event: 'console' With: 'stream' And: stream) at: 'text' Put: text ]
                    Key: nil ] ).
    }
    {'Category: limits\x7fComment: So many messages may wait at a client\'s door before events wait here; so many events without a key wait here.'
        mostUnread <- 64.
        mostPending <- 1000.
    }
|)

traits bridgeClient _AddSlots: (|
    {'Category: telling\x7fComment: An event: in order; or, if it has a key, the newest of that key only.'
        push: data = ( push: data Key: nil ).
        push: data Key: k = (
            process atomically: [
                isGone ifFalse: [
                    pending isEmpty && [ hasRoom ] ifTrue: [ tell: data ] False: [
                        keep: data Key: k.
                        sendPending ] ] ].
            self ).
        hasRoom = ( bridge mostUnread _BridgeHasRoom: number IfFail: true ).
        keep: data Key: k = (
            k ifNotNil: [ pending do: [ |:e| (e key = k) ifTrue: [ e value: data. ^ self ] ] ].
            pending size >= bridge mostPending ifTrue: [ dropped: dropped + 1 ] False: [
                pending addLast: (k -> data) ] ).
    }
    {'Category: telling\x7fComment: Sends what waits, as far as there is room. Also sent when the door says that there is.'
        sendPending = (
            process atomically: [
                [ pending isEmpty not && [ hasRoom ] ] whileTrue: [
                    tell: pending removeFirst value ].
                pending isEmpty && [ dropped > 0 ] ifTrue: [
                    tell: (bridge event: 'missed' With: 'count' And: dropped).
                    dropped: 0 ] ].
            self ).
    }
|)

bridge addTopic: 'commits' Role: 'look' Comment: 'Commits that the world or a client made: number and message.'.
bridge addTopic: 'console' Role: 'look' Comment: 'What the world prints: text, and whether to output or error.'.
bridge addTopic: 'methods' Role: 'look' Comment: 'Methods that were grown: holder, signature, source, origin.'.
