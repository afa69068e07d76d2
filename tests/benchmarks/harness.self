"Runs one benchmark: batos run harness.self NAME [ITERATIONS [INNER]]. Prints its
name and the processor time in milliseconds."

'benchmark.self' _RunScript

((os arguments at: 0), '.self') _RunScript

(|
    parent* = lobby.
    number: i Else: n = (
        os arguments size > i ifTrue: [ (os arguments at: i) asInteger ] False: [ n ] ).
    run = (| b. ms |
        b: benchmarks perform: (os arguments at: 0).
        ms: b measure: (number: 1 Else: 1) Inner: (number: 2 Else: b inner).
        console writeLine: (os arguments at: 0), ' ', ms printString, ' ms' ).
|) run
