"What the screens show: the difference between what they were told and what is. Morphs
note that they changed; at most sixty times a second what was noted becomes operations,
and these go to every screen with the number of the revision that they lead to.

  c  number, owner, index, appearance     a morph, made or made anew
  s  number, what changed (nil: no more)  p  number, owner, index    it went elsewhere
  m  number, x, y                         r  number                  it has gone

A screen that lags behind gets no operations but, when it has caught up, each morph that
changed meanwhile, once. Nothing of this is part of a commit: it lives in the session."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of scenes.'
        scene = (| {} = 'Comment: I know what screens were told of the world\'s morphs.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For the morph that is the root; nothing was told of it.'
                copyFor: w = (| s |
                    s: clone.
                    s root: w.
                    s screens: list copyRemoveAll.
                    s told: dictionary copyRemoveAll.
                    s forgetNotes.
                    s ).
                forgetNotes = (
                    changed: dictionary copyRemoveAll.
                    moved: dictionary copyRemoveAll.
                    shuffled: dictionary copyRemoveAll.
                    gone: list copyRemoveAll.
                    self ).
            }
            {'Category: noting\x7fComment: Sent by morphs that stand in the world.'
                noteChanged: m = ( changed at: m oid Put: m. beDue ).
                noteMoved: m = ( moved at: m oid Put: m. beDue ).
                noteParts: m = ( shuffled at: m oid Put: m. beDue ).
                noteGone: m = ( m allDo: [ |:p| gone add: p oid ]. beDue ).
                beDue = (| p |
                    isDue ifTrue: [ ^ self ].
                    isDue: true.
                    p: [ sendWhenDue ] newProcess.
                    p name: 'screens'.
                    p state isTransient: true.
                    p start.
                    self ).
                isQuiet = ( isDue not ).
            }
            {'Category: sending\x7fComment: In a process of its own: not before a frame\'s time is over since the last sending.'
                sendWhenDue = (| wait |
                    wait: (latest + frame) - time milliseconds.
                    wait > 0 ifTrue: [ process sleep: wait ].
                    flush ).
                flush = (
                    process atomically: [ | ops |
                        isDue: false.
                        latest: time milliseconds.
                        dropGone.
                        ops: list copyRemoveAll.
                        gatherIn: ops.
                        ops isEmpty ifFalse: [
                            revision: revision + 1.
                            screens do: [ |:s| s tell: ops Of: self ] ] ].
                    self ).
                frame = 16.
                dropGone = (| left |
                    left: screens filterBy: [ |:s| s client isGone ].
                    left isEmpty ifTrue: [ ^ self ].
                    screens: screens filterBy: [ |:s| s client isGone not ].
                    left do: [ |:s| s left ] ).
            }
            {'Category: finding differences\x7fComment: What was noted, as operations: who came or went elsewhere, who changed, who moved, who has gone.'
                gatherIn: ops = (| c. m. s. g |
                    c: changed.
                    m: moved.
                    s: shuffled.
                    g: gone.
                    forgetNotes.
                    s do: [ |:morph| parts: morph In: ops ].
                    c do: [ |:morph| change: morph In: ops ].
                    m do: [ |:morph| move: morph In: ops ].
                    g do: [ |:oid| forget: oid In: ops ] ).
                parts: m In: ops = (| t. now |
                    t: told at: m oid IfAbsent: [ ^ self ].
                    now: (shownPartsOf: m) mapBy: [ |:p| p oid ].
                    t order: (t order filterBy: [ |:oid| now includes: oid ]).
                    (shownPartsOf: m) do: [ |:p. :i|
                        (((i + 1) < t order size) && [ (t order at: i + 1) = p oid ]) ifTrue: [
                            t order removeKey: i ].
                        (i < t order size) && [ (t order at: i) = p oid ] ifFalse: [
                            place: p At: i Told: t In: ops ] ] ).
                shownPartsOf: m = ( m parts asVector filterBy: [ |:p| p isShown ] ).
                place: p At: i Told: t In: ops = (| known |
                    t order remove: p oid IfAbsent: nil.
                    t order insert: p oid At: i.
                    known: told at: p oid IfAbsent: nil.
                    known ifNil: [ create: p At: i In: ops ] IfNotNil: [
                        known owner = t morph oid ifFalse: [
                            told
                                at: known owner
                                IfPresent: [ |:o| o order remove: p oid IfAbsent: nil ]
                                IfAbsent: nil.
                            known owner: t morph oid.
                            noteChanged: p ].
                        ops add: ('p' & (p oid) & (t morph oid) & i) asVector ] ).
                create: m At: i In: ops = (| t |
                    t: toldMorph copyFor: m.
                    told at: m oid Put: t.
                    ops add: (creationOf: t At: i).
                    (shownPartsOf: m) do: [ |:p. :j|
                        (told includesKey: p oid)
                            ifTrue: [ place: p At: j Told: t In: ops ]
                            False: [ t order addLast: p oid. create: p At: j In: ops ] ] ).
                creationOf: t At: i = (| v |
                    v: vector copySize: 5 FillingWith: 'c'.
                    v at: 1 Put: t morph oid.
                    v at: 2 Put: t owner.
                    v at: 3 Put: i.
                    v at: 4 Put: t appearance.
                    v ).
                change: m In: ops = (| t. now. difference |
                    t: told at: m oid IfAbsent: [ ^ self ].
                    now: toldMorph appearanceOf: m.
                    difference: t differenceTo: now.
                    difference isEmpty ifTrue: [ ^ self ].
                    t appearance: now.
                    ops add: ('s' & (m oid) & difference) asVector ).
                move: m In: ops = (| t |
                    m isInFlow ifTrue: [ ^ self ].
                    t: told at: m oid IfAbsent: [ ^ self ].
                    ((t appearance at: 'x' IfAbsent: nil) = m x) && [
                            (t appearance at: 'y' IfAbsent: nil) = m y ] ifTrue: [ ^ self ].
                    t appearance at: 'x' Put: m x.
                    t appearance at: 'y' Put: m y.
                    ops add: (moveOf: m) ).
                moveOf: m = (| v |
                    v: vector copySize: 4 FillingWith: 'm'.
                    v at: 1 Put: m oid.
                    v at: 2 Put: m x.
                    v at: 3 Put: m y.
                    v ).
                forget: oid In: ops = (| t |
                    t: told at: oid IfAbsent: [ ^ self ].
                    told removeKey: oid.
                    told
                        at: t owner
                        IfPresent: [ |:o| o order remove: oid IfAbsent: nil ]
                        IfAbsent: nil.
                    ops add: ('r' & oid) asVector ).
            }
            {'Category: telling all\x7fComment: Everything that was told, as operations that make it, after telling what is new.'
                wholeFrom: t At: i In: ops = (
                    ops add: (creationOf: t At: i).
                    t order do: [ |:oid. :j|
                        told at: oid IfPresent: [ |:p| wholeFrom: p At: j In: ops ] IfAbsent: nil ].
                    ops ).
                whole = (
                    (told includesKey: root oid) ifFalse: [
                        create: root At: 0 In: list copyRemoveAll ].
                    flush.
                    wholeFrom: (told at: root oid) At: 0 In: list copyRemoveAll ).
                allOf: oid In: ops = (| t |
                    t: told at: oid IfAbsent: [ ^ ops add: ('r' & oid) asVector ].
                    ops add: (creationOf: t At: (indexOf: t)) ).
                indexOf: t = (| o |
                    o: told at: t owner IfAbsent: [ ^ 0 ].
                    (o order keyAt: t morph oid IfAbsent: 0) max: 0 ).
            }
            {'Category: screens\x7fComment: One more; the one of a client; the morph that a number means, if it is still there.'
                open: s = ( screens add: s. self ).
                screenOf: client IfAbsent: a = (
                    screens do: [ |:s| s client == client ifTrue: [ ^ s ] ].
                    a value ).
                morphOf: oid IfAbsent: a = ( (told at: oid IfAbsent: [ ^ a value ]) morph ).
                isWatched = ( dropGone. screens isEmpty not ).
            }
        |).

        toldMorph = (| {} = 'Comment: I am what screens were told of one morph.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: As it is now; parts are told of after it.'
                copyFor: m = (
                    (((clone morph: m) appearance: (appearanceOf: m)) order: list copyRemoveAll) owner: (m
                        owner isNil ifTrue: 0 False: [ m owner oid ]) ).
                appearanceOf: m = (
                    [ m appearance ] on: errors any Do: [ |:e| e return: (broken: e) ] ).
                broken: e = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'kind' Put: 'text'.
                    d at: 'look' Put: 'broken'.
                    d at: 'text' Put: e messageText.
                    d ).
            }
            {'Category: comparing\x7fComment: What is new or another; nil for what is no more.'
                differenceTo: now = (| d |
                    d: dictionary copyRemoveAll.
                    now do: [ |:v. :k|
                        ((appearance includesKey: k) && [ (appearance at: k) = v ]) ifFalse: [
                            d at: k Put: v ] ].
                    appearance keysDo: [ |:k| (now includesKey: k) ifFalse: [ d at: k Put: nil ] ].
                    d ).
            }
        |).

        noScene = (| {} = 'Comment: I stand for the scene while nobody looks: nothing needs to be noted.'.
            parent* = traits oddball.

            {'Category: noting\x7fComment: In vain.'
                noteChanged: m = ( self ).
                noteMoved: m = ( self ).
                noteParts: m = ( self ).
                noteGone: m = ( self ).
                isWatched = false.
                isQuiet = true.
                flush = ( self ).
                screens = ( list copyRemoveAll ).
                morphOf: oid IfAbsent: a = ( a value ).
                screenOf: c IfAbsent: a = ( a value ).
            }
        |).
    }
|)

traits morph _AddSlots: (|
    {'Category: being shown\x7fComment: What the screens of this session show.'
        scene = ( session at: 'scene' IfAbsent: [ traits noScene ] ).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of scenes and of what was told of a morph.'
        scene = (| {} = 'Comment: The prototype of scenes.'.
            parent* = traits scene.

            {'Category: parts\x7fComment: The world that is shown, on which screens; what they were told, by number of morph; what was noted since; the latest revision, when it was sent, whether the next one is on its way.'
                root.
                screens.
                told.
                changed.
                moved.
                shuffled.
                gone.
                revision <- 0.
                latest <- 0.
                isDue <- false.
            }
        |).
        toldMorph = (| {} = 'Comment: The prototype of what was told.'.
            parent* = traits toldMorph.

            {'Category: parts\x7fComment: Of whom, what, whose part it was, and its parts\' numbers in order.'
                morph.
                appearance.
                owner <- 0.
                order.
            }
        |).
    }
|)
