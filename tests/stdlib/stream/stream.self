"Tests of stdlib/stream/."

testing suite: 'stream' Tests: (|
    parent* = traits testSuite.

    testReading = (| s |
        s: (1 & 2 & 3) asVector readStream.
        expect: s next ToBe: 1.
        expect: s peek ToBe: 2.
        expect: (s next: 2) ToBe: (2 & 3) asVector.
        expect: s atEnd ToBe: true.
        expect: s next ToBe: nil.
        s reset.
        expect: s upToEnd size ToBe: 3 ).

    testText = (| s |
        s: 'first line\nsecond  word' readStream.
        expect: s nextWord ToBe: 'first'.
        expect: s nextLine ToBe: ' line'.
        expect: (s upTo: ' ') ToBe: 'second'.
        s skipWhitespace.
        expect: (s skipIf: 'w') ToBe: true.
        expect: (s skipIf: 'w') ToBe: false.
        expect: (s nextWhile: [ |:c| c isLetter ]) ToBe: 'ord'.
        expect: s nextLine ToBe: nil ).

    testWriting = (| w |
        w: writeStream copyRemoveAll.
        ((w put: 1) << 2) putAll: (3 & 4) asVector.
        expect: w contents ToBe: (1 & 2 & 3 & 4) asList.
        expect: writeStream size ToBe: 0 ).

    testReadingByCount = (| s. buffer |
        s: readStream copyOn: 'abcdef'.
        expect: (s peek: 2) ToBe: 'ab'.
        expect: (s readCount: 2) ToBe: 'ab'.
        expect: (s readMin: 1 Max: 2) ToBe: 'cd'.
        expect: s readNextOne ToBe: 'e'.
        expect: [ s readMin: 2 Max: 3 ] ToSignal: errors user.
        expect: s read ToBe: 'f'.
        expect: [ s readNextOne ] ToSignal: errors user.
        expect: (s readNextOneIfFail: 'end') ToBe: 'end'.
        expect: (s readCount: 2) ToBe: ''.
        expect: s contents ToBe: 'abcdef'.
        s reset.
        buffer: vector copySize: 4 FillingWith: 0.
        expect: (s readInto: buffer Count: 2 At: 1) ToBe: 2.
        expect: buffer ToBe: (0 & 'a' & 'b' & 0) asVector.
        s: readStream copyOn: (7 & 8) asVector.
        expect: (s readInto: buffer Count: 3) ToBe: 2.
        expect: buffer ToBe: (7 & 8 & 'b' & 0) asVector ).

    testWritingByCount = (| w |
        w: writeStream copyOn: (list copyRemoveAll add: 0).
        w write: (1 & 2).
        w writeFrom: (7 & 8 & 9) asVector Count: 2.
        w writeFrom: (7 & 8 & 9) asVector Count: 1 Start: 2.
        expect: w contents ToBe: (0 & 1 & 2 & 7 & 8 & 9) asList ).
|)
