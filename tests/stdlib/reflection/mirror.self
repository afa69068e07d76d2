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

    testChangingSlotBySlot = (| o. m. copy |
        o: mirrorExample clone.
        m: reflect: o.
        expect: (m at: 'n' PutContents: (reflect: 7)) ToBe: m.
        expect: o n ToBe: 7.
        assert: (m at: 'n') isAssignable.
        m at: 'k' PutContents: (reflect: 8).
        expect: o k ToBe: 8.
        deny: (m at: 'k') isAssignable.
        m addSlot: ((reflect: association) at: 'value').
        expect: (o value: 5) value ToBe: 5.
        m addSlots: (reflect: (| a = 1. b <- 2. k = 3 |)).
        expect: o a + o b ToBe: 3.
        expect: (o b: 9) b ToBe: 9.
        m addSlotsIfAbsent: (reflect: (| a = 5. c = 6 |)).
        expect: o a + o c ToBe: 7.
        expect: (m removeSlot: 'zork' IfFail: [ |:e| e ]) ToBe: 'slotNameError'.
        expect: mirrorExample n ToBe: 3.
        copy: m copyRemoveSlot: 'a'.
        deny: (copy includesKey: 'a').
        assert: (m includesKey: 'a').
        expect: (m copyAt: 'n' PutContents: (reflect: 0)) reflectee n ToBe: 0.
        expect: (m copyAddSlot: ((reflect: association) at: 'key')) reflectee key ToBe: nil.
        expect: (m copyAddSlots: (reflect: (| p = 1. q = 2 |))) size ToBe: m size + 2.
        expect: o n ToBe: 7.
        expect: (m copyAt: '1x' PutContents: m IfFail: 'no') ToBe: 'no'.
        expect: (m copyRemoveSlot: 'zork' IfFail: 'no') ToBe: 'no'.
        expect: (m at: '1x' PutContents: m IfFail: 'no') ToBe: 'no'.
        m removeAllSlots.
        expect: m size ToBe: 0 ).

    testChangingDescriptions = (| m. s |
        m: reflect: mirrorExample clone.
        s: m at: 'n'.
        s contents: (reflect: 8).
        expect: s value ToBe: 8.
        s category: 'other'.
        expect: s category ToBe: 'other'.
        expect: s comment ToBe: 'how many'.
        s comment: 'what'.
        expect: s comment ToBe: 'what'.
        expect: s category ToBe: 'other'.
        assert: s isAssignable.
        s annotation: 'Category: a'.
        expect: s annotation ToBe: 'Category: a'.
        m at: 'k' PutContents: (reflect: (| z = 5 |)).
        expect: ((m at: 'k') isParent: true) isParent ToBe: true.
        expect: m reflectee z ToBe: 5.
        m comment: 'another sample'.
        expect: m comment ToBe: 'another sample'.
        m annotation: 'Comment: third'.
        expect: m comment ToBe: 'third'.
        assert: s exists.
        deny: (m at: 'zork') exists.
        assert: (m at: 'n:') isAssignment.
        expect: ((m at: 'zork') contentsIfFail: 'none') ToBe: 'none'.
        expect: (reflect: mirrorExample) comment ToBe: 'a sample' ).

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

    testState = (
        assert: ((reflect: mirrorExample) statePrintString includesSubstring: 'n <- 3') ).

    testMirrorsAreCollections = (| m. log <- '' |
        m: reflect: mirrorExample.
        m do: [ |:s. :n| expect: s name ToBe: n. log: log, n, ' ' ].
        expect: log ToBe: 'n parent twice '.
        expect: m keys asVector ToBe: ('n' & 'parent' & 'twice') asVector.
        expect: (m filterBy: [ |:s| s isMethod ]) size ToBe: 1.
        expect: m asVector size ToBe: m size.
        expect: (m findFirst: [ |:s| s isParent ] IfPresent: [ |:s. :n| n ] IfAbsent: nil)
            ToBe: 'parent'.
        assert: (m includes: (m at: 'n')).
        expect: m asString ToBe: m printString ).

    testLookingForSlots = (| m. log <- '' |
        m: reflect: mirrorExample.
        expect: (m at: 'n' IfAbsent: nil) key ToBe: 'n'.
        expect: (m at: 'zork' IfAbsent: [ |:n| n ]) ToBe: 'zork'.
        expect: (m at: 'zork' IfFail: [ |:text| text ]) ToBe: 'there is no slot zork'.
        expect: (m slotAt: 'n') mirror ToBe: m.
        expect: (m slotAt: 'zork' IfAbsent: 'none') ToBe: 'none'.
        expect: (m lookupKey: 'n') size ToBe: 1.
        expect: (m lookupKey: 'copy') soleElement holder ToBe: (reflect: traits clonable).
        expect: (m lookupKey: 'zork') size ToBe: 0.
        expect: (m lookupSoleSlotNamed: 'n') value ToBe: 3.
        expectError: [ m lookupSoleSlotNamed: 'zork' ].
        m parentsDo: [ |:s. :n| log: log, n. assert: s isParent ].
        expect: log ToBe: 'parent'.
        assert: (m inheritsFrom: (reflect: lobby)).
        deny: (m inheritsFrom: m).
        expect: m ancestors first ToBe: (reflect: traits clonable) ).

    testReflectees = (| p |
        assert: ((reflect: 3) reflecteeEq: (reflect: 3) IfFail: nil).
        expect: (reflect: lobby) reflecteeIdentityHash ToBe: (reflect: lobby) reflecteeHash.
        deny: (reflect: mirrorExample) cloneReflectee = (reflect: mirrorExample).
        expect: (reflect: mirrorExample) cloneReflectee reflectee n ToBe: 3.
        expect: (reflect: lobby) safeName ToBe: 'lobby'.
        assert: (reflect: vector) isReflecteeVectorish.
        deny: (reflect: lobby) isReflecteeVectorish.
        assert: ((reflect: [ 3 ]) at: 'value') contents isReflecteeBlockMethod.
        deny: (reflect: [ 3 ]) isReflecteeBlockMethod.
        assert: (reflect: proxy) isReflecteeProxy.
        p: [ process sleep: 1000 ] fork.
        process yield.
        assert: p activationStack last isReflecteeBlockMethodActivation.
        deny: p activationStack last isReflecteeMethodActivation.
        assert: (p activationStack anySatisfy: [ |:m| m isReflecteeMethodActivation ]).
        p abort ).

    testArguments = (| m |
        m: ((reflect: traits clonable) lookupKey: 'value:With:') soleElement contents.
        expect: m arguments asVector ToBe: ('a' & 'b') asVector.
        expect: m argumentCount ToBe: 2.
        expect: (reflect: 3) argumentCount ToBe: 0 ).

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
