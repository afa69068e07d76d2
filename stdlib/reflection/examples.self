"Examples in comments. A comment may hold `Example: EXPRESSION >>> WHAT IT PRINTS.`,
as often as it likes; the tests evaluate all of them."

browser _AddSlots: (|
    {'Category: examples\x7fComment: A list of all examples in the comments of slots; those that print something else, as lines. Example: 3 + 4 >>> 7.'
        examples = (| found. seen |
            found: list copyRemoveAll.
            seen: set copyRemoveAll.
            slotsDo: [ |:s|
                (s comment includesSubstring: ' >>> ') && [ (seen includes: s comment) not ] ifTrue: [
                    seen add: s comment.
                    found addAll: (examplesIn: s comment Of: s) ] ].
            found ).
        wrongExamples = (| wrong |
            wrong: list copyRemoveAll.
            examples do: [ |:e. got|
                got: e value.
                got = e expected ifFalse: [
                    wrong addLast: e source, ' >>> ', e expected, ' but prints ', got ] ].
            wrong ).
        examplesIn: text Of: s = (| parts |
            parts: text splitOn: 'Example: '.
            parts removeFirst.
            ((parts filterBy: [ |:p| p includesSubstring: ' >>> ' ]) mapBy: [ |:p. rest|
                rest: (p after: ' >>> ') trimRight.
                (rest endsWith: '.') ifTrue: [ rest: rest copyWithoutLast ].
                example copySource: (p before: ' >>> ') Expected: rest Slot: s ]) ).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: An example of a comment.'
        example = (| {} = 'Comment: I am an example: an expression, and what it should print.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: The expression, what it should print, whose comment it is in.'
                source <- ''.
                expected <- ''.
                slot.
            }
            {'Category: creating\x7fComment: From these.'
                copySource: t Expected: e Slot: s = ( ((clone source: t) expected: e) slot: s ).
            }
            {'Category: evaluating\x7fComment: What the expression prints, or what its error says.'
                value = (
                    [ (reflect: source eval) safePrintString ] on: errors any Do: [ |:e|
                        e description ] ).
            }
        |).
    }
|)
