"Eight queens, ten times."

benchmarks _AddSlots: (|
    queens = (|
        parent* = traits benchmark.
        inner = 1000.
        freeRows <- vector.
        freeMaxs <- vector.
        freeMins <- vector.
        queenRows <- vector.
        benchmark = (| result <- true | 10 do: [ result: result && [ solve ] ]. result ).
        verify: r = ( r ).
        solve = (
            freeRows: vector copySize: 8 FillingWith: true.
            freeMaxs: vector copySize: 16 FillingWith: true.
            freeMins: vector copySize: 16 FillingWith: true.
            queenRows: vector copySize: 8 FillingWith: -1.
            placeIn: 0 ).
        placeIn: column = (
            0 to: 7 Do: [ |:row|
                (isFree: row Column: column) ifTrue: [
                    queenRows at: row Put: column.
                    mark: row Column: column As: false.
                    column = 7 ifTrue: [ ^ true ].
                    (placeIn: column + 1) ifTrue: [ ^ true ].
                    mark: row Column: column As: true ] ].
            false ).
        isFree: row Column: column = (
            (freeRows at: row) && [
                    (freeMaxs at: column + row) && [ freeMins at: (column - row) + 7 ] ] ).
        mark: row Column: column As: free = (
            freeRows at: row Put: free.
            freeMaxs at: column + row Put: free.
            freeMins at: (column - row) + 7 Put: free ).
    |)
|)
