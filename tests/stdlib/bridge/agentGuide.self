"Tests of stdlib/bridge/agentGuide.self and mcp.self."

testing suite: 'agentGuide' Tests: (|
    parent* = traits testSuite.

    testExamples = ( agentGuide examples do: [ |:e| expect: e key eval ToPrint: e value ] ).

    testPromptsHaveTexts = (
        agentGuide list do: [ |:p|
            assert: ((agentGuide at: (p at: 'name') With: mcp map) includesKey: 'messages') ] ).

    testRequests = (| a |
        a: answerTo: '{"jsonrpc":"2.0","id":7,"method":"ping"}'.
        expect: (a at: 'id') ToBe: 7.
        expect: (a at: 'result') size ToBe: 0.
        a: answerTo: '{"jsonrpc":"2.0","id":8,"method":"sing"}'.
        expect: ((a at: 'error') at: 'code') ToBe: -32601 ).

    testToolsAreThoseOfTheRole = (
        assert: ((mcp tools: (bridgeClient copyNumber: 1 Role: 'change')) anySatisfy: [ |:t|
            (t at: 'name') = 'evaluate' ]).
        deny: ((mcp tools: (bridgeClient copyNumber: 1 Role: 'look')) anySatisfy: [ |:t|
            (t at: 'name') = 'evaluate' ]) ).

    testToolErrorsAreForTheAgent = (| a |
        a: answerTo: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"evaluate","arguments":{"code":"3 zork"}}}'.
        expect: ((a at: 'result') at: 'isError') ToBe: true.
        a: answerTo: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"evaluate","arguments":{"code":"3 + 4"}}}'.
        expect: (((a at: 'result') at: 'structuredContent') at: 'value') ToBe: 7 ).

    answerTo: text = (| a |
        a: bridgeAnswer copyFor: (bridgeClient copyNumber: 1 Role: 'change').
        a perform: (messagePack encode: (json parse: text)).
        a finished ).
|)
