"The Synaptic Bridge: who is here, what they said, and what they are answered.

  bridge open: 'ipc:///run/user/1000/batos/garden?role=change'
  bridge doors
  bridge close: 'ipc:///run/user/1000/batos/garden'

What comes in is taken by the scheduler between two turns and put before a process
of the client's own, which goes on in order of arrival. Those processes come first
until they have used up a turn; then they are like any other. Answers leave together:
when no client's process is in a hurry, one commit makes durable what they all did,
and only then are they sent."

globals _AddSlots: (|
    {'Category: bridge\x7fComment: The doors of this world, and who speaks through them.'
        bridge = (| {} = 'Comment: I know the doors of this world and who speaks through them.'.
            parent* = traits oddball.

            {'Category: doors\x7fComment: Opens one, and answers the address to come in by; another such address, for one more browser; closes one; tells of the open ones.'
                open: address = ( address _BridgeOpenIfFail: [ |:e. :n| ^ refusal: e Name: n ] ).
                invite: address = (
                    address _BridgeInviteIfFail: [ |:e. :n| ^ refusal: e Name: n ] ).
                refusal: e Name: n = (
                    ('doorError: ' isPrefixOf: e) ifTrue: [
                        ^ error: (e copyFrom: 'doorError: ' size) ].
                    primitiveFailedError: e Name: n ).
                close: address = (
                    (address _BridgeCloseIfFail: false) ifFalse: [
                        error: 'there is no open door ', address ].
                    self ).
                doors = ( _BridgeDoorsIfFail: vector ).
                showDoors = (
                    ((doors mapBy: [ |:d|
                        (d at: 0), '  ', (d at: 1), '  ', (d at: 2) printString, ' clients'
                            , ((d at: 3) ifNil: [ '' ] IfNotNil: [ |:k| ', key ', k ]) ]) joinedWith: '\n') ).
            }
            {'Category: policy\x7fComment: What may be said; roles from the least to the greatest, and the rank of each; fuel and milliseconds that one message may take; most messages, and bytes of them, that wait of one client; most bytes of an answer.'
                contract = bridgeContract copy.
                roles = ('look' & 'touch' & 'change') asVector.
                fuel <- 2000000000.
                milliseconds <- 30000.
                mostWaiting <- 10000.
                mostWaitingBytes <- 100000000.
                longestAnswer <- 20000000.
                showContract = (| out |
                    out: stringWriter copyRemoveAll.
                    contract do: [ |:m|
                        out writeLine: m name, '  (', m role, ')  ', m comment.
                        m fields do: [ |:f|
                            out writeLine: '    ', f name, ', ', f kind
                                , (f isOptional ifTrue: ', optional: ' False: ': '), f comment ] ].
                    out contents ).
                ranks = ((dictionary copyRemoveAll at: 'look' Put: 0) at: 'touch' Put: 1)
                    at: 'change'
                    Put: 2.
                role: has Includes: needed = (
                    (ranks at: has IfAbsent: -1) >= (ranks at: needed IfAbsent: 99) ).
            }
            {'Category: clients\x7fComment: Those of this session by number; all who are here at one moment, since they come and go while others run; the one of a number, made if it is new.'
                clients = (
                    session at: 'bridge clients' IfAbsentPut: [ dictionary copyRemoveAll ] ).
                present = ( process atomically: [ clients asVector ] ).
                clientNumber: n Role: r = (
                    clients at: n IfAbsentPut: [ bridgeClient copyNumber: n Role: r ] ).
            }
            {'Category: running\x7fComment: Sent by the scheduler between two turns while something waits at the doors.'
                accept = (| row |
                    [ row: _BridgeTakeIfFail: nil. row isNotNil ] whileTrue: [ acceptRow: row ].
                    self ).
                acceptRow: row = (| kind. c |
                    kind: row at: 3.
                    (kind = 'kept') || [ kind = 'urgent' ] ifFalse: [
                        ^ accept: (row at: 2) From: (row at: 0) Role: (row at: 1) ].
                    c: clientNumber: (row at: 0) Role: (row at: 1).
                    kind = 'urgent' ifTrue: [ c hearAtOnce: (row at: 2) ] False: [
                        c restore: (row at: 2) Failure: (row at: 4) ] ).
                accept: said From: n Role: r = (
                    said ifNil: [ ^ leave: n ].
                    said == true ifTrue: [
                        ^ clients at: n IfPresent: [ |:c| c sendPending ] IfAbsent: nil ].
                    (clientNumber: n Role: r) hear: said ).
                leave: n = (
                    clients at: n IfPresent: [ |:c| c left ] IfAbsent: nil.
                    clients removeKey: n IfAbsent: nil ).
            }
            {'Category: running\x7fComment: Whether all that clients said so far is done and answered.'
                isResting = (
                    clients do: [ |:c| c isAtWork || [ c inbox isEmpty not ] ifTrue: [ ^ false ] ].
                    answers isEmpty && [ isSettling not ] ).
            }
            {'Category: answering\x7fComment: An answer is kept until the settler sends it, after one commit for all that stand for a change. The settler is a process that runs after all clients in a hurry. What went wrong with the commit, nil if nothing did.'
                answers = ( session at: 'bridge answers' IfAbsentPut: [ list copyRemoveAll ] ).
                settleLater: answer = (
                    process atomically: [ answers addLast: answer. callSettler ].
                    self ).
                callSettler = (| p |
                    p: session at: 'bridge settler' IfAbsent: nil.
                    (p isNil || [ p hasEnded ]) ifFalse: [
                        p status = 'resting' ifTrue: [ p start ].
                        ^ self ].
                    p: process copySend: (message copy receiver: self Selector: 'settleAlways').
                    p name: 'bridge settler'.
                    p state isTransient: true.
                    p priority: settlerPriority.
                    session at: 'bridge settler' Put: p.
                    p start ).
                settlerPriority = 6.
                isSettling = (
                    (session at: 'bridge settler' IfAbsent: [ ^ false ]) status != 'resting' ).
                settleAlways = (
                    [
                        settle.
                        process atomically: [ answers isEmpty ifTrue: [ process this suspend ] ] ]
                        loop ).
                settle = (| waiting. reason |
                    [
                        process atomically: [
                            waiting: answers.
                            waiting isEmpty ifFalse: [
                                session at: 'bridge answers' Put: list copyRemoveAll ] ].
                        waiting isEmpty ] whileFalse: [
                        reason: commitFor: (waiting filterBy: [ |:a| a isChange ]).
                        waiting do: [ |:a| a settleUnless: reason ] ].
                    self ).
                commitFor: changes = (
                    changes isEmpty ifTrue: [ ^ nil ].
                    [ image commit: (messageFor: changes). nil ] on: errors any Do: [ |:e|
                        e return: e messageText ] ).
                messageFor: changes = (| by |
                    by: changes groupBy: [ |:a| a client name ].
                    ((changes allSatisfy: [ |:a| a deed isEmpty not ])
                        ifTrue: 'screen: '
                        False: 'bridge: ')
                        , ((by sortedKeys mapBy: [ |:n. words|
                            words: set copyRemoveAll.
                            (by at: n) do: [ |:a| a deed isEmpty ifFalse: [ words add: a deed ] ].
                            words isEmpty ifTrue: [ n ] False: [
                                n, ': ', (words asVector copySort joinedWith: ', ') ] ]) joinedWith: '; ') ).
            }
        |).
    }
|)
