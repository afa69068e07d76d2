"Which objects have a place: those that constant slots lead to from the lobby. The
path to such an object is an expression that gives it. An index is made once for
each piece of work, by a walk in widths, so that paths are short."

traits _AddSlots: (|
    {'Category: reflection\x7fComment: Behaviour of indexes of places.'
        places = (| {} = 'Comment: I know the paths of all objects that have a place, and which of them copies are made of.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: As the world is now.'
                copyForWorld = (
                    ((((clone paths: identityDictionary copyRemoveAll) waiting: list copyRemoveAll) models: identityDictionary
                        copyRemoveAll) families: identityDictionary copyRemoveAll) walk ).
            }
            {'Category: creating\x7fComment: One that was made for the world as it still is, as long as no slots change.'
                forWorld = (| now. known |
                    now: image changeCount.
                    known: session at: 'places' IfAbsent: nil.
                    known isNotNil && [ known key = now ] ifTrue: [ ^ known value ].
                    known: copyForWorld.
                    session at: 'places' Put: now -> known.
                    known ).
            }
            {'Category: asking\x7fComment: The path of an object seen through a mirror; the block, if it has no place. What marks free places of tables can\'t be a key of one.'
                includes: m = ( (hasIdentity: m) && [ paths includesKey: m reflectee ] ).
                pathOf: m IfAbsent: a = (
                    (isFree: m) ifTrue: [ ^ 'traits hashed free' ].
                    (hasIdentity: m) ifFalse: [ ^ a value ].
                    paths at: m reflectee IfAbsent: [ a value ] ).
                hasIdentity: m = ( (kindsWithout includes: m kind) not && [ (isFree: m) not ] ).
                isFree: m = ( (reflect: traits hashed free) = m ).
            }
            {'Category: asking\x7fComment: The slots of all objects with a place that the block accepts. It gets the slot and the path of its object.'
                slotsWhere: b = (| found |
                    found: list copyRemoveAll.
                    paths do: [ |:path. :x. m|
                        m: reflect: x.
                        m isReflecteeSlots || [ m kind = 'oddball' ] ifTrue: [
                            m do: [ |:s|
                                (b value: s With: path) ifTrue: [ found add: s -> path ] ] ] ].
                    found ).
            }
            {'Category: asking\x7fComment: Mirrors on objects with a place that differ from this one only in what their data slots hold: it may have been copied from there.'
                modelOf: m Do: b = (
                    (models at: (keyOf: m IfAbsent: [ ^ self ]) IfAbsent: [ ^ self ]) do: [ |
                        :model
                        |
                        (is: m LikeModel: model) ifTrue: [ b value: model ] ].
                    self ).
            }
            {'Category: asking\x7fComment: How elements of an object are reached: list, set or dictionary; plain, if it has none that are not in slots.'
                familyOf: m = (| key. family |
                    m isReflecteeSlots ifFalse: [ ^ 'plain' ].
                    key: keyOf: m IfAbsent: [ ^ 'plain' ].
                    family: families at: key IfAbsentPut: [ familyBelow: (reflect: key) ].
                    family = 'plain' ifTrue: [ ^ family ].
                    (m includesName: (family = 'list' ifTrue: 'offset' False: 'keyTable'))
                        ifTrue: [ family ]
                        False: 'plain' ).
                familyBelow: p = (
                    (is: p Below: traits list) ifTrue: [ ^ 'list' ].
                    (is: p Below: traits dictionary) ifTrue: [ ^ 'dictionary' ].
                    (is: p Below: traits hashed) ifTrue: 'set' False: 'plain' ).
                is: p Below: x = ( (p = (reflect: x)) || [ p inheritsFrom: (reflect: x) ] ).
            }
            {'Category: private\x7fComment: Each object once, with the shortest path.'
                walk = (
                    (fileIn & nil & true & false) asVector do: [ |:x|
                        paths at: x Put: (reflect: x) safePrintString ].
                    put: (reflect: globals) Path: 'globals'.
                    put: (reflect: traits) Path: 'traits'.
                    put: (reflect: mixins) Path: 'mixins'.
                    put: (reflect: lobby) Path: 'lobby'.
                    [ waiting isEmpty ] whileFalse: [ visit: waiting removeFirst ].
                    self ).
                put: m Path: path = (
                    (paths includesKey: m reflectee) ifTrue: [ ^ self ].
                    paths at: m reflectee Put: path.
                    waiting addLast: m -> path.
                    self ).
                visit: pair = (| m. path. begin |
                    m: pair key.
                    path: pair value.
                    noteModel: m.
                    (path occurrencesOf: ' ') > 4 ifTrue: [ ^ self ].
                    begin: prefixFor: path.
                    m allNames do: [ |:n. c|
                        ((isName: n) && [ (m isAssignableAt: n) not ]) ifTrue: [
                            c: m contentsAt: n IfFail: nil.
                            (c isNotNil && [
                                    (hasIdentity: c) && [
                                            (m isParentAt: n) not || [ m = (reflect: lobby) ] ] ]) ifTrue: [
                                put: c
                                    Path: (isHidden: n Below: path)
                                        ifTrue: [ 'globals ', n ]
                                        False: [ begin, n ] ] ] ] ).
                prefixFor: path = (
                    (path = 'lobby') || [ path = 'globals' ] ifTrue: [ '' ] False: [ path, ' ' ] ).
                isHidden: n Below: path = (
                    (path = 'globals') && [ (reflect: lobby) includesName: n ] ).
                isName: n = ( (n last != ':') && [ n first isLetter ] ).
            }
            {'Category: private\x7fComment: Models are found by what they inherit from first.'
                noteModel: m = (| key |
                    m isReflecteeSlots ifFalse: [ ^ self ].
                    key: keyOf: m IfAbsent: [ ^ self ].
                    (models at: key IfAbsentPut: [ list copyRemoveAll ]) addLast: m ).
                keyOf: m IfAbsent: a = (
                    (m contentsAt: 'parent' IfFail: [ ^ a value ]) reflecteeIfFail: [ a value ] ).
                is: m LikeModel: model = (
                    (m = model) ifTrue: [ ^ false ].
                    m allNames = model allNames ifFalse: [ ^ false ].
                    m annotation = model annotation ifFalse: [ ^ false ].
                    m allNames do: [ |:n|
                        (m isParentAt: n) = (model isParentAt: n) ifFalse: [ ^ false ].
                        (m annotationAt: n) = (model annotationAt: n) ifFalse: [ ^ false ].
                        (m isAssignableAt: n) = (model isAssignableAt: n) ifFalse: [ ^ false ].
                        (m isAssignableAt: n) ifFalse: [
                            (m contentsAt: n) = (model contentsAt: n) ifFalse: [ ^ false ] ] ].
                    true ).
            }
            {'Category: private\x7fComment: Objects of these kinds are written as they are, or are no objects.'
                kindsWithout = ('smallInt' & 'float' & 'bigInt' & 'string' & 'method'
                    & 'assignment' & 'activation' & 'mirror') asVector.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Prototype of indexes: use places copyForWorld.'
        places = (| {} = 'Comment: The prototype of indexes of places.'.
            parent* = traits places.

            {'Category: private\x7fComment: Paths by object; objects to visit; models and families by parent.'
                paths.
                waiting.
                models.
                families.
            }
        |).
    }
|)
