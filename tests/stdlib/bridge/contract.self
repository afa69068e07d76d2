"Tests of stdlib/bridge/contract.self."

testing suite: 'bridge contract' Tests: (|
    parent* = traits testSuite.

    testKinds = (
        expectKind: 'string' Of: 'a' NotOf: 3.
        expectKind: 'integer' Of: 3 NotOf: 3.5.
        expectKind: 'number' Of: 3.5 NotOf: 'a'.
        expectKind: 'boolean' Of: true NotOf: nil.
        expectKind: 'list' Of: list copyRemoveAll NotOf: dictionary copyRemoveAll.
        expectKind: 'map' Of: dictionary copyRemoveAll NotOf: list copyRemoveAll.
        expectKind: 'list' Of: list copyRemoveAll NotOf: 'a'.
        expectKind: 'map' Of: dictionary copyRemoveAll NotOf: 5 ).

    expectKind: k Of: x NotOf: y = (| f |
        f: bridgeField copyName: 'f' Kind: k Comment: ''.
        assert: (f fits: x) Description: k.
        deny: (f fits: y) Description: k ).
|)
