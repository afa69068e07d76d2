"Tests of file-out: what is written and read again is equal, whatever it is."

testing suite: 'fileOut' Tests: (|
    parent* = traits testSuite.

    "Two graphs are alike: the same sorts of objects with the same slots and elements, joined in the same way."
    isomorph = (|
        parent* = traits clonable.
        there.
        back.
        waiting.
        why <- ''.

        is: a Like: b = (
            there: identityDictionary copyRemoveAll.
            back: identityDictionary copyRemoveAll.
            waiting: list copyRemoveAll.
            why: ''.
            see: (reflect: a) And: (reflect: b) Path: 'it'.
            [ waiting isEmpty || [ why isEmpty not ] ] whileFalse: [ | pair |
                pair: waiting removeFirst.
                compare: (pair at: 0) With: (pair at: 1) Path: (pair at: 2) ].
            why isEmpty ).
        see: a And: b Path: path = (
            a = b ifTrue: [ ^ self ].
            a kind = b kind ifFalse: [ ^ why: path, ' kind ', a kind, ' ', b kind ].
            a kind = 'method' ifTrue: [
                a source = b source ifFalse: [ why: path, ' source' ].
                ^ self ].
            (a kind = 'bigInt') || [ a kind = 'float' ] ifTrue: [
                (a reflectee = b reflectee) || [ (a kind = 'float') && [ a reflectee isNaN ] ] ifFalse: [
                    why: path, ' number' ].
                ^ self ].
            a kind = 'string' ifTrue: [ ^ why: path, ' text' ].
            a kind = 'mirror' ifTrue: [ ^ see: a reflectee And: b reflectee Path: path ].
            (there includesKey: a reflectee) || [ back includesKey: b reflectee ]
                ifTrue: [ (there at: a reflectee IfAbsent: nil) _Eq: b reflectee ]
                False: [
                    there at: a reflectee Put: b reflectee.
                    back at: b reflectee Put: a reflectee.
                    waiting add: (fileIn & a & b & path) asVector ].
            ((there at: a reflectee IfAbsent: nil) _Eq: b reflectee) ifFalse: [
                why: path, ' joined otherwise' ].
            self ).
        compare: a With: b Path: path = (
            a annotation = b annotation ifFalse: [ ^ why: path, ' annotation' ].
            a allNames = b allNames ifFalse: [
                ^ why: path, ' names ', a allNames printString, b allNames printString ].
            (a kind = 'byteVector') ifTrue: [
                a reflectee = b reflectee ifFalse: [ ^ why: path, ' bytes' ] ].
            (a kind = 'vector') ifTrue: [
                a reflectee size = b reflectee size ifFalse: [ ^ why: path, ' size' ].
                a reflectee do: [ |:e. :i|
                    see: (reflect: e)
                        And: (reflect: (b reflectee at: i))
                        Path: path, ' at: ', i printString ] ].
            (a isReflecteeSlots && [ (a includesName: 'keyTable') && [ a includesName: 'count' ] ]) ifTrue: [
                ^ compareTable: a reflectee With: b reflectee Path: path ].
            (a isReflecteeSlots && [
                    (a includesName: 'elements') && [ a includesName: 'offset' ] ]) ifTrue: [
                ^ compareList: a reflectee With: b reflectee Path: path ].
            a allNames do: [ |:n|
                (a annotationAt: n) = (b annotationAt: n) ifFalse: [
                    ^ why: path, ' annotation of ', n ].
                (a isParentAt: n) = (b isParentAt: n) ifFalse: [ ^ why: path, ' parent ', n ].
                (a isAssignableAt: n) = (b isAssignableAt: n) ifFalse: [
                    ^ why: path, ' assignable ', n ].
                n last = ':' ifFalse: [
                    see: (a contentsAt: n) And: (b contentsAt: n) Path: path, ' ', n ] ] ).
        compareTable: a With: b Path: path = (
            a count = b count ifFalse: [ ^ why: path, ' count' ].
            a keysDo: [ |:k|
                (isWhole: k) ifTrue: [
                    (b includesKey: k) ifFalse: [ ^ why: path, ' key ', k printString ].
                    see: (reflect: (a at: k))
                        And: (reflect: (b at: k))
                        Path: path, ' at: ', k printString ] ].
            ((reflect: a) includesName: 'order') ifTrue: [
                see: (reflect: a order) And: (reflect: b order) Path: path, ' order' ] ).
        compareList: a With: b Path: path = (
            a size = b size ifFalse: [ ^ why: path, ' size' ].
            a do: [ |:e. :i|
                see: (reflect: e) And: (reflect: (b at: i)) Path: path, ' at: ', i printString ] ).
        isWhole: x = (
            ('smallInt' & 'string' & 'bigInt' & 'float') asVector includes: (reflect: x) kind ).
    |).

    again: x = ( (fileOut sourceOf: x) evaluate ).
    expectRoundTrip: x = (| text. j |
        text: fileOut sourceOf: x.
        j: isomorph copy.
        (j is: x Like: text evaluate) ifFalse: [ fail: j why, ' in ', text ] ).

    testNumbersAndStrings = (
        (fileIn & 0 & -1 & 3.5 & 0.1 & 1.0e300 & 4.9e-324 & (2 ** 200) & (2 ** 61)
            & (2 ** 200) negate & '' & 'it\'s "x" \\ \n\x00\x7f\xff' & math infinity & true & nil
            & math infinity negate & 'é→') asVector do: [ |:x| expectRoundTrip: x ].
        256 do: [ |:i|
            expectRoundTrip: i asCharacter.
            expectRoundTrip: i asCharacter copyMutable ].
        expect: (again: 0.0 negate) printString ToBe: 0.0 negate printString ).

    testCollections = (| d |
        expectRoundTrip: list copyRemoveAll.
        expectRoundTrip: (1 & 'b' & nil & true) asList.
        expectRoundTrip: (3 & 1 & 2) asSet.
        expectRoundTrip: (vector copySize: 1000).
        expectRoundTrip: (0 upTo: 1000) asVector.
        expectRoundTrip: (0 upTo: 1000) asList.
        d: dictionary copyRemoveAll.
        300 do: [ |:i| d at: i printString Put: i asFloat ].
        expectRoundTrip: d.
        expect: (again: d) ToBe: d.
        expect: ((again: d) at: '77') ToBe: 77.0.
        expectRoundTrip: (1 & 200) asByteVector.
        expectRoundTrip: 'abc' copyMutable.
        expectRoundTrip: (reflect: traits list).
        expectRoundTrip: (3 -> (list copyRemoveAll add: (list copyRemoveAll add: false))) ).

    testInOrder = (| d |
        d: orderedDictionary copyRemoveAll.
        ('zoo' & 'ant' & 'zoo' & 7 & 3) asVector do: [ |:k| d at: k Put: k -> d ].
        expectRoundTrip: d.
        expect: (again: d) keys asVector ToBe: ('zoo' & 'ant' & 7 & 3) asVector.
        d: orderedDictionary copyRemoveAll.
        200 do: [ |:i| d at: (199 - i) printString copyMutable Put: i asFloat ].
        expect: (again: d) keys asVector ToBe: d keys asVector.
        expectRoundTrip: (3 -> d).
        expectRoundTrip: orderedDictionary copyRemoveAll ).

    testValues = (
        (fileIn & '1.20' asDecimal & (1 over: 3) & (date parse: '2026-01-31') & 90 seconds
            & (3 @ 4) & (moment parse: '2026-11-28T12:00:00Z') & (regex matching: '(a+)(?<b>b)')
            & (channel copyCapacity: 3)) asVector do: [ |:x| expectRoundTrip: x ].
        expect: ((again: (regex matching: '(a+)(?<b>b)')) firstIn: 'xaab') groups size ToBe: 2 ).

    testSharedAndCircular = (| a. b |
        a: list copyRemoveAll.
        b: list copyRemoveAll.
        a add: b.
        a add: b.
        b add: a.
        expectRoundTrip: a.
        b: again: a.
        assert: ((b at: 0) _Eq: (b at: 1)).
        assert: (((b at: 0) at: 0) _Eq: b).
        a: vector copySize: 1.
        a at: 0 Put: a.
        expectRoundTrip: a ).

    testKeysThatAreObjects = (| s. p. d |
        p: 3 -> 4.
        s: set copyRemoveAll add: p.
        d: identityDictionary copyRemoveAll.
        d at: p Put: s.
        d: again: d.
        expect: d size ToBe: 1.
        d do: [ |:v. :k|
            assert: (v includes: 3 -> 4).
            assert: ((d at: k) _Eq: v).
            v do: [ |:e| assert: (e _Eq: k) ] ] ).

    testDeepChain = (| first. p |
        first: 0 -> nil.
        p: first.
        3000 do: [ |:i| p value: i -> nil. p: p value ].
        expectRoundTrip: first ).

    testWhatCantBeWrittenIsAnErrorWithItsPath = (
        [ fileOut sourceOf: (list copyRemoveAll add: (3 -> [ 4 ])) ] on: errors fileOut Do: [ |:e|
            assert: ('it at: 0 value is <a block' isPrefixOf: e messageText)
                Description: e messageText.
            ^ self ].
        fail: 'no error' ).

    "Random graphs: some lists, vectors, dictionaries, sets, associations and literals that refer to each other."
    testRandomGraphs = (| source |
        source: random copySeed: 20261128.
        40 do: [ |:round| expectRoundTrip: (randomGraph: source Size: 2 + (round * 2)) ] ).
    randomGraph: r Size: n = (| all. scalars |
        scalars: (fileIn & 0 & 'x' & 2.5 & nil & true & traits list & ((2 ** 90)) & lobby)
            asVector.
        all: vector copySize: n MadeBy: [ fresh: r ].
        all do: [ |:x|
            (r integer: 5) do: [ | y |
                y: (r integer: 3) = 0 ifTrue: [ scalars at: (r integer: scalars size) ] False: [
                    all at: (r integer: n) ].
                fill: x With: y Key: (r integer: 1000) ] ].
        all at: 0 ).
    fresh: r = (| k |
        k: r integer: 9.
        k = 7 ifTrue: [ ^ orderedDictionary copyRemoveAll ].
        k = 8 ifTrue: [ ^ 'mutable' copyMutable ].
        k = 0 ifTrue: [ ^ list copyRemoveAll ].
        k = 1 ifTrue: [ ^ vector copySize: 1 + (r integer: 4) ].
        k = 2 ifTrue: [ ^ dictionary copyRemoveAll ].
        k = 3 ifTrue: [ ^ association clone ].
        k = 4 ifTrue: [
            ^ (| {} = 'Comment: odd'.
                parent* = traits clonable.
                {'Category: x'
                    a.
                    b <- 3
                }.
                c = 'c'.
                m: x = ( a: x )
            |) copy ].
        k = 5 ifTrue: [ ^ (| one. two. parent* <- traits clonable |) copy ].
        identityDictionary copyRemoveAll ).
    fill: x With: y Key: k = (| m |
        m: reflect: x.
        m kind = 'vector' ifTrue: [ ^ x at: k % x size Put: y ].
        m kind = 'byteVector' ifTrue: [ ^ self ].
        (m includesName: 'keyTable') ifTrue: [ ^ x at: k Put: y ].
        (m includesName: 'offset') ifTrue: [ ^ x add: y ].
        (m includesName: 'key') ifTrue: [ ^ k even ifTrue: [ x key: y ] False: [ x value: y ] ].
        (m includesName: 'a') ifTrue: [ ^ k even ifTrue: [ x a: y ] False: [ x b: y ] ].
        k even ifTrue: [ x one: y ] False: [ x two: y ] ).

    testEveryObjectOfTheWorld = (| written <- 0. refused <- 0. j |
        j: isomorph copy.
        places copyForWorld paths do: [ |:path. :x. text|
            (('lobby' & 'globals' & 'traits') asVector includes: path) ifFalse: [
                text: [ fileOut sourceOf: x ] on: errors fileOut Do: [ |:e|
                    (e messageText includesSubstring: (path before: ' ')) ifFalse: [
                        fail: 'the path is missing: ', path, ': ', e messageText ].
                    refused: refused + 1.
                    nil ].
                text ifNotNil: [
                    written: written + 1.
                    (j is: x Like: text evaluate) ifFalse: [ fail: path, ': ', j why ] ] ] ].
        assert: written > 150 Description: 'written ', written printString.
        assert: refused < 40 Description: 'refused ', refused printString ).
|)
