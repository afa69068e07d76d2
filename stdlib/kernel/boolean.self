"true and false: ordinary oddballs with ordinary methods. The machine compiles
messages of choice that have literal blocks to branches; these are the
definitions that it must agree with."

traits _AddSlots: (|
    {'Category: roots\x7fComment: Parent of true and false.'
        boolean = (| {} = 'Comment: I am what true and false share.'.
            parent* = traits orderedOddball.

            {'Category: choosing\x7fComment: The parts in the other order.'
                ifFalse: falseBlk True: trueBlk = ( ifTrue: trueBlk False: falseBlk ).
            }
            {'Category: logic\x7fComment: Exclusive or: true if just one of us is. Example: true ^^ false >>> true.'
                xor: x = ( ifTrue: [ x value not ] False: [ x value ] ).
                ^^ x = ( xor: x ).
            }
            {'Category: testing\x7fComment: I am a truth value.'
                isBoolean = true.
                asBoolean = ( self ).
            }
        |).
    }
|)

true _AddSlots: (| {} = 'Comment: Yes.'.
    parent* = traits boolean.

    {'Category: choosing\x7fComment: I evaluate the part that is meant for me; a missing part counts as nil.'
        ifTrue: trueBlk = ( trueBlk value ).
        ifFalse: falseBlk = ( nil ).
        ifTrue: trueBlk False: falseBlk = ( trueBlk value ).
        ifTrue: trueBlk IfFalse: falseBlk = ( trueBlk value ).
        ifFalse: falseBlk IfTrue: trueBlk = ( trueBlk value ).
    }
    {'Category: logic\x7fComment: The argument is evaluated only if it matters.'
        and: x = ( x value ).
        or: x = ( true ).
        && x = ( x value ).
        || x = ( true ).
        not = false.
    }
    {'Category: printing\x7fComment: My name.'
        printString = 'true'.
    }
    {'Category: comparing\x7fComment: I am greater than false.'
        < x = ( false ).
    }
    {'Category: converting\x7fComment: One.'
        asInteger = 1.
    }
|)

false _AddSlots: (| {} = 'Comment: No.'.
    parent* = traits boolean.

    {'Category: choosing\x7fComment: I evaluate the part that is meant for me; a missing part counts as nil.'
        ifTrue: trueBlk = ( nil ).
        ifFalse: falseBlk = ( falseBlk value ).
        ifTrue: trueBlk False: falseBlk = ( falseBlk value ).
        ifTrue: trueBlk IfFalse: falseBlk = ( falseBlk value ).
        ifFalse: falseBlk IfTrue: trueBlk = ( falseBlk value ).
    }
    {'Category: logic\x7fComment: The argument is evaluated only if it matters.'
        and: x = ( false ).
        or: x = ( x value ).
        && x = ( false ).
        || x = ( x value ).
        not = true.
    }
    {'Category: printing\x7fComment: My name.'
        printString = 'false'.
    }
    {'Category: comparing\x7fComment: I am less than true.'
        < x = ( x ).
    }
    {'Category: converting\x7fComment: Zero.'
        asInteger = 0.
    }
|)
