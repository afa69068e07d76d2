"From text to objects: the parser of the machine. `parser mirrorFrom:` takes a body
(an optional slot list and code) and gives a mirror on a method, or on an object
if there is no code."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Makes methods and objects from text.'
        parser = (| {} = 'Comment: I make methods and objects from text.'.
            parent* = traits oddball.

            {'Category: parsing\x7fComment: A mirror on what the text describes; what is wrong with it goes to the block, or is an error.'
                mirrorFrom: text = (
                    mirrorFrom: text IfFail: [ |:complaint| error: complaint printString ] ).
                mirrorFrom: text IfFail: a = (| complaint |
                    complaint: syntaxError copy.
                    text _ParseObjectFileName: 'text' ErrorObj: complaint IfFail: [
                        ^ a value: complaint ] ).
                objectFrom: text = ( (mirrorFrom: text) reflectee ).
                isLegal: text = ( mirrorFrom: text IfFail: [ ^ false ]. true ).
            }
        |).

        syntaxError = (| {} = 'Comment: I say what is wrong with a text. The parser fills me in.'.
            parent* = traits clonable.

            {'Category: filled in by the parser\x7fComment: What, where, and what would have been legal.'
                message <- ''.
                errorLine <- 0.
                errorColumn <- 0.
                expecting <- ''.
            }
            {'Category: printing\x7fComment: For users.'
                printString = (
                    'syntax error in line ', errorLine printString, ', column '
                        , errorColumn printString, ': ', message
                        , (expecting isEmpty ifTrue: '' False: [ ': ', expecting ]) ).
            }
        |).
    }
|)

traits string _AddSlots: (|
    {'Category: evaluating\x7fComment: Evaluates me as code, with the lobby as self.'
        evaluate = ( (reflect: lobby) evaluate: self ).
        evaluateIn: x = ( (reflect: x) evaluate: self ).
    }
|)
