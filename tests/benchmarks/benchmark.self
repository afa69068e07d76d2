"What the benchmarks share: running, timing, checking; and the random numbers that
their published results depend on. Each benchmark is an oddball in `benchmarks`
with `benchmark`, which does the work once, and `verify:`, which knows the result."

traits _AddSlots: (|
    benchmark = (| {} = 'Comment: I am the behaviour of benchmarks.'.
        parent* = traits oddball.

        {'Category: running\x7fComment: How often the work is done in one iteration; one iteration, and whether its result was right.'
            inner = 1.
            iterate: times = ( times do: [ (verify: benchmark) ifFalse: [ ^ false ] ]. true ).
            runOnce = ( iterate: inner ).
        }
        {'Category: timing\x7fComment: Processor milliseconds of so many iterations; a wrong result is an error.'
            measure: iterations Inner: n = (
                [ iterations do: [ (iterate: n) ifFalse: [ error: 'the result is wrong' ] ] ]
                    cpuTime ).
        }
    |)
|)

globals _AddSlots: (|
    benchmarks = (| {} = 'Comment: I know the benchmarks by name.'. parent* = traits oddball |).
    benchmarkRandom = (| {} = 'Comment: I give the same numbers in every language.'.
        parent* = traits clonable.
        seed <- 74755.
        copy = ( clone seed: 74755 ).
        next = ( seed: ((seed * 1309) + 13849) && 65535. seed ).
    |)
|)
