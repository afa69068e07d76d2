"Reading a collection from front to back, with a position that moves. Works on
everything with keys; on strings it knows lines and words too."

traits _AddSlots: (|
    {'Category: streams\x7fComment: Behaviour of read streams.'
        readStream = (| {} = 'Comment: I read an indexable collection from front to back.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: On a collection, from its beginning.'
                on: c = ( (clone source: c) position: 0 ).
                copyOn: c = ( on: c ).
            }
            {'Category: testing\x7fComment: Is there anything left?'
                atEnd = ( position >= source size ).
                hasNext = ( atEnd not ).
            }
            {'Category: reading\x7fComment: The next element, or nil at the end; the same without moving; the next n; the rest; all that I read, from its beginning.'
                next = ( nextIfAbsent: nil ).
                nextIfAbsent: a = (| x |
                    atEnd ifTrue: [ ^ a value ].
                    x: source at: position.
                    position: position + 1.
                    x ).
                peek = ( atEnd ifTrue: [ nil ] False: [ source at: position ] ).
                next: n = (| start |
                    start: position.
                    position: (source size min: start + n).
                    source copyFrom: start UpTo: position ).
                upToEnd = ( next: source size - position ).
                contents = ( source ).
                do: b = ( [ atEnd ] whileFalse: [ b value: next ]. self ).
            }
            {'Category: reading\x7fComment: The rest; the next n or what is left of them, without moving too; from a to b of them, or an error if there are not even a; just one, or an error.'
                read = ( upToEnd ).
                readCount: n = ( next: n ).
                peek: n = ( source copyFrom: position UpTo: (source size min: position + n) ).
                readMin: a Max: b = (
                    (source size - position) < a ifTrue: [ pastEnd ] False: [ next: b ] ).
                readNextOne = ( readNextOneIfFail: [ pastEnd ] ).
                readNextOneIfFail: a = ( nextIfAbsent: [ a value: 'the stream is at its end' ] ).
                pastEnd = ( error: 'the stream has not that many elements left' ).
            }
            {'Category: reading\x7fComment: The next n or what is left of them into the places of a buffer from the first or a given one on. Answers how many there were.'
                readInto: buffer Count: n = ( readInto: buffer Count: n At: 0 ).
                readInto: buffer Count: n At: i = (| read |
                    read: next: n.
                    read do: [ |:e. :k| buffer at: i + k Put: e ].
                    read size ).
            }
            {'Category: reading\x7fComment: What stands before an element, which is passed over; elements while the block holds.'
                upTo: x = (| start. end |
                    start: position.
                    [ atEnd || [ x = (source at: position) ] ] whileFalse: [
                        position: position + 1 ].
                    end: position.
                    skip: 1.
                    source copyFrom: start UpTo: end ).
                nextWhile: b = (| start |
                    start: position.
                    [ (atEnd not) && [ b value: (source at: position) ] ] whileTrue: [
                        position: position + 1 ].
                    source copyFrom: start UpTo: position ).
                nextLine = ( atEnd ifTrue: [ nil ] False: [ upTo: '\n' ] ).
                nextWord = ( skipWhitespace. nextWhile: [ |:c| c isWhitespace not ] ).
            }
            {'Category: moving\x7fComment: Over n elements; over the element if it is next (and whether it was); over white space; to the beginning.'
                skip: n = ( position: (source size min: position + n) ).
                skipIf: x = (
                    (hasNext && [ x = (source at: position) ])
                        ifTrue: [ position: position + 1. true ]
                        False: [ false ] ).
                skipWhitespace = ( nextWhile: [ |:c| c isWhitespace ]. self ).
                reset = ( position: 0 ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: streams\x7fComment: Prototype of read streams: use readStream on: x, or x readStream.'
        readStream = (| {} = 'Comment: The prototype of read streams.'.
            parent* = traits readStream.
            {'Category: parts\x7fComment: What is read, and how much of it has been.'
                source <- ''.
                position <- 0.
            }
        |).
    }
|)

traits collection _AddSlots: (|
    {'Category: streams\x7fComment: A stream that reads me.'
        readStream = ( globals readStream on: asVector ).
    }
|)

traits indexable _AddSlots: (|
    {'Category: streams\x7fComment: A stream that reads me.'
        readStream = ( globals readStream on: self ).
    }
|)
