"Menus: lists of things to do, that go when something was chosen or the hand is
elsewhere. Whoever shows one gives pairs of words and blocks."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of menus.'
        menuMorph = (| {} = 'Comment: I offer things to do.'.
            parent* = traits columnMorph.

            {'Category: testing\x7fComment: I change the world: not for who may only touch.'
                isTool = true.
            }
            {'Category: creating\x7fComment: With pairs of words and blocks, for a hand.'
                copyItems: c For: h Label: words = (| m |
                    m: ((copy look: 'menu') role: 'menu') label: words.
                    m hand: h.
                    h ifNotNil: [ m at: 'for' Put: h oid. m at: 'settle' Put: h oid ].
                    c do: [ |:pair| m addItem: pair key Do: pair value ].
                    m parts isEmpty ifFalse: [
                        m parts first at: 'focus' Put: (h isNil ifTrue: true False: [ h oid ]) ].
                    m ).
                addItem: words Do: b = (
                    addMorph: ((buttonMorph copyLabel: words Do: [ |:e| remove. b value: e ]) role: 'menuitem') ).
            }
        |).

        haloMorph = (| {} = 'Comment: I am the handles around a morph by which a hand takes it.'.
            parent* = traits morph.

            {'Category: testing\x7fComment: I change the world: not for who may only touch.'
                isTool = true.
            }
            {'Category: creating\x7fComment: Around a morph, for a hand.'
                copyFor: m Hand: h = (| halo |
                    halo: copy.
                    halo subject: m.
                    halo hand: h.
                    halo addHandles ).
                addHandles = (
                    at: 'of' Put: subject oid.
                    at: 'for' Put: hand oid.
                    handle: 'move' Label: 'Move' At: 'at-n' Drag: 'grab' Do: [ |:e|
                        subject comeToFront ].
                    handle: 'pick' Label: 'Pick up' At: 'at-n1' Drag: nil Do: [ |:e|
                        ui_manager pickUp: subject Event: e ].
                    handle: 'menu' Label: 'Menu' At: 'at-nw' Drag: nil Do: [ |:e|
                        ui_manager menuOf: subject Event: e ].
                    handle: 'remove' Label: 'Remove' At: 'at-ne' Drag: nil Do: [ |:e|
                        ui_manager remove: subject Hand: e hand ].
                    handle: 'duplicate' Label: 'Duplicate' At: 'at-e' Drag: nil Do: [ |:e|
                        ui_manager duplicate: subject Hand: e hand ].
                    handle: 'resize' Label: 'Resize' At: 'at-se' Drag: 'resize' Do: nil.
                    handle: 'turn' Label: 'Rotate' At: 'at-sw' Drag: 'turn' Do: [ |:e|
                        subject turn: (((subject at: 'turn') ifNil: 0) + 15) % 360 ].
                    handle: 'inspect' Label: 'Inspect' At: 'at-w' Drag: nil Do: [ |:e|
                        ui_manager outline: subject Event: e ].
                    handle: 'colour' Label: 'Colour' At: 'at-s' Drag: nil Do: [ |:e|
                        ui_manager colourMenuOf: subject Event: e ].
                    handle: 'collapse' Label: 'Collapse' At: 'at-n2' Drag: nil Do: [ |:e|
                        subject toggleCollapsed: e ].
                    addMorph: (textMorph copyText: (reflect: subject) name).
                    self ).
                handle: sign Label: words At: place Drag: d Do: b = (| m |
                    m: ((buttonMorph copyIcon: sign Look: place Do: b) label: words) tip: words.
                    d ifNotNil: [ m at: 'drag' Put: d. m at: 'of' Put: subject oid ].
                    addMorph: m ).
            }
            {'Category: being told about\x7fComment: As a halo.'
                kind = 'halo'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of menus and halos.'
        menuMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of menus.'.
            parent* = traits menuMorph.

            {'Category: parts\x7fComment: Whose menu I am.'
                hand.
            }
        |).
        haloMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of halos.'.
            parent* = traits haloMorph.

            {'Category: parts\x7fComment: Whom I surround, and for which hand.'
                subject.
                hand.
            }
        |).
    }
|)

traits handMorph _AddSlots: (|
    {'Category: menus and halos\x7fComment: Mine go when I am elsewhere, my carpet only when I press beside it; one halo at a time; asked for the morph that has mine, the one above it gets it.'
        takes = ('hand' & 'undo' & 'redo' & 'away' & 'halo' & 'halt') asVector.
        away: e = ( away. dropCarpet ).
        away = (
            owner ifNotNil: [ |:w|
                (w parts filterBy: [ |:m| isMine: m ]) asVector do: [ |:m| m remove ] ].
            self ).
        isMine: m = ( ((m kind = 'halo') || [ m look = 'menu' ]) && [ m hand == self ] ).
        dropCarpet = (
            owner ifNotNil: [ |:w|
                (w parts filterBy: [ |:m| m isCarpet && [ m hand == self ] ]) asVector do: [ |:m|
                    m remove ] ].
            self ).
        halo: e = (| m. old |
            m: scene morphOf: (e number: 'of') IfAbsent: [ ^ self ].
            (m == self) || [ m kind = 'hand' ] ifTrue: [ ^ self ].
            old: owner parts
                findFirst: [ |:p| (p kind = 'halo') && [ p hand == self ] ]
                IfPresent: [ |:p| p subject ]
                IfAbsent: nil.
            away.
            m: haloTargetFor: m After: old.
            owner addMorph: (haloMorph copyFor: m Hand: self) ).
        haloTargetFor: m After: old = (| top |
            top: m firstAbove: [ |:p| p owner isNil || [ p owner isWorld ] ].
            (old isNil || [ (old firstAbove: [ |:p| p == top ]) isNil ]) ifTrue: [ ^ top ].
            old == top ifTrue: [ ^ m ].
            old owner ).
        halt: e = (
            scene morphOf: (e number: 'of') IfAbsent: [ ^ self ].
            ui_manager remove: (scene morphOf: (e number: 'of') IfAbsent: nil) Hand: self ).
    }
|)

traits morph _AddSlots: (|
    {'Category: collapsing\x7fComment: Shows only my first part, or all again.'
        toggleCollapsed: e = ( toggleCollapsed ).
        toggleCollapsed = (
            parts do: [ |:p. :i|
                i > 0 ifTrue: [ p isHidden ifTrue: [ p reveal ] False: [ p hide ] ] ].
            self ).
    }
|)

ui_manager _AddSlots: (|
    {'Category: menus\x7fComment: A menu at a place, for a hand; what can be done with a morph; with the world.'
        menu: items At: p Hand: h Label: words = (
            h away.
            world place: (menuMorph copyItems: items For: h Label: words) At: p ).
        menuOf: m Event: e = (
            menu: ((('Bring to front' -> [ m comeToFront ])
                    & ('Inspect' -> [ |:f| outline: m Event: f ])
                    & ('Duplicate' -> [ |:f| duplicate: m Hand: f hand ])
                    & ('Select' -> [ |:f| selectTopOf: m Hand: f hand ])
                    & ('Collapse or expand' -> [ m toggleCollapsed ])
                    & ('Remove' -> [ |:f| remove: m Hand: f hand ])) asList addAll: m menuItems)
                At: e position
                Hand: e hand
                Label: 'Menu of a morph' ).
        worldMenuAt: p Hand: h = (
            menu: (worldMenu addFirst: 'Select all' -> [ |:e| selectAll: e hand ])
                At: p
                Hand: h
                Label: 'Menu of the world' ).
        colourMenuOf: m Event: e = (
            menu: (colours mapBy: [ |:c|
                    (c at: 0) -> [ |:f. old|
                            old: m at: 'fill'.
                            m fill: (c at: 1).
                            f hand did: 'colour' Undo: [ m fill: old ] Redo: [ m fill: (c at: 1) ] ] ])
                At: e position
                Hand: e hand
                Label: 'Colours' ).
        colours = (('none' & nil) asVector & ('red' & '#e8590c') asVector
            & ('yellow' & '#fcc419') asVector & ('green' & '#40c057') asVector
            & ('blue' & '#4dabf7') asVector & ('violet' & '#b197fc') asVector
            & ('grey' & '#ced4da') asVector) asVector.
    }
    {'Category: changing morphs\x7fComment: By a hand, which can take it back.'
        remove: m Hand: h = (| o. i |
            o: m owner.
            (o isNil || [ m isWorld || [ m kind = 'hand' ] ]) ifTrue: [ ^ self ].
            m isCarpet ifTrue: [ ^ m removeAll: h ].
            i: o parts indexOf: m.
            m remove.
            h ifNotNil: [
                h away.
                h did: 'removing ', (reflect: m) name Undo: [ o addMorph: m At: i ] Redo: [
                    m remove ] ].
            self ).
        pickUp: m Event: e = (| o. i. p. at |
            o: m owner.
            e hand away.
            o isNil ifTrue: [ ^ self ].
            i: o parts indexOf: m.
            p: m position.
            at: (e number: 'ofX') @ (e number: 'ofY').
            o isWorld ifFalse: [
                world addMorph: m.
                m moveTo: at.
                e hand
                    did: 'picking up ', (reflect: m) name
                    Undo: [ o addMorph: m At: i. m moveTo: p ]
                    Redo: [ world addMorph: m. m moveTo: at ] ].
            m comeToFront.
            giveTo: e hand Morph: m ).
        duplicate: m Hand: h = (| d |
            d: m copyWithParts.
            d moveTo: m position + (24 @ 24).
            m owner addMorph: d.
            h did: 'duplicating' Undo: [ d remove ] Redo: [ m owner addMorph: d ] ).
    }
|)

traits morph _AddSlots: (|
    {'Category: menus\x7fComment: What my menu offers beside the usual: pairs of words and blocks.'
        menuItems = vector.
    }
|)
