"Tests of stdlib/image/image.self, as far as they hold in any image."

testing suite: 'image' Tests: (|
    parent* = traits testSuite.

    testCommitRecord = (| r |
        r: commitRecord copyVector: (7 & 86400000 & 'me' & 'a change') asVector.
        expect: r number ToBe: 7.
        expect: r ToPrint: 'commit 7 on main 1970-01-02 00:00:00 me: a change' ).

    testHistory = ( assert: image history isVector ).

    testCollecting = (| v |
        v: vector copySize: 1000 MadeBy: [ |:i| 'x' * i ].
        image collectGarbage.
        expect: (v at: 999) size ToBe: 999.
        assert: image statistics size > 2 ).

    testWeakVector = (| w |
        w: weakVector copySize: 2.
        w at: 0 Put: lobby.
        w at: 1 Put: ('gone' * 50).
        image collectGarbage.
        expect: (w at: 0) ToBeSameAs: lobby ).
|)
