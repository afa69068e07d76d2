"How a task is put in a language that models know: a function, or a class for an object
of the world, with kinds, the comment, and the examples as calls with their answers.
What is written back is translated; the text itself is kept with the method's record."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of questions.'
        question = (| {} = 'Comment: I am a task as it is put to a model that does not speak our language.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a task. Examples are run once in a fork, so that their receivers and arguments can be shown.'
                copyTask: t = (| q |
                    q: copy.
                    q task: t.
                    q function: t selector _SnakeCase.
                    q isOfObject: (babs isBuiltin: (babs kindOf: t receiver)) not.
                    q attributes: (q isOfObject ifTrue: [ q nearSlots ] False: vector).
                    q helpers: (q isOfObject ifTrue: [ q nearMethods ] False: vector).
                    q gatherKinds.
                    q nameParameters.
                    q ).
            }
            {'Category: kinds\x7fComment: What the receiver, the arguments and the answer are, from this message and from the examples.'
                gatherKinds = (
                    calls: list copyRemoveAll.
                    kinds: (list copyRemoveAll add: (pythonText annotationOf: task receiver)).
                    task arguments do: [ |:a|
                        kinds add: (task hasUnknownKinds || [
                                task isProbe && [ task examples isEmpty not ] ] ifTrue: '' False: [
                            pythonText annotationOf: a ]) ].
                    task examples do: [ |:pair. :i| i < 6 ifTrue: [ gather: pair ] ].
                    self ).
                gather: pair = (| call. answer |
                    answer: rowsOf: 'pythonText rowOf: ([ ', pair value, ' ] value)' With: ''.
                    answer isEmpty ifTrue: [ ^ self ].
                    answerKind: (pythonText join: answerKind With: answer first first).
                    (babs kindOf: task receiver) = 'vector' ifTrue: [ answersVector: true ].
                    (pair value includesSubstring: 'asVector')
                        ifTrue: [ answersVector: true ]
                        False: [
                            (pair value includesSubstring: 'list') ifTrue: [
                                answersVector: false ] ].
                    call: rowsOf: '[ ', pair key, ' ] value' With: probe.
                    call size = kinds size ifFalse: [ ^ self ].
                    call do: [ |:row. :i|
                        kinds at: i Put: (pythonText join: (kinds at: i) With: row first) ].
                    (call anySatisfy: [ |:row| row second isEmpty ]) || [
                            answer first second isEmpty ] ifFalse: [
                        calls add: ((list copyRemoveAll add: (call mapBy: [ |:row| row second ])) add: answer
                            first second) ].
                    self ).
                probe = (| out |
                    out: '( pythonText rowsOf: (list copyRemoveAll add: self)'.
                    (babs argumentsIn: task signature) do: [ |:n| out: out, ' With: ', n ].
                    out, ' )' ).
                rowsOf: text With: method = (| p. r |
                    p: proposal copy.
                    p task: task.
                    p source: method.
                    r: (method isEmpty ifTrue: [ crucible try: text For: task parts ] False: [
                        p tryExpression: text ]).
                    (r at: 0) = 'value' ifFalse: [ ^ list copyRemoveAll ].
                    ((r at: 1) startsWith: '\'\\x02') ifFalse: [ ^ list copyRemoveAll ].
                    pythonText rowsIn: ((r at: 1) evalIfFail: [ ^ list copyRemoveAll ]) ).
            }
            {'Category: names\x7fComment: Names of the parameters: as the task has them if they say something, else by kind.'
                nameParameters = (| given. taken |
                    given: babs argumentsIn: task signature.
                    taken: list copyRemoveAll.
                    isOfObject ifTrue: [ taken add: 'self' ] False: [
                        taken add: (nameFor: (kinds at: 0) Beside: taken) ].
                    given do: [ |:n. :i|
                        taken add: (n size > 2 ifTrue: [ n _SnakeCase ] False: [
                            nameFor: (kinds at: i + 1) Beside: taken ]) ].
                    parameters: taken.
                    self ).
                nameFor: kind Beside: taken = (
                    kind _ArgumentNameBeside: taken asVector IfFail: [ 'item' ] ).
            }
            {'Category: objects\x7fComment: What an object has that is near the task: its slots, and methods of its holder that could help. However many there are, only some are looked at closely.'
                nearSlots = (
                    ((babs nearDataOf: task) filterBy: [ |:s| babs isWord: s name ]) asVector ).
                nearMethods = (| m |
                    m: reflect: task holder.
                    (babs first: 6 Of: m names Where: [ |:n. s|
                        s: m at: n.
                        (n != task selector) && [
                                ((babs isOperator: n) || [ n startsWith: '_' ]) not && [
                                        s isAssignable not && [ s isMethod ] ] ] ]) asVector ).
            }
            {'Category: asking\x7fComment: The constant part; the question; what the answer begins with; the grammar of the rest.'
                instructions = 'You are an expert Python programmer. You complete one function with plain, short Python. You never explain, print, or write tests.'.
                text = (
                    'Complete this Python ', (isOfObject ifTrue: 'method' False: 'function')
                        , '. Handle empty and unusual input sensibly.\n\n```python\n', beginning
                        , documentation, '```\n' ).
                opening = ( '```python\n', beginning ).
                grammar = ( isOfObject _TranslationGrammar ).
                beginning = (| out |
                    out: stringWriter copyRemoveAll.
                    isOfObject ifTrue: [
                        out write: 'class ', className, ':\n'.
                        attributes do: [ |:s|
                            out write: '    ', s name _SnakeCase, ': '
                                , (pythonText annotationOf: s value), '\n' ].
                        out write: '\n'.
                        helpers do: [ |:h| out write: '    def ', (stubOf: h), ': ...\n' ] ].
                    out write: margin, 'def ', function, '('.
                    parameters
                        do: [ |:n. :i|
                            out write: n.
                            isOfObject && [ i = 0 ] ifFalse: [
                                (kinds at: i) isEmpty ifFalse: [ out write: ': ', (kinds at: i) ] ] ]
                        SeparatedBy: [ out write: ', ' ].
                    out write: ')'.
                    answerKind isEmpty ifFalse: [ out write: ' -> ', answerKind ].
                    out write: ':\n'.
                    out contents ).
                margin = ( isOfObject ifTrue: '    ' False: '' ).
                className = ( (babs kindOf: task receiver) capitalize ).
                stubOf: selector = (| out |
                    out: stringWriter copyRemoveAll.
                    out write: selector _SnakeCase, '(self'.
                    ((selector splitOn: ':') size - 1) do: [ |:i|
                        out write: ', a', i printString ].
                    out write: ')'.
                    out contents ).
                documentation = (| out |
                    out: stringWriter copyRemoveAll.
                    out write: margin, '    """', sentence, '\n'.
                    isOfObject ifFalse: [
                        calls do: [ |:call. :i|
                            i < 5 ifTrue: [
                                out write: '\n    >>> ', function, '('
                                    , (call first joinedWith: ', '), ')\n    ', call second, '\n' ] ] ].
                    out write: margin, '    """\n'.
                    repair isEmpty ifFalse: [ out write: margin, '    # ', repair, '\n' ].
                    out contents ).
                sentence = (| words. said |
                    said: ((task comment replaceAll: '"' With: '\'') replaceAll: '\\' With: '/').
                    said isEmpty ifTrue: [
                        said: ((babs wordsIn: task signature) joinedWith: ' '), '.' ].
                    isOfObject ifTrue: [ ^ said ].
                    words: set copyRemoveAll addAll: (babs wordsIn: said).
                    (('i' & 'me' & 'my' & 'mine' & 'am') asVector anySatisfy: [ |:w|
                        words includes: w ]) ifFalse: [ ^ said ].
                    said, ' ("I" and "me" mean ', parameters first, '.)' ).
            }
            {'Category: translating\x7fComment: The methods that an answer says, as vectors of signature, body and what is missing; the block gets why there is none.'
                codeOf: answer = (
                    (answer startsWith: '```') ifTrue: [
                        ^ ((answer after: '\n') before: '```'), '\n' ].
                    beginning, (answer before: '```'), '\n' ).
                methodsIn: answer IfFail: blk = (
                    ((codeOfAny: answer)
                        _MethodTranslated: (function & task selector & known
                            & (answersVector ifTrue: 'vector' False: '')) asVector
                        IfFail: [ |:e| ^ blk value: e ]) ).
                codeOfAny: answer = (
                    (answer includesSubstring: '```') ifTrue: [ codeOf: answer ] False: [
                        beginning, answer, '\n' ] ).
                known = (| all |
                    all: list copyRemoveAll.
                    attributes do: [ |:s| all add: s name _SnakeCase. all add: s name ].
                    helpers do: [ |:h| all add: h _SnakeCase. all add: h ].
                    all asVector ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of questions.'
        question = (| {} = 'Comment: The prototype of questions.'.
            parent* = traits question.

            {'Category: parts\x7fComment: The task; the function\'s name; whether it is a method of an object with slots and near methods; names and kinds of parameters; examples that can be shown, each a list of argument texts and an answer; what went wrong before.'
                task.
                function <- ''.
                isOfObject <- false.
                attributes <- vector.
                helpers <- vector.
                parameters <- list copyRemoveAll.
                kinds <- list copyRemoveAll.
                answerKind <- ''.
                answersVector <- false.
                calls <- list copyRemoveAll.
                repair <- ''.
            }
        |).

        pythonText = (| {} = 'Comment: I know how objects of the world are written in the language that questions are put in.'.
            parent* = traits oddball.

            {'Category: kinds\x7fComment: The kind of an object as an annotation; what covers two of them. Empty if there is none.'
                annotationOf: x = ( annotationOf: x Depth: 0 ).
                annotationOf: x Depth: depth = (| kind |
                    kind: babs kindOf: x.
                    kind = 'integer' ifTrue: [ ^ 'int' ].
                    kind = 'float' ifTrue: [ ^ 'float' ].
                    kind = 'string' ifTrue: [ ^ 'str' ].
                    kind = 'boolean' ifTrue: [ ^ 'bool' ].
                    kind = 'nil' ifTrue: [ ^ 'None' ].
                    kind = 'block' ifTrue: [ ^ 'Callable' ].
                    (kind = 'vector') || [ kind = 'list' ] ifTrue: [
                        ^ 'list', (partsOf: x Depth: depth) ].
                    kind = 'set' ifTrue: [ ^ 'set', (partsOf: x Depth: depth) ].
                    (kind includesSubstring: 'ictionary') ifTrue: [
                        ^ 'dict', (pairOf: x Depth: depth) ].
                    (babs isBuiltin: kind) || [ kind = 'object' ] ifTrue: [ ^ 'object' ].
                    kind capitalize ).
                partsOf: c Depth: depth = (| kind <- ''. n <- 0 |
                    depth > 3 ifTrue: [ ^ '' ].
                    c do: [ |:e|
                        n < 8 ifTrue: [
                            kind: (join: kind With: (annotationOf: e Depth: depth + 1)) ].
                        n: n + 1 ].
                    kind isEmpty || [ kind = 'object' ] ifTrue: '' False: [ '[', kind, ']' ] ).
                pairOf: d Depth: depth = (| key <- ''. value <- ''. n <- 0 |
                    depth > 3 ifTrue: [ ^ '' ].
                    d keysAndValuesDo: [ |:k. :v|
                        n < 8 ifTrue: [
                            key: (join: key With: (annotationOf: k Depth: depth + 1)).
                            value: (join: value With: (annotationOf: v Depth: depth + 1)) ].
                        n: n + 1 ].
                    key isEmpty ifTrue: '' False: [ '[', key, ', ', value, ']' ] ).
                join: a With: b = (
                    (a = b) || [ b isEmpty ] ifTrue: [ ^ a ].
                    a isEmpty || [ a = 'None' ] ifTrue: [ ^ b ].
                    b = 'None' ifTrue: [ ^ a ].
                    ((a = 'int') || [ a = 'float' ]) && [ (b = 'int') || [ b = 'float' ] ] ifTrue: [
                        ^ 'float' ].
                    (a startsWith: 'list') && [ b startsWith: 'list' ] ifTrue: [
                        a = 'list' ifTrue: [ ^ b ].
                        b = 'list' ifTrue: [ ^ a ].
                        ^ (a includesSubstring: 'float') || [ b includesSubstring: 'float' ]
                            ifTrue: 'list[float]'
                            False: 'list' ].
                    'object' ).
            }
            {'Category: values\x7fComment: An object as a literal; empty if it can\'t be written, or only at length.'
                literalOf: x = ( literalOf: x Depth: 0 ).
                literalOf: x Depth: depth = (| kind. parts |
                    kind: babs kindOf: x.
                    (kind = 'integer') || [ kind = 'float' ] ifTrue: [ ^ x printString ].
                    kind = 'string' ifTrue: [
                        ^ x size > 120 ifTrue: '' False: [ x asString printString ] ].
                    kind = 'boolean' ifTrue: [ ^ x ifTrue: 'True' False: 'False' ].
                    kind = 'nil' ifTrue: [ ^ 'None' ].
                    depth > 3 ifTrue: [ ^ '' ].
                    parts: list copyRemoveAll.
                    (kind includesSubstring: 'ictionary') ifTrue: [
                        x size > 20 ifTrue: [ ^ '' ].
                        x keysAndValuesDo: [ |:k. :v. a. b|
                            a: literalOf: k Depth: depth + 1.
                            b: literalOf: v Depth: depth + 1.
                            a isEmpty || [ b isEmpty ] ifTrue: [ ^ '' ].
                            parts add: a, ': ', b ].
                        ^ '{', (parts joinedWith: ', '), '}' ].
                    (kind = 'vector') || [ (kind = 'list') || [ kind = 'set' ] ] ifFalse: [ ^ '' ].
                    x size > 30 ifTrue: [ ^ '' ].
                    x do: [ |:e. text|
                        text: literalOf: e Depth: depth + 1.
                        text isEmpty ifTrue: [ ^ '' ].
                        parts add: text ].
                    kind = 'set' ifTrue: [
                        ^ parts isEmpty ifTrue: 'set()' False: [
                            '{', (parts joinedWith: ', '), '}' ] ].
                    '[', (parts joinedWith: ', '), ']' ).
            }
            {'Category: rows\x7fComment: Kind and literal of objects as one string, to come out of a fork; and back as a list of pairs.'
                rowOf: x = ( '\x02', (annotationOf: x), '\x01', (literalOf: x) ).
                rowsOf: all = ( (all mapBy: [ |:x| rowOf: x ]) joined ).
                rowsOf: all With: a = ( rowsOf: (all add: a) ).
                rowsOf: all With: a With: b = ( rowsOf: ((all add: a) add: b) ).
                rowsOf: all With: a With: b With: c = ( rowsOf: (((all add: a) add: b) add: c) ).
                rowsIn: text = (
                    ((text splitOn: '\x02') filterBy: [ |:row. :i| i > 0 ]) mapBy: [ |:row|
                        row splitOn: '\x01' ] ).
            }
        |).
    }
|)
