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
|)
