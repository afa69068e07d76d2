"Slots and categories as they stand in an outliner: name, kind, value, or the method
when it is opened. Both can be dragged: onto the world they become objects of their
own, onto another outliner they are copied (with Shift moved), onto the trash removed."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of categories and slots in outliners.'
        categoryMorph = (| {} = 'Comment: I show the slots of one category.'.
            parent* = traits columnMorph.

            {'Category: creating\x7fComment: Of a category of an outliner.'
                copyOf: c In: o = (| m |
                    m: copy.
                    m category: c.
                    m outliner: o.
                    m look: 'category'.
                    c isEmpty ifFalse: [ m addHead ].
                    m showSlots ).
                addHead = (
                    at: 'drag' Put: 'category'.
                    fold: buttonMorph copyLabel: '' Look: 'category-head' Do: [ |:e| toggle ].
                    fold on: 'menu' Do: [ |:e| showMenu: e ].
                    addMorph: fold ).
                toggle = ( outliner toggle: category. showSlots ).
                showSlots = (| all. isOpen |
                    all: outliner slotsOf: category.
                    isOpen: outliner isOpen: category.
                    fold ifNotNil: [
                        fold text: (isOpen ifTrue: '▾ ' False: '▸ '), category, ' ('
                            , all size printString, ')'.
                        fold at: 'open' Put: isOpen ].
                    rows ifNotNil: [ |:r| r remove. rows: nil ].
                    isOpen ifTrue: [
                        rows: columnMorph copyLook: 'slots'.
                        addMorph: rows.
                        showFrom: 0 Of: all ].
                    self ).
                showFrom: i Of: all = (| end |
                    end: (i + outliner page) min: all size.
                    i upTo: end Do: [ |:k| rows addMorph: (outliner morphOf: (all at: k)) ].
                    end < all size ifTrue: [
                        rows addMorph: (buttonMorph
                            copyLabel: '… ', (all size - end) printString, ' more'
                            Look: 'more'
                            Do: [ |:e| e morph remove. showFrom: end Of: all ]) ].
                    self ).
            }
            {'Category: menus\x7fComment: What can be done with a category.'
                showMenu: e = (
                    ui_manager
                        menu: ((('Fold or unfold' -> [ toggle ])
                            & ('Add a slot' -> [ |:f| outliner addSlotIn: category ])
                            & ('Remove all its slots' -> [ |:f| removeSlots: f ])) asList)
                        At: e position
                        Hand: e hand
                        Label: 'Menu of the category ', category ).
                removeSlots: e = (| all |
                    all: outliner slotsOf: category.
                    outliner
                        change: 'removing the category ', category
                        Names: (all mapBy: [ |:s| s name ]) asVector
                        Hand: e hand
                        Do: [ all do: [ |:s| outliner subject removeSlot: s name ] ] ).
            }
            {'Category: being dragged\x7fComment: The slots that go with me.'
                draggedSlots = ( outliner slotsOf: category ).
            }
        |).

        slotMorph = (| {} = 'Comment: I show one slot.'.
            parent* = traits columnMorph.

            {'Category: creating\x7fComment: Of a slot in an outliner.'
                copyOf: s In: o = (| m |
                    m: copy.
                    m slot: s.
                    m outliner: o.
                    m look: 'slot'.
                    m at: 'drag' Put: 'slot'.
                    m on: 'menu' Do: [ |:e| m showMenu: e ].
                    m build ).
                build = (
                    row: rowMorph copyLook: 'slot-row'.
                    nameMorph: buttonMorph
                        copyLabel: slot name, (slot isParent ifTrue: '*' False: '')
                        Look: (slot isParent ifTrue: 'icon name parent' False: 'icon name')
                        Do: [ |:e| toggleEditor: e ].
                    nameMorph at: 'open' Put: false.
                    slot comment isEmpty ifFalse: [ nameMorph tip: slot comment ].
                    row addMorph: nameMorph.
                    slot isMethod ifFalse: [ row addMorph: mark. row addMorph: valueButton ].
                    addMorph: row ).
                mark = (
                    (buttonMorph
                        copyLabel: (slot isAssignable ifTrue: '←' False: '=')
                        Look: 'mark'
                        Do: [ |:e| outliner toggleAssignable: slot Event: e ]) label: slot name
                        , (slot isAssignable ifTrue: ' can be assigned' False: ' is constant') ).
                valueButton = (
                    valueMorph: buttonMorph copyLabel: preview Look: 'value' Do: [ |:e|
                        follow: e ].
                    valueMorph ).
                preview = ( outliner brief: slot contents Size: 60 ).
            }
            {'Category: looking\x7fComment: What my slot holds now; an outliner of it, with a line from me to it whose tip can be taken elsewhere.'
                refresh = (
                    valueMorph ifNotNil: [ slot exists ifTrue: [ valueMorph text: preview ] ].
                    self ).
                follow: e = (| o. w |
                    w: ui_manager world.
                    o: ui_manager outline: slot value Event: e.
                    (w parts anySatisfy: [ |:m|
                        (m kind = 'line') && [ (m source == self) && [ m destination == o ] ] ]) ifFalse: [
                        w addMorph: (arrowMorph copyFrom: self To: o) ].
                    self ).
            }
            {'Category: editing\x7fComment: A method as it is written, or the expression for a value: opened where I stand, closed again.'
                toggleEditor: e = (
                    editor ifNil: [ openEditor: e ] IfNotNil: [ closeEditor ].
                    self ).
                openEditor: e = (
                    editor: editorMorph copyText: editedText Accept: [ |:f| accept: f ].
                    editor at: 'code' Put: true.
                    editor label: (slot isMethod ifTrue: 'Method ' False: 'Value of '), slot name.
                    editor
                        at: 'actions'
                        Put: (('accept' & 'Accept') asVector & ('cancel' & 'Cancel') asVector)
                            asVector.
                    editor on: 'cancel' Do: [ |:f| closeEditor ].
                    editor at: 'focus' Put: (e hand isNil ifTrue: true False: [ e hand oid ]).
                    nameMorph at: 'open' Put: true.
                    addMorph: editor ).
                closeEditor = (
                    editor ifNotNil: [ |:m| m remove ].
                    editor: nil.
                    nameMorph at: 'open' Put: false.
                    self ).
                editedText = (
                    slot isMethod
                        ifTrue: [
                            (fileOut signatureOf: slot), ' = '
                                , (dedented: (fileOut methodText: slot)) ]
                        False: [ slot contents reflectee storeStringIfFail: '' ] ).
                dedented: text = (| lines. least |
                    lines: (text splitOn: '\n') asVector.
                    lines do: [ |:l. :i|
                        (i > 0) && [ l trim isEmpty not ] ifTrue: [ | n |
                            n: l size - l trimLeft size.
                            (least isNil || [ n < least ]) ifTrue: [ least: n ] ] ].
                    (least isNil || [ least <= 4 ]) ifTrue: [ ^ text ].
                    (lines mapBy: [ |:l. :i|
                        (i = 0) || [ l size < (least - 4) ] ifTrue: [ l ] False: [
                            l copyFrom: least - 4 ] ]) joinedWith: '\n' ).
                accept: e = (
                    editor typed: e.
                    slot isMethod ifTrue: [ acceptMethod: e ] False: [ acceptValue: e ] ).
                acceptMethod: e = (
                    outliner
                        accept: e text
                        Annotation: slot annotation
                        Editor: editor
                        Event: e
                        Done: [ closeEditor ] ).
                acceptValue: e = (| v |
                    parser mirrorFrom: e text IfFail: [ |:c|
                        editor problem: c message Line: c errorLine Column: c errorColumn.
                        ^ self ].
                    v: outliner subject evaluate: e text.
                    outliner set: slot To: v Event: e.
                    closeEditor ).
            }
            {'Category: menus\x7fComment: What can be done with a slot.'
                showMenu: e = (
                    ui_manager
                        menu: ((('Edit' -> [ |:f| editor ifNil: [ openEditor: f ] ])
                            & ('Rename' -> [ |:f| beginRenaming: f ])
                            & ('Constant or assignable' -> [ |:f|
                                    outliner toggleAssignable: slot Event: f ])
                            & ('Senders' -> [ |:f| ui_manager showSendersOf: slot name Event: f ])
                            & ('Implementors' -> [ |:f|
                                    ui_manager showImplementorsOf: slot name Event: f ])
                            & ('Comment' -> [ |:f|
                                    ask: 'Comment of ', slot name
                                        Text: slot comment
                                        Label: 'Accept'
                                        Event: f
                                        Do: [ |:t. :g|
                                            outliner annotate: slot Event: g Do: [
                                                slot comment: t ] ] ])
                            & ('Category' -> [ |:f|
                                    ask: 'Category of ', slot name
                                        Text: slot category
                                        Label: 'Accept'
                                        Event: f
                                        Do: [ |:t. :g|
                                            outliner annotate: slot Event: g Do: [
                                                slot category: t trim ] ] ])
                            & ('Remove' -> [ |:f| outliner removeSlot: slot Event: f ])) asList)
                        At: e position
                        Hand: e hand
                        Label: 'Menu of the slot ', slot name ).
                beginRenaming: e = (
                    ask: 'New name of ', slot name Text: slot name Label: 'Rename' Event: e Do: [ |
                        :t.
                        :f
                        |
                        outliner rename: slot To: t trim Event: f ] ).
                ask: words Text: t Label: l Event: e Do: b = (| ed |
                    ed: editorMorph copyText: t Accept: [ |:f|
                        f morph remove.
                        b value: f text With: f ].
                    ed label: words.
                    ed
                        at: 'actions'
                        Put: (('accept' & l) asVector & ('cancel' & 'Cancel') asVector) asVector.
                    ed on: 'cancel' Do: [ |:f| f morph remove ].
                    ed at: 'focus' Put: e hand oid.
                    addMorph: ed ).
            }
            {'Category: being dragged\x7fComment: The slots that go with me.'
                draggedSlots = ( vector copySize: 1 FillingWith: slot ).
            }
        |).

        arrowMorph = (| {} = 'Comment: I go from a slot to the outliner of what it holds. Whoever takes my tip elsewhere changes the slot.'.
            parent* = traits connectorMorph.

            {'Category: handling events\x7fComment: My tip was taken to another object.'
                retarget: e = (| o |
                    o: e target.
                    o isNil || [ (o understands: 'subject') not ] ifTrue: [ ^ self ].
                    source outliner set: source slot To: o subject reflectee Event: e.
                    to: o ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of what stands in outliners.'
        categoryMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of categories in outliners.'.
            parent* = traits categoryMorph.

            {'Category: parts\x7fComment: Which one, of which outliner; my head and my slots.'
                category <- ''.
                outliner.
                fold.
                rows.
            }
        |).
        slotMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of slots in outliners.'.
            parent* = traits slotMorph.

            {'Category: parts\x7fComment: Which one, of which outliner; what shows it.'
                slot.
                outliner.
                row.
                nameMorph.
                valueMorph.
                editor.
            }
        |).
        arrowMorph = connectorMorph copy _AddSlots: (| {} = 'Comment: The prototype of lines from slots to what they hold.'.
            parent* = traits arrowMorph.
        |).
    }
|)

traits uvmMorph _AddSlots: (|
    {'Category: slots\x7fComment: The morph of one of them.'
        morphOf: s = (| m | m: slotMorph copyOf: s In: self. slotMorphs at: s name Put: m. m ).
    }
    {'Category: changing the object\x7fComment: What a slot holds; whether it can be assigned; its name; whether it is there.'
        set: s To: v Event: e = (| old |
            old: s value.
            put: v In: s.
            e hand did: 'changing ', s name Undo: [ put: old In: s. refresh ] Redo: [
                put: v In: s.
                refresh ].
            refresh ).
        put: v In: s = (
            s isAssignable ifTrue: [ subject reflectee perform: s name, ':' With: v ] False: [
                subject at: s name PutContents: (reflect: v) ].
            self ).
        toggleAssignable: s Event: e = (| names |
            s isMethod ifTrue: [ ^ e hand say: 'a method is always constant' ].
            names: (s name & (s name, ':')) asVector.
            change: 'changing the kind of ', s name
                Names: (vector copySize: 1 FillingWith: s name)
                Hand: e hand
                Do: [
                    s isAssignable ifTrue: [ makeConstant: s name ] False: [
                        makeAssignable: s name ] ].
            showSlots ).
        makeConstant: n = (| c. p. a |
            c: subject contentsAt: n.
            p: subject isParentAt: n.
            a: subject annotationAt: n.
            subject removeSlot: n.
            subject define: (subject copyAt: n Put: c IsParent: p Annotation: a IfFail: raiseError) ).
        makeAssignable: n = (| c. p. a. new |
            c: subject contentsAt: n.
            p: subject isParentAt: n.
            a: subject annotationAt: n.
            new: reflect: (parser objectFrom: '| ', n, ' <- nil |').
            subject removeSlot: n.
            subject addSlot: (new at: n).
            subject define: (subject copyAt: n Put: c IsParent: p Annotation: a IfFail: raiseError) ).
        rename: s To: n Event: e = (| old |
            n = s name ifTrue: [ ^ self ].
            (parser isLegal: '| ', (n replaceAll: ':' With: ''), ' |') ifFalse: [
                ^ e hand say: n printString, ' is no name of a slot' ].
            (subject includesName: n) ifTrue: [ ^ e hand say: 'there is a slot ', n, ' already' ].
            old: s name.
            change: 'renaming ', old, ' to ', n Names: (old & n) asVector Hand: e hand Do: [
                renameSlot: old To: n ].
            showSlots ).
        renameSlot: old To: n = (| isAssignable |
            isAssignable: subject isAssignableAt: old.
            subject define: (subject
                copyAt: n
                Put: (subject contentsAt: old)
                IsParent: (subject isParentAt: old)
                Annotation: (subject annotationAt: old)
                IfFail: raiseError).
            subject removeSlot: old.
            isAssignable ifTrue: [ makeAssignable: n ].
            self ).
        annotate: s Event: e Do: b = (| old |
            old: s annotation.
            b value.
            openCategories add: s category.
            showSlots.
            e hand
                did: 'changing what is said of ', s name
                Undo: [ s annotation: old. showSlots ]
                Redo: [ b value. showSlots ] ).
        removeSlot: s Event: e = (
            change: 'removing ', s name
                Names: (vector copySize: 1 FillingWith: s name)
                Hand: e hand
                Do: [ subject removeSlot: s name ] ).
        addSlotIn: c = (| ed. a |
            a: c isEmpty ifTrue: '' False: [ 'Category: ', c ].
            ed: editorMorph copyText: 'name = ( self )' Accept: nil.
            ed on: 'accept' Do: [ |:e|
                ed typed: e.
                accept: e text Annotation: a Editor: ed Event: e Done: [ ed remove ] ].
            ed at: 'code' Put: true.
            ed label: 'New slot'.
            ed
                at: 'actions'
                Put: (('accept' & 'Accept') asVector & ('cancel' & 'Cancel') asVector) asVector.
            ed on: 'cancel' Do: [ |:e| ed remove ].
            ed at: 'focus' Put: true.
            addMorph: ed At: parts size - 1.
            self ).
    }
    {'Category: handling events\x7fComment: Slots were dropped on me: copied, or moved with Shift.'
        takes = ('drop' & 'menu') asVector.
        drop: e = (| what. all. from |
            what: scene morphOf: (e number: 'what') IfAbsent: [ ^ self ].
            (what understands: 'draggedSlots') ifFalse: [ ^ self ].
            from: what outliner.
            from == self ifTrue: [ ^ self ].
            all: what draggedSlots asVector.
            change: 'copying ', ((all mapBy: [ |:s| s name ]) joinedWith: ', ')
                Names: (all mapBy: [ |:s| s name ])
                Hand: e hand
                Do: [ all do: [ |:s| subject addSlot: s ] ].
            all do: [ |:s| openCategories add: s category ].
            e isShifted ifTrue: [ from removeSlots: all Event: e ].
            showSlots ).
        removeSlots: all Event: e = (
            change: 'moving away ', ((all mapBy: [ |:s| s name ]) joinedWith: ', ')
                Names: (all mapBy: [ |:s| s name ]) asVector
                Hand: e hand
                Do: [ all do: [ |:s| subject removeSlot: s name ] ] ).
        menu: e = ( showMenu: e ).
        showMenu: e = (
            ui_manager
                menu: ((('Add a slot' -> [ addSlotIn: '' ])
                    & ('Parents' -> [ |:f|
                            subject parents do: [ |:m| ui_manager outline: m reflectee Event: f ] ])
                    & ('Children' -> [ |:f| ui_manager showChildrenOf: subject Event: f ])
                    & ('References' -> [ |:f| ui_manager showReferencesTo: subject Event: f ])
                    & ('Refresh' -> [ showSlots ])
                    & ('Unfold all' -> [
                            categories do: [ |:c| openCategories add: c ].
                            showSlots ])
                    & ('Close' -> [ |:f| ui_manager remove: self Hand: f hand ])) asList)
                At: e position
                Hand: e hand
                Label: 'Menu of ', title ).
    }
|)

ui_manager _AddSlots: (|
    {'Category: outliners\x7fComment: The outliner of an object, one in each world; shown beside what a hand did; come into the hand if it pressed for that; of what was dragged out of another.'
        outlinerOn: m IfNew: b = (
            world parts do: [ |:o|
                (o understands: 'isOutlinerOn:') && [ o isOutlinerOn: m ] ifTrue: [
                    o comeToFront.
                    ^ o ] ].
            b value: ((uvmMorph copyOn: m) startStepping: 500) ).
        outline: x Event: e = ( outlinerOn: (reflect: x) IfNew: [ |:o| place: o For: e ] ).
        outline: x InHandFor: e = (| o |
            o: outline: x Event: e.
            (e hand isNotNil && [ (e at: 'pointer') == true ]) ifTrue: [ giveTo: e hand Morph: o ].
            o ).
        giveTo: h Morph: m = ( m at: 'carried' Put: h oid ).
        place: m For: e = ( world place: m For: e At: (placeFor: e) ).
        placeFor: e = (
            (e at: 'besideX') isNil ifTrue: [ ^ world nextPlace + (28 @ 28) ].
            (e number: 'besideX') @ (e number: 'besideY') ).
        dropped: e OnWorld: w = (| what. x |
            what: scene morphOf: (e number: 'what') IfAbsent: [ ^ self ].
            (what understands: 'draggedSlots') ifFalse: [ ^ self ].
            x: ().
            what draggedSlots do: [ |:s| (reflect: x) addSlot: s ].
            w place: ((uvmMorph copyOn: (reflect: x)) startStepping: 500) At: e position ).
    }
    {'Category: searching\x7fComment: Lists of places in the world: who sends, who implements a message, who has an object as a parent.'
        showSendersOf: n Event: e = (
            showSlots: (browser sendersOf: n) Title: 'Senders of ', n Event: e ).
        showImplementorsOf: n Event: e = (
            showSlots: (browser implementorsOf: n) Title: 'Implementors of ', n Event: e ).
        showReferencesTo: m Event: e = (
            showSlots: (browser slotsWhere: [ |:s| s isMethod not && [ s contents = m ] ])
                Title: 'References to ', m name
                Event: e ).
        showChildrenOf: m Event: e = (| found |
            found: list copyRemoveAll.
            browser objectsDo: [ |:c| (c parents includes: m) ifTrue: [ found add: c ] ].
            showList: found
                Title: 'Children of ', m name
                Text: [ |:c| c name ]
                Chosen: [ |:c. :f| outline: c reflectee Event: f ]
                Event: e ).
        showSlots: all Title: t Event: e = (
            showList: all
                Title: t
                Text: [ |:s| s holder name, '  ', s name ]
                Chosen: [ |:s. :f| openSlot: s Event: f ]
                Event: e ).
        openSlot: s Event: e = (| o |
            o: outline: s holder reflectee Event: e.
            o reveal: s name Event: e ).
        showList: all Title: t Text: b Chosen: c Event: e = (
            place: ((toolMorph copyTitle: t) addMorph: (listMorph copyItems: all Text: b Chosen: c))
                For: e ).
    }
|)

traits uvmMorph _AddSlots: (|
    {'Category: testing\x7fComment: Whether I am the outliner of an object.'
        isOutlinerOn: m = ( subject = m ).
    }
    {'Category: slots\x7fComment: Opens a slot by its name, with its category.'
        reveal: n Event: e = (
            openCategories add: (subject at: n IfAbsent: [ ^ self ]) category.
            showSlots.
            slotMorphs at: n IfPresent: [ |:m| m openEditor: e ] IfAbsent: nil.
            self ).
    }
|)
