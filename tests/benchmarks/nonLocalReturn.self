"Leaving a method from a block that another method evaluates: from one, and from
eight activations down."

benchmarks _AddSlots: (|
    nonLocalReturn = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| sum <- 0 |
            0 upTo: 20000 Do: [ |:i|
                sum: sum + (firstFrom: i && 7).
                sum: sum + (leaveFrom: 8 With: i) ].
            sum ).
        verify: r = ( r = 200080000 ).
        numbers = (0 & 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8) asVector.
        firstFrom: n = ( numbers do: [ |:e| e >= n ifTrue: [ ^ e + 1 ] ]. -1 ).
        leaveFrom: depth With: n = ( descend: depth Then: [ ^ n ]. -1 ).
        descend: depth Then: exit = (
            depth = 0 ifTrue: [ exit value ] False: [ 1 + (descend: depth - 1 Then: exit) ] ).
    |)
|)
