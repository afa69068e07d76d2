"The shapes that morphs are grown from: boxes, text, buttons, rows and columns, lists,
pictures, places to write in, and lines that go from one morph to another.

  (buttonMorph copyLabel: 'Up' Do: [ counter up ])
  (rowMorph copyWith: (a & b) asVector)"

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of morphs of several shapes.'
        boxMorph = (| {} = 'Comment: I am a rectangle with a colour.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: Of an extent and a colour.'
                copyExtent: p Fill: c = ( (copy extent: p) fill: c ).
            }
        |).

        textMorph = (| {} = 'Comment: I show a text.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: With a text; of a kind of look.'
                copyText: s = ( copy text: s ).
                copyText: s Look: l = ( (copy text: s) look: l ).
            }
            {'Category: being told about\x7fComment: As text.'
                kind = 'text'.
            }
        |).

        buttonMorph = (| {} = 'Comment: I am pressed, and do something.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: With what stands on me, a text or one of the signs that screens know by name, and what I do: a block, or a message to an object.'
                copyLabel: s Do: b = ( (copy text: s) onClick: b ).
                copyLabel: s Look: l Do: b = ( ((copy text: s) look: l) onClick: b ).
                copyIcon: sign Look: l Do: b = ( (copyLabel: '' Look: l Do: b) icon: sign ).
                icon: sign = ( at: 'icon' Put: sign ).
                copyLabel: s Send: selector To: r = (
                    (copy text: s) on: 'click' Send: selector To: r ).
            }
            {'Category: being told about\x7fComment: As a button.'
                kind = 'button'.
            }
        |).

        rowMorph = (| {} = 'Comment: I lay out my parts beside one another.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: With parts; with parts and a look.'
                copyWith: c = ( copy addAllMorphs: c ).
                copyWith: c Look: l = ( (copyWith: c) look: l ).
                copyLook: l = ( copy look: l ).
            }
            {'Category: layout\x7fComment: Each where the one before it ends.'
                flow = 'row'.
                addTo: d = ( d at: 'flow' Put: flow ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of columns.'
        columnMorph = (| {} = 'Comment: I lay out my parts below one another.'.
            parent* = traits rowMorph.

            {'Category: layout\x7fComment: Downwards.'
                flow = 'column'.
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of lists, pictures, lines and places to write in.'
        listMorph = (| {} = 'Comment: I show objects as lines, of which one can be chosen.'.
            parent* = traits columnMorph.

            {'Category: creating\x7fComment: For objects, with a block that gives an object\'s text and one that is told which was chosen.'
                copyItems: c Text: t Chosen: b = (
                    (((copy textOf: t) chosen: b) items: list copyRemoveAll) items: c asVector ).
            }
            {'Category: items\x7fComment: What I show; a page of it at a time, the rest on request.'
                items = ( theItems ).
                items: c = ( theItems: c. removeAllMorphs. showFrom: 0. self ).
                addItemFirst: x = (
                    theItems: (theItems asList copyAddFirst: x) asVector.
                    addMorphFirst: (lineOf: x) ).
                showFrom: i = (| end |
                    end: (i + page) min: theItems size.
                    i upTo: end Do: [ |:k| addMorph: (lineOf: (theItems at: k)) ].
                    end < theItems size ifTrue: [
                        addMorph: (buttonMorph
                            copyLabel: '… ', (theItems size - end) printString, ' more'
                            Look: 'more'
                            Do: [ |:e| e morph remove. showFrom: end ]) ].
                    self ).
                lineOf: x = (
                    (buttonMorph copyLabel: (textOf value: x) Look: 'item' Do: [ |:e|
                        choose: x Event: e ]) role: 'option' ).
                choose: x Event: e = (
                    parts do: [ |:m| m at: 'chosen' Put: (m == e morph ifTrue: true False: nil) ].
                    chosen value: x With: e ).
                page = 60.
            }
            {'Category: being told about\x7fComment: As a list.'
                addTo: d = (
                    d at: 'flow' Put: flow.
                    (d includesKey: 'role') ifFalse: [ d at: 'role' Put: 'listbox' ].
                    (d includesKey: 'look') ifFalse: [ d at: 'look' Put: 'list' ] ).
            }
        |).

        imageMorph = (| {} = 'Comment: I show a picture.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: From an address that begins with data:image/, with words for those who can\'t see it.'
                copySource: s Label: l = ( (copy at: 'source' Put: s) label: l ).
            }
            {'Category: being told about\x7fComment: As a picture.'
                kind = 'image'.
            }
        |).

        pathMorph = (| {} = 'Comment: I am a line through points, as wide as I am told.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: Through points, counted from my place.'
                copyPoints: c = ( copy points: c ).
                points: c = (| all |
                    all: list copyRemoveAll.
                    c do: [ |:p| all add: p x. all add: p y ].
                    at: 'points' Put: all ).
                addPoint: p = (
                    at: 'points'
                        Put: ((((at: 'points') ifNil: [ list copyRemoveAll ]) copy add: p x) add: p
                            y) ).
                stroke: n = ( at: 'stroke' Put: n ).
            }
            {'Category: being told about\x7fComment: As a path.'
                kind = 'path'.
            }
        |).

        connectorMorph = (| {} = 'Comment: I am a line from one morph to another, wherever they go. My tip may be taken to another one.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: Between two morphs.'
                copyFrom: a To: b = ( (copy from: a) to: b ).
                from: m = ( source: m. changed ).
                to: m = ( destination: m. changed ).
            }
            {'Category: being told about\x7fComment: By the numbers of my ends.'
                kind = 'line'.
                addTo: d = (
                    d at: 'from' Put: (source isNil ifTrue: 0 False: [ source oid ]).
                    d at: 'to' Put: (destination isNil ifTrue: 0 False: [ destination oid ]) ).
                takes = vector copySize: 1 FillingWith: 'retarget'.
            }
        |).

        sliderMorph = (| {} = 'Comment: I am a knob on a line, to be dragged from a number to another.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: From a number to another; what is done while I am dragged, and when I was let go.'
                copyFrom: a To: b Value: v = (
                    ((copy at: 'least' Put: a) at: 'most' Put: b) value: v ).
                value = ( (at: 'value') ifNil: 0 ).
                value: v = ( at: 'value' Put: v ).
                takes = ('slid' & 'set') asVector.
                valueIn: e = (
                    (((e number: 'value') round max: (at: 'least')) min: (at: 'most')) ).
            }
            {'Category: being told about\x7fComment: As a slider.'
                kind = 'slider'.
            }
        |).

        editorMorph = (| {} = 'Comment: I am a place to write in. What is being written is told to me now and then, so that it is not lost.'.
            parent* = traits morph.

            {'Category: creating\x7fComment: With a text, and a block that is given what was accepted; for code.'
                copyText: s Accept: b = ( (copy text: s) on: 'accept' Do: b ).
                copyCode: s Accept: b = ( (copyText: s Accept: b) at: 'code' Put: true ).
            }
            {'Category: writing\x7fComment: What stands there now, accepted or not; the accepted text again; what is wrong with it, at a line and column.'
                draft = ( theDraft ifNil: [ theText ] ).
                typed: e = ( theDraft: (e at: 'text'). self ).
                reset: s = (
                    theDraft: nil.
                    theText: s.
                    edition: edition + 1.
                    at: 'problem' Put: nil.
                    changed ).
                problem: text Line: l Column: c = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'text' Put: text.
                    d at: 'line' Put: l.
                    d at: 'column' Put: c.
                    at: 'problem' Put: d ).
                clearProblem = ( at: 'problem' Put: nil ).
                takes = ('typed' & 'accept') asVector.
            }
            {'Category: being told about\x7fComment: With the draft, if there is one.'
                kind = 'editor'.
                addTo: d = ( d at: 'text' Put: draft. d at: 'edition' Put: edition ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototypes of shapes: each has the parts of every morph, and some their own.'
        boxMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of rectangles.'.
            parent* = traits boxMorph.
            theWidth <- 80.
            theHeight <- 50.
        |).
        textMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of texts.'.
            parent* = traits textMorph.
        |).
        buttonMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of buttons.'.
            parent* = traits buttonMorph.
        |).
        rowMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of rows.'.
            parent* = traits rowMorph.
        |).
        columnMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of columns.'.
            parent* = traits columnMorph.
        |).
        listMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of lists.'.
            parent* = traits listMorph.

            {'Category: parts\x7fComment: What I show, how, and what is done with the chosen one.'
                theItems <- vector.
                textOf <- ''.
                chosen.
            }
        |).
        imageMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of pictures.'.
            parent* = traits imageMorph.
        |).
        pathMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of paths.'.
            parent* = traits pathMorph.
        |).
        connectorMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of lines between morphs.'.
            parent* = traits connectorMorph.

            {'Category: parts\x7fComment: The morphs that I join.'
                source.
                destination.
            }
        |).
        sliderMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of sliders.'.
            parent* = traits sliderMorph.
        |).
        editorMorph = morph copy _AddSlots: (| {} = 'Comment: The prototype of places to write in.'.
            parent* = traits editorMorph.

            {'Category: parts\x7fComment: What is being written, nil if it is what was accepted; how often I was told to begin anew.'
                theDraft.
                edition <- 0.
            }
        |).
    }
|)
