"How a world is, on the screen: the rows of `health`, looked at again now and then, and
the metric's past as a line."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of panels of health.'
        healthMorph = (| {} = 'Comment: I show how the world is.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Looking every other second.'
                copyLive = ( ((copyTitle: 'Health') build) startStepping: 2000 ).
                build = (
                    lines: columnMorph copyLook: 'list'.
                    lines role: 'group'.
                    lines label: 'Health'.
                    addMorph: lines.
                    line: (pathMorph copyPoints: vector) stroke: 2.
                    addMorph: ((boxMorph copyExtent: 300 @ 60 Fill: nil) addMorph: line).
                    refresh ).
            }
            {'Category: looking\x7fComment: Lines are made anew only if something differs; the metric lies between 0 below and 1 above.'
                step = ( ui_manager isAtWork ifFalse: [ refresh ]. self ).
                refresh = (| now. all |
                    now: health rows mapBy: [ |:r| (r key padOnRight: 11), r value ].
                    now = shown ifTrue: [ ^ self ].
                    shown: now.
                    lines removeAllMorphs.
                    now do: [ |:text|
                        lines addMorph: (textMorph copyText: text Look: 'mono small') ].
                    all: list copyRemoveAll.
                    past do: [ |:v. :i| all add: i * 5. all add: 58 - (v * 56.0) asInteger ].
                    line at: 'points' Put: all.
                    self ).
                past = (| all |
                    all: cem history mapBy: [ |:r| r value ].
                    all copyFrom: (all size - 60 max: 0) UpTo: all size ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: The prototype of panels of health.'
        healthMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of panels of health.'.
            parent* = traits healthMorph.

            {'Category: parts\x7fComment: The lines and what they say; the metric\'s past as a line.'
                lines.
                shown.
                line.
            }
        |).
    }
|)
