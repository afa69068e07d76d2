"The text of what a graph of objects holds: expressions for objects, literals with
their slots in groups by annotation, and the statements that make and fill parts."

traits fileGraph _AddSlots: (|
    {'Category: writing\x7fComment: An expression for the object at a path, as the value of a slot; the same as an argument, in brackets if it needs them. Notes the names that it mentions.'
        expressionFor: m Path: path Indent: n = (| node |
            (isWhole: m) ifTrue: [ ^ wholeText: m ].
            (isNamed: m Path: path) ifTrue: [ ^ use: (places pathOf: m IfAbsent: nil) ].
            node: nodeOf: m.
            node isPlaced && [ (owns: m Path: path) not ] ifTrue: [ ^ use: node path ].
            node isPart && [ node isPlaced not ] ifTrue: [
                use: node partKey.
                ^ 'fileIn at: ', node partName printString ].
            node isPart ifTrue: [ node skeletonIndent: n ] False: [ node textIndent: n ] ).
        argumentFor: m Path: path Indent: n = (
            inBrackets: (expressionFor: m Path: path Indent: n) ).
        inBrackets: text = ( (isSimple: text) ifTrue: [ text ] False: [ '(', text, ')' ] ).
        isSimple: text = (| b |
            b: text byteAt: 0.
            (b = 39) || [ (b = 45) || [ b isBetween: 48 And: 57 ] ] ifTrue: [
                ^ (' copyMutable' isSuffixOf: text) not ].
            ('(|' isPrefixOf: text) || [ isPath: text ] ).
        isPath: text = ( text bytesDo: [ |:b| (isPathByte: b) ifFalse: [ ^ false ] ]. true ).
        isPathByte: b = (
            (b isBetween: 97 And: 122) || [
                    (b isBetween: 65 And: 90) || [
                            (b = 32) || [ (b = 95) || [ b isBetween: 48 And: 57 ] ] ] ] ).
    }
    {'Category: writing\x7fComment: Numbers and literal strings.'
        wholeText: m = (
            m isReflecteeFloat ifTrue: [ floatText: m reflectee ] False: [
                m reflectee printString ] ).
        floatText: x = (
            x isFinite ifTrue: [ ^ x printString ].
            x isNaN ifTrue: [ ^ 'math nan' ].
            x > 0.0 ifTrue: 'math infinity' False: 'math infinity negate' ).
    }
    {'Category: writing\x7fComment: Elements joined, to be made a vector or something else; the same at once, a piece at a time.'
        gather: elements Path: path Indent: n = (| out. texts. plain |
            plain: (elements size > 1) && [
                    (isWhole: (reflect: elements first)) && [
                            elements allSatisfy: [ |:e|
                                (isWhole: (reflect: e)) || [
                                        (nil _Eq: e) || [ (true _Eq: e) || [ false _Eq: e ] ] ] ] ] ].
            texts: elements mapBy: [ |:e. :i|
                argumentFor: (reflect: e) Path: path, ' at: ', i printString Indent: n + 4 ].
            out: stringWriter copyRemoveAll.
            out write: (plain ifTrue: '(' False: '(fileIn & ').
            writeJoined: texts Indent: n + 4 On: out.
            (out write: ')') contents ).
        writeJoined: texts Indent: n On: out = (| column <- 0 |
            texts do: [ |:t. :i|
                i > 0 ifTrue: [
                    (column + t size) > 76
                        ifTrue: [ (out writeLine tab: n) write: '& '. column: 0 ]
                        False: [ out write: ' & ' ] ].
                out write: t.
                column: column + t size + 3 ].
            out ).
    }
|)

traits fileNode _AddSlots: (|
    {'Category: writing\x7fComment: An expression that makes the object with all that is in it.'
        textIndent: n = (
            sort = 'literal' ifTrue: [ ^ literalOf: slots Indent: n ].
            sort = 'copy' ifTrue: [ ^ withSlots: 'fileIn clone: ', modelText Indent: n ].
            sort = 'mirror' ifTrue: [
                ^ 'reflect: '
                    , (graph argumentFor: mirror reflectee Path: path, ' reflectee' Indent: n) ].
            sort = 'bytes' ifTrue: [ ^ bytesText ].
            sort = 'vector' ifTrue: [ ^ vectorTextIndent: n ].
            elements isEmpty ifTrue: [ ^ skeletonIndent: n ].
            sort = 'dictionary' ifTrue: [ ^ filled: 'putPairs' Indent: n ].
            isOfWorld && [ sort = 'list' ] ifTrue: [ ^ (gatherIndent: n), ' asList' ].
            isOfWorld && [ sort = 'set' ] ifTrue: [ ^ (gatherIndent: n), ' asSet' ].
            filled: 'put' Indent: n ).
        filled: word Indent: n = (
            'fileIn ', word, ': ', (gatherIndent: n), ' asVector In: '
                , (graph inBrackets: (skeletonIndent: n)) ).
        gatherIndent: n = ( graph gather: elements Path: path Indent: n ).
        modelText = ( graph use: (graph places pathOf: model IfAbsent: nil) ).
        isOfWorld = ( slots isEmpty && [ standard anySatisfy: [ |:x| model = (reflect: x) ] ] ).
        standard = ( (fileIn & list & set & dictionary) asVector ).
        withSlots: text Indent: n = (
            slots isEmpty ifTrue: [ text ] False: [ text, ' With: ', (dataOf: slots Indent: n) ] ).
        vectorTextIndent: n = (| v |
            v: mirror reflectee.
            v isEmpty ifTrue: [ ^ 'vector' ].
            isUniform ifTrue: [
                ^ 'vector copySize: ', v size printString, ' FillingWith: '
                    , (graph argumentFor: (reflect: (v at: 0)) Path: path, ' at: 0' Indent: n) ].
            (gatherIndent: n), ' asVector' ).
        bytesText = (
            mirror isReflecteeString ifTrue: [ ^ mirror reflectee printString, ' copyMutable' ].
            mirror reflectee isEmpty ifTrue: [ ^ 'byteVector' ].
            (graph gather: mirror reflectee asVector Path: path Indent: 0)
                , ' asVector asByteVector' ).
    }
    {'Category: writing\x7fComment: Parts: an expression that makes the object without what only the graph knows; statements that fill it, each with the names it mentions. Tables come last, when keys have their contents.'
        partKey = ( 'part ', partName ).
        target = ( isPlaced ifTrue: [ path ] False: [ 'fileIn at: ', partName printString ] ).
        skeletonIndent: n = (
            sort = 'literal' ifTrue: [ ^ skeletonLiteralIndent: n ].
            sort = 'copy' ifTrue: [ ^ 'fileIn clone: ', modelText ].
            sort = 'vector' ifTrue: [ ^ 'vector copySize: ', mirror reflectee size printString ].
            (sort = 'bytes') || [ sort = 'mirror' ] ifTrue: [ ^ textIndent: n ].
            slots isEmpty
                ifTrue: [
                    (isOfWorld ifTrue: [ modelText, ' copyRemoveAll' ] False: [
                        'fileIn empty: ', modelText ]) ]
                False: [ withSlots: 'fileIn empty: ', modelText Indent: n ] ).
        isFilledLast = ( (sort = 'set') || [ sort = 'dictionary' ] ).
        fillsDo: b = (
            sort = 'literal' ifTrue: [
                ^ restOfLiteral isEmpty ifFalse: [
                    b value: 'fileIn add: ', (literalOf: restOfLiteral Indent: 0), ' To: '
                        , (graph inBrackets: target) ] ].
            sort = 'copy' ifTrue: [
                ^ slots isEmpty ifFalse: [
                    b value: 'fileIn set: ', (graph inBrackets: target), ' To: '
                        , (dataOf: slots Indent: 0) ] ].
            isSimple ifTrue: [ ^ self ].
            chunksDo: [ |:part. :from|
                b value: (sort = 'dictionary' ifTrue: 'fileIn putPairs: ' False: 'fileIn put: ')
                    , (graph gather: part Path: path Indent: 0), ' asVector In: '
                    , (graph inBrackets: target)
                    , (sort = 'vector' ifTrue: [ ' From: ', from printString ] False: '') ] ).
        chunksDo: b = (| all. from <- 0 |
            all: elements asVector.
            [ from < all size ] whileTrue: [ | to |
                to: all size min: from + chunk.
                b value: (all copyFrom: from UpTo: to) With: from.
                from: to ] ).
        restOfLiteral = (
            slots filterBy: [ |:s|
                s isMethod not && [ s isParent || [ (graph isWhole: s contents) not ] ] ] ).
    }
    {'Category: writing\x7fComment: Slots as a literal; data only, without marks and annotations; what a part begins with.'
        literalOf: some Indent: n = (| out |
            out: stringWriter copyRemoveAll.
            fileOut
                writeSlots: some
                Annotation: (sort = 'literal' ifTrue: [ mirror annotation ] False: '')
                Node: self
                Indent: n
                On: out.
            out contents ).
        dataOf: some Indent: n = (| out |
            out: stringWriter copyRemoveAll.
            out write: '(| '.
            some do: [ |:s. :i|
                i > 0 ifTrue: [ out write: ' ' ].
                out write: s name, ' = ', (contentsOf: s Indent: n), '.' ].
            (out write: ' |)') contents ).
        contentsOf: s Indent: n = (
            graph expressionFor: s contents Path: path, ' ', s name Indent: n ).
        skeletonLiteralIndent: n = (| rest. out |
            rest: restOfLiteral mapBy: [ |:s| s name ].
            out: stringWriter copyRemoveAll.
            fileOut
                writeSlots: slots
                Annotation: mirror annotation
                With: [ |:s|
                    (rest includes: s name) ifTrue: 'nil' False: [ contentsOf: s Indent: n ] ]
                Indent: n
                On: out.
            out contents ).
    }
|)
