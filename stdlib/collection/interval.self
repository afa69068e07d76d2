"Intervals: numbers from one to another by a step, as a collection that takes no
room. `1 to: 10`, `10 to: 1 By: -3`, `0 upTo: 5`."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of intervals.'
        interval = (| {} = 'Comment: I am the behaviour of intervals of numbers.'.
            parent* = traits indexable.

            {'Category: creating\x7fComment: A new interval, with both ends.'
                copyFrom: a To: b By: s = (
                    s = 0 ifTrue: [ ^ error: 'a step must not be zero' ].
                    ((clone from: a) to: b) by: s ).
            }
            {'Category: accessing\x7fComment: Computed.'
                size = ( (span + 1) max: 0 ).
                at: i = (
                    ((i >= 0) && [ i < size ]) ifFalse: [
                        ^ primitiveFailedError: 'badIndexError' Name: 'at:' ].
                    from + (i * by) ).
                step = ( by ).
                span = (
                    ((to - from) isInteger && [ by isInteger ])
                        ifTrue: [ (to - from) div: by ]
                        False: [ ((to - from) asFloat / by) floor ] ).
            }
            {'Category: searching\x7fComment: By arithmetic.'
                includes: x = (
                    (by > 0 ifTrue: [ (from <= x) && [ x <= to ] ] False: [
                        (to <= x) && [ x <= from ] ]) && [ ((x - from) % by) = 0 ] ).
            }
            {'Category: iterating\x7fComment: Number and key.'
                do: b = (| x. i <- 0 |
                    x: from.
                    by > 0
                        ifTrue: [
                            [ x <= to ] whileTrue: [ b value: x With: i. x: x + by. i: i + 1 ] ]
                        False: [
                            [ x >= to ] whileTrue: [ b value: x With: i. x: x + by. i: i + 1 ] ].
                    self ).
            }
            {'Category: transforming\x7fComment: Results are vectors; my opposite is an interval.'
                mapBy: b = ( asVector mapBy: b ).
                filterBy: b = ( (filterBy: b Into: list copyRemoveAll) asVector ).
                copyFrom: start UpTo: end = ( asVector copyFrom: start UpTo: end ).
                copyRemoveAll = ( vector ).
                copySize: n FillingWith: x = ( asVector copySize: n FillingWith: x ).
                copySize: n = ( copySize: n FillingWith: nil ).
                , c = ( asVector, c ).
                copyReverse = (
                    isEmpty ifTrue: [ self ] False: [ copyFrom: last To: from By: by negate ] ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = (
                    by = 1 ifTrue: [ '(', from printString, ' to: ', to printString, ')' ] False: [
                        '(', from printString, ' to: ', to printString, ' By: ', by printString
                            , ')' ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototype of intervals: use to: and upTo: of numbers.'
        interval = (| {} = 'Comment: The prototype of intervals.'.
            parent* = traits interval.
            {'Category: parts\x7fComment: First number, limit, step.'
                from <- 0.
                to <- -1.
                by <- 1.
            }
        |).
    }
|)
