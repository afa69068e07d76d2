"Hands: those who touch the world. Each has a name and a colour, is seen by the others,
and takes back its own changes only. What it does becomes events, and these messages to
morphs, sent in a process with limits: if that fails, a debugger appears and the
screen lives on."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of hands and events.'
        morphEvent = (| {} = 'Comment: I am something that a hand did to a morph.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Of a kind, by a hand, to a morph, with more to tell.'
                copyKind: k Hand: h Morph: m With: d = (
                    (((clone kind: k) hand: h) morph: m) details: d ).
            }
            {'Category: accessing\x7fComment: What more is told, by name, nil if it is not; the place in the world; keys held down; the morph it was dropped on.'
                at: k = ( details at: k IfAbsent: nil ).
                number: k = (| n | n: at: k. n isNumber ifTrue: [ n ] False: 0 ).
                x = ( number: 'x' ).
                y = ( number: 'y' ).
                position = ( x @ y ).
                isShifted = ( (at: 'shift') == true ).
                isAlternate = ( (at: 'alt') == true ).
                text = (| t | t: at: 'text'. t isString ifTrue: [ t ] False: '' ).
                target = ( hand scene morphOf: (number: 'onto') IfAbsent: nil ).
            }
            {'Category: printing\x7fComment: What was done to what.'
                statePrintString = ( kind, ' of ', (reflect: morph) safePrintString ).
            }
        |).

        handMorph = (| {} = 'Comment: I am the hand of somebody who looks at this world.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: Of a name, in a colour of my own.'
                copyName: n Number: i = (
                    ((copy text: n) changes: list copyRemoveAll) ink: (colours at: i
                        % colours size) ).
                name = ( theText ).
                rename: n = ( text: n. at: 'named' Put: n ).
                colours = ('#d9480f' & '#1971c2' & '#2f9e44' & '#9c36b5' & '#c2255c' & '#0b7285'
                    & '#e67700' & '#5f3dc4') asVector.
            }
            {'Category: doing\x7fComment: What was done to a morph is sent to it in a process of mine. Whoever moves or writes is not made to wait.'
                do: e = (| p |
                    (isLight: e kind) ifTrue: [ ^ doLight: e ].
                    p: process copySend: (message
                        copyReceiver: e morph
                        Selector: 'handle:'
                        With: e).
                    p name: 'hand of ', name.
                    p fuel: ui_manager fuel.
                    p state isTransient: true.
                    p state whenEnded: [ |:q|
                        q hasError ifTrue: [ [ ui_manager debug: q For: self ] fork ] ].
                    stepper waitForStep.
                    latestDeed: p.
                    latestEvent: e.
                    p start.
                    scheduler waitFor: p TimeOut: ui_manager milliseconds.
                    self ).
                isAtWork = ( latestDeed isNotNil && [ latestDeed hasEnded not ] ).
                isLight: k = ( ('move' & 'hand' & 'typed' & 'settled') asVector includes: k ).
                doLight: e = (
                    e kind = 'move' ifTrue: [ e morph moveTo: e position ].
                    e kind = 'hand' ifTrue: [ moveTo: e position ].
                    e kind = 'settled' ifTrue: [ e morph settled: e ].
                    e kind = 'typed' ifTrue: [ e morph handle: e ].
                    self ).
            }
            {'Category: undoing\x7fComment: Notes what was done, in words, with a block that takes it back; takes the latest back; does it again.'
                did: words Undo: u Redo: r = (
                    changes addLast: (handChange copyWords: words Undo: u Redo: r).
                    changes size > mostChanges ifTrue: [ changes removeFirst ].
                    undone: list copyRemoveAll.
                    self ).
                undo = (| c |
                    changes isEmpty ifTrue: [ ^ say: 'nothing to undo' ].
                    c: changes removeLast.
                    c undo value.
                    undone addLast: c.
                    say: 'undone: ', c words ).
                redo = (| c |
                    undone isEmpty ifTrue: [ ^ say: 'nothing to redo' ].
                    c: undone removeLast.
                    c redo value.
                    changes addLast: c.
                    say: 'redone: ', c words ).
                mostChanges = 200.
            }
            {'Category: telling\x7fComment: One line for who I am the hand of.'
                say: s = (
                    at: 'says' Put: s.
                    at: 'saying' Put: ((at: 'saying') ifNil: 0) + 1.
                    self ).
            }
            {'Category: being told about\x7fComment: As a hand.'
                kind = 'hand'.
                takes = ('hand' & 'undo' & 'redo') asVector.
                undo: e = ( undo ).
                redo: e = ( redo ).
            }
        |).

        handChange = (| {} = 'Comment: I am something that a hand did, and how to take it back.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: In words, with two blocks.'
                copyWords: w Undo: u Redo: r = ( ((clone words: w) undo: u) redo: r ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of events, hands and what they did.'
        morphEvent = (| {} = 'Comment: The prototype of events.'.
            parent* = traits morphEvent.

            {'Category: parts\x7fComment: What sort; who did it; to which morph; what more there is to tell.'
                kind <- ''.
                hand.
                morph.
                details.
            }
        |).
        handChange = (| {} = 'Comment: The prototype of changes.'.
            parent* = traits handChange.

            {'Category: parts\x7fComment: What was done; how to take it back, and do it again.'
                words <- ''.
                undo.
                redo.
            }
        |).
        handMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of hands.'.
            parent* = traits handMorph.

            {'Category: parts\x7fComment: What I did, the latest last; what I took back.'
                changes.
                undone <- list copyRemoveAll.
            }
            {'Category: parts\x7fComment: The process of what I did latest, and what that was.'
                latestDeed.
                latestEvent.
            }
        |).
    }
|)
