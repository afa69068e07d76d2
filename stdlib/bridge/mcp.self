"The Model Context Protocol: language-model agents speak to the world by JSON-RPC. The
doors turn JSON into the same plain data as other messages; here it is told which
messages of the contract are tools, and what else there is to read. So whatever an
agent does goes through the same contract, roles and log as all else."

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Answers agents.'
        mcp = (| {} = 'Comment: I answer agents by the Model Context Protocol.'.
            parent* = traits oddball.

            {'Category: protocol\x7fComment: Versions that are spoken, the newest last; what is said to whoever begins.'
                versions = ('2024-11-05' & '2025-03-26' & '2025-06-18' & '2025-11-25') asVector.
                instructions = 'A live world of objects, kept in an image. Paths such as \'traits list\' name objects from the lobby. `try` evaluates code in a throw-away fork: use it before `define` or `create_method`, which change the world. Every change is committed under your name; `undo` takes the latest one back. The prompt `language` tells how this language is written; read it first.'.
                initialize: params For: client = (| asked |
                    asked: params at: 'protocolVersion' IfAbsent: ''.
                    params
                        at: 'clientInfo'
                        IfPresent: [ |:i| client name: (i at: 'name' IfAbsent: [ client name ]) ]
                        IfAbsent: nil.
                    (((map
                        at: 'protocolVersion'
                        Put: ((versions includes: asked) ifTrue: [ asked ] False: [
                            versions last ]))
                        at: 'capabilities'
                        Put: (((map at: 'tools' Put: map) at: 'resources' Put: map)
                            at: 'prompts'
                            Put: map))
                        at: 'serverInfo'
                        Put: (((map at: 'name' Put: 'batos') at: 'title' Put: 'BAT OS')
                            at: 'version'
                            Put: systemVersion)) at: 'instructions' Put: instructions ).
                systemVersion = (
                    ((_VMversionIfFail: [ (0 & 0 & 0) asVector ]) mapBy: [ |:n| n printString ]) joinedWith: '.' ).
                map = ( dictionary copyRemoveAll ).
            }
            {'Category: answering\x7fComment: Does what a request says; the answer gets the result, or commands to perform. Notifications are not answered.'
                perform: m For: answer = (| method. params |
                    method: m at: 'method' IfAbsent: [ answer isSilent: true. ^ self ].
                    method isString ifFalse: [
                        ^ bridge refuse: 'wrong_type' Text: 'a method is named by a string' ].
                    params: (m at: 'params' IfAbsent: nil) ifNil: [ map ].
                    (m includesKey: 'id') ifFalse: [ answer isSilent: true. ^ self ].
                    method = 'tools/call' ifTrue: [ ^ call: params For: answer ].
                    answer result: (resultOf: method With: params For: answer client) ).
                resultOf: method With: params For: client = (
                    method = 'initialize' ifTrue: [ ^ initialize: params For: client ].
                    method = 'ping' ifTrue: [ ^ map ].
                    method = 'tools/list' ifTrue: [ ^ map at: 'tools' Put: (tools: client) ].
                    method = 'resources/list' ifTrue: [ ^ map at: 'resources' Put: resources ].
                    method = 'resources/templates/list' ifTrue: [
                        ^ map at: 'resourceTemplates' Put: templates ].
                    method = 'resources/read' ifTrue: [
                        ^ map at: 'contents' Put: (contentsOf: (params at: 'uri' IfAbsent: '')) ].
                    method = 'prompts/list' ifTrue: [ ^ map at: 'prompts' Put: agentGuide list ].
                    method = 'prompts/get' ifTrue: [
                        ^ agentGuide
                            at: (params at: 'name' IfAbsent: '')
                            With: ((params at: 'arguments' IfAbsent: nil) ifNil: [ map ]) ].
                    bridge refuse: 'unknown_method' Text: 'there is no method ', method ).
                call: params For: answer = (| m. name |
                    name: params at: 'name' IfAbsent: ''.
                    name isString ifFalse: [
                        ^ bridge refuse: 'wrong_type' Text: 'a tool is named by a string' ].
                    (toolNames includes: name) ifFalse: [
                        ^ bridge refuse: 'unknown_command' Text: 'there is no tool ', name ].
                    answer isTool: true.
                    m: map.
                    ((params at: 'arguments' IfAbsent: nil) ifNil: [ map ]) do: [ |:v. :k|
                        m at: k Put: v ].
                    m at: 'command' Put: name.
                    params
                        at: '_meta'
                        IfPresent: [ |:meta|
                            answer token: (meta at: 'progressToken' IfAbsent: nil) ]
                        IfAbsent: nil.
                    answer performCommand: m ).
            }
            {'Category: tools\x7fComment: Messages of the contract that are tools: all whose role the client has, but those of the screen and of connections. Those that only look; those that take something away.'
                toolNames = (
                    bridge contract names filterBy: [ |:n|
                        ('screen' isPrefixOf: n) not && [
                                (('hello' & 'subscribe' & 'unsubscribe' & 'get_full_state'
                                    & 'cancel') asVector includes: n) not ] ] ).
                tools: client = (
                    ((toolNames mapBy: [ |:n| bridge contract at: n IfAbsent: nil ]) filterBy: [ |
                        :t
                        |
                        bridge role: client role Includes: t role ]) asList mapBy: [ |:t|
                        tool: t ] ).
                tool: t = (| s. looks |
                    s: t argumentsSchema.
                    looks: (t role = 'look') || [ ('try' & 'test') asVector includes: t name ].
                    ((((map at: 'name' Put: t name) at: 'description' Put: t comment)
                        at: 'inputSchema'
                        Put: s)
                        at: 'annotations'
                        Put: ((((map at: 'readOnlyHint' Put: looks)
                            at: 'destructiveHint'
                            Put: (destructive includes: t name)) at: 'idempotentHint' Put: looks)
                            at: 'openWorldHint'
                            Put: ((t name = 'evaluate') || [ t name = 'send' ]))) ).
                destructive = ('evaluate' & 'send' & 'remove_method' & 'undo' & 'branch'
                    & 'define') asVector.
            }
            {'Category: resources\x7fComment: What can be read: the log, the lobby, the chapters of the book; any object by its path.'
                resources = (| all |
                    all: list copyRemoveAll.
                    all add: (resource: 'world:///log'
                        Name: 'log'
                        Text: 'The latest commits, the newest first.').
                    all add: (resource: 'world:///objects/lobby'
                        Name: 'lobby'
                        Text: 'The root of all objects.').
                    chapters do: [ |:c|
                        all add: (resource: 'world:///book/', c
                            Name: 'book: ', c
                            Text: 'A chapter of the book.') ].
                    all ).
                resource: uri Name: n Text: text = (
                    (((map at: 'uri' Put: uri) at: 'name' Put: n) at: 'description' Put: text)
                        at: 'mimeType'
                        Put: 'text/plain' ).
                templates = (
                    list copyRemoveAll add: ((((map
                        at: 'uriTemplate'
                        Put: 'world:///objects/{+path}') at: 'name' Put: 'object')
                        at: 'description'
                        Put: 'The source of an object by its path from the lobby, such as traits/list.')
                        at: 'mimeType'
                        Put: 'text/plain') ).
                chapters = ( _BridgeBookIfFail: vector ).
                contentsOf: uri = (
                    list copyRemoveAll add: (((map at: 'uri' Put: uri)
                        at: 'mimeType'
                        Put: 'text/plain') at: 'text' Put: (textOf: uri)) ).
                textOf: uri = (| path |
                    uri = 'world:///log' ifTrue: [ ^ image showLog ].
                    ('world:///book/' isPrefixOf: uri) ifTrue: [
                        path: uri copyFrom: 'world:///book/' size.
                        ^ path _BridgeBookTextIfFail: [
                            bridge refuse: 'unknown_object' Text: 'the book has no chapter ', path ] ].
                    ('world:///objects/' isPrefixOf: uri) ifTrue: [
                        path: ((uri copyFrom: 'world:///objects/' size) replaceAll: '/' With: ' ')
                            replaceAll: '%20'
                            With: ' '.
                        ^ describe: (bridge objectAt: path) ].
                    bridge refuse: 'unknown_object' Text: 'there is no resource ', uri ).
                describe: x = (
                    [ fileOut sourceOf: x ] on: errors any Do: [ |:e|
                        e return: (reflect: x) safePrintString ] ).
            }
            {'Category: wrapping\x7fComment: An answer as JSON-RPC: what a tool gave is told as text and as data; what went wrong in a tool is for the agent to read.'
                wrap: answer = (| d. e |
                    d: (map at: 'jsonrpc' Put: '2.0') at: 'id' Put: answer id.
                    e: answer parts at: 'error' IfAbsent: nil.
                    answer isTool ifTrue: [
                        ^ d
                            at: 'result'
                            Put: (e isNil ifTrue: [ toolResult: answer parts ] False: [
                                toolError: e ]) ].
                    e isNil ifTrue: [ ^ d at: 'result' Put: answer result ].
                    d
                        at: 'error'
                        Put: ((map at: 'code' Put: (codeOf: (e at: 'code')))
                            at: 'message'
                            Put: (e at: 'message')) ).
                codeOf: code = (
                    code = 'unknown_method' ifTrue: [ ^ -32601 ].
                    code = 'unknown_object' ifTrue: [ ^ -32002 ].
                    code = 'error' ifTrue: -32603 False: -32602 ).
                toolResult: parts = (| legible |
                    legible: messagePack decode: (messagePack encodeLegibly: parts).
                    (map at: 'content' Put: (text: (json print: legible Indent: 2)))
                        at: 'structuredContent'
                        Put: legible ).
                toolError: e = (
                    (map
                        at: 'content'
                        Put: (text: (((e at: 'message'), ' [', (e at: 'code'), ']\n'
                            , (e at: 'trace' IfAbsent: '')) trimRight, '\nhelp: '
                            , (e at: 'help' IfAbsent: '')))) at: 'isError' Put: true ).
                text: t = (
                    list copyRemoveAll add: ((map at: 'type' Put: 'text') at: 'text' Put: t) ).
            }
        |).
    }
|)

traits bridgeMessage _AddSlots: (|
    {'Category: exporting\x7fComment: The JSON Schema of what I take as a tool.'
        argumentsSchema = (| d. properties. required |
            properties: dictionary copyRemoveAll.
            required: list copyRemoveAll.
            fields do: [ |:f|
                properties at: f name Put: f schema.
                f isOptional ifFalse: [ required add: f name ] ].
            d: dictionary copyRemoveAll.
            d at: 'type' Put: 'object'.
            d at: 'properties' Put: properties.
            d at: 'required' Put: required.
            d at: 'additionalProperties' Put: false.
            d ).
    }
|)

traits bridgeAnswer _AddSlots: (|
    {'Category: agents\x7fComment: Done by the Model Context Protocol.'
        performRequest: m = ( isRPC: true. mcp perform: m For: self ).
    }
|)
