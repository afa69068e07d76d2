"Known methods of the kind: words, a bar, a body. Written by mind/corpus/forms.py from the corpus."

forms _AddSlots: (|
    {'Category: boolean\x7fComment: By the number of arguments, which are written arg1, arg2.'
        booleanNone = 'yes no|( self ifTrue: [\'yes\'] False: [\'no\'] )
truth value opposite inverted negated|( self not )
integer bit zero|( self ifTrue: [1] False: [0] )
off|( self ifTrue: [\'on\'] False: [\'off\'] )'.
        booleanOne = 'exclusive exactly us different xor|( self = arg1 ifTrue: [false] False: [true] )
us either|( self ifTrue: [true] False: [arg1] )
both we|( self ifTrue: [arg1] False: [false] )
implies unless am not|( self ifTrue: [arg1] False: [true] )
nor neither us|( (self || arg1) not )
nand|( (self && arg1) not )'.
        booleanTwo = 'else pick first am second choose|( self ifTrue: [arg1] False: [arg2] )'.
    }
|)
