"The errand of methods without tests: they are run on inputs of their kind, and what
they answer twice without changing anything is kept as examples."

errand _AddSlots: (|
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
                            (m isOnSameAs: (reflect: g holder)) && [ g examples isEmpty not ] ]) ifTrue: [
                        ^ false ] ].
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
                                ifTrue: [ found addLast: 'Example: ', e, ' >>> ', got, '.' ]
                                False: [
                                    odd addLast: e, ' gives ', got, ', but the name says ', said ] ] ] ].
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
                t step: (found size = 1 ifTrue: '1 example holds' False: [
                    found size printString, ' examples hold' ]), ' twice, and nothing changes'.
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
                (robin brokenIn: (m at: n) source For: k) >= -2.5 ).
            promiseOf: e Method: m Name: n = (
                inquiry asksForPromises ifFalse: [ ^ nil ].
                oracle
                    lineFor: 'In a programming language, the value of `', e
                        , '` is a number, a truth value or a quoted text. Going by the name of the message only, what is it?'
                    Grammar: 'root ::= "true" | "false" | "-"? [0-9]{1,12} | "\'" [A-Za-z0-9 ]{0,30} "\'"' ).
        |).
    }
|)

inquiry _AddSlots: (|
    {'Category: settings\x7fComment: Whether the model is asked what a name promises before examples are kept; what was shown and is not brought up again.'
        asksForPromises <- true.
        shown <- set copyRemoveAll.
    }
|)
