"What may not be changed by the world itself: its policies and budgets, its judges, its
doors, the ship, what carries processes and commits. An act is held against this list by
the machine's report of what it touched in a fork, never by what it says of itself; and
no act replaces methods of the standard world or changes who inherits from whom. The
list can be read by anyone, and changed only by a person."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Knows what is not to be touched, and says so.'
        safety = (| {} = 'Comment: I know what the world must not change by itself.'.
            parent* = traits oddball.

            {'Category: the list\x7fComment: Objects that no act of the world\'s own may touch, nor anything they keep.'
                forbidden = (
                    (safety & mind & health & crucible & swap & dialogue & brick & robin & babs
                        & alfred & bat & oracle & cem & thoughts & inquiry & trial & errand
                        & specimen & cognitiveWeaver & ship & unknownMessages & bridge
                        & bridgeContract & bridgeClient & scheduler & image & session & os
                        & testing & mixins persona & act & slotEdit & teachingAct & growAct
                        & errandPrototype & thought & census & cemPart & inquiryBudget & verdict
                        & proposal & grownMethod & process & traits act & traits slotEdit
                        & traits teachingAct & traits errand & traits thought & traits cemPart
                        & traits proposal & traits verdict & traits grownMethod & traits process
                        & traits oddball & traits clonable & defaultBehavior & true & false & nil
                        & errors & traits block & traits mirror) asVector ).
                keepers = (
                    (safety & mind & inquiry & errand & cognitiveWeaver & bridge & bridge contract
                        & scheduler & cem & thoughts & testing) asVector ).
            }
            {'Category: asking\x7fComment: Whether a mirror is on one of them, or on what one of those that keep things keeps; what is wrong with an act that touched these, nil if nothing is.'
                isForbidden: m = (
                    forbidden do: [ |:x| (m isOnSameAs: (reflect: x)) ifTrue: [ ^ true ] ].
                    keepers do: [ |:x|
                        (reflect: x) do: [ |:s|
                            (s isMethod not && [ s isParent not && [ keeps: s contents This: m ] ]) ifTrue: [
                                ^ true ] ] ].
                    false ).
                keeps: kept This: m = (
                    (kept isOnSameAs: m) ifTrue: [
                        ^ kept isReflecteeSlots || [ kept isReflecteeVector ] ].
                    kept isReflecteeSlots ifFalse: [ ^ false ].
                    kept do: [ |:s|
                        (s isAssignable && [ s contents isOnSameAs: m ]) ifTrue: [
                            ^ m isReflecteeSlots || [ m isReflecteeVector ] ] ].
                    false ).
                refusal: touched Of: a = (
                    (roomFor: a) ifNotNil: [ |:why| ^ why ].
                    (standardIn: a) ifNotNil: [ |:why| ^ why ].
                    touched size >= mostTold ifTrue: [ ^ 'it touches too much' ].
                    touched do: [ |:m|
                        (a owns: m) ifFalse: [
                            (isForbidden: m) ifTrue: [
                                ^ 'it touches ', m safePrintString, ', which is not to be changed' ].
                            (a holders anySatisfy: [ |:x| m isOnSameAs: (reflect: x) ]) ifFalse: [
                                ^ 'it touches ', m safePrintString, ', which it did not say' ] ] ].
                    nil ).
                roomFor: a = (
                    a edits do: [ |:e|
                        ((isRoom: e holder) && [
                                (e kind != 'put') || [
                                        ((reflect: lobby) holdersOf: e name) isEmpty not ] ]) ifTrue: [
                            ^ e name, ' is a name that is taken' ] ].
                    nil ).
                standardIn: a = (
                    a edits do: [ |:e|
                        (standardAt: e name In: e mirror) ifNotNil: [ |:why| ^ why ] ].
                    nil ).
                standardAt: n In: m = (
                    ('*' isSuffixOf: n) || [ (m includesName: n) && [ (m at: n) isParent ] ] ifTrue: [
                        ^ 'it changes who inherits from whom' ].
                    (m includesName: n) ifTrue: [
                        ((m at: n) isMethod && [ (isOurs: n In: m) not ]) ifTrue: [
                            ^ m expressionName, ' ', n, ' is of the standard world' ].
                        ^ nil ].
                    ((m understands: n) && [ (isOurs: m) not ]) ifTrue: [
                        ^ n, ' means something to ', m expressionName, ' already' ].
                    nil ).
                isOurs: m = (
                    ownMethods do: [ |:other. :name| (other isOnSameAs: m) ifTrue: [ ^ true ] ].
                    false ).
                isOurs: n In: m = (
                    ownMethods do: [ |:other. :name|
                        ((name = n) && [ other isOnSameAs: m ]) ifTrue: [ ^ true ] ].
                    false ).
                isRoom: x = (
                    (x _Eq: globals) || [
                            (x _Eq: lobby) || [ (x _Eq: traits) || [ x _Eq: mixins ] ] ] ).
                mostTold = 64.
            }
        |).
    }
|)
