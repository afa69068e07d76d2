"Specimens: expressions that call a method, for those who want to see what it answers
without anybody there to ask: trials, examples, comparisons."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Knows how methods are called.'
        specimen = (| {} = 'Comment: I know expressions that call a method: receivers and arguments of the kinds that it is for.'.
            parent* = traits oddball.

            {'Category: expressions\x7fComment: For a mirror and a selector: as many as there are receivers, none if nobody knows how to call it.'
                expressionsFor: m Selector: n = (| arguments |
                    arguments: (m contentsAt: n) arguments mapBy: [ |:a| argumentFor: a ].
                    ((receiversOf: m) mapBy: [ |:r| (call: n On: r With: arguments asVector) ])
                        asVector ).
                call: n On: r With: v = (| out. i <- 0 |
                    v isEmpty ifTrue: [ ^ r, ' ', n ].
                    (n includesSubstring: ':') ifFalse: [ ^ r, ' ', n, ' ', v first ].
                    out: stringWriter copyRemoveAll.
                    out write: r.
                    (n splitOn: ':') do: [ |:p|
                        p isEmpty ifFalse: [ out write: ' ', p, ': ', (v at: i). i: i + 1 ] ].
                    out contents ).
                argumentFor: name = (
                    (' x y z ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ '2.5' ].
                    (' s t u ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ '\'ab\'' ].
                    (' c d ' includesSubstring: ' ', name, ' ') ifTrue: [
                        ^ '(3 & 1 & 2) asVector' ].
                    (' b b2 ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ 'true' ].
                    ('blk' isPrefixOf: name) ifTrue: [ ^ '[ |:e| e ]' ].
                    '3' ).
                receiversOf: m = (| n |
                    receivers do: [ |:row|
                        (m isOnSameAs: (reflect: (row at: 0))) ifTrue: [ ^ row at: 1 ] ].
                    n: m nameInARoom.
                    (n isEmpty || [ (m understands: 'printString') not ]) ifTrue: [ ^ vector ].
                    vector copyAddLast: n ).
                receivers = (
                    ((traits integer & integers) asVector & (traits number & integers) asVector
                        & (traits smallInt & integers) asVector
                        & (traits float & ('2.5' & '-1.0' & '0.0') asVector) asVector
                        & (traits string
                            & ('\'hello world\'' & '\'a\'' & '\'\'' & '\'Ab1\'') asVector)
                            asVector & (traits vector & vectors) asVector
                        & (traits indexable & vectors) asVector
                        & (traits collection & vectors) asVector
                        & (traits list & ('(3 & 1 & 2) asList' & 'list copyRemoveAll') asVector)
                            asVector & (true & ('true' & 'false') asVector) asVector) asVector ).
                integers = ('3' & '10' & '0' & '-4' & '7') asVector.
                vectors = ('(3 & 1 & 2) asVector' & '(5 & 5) asVector' & 'vector') asVector.
            }
            {'Category: answers\x7fComment: What an expression prints in a fork, nil if it fails, changes something, or is not the same twice.'
                answerTo: text = (| r |
                    r: crucible try: text For: vector.
                    (r at: 0) = 'value' ifFalse: [ ^ nil ].
                    (r at: 5) isEmpty ifFalse: [ ^ nil ].
                    ((crucible try: text For: vector) at: 1) = (r at: 1) ifFalse: [ ^ nil ].
                    (r at: 1) ).
                fingerprintOf: g = (| out |
                    out: stringWriter copyRemoveAll.
                    (expressionsFor: (reflect: g holder) Selector: g selector) do: [ |:e|
                        out write: ((answerTo: e) ifNil: '?'), ';' ].
                    (((reflect: g holder) at: g selector) contents arguments size) printString
                        , ':', out contents ).
                fingerprintSome = (| n <- 0 |
                    mind grown do: [ |:g|
                        ((n < 3) && [ g fingerprint isEmpty && [ g isInPlace ] ]) ifTrue: [
                            n: n + 1.
                            g fingerprint: (fingerprintOf: g) ] ].
                    n ).
            }
        |).
    }
|)

specimen _AddSlots: (|
    {'Category: expressions\x7fComment: The selector with its arguments, as a definition begins.'
        signatureOf: n In: m = (| names. out. i <- 0 |
            names: (m contentsAt: n) arguments asVector.
            names isEmpty ifTrue: [ ^ n ].
            (n includesSubstring: ':') ifFalse: [ ^ n, ' ', names first ].
            out: stringWriter copyRemoveAll.
            (n splitOn: ':') do: [ |:p|
                p isEmpty ifFalse: [
                    i > 0 ifTrue: [ out write: ' ' ].
                    out write: p, ': ', (names at: i).
                    i: i + 1 ] ].
            out contents ).
    }
|)
