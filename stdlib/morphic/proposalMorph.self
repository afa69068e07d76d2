"Proposals of the mind as cards: the source, what the personas found, and what to do.
Whoever sent the message that nobody understands waits until one of the hands decides."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of cards with proposals.'
        proposalMorph = (| {} = 'Comment: I show a proposal of the mind, to be decided on.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Of a proposal.'
                copyOn: p = (| m |
                    m: copyTitle: 'Proposal: ', p task signature Look: 'kind-method'.
                    m proposal: p.
                    m decided: semaphore copy.
                    m build ).
                build = (
                    addMorph: ((textMorph copyText: 'for ', (reflect: proposal task holder) name
                        , (proposal task comment isEmpty ifTrue: '' False: [
                            ': ', proposal task comment ])) look: 'comment').
                    editor: editorMorph copyText: proposal source Accept: [ |:e| accept: e ].
                    editor at: 'code' Put: true.
                    editor label: 'Source of ', proposal task signature.
                    editor
                        at: 'actions'
                        Put: (('accept' & 'Install') asVector & ('another' & 'More') asVector
                            & ('refuse' & 'No') asVector) asVector.
                    editor on: 'another' Do: [ |:e| decide: 'm' ].
                    editor on: 'refuse' Do: [ |:e| decide: 'n' ].
                    addMorph: editor.
                    told: textMorph copyText: '' Look: 'small bad'.
                    told role: 'status'.
                    addMorph: told.
                    proposal verdicts do: [ |:v|
                        addMorph: (textMorph
                            copyText: v printString
                            Look: (v isGood ifTrue: 'small good' False: 'small bad')) ].
                    self ).
            }
            {'Category: deciding\x7fComment: Installs what stands there, judged again if it was changed; tells who waits.'
                accept: e = (| q |
                    editor typed: e.
                    e text trim = proposal source trim ifFalse: [
                        q: ((proposal copyText: e text trim Task: proposal task) origin: 'edited')
                            judge.
                        q isAccepted ifFalse: [ ^ told text: 'not that: ', q reason ].
                        proposal: q ].
                    decide: 'y' ).
                decide: w = ( decision: w. remove ).
                gone = ( decided signal. self ).
                await = ( decided wait. decision ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of cards with proposals.'
        proposalMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of cards with proposals.'.
            parent* = traits proposalMorph.

            {'Category: parts\x7fComment: What is proposed, where its source stands, what is said of it; y, n or m, once that is decided, and the semaphore that tells.'
                proposal.
                editor.
                told.
                decision <- 'n'.
                decided.
            }
        |).
    }
|)

dialogue _AddSlots: (|
    {'Category: asking on a screen\x7fComment: Whether to ask there: somebody looks who may change things, and the process is none of the prompt.'
        isOnScreen = (
            process this state isMain not && [
                    ui_manager isWatched && [
                            ui_manager scene screens anySatisfy: [ |:s| s client role = 'change' ] ] ] ).
        askOnScreen: t About: first = (| p. card. answer |
            p: first.
            [
                card: ui_manager world place: (proposalMorph copyOn: p).
                answer: card await.
                answer = 'y' ifTrue: [ ^ card proposal ].
                answer = 'n' ifTrue: [ mind refused add: (grownMethod copyProposal: p). ^ nil ].
                p: another: t After: p ] loop ).
    }
|)
