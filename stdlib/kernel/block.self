"Blocks: loops, ways out of them, and clean-up on the way. The machine compiles
loops over literal blocks without making the blocks; it falls back to these
definitions. A loop answers nil."

traits block _AddSlots: (| {} = 'Comment: I am the behaviour of blocks, pieces of code that can be passed on.'.
    parent* = traits clonable.

    {'Category: evaluating\x7fComment: Found only when the block wants more arguments than it was sent: its own slot would have hidden me.'
        value = ( error: 'block expects more arguments' ).
    }

    {'Category: looping\x7fComment: Again and again, until something inside returns.'
        loop = ( value. _Restart ).
    }
    {'Category: looping\x7fComment: Again while I am true; I am evaluated first.'
        whileTrue: body = ( value ifFalse: [ ^ nil ]. body value. _Restart ).
        whileFalse: body = ( value ifTrue: [ ^ nil ]. body value. _Restart ).
        whileTrue = ( value ifFalse: [ ^ nil ]. _Restart ).
        whileFalse = ( value ifTrue: [ ^ nil ]. _Restart ).
    }
    {'Category: looping\x7fComment: The rest of a compiled loop whose condition turned out to be no truth value, but this.'
        whileTrue: body Given: truth = ( truth ifFalse: [ ^ nil ]. body value. whileTrue: body ).
        whileFalse: body Given: truth = ( truth ifTrue: [ ^ nil ]. body value. whileFalse: body ).
        whileTrueGiven: truth = ( truth ifFalse: [ ^ nil ]. whileTrue ).
        whileFalseGiven: truth = ( truth ifTrue: [ ^ nil ]. whileFalse ).
    }
    {'Category: looping\x7fComment: I am the body here: evaluated once at least, then until or while the argument is true.'
        untilTrue: condition = ( value. condition value ifTrue: [ ^ nil ]. _Restart ).
        untilFalse: condition = ( value. condition value ifFalse: [ ^ nil ]. _Restart ).
    }
    {'Category: looping\x7fComment: I take a block that, evaluated, leaves: with nil, or with the value it is given.'
        loopExit = ( value: [ ^ nil ]. _Restart ).
        loopExitValue = ( value: [ |:v| ^ v ]. _Restart ).
        exit = ( value: [ ^ nil ] ).
        exitValue = ( value: [ |:v| ^ v ] ).
    }
    {'Category: looping\x7fComment: Besides, or instead, I take a block that, evaluated, begins the next round.'
        loopExitContinue = ( roundWith: [ ^ nil ]. _Restart ).
        loopExitValueContinue = ( roundWith: [ |:v| ^ v ]. _Restart ).
        loopContinue = ( exit. _Restart ).
        roundWith: exitBlk = ( value: exitBlk With: [ ^ nil ] ).
    }

    {'Category: leaving\x7fComment: Evaluates me; a non-local return that passes through is told to the argument, and goes on home with what that answers, even if it answers by a return of its own.'
        onNonLocalReturn: blk = (
            _OnNonLocalReturn: blk IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        onNonLocalReturn: blk IfFail: failBlk = ( _OnNonLocalReturn: blk IfFail: failBlk ).
    }
    {'Category: leaving\x7fComment: Evaluates me and answers what the first argument makes of my value; a non-local return goes on home with what the second makes of its value.'
        onReturn: returned IfNonLocalReturn: blk = (
            returned value: (onNonLocalReturn: [ |:v| ^ blk value: v ]) ).
        onNonLocalReturn: blk IfReturn: returned = ( onReturn: returned IfNonLocalReturn: blk ).
    }
    {'Category: leaving\x7fComment: Evaluates me, and afterwards the argument, however I was left. Answers my value. Example: [ 3 ] ensure: [ 4 ] >>> 3.'
        ensure: cleanup = (
            _Ensure: cleanup IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
        onReturn: cleanup = ( ensure: cleanup ).
        onReturn: cleanup IfFail: failBlk = ( _Ensure: cleanup IfFail: failBlk ).
    }
    {'Category: leaving\x7fComment: Evaluates me, and the argument only if I did not end normally.'
        ifCurtailed: cleanup = (| ended <- false |
            [ | r | r: value. ended: true. r ] ensure: [ ended ifFalse: [ cleanup value ] ] ).
    }

    {'Category: testing\x7fComment: My value must be true. Answers me.'
        assert = ( assert: [ 'this does not hold: ', (reflect: self) source ] ).
        assert: text = (
            (true == value) ifFalse: [
                (errors assertion copyReceiver: self Message: text value) signal ].
            self ).
    }
    {'Category: testing\x7fComment: I am a block.'
        isBlock = true.
    }
    {'Category: comparing\x7fComment: Each block is equal to itself only.'
        = b = ( == b ).
    }
|)
