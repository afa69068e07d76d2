"All permutations of six elements, by exchanges."

benchmarks _AddSlots: (|
    permute = (|
        parent* = traits benchmark.
        inner = 1000.
        count <- 0.
        elements <- vector.
        benchmark = (
            count: 0.
            elements: vector copySize: 6 MadeBy: [ |:i| i ].
            permute: 6.
            count ).
        verify: r = ( r = 8660 ).
        permute: n = (
            count: count + 1.
            n = 0 ifFalse: [ | last |
                last: n - 1.
                permute: last.
                last downTo: 0 Do: [ |:i|
                    elements swap: last And: i.
                    permute: last.
                    elements swap: last And: i ] ] ).
    |)
|)
