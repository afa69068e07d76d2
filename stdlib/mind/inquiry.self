"The Characterological Inquiry Loop: what the world does while nobody is there. It
measures itself, finds the weakest part of the metric, has the persona whose errand fits
propose an act, tries it in a fork with the metric before and after, and keeps it if it
is an improvement and the policy says so.

  inquiry policy: 'off'       nothing runs and nothing costs anything; what a new world does
  inquiry policy: 'propose'   proposals are kept as thoughts, nothing is changed
  inquiry policy: 'auto'      what passes is done, each in a commit of its own
  inquiry stop                at once, whatever it is at; so does Ctrl-C, and any key
  inquiry showDreams          what was done while nobody was there"

globals _AddSlots: (|
    {'Category: mind\x7fComment: What thinking by itself may cost.'
        inquiryBudget = (| {} = 'Comment: I know what was spent, and what may be.'.
            parent* = traits clonable.

            {'Category: limits\x7fComment: Tokens, seconds of work and commits, in an hour and in a day.'
                tokensAnHour <- 20000.
                tokensADay <- 100000.
                secondsAnHour <- 300.
                secondsADay <- 1800.
                commitsAnHour <- 30.
                commitsADay <- 200.
            }
            {'Category: state\x7fComment: What was spent: vectors of moment, tokens, milliseconds and commits.'
                spent <- list copyRemoveAll.
            }
            {'Category: spending\x7fComment: Notes what a turn took; what it comes to since a moment.'
                tokens: n Milliseconds: ms Commits: c = (| now |
                    now: time milliseconds.
                    spent: (spent filterBy: [ |:v| (v at: 0) > (now - 86400000) ]).
                    spent: (spent copy addLast: (now & n & ms & c) asVector).
                    self ).
                sum: i Since: moment = (
                    spent inject: 0 Into: [ |:n. :v|
                        n + ((v at: 0) > moment ifTrue: [ v at: i ] False: 0) ] ).
                lastHour: i = ( sum: i Since: time milliseconds - 3600000 ).
                lastDay: i = ( sum: i Since: time milliseconds - 86400000 ).
            }
            {'Category: asking\x7fComment: Tokens and milliseconds that are left.'
                tokensLeft = ( (tokensAnHour - (lastHour: 1)) min: tokensADay - (lastDay: 1) ).
                millisecondsLeft = (
                    ((secondsAnHour * 1000) - (lastHour: 2)) min: (secondsADay * 1000)
                        - (lastDay: 2) ).
            }
            {'Category: asking\x7fComment: What is used up, nil if nothing is.'
                refusal = (
                    (lastHour: 1) >= tokensAnHour ifTrue: [
                        ^ 'the tokens of this hour are spent' ].
                    (lastDay: 1) >= tokensADay ifTrue: [ ^ 'the tokens of this day are spent' ].
                    (lastHour: 2) >= (secondsAnHour * 1000) ifTrue: [
                        ^ 'the time of this hour is spent' ].
                    (lastDay: 2) >= (secondsADay * 1000) ifTrue: [
                        ^ 'the time of this day is spent' ].
                    (lastHour: 3) >= commitsAnHour ifTrue: [
                        ^ 'the commits of this hour are spent' ].
                    (lastDay: 3) >= commitsADay ifTrue: [ ^ 'the commits of this day are spent' ].
                    nil ).
            }
            {'Category: printing\x7fComment: What was spent in this hour and in this day, and of how much.'
                printString = (
                    (spent: 1 Of: tokensAnHour And: tokensADay In: 1), ' tokens, '
                        , (spent: 2 Of: secondsAnHour And: secondsADay In: 1000), ' seconds, '
                        , (spent: 3 Of: commitsAnHour And: commitsADay In: 1)
                        , ' commits in this hour (and day)' ).
                spent: i Of: hour And: day In: unit = (
                    ((lastHour: i) / unit) printString, ' of ', hour printString, ' ('
                        , ((lastDay: i) / unit) printString, ' of ', day printString, ')' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: What the world does while nobody is there.'
        inquiry = (| {} = 'Comment: I let the world think while nobody is there.'.
            parent* = traits oddball.

            {'Category: settings\x7fComment: off, propose or auto; seconds without a key or a client before it begins; seconds between two turns; by how much the metric must rise; whether it waits while more programs want to run than there are processors, and while the machine runs on its battery; the budget.'
                thePolicy <- 'off'.
                idleAfter <- 60.
                pace <- 1.
                leastRise <- 0.0.
                regardsLoad <- true.
                regardsBattery <- true.
                budget <- inquiryBudget copy.
            }
            {'Category: state\x7fComment: The process that thinks; errands that came to nothing, with the state of the world they were tried in; thoughts before the last absence, and the metric then; the errand that came to something last, whose turn comes after the others.'
                heart.
                tried <- dictionary copyRemoveAll.
                dreamsFrom <- 0.
                cemBefore.
                wasAway <- false.
                latest <- ''.
            }
            {'Category: state\x7fComment: When the turn that is under way has used up its time, and its tokens; what went wrong last in an errand.'
                deadline.
                mostTokens <- 0.
                trouble <- ''.
            }

            {'Category: controlling\x7fComment: What is allowed; begins, ends at once.'
                policy = ( thePolicy ).
                policy: text = (
                    (('off' & 'propose' & 'auto') asVector includes: text) ifFalse: [
                        ^ error: 'a policy is off, propose or auto' ].
                    thePolicy: text.
                    text = 'off' ifTrue: [ stop ] False: [ start ].
                    self ).
                start = (
                    isRunning ifTrue: [ ^ self ].
                    dreamsFrom: thoughts count.
                    cemBefore: nil.
                    wasAway: false.
                    heart: (process copySend: (message copy receiver: self Selector: 'beat')).
                    heart name: 'inquiry'.
                    heart priority: lowest.
                    heart start.
                    self ).
                stop = (
                    thePolicy: 'off'.
                    isRunning && [ heart !== process this ] ifTrue: [ heart abort ].
                    heart: nil.
                    self ).
                isRunning = ( heart isNotNil && [ heart hasEnded not ] ).
                lowest = -100.
            }
            {'Category: beating\x7fComment: In the process of mine: looks whether somebody is there, and takes turns while nobody is.'
                beat = (
                    [ thePolicy = 'off' ] whileFalse: [
                        process sleep: (isSomebodyThere || [ reasonToWait isNotNil ]
                            ifTrue: 1000
                            False: [ pace * 1000 ]).
                        isSomebodyThere ifTrue: [ welcome ] False: [
                            reasonToWait ifNil: [ turnQuietly ] ] ] ).
                isSomebodyThere = ( (_IdleMillisecondsIfFail: 0) < (idleAfter * 1000) ).
                isDisturbed = ( (_IsDisturbedIfFail: false) || [ isUsedUp ] ).
                isUsedUp = (
                    deadline isNotNil && [
                            (time milliseconds > deadline) || [ oracle tokens >= mostTokens ] ] ).
                isBusyOutside = ( regardsLoad && [ _LoadIsHighIfFail: false ] ).
                isOnBattery = ( (powerSupply at: 0) ).
                battery = ( powerSupply at: 1 ).
                powerSupply = ( _PowerSupplyIfFail: [ (false & nil) asVector ] ).
                reasonToWait = (
                    budget refusal ifNotNil: [ |:why| ^ why ].
                    isBusyOutside ifTrue: [ ^ 'the machine is busy with other things' ].
                    (regardsBattery && [ isOnBattery ]) ifTrue: [
                        ^ 'the machine runs on its battery' ].
                    nil ).
                whatItWaitsFor = (
                    reasonToWait ifNotNil: [ |:why| ^ 'waiting: ', why ].
                    isSomebodyThere ifTrue: [
                        ^ 'waiting until nobody was there for ', idleAfter printString, ' seconds' ].
                    'thinking' ).
                turnQuietly = (
                    wasAway ifFalse: [
                        wasAway: true.
                        dreamsFrom: thoughts count.
                        cemBefore: cem value ].
                    _QuietBeginIfFail: nil.
                    _QuietAllow: budget tokensLeft IfFail: nil.
                    [ turn ] ensure: [ _QuietEndIfFail: nil ] ).
                welcome = (
                    wasAway ifFalse: [ ^ self ].
                    wasAway: false.
                    dreams isEmpty ifFalse: [ console complain: summary ].
                    self ).
            }
            {'Category: turns\x7fComment: One turn: the errands for the weakest part first, until one comes to something. The thought, nil if there is nothing to do.'
                turn = (| begun. tokens. t |
                    begun: time milliseconds.
                    tokens: oracle tokens.
                    deadline: begun + budget millisecondsLeft.
                    mostTokens: tokens + budget tokensLeft.
                    [ t: takeErrand ] ensure: [
                        deadline: nil.
                        budget
                            tokens: oracle tokens - tokens
                            Milliseconds: time milliseconds - begun
                            Commits: (t isNotNil && [ t isActed ] ifTrue: 1 False: 0) ].
                    t ifNotNil: [
                        t tokens: oracle tokens - tokens.
                        t isDream: true.
                        thoughts keep: t ].
                    t ).
                takeErrand = (| t. before |
                    errandsInOrder do: [ |:e|
                        isDisturbed ifTrue: [ ^ nil ].
                        (isStale: e) ifFalse: [
                            before: shown copy.
                            t: runSafely: e.
                            isDisturbed && [ t isNil || [ t isActed not ] ] ifTrue: [
                                shown: before.
                                ^ nil ].
                            t ifNotNil: [ latest: e name. ^ t ].
                            tried at: e name Put: image changeCount ] ].
                    nil ).
                runSafely: e = (
                    [ e run ] on: errors any Do: [ |:x|
                        trouble: e name, ': ', x description.
                        x return: nil ] ).
                isStale: e = ( (tried at: e name IfAbsent: -1) = image changeCount ).
                errandsInOrder = (| weak |
                    weak: (cem weakest ifNil: '' IfNotNil: [ |:p| p name ]).
                    (errands copySortedBy: [ |:a. :b|
                        (rankOf: a For: weak) < (rankOf: b For: weak) ]) ).
                rankOf: e For: weak = (
                    (e rankFor: weak) + (e name = latest ifTrue: 1000 False: 0) ).
                errands = (
                    (errand growing & errand examples & errand merging & errand lifting
                        & errand comments & errand gadget & errand teaching) asVector ).
            }
            {'Category: judging\x7fComment: Tries an act in forks and, if it is good and allowed, does it. True if it was done. What was refused is not tried again: then there is no thought.'
                settle: t = (| text |
                    text: 'refused ', t act source.
                    (shown includes: text) ifTrue: [ ^ nil ].
                    decide: t.
                    (t state = 'refused') && [ isDisturbed not ] ifTrue: [ shown add: text ].
                    t ).
                decide: t = (| verdicts |
                    verdicts: trial judge: t act For: t.
                    verdicts do: [ |:v| t verdict: v ].
                    (verdicts anySatisfy: [ |:v| v isGood not ]) ifTrue: [
                        t conclude: t act printString, ' was refused: ', verdicts last evidence.
                        t state: 'refused'.
                        t act: nil.
                        ^ false ].
                    thePolicy = 'auto' ifFalse: [
                        t conclude: 'proposed: ', t act printString.
                        t state: 'proposed'.
                        ^ false ].
                    isDisturbed ifTrue: [
                        t conclude: t act printString, ' was left'.
                        t state: 'left'.
                        t act: nil.
                        ^ false ].
                    t act apply.
                    cem note.
                    t conclude: t act printString.
                    true ).
            }
            {'Category: coming back\x7fComment: What was thought while nobody was there; in one line; as text; takes all of it back, or lets it stand.'
                dreams = (
                    thoughts all filterBy: [ |:t| t isDream && [ t number > dreamsFrom ] ] ).
                summary = (
                    'While you were away: '
                        , (counted: (dreams countBy: [ |:t| t isActed ]) As: 'act')
                        , (cemBefore ifNil: '' IfNotNil: [ |:v|
                            ', cem ', (v printStringPrecision: 3), ' -> ', cem now printString ])
                        , ' (:dreams)' ).
                counted: n As: word = ( n printString, ' ', word, (n = 1 ifTrue: '' False: 's') ).
                showDreams = (
                    dreams isEmpty ifTrue: [ ^ 'no dreams: ', reasonForNone ].
                    summary, '\n', ((dreams mapBy: [ |:t| t printString ]) joinedWith: '\n')
                        , '\nthoughts undo: N takes one back, thoughts accept: N does what is proposed, inquiry undoDreams takes all back, inquiry keepDreams none' ).
                reasonForNone = (
                    thePolicy = 'off' ifTrue: [
                        ^ 'inquiry policy is off (propose and auto are the others)' ].
                    reasonToWait ifNil: 'nothing was found to do' IfNotNil: [ |:why| why ] ).
                undoDreams = (| n <- 0 |
                    dreams asVector copyReverse do: [ |:t|
                        t isActed ifTrue: [ t undo. n: n + 1 ] ].
                    lookedAt.
                    n ).
                keepDreams = ( dreams do: [ |:t| t keep ]. lookedAt ).
                lookedAt = (
                    dreamsFrom: thoughts count.
                    image tryCommit: 'dreams were looked at'.
                    self ).
            }
        |).
    }
|)
