"Finding one's way in the world: who implements, who sends, what belongs to which
category. Objects are found by walking constant slots from the lobby."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Answers questions about the world.'
        browser = (| {} = 'Comment: I answer questions about the world.'.
            parent* = traits oddball.

            {'Category: walking\x7fComment: Evaluates the block for a mirror on each object reachable from the lobby by constant slots.'
                objectsDo: b = ( objectsFrom: (reflect: lobby) Do: b ).
                objectsFrom: root Do: b = (| waiting. seen. m |
                    waiting: list copyRemoveAll.
                    seen: set copyRemoveAll.
                    waiting add: root.
                    seen add: root.
                    [ waiting isEmpty ] whileFalse: [
                        m: waiting removeFirst.
                        b value: m.
                        m allNames do: [ |:n. c|
                            (m isAssignableAt: n) ifFalse: [
                                c: m contentsAt: n IfFail: nil.
                                (c isNotNil && [ isWorthVisiting: c ]) ifTrue: [
                                    seen add: c IfPresent: [ c: nil ].
                                    c ifNotNil: [ waiting add: c ] ] ] ] ].
                    self ).
                isWorthVisiting: m = ( m isReflecteeSlots ).
                slotsDo: b = ( objectsDo: [ |:m| m do: b ] ).
            }
            {'Category: searching\x7fComment: Lists of slots: those with a name; methods that send a selector; slots whose name, or whose comment, contains a text; slots of a category.'
                implementorsOf: selector = ( slotsWhere: [ |:s| s name = selector ] ).
                sendersOf: selector = (
                    slotsWhere: [ |:s|
                        s isMethod && [ selectorFinder does: s source Mention: selector ] ] ).
                namesContaining: text = (| wanted |
                    wanted: text asLowercase.
                    slotsWhere: [ |:s| s name asLowercase includesSubstring: wanted ] ).
                commentsContaining: text = (
                    slotsWhere: [ |:s| s comment includesSubstring: text ] ).
                slotsInCategory: c = ( slotsWhere: [ |:s| s category = c ] ).
                slotsWhere: b = (| found |
                    found: list copyRemoveAll.
                    slotsDo: [ |:s| (b value: s) ifTrue: [ found add: s ] ].
                    found ).
            }
            {'Category: categories\x7fComment: A dictionary from categories to lists of slots, for one object.'
                categoriesOf: x = ( (reflect: x) slots asList groupBy: [ |:s| s category ] ).
            }
        |).

        selectorFinder = (| {} = 'Comment: I look for selectors in the text of methods.'.
            parent* = traits oddball.

            {'Category: searching\x7fComment: Every part of the selector must stand there as a word, outside of strings and comments.'
                does: source Mention: selector = (| found |
                    (source includesSubstring: (selector before: ':')) ifFalse: [ ^ false ].
                    found: wordsOf: source.
                    (partsOf: selector) allSatisfy: [ |:part| found includes: part ] ).
                partsOf: selector = (
                    (selector includesSubstring: ':')
                        ifTrue: [
                            ((selector splitOn: ':') filterBy: [ |:p| p isEmpty not ]) mapBy: [ |
                                :p
                                |
                                p, ':' ] ]
                        False: [ list copyRemoveAll add: selector ] ).
            }
            {'Category: scanning\x7fComment: The set of names, keywords and operators in a text.'
                wordsOf: text = (| found. i <- 0. n |
                    found: set copyRemoveAll.
                    n: text byteSize.
                    [ i < n ] whileTrue: [ | start. b |
                        start: i.
                        b: text byteAt: i.
                        (isWordByte: b)
                            ifTrue: [
                                [ (i < n) && [ isWordByte: (text byteAt: i) ] ] whileTrue: [
                                    i: i + 1 ].
                                ((i < n) && [ (text byteAt: i) = 58 ]) ifTrue: [ i: i + 1 ].
                                found add: (text copyBytesFrom: start UpTo: i) ]
                            False: [
                                ((b = 34) || [ b = 39 ])
                                    ifTrue: [ i: endOfQuoted: text From: i + 1 Quote: b ]
                                    False: [
                                        (isOperatorByte: b)
                                            ifTrue: [
                                                [
                                                    (i < n) && [
                                                            isOperatorByte: (text byteAt: i) ] ] whileTrue: [
                                                    i: i + 1 ].
                                                found add: (text copyBytesFrom: start UpTo: i) ]
                                            False: [ i: i + 1 ] ] ] ].
                    found ).
                isWordByte: b = (
                    (b isBetween: 97 And: 122) || [
                            (b isBetween: 65 And: 90) || [
                                    (b = 95) || [ b isBetween: 48 And: 57 ] ] ] ).
                isOperatorByte: b = ( '!#$%&*+,-/;<=>?@\\^`|~' includesSubstring: b asCharacter ).
                endOfQuoted: text From: start Quote: q = (| i |
                    i: start.
                    [ i < text byteSize ] whileTrue: [ | b |
                        b: text byteAt: i.
                        b = q ifTrue: [ ^ i + 1 ].
                        i: i + (b = 92 ifTrue: 2 False: 1) ].
                    text byteSize ).
            }
        |).
    }
|)
