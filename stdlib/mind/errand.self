"Errands: what the world can do by itself for the parts of its metric. Each belongs to a
persona and a part; `run` looks for something to do, thinks, and has its act decided.
Nothing found is nil.

  growing    messages that were given up, asked again with a bigger budget
  examples   found for methods without tests by running them; where the model
             expects something else of the name, that is shown instead
  merging    methods that are written or behave alike: one calls the other
  lifting    a method that two children of one parent have goes to the parent
  comments   sentences for methods without one, held against what they do
  gadget     a tool that runs all examples of an object, where there are many"

traits _AddSlots: (|
    {'Category: mind\x7fComment: Behaviour of errands.'
        errand = (| {} = 'Comment: I am something that the world does by itself.'.
            parent* = traits clonable.

            {'Category: choosing\x7fComment: Errands for the weakest part go first.'
                rankFor: weak = ( part = weak ifTrue: [ order ] False: [ order + 100 ] ).
            }
            {'Category: running\x7fComment: A thought of mine; what it comes to, nil if there was nothing to do.'
                run = ( nil ).
                thoughtOn: text = (
                    (thought
                        copyPrompt: 'cem ', cem now printString, ', ', part, ': ', text
                        Persona: personaName
                        Because: 'nobody is there, and ', part, ' can be better') protocol: name ).
            }
            {'Category: printing\x7fComment: My name.'
                printString = ( 'the errand ', name ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The prototype of errands.'
        errandPrototype = (| {} = 'Comment: The prototype of errands.'.
            parent* = traits errand.

            {'Category: parts\x7fComment: Name; whose it is; which part of the metric it is for; the lower the earlier.'
                name <- ''.
                personaName <- ''.
                part <- ''.
                order <- 0.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: mind\x7fComment: The errands of this world: files of the folder errands add theirs.'
        errand = (| {} = 'Comment: I know what the world can do by itself.'.
            parent* = traits oddball.
        |).
    }
|)
