"Thinking in a language that the model knows: a question, answers in rounds, their
translations as proposals, and the choice among them. With examples those decide, and
known forms come last. Without, methods that behave alike are counted: the larger group
is chosen, and `auto` wants a margin."

mind _AddSlots: (|
    {'Category: settings\x7fComment: How questions are put: direct (in our language), translated, or auto: direct only for a model that was taught it. Answers in all, and in the first round; most tokens of one; milliseconds after which no further round begins; rounds that repair what failed.'
        way <- 'auto'.
        thoughts <- 8.
        firstThoughts <- 3.
        thoughtTokens <- 240.
        thoughtMilliseconds <- 20000.
        repairs <- 1.
    }
    {'Category: settings\x7fComment: What part of the answers, weighed by likelihood, must behave alike for auto to install one without examples; how many at least.'
        margin <- 0.6.
        leastAgreeing <- 2.
    }
    {'Category: asking the model\x7fComment: Whether tasks are put in the other language; answers to a question, as vectors of text, tokens, log probability, how each ended.'
        isTranslating = ( (way = 'translated') || [ (way = 'auto') && [ isAdapted not ] ] ).
        think: q Count: n Seed: s = (
            useBackendIfFail: [ |:e| q task complaint: e. ^ vector ].
            _ModelGenerate: (q instructions & q text & q grammar & 'root' & n & thoughtTokens
                    & temperature & s & adapters & modelMilliseconds & q opening
                    & (vector copySize: 1 FillingWith: '```')) asVector
                IfFail: [ |:e. :n| q task complaint: e. vector ] ).
    }
|)

traits task _AddSlots: (|
    {'Category: thinking\x7fComment: The question in the other language, made once.'
        asQuestion = ( question ifNil: [ question: (globals question copyTask: self) ]. question ).
    }
|)

task _AddSlots: (|
    {'Category: thinking\x7fComment: The question; why answers were not translated; how many proposals agree, in a line, and what part that is.'
        question.
        untranslated <- list copyRemoveAll.
        agreement <- ''.
        consent <- 0.0.
        firstLine <- 0.
    }
|)

proposal _AddSlots: (|
    {'Category: thinking\x7fComment: The text that was translated; how the method came about: direct, translated, search, form, edited; whether it was tried on hidden ground that it shares with others.'
        thought <- ''.
        way <- 'direct'.
    }
|)

traits proposal _AddSlots: (|
    {'Category: creating\x7fComment: From a translation.'
        copyMethod: m Thought: code Row: row Task: t = (| p |
            p: copy.
            p source: (m at: 1).
            p task: t.
            p thought: code.
            p way: 'translated'.
            p origin: 'translated'.
            p logProbability: (row at: 2).
            p tokens: (row at: 1).
            p verdicts: list copyRemoveAll.
            p ).
    }
|)

crucible _AddSlots: (|
    {'Category: thinking\x7fComment: The best method for a task among the translations of what the model answers; nil if none is good enough.'
        bestThought: t = (| good. best |
            t untranslated: list copyRemoveAll.
            t tried: (thoughtsFor: t) asVector.
            good: accepted: t tried.
            (good isEmpty && [ t examples isEmpty not ]) ifTrue: [
                t found: (likeliest: (searched: t) For: t).
                t found do: [ |:p|
                    p way: (p nearness > 0 ifTrue: 'form' False: 'search').
                    p judge ].
                good: accepted: t found ].
            good isEmpty ifTrue: [ ^ nil ].
            count: good For: t.
            best: (good copySortedBy: [ |:a. :b| a votes > b votes ]) first.
            t agreement isEmpty ifFalse: [
                best verdicts add: (verdict good: t agreement By: 'BABS') ].
            best ).
        thoughtsFor: t = (| q. all. started. round <- 1 |
            started: time milliseconds.
            all: list copyRemoveAll.
            q: t asQuestion.
            add: (mind think: q Count: (mind firstThoughts min: mind thoughts) Seed: t seed)
                Of: q
                To: all.
            t firstLine: time milliseconds - started.
            (isEnough: all For: t) ifTrue: [ ^ all ].
            (mind thoughts > mind firstThoughts) && [ (isLate: started) not ] ifTrue: [
                add: (mind think: q Count: mind thoughts - mind firstThoughts Seed: t seed + 1)
                    Of: q
                    To: all ].
            [
                (round <= mind repairs) && [
                        t examples isEmpty not && [
                                (isLate: started) not && [ (isEnough: all For: t) not ] ] ] ] whileTrue: [
                repair: q After: all.
                add: (mind
                        think: q
                        Count: (mind firstThoughts min: mind thoughts)
                        Seed: t seed + 1 + round)
                    Of: q
                    To: all.
                round: round + 1 ].
            all ).
        isLate: started = ( (time milliseconds - started) > mind thoughtMilliseconds ).
        isEnough: all For: t = (
            t examples isEmpty not && [ all anySatisfy: [ |:p| p isAccepted ] ] ).
        add: rows Of: q To: all = (
            rows do: [ |:row|
                (q methodsIn: (row at: 0) IfFail: [ |:e| q task untranslated add: e. vector ]) do: [ |
                    :m.
                    p
                    |
                    (all anySatisfy: [ |:other| other source = (m at: 1) ]) ifFalse: [
                        q task signature: (m at: 0).
                        p: proposal
                            copyMethod: m
                            Thought: (q codeOfAny: (row at: 0))
                            Row: row
                            Task: q task.
                        (crucible completed: p Missing: m Of: q) do: [ |:one| all add: one judge ] ] ] ].
            self ).
        repair: q After: all = (| best |
            best: (all copyFilteredBy: [ |:p| (p reason startsWith: 'BRICK') ]).
            best isEmpty ifTrue: [ ^ self ].
            q repair: 'A first try was wrong: '
                , ((best first reason after: 'BRICK: ') replaceAll: '\n' With: ' ').
            self ).
    }
    {'Category: thinking\x7fComment: Methods that behave alike on the message and its neighbours are one group; each counts by its likelihood.'
        count: good For: t = (| top. whole <- 0.0. best. size <- 0 |
            top: good inject: (good at: 0) logProbability Into: [ |:m. :p|
                m max: p logProbability ].
            good do: [ |:p| whole: whole + (weight: p Top: top) ].
            good do: [ | :p. mass <- 0.0 |
                good do: [ |:other|
                    (good size = 1) || [ other behaviour = p behaviour ] ifTrue: [
                        mass: mass + (weight: other Top: top) ] ].
                p votes: mass + (0.001 * (weight: p Top: top)) ].
            best: (good copySortedBy: [ |:a. :b| a votes > b votes ]) first.
            good do: [ |:p|
                (good size = 1) || [ p behaviour = best behaviour ] ifTrue: [ size: size + 1 ] ].
            t consent: ((best votes / whole) min: 1.0).
            t agreement: (good size = 1 ifTrue: '' False: [
                size printString, ' of ', good size printString, ' agree: ', (shownBy: best) ]).
            self ).
        weight: p Top: top = ( ((p logProbability - top) * 0.25) exp ).
        shownBy: p = (| lines |
            lines: (p behaviour splitOn: '\n') asVector.
            lines: (lines copyFrom: 0 UpTo: (lines size min: 4)) mapBy: [ |:l|
                l size > 24 ifTrue: [ (l copyFrom: 0 UpTo: 21), '...' ] False: [ l ] ].
            (lines asList joinedWith: ', ') ).
        isAgreed: t = (
            mind isTranslating not || [ t examples isEmpty not ] || [
                    (t consent >= mind margin) && [
                            (accepted: t tried) size >= mind leastAgreeing ] ] ).
    }
|)
