"Questions to web servers:

  (web get: 'https://example.org/') body
  (web post: 'https://example.org/notes' Json: a dictionary) status
  ((web at: url) header: 'accept' Is: 'text/csv') get

The process that asks waits; others go on. An answer of any status is an answer:
only where none came is an error."

traits _AddSlots: (|
    {'Category: input and output\x7fComment: Behaviour of questions to web servers.'
        webRequest = (| {} = 'Comment: I am a question to a web server, asked whenever I am told.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: With one more header, another time limit in milliseconds, another number of bytes that an answer may have.'
                copyUrl: u = ( (clone url: u asString) headers: vector ).
                header: n Is: v = (
                    clone headers: (headers copyWith: n asString)
                        , ((vector copySize: 1 FillingWith: v asString)) ).
                timeLimit: ms = ( clone milliseconds: ms ).
                sizeLimit: n = ( clone mostBytes: n ).
            }
            {'Category: asking\x7fComment: By the usual methods. The body is a string or bytes, or plain data as JSON.'
                get = ( ask: 'GET' Body: '' ).
                head = ( ask: 'HEAD' Body: '' ).
                delete = ( ask: 'DELETE' Body: '' ).
                post: body = ( ask: 'POST' Body: body ).
                put: body = ( ask: 'PUT' Body: body ).
                patch: body = ( ask: 'PATCH' Body: body ).
                postJson: x = (
                    (header: 'content-type' Is: 'application/json') post: (json print: x) ).
                ask: method Body: body = (| parts |
                    parts: outsideJob
                        await: (url
                            _WebStart: method
                            Headers: headers
                            Body: body
                            TimeLimit: milliseconds
                            MostBytes: mostBytes
                            IfFail: [ |:e| ^ failed: e ])
                        IfFail: [ |:e| ^ failed: e ].
                    webAnswer
                        copyStatus: (parts at: 0)
                        Headers: (parts at: 1)
                        Bytes: (parts at: 2) ).
            }
            {'Category: failing\x7fComment: The address, and what happened.'
                failed: e = (
                    (errors outside copyReceiver: self Message: url, ': ', (outsideJob explain: e))
                        signal ).
            }
            {'Category: printing\x7fComment: The address.'
                printString = ( 'web at: ', url printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: input and output\x7fComment: Asks web servers.'
        web = (| {} = 'Comment: I ask web servers.'.
            parent* = traits oddball.

            {'Category: asking\x7fComment: A question to an address, for which more can be said before it is asked; the usual ones at once.'
                at: url = ( webRequest copyUrl: url ).
                get: url = ( (at: url) get ).
                post: url Body: body = ( (at: url) post: body ).
                post: url Json: x = ( (at: url) postJson: x ).
            }
        |).
        webRequest = (| {} = 'Comment: The prototype of questions to web servers.'.
            parent* = traits webRequest.
            {'Category: parts\x7fComment: The address, names and values of headers in turn, the time for all of it, the size of the answer.'
                url <- ''.
                headers <- vector.
                milliseconds <- 30000.
                mostBytes <- 268435456.
            }
        |).
        webAnswer = (| {} = 'Comment: I am what a web server answered.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: The status, names and values of headers in turn, the body.'
                status <- 0.
                headers <- vector.
                bytes <- byteVector.
            }
            {'Category: accessing\x7fComment: Whether it went well; the body as text, as JSON; a header by its name, nil if there is none.'
                isOk = ( status isBetween: 200 And: 299 ).
                body = ( bytes asString ).
                json = ( globals json parse: body ).
                header: n = (| i <- 0. wanted |
                    wanted: n asLowercase.
                    [ i < headers size ] whileTrue: [
                        wanted = (headers at: i) ifTrue: [ ^ headers at: i + 1 ].
                        i: i + 2 ].
                    nil ).
                copyStatus: s Headers: h Bytes: b = ( ((clone status: s) headers: h) bytes: b ).
            }
            {'Category: printing\x7fComment: The status and how much came.'
                printString = (
                    'an answer(', status printString, ', ', bytes size printString, ' bytes)' ).
            }
        |).
    }
|)
