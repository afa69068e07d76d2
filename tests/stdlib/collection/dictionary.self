"Tests of stdlib/collection/dictionary.self."

testing suite: 'dictionary' Tests: (|
    parent* = traits testSuite.

    sample = (| d | d: dictionary copyRemoveAll. d at: 'one' Put: 1. d at: 'two' Put: 2. d ).

    testAccessing = (| d |
        d: sample.
        expect: (d at: 'one') ToBe: 1.
        expect: (d at: 'on', 'e') ToBe: 1.
        expect: (d at: 'six' IfAbsent: 6) ToBe: 6.
        expect: (d at: 'six' IfAbsent: [ |:k| k, '!' ]) ToBe: 'six!'.
        expect: (d removeKey: 3 @ 4 IfAbsent: [ |:k| k ]) ToBe: 3 @ 4.
        expect: (d at: 'two' IfPresent: [ |:v| v + 1 ] IfAbsent: 0) ToBe: 3.
        expect: [ d at: 'six' ] ToSignal: errors missing.
        expect: d size ToBe: 2.
        expect: dictionary size ToBe: 0 ).

    testReplacing = (| d |
        d: sample.
        d at: 'one' Put: 11.
        expect: d size ToBe: 2.
        expect: (d at: 'one') ToBe: 11.
        expect: (d at: 'new' IfAbsentPut: [ 5 ]) ToBe: 5.
        expect: (d at: 'new' IfAbsentPut: [ 6 ]) ToBe: 5.
        d at: 'n' Update: [ |:x| x + 1 ] IfAbsent: 1.
        expect: (d at: 'n') ToBe: 1.
        d at: 'n' Update: [ |:x| x + 1 ] IfAbsent: 1.
        expect: (d at: 'n') ToBe: 2.
        d at: 'm' Update: [ |:x| x + 1 ] IfAbsent: [ |:k| k, '!' ].
        expect: (d at: 'm') ToBe: 'm!' ).

    testRemoving = (| d |
        d: sample.
        expect: (d removeKey: 'one') ToBe: 1.
        expect: (d includesKey: 'one') ToBe: false.
        expect: (d at: 'two') ToBe: 2.
        expect: [ d removeKey: 'one' ] ToSignal: errors missing.
        d removeAll.
        expect: d isEmpty ToBe: true ).

    testManyWithRemovals = (| d |
        d: dictionary copyRemoveAll.
        3000 do: [ |:i| d at: i * 8 Put: i ].
        3000 do: [ |:i| (i % 3) = 0 ifTrue: [ d removeKey: i * 8 ] ].
        expect: d size ToBe: 2000.
        3000 do: [ |:i|
            expect: (d at: i * 8 IfAbsent: -1) ToBe: ((i % 3) = 0 ifTrue: -1 False: i) ] ).

    "What the machine does for tables, done by the world: a child with methods of its own."
    slowDictionary = (|
        parent* = traits dictionary.
        keyTable <- vector copySize: 8 FillingWith: traits hashed free.
        valueTable <- vector copySize: 8.
        count <- 0.
        places <- 0.
        placeOf: k = ( places: places + 1. resend.placeOf: k ).
    |).

    testMachineAndWorldAgree = (| fast. slow. r. k |
        fast: dictionary copyRemoveAll.
        slow: slowDictionary copyRemoveAll.
        r: random copySeed: 20.
        3000 do: [ |:i|
            k: r integer: 40.
            (r integer: 2) = 0 ifTrue: [ k: ('key', k printString) canonicalize ].
            (r integer: 3) = 0
                ifTrue: [
                    expect: (fast removeKey: k IfAbsent: 'none')
                        ToBe: (slow removeKey: k IfAbsent: 'none') ]
                False: [ fast at: k Put: i. slow at: k Put: i ].
            expect: (fast at: k IfAbsent: [ 'none' ]) ToBe: (slow at: k IfAbsent: [ 'none' ]).
            expect: (fast includesKey: i % 40) ToBe: (slow includesKey: i % 40) ].
        expect: fast size ToBe: slow size.
        expect: fast keyTable ToBe: slow keyTable.
        expect: fast valueTable ToBe: slow valueTable.
        expect: slow places > 3000 ToBe: true ).

    testKeysOfManyKindsSideBySide = (| d. float |
        d: dictionary copyRemoveAll.
        40 do: [ |:i| d at: i Put: i. d at: i * 0.5 Put: 0 - i. d at: i printString Put: i ].
        expect: (d at: 3) ToBe: -6.
        expect: (d at: 1.5) ToBe: -3.
        expect: (d at: '7') ToBe: 7.
        40 do: [ |:i| d removeKey: i ].
        expect: (d at: 3 IfAbsent: 0) ToBe: 0.
        expect: (d at: 1.5) ToBe: -3.
        expect: (d at: 'ab', 'sent' IfAbsent: [ 5 ]) ToBe: 5 ).

    testAbsentIsEvaluated = (| d. n <- 0 |
        d: dictionary copyRemoveAll.
        expect: (d at: 1 IfAbsent: [ n: n + 1. 'x' ]) ToBe: 'x'.
        expect: (d at: 1 IfAbsent: nil) ToBe: nil.
        expect: (d at: 1 IfAbsent: 2.5) ToBe: 2.5.
        expect: (d removeKey: 1 IfAbsent: [ n: n + 1. 'y' ]) ToBe: 'y'.
        expect: n ToBe: 2.
        expect: (early: d) ToBe: 'early' ).
    early: d = ( d at: 1 IfAbsent: [ ^ 'early' ]. 'late' ).

    testBrokenTablesFail = (| d |
        d: dictionary copyRemoveAll.
        d at: 1 Put: 1.
        d valueTable: (vector copySize: 0).
        expect: [ d at: 1 ] ToSignal: errors index.
        d: dictionary copyRemoveAll.
        d keyTable: nil.
        expectError: [ d at: 1 Put: 2 ].
        d: dictionary copyRemoveAll.
        d count: nil.
        expectError: [ d at: 1 Put: 2 ] ).

    testIterating = (| sum <- 0. keys |
        keys: set copyRemoveAll.
        sample do: [ |:v. :k| sum: sum + v. keys add: k ].
        expect: sum ToBe: 3.
        expect: keys ToBe: ('one' & 'two') asSet.
        expect: sample sortedKeys ToBe: ('one' & 'two') asVector.
        expect: sample values copySorted ToBe: (1 & 2) asVector.
        expect: (sample keyAtValue: 2) ToBe: 'two' ).

    testTransforming = (
        expect: ((sample mapBy: [ |:v| v * 10 ]) at: 'two') ToBe: 20.
        expect: (sample filterBy: [ |:v| v > 1 ]) size ToBe: 1 ).

    testComparing = (
        expect: (sample = sample) ToBe: true.
        expect: (sample = (sample at: 'x' Put: 1)) ToBe: false.
        expect: sample hash ToBe: sample hash.
        expect: (sample copy at: 'x' Put: 1) size ToBe: 3 ).

    testPrinting = (| d |
        d: dictionary copyRemoveAll.
        d at: 3 Put: 'x'.
        expect: d ToPrint: 'a dictionary(3 -> \'x\')' ).

    testIdentity = (| d. k |
        d: identityDictionary copyRemoveAll.
        k: (| x = 1 |).
        d at: k Put: 5.
        expect: (d at: k) ToBe: 5.
        expect: (d at: (| x = 1 |) IfAbsent: 0) ToBe: 0 ).

    testIfPresent = (| d |
        d: sample.
        expect: (d if: 'two' IsPresentDo: [ |:v. :k| k, v printString ]) ToBe: 'two2'.
        expect: (d if: 'six' IsPresentDo: [ 0 ]) ToBe: nil.
        expect: (d if: 'six' IsPresentDo: 0 IfAbsentDo: [ |:k| k size ]) ToBe: 3.
        expect: (d if: 'six' IsPresentDo: 0 IfAbsentPut: [ |:k| k size ] AndDo: [ |:v. :k|
                k, v printString ])
            ToBe: 'six3'.
        expect: (d if: 'six' IsPresentDo: [ |:v| v ] IfAbsentPut: 0 AndDo: 0) ToBe: 3.
        expect: (d if: 'six' IsPresentPut: [ |:old| old * 2 ] AndDo: [ |:v| v ] IfAbsentDo: 0)
            ToBe: 6.
        expect: (d if: 'ten' IsPresentPut: 1 AndDo: 2 IfAbsentDo: [ |:k| k ]) ToBe: 'ten'.
        expect: (d if: 'ten' IsPresentPut: 1 AndDo: 2 IfAbsentPut: [ |:k| k size ] AndDo: [ |
                :v.
                :k
                |
                k, v printString ])
            ToBe: 'ten3'.
        expect: (d
                if: 'ten'
                IsPresentPut: [ |:v| v + 7 ]
                AndDo: [ |:v| v ]
                IfAbsentPut: 1
                AndDo: 2)
            ToBe: 10.
        expect: (d at: 'six') ToBe: 6.
        expect: (d at: 'ten') ToBe: 10.
        expect: d size ToBe: 4.
        expect: (d at: 'two' IfPresent: [ |:v. :k| k ] IfAbsent: 0) ToBe: 'two'.
        expect: (d at: 'no' IfPresent: 0 IfAbsent: [ |:k| k ]) ToBe: 'no'.
        expect: (d at: 'four' IfAbsentPut: [ |:k| k size ]) ToBe: 4 ).

    testTaking = (| d |
        d: sample.
        expect: d removeFirst + d removeFirst ToBe: 3.
        expect: d isEmpty ToBe: true.
        expect: (d removeFirstIfAbsent: 'none') ToBe: 'none'.
        d: (0 upTo: 50) asDictionary selectAtRandom: 3.
        expect: d size ToBe: 3.
        d do: [ |:v. :k| expect: v ToBe: k ] ).

    testSorted = (| log <- '' |
        sample sortedDo: [ |:v. :k| log: log, k, v printString ].
        sample sortedBy: [ |:a. :b| a > b ] Do: [ |:v. :k| log: log, k ].
        expect: log ToBe: 'one1two2twoone' ).
|)
