"A hundred balls in a box."

benchmarks _AddSlots: (|
    bounceBall = (|
        parent* = traits clonable.
        x <- 0.
        y <- 0.
        xVelocity <- 0.
        yVelocity <- 0.
        copyRandom: r = (| b |
            b: clone.
            b x: r next % 500.
            b y: r next % 500.
            b xVelocity: (r next % 300) - 150.
            b yVelocity: (r next % 300) - 150.
            b ).
        bounce = (| bounced <- false |
            x: x + xVelocity.
            y: y + yVelocity.
            x > 500 ifTrue: [ x: 500. xVelocity: 0 - xVelocity abs. bounced: true ].
            x < 0 ifTrue: [ x: 0. xVelocity: xVelocity abs. bounced: true ].
            y > 500 ifTrue: [ y: 500. yVelocity: 0 - yVelocity abs. bounced: true ].
            y < 0 ifTrue: [ y: 0. yVelocity: yVelocity abs. bounced: true ].
            bounced ).
    |)
|)

benchmarks _AddSlots: (|
    bounce = (|
        parent* = traits benchmark.
        inner = 1500.
        benchmark = (| random. balls. bounces <- 0 |
            random: benchmarkRandom copy.
            balls: vector copySize: 100 MadeBy: [ benchmarks bounceBall copyRandom: random ].
            50 do: [ balls do: [ |:ball| ball bounce ifTrue: [ bounces: bounces + 1 ] ] ].
            bounces ).
        verify: r = ( r = 1331 ).
    |)
|)
