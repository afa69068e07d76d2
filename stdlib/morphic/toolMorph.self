"Tools: panels with a title that can be folded and closed. What stands in them are
morphs as any other."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of tools.'
        toolMorph = (| {} = 'Comment: I am a panel with a title.'.
            parent* = traits columnMorph.

            {'Category: testing\x7fComment: I change the world: not for who may only touch.'
                isTool = true.
            }
            {'Category: creating\x7fComment: With a title; of a kind of look.'
                copyTitle: t = ( copyTitle: t Look: 'kind-list' ).
                copyTitle: t Look: l = (
                    (((copy look: 'panel tool') role: 'region') label: t) addMorph: (head: t
                        Look: l) ).
                head: t Look: l = (
                    (rowMorph copyLook: 'head ', l) addAllMorphs: ((((buttonMorph
                        copyIcon: 'fold'
                        Look: 'icon'
                        Do: [ |:e| (topOf: e morph) toggleCollapsed ]) label: 'Fold ', t)
                        & (((textMorph copyText: t Look: 'title') role: 'heading')
                            at: 'level'
                            Put: '2')
                        & ((buttonMorph copyIcon: 'remove' Look: 'icon' Do: [ |:e|
                            ui_manager remove: (topOf: e morph) Hand: e hand ]) label: 'Close ', t))
                        asVector) ).
                topOf: m = ( m firstAbove: [ |:p| p owner isNil || [ p owner isWorld ] ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of tools.'
        toolMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of tools.'.
            parent* = traits toolMorph.
        |).
    }
|)

ui_manager _AddSlots: (|
    {'Category: showing\x7fComment: Shows the world, or an outliner of an object on it. Answers the address to look at where a door was opened for that.'
        display: x = (
            (x == lobby) || [ x == shell ] ifTrue: [ ^ show ].
            outlinerOn: (reflect: x) IfNew: [ |:o| world place: o ] ).
        show = (
            world parts isEmpty ifTrue: [ furnish ].
            webDoor ifNotNil: [ |:d| ^ d at: 0 ].
            [ bridge open: 'http://127.0.0.1:0?role=change' ] on: errors any Do: [ |:e|
                e return: 'no door could be opened here (', e messageText
                    , '): batos show opens one' ] ).
        webDoor = (
            bridge doors do: [ |:d| ('http' isPrefixOf: (d at: 0)) ifTrue: [ ^ d ] ].
            nil ).
        furnish = (
            world addMorph: bar.
            (outlinerOn: (reflect: lobby) IfNew: [ |:o| world place: o At: 36 @ 84 ]).
            self ).
        bar = (
            (((((rowMorph copyLook: 'bar') role: 'toolbar') label: 'Tools') at: 'fixed' Put: true) addAllMorphs: toolButtons) addMorph: trashMorph
                copy ).
        toolButtons = (
            (worldMenu mapBy: [ |:pair| toolButton: pair key Do: pair value ]) asVector ).
        toolButton: words Do: b = (| sign |
            sign: signs at: words IfAbsent: [ ^ buttonMorph copyLabel: words Do: b ].
            ((buttonMorph copyIcon: sign Look: '' Do: b) label: words) tip: words ).
        signs = ( (dictionary copyRemoveAll at: 'Undo' Put: 'undo') at: 'Redo' Put: 'redo' ).
    }
|)

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of trashes.'
        trashMorph = (| {} = 'Comment: What is dropped on me goes: a morph from the world, a slot from its object.'.
            parent* = traits textMorph.

            {'Category: handling events\x7fComment: A morph or slots were dropped on me.'
                takes = vector copySize: 1 FillingWith: 'drop'.
                drop: e = (| m |
                    m: scene morphOf: (e number: 'what') IfAbsent: [ ^ self ].
                    (m understands: 'draggedSlots') ifTrue: [
                        ^ m outliner removeSlots: m draggedSlots asVector Event: e ].
                    ui_manager remove: m Hand: e hand ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of trashes.'
        trashMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of trashes.'.
            parent* = traits trashMorph.
        |).
    }
|)

trashMorph text: 'Trash'.
trashMorph look: 'trash'.
trashMorph at: 'accepts' Put: 'morph slot category'.
trashMorph label: 'Trash'.
trashMorph role: 'group'.
