"Choice among many conditions:

  case if: [ n < 0 ] Then: [ 'less' ]
       If: [ n = 0 ] Then: [ 'none' ]
       Else: [ 'more' ]

Conditions are evaluated in order until one is true; the value is that of the part
behind it, of the last part if there is none, or nil."

globals _AddSlots: (|
    {'Category: choosing\x7fComment: Choice among many conditions.'
        case = (| {} = 'Comment: I choose the part behind the first condition that is true.'.
            parent* = traits oddball.

            {'Category: choosing\x7fComment: One to twelve conditions with their parts.'
                if: c1 Then: t1 = ( c1 value ifTrue: [ ^ t1 value ]. nil ).
                if: c1 Then: t1 If: c2 Then: t2 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 If: c11 Then: t11 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    c11 value ifTrue: [ ^ t11 value ].
                    nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 If: c11 Then: t11 If: c12 Then: t12 = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    c11 value ifTrue: [ ^ t11 value ].
                    c12 value ifTrue: [ ^ t12 value ].
                    nil ).
            }
            {'Category: choosing\x7fComment: With a part for the case that no condition is true.'
                if: c1 Then: t1 Else: e = ( c1 value ifTrue: [ ^ t1 value ]. e value ).
                if: c1 Then: t1 If: c2 Then: t2 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 If: c11 Then: t11 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    c11 value ifTrue: [ ^ t11 value ].
                    e value ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 If: c9 Then: t9 If: c10 Then: t10 If: c11 Then: t11 If: c12 Then: t12 Else: e = (
                    c1 value ifTrue: [ ^ t1 value ].
                    c2 value ifTrue: [ ^ t2 value ].
                    c3 value ifTrue: [ ^ t3 value ].
                    c4 value ifTrue: [ ^ t4 value ].
                    c5 value ifTrue: [ ^ t5 value ].
                    c6 value ifTrue: [ ^ t6 value ].
                    c7 value ifTrue: [ ^ t7 value ].
                    c8 value ifTrue: [ ^ t8 value ].
                    c9 value ifTrue: [ ^ t9 value ].
                    c10 value ifTrue: [ ^ t10 value ].
                    c11 value ifTrue: [ ^ t11 value ].
                    c12 value ifTrue: [ ^ t12 value ].
                    e value ).
            }
        |).
    }
|)
