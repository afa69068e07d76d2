"Tests of stdlib/number/rectangle.self."

testing suite: 'rectangle' Tests: (|
    parent* = traits testSuite.

    testMeasuring = (| r |
        r: (0 @ 0) corner: 10 @ 5.
        expect: r width ToBe: 10.
        expect: r area ToBe: 50.
        expect: (r includes: 3 @ 3) ToBe: true.
        expect: (r includes: 3 @ 5) ToBe: false.
        expect: (r intersect: ((5 @ 2) ## (10 @ 10))) ToBe: ((5 @ 2) corner: 10 @ 5).
        expect: (r intersects: ((20 @ 20) ## (1 @ 1))) ToBe: false ).

    testCreating = (
        expect: ((1 @ 2) # (4 @ 6)) ToPrint: '1@2 # 4@6'.
        expect: ((4 @ 2) # (1 @ 6)) ToPrint: '1@2 # 4@6'.
        expect: (rectangle from: 4 @ 6 To: 1 @ 2) ToBe: (1 @ 2) # (4 @ 6).
        expect: (rectangle center: 5 @ 5 Size: 4 @ 2) ToBe: (3 @ 4) # (7 @ 6) ).

    testPoints = (| r |
        r: (0 @ 2) # (10 @ 6).
        expect: r topLeft ToBe: 0 @ 2.
        expect: r topRight ToBe: 10 @ 2.
        expect: r bottomLeft ToBe: 0 @ 6.
        expect: r bottomRight ToBe: 10 @ 6.
        expect: r topCenter ToBe: 5 @ 2.
        expect: r bottomCenter ToBe: 5 @ 6.
        expect: r leftCenter ToBe: 0 @ 4.
        expect: r rightCenter ToBe: 10 @ 4.
        expect: (r pointClosestToPoint: 20 @ 3) ToBe: 10 @ 3.
        expect: (r pointClosestToPoint: 4 @ 3) ToBe: 4 @ 3 ).

    testChanging = (| r |
        r: (0 @ 2) # (10 @ 6).
        expect: (r left: 3) ToBe: (3 @ 2) # (10 @ 6).
        expect: (r top: 3) ToBe: (0 @ 3) # (10 @ 6).
        expect: (r right: 3) ToBe: (0 @ 2) # (3 @ 6).
        expect: (r bottom: 3) ToBe: (0 @ 2) # (10 @ 3).
        expect: (r topLeft: 1 @ 1) ToBe: (1 @ 1) # (10 @ 6).
        expect: (r topRight: 8 @ 1) ToBe: (0 @ 1) # (8 @ 6).
        expect: (r bottomLeft: 1 @ 9) ToBe: (1 @ 2) # (10 @ 9).
        expect: (r bottomRight: 9 @ 9) ToBe: (0 @ 2) # (9 @ 9).
        expect: (r center: 0 @ 0) ToBe: (-5 @ -2) # (5 @ 2).
        expect: r ToBe: (0 @ 2) # (10 @ 6) ).

    testMoving = (| r |
        r: (0 @ 2) # (10 @ 6).
        expect: (r translateBy: 1 @ 2) ToBe: (1 @ 4) # (11 @ 8).
        expect: (r translateTo: 1 @ 1) ToBe: (1 @ 1) # (11 @ 5).
        expect: (r restrictTo: ((5 @ 0) # (20 @ 5))) ToBe: (5 @ 1) # (15 @ 5).
        expect: (r restrictTo: ((5 @ 0) # (6 @ 1))) topLeft ToBe: 5 @ 0 ).

    testResizing = (| r |
        r: (0 @ 2) # (10 @ 6).
        expect: (r extend: 1) ToBe: (-1 @ 1) # (11 @ 7).
        expect: (r indent: 1) ToBe: (1 @ 3) # (9 @ 5).
        expect: (r stretchLeft: 1) left ToBe: -1.
        expect: (r stretchTop: 1) top ToBe: 1.
        expect: (r stretchRight: 1) right ToBe: 11.
        expect: (r stretchBottom: 1) bottom ToBe: 7.
        expect: (r stretchTopLeft: 1 @ 2) ToBe: (-1 @ 0) # (10 @ 6).
        expect: (r stretchBottomRight: 1 @ 2) ToBe: (0 @ 2) # (11 @ 8).
        expect: (r shrinkLeft: 1) left ToBe: 1.
        expect: (r shrinkTop: 1) top ToBe: 3.
        expect: (r shrinkRight: 1) right ToBe: 9.
        expect: (r shrinkBottom: 1) bottom ToBe: 5.
        expect: (r shrinkTopLeft: 1 @ 2) ToBe: (1 @ 4) # (10 @ 6).
        expect: (r shrinkBottomRight: 1 @ 2) ToBe: (0 @ 2) # (9 @ 4) ).

    testEnclosing = (| r |
        r: (0 @ 2) # (10 @ 6).
        expect: (r encloses: ((1 @ 3) # (9 @ 5))) ToBe: true.
        expect: (r encloses: ((0 @ 3) # (9 @ 5))) ToBe: false.
        expect: (r enclosesOrEquals: r) ToBe: true.
        expect: (r enclosesOrEquals: ((0 @ 3) # (11 @ 5))) ToBe: false ).
|)
