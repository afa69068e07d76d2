"How a world is, at a glance: `:health` at the prompt, `health rows` for whoever wants to
show it otherwise. Each row is a name and a text; nothing is counted that the world does
not know already."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Tells how this world is.'
        health = (| {} = 'Comment: I tell how a world is at a glance.'.
            parent* = traits oddball.

            {'Category: showing\x7fComment: All rows as text, a line each.'
                show = ( (rows mapBy: [ |:r| (r key padOnRight: 11), r value ]) joinedWith: '\n' ).
            }
            {'Category: showing\x7fComment: Names and texts, as pairs.'
                rows = (
                    (('cem' -> metric) & ('methods' -> census copyNow printString)
                        & ('commits' -> commits) & ('memory' -> memory) & ('pauses' -> pauses)
                        & ('processes' -> processes) & ('failures' -> failures)
                        & ('inquiry' -> inquiryState) & ('budget' -> inquiry budget printString)
                        & ('power' -> power)) asVector ).
                rowNamed: n = (
                    rows findFirst: [ |:r| r key = n ] IfPresent: [ |:r| r value ] IfAbsent: [
                        error: 'health has no row ', n ] ).
            }
            {'Category: rows\x7fComment: The metric with its past and its weakest part; commits; memory; how long the world stood still; processes; what was not found; what the world does by itself; what the machine runs on.'
                metric = (
                    cem now printString
                        , (cem sparkline isEmpty ifTrue: '' False: [ '  ', cem sparkline ])
                        , (cem weakest ifNil: '' IfNotNil: [ |:p| ', weakest: ', p name ]) ).
                commits = (
                    (counted: image history size As: 'commit')
                        , (image hasUnsavedChanges ifTrue: ', and changes since' False: '') ).
                memory = (| s |
                    s: image statistics.
                    (mebibytes: (s at: 0)), ' used of ', (mebibytes: (s at: 1)) ).
                pauses = (| s |
                    s: image statistics.
                    'longest ', (milliseconds: (s at: 7)), ', ', (milliseconds: (s at: 8))
                        , ' in all, ', (counted: (s at: 2) As: 'scavenge'), ', '
                        , (counted: (s at: 6) As: 'full collection') ).
                processes = (
                    scheduler known size printString, ', ', scheduler failed size printString
                        , ' failed' ).
                failures = (
                    (counted: mind givenUp size As: 'message'), ' given up, '
                        , (counted: mind lessons size As: 'proposal'), ' refused' ).
                inquiryState = (
                    inquiry policy
                        , (inquiry isRunning ifTrue: [ ', ', inquiry whatItWaitsFor ] False: '')
                        , (inquiry dreams isEmpty ifTrue: '' False: [
                            ', ', (counted: inquiry dreams size As: 'dream'), ' (:dreams)' ])
                        , (inquiry trouble isEmpty ifTrue: '' False: [
                            ', trouble with ', (inquiry trouble before: '\n') ]) ).
                power = (| p |
                    p: inquiry battery.
                    p isNil ifTrue: [ ^ 'no battery' ].
                    p printString, '%'
                        , (inquiry isOnBattery ifTrue: ', on battery' False: ', on mains') ).
            }
            {'Category: private\x7fComment: Numbers with their units.'
                mebibytes: n = ( (n / 1048576) printString, ' MiB' ).
                milliseconds: us = ( ((us asFloat / 1000.0) printStringPrecision: 1), ' ms' ).
                counted: n As: word = ( inquiry counted: n As: word ).
            }
        |).
    }
|)
