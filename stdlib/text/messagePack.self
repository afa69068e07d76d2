"MessagePack: plain data as few bytes. Strings are its strings, byte vectors its
binary data; dictionaries, lists and numbers as in JSON.

  messagePack decode: (messagePack encode: a dictionary)"

globals _AddSlots: (|
    {'Category: text\x7fComment: Reads and writes MessagePack.'
        messagePack = (| {} = 'Comment: I read and write MessagePack.'.
            parent* = traits dataFormat.

            {'Category: reading\x7fComment: What bytes say; the block gets the place and the complaint. Example: messagePack decode: (messagePack encode: (1 & \'a\') asVector) >>> a list(1, \'a\').'
                decode: bytes = ( decode: bytes IfFail: [ |:why| complain: why ] ).
                decode: bytes IfFail: a = (
                    bytes _MessagePackDecode: prototypes IfFail: [ |:e| explain: e To: a ] ).
            }
            {'Category: writing\x7fComment: An object as a byte vector. What is no plain data is asked for asPlainData. Example: (messagePack encode: 7) size >>> 1.'
                encode: x = (
                    write: x By: [ |:y. :fail| y _MessagePackEncode: prototypes IfFail: fail ] ).
            }
            {'Category: writing\x7fComment: For readers outside, who are to get something in any case: numbers that are too large here and decimals as texts, what is no UTF-8 in a string as a sign for that.'
                encodeLegibly: x = (
                    write: x By: [ |:y. :fail| y _MessagePackTell: prototypes IfFail: fail ] ).
            }
        |).
    }
|)
