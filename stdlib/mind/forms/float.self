"Known methods of the kind: words, a bar, a body. Written by mind/corpus/forms.py from the corpus."

forms _AddSlots: (|
    {'Category: float\x7fComment: By the number of arguments, which are written arg1, arg2.'
        floatNone = 'doubled two times double|( self * 2 )
divided two halved half|( self / 2.0 )
magnitude without sign abs|( self < 0.0 ifTrue: [0.0 - self] False: [self] )
times squared square|( self * self )
kilometers miles|( self * 0.621 )
fahrenheit celsius|( (self * 1.8) + 32.0 )
celsius fahrenheit|( (self - 32.0) / 1.8 )
positive greater than zero|( self > 0.0 )
negative|( self < 0.0 )'.
        floatOne = 'mean both average|( (self + arg1) / 2.0 )
larger max|( self > arg1 ifTrue: [self] False: [arg1] )
smaller min|( self < arg1 ifTrue: [self] False: [arg1] )
distance difference without sign|( self > arg1 ifTrue: [self - arg1] False: [arg1 - self] )'.
        floatTwo = 'clamp not outside limits|( (self max: arg1) min: arg2 )
between both|( (self >= arg1) && [self <= arg2] )'.
    }
|)
