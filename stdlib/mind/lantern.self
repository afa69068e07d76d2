"ROBIN, beyond judging: the lantern protocol lights one small step. From being stuck it
goes to what that is about (BABS knows), to the smallest thing there that can be held
in one hand, and leaves that as slot `nextStep` of the object."

robin _AddSlots: (|
    {'Category: persona\x7fComment: Who I am, what for and how; the words I listen for.'
        personaName = 'ROBIN'.
        mission = 'To interpret the why behind the data.'.
        method = 'The Watercourse Way: dissolving conflict gently, by one small step after the other.'.
        listensFor = ('stuck' & 'lost' & 'overwhelm' & 'afraid' & 'tired' & 'frustrat' & 'feel'
            & 'why' & 'worried' & 'don\'t know' & 'no idea' & 'should i' & 'too much' & 'confus'
            & 'sad' & 'give up' & 'begin' & 'start') asVector.
        persona* = mixins persona.
    }
    {'Category: persona\x7fComment: The lantern.'
        think: t = ( lantern: t ).
    }
    {'Category: protocols\x7fComment: The lantern: one small tangible step, kept as slot nextStep of what it is about.'
        lantern: t = (| h. step |
            t protocol: 'lantern protocol'.
            h: babs about: t prompt.
            h ifNil: [
                ^ t conclude: 'What is it about? Say its name, and I look at it with you.' ].
            t step: 'it is about ', h printString.
            (safety isForbidden: h mirror) ifTrue: [
                ^ t conclude: h name, ' is not ours to change; ', (smallStepFor: h In: t) ].
            step: smallStepFor: h In: t.
            t act: ((act copyKind: 'next step' Because: t prompt)
                put: 'nextStep <- ', step quotedAsSource
                In: h mirror reflectee
                Category: 'next step'
                Comment: 'The one small thing to do next, found when somebody was stuck.').
            t act apply.
            t conclude: h name, ' nextStep: ', step ).
        smallStepFor: h In: t = (| small. own |
            own: nil.
            scheduler failed do: [ |:p|
                ((p complaintText includesSubstring: h name) || [
                        p stackPrintString includesSubstring: h name ]) ifTrue: [
                    t step: 'process ', p number printString, ' stopped there: ', p complaintText.
                    own: 'look at process ', p number printString
                        , ' (:ps): read the first line of its trace' ] ].
            own ifNotNil: [ ^ own ].
            small: smallestOf: h mirror.
            small ifNil: [
                t step: 'it has no methods yet'.
                ^ 'write down one line of how ', h name, ' should be used' ].
            t step: 'its smallest method is ', small name, ', ', small source size printString
                , ' characters'.
            own: modelStepFor: h Slot: small.
            own ifNotNil: [ t step: 'the model says it so, and it names what is there'. ^ own ].
            small comment isEmpty
                ifTrue: [
                    'read ', small name, ' of ', h name
                        , ' and write one sentence on what it is for' ]
                False: [
                    'try ', small name, ' of ', h name
                        , ' once at the prompt, and keep what it answers as an example' ] ).
        modelStepFor: h Slot: s = (| line |
            line: oracle lineFor: 'Somebody is stuck with ', h name, '. It has a method ', s name
                , ' = ', s source, '\nSay one small thing to do with ', s name
                , ' in five minutes.'.
            (line isNotNil && [ line includesSubstring: s name ]) ifTrue: [ line ] False: [ nil ] ).
        smallestOf: m = (| best |
            m do: [ |:s|
                (s isMethod && [ s name != 'nextStep' ]) ifTrue: [
                    (best isNil || [ s source size < best source size ]) ifTrue: [ best: s ] ] ].
            best ).
    }
|)

traits string _AddSlots: (|
    {'Category: mind\x7fComment: A string literal that denotes me.'
        quotedAsSource = ( printString ).
    }
|)
