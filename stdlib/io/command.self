"Programs of the system: started by name and arguments, never by a shell's line.

  (os run: 'sort' & '-n' Input: '3\n1\n2\n') output     '1\n2\n3\n'
  ((os command: 'make' & 'all') directory: 'src') timeLimit: 60000

The process that runs one waits; others go on. A program that takes longer than its
time is ended, with all that it started."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: A program could not be started, took too long, or failed; a server did not answer.'
        outside = (errors any copyName: 'outside') _AddSlots: (|
            describe: e = ( 'Error: ', e messageText, '.' ).
        |).
    }
|)

traits _AddSlots: (|
    {'Category: input and output\x7fComment: Behaviour of programs of the system.'
        command = (| {} = 'Comment: I am a program of the system with its arguments, run whenever I am told.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: By name and arguments; with what it reads, where it runs, how many milliseconds it may take.'
                copyWords: w = (
                    (reflect: w) isReflecteeString ifTrue: [
                        ^ clone words: (vector copySize: 1 FillingWith: w) ].
                    (((reflect: w) understands: 'asVector') && [
                            (reflect: w) isReflecteeInteger not && [ w asVector isEmpty not ] ]) ifFalse: [
                        ^ error: 'a program is told by its name and arguments, and not by '
                            , (reflect: w) safePrintString ].
                    clone words: w asVector ).
                input: text = ( clone setInput: text ).
                directory: path = ( clone setDirectory: path ).
                timeLimit: ms = ( clone setTimeLimit: ms ).
            }
            {'Category: running\x7fComment: What it came to; what it wrote, which is an error if it failed; only whether it went well.'
                run = (| parts |
                    parts: outsideJob
                        await: (_CommandStart: (words mapBy: [ |:w| w asString ])
                            Input: inputText
                            Directory: workingDirectory
                            TimeLimit: milliseconds
                            IfFail: [ |:e| ^ failed: e ])
                        IfFail: [ |:e| ^ failed: e ].
                    commandResult
                        copyStatus: (parts at: 0)
                        Output: (parts at: 1) asString
                        Errors: (parts at: 2) asString ).
                output = (| r |
                    r: run.
                    r isOk ifTrue: [ ^ r output ].
                    failed: 'it ended with status ', r status printString
                        , (r errors isEmpty ifTrue: '' False: [ ': ', r errors trim ]) ).
                isOk = ( run isOk ).
            }
            {'Category: failing\x7fComment: The program, and what happened.'
                failed: e = (
                    (errors outside
                        copyReceiver: self
                        Message: 'the program ', (words first asString) printString, ': '
                            , (outsideJob explain: e)) signal ).
            }
            {'Category: private\x7fComment: Parts of a copy.'
                setInput: text = ( inputText: text asString. self ).
                setDirectory: path = ( workingDirectory: path. self ).
                setTimeLimit: ms = ( milliseconds: ms. self ).
            }
            {'Category: printing\x7fComment: The words.'
                printString = ( 'os command: ', words printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: input and output\x7fComment: Prototypes: use os command:, os run:.'
        command = (| {} = 'Comment: The prototype of programs of the system.'.
            parent* = traits command.
            {'Category: parts\x7fComment: Name and arguments; what it reads; where it runs, nil for here; its time, a minute.'
                words <- vector.
                inputText <- ''.
                workingDirectory.
                milliseconds <- 60000.
            }
        |).
        commandResult = (| {} = 'Comment: I am what a program came to.'.
            parent* = traits clonable.
            {'Category: parts\x7fComment: The status (0 is well, 128 and more a signal), what it wrote, what it complained of.'
                status <- 0.
                output <- ''.
                errors <- ''.
            }
            {'Category: accessing\x7fComment: Whether all went well; what it wrote as lines.'
                isOk = ( status = 0 ).
                lines = ( output lines ).
                copyStatus: s Output: o Errors: e = ( ((clone status: s) output: o) errors: e ).
            }
            {'Category: printing\x7fComment: The status.'
                printString = ( 'a result(status ', status printString, ')' ).
            }
        |).
        outsideJob = (| {} = 'Comment: I wait for what happens outside while other processes go on.'.
            parent* = traits oddball.

            {'Category: waiting\x7fComment: The result of a job, by its number; if who waits is stopped, so is the job.'
                await: n IfFail: a = (| result |
                    [
                        scheduler awaitOutside: [
                            result: n _JobResultIfFail: [ |:e| ^ a value: e ].
                            result isNotNil ] ] ensure: [
                        result isNil ifTrue: [ n _JobCancelIfFail: nil ] ].
                    result ).
                explain: e = (| i |
                    e = 'ENOENT' ifTrue: [ ^ 'there is no such program' ].
                    e = 'EACCES' ifTrue: [ ^ 'it may not be run' ].
                    i: e indexOf: ': '.
                    i < 0 ifTrue: [ e ] False: [ e copyFrom: i + 2 ] ).
            }
        |).
    }
|)

os _AddSlots: (|
    {'Category: programs\x7fComment: Runs a program, by its name or by name and arguments: what it came to; with what it reads. A program, to be run later. The path of the one that runs this world. Example: (os run: \'echo\' & \'hello\') output >>> \'hello\\n\'.'
        run: words = ( (command: words) run ).
        run: words Input: text = ( ((command: words) input: text) run ).
        command: words = ( globals command copyWords: words ).
        program = ( _ProgramPathIfFail: [ error: 'no other program can be started from here' ] ).
    }
|)
