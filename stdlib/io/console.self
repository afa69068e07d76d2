"Standard input, output and error of the program."

globals _AddSlots: (|
    {'Category: input and output\x7fComment: The terminal, or what stands for it.'
        console = (| {} = 'Comment: I am the standard input and output of the program.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: Text to standard output, without and with a line end.'
                write: s = ( s asString stringPrint. self ).
                writeLine: s = ( (s asString, '\n') stringPrint. self ).
                writeLine = ( '\n' stringPrint. self ).
                << s = ( write: s ).
            }
            {'Category: writing\x7fComment: A line to standard error.'
                complain: s = ( stderr writeLine: s. self ).
            }
            {'Category: listening\x7fComment: Who hears what is printed in this session: a block that gets the text, and output or error. What goes wrong with that is no matter of whoever prints.'
                listener: b = ( session at: 'console listener' Put: b. self ).
                printed: text To: stream = (| b |
                    b: session at: 'console listener' IfAbsent: [ ^ self ].
                    [ b value: text With: stream ] on: errors any Do: [ |:e| e return: nil ].
                    self ).
            }
            {'Category: reading\x7fComment: A line from standard input without its end, nil if there is none; all lines; after a question, where Ctrl-C may be an answer.'
                readLine = ( scheduler awaitLine. _ReadLineIfFail: nil ).
                linesDo: b = (| l | [ l: readLine. l isNotNil ] whileTrue: [ b value: l ]. self ).
                ask: question = ( write: question. readLine ).
                ask: question IfInterrupted: b = (
                    write: question.
                    scheduler awaitLineOrInterrupt ifFalse: [ ^ b value ].
                    _ReadLineIfFail: nil ).
            }
        |).

        stderr = (| {} = 'Comment: I am the standard error output of the program.'.
            parent* = traits oddball.

            {'Category: writing\x7fComment: Text, without and with a line end.'
                write: s = (| text |
                    text: s asString.
                    text _StderrPrintIfFail: nil.
                    console printed: text To: 'error'.
                    self ).
                writeLine: s = ( write: s asString, '\n' ).
                writeLine = ( write: '\n' ).
                << s = ( write: s ).
            }
        |).

        os = (| {} = 'Comment: I am the operating system around the world.'.
            parent* = traits oddball.

            {'Category: environment\x7fComment: Arguments of the program, variables of the environment (nil if not set), name of the system, number of the process.'
                arguments = ( (_CommandLineIfFail: [ ^ vector ]) copyFrom: 1 ).
                environmentAt: n = ( n _getenvenvironmentAtIfFail: nil ).
                environmentAt: n IfAbsent: a = ( (environmentAt: n) ifNil: a ).
                environmentAt: n IfFail: a = ( environmentAt: n IfAbsent: a ).
                name = ( _OperatingSystemIfFail: 'unknown' ).
                processNumber = ( _getpidIfFail: 0 ).
            }
            {'Category: leaving\x7fComment: Ends the program, with a status.'
                quit = ( quit: 0 ).
                quit: status = ( _Quit: status IfFail: [ _QuitIfFail: nil ] ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: input and output\x7fComment: Where programs write to and read from.'
        stdout = ( console ).
        stdin = ( console ).
    }
|)

traits string _AddSlots: (|
    {'Category: input and output\x7fComment: Reads the file of this name as a script, in the lobby.'
        runScript = ( _RunScriptIfFail: [ |:e| error: e, ': the script could not be read' ] ).
    }
|)
