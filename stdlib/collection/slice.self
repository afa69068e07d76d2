"Keys that count from either end, parts that are cut where the ends are, repetitions."

traits indexable _AddSlots: (|
    {'Category: accessing\x7fComment: A key below zero counts from the end: -1 is the last element.'
        atWrapped: i = ( at: (wrapped: i) ).
        atWrapped: i Put: x = ( at: (wrapped: i) Put: x ).
        wrapped: i = ( i < 0 ifTrue: [ i + size ] False: [ i ] ).
    }
    {'Category: copying\x7fComment: The elements from a key up to another, which is left out. Keys below zero count from the end, those beyond the ends are the ends, nil is the end of that side. A step takes every so manieth; below zero it goes backwards.'
        sliceFrom: a = ( sliceFrom: a UpTo: size ).
        sliceFrom: a UpTo: b = (| from |
            from: clipped: a Absent: 0.
            copyFrom: from UpTo: (from max: (clipped: b Absent: size)) ).
        sliceFrom: a UpTo: b By: step = (| i. end. out |
            step = 0 ifTrue: [ ^ error: 'a slice needs a step' ].
            step = 1 ifTrue: [ ^ sliceFrom: a UpTo: b ].
            out: list copyRemoveAll.
            step > 0
                ifTrue: [
                    i: clipped: a Absent: 0.
                    end: clipped: b Absent: size.
                    [ i < end ] whileTrue: [ out add: (at: i). i: i + step ] ]
                False: [
                    i: a isNil ifTrue: [ size - 1 ] False: [
                        ((wrapped: a) max: -1) min: size - 1 ].
                    end: b isNil ifTrue: -1 False: [ ((wrapped: b) max: -1) min: size - 1 ].
                    [ i > end ] whileTrue: [ out add: (at: i). i: i + step ] ].
            likeMe: out ).
        clipped: i Absent: end = (
            i isNil ifTrue: [ end ] False: [ ((wrapped: i) max: 0) min: size ] ).
    }
    {'Category: copying\x7fComment: My elements n times, one after the other.'
        repeated: n = (| out | out: list copyRemoveAll. n do: [ out addAll: self ]. likeMe: out ).
    }
    {'Category: private\x7fComment: A list as a collection of my sort.'
        likeMe: elements = ( elements asVector ).
    }
|)

traits list _AddSlots: (|
    {'Category: private\x7fComment: A list as it is.'
        likeMe: elements = ( elements ).
    }
    {'Category: adding\x7fComment: At a key, which may count from the end or lie beyond it; takes out the first that is equal.'
        insert: x AtWrapped: i = ( insert: x At: (((wrapped: i) max: 0) min: size) ).
        removeOnce: x = (
            removeAt: (indexOf: x IfAbsent: [ ^ missing: 'there is no such element' ]) ).
    }
|)

traits byteVector _AddSlots: (|
    {'Category: private\x7fComment: Characters are joined again.'
        likeMe: elements = (
            isString ifTrue: [ elements joined ] False: [ elements asByteVector ] ).
    }
|)
