# Arithmetic
def polynomial(n: int) -> int:
    return 3 * n ** 2 - 2 * n + 1
assert polynomial(4) == 41
assert polynomial(-1) == 6

# Division gives a float
def halved(n: int) -> float:
    return n / 2
assert halved(7) == 3.5
assert halved(-3) == -1.5

# Division rounded down, and its remainder
def divided(n: int, m: int) -> list:
    return [n // m, n % m]
assert divided(7, 2) == [3, 1]
assert divided(-7, 2) == [-4, 1]
assert divided(7, -2) == [-4, -1]

# Division of floats rounded down
def float_divided(x: float, y: float) -> list:
    return [x // y, x % y]
assert float_divided(7.5, 2.0) == [3.0, 1.5]
assert float_divided(-7.5, 2.0) == [-4.0, 0.5]

# Division of what is never negative
def digit_total(n: int) -> int:
    total = 0
    for digit in range(n):
        total += digit // 2 + digit % 3
    return total
assert digit_total(7) == 9 + 6

# Powers
def powers(n: int) -> list:
    return [n ** 0, n ** 3, 2 ** n, pow(n, 2), pow(n, 3, 5)]
assert powers(3) == [1, 27, 8, 9, 2]

# Roots by powers
def root_power(n: int) -> float:
    return n ** 0.5
assert root_power(9) == 3.0

# Bits
def bits(n: int) -> list:
    return [n & 6, n | 8, n ^ 3, n << 2, n >> 1, ~n]
assert bits(5) == [4, 13, 6, 20, 2, -6]

# Rounding, halves to the even side
def rounded(x: float) -> list:
    return [round(x), round(x, 2), int(x), abs(x)]
assert rounded(2.5) == [2, 2.5, 2, 2.5]
assert rounded(3.5) == [4, 3.5, 3, 3.5]
assert rounded(-1.256) == [-1, -1.26, -1, 1.256]

# Floor, ceiling, square roots
def math_parts(x: float) -> list:
    return [math.floor(x), math.ceil(x), math.sqrt(x * x)]
assert math_parts(2.5) == [2, 3, 2.5]
assert math_parts(-2.5) == [-3, -2, 2.5]

# Greatest common divisors, factorials
def divisors(n: int) -> list:
    return [math.gcd(n, 12), math.factorial(n), divmod(n, 4)]
assert divisors(6) == [6, 720, [1, 2]] or divisors(6) == [6, 720, (1, 2)]

# The least and the greatest of several
def bounded(n: int, low: int, high: int) -> int:
    return max(low, min(n, high))
assert bounded(15, 0, 10) == 10
assert bounded(-5, 0, 10) == 0

# Truth values as numbers
def true_count(n: int) -> int:
    return (n > 3) + (n > 5) + sum([n > 7, n > 9])
assert true_count(6) == 2
assert true_count(10) == 4

# Numbers as texts
def written(n: int) -> str:
    return str(n) + bin(n) + hex(n)
assert written(10) == '100b10100xa'
assert written(-10) == '-10-0b1010-0xa'

# Texts as numbers
def parsed(text: str) -> int:
    return int(text) + int(text, 2)
assert parsed('101') == 106
assert parsed(' 11 ') == 14

# Conditional expression
def parity(n: int) -> str:
    return 'even' if n % 2 == 0 else 'odd'
assert parity(4) == 'even'
assert parity(-3) == 'odd'

# Chained comparison
def is_between(n: int, low: int, high: int) -> bool:
    return low <= n < high
assert is_between(5, 5, 9) == True
assert is_between(9, 5, 9) == False

# Choice in steps
def grade(n: int) -> str:
    if n >= 90:
        return 'A'
    elif n >= 80:
        return 'B'
    else:
        return 'C'
assert grade(95) == 'A'
assert grade(85) == 'B'
assert grade(5) == 'C'

# Early return
def first_factor(n: int) -> int:
    for i in range(2, n):
        if n % i == 0:
            return i
    return n
assert first_factor(15) == 3
assert first_factor(7) == 7

# And, or, not
def is_leap(n: int) -> bool:
    return n % 4 == 0 and (n % 100 != 0 or n % 400 == 0) and not n == 0
assert is_leap(2000) == True
assert is_leap(1900) == False
assert is_leap(0) == False

# Operands of `or` as values
def name_or(text: str) -> str:
    return text or 'nobody'
assert name_or('') == 'nobody'
assert name_or('me') == 'me'

# Truth of collections
def state(items: list) -> str:
    if not items:
        return 'empty'
    if items and len(items) > 2:
        return 'full'
    return 'some'
assert state([]) == 'empty'
assert state([1]) == 'some'
assert state([1, 2, 3]) == 'full'

# None
def or_zero(items: list[int]) -> int:
    best = None
    for x in items:
        if best is None or x > best:
            best = x
    return 0 if best is None else best
assert or_zero([]) == 0
assert or_zero([3, 9, 2]) == 9

# While
def halvings(n: int) -> int:
    count = 0
    while n > 1:
        n //= 2
        count += 1
    return count
assert halvings(17) == 4
assert halvings(0) == 0

# Loop without end, left by break
def next_square(n: int) -> int:
    k = 0
    while True:
        k += 1
        if k * k > n:
            break
    return k * k
assert next_square(10) == 16

# Break and continue
def picked(numbers: list[int]) -> list[int]:
    result = []
    for x in numbers:
        if x < 0:
            continue
        if x > 100:
            break
        result.append(x)
    return result
assert picked([1, -2, 3, 101, 4]) == [1, 3]
assert picked([]) == []

# For with else
def has_no_factor(n: int) -> bool:
    for i in range(2, n):
        if n % i == 0:
            found = True
            break
    else:
        found = False
    return not found
assert has_no_factor(7) == True
assert has_no_factor(9) == False

# Nested loops, each with its own ways out
def pairs_below(n: int) -> int:
    count = 0
    for i in range(n):
        for j in range(n):
            if j > i:
                break
            if (i + j) % 2 == 0:
                continue
            count += 1
    return count
assert pairs_below(5) == 6

# Ranges
def ranges(n: int) -> list:
    return [list(range(n)), list(range(2, n)), list(range(n, 0, -2)), list(range(0, n, 3))]
assert ranges(5) == [[0, 1, 2, 3, 4], [2, 3, 4], [5, 3, 1], [0, 3]]

# Counting down
def countdown(n: int) -> list:
    out = []
    for i in range(n, -1, -1):
        out.append(i)
    return out
assert countdown(3) == [3, 2, 1, 0]

# A loop variable that lives on
def last_multiple(n: int) -> int:
    for i in range(1, n + 1):
        if i % 7 == 0:
            break
    return i
assert last_multiple(20) == 7
assert last_multiple(5) == 5

# Arguments that are changed
def collatz(n: int) -> int:
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
assert collatz(6) == 8
assert collatz(1) == 0

# Exchange
def fibonacci_number(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
assert fibonacci_number(10) == 55
assert fibonacci_number(0) == 0

# Parts of tuples
def spread(numbers: list[int]) -> int:
    low, high = min(numbers), max(numbers)
    (a, b) = (high, low)
    return a - b
assert spread([3, 9, 4]) == 6

# Recursion
def power_of(n: int, k: int) -> int:
    if k == 0:
        return 1
    return n * power_of(n, k - 1)
assert power_of(3, 4) == 81

# A function inside
def squares_total(numbers: list[int]) -> int:
    def square(x):
        return x * x
    total = 0
    for n in numbers:
        total += square(n)
    return total
assert squares_total([1, 2, 3]) == 14

# A function inside that calls itself and returns early
def climb(n: int) -> int:
    def ways(k):
        if k < 2:
            return 1
        for i in range(k):
            if i > 100:
                return 0
        return ways(k - 1) + ways(k - 2)
    return ways(n)
assert climb(5) == 8

# A function inside that changes what is around it
def count_odd(numbers: list[int]) -> int:
    seen = 0
    def look(x):
        nonlocal seen
        if x % 2 == 1:
            seen += 1
    for n in numbers:
        look(n)
    return seen
assert count_odd([1, 2, 3, 5]) == 3

# Lambda
def applied(n: int) -> int:
    double = lambda x: x * 2
    return double(n) + 1
assert applied(4) == 9

# List comprehension
def even_squares(numbers: list[int]) -> list[int]:
    return [x * x for x in numbers if x % 2 == 0]
assert even_squares([1, 2, 3, 4]) == [4, 16]

# Nested comprehension
def products(n: int) -> list[int]:
    return [i * j for i in range(1, n) for j in range(i, n) if i != j]
assert products(4) == [2, 3, 6]

# Dictionary comprehension
def lengths(words: list[str]) -> dict[str, int]:
    return {w: len(w) for w in words if w}
assert lengths(['bee', '', 'a']) == {'bee': 3, 'a': 1}

# Set comprehension
def distinct_lengths(words: list[str]) -> int:
    return len({len(w) for w in words})
assert distinct_lengths(['a', 'b', 'cc']) == 2

# Sum and count over a generator
def totals(numbers: list[int]) -> list[int]:
    return [sum(numbers), sum(x * x for x in numbers), sum(1 for x in numbers if x > 2)]
assert totals([1, 2, 3, 4]) == [10, 30, 2]

# All and any
def checks(numbers: list[int]) -> list:
    return [all(x > 0 for x in numbers), any(x > 8 for x in numbers), all(numbers), any(x % 2 == 0 for x in numbers if x > 1)]
assert checks([1, 2, 3]) == [True, False, True, True]
assert checks([]) == [True, False, True, False]

# Elements and negative indices
def ends(items: list[int]) -> list:
    return [items[0], items[-1], items[len(items) // 2], items[-2]]
assert ends([1, 2, 3, 4]) == [1, 4, 3, 3]

# Slices
def parts(items: list[int], n: int) -> list:
    return [items[:2], items[2:], items[-2:], items[:-1], items[1:3], items[n:], items[:n], items[:]]
assert parts([1, 2, 3, 4], 1) == [[1, 2], [3, 4], [3, 4], [1, 2, 3], [2, 3], [2, 3, 4], [1], [1, 2, 3, 4]]
assert parts([1], -3) == [[1], [], [1], [], [], [1], [], [1]]

# Slices with steps
def stepped(items: list[int]) -> list:
    return [items[::2], items[1::2], items[::-1], items[4:0:-2], items[:-3:-1]]
assert stepped([0, 1, 2, 3, 4]) == [[0, 2, 4], [1, 3], [4, 3, 2, 1, 0], [4, 2], [4, 3]]
assert stepped([]) == [[], [], [], [], []]

# Slices of strings
def string_parts(text: str) -> list:
    return [text[:3], text[-2:], text[1:-1], text[::-1], text[::2], text[5:]]
assert string_parts('abcde') == ['abc', 'de', 'bcd', 'edcba', 'ace', '']
assert string_parts('') == ['', '', '', '', '', '']

# Changing a list
def changed(n: int) -> list[int]:
    out = [3, 1, 2]
    out.append(n)
    out.extend([8, 9])
    out.insert(0, 7)
    out[1] = 5
    out[-1] += 1
    last = out.pop()
    out.remove(1)
    out.sort()
    return out + [last]
assert changed(4) == [2, 4, 5, 7, 8, 10]

# Lists joined and repeated
def joined_lists(items: list[int]) -> list[int]:
    row = [0] * 3
    row += items
    return row + items * 2
assert joined_lists([1, 2]) == [0, 0, 0, 1, 2, 1, 2, 1, 2]

# Membership
def found(items: list[int], n: int) -> list:
    return [n in items, n not in items, items.count(n), 'b' in 'abc']
assert found([1, 2, 2], 2) == [True, False, 2, True]

# Sorting
def orders(words: list[str]) -> list:
    return [sorted(words), sorted(words, reverse=True), sorted(words, key=len), sorted(words, key=lambda w: w[-1])]
assert orders(['bb', 'a', 'cca']) == [['a', 'bb', 'cca'], ['cca', 'bb', 'a'], ['a', 'bb', 'cca'], ['a', 'cca', 'bb']]

# The greatest by a key
def longest_word(words: list[str]) -> str:
    return max(words, key=len)
assert longest_word(['aa', 'bbb', 'ccc']) == 'bbb'

# Enumerate
def indexed(words: list[str]) -> list[str]:
    out = []
    for i, w in enumerate(words):
        out.append(w * i)
    for i, w in enumerate(words, start=1):
        out.append(str(i) + w)
    return out
assert indexed(['a', 'b']) == ['', 'b', '1a', '2b']

# Zip
def dot(numbers: list[int], others: list[int]) -> int:
    return sum(a * b for a, b in zip(numbers, others))
assert dot([1, 2, 3], [4, 5]) == 14

# Map and filter
def mapped(numbers: list[int]) -> list[str]:
    return list(map(str, filter(lambda x: x > 1, numbers)))
assert mapped([1, 2, 3]) == ['2', '3']

# Reversed
def backwards(items: list[int]) -> list[int]:
    out = []
    for x in reversed(items):
        out.append(x)
    return out
assert backwards([1, 2, 3]) == [3, 2, 1]

# Lists in lists
def transposed(rows: list[list[int]]) -> list[list[int]]:
    return [[row[i] for row in rows] for i in range(len(rows[0]))]
assert transposed([[1, 2], [3, 4]]) == [[1, 3], [2, 4]]

# Dictionaries
def tallied(words: list[str]) -> dict[str, int]:
    counts = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
    return counts
assert tallied(['b', 'a', 'b']) == {'b': 2, 'a': 1}

# Walking over a dictionary
def keys_of(table: dict[str, int], n: int) -> list[str]:
    out = []
    for key, value in table.items():
        if value >= n:
            out.append(key)
    for key in table:
        if key not in out:
            out.append(key.upper())
    return out
assert keys_of({'z': 3, 'a': 1}, 2) == ['z', 'A']

# Keys, values, the greatest key by its value
def winner(table: dict[str, int]) -> list:
    return [max(table, key=table.get), sum(table.values()), sorted(table.keys()), len(table)]
assert winner({'z': 3, 'a': 9}) == ['a', 12, ['a', 'z'], 2]

# Sorting pairs
def by_value(table: dict[str, int]) -> list[str]:
    return [key for key, value in sorted(table.items(), key=lambda item: item[1], reverse=True)]
assert by_value({'a': 1, 'b': 3, 'c': 3}) == ['b', 'c', 'a']

# Counter
def most_common(text: str) -> str:
    counts = Counter(text)
    best = max(counts.values())
    for letter in counts:
        if counts[letter] == best:
            return letter
    return ''
assert most_common('abcb') == 'b'
assert most_common('xyxy') == 'x'

# Sets
def in_both(numbers: list[int], others: list[int]) -> list[int]:
    shared = set(numbers) & set(others)
    seen = set()
    for x in numbers:
        if x in shared and x not in seen:
            seen.add(x)
    return sorted(seen)
assert in_both([3, 1, 3, 2], [2, 3]) == [2, 3]

# Characters of a string
def vowels(text: str) -> int:
    count = 0
    for c in text.lower():
        if c in 'aeiou':
            count += 1
    return count
assert vowels('Banana') == 3

# Strings put together
def shouted(text: str) -> str:
    result = ''
    for c in text:
        result += c.upper() if c.isalpha() else '_'
    return result
assert shouted('a-b') == 'A_B'

# Split and join
def initials(text: str) -> str:
    return ''.join(word[0].upper() for word in text.split())
assert initials('ada king  lovelace') == 'AKL'
assert initials('') == ''

# Searching in strings
def findings(text: str) -> list:
    return [text.find('b'), text.count('a'), text.replace('a', 'o'), text.startswith('ab'), text.endswith('x')]
assert findings('abab') == [1, 2, 'obob', True, False]
assert findings('') == [-1, 0, '', False, False]

# Tests of strings
def tests(text: str) -> list:
    return [text.isdigit(), text.isalpha(), text.isupper(), text.islower(), text.isalnum()]
assert tests('12') == [True, False, False, False, True]
assert tests('Ab') == [False, True, False, False, True]
assert tests('') == [False, False, False, False, False]

# Cases and trimming
def cleaned(text: str) -> list:
    return [text.strip(), text.strip('x'), text.title(), text.capitalize(), text.swapcase()]
assert cleaned(' ab Cd ') == ['ab Cd', ' ab Cd ', ' Ab Cd ', ' ab cd ', ' AB cD ']
assert cleaned('xax') == ['xax', 'a', 'Xax', 'Xax', 'XAX']

# Codes of characters
def shifted(text: str, n: int) -> str:
    return ''.join(chr((ord(c) - ord('a') + n) % 26 + ord('a')) for c in text)
assert shifted('xyz', 3) == 'abc'
assert shifted('abc', -1) == 'zab'

# F-strings
def described(text: str, n: int) -> str:
    return f'{text}: {n} ({n / 2:.2f}, {n:03d})'
assert described('n', 5) == 'n: 5 (2.50, 005)'

# Padding and filling
def padded(n: int) -> str:
    return str(n).zfill(4) + str(n).rjust(3) + str(n).ljust(3, '.') + '|'
assert padded(7) == '0007  77..|'

# Names that mean something here
def taken(numbers: list[int]) -> int:
    list_sum = 0
    size = len(numbers)
    first = numbers[0]
    value = numbers[-1]
    for set in numbers:
        list_sum += set
    return list_sum + size + first + value
assert taken([1, 2, 3]) == 13

# Helper functions beside
def helped(n: int) -> int:
    return twice(n) + 1

def twice(k):
    return k * 2
assert helped(4) == 9
