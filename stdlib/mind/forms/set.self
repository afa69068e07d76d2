"Known methods of the kind: words, a bar, a body. Written by mind/corpus/forms.py from the corpus."

forms _AddSlots: (|
    {'Category: set\x7fComment: By the number of arguments, which are written arg1, arg2.'
        setNone = 'largest biggest member|(| r | do: [|:e| (nil = r) || [e > r] ifTrue: [r: e]]. r )
even members how many count|(| n <- 0 | do: [|:e| (e % 2) = 0 ifTrue: [n: n + 1]]. n )
smallest lowest member|(| r | do: [|:e| (nil = r) || [e < r] ifTrue: [r: e]]. r )
sum total members|(| s <- 0 | do: [|:e| s: s + e]. s )
product members|(| p <- 1 | do: [|:e| p: p * e]. p )'.
        setOne = 'we share overlaps shares|( do: [|:e| (arg1 includes: e) ifTrue: [^ true]]. false )
set we share meet intersection|(| r | r: set copyRemoveAll. do: [|:e| (arg1 includes: e) ifTrue: [r add: e]]. r )
set union unite|(| r | r: copy. arg1 do: [|:e| r add: e]. r )
does all subset part|( do: [|:e| (arg1 includes: e) ifFalse: [^ false]]. true )
all superset contains|( arg1 do: [|:e| (includes: e) ifFalse: [^ false]]. true )
set not without all minus|(| r | r: set copyRemoveAll. do: [|:e| (arg1 includes: e) ifFalse: [r add: e]]. r )
how many we share common count size|(| n <- 0 | do: [|:e| (arg1 includes: e) ifTrue: [n: n + 1]]. n )
toggle remove else add|( (includes: arg1) ifTrue: [remove: arg1] False: [add: arg1]. self )'.
    }
|)
