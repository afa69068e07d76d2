"Mirrors: the only way to look at an object rather than ask it. A mirror shows and
changes slots; `reflect: x` gives one. What is not an object of its own (a method,
an activation) is seen through a mirror only. To programs a mirror is a collection:
of the slots of its object, by their names."

traits mirror _AddSlots: (| {} = 'Comment: I show an object without asking it.'.
    parent* = traits collection.

    {'Category: reflectee\x7fComment: The object I am on; whether it is the same as another one\'s; the sort of object it is for the machine.'
        reflectee = ( _MirrorReflecteeIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        reflecteeIfFail: a = ( _MirrorReflecteeIfFail: [ ^ a value ] ).
        isOnSameAs: m = ( _MirrorReflecteeEq: m IfFail: false ).
        reflecteeHash = ( _MirrorReflecteeIdentityHashIfFail: 0 ).
        kind = ( _MirrorKindIfFail: 'slots' ).
        isMirror = true.
        isReflecteeMethod = ( kind = 'method' ).
        isReflecteeBlock = ( kind = 'block' ).
        isReflecteeSlots = ( kind = 'slots' ).
        isReflecteeActivation = ( kind = 'activation' ).
        isReflecteeVector = ( kind = 'vector' ).
        isReflecteeByteVector = ( kind = 'byteVector' ).
        isReflecteeString = (
            (kind = 'string') || [ isReflecteeByteVector && [ reflectee isString ] ] ).
        isReflecteeFloat = ( kind = 'float' ).
        isReflecteeInteger = ( (kind = 'smallInt') || [ kind = 'bigInt' ] ).
        isReflecteeMirror = ( kind = 'mirror' ).
        isReflecteeProcess = ( kind = 'process' ).
        isReflecteeAssignment = ( kind = 'assignment' ).
        isReflecteeVectorish = ( isReflecteeVector || [ isReflecteeByteVector ] ).
        reflecteeEq: m IfFail: a = ( _MirrorReflecteeEq: m IfFail: a ).
        reflecteeIdentityHash = ( reflecteeHash ).
        cloneReflectee = (
            reflect: (reflectee _CloneIfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) ).
    }
    {'Category: reflectee\x7fComment: Whether I am on one of these; mirrors on them know better.'
        isReflecteeBlockMethod = false.
        isReflecteeMethodActivation = false.
        isReflecteeBlockMethodActivation = false.
        isReflecteeProxy = false.
    }
    {'Category: comparing\x7fComment: Mirrors on the same object are equal.'
        = m = ( isMirrorLike: m ).
        isMirrorLike: m = ( _MirrorReflecteeEq: m IfFail: false ).
        hash = ( reflecteeHash ).
    }

    {'Category: slots\x7fComment: Names of slots, without the assignment halves; whether there is one.'
        allNames = ( _MirrorNamesIfFail: vector ).
        names = ( _MirrorSlotNamesIfFail: vector ).
        includesName: n = ( _MirrorHasSlot: n IfFail: [ allNames includes: n ] ).
        includesKey: n = ( includesName: n ).
        keys = ( names asList ).
        size = ( names size ).
        isEmpty = ( size = 0 ).
    }
    {'Category: slots\x7fComment: One slot, whether it is there or not; one that should be there; all slots; those that are parents.'
        at: n = ( slot copyMirror: self Name: n canonicalize ).
        at: n IfAbsent: a = ( (includesName: n) ifTrue: [ at: n ] False: [ a value: n ] ).
        at: n IfFail: a = ( at: n IfAbsent: [ a value: 'there is no slot ', n ] ).
        slotAt: n = ( at: n IfFail: raiseError ).
        slotAt: n IfAbsent: a = ( at: n IfAbsent: a ).
        slots = ( names mapBy: [ |:n| at: n ] ).
        do: b = ( names do: [ |:n| b value: (at: n) With: n ]. self ).
        copyRemoveAll = ( list copyRemoveAll ).
        parents = ( (slots filterBy: [ |:s| s isParent ]) mapBy: [ |:s| s contents ] ).
        parentsDo: b = ( do: [ |:s. :n| s isParent ifTrue: [ b value: s With: n ] ] ).
    }
    {'Category: slots\x7fComment: Mirrors on parents and their parents, each once; whether one of them is on that object.'
        ancestors = ( addAncestorsTo: list copyRemoveAll ).
        addAncestorsTo: found = (
            parents do: [ |:m|
                (found includes: m) ifFalse: [ found addLast: m. m addAncestorsTo: found ] ].
            found ).
        inheritsFrom: m = ( ancestors includes: m ).
    }
    {'Category: slots\x7fComment: Parts of the slot of a name. Contents are mirrors.'
        contentsAt: n = (
            _MirrorContentsAt: n canonicalize IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        contentsAt: n IfFail: a = ( _MirrorContentsAt: n canonicalize IfFail: [ ^ a value ] ).
        isParentAt: n = ( _MirrorIsParentAt: n canonicalize IfFail: false ).
        isAssignableAt: n = ( _MirrorIsAssignableAt: n canonicalize IfFail: false ).
        isArgumentAt: n = ( _MirrorIsArgumentAt: n canonicalize IfFail: false ).
        arguments = ( names asList filterBy: [ |:n| isArgumentAt: n ] ).
        argumentCount = ( arguments size ).
        annotationAt: n = ( textOf: (_MirrorAnnotationAt: n canonicalize IfFail: '') ).
        annotation = ( textOf: (_MirrorAnnotationIfFail: '') ).
        textOf: a = ( a isString ifTrue: [ a ] False: '' ).
        comment = ( (annotationReader copyText: annotation) comment ).
    }

    {'Category: lookup\x7fComment: Mirrors on the objects whose slot a message would find: none, one, or several. Whether it is one.'
        holdersOf: selector = (
            _MirrorLookup: selector canonicalize IfFail: [
                findHoldersOf: selector canonicalize
                    Into: list copyRemoveAll
                    Path: list copyRemoveAll ] ).
        understands: selector = ( (holdersOf: selector) size = 1 ).
        lookup: selector IfFail: a = (| found |
            found: holdersOf: selector.
            found size = 1 ifTrue: [ (found at: 0) at: selector ] False: [ a value ] ).
        lookupKey: selector = ( ((holdersOf: selector) mapBy: [ |:m| m at: selector ]) asSet ).
        lookupSoleSlotNamed: selector = ( (lookupKey: selector) soleElement ).
        findHoldersOf: selector Into: found Path: path = (
            (path anySatisfy: [ |:m| m isOnSameAs: self ]) ifTrue: [ ^ found ].
            (includesName: selector) ifTrue: [
                (found anySatisfy: [ |:m| m isOnSameAs: self ]) ifFalse: [ found add: self ].
                ^ found ].
            path add: self.
            allNames do: [ |:n|
                (isParentAt: n) ifTrue: [
                    (contentsAt: n) findHoldersOf: selector Into: found Path: path ] ].
            path removeLast.
            found ).
    }

    {'Category: changing\x7fComment: Adds slots, given as an object, as slots of other objects, or as the text between the bars of a slot list; removes one, or all. The object keeps its identity.'
        addSlotsOf: x = (
            reflectee _AddSlots: x IfFail: [ |:e. :n| primitiveFailedError: e Name: n ].
            self ).
        addSlots: x = (
            x isString ifTrue: [ ^ addSlotsOf: (parser objectFrom: '| ', x, ' |') ].
            define: (copyAddSlots: x) ).
        addSlotsIfAbsent: c = (
            addSlots: (c asList filterBy: [ |:s| (includesName: s name) not ]) ).
        addSlot: s = ( addSlot: s IfFail: raiseError ).
        addSlot: s IfFail: a = (
            define: (copyAddSlot: s IfFail: [ |:e. :n| ^ a value: e With: n ]) ).
        at: n PutContents: m = ( at: n PutContents: m IfFail: raiseError ).
        at: n PutContents: m IfFail: a = (
            define: (copyAt: n PutContents: m IfFail: [ |:e. :p| ^ a value: e With: p ]) ).
        addSlots: text Category: c = (
            addSlotsOf: (parser objectFrom: '| {', ('Category: ', c) printString, ' ', text
                , ' } |') ).
        removeSlot: n = ( removeSlot: n IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        removeSlot: n IfFail: a = (
            reflectee _RemoveSlot: n canonicalize IfFail: [ |:e. :p| ^ a value: e With: p ].
            self ).
        removeAllSlots = (
            reflectee _RemoveAllSlotsIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ].
            self ).
        define: m = ( _MirrorDefine: m IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        annotation: text = (
            define: (_MirrorCopyAnnotation: text IfFail: [ |:e. :n|
                ^ primitiveFailedError: e Name: n ]) ).
        comment: text = (
            annotation: ((annotationReader copyText: annotation) withComment: text) ).
    }
    {'Category: changing\x7fComment: The same, but for a copy of the object: answers a mirror on that.'
        copyAddSlot: s = ( copyAddSlot: s IfFail: raiseError ).
        copyAddSlot: s IfFail: a = (| m |
            m: copyAt: s name
                Put: s contents
                IsParent: s isParent
                Annotation: s annotation
                IfFail: [ |:e. :n| ^ a value: e With: n ].
            s isAssignable ifFalse: [ ^ m ].
            m
                copyAt: s name, ':'
                Put: (s holder contentsAt: s name, ':')
                IsParent: false
                Annotation: s annotation
                IfFail: a ).
        copyAddSlots: c = ( c inject: self Into: [ |:m. :s| m copyAddSlot: s ] ).
        copyAt: n PutContents: m = ( copyAt: n PutContents: m IfFail: raiseError ).
        copyAt: n PutContents: m IfFail: a = (
            copyAt: n Put: m IsParent: (isParentAt: n) Annotation: (annotationAt: n) IfFail: a ).
        copyAt: n Put: m IsParent: p Annotation: text IfFail: a = (
            _MirrorCopyAt: n canonicalize
                Put: m
                IsParent: p
                IsArgument: false
                Annotation: text
                IfFail: a ).
        copyRemoveSlot: n = ( copyRemoveSlot: n IfFail: raiseError ).
        copyRemoveSlot: n IfFail: a = ( _MirrorCopyRemoveSlot: n canonicalize IfFail: a ).
    }
    {'Category: evaluating\x7fComment: Text, or the method of a mirror, with my reflectee as self.'
        evaluate: text = ( evaluateMethod: (parser mirrorFrom: text) ).
        evaluateMethod: m = (
            m isReflecteeMethod ifFalse: [ ^ m reflectee ].
            _MirrorEvaluate: m IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }

    {'Category: code\x7fComment: Where a method or block comes from.'
        source = ( _MirrorTextIfFail: '' ).
        file = ( _MirrorFileIfFail: '' ).
        line = ( _MirrorLineIfFail: 0 ).
    }
    {'Category: code\x7fComment: Counts the calls of a method from now on; how often it was called since, in all sessions.'
        countCalls = (
            _MirrorCountCallsIfFail: [ |:e. :n| primitiveFailedError: e Name: n ].
            self ).
        calls = ( (_MirrorCallsIfFail: nil) ifNil: 0 ).
    }
    {'Category: code\x7fComment: The value of an expression where I am an activation: its arguments and locals are known by their names and can be assigned, and self is its receiver.'
        evaluateInside: text = (| known. m |
            m: self.
            known: (names filterBy: [ |:n| n last != ':' ]) filterBy: [ |:n|
                ((m contentsAt: n IfFail: nil) isNil) not ].
            receiver
                evaluate: text
                Names: known asVector
                Values: (known mapBy: [ |:n| m contentsAt: n ]) asVector
                Assigned: [ |:n. :v|
                    m _MirrorAssignLocal: n canonicalize To: v IfFail: [
                        error: n, ' can\'t be assigned here: the method itself never does' ] ] ).
        evaluate: text Names: known Values: mirrors Assigned: b = (|
            head.
            tail.
            code.
            values.
            value
            |
            known isEmpty ifTrue: [ ^ evaluate: text ].
            parser mirrorFrom: text.
            head: stringWriter copyRemoveAll.
            tail: stringWriter copyRemoveAll.
            known do: [ |:n| head write: '. ', n ].
            head write: ' | '.
            known do: [ |:n. :i|
                head write: n, ': frameValues at: ', i printString, '. '.
                tail write: 'frameValues at: ', i printString, ' Put: ', n, '. ' ].
            (known anySatisfy: [ |:n| text includesSubstring: n, ':' ])
                ifTrue: [ code: '[ ', text, '\n] ensure: [ ', tail contents, ']' ]
                False: [ code: text, '\n' ].
            code: evaluate: '[ | :frameValues', head contents, code, ']'.
            values: (mirrors mapBy: [ |:m| m reflectee ]) asVector.
            value: code value: values.
            known do: [ |:n. :i|
                ((values at: i) _Eq: (mirrors at: i) reflectee) ifFalse: [
                    b value: n With: (values at: i) ] ].
            value ).
    }
    {'Category: code\x7fComment: Parts of an activation of a process.'
        receiver = ( _MirrorReceiverIfFail: nil ).
        selector = ( _MirrorSelectorIfFail: '' ).
        methodHolder = ( _MirrorMethodHolderIfFail: nil ).
    }
|)

traits mirrors blockMethod _AddSlots: (|
    {'Category: reflectee\x7fComment: I am on the body of a block.'
        isReflecteeBlockMethod = true.
    }
|)

traits mirrors methodActivation _AddSlots: (|
    {'Category: reflectee\x7fComment: I am on a running method.'
        isReflecteeMethodActivation = true.
    }
|)

traits mirrors blockMethodActivation _AddSlots: (|
    {'Category: reflectee\x7fComment: I am on a running block.'
        isReflecteeBlockMethodActivation = true.
    }
|)

traits mirrors proxy _AddSlots: (|
    {'Category: reflectee\x7fComment: I am on something that stands for what lies outside of the world.'
        isReflecteeProxy = true.
    }
|)
