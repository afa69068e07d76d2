"Tests of stdlib/text/json.self and plainData.self."

testing suite: 'json' Tests: (|
    parent* = traits testSuite.

    back: text = ( json print: (json parse: text) ).

    testReading = (| d |
        d: json parse: '{"name": "Ada", "tags": [1, 2.5, true, null], "e": {}}'.
        expect: (d at: 'name') ToBe: 'Ada'.
        expect: ((d at: 'tags') at: 1) ToBe: 2.5.
        expect: ((d at: 'tags') at: 3) ToBe: nil.
        expect: (d at: 'e') isEmpty ToBe: true.
        (d at: 'tags') addLast: 7.
        expect: (d at: 'tags') size ToBe: 5.
        d at: 'new' Put: 3.
        expect: d size ToBe: 4 ).

    testOrderOfKeys = (| d |
        d: orderedDictionary copyRemoveAll.
        ((d at: 'z' Put: 1) at: 'a' Put: (d copy)) at: 'm' Put: (3 over: 4) asFloat.
        expect: (json print: d) ToBe: '{"z":1,"a":{"z":1},"m":0.75}'.
        d removeKey: 'z'.
        d at: 'z' Put: 2.
        expect: (json print: d) ToBe: '{"a":{"z":1},"m":0.75,"z":2}'.
        expect: (messagePack decode: (messagePack encode: d)) ToBe: (json parse: (json print: d)) ).

    "What an object says that it is may be made of others that are to be asked."
    testWhatSaysWhatItIs = (| inner. outer |
        inner: (|
            parent* = traits clonable.
            asPlainData = (
                (orderedDictionary copyRemoveAll at: 'y' Put: 1) at: 'x' Put: '2.50' asDecimal )
        |).
        outer: (|
            parent* = traits clonable.
            in.
            asPlainData = ( orderedDictionary copyRemoveAll at: 'all' Put: (in & in) asList )
        |).
        outer: outer copy in: inner.
        expect: (json print: outer) ToBe: '{"all":[{"y":1,"x":2.50},{"y":1,"x":2.50}]}'.
        expect: (json print: (1 & outer) asVector)
            ToBe: '[1,{"all":[{"y":1,"x":2.50},{"y":1,"x":2.50}]}]'.
        expect: [ json print: (1 & (1 over: 3)) asList ]
            ToComplain: 'Error: 1/3 is no plain data: take its asFloat, or round it by roundTo:.'.
        inner: (| parent* = traits clonable. asPlainData = ( self ) |).
        expect: [ json print: inner ] ToSignal: errors format ).

    testScalars = (
        expect: (json parse: ' 12 ') ToBe: 12.
        expect: (json parse: '"a\\u00e9\\ud83d\\ude00\\n"') ToBe: 'aé😀\n'.
        expect: (json parse: 'null') ToBe: nil.
        expect: (json parse: 'false') ToBe: false.
        expect: (json parse: '-0.5e1') ToBe: -5.0.
        expect: (json parse: '123456789012345678901234567890') printString
            ToBe: '123456789012345678901234567890' ).

    testRoundTrips = (
        expect: (back: '{"b":[1,2],"a":{"x":null}}') ToBe: '{"a":{"x":null},"b":[1,2]}'.
        expect: (back: '[]') ToBe: '[]'.
        expect: (back: '{}') ToBe: '{}'.
        expect: (back: '[[[]],{}]') ToBe: '[[[]],{}]'.
        expect: (back: '"\\"\\\\\\n\\u0001"') ToBe: '"\\"\\\\\\n\\u0001"'.
        expect: (back: '[1e300,0.1,-7]') ToBe: '[1e300,0.1,-7]'.
        expect: (back: '{"a":1,"a":2}') ToBe: '{"a":2}' ).

    testIndented = (
        expect: (json printIndented: (json parse: '{"a":[1,2],"b":{}}'))
            ToBe: '{\n  "a": [\n    1,\n    2\n  ],\n  "b": {}\n}' ).

    testExactNumbers = (
        expect: (json print: (json parseExactly: '[0.10,1e2,2.50,7]')) ToBe: '[0.10,100,2.50,7]'.
        expect: (json parseExactly: '0.10') + (json parseExactly: '0.20') ToBe: '0.3' asDecimal ).

    testComplaints = (
        expect: [ json parse: '{"a": 1,\n "é": x}' ]
            ToComplain: 'Error: line 2, column 7: expected value.'.
        expect: [ json parse: '[1, 2' ]
            ToComplain: 'Error: line 1, column 6: the text ended while parsing a array.'.
        expect: [ json parse: '' ]
            ToComplain: 'Error: line 1, column 1: the text ended while parsing a value.'.
        expect: [ json parse: '1 2' ]
            ToComplain: 'Error: line 1, column 3: nothing more was expected.'.
        expect: (json parse: '[' IfFail: 'no') ToBe: 'no'.
        expect: [ json parse: '1e999' ] ToSignal: errors format.
        expect: [ json parse: '"\xff"' ] ToSignal: errors format.
        expect: [ json parse: 3 ] ToSignal: errors format ).

    testDepth = (| all. here |
        expect: [ json parse: ('[' * 5000), (']' * 5000) ] ToSignal: errors format.
        expect: (json parse: ('[' * 900), (']' * 900)) size ToBe: 1.
        all: list copyRemoveAll.
        all add: all.
        expect: [ json print: all ] ToSignal: errors format ).

    testObjects = (| o |
        o: (|
            parent* = lobby.
            asPlainData = (
                (dictionary copyRemoveAll at: 'x' Put: 1) at: 'y' Put: (2 & 3) asVector )
        |).
        expect: (json print: o) ToBe: '{"x":1,"y":[2,3]}'.
        expect: (json print: (list copyRemoveAll add: o)) ToBe: '[{"x":1,"y":[2,3]}]'.
        expect: (json print: (1 to: 3)) ToBe: '[1,2,3]'.
        expect: (json print: (set copyRemoveAll add: 1)) ToBe: '[1]'.
        expect: (json print: (dictionary copyRemoveAll at: 3 Put: 'c')) ToBe: '{"3":"c"}'.
        expect: [ json print: (| parent* = lobby |) ] ToSignal: errors format.
        expect: [ json print: byteVector ] ToSignal: errors format.
        expect: [ json print: 'a\xff' ] ToSignal: errors format.
        expect: [ json print: math nan ] ToSignal: errors format.
        expect: (json print: (date parse: '2026-11-28')) ToBe: '"2026-11-28"' ).

    testMessagePack = (| d. back |
        d: json parse: '{"name":"Ada","n":[1,-1,127,128,-33,70000,1e300,true,null],"s":{"k":[]}}'.
        back: messagePack decode: (messagePack encode: d).
        expect: (json print: back) ToBe: (json print: d).
        expect: (messagePack encode: (1 & 'a') asVector) asHex ToBe: '9201a161'.
        expect: (messagePack encode: 300) asHex ToBe: 'cd012c'.
        expect: (messagePack decode: 'c40201ff' fromHex) asHex ToBe: '01ff'.
        expect: (messagePack decode: 'cfffffffffffffffff' fromHex) ToBe: (2 power: 64) - 1.
        expect: (messagePack decode: 'ca3fc00000' fromHex) ToBe: 1.5 ).

    testMessagePackComplaints = (
        (('' & '91' & 'dcffff' & 'ddffffffff' & 'dfffffffff' & 'c1' & 'a5' & '0101' & 'd40100'
            & '81c0' & '81c001') asVector) do: [ |:hex|
            expect: [ messagePack decode: hex fromHex ] ToSignal: errors format ].
        expect: [ messagePack decode: ('91' * 3000) fromHex ] ToSignal: errors format.
        expect: [ messagePack encode: (2 power: 70) ] ToSignal: errors format ).
|)
