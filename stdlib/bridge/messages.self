"The messages that this world understands from outside. Each block gets the message (a
dictionary) and the client, and gives a dictionary: what the answer is to have."

bridge _AddSlots: (|
    {'Category: answering\x7fComment: A dictionary of one or two things, for answers.'
        answer: k With: v = ( dictionary copyRemoveAll at: k Put: v ).
        answer: k With: v And: k2 With: v2 = (
            (dictionary copyRemoveAll at: k Put: v) at: k2 Put: v2 ).
        refuse: code Text: text = (
            ((errors contract copyReceiver: self Message: text) details: code) signal ).
    }
    {'Category: finding objects\x7fComment: The object that a message means: by the number that this client knows it by, or by a path of slots from the lobby. A path is looked up, never evaluated: methods don\'t run.'
        receiverIn: m For: client = (| r |
            r: m at: 'receiver' IfAbsent: 'lobby'.
            r isInteger ifTrue: [
                ^ (client handles at: r IfAbsent: [
                    ^ refuse: 'unknown_object'
                        Text: 'there is no object of number ', r printString ]) reflectee ].
            r isString ifFalse: [
                ^ refuse: 'wrong_type'
                    Text: 'receiver is a path, such as \'lobby counter\', or a number' ].
            objectAt: r ).
        objectAt: path = (| here |
            here: lobby.
            (path includes: ' ') ifFalse: [ ^ slotOfLobby: path ].
            (path splitOn: ' ') do: [ |:w|
                w isEmpty || [ (w = 'lobby') && [ here == lobby ] ] ifFalse: [
                    here: slot: w canonicalize Of: here Path: path ] ].
            here ).
        slotOfLobby: n = (
            n isEmpty || [ n = 'lobby' ] ifTrue: [ lobby ] False: [
                slot: n canonicalize Of: lobby Path: n ] ).
        slot: w Of: x Path: path = (| holders. m |
            holders: (reflect: x) holdersOf: w.
            holders size = 1 ifFalse: [
                ^ refuse: 'unknown_object'
                    Text: 'in the path ', path printString, ', ', w, ' is no slot' ].
            m: holders first contentsAt: w.
            m isReflecteeMethod ifTrue: [
                ^ refuse: 'unknown_object'
                    Text: 'in the path ', path printString, ', ', w, ' is a method: send it' ].
            m reflectee ).
    }
    {'Category: telling values\x7fComment: A value as it is told outside: plain data as it is, else its text and its number.'
        tell: x To: client = (| m |
            m: reflect: x.
            m isReflecteeInteger ifTrue: [
                ^ answer: 'value' With: x And: 'text' With: x printString ].
            answer: 'value'
                With: ((bridgeGraph copyDepth: 0 Handles: client handles) of: x)
                And: 'text'
                With: m safePrintString ).
    }
    {'Category: permitting\x7fComment: Whoever may change may send anything; whoever may touch only what the receiver says it takes from outside.'
        permit: selector To: x From: client = (
            (client may: 'change') || [ (x acceptsFromOutside: selector) == true ] ifFalse: [
                refuse: 'not_allowed'
                    Text: (reflect: x) name, ' does not take ', selector, ' from outside' ] ).
    }
|)

lobby defaultBehavior _AddSlots: (|
    {'Category: bridge\x7fComment: Whether clients who may only touch may send me this. Objects that are meant for it say so.'
        acceptsFromOutside: selector = ( false ).
    }
|)

bridge contract add: ((((bridgeMessage
    copyName: 'hello'
    Role: 'look'
    Comment: 'Says who I am; answers versions, my role, and what may be said.'
    Do: [ |:m. :client. d|
        client name: (m at: 'client' IfAbsent: [ client name ]).
        d: dictionary copyRemoveAll.
        d at: 'version' Put: bridge contract version.
        d at: 'system' Put: 'BAT OS'.
        d at: 'role' Put: client role.
        d at: 'commands' Put: bridge contract names asList.
        d ]) takes: 'client' Kind: 'string' Comment: 'the name to appear in the log of commits'))).

bridge contract add: ((bridgeMessage
    copyName: 'get_full_state'
    Role: 'look'
    Comment: 'The objects around the lobby, as a graph: the first message that a screen sends.'
    Do: [ |:m. :client. g. root|
        g: bridgeGraph copyDepth: (m at: 'depth' IfAbsent: 1) + 0 Handles: client handles.
        root: g of: lobby.
        bridge
            answer: 'state'
            With: (bridge answer: 'root' With: root And: 'objects' With: g objects) ])
    takes: 'depth'
    Kind: 'integer'
    Comment: 'how many steps from the lobby; 1 without it').

bridge contract add: (((bridgeMessage
    copyName: 'inspect'
    Role: 'look'
    Comment: 'One object and what lies around it.'
    Do: [ |:m. :client. g. root|
        g: bridgeGraph copyDepth: ((m at: 'depth' IfAbsent: 1) min: 5) Handles: client handles.
        root: g of: (bridge receiverIn: m For: client).
        bridge answer: 'object' With: root And: 'objects' With: g objects ])
    takes: 'receiver'
    Kind: 'any'
    Comment: 'a path of slots from the lobby, or the number of an object')
    takes: 'depth'
    Kind: 'integer'
    Comment: 'how many steps; 1 without it, 5 at most').

bridge contract add: ((((bridgeMessage
    copyName: 'evaluate'
    Role: 'change'
    Comment: 'Evaluates code for an object.'
    Do: [ |:m. :client|
        ship note: (m at: 'code').
        bridge tell: ((m at: 'code') evaluateIn: (bridge receiverIn: m For: client)) To: client ])
    needs: 'code'
    Kind: 'string'
    Comment: 'expressions in the language of this world')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'a path of slots from the lobby, or the number of an object')
    takes: 'commit'
    Kind: 'boolean'
    Comment: 'false: what it changes need not be durable before the answer') commits.

bridge contract add: (((((bridgeMessage
    copyName: 'send'
    Role: 'touch'
    Comment: 'Sends an object a message with arguments that are plain data.'
    Do: [ |:m. :client. x. selector. arguments|
        x: bridge receiverIn: m For: client.
        selector: (m at: 'selector') canonicalize.
        arguments: (m at: 'arguments' IfAbsent: vector) asVector.
        ('_' isPrefixOf: selector) ifTrue: [
            bridge refuse: 'not_allowed' Text: 'primitives are for the world itself' ].
        bridge permit: selector To: x From: client.
        bridge
            tell: (message copyReceiver: x Selector: selector Arguments: arguments) send
            To: client ]) needs: 'selector' Kind: 'string' Comment: 'such as up, or at:Put:')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'a path of slots from the lobby, or the number of an object')
    takes: 'arguments'
    Kind: 'list'
    Comment: 'as many as the selector has colons, five at most')
    takes: 'commit'
    Kind: 'boolean'
    Comment: 'false: what it changes need not be durable before the answer') commits.

bridge contract add: (((((bridgeMessage
    copyName: 'create_method'
    Role: 'change'
    Comment: 'Has a method tried by the crucible and, if it passes, made a slot, as any proposal.'
    Do: [ |:m. :client. t. p. x|
        x: bridge receiverIn: m For: client.
        t: task
            copyReceiver: x
            Signature: (m at: 'method_name')
            Holder: x
            Comment: (m at: 'comment' IfAbsent: '').
        p: (proposal copyText: (m at: 'method_code') Task: t) judge.
        p isAccepted ifFalse: [ bridge refuse: 'refused' Text: p reason ].
        p origin: 'from ', client name.
        swap install: p For: t.
        bridge answer: 'installed' With: t signature And: 'verdict' With: p reason ])
    needs: 'method_name'
    Kind: 'string'
    Comment: 'the method\'s signature, such as double, or plus: n')
    needs: 'method_code'
    Kind: 'string'
    Comment: 'its body in parentheses, such as (self * 2)')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'the object that gets it; the lobby without it')
    takes: 'comment'
    Kind: 'string'
    Comment: 'what it is for') commits.

bridge contract add: (((bridgeMessage
    copyName: 'remove_method'
    Role: 'change'
    Comment: 'Removes a slot of an object.'
    Do: [ |:m. :client. r|
        r: reflect: (bridge receiverIn: m For: client).
        (r includesName: (m at: 'method_name')) ifFalse: [
            bridge refuse: 'unknown_object' Text: r name, ' has no slot ', (m at: 'method_name') ].
        r removeSlot: (m at: 'method_name').
        bridge answer: 'removed' With: (m at: 'method_name') ])
    needs: 'method_name'
    Kind: 'string'
    Comment: 'the selector of the method')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'the object that has it; the lobby without it') commits.

bridge contract add: ((bridgeMessage
    copyName: 'commit'
    Role: 'change'
    Comment: 'Makes the present state durable.'
    Do: [ |:m. :client|
        bridge
            answer: 'commit'
            With: (image commit: client name, ': ', (m at: 'message' IfAbsent: '')) ])
    takes: 'message'
    Kind: 'string'
    Comment: 'for the log').

bridge contract add: ((bridgeMessage
    copyName: 'log'
    Role: 'look'
    Comment: 'The latest commits.'
    Do: [ |:m. :client. all|
        all: list copyRemoveAll.
        image history asVector do: [ |:c. :i|
            i < ((m at: 'count' IfAbsent: 20) min: 1000) ifTrue: [
                all add: (((dictionary copyRemoveAll at: 'number' Put: c number)
                    at: 'milliseconds'
                    Put: c milliseconds) at: 'author' Put: c author) at: 'message' Put: c message ] ].
        bridge answer: 'commits' With: all ])
    takes: 'count'
    Kind: 'integer'
    Comment: 'how many; 20 without it').

bridge contract add: (((bridgeMessage
    copyName: 'subscribe'
    Role: 'look'
    Comment: 'From now on I am told what happens under a topic, as events.'
    Do: [ |:m. :client. t|
        t: bridge topics at: (m at: 'topic') IfAbsent: [
            bridge
                refuse: 'unknown_topic'
                Text: 'there is no topic ', (m at: 'topic') printString, '; there are '
                    , ((bridge topics keys asVector copySort) joinedWith: ', ') ].
        (bridge role: client role Includes: t key) ifFalse: [
            bridge
                refuse: 'not_allowed'
                Text: 'the topic ', (m at: 'topic'), ' needs the role ', t key ].
        bridge subscribe: client To: (m at: 'topic') With: m.
        bridge answer: 'topics' With: client topics keys asVector copySort asList ])
    needs: 'topic'
    Kind: 'string'
    Comment: 'what to hear of; an unknown one is refused with a list of those there are')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'of the topic object: which one; a path of slots from the lobby, or a number').

bridge contract add: ((bridgeMessage
    copyName: 'unsubscribe'
    Role: 'look'
    Comment: 'Of this topic I am told nothing more; without one, of none.'
    Do: [ |:m. :client|
        (m at: 'topic' IfAbsent: nil) ifNil: [ client topics removeAll ] IfNotNil: [ |:t|
            client topics removeKey: t IfAbsent: nil ].
        bridge answer: 'topics' With: client topics keys asVector copySort asList ])
    takes: 'topic'
    Kind: 'string'
    Comment: 'what to hear of no longer').

bridge contract add: ((bridgeMessage
    copyName: 'cancel'
    Role: 'look'
    Comment: 'Ends one of my earlier messages, which is answered with the error cancelled.'
    Do: [ |:m. :client| bridge answer: 'cancelled' With: false ])
    needs: 'cancel'
    Kind: 'any'
    Comment: 'its id').
