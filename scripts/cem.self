"How long the metric takes on a world of 10,000 methods in 500 objects:

  batos run --no-model scripts/cem.self"

500 do: [ |:i. t|
    t: stringWriter copyRemoveAll.
    t write: 'many', i printString, ' = (| parent* = traits oddball. a <- ', i printString, '. '.
    20 do: [ |:k|
        t write: '{\'Comment: Method ', k printString, '. Example: many', i printString, ' m'
            , k printString, ' >>> 1.\' m', k printString, ' = ( (a * ', (i * k) printString
            , ') + (3 max: a) ) } ' ].
    t write: '|)'.
    (reflect: globals) addSlots: t contents ].
(census copyNow printString) printLine.
5 do: [ (([ cem measure ] cpuTime) printString, ' ms of processor measured anew') printLine ].
(([ cem now ] cpuTime) printString, ' ms of processor now') printLine.
(([ cem now ] cpuTime) printString, ' ms of processor again, nothing changed') printLine.
