"The image that holds this world. A commit makes the present state durable; the
history lists the commits."

globals _AddSlots: (|
    {'Category: image\x7fComment: The image that holds this world.'
        image = (| {} = 'Comment: I am the image that holds this world.'.
            parent* = traits oddball.

            {'Category: saving\x7fComment: Makes the present state durable, with a message for the history. Answers the number of the commit. Who only tries to gets nil and a complaint if it fails, and no complaint where nothing is kept.'
                commit = ( commit: '' ).
                commit: text = (
                    tell: (text asString _ImageCommitIfFail: [ |:e| ^ error: (complaint: e) ])
                        Of: text ).
                tryCommit: text = (
                    tell: (text asString _ImageCommitIfFail: [ |:e|
                            (e includesSubstring: 'is read-only') || [
                                    e includesSubstring: 'no image file' ] ifFalse: [
                                console complain: (complaint: e) ].
                            ^ nil ])
                        Of: text ).
                tell: n Of: text = (
                    bridge
                        announce: 'commits'
                        Event: [
                            (bridge event: 'commit' With: 'number' And: n) at: 'message' Put: text ]
                        Key: nil.
                    n ).
                complaint: e = (
                    'not committed: ', (reason: e)
                        , '. Nothing is lost: the world goes on in memory; ', (advice: e) ).
                reason: e = ( e copyFrom: (e indexOf: ' ' IfAbsent: -1) + 1 ).
                advice: e = (
                    (e includesSubstring: 'no space left') ifTrue: [
                        ^ 'make room and commit again' ].
                    'image saveAs: a new file name writes it elsewhere' ).
            }
            {'Category: saving elsewhere\x7fComment: Writes this world as it is now, committed or not, to a new image file: without history, complete or not at all. This world goes on in its own file.'
                saveAs: path = (
                    _ImageSaveAs: path IfFail: [ |:e| error: 'not saved: ', (reason: e) ] ).
            }
            {'Category: going back\x7fComment: Makes the state of an earlier commit the present one (itself a new commit); of the one before the last. Everything since is gone from the present, not from the history.'
                revertTo: n = (
                    beforeGoingBack ifFalse: [ ^ 'not done' ].
                    bridge goingBack.
                    _ImageRevert: n IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
            }
            {'Category: branches\x7fComment: Vectors of name, newest commit and whether it is this world\'s; makes one at the latest commit; has this world become what another one is.'
                branches = ( _ImageBranchesIfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
                branch: name = (
                    name asString _ImageBranchIfFail: [ |:e|
                        error: 'no branch was made: ', (reason: e) ].
                    self ).
                switchTo: name = (
                    beforeGoingBack ifFalse: [ ^ 'not done' ].
                    (branches anySatisfy: [ |:b| (b at: 0) = name ]) ifFalse: [
                        ^ error: 'there is no branch ', name ].
                    bridge goingBack.
                    name _ImageSwitchIfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
            }
            {'Category: going back\x7fComment: One step back, as a new commit on the same branch, and another one the next time; one step forth again, as long as nothing else was committed.'
                undo = (| h. here. n |
                    beforeGoingBack ifFalse: [ ^ 'not done' ].
                    h: history.
                    h isEmpty ifTrue: [ ^ error: 'there is no commit to go back to' ].
                    here: placeOf: h first In: h.
                    n: placeOfNumber: (parentOf: here In: h) In: h.
                    n < 1 ifTrue: [ ^ error: 'there is no commit to go back to' ].
                    revertTo: n
                        Message: 'undo: back to commit ', n printString, ', without commit '
                            , here printString ).
                redo = (| h. here |
                    beforeGoingBack ifFalse: [ ^ 'not done' ].
                    h: history.
                    h isEmpty ifTrue: [ ^ error: 'nothing was undone' ].
                    here: placeOf: h first In: h.
                    h do: [ |:c|
                        c isStep ifFalse: [
                            ^ error: 'nothing was undone since the latest commit' ].
                        c isUndo && [ c target = here ] ifTrue: [
                            ^ revertTo: c undone
                                Message: 'redo: forth to commit ', c undone printString ] ].
                    error: 'nothing was undone' ).
            }
            {'Category: going back\x7fComment: In the block, going back or elsewhere may lose what is not committed. Without this a person at the terminal is asked, and everybody else gets an error.'
                losing: b = (
                    session at: 'image may lose' Put: process this.
                    b ensure: [ session removeKey: 'image may lose' ] ).
                mayLose = ( process this == (session at: 'image may lose' IfAbsent: nil) ).
            }
            {'Category: private\x7fComment: Whether to go on although something is gone then. What is committed meanwhile is not to go back by itself when that commit is opened.'
                beforeGoingBack = (| lost |
                    bridge beforeGoingBack.
                    lost: uncommitted.
                    lost isEmpty || [ mayLose ] ifTrue: [ ^ true ].
                    (_IsInteractiveIfFail: false) ifFalse: [ ^ complainOfLoss: lost ].
                    console writeLine: 'Not committed: ', (someOf: lost).
                    askAboutLoss ).
                askAboutLoss = (| answer |
                    [
                        answer: console
                            ask: 'Commit it first, or lose it? [c]ommit [l]ose [n]o '
                            IfInterrupted: nil.
                        answer: (answer ifNil: 'n') trim asLowercase.
                        ('c' = answer) || [ 'commit' = answer ] ifTrue: [ ^ commitFirst ].
                        ('l' = answer) || [ 'lose' = answer ] ifTrue: [ ^ true ].
                        ('n' = answer) || [ 'no' = answer ] ifTrue: [ ^ false ] ] loop ).
                commitFirst = (| state |
                    state: process this state.
                    state isTransient: true.
                    [ commit: 'before going back' ] ensure: [ state isTransient: false ].
                    true ).
                complainOfLoss: lost = (
                    ((errors uncommitted
                        copyReceiver: self
                        Message: 'not done: this would lose what is not committed: '
                            , (someOf: lost)
                            , '. Commit it first (image commit: \'why\'), or lose it: image losing: [ ... ]') details: lost)
                        signal.
                    false ).
                someOf: paths = (| shown |
                    shown: (paths copyFrom: 0 UpTo: (paths size min: 5)) joinedWith: ', '.
                    paths size > 5
                        ifTrue: [ shown, ' and ', (paths size - 5) printString, ' more' ]
                        False: [ shown ] ).
            }
            {'Category: private\x7fComment: The number of the commit whose state a commit has; that of the one before. What an imported image begins with has no record of its own.'
                revertTo: n Message: text = (
                    bridge goingBack.
                    _ImageRevert: n Message: text IfFail: [ |:e. :p|
                        primitiveFailedError: e Name: p ] ).
                placeOf: c In: h = ( c isStep ifTrue: [ c target ] False: [ c number ] ).
                placeOfNumber: n In: h = (
                    placeOf: (h findFirst: [ |:c| c number = n ] IfPresent: [ |:c| c ] IfAbsent: [
                            ^ n ])
                        In: h ).
                parentOf: n In: h = (
                    (h findFirst: [ |:c| c number = n ] IfPresent: [ |:c| c ] IfAbsent: [
                        ^ n - 1 ]) before ).
            }
            {'Category: comparing\x7fComment: What differs between a commit and now: vectors of a path from the lobby, what was there and what is, nil for nothing.'
                differenceSince: n = (
                    _ImageDifference: n IfFail: [ |:e|
                        error: 'commit ', n printString, ' can\'t be compared with: ', (reason: e) ] ).
            }
            {'Category: looking back\x7fComment: What a text gave, or wrote, for the lobby of the world as it was at a commit: in a copy that is thrown away, while the present stays as it is. The block hears why there is no answer.'
                at: n Evaluate: text IfFail: b = (
                    (at: n Try: text IfFail: [ |:e| ^ b value: e ]) at: 1 ).
                at: n Written: text IfFail: b = (
                    (at: n Try: text IfFail: [ |:e| ^ b value: e ]) at: 2 ).
                at: n Try: text IfFail: b = (| r |
                    r: _ImageAt: n
                        Evaluate: text
                        Fuel: pastFuel
                        Memory: pastMemory
                        Time: pastMilliseconds
                        IfFail: [ |:e| ^ b value: (reason: e) ].
                    (r at: 0) = 'value' ifTrue: [ r ] False: [ b value: (r at: 1) ] ).
                pastFuel = 100000000.
                pastMemory = 134217728.
                pastMilliseconds = 5000.
            }
            {'Category: looking\x7fComment: Past commits, the newest first, as objects or as text; in the text and in runs, what one hand did at a screen without a longer pause is one; paths of what is not committed; whether anything was touched since; how much room is used.'
                history = (
                    (_ImageHistoryIfFail: [ |:e. :n| ^ primitiveFailedError: e Name: n ]) mapBy: [ |
                        :v
                        |
                        commitRecord copyVector: v ] ).
                runs = (| all. latest |
                    all: list copyRemoveAll.
                    history do: [ |:c|
                        (latest isNotNil && [ latest takes: c ]) ifTrue: [ latest add: c ] False: [
                            latest: commitRun copyFor: c.
                            all add: latest ] ].
                    all ).
                showLog = ( (runs mapBy: [ |:r| r printString ]) joinedWith: '\n' ).
                uncommitted = ( _ImageUncommittedIfFail: [ vector ] ).
                hasUnsavedChanges = ( _ImageUnsavedIfFail: false ).
                statistics = (
                    _ImageStatisticsIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                collectGarbage = ( _GarbageCollectIfFail: nil. self ).
                changeCount = ( _ProgrammingTimestampIfFail: 0 ).
            }
        |).

        commitRun = (| {} = 'Comment: I am commits that are told as one: what a hand did at a screen, or a single other one.'.
            parent* = traits clonable.

            {'Category: parts\x7fComment: The newest and the oldest; how many; longest pause between two, in milliseconds.'
                newest.
                oldest.
                count <- 1.
                longestPause = 300000.
            }
            {'Category: creating\x7fComment: Of one commit.'
                copyFor: c = ( (clone newest: c) oldest: c ).
            }
            {'Category: adding\x7fComment: Whether an older commit belongs to me; that it does.'
                takes: c = (
                    newest isOfHand && [ c isOfHand ] && [
                            (c branch = newest branch) && [
                                    (c hand = newest hand) && [
                                            (oldest milliseconds - c milliseconds) < longestPause ] ] ] ).
                add: c = ( oldest: c. count: count + 1. self ).
            }
            {'Category: accessing\x7fComment: The commits by number.'
                number = ( newest number ).
                includes: n = ( (n >= oldest number) && [ n <= newest number ] ).
            }
            {'Category: printing\x7fComment: In one line, whole or without branch, time and author.'
                printString = (
                    count = 1 ifTrue: [ ^ newest printString ].
                    'commits ', oldest number printString, ' to ', newest number printString
                        , ' on ', newest branch, ' ', newest moment printString, ' '
                        , newest author, ': ', text ).
                text = (
                    count = 1 ifTrue: [ newest message ] False: [
                        'screen: ', newest hand, ', ', count printString, ' times' ] ).
                shortString = (
                    (count = 1 ifTrue: [ newest number printString ] False: [
                        oldest number printString, '–', newest number printString ]), '  '
                        , text ).
            }
        |).

        commitRecord = (| {} = 'Comment: I tell of one commit.'.
            parent* = traits clonable.

            {'Category: parts\x7fComment: Number, time in milliseconds since 1970, author and message.'
                number <- 0.
                milliseconds <- 0.
                author <- ''.
                message <- ''.
            }
            {'Category: parts\x7fComment: The number of the commit it was made from; the branch it is on.'
                before <- 0.
                branch <- 'main'.
            }
            {'Category: creating\x7fComment: From what the machine gives.'
                copyVector: v = (| c |
                    c: (((clone number: (v at: 0)) milliseconds: (v at: 1)) author: (v at: 2)) message: (v at: 3).
                    v size > 4 ifTrue: [ c before: (v at: 4). c branch: (v at: 5) ].
                    c ).
            }
            {'Category: going back\x7fComment: Whether it only went back or forth; to which commit; from which.'
                isUndo = ( 'undo: back to commit ' isPrefixOf: message ).
                isStep = ( isUndo || [ 'redo: forth to commit ' isPrefixOf: message ] ).
                target = ( ((message after: ' commit ') before: ',') asInteger ).
                undone = ( (message after: 'without commit ') asInteger ).
            }
            {'Category: telling hands\x7fComment: Whether it is what a hand did at a screen; whose.'
                isOfHand = ( 'screen: ' isPrefixOf: message ).
                hand = ( (message after: 'screen: ') before: ':' ).
            }
            {'Category: accessing\x7fComment: When it was made.'
                moment = ( globals moment copyMilliseconds: milliseconds ).
            }
            {'Category: printing\x7fComment: In one line.'
                printString = (
                    'commit ', number printString, ' on ', branch, ' ', moment printString, ' '
                        , author, ': ', message ).
            }
        |).
    }
|)
