"Short-lived objects, and some that live longer: points are added up, and every
hundredth is kept in a ring of a thousand."

benchmarks _AddSlots: (|
    allocationPair = (|
        parent* = traits clonable.
        x <- 0.
        y <- 0.
        copyX: a Y: b = ( (clone x: a) y: b ).
        + other = ( copyX: x + other x Y: y + other y ).
    |)
|)

benchmarks _AddSlots: (|
    allocation = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| pair. sum. ring. kept <- 0 |
            pair: benchmarks allocationPair.
            sum: pair copyX: 0 Y: 0.
            ring: vector copySize: 1000.
            0 upTo: 50000 Do: [ |:i|
                sum: sum + (pair copyX: i Y: 1).
                (i % 100) = 0 ifTrue: [ ring at: kept % 1000 Put: sum. kept: kept + 1 ] ].
            sum x + sum y ).
        verify: r = ( r = 1250025000 ).
    |)
|)
