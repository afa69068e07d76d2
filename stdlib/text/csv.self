"Tables as text: a row on each line, cells parted by commas (or what one says),
cells with commas, quotes or line ends between quotes.

  csv rows: 'name,age\nAda,36'            a list of lists of strings
  csv records: 'name,age\nAda,36'         a list of dictionaries, by the first row
  (csv separatedBy: ';') print: rows"

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of readers and writers of tables.'
        csv = (| {} = 'Comment: I read and write tables as text.'.
            parent* = traits dataFormat.

            {'Category: creating\x7fComment: One that parts cells by another character.'
                copy = ( clone ).
                separatedBy: s = ( clone separator: s ).
                tabSeparated = ( separatedBy: '\t' ).
            }
            {'Category: reading\x7fComment: A list of rows, each a list of strings; the same as dictionaries in the order of the columns, with the cells of the first row as keys and nil where a row is short. Example: ((csv rows: \'a,"b, c"\') at: 0) at: 1 >>> \'b, c\'.'
                rows: text = (
                    text _CsvParse: prototypes Separator: separator firstByte IfFail: [ |:e|
                        explain: e To: [ |:why| complain: why ] ] ).
                records: text = (| all. keys |
                    all: rows: text.
                    all isEmpty ifTrue: [ ^ all ].
                    keys: all removeFirst mapBy: [ |:k| k canonicalize ].
                    keys asSet size = keys size ifFalse: [
                        ^ complain: 'two columns have the same name: ', (keys joinedWith: ', ') ].
                    all mapBy: [ |:row. :i. d|
                        row size > keys size ifTrue: [
                            ^ complain: 'record ', (i + 1) printString, ' has '
                                , row size printString, ' cells, and there are '
                                , keys size printString, ' columns' ].
                        d: orderedDictionary copyRemoveAll.
                        keys do: [ |:k. :i| d at: k Put: (row at: i IfAbsent: nil) ].
                        d ] ).
            }
            {'Category: writing\x7fComment: Rows of anything as text: strings as they are, nil as nothing, others as they print; records by the keys of all of them, which are the first row, in their order, or as given. Example: csv print: ((1 & \'a,b\') asVector & (nil & 2) asVector) asVector >>> \'1,"a,b"\\n,2\\n\'.'
                print: rows = (
                    (asVectors: rows)
                        _CsvPrint: prototypes
                        Separator: separator firstByte
                        IfFail: [ |:e| explain: e To: [ |:why| complain: why ] ] ).
                printRecords: records = ( printRecords: records Keys: (keysOf: records) ).
                keysOf: records = (| seen |
                    seen: orderedDictionary copyRemoveAll.
                    records do: [ |:r| (keysOfRecord: r) do: [ |:k| seen at: k Put: k ] ].
                    seen keys ).
                keysOfRecord: r = (
                    ((reflect: r) understands: 'isOrderedDictionary') ifTrue: [ r keys ] False: [
                        r sortedKeys ] ).
                printRecords: records Keys: keys = (| all |
                    all: list copyRemoveAll.
                    all addLast: keys.
                    records do: [ |:r| all addLast: (keys mapBy: [ |:k| r at: k IfAbsent: nil ]) ].
                    print: all ).
            }
            {'Category: private\x7fComment: What the machine writes: vectors of strings.'
                asVectors: rows = (| all |
                    all: list copyRemoveAll.
                    rows do: [ |:row. cells|
                        cells: list copyRemoveAll.
                        row do: [ |:cell| cells addLast: (asCell: cell) ].
                        all addLast: cells asVector ].
                    all asVector ).
                asCell: x = (
                    x isNil ifTrue: [ ^ '' ].
                    x isString ifTrue: [ x ] False: [ x printString ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Reads and writes tables whose cells are parted by commas.'
        csv = (| {} = 'Comment: The prototype of readers and writers of tables.'.
            parent* = traits csv.
            {'Category: parts\x7fComment: A string of one byte between cells.'
                separator <- ','.
            }
        |).
    }
|)
