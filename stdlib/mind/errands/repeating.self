"The errands of what is said more than once: one method calls the other, or the parent
has it for its children."

errand _AddSlots: (|
    {'Category: errands\x7fComment: Of two methods that say the same, or answer the same to shared inputs, the second calls the first.'
        merging = ((((errandPrototype copy name: 'merging') personaName: 'ALFRED') part: 'repetition') order: 3) _AddSlots: (|
            run = (
                census copyNow twins do: [ |:row|
                    (merge: (row at: 2)
                        Name: (row at: 3)
                        With: (row at: 0)
                        Name: (row at: 1)
                        Because: 'they are written alike') ifNotNil: [ |:t| ^ t ] ].
                mind grown do: [ |:a. :i|
                    mind grown do: [ |:b. :k|
                        ((i < k) && [ isAlike: a To: b ]) ifTrue: [
                            (merge: (reflect: b holder)
                                Name: b selector
                                With: (reflect: a holder)
                                Name: a selector
                                Because: 'they answer alike to shared inputs') ifNotNil: [ |:t|
                                ^ t ] ] ] ].
                nil ).
            isAlike: a To: b = (
                (a fingerprint isEmpty not && [ a fingerprint = b fingerprint ]) && [
                        ((a fingerprint includesSubstring: '?') not && [
                                (reflect: a holder) isOnSameAs: (reflect: b holder) ]) && [
                                (b isInPlace && [ a isInPlace ]) && [
                                        (calls: b Name: a selector) not ] ] ] ).
            calls: b Name: n = (
                selectorFinder does: ((reflect: b holder) at: b selector) source Mention: n ).
            merge: mb Name: nb With: ma Name: na Because: why = (| t. names. note |
                ((ma isOnSameAs: mb) && [ na != nb ]) ifFalse: [ ^ nil ].
                (safety isForbidden: mb) ifTrue: [ ^ nil ].
                names: (mb contentsAt: nb) arguments asVector.
                (names size = (ma contentsAt: na) arguments size) ifFalse: [ ^ nil ].
                t: thoughtOn: nb, ' and ', na, ' of ', mb expressionName, ': ', why.
                note: (mb at: nb) comment.
                note isEmpty ifTrue: [ note: 'The same as ', na, '.' ].
                t act: ((act copyKind: 'merge' Because: why)
                    put: (specimen signatureOf: nb In: mb), ' = ( '
                        , (specimen call: na On: 'self' With: names), ' )'
                    In: mb reflectee
                    Category: (mb at: nb) category
                    Comment: note).
                inquiry settle: t ).
        |).
    }
    {'Category: errands\x7fComment: A method that two children of one parent have in the same words goes to the parent; one that says what its parent says goes.'
        lifting = ((((errandPrototype copy name: 'lifting') personaName: 'ALFRED') part: 'repetition') order: 4) _AddSlots: (|
            run = (
                census copyNow twins do: [ |:row|
                    (lift: (row at: 1) From: (row at: 0) And: (row at: 2) Name: (row at: 3)) ifNotNil: [ |
                        :t
                        |
                        ^ t ] ].
                nil ).
            inherit: n In: child From: p = (| t |
                ((child at: n) source = (p at: n) source) && [ (safety isForbidden: child) not ] ifFalse: [
                    ^ nil ].
                t: thoughtOn: n, ' of ', child expressionName, ' stands in its parent, too'.
                t act: ((act copyKind: 'inherit' Because: t prompt)
                    remove: n
                    From: child reflectee).
                inquiry settle: t ).
            isParent: p Of: child = ( child parents anySatisfy: [ |:q| q isOnSameAs: p ] ).
            lift: n From: a And: b Name: nb = (| p. t. s |
                (n = nb) && [ (a isOnSameAs: b) not ] ifFalse: [ ^ nil ].
                (isParent: a Of: b) ifTrue: [ ^ inherit: n In: b From: a ].
                (isParent: b Of: a) ifTrue: [ ^ inherit: n In: a From: b ].
                p: commonParentOf: a And: b.
                p isNil || [ (p includesName: n) || [ (isOurs: p) not ] ] ifTrue: [ ^ nil ].
                (safety isForbidden: a) || [ safety isForbidden: b ] ifTrue: [ ^ nil ].
                t: thoughtOn: n, ' stands in ', a expressionName, ' and in ', b expressionName.
                s: a at: n.
                t act: ((act copyKind: 'lift' Because: t prompt)
                    put: (specimen signatureOf: n In: a), ' = ', s source
                    In: p reflectee
                    Category: s category
                    Comment: s comment).
                t act remove: n From: a reflectee.
                t act remove: n From: b reflectee.
                inquiry settle: t ).
            commonParentOf: a And: b = (
                a parents do: [ |:p|
                    (b parents anySatisfy: [ |:q| p isOnSameAs: q ]) ifTrue: [ ^ p ] ].
                nil ).
            isOurs: p = (
                (safety isForbidden: p) ifTrue: [ ^ false ].
                ownMethods do: [ |:m| (m isOnSameAs: p) ifTrue: [ ^ true ] ].
                false ).
        |).
    }
|)
