"JSON: megabytes a second, parsed and printed, by processor time; and the text, for peers that read the same. See scripts/bench.sh."

[ | rows. text. data. rate |
    rows: list copyRemoveAll.
    1 to: 20000 Do: [ |:i|
        rows add: (((dictionary copyRemoveAll at: 'id' Put: i)
            at: 'name' Put: 'customer ', i printString)
            at: 'tags' Put: (1 & 2.5 & 'x' & nil & true) asVector) ].
    text: json print: rows.
    rate: [ |:b. n <- 0. start |
        start: time cpuMilliseconds.
        [ (time cpuMilliseconds - start) < 1500 ] whileTrue: [ b value. n: n + 1 ].
        ((text byteSize * n) / ((time cpuMilliseconds - start) * 1000.0)) printStringPrecision: 1 ].
    data: json parse: text.
    ('json ', (rate value: [ json parse: text ]), ' ', (rate value: [ json print: data ])) printLine.
    (file named: (os arguments at: 0)) contents: text.
] value
