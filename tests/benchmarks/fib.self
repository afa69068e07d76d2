"Fibonacci numbers by two recursive calls: the price of a message and of small numbers."

benchmarks _AddSlots: (|
    fib = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = ( fib: 24 ).
        verify: r = ( r = 46368 ).
        fib: n = ( n < 2 ifTrue: [ n ] False: [ (fib: n - 1) + (fib: n - 2) ] ).
    |)
|)
