"Text: numbers are printed and joined, words are found, compared and changed byte by byte."

benchmarks _AddSlots: (|
    strings = (|
        parent* = traits benchmark.
        inner = 20.
        benchmark = (| out. text. spaces <- 0. sum <- 0. words |
            out: stringWriter copyRemoveAll.
            2000 do: [ |:i| (out write: 'item ') write: i printString. out writeByte: 32 ].
            text: out contents.
            text bytesDo: [ |:b| b = 32 ifTrue: [ spaces: spaces + 1 ] ].
            words: text splitOn: ' '.
            words do: [ |:w| w = 'item' ifTrue: [ sum: sum + 1 ] ].
            (spaces + sum) + (((reverse: text) size) + (joined: 200) size) ).
        verify: r = ( r = 25290 ).
        reverse: s = (| r. n |
            n: s size.
            r: mutableString copySize: n.
            s bytesDo: [ |:b. :i| r byteAt: (n - 1) - i Put: b ].
            r ).
        joined: n = (| s <- '' | n do: [ |:i| s: s, 'ab' ]. s ).
    |)
|)
