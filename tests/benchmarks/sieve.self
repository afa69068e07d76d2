"Sieve of Eratosthenes: the primes up to 5000."

benchmarks _AddSlots: (|
    sieve = (|
        parent* = traits benchmark.
        inner = 3000.
        benchmark = ( primesIn: (vector copySize: 5000 FillingWith: true) ).
        verify: r = ( r = 669 ).
        primesIn: flags = (| count <- 0. n |
            n: flags size.
            2 to: n Do: [ |:i|
                (flags at: i - 1) ifTrue: [ | k |
                    count: count + 1.
                    k: i + i.
                    [ k <= n ] whileTrue: [ flags at: k - 1 Put: false. k: k + i ] ] ].
            count ).
    |)
|)
