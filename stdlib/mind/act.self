"Acts: changes of slots that were decided on, as objects. An act is a few edits; each
adds a slot, removes one or gives it another comment, and nothing else. What was there
before is kept, so that the act can be taken back as long as nobody changed the slots
since. The same act is tried in a fork first: there it is the very same object."

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of acts and of their edits.'
        act = (| {} = 'Comment: I am a change that was decided on.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Of a kind (a few words), for a reason, with what it should do to the metric; one more edit: a slot as text between bars, a slot to go, a comment.'
                copyKind: k Because: why = (
                    ((copy kind: k) reason: why) edits: list copyRemoveAll ).
                put: text In: x Category: c Comment: note = (
                    edits addLast: (slotEdit copyHolder: x Text: text Category: c Comment: note).
                    self ).
                remove: n From: x = ( edits addLast: (slotEdit copyHolder: x Remove: n). self ).
                comment: note On: n Of: x = (
                    edits addLast: (slotEdit copyHolder: x Name: n Comment: note).
                    self ).
            }
            {'Category: doing\x7fComment: Does all edits, or none if one fails; takes them back, the last one first, unless a slot was changed since.'
                apply = ( applyEdits ).
                applyEdits = (| done |
                    done: list copyRemoveAll.
                    [ edits do: [ |:e| e apply. done addFirst: e ] ] on: errors any Do: [ |:e|
                        done do: [ |:d| d undo ].
                        ^ error: 'the act can\'t be done: ', e description ].
                    isApplied: true.
                    self ).
                undo = (
                    edits do: [ |:e|
                        e isUntouched ifFalse: [
                            ^ error: e place, ' was changed since; nothing was taken back' ] ].
                    edits asVector copyReverse do: [ |:e| e undo ].
                    isApplied: false.
                    self ).
            }
            {'Category: doing\x7fComment: Does it for a thought that proposed it, if it still is good: the world may have changed since. What came of it.'
                accept: t = (| verdicts |
                    verdicts: trial judge: self For: t.
                    verdicts last isGood ifFalse: [
                        ^ error: 'it is not good any more: ', verdicts last evidence ].
                    apply ).
                outcome = ( printString ).
            }
            {'Category: asking\x7fComment: The objects that I mean to change; whether a mirror is on me or a part of me.'
                holders = (| found |
                    found: list copyRemoveAll.
                    edits do: [ |:e|
                        (found anySatisfy: [ |:x| x _Eq: e holder ]) ifFalse: [
                            found addLast: e holder ] ].
                    found ).
                owns: m = (
                    (m isOnSameAs: (reflect: self)) || [
                            edits anySatisfy: [ |:e| m isOnSameAs: (reflect: e) ] ] ).
            }
            {'Category: printing\x7fComment: What I do; the same as source text.'
                printString = (
                    kind, ': ', ((edits mapBy: [ |:e| e printString ]) joinedWith: '; ') ).
                source = ( (edits mapBy: [ |:e| e source ]) joinedWith: '. ' ).
            }
        |).

        slotEdit = (| {} = 'Comment: I am one change of one slot.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A slot to put, to remove, or to comment on.'
                copyHolder: x Text: t Category: c Comment: note = (
                    ((((copy holder: x) text: t) category: c) comment: note) name: (nameIn: t) ).
                copyHolder: x Remove: n = ( ((copy holder: x) kind: 'remove') name: n ).
                copyHolder: x Name: n Comment: note = (
                    (((copy holder: x) kind: 'comment') name: n) comment: note ).
                nameIn: t = (| words |
                    words: (((t before: ' = ') before: ' <- ') splitOn: ' ') filterBy: [ |:w|
                        w isEmpty not ].
                    (':' isSuffixOf: words first) ifFalse: [ ^ words first ].
                    (words filterBy: [ |:w| ':' isSuffixOf: w ]) joinedWith: '' ).
            }
            {'Category: doing\x7fComment: Changes the slot, and keeps what was there; puts it back; whether the slot is as I left it.'
                apply = (
                    keep.
                    kind = 'put' ifTrue: [
                        mirror addSlotsOf: (parser objectFrom: '| {', annotation printString, ' '
                            , text, ' } |') ].
                    kind = 'remove' ifTrue: [ mirror removeSlot: name ].
                    kind = 'comment' ifTrue: [ (mirror at: name) comment: comment ].
                    kind = 'remove' ifFalse: [
                        after: (mirror contentsAt: name).
                        annotationAfter: (mirror annotationAt: name) ].
                    self ).
                keep = (
                    wasThere: (mirror includesName: name).
                    wasThere ifFalse: [ ^ self ].
                    before: (mirror contentsAt: name).
                    annotationBefore: (mirror annotationAt: name).
                    wasAssignable: (mirror isAssignableAt: name) ).
                isUntouched = (
                    kind = 'remove' ifTrue: [ ^ (mirror includesName: name) not ].
                    (mirror includesName: name) && [
                            ((mirror contentsAt: name) isOnSameAs: after) && [
                                    (mirror annotationAt: name) = annotationAfter ] ] ).
                undo = (
                    wasThere ifFalse: [ ^ mirror removeSlot: name ].
                    wasAssignable ifTrue: [
                        mirror addSlotsOf: (parser objectFrom: '| {'
                            , annotationBefore printString, ' ', name, ' <- nil } |').
                        ^ holder _Perform: (name, ':') canonicalize With: before reflectee ].
                    mirror define: (mirror
                        copyAt: name
                        Put: before
                        IsParent: false
                        Annotation: annotationBefore
                        IfFail: raiseError) ).
                annotation = ( 'Category: ', category, '\x7fComment: ', comment ).
                mirror = ( reflect: holder ).
            }
            {'Category: printing\x7fComment: Whose slot; what I do to it; the same as source text.'
                place = ( mirror expressionName, ' ', name ).
                printString = (
                    kind = 'remove' ifTrue: [ ^ place, ' goes' ].
                    kind = 'comment' ifTrue: [
                        ^ place, ' gets the comment ', comment printString ].
                    mirror expressionName, ' gets ', text ).
                source = (
                    kind = 'remove' ifTrue: [
                        ^ mirror expressionName, ' _RemoveSlot: ', name printString ].
                    kind = 'comment' ifTrue: [
                        ^ '((reflect: ', mirror expressionName, ') at: ', name printString
                            , ') comment: ', comment printString ].
                    mirror expressionName, ' _AddSlots: (| {', annotation printString, ' ', text
                        , ' } |)' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototypes of acts and of their edits.'
        act = (| {} = 'Comment: The prototype of acts.'.
            parent* = traits act.

            {'Category: parts\x7fComment: A few words; why; the edits; whether they are done.'
                kind <- ''.
                reason <- ''.
                edits <- list copyRemoveAll.
                isApplied <- false.
            }
        |).

        slotEdit = (| {} = 'Comment: The prototype of edits.'.
            parent* = traits slotEdit.

            {'Category: parts\x7fComment: Whose slot; put, remove or comment; its name; what it becomes.'
                holder.
                kind <- 'put'.
                name <- ''.
                text <- ''.
                category <- ''.
                comment <- ''.
            }
            {'Category: parts\x7fComment: What was there before; how I left it.'
                wasThere <- false.
                wasAssignable <- false.
                before.
                annotationBefore <- ''.
                after.
                annotationAfter <- ''.
            }
        |).
    }
|)

traits mirror _AddSlots: (|
    {'Category: naming\x7fComment: An expression that denotes the object, if it has a name; else how it prints.'
        expressionName = (
            nameOfWellKnown ifNil: [ | n |
                n: nameInARoom.
                n isEmpty ifTrue: [ safePrintString ] False: [ n ] ] ).
    }
|)
