"Screens: who looks at the world. A screen belongs to a client of the bridge; it tells
its client what changed, and waits with more when that one is slow. The messages that
screens send stand at the end of this file."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of screens.'
        screen = (| {} = 'Comment: I tell a client what is to be seen.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a client, with the hand it has.'
                copyFor: c Hand: h = (
                    ((clone client: c) hand: h) pending: dictionary copyRemoveAll ).
            }
            {'Category: telling\x7fComment: Operations, at once or, to one that lags behind, later and merged.'
                tell: ops Of: s = (
                    isBehind ifTrue: [
                        ops do: [ |:op| pending at: (op at: 1) Put: true ].
                        ^ self ].
                    latest: s revision.
                    send: ops Of: s ).
                send: ops Of: s = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'event' Put: 'scene'.
                    d at: 'revision' Put: s revision.
                    d at: 'operations' Put: ops.
                    client tell: d ).
                isBehind = ( (latest - seen) > mostUnseen ).
                mostUnseen = 24.
                saw: n Of: s = (
                    seen: n.
                    isBehind || [ pending isEmpty ] ifTrue: [ ^ self ].
                    process atomically: [ | ops |
                        ops: list copyRemoveAll.
                        pending keys do: [ |:oid| catchUp: oid Of: s In: ops ].
                        latest: s revision.
                        ops isEmpty ifFalse: [ send: ops Of: s ] ] ).
                catchUp: oid Of: s In: ops = (
                    (pending includesKey: oid) ifFalse: [ ^ self ].
                    pending removeKey: oid.
                    s told
                        at: oid
                        IfPresent: [ |:t| catchUp: t owner Of: s In: ops ]
                        IfAbsent: nil.
                    s allOf: oid In: ops ).
            }
            {'Category: leaving\x7fComment: The client has gone, and its hand from the world.'
                left = ( hand ifNotNil: [ |:h| h remove ]. self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototype of screens.'
        screen = (| {} = 'Comment: The prototype of screens.'.
            parent* = traits screen.

            {'Category: parts\x7fComment: Whose; the hand of who looks, nil if that one may not touch; the latest revision it was sent and has seen; numbers of morphs that changed while it lagged.'
                client.
                hand.
                latest <- 0.
                seen <- 0.
                pending.
            }
        |).
    }
|)

bridge _AddSlots: (|
    {'Category: screens\x7fComment: The screen of a client, which must have opened one.'
        screenOf: client = (
            ui_manager scene screenOf: client IfAbsent: [
                refuse: 'no_screen' Text: 'send the message screen first' ] ).
    }
|)

traits bridgeClient _AddSlots: (|
    {'Category: going back\x7fComment: After the world went back to another commit I am here again: a screen then asks for everything anew.'
        cameBack = (
            (topics includesKey: 'screen') ifTrue: [ tell: (bridge event: 'anew') ].
            self ).
    }
|)

bridge contract add: ((bridgeMessage
    copyName: 'screen'
    Role: 'look'
    Comment: 'Begins to show the world: answers all that is to be seen, and from then on events of the name scene tell what changes.'
    Do: [ |:m. :client| ui_manager openFor: client Name: (m at: 'name' IfAbsent: 'guest') ])
    takes: 'name'
    Kind: 'string'
    Comment: 'who looks: the name at the hand').

bridge contract add: (((((bridgeMessage
    copyName: 'screen_event'
    Role: 'touch'
    Comment: 'Something that the hand did to a morph. Answers the revision of the scene that shows what came of it.'
    Do: [ |:m. :client. s|
        s: bridge screenOf: client.
        ui_manager
            do: (m at: 'event')
            To: (m at: 'morph')
            With: (m at: 'with' IfAbsent: nil)
            On: s.
        bridge answer: 'revision' With: ui_manager scene nextRevision ])
    needs: 'morph'
    Kind: 'integer'
    Comment: 'the number of the morph')
    needs: 'event'
    Kind: 'string'
    Comment: 'what was done, such as click')
    takes: 'with'
    Kind: 'map'
    Comment: 'more of it, such as x and y')
    takes: 'commit'
    Kind: 'boolean'
    Comment: 'false: what it changes need not be durable before the answer') commits.

bridge contract add: ((bridgeMessage
    copyName: 'screen_seen'
    Role: 'look'
    Comment: 'Says which revision of the scene is shown: who lags gets changes merged.'
    Do: [ |:m. :client|
        (bridge screenOf: client) saw: (m at: 'revision') Of: ui_manager scene.
        dictionary copyRemoveAll ])
    needs: 'revision'
    Kind: 'integer'
    Comment: 'the number that came with the latest event').

bridge contract add: (((bridgeMessage
    copyName: 'screen_complete'
    Role: 'look'
    Comment: 'Names that may follow what was written: of the object of the outliner that the morph stands in, and of the world.'
    Do: [ |:m. :client|
        bridge screenOf: client.
        bridge
            answer: 'names'
            With: (ui_manager namesBeginning: (m at: 'prefix') For: (m at: 'morph')) ])
    needs: 'morph'
    Kind: 'integer'
    Comment: 'the number of the place to write in')
    needs: 'prefix'
    Kind: 'string'
    Comment: 'what was written of the name').
