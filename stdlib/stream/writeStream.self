"Writing elements one after the other into a growing collection. For text there is
stringWriter, which counts in bytes; this one takes any objects."

traits _AddSlots: (|
    {'Category: streams\x7fComment: Behaviour of write streams.'
        writeStream = (| {} = 'Comment: I gather elements that are written to me.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Into an empty list; into a collection, at its end.'
                copyRemoveAll = ( on: list copyRemoveAll ).
                on: c = ( clone target: c ).
                copyOn: c = ( on: c ).
            }
            {'Category: writing\x7fComment: One element, all of a collection, n elements of an indexable one from its first or a given one on. Answers me.'
                put: x = ( target add: x. self ).
                putAll: c = ( target addAll: c. self ).
                write: c = ( putAll: c ).
                writeFrom: buffer Count: n = ( writeFrom: buffer Count: n Start: 0 ).
                writeFrom: buffer Count: n Start: i = ( putAll: (buffer copyFrom: i Size: n) ).
                << x = ( put: x ).
            }
            {'Category: accessing\x7fComment: What was written.'
                contents = ( target ).
                size = ( target size ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: streams\x7fComment: Prototype of write streams: use writeStream copyRemoveAll.'
        writeStream = (| {} = 'Comment: The prototype of write streams.'.
            parent* = traits writeStream.
            {'Category: parts\x7fComment: Where elements go.'
                target <- list copyRemoveAll.
            }
        |).
    }
|)
