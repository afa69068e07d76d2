"The programmer's tools: a browser of the world, the processes; the history of the image, the
mind and the use of the machine have files of their own. All of them are morphs that
can be taken apart."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of browsers and lists of processes.'
        browserMorph = (| {} = 'Comment: I find things in the world.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: With the categories of the world to begin with.'
                copyForWorld = ( ((copyTitle: 'Browser') width: 430) build ).
                build = (
                    field: editorMorph copyText: '' Accept: [ |:e| findNames: e ].
                    field label: 'What to look for'.
                    field
                        at: 'actions'
                        Put: (('accept' & 'Names') asVector & ('senders' & 'Senders') asVector
                            & ('implementors' & 'Implementors') asVector
                            & ('comments' & 'Comments') asVector) asVector.
                    field on: 'senders' Do: [ |:e|
                        found: (browser sendersOf: (wanted: e)) Words: 'senders of ' ].
                    field on: 'implementors' Do: [ |:e|
                        found: (browser implementorsOf: (wanted: e)) Words: 'implementors of ' ].
                    field on: 'comments' Do: [ |:e|
                        found: (browser commentsContaining: (wanted: e)) Words: 'comments with ' ].
                    addMorph: field.
                    told: textMorph copyText: '' Look: 'quiet small'.
                    told role: 'status'.
                    addMorph: told.
                    categories: listMorph copyItems: worldCategories Text: [ |:c| c ] Chosen: [ |
                        :c.
                        :e
                        |
                        showCategory: c ].
                    categories label: 'Categories'.
                    results: listMorph copyItems: vector Text: [ |:s| textOf: s ] Chosen: [ |
                        :s.
                        :e
                        |
                        ui_manager openSlot: s Event: e ].
                    results label: 'Found'.
                    addMorph: (rowMorph copyWith: (categories & results) asVector Look: 'halves').
                    self ).
            }
            {'Category: finding\x7fComment: By what is written in my field.'
                wanted: e = ( field typed: e. e text trim ).
                findNames: e = (
                    found: (browser namesContaining: (wanted: e)) Words: 'names with ' ).
                found: all Words: w = (| sorted |
                    sorted: all asVector copySortedBy: [ |:a. :b| a name < b name ].
                    told text: sorted size printString, ' ', w, field draft trim.
                    results items: sorted ).
                textOf: s = ( s name, '   ', s holder name ).
                worldCategories = (| all |
                    all: set copyRemoveAll.
                    roomsDo: [ |:room|
                        (reflect: room) do: [ |:s|
                            s category isEmpty ifFalse: [ all add: s category ] ] ].
                    all asVector copySort ).
                roomsDo: b = ( b value: globals. b value: traits. b value: mixins. self ).
                showCategory: c = (| all |
                    all: list copyRemoveAll.
                    roomsDo: [ |:room|
                        all addAll: ((reflect: room) slots asList filterBy: [ |:s|
                            s category = c ]) ].
                    told text: all size printString, ' in the category ', c.
                    results items: all ).
            }
        |).

        processesMorph = (| {} = 'Comment: I show the processes of the world as they run.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Looking twice a second.'
                copyLive = ( ((copyTitle: 'Processes') build) startStepping: 500 ).
                build = (
                    lines: columnMorph copyLook: 'list'.
                    lines role: 'group'.
                    lines label: 'Processes'.
                    addMorph: lines.
                    refresh ).
            }
            {'Category: looking\x7fComment: Lines are made anew only if something differs.'
                step = ( ui_manager isAtWork ifFalse: [ refresh ]. self ).
                processes = (
                    scheduler known asVector filterBy: [ |:p|
                        p isGone not && [ (isOfScreen: p) not ] ] ).
                isOfScreen: p = (
                    p hasError not && [
                            (('steps' & 'screens' & 'bridge settler') asVector includes: p name)
                                || [
                                    ('hand of' isPrefixOf: p name) || [
                                            'bridge ' isPrefixOf: p name ] ] ] ).
                refresh = (| all. now |
                    all: processes.
                    now: all mapBy: [ |:p| p listString ].
                    now = shown ifTrue: [ ^ self ].
                    shown: now.
                    lines removeAllMorphs.
                    all isEmpty ifTrue: [
                        lines addMorph: (textMorph
                            copyText: 'none but the screen\'s own'
                            Look: 'quiet') ].
                    all do: [ |:p| lines addMorph: (lineOf: p) ].
                    self ).
                lineOf: p = (
                    (rowMorph copyLook: 'slot-row') addAllMorphs: (((textMorph
                        copyText: p listString
                        Look: 'mono')
                        & ((buttonMorph copyLabel: 'Debug' Do: [ |:e|
                            ui_manager debug: p For: e hand ]) label: 'Debug ', p listString)
                        & ((buttonMorph copyLabel: 'End' Do: [ |:e| p abort. refresh ]) label: 'End '
                            , p listString)) asVector) ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of the programmer\'s tools.'
        browserMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of browsers.'.
            parent* = traits browserMorph.

            {'Category: parts\x7fComment: Where one writes what to look for; what came of it; categories of the world; what was found.'
                field.
                told.
                categories.
                results.
            }
        |).
        processesMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of lists of processes.'.
            parent* = traits processesMorph.

            {'Category: parts\x7fComment: The lines, and what they say.'
                lines.
                shown.
            }
        |).
    }
|)

ui_manager _AddSlots: (|
    {'Category: menus\x7fComment: What the world offers.'
        worldMenu = (
            (('Outliner of the lobby' -> [ |:e| outline: lobby Event: e ])
                & ('Browser' -> [ |:e| tool: browserMorph copyForWorld Event: e ])
                & ('Processes' -> [ |:e| tool: processesMorph copyLive Event: e ])
                & ('History' -> [ |:e| tool: historyMorph copyLive Event: e ])
                & ('Mind' -> [ |:e| tool: mindMorph copyLive Event: e ])
                & ('Performance' -> [ |:e| tool: performanceMorph copyLive Event: e ])
                & ('Health' -> [ |:e| tool: healthMorph copyLive Event: e ])
                & ('Core sampler' -> [ |:e| tool: coreSamplerMorph copyReady Event: e ])
                & ('Make' -> [ |:e| tool: makerMorph copyReady Event: e ])
                & ('Examples' -> [ |:e| examplesMenu: e ]) & ('My name' -> [ |:e| askName: e ])
                & ('Undo' -> [ |:e| e hand undo ]) & ('Redo' -> [ |:e| e hand redo ])) asList ).
        askName: e = (| t. ed |
            t: toolMorph copyTitle: 'My name'.
            ed: editorMorph copyText: e hand name Accept: [ |:f|
                f text trim isEmpty ifFalse: [
                    hands removeKey: f hand name IfAbsent: nil.
                    f hand rename: f text trim.
                    hands at: f hand name Put: f hand.
                    t remove ] ].
            ed label: 'My name'.
            ed at: 'actions' Put: (vector copySize: 1 FillingWith: ('accept' & 'Accept') asVector).
            ed at: 'focus' Put: e hand oid.
            t addMorph: ed.
            tool: t Event: e ).
        tool: m Event: e = ( place: m For: e ).
    }
    {'Category: examples\x7fComment: Small things made of morphs: their sources come with the program and are read when first wanted.'
        examples = ('account' & 'clock' & 'balls' & 'drawing' & 'life') asVector.
        example: n = (
            (examples includes: n) ifFalse: [ ^ error: 'there is no example ', n ].
            ((reflect: globals) includesName: n, 'Example') ifFalse: [
                ('morphic/examples/', n, '.self') _RunScript ].
            ((reflect: globals) contentsAt: n, 'Example') reflectee copyReady ).
        examplesMenu: e = (
            menu: ((examples mapBy: [ |:n| n capitalize -> [ |:f| place: (example: n) For: e ] ])
                    asList)
                At: e position
                Hand: e hand
                Label: 'Examples' ).
    }
|)
