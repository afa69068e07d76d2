"The keeper of the user interface: which world is shown, to whom, by which tools.

  display_yourself            shows this world in a browser
  x display_yourself          puts an outliner of x on it
  ui_manager world            the morph that everything stands on"

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Keeps the user interface.'
        ui_manager = (| {} = 'Comment: I keep the user interface: worlds of morphs, their tools, and who looks at them.'.
            parent* = traits oddball.

            {'Category: worlds\x7fComment: The world that is shown, made when first asked for; another one to be shown.'
                world = ( theWorld ifNil: [ world: worldMorph copy. theWorld ] ).
                world: w = ( theWorld: w. w enterScene. session removeKey: 'scene'. self ).
                theWorld.
                latestOid <- 0.
                newOid = ( latestOid: latestOid + 1. latestOid ).
            }
            {'Category: policy\x7fComment: Fuel, and milliseconds that a hand waits for what it did; how it goes on is then shown when it is done.'
                fuel <- 2000000000.
                milliseconds <- 2000.
            }
            {'Category: screens\x7fComment: What is shown in this session; whether somebody looks.'
                scene = ( session at: 'scene' IfAbsentPut: [ (globals scene copyFor: world) ] ).
                isWatched = ( (session at: 'scene' IfAbsent: [ ^ false ]) isWatched ).
                openFor: client Name: n = (| s. d. ops |
                    client name: n.
                    client topics at: 'screen' Put: true.
                    world parts isEmpty ifTrue: [ furnish ].
                    s: screen
                        copyFor: client
                        Hand: ((bridge role: client role Includes: 'touch')
                            ifTrue: [ handFor: n ]
                            False: nil).
                    process atomically: [
                        s hand ifNotNil: [ |:h| world addMorph: h ].
                        scene screenOf: client IfAbsent: nil.
                        scene closeFor: client.
                        ops: scene whole.
                        s latest: scene revision.
                        s seen: scene revision.
                        scene open: s ].
                    d: dictionary copyRemoveAll.
                    d at: 'operations' Put: ops.
                    d at: 'revision' Put: scene revision.
                    d at: 'world' Put: world oid.
                    d at: 'role' Put: client role.
                    s hand ifNotNil: [ |:h| d at: 'hand' Put: h oid ].
                    stepper beAtWork.
                    d ).
            }
            {'Category: hands\x7fComment: By name; the one of a name, another one if that is in use. What one does goes to the morph, if the door allows it: who may only touch moves morphs and presses what others made, but not tools.'
                hands <- dictionary copyRemoveAll.
                handFor: n = (| name. i <- 1. h |
                    name: n.
                    [ h: hands at: name IfAbsent: nil. h isNotNil && [ h isShown ] ] whileTrue: [
                        i: i + 1.
                        name: n, ' ', i printString ].
                    h ifNil: [
                        h: handMorph copyName: name Number: hands size.
                        hands at: name Put: h ].
                    h ).
                isAtWork = ( hands anySatisfy: [ |:h| h isShown && [ h isAtWork ] ] ).
                do: k To: oid With: d On: s = (| m |
                    m: scene morphOf: oid IfAbsent: [ ^ self ].
                    (mayDo: k To: m On: s) ifFalse: [
                        ^ s hand say: 'this door lets you touch, not change: batos show --role change opens one' ].
                    s client current ifNotNil: [ |:a| a deed: k ].
                    s hand do: (morphEvent
                        copyKind: k
                        Hand: s hand
                        Morph: m
                        With: (d ifNil: [ dictionary copyRemoveAll ])) ).
                mayDo: k To: m On: s = (
                    (bridge role: s client role Includes: 'change') || [ movements includes: k ] ifTrue: [
                        ^ true ].
                    (changes includes: k) ifTrue: [ ^ false ].
                    (m firstAbove: [ |:p| p isTool ]) isNil ).
                movements = ('move' & 'moved' & 'settled' & 'raise' & 'hand' & 'away') asVector.
                changes = ('halo' & 'halt' & 'menu' & 'drop' & 'retarget' & 'resized' & 'turned')
                    asVector.
            }
        |).
    }
|)

traits scene _AddSlots: (|
    {'Category: screens\x7fComment: The screen of a client is no more; the revision that will show what was done by now.'
        closeFor: client = (
            (screens filterBy: [ |:s| s client == client ]) do: [ |:s| screens remove: s. s left ].
            self ).
        nextRevision = ( isDue ifTrue: [ revision + 1 ] False: [ revision ] ).
    }
|)

traits morph _AddSlots: (|
    {'Category: handling events\x7fComment: What every hand may do to me: move me, with a note for undoing; bring me to the front; say where there was room for me when I came.'
        moved: e = (| from. to |
            from: (e number: 'fromX') @ (e number: 'fromY').
            to: e position.
            moveTo: to.
            e hand did: 'move' Undo: [ moveTo: from ] Redo: [ moveTo: to ] ).
        raise: e = ( comeToFront ).
        settled: e = ( at: 'settle' Put: nil. at: 'carried' Put: nil. moveTo: e position ).
    }
|)

lobby defaultBehavior _AddSlots: (|
    {'Category: showing\x7fComment: I appear on the screen: the whole world if I am the lobby, else an outliner of me.'
        display_yourself = ( ui_manager display: self ).
    }
|)
