"Small bundles of behaviour without a parent, and the traits made of them. Whoever
defines < and = gets the other comparisons from `mixins ordered`."

mixins _AddSlots: (|
    {'Category: comparing\x7fComment: For objects that define < and =.'
        ordered = (| {} = 'Comment: Whoever inherits me defines < and =, and gets the other comparisons.'.
            {'Category: comparing\x7fComment: What follows from < and =.'
                > x = ( x < self ).
                <= x = ( (x < self) not ).
                >= x = ( (< x) not ).
                min: x = ( < x ifTrue: [ self ] False: [ x ] ).
                max: x = ( > x ifTrue: [ self ] False: [ x ] ).
                isBetween: low And: high = ( (low <= self) && [ <= high ] ).
                between: low And: high = ( isBetween: low And: high ).
            }
            {'Category: comparing\x7fComment: Compares, and evaluates the part that applies.'
                compare: x IfLess: less Equal: equal Greater: greater = (
                    < x ifTrue: [ less value ] False: [
                        = x ifTrue: [ equal value ] False: [ greater value ] ] ).
            }
        |).
    }
    {'Category: comparing\x7fComment: For objects that are equal only to themselves, and for those that have no order: this is so anyway for all below the lobby.'
        identity = (| {} = 'Comment: I am a name for what the lobby gives to everybody: equality that is identity.'
        |).
        unordered = (| {} = 'Comment: I am a name for what the lobby gives to everybody: no order.'
        |).
    }
    {'Category: copying\x7fComment: For objects that inherit from the lobby and are copied, or exist once.'
        clonable = (| {} = 'Comment: Whoever inherits me may be copied.'.
            {'Category: copying\x7fComment: A copy of me.'
                copy = ( clone ).
            }
        |).
        oddball = (| {} = 'Comment: Whoever inherits me exists once.'.
            {'Category: copying\x7fComment: There is only one of me.'
                copy = ( self ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: roots\x7fComment: Parent of what is copied and has an order. My children define < and =.'
        orderedClonable = (| {} = 'Comment: I am the parent of prototypes that define < and =.'.
            parent* = traits clonable.
            ordering* = mixins ordered.
        |).
    }
    {'Category: roots\x7fComment: Parent of unique objects that have an order.'
        orderedOddball = (| {} = 'Comment: I am the parent of unique objects that define < and =.'.
            parent* = traits oddball.
            ordering* = mixins ordered.
        |).
    }
|)
