"Blocks that are really made and passed on: to methods that evaluate them, held in a
vector, and handed from one method to the next. Each reads and writes its home."

benchmarks _AddSlots: (|
    blocks = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| sum <- 0. kept |
            0 upTo: 20000 Do: [ |:i|
                sum: sum + (apply: [ |:x| x + i ] To: 1).
                twice: [ sum: sum + 1 ].
                sum: sum + (relay: [ |:x. :y| (x - y) + i ] With: 5 With: 2) ].
            kept: vector copySize: 1000 MadeBy: [ |:k| [ |:x| x + k ] ].
            20 do: [ kept do: [ |:b| sum: sum + (b value: 1) ] ].
            sum ).
        verify: r = ( r = 410110000 ).
        apply: b To: x = ( b value: x ).
        twice: b = ( b value. b value ).
        relay: b With: x With: y = ( pass: b With: x With: y ).
        pass: b With: x With: y = ( b value: x With: y ).
    |)
|)
