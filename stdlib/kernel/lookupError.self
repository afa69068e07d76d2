"Messages that failed to find their slot. The machine tells the process with one
of five messages; what the process answers becomes the value of the failed
message. The order of those who may decide:

  1  the receiver, if it understands the hook (undefinedSelector:Type:... and so on)
  2  the receiver's doesNotUnderstand:, by default a signal to handlers in force
  3  `unknownMessages`, the policy of the world; by default the process stops

An exception of kind `errors lookup` has the failed message in `details`."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: One kind for each of the five ways to fail.'
        undefinedSelector = errors lookup copyName: 'undefinedSelector'.
        ambiguousSelector = errors lookup copyName: 'ambiguousSelector'.
        missingParent = errors lookup copyName: 'missingParent'.
        mismatchedArgumentCount = errors lookup copyName: 'mismatchedArgumentCount'.
        performType = errors lookup copyName: 'performType'.
    }
|)

errors undefinedSelector _AddSlots: (|
    {'Category: reporting\x7fComment: No slot of that name.'
        describe: e = (| m. text |
            text: (wrongKind: e details) ifNil: [ noBoolean: e details ].
            m: e failedMessage.
            m isNil || [
                    (m isOperator && [ text isNotNil ]) || [
                            (m isThe: e details) || [ (m brought: e receiver) not ] ] ] ifTrue: [
                ^ text ifNil: [ lacking: e ] ].
            m tell: (m complaint ifNil: [ text ifNil: [ unfit: e ] ]) ).
        unfit: e = (| s |
            s: e details selector asString.
            (gathering includes: s) ifTrue: [ ^ e receiverString, ' is no collection' ].
            e receiverString, ' does not understand \'', s, '\'' ).
        gathering = (
            ('do:' & 'size' & 'isEmpty' & 'asVector' & 'isOrdered' & 'keysDo:') asVector ).
        lacking: e = (
            'No \'', e details selector asString, '\' slot found in ', e receiverString, '.'
                , (questionFor: e details) ).
        noBoolean: m = (
            (choices includes: m selector asString) ifFalse: [ ^ nil ].
            (reflect: m receiver) safePrintString
                , ' is neither true nor false: it does not understand ', m selector printString
                , '.', (questionFor: m) ).
        choices = ( ('ifTrue:' & 'ifFalse:' & 'ifTrue:False:' & 'ifFalse:True:') asVector ).
        questionFor: m = (| names |
            names: nearestTo: m Within: 3.
            names isEmpty ifTrue: [ ^ '' ].
            ' Did you mean ', ((names mapBy: [ |:n| n printString ]) joinedWith: ' or '), '?' ).
        nearestTo: m Within: n = (
            (m type = 'normal') || [ m type = 'implicitSelf' ] ifFalse: [ ^ vector ].
            m type = 'normal'
                ifTrue: [ m receiver _NearestOwnSelectors: m selector Within: n IfFail: vector ]
                False: [ m receiver _NearestSelectors: m selector Within: n IfFail: vector ] ).
        wrongKind: m = (| s. other |
            s: m selector asString.
            m arguments size = 1 ifFalse: [ ^ nil ].
            other: (reflect: (m arguments at: 0)) safePrintString.
            (isOfArithmetic: m) ifFalse: [ ^ textFor: m Operator: s ].
            (reflect: m receiver) safePrintString, ' is no number: ', other, ' '
                , (operators at: (words
                    findFirst: [ |:w| w isPrefixOf: s ]
                    IfPresent: [ |:w. :i| i ]
                    IfAbsent: 0)), ' ', (reflect: m receiver) safePrintString, ' has no value.' ).
        isOfArithmetic: m = (| s |
            s: m selector asString.
            (m arguments size = 1) && [
                    (arithmetic anySatisfy: [ |:end| end isSuffixOf: s ]) && [
                            words anySatisfy: [ |:w| w isPrefixOf: s ] ] ] ).
        textFor: m Operator: s = (
            ((reflect: m receiver) isReflecteeString && [ textless includes: s ]) ifFalse: [
                ^ nil ].
            (reflect: m receiver) safePrintString, ' is no number: it does not understand '
                , s printString
                , '. `asNumber` reads one from a string; strings are joined by `,`.' ).
        textless = ( ('+' & '-' & '/' & '%') asVector ).
        arithmetic = ( ('SmallInteger:' & 'BigInteger:' & 'Float:') asVector ).
        words = (
            ('add' & 'subtract' & 'multiply' & 'divide' & 'modulo' & 'reverseLessThanOrEqual'
                & 'reverseGreaterThanOrEqual' & 'reverseLessThan' & 'reverseGreaterThan') asVector ).
        operators = ( ('+' & '-' & '*' & '/' & '%' & '<=' & '>=' & '<' & '>') asVector ).
        unhandled: e = ( unknownMessages decide: e ).
    }
|)

errors ambiguousSelector _AddSlots: (|
    {'Category: reporting\x7fComment: Several slots of that name.'
        describe: e = (| found |
            found: (holdersFor: e details) mapBy: [ |:m| m safePrintString ].
            'More than one \'', e details selector asString, '\' slot was found in '
                , e receiverString, '.'
                , (found isEmpty ifTrue: '' False: [
                    ' The matching slots are: ', (found joinedWith: ' and '), '.' ]) ).
        holdersFor: m = (
            m type = 'undirectedResend' ifTrue: [
                ^ ((reflect: m methodHolder) parents inject: set copyRemoveAll Into: [ |:all. :p|
                    all addAll: (p holdersOf: m selector) ]) asList ].
            (m type = 'directedResend'
                ifTrue: [ (reflect: m methodHolder) contentsAt: m delegatee ]
                False: [
                    reflect: (m type = 'delegated' ifTrue: [ m delegatee ] False: [ m receiver ]) ]) holdersOf: m
                selector ).
    }
|)

errors missingParent _AddSlots: (|
    {'Category: reporting\x7fComment: A directed resend through a slot that is not there.'
        describe: e = (
            'No \'', e details delegatee asString, '\' delegatee slot was found in '
                , e receiverString, '. Sending method holder is '
                , (reflect: e details methodHolder) safePrintString, '.' ).
    }
|)

errors mismatchedArgumentCount _AddSlots: (|
    {'Category: reporting\x7fComment: A selector and a number of arguments that do not go together.'
        describe: e = (
            'The selector \'', e details selector asString, '\' could not be sent to '
                , e receiverString, ' because it does not take '
                , e details arguments size printString, ' arguments.' ).
    }
|)

errors performType _AddSlots: (|
    {'Category: reporting\x7fComment: Something that is no selector.'
        describe: e = (| s. reason |
            s: e details selector.
            reason: (s isString && [ '_' isPrefixOf: s ])
                ifTrue: 'it starts with an underscore and primitives cannot be performed'
                False: [
                    s isString
                        ifTrue: 'it is not a canonical selector'
                        False: 'it is not a string' ].
            'The selector ', (reflect: s) safePrintString, ' could not be sent to '
                , e receiverString, ' because ', reason, '.' ).
    }
|)

globals _AddSlots: (|
    {'Category: errors\x7fComment: The policy of the world for messages nobody understands.'
        unknownMessages = (| {} = 'Comment: I decide what becomes of messages nobody understands. Replace decide: to do better than stopping.'.
            parent* = traits oddball.

            {'Category: deciding\x7fComment: The value becomes that of the failed message.'
                decide: lookupError = ( lookupError suspendProcess ).
            }
        |).
    }
|)

traits process _AddSlots: (|
    {'Category: lookup errors\x7fComment: Sent by the machine. First the receiver may decide.'
        undefinedSelector: s Receiver: r Type: t Delegatee: d MethodHolder: h Arguments: v = (
            ((reflect: r) understands: 'undefinedSelector:Type:Delegatee:MethodHolder:Arguments:') ifTrue: [
                ^ r undefinedSelector: s Type: t Delegatee: d MethodHolder: h Arguments: v ].
            "It was told of a primitive's failure: that is what people want to know."
            s = 'primitiveFailedError:Name:' ifTrue: [
                ^ (errors forPrimitiveError: (v at: 0) Name: (v at: 1) Receiver: r) signal ].
            lookupFailed: errors undefinedSelector
                Message: (messageFor: r
                    Selector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v) ).

        ambiguousSelector: s Receiver: r Type: t Delegatee: d MethodHolder: h Arguments: v = (
            ((reflect: r) understands: 'ambiguousSelector:Type:Delegatee:MethodHolder:Arguments:') ifTrue: [
                ^ r ambiguousSelector: s Type: t Delegatee: d MethodHolder: h Arguments: v ].
            lookupFailed: errors ambiguousSelector
                Message: (messageFor: r
                    Selector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v) ).

        missingParentSelector: s Receiver: r Type: t Delegatee: d MethodHolder: h Arguments: v = (
            ((reflect: r) understands: 'missingParentSelector:Type:Delegatee:MethodHolder:Arguments:') ifTrue: [
                ^ r missingParentSelector: s Type: t Delegatee: d MethodHolder: h Arguments: v ].
            lookupFailed: errors missingParent
                Message: (messageFor: r
                    Selector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v) ).

        mismatchedArgumentCountSelector: s Receiver: r Type: t Delegatee: d MethodHolder: h Arguments: v = (
            ((reflect: r) understands: 'mismatchedArgumentCountSelector:Type:Delegatee:MethodHolder:Arguments:') ifTrue: [
                ^ r
                    mismatchedArgumentCountSelector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v ].
            lookupFailed: errors mismatchedArgumentCount
                Message: (messageFor: r
                    Selector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v) ).

        performTypeErrorSelector: s Receiver: r Type: t Delegatee: d MethodHolder: h Arguments: v = (
            ((reflect: r) understands: 'performTypeErrorSelector:Type:Delegatee:MethodHolder:Arguments:') ifTrue: [
                ^ r performTypeErrorSelector: s Type: t Delegatee: d MethodHolder: h Arguments: v ].
            lookupFailed: errors performType
                Message: (messageFor: r
                    Selector: s
                    Type: t
                    Delegatee: d
                    MethodHolder: h
                    Arguments: v) ).
    }

    {'Category: lookup errors\x7fComment: Sent by the machine when I have used up my stack, the memory, or fuel that a program gave me.'
        ranOut: text = ( ((errors lackCalled: text) copyReceiver: self Message: text) signal ).
    }
    {'Category: lookup errors\x7fComment: The failed message as an object.'
        messageFor: r Selector: s Type: t Delegatee: d MethodHolder: h Arguments: v = (
            (((message copyReceiver: r Selector: s Arguments: v) type: t) delegatee: d) methodHolder: h ).
    }
    {'Category: lookup errors\x7fComment: Only an unknown selector is asked of doesNotUnderstand:; the other four are mistakes of structure.'
        lookupFailed: kind Message: m = (| e |
            e: kind copyReceiver: m receiver Message: ''.
            e details: m.
            m lookupError: e.
            ((kind == errors undefinedSelector) && [
                    (reflect: m receiver) understands: 'doesNotUnderstand:' ])
                ifTrue: [ m receiver doesNotUnderstand: m ]
                False: [ e signal ] ).
    }
|)
