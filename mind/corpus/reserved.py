"""The development set: 100 tasks that are measured, never taught. Run it to write `tests/mind/dev.jsonl`.

Each task has a solution here, which shows that it can be solved; the corpus drops every entry that shares a
task's selector or a solution's body.
"""
import json
import math
import os
import re
import sys

import core

TASKS = []


def t(kind, sel, args, com, body, ref, cases, out=None):
    TASKS.append(("plain", kind, sel, args, com, body, ref, cases, out))


def w(name, slots, sel, args, com, body, cases):
    """A domain object; a case is (change beforehand or '', argument texts, what is asked of the copy
    afterwards or '', expected)."""
    TASKS.append(("object", name, slots, sel, args, com, body, cases))


I, S, V, L = "integer", "string", "vector", "list"

# integers
t(I, "isOddSquare", "", "am I odd and a square", "| i <- 1 | [(i * i) < self] whileTrue: [i: i + 2]. (i * i) = self", lambda n: n % 2 == 1 and math.isqrt(n) ** 2 == n, [9, 16, 1, 25, 27, 49, 4])
t(I, "isDivisibleByEleven", "", "true if eleven divides me", "(self % 11) = 0", lambda n: n % 11 == 0, [11, 12, 0, 121, 100, 33])
t(I, "timesEleven", "", "eleven times me", "self * 11", lambda n: n * 11, [1, 5, 0, 9, -3, 20])
t(I, "isMoreThanDouble:", "i", "am I more than twice the argument", "self > ($1 * 2)", lambda n, k: n > 2 * k, [(5, 2), (4, 2), (3, 2), (9, 4), (0, 0), (7, 4)])
t(I, "sumOfNumbersDownFrom", "", "me plus all smaller numbers down to one", "| s <- 0 | self downTo: 1 Do: [|:i| s: s + i]. s", lambda n: n * (n + 1) // 2, [3, 4, 1, 10, 0, 6])
t(I, "sumOfMultiplesOfThree", "", "sum of the multiples of three up to me", "| s <- 0 | 3 to: self By: 3 Do: [|:i| s: s + i]. s", lambda n: sum(i for i in range(n + 1) if i % 3 == 0), [10, 3, 2, 9, 20, 0])
t(I, "oddDigitCount", "", "how many of my digits are odd", "| n. c <- 0 | n: self. [n > 0] whileTrue: [(n % 2) = 1 ifTrue: [c: c + 1]. n: n / 10]. c", lambda n: sum(int(c) % 2 for c in str(n)), [123, 48, 7, 1357, 9081, 22])
t(I, "sumOfEvenDigits", "", "sum of my even digits", "| n. s <- 0 | n: self. [n > 0] whileTrue: [((n % 10) % 2) = 0 ifTrue: [s: s + (n % 10)]. n: n / 10]. s", lambda n: sum(int(c) for c in str(n) if int(c) % 2 == 0), [123, 48, 7, 2468, 9081, 22])
t(I, "sumOfDigitCubes", "", "sum of the cubes of my digits", "| n. s <- 0 | n: self. [n > 0] whileTrue: [s: s + ((n % 10) * (n % 10) * (n % 10)). n: n / 10]. s", lambda n: sum(int(c) ** 3 for c in str(n)), [12, 5, 100, 21, 123, 30])
t(I, "zeroDigitCount", "", "how many of my digits are zero", "| n. c <- 0 | n: self. [n > 0] whileTrue: [(n % 10) = 0 ifTrue: [c: c + 1]. n: n / 10]. c", lambda n: str(n).count("0"), [100, 5, 1010, 2000, 90, 11])
t(I, "secondDigit", "", "my second to last decimal digit", "(self / 10) % 10", lambda n: n // 10 % 10, [123, 48, 7, 905, 1000, 77])
t(I, "lastTwoDigits", "", "what my last two digits denote", "self % 100", lambda n: n % 100, [123, 48, 7, 905, 1000, 7777])
t(I, "tensPlusOnes", "", "my tens digit and my ones digit added", "((self / 10) % 10) + (self % 10)", lambda n: n // 10 % 10 + n % 10, [23, 48, 7, 91, 50, 66])
t(I, "evenDivisors", "", "a list of the even numbers that divide me", "| r | r: list copyRemoveAll. 2 to: self By: 2 Do: [|:i| (self % i) = 0 ifTrue: [r add: i]]. r", lambda n: [d for d in range(2, n + 1, 2) if n % d == 0], [12, 7, 8, 20, 6, 9], "list")
t(I, "oddDivisorCount", "", "how many odd numbers divide me", "| c <- 0 | 1 to: self By: 2 Do: [|:i| (self % i) = 0 ifTrue: [c: c + 1]]. c", lambda n: sum(n % d == 0 for d in range(1, n + 1, 2)), [12, 7, 8, 15, 45, 1])
t(I, "isDeficient", "", "do my proper divisors sum to less than me", "| s <- 0 | 1 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [s: s + i]]. s < self", lambda n: sum(d for d in range(1, n) if n % d == 0) < n, [6, 8, 12, 10, 28, 7])
t(I, "isSemiprime", "", "am I a product of two primes", "2 to: self - 1 Do: [|:i| (self % i) = 0 ifTrue: [^ i isPrime && [(self / i) isPrime]]]. false", lambda n: [n // d for d in range(2, n) if n % d == 0 and core_prime(d)][:1] != [] and any(n % d == 0 and core_prime(d) and core_prime(n // d) for d in range(2, n)), [6, 8, 15, 7, 25, 30])
t(I, "nextMultipleOf:", "i", "the first multiple of the argument that is greater than me", "self + ($1 - (self % $1))", lambda n, k: n + k - n % k, [(7, 5), (10, 5), (1, 3), (12, 4), (0, 9), (8, 7)])
t(I, "nextEven", "", "the first even number after me", "(self % 2) = 0 ifTrue: [self + 2] False: [self + 1]", lambda n: n + 2 if n % 2 == 0 else n + 1, [1, 2, 0, 7, 10, 99])
t(I, "maxWithSquareOf:", "i", "the larger of me and the square of the argument", "max: $1 * $1", lambda n, k: max(n, k * k), [(5, 2), (3, 2), (10, 4), (16, 4), (50, 7), (0, 1)])
t(I, "differenceOfSquares:", "i", "my square less that of the argument", "(self * self) - ($1 * $1)", lambda n, k: n * n - k * k, [(5, 2), (3, 3), (10, 4), (1, 2), (7, 0), (6, 5)])
t(I, "powersUpTo:", "i", "a list of my powers that are not more than the argument, from one on", "| r. p <- 1 | r: list copyRemoveAll. [p <= $1] whileTrue: [r add: p. p: p * self]. r", lambda n, k: [n ** i for i in range(20) if n ** i <= k], [(2, 10), (3, 30), (10, 5), (5, 125), (2, 1), (4, 64)], "list")
t(I, "oddsDownToOne", "", "a list of the odd numbers from me down to one", "| r | r: list copyRemoveAll. self downTo: 1 Do: [|:i| (i % 2) = 1 ifTrue: [r add: i]]. r", lambda n: [i for i in range(n, 0, -1) if i % 2], [5, 4, 1, 8, 9, 2], "list")
t(I, "daysToWeeks", "", "whole weeks in so many days", "self / 7", lambda n: n // 7, [7, 20, 6, 70, 365, 0])
t(I, "asDashes", "", "a text of so many dashes", "| s <- '' | 1 to: self Do: [s: s, '-']. s", lambda n: "-" * n, [3, 1, 0, 5, 2, 8])
t(I, "inCurlyBraces", "", "my text in curly braces", "'{', printString, '}'", lambda n: "{%d}" % n, [3, 1, 0, 55, 20, 8])
t(I, "sizeName", "", "big above hundred, else small", "self > 100 ifTrue: ['big'] False: ['small']", lambda n: "big" if n > 100 else "small", [3, 101, 100, 5000, 20, 99])

# strings
t(S, "lastIsDigit", "", "is my last character a digit", "last isDigit", lambda s: s[-1].isdigit(), ["a1", "1a", "7", "abc", "x99", "9x"])
t(S, "firstAndLast", "", "my first and my last character together", "first, last", lambda s: s[0] + s[-1], ["hello", "ab", "x", "level", "12345", "good day"])
t(S, "sameFirstAndLast", "", "are my first and last characters the same", "first = last", lambda s: s[0] == s[-1], ["level", "ab", "x", "abca", "no", "stats"])
t(S, "quadrupled", "", "me four times", "self, self, self, self", lambda s: s * 4, ["ab", "x", "", "no", "12", "abc"])
t(S, "questionMarkCount", "", "how many question marks I have", "| n <- 0 | do: [|:c| c = '?' ifTrue: [n: n + 1]]. n", lambda s: s.count("?"), ["a?b?", "", "?", "why? what? who?", "no", "??"])
t(S, "withoutHyphens", "", "me with the hyphens left out", "| r <- '' | do: [|:c| c = '-' ifFalse: [r: r, c]]. r", lambda s: s.replace("-", ""), ["a-b", "", "--", "x-y-z", "no", "-a"])
t(S, "commasToSpaces", "", "me with a blank for each comma", "| r <- '' | do: [|:c| r: r, (c = ',' ifTrue: [' '] False: [c])]. r", lambda s: s.replace(",", " "), ["a,b", "", ",", "x,y,z", "no", ",a"])
t(S, "oddPlaceCharacters", "", "every second character beginning with the second", "| r <- '' | 1 to: size - 1 By: 2 Do: [|:i| r: r, (at: i)]. r", lambda s: s[1::2], ["hello", "", "x", "ab", "abcdef", "12345"])
t(S, "averageWordLength", "", "mean size of my words", "| n <- 0 | asTokens do: [|:w| n: n + w size]. n / asTokens size", lambda s: sum(map(len, s.split())) // len(s.split()), ["ab cd", "hello", "a bcd ef", "one two six", "to be or not", "abc e"])
t(S, "secondWord", "", "my second word", "asTokens at: 1", lambda s: s.split()[1], ["ab cd", "one two three", "x y", "the quick fox", "a b c d", "hello big world"])
t(S, "wordsStartingWith:", "s", "how many of my words begin with the argument", "| n <- 0 | asTokens do: [|:w| (w startsWith: $1) ifTrue: [n: n + 1]]. n", lambda s, p: sum(x.startswith(p) for x in s.split()), [("ab ac b", "a"), ("x y", "z"), ("one on off", "o"), ("to the top", "t"), ("aa", "aa"), ("b a", "ab")])
t(S, "wrappedInTag:", "s", "me between the argument in angle brackets, before and after", "'<', $1, '>', self, '<', $1, '>'", lambda s, g: "<%s>%s<%s>" % (g, s, g), [("hi", "b"), ("", "p"), ("x", "em"), ("text", "i"), ("a b", "q"), ("1", "td")])
t(S, "countBefore:", "s", "how many characters stand before the first such character", "| n <- 0 | do: [|:c| c = $1 ifTrue: [^ n]. n: n + 1]. n", lambda s, c: len(s.split(c)[0]), [("hello", "l"), ("abc", "a"), ("abc", "z"), ("a=b", "="), ("key:v", ":"), ("", "x")])
t(S, "combinedSizeWith:", "s", "how many characters we have together", "size + $1 size", lambda s, u: len(s) + len(u), [("ab", "c"), ("", ""), ("hello", "you"), ("x", ""), ("abc", "def"), ("1234", "5")])
t(S, "firstHalfReversed", "", "the first half of me, read backwards", "| r <- '' | (copyFrom: 0 UpTo: size / 2) do: [|:c| r: c, r]. r", lambda s: s[:len(s) // 2][::-1], ["abcd", "ab", "hello!", "x", "", "123456"])
t(S, "isSingleWord", "", "am I not empty and without a blank", "isEmpty not && [(includes: ' ') not]", lambda s: s != "" and " " not in s, ["ab", "a b", "", "hello", " ", "one two"])
t(S, "octalValue", "", "the number I denote in base eight", "| n <- 0 | do: [|:c| n: (n * 8) + c asInteger]. n", lambda s: int(s, 8), ["10", "7", "0", "17", "777", "123"])
t(S, "tailRepeated:", "i", "my last character so many times", "| r <- '' | 1 to: $1 Do: [r: r, last]. r", lambda s, n: s[-1] * n, [("ab", 3), ("x", 0), ("hey", 2), ("wow", 5), ("12", 1), ("abc", 4)])

# vectors and lists
LI = [[3, -1, 4, 1, 5], [2, 8, 6], [7], [-2, -9, 0, 10, 12], [1, 1, 2, 30], [10, 20]]
t(V, "countMultiplesOfSeven", "", "how many elements are divisible by seven", "| n <- 0 | do: [|:e| (e % 7) = 0 ifTrue: [n: n + 1]]. n", lambda v: sum(e % 7 == 0 for e in v), [[7, 1, 14], [1, 2], [0], [21, 28, 3, 49], [], [6, 7]])
t(V, "sumOfTwoDigitNumbers", "", "sum of the elements from ten to ninety nine", "| s <- 0 | do: [|:e| (e >= 10) && [e <= 99] ifTrue: [s: s + e]]. s", lambda v: sum(e for e in v if 10 <= e <= 99), [[7, 10, 14], [1, 2], [99, 100], [21, 280, 3, 49], [], [60, 7]])
t(V, "productOfOdds", "", "product of the odd elements", "| p <- 1 | do: [|:e| (e % 2) = 1 ifTrue: [p: p * e]]. p", lambda v: math.prod(e for e in v if e % 2 == 1), [[3, 2, 5], [2], [7, 7], [1, 2, 3, 4, 5], [], [9, 10]])
t(V, "multiplesOfFourOnly", "", "the elements divisible by four", "filterBy: [|:e| (e % 4) = 0]", lambda v: [e for e in v if e % 4 == 0], [[4, 2, 8], [3, 4], [12, 16, 1], [40, 41, 42, 44], [8, 8], [1, 100]])
t(V, "allBelowFifty", "", "are all elements less than fifty", "do: [|:e| e < 50 ifFalse: [^ false]]. true", lambda v: all(e < 50 for e in v), [[4, 2, 8], [3, 50], [], [49], [12, 16, 100], [1, -100]])
t(V, "anyAboveThousand", "", "is any element greater than thousand", "do: [|:e| e > 1000 ifTrue: [^ true]]. false", lambda v: any(e > 1000 for e in v), [[4, 2000], [3, 50], [], [1000], [12, 1001, 100], [1, -1000]])
t(V, "sumOfHalves", "", "sum of the halves of my elements", "| s <- 0 | do: [|:e| s: s + (e / 2)]. s", lambda v: sum(e // 2 for e in v), [[4, 2], [10], [], [6, 8, 20], [100, 2], [0]])
t(V, "sumWithoutFirst", "", "sum of all elements but the first", "| s <- 0 | 1 to: size - 1 Do: [|:i| s: s + (at: i)]. s", lambda v: sum(v[1:]), LI)
t(V, "sumWithoutMax", "", "sum of all elements less the largest", "| s <- 0. m | m: first. do: [|:e| s: s + e. m: (m max: e)]. s - m", lambda v: sum(v) - max(v), LI)
t(V, "largestTimesSmallest", "", "the largest element times the smallest", "| a. b | a: first. b: first. do: [|:e| a: (a max: e). b: (b min: e)]. a * b", lambda v: max(v) * min(v), LI)
t(V, "firstPlusMiddle", "", "the first element and the middle one added", "first + (at: size / 2)", lambda v: v[0] + v[len(v) // 2], LI)
t(V, "secondLargest", "", "the element before the last in sorted order", "asVector copySorted at: size - 2", lambda v: sorted(v)[-2], [[3, 1, 2], [5, 9], [1, 2, 3, 4], [10, -5, 7], [0, 8], [6, 6, 1]])
t(V, "countGreaterThanFirst", "", "how many elements are greater than the first", "| n <- 0 | do: [|:e| e > first ifTrue: [n: n + 1]]. n", lambda v: sum(e > v[0] for e in v), LI)
t(V, "countEqualNeighbours", "", "how often an element equals the one before", "| n <- 0 | 1 to: size - 1 Do: [|:i| (at: i) = (at: i - 1) ifTrue: [n: n + 1]]. n", lambda v: sum(a == b for a, b in zip(v, v[1:])), [[1, 1, 2], [3], [5, 5, 5], [1, 2, 1], [7, 7, 8, 8], [0, 0]])
t(V, "sumOfOddPlaces", "", "sum of the elements at odd places", "| s <- 0 | do: [|:e. :i| (i % 2) = 1 ifTrue: [s: s + e]]. s", lambda v: sum(v[1::2]), LI)
t(V, "indexOfLastNegative", "", "place of the last negative element, or minus one", "| r <- -1 | do: [|:e. :i| e < 0 ifTrue: [r: i]]. r", lambda v: max([i for i, e in enumerate(v) if e < 0] or [-1]), LI)
t(V, "timesIndexSum:", "i", "sum of the elements at places that are multiples of the argument", "| s <- 0 | 0 to: size - 1 By: $1 Do: [|:i| s: s + (at: i)]. s", lambda v, k: sum(v[::k]), [([1, 2, 3, 4], 2), ([5], 3), ([1, 1, 1, 1, 1, 1], 3), ([9, 8, 7], 1), ([4, 5], 2), ([1, 2, 3, 4, 5], 4)])
t(V, "elementsLargerThanMeanOf:", "c", "a list of my elements that are greater than the mean of the other", "| r | r: list copyRemoveAll. do: [|:e| e > $1 mean ifTrue: [r add: e]]. r", lambda v, o: [e for e in v if e * len(o) > sum(o)], [([1, 5, 3], [2, 4]), ([1], [5]), ([9, 8], [1, 3]), ([2, 4, 6], [4]), ([10], [2, 2]), ([0, 7], [6, 6])], "list")
t(V, "sumOfProductsWithNext", "", "sum of the products of neighbours", "| s <- 0 | 1 to: size - 1 Do: [|:i| s: s + ((at: i) * (at: i - 1))]. s", lambda v: sum(a * b for a, b in zip(v, v[1:])), LI)
t(L, "sumOfNegatives", "", "sum of the elements less than zero", "| s <- 0 | do: [|:e| e < 0 ifTrue: [s: s + e]]. s", lambda v: sum(e for e in v if e < 0), LI)
t(L, "withoutZeros", "", "a list without the elements that are zero", "| r | r: list copyRemoveAll. do: [|:e| e = 0 ifFalse: [r add: e]]. r", lambda v: [e for e in v if e], [[1, 0, 2], [], [0, 0], [5], [0, 7, 0, 8], [3, 4]], "list")
t(L, "eachLessFirst", "", "a list of all elements less the first", "| r | r: list copyRemoveAll. do: [|:e| r add: e - first]. r", lambda v: [e - v[0] for e in v], LI, "list")
t(L, "totalOfSquaredOdds", "", "sum of the squares of the odd elements", "| s <- 0 | do: [|:e| (e % 2) != 0 ifTrue: [s: s + (e * e)]]. s", lambda v: sum(e * e for e in v if e % 2), LI)
t(L, "dashText", "", "the texts of my elements with dashes between", "| s <- '' | do: [|:e| s isEmpty ifFalse: [s: s, '-']. s: s, e printString]. s", lambda v: "-".join(map(str, v)), [[1, 2], [3], [4, 5, 6], [10, 20], [0, 0, 0], [7, 8]])
t(L, "stringsShorterThan:", "i", "a list of my strings with fewer characters than the argument", "| r | r: list copyRemoveAll. do: [|:e| e size < $1 ifTrue: [r add: e]]. r", lambda v, n: [e for e in v if len(e) < n], [(["a", "bbb"], 2), (["xy"], 2), (["", "q"], 5), (["one", "three", "two"], 4), (["abc"], 3), (["k", "kk"], 1)], "list")
t(L, "lastLetters", "", "the last characters of my strings in one string", "| s <- '' | do: [|:e| s: s, e last]. s", lambda v: "".join(e[-1] for e in v), [["ab", "cd"], ["x"], ["one", "two", "three"], ["hello", "you"], ["a", "b"], ["12", "34"]])
t(L, "addTwice:", "x", "put the argument at the end two times", "addLast: $1. addLast: $1. self", lambda v, n: v + [n, n], [([1], 2), ([], 5), ([3, 4], 0), ([9], 9), ([2, 2], 1), ([6], 7)])
t(L, "countLongStrings", "", "how many of my strings have more than five characters", "| n <- 0 | do: [|:e| e size > 5 ifTrue: [n: n + 1]]. n", lambda v: sum(len(e) > 5 for e in v), [["abcdef", "x"], ["hello"], ["elephant", "giraffe"], ["a"], ["banana", "kiwi", "cherry"], ["12345"]])

# dictionaries, sets, booleans, points
D = "dictionary"
t(D, "numberOfZeroValues", "", "how many values are zero", "| n <- 0 | do: [|:v| v = 0 ifTrue: [n: n + 1]]. n", lambda d: list(d.values()).count(0), [{"a": 0, "b": 1}, {"x": 2}, {"p": 0, "q": 0}, {"a": 5, "b": 0, "c": 0}, {"z": 0}, {"m": 1, "n": 2}])
t(D, "sumOfSquaredValues", "", "sum of the squares of my values", "| s <- 0 | do: [|:v| s: s + (v * v)]. s", lambda d: sum(v * v for v in d.values()), [{"a": 1, "b": 2}, {"x": 3}, {"p": 0, "q": 4}, {"a": 5, "b": -1}, {"z": 7}, {"m": 1, "n": 1}])
t(D, "double:", "x", "the value at a key becomes twice as much; answers it", "at: $1 Put: (at: $1) * 2. at: $1", lambda d, k: d[k] * 2, [({"a": 1}, "a"), ({"x": 5, "y": 2}, "y"), ({"k": 0}, "k"), ({"a": 7, "b": 3}, "a"), ({"q": -4}, "q"), ({"n": 10}, "n")])
t("set", "countGreaterThanTen", "", "how many elements are greater than ten", "| n <- 0 | do: [|:e| e > 10 ifTrue: [n: n + 1]]. n", lambda v: sum(e > 10 for e in v), [{1, 20, 30}, {5}, {11}, {10, 12}, {100, 200, 3}, {9, 8}])
t("boolean", "asPlusMinus", "", "plus one for true, minus one for false", "self ifTrue: [1] False: [-1]", lambda b: 1 if b else -1, [True, False, True, False])
t("boolean", "passFail", "", "pass or fail as text", "self ifTrue: ['pass'] False: ['fail']", lambda b: "pass" if b else "fail", [True, False, True, False])
t("boolean", "isFollowedBy:", "b", "am I false and the argument true", "self ifTrue: [false] False: [$1]", lambda a, b: (not a) and b, [(True, False), (False, True), (True, True), (False, False)])
P = [(3, 4), (0, 0), (-2, 5), (7, 7), (1, 10), (6, -2)]
t("point", "xMinusY", "", "x less y", "x - y", lambda p: p[0] - p[1], P)
t("point", "halvedDistance", "", "half of x and y, added", "(x + y) / 2", lambda p: int((p[0] + p[1]) / 2), [(3, 5), (0, 0), (2, 8), (7, 7), (1, 11), (6, 2)])
t("point", "tripled", "", "three times as far out", "(x * 3) @ (y * 3)", lambda p: (p[0] * 3, p[1] * 3), P)
t("point", "movedDiagonallyBy:", "i", "so much more x and so much more y", "(x + $1) @ (y + $1)", lambda p, n: (p[0] + n, p[1] + n), [((1, 2), 3), ((0, 0), 5), ((-1, 4), 1), ((7, 7), 0), ((2, 9), 10), ((3, 3), -3)])

# domain objects
PARKING = [("spaces", "i", 40), ("cars", "i", 25)]
w("parkingLot", PARKING, "freeSpaces", "", "spaces without cars", "spaces - cars", [("", [], "", 15), ("cars: 40", [], "", 0), ("spaces: 100", [], "", 75), ("cars: 7", [], "", 33)])
w("parkingLot", PARKING, "arrive", "", "one more car", "cars: cars + 1", [("", [], "cars", 26), ("cars: 0", [], "cars", 1), ("cars: 9", [], "cars", 10), ("cars: 9", [], "spaces", 40)])
w("parkingLot", PARKING, "leaveAll", "", "no more cars", "cars: 0", [("", [], "cars", 0), ("cars: 3", [], "spaces", 40), ("cars: 9", [], "cars", 0), ("spaces: 1", [], "spaces", 1)])
PUMP = [("litres", "i", 12), ("pricePerLitre", "i", 2)]
w("pump", PUMP, "toPay", "", "litres times price", "litres * pricePerLitre", [("", [], "", 24), ("litres: 5", [], "", 10), ("pricePerLitre: 3", [], "", 36), ("litres: 0", [], "", 0)])
w("pump", PUMP, "pumpMore:", "i", "so many litres more", "litres: litres + $1", [("", ["5"], "litres", 17), ("litres: 1", ["2"], "litres", 3), ("", ["30"], "litres", 42), ("", ["3"], "pricePerLitre", 2)])
CANDIDATE = [("name", "s", "mia"), ("votes", "i", 10)]
w("candidate", CANDIDATE, "countVote", "", "one vote more", "votes: votes + 1", [("", [], "votes", 11), ("votes: 0", [], "votes", 1), ("votes: 99", [], "votes", 100), ("", [], "name", "mia")])
w("candidate", CANDIDATE, "hasMajorityOf:", "i", "do I have more than half of so many votes", "(votes * 2) > $1", [("", ["19"], "", True), ("", ["20"], "", False), ("", ["5"], "", True), ("votes: 3", ["6"], "", False), ("votes: 4", ["7"], "", True)])
w("candidate", CANDIDATE, "poster", "", "vote for and the name", "'vote for ', name", [("", [], "", "vote for mia"), ("name: 'tom'", [], "", "vote for tom"), ("name: 'x'", [], "", "vote for x"), ("name: 'eva'", [], "size", 12)])
SHELF = [("jars", "l", [3, 1, 2]), ("width", "i", 9)]
w("shelf", SHELF, "jarTotal", "", "sum of the jars", "| s <- 0 | jars do: [|:e| s: s + e]. s", [("", [], "", 6), ("jars: (list copyRemoveAll add: 5)", [], "", 5), ("jars: list copyRemoveAll", [], "", 0), ("jars: ((list copyRemoveAll add: 5) add: 7)", [], "", 12)])
w("shelf", SHELF, "placeJar:", "x", "the argument joins the jars", "jars add: $1. self", [("", ["7"], "jars size", 4), ("", ["5"], "jars last", 5), ("jars: list copyRemoveAll", ["1"], "jars first", 1), ("", ["1"], "width", 9)])
w("shelf", SHELF, "isCrowded", "", "are there more jars than the width", "jars size > width", [("", [], "", False), ("width: 2", [], "", True), ("width: 3", [], "", False), ("width: 0", [], "", True)])
KETTLE = [("boiling", "b", False), ("water", "i", 5)]
w("kettle", KETTLE, "startBoiling", "", "boiling becomes true", "boiling: true", [("", [], "boiling", True), ("", [], "water", 5), ("boiling: true", [], "boiling", True), ("water: 1", [], "boiling", True)])
w("kettle", KETTLE, "pourCup", "", "one less water, but never below zero", "water: ((water - 1) max: 0)", [("", [], "water", 4), ("water: 0", [], "water", 0), ("water: 1", [], "water", 0), ("water: 9", [], "water", 8)])
RACER = [("lap", "i", 3), ("laps", "i", 10), ("driver", "s", "nico")]
w("racer", RACER, "lapsToGo", "", "laps that are left", "laps - lap", [("", [], "", 7), ("lap: 10", [], "", 0), ("laps: 50", [], "", 47), ("lap: 1", [], "", 9)])
w("racer", RACER, "statusLine", "", "driver, colon and lap", "driver, ': ', lap printString", [("", [], "", "nico: 3"), ("lap: 9", [], "", "nico: 9"), ("driver: 'lu'", [], "", "lu: 3"), ("lap: 12", [], "size", 8)])
w("racer", RACER, "finishLap", "", "the next lap, unless it was the last", "lap < laps ifTrue: [lap: lap + 1]. self", [("", [], "lap", 4), ("lap: 10", [], "lap", 10), ("lap: 9", [], "lap", 10), ("lap: 0", [], "laps", 10)])


def core_prime(n):
    return n > 1 and all(n % d for d in range(2, n))


def body_of(task):
    if task[0] == "plain":
        _, kind, sel, args, com, body, *_ = task
    else:
        _, name, slots, sel, args, com, body, _ = task
    return sel, args, body


def bodies(sel, args, body):
    """The body under every choice of argument names."""
    out = [body]
    for i, k in enumerate(args):
        out = [b.replace("$%d" % (i + 1), n) for b in out for n in set(core.NAMES[k])]
    return {core.wrap(b) for b in out}


SELECTORS = {body_of(task)[0] for task in TASKS}
BODIES = set().union(*(bodies(*body_of(task)) for task in TASKS))


def write():
    first = {"i": "n", "f": "x", "s": "s", "c": "c", "b": "b", "k": "blk", "x": "x", "p": "p"}
    for number, task in enumerate(TASKS):
        sel, args, body = body_of(task)
        names, parts = [first[k] for k in args], re.findall(r"\w+:", sel)
        sig = " ".join("%s %s" % p for p in zip(parts, names)) if args else sel
        if task[0] == "plain":
            _, kind, _, _, com, _, ref, cases, out = task
            pairs = []
            for case in cases:
                case = case if args else (case,)
                texts = [core.value(a, kind) if i == 0 else core.lit(a, kind) for i, a in enumerate(case)]
                pairs.append([core.call(sel, texts[0], texts[1:]), core.value(ref(*case), out or kind)])
            receiver, where, setup = pairs[0][0].rsplit(" " + (parts[0] if parts else sel), 1)[0], core.WHERE[kind], None
        else:
            import family_objects as fo
            _, name, slots, _, _, com, _, cases = task
            receiver, where, setup = fo.fresh(name, slots), name, fo.setup(name, slots)
            pairs = []
            for change, given, show, want in cases:
                subject = "(%s %s)" % (receiver, change) if change else receiver
                text = subject + ("".join(" %s %s" % p for p in zip(parts, given)) if args else " " + sel)
                pairs.append(["(%s) %s" % (text, show) if show else text, core.lit(want, "list")])
        half = (len(pairs) + 1) // 2
        entry = {"id": "dev-%03d" % (number + 1), "receiver": receiver, "where": where, "selector": sig}
        if number % 4 != 3:
            entry["comment"] = com
        if setup:
            entry["setup"] = setup
        entry["examples"], entry["hidden"] = pairs[:half], pairs[half:]
        if "--solutions" in sys.argv:
            entry["body"] = core.wrap(core.fill(body, names))
        print(json.dumps(entry, ensure_ascii=False))


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    write()
