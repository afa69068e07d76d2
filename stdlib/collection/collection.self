"What every collection can do, in terms of `do:` and `size`. The block of do: gets
each element, and its key as a second argument if it wants one."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of all collections.'
        collection = (| {} = 'Comment: I am the behaviour of all collections. My children define do:, size and how to add.'.
            parent* = traits orderedClonable.

            {'Category: testing\x7fComment: I am a collection; have I any elements, one at least? Do they have an order; does = go by them one after the other?'
                isCollection = true.
                isOrdered = false.
                comparesElements = false.
                isEmpty = ( size = 0 ).
                isNotEmpty = ( size > 0 ).
                nonEmpty = ( size > 0 ).
                ifEmpty: e = ( isEmpty ifTrue: [ e value ] False: [ self ] ).
                ifEmpty: e IfNotEmpty: b = (
                    isEmpty ifTrue: [ e value ] False: [ b value: self ] ).
                ifNotEmpty: b = ( isEmpty ifTrue: [ nil ] False: [ b value: self ] ).
                ifNone: none = ( ifEmpty: none ).
                ifNone: none IfOne: one IfMany: many = (
                    size = 1 ifTrue: [ one value: first ] False: [
                        isEmpty ifTrue: [ none value ] False: [ many value ] ] ).
            }
            {'Category: accessing\x7fComment: The element that do: meets first. All keys. Example: (4 & 5) asVector keys >>> (0 to: 1).'
                first = ( firstIfAbsent: [ missing: 'an empty collection has no first element' ] ).
                firstIfAbsent: a = ( do: [ |:e| ^ e ]. a value ).
                keys = (| l | l: list copyRemoveAll. keysDo: [ |:k| l addLast: k ]. l ).
            }
            {'Category: searching\x7fComment: Whether, and how often, an element is in me; a dictionary of how often each one is. Example: (1 & 2 & 1) asList occurrencesOf: 1 >>> 2.'
                includes: x = ( do: [ |:e| x = e ifTrue: [ ^ true ] ]. false ).
                includesAll: c = ( c do: [ |:e| (includes: e) ifFalse: [ ^ false ] ]. true ).
                includesAny: c = ( c do: [ |:e| (includes: e) ifTrue: [ ^ true ] ]. false ).
                occurrencesOf: x = ( countBy: [ |:e| x = e ] ).
                occurrencesOfEachElement = (| d |
                    d: dictionary copyRemoveAll.
                    do: [ |:e| d at: e Update: [ |:n| n + 1 ] IfAbsent: 1 ].
                    d ).
            }
            {'Category: searching\x7fComment: Whether the block holds for some, all or no element; for how many. Example: (1 to: 5) anySatisfy: [ |:n| n > 4 ] >>> true.'
                anySatisfy: b = (
                    do: [ |:e. :k| (b value: e With: k) ifTrue: [ ^ true ] ].
                    false ).
                allSatisfy: b = (
                    do: [ |:e. :k| (b value: e With: k) ifFalse: [ ^ false ] ].
                    true ).
                noneSatisfy: b = ( (anySatisfy: b) not ).
                some: b = ( anySatisfy: b ).
                every: b = ( allSatisfy: b ).
                countBy: b = (| n <- 0 |
                    do: [ |:e. :k| (b value: e With: k) ifTrue: [ n: n + 1 ] ].
                    n ).
                count: b = ( countBy: b ).
                countHowMany: b = ( countBy: b ).
            }
            {'Category: searching\x7fComment: The first element for which the block holds. Example: (3 & 8 & 9) asVector detect: [ |:n| n even ] IfNone: 0 >>> 8.'
                findFirst: b IfPresent: p IfAbsent: a = (
                    do: [ |:e. :k| (b value: e With: k) ifTrue: [ ^ p value: e With: k ] ].
                    a value ).
                findFirst: b IfPresent: p = ( findFirst: b IfPresent: p IfAbsent: self ).
                findFirst: b IfAbsent: a = ( findFirst: b IfPresent: [ |:e| e ] IfAbsent: a ).
                findFirst: b = ( findFirst: b IfAbsent: nil ).
                detect: b = (
                    findFirst: b IfAbsent: [ missing: 'no element satisfies the condition' ] ).
                detect: b IfNone: a = ( findFirst: b IfAbsent: a ).
            }
            {'Category: searching\x7fComment: The key of the first element equal to the argument.'
                keyAt: x = ( keyAt: x IfAbsent: [ missing: 'the element is not here' ] ).
                keyAt: x IfAbsent: a = ( do: [ |:e. :k| x = e ifTrue: [ ^ k ] ]. a value ).
                keyOf: x = ( keyAt: x ).
                keyOf: x IfAbsent: a = ( keyAt: x IfAbsent: a ).
            }
            {'Category: searching\x7fComment: My only element; it is an error if there are none or several.'
                soleElement = (
                    size = 1 ifFalse: [ ^ missing: 'there is not just one element' ].
                    findFirst: [ true ] ).
            }
            {'Category: iterating\x7fComment: Variants of do:. The second part of do:SeparatedBy: is evaluated between elements, with the one before, the one after, and their keys.'
                do: b SeparatedBy: s = (| started <- false. before. keyBefore |
                    do: [ |:e. :k|
                        started
                            ifTrue: [ s value: before With: e With: keyBefore With: k ]
                            False: [ started: true ].
                        b value: e With: k.
                        before: e.
                        keyBefore: k ].
                    self ).
                doFirst: f Middle: m Last: l = ( doFirst: f Middle: m Last: l IfEmpty: nil ).
                doFirst: f Middle: m Last: l IfEmpty: none = (| i <- 0. n |
                    n: size.
                    n = 0 ifTrue: [ ^ none value ].
                    do: [ |:e. :k|
                        i = 0 ifTrue: [ f value: e With: k ] False: [
                            i = (n - 1) ifTrue: [ l value: e With: k ] False: [
                                m value: e With: k ] ].
                        i: i + 1 ].
                    self ).
                doFirstLast: e Middle: m = ( doFirst: e Middle: m Last: e ).
                doFirstLast: e Middle: m IfEmpty: none = (
                    doFirst: e Middle: m Last: e IfEmpty: none ).
                doFirstMiddle: m Last: l = ( doFirst: m Middle: m Last: l ).
                doFirstMiddle: m Last: l IfEmpty: none = (
                    doFirst: m Middle: m Last: l IfEmpty: none ).
                doFirst: f MiddleLast: r = ( doFirst: f Rest: r ).
                doFirst: f MiddleLast: r IfEmpty: none = (
                    isEmpty ifTrue: [ none value ] False: [ doFirst: f Rest: r ] ).
                doFirst: f Rest: r = (| first <- true |
                    do: [ |:e. :k|
                        first ifTrue: [ first: false. f value: e With: k ] False: [
                            r value: e With: k ] ].
                    self ).
                keysDo: b = ( do: [ |:e. :k| b value: k ] ).
            }
            {'Category: iterating\x7fComment: Over me and another collection at once, as far as the shorter one goes: my element, its element, my key, its key.'
                with: c Do: b = (| others. theirKeys. i <- 0 |
                    others: list copyRemoveAll.
                    theirKeys: list copyRemoveAll.
                    c do: [ |:e. :k| others addLast: e. theirKeys addLast: k ].
                    do: [ |:e. :k|
                        i < others size ifFalse: [ ^ self ].
                        b value: e With: (others at: i) With: k With: (theirKeys at: i).
                        i: i + 1 ].
                    self ).
            }
            {'Category: comparing\x7fComment: Element by element as in a lexicon, the shorter one first if it is the beginning of the other. What else orders follows.'
                < c = ( (compareWith: c) < 0 ).
                compareWith: c = (
                    with: c Do: [ |:a. :b| a = b ifFalse: [ ^ a < b ifTrue: -1 False: 1 ] ].
                    size compare: c size ).
            }
            {'Category: transforming\x7fComment: A collection of what the block makes of each element; of the elements it accepts; of those it refuses. A collection given after Into: gets each by add:WithKey:.'
                mapBy: b = ( mapBy: b Into: copyRemoveAll ).
                mapBy: b Into: c = ( do: [ |:e. :k| c add: (b value: e With: k) WithKey: k ]. c ).
                filterBy: b = ( filterBy: b Into: copyRemoveAll ).
                filterBy: b Into: c = (
                    do: [ |:e. :k| (b value: e With: k) ifTrue: [ c add: e WithKey: k ] ].
                    c ).
                copyMappedBy: b = ( mapBy: b ).
                copyFilteredBy: b = ( filterBy: b ).
                collect: b = ( mapBy: b ).
                select: b = ( filterBy: b ).
                reject: b = ( filterBy: [ |:e. :k| (b value: e With: k) not ] ).
                intersect: c = ( filterBy: [ |:e| c includes: e ] ).
                gather: b = ( gather: b Into: list copyRemoveAll ).
                gather: b Into: c = ( do: [ |:e| c addAll: (b value: e) ]. c ).
                groupBy: b = (| d |
                    d: dictionary copyRemoveAll.
                    do: [ |:e. key|
                        key: b value: e.
                        (d at: key IfAbsentPut: [ list copyRemoveAll ]) add: e ].
                    d ).
            }
            {'Category: accumulating\x7fComment: Combines my elements from left to right: starting from a value, or from the first element. Example: (1 to: 4) inject: 10 Into: [ |:sum. :n| sum + n ] >>> 20.'
                inject: start Into: b = (| acc |
                    acc: start.
                    do: [ |:e| acc: (b value: acc With: e) ].
                    acc ).
                reduceWith: b = (
                    reduceWith: b IfEmpty: [ missing: 'an empty collection cannot be reduced' ] ).
                reduceWith: b IfEmpty: none = (| acc. started <- false |
                    do: [ |:e|
                        started ifTrue: [ acc: (b value: acc With: e) ] False: [
                            acc: e.
                            started: true ] ].
                    started ifTrue: [ acc ] False: [ none value ] ).
                reduceWith: b IfEmpty: none IfSingleton: one = (
                    size = 1 ifTrue: [ do: [ |:e| ^ one value: e ] ].
                    reduceWith: b IfEmpty: none ).
                reduceWith: b IfSingleton: one IfEmpty: none = (
                    reduceWith: b IfEmpty: none IfSingleton: one ).
                sum = ( inject: 0 Into: [ |:a. :e| a + e ] ).
                sumBy: b = ( inject: 0 Into: [ |:a. :e| a + (b value: e) ] ).
                product = ( inject: 1 Into: [ |:a. :e| a * e ] ).
                mean = (
                    isEmpty ifTrue: [ missing: 'no elements, no mean' ] False: [
                        sum asFloat / size asFloat ] ).
                average = ( mean ).
                dotProduct: c = (| sum <- 0 | with: c Do: [ |:a. :b| sum: sum + (a * b) ]. sum ).
            }
            {'Category: accumulating\x7fComment: Statistics of numbers. The deviation is that of a whole population. Example: (1 & 2 & 6) asVector mean >>> 3.0.'
                rootMeanSquare = ( ((sumBy: [ |:x| x * x ]) / size asFloat) sqrt ).
                standardDeviation = (| m |
                    m: mean.
                    ((sumBy: [ |:x| (x - m) square ]) / size asFloat) sqrt ).
                median = (| sorted. i |
                    sorted: copySorted.
                    i: size / 2.
                    size odd ifTrue: [ ^ sorted at: i ].
                    (sorted copyFrom: (i - 1 max: 0) UpTo: (i + 1 min: size)) mean ).
                percentile: n = ( copySorted at: (((size * n) / 100) truncate min: size - 1) ).
            }
            {'Category: accumulating\x7fComment: The least and the greatest element; those for which the block is least or greatest. Example: (3 & 9 & 4) asVector max >>> 9.'
                min = ( reduceWith: [ |:a. :e| a min: e ] ).
                max = ( reduceWith: [ |:a. :e| a max: e ] ).
                minBy: b = (
                    reduceWith: [ |:a. :e|
                        (b value: e) < (b value: a) ifTrue: [ e ] False: [ a ] ] ).
                maxBy: b = (
                    reduceWith: [ |:a. :e|
                        (b value: e) > (b value: a) ifTrue: [ e ] False: [ a ] ] ).
            }
            {'Category: adding\x7fComment: All elements of another collection; one with its key, which only those who choose their keys regard. Answers me.'
                addAll: c = ( c do: [ |:e. :k| add: e WithKey: k ]. self ).
                add: e WithKey: k = ( add: e ).
                addFrom: c = ( addAll: c ).
                removeAll: c = ( c do: [ |:e| remove: e IfAbsent: nil ]. self ).
                remove: e = (
                    remove: e IfAbsent: [ missing: 'the element to remove is not here' ] ).
            }
            {'Category: copying\x7fComment: One of my sort with the elements of another collection.'
                copyContaining: c = ( copyRemoveAll addAll: c ).
            }
            {'Category: converting\x7fComment: My elements in a new collection of another sort; a dictionary keeps the keys.'
                asVector = (| v. i <- 0 |
                    v: vector copySize: size.
                    do: [ |:e| v at: i Put: e. i: i + 1 ].
                    v ).
                asList = ( list copyRemoveAll addAll: self ).
                asSequence = ( sequence copyRemoveAll addAll: self ).
                asSet = ( set copyRemoveAll addAll: self ).
                asSortedVector = ( asVector copy sort ).
                asDictionary = (| d |
                    d: dictionary copyRemoveAll.
                    do: [ |:e. :k| d at: k Put: e ].
                    d ).
                asByteVector = (| v. i <- 0 |
                    v: byteVector copySize: size.
                    do: [ |:e| v at: i Put: e. i: i + 1 ].
                    v ).
            }
            {'Category: converting\x7fComment: My strings in one string; if there is anything else in me, what I print.'
                asString = (
                    (allSatisfy: [ |:e| (reflect: e) isReflecteeString ])
                        ifTrue: [ joined ]
                        False: [ printString ] ).
            }
            {'Category: converting\x7fComment: My elements, which are collections, in one of their sort, with an element in between; text with text in between. Example: (\'a\' & \'b\') asVector joinedWith: \', \' >>> \'a, b\'.'
                joinUsing: x = (| all |
                    (x isString && [ allSatisfy: [ |:c| c isString ] ]) ifTrue: [
                        ^ joinedWith: x ].
                    all: list copyRemoveAll.
                    do: [ |:c| all addAll: c ] SeparatedBy: [ all addLast: x ].
                    (firstIfAbsent: vector) copyContaining: all ).
            }
            {'Category: converting\x7fComment: The elements of my elements, which are collections, in one.'
                flatList = ( gather: [ |:c| c ] ).
                flatVector = ( flatList asVector ).
                flatSet = ( gather: [ |:c| c ] Into: set copyRemoveAll ).
                flatString = ( joined ).
                flatByteVector = ( (gather: [ |:c| c asByteVector ]) asByteVector ).
            }
            {'Category: sorting\x7fComment: A sorted vector of my elements. Example: (3 & 1 & 2) asVector copySorted >>> a vector(1, 2, 3).'
                copySorted = ( asVector copy sort ).
                copySortedBy: b = ( asVector copy sortBy: b ).
            }
            {'Category: printing\x7fComment: The kind of collection and its elements.'
                printString = ( printStringWith: collectionName ).
                collectionName = ( (reflect: self) name ).
                printStringWith: title = (| state |
                    state: process this state.
                    state printDepth = 0 ifTrue: [ state printBudget: printTotalLimit ].
                    state printDepth > printDepthLimit ifTrue: [ ^ title, '(...)' ].
                    state printDepth: state printDepth + 1.
                    [ printElementsOn: (stringWriter copyRemoveAll write: title) ] ensure: [
                        state printDepth: state printDepth - 1 ] ).
                printElementsOn: out = (| n <- 0 |
                    out write: '('.
                    do: [ |:e. :k|
                        n > 0 ifTrue: [ out write: ', ' ].
                        (n = printSizeLimit) || [ process this state spendOnPrinting not ] ifTrue: [
                            out write: '...)'.
                            ^ out contents ].
                        n: n + 1.
                        printElement: e Key: k On: out ].
                    out write: ')'.
                    out contents ).
                printElement: e Key: k On: out = ( out write: (reflect: e) safePrintString ).
                printDepthLimit = 6.
                printSizeLimit = 200.
                printTotalLimit = 2000.
            }
            {'Category: failing\x7fComment: What was asked for is not here.'
                missing: text = ( (errors missing copyReceiver: self Message: text) signal ).
                failedAt: i Error: e Name: n = (
                    e = 'badIndexError'
                        ifTrue: [ errors index signalFor: self Index: i Name: n ]
                        False: [ primitiveFailedError: e Name: n ] ).
            }
        |).
    }
|)
