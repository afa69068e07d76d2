"How objects are called in print: well-known ones by name, others by what they
inherit from. Nothing here sends messages to the object itself but printString,
and that only where it is understood."

traits mirror _AddSlots: (|
    {'Category: naming\x7fComment: Text for any object at all, never an error: its own printString if it has a working one, else its name.'
        safePrintString = (
            (understands: 'printString') ifFalse: [ ^ name ].
            (isReflecteeSlots && [ isTraits ]) ifTrue: [ ^ name ].
            [ | s |
                s: reflectee printString.
                (reflect: s) isReflecteeBytes ifTrue: [ s ] False: [ name ] ] on: errors any Do: [ |
                :e
                |
                e return: name ] ).
        isReflecteeBytes = (| k | k: kind. (k = 'string') || [ k = 'byteVector' ] ).
    }
    {'Category: naming\x7fComment: A name without asking the object.'
        safeName = ( name ).
        name = (| k |
            k: kind.
            k = 'block' ifTrue: [
                ^ '<a block defined in ', file, ', line ', line printString, '>' ].
            k = 'method' ifTrue: [ ^ 'a method' ].
            k = 'activation' ifTrue: [ ^ 'an activation of ', selector ].
            k = 'mirror' ifTrue: [ ^ 'a mirror' ].
            nameOfWellKnown ifNil: [ nameOfKind: k ] ).
        nameOfKind: k = (| family |
            family: familyName.
            family isEmpty ifFalse: [ ^ withArticle: family ].
            k = 'slots' ifTrue: [ 'a slots object' ] False: [ withArticle: k ] ).
        withArticle: n = (
            ('aeiou' includesSubstring: (n copyFrom: 0 UpTo: 1)) ifTrue: [ 'an ', n ] False: [
                'a ', n ] ).
    }
    {'Category: naming\x7fComment: Rooms, traits, mixins and oddballs have names of their own; nil for others.'
        nameOfWellKnown = (| n |
            (isOnSameAs: (reflect: lobby)) ifTrue: [ ^ 'lobby' ].
            n: nameIn: (reflect: lobby).
            n isEmpty ifFalse: [ ^ n ].
            n: nameIn: (reflect: traits).
            n isEmpty ifFalse: [ ^ 'traits ', n ].
            n: nameIn: (reflect: mixins).
            n isEmpty ifFalse: [ ^ 'mixins ', n ].
            isOddball ifTrue: [ n: nameIn: (reflect: globals). n isEmpty ifFalse: [ ^ n ] ].
            nil ).
        nameInARoom = (| n |
            n: nameIn: (reflect: lobby).
            n isEmpty ifTrue: [ n: nameIn: (reflect: globals) ].
            n ).
        nameIn: namespace = (
            namespace allNames do: [ |:n|
                (isOnSameAs: (namespace contentsAt: n)) ifTrue: [ ^ n ] ].
            '' ).
        isOddball = (
            (includesName: 'parent') && [
                    (contentsAt: 'parent') isOnSameAs: (reflect: traits oddball) ] ).
        isTraits = ( (nameIn: (reflect: traits)) isEmpty not ).
        familyName = (
            ((includesName: 'parent') && [ (isOrdinary: (contentsAt: 'parent')) not ]) ifFalse: [
                ^ '' ].
            (contentsAt: 'parent') nameIn: (reflect: traits) ).
        isOrdinary: family = (
            (family isOnSameAs: (reflect: traits clonable)) || [
                    family isOnSameAs: (reflect: traits oddball) ] ).
    }
    {'Category: naming\x7fComment: My own printString, and the slots of the reflectee in brief.'
        printString = ( 'a mirror on ', safePrintString ).
        asString = ( printString ).
        statePrintString = (| out |
            out: stringWriter copyRemoveAll.
            out write: '(| '.
            do: [ |:s|
                out write: s name.
                s isParent ifTrue: [ out write: '*' ].
                s isMethod ifTrue: [ out write: ' = (...)' ] False: [
                    out write: (s isAssignable ifTrue: ' <- ' False: ' = ').
                    out write: s contents safePrintString ].
                out write: '. ' ].
            out write: '|)'.
            out contents ).
    }
|)

lobby _AddSlots: (|
    {'Category: printing\x7fComment: What the prompt shows for a value, whatever it is.'
        printStringFor: x = ( (reflect: x) safePrintString ).
    }
|)

shell _AddSlots: (|
    {'Category: printing\x7fComment: The object in which the prompt evaluates.'
        printString = 'shell'.
    }
|)

traits block _AddSlots: (|
    {'Category: printing\x7fComment: Where I was written.'
        printString = ( (reflect: self) name ).
    }
|)
