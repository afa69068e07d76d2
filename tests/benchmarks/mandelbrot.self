"The Mandelbrot set as a bitmap of which only a checksum is kept. The inner number is the size."

benchmarks _AddSlots: (|
    mandelbrot = (|
        parent* = traits benchmark.
        inner = 500.
        iterate: size = ( verify: (bitmap: size) Size: size ).
        verify: r Size: size = (
            size = 500 ifTrue: [ ^ r = 191 ].
            size = 750 ifTrue: [ ^ r = 50 ].
            size = 1 ifTrue: [ ^ r = 128 ].
            error: 'no result is known for this size' ).
        bitmap: size = (| sum <- 0. byte <- 0. bits <- 0 |
            size do: [ |:y. ci|
                ci: ((2.0 * y) / size) - 1.0.
                size do: [ |:x. cr|
                    cr: ((2.0 * x) / size) - 1.5.
                    byte: (byte + byte) + (escapes: cr I: ci).
                    bits: bits + 1.
                    bits = 8 ifTrue: [ sum: sum ^^ byte. byte: 0. bits: 0 ] False: [
                        x = (size - 1) ifTrue: [
                            byte: byte << (8 - bits).
                            sum: sum ^^ byte.
                            byte: 0.
                            bits: 0 ] ] ] ].
            sum ).
        escapes: cr I: ci = (| zr. zi <- 0.0. zrzr <- 0.0. zizi <- 0.0. z <- 0 |
            [ z < 50 ] whileTrue: [
                zr: (zrzr - zizi) + cr.
                zi: ((2.0 * zr) * zi) + ci.
                zrzr: zr * zr.
                zizi: zi * zi.
                (zrzr + zizi) > 4.0 ifTrue: [ ^ 1 ].
                z: z + 1 ].
            0 ).
    |)
|)
