"Tests of stdlib/kernel/case.self."

testing suite: 'case' Tests: (|
    parent* = traits testSuite.

    testFirstTrueOneCounts = (| log <- '' |
        expect: (case
                if: [ log: log, 'a'. false ]
                Then: 1
                If: [ log: log, 'b'. true ]
                Then: 2
                If: [ log: log, 'c'. true ]
                Then: 3)
            ToBe: 2.
        expect: log ToBe: 'ab' ).

    testSigns = (
        expect: (signOf: -7) ToBe: 'less'.
        expect: (signOf: 0) ToBe: 'none'.
        expect: (signOf: 3) ToBe: 'more' ).
    signOf: n = (
        case if: [ n < 0 ] Then: [ 'less' ] If: [ n = 0 ] Then: [ 'none' ] Else: [ 'more' ] ).

    testNothingFits = (
        expect: (case if: false Then: 1) ToBe: nil.
        expect: (case if: false Then: 1 Else: 2) ToBe: 2.
        expect: (case if: true Then: 1 Else: 2) ToBe: 1.
        expect: (case if: [ false ] Then: 1 If: [ false ] Then: 2) ToBe: nil ).

    "Each of the 16 selectors: with one condition true, and with none."
    testAllSizes = (
        1 to: 8 Do: [ |:n|
            0 upTo: n Do: [ |:k| expect: (chosenOf: n Where: k Else: false) ToBe: k ].
            expect: (chosenOf: n Where: -1 Else: false) ToBe: nil.
            expect: (chosenOf: n Where: n - 1 Else: true) ToBe: n - 1.
            expect: (chosenOf: n Where: -1 Else: true) ToBe: 'else' ] ).
    chosenOf: n Where: k Else: hasElse = (| text <- 'case' |
        n do: [ |:i|
            text: text, (i = 0 ifTrue: ' if: ' False: ' If: '), (i = k) printString, ' Then: '
                , i printString ].
        (text, (hasElse ifTrue: ' Else: \'else\'' False: '')) evaluate ).
|)
