"A place to write text: a buffer that doubles when it is full. Cheaper than joining
many strings with `,`."

traits _AddSlots: (|
    {'Category: text\x7fComment: Behaviour of string writers.'
        stringWriter = (| {} = 'Comment: I collect written text in a buffer that grows.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With nothing written yet.'
                copyRemoveAll = ( (clone buffer: (mutableString copyBytes: 32)) position: 0 ).
                copy = ( clone buffer: buffer copyMutable ).
            }
            {'Category: writing\x7fComment: A string, a byte, the printString of something, line ends. All answer me.'
                write: s = (| n. end |
                    n: s byteSize.
                    end: position + n.
                    end > buffer byteSize ifTrue: [ makeRoom: end ].
                    buffer copyRange: position From: s At: 0 Size: n.
                    position: end.
                    self ).
                writeByte: b = (
                    position < buffer byteSize ifFalse: [ makeRoom: position + 1 ].
                    buffer byteAt: position Put: b.
                    position: position + 1.
                    self ).
                writeLine: s = ( (write: s) writeByte: 10 ).
                writeLine = ( writeByte: 10 ).
                print: x = ( write: (reflect: x) safePrintString ).
                tab: n = ( n do: [ writeByte: 32 ]. self ).
                << s = ( write: s ).
            }
            {'Category: accessing\x7fComment: What was written, and how many bytes.'
                contents = ( buffer copyBytesFrom: 0 UpTo: position ).
                size = ( position ).
                isEmpty = ( position = 0 ).
                asString = ( contents ).
            }
            {'Category: private\x7fComment: A buffer with room for n bytes.'
                makeRoom: n = (| new |
                    new: mutableString copyBytes: (n max: buffer byteSize * 2).
                    new copyRange: 0 From: buffer At: 0 Size: position.
                    buffer: new ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: text\x7fComment: Prototype of string writers: use stringWriter copyRemoveAll.'
        stringWriter = (| {} = 'Comment: The prototype of string writers.'.
            parent* = traits stringWriter.
            {'Category: private\x7fComment: The bytes, and how many of them are written.'
                buffer <- mutableString.
                position <- 0.
            }
        |).
    }
|)
