"Tests of stdlib/text/csv.self."

testing suite: 'csv' Tests: (|
    parent* = traits testSuite.

    testRows = (| r |
        r: csv rows: 'a,"b, c","say ""hi"""\r\n1,,"two\nlines"\n'.
        expect: r size ToBe: 2.
        expect: (r at: 0) asVector ToBe: ('a' & 'b, c' & 'say "hi"') asVector.
        expect: (r at: 1) asVector ToBe: ('1' & '' & 'two\nlines') asVector.
        expect: (csv rows: '') isEmpty ToBe: true ).

    testRecords = (| r |
        r: csv records: 'name,age\nAda,36\nBob\n'.
        expect: ((r at: 0) at: 'name') ToBe: 'Ada'.
        expect: ((r at: 0) at: 'age') ToBe: '36'.
        expect: ((r at: 1) at: 'age') ToBe: nil.
        expect: (csv records: '') isEmpty ToBe: true ).

    testNothingIsLost = (
        expect: ((csv records: 'a,b\n1') first at: 'b') ToBe: nil.
        expect: [ csv records: 'a,b\n1,2\n1,2,3\n' ]
            ToComplain: 'Error: record 2 has 3 cells, and there are 2 columns.'.
        expect: [ csv records: 'a,b,a\n1,2,3\n' ]
            ToComplain: 'Error: two columns have the same name: a, b, a.' ).

    testWriting = (| rows |
        rows: ((1 & nil & 'a,b') asVector & ('q"' & 2.5 & 'x\ny') asVector) asVector.
        expect: (csv print: rows) ToBe: '1,,"a,b"\n"q""",2.5,"x\ny"\n'.
        expect: ((csv separatedBy: ';') print: (vector
                copySize: 1
                FillingWith: (1 & 'a,b') asVector))
            ToBe: '1;a,b\n'.
        expect: (csv tabSeparated rows: 'a\tb') first asVector ToBe: ('a' & 'b') asVector.
        expect: (csv printRecords: (csv records: 'b,a\n1,2')) ToBe: 'b,a\n1,2\n'.
        expect: (csv printRecords: ((dictionary copyRemoveAll at: 'b' Put: 1) at: 'a' Put: 2)
                & (dictionary copyRemoveAll at: 'c' Put: 3))
            ToBe: 'a,b,c\n2,1,\n,,3\n'.
        expect: (csv printRecords: (csv records: 'b,a\n1,2') Keys: ('b' & 'c') asVector)
            ToBe: 'b,c\n1,\n'.
        expect: [ csv separatedBy: 'é'. (csv separatedBy: 'é') rows: 'a' ] ToSignal: errors any ).
|)
