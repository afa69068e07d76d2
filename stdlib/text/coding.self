"Bytes written as digits and letters, fingerprints of bytes, random bytes, and names
that nobody else will choose."

traits byteVector _AddSlots: (|
    {'Category: coding\x7fComment: My bytes in base64, its form for addresses, hexadecimal digits; what such a text says, as a byte vector. Example: \'bat\' asBase64 >>> \'YmF0\'. Example: \'YmF0\' fromBase64 asString >>> \'bat\'. Example: \'bat\' asHex >>> \'626174\'.'
        asBase64 = (
            (_BytesAsBase64IfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) asString ).
        asBase64Url = (
            (_BytesAsBase64UrlIfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) asString ).
        asHex = ( (_BytesAsHexIfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) asString ).
        fromBase64 = ( _BytesFromBase64IfFail: [ |:e| notCoded: e ] ).
        fromHex = ( _BytesFromHexIfFail: [ |:e| notCoded: e ] ).
        notCoded: e = (
            (errors format copyReceiver: self Message: (e copyFrom: (e indexOf: ': ') + 2)) signal ).
    }
    {'Category: coding\x7fComment: The SHA-256 digest of my bytes, as 64 hexadecimal digits and as a byte vector. Example: \'\' sha256 take: 8 >>> \'e3b0c442\'.'
        sha256 = ( sha256Bytes asHex ).
        sha256Bytes = ( _BytesSha256IfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Makes names that nobody else will choose.'
        uuid = (| {} = 'Comment: I make universally unique identifiers, as strings of 36 characters.'.
            parent* = traits oddball.

            {'Category: creating\x7fComment: At random; in the order of their making, for keys of tables; as one should be written, or what the block says of a text that is none. Example: uuid random size >>> 36. Example: uuid from: \'67E5504410B1426F9247BB680E5FE0C8\' IfFail: nil >>> \'67e55044-10b1-426f-9247-bb680e5fe0c8\'.'
                random = (
                    (_NewUuidIfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) asString ).
                ordered = (
                    (_NewOrderedUuidIfFail: [ |:e. :n| primitiveFailedError: e Name: n ]) asString ).
                from: text IfFail: a = ( (text _ParseUuidIfFail: [ ^ a value: text ]) asString ).
            }
        |).
    }
|)

random _AddSlots: (|
    {'Category: random bytes\x7fComment: From the system, fit for secrets; as hexadecimal digits. Example: (random bytes: 4) size >>> 4. Example: (random token: 8) size >>> 16.'
        bytes: n = ( _RandomBytes: n IfFail: [ |:e. :p| primitiveFailedError: e Name: p ] ).
        token: n = ( (bytes: n) asHex ).
    }
|)
