"Outliners: objects as one sees and changes them. There is one of each object in a world.
Its slots stand in their categories with their values; methods open where they stand;
at the foot code is evaluated for the object.

  x display_yourself      ui_manager outlinerOn: (reflect: x)"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of outliners.'
        uvmMorph = (| {} = 'Comment: I show an object, and change it.'.
            parent* = traits columnMorph.

            {'Category: testing\x7fComment: I change the world: not for who may only touch.'
                isTool = true.
            }
            {'Category: creating\x7fComment: On an object, given as a mirror.'
                copyOn: m = (| o |
                    o: copy.
                    o subject: m.
                    o openCategories: set copyRemoveAll.
                    o slotMorphs: dictionary copyRemoveAll.
                    o build ).
                build = (
                    look: 'panel outliner'.
                    role: 'region'.
                    label: 'Outliner of ', title.
                    at: 'accepts' Put: 'slot category object'.
                    addMorph: head.
                    subject comment isEmpty ifFalse: [
                        addMorph: (textMorph copyText: subject comment Look: 'comment') ].
                    subject isReflecteeString && [ subject reflectee size > 40 ] ifTrue: [
                        addMorph: (textMorph
                            copyText: (subject reflectee
                                copyFrom: 0
                                UpTo: (subject reflectee size min: 4000))
                            Look: 'mono source') ].
                    body: columnMorph copyLook: 'body'.
                    body role: 'group'.
                    body label: 'Slots'.
                    addMorph: body.
                    addMorph: foot.
                    groupSlots.
                    shownNames size <= fewSlots ifTrue: [
                        categories do: [ |:c| openCategories add: c ] ].
                    showGroups ).
                fewSlots = 14.
                isPlainValue = (
                    subject isReflecteeString || [
                            subject isReflecteeInteger || [ subject isReflecteeFloat ] ] ).
                title = (| n |
                    isPlainValue ifTrue: [ ^ brief: subject Size: 40 ].
                    n: subject nameInARoom.
                    n isEmpty ifTrue: [ n: subject name ].
                    n size > 60 ifTrue: [ (n copyFrom: 0 UpTo: 60), '…' ] False: [ n ] ).
                head = (
                    (rowMorph copyLook: 'head kind-', kindOfSubject) addAllMorphs: ((((buttonMorph
                        copyIcon: 'fold'
                        Look: 'icon'
                        Do: [ |:e| toggleCollapsed ]) label: 'Fold ', title)
                        & (((textMorph copyText: title Look: 'title') role: 'heading')
                            at: 'level'
                            Put: '2')
                        & ((buttonMorph copyIcon: 'more' Look: 'icon' Do: [ |:e| showMenu: e ]) label: 'Menu of '
                            , title)
                        & ((buttonMorph copyIcon: 'remove' Look: 'icon' Do: [ |:e|
                            ui_manager remove: self Hand: e hand ]) label: 'Close ', title))
                        asVector) ).
                kindOfSubject = (| k |
                    subject isTraits ifTrue: [ ^ 'traits' ].
                    (subject nameOfWellKnown) ifNotNil: [ ^ 'globals' ].
                    k: subject kind.
                    (k = 'method') || [ k = 'block' ] ifTrue: [ ^ 'method' ].
                    subject isReflecteeString ifTrue: [ ^ 'text' ].
                    subject isReflecteeInteger || [ subject isReflecteeFloat ] ifTrue: [
                        ^ 'number' ].
                    k = 'vector' ifTrue: [ ^ 'list' ].
                    'object' ).
            }
            {'Category: evaluating\x7fComment: The place at the foot where code is evaluated for the object.'
                foot = (
                    evaluator: editorMorph copyText: '' Accept: [ |:e| doIt: e ].
                    evaluator at: 'code' Put: true.
                    evaluator label: 'Code for ', title.
                    evaluator at: 'hint' Put: 'code for this object'.
                    evaluator
                        at: 'actions'
                        Put: (('do' & 'Do It') asVector & ('get' & 'Get It') asVector) asVector.
                    evaluator on: 'do' Do: [ |:e| doIt: e ].
                    evaluator on: 'get' Do: [ |:e| getIt: e ].
                    resultMorph: textMorph copyText: '' Look: 'mono small'.
                    resultMorph role: 'status'.
                    ((columnMorph copyLook: 'foot') addMorph: evaluator) addMorph: resultMorph ).
                doIt: e = (| v |
                    v: valueOf: e IfFail: [ ^ self ].
                    resultMorph text: '⇒ ', (brief: (reflect: v) Size: 500).
                    refresh ).
                getIt: e = (| v |
                    v: valueOf: e IfFail: [ ^ self ].
                    resultMorph text: ''.
                    ui_manager outline: v InHandFor: e.
                    refresh ).
                valueOf: e IfFail: a = (
                    evaluator typed: e.
                    evaluator clearProblem.
                    e text trim isEmpty ifTrue: [ ^ a value ].
                    parser mirrorFrom: e text IfFail: [ |:c|
                        evaluator problem: c message Line: c errorLine Column: c errorColumn.
                        resultMorph text: c printString.
                        ^ a value ].
                    resultMorph text: '…'.
                    subject evaluate: e text ).
            }
            {'Category: slots\x7fComment: In their categories, those without one first. Categories are made when they are opened, and of many slots a page at a time.'
                categories = ( groups keys asVector copySort ).
                slotsOf: c = ( groups at: c IfAbsent: [ list copyRemoveAll ] ).
                groupSlots = (| known. a. c. latest |
                    shownNames: subject allNames.
                    groups: dictionary copyRemoveAll.
                    known: dictionary copyRemoveAll.
                    subject do: [ |:s. b|
                        b: s annotation.
                        latest isNotNil && [ b == a ] ifFalse: [
                            a: b.
                            c: known at: a IfAbsentPut: [ s category ].
                            latest: groups at: c IfAbsentPut: [ list copyRemoveAll ] ].
                        latest add: s ].
                    self ).
                showSlots = ( groupSlots. showGroups ).
                showGroups = (
                    body removeAllMorphs.
                    slotMorphs: dictionary copyRemoveAll.
                    categories do: [ |:c| body addMorph: (categoryMorph copyOf: c In: self) ].
                    showElements.
                    self ).
                showElements = (
                    subject isReflecteeVector ifTrue: [
                        body addMorph: (listMorph
                            copyItems: (subject reflectee)
                            Text: [ |:x| brief: (reflect: x) Size: 60 ]
                            Chosen: [ |:x. :e| ui_manager outline: x Event: e ]) ].
                    self ).
                isOpen: c = ( c isEmpty || [ openCategories includes: c ] ).
                toggle: c = (
                    (openCategories includes: c) ifTrue: [ openCategories remove: c ] False: [
                        openCategories add: c ].
                    self ).
                page = 30.
            }
            {'Category: slots\x7fComment: Shows what the object is by now. Sent now and then while somebody looks.'
                step = ( ui_manager isAtWork ifFalse: [ refresh ]. self ).
                refresh = (
                    shownNames = subject allNames ifFalse: [ ^ showSlots ].
                    slotMorphs do: [ |:s| s refresh ].
                    self ).
                brief: m Size: n = (| t |
                    t: m safePrintString.
                    t: ((t splitOn: '\n') joinedWith: ' ').
                    t size > n ifTrue: [ (t copyFrom: 0 UpTo: n), '…' ] False: [ t ] ).
            }
            {'Category: changing the object\x7fComment: By a hand, which can take it back: slots as text, under an annotation; one slot with all it has; without one.'
                accept: text Annotation: a Editor: ed Event: e Done: b = (| new |
                    new: parser mirrorFrom: (wrapped: text Annotation: a) IfFail: [ |:c|
                        ed problem: c message Line: c errorLine - 1 Column: c errorColumn.
                        ^ self ].
                    ed clearProblem.
                    change: 'accepting ', (new names joinedWith: ', ')
                        Names: new names
                        Hand: e hand
                        Do: [ subject addSlotsOf: new reflectee ].
                    b value.
                    refresh ).
                wrapped: text Annotation: a = (
                    a isEmpty ifTrue: [ '|\n', text, '\n|' ] False: [
                        '| {', a printString, '\n', text, '\n} |' ] ).
                change: words Names: names Hand: h Do: b = (| before |
                    before: subject cloneReflectee.
                    b value.
                    h did: words Undo: [ restore: names From: before. refresh ] Redo: [
                        b value.
                        refresh ].
                    refresh ).
                restore: names From: before = (
                    names do: [ |:n|
                        (before includesName: n)
                            ifTrue: [ subject addSlot: (before at: n) ]
                            False: [ (subject includesName: n) ifTrue: [ subject removeSlot: n ] ] ] ).
                takeSlot: s Event: e = (
                    change: 'adding ', s name
                        Names: (vector copySize: 1 FillingWith: s name)
                        Hand: e hand
                        Do: [ subject addSlot: s ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of outliners.'
        uvmMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of outliners.'.
            parent* = traits uvmMorph.

            {'Category: parts\x7fComment: A mirror on what I show; where its slots stand, those that are to be seen by name, the names when they were made, which categories are open.'
                subject.
                body.
                slotMorphs.
                shownNames.
                openCategories.
            }
            {'Category: parts\x7fComment: The slots by category, as they were when I was made.'
                groups.
            }
            {'Category: parts\x7fComment: Where code is written, and what came of it.'
                evaluator.
                resultMorph.
            }
        |).
    }
|)

ui_manager _AddSlots: (|
    {'Category: outliners\x7fComment: At most fifty names that begin so: of slots that the object of an outliner has or inherits, or the lobby.'
        namesBeginning: prefix For: oid = (| found. o. m |
            m: reflect: lobby.
            o: scene morphOf: oid IfAbsent: nil.
            o ifNotNil: [
                o: o firstAbove: [ |:p| p understands: 'isOutlinerOn:' ].
                o ifNotNil: [ m: o subject ] ].
            found: set copyRemoveAll.
            addNamesOf: m Beginning: prefix To: found.
            m ancestors do: [ |:a| addNamesOf: a Beginning: prefix To: found ].
            addNamesOf: (reflect: globals) Beginning: prefix To: found.
            found asVector copySort asList copyFrom: 0 UpTo: (found size min: 50) ).
        addNamesOf: m Beginning: prefix To: found = (
            m allNames do: [ |:n| (prefix isPrefixOf: n) ifTrue: [ found add: n ] ].
            self ).
    }
|)
