(| x. y <- 3. z* = lobby. m: a = ( | l <- list copyRemoveAll | l add: a ). {'Category: a' p = (| q = 5. r <- (| |) |). {'Category: b' s = [ 3 ]}} |)
(| m = ( (| a <- 0 |) foo: (| b = (| c |) |) ) |)
( a. b )
( | x = 3 | x foo )
[ 3 ] value
(| {} = 'about'. m = ( | {} = 'method' | 3 ). at: i Put: x = ( foo: i Bar: x ). - = (| :y | 3 - y ) |)
