"Carpets and core samplers. A carpet lies around several morphs, which are then moved,
joined, copied or removed as one; a core sampler tells which morphs lie beneath its
cross, the innermost first. Where things are on a screen only the screen knows: it
tells which morphs a carpet was laid around, and what is beneath a cross."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of carpets and core samplers.'
        carpetMorph = (| {} = 'Comment: I lie around several morphs, and what is done to me is done to all of them.'.
            parent* = traits morph.

            {'Category: testing\x7fComment: I change the world: not for who may only touch.'
                isTool = true.
                isCarpet = true.
            }
            {'Category: creating\x7fComment: Around morphs, for a hand.'
                copyAround: c Hand: h = (| m |
                    m: copy.
                    m hand: h.
                    m look: 'carpet'.
                    m role: 'group'.
                    m label: 'Selection'.
                    m at: 'for' Put: h oid.
                    m subjects: c asVector.
                    m at: 'carries' Put: (c asVector mapBy: [ |:s| s oid ]).
                    m addTools ).
                addTools = (
                    tool: 'join' Label: 'Join into one' Do: [ |:e| joinIn: morph Event: e ].
                    tool: 'column' Label: 'Join in a column' Do: [ |:e|
                        joinIn: columnMorph Event: e ].
                    tool: 'row' Label: 'Join in a row' Do: [ |:e| joinIn: rowMorph Event: e ].
                    tool: 'duplicate' Label: 'Duplicate' Do: [ |:e| duplicate: e ].
                    tool: 'remove' Label: 'Remove' Do: [ |:e| removeAll: e hand ].
                    self ).
                tool: sign Label: words Do: b = (
                    addMorph: (((buttonMorph copyIcon: sign Look: 'tool-sign' Do: b) label: words) tip: words) ).
            }
            {'Category: place\x7fComment: Where I go, those that I lie around go.'
                moveTo: p = (| by |
                    by: p - position.
                    resend.moveTo: p.
                    (by x = 0) && [ by y = 0 ] ifTrue: [ ^ self ].
                    subjects do: [ |:m| m moveBy: by ].
                    self ).
                with: m = (
                    (subjects includes: m) ifTrue: [ subjects ] False: [
                        subjects, (vector copySize: 1 FillingWith: m) ] ).
            }
            {'Category: changing all\x7fComment: By a hand, which can take it back. Joined they are parts of a new morph, where they were or laid out by it.'
                joinIn: prototype Event: e = (| joint. places. all. w |
                    w: owner.
                    all: inOrderOf: prototype flow.
                    places: all mapBy: [ |:m| m position ].
                    joint: prototype copy look: (prototype flow isNil ifTrue: '' False: 'panel').
                    joint moveTo: (cornerOf: places).
                    remove.
                    put: all In: joint At: places Of: w.
                    e hand
                        did: 'joining ', all size printString, ' morphs'
                        Undo: [
                            joint remove.
                            all do: [ |:m. :i| w addMorph: m. m moveTo: (places at: i) ] ]
                        Redo: [ put: all In: joint At: places Of: w ] ).
                put: all In: joint At: places Of: w = (
                    all do: [ |:m. :i|
                        joint addMorph: m.
                        m moveTo: (places at: i) - joint position ].
                    w addMorph: joint ).
                cornerOf: places = (| c |
                    c: places first.
                    places do: [ |:p| c: (c x min: p x) @ (c y min: p y) ].
                    c ).
                inOrderOf: flow = (
                    flow = 'row' ifTrue: [ ^ subjects copySortedBy: [ |:a. :b| a x < b x ] ].
                    flow = 'column' ifTrue: [ ^ subjects copySortedBy: [ |:a. :b| a y < b y ] ].
                    subjects ).
                duplicate: e = (| all. w |
                    w: owner.
                    all: subjects mapBy: [ |:m| m copyWithParts moveTo: m position + (24 @ 24) ].
                    all do: [ |:m| w addMorph: m ].
                    e hand
                        did: 'duplicating ', all size printString, ' morphs'
                        Undo: [ all do: [ |:m| m remove ] ]
                        Redo: [ all do: [ |:m| w addMorph: m ] ].
                    remove.
                    w addMorph: (carpetMorph copyAround: all Hand: e hand) ).
                removeAll: h = (| all. w |
                    w: owner.
                    all: subjects.
                    remove.
                    all do: [ |:m| m remove ].
                    h ifNotNil: [
                        h
                            did: 'removing ', all size printString, ' morphs'
                            Undo: [ all do: [ |:m| w addMorph: m ] ]
                            Redo: [ all do: [ |:m| m remove ] ] ].
                    self ).
            }
            {'Category: being told about\x7fComment: As a carpet.'
                kind = 'carpet'.
            }
        |).

        coreSamplerMorph = (| {} = 'Comment: I tell which morphs lie beneath my cross.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: With a cross and a list.'
                copyReady = ( ((copyTitle: 'Core sampler') width: 260) build ).
                build = (
                    at: 'samples' Put: true.
                    addMorph: ((rowMorph copyLook: 'wrap') addAllMorphs: ((((buttonMorph
                        copyIcon: 'core'
                        Look: 'cross'
                        Do: [ |:e| e hand say: 'move me: what lies beneath the cross is listed' ]) label: 'Cross')
                        & (textMorph
                            copyText: 'beneath the cross, innermost first'
                            Look: 'quiet small')) asVector)).
                    lines: listMorph copyItems: vector Text: [ |:m| textOf: m ] Chosen: [ |:m. :e|
                        ui_manager outline: m Event: e ].
                    lines label: 'Beneath the cross'.
                    addMorph: lines.
                    self ).
                textOf: m = (| n |
                    m isWorld ifTrue: [ ^ 'the world' ].
                    n: (reflect: m) nameInARoom.
                    n isEmpty ifTrue: [ n: (reflect: m) name ].
                    n, (m text isEmpty ifTrue: '' False: [ '  ', ((m text splitOn: '\n') at: 0) ]) ).
            }
            {'Category: handling events\x7fComment: What lies there now, by the numbers of morphs.'
                takes = vector copySize: 1 FillingWith: 'sampled'.
                sampled: e = (| all |
                    all: list copyRemoveAll.
                    (e numbers: 'of') do: [ |:n|
                        (scene morphOf: n IfAbsent: nil) ifNotNil: [ |:m| all add: m ] ].
                    lines items: all ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of carpets and core samplers.'
        carpetMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of carpets.'.
            parent* = traits carpetMorph.

            {'Category: parts\x7fComment: The morphs that I lie around; for which hand.'
                subjects <- vector.
                hand.
            }
        |).
        coreSamplerMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of core samplers.'.
            parent* = traits coreSamplerMorph.

            {'Category: parts\x7fComment: What lies beneath, as lines.'
                lines.
            }
        |).
    }
|)

traits morphEvent _AddSlots: (|
    {'Category: accessing\x7fComment: Numbers that it tells, none if it tells no such.'
        numbers: k = (| all |
            all: at: k.
            (all isNotNil && [ all isString not && [ all isNumber not ] ]) ifFalse: [ ^ vector ].
            all asVector filterBy: [ |:n| n isNumber ] ).
    }
|)

traits morph _AddSlots: (|
    {'Category: testing\x7fComment: Whether I am there only for a hand, around other morphs.'
        isCarpet = false.
    }
|)

traits worldMorph _AddSlots: (|
    {'Category: handling events\x7fComment: A carpet was laid around morphs of mine.'
        carpet: e = (| all |
            all: ((e numbers: 'of') mapBy: [ |:n| scene morphOf: n IfAbsent: nil ]) filterBy: [ |
                :m
                |
                m isNotNil && [ m owner == self ] ].
            select: all Hand: e hand ).
        select: all Hand: h = (
            h away.
            h dropCarpet.
            all isEmpty ifTrue: [ ^ self ].
            addMorph: (carpetMorph copyAround: all Hand: h) ).
        selectable = (
            parts asVector filterBy: [ |:m|
                (m isCarpet || [
                        ((m at: 'fixed') == true) || [
                                ('hand' & 'halo' & 'line') asVector includes: m kind ] ]) not && [
                        m look != 'menu' ] ] ).
        selectionOf: h = (
            parts
                findFirst: [ |:m| m isCarpet && [ m hand == h ] ]
                IfPresent: [ |:m| m ]
                IfAbsent: nil ).
        select: m With: h = (| c |
            c: selectionOf: h.
            select: (c isNil ifTrue: [ vector copySize: 1 FillingWith: m ] False: [ c with: m ])
                Hand: h ).
    }
|)

ui_manager _AddSlots: (|
    {'Category: selecting\x7fComment: The morph on the world that another one stands in comes to what a hand has selected.'
        selectTopOf: m Hand: h = (
            world select: (m firstAbove: [ |:p| p owner isNil || [ p owner isWorld ] ]) With: h ).
        selectAll: h = ( world select: world selectable Hand: h ).
    }
|)
