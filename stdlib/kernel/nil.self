"nil: what stands in a slot before anything else does. An oddball that takes the
other side of every nil test."

nil _AddSlots: (| {} = 'Comment: I stand where nothing has been put yet.'.
    parent* = traits oddball.

    {'Category: nil\x7fComment: I am nil: the nil part is evaluated, the other is not.'
        isNil = true.
        isNotNil = false.
        ifNil: blk = ( blk value ).
        ifNotNil: blk = ( nil ).
        ifNil: nilBlk IfNotNil: blk = ( nilBlk value: self ).
        ifNotNil: blk IfNil: nilBlk = ( nilBlk value: self ).
    }
    {'Category: printing\x7fComment: My name.'
        printString = 'nil'.
    }
|)
