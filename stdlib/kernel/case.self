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

            {'Category: choosing\x7fComment: One to eight conditions with their parts: if the first one is not true, a choice among the others.'
                if: c1 Then: t1 = ( if: c1 Then: t1 Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 = ( if: c1 Then: t1 If: c2 Then: t2 Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 = (
                    if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 = (
                    if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 = (
                    if: c1
                        Then: t1
                        If: c2
                        Then: t2
                        If: c3
                        Then: t3
                        If: c4
                        Then: t4
                        If: c5
                        Then: t5
                        Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 = (
                    if: c1
                        Then: t1
                        If: c2
                        Then: t2
                        If: c3
                        Then: t3
                        If: c4
                        Then: t4
                        If: c5
                        Then: t5
                        If: c6
                        Then: t6
                        Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 = (
                    if: c1
                        Then: t1
                        If: c2
                        Then: t2
                        If: c3
                        Then: t3
                        If: c4
                        Then: t4
                        If: c5
                        Then: t5
                        If: c6
                        Then: t6
                        If: c7
                        Then: t7
                        Else: nil ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 = (
                    if: c1
                        Then: t1
                        If: c2
                        Then: t2
                        If: c3
                        Then: t3
                        If: c4
                        Then: t4
                        If: c5
                        Then: t5
                        If: c6
                        Then: t6
                        If: c7
                        Then: t7
                        If: c8
                        Then: t8
                        Else: nil ).
                if: c1 Then: t1 Else: e = ( c1 value ifTrue: [ t1 value ] False: [ e value ] ).
                if: c1 Then: t1 If: c2 Then: t2 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [ if: c2 Then: t2 Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2 Then: t2 If: c3 Then: t3 Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2
                            Then: t2
                            If: c3
                            Then: t3
                            If: c4
                            Then: t4
                            If: c5
                            Then: t5
                            If: c6
                            Then: t6
                            Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2
                            Then: t2
                            If: c3
                            Then: t3
                            If: c4
                            Then: t4
                            If: c5
                            Then: t5
                            If: c6
                            Then: t6
                            If: c7
                            Then: t7
                            Else: e ] ).
                if: c1 Then: t1 If: c2 Then: t2 If: c3 Then: t3 If: c4 Then: t4 If: c5 Then: t5 If: c6 Then: t6 If: c7 Then: t7 If: c8 Then: t8 Else: e = (
                    c1 value ifTrue: [ t1 value ] False: [
                        if: c2
                            Then: t2
                            If: c3
                            Then: t3
                            If: c4
                            Then: t4
                            If: c5
                            Then: t5
                            If: c6
                            Then: t6
                            If: c7
                            Then: t7
                            If: c8
                            Then: t8
                            Else: e ] ).
            }
        |).
    }
|)
