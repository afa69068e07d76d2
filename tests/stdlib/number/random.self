"Tests of stdlib/number/random.self."

testing suite: 'random' Tests: (|
    parent* = traits testSuite.

    testRange = (| r |
        r: random copySeed: 42.
        1000 do: [ | n | n: r integer: 10. assert: (n isBetween: 0 And: 9) ].
        1000 do: [ | x | x: r next. assert: ((x >= 0.0) && [ x < 1.0 ]) ].
        100 do: [ assert: ((r integerFrom: 5 To: 7) isBetween: 5 And: 7) ] ).

    testSeed = (| a. b |
        a: random copySeed: 7.
        b: random copySeed: 7.
        20 do: [ expect: (a integer: 1000000) ToBe: (b integer: 1000000) ].
        expect: ((random copySeed: 7) nextRaw = (random copySeed: 8) nextRaw) ToBe: false ).

    testSpread = (| r. counts |
        r: random copySeed: 1.
        counts: vector copySize: 10 FillingWith: 0.
        10000 do: [ | i | i: r integer: 10. counts at: i Put: (counts at: i) + 1 ].
        counts do: [ |:n| assert: (n isBetween: 850 And: 1150) ] ).

    testShuffle = (| v |
        v: (0 upTo: 50) asVector copy.
        (random copySeed: 3) shuffle: v.
        expect: v copySorted ToBe: (0 upTo: 50) asVector.
        deny: (v = (0 upTo: 50) asVector) ).

    testNamesOfDraws = (| r |
        r: random copySeed: 7.
        20 do: [ assert: (r real isBetween: 0.0 And: 1.0). assert: r boolean isBoolean ].
        100 do: [
            assert: ((r integerBetween: 3 And: 5) isBetween: 3 And: 5).
            assert: (r float isBetween: 0.0 And: 1.0).
            assert: ((-1 & 1) includes: r sign).
            assert: ((-1 & 0 & 1) includes: r sign0).
            assert: r char size = 1.
            assert: r printableChar isPrintable.
            assert: (((2 @ 3) # (5 @ 9)) includes: (r pointInBoundingBox: ((2 @ 3) # (5 @ 9)))) ].
        expect: (r string: 10) size ToBe: 10.
        assert: ((r printableString: 10) allSatisfy: [ |:c| c isPrintable ]).
        expect: (r permutation: 20) copySorted ToBe: 20 asVector ).

    testSeedOfTheSystem = (| a. b |
        a: random copySeed: 0.
        b: random copySeed: 0.
        deny: ((0 to: 3) allSatisfy: [ a nextRaw = b nextRaw ]) ).
|)
