"The personas that judge. Each is a procedure, in methods that can be read and
changed while the world runs: `judge:` takes a proposal and answers a verdict."

globals _AddSlots: (|
    {'Category: mind\x7fComment: The logical challenge: does it work?'
        brick = (| {} = 'Comment: I shatter knots with unexpected truths: I run the thing.'.
            parent* = traits oddball.

            {'Category: judging\x7fComment: It must answer this very message, hold for the examples, and end.'
                judge: p = (| r |
                    (parser isLegal: '| ', p definition, ' |') ifFalse: [
                        ^ no: 'it cannot be compiled' ].
                    r: p tryMessage.
                    p effort: (r at: 3).
                    p output: (r at: 2).
                    p changed: (r at: 5).
                    (r at: 0) = 'value' ifTrue: [ p answer: (r at: 1) ] False: [
                        (p task isProbe && [ p task examples isEmpty not ]) ifFalse: [
                            ^ no: (r at: 0), ': ', (r at: 1) ] ].
                    p task examples do: [ |:pair. wrong|
                        wrong: failureOf: p On: pair.
                        wrong ifNotNil: [ ^ no: wrong ] ].
                    yes: 'it answers ', (short: p answer)
                        , (p task examples isEmpty ifTrue: '' False: [
                            ' and holds for ', p task examples size printString, ' examples' ]) ).
            }
            {'Category: judging\x7fComment: What is wrong with an example, nil if nothing is: the two expressions must print the same.'
                failureOf: p On: pair = (| got. expected |
                    got: p tryExpression: pair key.
                    (got at: 0) = 'value' ifFalse: [ ^ pair key, ' gives ', (got at: 1) ].
                    expected: p tryExpression: pair value.
                    ((expected at: 0) = 'value') && [ (got at: 1) = (expected at: 1) ] ifTrue: [
                        ^ nil ].
                    (areEqual: p On: pair) ifTrue: [ ^ nil ].
                    pair key, ' gives ', (short: (got at: 1)), ', not ', pair value ).
                areEqual: p On: pair = (| r |
                    ((pair value includesSubstring: 'ictionary') || [
                            pair value includesSubstring: 'set' ]) ifFalse: [ ^ false ].
                    r: p tryExpression: '([ ', pair key, ' ] value) = ([ ', pair value
                        , ' ] value)'.
                    ((r at: 0) = 'value') && [ (r at: 1) = 'true' ] ).
                short: text = (
                    text size > 60 ifTrue: [ (text copyFrom: 0 UpTo: 57), '...' ] False: [ text ] ).
            }
            {'Category: verdicts\x7fComment: In my name.'
                yes: text = ( verdict good: text By: 'BRICK' ).
                no: text = ( verdict bad: text By: 'BRICK' ).
            }
        |).

        robin = (| {} = 'Comment: I listen for what a change does to others.'.
            parent* = traits oddball.

            {'Category: judging\x7fComment: Nothing may change but the receiver, what it owns, and the holder that gets the method.'
                judge: p = (
                    p changed do: [ |:m|
                        (isAllowed: m For: p task) ifFalse: [
                            ^ no: 'it changes ', m safePrintString ] ].
                    (p way = 'translated' ifTrue: vector False: [
                        missingIn: p source For: p task ]) do: [ |:w|
                        ^ no: 'it does nothing that \'', w, '\' could mean' ].
                    (p output isEmpty not) && [ (isToWrite: p task) not ] ifTrue: [
                        ^ no: 'it writes to the terminal' ].
                    yes: (p changed size > 1
                        ifTrue: 'it changes the receiver only'
                        False: 'it changes nothing else') ).
                isQuestion: t = (| words |
                    words: babs wordsIn: t signature.
                    (words isEmpty not && [ asking includes: words first ]) || [
                            (('am I ' & 'are ' & 'is ' & 'do I ' & 'does ' & 'has ' & 'whether '
                                & 'true if ') asVector filterBy: [ |:w| w isPrefixOf: t comment ])
                                isEmpty not ] ).
                asking = ( ('is' & 'are' & 'has' & 'can' & 'does') asVector ).
                isToWrite: t = (
                    (babs wordsOf: t) do: [ |:w| (writingWords includes: w) ifTrue: [ ^ true ] ].
                    false ).
                writingWords = (
                    ('print' & 'prints' & 'show' & 'shows' & 'write' & 'writes' & 'say' & 'says'
                        & 'display' & 'greet' & 'log') asVector ).
                isAllowed: m For: t = (
                    (m isOnSameAs: (reflect: t holder)) || [
                            (m isOnSameAs: (reflect: t receiver)) || [
                                    (owned: m By: (reflect: t receiver)) ] ] ).
                owned: m By: r = (
                    r do: [ |:s|
                        s isAssignable && [ s contents isOnSameAs: m ] ifTrue: [ ^ true ] ].
                    false ).
            }
            {'Category: verdicts\x7fComment: In my name.'
                yes: text = ( verdict good: text By: 'ROBIN' ).
                no: text = ( verdict bad: text By: 'ROBIN' ).
            }
        |).

        alfred = (| {} = 'Comment: I see that things are robust, and no larger than they need to be.'.
            parent* = traits oddball.

            {'Category: judging\x7fComment: Size and cost, and that it does something at all.'
                judge: p = (
                    p source size > (p way = 'translated' ifTrue: 2000 False: 400) ifTrue: [
                        ^ no: 'it is too long' ].
                    p effort > (mind fuel / 2) ifTrue: [ ^ no: 'it takes too much effort' ].
                    (isIdle: p) ifTrue: [ ^ no: 'it ignores what it is asked' ].
                    (isMemory: p) ifTrue: [ ^ no: 'it only remembers the examples' ].
                    (isDoubtful: p) ifTrue: [
                        ^ no: 'it holds for the examples, but the model finds it unlikely' ].
                    yes: p source size printString, ' characters, '
                        , (p effort = 0 ifTrue: 'under 1000' False: [ p effort printString ])
                        , ' steps' ).
                isDoubtful: p = (
                    (p origin = 'found') && [ mind isTranslating ] ifTrue: [
                        ^ (isEvident: p) not ].
                    (p origin = 'found') && [
                            (p belief
                                < (p task isTruth ifTrue: [ mind trustTruth ] False: [
                                    mind trust ])) && [ (isEvident: p) not ] ] ).
                isEvident: p = (
                    p task isTruth not && [ (p fit >= -2.5) && [ p evidence >= mind proof ] ] ).
                isMemory: p = (| values |
                    values: babs distinct: (p task examples mapBy: [ |:e| e value ]) Most: 9.
                    (values size > 1) && [ values size = p task examples size ] ifFalse: [
                        ^ false ].
                    p task isTruth || [ (babs kindOf: p task receiver) = 'boolean' ] ifTrue: [
                        ^ false ].
                    values do: [ |:v| (p source includesSubstring: v, ']') ifFalse: [ ^ false ] ].
                    true ).
                isIdle: p = (
                    p task examples isEmpty && [
                            (p source = '( self )') || [
                                    (p source = '( nil )') || [ p source = '( )' ] ] ] ).
            }
            {'Category: verdicts\x7fComment: In my name.'
                yes: text = ( verdict good: text By: 'ALFRED' ).
                no: text = ( verdict bad: text By: 'ALFRED' ).
            }
        |).
    }
|)
