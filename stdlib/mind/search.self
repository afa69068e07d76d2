"The crucible as a search: where no proposal holds for the examples, the proposals and
some common forms are varied step by step, and every variant is run. What may be put
into them comes from the task: its words, its examples, the receiver's slots, the
selectors that somebody understands. The machine does the running; what is searched, and
which find is good enough, is decided here."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Forms that methods commonly have, for kinds of receivers.'
        sketches = (| {} = 'Comment: I know forms that methods commonly have: what they say is to be varied.'.
            parent* = traits oddball.

            {'Category: forms\x7fComment: For a task, the forms that suit its receiver.'
                for: t = (
                    (choices: t), (arguments: t), (forKind: (babs kindOf: t receiver) Of: t) ).
                forKind: kind Of: t = (
                    kind = 'integer' ifTrue: [ ^ integers ].
                    kind = 'float' ifTrue: [ ^ floats ].
                    kind = 'string' ifTrue: [ ^ strings ].
                    kind = 'boolean' ifTrue: [ ^ booleans ].
                    kind = 'point' ifTrue: [ ^ points ].
                    (' vector list set dictionary ' includesSubstring: ' ', kind, ' ') ifTrue: [
                        ^ collections ].
                    ofSlots: (babs nearDataOf: t) ).
                choices: t = (| all. two |
                    all: list copyRemoveAll.
                    two: babs distinct: (t examples mapBy: [ |:p| p value ]) Most: 3.
                    (two size = 2) && [ t examples size > 2 ] ifFalse: [ ^ vector ].
                    (conditions: t) do: [ |:c|
                        all add: '( ', c, ' ifTrue: [', two first, '] False: [', two last, '] )' ].
                    all asVector ).
                conditions: t = (| all. kind |
                    all: list copyRemoveAll.
                    kind: babs kindOf: t receiver.
                    kind = 'integer' ifTrue: [ ^ ('self > 0' & '(self % 2) = 0') asVector ].
                    kind = 'string' ifTrue: [ ^ ('size > 0' & 'self = \'\'') asVector ].
                    kind = 'boolean' ifTrue: [ ^ vector copySize: 1 FillingWith: 'self' ].
                    (babs isBuiltin: kind) ifTrue: [
                        ^ vector copySize: 1 FillingWith: 'size > 0' ].
                    (babs first: 6 Of: (babs nearDataOf: t) Where: true) do: [ |:s|
                        all add: (s value isBoolean ifTrue: [ s name ] False: [ s name, ' > 0' ]) ].
                    all asVector ).
                arguments: t = (| all |
                    all: list copyRemoveAll.
                    (babs argumentsIn: t signature) do: [ |:n|
                        all add: '( self + ', n, ' )'.
                        all add: '( self > ', n, ' )'.
                        all add: '( self , ', n, ' )'.
                        all add: '( includes: ', n, ' )'.
                        all add: '(| r. k <- 1 | r: list copyRemoveAll. [k <= ', n
                            , '] whileTrue: [r add: k. k: k * 2]. r )'.
                        all add: '(| r <- \'\' | 1 to: ', n, ' Do: [r: r , self]. r )'.
                        all add: '(| n0 <- 0 | do: [|:e| e > ', n, ' ifTrue: [n0: n0 + 1]]. n0 )'.
                        all add: '(| r | r: list copyRemoveAll. do: [|:e| e > ', n
                            , ' ifTrue: [r add: e]]. r )' ].
                    all asVector ).
                ofSlots: slots = (| all. names |
                    all: list copyRemoveAll.
                    names: (babs first: 8 Of: slots Where: true) mapBy: [ |:s| s name ].
                    names do: [ |:n|
                        all add: '( ', n, ' )'.
                        all add: '( ', n, ' + 1 )'.
                        all add: '( ', n, ' > 0 )'.
                        all add: '( ', n, ': ', n, ' + 1 )'.
                        all add: '( ', n, ': 0 )'.
                        all add: '( ', n, ': true )'.
                        all add: '( ', n, ' > 0 ifTrue: [', n, ': ', n, ' - 1]. self )'.
                        all add: '( ', n, ' add: 0. self )'.
                        all add: '(| s <- 0 | ', n, ' do: [|:e| s: s + e]. s )'.
                        all add: '( ', n, ' printString , \' \' , ', names first, ' )' ].
                    all asVector ).
            }
            {'Category: forms\x7fComment: By kinds.'
                integers = (
                    ('( self )' & '( (self % 2) = 0 )' & '( (self / 2) * 2 )'
                        & '( self > 0 ifTrue: [self] False: [0] )'
                        & '( self > 0 ifTrue: [\'a\'] False: [\'b\'] )'
                        & '(| s <- 0 | 1 to: self Do: [|:i| (i % 2) = 0 ifTrue: [s: s + i]]. s )'
                        & '(| n <- 0 | 1 to: self Do: [|:i| (self % i) = 0 ifTrue: [n: n + 1]]. n )'
                        & '(| s <- 0. k | k: absoluteValue. [k > 0] whileTrue: [s: s + (k % 10). k: k / 10]. s )'
                        & '(| n <- 0. k | k: absoluteValue. [k > 0] whileTrue: [(k % 10) = 0 ifTrue: [n: n + 1]. k: k / 10]. n )'
                        & '(| r | r: list copyRemoveAll. 1 to: self Do: [|:i| (i % 2) = 0 ifTrue: [r add: i]]. r )'
                        & '(| k | k: self + 1. [(k % 2) = 0] whileFalse: [k: k + 1]. k )'
                        & '( \'a\' , printString , \'a\' )' & '( (self / 10) % 10 )'
                        & '( self % 100 )'
                        & '(| s <- 0. k | k: absoluteValue. [k > 0] whileTrue: [(k % 10) > 0 ifTrue: [s: s + (k % 10)]. k: k / 10]. s )'
                        & '(| r <- \'\' | 1 to: self Do: [r: r , \' \']. r )') asVector ).
                floats = ( ('( self )' & '( self * 2.0 )' & '( self > 0.0 )') asVector ).
                strings = (
                    ('( self )' & '( self , \' \' )' & '( first = last )' & '( size > 0 )'
                        & '(| n <- 0 | do: [|:c| c = \' \' ifTrue: [n: n + 1]]. n )'
                        & '(| r <- \'\' | do: [|:c| c = \' \' ifFalse: [r: r , c]]. r )'
                        & '(| r <- \'\' | do: [|:c| r: r , (c = \' \' ifTrue: [\'\'] False: [c])]. r )'
                        & '(| r <- \'\' | do: [|:c. :i| (i % 2) = 0 ifTrue: [r: r , c]]. r )'
                        & '( copyFrom: 0 UpTo: size / 2 )' & '( (splitOn: \' \') size )'
                        & '( (splitOn: \' \') first )' & '( (includesSubstring: \' \') not )'
                        & '(| n <- 0 | (splitOn: \' \') do: [|:w| (w startsWith: \'a\') ifTrue: [n: n + 1]]. n )'
                        & '(| r <- \'\' | (splitOn: \' \') do: [|:w| r: r , w first]. r )')
                        asVector ).
                collections = (
                    ('( first )' & '( size )'
                        & '(| n <- 0 | do: [|:e| (e % 2) = 0 ifTrue: [n: n + 1]]. n )'
                        & '(| n <- 0 | do: [|:e| e > 0 ifTrue: [n: n + 1]]. n )'
                        & '(| s <- 0 | do: [|:e| s: s + e]. s )'
                        & '(| s <- 0 | do: [|:e| (e % 2) = 0 ifTrue: [s: s + e]]. s )'
                        & '(| s <- 1 | do: [|:e| s: s * e]. s )'
                        & '(| s <- 0 | do: [|:e. :i| (i % 2) = 0 ifTrue: [s: s + e]]. s )'
                        & '( do: [|:e| e > 0 ifFalse: [^ false]]. true )'
                        & '( do: [|:e| e > 0 ifTrue: [^ true]]. false )'
                        & '( (filterBy: [|:e| (e % 2) = 0]) asVector )'
                        & '( (mapBy: [|:e| e + 1]) asVector )'
                        & '(| r | r: list copyRemoveAll. do: [|:e| e > 0 ifTrue: [r add: e]]. r )'
                        & '(| r | r: list copyRemoveAll. do: [|:e| r add: e + 1]. r )'
                        & '(| r <- \'\' | do: [|:e| r: r , e printString]. r )'
                        & '(| n <- 0. p | do: [|:e. :i| i > 0 && [e = p] ifTrue: [n: n + 1]. p: e]. n )'
                        & '( copySorted first )') asVector ).
                booleans = (
                    ('( self not )' & '( ifTrue: [1] False: [0] )'
                        & '( ifTrue: [\'a\'] False: [\'b\'] )' & '( self && [true] )') asVector ).
                points = (
                    ('( x )' & '( x + y )' & '( (x + 1) @ (y + 1) )' & '( x > y )') asVector ).
            }
        |).
    }
|)

babs _AddSlots: (|
    {'Category: words\x7fComment: The words of a task; selectors that share one with it.'
        wordsOf: t = ( (wordsIn: t signature), (wordsIn: t comment) ).
        wordsIn: text = (| all. word <- '' |
            all: list copyRemoveAll.
            text do: [ |:c|
                c isLetter
                    ifTrue: [
                        c isUppercase && [ word isEmpty not ] ifTrue: [ all add: word. word: '' ].
                        word: word, c asLowercase ]
                    False: [ word isEmpty ifFalse: [ all add: word ]. word: '' ] ].
            word isEmpty ifFalse: [ all add: word ].
            all asVector ).
        is: selector Near: words = (
            (wordsIn: selector) do: [ |:a|
                words do: [ |:b|
                    (a size > 2) && [ (b size > 2) && [ (stem: a) = (stem: b) ] ] ifTrue: [
                        ^ true ] ] ].
            false ).
        stem: w = ( w size > 4 ifTrue: [ w copyFrom: 0 UpTo: 4 ] False: [ w ] ).
    }
    {'Category: words\x7fComment: Numbers and characters that words stand for.'
        numbersFor: words = (| all |
            all: list copyRemoveAll.
            words do: [ |:w| all addAll: (numberWords at: w IfAbsent: vector) ].
            all asVector ).
        charactersFor: words = (| all |
            all: list copyRemoveAll.
            words do: [ |:w| all addAll: (characterWords at: w IfAbsent: vector) ].
            all asVector ).
        numberWords <- dictionary.
        characterWords <- dictionary.
        makeNumberWords = (
            numberWords: (tableFrom: 'zero 0 none 0 empty 0 one 1 once 1 single 1 first 0 two 2 twice 2 double 2 doubled 2 half 2 halved 2 halves 2 even 2 odd 2 square 2 pair 2 second 1 three 3 triple 3 tripled 3 third 3 cube 3 cubes 3 four 4 quadruple 4 quadrupled 4 quarter 4 fourth 4 five 5 fifth 5 six 6 sixth 6 seven 7 week 7 weeks 7 eight 8 octal 8 nine 9 ten 10 tens 10 tenth 10 digit 10 digits 10 decimal 10 eleven 11 twelve 12 dozen 12 month 12 months 12 year 365 years 12 thirteen 13 fifteen 15 sixteen 16 hex 16 twenty 20 day 24 days 24 hours 24 thirty 30 forty 40 fifty 50 hour 60 minute 60 minutes 60 seconds 60 sixty 60 hundred 100 percent 100 percentage 100 cents 100 centimetres 100 thousand 1000 kilo 1000 metres 1000 grams 1000 leap 400 weekday 7 ninety 90 eighty 80 seventy 70 freezing 32 fahrenheit 32 celsius 5 degrees 360 angle 180') ).
        makeCharacterWords = (
            characterWords: (tableFrom: 'comma , commas , dot . dots . period . point . dash - dashes - hyphen - hyphens - minus - plus + star * stars * asterisk * slash / slashes / colon : colons : semicolon ; semicolons ; underscore _ underscores _ question ? exclamation ! hash # hashes # percent % at @ equals = pipe | bar | parentheses ( parentheses ) round ( round ) brackets ( brackets ) brackets [ brackets ] square [ square ] curly { curly } braces { braces } angle < angle > zero 0 zeros 0 one 1 vowel aeiou vowels aeiou email @ path / tag < tag > ampersand & dollar $ euro € tilde ~').
            (' blank blanks space spaces word words separated ' splitOn: ' ') do: [ |:w|
                characterWords
                    at: w
                    Put: ((characterWords at: w IfAbsent: [ list copyRemoveAll ]) add: ' ') ].
            ('line lines newline' splitOn: ' ') do: [ |:w|
                characterWords at: w Put: (list copyRemoveAll add: '\n') ].
            self ).
        tableFrom: text = (| table. words |
            table: dictionary copyRemoveAll.
            words: (text splitOn: ' ') asVector.
            0 to: words size - 2 By: 2 Do: [ |:i. k|
                k: words at: i.
                (table includesKey: k) ifFalse: [ table at: k Put: list copyRemoveAll ].
                (table at: k) add: (words at: i + 1) ].
            table ).
    }
    {'Category: searching\x7fComment: What may be put into methods for a task: integers, string literals, selectors.'
        integersFor: t = (| all |
            all: list copyRemoveAll.
            all addAll: (numbersFor: (wordsOf: t)).
            all addAll: ('0' & '1' & '2' & '-1' & '3' & '10') asVector.
            t examples do: [ |:p| all addAll: (digitsIn: p value) ].
            distinct: all Most: 18 ).
        digitsIn: text = (| all. number <- '' |
            all: list copyRemoveAll.
            (text, ' ') do: [ |:c|
                c isDigit ifTrue: [ number: number, c ] False: [
                    number isEmpty not && [ number size < 7 ] ifTrue: [ all add: number ].
                    number: '' ] ].
            all asVector ).
        stringsFor: t = (| all |
            all: list copyRemoveAll.
            (charactersFor: (wordsOf: t)) do: [ |:c| all add: c printString ].
            t examples do: [ |:p|
                (literalsIn: p value) do: [ |:s|
                    all add: s printString.
                    s size > 2 ifTrue: [ (piecesOf: s) do: [ |:x| all add: x printString ] ] ] ].
            (wordsOf: t) do: [ |:w| all add: w printString ].
            all add: '\'\''.
            all add: '\' \''.
            distinct: all Most: 40 ).
        literalsIn: text = (| parts |
            parts: (text splitOn: '\'') asVector.
            (parts filterBy: [ |:p. :i| (i % 2) = 1 ]) asVector ).
        piecesOf: s = (| all |
            all: list copyRemoveAll.
            (s splitOn: ' ') do: [ |:w|
                w isEmpty ifFalse: [ all add: w. all add: w, ' '. all add: ' ', w ] ].
            all add: s first.
            all add: s last.
            s do: [ |:c| c isLetter || [ c isDigit ] ifFalse: [ all add: c. all add: c, ' ' ] ].
            all asVector ).
        operatorsFor: t = (
            ('+' & '-' & '*' & '/' & '%' & '<' & '<=' & '>' & '>=' & '=' & '!=' & ',' & '@' & '&&'
                & '||') asVector ).
        likelyUnaryFor: t = (| words |
            words: wordsOf: t.
            distinct: ((unary filterBy: [ |:u| is: u Near: words ]) asList addAll: commonUnary)
                Most: 45 ).
        commonUnary = (
            ('size' & 'first' & 'last' & 'printString' & 'squared' & 'absoluteValue' & 'reversed'
                & 'copySorted' & 'asVector' & 'asList' & 'isEmpty' & 'isEven' & 'isOdd'
                & 'asUppercase' & 'asLowercase' & 'max' & 'min' & 'sum' & 'x' & 'y' & 'isDigit'
                & 'isLetter' & 'isUppercase' & 'isLowercase' & 'asInteger' & 'trim') asVector ).
        otherUnaryFor: t = ( (unary filterBy: [ |:u| (isPrivate: u) not ]) asVector ).
        isPrivate: u = (
            ('print' isPrefixOf: u) || [ ('show' isPrefixOf: u) || [ 'suspend' isPrefixOf: u ] ] ).
        keywordsFor: t = (| words |
            words: wordsOf: t.
            distinct: ((keywords filterBy: [ |:k| (isOfOne: k) && [ is: k Near: words ] ]) asList addAll: commonKeywords)
                Most: 30 ).
        isOfOne: k = ( ((k splitOn: ':') size = 2) && [ k last = ':' ] ).
        commonKeywords = (
            ('at:' & 'max:' & 'min:' & 'addLast:' & 'addFirst:' & 'includes:' & 'splitOn:'
                & 'joinedWith:' & 'startsWith:' & 'copyWithoutFirst:' & 'add:' & 'remove:'
                & 'gcd:' & 'pow:' & 'includesSubstring:') asVector ).
        distinct: all Most: n = (| seen. out |
            seen: set copyRemoveAll.
            out: list copyRemoveAll.
            all do: [ |:x|
                (out size < n) && [ (seen includes: x) not ] ifTrue: [ seen add: x. out add: x ] ].
            out asVector ).
        expressionsFor: t = (| all. atoms |
            all: list copyRemoveAll.
            atoms: (scopeFor: t) asList.
            atoms addFirst: 'self'.
            (atoms asVector filterBy: [ |:a. :i| i < 5 ]) do: [ |:a|
                (a = 'true') || [ a = 'false' ] ifFalse: [
                    all add: a, ' * ', a.
                    all add: a, ' printString'.
                    all add: a, ' / 2'.
                    all add: a, ' % 10'.
                    all add: a, ' + 1'.
                    all add: a, ' - 1' ] ].
            all asVector ).
        scopeFor: t = (| all |
            all: list copyRemoveAll.
            all addAll: (argumentsIn: t signature).
            (isBuiltin: (kindOf: t receiver)) ifFalse: [
                (nearSlotsOf: t) do: [ |:s|
                    s isParent not && [ (isWord: s name) && [ all size < 12 ] ] ifTrue: [
                        all add: s name ] ] ].
            all add: 'true'.
            all add: 'false'.
            distinct: all Most: 16 ).
    }
|)

crucible _AddSlots: (|
    {'Category: searching\x7fComment: Methods found by varying proposals and sketches; they satisfy the examples. A vector of proposals.'
        searched: t = (| seeds. near. known. found. all. seen |
            t examples isEmpty ifTrue: [ ^ vector ].
            seeds: list copyRemoveAll.
            t tried do: [ |:p| seeds add: p source ].
            near: dictionary copyRemoveAll.
            known: ((forms for: t) mapBy: [ |:a| near at: a key Put: a value. a key ]) asVector.
            seeds addAll: (known copyFrom: 0 UpTo: (known size min: 16)).
            seeds addAll: (sketches for: t).
            seeds addAll: known.
            found: t parts
                _MethodSearch: (t signature & seeds asVector & (babs scopeFor: t)
                    & (babs integersFor: t) & (babs stringsFor: t) & (babs operatorsFor: t)
                    & (babs likelyUnaryFor: t) & (babs otherUnaryFor: t) & (babs keywordsFor: t)
                    & vector & (examplesOf: t) & searchFuel & mind memory
                    & mind searchMilliseconds & mind searchEnough & mind searchAttempts) asVector
                IfFail: [ |:e| t complaint: e. ^ vector ].
            t attempts: (found at: 0).
            all: list copyRemoveAll.
            seen: set copyRemoveAll.
            t tried do: [ |:p| seen add: p source ].
            1 to: found size - 4 By: 4 Do: [ |:i. p|
                p: proposal copyText: (found at: i) Task: t.
                p origin: 'found'.
                p edits: (found at: i + 2).
                p tried: (found at: i + 3).
                (found at: i + 1) ifNotNil: [
                    p nearness: (near at: (seeds at: (found at: i + 1)) IfAbsent: 0) ].
                p logProbability: (-10.0 * p edits) - 12.0.
                (seen includes: p source) ifFalse: [ all add: p ] ].
            all asVector ).
        examplesOf: t = (| all |
            all: list copyRemoveAll.
            t examples do: [ |:p|
                all add: '[ ', p key, ' ] value'.
                all add: '[ ', p value, ' ] value' ].
            all asVector ).
        searchFuel = 20000.
    }
    {'Category: searching\x7fComment: Neighbours of the likeliest proposals that fit the name better: for tasks without examples. Known methods with several words of the task.'
        refined: t From: good = (| fits. all. seen. some |
            seen: set copyRemoveAll.
            all: list copyRemoveAll.
            good do: [ |:p| seen add: p source ].
            ((good copySortedBy: [ |:a. :b| a score > b score ])
                copyFrom: 0
                UpTo: (good size min: 4)) do: [ |:p|
                (p source _MethodVariants: (poolsFor: t) Step: 0 IfFail: vector) do: [ |:text. q|
                    (seen includes: text) ifFalse: [
                        seen add: text.
                        fits: (robin fitOf: text For: t).
                        fits > (p fit + 1.0) ifTrue: [
                            q: proposal copyText: text Task: t.
                            q fit: fits.
                            q origin: 'refined'.
                            q edits: 1.
                            q logProbability: p logProbability - 8.0.
                            all add: q ] ] ] ].
            all isEmpty ifTrue: [ ^ vector ].
            some: (all asVector copySortedBy: [ |:a. :b| a fit > b fit ])
                copyFrom: 0
                UpTo: (all size min: 12).
            weigh: some For: t.
            some ).
        kindred: t = (| all. seen |
            all: list copyRemoveAll.
            seen: set copyRemoveAll.
            t tried do: [ |:p| seen add: p source ].
            (forms for: t) do: [ |:a. p|
                (all size < 6) && [ a value > 1 ] ifTrue: [
                    p: proposal copyText: a key Task: t.
                    (seen includes: p source) ifFalse: [
                        seen add: p source.
                        p origin: 'known'.
                        p nearness: a value.
                        all add: p ] ] ].
            all: all asVector.
            weigh: all For: t.
            all ).
        poolsFor: t = (
            ((babs scopeFor: t) & (babs numbersFor: (babs wordsOf: t))
                & ((babs charactersFor: (babs wordsOf: t)) mapBy: [ |:c| c printString ]) asVector
                & ('=' & '!=' & '<' & '>' & '+' & '-' & '*' & '/' & '%') asVector & vector
                & vector & vector & vector) asVector ).
    }
|)
