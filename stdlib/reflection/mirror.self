"Mirrors: the only way to look at an object rather than ask it. A mirror shows and
changes slots; `reflect: x` gives one. What is not an object of its own (a method,
an activation) is seen through a mirror only."

traits mirror _AddSlots: (| {} = 'Comment: I show an object without asking it.'.
    parent* = traits clonable.

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
    }
    {'Category: comparing\x7fComment: Mirrors on the same object are equal.'
        = m = ( isMirrorLike: m ).
        isMirrorLike: m = ( _MirrorReflecteeEq: m IfFail: false ).
        hash = ( reflecteeHash ).
    }

    {'Category: slots\x7fComment: Names of slots, without the assignment halves; whether there is one.'
        allNames = ( _MirrorNamesIfFail: vector ).
        names = (| all |
            all: allNames.
            all filterBy: [ |:n| (isAssignmentName: n Among: all) not ] ).
        isAssignmentName: n Among: all = (
            (':' isSuffixOf: n) && [
                    (all includes: n copyWithoutLast) && [
                            isReflecteeActivation || [ isAssignableAt: n copyWithoutLast ] ] ] ).
        includesName: n = ( allNames includes: n ).
        includesKey: n = ( includesName: n ).
        size = ( names size ).
        isEmpty = ( size = 0 ).
    }
    {'Category: slots\x7fComment: One slot, all slots, those that are parents.'
        at: n = ( slot copyMirror: self Name: n canonicalize ).
        slots = ( names mapBy: [ |:n| at: n ] ).
        do: b = ( names do: [ |:n| b value: (at: n) ]. self ).
        parents = ( (slots filterBy: [ |:s| s isParent ]) mapBy: [ |:s| s contents ] ).
    }
    {'Category: slots\x7fComment: Parts of the slot of a name. Contents are mirrors.'
        contentsAt: n = (
            _MirrorContentsAt: n canonicalize IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        contentsAt: n IfFail: a = ( _MirrorContentsAt: n canonicalize IfFail: [ ^ a value ] ).
        isParentAt: n = ( _MirrorIsParentAt: n canonicalize IfFail: false ).
        isAssignableAt: n = ( _MirrorIsAssignableAt: n canonicalize IfFail: false ).
        isArgumentAt: n = ( _MirrorIsArgumentAt: n canonicalize IfFail: false ).
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

    {'Category: changing\x7fComment: Adds slots, given as an object or as the text between the bars of a slot list; removes one. The object keeps its identity.'
        addSlotsOf: x = (
            reflectee _AddSlots: x IfFail: [ |:e. :n| primitiveFailedError: e Name: n ].
            self ).
        addSlots: text = ( addSlotsOf: (parser objectFrom: '| ', text, ' |') ).
        addSlots: text Category: c = (
            addSlotsOf: (parser objectFrom: '| {', ('Category: ', c) printString, ' ', text
                , ' } |') ).
        removeSlot: n = (
            reflectee _RemoveSlot: n canonicalize IfFail: [ |:e. :p|
                primitiveFailedError: e Name: p ].
            self ).
        define: m = ( _MirrorDefine: m IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
    {'Category: evaluating\x7fComment: Text, or the method of a mirror, with my reflectee as self.'
        evaluate: text = ( evaluateMethod: (parser mirrorFrom: text) ).
        evaluateMethod: m = (
            m isReflecteeMethod ifFalse: [ ^ m reflectee ].
            _MirrorEvaluate: m IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }

    {'Category: code\x7fComment: Where a method or block comes from.'
        source = ( _MirrorSourceIfFail: '' ).
        file = ( _MirrorFileIfFail: '' ).
        line = ( _MirrorLineIfFail: 0 ).
    }
    {'Category: code\x7fComment: Counts the calls of a method from now on; how often it was called since, in all sessions.'
        countCalls = (
            _MirrorCountCallsIfFail: [ |:e. :n| primitiveFailedError: e Name: n ].
            self ).
        calls = ( (_MirrorCallsIfFail: nil) ifNil: 0 ).
    }
    {'Category: code\x7fComment: Parts of an activation of a process.'
        receiver = ( _MirrorReceiverIfFail: nil ).
        selector = ( _MirrorSelectorIfFail: '' ).
        methodHolder = ( _MirrorMethodHolderIfFail: nil ).
    }
|)
