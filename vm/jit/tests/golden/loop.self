"A loop over small integers, whose counter and sum stay in registers."
(|
    sum: n = (| s <- 0. i <- 0 |
        [ i < n ] whileTrue: [ s: s + i. i: i + 1 ].
        s ).
|)
