"Tests of stdlib/image/vm.self: what holds whether anything is compiled or not."

testing suite: 'vm' Tests: (|
    parent* = traits testSuite.

    testStatistics = (| s |
        s: vm statistics.
        assert: (s at: 'compilations') >= 0.
        assert: (s at: 'surprises') <= (s at: 'exits').
        assert: (s at: 'stepsAway') <= (s at: 'steps') ).

    testCompiling = ( assert: (('off' & 'on' & 'sync') asVector includes: vm compiling) ).

    testShowStatistics = (
        assert: ('compiling ' isPrefixOf: vm showStatistics).
        assert: (vm showStatistics includesSubstring: 'microseconds') ).
|)
