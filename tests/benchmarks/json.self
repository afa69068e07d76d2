"Reading a document: what a server of widgets answers, as text in JSON. The text is
made here; its shape and sizes are those of the published one."

traits _AddSlots: (|
    jsonValue = (| {} = 'Comment: I am a value that was read.'.
        parent* = traits clonable.
        isObject = ( false ).
        isArray = ( false ).
        isNumber = ( false ).
        isString = ( false ).
    |).

    jsonParser = (| {} = 'Comment: I read a text, character by character.'.
        parent* = traits clonable.

        {'Category: reading\x7fComment: The value that a text stands for.'
            parse: text = (| result |
                source: text.
                size: text size.
                index: -1.
                advance.
                skipBlanks.
                result: value.
                skipBlanks.
                current isNil ifFalse: [ error: 'there is more text than one value' ].
                result ).
            value = (
                current = '"' ifTrue: [ ^ benchmarks jsonString copyText: string ].
                current = '{' ifTrue: [ ^ object ].
                current = '[' ifTrue: [ ^ array ].
                current = 't' ifTrue: [ ^ word: 'true' For: benchmarks jsonTrue ].
                current = 'f' ifTrue: [ ^ word: 'false' For: benchmarks jsonFalse ].
                current = 'n' ifTrue: [ ^ word: 'null' For: benchmarks jsonNull ].
                number ).
            array = (| result |
                result: benchmarks jsonArray copy.
                next.
                accept: ']' IfThere: [ ^ result ].
                [ result add: value. skipBlanks. accept: ',' ] whileTrue: [ skipBlanks ].
                require: ']'.
                result ).
            object = (| result. name |
                result: benchmarks jsonObject copy.
                next.
                accept: '}' IfThere: [ ^ result ].
                [
                    name: string.
                    skipBlanks.
                    require: ':'.
                    skipBlanks.
                    result at: name Put: value.
                    skipBlanks.
                    accept: ',' ] whileTrue: [ skipBlanks ].
                require: '}'.
                result ).
            string = (| start. text <- '' |
                require: '"'.
                start: index.
                [ current = '"' ] whileFalse: [
                    current = '\\' ifTrue: [
                        text: text, (source copyFrom: start UpTo: index).
                        advance.
                        text: text, escaped.
                        start: index + 1 ].
                    advance ].
                text: text, (source copyFrom: start UpTo: index).
                advance.
                text ).
            escaped = (
                current = 'n' ifTrue: [ ^ '\n' ].
                current = 't' ifTrue: [ ^ '\t' ].
                current = 'r' ifTrue: [ ^ '\r' ].
                current ).
            number = (| start |
                start: index.
                accept: '-'.
                digits.
                (accept: '.') ifTrue: [ digits ].
                ((accept: 'e') || [ accept: 'E' ]) ifTrue: [
                    (accept: '-') || [ accept: '+' ].
                    digits ].
                benchmarks jsonNumber copyText: (source copyFrom: start UpTo: index) ).
            digits = (
                isDigit ifFalse: [ error: 'a digit was expected' ].
                [ isDigit ] whileTrue: [ advance ] ).
            word: text For: v = ( text do: [ |:c| require: c ]. v ).
        }
        {'Category: characters\x7fComment: One further; over blanks; over a character, if it is there, or for certain.'
            advance = (
                index: index + 1.
                current: (index < size ifTrue: [ source at: index ] False: [ nil ]) ).
            next = ( advance. skipBlanks ).
            isDigit = ( current isNotNil && [ ('0' <= current) && [ current <= '9' ] ] ).
            skipBlanks = ( [ (current = ' ') || [ current = '\n' ] ] whileTrue: [ advance ] ).
            accept: c = ( current = c ifTrue: [ advance. true ] False: [ false ] ).
            accept: c IfThere: b = ( current = c ifTrue: [ advance. b value ] ).
            require: c = ( (accept: c) ifFalse: [ error: 'expected ', c ] ).
        }
    |)
|)

benchmarks _AddSlots: (|
    jsonParser = (| parent* = traits jsonParser. source <- ''. size <- 0. index <- 0. current |).
    jsonTrue = (| parent* = traits jsonValue |).
    jsonFalse = (| parent* = traits jsonValue |).
    jsonNull = (| parent* = traits jsonValue |).
    jsonNumber = (|
        parent* = traits jsonValue.
        text <- ''.
        copyText: t = ( clone text: t ).
        isNumber = ( true )
    |).
    jsonString = (|
        parent* = traits jsonValue.
        text <- ''.
        copyText: t = ( clone text: t ).
        isString = ( true )
    |).
    jsonArray = (|
        parent* = traits jsonValue.
        elements <- list.
        copy = ( clone elements: list copyRemoveAll ).
        add: v = ( elements add: v. self ).
        size = ( elements size ).
        isArray = ( true )
    |).
    jsonObject = (|
        parent* = traits jsonValue.
        names <- list.
        values <- list.
        copy = ( (clone names: list copyRemoveAll) values: list copyRemoveAll ).
        at: name Put: v = ( names add: name. values add: v. self ).
        at: name = (
            0 upTo: names size Do: [ |:i| name = (names at: i) ifTrue: [ ^ values at: i ] ].
            nil ).
        isObject = ( true )
    |).

    jsonWriter = (| {} = 'Comment: I make the document: 156 operations on widgets.'.
        parent* = traits clonable.
        document = (| operations |
            operations: list copyRemoveAll.
            operations add: '["destroy","w54"]'.
            1 to: 155 Do: [ |:i| operations add: (operation: i) ].
            '{\n"head": {"requestCounter": 4},\n"operations": [\n'
                , (joined: operations With: ',\n'), '\n]\n}\n' ).
        operation: i = (| id |
            id: (77 + (i * 3)) printString.
            (i % 5) = 1 ifTrue: [
                ^ '["set", "w', id, '", {"activeControl": "w', (i + 20) printString
                    , '", "customVariant": "variant_navigation"}]' ].
            (i % 5) = 2 ifTrue: [
                ^ '["call", "w', id, '", "setItems", {"columns": [', (i % 7) printString, ', '
                    , (i * 2) printString, ', -1], "index": ', (i % 9) printString, '}]' ].
            (i % 5) = 3 ifTrue: [
                ^ '["listen", "w', id
                    , '", {"Selection": true, "DefaultSelection": false, "Help": null}]' ].
            '["create", "w', id, '", "rwt.widgets.Label", {"parent": "w', (i + 1) printString
                , '", "style": ["WRAP", "LEFT_TO_RIGHT"], "bounds": [', (i * 4) printString, ', '
                , (i * 3) printString, ', 100.25, 1.5e2], "tabIndex": -1, "text": "Line ', id
                , ' \\"quoted\\" and\\tset apart\\n", "background": [', (i % 256) printString
                , ', 255, 127, 255], "visible": ', (i even ifTrue: [ 'true' ] False: [ 'false' ])
                , ', "font": [["Verdana", "Lucida Sans", "Arial"], 14, false, false], "image": null}]' ).
        joined: parts With: between = (| all <- '' |
            parts do: [ |:p| all: (all isEmpty ifTrue: [ p ] False: [ all, between, p ]) ].
            all ).
    |)
|)

benchmarks _AddSlots: (|
    json = (|
        parent* = traits benchmark.
        inner = 100.
        text.
        document = ( text isNil ifTrue: [ text: benchmarks jsonWriter document ]. text ).
        benchmark = ( benchmarks jsonParser clone parse: document ).
        verify: r = (
            r isObject && [
                    (r at: 'head') isObject && [
                            (r at: 'operations') isArray && [ (r at: 'operations') size = 156 ] ] ] ).
    |)
|)
