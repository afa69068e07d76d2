"Files that are run again. A file is a module of the name that it has without folder
and ending, with as much of the folder as tells it from another file of that name; the
slots that it adds carry that name. What it added is remembered here,
and when it is run again the objects that are there are changed where they are:

  methods        are those of the file
  data slots     keep what they hold, unless the file begins with something else now
                 and the slot still held what the file began with before
  literals       stay the objects they are, and get the slots of the new text; so do
                 all their copies
  other slots    that the file had and has no more are removed

The user is told what that came to. `InitialContents: InitializeToExpression: (e)` in
the annotation of a slot says that it begins anew each time."

traits _AddSlots: (|
    {'Category: reflection\x7fComment: Behaviour of one run of a file that was run before, or is run for the first time.'
        moduleRun = (| {} = 'Comment: I add what a file adds, and keep what is there.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a module, with what is known of its last run: entries by object, nil if there was none.'
                copyName: n Before: known = (
                    (((((clone name: n) before: known) entries: identityDictionary copyRemoveAll) added: list
                        copyRemoveAll) changed: list copyRemoveAll) begin ).
                begin = (
                    removed: list copyRemoveAll.
                    kept: list copyRemoveAll.
                    families: identityDictionary copyRemoveAll.
                    beginnings: dictionary copyRemoveAll.
                    before ifNil: [ before: identityDictionary copyRemoveAll. ^ self ].
                    isAgain: true.
                    noteFamilies.
                    self ).
                noteFamilies = (| known |
                    known: before keys asVector.
                    known _CopiesOfEach do: [ |:copies. :i|
                        copies isEmpty ifFalse: [ families at: (known at: i) Put: copies ] ].
                    self ).
            }
            {'Category: adding\x7fComment: Slots to an object; what the file no longer adds is removed at its end.'
                add: slots To: x = (| new |
                    "What the file made itself belongs to the slot that holds it, whatever module that is in."
                    (isOwn: x) ifFalse: [ slots _MarkModule: name ].
                    new: reflect: slots.
                    merge: new Into: (reflect: x) Path: (pathOf: x) IsAdded: true.
                    x ).
                isOwn: x = ( (entries at: x IfAbsent: noEntry) isOwn ).
                end = ( before do: [ |:entry. :x| removeFrom: x Entry: entry ]. self ).
            }
            {'Category: private\x7fComment: Slots into an object that is there. IsAdded: by a statement of their own, not as parts of a literal.'
                merge: new Into: old Path: path IsAdded: b = (| known. mine |
                    known: before at: old reflectee IfAbsent: noEntry.
                    mine: entryFor: old reflectee Path: path.
                    new do: [ |:s. base. said|
                        said: mine slots at: s name IfAbsent: nil.
                        mine slots at: s name Put: (baseFor: s IsAdded: b).
                        base: known slots at: s name IfAbsent: nil.
                        (old includesName: s name)
                            ifFalse: [ noteAll: s. note: s Path: path On: added ]
                            True: [ | u. n |
                                u: old at: s name.
                                n: changed size.
                                (((is: u Said: said Before: base) not) && [
                                        b not || [ base isNotNil || [ isMine: u Like: s ] ] ])
                                    ifTrue: [ update: s From: u Base: base Path: path ]
                                    False: [ noteAll: s. note: s Path: path On: changed ].
                                changed size > n ifTrue: [ remember: u Of: old Path: path ] ] ].
                    b ifFalse: [ mine isOwn: true. removeParts: known Of: old But: new ].
                    old reflectee _AddSlots: new reflectee IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ].
                    giveForm: old reflectee.
                    self ).
                is: u Said: said Before: base = (
                    "What one run says twice is as it says last, unless what is there was there before."
                    said ifNil: [ ^ false ].
                    base isNil || [ (said kind != 'data') || [ u isMethod ] ] ifTrue: [ ^ true ].
                    (digestOf: u) = said value ).
                isMine: u Like: s = ( u module isEmpty not && [ u module = s module ] ).
                giveForm: x = (
                    families at: x IfPresent: [ |:copies|
                        x _GiveFormTo: copies IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ].
                    self ).
                noteAll: s = (
                    (isLiteral: s) ifTrue: [ noteLiteral: s contents Path: s name ].
                    self ).
                noteLiteral: m Path: path = (| mine |
                    mine: entryFor: m reflectee Path: path.
                    mine isOwn: true.
                    m do: [ |:s|
                        mine slots at: s name Put: (baseFor: s IsAdded: false).
                        (isLiteral: s) ifTrue: [ noteLiteral: s contents Path: path, ' ', s name ] ].
                    self ).
                isLiteral: s = (
                    s contents isReflecteeSlots && [ s contents reflectee _IsLiteralOfScript ] ).
            }
            {'Category: private\x7fComment: A slot that is there already: what becomes of what it holds.'
                update: s From: u Base: base Path: path = (
                    s isMethod ifTrue: [ ^ updateMethod: s From: u Path: path ].
                    (isLiteral: s) ifTrue: [
                        (u isMethod not && [ mayStay: u Base: base ]) ifTrue: [
                            merge: s contents
                                Into: u contents
                                Path: (below: path Name: s name)
                                IsAdded: false.
                            s contents: u contents.
                            ^ self ].
                        noteAll: s.
                        ^ note: s Path: path On: changed ].
                    u isMethod ifTrue: [ ^ note: s Path: path On: changed ].
                    updateData: s From: u Base: base Path: path ).
                mayStay: u Base: base = (
                    u contents isReflecteeSlots && [
                            base isNil || [ before includesKey: u contents reflectee ] ] ).
                updateMethod: s From: u Path: path = (
                    u isMethod ifFalse: [ ^ note: s Path: path Was: u ].
                    ((u source = s source) && [ u annotation = s annotation ]) ifFalse: [
                        note: s Path: path On: changed ].
                    self ).
                updateData: s From: u Base: base Path: path = (| now. place |
                    (u value _Eq: s value) || [ beginsAnew: s ] ifTrue: [ ^ self ].
                    now: digestOf: s.
                    base ifNil: [
                        u isAssignable || [ (isPlain: u) not ] ifTrue: [ ^ keep: u In: s ].
                        ^ note: s Path: path Was: u ].
                    base kind = 'data' ifFalse: [ ^ note: s Path: path Was: u ].
                    "What was said earlier in the file is overruled."
                    place: below: path Name: s name.
                    kept removeWhere: [ |:line| (place, ' keeps ') isPrefixOf: line ].
                    now = base value ifTrue: [ ^ keep: u In: s ].
                    (digestOf: u) = base value ifTrue: [ ^ note: s Path: path On: changed ].
                    (s isAssignable not && [ (isPlain: s) || [ s isParent ] ]) ifTrue: [
                        ^ note: s Path: path Was: u ].
                    kept addLast: place, ' keeps ', (shortly: u), ', the file begins with '
                        , (shortly: s).
                    keep: u In: s ).
                keep: u In: s = ( s contents: u contents. self ).
                beginsAnew: s = ( s annotation includesSubstring: 'InitializeToExpression:' ).
                isPlain: s = ( plainKinds includes: s contents kind ).
                plainKinds = ('smallInt' & 'float' & 'bigInt' & 'string' & 'oddball') asVector.
                shortly: s = (| t |
                    t: s contents safePrintString.
                    t size > 40 ifTrue: [ (t copyFrom: 0 UpTo: 37), '...' ] False: [ t ] ).
            }
            {'Category: private\x7fComment: What the file had before and has no more: parts of a literal, slots added by statements.'
                removeParts: known Of: old But: new = (
                    known slots do: [ |:base. :n|
                        (base isAdded || [ new includesName: n ]) ifFalse: [
                            remove: n From: old Path: known path ] ].
                    self ).
                removeFrom: x Entry: known = (| m. mine. gone <- false |
                    m: reflect: x.
                    mine: entries at: x IfAbsent: noEntry.
                    known slots do: [ |:base. :n|
                        (base isAdded && [ (mine slots includesKey: n) not ]) ifTrue: [
                            ((m includesName: n) && [
                                    ((m at: n) module) = (known isOwn ifTrue: '' False: name) ]) ifTrue: [
                                gone: true.
                                remove: n From: m Path: known path ] ] ].
                    gone ifTrue: [ giveForm: x ].
                    self ).
                remove: n From: m Path: path = (
                    (m includesName: n) ifTrue: [
                        m removeSlot: n.
                        removed addLast: (below: path Name: n) ].
                    self ).
            }
            {'Category: private\x7fComment: What is remembered of a slot: whether it was a method, a literal or data, and a digest of that.'
                entryFor: x Path: path = (
                    entries at: x IfAbsentPut: [
                        (moduleEntry clone path: path) slots: dictionary copyRemoveAll ] ).
                noEntry = ( moduleEntry clone slots: dictionary copyRemoveAll ).
                baseFor: s IsAdded: b = (| base |
                    base: moduleBase clone isAdded: b.
                    s isMethod ifTrue: [ ^ base kind: 'method' ].
                    (isLiteral: s) ifTrue: [ ^ base kind: 'literal' ].
                    (base kind: 'data') value: (digestOf: s) ).
                digestOf: s = (
                    (plainKinds includes: s contents kind)
                        ifTrue: [ s contents safePrintString ]
                        False: [ s value _ContentDigestIfFail: 'unknown' ] ).
            }
            {'Category: private\x7fComment: Paths as users say them.'
                pathOf: x = (
                    (before at: x IfAbsent: noEntry) path isEmpty ifFalse: [
                        ^ (before at: x) path ].
                    (entries includesKey: x) ifTrue: [ ^ (entries at: x) path ].
                    (globals _Eq: x) || [ lobby _Eq: x ] ifTrue: '' False: [ (reflect: x) name ] ).
                below: path Name: n = ( path isEmpty ifTrue: [ n ] False: [ path, ' ', n ] ).
                note: s Path: path Was: u = (
                    isAgain ifTrue: [
                        changed addLast: (below: path Name: s name), ' (was ', (shortly: u), ')' ].
                    self ).
                note: s Path: path On: lines = (
                    isAgain ifTrue: [ | line |
                        line: below: path Name: s name.
                        (lines includes: line) ifFalse: [ lines addLast: line ] ].
                    self ).
            }
            {'Category: private\x7fComment: How a slot was before this run came to it for the first time: what ends as it began is no change.'
                remember: u Of: old Path: path = (
                    beginnings at: (below: path Name: u name) IfAbsentPut: [
                        ((moduleBeginning copy holder: old) name: u name) look: (lookOf: u) ].
                    self ).
                lookOf: s = (
                    s annotation, '\x7f'
                        , (s isMethod ifTrue: [ s source ] False: [ lookOfData: s ]) ).
                lookOfData: s = (
                    (plainKinds includes: s contents kind)
                        ifTrue: [ s contents safePrintString ]
                        False: [ 'object ', s value _IdentityHash printString ] ).
                isAsItWas: line = (| b. path |
                    path: line before: ' (was '.
                    b: beginnings at: path IfAbsent: [ ^ false ].
                    (b holder includesName: b name) ifFalse: [ ^ false ].
                    (lookOf: (b holder at: b name)) = b look ).
            }
            {'Category: telling\x7fComment: What this run came to, in lines; none if nothing changed.'
                report = (| out. parts |
                    out: list copyRemoveAll.
                    changed: changed filterBy: [ |:line| (isAsItWas: line) not ].
                    (added isEmpty && [
                            changed isEmpty && [ removed isEmpty && [ kept isEmpty ] ] ]) ifTrue: [
                        ^ out ].
                    parts: list copyRemoveAll.
                    added isEmpty ifFalse: [ parts addLast: (count: added), ' added' ].
                    changed isEmpty ifFalse: [
                        parts addLast: (parts isEmpty ifTrue: [ count: changed ] False: [
                            changed size printString ]), ' changed' ].
                    removed isEmpty ifFalse: [
                        parts addLast: (parts isEmpty ifTrue: [ count: removed ] False: [
                            removed size printString ]), ' removed' ].
                    kept isEmpty ifFalse: [
                        parts addLast: (parts isEmpty ifTrue: [ count: kept ] False: [
                            kept size printString ]), ' kept' ].
                    out addLast: name, ': ', (parts joinedWith: ', ').
                    list: added Mark: '  + ' On: out.
                    list: changed Mark: '  ~ ' On: out.
                    list: removed Mark: '  - ' On: out.
                    list: kept Mark: '  = ' On: out.
                    out ).
                count: lines = (
                    lines size = 1 ifTrue: '1 slot' False: [ lines size printString, ' slots' ] ).
                list: lines Mark: mark On: out = (
                    lines do: [ |:l. :i|
                        i < 20 ifTrue: [ out addLast: mark, l ].
                        i = 20 ifTrue: [
                            out addLast: mark, 'and ', (lines size - 20) printString, ' more' ] ].
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Prototypes.'
        moduleRun = (| {} = 'Comment: The prototype of runs of files.'.
            parent* = traits moduleRun.
            {'Category: parts\x7fComment: The module; entries of the run before, entries of this one; whether it ran before; copies by prototype; how slots were by path.'
                name <- ''.
                before.
                entries.
                isAgain <- false.
                families.
                beginnings.
            }
            {'Category: parts\x7fComment: Paths of slots, to be told.'
                added.
                changed.
                removed.
                kept.
            }
        |).
        moduleBeginning = (| {} = 'Comment: The prototype of what a slot was like before a run.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: A mirror on whose slot it is, its name, its source or digest with its annotation.'
                holder.
                name <- ''.
                look.
            }
        |).
        moduleEntry = (| {} = 'Comment: The prototype of what is remembered of one object of a module.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: Where it is; what is remembered of its slots, by name; whether the file made it.'
                path <- ''.
                slots.
                isOwn <- false.
            }
        |).
        moduleBase = (| {} = 'Comment: The prototype of what is remembered of one slot of a module.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: method, literal or data; a digest of the data; whether a statement of its own added it.'
                kind <- 'method'.
                value.
                isAdded <- false.
            }
        |).
        modules = (| {} = 'Comment: I know what the files that were run added to the world, and change it when they are run again.'.
            parent* = traits oddball.

            {'Category: sent by the machine\x7fComment: A file that is being read adds slots by a statement of its own; it has been read to its end.'
                addSlots: slots To: x Script: path Number: n = (
                    (runFor: path Number: n) add: slots To: x ).
                scriptEnded: path Number: n = (| key. run |
                    key: keyFor: path Number: n.
                    run: runs at: key IfAbsent: [ | name |
                        "Perhaps it has added slots before, and adds none any more."
                        name: nameFor: path.
                        (known includesKey: name) ifFalse: [ ^ nil ].
                        runFor: path Number: n ].
                    runs removeKey: key IfAbsent: nil.
                    run end.
                    known at: run name Put: run entries.
                    run report do: [ |:line| stderr writeLine: line ].
                    nil ).
            }
            {'Category: asking\x7fComment: Names of the modules whose files were run here; the name of a file\'s module.'
                names = ( known sortedKeys asVector ).
                nameFor: path = (| place. parts. name <- '' |
                    place: path _FilePlaceIfFail: path.
                    parts: (withoutEnding: place) splitOn: '/'.
                    parts reverseDo: [ |:part|
                        name: name isEmpty ifTrue: [ part ] False: [ part, '/', name ].
                        (is: name FreeFor: place) ifTrue: [ ^ name ] ].
                    name ).
                is: name FreeFor: place = (| taken |
                    taken: places at: name IfAbsent: place.
                    (taken = place) || [ (taken _FilePlaceIfFail: '') != taken ] ).
                withoutEnding: path = (
                    ('.self' isSuffixOf: path)
                        ifTrue: [ path copyFrom: 0 UpTo: path size - 5 ]
                        False: [ path ] ).
            }
            {'Category: sent by the world\x7fComment: Slots of something that a statement of a file makes and keeps elsewhere, such as a suite of tests, belong to the module of the file.'
                note: x = (| path |
                    path: x _ScriptOfLiteralIfFail: [ ^ x ].
                    x _MarkModule: (nameFor: path) IfFail: nil.
                    x ).
            }
            {'Category: private\x7fComment: Runs that have not ended yet; entries by module, and where its file was.'
                runFor: path Number: n = (
                    runs at: (keyFor: path Number: n) IfAbsentPut: [ | name |
                        name: nameFor: path.
                        places at: name Put: (path _FilePlaceIfFail: path).
                        moduleRun copyName: name Before: (known at: name IfAbsent: nil) ] ).
                keyFor: path Number: n = ( path, ' ', n printString ).
                runs = ( session at: 'module runs' IfAbsentPut: [ dictionary copyRemoveAll ] ).
                known = (
                    entriesByName ifNil: [ entriesByName: dictionary copyRemoveAll ].
                    entriesByName ).
                places = (
                    placesByName ifNil: [ placesByName: dictionary copyRemoveAll ].
                    placesByName ).
                entriesByName.
                placesByName.
            }
        |).
    }
|)
