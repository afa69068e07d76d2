"What the browser knows, as text to read: the views behind the prompt's commands,
and the reference of the world. Everything here answers a string."

browser _AddSlots: (|
    {'Category: views\x7fComment: The slots of an object by category; its own slots with what they hold; what it is for.'
        browse: x = (| m. out. groups |
            m: reflect: x.
            out: stringWriter copyRemoveAll.
            out writeLine: m safePrintString.
            groups: m slots asList groupBy: [ |:s| s category ].
            groups sortedKeys do: [ |:category|
                (out write: '  ') writeLine: (category isEmpty ifTrue: [ '(no category)' ] False: [
                    category ]).
                (groups at: category) do: [ |:s| (out write: '    ') writeLine: (titleOf: s) ] ].
            out contents trimRight ).
        inspect: x = (| m. out |
            m: reflect: x.
            out: stringWriter copyRemoveAll.
            out writeLine: m safePrintString.
            m do: [ |:s| (out write: '  ') writeLine: (titleOf: s), (contentsText: s) ].
            ((m kind = 'vector') || [ m kind = 'byteVector' ]) ifTrue: [
                writeElementsOf: x On: out ].
            out contents trimRight ).
        showDoc: x = (| m. out |
            m: reflect: x.
            out: stringWriter copyRemoveAll.
            out writeLine: m safePrintString.
            m comment isEmpty ifFalse: [ out writeLine: m comment ].
            writeCategoriesOf: m Heading: '' On: out.
            out contents trimRight ).
    }
    {'Category: views\x7fComment: Methods that send a selector; objects with such a slot; the source of the slot that a message to an object would find.'
        showSenders: selector = (
            linesFor: (sendersOf: selector) Missing: 'nobody sends ', selector ).
        showImplementors: selector = (
            linesFor: (implementorsOf: selector) Missing: 'nobody implements ', selector ).
        showSource: x Selector: selector = (| s |
            s: (reflect: x) lookup: selector IfFail: [
                ^ (reflect: x) safePrintString, ' has no ', selector ].
            (s comment isEmpty ifTrue: [ '' ] False: [ '"', s comment, '"\n' ])
                , (fileOut slotText: s) ).
    }
    {'Category: reference\x7fComment: All of the world as Markdown, from its comments: traits and oddballs with their slots by category.'
        reference = (| out |
            out: stringWriter copyRemoveAll.
            out writeLine: '# Reference of the world\n'.
            writeRoom: traits Named: 'Traits' On: out.
            writeRoom: globals Named: 'Globals' On: out.
            out contents ).
        writeRoom: room Named: title On: out = (
            out writeLine: '## ', title, '\n'.
            (reflect: room) slots do: [ |:s|
                (s contents isReflecteeSlots && [ s contents comment isEmpty not ]) ifTrue: [
                    out writeLine: '### ', s name, '\n\n', s contents comment, '\n'.
                    writeCategoriesOf: s contents Heading: '- ' On: out.
                    out writeLine ] ] ).
    }
    {'Category: private\x7fComment: One line for each comment, with the slots it belongs to.'
        writeCategoriesOf: m Heading: mark On: out = (| groups |
            groups: (m slots asList filterBy: [ |:s| s isParent not ]) groupBy: [ |:s|
                s category -> s comment ].
            groups sortedKeys do: [ |:key. names|
                names: ((groups at: key) mapBy: [ |:s| titleOf: s ]) joinedWith: ', '.
                out write: mark.
                key key isEmpty ifFalse: [ out write: key key, ': ' ].
                out write: names.
                out writeLine: (key value isEmpty ifTrue: [ '' ] False: [ ' — ', key value ]) ] ).
        writeElementsOf: x On: out = (
            x do: [ |:e. :i|
                i = 100 ifTrue: [ ^ out writeLine: '  ...' ].
                out writeLine: '  ', i printString, ': ', (reflect: e) safePrintString ].
            out ).
        linesFor: slots Missing: text = (
            slots isEmpty ifTrue: [ ^ text ].
            (slots mapBy: [ |:s| (placeOf: s), s holder safePrintString, ' ', s name ]) asList joinedWith: '\n' ).
        placeOf: s = (
            (s isMethod && [ s contents file isEmpty not ])
                ifTrue: [
                    (s contents file, ':', s contents line printString, ' ') padOnRight: 34 ]
                False: [ '' padOnRight: 34 ] ).
        titleOf: s = (
            s isParent ifTrue: [ ^ s name, '*' ].
            s isMethod ifFalse: [ ^ s name ].
            (fileOut signatureOf: s), (synonymMark: s) ).
        synonymMark: s = (| source. own |
            source: bareSource: s.
            source byteSize > 80 ifTrue: [ ^ '' ].
            own: argumentsIn: (fileOut signatureOf: s).
            (isOneMessage: source With: own)
                ifTrue: [ ' (= ', (partsOf: source) joined, ')' ]
                False: '' ).
        bareSource: s = (| t |
            t: s source trim.
            ((t startsWith: '(') && [ t endsWith: ')' ])
                ifTrue: [ (t copyFrom: 1 UpTo: t size - 1) trim ]
                False: [ t ] ).
        argumentsIn: signature = (
            (signature splitOn: ' ') asVector filterBy: [ |:w. :i| (i % 2) = 1 ] ).
        isOneMessage: source With: own = (| words |
            words: (source splitOn: ' ') asVector.
            own isEmpty ifTrue: [ ^ (words size = 1) && [ isPlainName: source ] ].
            ((words size = (own size * 2)) && [ (argumentsIn: source) = own ]) && [
                    isMessagePart: words first ] ).
        isPlainName: text = ( (regex matching: '[a-z][A-Za-z0-9_]*') matches: text ).
        isMessagePart: text = ( (regex matching: '[a-z][A-Za-z0-9_]*:') matches: text ).
        partsOf: source = ( (source splitOn: ' ') asVector filterBy: [ |:w. :i| (i % 2) = 0 ] ).
        contentsText: s = (
            s isMethod ifTrue: [ '' ] False: [
                (s isAssignable ifTrue: [ ' <- ' ] False: [ ' = ' ]), s contents safePrintString ] ).
    }
|)

fileOut _AddSlots: (|
    {'Category: writing\x7fComment: One slot as it would stand in a literal.'
        slotText: s = (| out |
            out: stringWriter copyRemoveAll.
            writeSlot: s With: [ |:s| contentsOf: s ] Indent: 0 On: out.
            out contents trimRight ).
        contentsOf: s = ( storeStringOf: s value IfFail: [ s contents safePrintString ] ).
    }
|)

shell _AddSlots: (|
    {'Category: settings\x7fComment: After how many seconds with a change the prompt commits by itself; nil: not at all.'
        autocommit.
    }
    {'Category: commands\x7fComment: What can be typed at the prompt; the rest of a long answer; leaves, and asks first if something is not saved.'
        help = ( (_ConsoleHelpIfFail: '') asString ).
        more = ( ((_ConsoleRestIfFail: nil) ifNil: [ 'there is nothing more' ]) asString ).
        quit = ( _Quit ).
    }
    {'Category: timing\x7fComment: The value of a block, and how long it took.'
        time: b = (| start. cpu. v |
            start: globals time nanoseconds.
            cpu: globals time cpuMilliseconds.
            v: b value.
            start: globals time nanoseconds - start.
            cpu: globals time cpuMilliseconds - cpu.
            (printStringFor: v), '\n(', ((start / 1000000.0) printStringPrecision: 2)
                , ' ms, processor ', cpu printString, ' ms)' ).
    }
|)

lobby _AddSlots: (|
    {'Category: help\x7fComment: First steps.'
        help = (
            'Everything is an object; type a message to it and press Enter.\n'
                , '  3 + 4                                   arithmetic, as big as you like: 100 factorial\n'
                , '  (1 to: 5) mapBy: [ |:x| x * x ]         blocks and collections\n'
                , '  list copyRemoveAll add: 3               copy a prototype and use it\n'
                , '  globals _AddSlots: (| acc = (| parent* = traits clonable. n <- 0. more = ( n: n + 1 ) |) |)\n'
                , '                                          make an object; then: acc copy more n\n'
                , '  browser browse: traits list             look around\n'
                , '  browser showImplementors: \'do:\'         who has such a slot\n'
                , '  image commit: \'my first object\'         keep it for ever' ).
    }
|)

browser _AddSlots: (|
    {'Category: tools\x7fComment: All slots with what is known of them, for tools outside: vectors of holder, name, signature, category, comment, file and line (of methods).'
        slotTable = (| rows |
            rows: list copyRemoveAll.
            objectsDo: [ |:m. holder|
                holder: m safePrintString.
                m do: [ |:s. place|
                    s isParent ifFalse: [
                        place: s isMethod ifTrue: [ s contents file & s contents line ] False: [
                            '' & 0 ].
                        rows addLast: (holder & s name
                            & (s isMethod ifTrue: [ fileOut signatureOf: s ] False: [ s name ])
                            & s category & s comment & (place asVector at: 0)
                            & (place asVector at: 1) & s isAssignable) asVector ] ] ].
            rows ).
    }
|)
