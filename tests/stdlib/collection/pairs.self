"Tests of stdlib/collection/pairs.self."

testing suite: 'pairs' Tests: (|
    parent* = traits testSuite.

    testPairing = (
        expect: ((1 & 2 & 3) asVector pairedWith: 'ab')
            ToPrint: 'a list(a list(1, \'a\'), a list(2, \'b\'))'.
        expect: ((1 & 2) asVector pairedWith: (3 & 4) asList And: (5 & 6) asList)
            ToPrint: 'a list(a list(1, 3, 5), a list(2, 4, 6))'.
        expect: ('ab' numberedFrom: 1) ToPrint: 'a list(a list(1, \'a\'), a list(2, \'b\'))'.
        expect: vector numbered ToPrint: 'a list()' ).

    testTally = (
        expect: 'hello' tally pairs
            ToPrint: 'a list(a list(\'h\', 1), a list(\'e\', 1), a list(\'l\', 2), a list(\'o\', 1))' ).

    testSorting = (| l |
        expect: (3 & 1 & 2) asVector sorted ToPrint: 'a list(1, 2, 3)'.
        expect: (3 & 1 & 2) asList sortedDescending ToPrint: 'a list(3, 2, 1)'.
        expect: (('bb' & 'a' & 'cc') asList sortedByKey: [ |:w| w size ])
            ToPrint: 'a list(\'a\', \'bb\', \'cc\')'.
        expect: (('bb' & 'a' & 'cc') asList sortedDescendingByKey: [ |:w| w size ])
            ToPrint: 'a list(\'bb\', \'cc\', \'a\')'.
        l: ('bb' & 'a') asList.
        l sortAscendingByKey: [ |:w| w size ].
        expect: l first ToBe: 'a'.
        l sortDescendingByKey: [ |:w| w size ].
        expect: l first ToBe: 'bb'.
        l sort.
        l sortDescending.
        expect: l first ToBe: 'bb' ).

    testTruth = (
        expect: vector asBoolean ToBe: false.
        expect: 'a' asBoolean ToBe: true.
        expect: nil asBoolean ToBe: false.
        expect: true asBoolean ToBe: true.
        expect: ((1 & 2) asSet symmetricDifference: (2 & 3) asSet) size ToBe: 2 ).
|)
