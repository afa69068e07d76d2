"Tests of collections that change while they are walked, and whose keys and comparisons
fail or change them."

testing suite: 'change' Tests: (|
    parent* = traits testSuite.

    testTablesThatGrowMeetEachOnce = (| d. wrong. met |
        d: dictionary copyRemoveAll.
        wrong: list copyRemoveAll.
        met: list copyRemoveAll.
        1 to: 5 Do: [ |:i| d at: i Put: i * 10 ].
        d do: [ |:v. :k|
            v = (k * 10) ifFalse: [ wrong add: k ].
            met add: k.
            100 do: [ |:i| d at: (k * 1000) + i Put: 0 ] ].
        expect: wrong isEmpty ToBe: true.
        expect: met copySorted asVector ToBe: (1 to: 5) asVector ).

    "Random removals and additions during the walk, against what a walk promises."
    checkWalkOf: make Remove: remove Add: add Seed: seed = (| r. c. before. stay. met |
        r: random copySeed: seed.
        c: make value.
        before: 40.
        before do: [ |:i| add value: c With: i ].
        stay: set copyRemoveAll addAll: (0 upTo: before).
        met: list copyRemoveAll.
        c do: [ |:e. x|
            expect: (met includes: e) ToBe: false.
            met add: e.
            x: r integer: before.
            (r integer: 2) = 0 ifTrue: [ remove value: c With: x. stay remove: x IfAbsent: nil ].
            (r integer: 3) = 0 ifTrue: [ add value: c With: 1000 + met size ] ].
        stay do: [ |:e| expect: (met includes: e) ToBe: true ].
        met do: [ |:e| assert: (e isBetween: 0 And: before - 1) ].
        expect: c asVector size ToBe: c size ).

    testRandomWalks = (
        30 do: [ |:seed|
            checkWalkOf: [ set copyRemoveAll ]
                Remove: [ |:c. :x| c remove: x IfAbsent: nil ]
                Add: [ |:c. :x| c add: x ]
                Seed: seed.
            checkWalkOf: [ list copyRemoveAll ]
                Remove: [ |:c. :x| c remove: x IfAbsent: nil ]
                Add: [ |:c. :x| c add: x ]
                Seed: seed.
            checkWalkOf: [ dictionary copyRemoveAll ]
                Remove: [ |:c. :x| c removeKey: x IfAbsent: nil ]
                Add: [ |:c. :x| c at: x Put: x ]
                Seed: seed.
            checkWalkOf: [ identitySet copyRemoveAll ]
                Remove: [ |:c. :x| c remove: x IfAbsent: nil ]
                Add: [ |:c. :x| c add: x ]
                Seed: seed ] ).

    testListsLoseNothingToTheirWalks = (| l |
        l: list copyRemoveAll.
        4 do: [ |:i| l add: i ].
        l do: [ |:k| l remove: k ].
        expect: l size ToBe: 0.
        4 do: [ |:i| l add: i ].
        l do: [ |:k| l add: k ].
        expect: l size ToBe: 8.
        l reverseDo: [ |:k| l removeFirst ].
        expect: l size ToBe: 4 ).

    testQueuesAreWalkedAsTheyWere = (| q. met |
        q: priorityQueue copyRemoveAll.
        5 do: [ |:i| q add: 5 - i ].
        met: list copyRemoveAll.
        q do: [ |:x| met add: x. q removeFirst. q add: 100 + x ].
        expect: met copySorted asVector ToBe: (1 to: 5) asVector.
        expect: q size ToBe: 5 ).

    "A key whose hash and = do what a block says."
    wild = (|
        parent* = traits clonable.
        n <- 0.
        trick <- nil.
        hash = ( trick value. n % 3 ).
        = w = ( trick value. ((reflect: w) understands: 'trick') && [ n = w n ] ).
    |).
    wild: i = ( wild clone n: i ).

    testKeysThatFailLoseNothing = (| d. keys |
        d: dictionary copyRemoveAll.
        keys: vector copySize: 40.
        5 do: [ |:i| keys at: i Put: (wild: i). d at: (keys at: i) Put: i ].
        (keys at: 2) trick: [ 1 / 0 ].
        expect: [ 5 upTo: 40 Do: [ |:i| keys at: i Put: (wild: i). d at: (keys at: i) Put: i ] ]
            ToSignal: errors any.
        expect: [ d removeKey: (keys at: 1) ] ToSignal: errors any IfPossible: true.
        (keys at: 2) trick: nil.
        expect: d keys size ToBe: d size.
        d size < 5 ifFalse: [ 5 do: [ |:i| expect: (d at: (keys at: i) IfAbsent: i) ToBe: i ] ] ).
    expect: b ToSignal: kind IfPossible: p = ( [ b value ] on: kind Do: [ nil ] ).

    testKeysThatChangeTheirTable = (| d. k |
        d: dictionary copyRemoveAll.
        5 do: [ |:i| d at: (wild: i) Put: i ].
        k: wild: 3.
        k trick: [ d at: 'more' Put: 1. d at: (wild: 6 + d size) Put: 1 ].
        expect: [ d at: k Put: 9 ] ToSignal: errors any IfPossible: true.
        expect: d keys size ToBe: d size.
        expect: d values size ToBe: d size ).

    testComparisonsThatFailLoseNothing = (| l. q |
        l: (3 & 1 & 2 & 5 & 4) asList.
        expect: [ l sortBy: [ |:a. :b| a = 5 ifTrue: [ 1 / 0 ]. a < b ] ] ToSignal: errors any.
        expect: l asVector ToBe: (3 & 1 & 2 & 5 & 4) asVector.
        expect: [ l sortBy: [ |:a. :b| l removeLast. a < b ] ] ToSignal: errors any.
        expect: l asVector size ToBe: l size.
        q: priorityQueue copySortBlock: [ |:a. :b| a < b ].
        (3 & 1 & 2) asVector do: [ |:x| q add: x ].
        expect: [ q add: 'x' ] ToSignal: errors any.
        expect: q size ToBe: 3.
        expect: q removeFirst ToBe: 1 ).

    "What is measured are comparisons of keys, not time."
    counted = (|
        parent* = traits clonable.
        h <- 0.
        count = (| {} = 'Comment: I count.'. n <- 0 |).
        hash = ( h ).
        = w = ( count n: count n + 1. h = w h ).
    |).

    comparisonsOf: b = (| s |
        s: set copyRemoveAll.
        counted count n: 0.
        3000 do: [ |:i| s add: (counted clone h: (b value: i)) ].
        counted count n ).

    testPatternsOfKeysCostNoMore = (| usual. r |
        r: random copySeed: 5.
        usual: comparisonsOf: [ r integer: 1 << 60 ].
        (vector copySize: 61) keysDo: [ |:shift|
            shift <= 48 ifTrue: [
                assert: (comparisonsOf: [ |:i| i << shift ]) < (usual * 5).
                assert: (comparisonsOf: [ |:i| 0 - (i << shift) ]) < (usual * 5) ] ].
        assert: (comparisonsOf: [ |:i| (i * 0.25) hash ]) < (usual * 5).
        assert: (comparisonsOf: [ |:i| (i * -1.0e10) hash ]) < (usual * 5).
        assert: (comparisonsOf: [ |:i| ((i % 50) @ (i / 50)) hash ]) < (usual * 5).
        assert: (comparisonsOf: [ |:i| ((i % 50) @ (0 - (i / 50))) hash ]) < (usual * 5).
        assert: (comparisonsOf: [ |:i| (1 -> i) hash ]) < (usual * 5).
        assert: (comparisonsOf: [ |:i| (('a' * (i % 50)), i printString) hash ]) < (usual * 5) ).
|)
