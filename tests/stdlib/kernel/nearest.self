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
