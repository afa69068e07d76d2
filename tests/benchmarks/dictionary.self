"Dictionaries: numbers and strings as keys, put, looked up, present and absent, removed."

benchmarks _AddSlots: (|
    dictionary = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| d. sum <- 0. names |
            d: dictionary copyRemoveAll.
            2000 do: [ |:i| d at: i * 7 Put: i ].
            14000 do: [ |:i| sum: sum + (d at: i IfAbsent: 0) ].
            1000 do: [ |:i| d removeKey: i * 14 ].
            sum: sum + d size.
            names: vector copySize: 500 MadeBy: [ |:i| ('key', i printString) canonicalize ].
            d: dictionary copyRemoveAll.
            10 do: [ names do: [ |:name| d at: name Put: (d at: name IfAbsent: 0) + 1 ] ].
            d do: [ |:count| sum: sum + count ].
            sum ).
        verify: r = ( r = 2005000 ).
    |)
|)
