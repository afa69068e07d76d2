"Steps: morphs that do something of themselves, again and again, as long as somebody
looks. One process steps them all. A morph whose step fails is not stepped any more,
and a debugger appears."

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Lets morphs do their steps.'
        stepper = (| {} = 'Comment: I let morphs do their steps while somebody looks.'.
            parent* = traits oddball.

            {'Category: morphs\x7fComment: Those that step, with what is known of each.'
                entries <- list copyRemoveAll.
                add: m Every: ms = (
                    remove: m.
                    entries add: (stepEntry copyMorph: m Every: (ms max: 5)).
                    beAtWork ).
                remove: m = ( entries removeWhere: [ |:e| e morph == m ]. self ).
                includes: m = ( entries anySatisfy: [ |:e| e morph == m ] ).
            }
            {'Category: running\x7fComment: Begins if there is work and somebody looks; the process that does it, of this session.'
                beAtWork = (| p |
                    ui_manager isWatched && [ entries isEmpty not ] ifFalse: [ ^ self ].
                    p: session at: 'stepper' IfAbsent: nil.
                    p isNotNil && [ p hasEnded not ] ifTrue: [ ^ self ].
                    p: [ run ] newProcess.
                    p name: 'steps'.
                    p state isTransient: true.
                    p state whenEnded: [ |:q| q hasError ifTrue: [ [ failed: q ] fork ] ].
                    session at: 'stepper' Put: p.
                    p start.
                    self ).
                run = (| next |
                    [ ui_manager isWatched && [ next: stepAll. next isNotNil ] ] whileTrue: [
                        process sleep: ((next - time milliseconds) max: 1) ].
                    self ).
                stepAll = (| now. soonest |
                    now: time milliseconds.
                    entries asVector do: [ |:e|
                        e morph isShown ifTrue: [
                            e next <= now ifTrue: [
                                current: e.
                                e next: now + e every.
                                e morph step.
                                current: nil ].
                            (soonest isNil || [ e next < soonest ]) ifTrue: [ soonest: e next ] ] ].
                    soonest ).
                waitForStep = (| tries <- 0 |
                    [ current isNotNil && [ tries < 200 ] ] whileTrue: [
                        tries: tries + 1.
                        process sleep: 1 ].
                    self ).
                failed: p = (
                    current ifNotNil: [ |:e| entries remove: e IfAbsent: nil ].
                    current: nil.
                    ui_manager debug: p For: nil.
                    beAtWork ).
                current.
            }
        |).

        stepEntry = (| {} = 'Comment: I tell how often a morph steps, and when next.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a morph, beginning at once.'
                copyMorph: m Every: ms = ( (clone morph: m) every: ms ).
            }
            {'Category: parts\x7fComment: Who; every so many milliseconds; when next.'
                morph.
                every <- 1000.
                next <- 0.
            }
        |).
    }
|)
