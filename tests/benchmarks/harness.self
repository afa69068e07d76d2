"Runs one benchmark: batos run harness.self NAME [ITERATIONS [INNER [BEFORE]]]. Prints
its name and the processor time in milliseconds; BEFORE is work of the same kind that
is done first and not measured."

'benchmark.self' _RunScript

((os arguments at: 0), '.self') _RunScript

(|
    parent* = lobby.
    number: i Else: n = (
        os arguments size > i ifTrue: [ (os arguments at: i) asInteger ] False: [ n ] ).
    run = (| b. ms |
        b: benchmarks perform: (os arguments at: 0).
        (number: 3 Else: 0) > 0 ifTrue: [ b measure: 1 Inner: (number: 3 Else: 1) ].
        ms: b measure: (number: 1 Else: 1) Inner: (number: 2 Else: b inner).
        console writeLine: (os arguments at: 0), ' ', ms printString, ' ms' ).
|) run
