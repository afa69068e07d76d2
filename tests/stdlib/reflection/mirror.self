"Tests of stdlib/reflection/mirror.self, slot.self, naming.self and parser.self."

testing suite: 'mirror' Tests: (|
    parent* = traits testSuite.

    testNames = (| m |
        m: reflect: mirrorExample.
        expect: (m names includes: 'n') ToBe: true.
        expect: (m names includes: 'n:') ToBe: false.
        expect: (m allNames includes: 'n:') ToBe: true.
        expect: (m includesName: 'twice') ToBe: true ).

    testSlots = (| m |
        m: reflect: mirrorExample.
        expect: (m at: 'n') isAssignable ToBe: true.
        expect: (m at: 'n') value ToBe: 3.
        expect: (m at: 'parent') isParent ToBe: true.
        expect: (m at: 'twice') isMethod ToBe: true.
        expect: (m at: 'n') isMethod ToBe: false.
        expect: (m at: 'n') category ToBe: 'state'.
        expect: (m at: 'n') comment ToBe: 'how many'.
        expect: m comment ToBe: 'a sample'.
        assert: ((m at: 'twice') source includesSubstring: 'n + n') ).

    testIdentity = (
        expect: ((reflect: 3) = (reflect: 3)) ToBe: true.
        expect: ((reflect: 3) = (reflect: 4)) ToBe: false.
        expect: (reflect: 'a') reflectee ToBe: 'a'.
        expect: (reflect: 3) kind ToBe: 'smallInt'.
        expect: (reflect: nil) name ToBe: 'nil' ).

    testLookup = (
        expect: ((reflect: 3) understands: '+') ToBe: true.
        expect: ((reflect: 3) holdersOf: '+') size ToBe: 1.
        expect: ((reflect: 3) holdersOf: 'zork') size ToBe: 0.
        expect: ((reflect: (| a* = (| x = 1 |). b* = (| x = 2 |) |)) holdersOf: 'x') size ToBe: 2 ).

    testChanging = (| o. m |
        o: mirrorExample clone.
        m: reflect: o.
        m addSlots: 'triple = ( n * 3 )'.
        expect: o triple ToBe: 9.
        m addSlots: 'four = 4' Category: 'numbers'.
        expect: (m at: 'four') category ToBe: 'numbers'.
        m removeSlot: 'triple'.
        expect: [ o triple ] ToSignal: errors lookup.
        expect: [ mirrorExample four ] ToSignal: errors lookup ).

    testEvaluating = (
        expect: '3 + 4' evaluate ToBe: 7.
        expect: ('n + 1' evaluateIn: mirrorExample) ToBe: 4.
        expect: [ '3 +' evaluate ] ToSignal: errors user.
        expect: (parser isLegal: '3 + 4 * 5') ToBe: false ).

    testNaming = (
        expect: traits vector ToPrint: 'traits vector'.
        expect: image ToPrint: 'image'.
        expect: (| parent* = lobby |) ToPrint: 'a slots object'.
        expect: (| x = 1 |) ToPrint: 'a slots object'.
        expect: (| parent* = lobby. printString = ( nil foo ) |) ToPrint: 'a slots object'.
        assert: ([ 3 ] printString includesSubstring: 'a block') ).

    testState = ( assert: (mirrorExample statePrintString includesSubstring: 'n <- 3') ).

    testFamilies = (
        assert: (reflect: vector) isReflecteeVector.
        assert: (reflect: 'a') isReflecteeString.
        assert: (reflect: 'a', 'b') isReflecteeString.
        deny: (reflect: byteVector) isReflecteeString.
        assert: (reflect: byteVector) isReflecteeByteVector.
        assert: (reflect: 3) isReflecteeInteger.
        assert: (reflect: (2 power: 100)) isReflecteeInteger.
        assert: (reflect: 3.5) isReflecteeFloat.
        assert: (reflect: (reflect: 3)) isReflecteeMirror.
        assert: (reflect: process this) isReflecteeProcess.
        assert: ((reflect: association) contentsAt: 'key:') isReflecteeAssignment.
        assert: ((reflect: 3) parent == traits mirrors smallInt).
        assert: ((reflect: [ 3 ]) parent == traits mirrors block).
        assert: ((reflect: lobby) includesKey: 'traits').
        assert: (reflect: ()) isEmpty ).

    testCountingCalls = (| o. child. m |
        o: (| double: n = ( n * 2 ). value = ( 5 ). twice = ( double: (double: 1) ). |).
        child: (| parent* <- nil. doubled = ( resend.double: 4 ) |).
        child parent: o.
        m: ((reflect: o) at: 'double:') contents.
        o twice.
        expect: m calls ToBe: 0.
        m countCalls.
        o twice.
        o double: 3.
        child double: 3.
        child doubled.
        o _Perform: 'double:' With: 3.
        expect: m calls ToBe: 6.
        m countCalls.
        expect: m calls ToBe: 6.
        m: ((reflect: o) at: 'value') contents countCalls.
        dictionary copyRemoveAll at: 1 IfAbsent: o.
        expect: m calls ToBe: 1.
        expectError: [ (reflect: 3) countCalls ] ).
|)

globals _AddSlots: (|
    mirrorExample = (| {} = 'Comment: a sample'.
        parent* = traits clonable.
        {'Category: state\x7fComment: how many'
            n <- 3
        }.
        twice = ( n + n )
    |)
|)
