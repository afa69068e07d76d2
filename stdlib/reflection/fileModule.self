"Applications as files. The slots of a module carry its name in their annotation:
`ModuleInfo: Module: ledger`; a file that is run gives its own name to the slots that
it adds. Whoever writes a module gets one text that makes all of it in a fresh world:
slots in globals, traits, mixins and errors, tests, extensions of other objects, and
the data that hangs from them. Statements are put in an order in which each has what
it mentions; where slots need each other, some are added later."

traits _AddSlots: (|
    {'Category: reflection\x7fComment: Behaviour of statements in the making.'
        fileOrder = (| {} = 'Comment: I put statements in an order in which each has what it mentions.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For the objects of a graph.'
                copyGraph: g = (
                    (((((clone graph: g) units: list copyRemoveAll) waiting: list copyRemoveAll) pending: set
                        copyRemoveAll) statements: list copyRemoveAll) fills: list copyRemoveAll ).
            }
            {'Category: adding\x7fComment: Slots of the object at a path, as it is written in the file; what else has to be said, by a block that answers its text.'
                addSlots: slots Of: path = (
                    units addLast: (((fileUnit clone order: self) path: path) slots: slots asList).
                    self ).
                addText: b = ( waiting addLast: (fileStatement clone text: b). self ).
                addParts = (
                    graph parts do: [ |:node|
                        node isPlaced ifFalse: [
                            pending add: node partKey.
                            waiting addLast: ((fileStatement clone text: [
                                'fileIn at: ', node partName printString, ' Put: '
                                    , (graph inBrackets: (node skeletonIndent: 0)) ]) defines: node
                                partKey) ] ].
                    fillAll: false.
                    fillAll: true.
                    run ).
                fillAll: last = (
                    graph parts do: [ |:node|
                        node isFilledLast = last ifTrue: [ fills addLast: node ] ] ).
            }

            {'Category: ordering\x7fComment: Takes statements and slots as they become possible; when nothing is, divides what stands in the way.'
                run = (
                    pending addAll: graph ownPaths.
                    [ step || [ divide ] ] whileTrue: [].
                    (waiting isEmpty && [ units isEmpty ]) ifFalse: [ stuck ].
                    fills do: [ |:node| node fillsDo: [ |:text| statements addLast: text ] ].
                    self ).
                step = (| moved <- false |
                    waiting copy do: [ |:s. text|
                        text: textOf: [ s text value ].
                        isPossible ifTrue: [
                            moved: true.
                            waiting remove: s.
                            s defines isEmpty ifFalse: [ pending remove: s defines IfAbsent: nil ].
                            statements addLast: text ] ].
                    units copy do: [ |:u| u writeReady ifTrue: [ moved: true ] ].
                    units removeWhere: [ |:u| u isDone ].
                    moved ).
                divide = ( units anySatisfy: [ |:u| u divide ] ).
                stuck = (| names |
                    names: list copyRemoveAll.
                    units do: [ |:u| u slots do: [ |:s| names add: u path, ' ', s name ] ].
                    names isEmpty ifTrue: [ waiting do: [ |:s| names add: s defines ] ].
                    (errors fileOut
                        copyReceiver: self
                        Message: 'these need each other before they are there: '
                            , (names asVector copySorted joinedWith: ', ')) signal ).
            }
            {'Category: private\x7fComment: A text, after which it is known whether all that it mentions is there.'
                textOf: b = ( graph forget. b value ).
                isPossible = (
                    graph used allSatisfy: [ |:n|
                        (pending includes: n) not && [ (isBelowPending: n) not ] ] ).
                isBelowPending: n = ( pending anySatisfy: [ |:p| (p, ' ') isPrefixOf: n ] ).
                made: path = (
                    (pending filterBy: [ |:p|
                        (p = path) || [ ((path, ' ') isPrefixOf: p) && [ (isOmitted: p) not ] ] ]) do: [ |
                        :p
                        |
                        pending remove: p IfAbsent: nil ].
                    self ).
                isOmitted: p = (
                    graph omitted anySatisfy: [ |:o| (o = p) || [ (o, ' ') isPrefixOf: p ] ] ).
            }
        |).

        fileUnit = (| {} = 'Comment: I am some slots of one object, to be written together or one after the other.'.
            parent* = traits clonable.

            {'Category: writing\x7fComment: Writes the slots that need nothing that is not there yet; whether there were some.'
                isDone = ( slots isEmpty && [ annotation isEmpty ] ).
                writeReady = (| ready |
                    isThere ifFalse: [ ^ false ].
                    ready: slots filterBy: [ |:s| isReady: s ].
                    ready isEmpty && [ annotation isEmpty ] ifTrue: [ ^ false ].
                    order statements addLast: (textFor: ready).
                    annotation: ''.
                    slots: slots filterBy: [ |:s| (ready includes: s) not ].
                    ready do: [ |:s| order made: (below: s) ].
                    true ).
                isThere = ( (order pending includes: reference) not ).
                reference = (
                    (path = 'lobby') || [ path = 'globals' ] ifTrue: [ path ] False: [
                        order graph withoutGlobals: path ] ).
                isReady: s = (
                    s isMethod ifTrue: [ ^ true ].
                    order textOf: [ textOf: s ].
                    order isPossible ).
                below: s = (
                    (path = 'lobby') || [ path = 'globals' ] ifTrue: [ s name ] False: [
                        reference, ' ', s name ] ).
                textOf: s = ( order graph expressionFor: s contents Path: (below: s) Indent: 4 ).
                textFor: ready = (| out |
                    out: stringWriter copyRemoveAll.
                    out write: path, ' _AddSlots: '.
                    fileOut
                        writeSlots: ready
                        Annotation: annotation
                        With: [ |:s| textOf: s ]
                        Indent: 0
                        On: out.
                    out contents ).
            }
            {'Category: dividing\x7fComment: Takes from the first slot that is a literal of its own what can\'t be written yet; a collection of its own is filled later. Whether something was found.'
                divide = ( slots anySatisfy: [ |:s| divideSlot: s ] ).
                divideSlot: s = (| g. node. late |
                    s isMethod ifTrue: [ ^ false ].
                    g: order graph.
                    (g owns: s contents Path: (below: s)) ifFalse: [ ^ false ].
                    node: g nodeOf: s contents.
                    node isPart ifTrue: [ ^ false ].
                    node sort = 'literal' ifFalse: [
                        node sort = 'copy' ifTrue: [ ^ false ].
                        g becomePart: node.
                        order fills addLast: node.
                        ^ true ].
                    late: node slots filterBy: [ |:inner|
                        inner isMethod not && [
                                order textOf: [ node contentsOf: inner Indent: 4 ].
                                order isPossible not ] ].
                    late isEmpty ifTrue: [ ^ false ].
                    late do: [ |:inner| g omit: (below: s), ' ', inner name ].
                    order addSlots: late Of: (pathBelow: s).
                    true ).
                pathBelow: s = (
                    path = 'lobby' ifTrue: [ s name ] False: [
                        path = 'globals' ifTrue: [ s name ] False: [ path, ' ', s name ] ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Prototypes.'
        fileOrder = (| {} = 'Comment: The prototype of orders of statements.'.
            parent* = traits fileOrder.
            {'Category: private\x7fComment: The graph; what waits; names of what is not there yet; what came out; parts to fill at the end.'
                graph.
                units.
                waiting.
                pending.
                statements.
                fills.
            }
        |).
        fileUnit = (| {} = 'Comment: The prototype of slots to be written together.'.
            parent* = traits fileUnit.
            {'Category: parts\x7fComment: Whose they are; the path of their object, and its annotation if that is to be written.'
                order.
                path <- ''.
                slots.
                annotation <- ''.
            }
        |).
        fileStatement = (| {} = 'Comment: The prototype of statements that wait: a block that answers the text, and the name of what they define.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: See above.'
                text.
                defines <- ''.
            }
        |).
    }
|)

traits slot _AddSlots: (|
    {'Category: annotations\x7fComment: The module that the slot belongs to, a name, empty if there is none.'
        module = ( (annotationReader copyText: annotation) module ).
        module: n = ( annotation: ((annotationReader copyText: annotation) withModule: n) ).
    }
|)

traits annotationReader _AddSlots: (|
    {'Category: reading\x7fComment: The word after Module: in the entry ModuleInfo:.'
        module = (
            (text includesSubstring: 'ModuleInfo:') ifFalse: [ ^ '' ].
            (entries: 'ModuleInfo:') do: [ |:e|
                ('Module:' isPrefixOf: e) ifTrue: [ ^ ((e copyFrom: 7) trim before: ' ') ] ].
            '' ).
    }
    {'Category: writing\x7fComment: My text with another module; without one, if the name is empty.'
        withModule: n = (| all |
            all: without: 'ModuleInfo:'.
            n isEmpty ifFalse: [ all addLast: 'ModuleInfo: Module: ', n ].
            all joinedWith: '\x7f' ).
    }
|)

traits fileGraph _AddSlots: (|
    {'Category: private\x7fComment: Paths of all that is written where it is; a path as expressions name it.'
        ownPaths = ( owned values asVector ).
        withoutGlobals: path = (
            ('globals ' isPrefixOf: path) ifTrue: [ path copyFrom: 8 ] False: [ path ] ).
    }
    {'Category: using\x7fComment: Names of places and parts that the text written since then mentions.'
        forget = ( used: set copyRemoveAll. self ).
        use: n = ( used ifNotNil: [ used add: n ]. n ).
    }
|)

fileGraph _AddSlots: (|
    {'Category: private\x7fComment: Names that the text written last mentions.'
        used.
    }
|)

fileOut _AddSlots: (|
    {'Category: writing\x7fComment: A script that gives such slots to the object of a path.'
        scriptFor: path Object: x = (| m. places. graph. order. name |
            m: reflect: x.
            places: globals places forWorld.
            graph: fileGraph copyPlaces: places.
            name: graph withoutGlobals: path.
            ownAll: m Path: name Places: places In: graph.
            graph scan: m Path: name.
            order: fileOrder copyGraph: graph.
            (m isReflecteeSlots && [ (graph nodeOf: m) sort = 'literal' ]) ifFalse: [
                ^ (path, ' is no object with slots: `', path
                    , '` with its elements is written with what it belongs to') ].
            order addSlots: m slots Of: path.
            order units last annotation: m annotation.
            order pending remove: name IfAbsent: nil.
            graph owned removeKey: x IfAbsent: nil.
            order addParts.
            scriptOf: order ).
        scriptOf: order = (| text |
            text: (order statements mapBy: [ |:s| s, '\n' ]) joinedWith: ''.
            order graph parts isEmpty ifTrue: [ text ] False: [ text, 'fileIn end\n' ] ).
    }
    {'Category: writing\x7fComment: All of an application as one script: the module of this name; without such, the slots of this name in the rooms. The names of all modules.'
        module: name = (| places. graph. order. found |
            places: globals places forWorld.
            found: slotsOfModule: name In: places.
            graph: fileGraph copyPlaces: places.
            graph module: name.
            order: fileOrder copyGraph: graph.
            addGroups: (found groupBy: [ |:pair| pair value ]) To: order Places: places.
            order addParts.
            '"The module ', name, '."\n\n', (scriptOf: order) ).
        moduleNames = (| names |
            names: set copyRemoveAll.
            globals places forWorld slotsWhere: [ |:s| names add: s module. false ].
            names remove: '' IfAbsent: nil.
            names asVector copySorted ).
    }
    {'Category: private\x7fComment: Slots that carry the name, or are called so; in an order of paths.'
        slotsOfModule: name In: places = (| found |
            found: places slotsWhere: [ |:s. :path| s module = name ].
            found isEmpty ifTrue: [
                found: places slotsWhere: [ |:s. :path|
                    (s name = name) && [ rooms includes: path ] ] ].
            found isEmpty && [ (suitesOf: name) isEmpty ] ifTrue: [
                (errors fileOut
                    copyReceiver: self
                    Message: 'no slot belongs to a module ', name
                        , ', and no room has a slot of this name') signal ].
            found ).
        rooms = ('lobby' & 'globals' & 'traits' & 'mixins' & 'errors') asVector.
        suitesOf: name = (
            testing suites filterBy: [ |:suite|
                (reflect: suite) slots anySatisfy: [ |:s| s module = name ] ] ).
        addGroups: groups To: order Places: places = (| tops |
            tops: (groups sortedKeys asVector copySortBy: [ |:a. :b| (rank: a) < (rank: b) ])
                asList.
            "What lies in an object that is written itself comes with it."
            tops: tops filterBy: [ |:path|
                ((groups at: path) anySatisfy: [ |:pair| isInside: pair value Of: groups ]) not ].
            tops do: [ |:path. slots|
                slots: (groups at: path) mapBy: [ |:pair| pair key ].
                slots do: [ |:s| ownSlot: s Path: path Places: places In: order graph ].
                order addSlots: slots Of: path ].
            tops do: [ |:path|
                (groups at: path) do: [ |:pair|
                    pair key isMethod ifFalse: [
                        order graph
                            scan: pair key contents
                            Path: (path = 'lobby') || [ path = 'globals' ]
                                ifTrue: [ pair key name ]
                                False: [ path, ' ', pair key name ] ] ] ].
            addSuites: order ).
        isInside: path Of: groups = (| whole |
            whole: 'globals ', path.
            groups anySatisfy: [ |:pairs|
                pairs anySatisfy: [ |:pair. p|
                    p: pair value, ' ', pair key name.
                    (p = path) || [
                            (p = whole) || [
                                    ((p, ' ') isPrefixOf: path) || [ (p, ' ') isPrefixOf: whole ] ] ] ] ] ).
        rank: path = (
            ('mixins' & 'traits' & 'errors' & 'globals' & 'lobby') asVector
                findFirst: [ |:p| p = path ]
                IfPresent: [ |:p. :i| i ]
                IfAbsent: 9 ).
        addSuites: order = (
            (suitesOf: order graph module) do: [ |:suite. m. path|
                m: reflect: suite.
                path: 'the suite ', suite name.
                order graph own: m Path: path.
                order graph omit: path, ' name'.
                order graph scan: m Path: path.
                order addText: [
                    'testing suite: ', suite name printString, ' Tests: '
                        , (order graph expressionFor: m Path: path Indent: 0) ] ].
            self ).
    }
|)
