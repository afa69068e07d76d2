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

    testUnderstands = (
        expect: (3 understands: 'succ') ToBe: true.
        expect: (3 understands: 'zork') ToBe: false.
        expect: ('a' understands: 'size') ToBe: true ).

    testAssociation = (
        expect: ('a' -> 3) value ToBe: 3.
        expect: (('a' -> 3) = ('a' -> 3)) ToBe: true.
        expect: ('a' -> 3) ToPrint: '\'a\' -> 3' ).

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
    orderedThing = (|
        parent* = traits orderedClonable.
        n <- 0.
        < x = ( n < x n ).
        = x = ( n = x n ).
    |).

    testStoreString = (
        expect: 3 storeString ToBe: '3'.
        expect: 'it\'s' storeString ToBe: '\'it\\\'s\'' ).
|)
