"Known methods of blocks: words, a bar, a body. Written by hand; the corpus has none."

forms _AddSlots: (|
    {'Category: block\x7fComment: By the number of arguments, which are written arg1, arg2.'
        blockNone = 'twice two|( value. value )
not opposite|( value not )
thrice three|( value. value. value )
text print|( value printString )
safely nil error|( value )
count turns while true|(| n <- 0 | [value] whileTrue: [n: n + 1]. n )
ever first time|(| r | [r isNil] whileTrue: [r: value]. r )'.
        blockOne = 'apply to with call|( value: arg1 )
twice two again apply|( value: (value: arg1) )
thrice three|( value: (value: (value: arg1)) )
times repeat|( 1 to: arg1 Do: [value]. self )
times repeat index count|( 1 to: arg1 Do: [|:i| value: i]. self )
list collect results times|(| r | r: list copyRemoveAll. 1 to: arg1 Do: [|:i| r add: (value: i)]. r )
list collect results times|(| r | r: list copyRemoveAll. 1 to: arg1 Do: [r add: value]. r )
sum up to total|(| s <- 0 | 1 to: arg1 Do: [|:i| s: s + (value: i)]. s )
sum elements total|(| s <- 0 | arg1 do: [|:e| s: s + (value: e)]. s )
count elements true|(| n <- 0 | arg1 do: [|:e| (value: e) ifTrue: [n: n + 1]]. n )
then compose after follow pipe|( arg1 value: value )
unless not|( arg1 ifTrue: [^ nil]. value )
if when|( arg1 ifTrue: [^ value]. nil )
both and|( value && [arg1 value] )
either or|( value || [arg1 value] )
each all map|(| r | r: list copyRemoveAll. arg1 do: [|:e| r add: (value: e)]. r )
not negated opposite|( (value: arg1) not )
same equal fix|( (value: arg1) = arg1 )'.
        blockTwo = 'apply with call two|( value: arg1 With: arg2 )
swap flip turned|( value: arg2 With: arg1 )
compose then nested apply|( arg2 value: (value: arg1) )
compose before nested apply|( value: (arg1 value: arg2) )
sum from to|(| s <- 0 | arg1 to: arg2 Do: [|:i| s: s + (value: i)]. s )
fold reduce inject into|(| r | r: arg2. arg1 do: [|:e| r: (value: r With: e)]. r )
times start again iterate|(| r | r: arg1. 1 to: arg2 Do: [r: (value: r)]. r )'.
    }
|)
