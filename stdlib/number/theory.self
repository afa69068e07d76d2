"Number theory: divisors, prime numbers, arithmetic modulo a number."

traits integer _AddSlots: (|
    {'Category: testing\x7fComment: Prime, a divisor, a multiple. Example: 7 isPrime >>> true.'
        isPrime = (| i <- 3 |
            self < 2 ifTrue: [ ^ false ].
            self < 4 ifTrue: [ ^ true ].
            even ifTrue: [ ^ false ].
            [ (i * i) <= self ] whileTrue: [ (self % i) = 0 ifTrue: [ ^ false ]. i: i + 2 ].
            true ).
        divides: n = (
            n isNumber ifTrue: [ (n % self) = 0 ] False: [ noNumber: n Operator: 'divides:' ] ).
        isDivisibleBy: n = ( (self % n) = 0 ).
    }
    {'Category: testing\x7fComment: Whether I am prime, for big numbers too: of a million on, Rabin\'s test with so many random witnesses, each of which finds out a composite number at least three times in four.'
        isPrime: witnesses = (| r |
            self < 1000000 ifTrue: [ ^ isPrime ].
            even ifTrue: [ ^ false ].
            r: random copySeed: self.
            witnesses do: [
                (isProvedCompositeBy: (r integerFrom: 2 To: self - 2)) ifTrue: [ ^ false ] ].
            true ).
        isProvedCompositeBy: witness = (| last. d. twos <- 0. x |
            last: self - 1.
            d: last.
            [ d even ] whileTrue: [ d: d / 2. twos: twos + 1 ].
            x: witness power: d Mod: self.
            x = 1 ifTrue: [ ^ false ].
            twos do: [ x = last ifTrue: [ ^ false ]. x: (x * x) % self ].
            true ).
    }
    {'Category: arithmetic\x7fComment: Greatest common divisor, least common multiple; powers modulo a number. Example: 12 gcd: 18 >>> 6.'
        gcd: n = (| a. b. t |
            n isNumber ifFalse: [ ^ noNumber: n Operator: 'gcd:' ].
            a: abs.
            b: n abs.
            (a isSmallInt && [ b isSmallInt ]) ifFalse: [
                ^ (a asBigInteger _BigIntGcd: b asBigInteger IfFail: [ |:e. :p|
                    ^ primitiveFailedError: e Name: p ]) normalize ].
            [ b = 0 ] whileFalse: [ t: a % b. a: b. b: t ].
            a ).
        lcm: n = (
            n isNumber ifFalse: [ ^ noNumber: n Operator: 'lcm:' ].
            ((self = 0) || [ n = 0 ]) ifTrue: [ 0 ] False: [ ((self / (gcd: n)) * n) abs ] ).
        pow: n Mod: m = (| result <- 1. base. k |
            n isNumber ifFalse: [ ^ noNumber: n Operator: 'pow:Mod:' ].
            base: mod: m.
            k: n.
            [ k > 0 ] whileTrue: [
                k odd ifTrue: [ result: (result * base) % m ].
                base: (base * base) % m.
                k: k / 2 ].
            result % m ).
        power: n Mod: m = ( pow: n Mod: m ).
    }
    {'Category: arithmetic\x7fComment: By Euclid\'s method: g @ (x @ y), where g is the greatest common divisor and also (self * x) + (n * y); the number below n that makes 1 when I am multiplied with it modulo n.'
        gcdExtended: n = (| a. b. x <- 1. y <- 0. nextX <- 0. nextY <- 1 |
            a: self.
            b: n.
            [ b = 0 ] whileFalse: [ | q. t |
                q: a / b.
                t: a - (q * b).
                a: b.
                b: t.
                t: x - (q * nextX).
                x: nextX.
                nextX: t.
                t: y - (q * nextY).
                y: nextY.
                nextY: t ].
            a < 0 ifTrue: [ a negate @ (x negate @ y negate) ] False: [ a @ (x @ y) ] ).
        inverseMod: n = (| g |
            g: gcdExtended: n.
            g x = 1 ifFalse: [ ^ error: 'there is no inverse where there is a common divisor' ].
            g y x mod: n ).
    }
    {'Category: arithmetic\x7fComment: Prime numbers: the next above me; those whose product I am, in ascending order.'
        nextPrime = (| n | n: 1 + (max: 1). [ n isPrime: 20 ] whileFalse: [ n: n + 1 ]. n ).
        factors = (| found. n. p <- 2 |
            self < 1 ifTrue: [ ^ error: 'only numbers from one on have factors' ].
            found: list copyRemoveAll.
            n: self.
            [ (p * p) <= n ] whileTrue: [
                (n % p) = 0 ifTrue: [ found addLast: p. n: n / p ] False: [
                    p: p = 2 ifTrue: 3 False: [ p + 2 ] ] ].
            n > 1 ifTrue: [ found addLast: n ].
            found ).
    }
|)
