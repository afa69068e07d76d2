"The errands that write something new: comments for methods without one, and a tool for
an object with many examples."

errand _AddSlots: (|
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
                    , m expressionName, ' answers: ', (specimen signatureOf: n In: m), ' = '
                    , (m at: n) source.
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
                counts do: [ |:c| (c key isOnSameAs: m) ifTrue: [ c value: c value + k. ^ self ] ].
                counts addLast: m -> k ).
            make: n For: k = (| t |
                t: thoughtOn: n, ' has ', k printString, ' examples that nothing runs together'.
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
|)
