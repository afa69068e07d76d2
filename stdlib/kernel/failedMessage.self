"Errors in the user's words. What failed deep inside the standard world says little to
somebody who has not written it: then it is told as the message of the user's that could
not be done, if what it failed at came with that message.

  'abc' isPrefixOf: 3     `'abc' isPrefixOf: 3` can't be done: 3 does not understand
                          'copyBytesFrom:UpTo:'.

The machine knows which message led from the user's code into that of the world."

traits _AddSlots: (|
    {'Category: errors\x7fComment: Behaviour of messages of the user in whose course an error happened.'
        failedMessage = (| {} = 'Comment: I am a message of the user that could not be done.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: From what the machine knows: selector, receiver, arguments.'
                copyParts: v = (
                    ((clone selector: (v at: 0)) receiver: (v at: 1)) arguments: (v
                        copyFrom: 2
                        UpTo: v size) ).
            }
            {'Category: testing\x7fComment: Whether it came with me; whether I am this very message.'
                brought: x = ( arguments anySatisfy: [ |:a| a _Eq: x ] ).
                isOperator = (
                    (selector isEmpty || [ selector last = ':' ]) not && [ arguments size = 1 ] ).
                isThe: m = ( (selector = m selector) && [ receiver _Eq: m receiver ] ).
            }
            {'Category: reporting\x7fComment: What could not be done, and why.'
                tell: why = (
                    '`', source, '` can\'t be done: ', why, (why last = '.' ifTrue: '' False: '.') ).
                source = (| parts. who |
                    who: shortly: receiver.
                    arguments isEmpty ifTrue: [ ^ who, ' ', selector ].
                    selector last = ':' ifFalse: [
                        ^ who, ' ', selector, ' ', (short: arguments first) ].
                    parts: keywords.
                    who
                        , ((arguments mapBy: [ |:a. :i| ' ', (parts at: i), ' ', (short: a) ]) joinedWith: '') ).
                keywords = (
                    ((selector copyWithoutLast splitOn: ':') mapBy: [ |:k| k, ':' ]) asVector ).
                shortly: x = (| t |
                    t: short: x.
                    (t includesSubstring: ': ') && [ (t first = '\'') not ]
                        ifTrue: [ '(', t, ')' ]
                        False: [ t ] ).
                short: x = (| t |
                    t: (reflect: x) safePrintString.
                    t size > 60 ifTrue: [ (t copyFrom: 0 UpTo: 57), '...' ] False: [ t ] ).
            }
            {'Category: reporting\x7fComment: Which argument is of no use, by the word before it: why; nil if none is known to be wrong.'
                complaint = (| words |
                    words: keywords.
                    arguments do: [ |:a. :i|
                        (complaintAbout: a After: (words at: i IfAbsent: '')) ifNotNil: [ |:t|
                            ^ t ] ].
                    nil ).
                complaintAbout: a After: word = (| w |
                    w: word asLowercase.
                    (numbered includes: w) ifTrue: [
                        ^ (isWhole: a) ifTrue: nil False: [ (short: a), ' is no whole number' ] ].
                    (bytes includes: w) ifTrue: [ ^ complaintAboutByte: a ].
                    (wantsText: w) && [ (isTextual: a) not ] ifTrue: [
                        ^ (short: a), ' is no string' ].
                    nil ).
                wantsText: w = (
                    (joiners includes: w) || [
                            isText && [
                                    (texts includes: w) || [
                                            ('with:' = w) && [ 'replace' isPrefixOf: selector ] ] ] ] ).
                complaintAboutByte: a = (
                    (reflect: receiver) isReflecteeString ifTrue: [
                        ^ 'strings stay as they are; `asBytes` can be changed' ].
                    isText && [ ((isWhole: a) && [ a between: 0 And: 255 ]) not ]
                        ifTrue: [ (short: a), ' is no byte, a whole number from 0 to 255' ]
                        False: nil ).
                isText = ( isTextual: receiver ).
                isTextual: a = (
                    (reflect: a) isReflecteeString || [ (reflect: a) isReflecteeByteVector ] ).
                isWhole: a = ( (reflect: a) isReflecteeInteger ).
                numbered = (
                    ('at:' & 'byteat:' & 'copyfrom:' & 'upto:' & 'from:' & 'size:' & 'copysize:'
                        & 'take:' & 'drop:' & 'removeat:' & 'codepointat:' & 'graphemeat:'
                        & 'padonleft:' & 'padonright:' & 'dofrom:' & 'removefirst:'
                        & 'removelast:' & 'shiftleft:' & 'shiftright:') asVector ).
                joiners = (
                    ('joinedwith:' & 'firstin:' & 'allin:' & 'stringsin:' & 'replaceallin:'
                        & 'matches:' & 'isin:' & 'splitting:') asVector ).
                bytes = ( ('put:' & 'fillingwith:') asVector ).
                texts = (
                    ('indexof:' & 'includessubstring:' & 'before:' & 'after:' & 'with:'
                        & 'replace:' & 'replaceall:' & 'spliton:' & 'split:' & 'isprefixof:'
                        & 'issuffixof:') asVector ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: errors\x7fComment: Prototype of messages of the user that could not be done.'
        failedMessage = (| {} = 'Comment: The prototype of messages that could not be done.'.
            parent* = traits failedMessage.
            {'Category: parts\x7fComment: What was sent, to whom, with what.'
                selector <- ''.
                receiver.
                arguments.
            }
        |).
    }
|)

traits exception _AddSlots: (|
    {'Category: printing\x7fComment: The message of the user in whose course I was signalled, nil if it was the user who signalled me. Known while I am on my way.'
        failedMessage = (
            (process this _MessageThatMet: self IfFail: nil) ifNotNil: [ |:v|
                globals failedMessage copyParts: v ] ).
    }
|)

errors _AddSlots: (|
    {'Category: reporting\x7fComment: Why a primitive failed in the course of a message of the user, nil if there is none; what it was called is told as well, for those who look for it. A text as it is, or as the reason why a message of the user was not done.'
        reasonOf: e = (| m. why |
            m: e failedMessage.
            m ifNil: [ ^ nil ].
            why: (reasonFor: (e messageText before: ':') Message: m).
            why ifNil: [ ^ nil ].
            m tell: why, ' (', e messageText, ': the \'', e details, '\' primitive failed).' ).
        reasonFor: word Message: m = (
            'badTypeError' = word ifTrue: [
                ^ m complaint ifNil: 'that kind of object is of no use there' ].
            'badIndexError' = word ifTrue: [ ^ rangeOf: m receiver ].
            'badSignError' = word ifTrue: [ ^ 'a size is not less than zero' ].
            ('overflowError' = word) && [ m isText ] ifTrue: [
                ^ 'a byte is a whole number from 0 to 255' ].
            nil ).
        rangeOf: x = (| n |
            (reflect: x) isReflecteeString || [ (reflect: x) isReflecteeVectorish ] ifFalse: [
                ^ 'that is outside of it' ].
            n: x size.
            n = 0 ifTrue: 'it is empty' False: [ 'its elements are 0 to ', (n - 1) printString ] ).
        toldByMessage: e Text: text = (| m |
            m: e failedMessage.
            m isNil || [ m isOperator || [ (m brought: e receiver) not ] ] ifTrue: [ ^ text ].
            m tell: (m complaint ifNil: text) ).
    }
|)
