"The Composite Entropy Metric: one number from 0 to 1 for how alive the methods are that
this world has beside the standard ones. It is made of parts; each measures one thing,
says by which formula, and has a weight and a floor, which can be changed. A part with
nothing to measure is left out.

  cem value        the number
  cem report       the parts, with what they count and how they are weighed

The machine only counts (a census of methods); what the counts mean is said here."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of parts of the metric.'
        cemPart = (| {} = 'Comment: I measure one thing, from 0 to 1.'.
            parent* = traits clonable.

            {'Category: measuring\x7fComment: My value for a census, nil if there is nothing to measure; kept within my range.'
                valueFor: c = ( (measure: c) ifNotNil: [ |:v| (v min: 1.0) max: 0.0 ] ).
                measure: c = ( nil ).
            }
            {'Category: calculating\x7fComment: Entropy of counts in bits, as a share of what it could be at most; nil for less than two counts.'
                evenness: counts = (| sum <- 0. bits <- 0.0 |
                    counts size < 2 ifTrue: [ ^ nil ].
                    counts do: [ |:n| sum: sum + n ].
                    sum = 0 ifTrue: [ ^ 0.0 ].
                    counts do: [ |:n. p|
                        n > 0 ifTrue: [ p: n asFloat / sum. bits: bits - (p * (p ln / 2 ln)) ] ].
                    bits / (counts size ln / 2 ln) ).
                share: n Of: m = ( m = 0 ifTrue: [ nil ] False: [ n asFloat / m ] ).
                meanOf: a And: b = ( a ifNil: [ ^ b ]. b ifNil: [ ^ a ]. (a + b) / 2.0 ).
            }
            {'Category: printing\x7fComment: Name and weight.'
                printString = ( 'a cemPart(', name, ', weight ', weight printString, ')' ).
            }
        |).

        cemReading = (| {} = 'Comment: I am what the metric was at some moment.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From values of parts, a dictionary by their names.'
                copyValues: d = (
                    ((copy values: d) value: (cem compose: d)) at: time milliseconds ).
            }
            {'Category: comparing\x7fComment: By how much I am above an earlier one.'
                above: r = ( value - r value ).
            }
            {'Category: printing\x7fComment: The number in three digits.'
                printString = ( value printStringPrecision: 3 ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of parts and readings of the metric.'
        cemPart = (| {} = 'Comment: The prototype of parts of the metric.'.
            parent* = traits cemPart.

            {'Category: parts\x7fComment: Name; formula in words; what it counts for; below which it is an imbalance whatever the rest is.'
                name <- ''.
                formula <- ''.
                weight <- 1.0.
                floor <- 0.0.
                range = '0 to 1'.
            }
        |).

        cemReading = (| {} = 'Comment: The prototype of readings.'.
            parent* = traits cemReading.

            {'Category: parts\x7fComment: The number; that of each part by name; when.'
                value <- 0.0.
                values.
                at <- 0.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The census, and the metric.'
        census = (| {} = 'Comment: I tell what was counted.'.
            parent* = traits clonable.

            {'Category: parts\x7fComment: What the machine counted: numbers, vectors of counts, vectors of places.'
                rows = vector.
                methods <- 0.
                commented <- 0.
                withExamples <- 0.
                examples <- 0.
                bytes <- 0.
                perObject <- vector.
                perSelector <- vector.
                calls <- vector.
                duplicates <- 0.
                twins <- vector.
                bare <- vector.
            }
            {'Category: creating\x7fComment: Of the methods that are newer than the standard ones.'
                copyNow = ( copyFrom: cem mark ).
                copyFrom: mark = (
                    copyRow: (_CensusFrom: mark IfFail: [ |:e. :n|
                        primitiveFailedError: e Name: n ]) ).
                copyRow: v = (| c |
                    c: copy.
                    c methods: (v at: 0).
                    c commented: (v at: 1).
                    c withExamples: (v at: 2).
                    c examples: (v at: 3).
                    c bytes: (v at: 4).
                    c perObject: (v at: 5).
                    c perSelector: (v at: 6).
                    c calls: (v at: 7).
                    c duplicates: (v at: 8).
                    c twins: (v at: 9).
                    c bare: (v at: 10).
                    c ).
            }
            {'Category: counting\x7fComment: Grown methods that have examples beside those in comments, and how many.'
                grownWithExamples = ( mind grown countBy: [ |:g| g examples isEmpty not ] ).
                grownExamples = ( mind grown inject: 0 Into: [ |:n. :g| n + g examples size ] ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = (
                    (inquiry counted: methods As: 'method'), ' in '
                        , (inquiry counted: perObject size As: 'object'), ', '
                        , commented printString, ' with comments, '
                        , (withExamples + grownWithExamples) printString, ' with examples' ).
            }
        |).

        cem = (| {} = 'Comment: I measure how alive the methods of this world are.'.
            parent* = traits oddball.

            {'Category: parts\x7fComment: How evenly methods lie in objects, and sends on selectors.'
                structure = (cemPart copy weight: 1.0) _AddSlots: (|
                    name = 'structure'.
                    formula = 'mean of: entropy of methods over objects, entropy of sends over selectors (shares of the greatest possible)'.
                    measure: c = (
                        meanOf: (evenness: c perObject) And: (evenness: c perSelector) ).
                |).
            }
            {'Category: parts\x7fComment: Whether what was grown is used, and how evenly.'
                use = (cemPart copy weight: 1.0) _AddSlots: (|
                    name = 'use'.
                    formula = 'mean of: share of counted methods that were called, entropy of calls over them'.
                    measure: c = (
                        c calls isEmpty ifTrue: [ ^ nil ].
                        meanOf: (share: (c calls countBy: [ |:n| n > 0 ]) Of: c calls size)
                            And: (evenness: c calls) ).
                |).
            }
            {'Category: parts\x7fComment: Whether methods say what they are for, and prove it.'
                knowledge = (cemPart copy weight: 2.0) _AddSlots: (|
                    name = 'knowledge'.
                    formula = 'mean of: share of methods with examples (three each count whole), share with comments'.
                    measure: c = (
                        meanOf: (meanOf: (share: c withExamples + c grownWithExamples
                                    Of: c methods)
                                And: (share: c examples + c grownExamples Of: c methods * 3))
                            And: (share: c commented Of: c methods) ).
                |).
            }
            {'Category: parts\x7fComment: Whether methods do what no other one does, by what they answer to the same inputs.'
                novelty = (cemPart copy weight: 1.0) _AddSlots: (|
                    name = 'novelty'.
                    formula = 'different answers to shared inputs, as a share of grown methods that were asked'.
                    measure: c = (| seen. asked <- 0 |
                        seen: set copyRemoveAll.
                        mind grown do: [ |:g|
                            g fingerprint isEmpty ifFalse: [
                                asked: asked + 1.
                                seen add: g fingerprint ] ].
                        share: seen size Of: asked ).
                |).
            }
            {'Category: parts\x7fComment: Whether each thing is said once.'
                repetition = (cemPart copy weight: 1.0) _AddSlots: (|
                    name = 'repetition'.
                    formula = '1 - share of methods whose text another one has, too'.
                    measure: c = (
                        (share: c duplicates Of: c methods) ifNotNil: [ |:s| 1.0 - s ] ).
                |).
            }
            {'Category: parts\x7fComment: Whether what was wanted was found.'
                failures = (cemPart copy weight: 2.0) _AddSlots: (|
                    name = 'failures'.
                    formula = 'grown methods, as a share of them and of the messages that were given up'.
                    measure: c = (
                        share: mind grown size Of: mind grown size + mind givenUp size ).
                |).
            }
            {'Category: parts\x7fComment: All parts; the one of a name.'
                parts = (
                    (structure & use & knowledge & novelty & repetition & failures) asVector ).
                partNamed: n = (
                    parts findFirst: [ |:p| p name = n ] IfPresent: [ |:p| p ] IfAbsent: [
                        error: 'the metric has no part ', n ] ).
            }
            {'Category: state\x7fComment: From which code on methods are not of the standard world; past values, the newest last; most of them.'
                mark <- 0.
                history <- list copyRemoveAll.
                most <- 500.
            }
            {'Category: measuring\x7fComment: A reading, a new one only if something changed since the last; the number; what parts come to together.'
                now = (| stamp. r |
                    stamp: image changeCount & mind grown size & mind givenUp size
                        & (mind grown inject: 0 Into: [ |:n. :g| n + g examples size ]).
                    r: session at: 'cem reading' IfAbsent: nil.
                    (r isNotNil && [ r key asVector = stamp asVector ]) ifTrue: [ ^ r value ].
                    r: stamp asVector -> measure.
                    session at: 'cem reading' Put: r.
                    r value ).
                measure = (| c. d |
                    c: census copyNow.
                    d: orderedDictionary copyRemoveAll.
                    parts do: [ |:p| (p valueFor: c) ifNotNil: [ |:v| d at: p name Put: v ] ].
                    cemReading copyValues: d ).
                value = ( now value ).
                compose: d = (| sum <- 0.0. weights <- 0.0 |
                    parts do: [ |:p|
                        d
                            at: p name
                            IfPresent: [ |:v|
                                sum: sum + (v * p weight).
                                weights: weights + p weight ]
                            IfAbsent: nil ].
                    weights = 0.0 ifTrue: 0.0 False: [ sum / weights ] ).
                note = (| r |
                    r: now.
                    history: (history copy addLast: r).
                    history size > most ifTrue: [ history removeFirst ].
                    r ).
            }
            {'Category: measuring\x7fComment: The part that is furthest below where it could be, weighed; first those below their floors. Nil if there is none.'
                weakest = (| best. worst <- 0.0 |
                    now values do: [ |:v. :n. p. lack|
                        p: partNamed: n.
                        lack: ((1.0 - v) * p weight) + (v < p floor ifTrue: 10.0 False: 0.0).
                        lack > worst ifTrue: [ worst: lack. best: p ] ].
                    best ).
            }
            {'Category: showing\x7fComment: The number, and each part with its value, weight, floor and formula; past values as a line of bars.'
                report = (| out. r |
                    r: now.
                    out: stringWriter copyRemoveAll.
                    out writeLine: 'cem ', r printString, '   ', census copyNow printString.
                    parts do: [ |:p|
                        out writeLine: '  ', (p name padOnRight: 12)
                            , ((r values at: p name IfAbsent: nil) ifNil: [ '   - ' ] IfNotNil: [ |
                                :v
                                |
                                v printStringPrecision: 3 ]), '  weight ', p weight printString
                            , ', floor ', p floor printString, ': ', p formula ].
                    out write: sparkline.
                    out contents trim ).
                sparkline = ( sparklineOf: (history mapBy: [ |:r| r value ]) ).
                sparklineOf: numbers = (| low. high. out |
                    numbers size < 2 ifTrue: [ ^ '' ].
                    low: numbers min.
                    high: numbers max.
                    out: stringWriter copyRemoveAll.
                    (numbers copyFrom: (numbers size - 60 max: 0) UpTo: numbers size) do: [ |:v|
                        out write: (bars at: (high = low ifTrue: 3 False: [
                            (((v - low) / (high - low)) * 7.0) round asInteger ])) ].
                    out contents ).
                bars = ('\xe2\x96\x81' & '\xe2\x96\x82' & '\xe2\x96\x83' & '\xe2\x96\x84'
                    & '\xe2\x96\x85' & '\xe2\x96\x86' & '\xe2\x96\x87' & '\xe2\x96\x88') asVector.
            }
            {'Category: private\x7fComment: Sent once, when the standard world is ready.'
                beginHere = ( mark: (_CensusMarkIfFail: 0). self ).
            }
        |).
    }
|)
