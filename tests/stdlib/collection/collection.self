"Tests of stdlib/collection/collection.self, on vectors, lists and sets."

testing suite: 'collection' Tests: (|
    parent* = traits testSuite.

    numbers = ( (3 & 1 & 2) asVector ).

    testSearching = (
        expect: (numbers includes: 2) ToBe: true.
        expect: (numbers includes: 7) ToBe: false.
        expect: (numbers anySatisfy: [ |:x| x > 2 ]) ToBe: true.
        expect: (numbers allSatisfy: [ |:x| x > 2 ]) ToBe: false.
        expect: (numbers noneSatisfy: [ |:x| x > 3 ]) ToBe: true.
        expect: (numbers countBy: [ |:x| x odd ]) ToBe: 2.
        expect: (numbers findFirst: [ |:x| x < 3 ] IfPresent: [ |:x. :k| x + k ] IfAbsent: 0)
            ToBe: 2.
        expect: (numbers findFirst: [ |:x| x > 3 ] IfAbsent: 'none') ToBe: 'none'.
        expect: (numbers occurrencesOf: 1) ToBe: 1 ).

    testTransforming = (
        expect: (numbers mapBy: [ |:x| x * 2 ]) ToBe: (6 & 2 & 4) asVector.
        expect: (numbers mapBy: [ |:x. :k| x * k ]) ToBe: (0 & 1 & 4) asVector.
        expect: (numbers filterBy: [ |:x| x odd ]) ToBe: (3 & 1) asVector.
        expect: (numbers mapBy: [ |:x| x even ] Into: list copyRemoveAll)
            ToBe: (false & false & true) asList.
        expect: (numbers gather: [ |:x| x & x ]) ToBe: (3 & 3 & 1 & 1 & 2 & 2) asList.
        expect: ((numbers groupBy: [ |:x| x odd ]) at: true) ToBe: (3 & 1) asList ).

    testAccumulating = (
        expect: numbers sum ToBe: 6.
        expect: numbers product ToBe: 6.
        expect: numbers max ToBe: 3.
        expect: numbers min ToBe: 1.
        expect: numbers mean ToBe: 2.0.
        expect: (numbers inject: 10 Into: [ |:a. :x| a - x ]) ToBe: 4.
        expect: (numbers reduceWith: [ |:a. :x| a - x ]) ToBe: 0.
        expect: (vector reduceWith: [ 1 ] IfEmpty: [ 'empty' ]) ToBe: 'empty'.
        expect: [ vector max ] ToSignal: errors missing.
        expect: (numbers maxBy: [ |:x| x negate ]) ToBe: 1 ).

    testSeparated = (| log <- '' |
        numbers do: [ |:x| log: log, x printString ] SeparatedBy: [ log: log, '-' ].
        expect: log ToBe: '3-1-2' ).

    testFirstMiddleLast = (| log <- '' |
        numbers
            doFirst: [ |:x| log: log, 'f', x printString ]
            Middle: [ |:x| log: log, 'm', x printString ]
            Last: [ |:x| log: log, 'l', x printString ].
        expect: log ToBe: 'f3m1l2' ).

    testConverting = (
        expect: numbers asList asVector ToBe: numbers.
        expect: numbers asSet size ToBe: 3.
        expect: numbers copySorted ToBe: (1 & 2 & 3) asVector.
        expect: numbers ToBe: (3 & 1 & 2) asVector ).

    testPrinting = (
        expect: numbers ToPrint: 'a vector(3, 1, 2)'.
        expect: numbers asList ToPrint: 'a list(3, 1, 2)'.
        expect: list copyRemoveAll ToPrint: 'a list()' ).

    testPrintingOfCycles = (| l |
        l: list copyRemoveAll.
        l add: l.
        assert: (l printString size < 1000) ).

    testKeys = (
        expect: (numbers keyAt: 1) ToBe: 1.
        expect: (numbers keyAt: 9 IfAbsent: 'none') ToBe: 'none'.
        expect: [ numbers keyAt: 9 ] ToSignal: errors missing.
        expect: ((dictionary copyRemoveAll at: 'a' Put: 7) keyAt: 7) ToBe: 'a'.
        expect: (numbers asDictionary at: 2) ToBe: 2 ).

    testSoleElement = (
        expect: (list copyRemoveAll add: 5) soleElement ToBe: 5.
        expect: [ numbers soleElement ] ToSignal: errors missing.
        expect: [ list copyRemoveAll soleElement ] ToSignal: errors missing ).

    testReduceSingleton = (| f |
        f: [ |:c| c reduceWith: [ |:a. :b| a + b ] IfEmpty: 'none' IfSingleton: [ |:x| x * 100 ] ].
        expect: (f value: numbers) ToBe: 6.
        expect: (f value: vector) ToBe: 'none'.
        expect: (f value: (vector copySize: 1 FillingWith: 4)) ToBe: 400 ).

    testFirstRest = (| log <- '' |
        numbers doFirst: [ |:x| log: log, 'f', x printString ] MiddleLast: [ |:x|
            log: log, 'r', x printString ].
        vector doFirst: [ log: 'x' ] MiddleLast: [ log: 'x' ] IfEmpty: [ log: log, '-' ].
        numbers from: 1 UpTo: 3 Do: [ |:x| log: log, x printString ].
        expect: log ToBe: 'f3r1r2-12' ).

    testCopyContaining = (
        expect: (list copyContaining: numbers) ToPrint: 'a list(3, 1, 2)'.
        expect: (set copyContaining: numbers) size ToBe: 3 ).

    testCopiesByRealNames = (
        expect: (numbers copyMappedBy: [ |:x| x * 2 ]) ToBe: (6 & 2 & 4) asVector.
        expect: (numbers copyFilteredBy: [ |:x| x odd ]) ToBe: (3 & 1) asVector.
        expect: (numbers intersect: (1 & 2 & 5) asSet) ToBe: (1 & 2) asVector.
        expect: (numbers countHowMany: [ |:x| x odd ]) ToBe: 2.
        expect: (numbers reduceWith: [ |:a. :x| a - x ] IfSingleton: 's' IfEmpty: 'e') ToBe: 0.
        expect: (vector reduceWith: [ 0 ] IfSingleton: 's' IfEmpty: 'e') ToBe: 'e'.
        expect: ((list copyRemoveAll add: 4)
                reduceWith: [ 0 ]
                IfSingleton: [ |:x| x ]
                IfEmpty: 'e')
            ToBe: 4 ).

    testIntoKeys = (| d |
        d: numbers mapBy: [ |:x| x * 2 ] Into: dictionary copyRemoveAll.
        expect: (d at: 1) ToBe: 2.
        expect: d size ToBe: 3.
        d: numbers filterBy: [ |:x| x > 1 ] Into: dictionary copyRemoveAll.
        expect: d keys asSet ToBe: (0 & 2) asSet.
        expect: (dictionary copyRemoveAll addAll: numbers) ToBe: numbers asDictionary.
        expect: (list copyRemoveAll add: 4 WithKey: 9) ToPrint: 'a list(4)'.
        expect: (set copyRemoveAll add: 4 WithKey: 9) ToPrint: 'a set(4)'.
        expect: ((vector copySize: 2) add: 4 WithKey: 1) ToPrint: 'a vector(nil, 4)'.
        expect: ((dictionary copyRemoveAll add: 4 WithKey: 9) at: 9) ToBe: 4 ).

    testSomeElement = (| s. d |
        s: set copyRemoveAll add: 7.
        d: dictionary copyRemoveAll at: 'k' Put: 8.
        expect: s first ToBe: 7.
        expect: d first ToBe: 8.
        expect: (7 & 8) first ToBe: 7.
        expect: (set copyRemoveAll firstIfAbsent: 'none') ToBe: 'none'.
        expect: [ set copyRemoveAll first ] ToSignal: errors missing.
        expect: s keys ToPrint: 'a list(7)'.
        expect: d keys ToPrint: 'a list(\'k\')'.
        expect: (numbers keyOf: 2) ToBe: 2.
        expect: (d keyOf: 8) ToBe: 'k'.
        expect: (d keyOf: 9 IfAbsent: 'none') ToBe: 'none'.
        expect: (numbers findFirst: [ |:x| x < 3 ] IfPresent: [ |:x. :k| x + k ]) ToBe: 2.
        expect: (numbers findFirst: [ |:x| x > 3 ] IfPresent: [ |:x| x ]) ToBe: numbers ).

    testHowMany = (| f |
        f: [ |:c| c ifNone: 'none' IfOne: [ |:x| x ] IfMany: 'many' ].
        expect: (f value: set copyRemoveAll) ToBe: 'none'.
        expect: (f value: (list copyRemoveAll add: 4)) ToBe: 4.
        expect: (f value: numbers) ToBe: 'many'.
        expect: (vector ifNone: 'none') ToBe: 'none'.
        expect: (numbers ifNone: 'none') ToBe: numbers.
        expect: (numbers asList occurrencesOfEachElement at: 3) ToBe: 1.
        expect: ('abca' occurrencesOfEachElement at: 'a') ToBe: 2 ).

    testSeparatorSees = (| log <- '' |
        (7 & 8) asVector do: nil SeparatedBy: [ |:before. :after. :i. :j|
            log: (before & after & i & j) printString ].
        expect: log ToBe: 'a collector(7, 8, 0, 1)' ).

    testFirstLast = (| log <- ''. say |
        say: [ |:letter| [ |:x| log: log, letter, x printString ] ].
        numbers doFirstLast: (say value: 'e') Middle: (say value: 'm').
        numbers doFirstMiddle: (say value: 'f') Last: (say value: 'l').
        vector doFirstLast: nil Middle: nil IfEmpty: [ log: log, '-' ].
        vector doFirstMiddle: nil Last: nil IfEmpty: [ log: log, '-' ].
        expect: log ToBe: 'e3m1e2f3f1l2--' ).

    testOrdered = (
        expect: numbers isOrdered ToBe: true.
        expect: numbers asList isOrdered ToBe: true.
        expect: numbers asSet isOrdered ToBe: false.
        expect: dictionary isOrdered ToBe: false.
        expect: [ numbers asSet < numbers asSet ] ToSignal: errors user.
        expect: [ dictionary <= dictionary ] ToSignal: errors user.
        expect: ((1 & 2) < (1 & 3)) ToBe: true ).

    testStatistics = (
        expect: (numbers dotProduct: (1 & 10 & 100) asList) ToBe: 213.
        expect: numbers median ToBe: 2.
        expect: (4 & 1 & 3 & 2) median ToBe: 2.5.
        expect: [ vector median ] ToSignal: errors missing.
        expect: (2 & 4 & 4 & 4 & 5 & 5 & 7 & 9) standardDeviation ToBe: 2.0.
        expect: (1 & 7) rootMeanSquare ToBe: 5.0.
        expect: ((0 upTo: 200) percentile: 10) ToBe: 20.
        expect: ((0 upTo: 200) percentile: 100) ToBe: 199 ).

    testText = (
        expect: ('ab' & 'c') asList asString ToBe: 'abc'.
        expect: 'abc' asVector asString ToBe: 'abc'.
        expect: (1 & 2) asList asString ToBe: 'a list(1, 2)'.
        expect: ('a' & (| |)) asVector asString isString ToBe: true ).

    testJoinedWithItems = (
        expect: (('ab' & 'c') asVector joinUsing: ',') ToBe: 'ab,c'.
        expect: (((1 & 2) asVector & (3 & 4) asVector) asList joinUsing: 0)
            ToPrint: 'a vector(1, 2, 0, 3, 4)'.
        expect: (vector joinUsing: 0) ToBe: vector.
        expect: (vector joinUsing: ',') ToBe: '' ).

    testFlat = (
        expect: ('ab' & 'cd') flatString ToBe: 'abcd'.
        expect: 'ab' flatString ToBeSameAs: 'ab'.
        expect: ((1 & 2) asVector & (3 & 4) asList) flatVector ToPrint: 'a vector(1, 2, 3, 4)'.
        expect: ((1 & 2) asVector & (3 & 4) asList) flatList ToPrint: 'a list(1, 2, 3, 4)'.
        expect: ((1 & 2) asVector & (2 & 1) asSet) flatSet ToBe: (1 & 2) asSet.
        expect: ('A' & (66 & 67) asVector) flatByteVector ToBe: 'ABC' asByteVector ).
|)
