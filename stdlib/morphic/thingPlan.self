"Plans of things: what the mind answers to a wish, read line by line: names of slots with
values to begin with, names of messages with what they are to do. What cannot be read is
left out."

traits _AddSlots: (|
    {'Category: morphic\x7fComment: Behaviour of plans.'
        thingPlan = (| {} = 'Comment: I am what the mind plans of a thing: its name, what it holds, what it can be told.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: For a wish in words, of what the model answered. What stands after the word with in the wish is to be understood in any case.'
                copyWish: w Answer: text = (| p |
                    p: copy.
                    p wish: w.
                    p slots: list copyRemoveAll.
                    p messages: list copyRemoveAll.
                    p addWished.
                    p read: text.
                    p ).
                addWished = (| rest |
                    rest: (wish includesSubstring: ' with ')
                        ifTrue: [ wish after: ' with ' ]
                        False: ''.
                    ((rest replaceAll: ' and ' With: ',') splitOn: ',') do: [ |:w|
                        (isName: w trim) ifTrue: [ addMessage: w trim About: w trim ] ].
                    self ).
                read: text = (
                    (text splitOn: '\n') do: [ |:l|
                        ('def ' isPrefixOf: l trimLeft) ifTrue: [ readMessage: l trim ] False: [
                            ((l includesSubstring: ' = ') && [ slots size < 6 ]) ifTrue: [
                                readSlot: l trim ] ] ].
                    self ).
                readMessage: l = (| n |
                    n: ((l copyFrom: 4) before: '(') trim.
                    (isName: n) && [ messages size < 7 ] ifTrue: [
                        addMessage: n
                            About: ((l includesSubstring: '"')
                                ifTrue: [ (l after: '"') before: '"' ]
                                False: [ n ]) ].
                    self ).
                readSlot: l = (| n. v |
                    n: ((l before: ' = ') before: ':') trim.
                    v: (l after: ' = ') trim.
                    (isName: n) ifFalse: [ ^ self ].
                    v: valueOf: v IfNone: [ ^ self ].
                    (slots anySatisfy: [ |:s| s key = (nameFrom: n) ]) ifFalse: [
                        slots add: (nameFrom: n) -> v ].
                    self ).
                valueOf: t IfNone: b = (
                    t = 'True' ifTrue: [ ^ 'true' ].
                    t = 'False' ifTrue: [ ^ 'false' ].
                    t = 'None' ifTrue: [ ^ 'nil' ].
                    t = '[]' ifTrue: [ ^ 'list copyRemoveAll' ].
                    t = '""' ifTrue: [ ^ '\'\'' ].
                    t isEmpty ifTrue: [ ^ b value ].
                    (t size < 10) && [ t asList allSatisfy: [ |:c| c isDigit ] ] ifTrue: [ ^ t ].
                    t = '0.0' ifTrue: [ ^ '0.0' ].
                    b value ).
                addMessage: n About: words = (| name |
                    name: nameFrom: n.
                    messages do: [ |:m|
                        m key = name ifTrue: [
                            m value size < words size ifTrue: [ m value: words ].
                            ^ self ] ].
                    messages add: name -> words.
                    self ).
                isName: n = (
                    (n isEmpty || [ n size > 24 ]) ifTrue: [ ^ false ].
                    n first isLetter ifFalse: [ ^ false ].
                    n do: [ |:c|
                        (c isLetter || [ c isDigit || [ c = '_' ] ]) ifFalse: [ ^ false ] ].
                    (('self' & 'true' & 'false' & 'nil' & 'parent' & 'init') asVector includes: n)
                        not ).
                nameFrom: n = (| parts |
                    parts: (n splitOn: '_') filterBy: [ |:p| p isEmpty not ].
                    ((parts mapBy: [ |:p. :i|
                        i = 0 ifTrue: [ lowered: p ] False: [ p capitalize ] ]) joined) ).
                lowered: p = ( p first asLowercase, (p copyFrom: 1) ).
            }
            {'Category: reading\x7fComment: The name that it may get.'
                title = (| words |
                    words: (wish before: ' with ') trim.
                    words: ((words startsWith: 'an ') ifTrue: [ words copyFrom: 3 ] False: [
                        (words startsWith: 'a ') ifTrue: [ words copyFrom: 2 ] False: [ words ] ]).
                    words size > 40 ifTrue: [ words copyFrom: 0 UpTo: 40 ] False: [ words ] ).
                slotName = (| n. letters |
                    letters: title asList filterBy: [ |:c| c isLetter || [ c = ' ' ] ].
                    n: nameFrom: ((letters joined trim) replaceAll: ' ' With: '_').
                    n isEmpty ifTrue: 'thing' False: [ n ] ).
                emptyObject = (
                    (parser objectFrom: '| parent* = traits clonable. '
                        , ((slots mapBy: [ |:s| s key, ' <- ', s value ]) joinedWith: '. '), ' |') ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: morphic\x7fComment: Prototype of plans.'
        thingPlan = (| {} = 'Comment: The prototype of plans.'.
            parent* = traits thingPlan.

            {'Category: parts\x7fComment: The wish; names with the texts of values; names of messages with what they are to do; what chance began with.'
                wish <- ''.
                slots.
                messages.
                seed <- 1.
            }
        |).
    }
|)
