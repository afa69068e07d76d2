"""Strings: counting, reversing, palindromes, case, words, searching, building, comparing."""
from core import m

S = "string"
W = ["", "a", "hello", "level", "Abc", "banana"]
NE = ["a", "hello", "level", "banana"]
PAIRS = [("hello", "l"), ("banana", "na"), ("abc", "x"), ("aaa", "a")]
VOW = "aeiou"


def cap(s):
    return s[:1].upper() + s[1:]


def basic():
    m(S, "isBlank / hasNoCharacters / isEmptyString", "true if I have no characters", "size = 0", lambda s: s == "", W)
    m(S, "hasCharacters / isNonEmpty", "do I have any character", "size > 0", lambda s: s != "", W)
    m(S, "length / characterCount / numberOfCharacters", "how many characters I have", "size", len, W)
    m(S, "isSingleCharacter / isOneCharacter", "exactly one character", "size = 1", lambda s: len(s) == 1, W)
    m(S, "firstCharacter / initial / head", "my first character", "at: 0", lambda s: s[0], NE)
    m(S, "lastCharacter / final", "my last character", "at: size - 1", lambda s: s[-1], NE)
    m(S, "secondCharacter", "the character after the first", "at: 1", lambda s: s[1], ["hello", "ab"])
    m(S, "middleCharacter", "the character in my middle", "at: size / 2", lambda s: s[len(s) // 2], NE)
    m(S, "reversed / backwards / reverse / mirrored", "my characters in reverse order / read from the end", "| r <- '' | do: [|:c| r: c, r]. r", lambda s: s[::-1], W, keep=4)
    m(S, "reversed / backwards", "the characters from last to first", "| r <- '' | reverseDo: [|:c| r: r, c]. r", lambda s: s[::-1], W, keep=2)
    m(S, "reversed", "reverse by index", "| r <- '' | size - 1 downTo: 0 Do: [|:i| r: r, (at: i)]. r", lambda s: s[::-1], W)
    m(S, "isPalindrome / palindrome / readsSameBackwards / isSymmetric", "am I the same read backwards / palindrome test", "| r <- '' | do: [|:c| r: c, r]. r = self", lambda s: s == s[::-1], W, keep=4)
    m(S, "isPalindrome / palindrome", "compare from both ends", "0 to: (size / 2) - 1 Do: [|:i| (at: i) = (at: (size - 1) - i) ifFalse: [^ false]]. true", lambda s: s == s[::-1], W, keep=2)
    m(S, "vowelCount / countVowels / numberOfVowels", "how many vowels I have / count a, e, i, o, u", "| n <- 0 | do: [|:c| ('aeiou' includes: c) ifTrue: [n: n + 1]]. n", lambda s: sum(c in VOW for c in s), W)
    m(S, "consonantCount / countConsonants", "how many of my characters are no vowels", "| n <- 0 | do: [|:c| ('aeiou' includes: c) ifFalse: [n: n + 1]]. n", lambda s: sum(c not in VOW for c in s), W)
    m(S, "hasVowel / containsVowel", "do I have a vowel", "do: [|:c| ('aeiou' includes: c) ifTrue: [^ true]]. false", lambda s: any(c in VOW for c in s), W + ["xyz"])
    m(S, "startsWithVowel / beginsWithVowel", "is my first character a vowel", "'aeiou' includes: first", lambda s: s[0] in VOW, NE)
    m(S, "endsWithVowel", "is my last character a vowel", "'aeiou' includes: last", lambda s: s[-1] in VOW, NE)
    m(S, "withoutVowels / removeVowels / stripVowels", "me with all vowels left out", "| r <- '' | do: [|:c| ('aeiou' includes: c) ifFalse: [r: r, c]]. r", lambda s: "".join(c for c in s if c not in VOW), W)
    m(S, "onlyVowels / vowels", "my vowels in order", "| r <- '' | do: [|:c| ('aeiou' includes: c) ifTrue: [r: r, c]]. r", lambda s: "".join(c for c in s if c in VOW), W)
    m(S, "withStars / vowelsStarred", "me with a star for each vowel", "| r <- '' | do: [|:c| r: r, (('aeiou' includes: c) ifTrue: ['*'] False: [c])]. r", lambda s: "".join("*" if c in VOW else c for c in s), W)
    m(S, "withoutSpaces / removeSpaces / stripSpaces", "me with the blanks left out", "| r <- '' | do: [|:c| c = ' ' ifFalse: [r: r, c]]. r", lambda s: s.replace(" ", ""), ["a b c", "", "no", " x "])
    m(S, "withDashes / spacesToDashes / hyphenated", "me with a dash for each blank", "| r <- '' | do: [|:c| r: r, (c = ' ' ifTrue: ['-'] False: [c])]. r", lambda s: s.replace(" ", "-"), ["a b c", "", "no"])
    m(S, "withUnderscores", "me with an underscore for each blank", "| r <- '' | do: [|:c| r: r, (c = ' ' ifTrue: ['_'] False: [c])]. r", lambda s: s.replace(" ", "_"), ["a b c", "", "no"])
    m(S, "spaceCount / countSpaces / blanks", "how many blanks I have", "| n <- 0 | do: [|:c| c = ' ' ifTrue: [n: n + 1]]. n", lambda s: s.count(" "), ["a b c", "", "no"])
    m(S, "hasSpace / containsSpace", "is there a blank in me", "includes: ' '", lambda s: " " in s, ["a b", "", "no"])
    m(S, "wordCount / countWords / numberOfWords", "how many words I have, between blanks", "| n <- 1 | do: [|:c| c = ' ' ifTrue: [n: n + 1]]. n", lambda s: s.count(" ") + 1, ["a b c", "one", "two words"])
    m(S, "wordCount / numberOfWords", "how many words I have", "asTokens size", lambda s: len(s.split()), ["a b c", "one", "two words"], keep=2)
    m(S, "firstWord", "my text up to the first blank", "| r <- '' | do: [|:c| c = ' ' ifTrue: [^ r]. r: r, c]. r", lambda s: s.split(" ")[0], ["ab c", "one", "two words"])
    m(S, "lastWord", "my text after the last blank", "asTokens last", lambda s: s.split()[-1], ["ab c", "one", "two words"])
    m(S, "longestWord", "my longest word", "| r <- '' | asTokens do: [|:w| w size > r size ifTrue: [r: w]]. r", lambda s: max(s.split(), key=len), ["ab c", "one", "two words here"])
    m(S, "shortestWord", "my shortest word", "| r | r: asTokens first. asTokens do: [|:w| w size < r size ifTrue: [r: w]]. r", lambda s: min(s.split(), key=len), ["ab c", "one", "few words here"])
    m(S, "initials / acronym", "the first characters of my words", "| r <- '' | asTokens do: [|:w| r: r, w first]. r", lambda s: "".join(w[0] for w in s.split()), ["ab c", "one", "very important person"])
    m(S, "reversedWords / wordsReversed / wordsBackwards", "my words in reverse order", "| r <- '' | asTokens do: [|:w| r: (r isEmpty ifTrue: [w] False: [w, ' ', r])]. r", lambda s: " ".join(reversed(s.split())), ["ab c", "one", "very important person"])
    m(S, "digitCount / countDigits", "how many of my characters are digits", "| n <- 0 | do: [|:c| ('0123456789' includes: c) ifTrue: [n: n + 1]]. n", lambda s: sum(c.isdigit() for c in s), ["a1b2", "", "x", "123"])
    m(S, "digitsOnly / onlyDigits / keepDigits", "my digits in order", "| r <- '' | do: [|:c| c isDigit ifTrue: [r: r, c]]. r", lambda s: "".join(c for c in s if c.isdigit()), ["a1b2", "", "x", "123"])
    m(S, "isNumeric / isAllDigits / hasOnlyDigits", "are all of my characters digits", "do: [|:c| c isDigit ifFalse: [^ false]]. true", lambda s: all(c.isdigit() for c in s), ["a1b2", "7", "123", "x"])
    m(S, "hasDigit / containsDigit / hasNumber", "is one of my characters a digit", "do: [|:c| c isDigit ifTrue: [^ true]]. false", lambda s: any(c.isdigit() for c in s), ["a1b2", "", "123", "x"])
    m(S, "digitSum / sumOfDigits", "sum of my digits", "| s <- 0 | do: [|:c| s: s + c asInteger]. s", lambda s: sum(map(int, s)), ["123", "7", "900"])
    m(S, "isAllLetters / hasOnlyLetters", "are all of my characters letters", "do: [|:c| c isLetter ifFalse: [^ false]]. true", lambda s: all(c.isalpha() for c in s), ["a1b2", "abc", "x y"])
    m(S, "letterCount / countLetters", "how many of my characters are letters", "| n <- 0 | do: [|:c| c isLetter ifTrue: [n: n + 1]]. n", lambda s: sum(c.isalpha() for c in s), ["a1b2", "abc", "x y"])
    m(S, "lettersOnly / onlyLetters", "my letters in order", "| r <- '' | do: [|:c| c isLetter ifTrue: [r: r, c]]. r", lambda s: "".join(c for c in s if c.isalpha()), ["a1b2", "abc", "x y"])
    m(S, "uppercaseCount / countCapitals", "how many capital letters I have", "| n <- 0 | do: [|:c| c isUppercase ifTrue: [n: n + 1]]. n", lambda s: sum(c.isupper() for c in s), ["aBC", "", "x Y"])
    m(S, "lowercaseCount", "how many small letters I have", "| n <- 0 | do: [|:c| c isLowercase ifTrue: [n: n + 1]]. n", lambda s: sum(c.islower() for c in s), ["aBC", "", "x Y"])
    m(S, "isCapitalized / startsWithCapital", "is my first letter a capital", "first isUppercase", lambda s: s[0].isupper(), ["Abc", "abc", "X"])
    m(S, "isLowercase / isAllLowercase", "do I have no capital letters", "do: [|:c| c isUppercase ifTrue: [^ false]]. true", lambda s: s == s.lower(), ["Abc", "abc", ""])
    m(S, "shouted / shout / loud", "in capitals with an exclamation mark", "asUppercase, '!'", lambda s: s.upper() + "!", W)
    m(S, "whispered / quiet", "in small letters with dots", "asLowercase, '...'", lambda s: s.lower() + "...", W)
    m(S, "capitalized / withCapital / capitalizeFirst", "with a capital first letter", "(at: 0) asUppercase, (copyFrom: 1)", cap, NE)
    m(S, "withoutFirst / tail / rest / dropFirst", "me without my first character", "copyFrom: 1", lambda s: s[1:], NE, keep=4)
    m(S, "withoutLast / dropLast / chopped / butLast", "me without my last character", "copyFrom: 0 UpTo: size - 1", lambda s: s[:-1], NE, keep=4)
    m(S, "withoutEnds / inner / trimmedEnds", "me without first and last character", "copyFrom: 1 UpTo: size - 1", lambda s: s[1:-1], ["hello", "abc", "ab"])
    m(S, "firstHalf / leftHalf", "the first half of me", "copyFrom: 0 UpTo: size / 2", lambda s: s[:len(s) // 2], W)
    m(S, "secondHalf / rightHalf", "the second half of me", "copyFrom: size / 2", lambda s: s[len(s) // 2:], NE)
    m(S, "swappedHalves", "second half, then first half", "(copyFrom: size / 2), (copyFrom: 0 UpTo: size / 2)", lambda s: s[len(s) // 2:] + s[:len(s) // 2], NE)
    m(S, "rotatedLeft / rotated", "with the first character at the end", "(copyFrom: 1), first", lambda s: s[1:] + s[0], NE)
    m(S, "rotatedRight", "with the last character in front", "last, (copyFrom: 0 UpTo: size - 1)", lambda s: s[-1] + s[:-1], NE)
    m(S, "doubled / twice / repeated", "me two times", "self, self", lambda s: s * 2, W)
    m(S, "tripled / thrice", "me three times", "self, self, self", lambda s: s * 3, W)
    m(S, "doubledCharacters / stuttered", "each character twice", "| r <- '' | do: [|:c| r: r, c, c]. r", lambda s: "".join(c * 2 for c in s), W)
    m(S, "spaced / spacedOut / withSpaces", "a blank after each character", "| r <- '' | do: [|:c| r: r, c, ' ']. r", lambda s: "".join(c + " " for c in s), W)
    m(S, "everySecond / evenCharacters", "every second character beginning with the first", "| r <- '' | 0 to: size - 1 By: 2 Do: [|:i| r: r, (at: i)]. r", lambda s: s[::2], W)
    m(S, "withoutRepeats / uniqueCharacters / distinctCharacters / noDuplicates", "each character only once", "| r <- '' | do: [|:c| (r includes: c) ifFalse: [r: r, c]]. r", lambda s: "".join(dict.fromkeys(s)), W, keep=4)
    m(S, "distinctCount / numberOfDistinctCharacters", "how many different characters I have", "| r <- '' | do: [|:c| (r includes: c) ifFalse: [r: r, c]]. r size", lambda s: len(set(s)), W)
    m(S, "hasDuplicates / hasRepeats", "is some character in me twice", "| r <- '' | do: [|:c| (r includes: c) ifTrue: [^ true]. r: r, c]. false", lambda s: len(set(s)) < len(s), W)
    m(S, "squeezed / withoutDoubles", "with runs of the same character made one", "| r <- '' | do: [|:c| r isEmpty || [r last != c] ifTrue: [r: r, c]]. r", lambda s: "".join(c for i, c in enumerate(s) if i == 0 or s[i - 1] != c), ["aabbc", "hello", "", "aaa"])
    m(S, "asWordList / wordsList", "a list of my words", "asTokens asList", lambda s: s.split(), ["a b c", "one"], out="list")
    m(S, "asCharacterList / letters / listOfCharacters", "a list of my characters", "| r | r: list copyRemoveAll. do: [|:c| r add: c]. r", list, ["abc", "x", ""], out="list")
    m(S, "quoted / inQuotes", "with double quotes around me", "'\"', self, '\"'", lambda s: '"%s"' % s, W)
    m(S, "inParentheses / parenthesized", "with parentheses around me", "'(', self, ')'", lambda s: "(%s)" % s, W)
    m(S, "inBrackets / bracketed", "with square brackets around me", "'[', self, ']'", lambda s: "[%s]" % s, W)
    m(S, "inStars / emphasized", "with stars around me", "'*', self, '*'", lambda s: "*%s*" % s, W)
    m(S, "asQuestion / questioned", "with a question mark", "self, '?'", lambda s: s + "?", W)
    m(S, "exclaimed / asExclamation", "with an exclamation mark", "self, '!'", lambda s: s + "!", W)
    m(S, "asSentence / withFullStop", "with a full stop at the end", "self, '.'", lambda s: s + ".", W)
    m(S, "isQuestion", "is my last character a question mark", "last = '?'", lambda s: s[-1] == "?", ["why?", "so.", "?"])
    m(S, "isExclamation", "is my last character an exclamation mark", "last = '!'", lambda s: s[-1] == "!", ["why!", "so.", "!"])
    m(S, "greeting / asGreeting", "hello and me", "'hello ', self", lambda s: "hello " + s, W)
    m(S, "farewell", "goodbye and me", "'goodbye ', self", lambda s: "goodbye " + s, W)
    m(S, "plural / pluralized", "me with an s", "self, 's'", lambda s: s + "s", W)
    m(S, "asInt / toNumber / numberValue", "the number I denote", "asInteger", int, ["12", "7", "0"])
    m(S, "doubleValue / twiceAsNumber", "two times the number I denote", "asInteger * 2", lambda s: int(s) * 2, ["12", "7", "0"])
    m(S, "binaryValue / fromBinary / asIntegerFromBinary", "the number I denote in base two", "| n <- 0 | do: [|:c| n: (n * 2) + c asInteger]. n", lambda s: int(s, 2), ["101", "0", "1111"])
    m(S, "letterIndex / alphabetPosition", "place of my first character in the alphabet", "('abcdefghijklmnopqrstuvwxyz' indexOf: first) + 1", lambda s: ord(s[0]) - 96, ["a", "hello", "z"])
    m(S, "piglatin / pigLatin", "first character to the end, then ay", "(copyFrom: 1), first, 'ay'", lambda s: s[1:] + s[0] + "ay", NE)
    m(S, "isBinary", "do I have only zeros and ones", "do: [|:c| ('01' includes: c) ifFalse: [^ false]]. true", lambda s: all(c in "01" for c in s), ["101", "102", ""])
    m(S, "pipeCount / commaCount / countCommas", "how many commas I have", "| n <- 0 | do: [|:c| c = ',' ifTrue: [n: n + 1]]. n", lambda s: s.count(","), ["a,b,c", "", "no"])
    m(S, "isBalanced / parenthesesBalanced", "does every opening parenthesis have its closing one", "| d <- 0 | do: [|:c| c = '(' ifTrue: [d: d + 1]. c = ')' ifTrue: [d: d - 1]. d < 0 ifTrue: [^ false]]. d = 0", _balanced, ["()", "(()", "())(", "", "(a(b))"])
    m(S, "nestingDepth", "how deep my parentheses nest", "| d <- 0. m <- 0 | do: [|:c| c = '(' ifTrue: [d: d + 1. m: (m max: d)]. c = ')' ifTrue: [d: d - 1]]. m", _depth, ["()", "(())", "", "(a(b))"])


def _balanced(s):
    d = 0
    for c in s:
        d += (c == "(") - (c == ")")
        if d < 0:
            return False
    return d == 0


def _depth(s):
    d = best = 0
    for c in s:
        d += (c == "(") - (c == ")")
        best = max(best, d)
    return best


def _common(a, b):
    n = 0
    while n < len(a) and n < len(b) and a[n] == b[n]:
        n += 1
    return a[:n]


def with_arguments():
    m(S, "occurrencesOf: / countOf: / count: / howMany:", "how often the character is in me", "| n <- 0 | do: [|:c| c = $1 ifTrue: [n: n + 1]]. n", lambda s, c: s.count(c), [("hello", "l"), ("banana", "a"), ("abc", "x")], "s", keep=4)
    m(S, "without: / removing: / strip: / removeAll:", "me with that character left out", "| r <- '' | do: [|:c| c = $1 ifFalse: [r: r, c]]. r", lambda s, c: s.replace(c, ""), [("hello", "l"), ("banana", "a"), ("abc", "x")], "s", keep=4)
    m(S, "replace:With: / replacing:By: / substitute:With:", "me with the second in place of each first character", "| r <- '' | do: [|:c| r: r, (c = $1 ifTrue: [$2] False: [c])]. r", lambda s, a, b: s.replace(a, b), [("hello", "l", "r"), ("banana", "a", "oo"), ("abc", "x", "y")], "ss")
    m(S, "contains: / hasCharacter: / includesCharacter:", "is that character in me", "do: [|:c| c = $1 ifTrue: [^ true]]. false", lambda s, c: c in s, [("hello", "l"), ("banana", "z"), ("", "x")], "s")
    m(S, "indexOfCharacter: / positionOf: / firstIndexOf:", "where that character is first, or minus one", "0 to: size - 1 Do: [|:i| (at: i) = $1 ifTrue: [^ i]]. -1", lambda s, c: s.find(c), [("hello", "l"), ("banana", "z"), ("", "x"), ("abc", "a")], "s")
    m(S, "lastIndexOf: / lastPositionOf:", "where that character is last, or minus one", "size - 1 downTo: 0 Do: [|:i| (at: i) = $1 ifTrue: [^ i]]. -1", lambda s, c: s.rfind(c), [("hello", "l"), ("banana", "z"), ("abca", "a")], "s")
    m(S, "startsWith: / beginsWith: / hasPrefix:", "does my text begin with the argument", "(size >= $1 size) && [(copyFrom: 0 UpTo: $1 size) = $1]", lambda s, t: s.startswith(t), [("hello", "he"), ("hello", "lo"), ("a", "ab")], "s")
    m(S, "endsWith: / hasSuffix: / isFollowedAtEndBy:", "does my text end with the argument", "(size >= $1 size) && [(copyFrom: size - $1 size) = $1]", lambda s, t: s.endswith(t), [("hello", "lo"), ("hello", "he"), ("a", "ab")], "s")
    m(S, "times: / repeat: / repeated: / copies:", "me so many times", "| r <- '' | 1 to: $1 Do: [r: r, self]. r", lambda s, n: s * n, [("ab", 3), ("x", 0), ("", 4)], "i", keep=4)
    m(S, "times:SeparatedBy: / repeat:With:", "me so many times with a text between", "| r <- '' | 1 to: $1 Do: [|:i| i > 1 ifTrue: [r: r, $2]. r: r, self]. r", lambda s, n, t: t.join([s] * n), [("ab", 3, "-"), ("x", 1, ",")], "is")
    m(S, "first: / take: / prefix: / left:", "my first so many characters", "copyFrom: 0 UpTo: $1", lambda s, n: s[:n], [("hello", 2), ("abc", 3), ("abc", 0)], "i", keep=4)
    m(S, "last: / suffix: / right: / takeLast:", "my last so many characters", "copyFrom: size - $1", lambda s, n: s[len(s) - n:], [("hello", 2), ("abc", 3)], "i", keep=4)
    m(S, "drop: / withoutFirst: / skip:", "me without so many characters in front", "copyFrom: $1", lambda s, n: s[n:], [("hello", 2), ("abc", 1)], "i")
    m(S, "dropLast: / withoutLast:", "me without so many characters at the end", "copyFrom: 0 UpTo: size - $1", lambda s, n: s[:len(s) - n], [("hello", 2), ("abc", 1)], "i")
    m(S, "truncatedTo: / limitedTo: / shortenedTo:", "me, but no longer than that", "size > $1 ifTrue: [copyFrom: 0 UpTo: $1] False: [self]", lambda s, n: s[:n], [("hello", 2), ("abc", 5)], "i")
    m(S, "ellipsisAfter: / abbreviatedTo:", "cut to a length with dots if longer", "size > $1 ifTrue: [(copyFrom: 0 UpTo: $1), '...'] False: [self]", lambda s, n: s[:n] + "..." if len(s) > n else s, [("hello", 2), ("abc", 5)], "i")
    m(S, "padLeft: / leftPadded: / paddedTo:", "with blanks in front up to a width", "| r | r: self. [r size < $1] whileTrue: [r: ' ', r]. r", lambda s, n: s.rjust(n), [("ab", 4), ("hello", 3)], "i")
    m(S, "padRight: / rightPadded: / filledTo:", "with blanks at the end up to a width", "| r | r: self. [r size < $1] whileTrue: [r: r, ' ']. r", lambda s, n: s.ljust(n), [("ab", 4), ("hello", 3)], "i")
    m(S, "padLeft:With: / leftPaddedTo:With:", "with that character in front up to a width", "| r | r: self. [r size < $1] whileTrue: [r: $2, r]. r", lambda s, n, c: s.rjust(n, c), [("ab", 4, "."), ("7", 3, "0")], "is")
    m(S, "isLongerThan: / longerThan:", "do I have more characters", "size > $1 size", lambda s, t: len(s) > len(t), PAIRS, "s")
    m(S, "isShorterThan: / shorterThan:", "do I have fewer characters", "size < $1 size", lambda s, t: len(s) < len(t), PAIRS, "s")
    m(S, "sameLengthAs: / isAsLongAs:", "do we have equally many characters", "size = $1 size", lambda s, t: len(s) == len(t), PAIRS, "s")
    m(S, "longer: / longerOf:", "the longer of us", "size >= $1 size ifTrue: [self] False: [$1]", lambda s, t: s if len(s) >= len(t) else t, PAIRS, "s")
    m(S, "shorter: / shorterOf:", "the shorter of us", "size <= $1 size ifTrue: [self] False: [$1]", lambda s, t: s if len(s) <= len(t) else t, PAIRS, "s")
    m(S, "equals: / isSameAs:", "same characters", "self = $1", lambda s, t: s == t, [("a", "a"), ("a", "b")], "s")
    m(S, "equalsIgnoringCase: / sameIgnoringCase:", "same but for capitals", "asLowercase = $1 asLowercase", lambda s, t: s.lower() == t.lower(), [("Ab", "aB"), ("a", "b")], "s")
    m(S, "comesBefore: / isBefore:", "is my place in the dictionary earlier", "self < $1", lambda s, t: s < t, [("a", "b"), ("b", "a"), ("a", "a")], "s")
    m(S, "comesAfter: / isAfter:", "is my place in the dictionary later", "self > $1", lambda s, t: s > t, [("a", "b"), ("b", "a"), ("a", "a")], "s")
    m(S, "commonPrefixWith: / sharedPrefix:", "the beginning that we share", "| i <- 0 | [(i < size) && [(i < $1 size) && [(at: i) = ($1 at: i)]]] whileTrue: [i: i + 1]. copyFrom: 0 UpTo: i", _common, [("hello", "help"), ("a", "b"), ("ab", "abc")], "s")
    m(S, "differencesFrom: / hammingDistanceTo: / mismatches:", "at how many places we differ", "| n <- 0 | 0 to: size - 1 Do: [|:i| (at: i) = ($1 at: i) ifFalse: [n: n + 1]]. n", lambda s, t: sum(a != b for a, b in zip(s, t)), [("hello", "hallo"), ("abc", "abc"), ("ab", "ba")], "s")
    m(S, "interleavedWith: / mixedWith:", "a character of mine, one of the other, and so on", "| r <- '' | 0 to: size - 1 Do: [|:i| r: r, (at: i), ($1 at: i)]. r", lambda s, t: "".join(a + b for a, b in zip(s, t)), [("abc", "xyz"), ("a", "b")], "s")
    m(S, "commonCharactersWith: / sharedLetters:", "my characters that are also in the other", "| r <- '' | do: [|:c| ($1 includes: c) ifTrue: [r: r, c]]. r", lambda s, t: "".join(c for c in s if c in t), [("hello", "lo"), ("abc", "xyz")], "s")
    m(S, "countCommonWith:", "how many of my characters are in the other", "| n <- 0 | do: [|:c| ($1 includes: c) ifTrue: [n: n + 1]]. n", lambda s, t: sum(c in t for c in s), [("hello", "lo"), ("abc", "xyz")], "s")
    m(S, "containsOnly: / usesOnly:", "are all my characters in the other", "do: [|:c| ($1 includes: c) ifFalse: [^ false]]. true", lambda s, t: all(c in t for c in s), [("hello", "helo"), ("abc", "ab")], "s")
    m(S, "isAnagramOf: / anagramOf:", "do we have the same letters", "asVector copySorted = $1 asVector copySorted", lambda s, t: sorted(s) == sorted(t), [("listen", "silent"), ("abc", "abd")], "s")
    m(S, "wrappedWith: / surroundedBy: / between:", "me with the text on both sides", "$1, self, $1", lambda s, t: t + s + t, [("a", "--"), ("", "x")], "s")
    m(S, "from:To: / between:And: / substringFrom:To:", "my characters from one place to before another", "copyFrom: $1 UpTo: $2", lambda s, a, b: s[a:b], [("hello", 1, 3), ("abc", 0, 3)], "ii")
    m(S, "insert:At:", "me with the text put in at a place", "(copyFrom: 0 UpTo: $2), $1, (copyFrom: $2)", lambda s, t, i: s[:i] + t + s[i:], [("hello", "XX", 2), ("abc", "-", 0)], "si")
    m(S, "withoutCharacterAt: / removeAt:", "me without the character at a place", "(copyFrom: 0 UpTo: $1), (copyFrom: $1 + 1)", lambda s, i: s[:i] + s[i + 1:], [("hello", 1), ("abc", 0)], "i")
    m(S, "before: / upTo: / until:", "my text before that character", "| r <- '' | do: [|:c| c = $1 ifTrue: [^ r]. r: r, c]. r", lambda s, c: s.split(c)[0], [("a=b", "="), ("abc", ":"), ("k:v", ":")], "s")
    m(S, "after: / following:", "my text after that character", "0 to: size - 1 Do: [|:i| (at: i) = $1 ifTrue: [^ copyFrom: i + 1]]. ''", lambda s, c: s.split(c, 1)[1] if c in s else "", [("a=b", "="), ("abc", ":"), ("k:v", ":")], "s")
    m(S, "prefixedBy: / withPrefix:", "the argument, then me", "$1, self", lambda s, t: t + s, PAIRS, "s")
    m(S, "followedBy: / withSuffix: / append:", "me, then the argument", "self, $1", lambda s, t: s + t, PAIRS, "s")
    m(S, "joinedTo: / dashedWith:", "both of us with a dash between", "self, '-', $1", lambda s, t: s + "-" + t, PAIRS, "s")
    m(S, "commaWith:", "both of us with a comma between", "self, ', ', $1", lambda s, t: s + ", " + t, PAIRS, "s")
    m(S, "spaceWith: / beside:", "both of us with a blank between", "self, ' ', $1", lambda s, t: s + " " + t, PAIRS, "s")
    m(S, "characterAt:Or: / at:Default:", "the character at a place, or the second if there is none", "$1 < size ifTrue: [at: $1] False: [$2]", lambda s, i, d: s[i] if i < len(s) else d, [("abc", 1, "?"), ("abc", 7, "?")], "is")
    m(S, "shiftedBy: / caesar:", "each small letter moved so far in the alphabet", "| r <- ''. a <- 'abcdefghijklmnopqrstuvwxyz' | do: [|:c| r: r, (a at: ((a indexOf: c) + $1) % 26)]. r", lambda s, n: "".join(chr((ord(c) - 97 + n) % 26 + 97) for c in s), [("abc", 1), ("xyz", 3)], "i")
    m(S, "countWordsLongerThan:", "how many words are longer than so many characters", "| n <- 0 | asTokens do: [|:w| w size > $1 ifTrue: [n: n + 1]]. n", lambda s, k: sum(len(w) > k for w in s.split()), [("ab c defg", 1), ("one", 5)], "i")
    m(S, "hasWord:", "is that one of my words", "asTokens includes: $1", lambda s, w: w in s.split(), [("ab c defg", "c"), ("one", "on")], "s")


def loops():
    """The same loops over characters with many tests."""
    tests = [
        ("Digits", "digits", "c isDigit", str.isdigit), ("Letters", "letters", "c isLetter", str.isalpha),
        ("Capitals", "capital letters", "c isUppercase", str.isupper), ("SmallLetters", "small letters", "c isLowercase", str.islower),
        ("Blanks", "blanks", "c = ' '", lambda c: c == " "), ("Commas", "commas", "c = ','", lambda c: c == ","),
        ("Dashes", "dashes", "c = '-'", lambda c: c == "-"), ("Dots", "dots", "c = '.'", lambda c: c == "."),
        ("Zeros", "zeros", "c = '0'", lambda c: c == "0"), ("Stars", "stars", "c = '*'", lambda c: c == "*"),
        ("Slashes", "slashes", "c = '/'", lambda c: c == "/"), ("Vowels", "vowels", "'aeiou' includes: c", lambda c: c in VOW),
        ("Xs", "letters x", "c = 'x'", lambda c: c == "x"), ("Colons", "colons", "c = ':'", lambda c: c == ":"),
    ]
    data = ["a1B ,-c.", "", "x0*/e:", "Hello World", "1.2.3"]
    for name, word, test, f in tests:
        t = "(%s)" % test if "includes" in test else test
        m(S, "numberOf%s / howMany%s" % (name, name), "how many %s I have" % word, "| n <- 0 | do: [|:c| %s ifTrue: [n: n + 1]]. n" % t, lambda s, f=f: sum(map(f, s)), data, keep=1)
        m(S, "dropping%s / exclude%s" % (name, name), "me without my %s" % word, "| r <- '' | do: [|:c| %s ifFalse: [r: r, c]]. r" % t, lambda s, f=f: "".join(c for c in s if not f(c)), data, keep=1)
        m(S, "keeping%s / extract%s" % (name, name), "only my %s" % word, "| r <- '' | do: [|:c| %s ifTrue: [r: r, c]]. r" % t, lambda s, f=f: "".join(c for c in s if f(c)), data, keep=1)
        m(S, "hasAny%s / includes%s" % (name, name), "do I have any %s" % word, "do: [|:c| %s ifTrue: [^ true]]. false" % t, lambda s, f=f: any(map(f, s)), data, keep=1)
        m(S, "consistsOf%s / isAll%s" % (name, name), "do I have nothing but %s" % word, "do: [|:c| %s ifFalse: [^ false]]. true" % t, lambda s, f=f: all(map(f, s)), data, keep=1)
        m(S, "isFree%s / has%s" % ("Of" + name, "No" + name), "do I have no %s" % word, "do: [|:c| %s ifTrue: [^ false]]. true" % t, lambda s, f=f: not any(map(f, s)), data, keep=1)
        m(S, "first%sIndex / indexOfFirst%s" % (name[:-1], name[:-1]), "place of the first of my %s, or minus one" % word, "do: [|:c. :i| %s ifTrue: [^ i]]. -1" % t, lambda s, f=f: next((i for i, c in enumerate(s) if f(c)), -1), data, keep=1)


def family():
    basic()
    with_arguments()
    loops()
