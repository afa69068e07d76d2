"Morphs: the things that one can see and touch. A morph is an object like any other; it
has a place, an extent, parts, an owner, and answers events. What screens show of it is
its `appearance`: plain data, compared with what they were told before (scene.self).

  ui_manager world addMorph: (boxMorph copy moveTo: 40 @ 30)"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of morphs.'
        morph = (| {} = 'Comment: I am something that can be seen and touched.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: One like me without parts, in nobody\'s hands; one with copies of my parts, a bit aside.'
                copy = (| m |
                    m: clone.
                    m oid: 0.
                    m owner: nil.
                    m parts: vector.
                    extras ifNotNil: [ m extras: extras copy ].
                    handlers ifNotNil: [ m handlers: handlers copy ].
                    m ).
                copyWithParts = (| m |
                    m: copy.
                    parts do: [ |:p| m addMorph: p copyWithParts ].
                    m ).
            }
            {'Category: testing\x7fComment: What I am; whether I stand in the world that screens show.'
                isMorph = true.
                isWorld = false.
                isTool = false.
                isShown = ( oid != 0 ).
                isInFlow = ( owner isNotNil && [ owner flow isNotNil ] ).
            }
            {'Category: parts\x7fComment: Takes another morph in: at the end, or before what stands at an index. It leaves where it was.'
                addMorph: m = ( addMorph: m At: parts size ).
                addMorphFirst: m = ( addMorph: m At: 0 ).
                addMorph: m At: i = (
                    (m == self) || [ hasAbove: m ] ifTrue: [
                        ^ error: 'a morph can\'t be a part of itself' ].
                    m owner ifNotNil: [ |:o| o giveUp: m ].
                    parts isVector ifTrue: [ parts: parts asList ].
                    isShown ifTrue: [ m enterScene ].
                    parts insert: m At: (i min: parts size).
                    m owner: self.
                    isShown ifTrue: [ scene noteParts: self ].
                    self ).
                addAllMorphs: c = ( c do: [ |:m| addMorph: m ]. self ).
                hasAbove: m = (| o |
                    o: owner.
                    [ o isNotNil ] whileTrue: [ o == m ifTrue: [ ^ true ]. o: o owner ].
                    false ).
                giveUp: m = (
                    parts remove: m IfAbsent: [ ^ self ].
                    m owner: nil.
                    isShown ifTrue: [ scene noteParts: self ].
                    self ).
                remove = ( owner ifNotNil: [ |:o| o giveUp: self. leaveScene. gone ]. self ).
                removeAllMorphs = ( parts asVector do: [ |:m| m remove ]. self ).
                gone = ( self ).
                comeToFront = (
                    owner ifNotNil: [ |:o|
                        o parts last == self ifFalse: [
                            o parts remove: self.
                            o parts addLast: self.
                            isShown ifTrue: [ scene noteParts: o ] ] ].
                    self ).
            }
            {'Category: parts\x7fComment: The block for me and all below me; the first above me that the block accepts, nil if none does.'
                allDo: b = ( b value: self. parts do: [ |:p| p allDo: b ]. self ).
                firstAbove: b = (| m |
                    m: self.
                    [ m isNotNil ] whileTrue: [ (b value: m) ifTrue: [ ^ m ]. m: m owner ].
                    nil ).
            }
            {'Category: being shown\x7fComment: I and my parts get numbers by which screens know us, or are forgotten by them.'
                enterScene = (
                    oid = 0 ifTrue: [ oid: ui_manager newOid ].
                    parts do: [ |:p| p enterScene ].
                    self ).
                leaveScene = (
                    oid = 0 ifTrue: [ ^ self ].
                    scene noteGone: self.
                    allDo: [ |:m| m oid: 0 ].
                    self ).
                changed = ( oid = 0 ifFalse: [ scene noteChanged: self ]. self ).
                movedSelf = ( oid = 0 ifFalse: [ scene noteMoved: self ]. self ).
            }
            {'Category: place\x7fComment: Of my upper left corner in my owner; of my extent, where it is not left to the contents (nil).'
                x = ( theX ).
                y = ( theY ).
                position = ( theX @ theY ).
                width = ( theWidth ).
                height = ( theHeight ).
                moveTo: p = (
                    (p x = theX) && [ p y = theY ] ifTrue: [ ^ self ].
                    theX: p x.
                    theY: p y.
                    movedSelf ).
                moveBy: p = ( moveTo: position + p ).
                position: p = ( moveTo: p ).
                width: n = ( theWidth = n ifFalse: [ theWidth: n. changed ]. self ).
                height: n = ( theHeight = n ifFalse: [ theHeight: n. changed ]. self ).
                extent: p = ( width: p x. height: p y ).
            }
            {'Category: looks\x7fComment: The text I show; the kind of look, a word of the style sheet; colours as the web writes them; the rest by name.'
                text = ( theText ).
                text: s = ( theText = s ifFalse: [ theText: s. changed ]. self ).
                look = ( theLook ).
                look: s = ( theLook = s ifFalse: [ theLook: s. changed ]. self ).
                at: k = ( extras isNil ifTrue: nil False: [ extras at: k IfAbsent: nil ] ).
                at: k Put: v = (
                    (at: k) = v ifTrue: [ ^ self ].
                    extras ifNil: [ extras: dictionary copyRemoveAll ].
                    v ifNil: [ extras removeKey: k IfAbsent: nil ] IfNotNil: [
                        extras at: k Put: v ].
                    changed ).
                fill: c = ( at: 'fill' Put: c ).
                ink: c = ( at: 'ink' Put: c ).
                edge: c = ( at: 'edge' Put: c ).
                round: n = ( at: 'round' Put: n ).
                turn: degrees = ( at: 'turn' Put: degrees ).
                fontSize: n = ( at: 'size' Put: n ).
                label: s = ( at: 'label' Put: s ).
                role: s = ( at: 'role' Put: s ).
                tip: s = ( at: 'tip' Put: s ).
                hide = ( at: 'hidden' Put: true ).
                reveal = ( at: 'hidden' Put: nil ).
                isHidden = ( (at: 'hidden') == true ).
            }
            {'Category: layout\x7fComment: How my parts are laid out: in a row, in a column, or nil: each where it says.'
                flow = ( at: 'flow' ).
                flow: s = ( at: 'flow' Put: s ).
                gap: n = ( at: 'gap' Put: n ).
                pad: n = ( at: 'pad' Put: n ).
            }
            {'Category: handling events\x7fComment: What is to be done for an event of a kind: a block that may take the event, or a message to an object.'
                on: k Do: b = (
                    handlers ifNil: [ handlers: dictionary copyRemoveAll ].
                    handlers at: k Put: b.
                    changed ).
                on: k Send: selector To: r = (
                    on: k Do: (message copyReceiver: r Selector: selector canonicalize) ).
                onClick: b = ( on: 'click' Do: b ).
                takes = vector.
                wanted = (| all |
                    all: takes asList.
                    handlers ifNotNil: [
                        handlers keysDo: [ |:k| (all includes: k) ifFalse: [ all add: k ] ] ].
                    all ).
            }
            {'Category: handling events\x7fComment: Sent in a process of the hand that did it: what was set for the kind of event, else the message of that name.'
                handle: e = (
                    handlers ifNotNil: [
                        handlers at: e kind IfPresent: [ |:h| ^ h value: e ] IfAbsent: nil ].
                    selector: e kind, ':' For: e ).
                selector: s For: e = ( (understands: s) ifFalse: [ ^ self ]. perform: s With: e ).
                resized: e = ( extent: (e at: 'w') @ (e at: 'h') ).
                turned: e = ( turn: (e at: 'turn') ).
            }
            {'Category: steps\x7fComment: Begins to send me step every so many milliseconds while somebody looks; ends that.'
                startStepping: ms = ( stepper add: self Every: ms. self ).
                stopStepping = ( stepper remove: self. self ).
                step = ( self ).
            }
            {'Category: being told about\x7fComment: What screens are told of me, beside my parts, as plain data.'
                kind = 'box'.
                appearance = (| d |
                    d: dictionary copyRemoveAll.
                    extras ifNotNil: [ extras do: [ |:v. :k| d at: k Put: v ] ].
                    d at: 'kind' Put: kind.
                    isInFlow ifFalse: [ d at: 'x' Put: theX. d at: 'y' Put: theY ].
                    theWidth ifNotNil: [ d at: 'w' Put: theWidth ].
                    theHeight ifNotNil: [ d at: 'h' Put: theHeight ].
                    theText isEmpty ifFalse: [ d at: 'text' Put: theText ].
                    theLook isEmpty ifFalse: [ d at: 'look' Put: theLook ].
                    wanted isEmpty ifFalse: [ d at: 'on' Put: wanted ].
                    addTo: d.
                    d ).
                addTo: d = ( self ).
            }
            {'Category: printing\x7fComment: What I am and show.'
                statePrintString = ( theText ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototype of morphs: a box without looks.'
        morph = (| {} = 'Comment: The prototype of morphs.'.
            parent* = traits morph.

            {'Category: parts\x7fComment: The number by which screens know me, 0 while I am not shown; whose part I am; my parts in order, the last in front.'
                oid <- 0.
                owner.
                parts <- vector.
            }
            {'Category: parts\x7fComment: Place, extent, text, look, what else screens are told, what is done for events. Set by messages, which tell the screens.'
                theX <- 0.
                theY <- 0.
                theWidth.
                theHeight.
                theText <- ''.
                theLook <- ''.
                extras.
                handlers.
            }
        |).
    }
|)
