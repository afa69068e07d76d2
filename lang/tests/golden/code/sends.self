a b c: d E: 3
(| m: x = ( x foo bar: x baz Qux: self ) |)
(| m = ( | x <- 1 | x + 1 + (x: 3) ) |)
(| m = ( | x <- 1 | x * (foo ifTrue: [ x: 2. 5 ] False: [ 1 ]) ) |)
(| + x = ( resend.+ x ). at: i = ( parent.at: i - 1 ). new = ( resend.copy ) |)
(| m: x = ( | p* = lobby. q* <- nil | q: x. foo: [ bar ]. x ) |)
(| m: x = ( | y | y: z: x. self y: 3 ) |)
(| m: x = ( (x != 'a') && (3.5 < x) ) |)
123456789012345678901234567890
(| big = -5000000000. f = 2.5. s = 'abc' |)
