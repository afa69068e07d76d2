"Random numbers: a generator with 32 bits of state mixed from two linear ones, good
for games and tests, not for secrets. `random next` uses the common generator;
`random copySeed: 42` gives one that always says the same."

traits _AddSlots: (|
    {'Category: numbers\x7fComment: Behaviour of random generators.'
        random = (| {} = 'Comment: I am the behaviour of generators of random numbers.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A generator that starts from a seed; one that starts from a seed of the system, as does the one with seed 0.'
                copySeed: n = ( n = 0 ifTrue: [ copyRandomSeed ] False: [ copy seed: n ] ).
                copyRandomSeed = ( copy seed: (_RandomSeedIfFail: 12345) ).
                seed: n = (
                    first: ((n abs % 2147483562) + 1).
                    second: (((n abs / 7) % 2147483398) + 1).
                    4 do: [ nextRaw ].
                    self ).
            }
            {'Category: drawing\x7fComment: The generator of L\'Ecuyer (1988): two multiplicative ones, subtracted.'
                nextRaw = (| r |
                    first: (first * 40014) % 2147483563.
                    second: (second * 40692) % 2147483399.
                    r: first - second.
                    r < 1 ifTrue: [ r + 2147483562 ] False: [ r ] ).
            }
            {'Category: drawing\x7fComment: A whole number from 0 below n; from a to b; a float from 0 below 1; true or false.'
                integer: n = (
                    ((reflect: n) isReflecteeInteger && [ n > 0 ]) ifFalse: [
                        ^ error: 'a random number is below a whole number from 1 on, and not below '
                            , (reflect: n) safePrintString ].
                    n <= 2147483562 ifTrue: [ nextRaw % n ] False: [
                        ((nextRaw * 2147483562) + nextRaw) % n ] ).
                integerFrom: a To: b = ( a + (integer: (b - a) + 1) ).
                integerBetween: a And: b = ( integerFrom: a To: b ).
                next = ( nextRaw asFloat / 2147483563.0 ).
                real = ( next ).
                float = ( next ).
                nextBoolean = ( (nextRaw % 2) = 0 ).
                boolean = ( nextBoolean ).
            }
            {'Category: drawing\x7fComment: -1 or 1; -1, 0 or 1; a point in a rectangle.'
                sign = ( ((integer: 2) * 2) - 1 ).
                sign0 = ( (integer: 3) - 1 ).
                pointInBoundingBox: r = (
                    (integerFrom: r left To: r right - 1) @ (integerFrom: r top To: r bottom - 1) ).
            }
            {'Category: drawing\x7fComment: A character of any code, or one that prints; a string of so many.'
                char = ( (integer: 256) asCharacter ).
                printableChar = ( (integerFrom: 32 To: 126) asCharacter ).
                string: n = ( (mutableString copySize: n) mapBy: [ char ] ).
                printableString: n = ( (mutableString copySize: n) mapBy: [ printableChar ] ).
            }
            {'Category: drawing\x7fComment: An element of an indexable collection; its elements in random order; the numbers from 0 below n in random order.'
                elementOf: c = ( c at: (integer: c size) ).
                shuffle: v = (| i |
                    i: v size - 1.
                    [ i > 0 ] whileTrue: [ | j. t |
                        j: integer: i + 1.
                        t: v at: i.
                        v at: i Put: (v at: j).
                        v at: j Put: t.
                        i: i - 1 ].
                    v ).
                permutation: n = ( shuffle: n asVector ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: numbers\x7fComment: Prototype of random generators, and the common one.'
        random = (| {} = 'Comment: The prototype of random generators.'.
            parent* = traits random.
            {'Category: state\x7fComment: One number for each of the two generators.'
                first <- 12345.
                second <- 67890.
            }
        |).
    }
|)
