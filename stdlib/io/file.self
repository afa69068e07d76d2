"Files and directories by path: `(file named: 'notes.txt') contents`. Whole files
are read and written at once. Failures are errors of kind `errors file`, whose
text begins with the name the system gives to them."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: What the system refused to do with a file.'
        file = (errors any copyName: 'file') _AddSlots: (|
            describe: e = (
                'Error: can\'t ', e details key, ' ', e details value printString, ': '
                    , (errors wordsForSystem: e messageText), '.' ).
        |).
    }
|)

traits _AddSlots: (|
    {'Category: input and output\x7fComment: Behaviour of files.'
        file = (| {} = 'Comment: I am a file or directory, there or not.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: By its path; one within me.'
                named: p = ( clone path: p ).
                / name = ( named: path, '/', name ).
            }
            {'Category: reading\x7fComment: The whole text; its lines; each line for the block.'
                contents = ( (path _FileReadIfFail: [ |:e| ^ failed: e At: 'read' ]) asString ).
                contentsIfFail: a = ( (path _FileReadIfFail: [ |:e| ^ a value: e ]) asString ).
                lines = ( contents lines ).
                linesDo: b = ( lines do: b. self ).
                readStream = ( globals readStream on: contents ).
            }
            {'Category: writing\x7fComment: Replaces the contents; adds to them.'
                contents: text = (
                    path _FileWrite: text IfFail: [ |:e| ^ failed: e At: 'write' ].
                    self ).
                append: text = (
                    path _FileAppend: text IfFail: [ |:e| ^ failed: e At: 'append to' ].
                    self ).
            }
            {'Category: testing\x7fComment: Is it there; is it a directory; how many bytes.'
                exists = ( path _FileExistsIfFail: false ).
                isDirectory = ( path _FileIsDirectoryIfFail: false ).
                size = ( path _FileSizeIfFail: [ |:e| failed: e At: 'measure' ] ).
            }
            {'Category: managing\x7fComment: Removes, renames, makes a directory; the files of a directory.'
                delete = ( path _FileDeleteIfFail: [ |:e| ^ failed: e At: 'delete' ]. self ).
                renameTo: p = (
                    path _FileRenameTo: p IfFail: [ |:e| ^ failed: e At: 'rename' ].
                    named: p ).
                createDirectory = (
                    path _DirectoryCreateIfFail: [ |:e| ^ failed: e At: 'make the directory' ].
                    self ).
                entryNames = (
                    (path _DirectoryEntriesIfFail: [ |:e| ^ failed: e At: 'list' ]) copySorted ).
                entries = ( entryNames mapBy: [ |:n| self / n ] ).
                filesDo: b = (
                    entries do: [ |:f|
                        f isDirectory ifTrue: [ f filesDo: b ] False: [ b value: f ] ].
                    self ).
            }
            {'Category: names\x7fComment: The same file by a path that holds wherever the program is started.'
                absolute = (
                    ('/' isPrefixOf: path) ifTrue: [ ^ self ].
                    named: (nil _getcwd_wrapgetcwdIfFail: [ |:e| ^ failed: e At: 'find' ]), '/'
                        , path ).
            }
            {'Category: names\x7fComment: The last part of the path; what follows the last dot of it.'
                name = ( path copyFrom: (path lastIndexOf: '/') + 1 ).
                extension = (| i |
                    i: name lastIndexOf: '.'.
                    i < 0 ifTrue: [ '' ] False: [ name copyFrom: i + 1 ] ).
                directory = (| i |
                    i: path lastIndexOf: '/'.
                    i < 0 ifTrue: [ named: '.' ] False: [
                        named: (path copyFrom: 0 UpTo: (i max: 1)) ] ).
            }
            {'Category: comparing\x7fComment: By path.'
                isFile = true.
                = f = ( ((reflect: f) understands: 'isFile') && [ path = f path ] ).
                hash = ( path hash ).
                < f = ( path < f path ).
            }
            {'Category: printing\x7fComment: The path.'
                printString = ( 'file named: ', path printString ).
            }
            {'Category: failing\x7fComment: The system refused.'
                failed: word At: operation = (
                    ((errors file
                        copyReceiver: self
                        Message: ('badTypeError' = word
                            ifTrue: 'paths and contents are strings or bytes'
                            False: word)) details: operation -> path) signal ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: input and output\x7fComment: Prototype of files: use file named:.'
        file = (| {} = 'Comment: The prototype of files.'.
            parent* = traits file.
            {'Category: parts\x7fComment: Where it is.'
                path <- ''.
            }
        |).
    }
|)
