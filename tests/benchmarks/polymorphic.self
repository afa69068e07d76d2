"One place that sends the same message to objects of eight kinds in turn."

benchmarks _AddSlots: (|
    shapes = (|
        square = (| parent* = traits clonable. side <- 3. area = ( side * side ) |).
        rectangle = (|
            parent* = traits clonable.
            width <- 2.
            height <- 5.
            area = ( width * height )
        |).
        triangle = (|
            parent* = traits clonable.
            base <- 4.
            height <- 6.
            area = ( (base * height) / 2 )
        |).
        diamond = (|
            parent* = traits clonable.
            wide <- 8.
            high <- 2.
            area = ( (wide * high) / 2 )
        |).
        line = (| parent* = traits clonable. length <- 7. area = ( 0 ) |).
        dot = (| parent* = traits clonable. area = 1 |).
        frame = (|
            parent* = traits clonable.
            outer <- 5.
            gap <- 3.
            area = ( (outer * outer) - (gap * gap) )
        |).
        stripe = (| parent* = traits clonable. length <- 9. area = ( length + length ) |).
        all = (
            (square clone & rectangle clone & triangle clone & diamond clone & line clone
                & dot clone & frame clone & stripe clone) asVector ).
    |)
|)

benchmarks _AddSlots: (|
    polymorphic = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| all. sum <- 0 |
            all: benchmarks shapes all.
            10000 do: [ all do: [ |:shape| sum: sum + shape area ] ].
            sum ).
        verify: r = ( r = 740000 ).
    |)
|)
