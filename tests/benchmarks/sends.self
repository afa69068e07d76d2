"Messages to an object that always is of the same kind: no argument, one argument,
two arguments, and one that is found two parents up."

benchmarks _AddSlots: (|
    sendsGrandparent = (| parent* = traits clonable. twice: n = ( n + n ). |)
|)

benchmarks _AddSlots: (| sendsParent = (| parent* = benchmarks sendsGrandparent |) |)

benchmarks _AddSlots: (|
    sendsReceiver = (|
        parent* = benchmarks sendsParent.
        one = ( 1 ).
        next: n = ( n + 1 ).
        add: a To: b = ( a + b ).
    |)
|)

benchmarks _AddSlots: (|
    sends = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| r. sum <- 0 |
            r: benchmarks sendsReceiver.
            0 upTo: 50000 Do: [ |:i|
                sum: sum + r one.
                sum: sum + (r next: i).
                sum: (r add: i To: sum).
                sum: sum + (r twice: i) ].
            sum ).
        verify: r = ( r = 5000000000 ).
    |)
|)
