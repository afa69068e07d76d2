"Any object as source text, in the form in which this world is written: slots in
groups by annotation, methods as they were typed. What is well known is written
by name, what is not is written out, down to a limit."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Writes objects as source.'
        fileOut = (| {} = 'Comment: I write objects as source.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: An object as a literal; the expression that gives such slots to the object of a name.'
                sourceOf: x = (
                    writeLiteral: (reflect: x) Indent: 0 On: stringWriter copyRemoveAll ).
                scriptFor: path Object: x = ( path, ' _AddSlots: ', (sourceOf: x), '\n' ).
            }
            {'Category: private\x7fComment: A literal: parents and what has no annotation first, then a group for each annotation.'
                writeLiteral: m Indent: n On: out = (| groups |
                    out write: '(|'.
                    m annotation isEmpty ifFalse: [
                        out write: ' {} = ', m annotation printString, '.' ].
                    out writeLine.
                    groups: m slots asList groupBy: [ |:s| s annotation ].
                    groups sortedKeys do: [ |:annotation|
                        writeGroup: (groups at: annotation)
                            Annotation: annotation
                            Indent: n + 4
                            On: out ].
                    (out tab: n) write: '|)'.
                    out contents ).
                writeGroup: slots Annotation: annotation Indent: n On: out = (
                    annotation isEmpty ifTrue: [
                        slots do: [ |:s| s isParent ifTrue: [ writeSlot: s Indent: n On: out ] ].
                        slots do: [ |:s| s isParent ifFalse: [ writeSlot: s Indent: n On: out ] ].
                        ^ self ].
                    (out tab: n) writeLine: '{', annotation printString.
                    slots do: [ |:s| writeSlot: s Indent: n + 4 On: out ].
                    (out tab: n) writeLine: '}' ).
                writeSlot: s Indent: n On: out = (
                    out tab: n.
                    out write: (s isMethod ifTrue: [ signatureOf: s ] False: [ s name ]).
                    s isParent ifTrue: [ out write: '*' ].
                    s isAssignable ifTrue: [ out write: ' <- ' ] False: [ out write: ' = ' ].
                    out write: (s isMethod ifTrue: [ methodText: s ] False: [
                        expressionFor: s contents Indent: n ]).
                    out writeLine: '.' ).
            }
            {'Category: private\x7fComment: The method in brackets; its name, with the arguments unless the method lists them itself.'
                methodText: s = (| text |
                    text: s source trim.
                    ('(' isPrefixOf: text) ifTrue: [ text ] False: [ '( ', text, ' )' ] ).
                signatureOf: s = (| m. arguments |
                    m: s contents.
                    arguments: m names filterBy: [ |:n| m isArgumentAt: n ].
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
            {'Category: private\x7fComment: An expression that gives the object: a literal, a name, a copy with elements, or its slots.'
                expressionFor: m Indent: n = (| kind. name |
                    kind: m kind.
                    kind = 'float' ifTrue: [ ^ floatText: m reflectee ].
                    (literalKinds includes: kind) ifTrue: [ ^ m reflectee printString ].
                    kind = 'byteVector' ifTrue: [ ^ bytesText: m ].
                    name: nameFor: m.
                    name isEmpty ifFalse: [ ^ name ].
                    kind = 'vector' ifTrue: [ ^ vectorText: m reflectee Indent: n ].
                    ((kind = 'slots') && [ n < depthLimit ]) ifTrue: [
                        ^ writeLiteral: m Indent: n On: stringWriter copyRemoveAll ].
                    'nil "', ((m name replaceAll: '"' With: '\\"')), '"' ).
                nameFor: m = (| n |
                    n: m nameOfWellKnown.
                    n ifNotNil: [ ^ n ].
                    m nameIn: (reflect: globals) ).
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
