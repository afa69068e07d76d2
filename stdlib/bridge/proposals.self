"Proposals of the mind that wait for an answer: where clients listen to the topic
`proposals`, they are asked instead of the console."

bridge _AddSlots: (|
    {'Category: proposals\x7fComment: Those that wait, by number; whether anybody is there to be asked; how long an answer is waited for.'
        proposals = ( session at: 'bridge proposals' IfAbsentPut: [ dictionary copyRemoveAll ] ).
        hasJudges = ( (listenersTo: 'proposals') isEmpty not ).
        proposalMilliseconds <- 120000.
    }
    {'Category: proposals\x7fComment: Asks about a proposal and waits: what is to be installed, nil if that is refused or nobody answers in time.'
        askAbout: p = (| n. q |
            n: 1 + (session at: 'bridge proposal' IfAbsent: 0).
            session at: 'bridge proposal' Put: n.
            q: bridgeQuestion copyAbout: p.
            proposals at: n Put: q.
            announce: 'proposals'
                Event: [ (tellProposal: q Number: n) at: 'event' Put: 'proposal' ]
                Key: nil.
            [ scheduler block: q waiter TimeOut: proposalMilliseconds ] ensure: [
                proposals removeKey: n IfAbsent: nil ].
            q answer ).
        tellProposal: q Number: n = (| d. p |
            p: q proposal.
            d: dictionary copyRemoveAll.
            d at: 'number' Put: n.
            d at: 'holder' Put: (reflect: p task holder) safePrintString.
            d at: 'signature' Put: p task signature.
            d at: 'source' Put: p source.
            d at: 'verdicts' Put: (p verdicts mapBy: [ |:v| v printString ]) asList.
            d ).
        questionNumbered: n = (
            proposals at: n IfAbsent: [
                refuse: 'unknown_object' Text: 'no proposal of number ', n printString, ' waits' ] ).
    }
|)

traits _AddSlots: (|
    {'Category: bridge\x7fComment: Behaviour of questions about proposals.'
        bridgeQuestion = (| {} = 'Comment: I am a proposal that waits for an answer.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For the process that asks.'
                copyAbout: p = ( (copy proposal: p) waiter: globals waiter copyForThis ).
            }
            {'Category: answering\x7fComment: That it is installed; that it is not; that another text is, if it passes.'
                accept = ( answer: proposal. waiter signal. self ).
                decline = (
                    mind refused add: (grownMethod copyProposal: proposal).
                    waiter signal.
                    self ).
                edit: text = (| q |
                    q: ((globals proposal copyText: text Task: proposal task) origin: 'edited')
                        judge.
                    q isAccepted ifFalse: [ bridge refuse: 'refused' Text: q reason ].
                    answer: q.
                    waiter signal.
                    self ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Prototype of questions about proposals.'
        bridgeQuestion = (| {} = 'Comment: The prototype of questions about proposals.'.
            parent* = traits bridgeQuestion.

            {'Category: parts\x7fComment: The proposal, who waits, and what is to be installed.'
                proposal.
                waiter.
                answer.
            }
        |).
    }
|)

bridge addTopic: 'proposals' Role: 'change' Comment: 'Methods that the mind proposes: number, signature, source, verdicts. Whoever listens is asked, by answer_proposal.'.

bridge contract add: (bridgeMessage
    copyName: 'proposals'
    Role: 'change'
    Comment: 'The proposals that wait for an answer.'
    Do: [ |:m. :client. all|
        all: list copyRemoveAll.
        bridge proposals do: [ |:q. :n| all add: (bridge tellProposal: q Number: n) ].
        bridge answer: 'proposals' With: all ]).

bridge contract add: ((((bridgeMessage
    copyName: 'answer_proposal'
    Role: 'change'
    Comment: 'Answers whether a proposal of the mind is installed.'
    Do: [ |:m. :client. q. a|
        q: bridge questionNumbered: (m at: 'number').
        a: m at: 'answer'.
        a = 'yes' ifTrue: [ q accept ] False: [
            a = 'no' ifTrue: [ q decline ] False: [
                a = 'edit' ifTrue: [ q edit: (m at: 'code' IfAbsent: '') ] False: [
                    bridge refuse: 'wrong_type' Text: 'answer is yes, no or edit' ] ] ].
        bridge answer: 'answered' With: (m at: 'number') ])
    needs: 'number'
    Kind: 'integer'
    Comment: 'of the proposal, as the event told it')
    needs: 'answer'
    Kind: 'string'
    Comment: 'yes, no, or edit')
    takes: 'code'
    Kind: 'string'
    Comment: 'with edit: the text to install instead, in parentheses').
