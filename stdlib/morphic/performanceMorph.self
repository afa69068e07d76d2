"How the machine is used, drawn by morphs: processor, memory and pauses of the latest
minutes."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of charts.'
        chartMorph = (| {} = 'Comment: I draw the latest values of something as a line, the highest at the top.'.
            parent* = traits columnMorph.

            {'Category: creating\x7fComment: With a title, a unit, and a colour.'
                copyTitle: t Unit: u Ink: c = (| m |
                    m: copy.
                    m unit: u.
                    m title: t.
                    m values: list copyRemoveAll.
                    m told: (textMorph copyText: t Look: 'mono small').
                    m frame: (boxMorph copyExtent: 304 @ 64 Fill: nil).
                    m frame edge: '#868e96'.
                    m frame round: 4.
                    m line: (((pathMorph copyPoints: vector) stroke: 2) ink: c).
                    m frame addMorph: m line.
                    (m addMorph: m told) addMorph: m frame ).
            }
            {'Category: drawing\x7fComment: One more value; at most a hundred are kept. The top of the frame is the highest value, at least the given one.'
                add: v Least: least = (| most. all |
                    values addLast: v.
                    values size > 100 ifTrue: [ values removeFirst ].
                    most: values inject: least Into: [ |:m. :w| m max: w ].
                    told text: title, '  ', v printString, ' ', unit, '   most '
                        , (highest max: v) printString, ' ', unit.
                    highest: (highest max: v).
                    all: list copyRemoveAll.
                    values do: [ |:w. :i|
                        all add: 2 + (i * 3).
                        all add: 60 - ((w * 56) // (most max: 1)) ].
                    line at: 'points' Put: all.
                    self ).
            }
        |).

        performanceMorph = (| {} = 'Comment: I show how the machine is used.'.
            parent* = traits toolMorph.

            {'Category: creating\x7fComment: Looking twice a second.'
                copyLive = (
                    (((copyTitle: 'Performance') width: 326) build) startStepping: every ).
                every = 500.
                build = (
                    processor: chartMorph copyTitle: 'processor' Unit: '%' Ink: '#1c7ed6'.
                    memory: chartMorph copyTitle: 'memory' Unit: 'KiB' Ink: '#2f9e44'.
                    pauses: chartMorph copyTitle: 'longest pause' Unit: 'ms' Ink: '#e8590c'.
                    addAllMorphs: (processor & memory & pauses) asVector.
                    told: textMorph copyText: '' Look: 'quiet small'.
                    addMorph: told.
                    addMorph: (buttonMorph copyLabel: 'Collect garbage' Do: [ |:e| collect: e ]).
                    latest: time steady.
                    latestCPU: time cpuMilliseconds.
                    latestScavenges: (image statistics at: 2).
                    self ).
            }
            {'Category: looking\x7fComment: A pause is by how much my step came late: what kept the world busy, or waiting for it, meanwhile.'
                step = (| now. cpu. s. took |
                    now: time steady.
                    cpu: time cpuMilliseconds.
                    s: image statistics.
                    took: (now - latest) max: 1.
                    processor add: (((cpu - latestCPU) * 100) // took) Least: 100.
                    memory add: (s at: 0) // 1024 Least: 1.
                    pauses add: ((took - every) max: 0) Least: 50.
                    told text: ((s at: 2) - latestScavenges) printString
                        , ' scavenges since I was opened; ', ((s at: 1) // 1024) printString
                        , ' KiB reserved'.
                    latest: now.
                    latestCPU: cpu.
                    self ).
                collect: e = (| before |
                    before: (image statistics at: 0) // 1024.
                    image collectGarbage.
                    e hand say: ((before - ((image statistics at: 0) // 1024)) max: 0) printString
                        , ' KiB were freed' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of charts and of what shows how the machine is used.'
        chartMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of charts.'.
            parent* = traits chartMorph.

            {'Category: parts\x7fComment: What is drawn, in which unit; where; the values, and the highest that was seen.'
                title <- ''.
                unit <- ''.
                told.
                frame.
                line.
                values.
                highest <- 0.
            }
        |).
        performanceMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of what shows how the machine is used.'.
            parent* = traits performanceMorph.

            {'Category: parts\x7fComment: The charts; what is told beside them; when I looked, and what the processor had done and how many scavenges there were by then.'
                processor.
                memory.
                pauses.
                told.
                latest <- 0.
                latestCPU <- 0.
                latestScavenges <- 0.
            }
        |).
    }
|)
