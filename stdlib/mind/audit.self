"ALFRED's system integrity audit: what fails for the same reason again and again is
traced to what taught it. Lessons are what judges refused; a recurring flaw is a
reason and a piece of code that many of them share and nothing that was accepted has.
Entries of a corpus that teach the piece are run on this machine; one whose own tests
fail is corrected, by the smallest change that makes them hold, and run again. What
comes of it is a proposal for training that a person, or a budget, may accept.

  alfred audit                          the lessons of this world
  alfred audit: (file named: 'corpus.jsonl') contents
  (alfred auditOf: text) report"

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of lessons, flaws and audits.'
        lesson = (| {} = 'Comment: I am a proposal that a judge refused.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From a proposal.'
                copyProposal: p = (
                    (((copy signature: p task signature) source: p source) persona: p verdicts
                        last persona) evidence: p verdicts last evidence ).
            }
            {'Category: comparing\x7fComment: The reason without what is particular: numbers and quoted texts.'
                reasonKind = (| out. quoted <- false |
                    (evidence includesSubstring: ' gives ') ifTrue: [
                        ^ persona, ': an example gives something else' ].
                    out: stringWriter copyRemoveAll.
                    evidence do: [ |:c|
                        c = '\'' ifTrue: [ quoted: quoted not ].
                        quoted || [ c isDigit ] ifFalse: [ out write: c ] ].
                    persona, ': ', (out contents before: ':') trim ).
                pieces = ( codePieces of: source ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = ( signature, ' = ', source, '   ', persona, ': ', evidence ).
            }
        |).

        flaw = (| {} = 'Comment: I am a reason and a piece of code that many refused proposals share.'.
            parent* = traits clonable.

            {'Category: printing\x7fComment: In one line.'
                printString = (
                    count printString, ' proposals with `', piece
                        , '` were refused for the same reason: ', reason ).
            }
        |).

        trainingEntry = (| {} = 'Comment: I am an entry of a corpus: a method, and what it must do.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From a line of JSON; nil if it is no entry.'
                copyLine: text = (| d |
                    d: json parse: text IfFail: [ ^ nil ].
                    ((reflect: d) understands: 'at:IfAbsent:') ifFalse: [ ^ nil ].
                    (copy line: text) data: d ).
                at: k = ( data at: k IfAbsent: '' ).
                body = ( at: 'body' ).
                pairs = (
                    (data at: 'tests' IfAbsent: vector) asVector mapBy: [ |:p|
                        (p asVector at: 0) -> (p asVector at: 1) ] ).
            }
            {'Category: trying\x7fComment: In a fork: the tests that fail with a body; a body near to mine with which none fails, nil if there is none.'
                failingWith: text = (
                    pairs filterBy: [ |:p. r|
                        r: crucible
                            try: (prologue: text), '([ ', p key, ' ] value) printString = ([ '
                                , p value, ' ] value) printString'
                            For: vector.
                        ((r at: 0) = 'value') && [ (r at: 1) = 'true' ] ifTrue: false False: true ] ).
                prologue: text = (
                    ((at: 'setup') isEmpty ifTrue: '' False: [ '[ ', (at: 'setup'), ' ] value. ' ])
                        , (at: 'where'), ' _AddSlots: (| ', (at: 'selector'), ' = ', text
                        , ' |). ' ).
                corrected = (
                    (1 & 0) asVector do: [ |:step|
                        (variantsOf: body Step: step) do: [ |:v|
                            (failingWith: v) isEmpty ifTrue: [ ^ v _MethodSimplified ] ] ].
                    nil ).
                variantsOf: text Step: n = (
                    text
                        _MethodVariants: (names & ('0' & '1' & '2') asVector & vector
                            & ('+' & '-' & '*' & '<' & '>' & '=') asVector
                            & ('size' & 'first' & 'last') asVector & vector & vector & vector)
                            asVector
                        Step: n
                        IfFail: vector ).
                names = ( ((babs namesIn: body) asList copy add: 'self') asVector ).
            }
            {'Category: converting\x7fComment: A line of JSON like mine with another body, and where it comes from.'
                lineWith: text = (| d |
                    d: orderedDictionary copyRemoveAll.
                    data do: [ |:v. :k| d at: k Put: v ].
                    d at: 'body' Put: text.
                    d at: 'corrects' Put: body.
                    json print: d ).
            }
            {'Category: printing\x7fComment: Selector and body.'
                printString = ( (at: 'receiver'), '  ', (at: 'selector'), ' = ', body ).
            }
        |).

        audit = (| {} = 'Comment: I am what an audit found.'.
            parent* = traits clonable.

            {'Category: reporting\x7fComment: All of it as text; the corrected entries as JSON Lines; how to train with them.'
                report = (| out |
                    out: stringWriter copyRemoveAll.
                    out writeLine: lessons printString, ' refused proposals, '
                        , flaws size printString, ' recurring flaws'.
                    flaws do: [ |:f| out writeLine: '  ', f printString ].
                    out writeLine: 'entries of the corpus that teach them: '
                        , suspects size printString, '; of these fail their own tests: '
                        , wrong size printString.
                    wrong do: [ |:e| out writeLine: '  ', e printString ].
                    corrections do: [ |:c| out writeLine: '  becomes ', c value ].
                    others do: [ |:line| out writeLine: '  also said in ', line ].
                    out write: proposal.
                    out contents ).
                jsonLines = (
                    (corrections mapBy: [ |:c| c key lineWith: c value ]) joinedWith: '\n' ).
                minutes = (
                    1 max: ((corrections size * tokensAnEntry * epochs) / (tokensASecond * 60)) ).
                proposal = (
                    corrections isEmpty ifTrue: [
                        ^ 'no training is proposed: nothing was corrected' ].
                    'proposed: a training with ', corrections size printString, ' corrected '
                        , (corrections size = 1 ifTrue: 'entry' False: 'entries')
                        , ' on the present adapter, about '
                        , (inquiry counted: minutes As: 'minute')
                        , '; measured on tasks kept apart ('
                        , (alfred tasksFile isEmpty ifTrue: 'alfred tasksFile: names them' False: [
                            alfred tasksFile ]), '), and used only if it is better' ).
                tokensAnEntry = 35.
                epochs = 3.
                tokensASecond = 100.
            }
            {'Category: printing\x7fComment: In one line; `report` tells all.'
                printString = (
                    'an audit(', (inquiry counted: lessons As: 'refused proposal'), ', '
                        , (inquiry counted: flaws size As: 'recurring flaw'), ', '
                        , corrections size printString, ' corrected)' ).
            }
            {'Category: deciding\x7fComment: Whether a trained adapter is to be used, by tasks solved of as many by the old and the new one: only if it is better.'
                adopts: new Over: old = ( new > old ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of what an audit works with.'
        lesson = (| {} = 'Comment: The prototype of lessons.'.
            parent* = traits lesson.
            {'Category: parts\x7fComment: What was wanted, what was proposed, who refused it, and why.'
                signature <- ''.
                source <- ''.
                persona <- ''.
                evidence <- ''.
            }
        |).
        flaw = (| {} = 'Comment: The prototype of flaws.'.
            parent* = traits flaw.
            {'Category: parts\x7fComment: The reason; the piece of code; how often.'
                reason <- ''.
                piece <- ''.
                count <- 0.
            }
        |).
        trainingEntry = (| {} = 'Comment: The prototype of entries of a corpus.'.
            parent* = traits trainingEntry.
            {'Category: parts\x7fComment: The line, and what it says.'
                line <- ''.
                data.
            }
        |).
        audit = (| {} = 'Comment: The prototype of audits.'.
            parent* = traits audit.
            {'Category: parts\x7fComment: How many lessons; flaws; entries that teach them; those that fail; pairs of entry and body; instructions and rules that say the same.'
                lessons <- 0.
                flaws <- list copyRemoveAll.
                suspects <- list copyRemoveAll.
                wrong <- list copyRemoveAll.
                corrections <- list copyRemoveAll.
                others <- list copyRemoveAll.
            }
        |).

        codePieces = (| {} = 'Comment: I cut code into pieces of three words.'.
            parent* = traits oddball.

            {'Category: cutting\x7fComment: All runs of three words or signs; the words and signs in order.'
                of: text = (| all. w |
                    all: set copyRemoveAll.
                    w: wordsOf: text.
                    1 upTo: w size - 1 Do: [ |:i|
                        all add: (w at: i - 1), ' ', (w at: i), ' ', (w at: i + 1) ].
                    all ).
                wordsOf: text = (| all. word <- '' |
                    all: list copyRemoveAll.
                    text do: [ |:c|
                        (c isLetter || [ c isDigit || [ c = ':' ] ])
                            ifTrue: [ word: word, c ]
                            False: [
                                word isEmpty ifFalse: [ all addLast: word ].
                                word: ''.
                                c isWhitespace || [ (c = '(') || [ (c = ')') || [ c = '.' ] ] ] ifFalse: [
                                    all addLast: c ] ] ].
                    word isEmpty ifFalse: [ all addLast: word ].
                    all asVector ).
            }
        |).
    }
|)

alfred _AddSlots: (|
    {'Category: protocols\x7fComment: The system integrity audit: of the lessons alone; with the text of a corpus, as a thought; the audit itself.'
        audit = ( audit: corpusText ).
        audit: text = (| t. a |
            t: thought
                copyPrompt: 'the experience of this world'
                Persona: personaName
                Because: 'an audit was asked for'.
            t protocol: 'system integrity audit'.
            a: auditOf: text.
            tell: a To: t Corpus: text.
            thoughts keep: t.
            a ).
        tell: a To: t Corpus: text = (
            (a report splitOn: '\n') do: [ |:line| line isEmpty ifFalse: [ t step: line ] ].
            t conclude: a proposal.
            a corrections isEmpty ifTrue: [ ^ t ].
            t act: (teachingAct copyAudit: a Corpus: text).
            t state: 'proposed'.
            t ).
        auditOf: text = (| a |
            a: globals audit copy.
            a lessons: mind lessons size.
            a flaws: recurring: mind lessons.
            a suspects: list copyRemoveAll.
            a wrong: list copyRemoveAll.
            a corrections: list copyRemoveAll.
            a others: (othersThatSay: a flaws).
            (text splitOn: '\n') do: [ |:line. e|
                inquiry isDisturbed ifTrue: [ ^ a ].
                (a flaws anySatisfy: [ |:f| mentions: line Piece: f piece ]) ifTrue: [
                    e: trainingEntry copyLine: line.
                    e ifNotNil: [ examine: e For: a ] ] ].
            a ).
        examine: e For: a = (
            (a flaws anySatisfy: [ |:f| (codePieces of: e body) includes: f piece ]) ifFalse: [
                ^ self ].
            a suspects addLast: e.
            (e failingWith: e body) isEmpty ifTrue: [ ^ self ].
            a wrong addLast: e.
            e corrected ifNotNil: [ |:body| a corrections addLast: e -> body ].
            self ).
        mentions: line Piece: p = (
            (p splitOn: ' ') allSatisfy: [ |:w| line includesSubstring: w ] ).
        recurring: lessons = (| counts. found. accepted |
            counts: dictionary copyRemoveAll.
            lessons do: [ |:l. k|
                k: l reasonKind.
                l pieces do: [ |:p| counts at: k, '|', p Update: [ |:n| n + 1 ] IfAbsent: 1 ] ].
            accepted: set copyRemoveAll.
            mind grown do: [ |:g| accepted addAll: (codePieces of: g source) ].
            found: list copyRemoveAll.
            counts do: [ |:n. :key. f|
                ((n >= often) && [ (accepted includes: (key after: '|')) not ]) ifTrue: [
                    f: ((flaw copy count: n) reason: (key before: '|')) piece: (key after: '|').
                    found addLast: f ] ].
            (found copySortedBy: [ |:x. :y| x count > y count ]) asList ).
        often <- 3.
        othersThatSay: flaws = (| found |
            found: list copyRemoveAll.
            flaws do: [ |:f|
                ((codePieces of: babs instructions) includes: f piece) ifTrue: [
                    found addLast: 'the instructions to the model: ', f piece ] ].
            found ).
    }
|)
