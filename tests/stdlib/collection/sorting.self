"Tests of stdlib/collection/sorting.self."

testing suite: 'sorting' Tests: (|
    parent* = traits testSuite.

    testSmall = (
        expect: (3 & 1 & 2) asVector sort ToBe: (1 & 2 & 3) asVector.
        expect: vector sort ToBe: vector.
        expect: ((3 & 1 & 2) asList sortBy: [ |:a. :b| a > b ]) ToBe: (3 & 2 & 1) asList.
        expect: ('pear' & 'fig' & 'apple') asVector sort ToBe: ('apple' & 'fig' & 'pear') asVector ).

    testMany = (| r. v |
        r: random copySeed: 5.
        (7 & 8 & 9 & 16 & 17 & 100 & 1000) asVector do: [ |:n|
            v: vector copySize: n MadeBy: [ r integer: n ].
            v sort.
            assert: v isSorted ] ).

    testStable = (| v |
        v: vector copySize: 100 MadeBy: [ |:i| (i % 5) @ i ].
        v sortByKey: [ |:p| p x ].
        1 upTo: 100 Do: [ |:i. a. b|
            a: v at: i - 1.
            b: v at: i.
            assert: ((a x < b x) || [ (a x = b x) && [ a y < b y ] ]) ] ).

    testBinarySearch = (| v |
        v: (1 & 3 & 5 & 7) asVector.
        expect: (v lowerBound: 5) ToBe: 2.
        expect: (v lowerBound: 6) ToBe: 3.
        expect: (v lowerBound: 8) ToBe: 4.
        expect: (v sortedIncludes: 7) ToBe: true.
        expect: (v sortedIncludes: 2) ToBe: false ).

    testPriorityQueue = (| q. r. last <- -1 |
        q: priorityQueue copyRemoveAll.
        r: random copySeed: 9.
        200 do: [ q add: (r integer: 1000) ].
        200 do: [ | x | x: q removeFirst. assert: (x >= last). last: x ].
        expect: q isEmpty ToBe: true.
        q: priorityQueue copySortBlock: [ |:a. :b| a > b ].
        q add: 1.
        q add: 5.
        q add: 3.
        expect: q removeFirst ToBe: 5 ).

    testComparators = (| down |
        down: (| element: a Precedes: b = ( a > b ) |).
        expect: ((3 & 1 & 2) asVector copySortBy: down) ToPrint: 'a vector(3, 2, 1)'.
        expect: ((3 & 1 & 2) asList sortBy: down) ToPrint: 'a list(3, 2, 1)' ).

    testCopies = (
        expect: (3 & 1 & 2) asList copySort ToPrint: 'a list(1, 2, 3)'.
        expect: (3 & 1 & 2) asSet copySort ToPrint: 'a vector(1, 2, 3)'.
        expect: 'cab' copySort ToBe: 'abc'.
        expect: ((3 & 1 & 2) asList copySortBy: [ |:a. :b| a > b ]) ToPrint: 'a list(3, 2, 1)'.
        expect: (('ccc' & 'a' & 'bb') asVector copySortBySelector: 'size')
            ToBe: ('a' & 'bb' & 'ccc') asVector.
        expect: ((3 & 1 & 2) asVector copySortBy: vector ascendingOrder)
            ToBe: (1 & 2 & 3) asVector.
        expect: (vector ascendingOrder element: 1 Equals: 1) ToBe: true ).

    testSortedIteration = (| log <- '' |
        (3 & 1 & 2) asSet sortedDo: [ |:x| log: log, x printString ].
        (3 & 1 & 2) asVector sortedBy: [ |:a. :b| a > b ] Do: [ |:x| log: log, x printString ].
        expect: log ToBe: '123321' ).
|)
