"What may be said to this world from outside. Each message is an object with a name,
fields, the least role of who may say it, and a block that does it. Whoever adds one
with `bridge contract add:` extends the language that programs speak to this world."

errors _AddSlots: (|
    {'Category: kinds\x7fComment: A message from outside that is not as the contract says. Its details are a code for programs.'
        contract = errors any copyName: 'contract'.
    }
|)

traits _AddSlots: (|
    {'Category: bridge\x7fComment: Behaviour of fields of messages.'
        bridgeField = (| {} = 'Comment: I am one field of a message: its name, kind, and whether it may be left out.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: One that must be there, one that may be left out.'
                copyName: n Kind: k Comment: c = (
                    (((copy name: n) kind: k) comment: c) isOptional: false ).
                copyOptional: n Kind: k Comment: c = (
                    (copyName: n Kind: k Comment: c) isOptional: true ).
            }
            {'Category: testing\x7fComment: Whether a value is of my kind. The kinds by name, each with a block that tells: string, integer, number, boolean, list, map or any.'
                fits: v = ( (kinds at: kind IfAbsent: false) value: v ).
                kinds = ((((((dictionary copyRemoveAll at: 'any' Put: true) at: 'string' Put: [ |
                    :v
                    |
                    v isString ]) at: 'integer' Put: [ |:v| v isInteger ]) at: 'number' Put: [ |
                    :v
                    |
                    v isNumber ]) at: 'boolean' Put: [ |:v| (v == true) || [ v == false ] ])
                    at: 'list'
                    Put: [ |:v| (reflect: v) understands: 'addLast:' ]) at: 'map' Put: [ |:v|
                    (reflect: v) understands: 'isDictionary' ].
            }
            {'Category: exporting\x7fComment: As plain data: me, and my JSON Schema.'
                asPlainData = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'name' Put: name.
                    d at: 'kind' Put: kind.
                    d at: 'optional' Put: isOptional.
                    d at: 'comment' Put: comment.
                    d ).
                schema = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'description' Put: comment.
                    kind = 'any' ifFalse: [ d at: 'type' Put: schemaType ].
                    d ).
                schemaType = (
                    kind = 'list' ifTrue: [ ^ 'array' ].
                    kind = 'map' ifTrue: [ ^ 'object' ].
                    kind ).
            }
        |).

        bridgeMessage = (| {} = 'Comment: I am one kind of message: what it must have, who may say it, and what it does.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Without fields; the block gets the message (a dictionary) and the client, and gives what the answer is to have.'
                copyName: n Role: r Comment: c Do: b = (
                    ((((copy name: n) role: r) comment: c) action: b) fields: list copyRemoveAll ).
            }
            {'Category: building\x7fComment: One more field; that what I did is committed before it is acknowledged; that nobody waits for an answer unless the message has an id, or fails.'
                needs: n Kind: k Comment: c = (
                    fields add: (bridgeField copyName: n Kind: k Comment: c).
                    self ).
                takes: n Kind: k Comment: c = (
                    fields add: (bridgeField copyOptional: n Kind: k Comment: c).
                    self ).
                commits = ( isCommitted: true. self ).
                quietly = ( isQuiet: true. self ).
            }
            {'Category: checking\x7fComment: An error of kind contract if a field is missing, of another kind, or not known, or if the client may not say this.'
                check: m For: client = (| present <- 0 |
                    (client may: role) ifFalse: [
                        ^ refuse: 'not_allowed'
                            Text: name, ' needs the role ', role, '; this door gives '
                                , client role ].
                    fields do: [ |:f|
                        (m includesKey: f name)
                            ifTrue: [ present: present + 1. check: (m at: f name) Field: f ]
                            False: [
                                f isOptional ifFalse: [
                                    ^ refuse: 'missing_field'
                                        Text: name, ' needs the field ', f name ] ] ].
                    common do: [ |:k| (m includesKey: k) ifTrue: [ present: present + 1 ] ].
                    present < m size ifTrue: [ refuseUnknownOf: m ].
                    self ).
                refuseUnknownOf: m = (
                    m keysDo: [ |:k|
                        (knows: k) ifFalse: [
                            ^ refuse: 'unknown_field' Text: name, ' has no field ', k ] ] ).
                check: v Field: f = (
                    (f fits: v) || [ f isOptional && [ v isNil ] ] ifFalse: [
                        refuse: 'wrong_type'
                            Text: 'the field ', f name, ' of ', name, ' is to be of kind ', f kind ] ).
                knows: k = ( (common includes: k) || [ fields anySatisfy: [ |:f| f name = k ] ] ).
                common = ('command' & 'id' & 'version') asVector.
                refuse: code Text: text = (
                    ((errors contract copyReceiver: self Message: text) details: code) signal ).
            }
            {'Category: exporting\x7fComment: As plain data: me, and my JSON Schema.'
                asPlainData = (| d |
                    d: dictionary copyRemoveAll.
                    d at: 'name' Put: name.
                    d at: 'role' Put: role.
                    d at: 'comment' Put: comment.
                    d at: 'commits' Put: isCommitted.
                    d at: 'fields' Put: ((fields mapBy: [ |:f| f asPlainData ]) asList).
                    d ).
                schema = (| d. properties. required |
                    properties: dictionary copyRemoveAll.
                    required: list copyRemoveAll.
                    required add: 'command'.
                    properties at: 'command' Put: (dictionary copyRemoveAll at: 'const' Put: name).
                    properties
                        at: 'id'
                        Put: (dictionary copyRemoveAll
                            at: 'description'
                            Put: 'given back with the answer').
                    properties
                        at: 'version'
                        Put: (dictionary copyRemoveAll at: 'type' Put: 'integer').
                    fields do: [ |:f|
                        properties at: f name Put: f schema.
                        f isOptional ifFalse: [ required add: f name ] ].
                    d: dictionary copyRemoveAll.
                    d at: 'title' Put: name.
                    d at: 'description' Put: comment.
                    d at: 'type' Put: 'object'.
                    d at: 'properties' Put: properties.
                    d at: 'required' Put: required.
                    d at: 'additionalProperties' Put: false.
                    d ).
            }
            {'Category: printing\x7fComment: For users.'
                printString = ( 'the message ', name ).
            }
        |).

        bridgeContract = (| {} = 'Comment: I am a set of messages.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Without messages.'
                copy = ( clone messages: dictionary copyRemoveAll ).
            }
            {'Category: building\x7fComment: One more message; one less.'
                add: m = ( messages at: m name Put: m. self ).
                remove: name = ( messages removeKey: name IfAbsent: nil. self ).
            }
            {'Category: looking\x7fComment: The message of a name; all of them; all names in order.'
                at: name IfAbsent: a = ( messages at: name IfAbsent: a ).
                do: b = ( names do: [ |:n| b value: (messages at: n) ]. self ).
                names = ( messages keys asVector copySort ).
            }
            {'Category: exporting\x7fComment: All as plain data; a JSON Schema that each message fits.'
                asPlainData = (| d. all |
                    all: list copyRemoveAll.
                    do: [ |:m| all add: m asPlainData ].
                    d: dictionary copyRemoveAll.
                    d at: 'version' Put: version.
                    d at: 'messages' Put: all.
                    d ).
                schema = (| d. all |
                    all: list copyRemoveAll.
                    do: [ |:m| all add: m schema ].
                    d: dictionary copyRemoveAll.
                    d at: '$schema' Put: 'https://json-schema.org/draft/2020-12/schema'.
                    d at: 'title' Put: 'Messages to this world'.
                    d at: 'oneOf' Put: all.
                    d ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Prototypes of fields, messages and contracts.'
        bridgeField = (| {} = 'Comment: The prototype of fields.'.
            parent* = traits bridgeField.

            {'Category: parts\x7fComment: What I am called, what fits me, what I am for.'
                name <- ''.
                kind <- 'any'.
                comment <- ''.
                isOptional <- false.
            }
        |).
        bridgeMessage = (| {} = 'Comment: The prototype of messages.'.
            parent* = traits bridgeMessage.

            {'Category: parts\x7fComment: What I am called, who may say me, what I am for, what I need, what I do, whether that is committed, whether it is answered only to those who ask.'
                name <- ''.
                role <- 'change'.
                comment <- ''.
                fields.
                action.
                isCommitted <- false.
                isQuiet <- false.
            }
        |).
        bridgeContract = (| {} = 'Comment: The prototype of contracts.'.
            parent* = traits bridgeContract.

            {'Category: parts\x7fComment: The number that clients ask for; messages by name.'
                version <- 1.
                messages.
            }
        |).
    }
|)
