"Tests of stdlib/number/cNumber.self."

testing suite: 'cNumber' Tests: (|
    parent* = traits testSuite.

    testOrders = (| b |
        b: byteVector copySize: 4.
        b bigEndianIntSize: 16 Signed: false At: 0 Put: 16r0102.
        b littleEndianIntSize: 16 Signed: false At: 2 Put: 16r0102.
        expect: b ToPrint: 'a byteVector(1, 2, 2, 1)'.
        expect: (b bigEndianIntSize: 16 Signed: false At: 0) ToBe: 258.
        expect: (b littleEndianIntSize: 16 Signed: false At: 0) ToBe: 513.
        expect: (b bigEndianIntSize: 32 Signed: false At: 0) ToBe: 16r01020201.
        expect: (b cIntSize: 16 Signed: false At: 0)
            ToBe: (b littleEndianIntSize: 16 Signed: false At: 0) ).

    testSigns = (| b |
        b: byteVector copySize: 8 FillingWith: 255.
        (8 & 16 & 32 & 64) do: [ |:bits|
            expect: (b cIntSize: bits Signed: true At: 0) ToBe: -1.
            expect: (b cIntSize: bits Signed: false At: 0) ToBe: (2 power: bits) - 1.
            expect: (b bigEndianIntSize: bits Signed: true At: 0) ToBe: -1.
            b cIntSize: bits Signed: true At: 0 Put: (2 power: bits - 1) negate.
            expect: (b cIntSize: bits Signed: true At: 0) ToBe: (2 power: bits - 1) negate.
            b bigEndianIntSize: bits Signed: false At: 0 Put: (2 power: bits) - 2.
            expect: (b bigEndianIntSize: bits Signed: false At: 0) ToBe: (2 power: bits) - 2.
            b cIntSize: bits Signed: true At: 0 Put: -1 ] ).

    testFailures = (| b |
        b: byteVector copySize: 8.
        expect: [ b cIntSize: 8 Signed: true At: 0 Put: 128 ] ToSignal: errors any.
        expect: (b cIntSize: 8 Signed: true At: 0 Put: 128 IfFail: [ |:e| e ])
            ToBe: 'overflowError'.
        expect: (b cIntSize: 64 Signed: true At: 0 Put: (2 power: 63) IfFail: [ |:e| e ])
            ToBe: 'overflowError'.
        expect: (b cIntSize: 32 Signed: true At: 5 IfFail: [ |:e| e ]) ToBe: 'badIndexError'.
        expect: (b cIntSize: 64 Signed: true At: 1 IfFail: [ |:e| e ]) ToBe: 'badIndexError'.
        expect: (b cIntSize: 12 Signed: true At: 0 IfFail: [ |:e| e ]) ToBe: 'badSizeError'.
        expect: (b bigEndianIntSize: 16 Signed: true At: 7 IfFail: [ |:e| e ])
            ToBe: 'badIndexError'.
        expect: (b bigEndianIntSize: 16 Signed: true At: 7 Put: 1 IfFail: [ |:e| e ])
            ToBe: 'badIndexError'.
        expect: (b littleEndianIntSize: 16 Signed: false At: 0 Put: -1 IfFail: 'no') ToBe: 'no'.
        expect: (b littleEndianIntSize: 16 Signed: false At: 7 IfFail: 'no') ToBe: 'no'.
        expect: (b cFloatDouble: true At: 1 IfFail: 'no') ToBe: 'no'.
        expect: (b cFloatDouble: true At: 1 Put: 0.5 IfFail: 'no') ToBe: 'no'.
        expect: (b allSatisfy: [ |:x| x = 0 ]) ToBe: true ).

    testFloats = (| b |
        b: byteVector copySize: 8.
        b cFloatDouble: true At: 0 Put: 0.1.
        expect: (b cFloatDouble: true At: 0) ToBe: 0.1.
        b cFloatDouble: false At: 4 Put: 0.5.
        expect: (b cFloatDouble: false At: 4) ToBe: 0.5 ).

    testBits = (
        expect: ('ab' asByteVector && 'bc' asByteVector) ToPrint: 'a byteVector(96, 98)'.
        expect: ('ab' asByteVector || 'bc' asByteVector) ToPrint: 'a byteVector(99, 99)'.
        expect: ('ab' asByteVector ^^ 'bc' asByteVector) ToPrint: 'a byteVector(3, 1)'.
        expect: [ 'ab' asByteVector && 'a' asByteVector ] ToSignal: errors user ).

    testBytes = (
        expect: ('ab\x07' asByteVector hexPrintString) ToBe: '616207'.
        expect: ('ab' byteAt: 1 IfAbsent: 'no') ToBe: 98.
        expect: ('ab' byteAt: 2 IfAbsent: 'no') ToBe: 'no'.
        expect: ('ab' byteAt: 2 IfAbsent: [ |:i| i ]) ToBe: 2 ).
|)
