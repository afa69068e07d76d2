"What the words of a task say about its method: numbers, characters, parts of code that
such words usually come out as. BABS looks them up, ROBIN asks whether a method fits
its name."

babs _AddSlots: (|
    {'Category: words\x7fComment: Pieces of code that usually stand for a word: one of them is to be expected. Lines: words, then pieces, parted by bars.'
        lexiconText = 'odd|% 2) != 0|% 2) = 1|isOdd|+ (i % 2)|% 2) > 0|By: 2
odds|% 2) != 0|% 2) = 1|isOdd|% 2) > 0|By: 2
even|% 2) = 0|isEven|By: 2
evens|% 2) = 0|isEven|By: 2
digit|% 10|isDigit|digits
digits|% 10|isDigit|digits
tens|/ 10
list|list copyRemoveAll|asList|filterBy|mapBy|splitOn
vector|asVector|copy
sum|+|sum
total|+|sum|*
sums|+|sum
product|*
times|*|timesRepeat|Do:|self, self
multiplied|*
count|+ 1|size
number|+ 1|size|%|self
often|+ 1
many|+ 1|size|Do:
largest|max|>|last
biggest|max|>|last
longest|max|>
highest|max|>
maximum|max|>
max|max|>
smallest|min|<|first
shortest|min|<
lowest|min|<
minimum|min|<
min|min|<
greater|>
more|>|+
above|>
larger|>
bigger|>
longer|>
exceeds|>
less|<|-
fewer|<
smaller|<
below|<
shorter|<
under|<
reversed|reverse|addFirst|, r
backwards|reverse|addFirst|, r
first|first|at: 0|UpTo|= 0|^
last|last|size - 1|% 10|removeLast|at:|Last|r: |downTo|reverse|second
second|at: 1|= 1|1
middle|size / 2
negative|< 0
negatives|< 0
positive|> 0
positives|> 0
without|ifFalse|!=|not|remove|-|copyFrom
except|ifFalse|!=|not|remove|-|copyFrom
not|not|ifFalse|!=
all|^ false|do:
any|^ true
none|^ false|= 0
uppercase|Upper
lowercase|Lower
capital|Upper
empty|isEmpty|size|\'\'
starts|startsWith|first|isPrefix
starting|startsWith|first
begins|startsWith|first
begin|startsWith|first
ends|endsWith|last|isSuffix
ending|endsWith|last
words|splitOn|asTokens|\' \'|words
word|splitOn|asTokens|\' \'|words
characters|do:|size|first|last|asString
half|/ 2|* 2
halves|/ 2
halved|/ 2
double|* 2|+
doubled|* 2|+
twice|* 2|Do:|2
triple|* 3
tripled|* 3
square|*|intSqrt|sqrt|\'[
squared|*|squared
squares|*|squared
cube|* (|* e|* i|* self|cubed
cubes|* e * e|* i * i|10) * (n % 10) * |* (e * e)|* (i * i)|cubed
cubed|* self * self|* (self * self)|cubed|*
prime|isPrime|% i
primes|isPrime|% i
divisible|%
multiple|%
multiples|%
divides|%
divisors|%
divisor|%
divisorCount|%
remainder|%
mean|/ size|mean
average|/ size|mean
difference|-
distance|-
together|+|,
added|+|add
joined|,|joinedWith
between|>|,
braces|{
brackets|(|[|<
text|printString|\'
same|=
equal|=
equals|=
equalling|=
index|i %|i =|i >|i <|* i|i *|: i|^ i|indexOf|at: i|at:|, i
place|i %|i =|i >|i <|* i|i *|: i|^ i|indexOf|at: i|at:|, i
places|i %|i =|i >|i <|* i|i *|: i|^ i|indexOf|at: i|at:|, i
position|i %|i =|i >|i <|* i|i *|: i|^ i|indexOf|at: i|at:|, i
next|+ 1
previous|- 1
before|- 1|p
after|+ 1
power|*
powers|*
downto|downTo|By: -1
down|downTo|By: -1|-
absolute|abs|max
toggle|not
opposite|not|- self|negate
unique|includes|asSet
distinct|includes|asSet
different|includes|asSet|!=
contains|includes
includes|includes
sorted|copySorted'.
        lexicon <- dictionary.
        makeLexicon = (
            lexicon: dictionary copyRemoveAll.
            (lexiconText splitOn: '\n') do: [ |:line. parts|
                parts: (line splitOn: '|') asVector.
                lexicon at: parts first Put: (parts copyFrom: 1 UpTo: parts size) ].
            self ).
    }
|)

robin _AddSlots: (|
    {'Category: fitting\x7fComment: How badly a method fits its name and comment: 0 if well, less for each word without its piece of code, each number that no word explains, each argument that is not used.'
        fitOf: source For: t = (| penalty. words. explained. names |
            penalty: brokenIn: source For: t.
            words: babs distinct: (babs wordsOf: t) Most: 40.
            names: babs namesIn: source.
            explained: babs numbersFor: words.
            (babs distinct: (babs digitsIn: source) Most: 20) do: [ |:n|
                ((commonNumbers includes: n) || [ explained includes: n ]) ifFalse: [
                    penalty: penalty - 3.0 ] ].
            (babs argumentsIn: t signature) do: [ |:a|
                (names includes: a) ifFalse: [ penalty: penalty - 5.0 ] ].
            (babs ownSlotsOf: t) do: [ |:s|
                ((words includes: s asLowercase) && [ (names includes: s) not ]) ifTrue: [
                    penalty: penalty - 1.5 ] ].
            penalty ).
    }
    {'Category: fitting\x7fComment: The same of what name and comment promise only: whatever else a method does is nobody\'s affair.'
        brokenIn: source For: t = (| penalty <- 0.0. words. numbers. said |
            words: babs distinct: (babs wordsOf: t) Most: 40.
            said: (set copyRemoveAll addAll: (babs wordsIn: source)).
            words do: [ |:w. pieces|
                pieces: babs lexicon at: w IfAbsent: nil.
                (pieces isNotNil && [ (says: said Word: w Or: pieces In: source) not ]) ifTrue: [
                    penalty: penalty - 2.5 ] ].
            numbers: (babs digitsIn: source) asList copy.
            numbers add: (timesSelfIn: source) printString.
            words do: [ |:w. wanted|
                wanted: babs numberWords at: w IfAbsent: nil.
                (wanted isNotNil && [
                        (plainNumbers includes: w) && [ (numbers includes: wanted first) not ] ]) ifTrue: [
                    penalty: penalty - 5.0 ] ].
            words do: [ |:w. wanted|
                wanted: babs characterWords at: w IfAbsent: nil.
                (wanted isNotNil && [
                        (plainCharacters includes: w) && [ (mentions: source Any: wanted) not ] ]) ifTrue: [
                    penalty: penalty - 2.5 ] ].
            penalty ).
        timesSelfIn: source = ( (source splitOn: 'self') size - 1 ).
        missingIn: source For: t = (| said |
            (babs isBuiltin: (babs kindOf: t receiver)) ifFalse: [ ^ vector ].
            said: (set copyRemoveAll addAll: (babs wordsIn: source)).
            (babs distinct: (babs wordsOf: t) Most: 40) filterBy: [ |:w|
                (decisive includes: w) && [
                        (says: said Word: w Or: (babs lexicon at: w IfAbsent: vector) In: source)
                            not ] ] ).
        says: said Word: w Or: pieces In: source = (
            (said includes: w) || [
                    (said includes: w, 's') || [
                            ((w endsWith: 's') && [ said includes: w copyWithoutLast ]) || [
                                    mentions: source Any: pieces ] ] ] ).
        decisive = (
            ('word' & 'words' & 'last' & 'square' & 'squares' & 'squared' & 'cube' & 'cubes'
                & 'cubed' & 'uppercase' & 'lowercase' & 'prime' & 'primes') asVector ).
        mentions: source Any: pieces = (
            pieces do: [ |:p| (source includesSubstring: p) ifTrue: [ ^ true ] ].
            false ).
        plainNumbers = (
            ('three' & 'four' & 'five' & 'six' & 'seven' & 'eight' & 'nine' & 'ten' & 'eleven'
                & 'twelve' & 'thirteen' & 'fifteen' & 'sixteen' & 'twenty' & 'thirty' & 'forty'
                & 'fifty' & 'sixty' & 'seventy' & 'eighty' & 'ninety' & 'hundred' & 'thousand'
                & 'dozen') asVector ).
        plainCharacters = (
            ('comma' & 'commas' & 'dash' & 'dashes' & 'hyphen' & 'hyphens' & 'star' & 'stars'
                & 'asterisk' & 'slash' & 'slashes' & 'colon' & 'colons' & 'semicolon'
                & 'semicolons' & 'underscore' & 'underscores' & 'question' & 'exclamation'
                & 'hash' & 'hashes' & 'blank' & 'blanks') asVector ).
        commonNumbers = ( ('0' & '1' & '2' & '10') asVector ).
    }
|)

babs _AddSlots: (|
    {'Category: words\x7fComment: The names in a method; the assignable slots of an object that is of no built-in kind.'
        namesIn: source = (| all. word <- '' |
            all: set copyRemoveAll.
            (source, ' ') do: [ |:c|
                c isLetter || [ c isDigit ] ifTrue: [ word: word, c ] False: [
                    word isEmpty ifFalse: [ all add: word ].
                    word: '' ] ].
            all ).
        ownSlotsOf: t = (
            (isBuiltin: (kindOf: t receiver)) ifTrue: [ ^ vector ].
            (nearDataOf: t) mapBy: [ |:s| s name ] ).
    }
|)

"What is made of texts is made now, once: a question changes nothing but what it grows."

babs makeNumberWords makeCharacterWords makeLexicon
