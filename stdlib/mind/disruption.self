"BRICK, beyond judging: disruption states what seems to hold for an object, negates it
assumption by assumption, tries each negation in a fork, and reports what breaks and
what works. What broke is kept as slot `edges` of the object, for whoever mends it."

brick _AddSlots: (|
    {'Category: persona\x7fComment: Who I am, what for and how; the words I listen for.'
        personaName = 'BRICK'.
        mission = 'To understand the what and the how.'.
        method = 'The Way of the Unexpected Brick: shattering knots with disruptive, unexpected truths.'.
        listensFor = ('broken' & 'break' & 'wrong' & 'bug' & 'fail' & 'assum' & 'impossible'
            & 'crash' & 'what if' & 'gadget' & 'tool' & 'test ' & 'edge' & 'how can' & 'how do'
            & 'must be' & 'always' & 'never') asVector.
        persona* = mixins persona.
    }
    {'Category: persona\x7fComment: The gadget mandate if a tool is wanted, the red team if something is to be tested, else disruption.'
        think: t = (
            (wants: ('gadget' & 'tool') asVector In: t) ifTrue: [ ^ gadgetMandate: t ].
            (wants: ('red team' & 'test ' & 'edge') asVector In: t) ifTrue: [ ^ redTeam: t ].
            disruption: t ).
        wants: words In: t = (
            words anySatisfy: [ |:w| (t prompt asLowercase, ' ') includesSubstring: w ] ).
    }
    {'Category: protocols\x7fComment: The gadget mandate: a tool for an object, an object itself, made for a need that is measured: the examples that nobody runs together.'
        gadgetMandate: t = (| h. n |
            t protocol: 'gadget mandate'.
            h: babs about: t prompt.
            h ifNil: [ ^ t conclude: 'A tool for what? Say its name.' ].
            t step: 'it is about ', h printString.
            n: h mirror nameInARoom.
            n isEmpty || [ (reflect: globals) includesName: n, 'Check' ] ifTrue: [
                ^ t conclude: 'there is nothing to make for ', h name ].
            t step: 'the need: ', (errand gadget examplesOf: h mirror) printString
                , ' examples that nothing runs together'.
            t act: ((act copyKind: 'gadget' Because: t prompt)
                put: (errand gadget textFor: n)
                In: globals
                Category: 'gadgets'
                Comment: 'Checks the examples of ', n, '.').
            t act apply.
            t conclude: n, 'Check checks what the comments of ', n, ' promise: try `', n
                , 'Check failing`' ).
    }
    {'Category: protocols\x7fComment: Disruption: each assumption is negated in a fork. The red team: inputs at the edges, made from kinds.'
        disruption: t = ( try: t Protocol: 'disruption' By: [ |:h| assumptionsOf: h ] ).
        redTeam: t = ( try: t Protocol: 'red team' By: [ |:h| attacksOn: h ] ).
        try: t Protocol: name By: makes = (| h. broken |
            t protocol: name.
            h: babs about: t prompt.
            h ifNil: [ ^ t conclude: 'I break things, but which? Say its name.' ].
            t step: 'the problem: ', t prompt.
            t step: 'it is about ', h printString.
            broken: list copyRemoveAll.
            (makes value: h) do: [ |:a. r|
                r: a tryInFork.
                t step: a text, ': ', r.
                ('breaks' isPrefixOf: r) ifTrue: [ broken addLast: a expression, ' ', r ] ].
            broken isEmpty ifTrue: [ ^ t conclude: 'nothing I assumed of ', h name, ' broke' ].
            (safety isForbidden: h mirror) ifFalse: [
                t act: ((act copyKind: 'edges' Because: t prompt)
                    put: 'edges <- ', (broken joinedWith: '\n') quotedAsSource
                    In: h mirror reflectee
                    Category: 'edges'
                    Comment: 'What broke when it was tried at its edges, in a fork.').
                t act apply ].
            t conclude: broken size printString, ' assumptions about ', h name, ' break: '
                , broken first ).
        assumptionsOf: h = (| all |
            all: list copyRemoveAll.
            h mirror do: [ |:s|
                (s isMethod && [ all size < mostAssumptions ]) ifTrue: [
                    (edgesFor: (browser argumentsOf: s name)) do: [ |:e|
                        all addLast: (assumption copyObject: h Slot: s Inputs: e) ] ] ].
            all ).
        attacksOn: h = (| all |
            all: list copyRemoveAll.
            h mirror do: [ |:s|
                (s isMethod && [ all size < mostAssumptions ]) ifTrue: [
                    (browser examplesIn: s comment Of: s) do: [ |:e|
                        all addAll: (attacksNear: e Of: h Slot: s) ].
                    (edgesFor: (browser argumentsOf: s name)) do: [ |:e|
                        all addLast: (assumption copyObject: h Slot: s Inputs: e) ] ] ].
            all ).
        attacksNear: e Of: h Slot: s = (
            ((numbersIn: e source) mapBy: [ |:n|
                (assumption copyObject: h Slot: s Inputs: vector) copyAs: (e source
                    replaceAll: n
                    With: '0') ]) ).
        numbersIn: text = (
            (babs distinct: (babs digitsIn: text) Most: 3) filterBy: [ |:n| n != '0' ] ).
        mostAssumptions <- 24.
        edgesFor: n = (
            n = 0 ifTrue: [ ^ vector copySize: 1 FillingWith: vector ].
            n = 1 ifTrue: [ ^ (edges mapBy: [ |:e| vector copyAddLast: e ]) asVector ].
            (('nil' & '\'\'' & '-1') asVector mapBy: [ |:e| vector copySize: n FillingWith: e ])
                asVector ).
        edges = ('nil' & '\'\'' & '-1' & '0' & 'vector') asVector.
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: Prototype of what is taken for granted.'
        assumption = (| {} = 'Comment: I am something that is taken for granted of a method: that it answers.'.
            parent* = traits clonable.

            {'Category: parts\x7fComment: Of which object and slot; the inputs at the edge, as source.'
                object.
                slot.
                inputs <- vector.
                whole <- ''.
            }
            {'Category: creating\x7fComment: Of a find of BABS, a slot of it, and inputs.'
                copyObject: h Slot: s Inputs: v = ( ((copy object: h) slot: s) inputs: v ).
                copyAs: text = ( copy whole: text ).
            }
            {'Category: trying\x7fComment: As an expression, in words, and what comes of it in a fork.'
                expression = ( messageTo: object name ).
                messageTo: r = (| out. parts |
                    whole isEmpty ifFalse: [ ^ whole ].
                    inputs isEmpty ifTrue: [ ^ r, ' ', slot name ].
                    (slot name includesSubstring: ':') ifFalse: [
                        ^ r, ' ', slot name, ' ', inputs first ].
                    out: stringWriter copyRemoveAll.
                    out write: r.
                    parts: (slot name splitOn: ':') filterBy: [ |:p| p isEmpty not ].
                    parts do: [ |:p. :i| out write: ' ', p, ': (', (inputs at: i), ')' ].
                    out contents ).
                text = (
                    inputs isEmpty ifTrue: [ 'not only in its own place: ', expression ] False: [
                        'not only with sound inputs: ', expression ] ).
                tryInFork = (| r |
                    r: crucible
                        try: (messageTo: '(_At: 0)')
                        For: (vector copyAddLast: object mirror reflectee).
                    (r at: 0) = 'value' ifTrue: [ ^ 'works, ', (brick short: (r at: 1) asString) ].
                    'breaks: ', (r at: 0), ', '
                        , (brick short: ((r at: 1) asString splitOn: '\n') first) ).
            }
        |).
    }
|)
