"""Numbers: predicates, digits, divisors, primes, sums, sequences, clamping, conversion; booleans, points."""
import math
from core import m

I = "integer"


def digits(n):
    return [int(c) for c in str(abs(n))]


def prime(n):
    return n > 1 and all(n % d for d in range(2, int(n ** 0.5) + 1))


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def divs(n):
    return [d for d in range(1, n + 1) if n % d == 0]


def collatz(n):
    c = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        c += 1
    return c


SMALL = [0, 1, 2, 5, 7, 10]
POS = [1, 2, 3, 6, 10, 12]
ANY = [-7, -2, 0, 1, 4, 9]
BIG = [0, 7, 10, 123, 4051, 9999]
PAIR = [(12, 18), (7, 3), (5, 5), (1, 10), (20, 4)]


def predicates():
    m(I, "isEven / even / isDivisibleByTwo / isPair", "true if I am divisible by two / no remainder after halving", "(self % 2) = 0", lambda n: n % 2 == 0, ANY)
    m(I, "isOdd / odd / isNotEven", "true if I am not divisible by two / true if halving me leaves one", "(self % 2) != 0", lambda n: n % 2 != 0, ANY)
    m(I, "isZero / isNothing", "am I zero", "self = 0", lambda n: n == 0, ANY)
    m(I, "isPositive / isAboveZero / positive", "greater than zero", "self > 0", lambda n: n > 0, ANY)
    m(I, "isNegative / isBelowZero / negative", "less than zero", "self < 0", lambda n: n < 0, ANY)
    m(I, "isNonNegative / isNatural", "zero or more", "self >= 0", lambda n: n >= 0, ANY)
    m(I, "isOne / isUnit", "am I one", "self = 1", lambda n: n == 1, ANY)
    for k, name in [(3, "Three"), (4, "Four"), (5, "Five"), (6, "Six"), (7, "Seven"), (8, "Eight"), (9, "Nine"), (10, "Ten"), (12, "Twelve"), (100, "Hundred")]:
        m(I, "isDivisibleBy%s / isMultipleOf%s" % (name, name), "true if %s divides me / am I a multiple of %d" % (name.lower(), k), "(self %% %d) = 0" % k, lambda n, k=k: n % k == 0, [0, k, k + 1, 3 * k, 7], keep=2)
        m(I, "isGreaterThan%s / exceeds%s" % (name, name), "am I more than %d" % k, "self > %d" % k, lambda n, k=k: n > k, [0, k, k + 1, 500], keep=1)
        m(I, "times%s / multipliedBy%s" % (name, name), "%d times me" % k, "self * %d" % k, lambda n, k=k: n * k, ANY, keep=1)
        m(I, "plus%s / add%s" % (name, name), "me and %d" % k, "self + %d" % k, lambda n, k=k: n + k, ANY, keep=1)
    m(I, "isDivisibleBy: / isMultipleOf: / dividesEvenlyBy: / isEvenlyDivisibleBy:", "true if the argument divides me / no remainder", "(self % $1) = 0", lambda n, k: n % k == 0, PAIR, "i", keep=4)
    m(I, "divides: / isDivisorOf: / isFactorOf:", "true if I divide the argument / am I a factor of it", "($1 % self) = 0", lambda n, k: k % n == 0, [(3, 12), (5, 12), (1, 7), (7, 7)], "i")
    m(I, "isBetween:And: / isFrom:To: / isInRange:To:", "true if I lie between both, ends included / inside the range", "(self >= $1) && [self <= $2]", lambda n, a, b: a <= n <= b, [(3, 1, 5), (1, 1, 5), (6, 1, 5), (0, 1, 5)], "ii")
    m(I, "isStrictlyBetween:And: / isInside:And:", "between both, ends not included", "(self > $1) && [self < $2]", lambda n, a, b: a < n < b, [(3, 1, 5), (1, 1, 5), (5, 1, 5)], "ii")
    m(I, "isOutside:And:", "before the first or after the second", "(self < $1) || [self > $2]", lambda n, a, b: n < a or n > b, [(3, 1, 5), (0, 1, 5), (6, 1, 5)], "ii")
    m(I, "isNear:Within: / isCloseTo:Within:", "do we differ by no more than the second", "(self - $1) absoluteValue <= $2", lambda n, a, b: abs(n - a) <= b, [(3, 5, 2), (3, 6, 2), (9, 6, 4)], "ii")
    m(I, "isPrime / prime / isPrimeNumber / hasNoDivisors", "true if only one and myself divide me / prime number test / am I a prime", "self < 2 ifTrue: [^ false]. 2 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [^ false]]. true", prime, [0, 1, 2, 3, 4, 9, 13, 25, 31], keep=4)
    m(I, "isPrimeFast / testPrime", "prime test up to the square root", "| i <- 2 | self < 2 ifTrue: [^ false]. [(i * i) <= self] whileTrue: [(self % i) = 0 ifTrue: [^ false]. i: i + 1]. true", prime, [0, 1, 2, 3, 4, 9, 13, 25, 31, 97])
    m(I, "isComposite / isNotPrime", "more than one and not prime", "2 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [^ true]]. false", lambda n: n > 1 and not prime(n), [1, 2, 4, 7, 9, 15])
    m(I, "isPerfectSquare / isSquare / isSquareNumber", "true if some number times itself is me / am I a square", "| i <- 0 | [(i * i) < self] whileTrue: [i: i + 1]. (i * i) = self", lambda n: int(n ** 0.5) ** 2 == n, [0, 1, 2, 4, 15, 16, 49])
    m(I, "isCube / isPerfectCube", "am I the third power of a number", "| i <- 0 | [(i * i * i) < self] whileTrue: [i: i + 1]. (i * i * i) = self", lambda n: n in (0, 1, 8, 27, 64), [0, 1, 2, 8, 9, 27])
    m(I, "isPerfect / isPerfectNumber", "is the sum of my proper divisors me", "| s <- 0 | 1 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [s: s + i]]. s = self", lambda n: n > 0 and sum(divs(n)) == 2 * n, [1, 6, 12, 28, 30])
    m(I, "isAbundant", "do my proper divisors sum to more than me", "| s <- 0 | 1 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [s: s + i]]. s > self", lambda n: sum(divs(n)) > 2 * n, [6, 12, 15, 18, 28])
    m(I, "isPowerOfTwo / isBinaryPower", "am I a power of two", "| n <- 1 | [n < self] whileTrue: [n: n * 2]. n = self", lambda n: n > 0 and n & (n - 1) == 0, [1, 2, 3, 8, 12, 64])
    m(I, "isPowerOf:", "is some power of the argument me", "| p <- 1 | [p < self] whileTrue: [p: p * $1]. p = self", lambda n, k: n in [k ** i for i in range(12)], [(9, 3), (10, 3), (1, 5), (125, 5)], "i")
    m(I, "isTriangular", "am I a sum of one to some number", "| i <- 0. s <- 0 | [s < self] whileTrue: [i: i + 1. s: s + i]. s = self", lambda n: n in [i * (i + 1) // 2 for i in range(50)], [0, 1, 2, 3, 6, 7, 10])
    m(I, "isFibonacci / isFibonacciNumber", "am I in the fibonacci sequence", "| a <- 0. b <- 1. t | [a < self] whileTrue: [t: a + b. a: b. b: t]. a = self", lambda n: n in [fib(i) for i in range(20)], [0, 1, 2, 3, 4, 8, 9, 13])
    m(I, "isLeapYear / leapYear", "is this year a leap year", "(self % 400) = 0 ifTrue: [^ true]. (self % 100) = 0 ifTrue: [^ false]. (self % 4) = 0", lambda y: (y % 4 == 0 and y % 100 != 0) or y % 400 == 0, [2000, 1900, 2024, 2023, 2100])
    m(I, "isDigit / isSingleDigit", "from zero to nine", "(self >= 0) && [self <= 9]", lambda n: 0 <= n <= 9, [-1, 0, 9, 10])
    m(I, "isCoprimeTo: / isRelativelyPrimeTo:", "do we share no divisor but one", "| a. b. t | a: self. b: $1. [b = 0] whileFalse: [t: a % b. a: b. b: t]. a = 1", lambda a, b: math.gcd(a, b) == 1, [(8, 9), (12, 18), (7, 7), (1, 5)], "i")
    m(I, "hasSameSignAs:", "are both of us negative or both not", "(self < 0) = ($1 < 0)", lambda a, b: (a < 0) == (b < 0), [(1, 2), (-1, 2), (-3, -4), (0, 5)], "i")
    m(I, "hasSameParityAs:", "are both even or both odd", "(self % 2) = ($1 % 2)", lambda a, b: a % 2 == b % 2, [(1, 3), (2, 3), (4, 8)], "i")
    m(I, "isSmallerThan: / isLessThan: / isBelow:", "am I less", "self < $1", lambda a, b: a < b, PAIR, "i")
    m(I, "isLargerThan: / isBiggerThan: / isAbove:", "am I greater", "self > $1", lambda a, b: a > b, PAIR, "i")
    m(I, "isAtLeast:", "not less than the argument", "self >= $1", lambda a, b: a >= b, PAIR, "i")
    m(I, "isAtMost:", "not more than the argument", "self <= $1", lambda a, b: a <= b, PAIR, "i")


def arithmetic():
    m(I, "double / doubled / twice / timesTwo", "two times me / me and me again", "self * 2", lambda n: n * 2, ANY, keep=4)
    m(I, "triple / tripled / thrice", "three times me", "self + self + self", lambda n: n * 3, ANY)
    m(I, "half / halved / dividedByTwo", "divided by two", "self / 2", lambda n: n // 2, [0, 2, 8, 9])
    m(I, "square / squared / timesItself", "me times me / second power", "self * self", lambda n: n * n, ANY)
    m(I, "cube / cubed / thirdPower", "me times me times me", "self * self * self", lambda n: n ** 3, ANY)
    m(I, "fourthPower", "me four times multiplied", "self * self * self * self", lambda n: n ** 4, ANY)
    m(I, "negated / opposite / negate", "with the other sign / zero minus me", "0 - self", lambda n: -n, ANY)
    m(I, "successor / next / increment / plusOne", "the number after me", "self + 1", lambda n: n + 1, ANY)
    m(I, "predecessor / previous / decrement / minusOne", "the number before me", "self - 1", lambda n: n - 1, ANY)
    m(I, "abs / absoluteValue / magnitude / distanceFromZero", "without my sign", "self < 0 ifTrue: [0 - self] False: [self]", abs, ANY)
    m(I, "sign / signum", "minus one, zero or one", "self < 0 ifTrue: [^ -1]. self = 0 ifTrue: [0] False: [1]", lambda n: (n > 0) - (n < 0), ANY)
    m(I, "factorial / fact / productUpToMe", "product of one to me / one times two times and so on up to me", "| r <- 1 | 1 to: self Do: [|:i| r: r * i]. r", math.factorial, SMALL)
    m(I, "recursiveFactorial / factorialRecursive", "factorial by recursion / me times the factorial of one less", "self < 2 ifTrue: [1] False: [self * (self - 1) recursiveFactorial]", math.factorial, [0, 1, 5, 7], keep=1)
    m(I, "fibonacci / fib / fibonacciNumber / nthFibonacci", "the fibonacci number at my position / sum of the two fibonacci numbers before", "| a <- 0. b <- 1. t | 1 to: self Do: [t: a + b. a: b. b: t]. a", fib, [0, 1, 2, 5, 10, 20], keep=4)
    m(I, "fibonacci / fibonacciRecursive", "fibonacci by recursion", "self < 2 ifTrue: [self] False: [(self - 1) fibonacci + (self - 2) fibonacci]", fib, [0, 1, 2, 5, 10], keep=1)
    m(I, "fib", "the fibonacci number by calling myself", "self < 2 ifTrue: [^ self]. (self - 1) fib + (self - 2) fib", fib, [0, 1, 2, 5, 10])
    m(I, "lucas / lucasNumber", "like fibonacci, beginning with two and one", "| a <- 2. b <- 1. t | 1 to: self Do: [t: a + b. a: b. b: t]. a", lambda n: [2, 1, 3, 4, 7, 11, 18][n], [0, 1, 2, 5, 6])
    m(I, "gcd: / greatestCommonDivisor: / gcdWith: / commonDivisorWith:", "greatest common divisor / the largest number that divides us both", "| a. b. t | a: self. b: $1. [b = 0] whileFalse: [t: a % b. a: b. b: t]. a", math.gcd, PAIR, "i", keep=4)
    m(I, "gcd: / greatestCommonDivisor:", "euclid by recursion", "$1 = 0 ifTrue: [self] False: [$1 gcd: self % $1]", math.gcd, PAIR, "i", keep=1)
    m(I, "lcm: / leastCommonMultiple: / smallestCommonMultiple:", "least common multiple / the smallest number that we both divide", "| r | r: self. [(r % $1) = 0] whileFalse: [r: r + self]. r", lambda a, b: a * b // math.gcd(a, b), PAIR, "i")
    m(I, "lcm: / leastCommonMultiple:", "least common multiple", "(self * $1) / (gcd: $1)", lambda a, b: a * b // math.gcd(a, b), PAIR, "i", keep=2)
    m(I, "power: / raisedTo: / toThePower: ", "me multiplied by itself so many times / power", "| r <- 1 | 1 to: $1 Do: [r: r * self]. r", lambda a, b: a ** b, [(2, 10), (3, 0), (5, 3), (1, 9)], "i", keep=3)
    m(I, "power: / raisedTo:", "power by recursion", "$1 = 0 ifTrue: [1] False: [self * (power: $1 - 1)]", lambda a, b: a ** b, [(2, 10), (3, 0), (5, 3)], "i", keep=1)
    m(I, "twoToThePower / powerOfTwo", "two raised to me", "| r <- 1 | 1 to: self Do: [r: r * 2]. r", lambda n: 2 ** n, SMALL)
    m(I, "min: / smallerOf: / minimumWith: / lesserOf:", "the smaller of us / minimum", "self < $1 ifTrue: [self] False: [$1]", min, PAIR, "i", keep=4)
    m(I, "max: / largerOf: / maximumWith: / biggerOf:", "the larger of us / maximum", "self > $1 ifTrue: [self] False: [$1]", max, PAIR, "i", keep=4)
    m(I, "min:Min: / smallestOf:And:", "the smallest of three", "(min: $1) min: $2", lambda a, b, c: min(a, b, c), [(3, 1, 2), (1, 2, 3), (5, 4, 3)], "ii")
    m(I, "max:Max: / largestOf:And:", "the largest of three", "(max: $1) max: $2", lambda a, b, c: max(a, b, c), [(3, 1, 2), (1, 2, 3), (5, 4, 3)], "ii")
    m(I, "middleOf:And: / medianWith:And:", "the middle one of three", "(self max: $1) min: ((self min: $1) max: $2)", lambda a, b, c: sorted([a, b, c])[1], [(3, 1, 2), (1, 2, 3), (5, 4, 9)], "ii")
    m(I, "clampFrom:To: / limitTo:And: / clampedBetween:And: / boundBy:And:", "me, but not outside the limits / clamp", "(self max: $1) min: $2", lambda n, a, b: min(max(n, a), b), [(3, 1, 5), (-3, 1, 5), (9, 1, 5)], "ii", keep=4)
    m(I, "clampFrom:To: / restrictTo:And:", "the nearest number inside the range", "self < $1 ifTrue: [^ $1]. self > $2 ifTrue: [$2] False: [self]", lambda n, a, b: min(max(n, a), b), [(3, 1, 5), (-3, 1, 5), (9, 1, 5)], "ii", keep=2)
    m(I, "atLeast: / butNotLessThan:", "me or the argument if I am smaller", "self max: $1", max, PAIR, "i")
    m(I, "atMost: / butNotMoreThan:", "me or the argument if I am larger", "self min: $1", min, PAIR, "i")
    m(I, "distanceTo: / differenceWith: / absDifference:", "how far apart we are / difference without sign", "self > $1 ifTrue: [self - $1] False: [$1 - self]", lambda a, b: abs(a - b), PAIR, "i")
    m(I, "distanceTo: / gapTo:", "difference without sign", "(self - $1) absoluteValue", lambda a, b: abs(a - b), PAIR, "i", keep=2)
    m(I, "averageWith: / meanWith: / midpointTo:", "half of our sum / mean of both", "(self + $1) / 2", lambda a, b: (a + b) // 2, [(2, 4), (10, 20), (5, 5)], "i")
    m(I, "sumTo / sumUpToMe / triangularNumber / sumOfFirst", "sum of one to me / one plus two and so on up to me", "| s <- 0 | 1 to: self Do: [|:i| s: s + i]. s", lambda n: n * (n + 1) // 2, SMALL, keep=4)
    m(I, "triangular / gaussSum", "sum of one to me by the formula", "(self * (self + 1)) / 2", lambda n: n * (n + 1) // 2, SMALL)
    m(I, "sumUpTo: / sumFromMeTo: / sumTo:", "sum of all numbers from me to the argument", "| s <- 0 | self to: $1 Do: [|:i| s: s + i]. s", lambda a, b: sum(range(a, b + 1)), [(1, 10), (3, 5), (4, 4), (5, 2)], "i")
    m(I, "productTo: / productUpTo:", "product of the numbers from me to the argument", "| p <- 1 | self to: $1 Do: [|:i| p: p * i]. p", lambda a, b: math.prod(range(a, b + 1)), [(1, 5), (3, 5), (4, 4)], "i")
    m(I, "sumOfSquares / sumOfSquaresUpToMe", "sum of the squares of one to me", "| s <- 0 | 1 to: self Do: [|:i| s: s + (i * i)]. s", lambda n: sum(i * i for i in range(n + 1)), SMALL)
    m(I, "sumOfCubes", "sum of the cubes of one to me", "| s <- 0 | 1 to: self Do: [|:i| s: s + (i * i * i)]. s", lambda n: sum(i ** 3 for i in range(n + 1)), SMALL)
    m(I, "sumOfEvens / sumOfEvensUpToMe", "sum of the even numbers up to me", "| s <- 0 | 1 to: self Do: [|:i| (i % 2) = 0 ifTrue: [s: s + i]]. s", lambda n: sum(i for i in range(n + 1) if i % 2 == 0), SMALL)
    m(I, "sumOfOdds / sumOfOddNumbers", "sum of the odd numbers up to me", "| s <- 0 | 1 to: self By: 2 Do: [|:i| s: s + i]. s", lambda n: sum(i for i in range(n + 1) if i % 2), SMALL)
    m(I, "sumOfMultiplesOf:", "sum of the multiples of the argument up to me", "| s <- 0 | 1 to: self Do: [|:i| (i % $1) = 0 ifTrue: [s: s + i]]. s", lambda n, k: sum(i for i in range(1, n + 1) if i % k == 0), [(10, 3), (10, 5), (4, 7)], "i")
    m(I, "squareRoot / integerSquareRoot / isqrt / floorRoot", "the largest number whose square is not more than me / root without fraction", "| r <- 0 | [((r + 1) * (r + 1)) <= self] whileTrue: [r: r + 1]. r", math.isqrt, [0, 1, 3, 4, 15, 16, 99], keep=4)
    m(I, "cubeRoot / integerCubeRoot", "the largest number whose cube is not more than me", "| r <- 0 | [((r + 1) * (r + 1) * (r + 1)) <= self] whileTrue: [r: r + 1]. r", lambda n: max(i for i in range(20) if i ** 3 <= n), [0, 1, 7, 8, 26, 27])
    m(I, "log2 / integerLog2 / bitLength", "how often I can be halved until one is left", "| c <- 0. n | n: self. [n > 1] whileTrue: [n: n / 2. c: c + 1]. c", lambda n: n.bit_length() - 1, [1, 2, 3, 8, 9, 100], keep=2)
    m(I, "log: / integerLogBase:", "how often the argument divides me until less is left", "| c <- 0. n | n: self. [n >= $1] whileTrue: [n: n / $1. c: c + 1]. c", lambda n, k: _ilog(n, k), [(100, 10), (8, 2), (80, 3), (5, 7)], "i")
    m(I, "roundUpTo: / ceilingTo:", "the next multiple of the argument", "(self % $1) = 0 ifTrue: [self] False: [self + ($1 - (self % $1))]", lambda a, b: -(-a // b) * b, [(7, 5), (10, 5), (1, 3)], "i")
    m(I, "roundDownTo: / floorTo:", "the multiple of the argument below me", "self - (self % $1)", lambda a, b: a - a % b, [(7, 5), (10, 5), (1, 3)], "i")
    m(I, "remainderBy: / modulo: / rest:", "what is left after dividing", "self % $1", lambda a, b: a % b, PAIR, "i")
    m(I, "quotientBy: / dividedBy: / howManyTimes:", "how often the argument fits in me", "self / $1", lambda a, b: a // b, PAIR, "i")
    m(I, "percentOf: / percent:", "so many percent of the argument", "(self * $1) / 100", lambda a, b: a * b // 100, [(50, 200), (10, 90), (7, 300)], "i")
    m(I, "asPercentOf:", "what percentage of the argument I am", "(self * 100) / $1", lambda a, b: a * 100 // b, [(50, 200), (10, 40), (3, 4)], "i")
    m(I, "plus: / add: / sumWith:", "sum of both", "self + $1", lambda a, b: a + b, PAIR, "i")
    m(I, "minus: / subtract: / less:", "without the argument", "self - $1", lambda a, b: a - b, PAIR, "i")
    m(I, "times: / multipliedBy: / productWith:", "product of both", "self * $1", lambda a, b: a * b, PAIR, "i")
    m(I, "square: / sumOfSquaresWith: / hypotenuseSquared:", "my square and its square together", "(self * self) + ($1 * $1)", lambda a, b: a * a + b * b, PAIR, "i")
    m(I, "squaredDifference:", "square of our difference", "(self - $1) * (self - $1)", lambda a, b: (a - b) ** 2, PAIR, "i")
    m(I, "choose: / binomial: / combinations:", "ways to choose so many out of me", "| r <- 1 | 1 to: $1 Do: [|:i| r: (r * ((self - $1) + i)) / i]. r", math.comb, [(5, 2), (6, 0), (6, 6), (10, 3)], "i")
    m(I, "permutations: / arrangementsOf:", "ways to arrange so many out of me", "| r <- 1 | (self - $1) + 1 to: self Do: [|:i| r: r * i]. r", math.perm, [(5, 2), (6, 0), (6, 6)], "i")
    m(I, "doubleFactorial", "product of every second number down to one", "self < 2 ifTrue: [1] False: [self * (self - 2) doubleFactorial]", lambda n: math.prod(range(n, 0, -2)), [0, 1, 5, 6, 7])
    m(I, "collatzSteps / collatzLength / hailstoneSteps", "steps of halving or tripling plus one until one is reached", "| n. c <- 0 | n: self. [n = 1] whileFalse: [n: ((n % 2) = 0 ifTrue: [n / 2] False: [(n * 3) + 1]). c: c + 1]. c", collatz, [1, 2, 3, 6, 7])
    m(I, "collatzNext / hailstoneNext", "half of me if even, else three times me plus one", "(self % 2) = 0 ifTrue: [self / 2] False: [(self * 3) + 1]", lambda n: n // 2 if n % 2 == 0 else 3 * n + 1, [1, 2, 3, 6, 7])
    m(I, "ackermann:", "the ackermann function", "self = 0 ifTrue: [^ $1 + 1]. $1 = 0 ifTrue: [^ (self - 1) ackermann: 1]. (self - 1) ackermann: (ackermann: $1 - 1)", _ack, [(0, 3), (1, 2), (2, 2)], "i")
    m(I, "catalan", "the catalan number at my position", "| r <- 1 | 1 to: self Do: [|:i| r: (r * ((4 * i) - 2)) / (i + 1)]. r", lambda n: math.comb(2 * n, n) // (n + 1), [0, 1, 2, 3, 5])
    m(I, "timesRepeat: / repeat: / timesDo:", "evaluate the block me times", "1 to: self Do: [$1 value]. self", lambda n, b: n, [], "k")


def _ilog(n, k):
    c = 0
    while n >= k:
        n //= k
        c += 1
    return c


def _ack(a, b):
    return b + 1 if a == 0 else _ack(a - 1, 1) if b == 0 else _ack(a - 1, _ack(a, b - 1))


def digit_families():
    m(I, "digitSum / sumOfDigits / crossSum / digitTotal", "sum of my decimal digits / add up all digits", "| n. s <- 0 | n: self. [n > 0] whileTrue: [s: s + (n % 10). n: n / 10]. s", lambda n: sum(digits(n)), BIG, keep=4)
    m(I, "digitSum / sumOfDigits", "sum of digits by recursion", "self < 10 ifTrue: [self] False: [(self % 10) + (self / 10) digitSum]", lambda n: sum(digits(n)), BIG, keep=1)
    m(I, "digitCount / numberOfDigits / countDigits / lengthInDigits", "how many decimal digits I have", "| n. c <- 1 | n: self. [n > 9] whileTrue: [c: c + 1. n: n / 10]. c", lambda n: len(digits(n)), BIG, keep=4)
    m(I, "digitCount / numberOfDigits", "length of my decimal text", "printString size", lambda n: len(str(n)), BIG, keep=2)
    m(I, "lastDigit / unitsDigit / onesDigit", "my last decimal digit", "self % 10", lambda n: n % 10, BIG)
    m(I, "firstDigit / leadingDigit", "my first decimal digit", "| n | n: self. [n > 9] whileTrue: [n: n / 10]. n", lambda n: digits(n)[0], BIG)
    m(I, "withoutLastDigit / dropLastDigit", "me without the last digit", "self / 10", lambda n: n // 10, BIG)
    m(I, "reversedDigits / reverseDigits / digitsReversed / mirrored", "my digits in reverse order / read backwards", "| n. r <- 0 | n: self. [n > 0] whileTrue: [r: (r * 10) + (n % 10). n: n / 10]. r", lambda n: int(str(n)[::-1]), BIG, keep=4)
    m(I, "isPalindrome / isPalindromic / readsSameBackwards", "are my digits the same backwards", "| n. r <- 0 | n: self. [n > 0] whileTrue: [r: (r * 10) + (n % 10). n: n / 10]. r = self", lambda n: str(n) == str(n)[::-1], [0, 7, 10, 121, 1221, 1231])
    m(I, "largestDigit / maxDigit / biggestDigit", "the largest of my digits", "| n. r <- 0 | n: self. [n > 0] whileTrue: [r: (r max: n % 10). n: n / 10]. r", lambda n: max(digits(n)), BIG)
    m(I, "smallestDigit / minDigit", "the smallest of my digits", "| n. r <- 9 | n: self. [n > 0] whileTrue: [r: (r min: n % 10). n: n / 10]. r", lambda n: min(digits(n)) if n else 9, [7, 10, 123, 4051])
    m(I, "productOfDigits / multiplyDigits", "all digits multiplied", "| n. p <- 1 | n: self. [n > 0] whileTrue: [p: p * (n % 10). n: n / 10]. p", lambda n: math.prod(digits(n)) if n else 1, [7, 10, 123, 234])
    m(I, "digits / asDigits / digitList / decimalDigits", "a list of my decimal digits / digits from left to right", "| n. r | r: list copyRemoveAll. n: self. [n > 9] whileTrue: [r addFirst: n % 10. n: n / 10]. r addFirst: n. r", digits, BIG, out="list", keep=4)
    m(I, "containsDigit: / hasDigit:", "is the argument one of my digits", "| n | n: self. [n > 0] whileTrue: [(n % 10) = $1 ifTrue: [^ true]. n: n / 10]. false", lambda n, d: str(d) in str(n), [(123, 2), (123, 4), (900, 0)], "i")
    m(I, "countDigit: / occurrencesOfDigit:", "how often the argument is one of my digits", "| n. c <- 0 | n: self. [n > 0] whileTrue: [(n % 10) = $1 ifTrue: [c: c + 1]. n: n / 10]. c", lambda n, d: str(n).count(str(d)), [(1221, 2), (123, 4), (900, 0)], "i")
    m(I, "digitalRoot / repeatedDigitSum", "digit sum again and again until one digit is left", "| n. s | n: self. [n > 9] whileTrue: [s: 0. [n > 0] whileTrue: [s: s + (n % 10). n: n / 10]. n: s]. n", lambda n: 0 if n == 0 else 1 + (n - 1) % 9, BIG)
    m(I, "evenDigits / countEvenDigits", "how many of my digits are even", "| n. c <- 0 | n: self. [n > 0] whileTrue: [(n % 2) = 0 ifTrue: [c: c + 1]. n: n / 10]. c", lambda n: sum(d % 2 == 0 for d in digits(n)) if n else 0, [7, 10, 123, 4051])
    m(I, "sumOfSquaredDigits / squareDigitSum", "sum of the squares of my digits", "| n. s <- 0 | n: self. [n > 0] whileTrue: [s: s + ((n % 10) * (n % 10)). n: n / 10]. s", lambda n: sum(d * d for d in digits(n)), BIG)
    m(I, "isArmstrong / isNarcissistic", "is the sum of the cubes of my digits me", "| n. s <- 0 | n: self. [n > 0] whileTrue: [s: s + ((n % 10) * (n % 10) * (n % 10)). n: n / 10]. s = self", lambda n: sum(d ** 3 for d in digits(n)) == n, [153, 100, 370, 371, 372])
    m(I, "isHarshad", "does my digit sum divide me", "| n. s <- 0 | n: self. [n > 0] whileTrue: [s: s + (n % 10). n: n / 10]. (self % s) = 0", lambda n: n % sum(digits(n)) == 0, [18, 19, 21, 11])
    m(I, "binaryString / asBinary / inBinary / toBinary", "my digits in base two as text / binary text", "| n. r <- '' | n: self. self = 0 ifTrue: [^ '0']. [n > 0] whileTrue: [r: (n % 2) printString, r. n: n / 2]. r", lambda n: bin(n)[2:], SMALL, keep=4)
    m(I, "octalString / asOctal", "my digits in base eight as text", "| n. r <- '' | n: self. self = 0 ifTrue: [^ '0']. [n > 0] whileTrue: [r: (n % 8) printString, r. n: n / 8]. r", lambda n: oct(n)[2:], [0, 7, 8, 64, 100])
    m(I, "asTextInBase: / inBase:", "my digits in a base up to ten", "| n. r <- '' | n: self. self = 0 ifTrue: [^ '0']. [n > 0] whileTrue: [r: (n % $1) printString, r. n: n / $1]. r", _base, [(10, 2), (10, 3), (0, 5), (99, 10)], "i")
    m(I, "bitCount / countOnes / popCount / onesInBinary", "how many ones my binary form has", "| n. c <- 0 | n: self. [n > 0] whileTrue: [c: c + (n % 2). n: n / 2]. c", lambda n: bin(n).count("1"), [0, 1, 7, 8, 255], keep=4)
    m(I, "asHexDigit / hexDigit", "the sign for me in base sixteen", "'0123456789abcdef' at: self", lambda n: "0123456789abcdef"[n], [0, 9, 10, 15])
    m(I, "padded: / asPaddedString: / zeroPadded:", "my text with zeros in front up to a width", "| s | s: printString. [s size < $1] whileTrue: [s: '0', s]. s", lambda n, w: str(n).rjust(w, "0"), [(7, 3), (123, 2), (0, 2)], "i")
    m(I, "spacesPadded: / rightAligned:", "my text with blanks in front up to a width", "| s | s: printString. [s size < $1] whileTrue: [s: ' ', s]. s", lambda n, w: str(n).rjust(w), [(7, 3), (123, 2)], "i")
    m(I, "stars / asStars / asBar", "a text of so many stars", "| s <- '' | 1 to: self Do: [s: s, '*']. s", lambda n: "*" * n, [0, 1, 5])
    m(I, "spaces / blanks", "a text of so many blanks", "| s <- '' | 1 to: self Do: [s: s, ' ']. s", lambda n: " " * n, [0, 1, 5])
    m(I, "repeatString: / timesString: / copiesOf:", "the text so many times", "| r <- '' | 1 to: self Do: [r: r, $1]. r", lambda n, s: s * n, [(3, "ab"), (0, "x"), (1, "yes")], "s")
    m(I, "asRoman / romanNumeral", "in roman numerals", "| n. r <- '' | n: self. [n >= 10] whileTrue: [r: r, 'X'. n: n - 10]. n = 9 ifTrue: [^ r, 'IX']. n >= 5 ifTrue: [r: r, 'V'. n: n - 5]. n = 4 ifTrue: [^ r, 'IV']. [n > 0] whileTrue: [r: r, 'I'. n: n - 1]. r", _roman, [1, 4, 8, 9, 14, 29])
    m(I, "fizzBuzz / fizzbuzz", "fizz for threes, buzz for fives, fizzbuzz for both", "(self % 15) = 0 ifTrue: [^ 'fizzbuzz']. (self % 3) = 0 ifTrue: [^ 'fizz']. (self % 5) = 0 ifTrue: ['buzz'] False: [printString]", lambda n: "fizzbuzz" if n % 15 == 0 else "fizz" if n % 3 == 0 else "buzz" if n % 5 == 0 else str(n), [1, 3, 5, 15, 30])
    m(I, "ordinal / asOrdinal", "with st, nd, rd or th", "(self % 10) = 1 ifTrue: [^ printString, 'st']. (self % 10) = 2 ifTrue: [^ printString, 'nd']. (self % 10) = 3 ifTrue: [printString, 'rd'] False: [printString, 'th']", lambda n: str(n) + {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th"), [1, 2, 3, 4, 21, 30])


def _roman(n):
    r = "X" * (n // 10)
    return r + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][n % 10]


def _base(n, b):
    r = ""
    while n:
        r = str(n % b) + r
        n //= b
    return r or "0"


def divisors():
    m(I, "divisors / allDivisors / factors / listOfDivisors", "all numbers that divide me / a list of my divisors", "| r | r: list copyRemoveAll. 1 to: self Do: [|:i| (self % i) = 0 ifTrue: [r add: i]]. r", divs, POS, out="list", keep=4)
    m(I, "properDivisors", "divisors without myself", "| r | r: list copyRemoveAll. 1 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [r add: i]]. r", lambda n: divs(n)[:-1], POS, out="list")
    m(I, "divisorCount / numberOfDivisors / countDivisors", "how many numbers divide me", "| c <- 0 | 1 to: self Do: [|:i| (self % i) = 0 ifTrue: [c: c + 1]]. c", lambda n: len(divs(n)), POS)
    m(I, "divisorSum / sumOfDivisors / sigma", "sum of all numbers that divide me", "| s <- 0 | 1 to: self Do: [|:i| (self % i) = 0 ifTrue: [s: s + i]]. s", lambda n: sum(divs(n)), POS)
    m(I, "sumOfProperDivisors / aliquotSum", "sum of my divisors without me", "| s <- 0 | 1 to: self / 2 Do: [|:i| (self % i) = 0 ifTrue: [s: s + i]]. s", lambda n: sum(divs(n)) - n, POS)
    m(I, "smallestDivisor / leastFactor / smallestFactor", "the smallest divisor above one", "2 to: self Do: [|:i| (self % i) = 0 ifTrue: [^ i]]. self", lambda n: min([d for d in divs(n) if d > 1] or [n]), [2, 7, 9, 15, 12])
    m(I, "largestProperDivisor", "the largest divisor below me", "self - 1 downTo: 1 Do: [|:i| (self % i) = 0 ifTrue: [^ i]]. 1", lambda n: ([d for d in divs(n) if d < n] or [1])[-1], [2, 7, 9, 15, 12])
    m(I, "primeFactors / factorize / primeDecomposition / asPrimeFactors", "a list of the primes whose product I am", "| r. n. d <- 2 | r: list copyRemoveAll. n: self. [n > 1] whileTrue: [(n % d) = 0 ifTrue: [r add: d. n: n / d] False: [d: d + 1]]. r", _factors, [1, 2, 12, 17, 60], out="list", keep=4)
    m(I, "primeFactorCount", "how many primes my factorization has", "| c <- 0. n. d <- 2 | n: self. [n > 1] whileTrue: [(n % d) = 0 ifTrue: [c: c + 1. n: n / d] False: [d: d + 1]]. c", lambda n: len(_factors(n)), [1, 2, 12, 17, 60])
    m(I, "largestPrimeFactor / greatestPrimeFactor", "the largest prime that divides me", "| n. d <- 2 | n: self. [d < n] whileTrue: [(n % d) = 0 ifTrue: [n: n / d] False: [d: d + 1]]. n", lambda n: _factors(n)[-1], [2, 12, 17, 60])
    m(I, "nextPrime / primeAfter / followingPrime", "the first prime after me", "| n | n: self + 1. [n isPrime] whileFalse: [n: n + 1]. n", lambda n: next(i for i in range(n + 1, 999) if prime(i)), [1, 2, 7, 13])
    m(I, "previousPrime", "the last prime before me", "| n | n: self - 1. [n isPrime] whileFalse: [n: n - 1]. n", lambda n: max(i for i in range(n) if prime(i)), [3, 8, 14])
    m(I, "primesUpTo / primes / primesUpToMe / allPrimes", "a list of all primes up to me", "| r | r: list copyRemoveAll. 2 to: self Do: [|:i| i isPrime ifTrue: [r add: i]]. r", lambda n: [i for i in range(n + 1) if prime(i)], SMALL, out="list", keep=4)
    m(I, "primeCount / numberOfPrimes", "how many primes there are up to me", "| c <- 0 | 2 to: self Do: [|:i| i isPrime ifTrue: [c: c + 1]]. c", lambda n: sum(prime(i) for i in range(n + 1)), SMALL)
    m(I, "nthPrime", "the prime at my position", "| c <- 0. n <- 1 | [c < self] whileTrue: [n: n + 1. n isPrime ifTrue: [c: c + 1]]. n", lambda n: [2, 3, 5, 7, 11, 13, 17][n - 1], [1, 2, 5, 7])
    m(I, "isTwinPrime", "am I prime and so is one two away", "isPrime && [(self + 2) isPrime || [(self - 2) isPrime]]", lambda n: prime(n) and (prime(n + 2) or prime(n - 2)), [3, 5, 7, 23, 9, 13])
    m(I, "totient / eulerTotient / countCoprimes", "how many numbers up to me share no divisor with me", "| c <- 0 | 1 to: self Do: [|:i| (i gcd: self) = 1 ifTrue: [c: c + 1]]. c", lambda n: sum(math.gcd(i, n) == 1 for i in range(1, n + 1)), POS)
    m(I, "multiplicityOf: / howOftenDividesBy:", "how often the argument divides me", "| c <- 0. n | n: self. [(n % $1) = 0] whileTrue: [n: n / $1. c: c + 1]. c", lambda n, k: _mult(n, k), [(8, 2), (12, 2), (7, 3), (81, 3)], "i")


def _mult(n, k):
    c = 0
    while n % k == 0:
        n //= k
        c += 1
    return c


def _factors(n):
    r, d = [], 2
    while n > 1:
        if n % d == 0:
            r.append(d)
            n //= d
        else:
            d += 1
    return r


def sequences():
    def seq(sel, com, body, ref, cases=SMALL, keep=3):
        m(I, sel, com, "| r | r: list copyRemoveAll. %s r" % body, ref, cases, out="list", keep=keep)
    seq("asRange / upToMe / countingList / numbersUpToMe", "a list of one to me", "1 to: self Do: [|:i| r add: i].", lambda n: list(range(1, n + 1)), keep=4)
    seq("countdown / downToOne / countdownList", "a list of me down to one", "self downTo: 1 Do: [|:i| r add: i].", lambda n: list(range(n, 0, -1)))
    seq("squares / squaresUpToMe / firstSquares", "a list of the squares of one to me", "1 to: self Do: [|:i| r add: i * i].", lambda n: [i * i for i in range(1, n + 1)])
    seq("cubes / cubesUpToMe", "a list of the cubes of one to me", "1 to: self Do: [|:i| r add: i * i * i].", lambda n: [i ** 3 for i in range(1, n + 1)])
    seq("evens / evensUpToMe / evenNumbers", "a list of the even numbers up to me", "1 to: self Do: [|:i| (i % 2) = 0 ifTrue: [r add: i]].", lambda n: list(range(2, n + 1, 2)))
    seq("odds / oddsUpToMe / oddNumbers", "a list of the odd numbers up to me", "1 to: self By: 2 Do: [|:i| r add: i].", lambda n: list(range(1, n + 1, 2)))
    seq("powersOfTwo / firstPowersOfTwo", "a list of the first powers of two", "0 to: self - 1 Do: [|:i| r add: 2 power: i].", lambda n: [2 ** i for i in range(n)])
    seq("fibonacciList / firstFibonacciNumbers / fibonaccis", "a list of the first fibonacci numbers", "1 to: self Do: [|:i| r add: i fibonacci].", lambda n: [fib(i) for i in range(1, n + 1)], keep=1)
    seq("triangularNumbers", "a list of the first triangular numbers", "1 to: self Do: [|:i| r add: (i * (i + 1)) / 2].", lambda n: [i * (i + 1) // 2 for i in range(1, n + 1)])
    seq("zeros / listOfZeros", "a list of so many zeros", "1 to: self Do: [r add: 0].", lambda n: [0] * n)
    m(I, "multiplesUpTo: / multiples:", "a list of my multiples up to the argument", "| r | r: list copyRemoveAll. self to: $1 By: self Do: [|:i| r add: i]. r", lambda n, k: list(range(n, k + 1, n)), [(3, 10), (5, 25), (7, 6)], "i", out="list")
    m(I, "firstMultiples: / timesTable:", "a list of my first multiples", "| r | r: list copyRemoveAll. 1 to: $1 Do: [|:i| r add: self * i]. r", lambda n, k: [n * i for i in range(1, k + 1)], [(3, 4), (5, 1), (7, 0)], "i", out="list")
    m(I, "rangeTo: / upTo: / listTo: / numbersTo:", "a list of the numbers from me to the argument", "| r | r: list copyRemoveAll. self to: $1 Do: [|:i| r add: i]. r", lambda a, b: list(range(a, b + 1)), [(1, 4), (3, 3), (5, 4)], "i", out="list", keep=4)
    m(I, "commonDivisorsWith: / sharedDivisors:", "a list of the numbers that divide us both", "| r | r: list copyRemoveAll. 1 to: (min: $1) Do: [|:i| ((self % i) = 0) && [($1 % i) = 0] ifTrue: [r add: i]]. r", lambda a, b: [d for d in divs(a) if b % d == 0], PAIR, "i", out="list")
    seq("collatz / collatzSequence / hailstone", "all numbers from me to one by halving or tripling plus one", "r add: self. [r last = 1] whileFalse: [r add: ((r last % 2) = 0 ifTrue: [r last / 2] False: [(r last * 3) + 1])].", _cseq, [1, 2, 3, 6])
    m(I, "countUpTo:Where:", "how many numbers from me to the first satisfy the block", "| c <- 0 | self to: $1 Do: [|:i| ($2 value: i) ifTrue: [c: c + 1]]. c", lambda a, b, k: 0, [], "ik")
    m(I, "sumUpTo:Of:", "sum of the block over the numbers from me to the first", "| s <- 0 | self to: $1 Do: [|:i| s: s + ($2 value: i)]. s", lambda a, b, k: 0, [], "ik")
    m(I, "collectTo:With:", "a list of the values of the block from me to the first", "| r | r: list copyRemoveAll. self to: $1 Do: [|:i| r add: $2 value: i]. r", lambda a, b, k: 0, [], "ik")
    m(I, "polygonAngleSum", "sum of the angles of a polygon with so many sides", "(self - 2) * 180", lambda n: (n - 2) * 180, [3, 4, 6])
    m(I, "handshakes / pairs", "how many pairs so many people form", "(self * (self - 1)) / 2", lambda n: n * (n - 1) // 2, SMALL)


def _cseq(n):
    r = [n]
    while r[-1] != 1:
        r.append(r[-1] // 2 if r[-1] % 2 == 0 else 3 * r[-1] + 1)
    return r


def conversions():
    conv = [
        ("minutesToSeconds / asSecondsFromMinutes", "minutes in seconds", "self * 60", lambda n: n * 60),
        ("hoursToMinutes / asMinutesFromHours", "hours in minutes", "self * 60", lambda n: n * 60),
        ("hoursToSeconds", "hours in seconds", "self * 3600", lambda n: n * 3600),
        ("daysToHours / asHoursFromDays", "days in hours", "self * 24", lambda n: n * 24),
        ("daysToMinutes", "days in minutes", "self * 24 * 60", lambda n: n * 1440),
        ("weeksToDays / asDaysFromWeeks", "weeks in days", "self * 7", lambda n: n * 7),
        ("yearsToMonths", "years in months", "self * 12", lambda n: n * 12),
        ("yearsToDays", "years in days, without leap years", "self * 365", lambda n: n * 365),
        ("dozensToPieces", "how many pieces so many dozens are", "self * 12", lambda n: n * 12),
        ("kilometersToMeters / asMetersFromKilometers", "kilometers in meters", "self * 1000", lambda n: n * 1000),
        ("metersToCentimeters", "meters in centimeters", "self * 100", lambda n: n * 100),
        ("feetToInches / asInchesFromFeet", "feet in inches", "self * 12", lambda n: n * 12),
        ("yardsToFeet", "yards in feet", "self * 3", lambda n: n * 3),
        ("kilogramsToGrams", "kilograms in grams", "self * 1000", lambda n: n * 1000),
        ("gramsToKilograms", "whole kilograms in so many grams", "self / 1000", lambda n: n // 1000),
        ("dollarsToCents / asCentsFromDollars", "dollars in cents", "self * 100", lambda n: n * 100),
        ("centsToDollars", "whole dollars in so many cents", "self / 100", lambda n: n // 100),
        ("secondsToMinutes", "whole minutes in so many seconds", "self / 60", lambda n: n // 60),
        ("minutesToHours", "whole hours in so many minutes", "self / 60", lambda n: n // 60),
        ("kilobytesToBytes / asBytesFromKilobytes", "kilobytes in bytes", "self * 1024", lambda n: n * 1024),
        ("bytesToBits", "bytes in bits", "self * 8", lambda n: n * 8),
        ("celsiusToFahrenheit / asFahrenheit", "degrees celsius in fahrenheit", "((self * 9) / 5) + 32", lambda n: n * 9 // 5 + 32),
        ("fahrenheitToCelsius / asCelsius", "degrees fahrenheit in celsius", "((self - 32) * 5) / 9", lambda n: (n - 32) * 5 // 9),
        ("celsiusToKelvin / asKelvin", "degrees celsius in kelvin", "self + 273", lambda n: n + 273),
    ]
    for sel, com, body, ref in conv:
        m(I, sel, com, body, ref, [32, 5, 50, 1000, 95], keep=2) if "fahrenheitTo" in sel or "celsiusTo" in sel else m(I, sel, com, body, ref, [0, 1, 5, 3000], keep=2)
    m(I, "seconds / secondsPart", "the seconds beyond full minutes", "self % 60", lambda n: n % 60, [0, 59, 60, 125])
    m(I, "asMinutesAndSeconds / clockText", "minutes and seconds with a colon", "(self / 60) printString, ':', (self % 60) printString", lambda n: "%d:%d" % (n // 60, n % 60), [0, 59, 75, 125])
    m(I, "asHoursAndMinutes", "hours and minutes with a colon", "(self / 60) printString, ':', (self % 60) printString", lambda n: "%d:%d" % (n // 60, n % 60), [0, 59, 75, 125])
    m(I, "asDollars / asPrice", "as a price with a dollar sign", "'$', printString", lambda n: "$%d" % n, [0, 5, 120])
    m(I, "asPercent / withPercentSign", "with a percent sign", "printString, '%'", lambda n: "%d%%" % n, [0, 5, 100])
    m(I, "inParentheses", "my text in parentheses", "'(', printString, ')'", lambda n: "(%d)" % n, [0, 5, 100])
    m(I, "yesOrNo / asYesNo", "yes unless I am zero", "self = 0 ifTrue: ['no'] False: ['yes']", lambda n: "yes" if n else "no", [0, 1, 5])
    m(I, "parityName / evenOrOdd", "even or odd as text", "(self % 2) = 0 ifTrue: ['even'] False: ['odd']", lambda n: "even" if n % 2 == 0 else "odd", [0, 1, 5])
    m(I, "signName", "positive, negative or zero as text", "self = 0 ifTrue: [^ 'zero']. self > 0 ifTrue: ['positive'] False: ['negative']", lambda n: "zero" if n == 0 else "positive" if n > 0 else "negative", ANY)
    m(I, "grade / asGrade / letterGrade", "a for ninety and more, b for eighty, c for seventy, else f", "self >= 90 ifTrue: [^ 'a']. self >= 80 ifTrue: [^ 'b']. self >= 70 ifTrue: ['c'] False: ['f']", lambda n: "a" if n >= 90 else "b" if n >= 80 else "c" if n >= 70 else "f", [95, 90, 85, 70, 30])
    m(I, "compareTo: / compare:", "minus one, zero or one, as I am less, equal or more", "self < $1 ifTrue: [^ -1]. self = $1 ifTrue: [0] False: [1]", lambda a, b: (a > b) - (a < b), PAIR, "i")
    m(I, "pluralOf: / countOf:", "me and the word, with an s unless I am one", "self = 1 ifTrue: [printString, ' ', $1] False: [printString, ' ', $1, 's']", lambda n, s: "%d %s" % (n, s + ("" if n == 1 else "s")), [(1, "cat"), (2, "dog"), (0, "egg")], "s")
    m(I, "isWeekend", "are day six and seven", "(self = 6) || [self = 7]", lambda n: n in (6, 7), [1, 5, 6, 7])
    m(I, "isWeekday", "days one to five", "(self >= 1) && [self <= 5]", lambda n: 1 <= n <= 5, [1, 5, 6, 7])
    m(I, "weekdayAfter: / dayOfWeekAfter:", "the weekday from zero to six after so many days", "(self + $1) % 7", lambda a, b: (a + b) % 7, [(0, 3), (5, 4), (6, 7)], "i")
    m(I, "daysInMonth / monthLength", "days of the month with this number", "self = 2 ifTrue: [^ 28]. (self = 4) || [(self = 6) || [(self = 9) || [self = 11]]] ifTrue: [30] False: [31]", lambda n: [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][n - 1], [1, 2, 4, 6, 9, 11, 12])
    m(I, "isValidMonth", "from one to twelve", "(self >= 1) && [self <= 12]", lambda n: 1 <= n <= 12, [0, 1, 12, 13])
    m(I, "isValidHour", "from zero to twenty three", "(self >= 0) && [self < 24]", lambda n: 0 <= n < 24, [0, 23, 24, -1])
    m(I, "quarter / quarterOfYear", "the quarter of the month with this number", "((self - 1) / 3) + 1", lambda n: (n - 1) // 3 + 1, [1, 3, 4, 12])
    m(I, "century / centuryOfYear", "the century of this year", "((self - 1) / 100) + 1", lambda n: (n - 1) // 100 + 1, [1, 1900, 1901, 2000])
    m(I, "daysInYear / lengthOfYear", "366 for leap years, else 365", "((self % 4) = 0) && [((self % 100) != 0) || [(self % 400) = 0]] ifTrue: [366] False: [365]", lambda y: 366 if (y % 4 == 0 and y % 100 != 0) or y % 400 == 0 else 365, [2000, 1900, 2024, 2023])


def others():
    F = "float"
    m(F, "double / doubled", "two times me", "self * 2", lambda x: x * 2, [1.5, -0.5])
    m(F, "squared / square", "me times me", "self * self", lambda x: x * x, [1.5, -0.5, 2.0])
    m(F, "half / halved", "divided by two", "self / 2.0", lambda x: x / 2, [1.5, 3.0])
    m(F, "isPositive", "greater than zero", "self > 0.0", lambda x: x > 0, [1.5, -0.5])
    m(F, "isNegative", "less than zero", "self < 0.0", lambda x: x < 0, [1.5, -0.5])
    m(F, "abs / magnitude", "without sign", "self < 0.0 ifTrue: [0.0 - self] False: [self]", abs, [1.5, -0.5])
    m(F, "max: / largerOf:", "the larger", "self > $1 ifTrue: [self] False: [$1]", max, [(1.5, 2.5), (3.0, 1.0)], "f")
    m(F, "min: / smallerOf:", "the smaller", "self < $1 ifTrue: [self] False: [$1]", min, [(1.5, 2.5), (3.0, 1.0)], "f")
    m(F, "averageWith: / mean:", "mean of both", "(self + $1) / 2.0", lambda a, b: (a + b) / 2, [(1.5, 2.5), (3.0, 1.0)], "f")
    m(F, "clampFrom:To:", "not outside the limits", "(self max: $1) min: $2", lambda n, a, b: min(max(n, a), b), [(0.5, 1.0, 2.0), (3.5, 1.0, 2.0)], "ff")
    m(F, "isBetween:And:", "between both", "(self >= $1) && [self <= $2]", lambda n, a, b: a <= n <= b, [(0.5, 1.0, 2.0), (1.5, 1.0, 2.0)], "ff")
    m(F, "asCelsius", "fahrenheit in celsius", "(self - 32.0) / 1.8", lambda x: (x - 32.0) / 1.8, [212.0, 32.0])
    m(F, "asFahrenheit", "celsius in fahrenheit", "(self * 1.8) + 32.0", lambda x: x * 1.8 + 32.0, [100.0, 0.0])
    m(F, "kilometersToMiles", "kilometers in miles", "self * 0.621", lambda x: x * 0.621, [1.0, 10.0])
    m(F, "distanceTo:", "difference without sign", "self > $1 ifTrue: [self - $1] False: [$1 - self]", lambda a, b: abs(a - b), [(1.5, 2.5), (3.0, 1.0)], "f")
    B = "boolean"
    m(B, "xor: / exclusiveOr: / isDifferentFrom:", "true if exactly one of us is", "self = $1 ifTrue: [false] False: [true]", lambda a, b: a != b, [(True, False), (True, True), (False, False)], "b")
    m(B, "nand:", "not both", "(self && $1) not", lambda a, b: not (a and b), [(True, False), (True, True), (False, False)], "b")
    m(B, "nor:", "neither of us", "(self || $1) not", lambda a, b: not (a or b), [(True, False), (True, True), (False, False)], "b")
    m(B, "implies:", "true unless I am true and the argument is not", "self ifTrue: [$1] False: [true]", lambda a, b: (not a) or b, [(True, False), (True, True), (False, False)], "b")
    m(B, "and: / both:", "true if we both are", "self ifTrue: [$1] False: [false]", lambda a, b: a and b, [(True, False), (True, True), (False, True)], "b")
    m(B, "or: / either:", "true if one of us is", "self ifTrue: [true] False: [$1]", lambda a, b: a or b, [(True, False), (False, False), (False, True)], "b")
    m(B, "asInteger / toInteger / asBit", "one for true, zero for false", "self ifTrue: [1] False: [0]", int, [True, False])
    m(B, "yesOrNo / asYesNo / asAnswer", "yes or no as text", "self ifTrue: ['yes'] False: ['no']", lambda b: "yes" if b else "no", [True, False])
    m(B, "asOnOff / onOrOff", "on or off as text", "self ifTrue: ['on'] False: ['off']", lambda b: "on" if b else "off", [True, False])
    m(B, "negated / inverted / opposite", "the other truth value", "self not", lambda b: not b, [True, False])
    m(B, "choose:Or: / pick:Else:", "the first if I am true, else the second", "self ifTrue: [$1] False: [$2]", lambda b, x, y: x if b else y, [(True, 1, 2), (False, 1, 2)], "xx")
    P = "point"
    for sel, com, body, ref in [
        ("sum / coordinateSum / xPlusY", "x and y together", "x + y", lambda p: p[0] + p[1]),
        ("product / area / xTimesY", "x times y", "x * y", lambda p: p[0] * p[1]),
        ("swapped / transposed / flipped / mirrored", "with x and y exchanged", "y @ x", lambda p: (p[1], p[0])),
        ("negated / opposite", "with both signs turned", "(0 - x) @ (0 - y)", lambda p: (-p[0], -p[1])),
        ("doubled / twice", "twice as far out", "(x * 2) @ (y * 2)", lambda p: (p[0] * 2, p[1] * 2)),
        ("mirroredX / flippedX / reflectX", "with x negated", "(0 - x) @ y", lambda p: (-p[0], p[1])),
        ("mirroredY / flippedY / reflectY", "with y negated", "x @ (0 - y)", lambda p: (p[0], -p[1])),
        ("squaredLength / lengthSquared / normSquared", "square of my distance from the origin", "(x * x) + (y * y)", lambda p: p[0] ** 2 + p[1] ** 2),
        ("manhattanLength / taxicabNorm", "x and y without signs, added", "x absoluteValue + y absoluteValue", lambda p: abs(p[0]) + abs(p[1])),
        ("isOrigin / isZero", "are both coordinates zero", "(x = 0) && [y = 0]", lambda p: p == (0, 0)),
        ("isOnDiagonal / hasEqualCoordinates", "is x the same as y", "x = y", lambda p: p[0] == p[1]),
        ("isOnXAxis / liesOnXAxis", "is y zero", "y = 0", lambda p: p[1] == 0),
        ("isOnYAxis", "is x zero", "x = 0", lambda p: p[0] == 0),
        ("larger / maxCoordinate / biggerCoordinate", "the larger of x and y", "x max: y", max),
        ("smaller / minCoordinate", "the smaller of x and y", "x min: y", min),
        ("right / movedRight", "one to the right", "(x + 1) @ y", lambda p: (p[0] + 1, p[1])),
        ("left / movedLeft", "one to the left", "(x - 1) @ y", lambda p: (p[0] - 1, p[1])),
        ("down / movedDown / below", "one further down", "x @ (y + 1)", lambda p: (p[0], p[1] + 1)),
        ("up / movedUp / above", "one further up", "x @ (y - 1)", lambda p: (p[0], p[1] - 1)),
        ("rotated / rotatedLeft / quarterTurn", "turned by a quarter around the origin", "(0 - y) @ x", lambda p: (-p[1], p[0])),
        ("quadrant", "number of the quadrant", "x > 0 ifTrue: [y > 0 ifTrue: [1] False: [4]] False: [y > 0 ifTrue: [2] False: [3]]", lambda p: (1 if p[1] > 0 else 4) if p[0] > 0 else 2 if p[1] > 0 else 3),
        ("asText / coordinateText", "x and y with a comma", "x printString, ',', y printString", lambda p: "%d,%d" % p),
        ("asList / coordinates", "x and y in a list", "(list copyRemoveAll addLast: x) addLast: y", lambda p: list(p)),
    ]:
        m(P, sel, com, body, ref, [(3, 4), (0, 0), (-2, 5), (7, 7)], out="list")
    PP = [((1, 2), (4, 6)), ((0, 0), (3, 3)), ((5, 1), (5, 1))]
    for sel, com, body, ref in [
        ("plus: / translatedBy: / movedBy:", "x and y added to those of the argument", "(x + $1 x) @ (y + $1 y)", lambda p, q: (p[0] + q[0], p[1] + q[1])),
        ("minus: / vectorFrom:", "x and y less those of the argument", "(x - $1 x) @ (y - $1 y)", lambda p, q: (p[0] - q[0], p[1] - q[1])),
        ("dot: / dotProduct: / scalarProduct:", "products of the coordinates, added", "(x * $1 x) + (y * $1 y)", lambda p, q: p[0] * q[0] + p[1] * q[1]),
        ("cross: / crossProduct:", "x times its y less y times its x", "(x * $1 y) - (y * $1 x)", lambda p, q: p[0] * q[1] - p[1] * q[0]),
        ("manhattanDistanceTo: / taxicabDistanceTo:", "difference in x and difference in y, added", "(x - $1 x) absoluteValue + (y - $1 y) absoluteValue", lambda p, q: abs(p[0] - q[0]) + abs(p[1] - q[1])),
        ("squaredDistanceTo: / distanceSquaredTo:", "square of the distance", "((x - $1 x) * (x - $1 x)) + ((y - $1 y) * (y - $1 y))", lambda p, q: (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2),
        ("isLeftOf:", "is my x less", "x < $1 x", lambda p, q: p[0] < q[0]),
        ("isRightOf:", "is my x more", "x > $1 x", lambda p, q: p[0] > q[0]),
        ("isAbove:", "is my y less", "y < $1 y", lambda p, q: p[1] < q[1]),
        ("isBelow:", "is my y more", "y > $1 y", lambda p, q: p[1] > q[1]),
        ("sameColumnAs: / isInColumnOf:", "same x", "x = $1 x", lambda p, q: p[0] == q[0]),
        ("sameRowAs: / isInRowOf:", "same y", "y = $1 y", lambda p, q: p[1] == q[1]),
        ("midpointTo: / middleTo: / halfwayTo:", "the point in the middle between us", "((x + $1 x) / 2) @ ((y + $1 y) / 2)", lambda p, q: ((p[0] + q[0]) // 2, (p[1] + q[1]) // 2)),
        ("equals: / isSameAs:", "same coordinates", "(x = $1 x) && [y = $1 y]", lambda p, q: p == q),
        ("topLeftWith:", "the smaller of both coordinates", "(x min: $1 x) @ (y min: $1 y)", lambda p, q: (min(p[0], q[0]), min(p[1], q[1]))),
        ("bottomRightWith:", "the larger of both coordinates", "(x max: $1 x) @ (y max: $1 y)", lambda p, q: (max(p[0], q[0]), max(p[1], q[1]))),
        ("slopeTo:", "difference in y divided by difference in x", "($1 y - y) / ($1 x - x)", lambda p, q: (q[1] - p[1]) // (q[0] - p[0])),
    ]:
        m(P, sel, com, body, ref, PP[:2] if "slope" in sel else PP if "midpoint" not in sel else [((2, 2), (4, 6)), ((0, 0), (4, 4))], "p")
    m(P, "scaledBy: / times:", "both coordinates multiplied", "(x * $1) @ (y * $1)", lambda p, n: (p[0] * n, p[1] * n), [((1, 2), 3), ((0, 4), 2)], "i")
    m(P, "movedRightBy:", "so much more x", "(x + $1) @ y", lambda p, n: (p[0] + n, p[1]), [((1, 2), 3), ((0, 4), 2)], "i")
    m(P, "movedDownBy:", "so much more y", "x @ (y + $1)", lambda p, n: (p[0], p[1] + n), [((1, 2), 3), ((0, 4), 2)], "i")
    m(P, "withX:", "the same y, another x", "$1 @ y", lambda p, n: (n, p[1]), [((1, 2), 3)], "i")
    m(P, "withY:", "the same x, another y", "x @ $1", lambda p, n: (p[0], n), [((1, 2), 3)], "i")


def family():
    predicates()
    arithmetic()
    digit_families()
    divisors()
    sequences()
    conversions()
    others()
