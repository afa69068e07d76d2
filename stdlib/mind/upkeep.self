"ALFRED, beyond judging: the pragmatic audit of one thing, and housekeeping of all:
methods without comments or examples, things said twice, things nobody calls. What is
to be done is kept as slot `upkeep` of the object."

alfred _AddSlots: (|
    {'Category: persona\x7fComment: Who I am, what for and how; the words I listen for.'
        personaName = 'ALFRED'.
        mission = 'To ensure robust, reliable, and efficient system operation.'.
        method = 'Pragmatic stewardship, and disruptive innocence.'.
        listensFor = ('clean' & 'tidy' & 'slow' & 'duplicate' & 'audit' & 'check' & 'housekeep'
            & 'health' & 'dead' & 'unused' & 'upkeep' & 'maintain' & 'mess' & 'quality'
            & 'document') asVector.
        persona* = mixins persona.
    }
    {'Category: persona\x7fComment: The pragmatic audit of what a text is about; of nothing in particular, housekeeping.'
        think: t = (| h |
            (t prompt includesSubstring: 'teach') || [ t prompt includesSubstring: 'integrity' ] ifTrue: [
                ^ integrityAudit: t ].
            h: babs about: t prompt.
            h ifNil: [ housekeeping: t ] IfNotNil: [ pragmaticAudit: t Of: h ] ).
    }
    {'Category: protocols\x7fComment: The pragmatic audit: what one object lacks. Housekeeping: what the world lacks.'
        pragmaticAudit: t Of: h = (| bare. untested. long. text |
            t protocol: 'pragmatic audit'.
            t step: 'it is about ', h printString.
            bare: list copyRemoveAll.
            untested: list copyRemoveAll.
            long: list copyRemoveAll.
            h mirror do: [ |:s|
                s isMethod ifTrue: [
                    s comment isEmpty ifTrue: [ bare addLast: s name ].
                    (s comment includesSubstring: ' >>> ') ifFalse: [ untested addLast: s name ].
                    s source size > 400 ifTrue: [ long addLast: s name ] ] ].
            t step: (inquiry counted: bare size As: 'method'), ' without a comment'.
            t step: untested size printString, ' without an example'.
            t step: long size printString, ' longer than 400 characters'.
            text: (lackOf: bare As: 'comment'), (lackOf: untested As: 'example')
                , (lackOf: long As: 'shorter form').
            text isEmpty ifTrue: [ ^ t conclude: h name, ' is in good order' ].
            (safety isForbidden: h mirror) ifFalse: [
                t act: ((act copyKind: 'upkeep' Because: t prompt)
                    put: 'upkeep <- ', text trim quotedAsSource
                    In: h mirror reflectee
                    Category: 'upkeep'
                    Comment: 'What is to be done here, by the pragmatic audit.').
                t act apply ].
            t conclude: h name, ' upkeep: ', text trim ).
        integrityAudit: t = (| a |
            t protocol: 'system integrity audit'.
            a: auditOf: corpusText.
            tell: a To: t Corpus: corpusText.
            corpusFile isEmpty ifTrue: [
                t conclude: a flaws size printString
                    , ' recurring flaws; `alfred corpusFile: \'…\'` names the corpus that they are traced to' ].
            t ).
        lackOf: names As: word = (
            names isEmpty ifTrue: [ ^ '' ].
            'write ', ((word startsWith: 'e') ifTrue: 'an ' False: 'a '), word, ' for '
                , ((names copyFrom: 0 UpTo: (names size min: 3)) joinedWith: ', '), '. ' ).
        housekeeping: t = (| c |
            t protocol: 'housekeeping'.
            c: census copyNow.
            t step: c printString.
            c bare do: [ |:row|
                t step: (row at: 0) safePrintString, ' ', (row at: 1), ' has no comment' ].
            c twins do: [ |:row|
                t step: (row at: 2) safePrintString, ' ', (row at: 3), ' says what '
                    , (row at: 0) safePrintString, ' ', (row at: 1), ' says' ].
            mind grown do: [ |:g|
                g calls = 0 ifTrue: [ t step: g signature, ' was grown and never called' ] ].
            t conclude: (inquiry counted: t steps size - 1 As: 'thing'), ' to see to' ).
    }
|)
