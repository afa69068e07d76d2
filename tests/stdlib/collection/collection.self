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
|)
