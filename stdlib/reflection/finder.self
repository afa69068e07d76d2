"Finding methods by what they are called and by what they do.

  browser find: 'Sorted'                 slots whose names contain it, capitals or not
  browser find: '(1 & 5) asVector. -> 6' selectors that turn the examples into the result
  browser selectorsFrom: 'abc' Arguments: vector Giving: 3

What is tried is tried in a fork, where nothing lasts and nothing reaches outside."

browser _AddSlots: (|
    {'Category: finding\x7fComment: As text: what has a name that contains a text; or, after receiver and arguments parted by dots and an arrow, what answers the result.'
        find: text = (
            (text includesSubstring: '->') ifTrue: [ findByExample: text ] False: [
                findByName: text ] ).
        findByName: text = (| slots. out |
            slots: (namesContaining: text) asVector copySortedBy: [ |:a. :b| a name < b name ].
            slots isEmpty ifTrue: [ ^ 'no name contains ', text ].
            out: stringWriter copyRemoveAll.
            slots do: [ |:s. :i|
                i >= 100 ifTrue: [
                    out write: '... and ', (slots size - 100) printString, ' more'.
                    ^ out contents ].
                out writeLine: (s name padOnRight: 30), ' ', s holder safePrintString ].
            out contents trimRight ).
        findByExample: text = (| parts. values. found |
            parts: ((text before: '->') splitOn: '. ') mapBy: [ |:p| p trim ].
            values: (parts filterBy: [ |:p| p isEmpty not && [ p != '.' ] ]) mapBy: [ |:p|
                ((p endsWith: '.') ifTrue: [ p copyWithoutLast ] False: [ p ]) eval ].
            values isEmpty ifTrue: [ ^ 'write receiver, arguments and result: 3. 4 -> 7' ].
            found: selectorsFrom: values removeFirst
                Arguments: values asVector
                Giving: (text after: '->') trim eval.
            found isEmpty ifTrue: [ 'nothing gives that' ] False: [ found joinedWith: '\n' ] ).
        selectorsFrom: r Arguments: args Giving: x = (| answer. text |
            answer: (((r & args) asVector copyAddLast: x)
                _ForkEvaluate: 'browser tryAll: (at: 0) Arguments: (at: 1) Giving: (at: 2)'
                Fuel: 50000000
                Memory: 67108864
                Time: 5000
                IfFail: [ |:e| ^ error: 'nothing could be tried: ', e ]).
            (answer at: 0) = 'value' ifFalse: [
                ^ error: 'the trial ended: ', (answer at: 1) asString ].
            text: answer at: 1.
            (text copyWithoutFirst copyWithoutLast) asTokensSeparatedByWhiteSpace ).
    }
    {'Category: private\x7fComment: In the fork: the selectors of a receiver that take so many arguments and answer the result, with blanks between. Each has little time.'
        tryAll: r Arguments: args Giving: x = (| out |
            out: list copyRemoveAll.
            (selectorsOf: (reflect: r) Taking: args size) do: [ |:s. p|
                p: (process copyMessage: (message
                    copyReceiver: r copyDeep
                    Selector: s
                    Arguments: args copyDeep)) fuel: 200000.
                p start.
                [ p hasEnded ] whileFalse: [ process yield ].
                (p isFinished && [ isAnswer: p result For: x ]) ifTrue: [ out addLast: s ] ].
            out copySorted joinedWith: ' ' ).
        isAnswer: y For: x = ( [ true == (x = y) ] on: errors any Do: false ).
        selectorsOf: m Taking: n = (| found. seen. waiting. o |
            found: set copyRemoveAll.
            seen: set copyRemoveAll.
            waiting: list copyRemoveAll.
            waiting addLast: m.
            [ waiting isEmpty ] whileFalse: [
                o: waiting removeFirst.
                (seen includes: o) ifFalse: [
                    seen add: o.
                    o do: [ |:s|
                        s isParent ifTrue: [ waiting addLast: s contents ] False: [
                            ((argumentsOf: s name) = n) && [
                                    (isHarmless: s name) && [ isForPeople: s ] ] ifTrue: [
                                found add: s name ] ] ] ] ].
            found ).
        isForPeople: s = (
            ((s annotation includesSubstring: 'double dispatch') || [
                    s annotation includesSubstring: 'Category: private' ]) not ).
        argumentsOf: selector = (
            (selector endsWith: ':') ifTrue: [ ^ selector occurrencesOf: ':' ].
            (selector isLetter || [ selector isEmpty ]) ifTrue: 0 False: 1 ).
        isHarmless: selector = (
            ((selector startsWith: 'undefinedSelector') || [
                    (selector startsWith: 'suspend') || [ selector startsWith: 'fork' ] ]) not ).
    }
|)
