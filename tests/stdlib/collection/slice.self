"Tests of stdlib/collection/slice.self."

testing suite: 'slice' Tests: (|
    parent* = traits testSuite.

    testWrappedKeys = (| l |
        l: (1 & 2 & 3) asList.
        expect: (l atWrapped: -1) ToBe: 3.
        expect: (l atWrapped: 0) ToBe: 1.
        l atWrapped: -2 Put: 7.
        expect: l ToBe: (1 & 7 & 3) asList.
        expect: [ l atWrapped: -4 ] ToSignal: errors index.
        expect: ('abc' atWrapped: -3) ToBe: 'a' ).

    testSlices = (| l |
        l: (0 & 1 & 2 & 3 & 4) asList.
        expect: (l sliceFrom: -2) ToPrint: 'a list(3, 4)'.
        expect: (l sliceFrom: 1 UpTo: -1) ToPrint: 'a list(1, 2, 3)'.
        expect: (l sliceFrom: 3 UpTo: 1) ToPrint: 'a list()'.
        expect: (l sliceFrom: -9 UpTo: 99) ToBe: l.
        expect: (l sliceFrom: nil UpTo: nil By: 2) ToPrint: 'a list(0, 2, 4)'.
        expect: (l sliceFrom: 4 UpTo: 0 By: -2) ToPrint: 'a list(4, 2)'.
        expect: (l sliceFrom: nil UpTo: -3 By: -1) ToPrint: 'a list(4, 3)'.
        expect: (l sliceFrom: 99 UpTo: nil By: -3) ToPrint: 'a list(4, 1)'.
        expect: (l asVector sliceFrom: 1 UpTo: 3) ToPrint: 'a vector(1, 2)'.
        expect: (l asVector sliceFrom: nil UpTo: nil By: 3) ToPrint: 'a vector(0, 3)' ).

    testStringsStayStrings = (
        expect: ('héllo' sliceFrom: -4 UpTo: -1) ToBe: 'éll'.
        expect: ('abcde' sliceFrom: nil UpTo: nil By: 2) ToBe: 'ace'.
        expect: ('' sliceFrom: 2 UpTo: 5) ToBe: ''.
        expect: ('ab' repeated: 2) ToBe: 'abab' ).

    testRepeated = (
        expect: ((1 & 2) asList repeated: 2) ToPrint: 'a list(1, 2, 1, 2)'.
        expect: ((1 & 2) asVector repeated: 0) ToPrint: 'a vector()' ).

    testInsertingAndRemoving = (| l |
        l: (1 & 2 & 3) asList.
        l insert: 9 AtWrapped: -1.
        expect: l ToPrint: 'a list(1, 2, 9, 3)'.
        l insert: 8 AtWrapped: 99.
        expect: l last ToBe: 8.
        l add: 9.
        l removeOnce: 9.
        expect: l ToPrint: 'a list(1, 2, 3, 8, 9)'.
        expect: [ l removeOnce: 77 ] ToSignal: errors missing ).
|)
