"Reading and writing the slots of objects: one's own, those of another object, and
one that is shared through a parent."

benchmarks _AddSlots: (|
    slotsCounter = (|
        parent* = (| parent* = traits clonable. shared <- 0 |).
        a <- 0.
        b <- 1.
        c <- 2.
        rotate = (| t | t: a. a: b. b: c. c: t. shared: shared + 1 ).
    |)
|)

benchmarks _AddSlots: (|
    slots = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| x. y. sum <- 0 |
            x: benchmarks slotsCounter clone.
            y: benchmarks slotsCounter clone.
            x shared: 0.
            50000 do: [ x rotate. y a: x b. y b: x c + y a. y c: y a + y b. sum: sum + y c ].
            sum + y shared ).
        verify: r = ( r = 199999 ).
    |)
|)
