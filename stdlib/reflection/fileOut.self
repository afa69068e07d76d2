"Any object as source text, in the form in which this world is written: slots in
groups by annotation, methods as they were typed. What has a place is written by
its path, what has none is written out; see fileGraph.self. Whole applications are
written by fileModule.self."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Writes objects as source.'
        fileOut = (| {} = 'Comment: I write objects as source.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: An expression that makes an object like this one, wherever it stands: as a literal, or from texts that are evaluated one after the other, where parts have to be made first.'
                sourceOf: x = (| m. places. graph. path <- 'it' |
                    m: reflect: x.
                    places: globals places forWorld.
                    graph: fileGraph copyPlaces: places.
                    (places includes: m) && [ isLiteral: m In: places ] ifTrue: [
                        path: places pathOf: m IfAbsent: ''.
                        graph ownsLiteralsOnly: true.
                        ownAll: m Path: path Places: places In: graph ].
                    sourceOf: m Path: path Graph: graph ).
                sourceOf: m Path: path Graph: graph = (| text. out |
                    graph scan: m Path: path.
                    text: graph expressionFor: m Path: path Indent: 0.
                    graph parts isEmpty ifTrue: [ ^ text ].
                    out: stringWriter copyRemoveAll.
                    out write: 'fileIn evaluate: (fileIn'.
                    graph partStatements do: [ |:s| out write: '\n    & ', s printString ].
                    (out write: '\n    & ', text printString, ') asVector') contents ).
            }
            {'Category: writing\x7fComment: An expression for an object, a path if it has a place; or the block hears why there is none.'
                storeStringOf: x IfFail: blk = (| m. places |
                    m: reflect: x.
                    m isReflecteeString ifTrue: [ ^ x printString ].
                    places: globals places forWorld.
                    [
                        places pathOf: m IfAbsent: [
                            (m isReflecteeString || [ (fileGraph copyPlaces: places) isWhole: m ])
                                ifTrue: [ (fileGraph copyPlaces: places) wholeText: m ]
                                False: [
                                    sourceOf: m Path: 'it' Graph: (fileGraph copyPlaces: places) ] ] ]
                        on: errors fileOut
                        Do: [ |:e|
                            blk value: 'no expression gives ', m name, ': ', e messageText ] ).
            }

            {'Category: private\x7fComment: The object and its constant slots are written where they are, as far as they have no better place.'
                ownAll: m Path: path Places: places In: graph = (
                    (places hasIdentity: m) ifFalse: [ ^ self ].
                    (graph owns: m Path: path) ifTrue: [ ^ self ].
                    graph ownsLiteralsOnly && [ (isLiteral: m In: places) not ] ifTrue: [ ^ self ].
                    graph own: m Path: path.
                    m isReflecteeSlots ifFalse: [ ^ self ].
                    m do: [ |:s| ownSlot: s Path: path Places: places In: graph ].
                    self ).
                isLiteral: m In: places = (
                    m isReflecteeSlots && [
                            ((places familyOf: m) = 'plain') || [
                                    ((m contentsAt: 'count') reflectee _Eq: 0) ] ] ).
                ownSlot: s Path: path Places: places In: graph = (| c. name |
                    s isMethod || [ s isParent || [ s isAssignable ] ] ifTrue: [ ^ self ].
                    c: s contents.
                    name: (path = 'lobby') || [ path = 'globals' ] ifTrue: [ s name ] False: [
                        path, ' ', s name ].
                    (places pathOf: c IfAbsent: '') = name ifTrue: [
                        ownAll: c Path: name Places: places In: graph ].
                    self ).
            }
            {'Category: private\x7fComment: A literal: parents and what has no annotation first, then a group for each annotation.'
                writeSlots: slots Annotation: text Node: node Indent: n On: out = (
                    writeSlots: slots
                        Annotation: text
                        With: [ |:s| node contentsOf: s Indent: n + 4 ]
                        Indent: n
                        On: out ).
                writeSlots: slots Annotation: text With: contents Indent: n On: out = (| groups |
                    out write: '(|'.
                    text isEmpty ifFalse: [ out write: ' {} = ', text printString, '.' ].
                    out writeLine.
                    groups: slots asList groupBy: [ |:s| s annotation ].
                    groups sortedKeys do: [ |:annotation|
                        writeGroup: (groups at: annotation)
                            Annotation: annotation
                            With: contents
                            Indent: n + 4
                            On: out ].
                    (out tab: n) write: '|)'.
                    out ).
                writeGroup: slots Annotation: annotation With: contents Indent: n On: out = (
                    annotation isEmpty ifTrue: [
                        (slots filterBy: [ |:s| s isParent ]) do: [ |:s|
                            writeSlot: s With: contents Indent: n On: out ].
                        (slots filterBy: [ |:s| s isParent not ]) do: [ |:s|
                            writeSlot: s With: contents Indent: n On: out ].
                        ^ self ].
                    (out tab: n) writeLine: '{', annotation printString.
                    slots do: [ |:s| writeSlot: s With: contents Indent: n + 4 On: out ].
                    (out tab: n) writeLine: '}' ).
                writeSlot: s With: contents Indent: n On: out = (
                    out tab: n.
                    out write: (s isMethod ifTrue: [ signatureOf: s ] False: [ s name ]).
                    s isParent ifTrue: [ out write: '*' ].
                    s isAssignable ifTrue: [ out write: ' <- ' ] False: [ out write: ' = ' ].
                    out write: (s isMethod ifTrue: [ methodText: s ] False: [ contents value: s ]).
                    out writeLine: '.' ).
            }
            {'Category: private\x7fComment: The method in brackets; its name, with the arguments unless the method lists them itself.'
                methodText: s = (| text |
                    text: s source trim.
                    ('(' isPrefixOf: text) ifTrue: [ text ] False: [ '( ', text, ' )' ] ).
                signatureOf: s = (| m. arguments |
                    m: s contents.
                    arguments: m arguments.
                    (arguments isEmpty || [
                            (ownSlotList: (methodText: s)) includesSubstring: ':', arguments first ]) ifTrue: [
                        ^ s name ].
                    (s name includesSubstring: ':') ifFalse: [ ^ s name, ' ', arguments first ].
                    ((partsOf: s name) mapBy: [ |:part. :k| part, ': ', (arguments at: k) ]) joinedWith: ' ' ).
                partsOf: selector = (
                    (selector splitOn: ':') filterBy: [ |:part| part isEmpty not ] ).
                ownSlotList: text = (| inner |
                    inner: (text copyFrom: 1) trimLeft.
                    ('|' isPrefixOf: inner) ifTrue: [ (inner copyFrom: 1) before: '|' ] False: [
                        '' ] ).
            }
        |).
    }
|)

traits fileGraph _AddSlots: (|
    {'Category: writing\x7fComment: Statements that make all parts and fill them, in an order that works where all places are there.'
        partStatements = (| order |
            order: fileOrder copyGraph: self.
            order addParts.
            order statements ).
    }
|)
