"Any object as source text, in the form in which this world is written: slots in
groups by annotation, methods as they were typed. What is well known is written
by name, what is not is written out, down to a limit."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Writes objects as source.'
        fileOut = (| {} = 'Comment: I write objects as source.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: An object as a literal; the expression that gives such slots to the object of a name.'
                sourceOf: x = ( writeLiteral: (reflect: x) Indent: 0 On: stringWriter copyRemoveAll ).
                scriptFor: path Object: x = (
                    path, ' _AddSlots: ', (sourceOf: x), '\n' ).
            }
            {'Category: private\x7fComment: A literal with one group for each run of slots with the same annotation.'
                writeLiteral: m Indent: n On: out = (| annotation <- ''. open <- false |
                    out write: '(|'.
                    m annotation isEmpty ifFalse: [ out write: ' {} = ', m annotation printString, '.' ].
                    out writeLine.
                    m do: [ |:s|
                        (s annotation = annotation) ifFalse: [
                            open ifTrue: [ (out tab: n + 4) writeLine: '}' ].
                            annotation: s annotation.
                            open: annotation isEmpty not.
                            open ifTrue: [ (out tab: n + 4) writeLine: '{', annotation printString ] ].
                        writeSlot: s Indent: n + (open ifTrue: 8 False: 4) On: out ].
                    open ifTrue: [ (out tab: n + 4) writeLine: '}' ].
                    (out tab: n) write: '|)'.
                    out contents ).
                writeSlot: s Indent: n On: out = (
                    out tab: n.
                    out write: s name.
                    s isParent ifTrue: [ out write: '*' ].
                    s isAssignable
                        ifTrue: [ out write: ' <- ' ]
                         False: [ out write: ' = ' ].
                    out write: (s isMethod ifTrue: [ methodText: s ] False: [ expressionFor: s contents Indent: n ]).
                    out writeLine: '.' ).
            }
            {'Category: private\x7fComment: The method in brackets, with its arguments in its own slot list if it has any.'
                methodText: s = (| text |
                    text: s source trim.
                    ('(' isPrefixOf: text) ifTrue: [ text ] False: [ '( ', text, ' )' ] ).
            }
            {'Category: private\x7fComment: An expression that gives the object: a literal, a name, a copy with elements, or its slots.'
                expressionFor: m Indent: n = (| kind. name |
                    kind: m kind.
                    (literalKinds includes: kind) ifTrue: [ ^ m reflectee printString ].
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
                        ^ '(vector copySize: 1 FillingWith: ', (expressionFor: (reflect: (v at: 0)) Indent: n), ')' ].
                    '(', ((v mapBy: [ |:e| expressionFor: (reflect: e) Indent: n ]) joinedWith: ' & '), ') asVector' ).
                literalKinds = ('smallInt' & 'float' & 'bigInt' & 'string') asVector.
                depthLimit = 24.
            }
        |).
    }
|)
