"Errands: what the world can do by itself for the parts of its metric. Each belongs to a
persona and a part; `run` looks for something to do, thinks, and has its act decided.
Nothing found is nil.

  growing    messages that were given up, asked again with a bigger budget
  examples   found for methods without tests by running them; where the model
             expects something else of the name, that is shown instead
  merging    methods that are written or behave alike: one calls the other
  lifting    a method that two children of one parent have goes to the parent
  comments   sentences for methods without one, held against what they do
  gadget     a tool that runs all examples of an object, where there are many"

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of errands.'
        errand = (| {} = 'Comment: I am something that the world does by itself.'.
            parent* = traits clonable.

            {'Category: choosing\x7fComment: Errands for the weakest part go first.'
                rankFor: weak = ( part = weak ifTrue: [ order ] False: [ order + 100 ] ).
            }
            {'Category: running\x7fComment: A thought of mine; what it comes to, nil if there was nothing to do.'
                run = ( nil ).
                thoughtOn: text = (
                    (thought
                        copyPrompt: 'cem ', cem now printString, ', ', part, ': ', text
                        Persona: personaName
                        Because: 'nobody is there, and ', part, ' can be better') protocol: name ).
            }
            {'Category: printing\x7fComment: My name.'
                printString = ( 'the errand ', name ).
            }
        |).

        growAct = (| {} = 'Comment: I am an act that installs a grown method, with its record.'.
            parent* = traits act.

            {'Category: doing\x7fComment: The record comes and goes with the method.'
                apply = (
                    resend.apply.
                    mind grown add: record.
                    mind gotOver: record.
                    record countIn: record holder.
                    self ).
                undo = ( resend.undo. mind grown remove: record IfAbsent: nil. self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of errands, and of acts that install grown methods.'
        errandPrototype = (| {} = 'Comment: The prototype of errands.'.
            parent* = traits errand.

            {'Category: parts\x7fComment: Name; whose it is; which part of the metric it is for; the lower the earlier.'
                name <- ''.
                personaName <- ''.
                part <- ''.
                order <- 0.
            }
        |).

        growAct = (| {} = 'Comment: The prototype of acts that install grown methods.'.
            parent* = traits growAct.

            {'Category: parts\x7fComment: As of other acts; the record of what is grown.'
                kind <- ''.
                reason <- ''.
                edits <- list copyRemoveAll.
                isApplied <- false.
                record.
            }
        |).

        specimen = (| {} = 'Comment: I know expressions that call a method: receivers and arguments of the kinds that it is for.'.
            parent* = traits oddball.

            {'Category: expressions\x7fComment: For a mirror and a selector: as many as there are receivers, none if nobody knows how to call it.'
                expressionsFor: m Selector: n = (| arguments |
                    arguments: (m contentsAt: n) arguments mapBy: [ |:a| argumentFor: a ].
                    ((receiversOf: m) mapBy: [ |:r| (call: n On: r With: arguments asVector) ])
                        asVector ).
                call: n On: r With: v = (| out. i <- 0 |
                    v isEmpty ifTrue: [ ^ r, ' ', n ].
                    (n includesSubstring: ':') ifFalse: [ ^ r, ' ', n, ' ', v first ].
                    out: stringWriter copyRemoveAll.
                    out write: r.
                    (n splitOn: ':') do: [ |:p|
                        p isEmpty ifFalse: [ out write: ' ', p, ': ', (v at: i). i: i + 1 ] ].
                    out contents ).
                argumentFor: name = (
                    (' x y z ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ '2.5' ].
                    (' s t u ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ '\'ab\'' ].
                    (' c d ' includesSubstring: ' ', name, ' ') ifTrue: [
                        ^ '(3 & 1 & 2) asVector' ].
                    (' b b2 ' includesSubstring: ' ', name, ' ') ifTrue: [ ^ 'true' ].
                    ('blk' isPrefixOf: name) ifTrue: [ ^ '[ |:e| e ]' ].
                    '3' ).
                receiversOf: m = (| n |
                    receivers do: [ |:row|
                        (m isOnSameAs: (reflect: (row at: 0))) ifTrue: [ ^ row at: 1 ] ].
                    n: m nameInARoom.
                    (n isEmpty || [ (m understands: 'printString') not ]) ifTrue: [ ^ vector ].
                    vector copyAddLast: n ).
                receivers = (
                    ((traits integer & integers) asVector & (traits number & integers) asVector
                        & (traits smallInt & integers) asVector
                        & (traits float & ('2.5' & '-1.0' & '0.0') asVector) asVector
                        & (traits string
                            & ('\'hello world\'' & '\'a\'' & '\'\'' & '\'Ab1\'') asVector)
                            asVector & (traits vector & vectors) asVector
                        & (traits indexable & vectors) asVector
                        & (traits collection & vectors) asVector
                        & (traits list & ('(3 & 1 & 2) asList' & 'list copyRemoveAll') asVector)
                            asVector & (true & ('true' & 'false') asVector) asVector) asVector ).
                integers = ('3' & '10' & '0' & '-4' & '7') asVector.
                vectors = ('(3 & 1 & 2) asVector' & '(5 & 5) asVector' & 'vector') asVector.
            }
            {'Category: answers\x7fComment: What an expression prints in a fork, nil if it fails, changes something, or is not the same twice.'
                answerTo: text = (| r |
                    r: crucible try: text For: vector.
                    (r at: 0) = 'value' ifFalse: [ ^ nil ].
                    (r at: 5) isEmpty ifFalse: [ ^ nil ].
                    ((crucible try: text For: vector) at: 1) = (r at: 1) ifFalse: [ ^ nil ].
                    (r at: 1) ).
                fingerprintOf: g = (| out |
                    out: stringWriter copyRemoveAll.
                    (expressionsFor: (reflect: g holder) Selector: g selector) do: [ |:e|
                        out write: ((answerTo: e) ifNil: '?'), ';' ].
                    (((reflect: g holder) at: g selector) contents arguments size) printString
                        , ':', out contents ).
                fingerprintSome = (| n <- 0 |
                    mind grown do: [ |:g|
                        ((n < 3) && [ g fingerprint isEmpty && [ g isInPlace ] ]) ifTrue: [
                            n: n + 1.
                            g fingerprint: (fingerprintOf: g) ] ].
                    n ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The errands of this world.'
        errand = (| {} = 'Comment: I know what the world can do by itself.'.
            parent* = traits oddball.

            {'Category: errands\x7fComment: What was given up is asked again, with twice the proposals and three times the search. After three times it is left alone.'
                growing = ((((errandPrototype copy name: 'growing what was given up') personaName: 'BRICK') part: 'failures') order: 1) _AddSlots: (|
                    run = (| t. u. best |
                        (mind isModelThere && [ mind isTooBusy not ]) ifFalse: [ ^ nil ].
                        u: mind givenUp
                            findFirst: [ |:g| g rounds < 3 ]
                            IfPresent: [ |:g| g ]
                            IfAbsent: [ ^ nil ].
                        u rounds: u rounds + 1.
                        u seed: u seed + 1.
                        t: thoughtOn: 'given up: ', u signature.
                        best: askAgain: u.
                        mind learnFrom: u.
                        best ifNil: [
                            t step: u tried size printString, ' proposals, none was good enough'.
                            ^ t conclude: u signature, ' is still missing' ].
                        t step: 'chosen of ', u tried size printString, ' proposals and '
                            , u found size printString, ' finds: ', best source.
                        best verdicts do: [ |:v| t verdict: v ].
                        t act: (growAct copyKind: 'grow' Because: t prompt).
                        t act record: (grownMethod copyProposal: best).
                        t act
                            put: best definition
                            In: u holder
                            Category: 'grown'
                            Comment: u comment.
                        inquiry settle: t ).
                    askAgain: u = (| n. ms |
                        n: mind candidates.
                        ms: mind searchMilliseconds.
                        [
                            mind candidates: n * 2.
                            mind searchMilliseconds: ms * 3.
                            mind isThinking: true.
                            mind askedAt add: time milliseconds.
                            crucible best: u ] ensure: [
                            mind candidates: n.
                            mind searchMilliseconds: ms.
                            mind isThinking: false ] ).
                |).
            }
            {'Category: errands\x7fComment: A method without tests is run on inputs of its kind. What it answers is kept as examples, unless its name promises something else to the model, or to ROBIN where there is none: that is shown.'
                examples = ((((errandPrototype copy name: 'examples') personaName: 'ALFRED') part: 'knowledge') order: 2) _AddSlots: (|
                    run = (
                        specimen fingerprintSome.
                        ownMethods do: [ |:m. :n|
                            inquiry isDisturbed ifTrue: [ ^ nil ].
                            ((isUntested: n Of: m) && [ (safety isForbidden: m) not ]) ifTrue: [
                                (runFor: m Name: n) ifNotNil: [ |:t| ^ t ] ] ].
                        nil ).
                    isUntested: n Of: m = (
                        ((m at: n) comment includesSubstring: ' >>> ') ifTrue: [ ^ false ].
                        (inquiry shown includes: m expressionName, ' ', n) ifTrue: [ ^ false ].
                        mind grown do: [ |:g|
                            ((g selector = n) && [
                                    (m isOnSameAs: (reflect: g holder)) && [
                                            g examples isEmpty not ] ]) ifTrue: [ ^ false ] ].
                        true ).
                    runFor: m Name: n = (| t. found. odd. note |
                        found: list copyRemoveAll.
                        odd: list copyRemoveAll.
                        (specimen expressionsFor: m Selector: n) do: [ |:e. got. said|
                            found size < 3 ifTrue: [
                                got: specimen answerTo: e.
                                ((got isNotNil && [ got size < 60 ]) && [
                                        (e includesSubstring: ' >>> ') not ]) ifTrue: [
                                    said: promiseOf: e Method: m Name: n.
                                    (said isNil || [ said = got ])
                                        ifTrue: [
                                            found addLast: 'Example: ', e, ' >>> ', got, '.' ]
                                        False: [
                                            odd addLast: e, ' gives ', got
                                                , ', but the name says ', said ] ] ] ].
                        (found isEmpty && [ odd isEmpty ]) ifTrue: [ ^ nil ].
                        t: thoughtOn: n, ' of ', m expressionName, ' has no tests'.
                        odd do: [ |:line| t step: line ].
                        odd isEmpty ifFalse: [
                            inquiry shown add: m expressionName, ' ', n.
                            t state: 'for you'.
                            ^ t conclude: odd first ].
                        (fits: n Of: m) ifFalse: [
                            inquiry shown add: m expressionName, ' ', n.
                            t state: 'for you'.
                            ^ t conclude: n, ' of ', m expressionName
                                , ' does not seem to do what its name says: ', found first ].
                        note: ((m at: n) comment, ' ', (found joinedWith: ' ')) trim.
                        t step: found size printString, ' examples hold twice and change nothing'.
                        t act: ((act copyKind: 'examples' Because: t prompt)
                            comment: note
                            On: n
                            Of: m reflectee).
                        inquiry settle: t ).
                    fits: n Of: m = (| k |
                        k: task
                            copyReceiver: m reflectee
                            Signature: (specimen signatureOf: n In: m)
                            Holder: m reflectee
                            Comment: ''.
                        (robin fitOf: (m at: n) source For: k) >= -2.5 ).
                    promiseOf: e Method: m Name: n = (
                        inquiry asksForPromises ifFalse: [ ^ nil ].
                        oracle
                            lineFor: 'In a programming language, the value of `', e
                                , '` is a number, a truth value or a quoted text. Going by the name of the message only, what is it?'
                            Grammar: 'root ::= "true" | "false" | "-"? [0-9]{1,12} | "\'" [A-Za-z0-9 ]{0,30} "\'"' ).
                |).
            }
            {'Category: errands\x7fComment: Of two methods that say the same, or answer the same to shared inputs, the second calls the first.'
                merging = ((((errandPrototype copy name: 'merging') personaName: 'ALFRED') part: 'repetition') order: 3) _AddSlots: (|
                    run = (
                        census copyNow twins do: [ |:row|
                            (merge: (row at: 2)
                                Name: (row at: 3)
                                With: (row at: 0)
                                Name: (row at: 1)
                                Because: 'they are written alike') ifNotNil: [ |:t| ^ t ] ].
                        mind grown do: [ |:a. :i|
                            mind grown do: [ |:b. :k|
                                ((i < k) && [ isAlike: a To: b ]) ifTrue: [
                                    (merge: (reflect: b holder)
                                        Name: b selector
                                        With: (reflect: a holder)
                                        Name: a selector
                                        Because: 'they answer alike to shared inputs') ifNotNil: [ |
                                        :t
                                        |
                                        ^ t ] ] ] ].
                        nil ).
                    isAlike: a To: b = (
                        (a fingerprint isEmpty not && [ a fingerprint = b fingerprint ]) && [
                                ((a fingerprint includesSubstring: '?') not && [
                                        (reflect: a holder) isOnSameAs: (reflect: b holder) ])
                                    && [
                                        (b isInPlace && [ a isInPlace ]) && [
                                                (calls: b Name: a selector) not ] ] ] ).
                    calls: b Name: n = (
                        selectorFinder
                            does: ((reflect: b holder) at: b selector) source
                            Mention: n ).
                    merge: mb Name: nb With: ma Name: na Because: why = (| t. names. note |
                        ((ma isOnSameAs: mb) && [ na != nb ]) ifFalse: [ ^ nil ].
                        (safety isForbidden: mb) ifTrue: [ ^ nil ].
                        names: (mb contentsAt: nb) arguments asVector.
                        (names size = (ma contentsAt: na) arguments size) ifFalse: [ ^ nil ].
                        t: thoughtOn: nb, ' and ', na, ' of ', mb expressionName, ': ', why.
                        note: (mb at: nb) comment.
                        note isEmpty ifTrue: [ note: 'The same as ', na, '.' ].
                        t act: ((act copyKind: 'merge' Because: why)
                            put: (specimen signatureOf: nb In: mb), ' = ( '
                                , (specimen call: na On: 'self' With: names), ' )'
                            In: mb reflectee
                            Category: (mb at: nb) category
                            Comment: note).
                        inquiry settle: t ).
                |).
            }
            {'Category: errands\x7fComment: A method that two children of one parent have in the same words goes to the parent; one that says what its parent says goes.'
                lifting = ((((errandPrototype copy name: 'lifting') personaName: 'ALFRED') part: 'repetition') order: 4) _AddSlots: (|
                    run = (
                        census copyNow twins do: [ |:row|
                            (lift: (row at: 1)
                                From: (row at: 0)
                                And: (row at: 2)
                                Name: (row at: 3)) ifNotNil: [ |:t| ^ t ] ].
                        nil ).
                    inherit: n In: child From: p = (| t |
                        ((child at: n) source = (p at: n) source) && [
                                (safety isForbidden: child) not ] ifFalse: [ ^ nil ].
                        t: thoughtOn: n, ' of ', child expressionName
                            , ' stands in its parent, too'.
                        t act: ((act copyKind: 'inherit' Because: t prompt)
                            remove: n
                            From: child reflectee).
                        inquiry settle: t ).
                    isParent: p Of: child = ( child parents anySatisfy: [ |:q| q isOnSameAs: p ] ).
                    lift: n From: a And: b Name: nb = (| p. t. s |
                        (n = nb) && [ (a isOnSameAs: b) not ] ifFalse: [ ^ nil ].
                        (isParent: a Of: b) ifTrue: [ ^ inherit: n In: b From: a ].
                        (isParent: b Of: a) ifTrue: [ ^ inherit: n In: a From: b ].
                        p: commonParentOf: a And: b.
                        p isNil || [ (p includesName: n) || [ (isOurs: p) not ] ] ifTrue: [
                            ^ nil ].
                        (safety isForbidden: a) || [ safety isForbidden: b ] ifTrue: [ ^ nil ].
                        t: thoughtOn: n, ' stands in ', a expressionName, ' and in '
                            , b expressionName.
                        s: a at: n.
                        t act: ((act copyKind: 'lift' Because: t prompt)
                            put: (specimen signatureOf: n In: a), ' = ', s source
                            In: p reflectee
                            Category: s category
                            Comment: s comment).
                        t act remove: n From: a reflectee.
                        t act remove: n From: b reflectee.
                        inquiry settle: t ).
                    commonParentOf: a And: b = (
                        a parents do: [ |:p|
                            (b parents anySatisfy: [ |:q| p isOnSameAs: q ]) ifTrue: [ ^ p ] ].
                        nil ).
                    isOurs: p = (
                        (safety isForbidden: p) ifTrue: [ ^ false ].
                        ownMethods do: [ |:m| (m isOnSameAs: p) ifTrue: [ ^ true ] ].
                        false ).
                |).
            }
            {'Category: errands\x7fComment: The model writes a sentence; it is kept if it uses a word of the name and ROBIN finds that the method does what it says.'
                comments = ((((errandPrototype copy name: 'comments') personaName: 'BABS') part: 'knowledge') order: 5) _AddSlots: (|
                    run = (
                        mind isModelThere ifFalse: [ ^ nil ].
                        census copyNow bare do: [ |:row. m. n|
                            m: row at: 0.
                            n: row at: 1.
                            inquiry isDisturbed ifTrue: [ ^ nil ].
                            ((inquiry shown includes: 'comment ', m expressionName, ' ', n) || [
                                    safety isForbidden: m ]) ifFalse: [
                                (runFor: m Name: n) ifNotNil: [ |:t| ^ t ] ] ].
                        nil ).
                    runFor: m Name: n = (| line. t. k |
                        line: oracle lineFor: 'Say in one sentence what this method of '
                            , m expressionName, ' answers: ', (specimen signatureOf: n In: m)
                            , ' = ', (m at: n) source.
                        inquiry shown add: 'comment ', m expressionName, ' ', n.
                        line ifNil: [ ^ nil ].
                        t: thoughtOn: n, ' of ', m expressionName, ' has no comment'.
                        t step: 'the model says: ', line.
                        k: task
                            copyReceiver: m reflectee
                            Signature: (specimen signatureOf: n In: m)
                            Holder: m reflectee
                            Comment: line.
                        ((robin fitOf: (m at: n) source For: k) < -5.0) ifTrue: [
                            ^ t conclude: 'that does not fit what ', n, ' does' ].
                        t act: ((act copyKind: 'comment' Because: t prompt)
                            comment: (line, ' ', (m at: n) comment) trim
                            On: n
                            Of: m reflectee).
                        inquiry settle: t ).
                |).
            }
            {'Category: errands\x7fComment: An object whose methods have many examples that nobody runs together gets a tool that does.'
                gadget = ((((errandPrototype copy name: 'gadget mandate') personaName: 'BRICK') part: 'structure') order: 5) _AddSlots: (|
                    run = (| counts |
                        counts: list copyRemoveAll.
                        ownMethods do: [ |:m. :n| count: m Name: n In: counts ].
                        counts do: [ |:c. n|
                            n: c key nameInARoom.
                            ((c value >= least) && [
                                    n isEmpty not && [
                                            ((reflect: globals) includesName: n, 'Check') not && [
                                                    (n endsWith: 'Check') not ] ] ]) ifTrue: [
                                ^ make: n For: c value ] ].
                        nil ).
                    least <- 4.
                    examplesOf: m = (| n <- 0 |
                        m do: [ |:s| n: n + (browser examplesIn: s comment Of: s) size ].
                        n ).
                    count: m Name: n In: counts = (| k |
                        k: ((m at: n) comment splitOn: ' >>> ') size - 1.
                        counts do: [ |:c|
                            (c key isOnSameAs: m) ifTrue: [ c value: c value + k. ^ self ] ].
                        counts addLast: m -> k ).
                    make: n For: k = (| t |
                        t: thoughtOn: n, ' has ', k printString
                            , ' examples that nothing runs together'.
                        t act: ((act copyKind: 'gadget' Because: t prompt)
                            put: (textFor: n)
                            In: globals
                            Category: 'gadgets'
                            Comment: 'Checks the examples of ', n, '.').
                        inquiry settle: t ).
                    textFor: n = (
                        n, 'Check = (| {} = \'Comment: I check what the comments of ', n
                            , ' promise.\'. parent* = traits oddball. {\'Category: checking\\x7fComment: The object; its examples; those that do not hold; whether all do. Example: '
                            , n, 'Check isSound >>> true. Example: ', n
                            , 'Check failing >>> a list().\' subject = ( ', n
                            , ' ). examples = (| all | all: list copyRemoveAll. (reflect: subject) do: [ |:s| all addAll: (browser examplesIn: s comment Of: s) ]. all ). failing = ( examples filterBy: [ |:e| e value != e expected ] ). isSound = ( failing isEmpty ). } |)' ).
                |).
            }
        |).
    }
|)

inquiry _AddSlots: (|
    {'Category: settings\x7fComment: Whether the model is asked what a name promises before examples are kept; what was shown and is not brought up again.'
        asksForPromises <- true.
        shown <- set copyRemoveAll.
    }
|)

specimen _AddSlots: (|
    {'Category: expressions\x7fComment: The selector with its arguments, as a definition begins.'
        signatureOf: n In: m = (| names. out. i <- 0 |
            names: (m contentsAt: n) arguments asVector.
            names isEmpty ifTrue: [ ^ n ].
            (n includesSubstring: ':') ifFalse: [ ^ n, ' ', names first ].
            out: stringWriter copyRemoveAll.
            (n splitOn: ':') do: [ |:p|
                p isEmpty ifFalse: [
                    i > 0 ifTrue: [ out write: ' ' ].
                    out write: p, ': ', (names at: i).
                    i: i + 1 ] ].
            out contents ).
    }
|)
