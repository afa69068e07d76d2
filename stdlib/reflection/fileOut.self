"Any object as source text, in the form in which this world is written: slots in
groups by annotation, methods as they were typed. What is well known is written
by name, what is not is written out, down to a limit."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Writes objects as source.'
        fileOut = (| {} = 'Comment: I write objects as source.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: An object as a literal; the expression that gives such slots to the object of a name.'
                sourceOf: x = (| m |
                    m: reflect: x.
                    writeLiteral: m Path: (nameFor: m) Indent: 0 On: stringWriter copyRemoveAll ).
                scriptFor: path Object: x = (| m. out. rest. annotation |
                    m: reflect: x.
                    out: stringWriter copyRemoveAll.
                    rest: m slots asList.
                    annotation: m annotation.
                    [ | now |
                        now: rest filterBy: [ |:s| (waits: s For: rest Path: path) not ].
                        now isEmpty ifTrue: [ now: rest ].
                        out write: path, ' _AddSlots: '.
                        writeSlots: now Annotation: annotation Path: path Indent: 0 On: out.
                        out writeLine.
                        annotation: ''.
                        rest: rest filterBy: [ |:s| (now includes: s) not ].
                        rest isEmpty ] whileFalse.
                    out contents ).
            }
            {'Category: writing\x7fComment: An expression for an object, without the excuses for what cannot be written: then the block hears of it.'
                storeStringOf: x IfFail: blk = (| m. text |
                    m: reflect: x.
                    m isReflecteeString ifTrue: [ ^ x printString ].
                    text: expressionFor: m Indent: 0.
                    (text includesSubstring: 'nil "') ifFalse: [ ^ text ].
                    blk value: 'no expression gives ', m name ).
            }
            {'Category: private\x7fComment: A slot that mentions others at the path is added after them.'
                waits: s For: others Path: path = (| text |
                    s isMethod ifTrue: [ ^ false ].
                    text: expressionFor: s contents Path: path, ' ', s name Indent: 0.
                    others anySatisfy: [ |:other|
                        (other name != s name) && [
                                text includesSubstring: path, ' ', other name ] ] ).
            }
            {'Category: private\x7fComment: A literal: parents and what has no annotation first, then a group for each annotation. The path is where it stands in the world, if it has a place there.'
                writeLiteral: m Path: path Indent: n On: out = (
                    writeSlots: m slots Annotation: m annotation Path: path Indent: n On: out ).
                writeSlots: slots Annotation: text Path: path Indent: n On: out = (| groups |
                    out write: '(|'.
                    text isEmpty ifFalse: [ out write: ' {} = ', text printString, '.' ].
                    out writeLine.
                    groups: slots asList groupBy: [ |:s| s annotation ].
                    groups sortedKeys do: [ |:annotation|
                        writeGroup: (groups at: annotation)
                            Annotation: annotation
                            Path: path
                            Indent: n + 4
                            On: out ].
                    (out tab: n) write: '|)'.
                    out contents ).
                writeGroup: slots Annotation: annotation Path: path Indent: n On: out = (
                    annotation isEmpty ifTrue: [
                        (slots filterBy: [ |:s| s isParent ]) do: [ |:s|
                            writeSlot: s Path: path Indent: n On: out ].
                        (slots filterBy: [ |:s| s isParent not ]) do: [ |:s|
                            writeSlot: s Path: path Indent: n On: out ].
                        ^ self ].
                    (out tab: n) writeLine: '{', annotation printString.
                    slots do: [ |:s| writeSlot: s Path: path Indent: n + 4 On: out ].
                    (out tab: n) writeLine: '}' ).
                writeSlot: s Path: path Indent: n On: out = (
                    out tab: n.
                    out write: (s isMethod ifTrue: [ signatureOf: s ] False: [ s name ]).
                    s isParent ifTrue: [ out write: '*' ].
                    s isAssignable ifTrue: [ out write: ' <- ' ] False: [ out write: ' = ' ].
                    out write: (s isMethod ifTrue: [ methodText: s ] False: [
                        expressionFor: s contents Path: path, ' ', s name Indent: n ]).
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
            {'Category: private\x7fComment: An expression that gives the object, which is at a path: a literal, a name, a copy with elements, or its slots. What can\'t be written is nil, with a comment.'
                expressionFor: m Indent: n = ( expressionFor: m Path: '' Indent: n ).
                expressionFor: m Path: path Indent: n = (| kind. name |
                    kind: m kind.
                    kind = 'float' ifTrue: [ ^ floatText: m reflectee ].
                    (literalKinds includes: kind) ifTrue: [ ^ m reflectee printString ].
                    kind = 'byteVector' ifTrue: [ ^ bytesText: m ].
                    name: nameFor: m.
                    (name isEmpty || [ (kind = 'slots') && [ name = path ] ]) ifFalse: [ ^ name ].
                    kind = 'vector' ifTrue: [ ^ vectorText: m reflectee Indent: n ].
                    (kind = 'mirror') && [ isWritable: m reflectee kind ] ifTrue: [
                        ^ '(reflect: ', (expressionFor: m reflectee Indent: n), ')' ].
                    (kind = 'slots') && [ n < depthLimit ] ifTrue: [
                        ^ writeLiteral: m Path: path Indent: n On: stringWriter copyRemoveAll ].
                    'nil "', (m name replaceAll: '"' With: '\\"'), '"' ).
            }
            {'Category: private\x7fComment: The name of an object; empty if it has none. Besides what is well known, constant slots of globals give names.'
                isWritable: kind = ( (' method activation ' includesSubstring: kind) not ).
                nameFor: m = (| n |
                    n: m nameOfWellKnown.
                    n ifNotNil: [ ^ n ].
                    n: m nameIn: (reflect: globals).
                    n isEmpty ifFalse: [ ^ n ].
                    (m kind = 'slots') || [ m kind = 'mirror' ]
                        ifTrue: [ nameInside: m ]
                        False: '' ).
                nameInside: m = (
                    (reflect: globals) do: [ |:g|
                        (g isMethod not && [ g isParent not && [ g contents isReflecteeSlots ] ]) ifTrue: [
                            g contents do: [ |:s|
                                (isPlace: s) && [ s contents isOnSameAs: m ] ifTrue: [
                                    ^ g name, ' ', s name ] ] ] ].
                    '' ).
                isPlace: s = (
                    s isMethod not && [
                            s isParent not && [ s isAssignable not && [ s name last != ':' ] ] ] ).
            }
            {'Category: private\x7fComment: Elements; numbers that have no digits; bytes.'
                vectorText: v Indent: n = (
                    v isEmpty ifTrue: [ ^ 'vector' ].
                    v size = 1 ifTrue: [
                        ^ '(vector copySize: 1 FillingWith: '
                            , (expressionFor: (reflect: (v at: 0)) Indent: n), ')' ].
                    '('
                        , ((v mapBy: [ |:e| expressionFor: (reflect: e) Indent: n ]) joinedWith: ' & ')
                        , ') asVector' ).
                floatText: x = (
                    x isFinite ifTrue: [ ^ x printString ].
                    x isNaN ifTrue: [ ^ 'math nan' ].
                    x > 0.0 ifTrue: 'math infinity' False: 'math infinity negate' ).
                bytesText: m = (
                    m isReflecteeString ifTrue: [ ^ m reflectee printString, ' copyMutable' ].
                    m reflectee isEmpty ifTrue: [ ^ 'byteVector' ].
                    (vectorText: m reflectee asVector Indent: 0), ' asByteVector' ).
                literalKinds = ('smallInt' & 'bigInt' & 'string') asVector.
                depthLimit = 24.
            }
        |).
    }
|)
