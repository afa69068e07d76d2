"Recursion over linked lists."

benchmarks _AddSlots: (|
    listElement = (|
        parent* = traits clonable.
        value <- 0.
        next.
        length = ( next isNil ifTrue: [ 1 ] False: [ 1 + next length ] ).
    |)
|)

benchmarks _AddSlots: (|
    list = (|
        parent* = traits benchmark.
        inner = 1500.
        benchmark = ( (tail: (make: 15) With: (make: 10) With: (make: 6)) length ).
        verify: r = ( r = 10 ).
        make: n = (
            n = 0 ifTrue: [ nil ] False: [
                (benchmarks listElement clone value: n) next: (make: n - 1) ] ).
        is: x ShorterThan: y = (| a. b |
            a: x.
            b: y.
            [ b isNil ] whileFalse: [ a isNil ifTrue: [ ^ true ]. a: a next. b: b next ].
            false ).
        tail: x With: y With: z = (
            (is: y ShorterThan: x) ifFalse: [ ^ z ].
            tail: (tail: x next With: y With: z)
                With: (tail: y next With: z With: x)
                With: (tail: z next With: x With: y) ).
    |)
|)
