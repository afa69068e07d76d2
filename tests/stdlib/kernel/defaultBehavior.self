"Tests of stdlib/kernel/defaultBehavior.self, init.self and message.self."

testing suite: 'defaultBehavior' Tests: (|
    parent* = traits testSuite.

    testRooms = (
        expect: lobby ToPrint: 'lobby'.
        expect: globals ToPrint: 'globals'.
        expect: traits ToPrint: 'traits'.
        expect: traits list ToPrint: 'traits list'.
        expect: shell ToPrint: 'shell'.
        expect: (reflect: (| x = 1 |)) name ToBe: 'a slots object' ).

    testIdentity = (
        expect: ('abc' == 'abc') ToBe: true.
        expect: (('ab', 'c') == 'abc') ToBe: false.
        expect: (3 == 3) ToBe: true.
        expect: (3 !== 4) ToBe: true.
        expect: (point copy == point) ToBe: false ).

    testCopy = (| p | p: point copy x: 3. expect: point x ToBe: 0. expect: p x ToBe: 3 ).

    testPerform = (
        expect: (3 perform: 'succ') ToBe: 4.
        expect: (3 perform: '+' With: 4) ToBe: 7.
        expect: ((3 & 4) asVector perform: 'at:Put:' With: 0 With: 9) first ToBe: 9 ).

    testMessage = (| m |
        m: message copyReceiver: 3 Selector: '+' With: 4.
        expect: m send ToBe: 7.
        expect: (m sendTo: 10) ToBe: 14.
        expect: m printString ToBe: '3 + 4' ).

    testSettingMessages = (| m. v |
        m: message copy receiver: 3 Selector: 'foo:' With: 4.
        expect: m receiver ToBe: 3.
        expect: m arguments size ToBe: 1.
        expect: (m receiver: 3 Selector: 'succ') ToBeSameAs: m.
        expect: m send ToBe: 4.
        expect: (m receiver: 5 Selector: 'isBetween:And:' With: 1 With: 7) send ToBe: true.
        expect: (m receiver: 1 Selector: 'to:By:' Arguments: (5 & 2) asVector) send size ToBe: 3.
        v: (message copy
            receiver: [ |:a. :b. :c. :d| ((a * b) + c) - d ]
            Selector: 'value:With:With:With:'
            With: 5
            With: 6
            With: 7
            With: 8) send.
        expect: v ToBe: 29.
        expect: (message copy
                receiver: [ |:a. :b. :c| (a * b) + c ]
                Selector: 'value:With:With:'
                With: 5
                With: 6
                With: 7) send
            ToBe: 37.
        expect: (m sendIfFail: 'failed') size ToBe: 3.
        expect: ((m receiver: 3 Selector: 'zork') sendIfFail: [ |:text| text ])
            ToBe: 'No \'zork\' slot found in 3.'.
        deny: m isResend.
        assert: (m type: 'directedResend') isDirectedResend.
        assert: (m isResend && [ m isUndirectedResend not ]) ).

    testValues = (
        expect: (3 value: 1 With: 2 With: 3 With: 4 With: 5 With: 6 With: 7) ToBe: 3.
        expect: ([ |:a. :b. :c. :d. :e. :f| f - a ]
                value: 1
                With: 2
                With: 3
                With: 4
                With: 5
                With: 6
                With: 9)
            ToBe: 5 ).

    testUnderstands = (
        expect: (3 understands: 'succ') ToBe: true.
        expect: (3 understands: 'zork') ToBe: false.
        expect: ('a' understands: 'size') ToBe: true ).

    testAssociation = (
        expect: ('a' -> 3) value ToBe: 3.
        expect: (('a' -> 3) = ('a' -> 3)) ToBe: true.
        expect: ('a' -> 3) ToPrint: '\'a\' -> 3'.
        expect: ('a' -> 3) key ToBe: 'a'.
        expect: 3 key ToBe: 3.
        expect: ('x' @ nil) x ToBe: 'x' ).

    testMixins = (| low. high |
        low: orderedThing copy n: 1.
        high: orderedThing copy n: 2.
        assert: low < high.
        assert: low <= high.
        assert: high > low.
        assert: high >= low.
        deny: low >= high.
        expect: (low max: high) n ToBe: 2.
        expect: (low min: high) n ToBe: 1.
        assert: (low isBetween: low And: high).
        expect: (low compare: high IfLess: 'less' Equal: 'equal' Greater: 'greater') ToBe: 'less' ).
    testNamesOfMixins = (| thing. copy |
        thing: (|
            parent* = lobby.
            copying* = mixins clonable.
            comparing* = mixins identity.
            order* = mixins unordered.
            n <- 1
        |).
        copy: thing copy n: 2.
        expect: thing n ToBe: 1.
        deny: thing = copy.
        assert: copy = copy.
        thing: (| parent* = lobby. copying* = mixins oddball |).
        expect: thing copy ToBeSameAs: thing.
        deny: thing clone == thing.
        expect: mixins identity ToPrint: 'mixins identity' ).
    orderedThing = (|
        parent* = traits orderedClonable.
        n <- 0.
        < x = ( n < x n ).
        = x = ( n = x n ).
    |).

    testStoreString = (
        expect: 3 storeString ToBe: '3'.
        expect: 'it\'s' storeString ToBe: '\'it\\\'s\''.
        expect: ('it', '\'s') storeString ToBe: '\'it\\\'s\''.
        expect: traits list storeString ToBe: 'traits list'.
        expect: (3 & 'a' & nil) asVector storeString ToBe: '(3 & \'a\' & nil) asVector'.
        expect: (3 @ 4) storeString evaluate ToBe: 3 @ 4.
        expect: (list copyRemoveAll add: 3) storeString evaluate ToPrint: 'a list(3)'.
        expect: (process this storeStringIfFail: 'none') ToBe: 'none'.
        expect: [ process this storeString ] ToSignal: errors user ).

    testPrintingState = (
        expect: teller ToPrint: 'a slots object(n is 3)'.
        expect: (teller copy n: 4) printString ToBe: 'a slots object(n is 4)'.
        expect: (| parent* = lobby. namePrintString = 'Bob' |) ToPrint: 'Bob'.
        expect: (| parent* = lobby |) ToPrint: 'a slots object'.
        expect: lobby statePrintString ToBe: ''.
        expect: teller namePrintString ToBe: 'a slots object' ).
    teller = (| parent* = traits clonable. n <- 3. statePrintString = ( 'n is ', n printString ) |).

    testShortPrinting = (
        expect: (teller printStringSize: 22) ToBe: 'a slots object(n is 3)'.
        expect: (teller printStringSize: 21) ToBe: 'a slots object'.
        expect: (teller printStringSize: 9 Depth: 1) ToBe: 'a slots object' ).

    testReflecting = (
        expect: 3 asMirror ToBe: (reflect: 3).
        expect: lobby objectIDNumber ToBe: lobby objectIDNumber.
        deny: lobby objectIDNumber = process objectIDNumber.
        expect: lobby objectID ToBe: '<', lobby objectIDNumber printString, '>'.
        deny: lobby isMorph ).

    testFailing = (
        expect: [ 3 quietError: 'x' ] ToSignal: errors user.
        expect: [ 3 error: 'x' Arguments: (4 & 5) asVector ] ToSignal: [ |:e|
            (e messageText = 'x') && [ e details last = 5 ] ].
        expect: 3 break ToBe: 3 ).
|)
