"What of an object is near a task. However many slots it has, only some are looked at
closely: questions, grammars, forms and searches take theirs from here, so that none of
them grows with what is far."

babs _AddSlots: (|
    {'Category: nearness\x7fComment: Slots of the receiver that are looked at closely: all if they are few, else those that the task names, those whose words are near, then others. Kept with the task.'
        nearNamesOf: t = (
            t nearNames ifNil: [ t nearNames: (nearest: (reflect: t receiver) names For: t) ].
            t nearNames ).
        nearSlotsOf: t = (| m | m: reflect: t receiver. (nearNamesOf: t) mapBy: [ |:n| m at: n ] ).
        nearDataOf: t = (
            (nearSlotsOf: t) filterBy: [ |:s| s isAssignable && [ s isParent not ] ] ).
        nearest: all For: t = (| said. words. near |
            all size <= fewNames ifTrue: [ ^ all ].
            said: namesIn: t signature, ' ', t comment.
            words: wordsOf: t.
            near: list copyRemoveAll.
            all do: [ |:n| (said includes: n) ifTrue: [ near add: n ] ].
            near addAll: (first: fewNames - near size Of: all Where: [ |:n| is: n Near: words ]).
            near addAll: (first: fewFar Of: all Where: [ |:n| isWord: n ]).
            distinct: near Most: fewNames ).
        first: count Of: all Where: blk = (| some |
            some: list copyRemoveAll.
            all do: [ |:n|
                some size >= count ifTrue: [ ^ some ].
                (blk value: n) ifTrue: [ some add: n ] ].
            some ).
        stateOf: x Names: text = (| m. out |
            m: reflect: x.
            out: stringWriter copyRemoveAll.
            (text splitOn: ' ') do: [ |:n|
                out write: n.
                out write: ' <- '.
                (m includesName: n) ifTrue: [ out write: (m contentsAt: n) safePrintString ].
                out write: '. ' ].
            out contents ).
        fewFar = 8.
        fewNames = 24.
    }
|)

task _AddSlots: (|
    {'Category: nearness\x7fComment: Names of the slots that are looked at closely, once they were asked for.'
        nearNames.
    }
|)
