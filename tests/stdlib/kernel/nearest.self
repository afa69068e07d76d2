"Tests of what errors propose: the message that was meant, the wrong kind in the user's words."

testing suite: 'nearest' Tests: (|
    parent* = traits testSuite.

    expect: b ToEnd: text = (
        b on: errors any Do: [ |:e|
            (text isSuffixOf: e description) ifFalse: [ fail: e description ].
            ^ self ].
        fail: 'no error' ).

    testSpelling = (
        expect: [ list copyRemoveAl ]
            ToEnd: 'Did you mean \'copyRemoveAll\' or \'copyRemoveAll:\'?'.
        expect: [ 'abc' szie ] ToEnd: 'Did you mean \'size\'?'.
        expect: [ 3 prinString ] ToEnd: 'Did you mean \'printString\'?'.
        expect: [ 3 zorkle ] ToEnd: 'slot found in 3.' ).

    testNumberOfArguments = (
        expect: [ 3 max ] ToEnd: 'Did you mean \'max:\'?'.
        expect: [ 3 factorial: 4 ] ToEnd: 'Did you mean \'factorial\'?' ).

    testSmallLetters = (
        expect: [ list copyRemoveAll at: 3 put: 4 ] ToEnd: 'Did you mean \'at:Put:\'?'.
        expect: [ true ifTrue: [ 1 ] ifFalse: [ 2 ] ] ToEnd: 'Did you mean \'ifTrue:False:\'?'.
        expect: [ (1 to: 3) do: [ |:i| dictionary copyRemoveAll at: i ifAbsent: [ 2 ] ] ]
            ToEnd: 'Did you mean \'at:IfAbsent:\'?' ).

    testKinds = (
        expect: [ 3 + 'ten' ] ToEnd: '\'ten\' is no number: 3 + \'ten\' has no value.'.
        expect: [ 3.5 * nil ] ToEnd: 'nil is no number: 3.5 * nil has no value.'.
        expect: [ 'a', 3 ]
            ToEnd: '3 is no string: \'a\' , 3 has no value; `printString` gives one.'.
        expect: [ 'a' < 3 ] ToSignal: errors type.
        expect: [ 'nope.self' runScriptIfFail: [ |:e| error: e ] ]
            ToEnd: 'Receiver is: a testSuite.' ).

    testNamesOfTheLobbyAreNotMeant = (
        expect: [ 'abc' compare: 3 ] ToEnd: 'No \'compare:\' slot found in \'abc\'.'.
        expect: [ 'x' abs ] ToEnd: 'No \'abs\' slot found in \'x\'.'.
        expect: [ lsit copyRemoveAll ] ToEnd: 'Did you mean \'list\'?' ).

    testConditions = (
        expect: [ 3 ifTrue: [ 4 ] ]
            ToEnd: '3 is neither true nor false: it does not understand \'ifTrue:\'.'.
        expect: [ (1 & 2) asVector filterBy: [ |:x| x ] ]
            ToEnd: '1 is neither true nor false: it does not understand \'ifTrue:\'.' ).

    "What fails inside the world is told as the message that was sent into it."
    testInTheWordsOfWhoSentIt = (
        expect: [ 'abc' isPrefixOf: 3 ]
            ToEnd: '`\'abc\' isPrefixOf: 3` can\'t be done: 3 is no string.'.
        expect: [ 'abc' at: 'x' ]
            ToEnd: '`\'abc\' at: \'x\'` can\'t be done: \'x\' is no whole number (badTypeError: the \'_StringAt:\' primitive failed).'.
        expect: [ list copyRemoveAll at: nil ]
            ToEnd: '`a list() at: nil` can\'t be done: nil is no whole number.'.
        expect: [ (list copyRemoveAll add: 3) at: 'x' ]
            ToEnd: '`a list(3) at: \'x\'` can\'t be done: \'x\' is no whole number.'.
        expect: [ (1 & 2) asVector, nil ]
            ToEnd: '`a vector(1, 2) , nil` can\'t be done: nil is no collection.'.
        expect: [ (1 & 2) asVector filterBy: 3 ]
            ToEnd: '`a vector(1, 2) filterBy: 3` can\'t be done: 3 is neither true nor false: it does not understand \'ifTrue:\'.'.
        expect: [ 'abc' asBytes at: 0 Put: 300 ]
            ToEnd: '300 is no byte, a whole number from 0 to 255 (badTypeError: the \'_ByteAt:Put:\' primitive failed).'.
        expect: [ 'abc' copyFrom: 2 UpTo: 9 ]
            ToEnd: 'its elements are 0 to 2 (badIndexError: the \'copyFrom:UpTo:\' primitive failed).'.
        expect: [ 3 gcd: 'x' ] ToEnd: '\'x\' is no number: 3 gcd: \'x\' has no value.'.
        expect: [ vector copySize: -1 ]
            ToEnd: 'a size is not less than zero (badSignError: the \'_Clone:Filler:\' primitive failed).'.
        "From a handler, and where the failing message is the user's own, nothing else is told."
        expect: [ [ 'abc' at: nil ] on: errors type Do: [ |:e| error: e description ] ]
            ToEnd: 'nil is no whole number (badTypeError: the \'_StringAt:\' primitive failed). Receiver is: a testSuite.'.
        expect: [ nil frobnicate ] ToEnd: 'No \'frobnicate\' slot found in nil.'.
        expect: [ 3 _IntAdd: 'x' ]
            ToEnd: 'badTypeError: the \'_IntAdd:\' primitive failed. Its receiver was 3.' ).

    testTime = (| t. e |
        e: [ list copyRemoveAl ] on: errors any Do: [ |:e| e ].
        t: time milliseconds.
        100 do: [ e description ].
        assert: (time milliseconds - t) < 500 Description: 'over 5 ms each' ).

    testHaltIf = (
        expect: (haltIf: [ false ]) ToBeSameAs: self.
        expect: [ haltIf: [ true ] ] ToSignal: errors halt.
        expect: [ halt: 'here' If: true ] ToSignal: errors halt ).
|)
