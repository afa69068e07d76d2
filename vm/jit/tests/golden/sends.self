"A send in the place of which the method's body stands, and a block that is not made."
(|
    double: n = ( n + n ).
    next: n = ( (double: n) + 1 ).
    larger: n Than: m = ( n > m ifTrue: [ ^ n ]. m ).
|)
