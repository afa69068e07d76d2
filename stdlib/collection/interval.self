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
            {'Category: accessing\x7fComment: Computed. Example: (1 to: 9 By: 2) size >>> 5.'
                size = ( (span + 1) max: 0 ).
                at: i = (
                    ((i >= 0) && [ i < size ]) ifFalse: [
                        ^ primitiveFailedError: 'badIndexError' Name: 'at:' ].
                    from + (i * by) ).
                step = ( by ).
                isWhole = ( from isInteger && [ to isInteger && [ by isInteger ] ] ).
                span = ( isWhole ifTrue: [ (to - from) div: by ] False: [ floatSpan ] ).
                floatSpan = (| n |
                    n: (to - from) asFloat / by.
                    n isNaN ifTrue: [ ^ -1 ].
                    n < 0 ifTrue: [ ^ -1 ].
                    n isFinite ifFalse: [ ^ error: 'an interval without end has no size' ].
                    n: n floor.
                    (reaches: n + 1) ifTrue: [ ^ n + 1 ].
                    (reaches: n) ifTrue: [ n ] False: [ n - 1 ] ).
                reaches: i = (| x |
                    x: from + (i * by).
                    by > 0 ifTrue: [ x <= to ] False: [ x >= to ] ).
                isEndless = ( isWhole not && [ ((to - from) asFloat / by) = math infinity ] ).
            }
            {'Category: searching\x7fComment: By arithmetic.'
                includes: x = ( (indexOf: x) >= 0 ).
                indexOf: x IfAbsent: a = (| i |
                    (x isNumber && [ (x - from) asFloat isFinite ]) ifFalse: [ ^ a value ].
                    i: isWhole && [ x isInteger ] ifTrue: [ (x - from) div: by ] False: [
                        ((x - from) / by asFloat) round ].
                    ((i >= 0) && [ (isEndless || [ i < size ]) && [ x = (from + (i * by)) ] ])
                        ifTrue: [ i ]
                        False: [ a value ] ).
            }
            {'Category: iterating\x7fComment: Number and key. Each number is computed from its key, as at: does, so that errors of rounding do not add up.'
                do: b = (| x. i <- 0. n |
                    isWhole ifFalse: [ ^ floatsDo: b ].
                    n: size.
                    x: from.
                    [ i < n ] whileTrue: [ b value: x With: i. x: x + by. i: i + 1 ].
                    self ).
                floatsDo: b = (| i <- 0. n |
                    isEndless ifTrue: [ [ b value: from + (i * by) With: i. i: i + 1 ] loop ].
                    n: size.
                    [ i < n ] whileTrue: [ b value: from + (i * by) With: i. i: i + 1 ].
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
                    isWhole ifFalse: [ ^ asVector copyReverse ].
                    isEmpty ifTrue: [ self ] False: [ copyFrom: last To: from By: by negate ] ).
            }
            {'Category: printing\x7fComment: As I would be written. Example: (1 to: 5) printString >>> \'(1 to: 5)\'.'
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
