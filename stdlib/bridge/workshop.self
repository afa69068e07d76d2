"Messages of those who work on the world from outside: they look for things, try in a
throw-away fork, add what has passed, and go back."

bridge _AddSlots: (|
    {'Category: finding slots\x7fComment: What somebody looks for, as a list of slots; what is told of a slot.'
        searches = (
            ((((dictionary copyRemoveAll at: 'implementors' Put: [ |:t|
                browser implementorsOf: t ]) at: 'senders' Put: [ |:t| browser sendersOf: t ])
                at: 'names'
                Put: [ |:t| browser namesContaining: t ]) at: 'comments' Put: [ |:t|
                browser commentsContaining: t ]) at: 'category' Put: [ |:t|
                browser slotsInCategory: t ] ).
        search: text As: kind = (| found |
            found: searches at: kind IfAbsent: [
                ^ refuse: 'unknown_kind'
                    Text: 'kind is one of ', ((searches keys asVector copySort) joinedWith: ', ') ].
            (found value: text) asVector copySortedBy: [ |:a. :b| a name < b name ] ).
        tellSlot: s = (| d |
            d: dictionary copyRemoveAll.
            d at: 'holder' Put: s holder safePrintString.
            d at: 'name' Put: s name.
            s comment isEmpty ifFalse: [ d at: 'comment' Put: s comment ].
            s category isEmpty ifFalse: [ d at: 'category' Put: s category ].
            s isMethod ifTrue: [ d at: 'source' Put: s source ].
            d ).
        slot: name In: x = (| m |
            m: reflect: x.
            (m includesName: name) ifFalse: [
                refuse: 'unknown_object' Text: m name, ' has no slot ', name ].
            slot copyMirror: m Name: name ).
    }
    {'Category: trying\x7fComment: Evaluates code for an object in a fork: how it ended, value or complaint, output, what it took, what was there before and would change.'
        try: code For: x = ( tryText: '(at: 1) evaluateIn: (at: 0)' For: (x & code) asVector ).
        tryText: text For: parts = (| row. d |
            row: parts
                _ForkEvaluate: text
                Fuel: trialFuel
                Memory: trialMemory
                Time: trialMilliseconds
                IfFail: [ |:e| ^ refuse: 'no_trial' Text: 'nothing can be tried now: ', e ].
            d: dictionary copyRemoveAll.
            d at: 'verdict' Put: (row at: 0).
            d at: 'text' Put: (row at: 1).
            d at: 'output' Put: (row at: 2).
            d at: 'fuel' Put: (row at: 3).
            d at: 'microseconds' Put: (row at: 4).
            d at: 'changes' Put: ((row at: 5) mapBy: [ |:m| m safePrintString ]) asList.
            d ).
        trialFuel <- 500000000.
        trialMemory <- 268435456.
        trialMilliseconds <- 10000.
    }
    {'Category: defining\x7fComment: Adds slots from their text, after a fork has taken them and a check has held there.'
        define: text In: x Check: check = (| d |
            parser objectFrom: '| ', text, ' |'.
            d: tryText: '(reflect: (at: 0)) addSlots: (at: 1). (at: 2) evaluateIn: (at: 0)'
                For: (x & text & check) asVector.
            (d at: 'verdict') = 'value' ifFalse: [
                ^ refuse: 'refused' Text: 'in a fork: ', (d at: 'text') ].
            (check = 'true') || [ (d at: 'text') = 'true' ] ifFalse: [
                ^ refuse: 'refused'
                    Text: 'in a fork the check answered ', (d at: 'text'), ' instead of true' ].
            (reflect: x) addSlots: text ).
    }
|)

bridge contract add: ((((bridgeMessage
    copyName: 'search'
    Role: 'look'
    Comment: 'Looks for slots, and tells where they are, what they are for, and the source of methods.'
    Do: [ |:m. :client. found. most|
        found: bridge search: (m at: 'text') As: (m at: 'kind' IfAbsent: 'names').
        most: ((m at: 'limit' IfAbsent: 50) max: 0) min: 500.
        bridge
            answer: 'found'
            With: (((found copyFrom: 0 UpTo: (found size min: most)) mapBy: [ |:s|
                bridge tellSlot: s ]) asList)
            And: 'count'
            With: found size ])
    needs: 'text'
    Kind: 'string'
    Comment: 'a selector, or a part of a name or comment')
    takes: 'kind'
    Kind: 'string'
    Comment: 'implementors, senders, names (without it), comments or category')
    takes: 'limit'
    Kind: 'integer'
    Comment: 'how many are told; 50 without it').

bridge contract add: (((bridgeMessage
    copyName: 'source'
    Role: 'look'
    Comment: 'The source of a slot with its comment, or of a whole object.'
    Do: [ |:m. :client. x|
        x: bridge receiverIn: m For: client.
        (m at: 'selector' IfAbsent: nil)
            ifNil: [ bridge answer: 'source' With: (fileOut sourceOf: x) ]
            IfNotNil: [ |:n|
                bridge answer: 'slot' With: (bridge tellSlot: (bridge slot: n In: x)) ] ])
    takes: 'receiver'
    Kind: 'any'
    Comment: 'a path of slots from the lobby, or the number of an object')
    takes: 'selector'
    Kind: 'string'
    Comment: 'the slot; the whole object without it').

bridge contract add: (((bridgeMessage
    copyName: 'try'
    Role: 'change'
    Comment: 'Evaluates code in a throw-away fork of the world: nothing of it lasts, nothing reaches outside.'
    Do: [ |:m. :client| bridge try: (m at: 'code') For: (bridge receiverIn: m For: client) ])
    needs: 'code'
    Kind: 'string'
    Comment: 'expressions; they may add slots with _AddSlots: and then use them')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'a path of slots from the lobby, or the number of an object').

bridge contract add: ((((bridgeMessage
    copyName: 'define'
    Role: 'change'
    Comment: 'Adds slots, after a fork has taken them and the check has held there.'
    Do: [ |:m. :client. x|
        x: bridge receiverIn: m For: client.
        bridge define: (m at: 'slots') In: x Check: (m at: 'check' IfAbsent: 'true').
        bridge answer: 'defined' With: (reflect: x) safePrintString ])
    needs: 'slots'
    Kind: 'string'
    Comment: 'as between the bars of an object: n <- 0. up = ( n: n + 1. n )')
    takes: 'receiver'
    Kind: 'any'
    Comment: 'the object that gets them; the lobby without it')
    takes: 'check'
    Kind: 'string'
    Comment: 'an expression for that object, which must give true in the fork') commits.

bridge contract add: ((bridgeMessage
    copyName: 'test'
    Role: 'change'
    Comment: 'Runs the tests that live in the world, in a fork.'
    Do: [ |:m. :client. d|
        d: bridge tryText: 'testing runMatching: (at: 0)' For: (m at: 'text' IfAbsent: '') & nil.
        d at: 'passed' Put: (d at: 'text') = 'true'.
        d ]) takes: 'text' Kind: 'string' Comment: 'only those whose suite and name contain it').

bridge contract add: (bridgeMessage
    copyName: 'undo'
    Role: 'change'
    Comment: 'One step back in the history of commits. Object numbers told before mean nothing afterwards.'
    Do: [ |:m. :client| image undo ]).

bridge contract add: (bridgeMessage
    copyName: 'redo'
    Role: 'change'
    Comment: 'Takes an undo back, as long as nothing else was committed.'
    Do: [ |:m. :client| image redo ]).

bridge contract add: ((bridgeMessage
    copyName: 'diff'
    Role: 'look'
    Comment: 'What differs between a commit and now: paths of slots, what was there and what is.'
    Do: [ |:m. :client. rows. since|
        since: m at: 'since' IfAbsent: [ image history first number ].
        rows: image differenceSince: since.
        bridge
            answer: 'since'
            With: since
            And: 'differences'
            With: (((rows copyFrom: 0 UpTo: (rows size min: 1000)) mapBy: [ |:row|
                ((dictionary copyRemoveAll at: 'path' Put: (row at: 0))
                    at: 'before'
                    Put: (row at: 1)) at: 'now' Put: (row at: 2) ]) asList) ])
    takes: 'since'
    Kind: 'integer'
    Comment: 'the number of a commit; the latest one without it').

bridge contract add: (((bridgeMessage
    copyName: 'branch'
    Role: 'change'
    Comment: 'Lists the branches of the history; makes one at the latest commit; goes to one.'
    Do: [ |:m. :client|
        (m at: 'name' IfAbsent: nil) ifNotNil: [ |:n|
            (m at: 'switch' IfAbsent: false) ifTrue: [ image switchTo: n ] False: [
                image branch: n ] ].
        bridge
            answer: 'branches'
            With: ((image branches mapBy: [ |:row|
                ((dictionary copyRemoveAll at: 'name' Put: (row at: 0))
                    at: 'commit'
                    Put: (row at: 1)) at: 'current' Put: (row at: 2) ]) asList) ])
    takes: 'name'
    Kind: 'string'
    Comment: 'of the branch')
    takes: 'switch'
    Kind: 'boolean'
    Comment: 'true: the world becomes as that branch has it').
