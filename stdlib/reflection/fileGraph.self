"Graphs of objects as source: how an object is written that has no place in the
world, with everything it refers to. Collections are written by their elements,
copies by what they were copied from and what their data slots hold, others as
literals. What is referred to from several places, stands in a circle, is large or
lies deep becomes a part: it is made first, empty, under a name that holds while the
file is read, and filled when all parts are there. What can't be written is an error
that names the path to it."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: An object that source can\'t tell of.'
        fileOut = errors user copyName: 'fileOut'.
    }
|)

traits _AddSlots: (|
    {'Category: reflection\x7fComment: Behaviour of graphs to be written.'
        fileGraph = (| {} = 'Comment: I know how the objects of one piece of source refer to each other.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With nothing in it; the objects of some places are to be written where they are, instead of named.'
                copyPlaces: p = (
                    (((((clone places: p) nodes: identityDictionary copyRemoveAll) owned: identityDictionary
                        copyRemoveAll) parts: list copyRemoveAll) counts: dictionary copyRemoveAll) omitted: set
                        copyRemoveAll ).
                own: m Path: path = ( owned at: m reflectee Put: path. self ).
                owns: m Path: path = (
                    (places hasIdentity: m) && [ (owned at: m reflectee IfAbsent: '') = path ] ).
                omit: path = ( omitted add: path. self ).
                omits: path = ( omitted includes: path ).
            }
            {'Category: asking\x7fComment: What is known of an object that must be written; whether it is written by a name.'
                nodeOf: m = ( nodes at: m reflectee ).
                isNamed: m Path: path = (
                    (owns: m Path: path) ifTrue: [ ^ false ].
                    places pathOf: m IfAbsent: [ ^ false ].
                    true ).
                isWhole: m = ( wholeKinds includes: m kind ).
                isForeign: s = (| m |
                    module isEmpty ifTrue: [ ^ false ].
                    m: s module.
                    m isEmpty not && [ m != module ] ).
            }

            {'Category: looking\x7fComment: Finds everything that has to be written for the object at a path, in widths.'
                scan: m Path: path = (| waiting |
                    waiting: list copyRemoveAll.
                    meet: m Path: path Depth: 0 Then: waiting.
                    [ waiting isEmpty ] whileFalse: [ | node |
                        node: waiting removeFirst.
                        node childrenDo: [ |:c. :p|
                            meet: c Path: p Depth: node depth + 1 Then: waiting ] ].
                    self ).
                meet: m Path: path Depth: d Then: waiting = (| node |
                    (isWhole: m) ifTrue: [ ^ self ].
                    (d > 0) && [ isNamed: m Path: path ] ifTrue: [ ^ self ].
                    node: nodes at: m reflectee IfAbsent: nil.
                    node isNotNil ifTrue: [
                        (owns: m Path: path) || [ node isPlaced ] ifFalse: [ becomePart: node ].
                        ^ self ].
                    node: ((fileNode clone graph: self) mirror: m) path: path.
                    node isPlaced: (owns: m Path: path).
                    node isRoot: d = 0.
                    node decide.
                    nodes at: m reflectee Put: node.
                    node depth: d.
                    (node isLarge || [ d > depthLimit ]) && [ node isSimple not ] ifTrue: [
                        becomePart: node ].
                    waiting addLast: node ).
                becomePart: node = (| n. number |
                    node isPart ifTrue: [ ^ self ].
                    node isPart: true.
                    node depth: 0.
                    parts addLast: node.
                    node isPlaced ifTrue: [ ^ self ].
                    n: node title.
                    number: 1 + (counts at: n IfAbsent: 0).
                    counts at: n Put: number.
                    node partName: n, ' ', number printString ).
            }
            {'Category: private\x7fComment: What is written as it is; how deep inner objects are nested.'
                wholeKinds = ('smallInt' & 'float' & 'bigInt' & 'string') asVector.
                depthLimit = 8.
            }
        |).

        fileNode = (| {} = 'Comment: I know how one object is to be written.'.
            parent* = traits clonable.

            {'Category: deciding\x7fComment: literal, copy, list, set, dictionary, vector, bytes or mirror. A copy has a model: what it was copied from.'
                decide = (| k |
                    k: mirror kind.
                    sort: 'literal'.
                    (k = 'slots') || [ k = 'oddball' ] ifTrue: [ ^ decideSlots ].
                    k = 'vector' ifTrue: [
                        mustBePlain: (reflect: vector).
                        sort: 'vector'.
                        ^ self ].
                    k = 'byteVector' ifTrue: [
                        mustBePlain: (mirror isReflecteeString
                            ifTrue: [ reflect: mutableString ]
                            False: [ reflect: byteVector ]).
                        sort: 'bytes'.
                        ^ self ].
                    (k = 'mirror') && [ isSeen ] ifTrue: [ sort: 'mirror'. ^ self ].
                    refuse: (k = 'mirror'
                        ifTrue: [ 'a mirror on ', mirror reflectee name ]
                        False: [ mirror name ]) ).
                isSeen = ( mirror reflectee reflecteeIfFail: [ ^ false ]. true ).
                decideSlots = (| family |
                    (mirror = (reflect: lobby)) || [ mirror isReflecteeSlots not ] ifTrue: [
                        ^ self ].
                    isPlaced && [ isElementwise not || [ isRoot && [ isEmpty ] ] ] ifTrue: [
                        ^ self ].
                    graph places modelOf: mirror Do: [ |:m|
                        isPlaced && [ graph owned includesKey: m reflectee ] ifFalse: [
                            model: m.
                            family: graph places familyOf: mirror.
                            sort: (family = 'plain' ifTrue: 'copy' False: family).
                            ^ self ] ].
                    (isHashed && [ wholeKeys not ]) && [ isRoot not ] ifTrue: [
                        refuse: 'a collection with slots of its own whose keys have no fixed order' ] ).
                isElementwise = ( (graph places familyOf: mirror) != 'plain' ).
                isHashed = (| f |
                    f: graph places familyOf: mirror.
                    (f = 'set') || [ f = 'dictionary' ] ).
                mustBePlain: m = (
                    (mirror allNames = m allNames) && [
                            (mirror contentsAt: 'parent' IfFail: nil)
                                = (m contentsAt: 'parent' IfFail: nil) ] ifFalse: [
                        refuse: mirror name, ' with slots of its own' ] ).
                refuse: what = (
                    (errors fileOut
                        copyReceiver: mirror
                        Message: path, ' is ', what, ', which source can\'t tell of') signal ).
                unseen = ('method' & 'activation' & 'assignment') asVector.
            }
            {'Category: asking\x7fComment: Whether I must be a part whoever refers to me; can\'t be one.'
                isLarge = (
                    isElementwise && [ sort != 'literal' ] ifTrue: [
                        ^ (elements size > chunk) || [ isHashed && [ wholeKeys not ] ] ].
                    (sort = 'vector') && [ (mirror reflectee size > chunk) && [ isUniform not ] ] ).
                isSimple = ( (sort = 'bytes') || [ sort = 'mirror' ] ).
                title = (| n |
                    model ifNotNil: [
                        n: graph places pathOf: model IfAbsent: ''.
                        n isEmpty ifFalse: [ ^ n ] ].
                    sort = 'literal' ifTrue: 'object' False: [ sort ] ).
                wholeKeys = ( keys allSatisfy: [ |:k| graph isWhole: (reflect: k) ] ).
                isUniform = (| v |
                    v: mirror reflectee.
                    (v size > 1) && [ v allSatisfy: [ |:e| e _Eq: (v at: 0) ] ] ).
                chunk = 100.
            }
            {'Category: contents\x7fComment: The elements; keys and values by turns for dictionaries, in the order of keys if they have one.'
                elements = (
                    sort = 'vector' ifTrue: [ ^ mirror reflectee ].
                    sort = 'list' ifTrue: [ ^ listElements ].
                    sort = 'set' ifTrue: [ ^ keysInOrder ].
                    pairs ).
                listElements = (| from |
                    from: valueOf: 'offset'.
                    (valueOf: 'elements') copyFrom: from UpTo: from + (valueOf: 'count') ).
                keys = ( (valueOf: 'keyTable') filterBy: [ |:k| (free _Eq: k) not ] ).
                keysInOrder = (| all |
                    isOrdered ifTrue: [ ^ (valueOf: 'order') asVector ].
                    all: keys.
                    ((all allSatisfy: [ |:k| (reflect: k) isReflecteeString ]) || [
                            all allSatisfy: [ |:k| (reflect: k) isReflecteeInteger ] ])
                        ifTrue: [ all copySorted ]
                        False: [ all ] ).
                pairs = (| all. table. values |
                    all: list copyRemoveAll.
                    table: identityDictionary copyRemoveAll.
                    values: valueOf: 'valueTable'.
                    (valueOf: 'keyTable') do: [ |:k. :i|
                        (free _Eq: k) ifFalse: [ table at: k Put: (values at: i) ] ].
                    keysInOrder do: [ |:k| all addLast: k. all addLast: (table at: k) ].
                    all asVector ).
                free = ( traits hashed free ).
                isOrdered = (
                    (mirror contentsAt: 'parent' IfFail: nil)
                        = (reflect: traits orderedDictionary) ).
                isEmpty = ( (valueOf: 'count') = 0 ).
                valueOf: n = ( (mirror contentsAt: n) reflectee ).
            }
            {'Category: contents\x7fComment: The slots that must be written: all, or those with data of the copy\'s own.'
                slots = (
                    sort = 'literal' ifTrue: [
                        ^ mirror slots asList filterBy: [ |:s|
                            (graph omits: path, ' ', s name) not && [ (graph isForeign: s) not ] ] ].
                    mirror slots asList filterBy: [ |:s|
                        s isAssignable && [ (sort = 'copy') || [ (isInternal: s name) not ] ] ] ).
                isInternal: n = ( (internals includes: n) || [ ('order' = n) && [ isOrdered ] ] ).
                internals = ('elements' & 'offset' & 'count' & 'keyTable' & 'valueTable') asVector.
                childrenDo: b = (
                    sort = 'mirror' ifTrue: [
                        ^ b value: mirror reflectee With: path, ' reflectee' ].
                    sort = 'bytes' ifTrue: [ ^ self ].
                    (sort = 'vector') || [ (sort = 'list') || [ sort = 'set' ] ] ifTrue: [
                        elements do: [ |:e. :i|
                            b value: (reflect: e) With: path, ' at: ', i printString ] ].
                    sort = 'dictionary' ifTrue: [ childrenOfPairs: elements Do: b ].
                    sort = 'vector' ifFalse: [
                        slots do: [ |:s|
                            s isMethod ifFalse: [ b value: s contents With: path, ' ', s name ] ] ] ).
                childrenOfPairs: all Do: b = (
                    0 upTo: all size By: 2 Do: [ |:i. key|
                        key: (reflect: (all at: i)).
                        b value: key With: path, ' keys'.
                        b
                            value: (reflect: (all at: i + 1))
                            With: path, ' at: '
                                , (key isReflecteeString || [ key isReflecteeInteger ]
                                    ifTrue: [ key reflectee printString ]
                                    False: [ key name ]) ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Prototypes.'
        fileGraph = (| {} = 'Comment: The prototype of graphs to be written.'.
            parent* = traits fileGraph.
            {'Category: private\x7fComment: Nodes by object; what is written in its place, with the path; parts in the order of finding; how many have a name; paths of slots that come later; the module whose slots are wanted, or nothing; whether only literals are written where they are.'
                places.
                nodes.
                owned.
                parts.
                counts.
                omitted.
                module <- ''.
                ownsLiteralsOnly <- false.
            }
        |).
        fileNode = (| {} = 'Comment: The prototype of what is known of an object to be written.'.
            parent* = traits fileNode.
            {'Category: parts\x7fComment: Of which graph; the object; where it was found, how deep; how it is written.'
                graph.
                mirror.
                path <- ''.
                depth <- 0.
                sort <- 'literal'.
                model.
                isPlaced <- false.
                isRoot <- false.
                isPart <- false.
                partName <- ''.
            }
        |).
    }
|)
