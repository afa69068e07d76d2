"Tests of stdlib/kernel/boolean.self and nil.self."

testing suite: 'boolean' Tests: (|
    parent* = traits testSuite.

    testChoosing = (
        expect: (true ifTrue: [ 1 ] False: [ 2 ]) ToBe: 1.
        expect: (false ifTrue: [ 1 ] False: [ 2 ]) ToBe: 2.
        expect: (true ifFalse: [ 1 ] True: [ 2 ]) ToBe: 2.
        expect: (false ifFalse: [ 1 ] True: [ 2 ]) ToBe: 1.
        expect: (true ifTrue: 'a' False: 'b') ToBe: 'a'.
        expect: (false ifFalse: 5) ToBe: 5.
        expect: (false ifTrue: [ 1 ]) ToBe: nil.
        expect: (true ifFalse: [ 1 ]) ToBe: nil ).

    testLogic = (
        expect: (true && [ false ]) ToBe: false.
        expect: (false && [ nil foo ]) ToBe: false.
        expect: (true || [ nil foo ]) ToBe: true.
        expect: (false or: [ true ]) ToBe: true.
        expect: (true and: [ true ]) ToBe: true.
        expect: (true xor: true) ToBe: false.
        expect: (false ^^ true) ToBe: true.
        expect: true not ToBe: false ).

    testLazy = (| n <- 0 |
        false && [ n: n + 1. true ].
        true || [ n: n + 1. true ].
        true && [ n: n + 10. true ].
        expect: n ToBe: 10 ).

    testOrder = (
        assert: false < true.
        deny: true < true.
        assert: true >= false.
        expect: (false max: true) ToBe: true.
        expect: (false min: true) ToBe: false.
        expect: (true compare: false IfLess: 1 Equal: 2 Greater: 3) ToBe: 3.
        expect: (true compare: true IfLess: 1 Equal: 2 Greater: 3) ToBe: 2.
        expect: (false compare: true IfLess: 1 Equal: 2 Greater: 3) ToBe: 1 ).

    testPrinting = (
        expect: true storeString ToBe: 'true'.
        expect: nil storeString ToBe: 'nil'.
        expect: true printString ToBe: 'true'.
        expect: false printString ToBe: 'false'.
        expect: nil printString ToBe: 'nil' ).

    testNil = (
        expect: nil isNil ToBe: true.
        expect: 3 isNil ToBe: false.
        expect: (nil ifNil: [ 4 ]) ToBe: 4.
        expect: (3 ifNil: [ 4 ]) ToBe: 3.
        expect: (3 ifNotNil: [ |:x| x + 1 ]) ToBe: 4.
        expect: (nil ifNotNil: [ |:x| x + 1 ]) ToBe: nil.
        expect: (nil ifNil: [ 'none' ] IfNotNil: [ |:x| x ]) ToBe: 'none'.
        expect: (nil ifNil: [ |:x| x isNil ] IfNotNil: false) ToBe: true.
        expect: (nil ifNotNil: false IfNil: [ |:x| x isNil ]) ToBe: true.
        expect: (7 ifNil: [ 'none' ] IfNotNil: [ |:x| x ]) ToBe: 7.
        expect: (nil = 3) ToBe: false.
        expect: (nil = nil) ToBe: true ).

    testOnlyOne = ( expect: true copy ToBeSameAs: true. expect: nil copy ToBeSameAs: nil ).
|)
