"Tests of stdlib/collection/vector.self and indexable.self."

testing suite: 'vector' Tests: (|
    parent* = traits testSuite.

    testAccessing = (| v |
        v: vector copySize: 3 FillingWith: 7.
        expect: v size ToBe: 3.
        expect: (v at: 2) ToBe: 7.
        v at: 0 Put: 'x'.
        expect: v first ToBe: 'x'.
        expect: v last ToBe: 7.
        expect: (v at: 5 IfAbsent: 'no') ToBe: 'no'.
        expect: [ v at: 3 ] ToSignal: errors index.
        expect: [ v at: -1 Put: 0 ] ToSignal: errors index.
        expect: vector size ToBe: 0 ).

    testIterating = (| log <- '' |
        (4 & 5) asVector do: [ |:e. :k| log: log, k printString, ':', e printString, ' ' ].
        expect: log ToBe: '0:4 1:5 '.
        log: ''.
        (4 & 5) asVector reverseDo: [ |:e| log: log, e printString ].
        expect: log ToBe: '54'.
        log: ''.
        (1 & 2) asVector with: (3 & 4 & 5) asVector Do: [ |:a. :b| log: log, (a * b) printString ].
        expect: log ToBe: '38' ).

    testCopying = (| v |
        v: (1 & 2 & 3 & 4) asVector.
        expect: (v copyFrom: 1 UpTo: 3) ToBe: (2 & 3) asVector.
        expect: v copyWithoutFirst ToBe: (2 & 3 & 4) asVector.
        expect: v reverse ToBe: (4 & 3 & 2 & 1) asVector.
        expect: (v, (5 & 6) asVector) size ToBe: 6.
        expect: (v take: 2) ToBe: (1 & 2) asVector.
        expect: (v drop: 3) first ToBe: 4.
        expect: [ v copyFrom: 2 UpTo: 5 ] ToSignal: errors index.
        expect: (vector copySize: 3 MadeBy: [ |:i| i * i ]) ToBe: (0 & 1 & 4) asVector ).

    testIndependence = (| a. b |
        a: (1 & 2) asVector.
        b: a copy.
        b at: 0 Put: 9.
        expect: a first ToBe: 1 ).

    testSearching = (
        expect: ((5 & 6) asVector indexOf: 6) ToBe: 1.
        expect: ((5 & 6) asVector indexOf: 7) ToBe: -1.
        expect: ((5 & 6 & 5) asVector lastIndexOf: 5) ToBe: 2 ).

    testComparing = (
        expect: ((1 & 2) asVector = (1 & 2) asVector) ToBe: true.
        expect: ((1 & 2) asVector = (1 & 3) asVector) ToBe: false.
        expect: ((1 & 2) asVector = (1 & 2) asList) ToBe: false.
        expect: ((1 & 2) asVector = 3) ToBe: false.
        expect: ((1 & 2) asVector < (1 & 3) asVector) ToBe: true.
        expect: (1 & 2) asVector hash ToBe: (1 & 2) asVector hash ).

    testChanging = (| v |
        v: (1 & 2 & 3) asVector.
        v swap: 0 And: 2.
        expect: v ToBe: (3 & 2 & 1) asVector.
        v reverseInPlace.
        expect: v ToBe: (1 & 2 & 3) asVector.
        v atAllPut: 0.
        expect: v sum ToBe: 0 ).
|)
