"Tests of stdlib/text/coding.self."

testing suite: 'coding' Tests: (|
    parent* = traits testSuite.

    testBase64 = (
        expect: 'bat' asBase64 ToBe: 'YmF0'.
        expect: 'ba' asBase64 ToBe: 'YmE='.
        expect: '\xff\xfe\xfd' asBase64Url ToBe: '__79'.
        expect: 'YmE=' fromBase64 asString ToBe: 'ba'.
        expect: 'YmE' fromBase64 asString ToBe: 'ba'.
        expect: '__79' fromBase64 asHex ToBe: 'fffefd'.
        expect: [ 'Y!' fromBase64 ] ToSignal: errors format ).

    testHex = (
        expect: 'bat' asHex ToBe: '626174'.
        expect: '626174' fromHex asString ToBe: 'bat'.
        expect: [ '6' fromHex ] ToSignal: errors format.
        expect: [ 'zz' fromHex ] ToSignal: errors format ).

    testDigests = (
        expect: 'abc' sha256
            ToBe: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'.
        expect: 'abc' sha256Bytes size ToBe: 32 ).

    testNames = (
        expect: uuid random size ToBe: 36.
        expect: uuid random = uuid random ToBe: false.
        expect: uuid ordered < uuid ordered ToBe: true.
        expect: (uuid from: 'x' IfFail: 'no') ToBe: 'no'.
        expect: (random bytes: 16) size ToBe: 16.
        expect: (random token: 16) size ToBe: 32 ).
|)
