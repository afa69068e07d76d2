"Tests of stdlib/collection/vector.self and indexable.self."

testing suite: 'vector' Tests: (|
    parent* = traits testSuite.

    testAccessing = (| v |
        v: vector copySize: 3 FillingWith: 7.
        expect: v size ToBe: 3.
        expect: (v at: 2) ToBe: 7.
        v at: 0 Put: 'x'.
        expect: v first ToBe: 'x'.
        expect: v last ToBe: 7.
        expect: (v at: 5 IfAbsent: 'no') ToBe: 'no'.
        expect: [ v at: 3 ] ToSignal: errors index.
        expect: [ v at: -1 Put: 0 ] ToSignal: errors index.
        expect: vector size ToBe: 0 ).

    testIterating = (| log <- '' |
        (4 & 5) asVector do: [ |:e. :k| log: log, k printString, ':', e printString, ' ' ].
        expect: log ToBe: '0:4 1:5 '.
        log: ''.
        (4 & 5) asVector reverseDo: [ |:e| log: log, e printString ].
        expect: log ToBe: '54'.
        log: ''.
        (1 & 2) asVector with: (3 & 4 & 5) asVector Do: [ |:a. :b| log: log, (a * b) printString ].
        expect: log ToBe: '38' ).

    testCopying = (| v |
        v: (1 & 2 & 3 & 4) asVector.
        expect: (v copyFrom: 1 UpTo: 3) ToBe: (2 & 3) asVector.
        expect: v copyWithoutFirst ToBe: (2 & 3 & 4) asVector.
        expect: v reverse ToBe: (4 & 3 & 2 & 1) asVector.
        expect: (v, (5 & 6) asVector) size ToBe: 6.
        expect: (v take: 2) ToBe: (1 & 2) asVector.
        expect: (v drop: 3) first ToBe: 4.
        expect: [ v copyFrom: 2 UpTo: 5 ] ToSignal: errors index.
        expect: (vector copySize: 3 MadeBy: [ |:i| i * i ]) ToBe: (0 & 1 & 4) asVector ).

    testIndependence = (| a. b |
        a: (1 & 2) asVector.
        b: a copy.
        b at: 0 Put: 9.
        expect: a first ToBe: 1 ).

    testSearching = (
        expect: ((5 & 6) asVector indexOf: 6) ToBe: 1.
        expect: ((5 & 6) asVector indexOf: 7) ToBe: -1.
        expect: ((5 & 6 & 5) asVector lastIndexOf: 5) ToBe: 2 ).

    testComparing = (
        expect: ((1 & 2) asVector = (1 & 2) asVector) ToBe: true.
        expect: ((1 & 2) asVector = (1 & 3) asVector) ToBe: false.
        expect: ((1 & 2) asVector = 3) ToBe: false.
        expect: ((1 & 2) asVector < (1 & 3) asVector) ToBe: true.
        expect: (1 & 2) asVector hash ToBe: (1 & 2) asVector hash ).

    testChanging = (| v |
        v: (1 & 2 & 3) asVector.
        v swap: 0 And: 2.
        expect: v ToBe: (3 & 2 & 1) asVector.
        v reverseInPlace.
        expect: v ToBe: (1 & 2 & 3) asVector.
        v atAllPut: 0.
        expect: v sum ToBe: 0 ).

    testEqualWhateverTheSort = (| all |
        all: ((1 & 2) asVector & (1 & 2) asList & (1 & 2) asSequence & (1 to: 2)
            & (1.0 & 2.0) asList) asVector.
        all do: [ |:a|
            all do: [ |:b| expect: (a = b) ToBe: true. expect: a hash ToBe: b hash ].
            expect: (a = (1 & 2)) ToBe: true.
            expect: ((1 & 2) = a) ToBe: true.
            expect: (a = (1 & 2) asSet) ToBe: false.
            expect: (a = (1 & 2) asByteVector) ToBe: false.
            expect: ((1 & 2) asByteVector = a) ToBe: false.
            expect: (a = (1 & 2 & 3) asList) ToBe: false ].
        expect: ('ab' = ('a' & 'b') asVector) ToBe: false.
        expect: (('a' & 'b') asVector = 'ab') ToBe: false ).

    testOrder = (| v |
        v: (1 & 2) asVector.
        expect: (v < (1 & 2 & 0) asVector) ToBe: true.
        expect: (v <= (1 & 2) asList) ToBe: true.
        expect: (v > (1 & 1 & 9) asVector) ToBe: true.
        expect: (v >= (1 & 3) asVector) ToBe: false.
        expect: (v max: (1 & 3) asVector) ToBe: (1 & 3) asVector.
        expect: (v min: (1 & 3) asVector) ToBe: v.
        expect: (v compare: (0 & 5) asVector IfLess: 'l' Equal: 'e' Greater: 'g') ToBe: 'g'.
        expect: (v compare: (1 to: 2) IfLess: 'l' Equal: 'e' Greater: 'g') ToBe: 'e' ).

    testAbsentKeys = (| v |
        v: (4 & 5) asVector.
        expect: (v at: 7 IfAbsent: [ |:k| k * 2 ]) ToBe: 14.
        expect: (v at: 7 Put: 0 IfAbsent: [ |:k| k * 2 ]) ToBe: 14.
        expect: ((1 to: 3) at: 9 IfAbsent: [ |:k| k ]) ToBe: 9.
        expect: ((4 & 5) asByteVector at: 9 IfAbsent: [ |:k| k ]) ToBe: 9 ).

    testTwoAtOnce = (| log <- '' |
        (1 & 2) asVector with: (7 & 8 & 9) asVector Do: [ |:a. :b. :i. :j|
            log: log, (a & b & i & j) printString ].
        expect: log ToBe: 'a collector(1, 7, 0, 0)a collector(2, 8, 1, 1)'.
        log: ''.
        (1 & 2) asVector with: (dictionary copyRemoveAll at: 'x' Put: 7) Do: [ |:a. :b. :i. :j|
            log: log, (a & b & i & j) printString ].
        expect: log ToBe: 'a collector(1, 7, 0, \'x\')'.
        log: ''.
        (1 & 2) asVector with: (7 & 8 & 9) asList ReverseDo: [ |:a. :b. :i. :j|
            log: log, (a & b & i & j) printString ].
        expect: log ToBe: 'a collector(2, 9, 1, 2)a collector(1, 8, 0, 1)' ).

    testSubstrings = (| v |
        v: (1 & 2 & 1 & 2 & 3) asVector.
        expect: (v includesSubstring: (2 & 3) asVector) ToBe: true.
        expect: (v includesSubstring: (3 & 2) asVector) ToBe: false.
        expect: (v findSubstring: (1 & 2) asList IfPresent: [ |:i| i ] IfAbsent: -1) ToBe: 0.
        expect: (v
                findSubstring: (1 & 2) asVector
                StartingAt: 1
                IfPresent: [ |:i| i ]
                IfAbsent: -1)
            ToBe: 2.
        expect: (v
                findSubstring: (1 & 2) asVector
                StartingAt: 3
                IfPresent: [ |:i| i ]
                IfAbsent: -1)
            ToBe: -1.
        expect: ('abab' findSubstring: 'ab' StartingAt: 1 IfPresent: [ |:i| i ] IfAbsent: -1)
            ToBe: 2.
        expect: ((1 & 2) asVector isPrefixOf: v) ToBe: true.
        expect: ((2 & 3) asVector isSuffixOf: v) ToBe: true.
        expect: ((1 & 3) asVector isSuffixOf: v) ToBe: false.
        expect: (v isSuffixOf: (2 & 3) asVector) ToBe: false.
        expect: (v copyWithoutPrefix: (1 & 2) asVector) ToBe: (1 & 2 & 3) asVector.
        expect: (v copyWithoutPrefix: (2 & 1) asVector) ToBe: v.
        expect: (v copyWithoutSuffix: (2 & 3) asVector) ToBe: (1 & 2 & 1) asVector.
        expect: ('core.self' copyWithoutSuffix: '.self') ToBe: 'core' ).

    testReplacing = (| v |
        v: (1 & 2 & 1 & 2 & 3) asVector.
        expect: (v replace: (1 & 2) asVector With: (vector copySize: 1 FillingWith: 0))
            ToPrint: 'a vector(0, 0, 3)'.
        expect: (v asList replace: (9 & 9) asVector With: vector) ToPrint: 'a list(1, 2, 1, 2, 3)'.
        expect: (v replaceAllSatisfying: [ |:x| x = 1 ] With: [ |:x. :k| k * 10 ])
            ToBe: (0 & 2 & 20 & 2 & 3) asVector.
        expect: ('a.b' replaceAllSatisfying: [ |:c| c isLetter ] With: [ |:c| c asUppercase ])
            ToBe: 'A.B'.
        expect: (v replaceFrom: 1 UpTo: 4 With: (8 & 9) asVector) ToBe: (1 & 8 & 9 & 3) asVector.
        expect: ('abcd' replaceFrom: 1 UpTo: 3 With: '-') ToBe: 'a-d' ).

    testEndsAndParts = (| v |
        v: (1 & 2 & 3) asVector.
        expect: ((v copy first: 7) last: 9) ToBe: (7 & 2 & 9) asVector.
        expect: [ vector copy first: 1 ] ToSignal: errors missing.
        expect: [ list copyRemoveAll last: 1 ] ToSignal: errors missing.
        expect: (v copyAddFirst: 0) ToBe: (0 & 1 & 2 & 3) asVector.
        expect: (v copyAddLast: 4) ToBe: (1 & 2 & 3 & 4) asVector.
        expect: ('bc' copyAddFirst: 'a') ToBe: 'abc'.
        expect: ('bc' copyAddLast: 'd') ToBe: 'bcd'.
        expect: (v asByteVector copyAddFirst: 0) ToBe: (0 & 1 & 2 & 3) asByteVector.
        expect: (v copyAtMost: 2) ToBe: (1 & 2) asVector.
        expect: ('abc' copyAtMost: 9) ToBe: 'abc'.
        expect: (v copyFrom: 1 Size: 2) ToBe: (2 & 3) asVector.
        expect: (v copy fillWith: 5) ToBe: (5 & 5 & 5) asVector.
        expect: (v copy fillFrom: (8 & 9) asList) ToBe: (8 & 9 & 3) asVector.
        expect: (v copy copyRangeDstPos: 1 SrcArray: (6 & 7 & 8) asVector SrcPos: 1 Len: 2)
            ToBe: (1 & 7 & 8) asVector ).

    testFilling = (| v |
        v: vector copySize: 3.
        expect: (v addAll: (4 & 5) asList) ToBe: (4 & 5 & nil) asVector.
        expect: ((1 to: 3) mapBy: [ |:x| x * x ] Into: v) ToBe: (1 & 4 & 9) asVector.
        expect: (vector copyContaining: (4 & 5) asList) ToPrint: 'a vector(4, 5)'.
        expect: (byteVector copyContaining: (4 & 5) asVector) ToBe: (4 & 5) asByteVector.
        expect: ('' copyContaining: ('a' & 'b') asVector) ToBe: 'ab'.
        expect: ((4 & 5) asByteVector mapBy: [ |:x| x + 1 ]) ToBe: (5 & 6) asByteVector.
        expect: ((4 & 5) asByteVector filterBy: [ |:x| x odd ]) size ToBe: 1 ).

    testTokens = (| v |
        v: (0 & 1 & 2 & 0 & 0 & 3) asVector.
        expect: (v splitOn: 0) ToPrint: 'a list(a vector(1, 2), a vector(3))'.
        expect: ('a1b22c' asTokensSeparatedByItemsSatisfying: [ |:c| c isDigit ])
            ToBe: ('a' & 'b' & 'c') asList ).
|)
