"The dispatcher: `bat say: 'I am stuck with the parser'` chooses the persona whose
protocols fit what was said, by rules first and by the model second, says whom and why,
and has it think. `robin hear: '…'` overrules it. The rules are the words that each
persona listens for; they can be read and changed."

globals _AddSlots: (|
    {'Category: mind\x7fComment: Takes what is said to the world to the persona that it is for.'
        bat = (| {} = 'Comment: I listen, and know who is to answer.'.
            parent* = traits oddball.

            {'Category: speaking\x7fComment: Has the right persona think about it; the thought, kept with what it did in one commit.'
                say: text = (| choice |
                    text trim isEmpty ifTrue: [
                        ^ error: 'say something: bat say: \'I am stuck with the parser\'' ].
                    choice: choiceFor: text.
                    choice key hear: text Because: choice value ).
                tell: text = ( (say: text) describe ).
            }
            {'Category: choosing\x7fComment: Persona and reason, as a pair: the one whose words are heard most, or the model\'s choice, or the one who only looks.'
                personas = ( (robin & brick & babs & alfred) asVector ).
                choiceFor: text = (| best. most <- 0. tied <- false. all |
                    personas do: [ |:p. n|
                        n: (p heardIn: text) size.
                        n = most ifTrue: [ tied: true ].
                        n > most ifTrue: [ most: n. best: p. tied: false ] ].
                    (best isNil || [ tied ]) ifFalse: [
                        ^ best -> ('it heard ', ((best heardIn: text) joinedWith: ', ')) ].
                    all: personas filterBy: [ |:p| (p heardIn: text) isEmpty not ].
                    modelChoiceFor: text
                        Else: (all isEmpty ifTrue: 'no rule fits, and she only looks' False: [
                            ((all mapBy: [ |:p| p personaName ]) joinedWith: ' and ')
                                , ' heard as much, and she only looks' ]) ).
                modelChoiceFor: text Else: why = (| answer |
                    answer: oracle
                        choose: (personas mapBy: [ |:p| p personaName ])
                        For: 'Four helpers: ROBIN comforts whoever is stuck and finds one small step. BRICK breaks assumptions and tries things. BABS finds where things are. ALFRED keeps things tidy and checks them. Who should answer this?\n'
                            , text.
                    answer ifNotNil: [ |:n|
                        personas do: [ |:p|
                            p personaName = n ifTrue: [ ^ p -> 'the model chose' ] ] ].
                    babs -> why ).
            }
        |).

        oracle = (| {} = 'Comment: I put small questions to the language model, and take no for an answer.'.
            parent* = traits oddball.

            {'Category: asking\x7fComment: One of several texts, or one line; nil if there is no model or it says nothing that will do. What it cost is counted.'
                choose: texts For: question = (
                    lineFor: question
                        Grammar: 'root ::= '
                            , ((texts mapBy: [ |:t| t printStringForGrammar ]) joinedWith: ' | ') ).
                lineFor: question = ( lineFor: question Grammar: plainLine ).
                lineFor: question Grammar: g = (| rows |
                    mind isModelThere && [ mind isTooBusy not ] ifFalse: [ ^ nil ].
                    mind askedAt add: time milliseconds.
                    mind useBackendIfFail: [ ^ nil ].
                    rows: nil _ModelGenerate: (partsFor: question Grammar: g) IfFail: [ ^ nil ].
                    rows isEmpty ifTrue: [ ^ nil ].
                    (((rows at: 0) at: 0) trim) asNilIfEmpty ).
                partsFor: question Grammar: g = (| parts |
                    parts: (instructions & question & g & 'root' & 1 & 60 & 0.3 & mind seed
                        & vector & mind modelMilliseconds) asVector.
                    mind isAdapted ifTrue: [ ^ parts ].
                    (parts copyAddLast: '') copyAddLast: (vector copyAddLast: '\n') ).
                plainLine = 'root ::= [A-Za-z] [A-Za-z0-9 ,:\'`+*/=<>-]{8,160} [.]'.
                instructions = 'You answer in one short, plain sentence.\n'.
            }
            {'Category: counting\x7fComment: Tokens that models wrote since the program began, whoever asked.'
                tokens = ( _ModelTokensIfFail: 0 ).
            }
        |).
    }
|)

traits string _AddSlots: (|
    {'Category: mind\x7fComment: Nil if there is nothing in me; how a grammar says me.'
        asNilIfEmpty = ( isEmpty ifTrue: [ nil ] False: [ self ] ).
        printStringForGrammar = ( '"', self, '"' ).
    }
|)

mixins _AddSlots: (|
    {'Category: mind\x7fComment: Of personas: how one is chosen, hears and thinks.'
        persona = (| {} = 'Comment: I am what all personas have in common.'.
            {'Category: listening\x7fComment: The words of a text that are mine.'
                heardIn: text = (| all |
                    all: ' ', ((text asLowercase) mapToWords), ' '.
                    listensFor filterBy: [ |:w| all includesSubstring: ' ', w ] ).
            }
            {'Category: thinking\x7fComment: Takes what was said by the protocol that fits, and keeps the thought.'
                hear: text = ( hear: text Because: 'it was asked by name' ).
                hear: text Because: why = (| t. tokens |
                    t: thought copyPrompt: text Persona: personaName Because: why.
                    tokens: oracle tokens.
                    think: t.
                    t tokens: oracle tokens - tokens.
                    thoughts keep: t ).
            }
        |).
    }
|)

traits string _AddSlots: (|
    {'Category: mind\x7fComment: My words, parted by single blanks.'
        mapToWords = (| out |
            out: stringWriter copyRemoveAll.
            do: [ |:c|
                out write: (c isLetter || [ c isDigit || [ c = '\'' ] ] ifTrue: [ c ] False: ' ') ].
            ((out contents splitOn: ' ') filterBy: [ |:w| w isEmpty not ]) joinedWith: ' ' ).
    }
|)
