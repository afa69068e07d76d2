"Known methods of the kind: words, a bar, a body. Written by mind/corpus/forms.py from the corpus."

forms _AddSlots: (|
    {'Category: dictionary\x7fComment: By the number of arguments, which are written arg1, arg2.'
        dictionaryNone = 'sum values value total|(| s <- 0 | do: [|:v| s: s + v]. s )
value smallest values lowest min|(| r | do: [|:v| (nil = r) || [v < r] ifTrue: [r: v]]. r )
value largest highest values max|(| r | do: [|:v| (nil = r) || [v > r] ifTrue: [r: v]]. r )
key largest value best max|(| r. m | do: [|:v. :k| (nil = m) || [v > m] ifTrue: [m: v. r: k]]. r )
values mean average value|(| s <- 0 | do: [|:v| s: s + v]. s / size )
entries entry count how many|(| n <- 0 | do: [n: n + 1]. n )
values count positive how many greater than|(| n <- 0 | do: [|:v| v > 0 ifTrue: [n: n + 1]]. n )
key value smallest min|(| r. m | do: [|:v. :k| (nil = m) || [v < m] ifTrue: [m: v. r: k]]. r )
key lengths sum sizes keys|(| n <- 0 | do: [|:v. :k| n: n + k size]. n )
all values positive greater than zero|( do: [|:v| v > 0 ifFalse: [^ false]]. true )
product values|(| p <- 1 | do: [|:v| p: p * v]. p )'.
        dictionaryOne = 'keys knows defined key|( includesKey: arg1 )
add value key beginning zero increment count|( at: arg1 Put: (at: arg1 IfAbsent: 0) + 1 )
key value nil find|( do: [|:v. :k| v = arg1 ifTrue: [^ k]]. nil )
value includes values contains|( do: [|:v| v = arg1 ifTrue: [^ true]]. false )
value zero key count|( at: arg1 IfAbsent: 0 )
value how many keys count occurrences|(| n <- 0 | do: [|:v| v = arg1 ifTrue: [n: n + 1]]. n )
above values count how many|(| n <- 0 | do: [|:v| v > arg1 ifTrue: [n: n + 1]]. n )
decrement|( at: arg1 Put: (at: arg1) - 1 )'.
        dictionaryTwo = 'value key second none else default get|( at: arg1 IfAbsent: [arg2] )
set store value under key put|( at: arg2 Put: arg1 )
add value key|( at: arg2 Put: (at: arg2 IfAbsent: 0) + arg1 )
lookup add value key stored first none|( (includesKey: arg1) ifFalse: [at: arg1 Put: arg2]. at: arg1 )
put absent|( (includesKey: arg2) ifFalse: [at: arg2 Put: arg1]. self )'.
    }
|)
