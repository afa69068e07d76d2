"""Vectors, lists, sets, dictionaries: folding, filtering, mapping, searching, combining, testing."""
import math
from core import RNG, m

DATA = [[3, -1, 4, 1, 5], [2, 8, 6], [7], [-2, -9, 0, 10, 12]]
DATA0 = DATA + [[]]
POSD = [[3, 1, 4, 1, 5], [2, 8, 6], [7]]
WORDS = [["pear", "fig", "apple"], ["a"], ["bb", "c", "bb", ""]]

# (name, words, test of an element, reference)
TESTS = [
    ("Even", "even", "(e % 2) = 0", lambda e: e % 2 == 0), ("Odd", "odd", "(e % 2) != 0", lambda e: e % 2 != 0),
    ("Positive", "positive", "e > 0", lambda e: e > 0), ("Negative", "negative", "e < 0", lambda e: e < 0),
    ("NonNegative", "not negative", "e >= 0", lambda e: e >= 0), ("Zero", "zero", "e = 0", lambda e: e == 0),
    ("NonZero", "not zero", "e != 0", lambda e: e != 0), ("Large", "greater than hundred", "e > 100", lambda e: e > 100),
    ("Small", "less than ten", "e < 10", lambda e: e < 10), ("One", "one", "e = 1", lambda e: e == 1),
    ("Triple", "divisible by three", "(e % 3) = 0", lambda e: e % 3 == 0), ("Digit", "between zero and nine", "(e >= 0) && [e <= 9]", lambda e: 0 <= e <= 9),
    ("AboveFive", "above five", "e > 5", lambda e: e > 5), ("MultipleOfFive", "divisible by five", "(e % 5) = 0", lambda e: e % 5 == 0),
    ("MultipleOfTen", "divisible by ten", "(e % 10) = 0", lambda e: e % 10 == 0), ("TwoDigit", "from ten to ninety nine", "(e >= 10) && [e <= 99]", lambda e: 10 <= e <= 99),
    ("Hundred", "equal to hundred", "e = 100", lambda e: e == 100), ("Prime", "prime", "e isPrime", None),
]
# with an argument: (keyword, words, test, reference)
ATESTS = [
    ("GreaterThan", "greater than the argument", "e > $1", lambda e, n: e > n), ("LessThan", "less than the argument", "e < $1", lambda e, n: e < n),
    ("AtLeast", "not less than the argument", "e >= $1", lambda e, n: e >= n), ("AtMost", "not greater than the argument", "e <= $1", lambda e, n: e <= n),
    ("DivisibleBy", "divisible by the argument", "(e % $1) = 0", lambda e, n: e % n == 0), ("EqualTo", "equal to the argument", "e = $1", lambda e, n: e == n),
    ("DifferentFrom", "different from the argument", "e != $1", lambda e, n: e != n),
    ("NotDivisibleBy", "not divisible by the argument", "(e % $1) != 0", lambda e, n: e % n != 0),
    ("Dividing", "a divisor of the argument", "($1 % e) = 0", lambda e, n: n % e == 0),
]
# mapped values
MAPS = [
    ("Doubled", "doubled", "e * 2", lambda e: e * 2), ("Squared", "squared", "e * e", lambda e: e * e),
    ("Negated", "negated", "0 - e", lambda e: -e), ("Incremented", "plus one", "e + 1", lambda e: e + 1),
    ("Halved", "halved", "e / 2", lambda e: int(e / 2)), ("Tripled", "times three", "e * 3", lambda e: e * 3),
    ("Cubed", "to the third power", "e * e * e", lambda e: e ** 3), ("Decremented", "less one", "e - 1", lambda e: e - 1),
    ("Absolute", "without sign", "e absoluteValue", abs), ("LastDigits", "reduced to the last digit", "e % 10", lambda e: math.fmod(e, 10).__int__()),
    ("PlusTen", "plus ten", "e + 10", lambda e: e + 10), ("TimesTen", "times ten", "e * 10", lambda e: e * 10),
    ("AsTexts", "as text", "e printString", str),
]
AMAPS = [
    ("plus", "the argument added to each", "e + $1", lambda e, n: e + n), ("minus", "the argument taken from each", "e - $1", lambda e, n: e - n),
    ("times", "each multiplied by the argument", "e * $1", lambda e, n: e * n), ("modulo", "the remainder of each by the argument", "e % $1", lambda e, n: int(math.fmod(e, n))),
    ("max", "each but at least the argument", "e max: $1", max), ("min", "each but at most the argument", "e min: $1", min),
]


def paren(t):
    return "(%s)" % t if "&&" in t else t


def folds(kind):
    """Every test with every way to fold; a part of the product is drawn for the corpus."""
    new = "list copyRemoveAll"
    for name, word, test, f in TESTS:
        if f is None:
            from family_numbers import prime
            f = prime
        t = paren(test)
        low = name[0].lower() + name[1:]
        jobs = [
            ("count%s / numberOf%s / %sCount" % (name, name, low), "how many elements are %s" % word, "| n <- 0 | do: [|:e| %s ifTrue: [n: n + 1]]. n" % t, lambda v, f=f: sum(map(f, v)), kind),
            ("sumOf%s / %sSum / addAll%s" % (name, low, name), "sum of the elements that are %s" % word, "| s <- 0 | do: [|:e| %s ifTrue: [s: s + e]]. s" % t, lambda v, f=f: sum(filter(f, v)), kind),
            ("productOf%s" % name, "product of the elements that are %s" % word, "| p <- 1 | do: [|:e| %s ifTrue: [p: p * e]]. p" % t, lambda v, f=f: math.prod(filter(f, v)), kind),
            ("only%s / %sElements / select%s" % (name, low, name), "a list of the elements that are %s" % word, "| r | r: %s. do: [|:e| %s ifTrue: [r add: e]]. r" % (new, t), lambda v, f=f: list(filter(f, v)), "list"),
            ("without%s / reject%s" % (name, name), "a list without the elements that are %s" % word, "| r | r: %s. do: [|:e| %s ifFalse: [r add: e]]. r" % (new, t), lambda v, f=f: [e for e in v if not f(e)], "list"),
            ("isAll%s / all%s / areAll%s" % (name, name, name), "are all elements %s" % word, "do: [|:e| %s ifFalse: [^ false]]. true" % t, lambda v, f=f: all(map(f, v)), kind),
            ("hasAny%s / any%s / contains%s" % (name, name, name), "is any element %s" % word, "do: [|:e| %s ifTrue: [^ true]]. false" % t, lambda v, f=f: any(map(f, v)), kind),
            ("hasNo%s / none%s" % (name, name), "is no element %s" % word, "do: [|:e| %s ifTrue: [^ false]]. true" % t, lambda v, f=f: not any(map(f, v)), kind),
            ("first%s / find%s" % (name, name), "the first element that is %s, or nil" % word, "do: [|:e| %s ifTrue: [^ e]]. nil" % t, lambda v, f=f: next(filter(f, v), None), kind),
            ("last%s" % name, "the last element that is %s, or nil" % word, "| r | do: [|:e| %s ifTrue: [r: e]]. r" % t, lambda v, f=f: (list(filter(f, v)) or [None])[-1], kind),
            ("indexOf%s / first%sIndex" % (name, name), "place of the first element that is %s, or minus one" % word, "do: [|:e. :i| %s ifTrue: [^ i]]. -1" % t, lambda v, f=f: next((i for i, e in enumerate(v) if f(e)), -1), kind),
        ]
        if kind == "vector":
            jobs += [
                ("filter%s / keep%s" % (name, name), "the elements that are %s" % word, "filterBy: [|:e| %s]" % test, lambda v, f=f: list(filter(f, v)), "vector"),
                ("reject%sElements / drop%s" % (name, name), "the elements that are not %s" % word, "filterBy: [|:e| (%s) not]" % test, lambda v, f=f: [e for e in v if not f(e)], "vector"),
            ]
        for sel, com, body, ref, out in jobs:
            if RNG.random() < (0.72 if kind == "vector" else 0.45):
                m(kind, sel, com, body, ref, DATA0, out=out, keep=RNG.choice([1, 1, 2]))
    for name, word, test, f in ATESTS:
        t = paren(test)
        jobs = [
            ("count%s: / howMany%s:" % (name, name), "how many elements are %s" % word, "| c <- 0 | do: [|:e| %s ifTrue: [c: c + 1]]. c" % t, lambda v, n, f=f: sum(f(e, n) for e in v), kind),
            ("sumOf%s: / sum%s:" % (name, name), "sum of the elements that are %s" % word, "| s <- 0 | do: [|:e| %s ifTrue: [s: s + e]]. s" % t, lambda v, n, f=f: sum(e for e in v if f(e, n)), kind),
            ("select%s: / elements%s: / all%s:" % (name, name, name), "a list of the elements that are %s" % word, "| r | r: %s. do: [|:e| %s ifTrue: [r add: e]]. r" % (new, t), lambda v, n, f=f: [e for e in v if f(e, n)], "list"),
            ("reject%s: / without%s:" % (name, name), "a list of the elements that are not %s" % word, "| r | r: %s. do: [|:e| %s ifFalse: [r add: e]]. r" % (new, t), lambda v, n, f=f: [e for e in v if not f(e, n)], "list"),
            ("areAll%s: / every%s:" % (name, name), "are all elements %s" % word, "do: [|:e| %s ifFalse: [^ false]]. true" % t, lambda v, n, f=f: all(f(e, n) for e in v), kind),
            ("any%s: / hasElement%s:" % (name, name), "is any element %s" % word, "do: [|:e| %s ifTrue: [^ true]]. false" % t, lambda v, n, f=f: any(f(e, n) for e in v), kind),
            ("first%s: / find%s:" % (name, name), "the first element %s, or nil" % word, "do: [|:e| %s ifTrue: [^ e]]. nil" % t, lambda v, n, f=f: next((e for e in v if f(e, n)), None), kind),
            ("indexOfFirst%s:" % name, "place of the first element %s, or minus one" % word, "do: [|:e. :i| %s ifTrue: [^ i]]. -1" % t, lambda v, n, f=f: next((i for i, e in enumerate(v) if f(e, n)), -1), kind),
        ]
        cases = [([3, 1, 4, 1, 5], 3), ([2, 8, 6], 4), ([], 2)]
        for sel, com, body, ref, out in jobs:
            if RNG.random() < 0.8:
                m(kind, sel, com, body, ref, cases, "i", out=out, keep=2)
    for name, word, expr, f in MAPS:
        low = name[0].lower() + name[1:]
        m(kind, "all%s / %s / each%s" % (name, low, name), "a list of all elements %s" % word, "| r | r: %s. do: [|:e| r add: %s]. r" % (new, expr), lambda v, f=f: list(map(f, v)), DATA0, out="list", keep=2)
        if kind == "vector":
            m(kind, "map%s / elements%s" % (name, name), "every element %s" % word, "mapBy: [|:e| %s]" % expr, lambda v, f=f: list(map(f, v)), DATA0, out="vector", keep=2)
        if name != "AsTexts":
            m(kind, "sumOf%sElements / totalOf%s" % (name, name), "sum of all elements %s" % word, "| s <- 0 | do: [|:e| s: s + %s]. s" % (expr if " " not in expr or expr.endswith("Value") else "(%s)" % expr), lambda v, f=f: sum(map(f, v)), DATA0, keep=1)
    for name, word, expr, f in AMAPS:
        m(kind, "%sEach: / each%s:" % (name, name.capitalize()), word, "| r | r: %s. do: [|:e| r add: %s]. r" % (new, expr if ":" not in expr else "(%s)" % expr), lambda v, n, f=f: [f(e, n) for e in v], [([3, 1, 4], 2), ([], 3), ([-7, 9], 4)], "i", out="list", keep=2)
        if kind == "vector":
            m(kind, "%sAll: / all%s:" % (name, name.capitalize()), word, "mapBy: [|:e| %s]" % expr, lambda v, n, f=f: [f(e, n) for e in v], [([3, 1, 4], 2), ([-7, 9], 4)], "i", out="vector", keep=2)


def avg(v):
    return int(sum(v) / len(v))


def hand(kind):
    new = "list copyRemoveAll"
    def M(sel, com, body, ref, cases=DATA0, args="", out=None, keep=3):
        m(kind, sel, com, body.replace("NEW", new), ref, cases, args, out or kind, keep)
    M("sum / total / addedUp / sumOfElements", "sum of my elements / all added up", "| s <- 0 | do: [|:e| s: s + e]. s", sum, keep=4)
    M("sum / total", "sum by inject", "inject: 0 Into: [|:s. :e| s + e]", sum, keep=1)
    M("product / multiplied / productOfElements", "product of my elements / all multiplied", "| p <- 1 | do: [|:e| p: p * e]. p", math.prod)
    M("max / largest / maximum / biggest", "my largest element / maximum", "| r | r: first. do: [|:e| e > r ifTrue: [r: e]]. r", max, DATA, keep=4)
    M("max / largest / greatest", "the largest of all", "| r | r: first. do: [|:e| r: (r max: e)]. r", max, DATA, keep=2)
    M("min / smallest / minimum / least", "my smallest element / minimum", "| r | r: first. do: [|:e| e < r ifTrue: [r: e]]. r", min, DATA, keep=4)
    M("mean / average / arithmeticMean / averageValue", "arithmetic mean of my elements / sum divided by size", "| s <- 0 | do: [|:e| s: s + e]. s / size", avg, DATA, keep=4)
    M("mean / average", "the sum divided by how many there are", "sum / size", avg, DATA, keep=2)
    M("range / spread / span", "difference of the largest and the smallest", "| a. b | a: first. b: first. do: [|:e| a: (a min: e). b: (b max: e)]. b - a", lambda v: max(v) - min(v), DATA)
    M("indexOfMax / positionOfLargest / whereLargest", "place of the largest element", "| r <- 0. best | best: first. do: [|:e. :i| e > best ifTrue: [best: e. r: i]]. r", lambda v: v.index(max(v)), DATA)
    M("indexOfMin / positionOfSmallest", "place of the smallest element", "| r <- 0. best | best: first. do: [|:e. :i| e < best ifTrue: [best: e. r: i]]. r", lambda v: v.index(min(v)), DATA)
    M("reversed / backwards / reverse / inReverse", "a list of my elements from last to first", "| r | r: NEW. do: [|:e| r addFirst: e]. r", lambda v: v[::-1], out="list", keep=4)
    M("asReversedList", "last to first", "| r | r: NEW. reverseDo: [|:e| r add: e]. r", lambda v: v[::-1], out="list")
    M("isSorted / isAscending / isInOrder / isIncreasing", "is no element less than the one before / sorted check", "| last | last: first. do: [|:e| e < last ifTrue: [^ false]. last: e]. true", lambda v: v == sorted(v), DATA + [[1, 2, 2]], keep=4)
    M("isDescending / isDecreasing", "is no element more than the one before", "| last | last: first. do: [|:e| e > last ifTrue: [^ false]. last: e]. true", lambda v: v == sorted(v, reverse=True), DATA + [[3, 2, 2]])
    M("isStrictlyIncreasing", "is each element more than the one before", "| last | last: first - 1. do: [|:e| e > last ifFalse: [^ false]. last: e]. true", lambda v: all(a < b for a, b in zip(v, v[1:])), DATA + [[1, 2, 2]])
    M("runningSums / cumulativeSums / partialSums", "a list of the sums so far", "| s <- 0. r | r: NEW. do: [|:e| s: s + e. r add: s]. r", lambda v: [sum(v[:i + 1]) for i in range(len(v))], out="list")
    M("runningProducts", "a list of the products so far", "| p <- 1. r | r: NEW. do: [|:e| p: p * e. r add: p]. r", lambda v: [math.prod(v[:i + 1]) for i in range(len(v))], out="list")
    M("runningMaximum", "a list of the largest so far", "| b. r | r: NEW. b: first. do: [|:e| b: (b max: e). r add: b]. r", lambda v: [max(v[:i + 1]) for i in range(len(v))], DATA, out="list")
    M("differences / steps / gaps", "a list of the differences of neighbours", "| last. r | r: NEW. do: [|:e. :i| i > 0 ifTrue: [r add: e - last]. last: e]. r" if kind == "vector" else "| last. r | r: NEW. do: [|:e| nil = last ifFalse: [r add: e - last]. last: e]. r", lambda v: [b - a for a, b in zip(v, v[1:])], out="list")
    M("withoutDuplicates / unique / distinct / noRepeats", "a list with each element once", "| r | r: NEW. do: [|:e| (r includes: e) ifFalse: [r add: e]]. r", lambda v: list(dict.fromkeys(v)), DATA0 + [[1, 1, 2, 1]], out="list", keep=4)
    M("hasDuplicates / hasRepeats", "is some element here twice", "| r | r: NEW. do: [|:e| (r includes: e) ifTrue: [^ true]. r add: e]. false", lambda v: len(set(v)) < len(v), DATA0 + [[1, 1, 2, 1]])
    M("distinctCount / numberOfDistinct", "how many different elements there are", "| r | r: set copyRemoveAll. do: [|:e| r add: e]. r size", lambda v: len(set(v)), DATA0 + [[1, 1, 2, 1]])
    M("allEqual / isUniform / areAllSame", "are all elements the same", "do: [|:e| e = first ifFalse: [^ false]]. true", lambda v: len(set(v)) < 2, DATA0 + [[1, 1]])
    M("sumOfSquares / squareSum", "sum of the squares of my elements", "| s <- 0 | do: [|:e| s: s + (e * e)]. s", lambda v: sum(e * e for e in v))
    M("sumOfCubes", "sum of the third powers", "| s <- 0 | do: [|:e| s: s + (e * e * e)]. s", lambda v: sum(e ** 3 for e in v))
    M("sumOfAbsolutes / absoluteSum", "sum without signs", "| s <- 0 | do: [|:e| s: s + e absoluteValue]. s", lambda v: sum(map(abs, v)))
    M("alternatingSum", "first less second plus third and so on", "| s <- 0. sign <- 1 | do: [|:e| s: s + (e * sign). sign: 0 - sign]. s", lambda v: sum(e * (-1) ** i for i, e in enumerate(v)))
    M("median / middleValue", "the middle element in sorted order", "| v | v: asVector copySorted. v at: size / 2", lambda v: sorted(v)[len(v) // 2], DATA)
    M("sorted / inOrder / ascending", "my elements in ascending order", "asVector copySorted", sorted, DATA, out="vector")
    M("sortedDescending / descending", "my elements, largest first", "asVector copySortedBy: [|:a. :b| a > b]", lambda v: sorted(v, reverse=True), DATA, out="vector")
    M("secondSmallest", "the second in sorted order", "asVector copySorted at: 1", lambda v: sorted(v)[1], [[3, 1, 2], [5, 9]])
    M("mode / mostCommon / mostFrequent", "the element that is here most often", "| best. n <- 0 | do: [|:e| | c <- 0 | do: [|:x| x = e ifTrue: [c: c + 1]]. c > n ifTrue: [n: c. best: e]]. best".replace("[|:e| | c <- 0 |", "[|:e. c <- 0|"), lambda v: max(v, key=lambda e: (v.count(e), -v.index(e))), [[1, 2, 2, 3], [5], [3, 3, 1, 1, 1]])
    M("hasMany / isLong", "more than three elements", "size > 3", lambda v: len(v) > 3)
    M("isSingle / hasOneElement / isSingleton", "exactly one element", "size = 1", lambda v: len(v) == 1)
    M("isNotEmpty / hasElements / nonEmpty", "is there any element", "isEmpty not", lambda v: bool(v))
    M("length / numberOfElements / count", "how many elements I have", "| n <- 0 | do: [n: n + 1]. n", len)
    M("ends / firstAndLast", "first and last added", "first + last", lambda v: v[0] + v[-1], DATA)
    M("sameEnds / startsAndEndsSame", "are first and last the same", "first = last", lambda v: v[0] == v[-1], DATA)
    M("asText / joined / concatenated", "the texts of all elements one after another", "| s <- '' | do: [|:e| s: s, e printString]. s", lambda v: "".join(map(str, v)))
    M("commaText / joinedWithCommas / asCommaText", "the texts of my elements with commas between", "| s <- '' | do: [|:e| s isEmpty ifFalse: [s: s, ',']. s: s, e printString]. s", lambda v: ",".join(map(str, v)))
    M("asDigitsNumber / fromDigits", "the number with my elements as digits", "| n <- 0 | do: [|:e| n: (n * 10) + e]. n", lambda v: int("".join(map(str, v))), POSD)
    M("fromBinaryDigits / binaryValue", "the number with my elements as binary digits", "| n <- 0 | do: [|:e| n: (n * 2) + e]. n", lambda v: int("".join(map(str, v)), 2), [[1, 0, 1], [0], [1, 1, 1]])
    M("gcdOfAll / commonDivisor", "greatest common divisor of all", "| g <- 0 | do: [|:e| g: (e gcd: g)]. g", lambda v: math.gcd(*v), POSD)
    M("geometricProduct / productWithoutZeros", "product of the elements that are not zero", "| p <- 1 | do: [|:e| e = 0 ifFalse: [p: p * e]]. p", lambda v: math.prod(e for e in v if e))
    M("variance / squaredDeviation", "mean square of the distance from the mean", "| m. s <- 0 | m: mean. do: [|:e| s: s + ((e - m) * (e - m))]. s / size", lambda v: 0, [])
    M("includes: / contains: / hasElement: / has:", "is the argument one of my elements", "do: [|:e| e = $1 ifTrue: [^ true]]. false", lambda v, n: n in v, [([1, 2], 2), ([1, 2], 3), ([], 1)], "i", keep=4)
    M("occurrencesOf: / countOf: / count: / howMany:", "how often the argument is here", "| n <- 0 | do: [|:e| e = $1 ifTrue: [n: n + 1]]. n", lambda v, n: v.count(n), [([1, 2, 1], 1), ([1, 2], 3), ([], 1)], "x", keep=4)
    M("indexOf: / positionOf: / whereIs:", "place of the argument, or minus one", "do: [|:e. :i| e = $1 ifTrue: [^ i]]. -1", lambda v, n: v.index(n) if n in v else -1, [([1, 2, 1], 2), ([1, 2], 3), ([], 1)], "x")
    M("without: / removing: / excluding: / allBut:", "a list of my elements without the argument", "| r | r: NEW. do: [|:e| e = $1 ifFalse: [r add: e]]. r", lambda v, n: [e for e in v if e != n], [([1, 2, 1], 1), ([1, 2], 3)], "x", out="list", keep=4)
    M("replace:With: / substitute:With:", "a list with the second in place of the first", "| r | r: NEW. do: [|:e| r add: (e = $1 ifTrue: [$2] False: [e])]. r", lambda v, a, b: [b if e == a else e for e in v], [([1, 2, 1], 1, 9), ([1, 2], 3, 4)], "xx", out="list")
    M("with: / including: / followedBy:", "a list of my elements and the argument", "| r | r: NEW. do: [|:e| r add: e]. r add: $1. r", lambda v, n: v + [n], [([1, 2, 1], 1), ([], 3)], "x", out="list")
    M("precededBy: / withFirst:", "a list of the argument and my elements", "| r | r: NEW. r add: $1. do: [|:e| r add: e]. r", lambda v, n: [n] + v, [([1, 2, 1], 1), ([], 3)], "x", out="list")
    M("intersection: / commonWith: / sharedWith: / inBoth:", "a list of my elements that the other has too", "| r | r: NEW. do: [|:e| ($1 includes: e) ifTrue: [r add: e]]. r", lambda v, w: [e for e in v if e in w], [([1, 2, 3], [2, 3, 4]), ([1], [2])], "c", out="list", keep=4)
    M("difference: / notIn: / missingIn: / except:", "a list of my elements that the other has not", "| r | r: NEW. do: [|:e| ($1 includes: e) ifFalse: [r add: e]]. r", lambda v, w: [e for e in v if e not in w], [([1, 2, 3], [2, 3, 4]), ([1], [2])], "c", out="list", keep=4)
    M("union: / mergedWith: / togetherWith:", "a list of my elements and those of the other that I lack", "| r | r: NEW. do: [|:e| r add: e]. $1 do: [|:e| (r includes: e) ifFalse: [r add: e]]. r", lambda v, w: v + [e for e in w if e not in v], [([1, 2, 3], [2, 3, 4]), ([1], [2])], "c", out="list")
    M("concatenate: / appendAll: / joinedWith:", "a list of my elements, then those of the other", "| r | r: NEW. do: [|:e| r add: e]. $1 do: [|:e| r add: e]. r", lambda v, w: v + w, [([1, 2, 3], [2, 3, 4]), ([1], [2])], "c", out="list")
    M("isSubsetOf: / allIn: / isContainedIn:", "does the other have all my elements", "do: [|:e| ($1 includes: e) ifFalse: [^ false]]. true", lambda v, w: all(e in w for e in v), [([2, 3], [2, 3, 4]), ([1, 2], [2])], "c")
    M("hasAllOf: / includesAllOf: / isSupersetOf:", "do I have all elements of the other", "$1 do: [|:e| (includes: e) ifFalse: [^ false]]. true", lambda v, w: all(e in v for e in w), [([2, 3], [2]), ([1, 2], [2, 5])], "c")
    M("isDisjointFrom: / hasNothingInCommonWith:", "do we share no element", "do: [|:e| ($1 includes: e) ifTrue: [^ false]]. true", lambda v, w: not set(v) & set(w), [([2, 3], [2, 3, 4]), ([1, 5], [2])], "c")
    M("countCommonWith: / overlapWith:", "how many of my elements the other has", "| n <- 0 | do: [|:e| ($1 includes: e) ifTrue: [n: n + 1]]. n", lambda v, w: sum(e in w for e in v), [([2, 3], [2, 3, 4]), ([1, 5], [2])], "c")
    M("isLongerThan: / hasMoreThan:", "do I have more elements than the other", "size > $1 size", lambda v, w: len(v) > len(w), [([2, 3], [2]), ([1], [2, 5])], "c")
    M("sameSizeAs:", "do we have equally many elements", "size = $1 size", lambda v, w: len(v) == len(w), [([2, 3], [2]), ([1, 3], [2, 5])], "c")
    M("closestTo: / nearestTo:", "the element that is nearest to the argument", "| r | r: first. do: [|:e| (e - $1) absoluteValue < (r - $1) absoluteValue ifTrue: [r: e]]. r", lambda v, n: min(v, key=lambda e: abs(e - n)), [([1, 5, 9], 6), ([4], 0)], "i")
    M("countBetween:And: / numberFrom:To:", "how many elements lie between both", "| n <- 0 | do: [|:e| ((e >= $1) && [e <= $2]) ifTrue: [n: n + 1]]. n", lambda v, a, b: sum(a <= e <= b for e in v), [([1, 5, 9], 2, 9), ([], 1, 2)], "ii")
    M("elementsBetween:And: / selectFrom:To:", "a list of the elements between both", "| r | r: NEW. do: [|:e| ((e >= $1) && [e <= $2]) ifTrue: [r add: e]]. r", lambda v, a, b: [e for e in v if a <= e <= b], [([1, 5, 9], 2, 9), ([], 1, 2)], "ii", out="list")
    M("map: / collecting: / eachMapped: / transformedBy:", "a list of the values of the block for each element", "| r | r: NEW. do: [|:e| r add: $1 value: e]. r", lambda v, b: 0, [], "k", keep=4)
    M("filter: / selecting: / suchThat: / where:", "a list of the elements for which the block is true", "| r | r: NEW. do: [|:e| ($1 value: e) ifTrue: [r add: e]]. r", lambda v, b: 0, [], "k", keep=4)
    M("rejecting: / filterNot:", "a list of the elements for which the block is false", "| r | r: NEW. do: [|:e| ($1 value: e) ifFalse: [r add: e]]. r", lambda v, b: 0, [], "k")
    M("countWhere: / count: / howManySatisfy:", "for how many elements the block is true", "| n <- 0 | do: [|:e| ($1 value: e) ifTrue: [n: n + 1]]. n", lambda v, b: 0, [], "k")
    M("anySatisfy: / exists: / some:", "is the block true for some element", "do: [|:e| ($1 value: e) ifTrue: [^ true]]. false", lambda v, b: 0, [], "k")
    M("allSatisfy: / every: / forAll:", "is the block true for all elements", "do: [|:e| ($1 value: e) ifFalse: [^ false]]. true", lambda v, b: 0, [], "k")
    M("noneSatisfy: / none:", "is the block true for no element", "do: [|:e| ($1 value: e) ifTrue: [^ false]]. true", lambda v, b: 0, [], "k")
    M("detect: / find: / firstWhere:", "the first element for which the block is true", "do: [|:e| ($1 value: e) ifTrue: [^ e]]. nil", lambda v, b: 0, [], "k")
    M("detect:Else: / find:Or:", "the first element for which the first block is true, else the value of the second", "do: [|:e| ($1 value: e) ifTrue: [^ e]]. $2 value", lambda v, b, c: 0, [], "kk")
    M("sumOf: / sumBy: / totalOf:", "sum of the values of the block", "| s <- 0 | do: [|:e| s: s + ($1 value: e)]. s", lambda v, b: 0, [], "k")
    M("maxOf: / largestOf:", "the largest value of the block", "| r | r: ($1 value: first). do: [|:e| r: (r max: ($1 value: e))]. r", lambda v, b: 0, [], "k")
    M("maxBy: / largestBy:", "the element with the largest value of the block", "| r | r: first. do: [|:e| ($1 value: e) > ($1 value: r) ifTrue: [r: e]]. r", lambda v, b: 0, [], "k")
    M("minBy: / smallestBy:", "the element with the smallest value of the block", "| r | r: first. do: [|:e| ($1 value: e) < ($1 value: r) ifTrue: [r: e]]. r", lambda v, b: 0, [], "k")
    M("fold:With: / inject:Into: / reduceFrom:With:", "a value passed through the block with each element", "| r | r: $1. do: [|:e| r: ($2 value: r With: e)]. r", lambda v, a, b: 0, [], "xk")
    M("eachWithIndexDo: / doWithIndex:", "the block for each element and its place", "| i <- 0 | do: [|:e| $1 value: e With: i. i: i + 1]. self", lambda v, b: 0, [], "k")
    M("partition: / splitBy:", "two lists: elements for which the block is true, and the others", "| a. b | a: NEW. b: NEW. do: [|:e| ($1 value: e) ifTrue: [a add: e] False: [b add: e]]. (NEW add: a) add: b", lambda v, b: 0, [], "k")
    M("groupBy: / groupedBy:", "a dictionary of lists by the value of the block", "| d | d: dictionary copyRemoveAll. do: [|:e. k| k: ($1 value: e). (d includesKey: k) ifFalse: [d at: k Put: NEW]. (d at: k) add: e]. d", lambda v, b: 0, [], "k")
    M("frequencies / counts / histogram / tally", "a dictionary of how often each element is here", "| d | d: dictionary copyRemoveAll. do: [|:e| d at: e Put: (d at: e IfAbsent: 0) + 1]. d", lambda v: {e: v.count(e) for e in dict.fromkeys(v)}, [[1, 1, 2], [7]], out="dictionary", keep=4)
    M("totalLength / sumOfSizes / characterTotal", "sum of the sizes of my strings", "| n <- 0 | do: [|:e| n: n + e size]. n", lambda v: sum(map(len, v)), WORDS)
    M("longest / longestString / longestElement", "the longest of my strings", "| r | r: first. do: [|:e| e size > r size ifTrue: [r: e]]. r", lambda v: max(v, key=len), WORDS)
    M("shortest / shortestString", "the shortest of my strings", "| r | r: first. do: [|:e| e size < r size ifTrue: [r: e]]. r", lambda v: min(v, key=len), WORDS)
    M("lengths / sizes", "a list of the sizes of my strings", "| r | r: NEW. do: [|:e| r add: e size]. r", lambda v: list(map(len, v)), WORDS, out="list")
    M("joinAll / glued / concatenatedStrings", "all my strings one after another", "| s <- '' | do: [|:e| s: s, e]. s", lambda v: "".join(v), WORDS)
    M("joinWith: / joinedBy: / gluedWith:", "my strings with the argument between them", "| s <- ''. n <- 0 | do: [|:e| n > 0 ifTrue: [s: s, $1]. s: s, e. n: n + 1]. s", lambda v, t: t.join(v), [(["a", "b"], "-"), (["x"], ","), ([], "+")], "s")
    M("uppercased / allUppercase / shoutedWords", "a list of my strings in capitals", "| r | r: NEW. do: [|:e| r add: e asUppercase]. r", lambda v: [w.upper() for w in v], WORDS, out="list")
    M("lowercased / allLowercase", "a list of my strings in small letters", "| r | r: NEW. do: [|:e| r add: e asLowercase]. r", lambda v: [w.lower() for w in v], WORDS, out="list")
    M("quotedAll / withQuotes", "a list of my strings with stars around them", "| r | r: NEW. do: [|:e| r add: '*', e, '*']. r", lambda v: ["*%s*" % w for w in v], WORDS, out="list")
    M("longerThan: / stringsLongerThan:", "a list of my strings longer than the argument", "| r | r: NEW. do: [|:e| e size > $1 ifTrue: [r add: e]]. r", lambda v, n: [w for w in v if len(w) > n], [(["a", "bbb"], 1), (["x"], 4)], "i", out="list")
    M("startingWith: / withPrefix:", "a list of my strings that begin with the argument", "| r | r: NEW. do: [|:e| (e startsWith: $1) ifTrue: [r add: e]]. r", lambda v, t: [w for w in v if w.startswith(t)], [(["ab", "ac", "b"], "a"), (["x"], "y")], "s", out="list")
    M("withoutEmptyStrings / nonEmptyStrings", "a list of my strings that are not empty", "| r | r: NEW. do: [|:e| e isEmpty ifFalse: [r add: e]]. r", lambda v: [w for w in v if w], WORDS, out="list")
    M("firstLetters", "the first letters of my strings", "| s <- '' | do: [|:e| s: s, e first]. s", lambda v: "".join(w[0] for w in v), [["pear", "fig"], ["a"]])
    M("flattened / flatten / concatenatedLists", "a list of the elements of all my elements", "| r | r: NEW. do: [|:c| c do: [|:e| r add: e]]. r", lambda v: [e for c in v for e in c], [[[1, 2], [3]], [[], [4, 5]]], out="list")
    M("totalOfAll / nestedSum", "sum of the elements of all my elements", "| s <- 0 | do: [|:c| c do: [|:e| s: s + e]]. s", lambda v: sum(map(sum, v)), [[[1, 2], [3]], [[], [4, 5]]])
    M("rowSums / sumsOfEach", "a list of the sums of my elements", "| r | r: NEW. do: [|:c. s <- 0| c do: [|:e| s: s + e]. r add: s]. r", lambda v: list(map(sum, v)), [[[1, 2], [3]], [[], [4, 5]]], out="list")
    M("evensAndOdds", "how many are even less how many are odd", "| n <- 0 | do: [|:e| (e % 2) = 0 ifTrue: [n: n + 1] False: [n: n - 1]]. n", lambda v: sum(1 if e % 2 == 0 else -1 for e in v))


def vectors():
    V = "vector"
    def M(sel, com, body, ref, cases=DATA, args="", out="vector", keep=3):
        m(V, sel, com, body, ref, cases, args, out, keep)
    M("second / secondElement", "the element after the first", "at: 1", lambda v: v[1], [[3, 1, 4], [2, 8]])
    M("third", "the element at place two", "at: 2", lambda v: v[2], [[3, 1, 4], [2, 8, 6]])
    M("middle / middleElement", "the element in my middle", "at: size / 2", lambda v: v[len(v) // 2])
    M("secondLast / beforeLast", "the element before the last", "at: size - 2", lambda v: v[-2], [[3, 1, 4], [2, 8]])
    M("swapFirstAndLast / swappedEnds", "a copy with first and last exchanged", "| r | r: copy. r at: 0 Put: last. r at: size - 1 Put: first. r", lambda v: [v[-1]] + v[1:-1] + [v[0]] if len(v) > 1 else v)
    M("reversedCopy / reversed", "a copy in reverse order", "| r | r: copy. do: [|:e. :i| r at: (size - 1) - i Put: e]. r", lambda v: v[::-1])
    M("swap:And: / exchange:With:", "exchange the elements at two places", "| t | t: (at: $1). at: $1 Put: (at: $2). at: $2 Put: t. self", lambda v, a, b: _swap(v, a, b), [([1, 2, 3], 0, 2), ([5, 6], 1, 0)], "ii")
    M("copyWithout: / copyWithoutIndex:", "a vector without the element at a place", "(copyFrom: 0 UpTo: $1), (copyFrom: $1 + 1)", lambda v, i: v[:i] + v[i + 1:], [([1, 2, 3], 0), ([5, 6], 1)], "i")
    M("take: / first: / prefix:", "my first so many elements", "copyFrom: 0 UpTo: $1", lambda v, n: v[:n], [([1, 2, 3], 2), ([5, 6], 1)], "i")
    M("drop: / skip: / withoutFirst:", "me without so many in front", "copyFrom: $1", lambda v, n: v[n:], [([1, 2, 3], 2), ([5, 6], 1)], "i")
    M("last: / suffix: / takeLast:", "my last so many elements", "copyFrom: size - $1", lambda v, n: v[-n:], [([1, 2, 3], 2), ([5, 6], 1)], "i")
    M("rest / tail / withoutFirst / allButFirst", "me without the first element", "copyFrom: 1", lambda v: v[1:])
    M("withoutLast / butLast / allButLast", "me without the last element", "copyFrom: 0 UpTo: size - 1", lambda v: v[:-1])
    M("firstHalf", "the first half of me", "copyFrom: 0 UpTo: size / 2", lambda v: v[:len(v) // 2])
    M("secondHalf", "the second half of me", "copyFrom: size / 2", lambda v: v[len(v) // 2:])
    M("rotatedLeft / rotated", "the first element moved to the end", "(copyFrom: 1), (copyFrom: 0 UpTo: 1)", lambda v: v[1:] + v[:1])
    M("doubled / twice", "me and me again", "self, self", lambda v: v + v)
    M("mirrored / withReverse", "me and me in reverse order", "self, reverse", lambda v: v + v[::-1])
    M("dot: / dotProduct: / scalarProduct: / innerProduct:", "sum of the products of equal places", "| s <- 0 | do: [|:e. :i| s: s + (e * ($1 at: i))]. s", lambda v, w: sum(a * b for a, b in zip(v, w)), [([1, 2, 3], [4, 5, 6]), ([2], [5])], "c", keep=4)
    M("plus: / addedTo: / pairwiseSum:", "the sums of equal places", "| r | r: copy. do: [|:e. :i| r at: i Put: e + ($1 at: i)]. r", lambda v, w: [a + b for a, b in zip(v, w)], [([1, 2, 3], [4, 5, 6]), ([2, 0], [5, 1])], "c")
    M("minus: / pairwiseDifference:", "the differences of equal places", "| r | r: copy. do: [|:e. :i| r at: i Put: e - ($1 at: i)]. r", lambda v, w: [a - b for a, b in zip(v, w)], [([1, 2, 3], [4, 5, 6]), ([2, 0], [5, 1])], "c")
    M("times: / pairwiseProduct:", "the products of equal places", "| r | r: copy. do: [|:e. :i| r at: i Put: e * ($1 at: i)]. r", lambda v, w: [a * b for a, b in zip(v, w)], [([1, 2, 3], [4, 5, 6]), ([2, 0], [5, 1])], "c")
    M("pairwiseMax:", "the larger of equal places", "| r | r: copy. do: [|:e. :i| r at: i Put: (e max: ($1 at: i))]. r", lambda v, w: [max(a, b) for a, b in zip(v, w)], [([1, 7, 3], [4, 5, 6]), ([2, 0], [5, 1])], "c")
    M("countMatchesWith: / matches:", "at how many places we are the same", "| n <- 0 | do: [|:e. :i| e = ($1 at: i) ifTrue: [n: n + 1]]. n", lambda v, w: sum(a == b for a, b in zip(v, w)), [([1, 5, 3], [4, 5, 6]), ([2, 0], [2, 0])], "c")
    M("isPalindrome / readsSameBackwards", "am I the same in reverse order", "do: [|:e. :i| e = (at: (size - 1) - i) ifFalse: [^ false]]. true", lambda v: v == v[::-1], DATA0 + [[1, 2, 1]])
    M("zip: / pairedWith:", "a list of points of equal places", "| r | r: list copyRemoveAll. do: [|:e. :i| r add: e @ ($1 at: i)]. r", lambda v, w: list(zip(v, w)), [([1, 2], [3, 4])], "c", "list")
    M("indicesOf: / allIndicesOf: / positionsOf:", "a list of the places of the argument", "| r | r: list copyRemoveAll. do: [|:e. :i| e = $1 ifTrue: [r add: i]]. r", lambda v, n: [i for i, e in enumerate(v) if e == n], [([1, 2, 1], 1), ([5], 4)], "x", "list")
    M("evenPlaces / everySecond", "a list of every second element beginning with the first", "| r | r: list copyRemoveAll. do: [|:e. :i| (i % 2) = 0 ifTrue: [r add: e]]. r", lambda v: v[::2], out="list")
    M("oddPlaces", "a list of the elements at odd places", "| r | r: list copyRemoveAll. do: [|:e. :i| (i % 2) = 1 ifTrue: [r add: e]]. r", lambda v: v[1::2], out="list")
    M("sumOfEvenPlaces", "sum of the elements at even places", "| s <- 0 | do: [|:e. :i| (i % 2) = 0 ifTrue: [s: s + e]]. s", lambda v: sum(v[::2]))
    M("weightedSum", "sum of each element times its place", "| s <- 0 | do: [|:e. :i| s: s + (e * i)]. s", lambda v: sum(i * e for i, e in enumerate(v)))
    M("valueAt: / evaluateAt: / polynomialAt:", "value of the polynomial with my elements, highest power first", "| s <- 0 | do: [|:e| s: (s * $1) + e]. s", lambda v, x: _poly(v, x), [([1, 2, 3], 2), ([5], 7)], "i")
    M("inversions / countInversions", "how many pairs are in the wrong order", "| n <- 0 | 0 to: size - 2 Do: [|:i| i + 1 to: size - 1 Do: [|:j| (at: i) > (at: j) ifTrue: [n: n + 1]]]. n", lambda v: sum(a > b for i, a in enumerate(v) for b in v[i + 1:]))
    M("hasPairWithSum: / pairSumsTo:", "do two elements sum to the argument", "0 to: size - 2 Do: [|:i| i + 1 to: size - 1 Do: [|:j| ((at: i) + (at: j)) = $1 ifTrue: [^ true]]]. false", lambda v, n: any(a + b == n for i, a in enumerate(v) for b in v[i + 1:]), [([1, 2, 3], 5), ([5, 1], 7)], "i")
    M("largestGap / maxDifference", "the largest difference of neighbours", "| r <- 0 | 1 to: size - 1 Do: [|:i| r: (r max: ((at: i) - (at: i - 1)) absoluteValue)]. r", lambda v: max([abs(a - b) for a, b in zip(v, v[1:])] or [0]))
    M("countPeaks / localMaxima", "how many elements are larger than both neighbours", "| n <- 0 | 1 to: size - 2 Do: [|:i| ((at: i) > (at: i - 1)) && [(at: i) > (at: i + 1)] ifTrue: [n: n + 1]]. n", lambda v: sum(v[i] > v[i - 1] and v[i] > v[i + 1] for i in range(1, len(v) - 1)), [[1, 3, 2, 5, 4], [1, 2, 3]])
    M("countChanges / transitions", "how often neighbours differ", "| n <- 0 | 1 to: size - 1 Do: [|:i| (at: i) = (at: i - 1) ifFalse: [n: n + 1]]. n", lambda v: sum(a != b for a, b in zip(v, v[1:])), DATA + [[1, 1, 2]])
    M("maxSubarraySum / bestRun", "the largest sum of neighbouring elements", "| best. s <- 0 | best: first. do: [|:e| s: (s + e max: e). best: (best max: s)]. best", _kadane)
    M("longestRun", "how many equal elements in a row there are at most", "| best <- 1. n <- 1 | 1 to: size - 1 Do: [|:i| (at: i) = (at: i - 1) ifTrue: [n: n + 1] False: [n: 1]. best: (best max: n)]. best", _run, DATA + [[1, 1, 2], [3, 3, 3]])
    M("fillWith: / setAll:", "put the argument at every place", "0 to: size - 1 Do: [|:i| at: i Put: $1]. self", lambda v, n: [n] * len(v), [([1, 2], 7), ([3], 0)], "x")
    M("doubleAll / doubleInPlace", "replace each element by its double", "0 to: size - 1 Do: [|:i| at: i Put: (at: i) * 2]. self", lambda v: [e * 2 for e in v])
    M("negateAll / negateInPlace", "replace each element by its negative", "0 to: size - 1 Do: [|:i| at: i Put: 0 - (at: i)]. self", lambda v: [-e for e in v])
    M("incrementAll", "add one to each element in place", "0 to: size - 1 Do: [|:i| at: i Put: (at: i) + 1]. self", lambda v: [e + 1 for e in v])
    M("binarySearch: / findSorted:", "place of the argument in sorted elements, or minus one", "| lo <- 0. hi. m | hi: size - 1. [lo <= hi] whileTrue: [m: (lo + hi) / 2. (at: m) = $1 ifTrue: [^ m]. (at: m) < $1 ifTrue: [lo: m + 1] False: [hi: m - 1]]. -1", lambda v, n: v.index(n) if n in v else -1, [([1, 3, 5, 9], 5), ([1, 3], 2)], "i")
    M("sortInPlace / bubbleSort", "sort my elements by exchanging neighbours", "| t | 1 to: size - 1 Do: [0 to: size - 2 Do: [|:i| (at: i) > (at: i + 1) ifTrue: [t: (at: i). at: i Put: (at: i + 1). at: i + 1 Put: t]]]. self", sorted)
    L = "list"
    def N(sel, com, body, ref, cases=DATA, args="", out="list", keep=3):
        m(L, sel, com, body, ref, cases, args, out, keep)
    N("push: / addToFront:", "put the argument in front", "addFirst: $1", lambda v, n: [n] + v, [([1], 2), ([], 3)], "x")
    N("append: / addToEnd: / enqueue:", "put the argument at the end", "addLast: $1", lambda v, n: v + [n], [([1], 2), ([], 3)], "x")
    N("dequeue / takeFirst / shift", "remove and answer the first element", "removeFirst", lambda v: v[0])
    N("takeLast / popLast", "remove and answer the last element", "removeLast", lambda v: v[-1])
    N("addIfAbsent: / addOnce:", "add the argument unless I have it", "(includes: $1) ifFalse: [add: $1]. self", lambda v, n: v if n in v else v + [n], [([1], 1), ([1], 3)], "x")
    N("add:Times: / addCopies:Of:", "add the argument so many times", "1 to: $2 Do: [add: $1]. self", lambda v, n, k: v + [n] * k, [([1], 7, 2), ([], 3, 0)], "xi", keep=1)
    N("rotate / moveFirstToEnd", "move the first element to the end", "addLast: removeFirst", lambda v: v[1:] + v[:1])
    N("moveLastToFront", "move the last element to the front", "addFirst: removeLast", lambda v: v[-1:] + v[:-1])
    N("addAllFrom: / absorb:", "add every element of the argument", "$1 do: [|:e| add: e]. self", lambda v, w: v + w, [([1], [2, 3]), ([], [4])], "c")
    N("clear / emptied", "remove all elements", "removeAll. self", lambda v: [])
    N("firstTwoSum", "first and second element added", "removeFirst + removeFirst", lambda v: v[0] + v[1], [[1, 2], [4, 5, 6]])


def _swap(v, a, b):
    v = list(v)
    v[a], v[b] = v[b], v[a]
    return v


def _poly(v, x):
    s = 0
    for e in v:
        s = s * x + e
    return s


def _kadane(v):
    best, s = v[0], 0
    for e in v:
        s = max(s + e, e)
        best = max(best, s)
    return best


def _run(v):
    best = n = 1
    for a, b in zip(v, v[1:]):
        n = n + 1 if a == b else 1
        best = max(best, n)
    return best


def keyed():
    D = "dictionary"
    X = [{"a": 1, "b": 5}, {"x": -2, "y": 0, "z": 7}]
    def M(sel, com, body, ref, cases=X, args="", out="list", keep=3):
        m(D, sel, com, body, ref, cases, args, out, keep)
    M("sumOfValues / total / valueSum", "sum of my values", "| s <- 0 | do: [|:v| s: s + v]. s", lambda d: sum(d.values()))
    M("productOfValues", "product of my values", "| p <- 1 | do: [|:v| p: p * v]. p", lambda d: math.prod(d.values()))
    M("largestValue / maxValue / highestValue", "the largest of my values", "| r | do: [|:v| (nil = r) || [v > r] ifTrue: [r: v]]. r", lambda d: max(d.values()))
    M("smallestValue / minValue / lowestValue", "the smallest of my values", "| r | do: [|:v| (nil = r) || [v < r] ifTrue: [r: v]]. r", lambda d: min(d.values()))
    M("keyOfLargest / bestKey / keyWithMaxValue", "the key with the largest value", "| r. m | do: [|:v. :k| (nil = m) || [v > m] ifTrue: [m: v. r: k]]. r", lambda d: max(d, key=d.get))
    M("keyOfSmallest / keyWithMinValue", "the key with the smallest value", "| r. m | do: [|:v. :k| (nil = m) || [v < m] ifTrue: [m: v. r: k]]. r", lambda d: min(d, key=d.get))
    M("numberOfEntries / entryCount", "how many entries I have", "| n <- 0 | do: [n: n + 1]. n", len)
    M("averageOfValues / meanValue", "mean of my values", "| s <- 0 | do: [|:v| s: s + v]. s / size", lambda d: int(sum(d.values()) / len(d)), [{"a": 1, "b": 5}, {"x": 9}])
    M("positiveCount / countPositiveValues", "how many values are greater than zero", "| n <- 0 | do: [|:v| v > 0 ifTrue: [n: n + 1]]. n", lambda d: sum(v > 0 for v in d.values()))
    M("hasValue: / containsValue: / includesValue:", "is the argument one of my values", "do: [|:v| v = $1 ifTrue: [^ true]]. false", lambda d, x: x in d.values(), [({"a": 1}, 1), ({"a": 1}, 2)], "x")
    M("hasKey: / knows: / isDefined:", "is the argument one of my keys", "includesKey: $1", lambda d, k: k in d, [({"a": 1}, "a"), ({"a": 1}, "b")], "x")
    M("keyFor: / keyWithValue: / findKeyOf:", "a key with the argument as value, or nil", "do: [|:v. :k| v = $1 ifTrue: [^ k]]. nil", lambda d, x: next((k for k in d if d[k] == x), None), [({"a": 1, "b": 2}, 2), ({"a": 1}, 2)], "x")
    M("at:Default: / get:Or: / valueAt:Else:", "the value at a key, or the second if there is none", "at: $1 IfAbsent: [$2]", lambda d, k, x: d.get(k, x), [({"a": 1}, "a", 9), ({"a": 1}, "b", 9)], "xx")
    M("valueOrZeroAt: / countAt:", "the value at a key, or zero", "at: $1 IfAbsent: 0", lambda d, k: d.get(k, 0), [({"a": 1}, "a"), ({"a": 1}, "b")], "x")
    M("increment: / countUp: / addOneTo:", "add one to the value at a key, beginning with zero", "at: $1 Put: (at: $1 IfAbsent: 0) + 1", lambda d, k: {**d, k: d.get(k, 0) + 1}, [({"a": 1}, "a")], "x", "dictionary")
    M("decrement:", "take one from the value at a key", "at: $1 Put: (at: $1) - 1", lambda d, k: {**d, k: d[k] - 1}, [({"a": 1}, "a")], "x", "dictionary")
    M("add:To: / increase:By:", "add to the value at a key", "at: $2 Put: (at: $2 IfAbsent: 0) + $1", lambda d, n, k: {**d, k: d.get(k, 0) + n}, [({"a": 1}, 5, "a")], "ix", "dictionary", keep=1)
    M("countWithValue: / occurrencesOfValue:", "how many keys have the argument as value", "| n <- 0 | do: [|:v| v = $1 ifTrue: [n: n + 1]]. n", lambda d, x: list(d.values()).count(x), [({"a": 1, "b": 1}, 1), ({"a": 1}, 2)], "x")
    M("countAbove: / valuesAbove:", "how many values are above the argument", "| n <- 0 | do: [|:v| v > $1 ifTrue: [n: n + 1]]. n", lambda d, x: sum(v > x for v in d.values()), [({"a": 1, "b": 4}, 2), ({"a": 1}, 2)], "i")
    M("put:At: / set:For:", "store a value under a key", "at: $2 Put: $1", lambda d, v, k: {**d, k: v}, [({"a": 1}, 5, "a")], "xx", "dictionary")
    M("putIfAbsent:At:", "store a value unless the key is there", "(includesKey: $2) ifFalse: [at: $2 Put: $1]. self", lambda d, v, k: d if k in d else {**d, k: v}, [({"a": 1}, 5, "a"), ({"a": 1}, 5, "b")], "xx", "dictionary")
    M("keyLengths", "sum of the sizes of my keys", "| n <- 0 | do: [|:v. :k| n: n + k size]. n", lambda d: sum(map(len, d)))
    M("allValuesPositive", "are all values greater than zero", "do: [|:v| v > 0 ifFalse: [^ false]]. true", lambda d: all(v > 0 for v in d.values()))
    M("lookup:OrAdd:", "the value at a key, stored first if there is none", "(includesKey: $1) ifFalse: [at: $1 Put: $2]. at: $1", lambda d, k, v: d.get(k, v), [({"a": 1}, "a", 5), ({"a": 1}, "b", 5)], "xx")
    T = "set"
    Y = [{1, 2, 3}, {5}, {-4, 10}]
    def S(sel, com, body, ref, cases=Y, args="", keep=3):
        m(T, sel, com, body, ref, cases, args, "vector", keep)
    S("sumOfMembers / total", "sum of my elements", "| s <- 0 | do: [|:e| s: s + e]. s", sum)
    S("productOfMembers", "product of my elements", "| p <- 1 | do: [|:e| p: p * e]. p", math.prod)
    S("largestMember / biggest", "my largest element", "| r | do: [|:e| (nil = r) || [e > r] ifTrue: [r: e]]. r", max)
    S("smallestMember / lowest", "my smallest element", "| r | do: [|:e| (nil = r) || [e < r] ifTrue: [r: e]]. r", min)
    S("evenMembers / countEvenMembers", "how many of my elements are even", "| n <- 0 | do: [|:e| (e % 2) = 0 ifTrue: [n: n + 1]]. n", lambda v: sum(e % 2 == 0 for e in v))
    S("isSupersetOf: / containsAllOf:", "do I have all elements of the other", "$1 do: [|:e| (includes: e) ifFalse: [^ false]]. true", lambda v, w: w <= v, [({1, 2}, {1}), ({1}, {2})], "c")
    S("isSubsetOf: / isPartOf:", "does the other have all my elements", "do: [|:e| ($1 includes: e) ifFalse: [^ false]]. true", lambda v, w: v <= w, [({1, 2}, {1}), ({1}, {1, 2})], "c")
    S("overlaps: / sharesElementWith:", "do we share an element", "do: [|:e| ($1 includes: e) ifTrue: [^ true]]. false", lambda v, w: bool(v & w), [({1, 2}, {1}), ({1}, {2})], "c")
    S("commonCount: / sizeOfOverlap:", "how many elements we share", "| n <- 0 | do: [|:e| ($1 includes: e) ifTrue: [n: n + 1]]. n", lambda v, w: len(v & w), [({1, 2}, {1}), ({1}, {2})], "c")
    S("unite: / unionWith:", "a set of my elements and those of the other", "| r | r: copy. $1 do: [|:e| r add: e]. r", lambda v, w: v | w, [({1, 2}, {1}), ({1}, {2})], "c")
    S("meet: / intersectionWith:", "a set of the elements we share", "| r | r: set copyRemoveAll. do: [|:e| ($1 includes: e) ifTrue: [r add: e]]. r", lambda v, w: v & w, [({1, 2}, {1}), ({1}, {2})], "c")
    S("minus: / withoutAll:", "a set of my elements that the other has not", "| r | r: set copyRemoveAll. do: [|:e| ($1 includes: e) ifFalse: [r add: e]]. r", lambda v, w: v - w, [({1, 2}, {1}), ({1}, {2})], "c")
    S("toggle:", "remove the argument if I have it, else add it", "(includes: $1) ifTrue: [remove: $1] False: [add: $1]. self", lambda v, n: v ^ {n}, [({1, 2}, 1), ({1}, 2)], "x")


def family():
    folds("vector")
    folds("list")
    hand("vector")
    hand("list")
    vectors()
    keyed()
