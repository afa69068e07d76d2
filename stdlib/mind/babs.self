"BABS maps the world: who is to get a method, what the receiver is, which names and
selectors exist. She writes the question for the model. Texts that come from objects
are data in the question; nothing in them can change a policy."

globals _AddSlots: (|
    {'Category: mind\x7fComment: The persona that retrieves: she knows the world and writes the question.'
        babs = (| {} = 'Comment: I map the world with joyful, flawless precision.'.
            parent* = traits oddball.

            {'Category: holders\x7fComment: Who gets the method: the family of the receiver, else its prototype, else itself.'
                holderFor: r = (| m. p |
                    m: reflect: r.
                    (m kind = 'smallInt') || [ m kind = 'bigInt' ] ifTrue: [ ^ traits integer ].
                    (m includesName: 'parent') ifFalse: [ ^ r ].
                    p: m contentsAt: 'parent'.
                    (m isOrdinary: p) ifTrue: [ ^ prototypeOf: r ].
                    (p isOnSameAs: (reflect: lobby)) ifTrue: [ ^ r ].
                    p reflecteeIfFail: r ).
            }
            {'Category: holders\x7fComment: The object with a name in the lobby or the globals that this one is a copy of, as far as its data slots and parent show; else itself.'
                prototypeOf: r = (| m. names. found |
                    m: reflect: r.
                    names: m names.
                    ((reflect: lobby) & (reflect: globals)) asVector do: [ |:room|
                        room do: [ |:s|
                            s isAssignable || [ s isMethod ] ifFalse: [
                                (s contents isOnSameAs: m) ifTrue: [ ^ r ].
                                (nil = found) && [ are: s contents CopiesOf: m Names: names ] ifTrue: [
                                    found: s ] ] ] ].
                    found ifNil: [ r ] IfNotNil: [ found value ] ).
                are: one CopiesOf: m Names: names = (| own |
                    names size < 2 ifTrue: [ ^ false ].
                    ((one includesName: 'parent') && [ m includesName: 'parent' ] && [
                            (one contentsAt: 'parent') isOnSameAs: (m contentsAt: 'parent') ]) ifFalse: [
                        ^ false ].
                    own: one names.
                    own size < names size ifTrue: [ ^ false ].
                    names do: [ |:n| (one includesName: n) ifFalse: [ ^ false ] ].
                    own do: [ |:n|
                        (m includesName: n) || [ (one at: n) isMethod ] ifFalse: [ ^ false ] ].
                    true ).
            }
            {'Category: kinds\x7fComment: One word for what an object is, as the model has learnt it.'
                kindOf: x = (| k. m. n |
                    m: reflect: x.
                    k: m kind.
                    (k = 'smallInt') || [ k = 'bigInt' ] ifTrue: [ ^ 'integer' ].
                    (k = 'float') || [ (k = 'vector') || [ k = 'block' ] ] ifTrue: [ ^ k ].
                    (k = 'string') || [ k = 'byteVector' ] ifTrue: [ ^ 'string' ].
                    (true _Eq: x) || [ false _Eq: x ] ifTrue: [ ^ 'boolean' ].
                    (nil _Eq: x) ifTrue: [ ^ 'nil' ].
                    n: m familyName.
                    n isEmpty ifFalse: [ ^ n ].
                    n: (reflect: (prototypeOf: x)) nameInARoom.
                    n isEmpty ifTrue: 'object' False: n ).
                isBuiltin: kind = (
                    (' integer float string vector list dictionary set boolean point rectangle block nil ' includesSubstring: ' '
                        , kind, ' ') ).
                slotsOf: t = (| out |
                    out: stringWriter copyRemoveAll.
                    (first: 6 Of: (nearDataOf: t) Where: true) do: [ |:s|
                        out write: ' ', s name, ':', (kindOf: s value) ].
                    out contents ).
            }
            {'Category: signatures\x7fComment: Names for arguments, after their kinds.'
                signatureOf: selector Arguments: v = (| out. used. i <- 0 |
                    v isEmpty ifTrue: [ ^ selector ].
                    used: list copyRemoveAll.
                    (selector includesSubstring: ':') ifFalse: [
                        ^ selector, ' ', (nameFor: (v at: 0) Not: used) ].
                    out: stringWriter copyRemoveAll.
                    (selector splitOn: ':') do: [ |:piece|
                        piece isEmpty ifFalse: [
                            i > 0 ifTrue: [ out write: ' ' ].
                            out write: piece, ': ', (nameFor: (v at: i) Not: used).
                            i: i + 1 ] ].
                    out contents ).
                nameFor: x Not: used = (
                    (namesFor: (kindOf: x)) do: [ |:n|
                        (used includes: n) ifFalse: [ used add: n. ^ n ] ].
                    'other' ).
                namesFor: kind = (
                    kind = 'integer' ifTrue: [ ^ ('n' & 'm' & 'k' & 'i') asVector ].
                    kind = 'float' ifTrue: [ ^ ('x' & 'y' & 'z') asVector ].
                    kind = 'string' ifTrue: [ ^ ('s' & 't' & 'u') asVector ].
                    (' vector list set dictionary ' includesSubstring: ' ', kind, ' ') ifTrue: [
                        ^ ('c' & 'd' & 'e') asVector ].
                    kind = 'block' ifTrue: [ ^ ('blk' & 'blk2') asVector ].
                    kind = 'boolean' ifTrue: [ ^ ('b' & 'b2') asVector ].
                    ('other' & 'e' & 'x' & 'y') asVector ).
                selectorOf: signature = (| words |
                    words: (signature splitOn: ' ') asVector.
                    ((words filterBy: [ |:w. :k| (k % 2) = 0 ]) asVector) joinedWith: '' ).
                probeFor: name Receiver: r = (
                    (' n m k i ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ 3 ].
                    (' x y z ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ 2.5 ].
                    (' s t u ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ 'ab' ].
                    (' c d ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ (1 & 2 & 3) asVector ].
                    (' b b2 ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ true ].
                    ('blk' isPrefixOf: name) ifTrue: [ ^ [ |:e| e ] ].
                    r ).
                argumentsIn: signature = (| words |
                    words: signature splitOn: ' '.
                    words size < 2 ifTrue: [ ^ vector ].
                    ((words asVector filterBy: [ |:w. :k| (k % 2) = 1 ]) asVector) ).
            }
            {'Category: asking\x7fComment: The question, in the form the adapter was taught.'
                promptFor: t = (| out. kind |
                    out: stringWriter copyRemoveAll.
                    kind: kindOf: t receiver.
                    out write: kind.
                    (isBuiltin: kind) ifFalse: [ out write: (slotsOf: t) ].
                    out write: '\n'.
                    t comment isEmpty ifFalse: [
                        out write: '"', (t comment replaceAll: '"' With: ''), '"\n' ].
                    out write: t signature, ' ='.
                    out contents ).
                instructionsFor: t = ( mind isAdapted ifTrue: '' False: [ instructions ] ).
                instructions = 'You write one method in a dialect of the programming language Self. The question names the kind of the receiver (with its slots and their kinds), perhaps what the method does, and its selector with argument names. Answer with the method\'s body only, in parentheses, on one line, nothing else.
Rules: the receiver is self and may be left out; slots are read by name (balance) and set by name and colon (balance: 3); statements are parted by full stops, the last one is the value; locals stand in front: (| s <- 0 | ... ); blocks are [ |:e| e + 1 ]; all binary operators have the same precedence, so use parentheses; keyword messages begin with a small letter, further parts with a capital: at: 1 Put: 2; = compares, % is the remainder, the comma joins strings; indices begin with 0.
Examples:
integer
"true if I am divisible by two"
isEven = ( (self % 2) = 0 )
vector
sumOfSquares = (| s <- 0 | do: [|:e| s: s + (e * e)]. s )
account balance:integer owner:string
"put money in"
deposit: n = ( balance: balance + n )
'.
                grammarFor: t = (
                    _MethodGrammar: ((argumentsIn: t signature) & (namesForTask: t) & unary
                            & operators & (keywords, (assignmentsFor: t)) & 4) asVector
                        IfFail: [ |:e| t complaint: e. nil ] ).
            }
            {'Category: asking\x7fComment: Names in scope: the slots of the receiver, and the prototypes.'
                namesForTask: t = (| all |
                    all: list copyRemoveAll.
                    (nearNamesOf: t) do: [ |:n| (isWord: n) ifTrue: [ all add: n ] ].
                    prototypes do: [ |:n| all add: n ].
                    all add: t selector.
                    all asVector ).
                assignmentsFor: t = (| all |
                    all: list copyRemoveAll.
                    (nearSlotsOf: t) do: [ |:s|
                        s isAssignable && [ isWord: s name ] ifTrue: [ all add: s name, ':' ] ].
                    all asVector ).
                prototypes = (
                    ('list' & 'set' & 'dictionary' & 'vector' & 'nil' & 'true' & 'false') asVector ).
                isWord: n = (| c |
                    n isEmpty ifTrue: [ ^ false ].
                    c: n byteAt: 0.
                    ((c >= 97) && [ c <= 122 ]) && [ (n includesSubstring: ':') not ] ).
            }
            {'Category: vocabulary\x7fComment: Selectors that somebody understands, gathered again when the world has changed, and only for this session.'
                unary = ( vocabulary at: 0 ).
                operators = ( vocabulary at: 1 ).
                keywords = ( vocabulary at: 2 ).
                vocabulary = (| words |
                    words: session at: 'babs vocabulary' IfAbsent: nil.
                    words isNotNil && [ (words at: 3) = image changeCount ] ifTrue: [ ^ words ].
                    words: gathered.
                    session at: 'babs vocabulary' Put: words.
                    words ).
                gathered = (| u. b. k |
                    u: set copyRemoveAll.
                    b: set copyRemoveAll.
                    k: set copyRemoveAll.
                    families do: [ |:f|
                        (reflect: f) names do: [ |:n|
                            (isWord: n) ifTrue: [ u add: n ] False: [
                                (n includesSubstring: ':')
                                    ifTrue: [ (isKeyword: n) ifTrue: [ k add: n ] ]
                                    False: [ (isOperator: n) ifTrue: [ b add: n ] ] ] ] ].
                    (u asVector copySorted & b asVector copySorted & k asVector copySorted
                        & image changeCount) asVector ).
                isKeyword: n = (| c | c: n byteAt: 0. (c >= 97) && [ c <= 122 ] ).
                isOperator: n = (
                    n isEmpty not && [
                            (n != '|') && [
                                    (n != '^') && [
                                            '!#$%&*+,-/;<=>?@\\^|~' includesSubstring: (n
                                                copyFrom: 0
                                                UpTo: 1) ] ] ] ).
                families = (| all |
                    all: list copyRemoveAll.
                    (traits number & traits integer & traits smallInt & traits float
                        & traits string & traits collection & traits indexable & traits vector
                        & traits list & traits set & traits dictionary & traits block & true
                        & traits point & defaultBehavior) asVector do: [ |:f| all add: f ].
                    all asVector ).
            }
        |).
    }
|)
