"Forms: bodies of methods that are known to work, for BABS to fetch. The crucible's search
begins with those whose words are nearest to the task's. The texts stand in forms/, by the
receiver's kind and the number of arguments; one line is one form: words, a bar, a body."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Known methods, by kinds of receivers.'
        forms = (| {} = 'Comment: I know methods that work, by the kind of their receivers.'.
            parent* = traits oddball.

            {'Category: fetching\x7fComment: For a task, the bodies that suit its receiver and arguments, the nearest in words first, each with the number of words it shares.'
                for: t = (| all. stems |
                    all: list copyRemoveAll.
                    stems: babs stemsOf: t.
                    (linesFor: t) do: [ | :line. bar. near <- 0. far <- 0 |
                        bar: line indexOf: '|' IfAbsent: 0.
                        bar > 0 ifTrue: [
                            ((line copyFrom: 0 UpTo: bar) splitOn: ' ') do: [ |:w|
                                (stems includes: (babs stem: w))
                                    ifTrue: [ near: near + 1 ]
                                    False: [ far: far + 1 ] ].
                            all add: (((near * 4) - far)
                                & (line copyFrom: bar + 1 UpTo: line size) & near
                                & (line copyFrom: 0 UpTo: bar)) asVector ] ].
                    all: all asVector copySortedBy: [ |:a. :b| (a at: 0) > (b at: 0) ].
                    mind usesMeanings ifTrue: [ all: byMeaning: all For: t ].
                    all mapBy: [ |:a| (a at: 1) -> (a at: 2) ] ).
                byMeaning: all For: t = (| wanted. first |
                    wanted: babs meaningOf: (babs wordsOf: t).
                    wanted ifNil: [ ^ all ].
                    first: (all copyFrom: 0 UpTo: (all size min: 24)) copySortedBy: [ |:a. :b|
                        (babs likeness: wanted To: (babs meaningOf: (babs wordsIn: (a at: 3))))
                            > (babs
                                likeness: wanted
                                To: (babs meaningOf: (babs wordsIn: (b at: 3)))) ].
                    first, (all copyFrom: first size UpTo: all size) ).
                linesFor: t = (| all. kind |
                    kind: babs kindOf: t receiver.
                    all: list copyRemoveAll.
                    (kindsFor: kind) do: [ |:k| all addAll: (linesOf: k For: t) ].
                    (babs isBuiltin: kind) ifTrue: [ ^ all ].
                    filled: all For: t ).
                kindsFor: kind = (
                    (kind = 'vector') || [ kind = 'list' ] ifTrue: [ ^ ('list' & 'set') asVector ].
                    kind = 'float' ifTrue: [ ^ ('float' & 'integer') asVector ].
                    (kind = 'set') || [ kind = 'dictionary' ] ifTrue: [
                        ^ (kind & 'list') asVector ].
                    (' integer string boolean point block ' includesSubstring: ' ', kind, ' ') ifTrue: [
                        ^ vector copySize: 1 FillingWith: kind ].
                    (babs isBuiltin: kind) ifTrue: [ ^ vector ].
                    vector copySize: 1 FillingWith: 'object' ).
                linesOf: kind For: t = (| names. slot. text |
                    names: babs argumentsIn: t signature.
                    names size > 2 ifTrue: [ ^ vector ].
                    slot: kind, (('None' & 'One' & 'Two') asVector at: names size).
                    ((reflect: self) includesName: slot) ifFalse: [ ^ vector ].
                    text: perform: slot.
                    names do: [ |:n. :i|
                        text: text replaceAll: 'arg', (i + 1) printString With: n ].
                    text splitOn: '\n' ).
            }
            {'Category: filling\x7fComment: Forms of domain objects name slots by their kind: every choice of the receiver\'s slots is one form.'
                filled: lines For: t = (| out. slots |
                    out: list copyRemoveAll.
                    slots: slotsFor: t.
                    lines do: [ |:line| out addAll: (choicesOf: line Slots: slots) ].
                    out ).
                slotsFor: t = (| table. words |
                    table: dictionary copyRemoveAll.
                    words: babs wordsOf: t.
                    (babs nearDataOf: t) do: [ |:s. kind|
                        kind: placeFor: (babs kindOf: s value).
                        (table includesKey: kind) ifFalse: [
                            table at: kind Put: list copyRemoveAll ].
                        (words includes: s name asLowercase)
                            ifTrue: [ (table at: kind) addFirst: s name ]
                            False: [ (table at: kind) addLast: s name ] ].
                    table ).
                placeFor: kind = (
                    kind = 'vector' ifTrue: [ ^ 'List' ].
                    (' integer float string boolean list ' includesSubstring: ' ', kind, ' ')
                        ifTrue: [ (kind copyFrom: 0 UpTo: 1) asUppercase, (kind copyFrom: 1) ]
                        False: 'Object' ).
                choicesOf: line Slots: slots = (| all |
                    all: list copyRemoveAll.
                    all add: '' -> line.
                    ('Integer' & 'Float' & 'String' & 'Boolean' & 'List' & 'Object') asVector do: [ |
                        :kind
                        |
                        (line includesSubstring: kind) ifTrue: [
                            1 to: 3 Do: [ |:i. place|
                                place: kind, i printString.
                                (line includesSubstring: place) ifTrue: [
                                    all: with: all
                                        Place: place
                                        Slots: (slots at: kind IfAbsent: vector) ] ] ] ].
                    all mapBy: [ |:a| a value ] ).
                with: all Place: place Slots: names = (| out |
                    out: list copyRemoveAll.
                    all do: [ |:a|
                        names do: [ |:n|
                            (out size < mostChoices) && [
                                    (a key includesSubstring: ' ', n, ' ') not ] ifTrue: [
                                out add: (a key, ' ', n, ' ')
                                    -> (a value replaceAll: place With: n) ] ] ].
                    out ).
                mostChoices = 12.
            }
        |).
    }
|)

babs _AddSlots: (|
    {'Category: words\x7fComment: The beginnings of a task\'s words, for comparing.'
        stemsOf: t = (| all |
            all: set copyRemoveAll.
            (wordsOf: t) do: [ |:w| w size > 1 ifTrue: [ all add: (stem: w) ] ].
            all ).
    }
    {'Category: meanings\x7fComment: The model\'s own vector for some words, remembered; nil if it gives none. How alike two are.'
        meaningOf: words = (| text |
            text: words joinedWith: ' '.
            text isEmpty ifTrue: [ ^ nil ].
            meanings size > 2000 ifTrue: [ meanings removeAll ].
            meanings at: text IfAbsent: [ | v |
                v: _ModelEmbed: text IfFail: nil.
                v ifNotNil: [ meanings at: text Put: v ].
                v ] ).
        likeness: a To: b = (| sum <- 0.0 |
            (nil = a) || [ nil = b ] ifTrue: [ ^ -1.0 ].
            a do: [ |:x. :i| sum: sum + (x * (b at: i)) ].
            sum ).
        meanings = ( session at: 'babs meanings' IfAbsentPut: [ dictionary copyRemoveAll ] ).
    }
|)
