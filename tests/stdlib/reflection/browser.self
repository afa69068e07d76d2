"Tests of stdlib/reflection/browser.self and fileOut.self."

testing suite: 'browser' Tests: (|
    parent* = traits testSuite.

    testImplementors = (| found |
        found: browser implementorsOf: 'ifTrue:False:'.
        assert: (found size >= 2) Description: 'true and false implement ifTrue:False:'.
        expect: (browser implementorsOf: 'zorkZork') size ToBe: 0 ).

    testSenders = (| found |
        found: browser sendersOf: 'reverseInPlace'.
        expect: (browser sendersOf: 'zork', 'Zork:') size ToBe: 0.
        found: browser sendersOf: 'makeRoom:'.
        assert: (found anySatisfy: [ |:s| s name = 'write:' ])
            Description: 'stringWriter write: sends makeRoom:' ).

    testCategories = (| d |
        d: browser categoriesOf: traits block.
        assert: (d includesKey: 'looping').
        assert: ((d at: 'looping') anySatisfy: [ |:s| s name = 'whileTrue:' ]) ).

    testSelectorFinder = (
        expect: (selectorFinder does: 'a foo: 3 Bar: 4' Mention: 'foo:Bar:') ToBe: true.
        expect: (selectorFinder does: 'a foo: 3' Mention: 'foo:Bar:') ToBe: false.
        expect: (selectorFinder does: '\'x foo\' size' Mention: 'foo') ToBe: false.
        expect: (selectorFinder does: 'a + b' Mention: '+') ToBe: true.
        expect: (selectorFinder does: 'food' Mention: 'foo') ToBe: false ).

    testFileOut = (| text. copy |
        text: fileOut sourceOf: fileOutExample.
        copy: parser objectFrom: (text copyFrom: 1 UpTo: text size - 1).
        expect: copy n ToBe: 5.
        expect: copy s ToBe: 'it\'s'.
        expect: copy twice ToBe: 10.
        expect: (copy plus: 3) ToBe: 8.
        expect: copy v ToBe: (1 & 2) asVector.
        expect: copy inner x ToBe: 3.
        expect: ((reflect: copy) at: 'n') category ToBe: 'state'.
        expect: copy computed ToBe: 'ab'.
        deny: ((reflect: copy computed) kind = 'string').
        expect: copy far ToBe: math infinity.
        assert: copy farBelow < 0.
        deny: copy nothing = copy nothing.
        expect: copy bytes ToPrint: 'a byteVector(1, 200)'.
        expect: copy oneByte ToPrint: 'a byteVector(7)'.
        expect: (fileOut sourceOf: copy) ToBe: text ).

    testFileOutOfWhatKnowsItself = (| text |
        'globals _AddSlots: (| zoo = (| {} = \'Comment: Animals.\' |) |)' evaluate.
        'zoo _AddSlots: (| tiger = (| parent* = lobby. name = \'T\' |) |)' evaluate.
        'zoo _AddSlots: (| ape = (| parent* = lobby. friend <- zoo tiger. sees = reflect: zoo tiger |) |)'
            evaluate.
        text: fileOut scriptFor: 'zoo' Object: zoo.
        globals _RemoveSlot: 'zoo'.
        'globals _AddSlots: (| zoo = () |)' evaluate.
        (text splitOn: '\nzoo ') do: [ |:line. :i|
            (i = 0 ifTrue: [ line ] False: [ 'zoo ', line ]) evaluate ].
        expect: zoo ape friend name ToBe: 'T'.
        assert: zoo ape friend == zoo tiger.
        assert: zoo ape sees reflectee == zoo tiger.
        expect: (fileOut scriptFor: 'zoo' Object: zoo) ToBe: text.
        globals _RemoveSlot: 'zoo' ).
|)

globals _AddSlots: (|
    fileOutExample = (| {} = 'Comment: A sample.'.
        parent* = lobby.
        {'Category: state'
            n <- 5.
            s = 'it\'s'.
            v = (1 & 2) asVector
        }.
        twice = ( n + n ).
        plus: x = ( n + x ).
        inner = (| x = 3 |).
        computed <- 'a', 'b'.
        far = math infinity.
        farBelow = math infinity negate.
        nothing = math nan.
        bytes = (1 & 200) asVector asByteVector.
        oneByte = (vector copySize: 1 FillingWith: 7) asByteVector.
    |)
|)
