"A task: a method that is wanted. It knows the message (or an intent), who is to
understand it, and how the question to the model reads."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of tasks.'
        task = (| {} = 'Comment: I am a method that is wanted.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From a message that was not understood; from its parts.'
                copyMessage: m = (
                    copyReceiver: m receiver
                        Selector: m selector
                        Arguments: m arguments
                        Comment: '' ).
                copyReceiver: r Selector: s Arguments: v Comment: c = (| t |
                    t: copy.
                    t receiver: r.
                    t selector: s.
                    t arguments: v.
                    t comment: c.
                    t examples: list copyRemoveAll.
                    t seed: mind seed.
                    t holder: (babs holderFor: r).
                    t signature: (babs signatureOf: s Arguments: v).
                    t ).
                copyReceiver: r Signature: sig Holder: h Comment: c = (| t. names |
                    names: babs argumentsIn: sig.
                    t: copyReceiver: r
                        Selector: (babs selectorOf: sig)
                        Arguments: (names mapBy: [ |:n| babs probeFor: n Receiver: r ])
                        Comment: c.
                    t signature: sig.
                    t holder: h.
                    t isProbe: true.
                    t ).
                signature: text Holder: h = ( signature: text. holder: h. self ).
                isTruth = (
                    examples do: [ |:p|
                        (p value = 'true') || [ p value = 'false' ] ifFalse: [ ^ false ] ].
                    true ).
                example: expression Gives: expected = (
                    examples add: expression -> expected.
                    self ).
            }
            {'Category: creating\x7fComment: Myself without what was tried, to be asked again.'
                forLater = (
                    (((copy tried: vector) found: vector) untranslated: list copyRemoveAll) seed: seed
                        + 1 ).
            }
            {'Category: weighing\x7fComment: How much the examples say, in bits: how hard it is to hold for them by chance. An answer that was there before says little.'
                bitsOfExamples = (| bits <- 0. seen |
                    seen: set copyRemoveAll.
                    examples do: [ |:p|
                        bits: bits
                            + ((seen includes: p value) ifTrue: 1 False: [ bitsOf: p value ]).
                        seen add: p value ].
                    bits ).
                bitsOf: answer = (
                    (answer = 'true') || [ answer = 'false' ] ifTrue: [ ^ 1 ].
                    answer isEmpty not && [ answer last isDigit ] ifTrue: [
                        ^ 2 + ((answer size * 3) min: 10) ].
                    (answer startsWith: '\'') ifTrue: [ ^ 24 min: (answer size * 4) - 6 ].
                    24 min: (answer size * 3) / 4 ).
            }
            {'Category: asking\x7fComment: The question; the grammar that answers obey.'
                prompt = ( babs promptFor: self ).
                grammar = ( babs grammarFor: self ).
                asked = ( mind isTranslating ifTrue: [ asQuestion text ] False: [ prompt ] ).
            }
            {'Category: asking\x7fComment: Whether the receiver is a copy made before, which would not get what its prototype gets.'
                isApart = (
                    receiverText isEmpty && [
                            ((reflect: holder) isOnSameAs: (reflect: receiver)) not && [
                                    (babs prototypeOf: receiver) _Eq: holder ] ] ).
            }
            {'Category: sending\x7fComment: The message as an expression about a vector: holder, receiver, arguments. The same for receivers and arguments near these.'
                sendingText = (
                    sendingTo: (receiverText isEmpty ifTrue: '(_At: 1)' False: [
                            '[ ', receiverText, ' ] value' ])
                        First: '(_At: 2)' ).
                sendingTo: r First: first = (| out. i <- 2 |
                    out: stringWriter copyRemoveAll.
                    out write: r.
                    arguments isEmpty ifTrue: [ ^ out contents, ' ', selector ].
                    (selector splitOn: ':') do: [ |:piece|
                        piece isEmpty ifFalse: [
                            out write: ' ', piece.
                            (selector includesSubstring: ':') ifTrue: [ out write: ':' ].
                            out write: ' '
                                , (i = 2 ifTrue: [ first ] False: [ '(_At: ', i printString, ')' ]).
                            i: i + 1 ] ].
                    out contents ).
                stateText = (
                    (babs isBuiltin: (babs kindOf: receiver)) ifTrue: [ ^ 'nil' ].
                    '[ | r | r: '
                        , (receiverText isEmpty ifTrue: '(_At: 1)' False: [
                            '([ ', receiverText, ' ] value)' ]), '. '
                        , (sendingTo: 'r' First: '(_At: 2)'), '. ', stateOfR, ' ] value' ).
                stateOfR = (| all |
                    all: babs nearNamesOf: self.
                    (reflect: receiver) names size = all size ifTrue: [
                        ^ '(reflect: r) statePrintString' ].
                    'babs stateOf: r Names: \'', (all joinedWith: ' '), '\'' ).
                neighbours = (| all |
                    all: list copyRemoveAll.
                    receiverText isEmpty ifFalse: [ ^ all asVector ].
                    (near: receiver At: '(_At: 1)') do: [ |:r|
                        all add: (sendingTo: r First: '(_At: 2)') ].
                    arguments isEmpty ifFalse: [
                        (near: arguments first At: '(_At: 2)') do: [ |:a|
                            all add: (sendingTo: '(_At: 1)' First: a) ] ].
                    all asVector ).
                near: x At: text = (| kind |
                    kind: babs kindOf: x.
                    kind = 'integer' ifTrue: [
                        ^ ('0' & '2' & '7' & ('(', text, ' + 1)')) asVector ].
                    kind = 'float' ifTrue: [ ^ ('0.5' & ('(', text, ' + 1.0)')) asVector ].
                    kind = 'string' ifTrue: [
                        ^ ('\'\'' & '\'ab1 Cd\'' & ('(', text, ' , ', text, ')')) asVector ].
                    kind = 'boolean' ifTrue: [ ^ (vector copySize: 1 FillingWith: text, ' not') ].
                    (kind = 'vector') || [ kind = 'list' ] ifTrue: [
                        ^ ('(5 & 2 & 9 & 4) asVector' & 'vector') asVector ].
                    vector ).
                parts = (| all |
                    all: list copyRemoveAll.
                    all add: holder.
                    all add: receiver.
                    arguments do: [ |:a| all add: a ].
                    all asVector ).
            }
            {'Category: reporting\x7fComment: What was tried, when nothing was good enough.'
                report = (
                    complaint isEmpty ifFalse: [
                        console complain: 'the model did not answer: ', complaint.
                        ^ self ].
                    tried isEmpty ifTrue: [ ^ self ].
                    console complain: tried size printString, ' proposals for ', signature
                        , ' were tried, none was good enough:'.
                    tried do: [ |:c. :k|
                        k < 3 ifTrue: [ console complain: '  ', c source trim, '  ', c reason ] ].
                    self ).
            }
            {'Category: printing\x7fComment: The signature.'
                printString = ( 'the task ', signature ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of tasks.'
        task = (| {} = 'Comment: The prototype of tasks.'.
            parent* = traits task.

            {'Category: parts\x7fComment: The message; who gets the method; how it is written; what it is to do; pairs of expressions; where the model\'s chance begins.'
                receiver.
                selector <- ''.
                arguments <- vector.
                holder.
                signature <- ''.
                comment <- ''.
                examples <- list copyRemoveAll.
                isProbe <- false.
                receiverText <- ''.
                seed <- 1.
            }
            {'Category: results\x7fComment: Proposals that were tried; what went wrong.'
                tried <- vector.
                found <- vector.
                attempts <- 0.
                rounds <- 0.
                complaint <- ''.
            }
        |).
    }
|)
