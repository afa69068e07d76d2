"Building a tree of vectors."

benchmarks _AddSlots: (|
    storage = (|
        parent* = traits benchmark.
        inner = 1000.
        count <- 0.
        benchmark = ( count: 0. build: 7 Random: benchmarkRandom copy. count ).
        verify: r = ( r = 5461 ).
        build: depth Random: random = (
            count: count + 1.
            depth = 1 ifTrue: [ ^ vector copySize: (random next % 10) + 1 ].
            vector copySize: 4 MadeBy: [ build: depth - 1 Random: random ] ).
    |)
|)
