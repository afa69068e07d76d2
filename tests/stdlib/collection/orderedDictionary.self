"Tests of stdlib/collection/orderedDictionary.self."

testing suite: 'ordered dictionary' Tests: (|
    parent* = traits testSuite.

    testOrderOfInsertion = (| d |
        d: orderedDictionary copyRemoveAll.
        ((d at: 'z' Put: 1) at: 'a' Put: 2) at: 'm' Put: 3.
        d at: 'z' Put: 9.
        expect: d keys ToPrint: 'a list(\'z\', \'a\', \'m\')'.
        expect: d values ToPrint: 'a list(9, 2, 3)'.
        d removeKey: 'a'.
        d at: 'a' Put: 4.
        expect: d ToPrint: 'an orderedDictionary(\'z\' -> 9, \'m\' -> 3, \'a\' -> 4)'.
        expect: d first ToBe: 9.
        expect: d last ToBe: 4 ).

    testCopiesAreApart = (| d. e |
        d: orderedDictionary copyRemoveAll.
        d at: 1 Put: 2.
        e: d copy.
        e at: 0 Put: 5.
        expect: d size ToBe: 1.
        expect: e keys ToPrint: 'a list(1, 0)'.
        expect: orderedDictionary size ToBe: 0 ).

    testIsADictionary = (| d |
        d: orderedDictionary copyRemoveAll.
        100 do: [ |:i| d at: 99 - i Put: i ].
        expect: d size ToBe: 100.
        expect: (d at: 50) ToBe: 49.
        expect: d keys first ToBe: 99.
        expect: (d at: 200 IfAbsent: 'none') ToBe: 'none'.
        expect: d ToBe: ((dictionary copyRemoveAll) addFrom: d).
        d removeAll.
        expect: d keys isEmpty ToBe: true ).
|)
