"Keeping constraints satisfied, one way after the other: the DeltaBlue algorithm of
Bjorn Freeman-Benson and John Maloney. A long chain of equalities, and many pairs
of variables that are projected on each other."

globals benchmarks _AddSlots: (|
    deltaStrength = (| {} = 'Comment: I tell how much a constraint matters; less is stronger.'.
        parent* = traits clonable.
        value <- 0.
        copyValue: v = ( clone value: v ).
        strongerThan: s = ( value < s value ).
        weakerThan: s = ( value > s value ).
        weakest: s = ( value > s value ifTrue: [ self ] False: [ s ] ).
    |)
|)

benchmarks _AddSlots: (|
    deltaStrengths = (| {} = 'Comment: I know the strengths by name.'.
        parent* = traits oddball.
        required = benchmarks deltaStrength copyValue: -800.
        preferred = benchmarks deltaStrength copyValue: -400.
        strongDefault = benchmarks deltaStrength copyValue: -200.
        default = benchmarks deltaStrength copyValue: 0.
        weakest = benchmarks deltaStrength copyValue: 10000.
    |)
|)

traits _AddSlots: (|
    deltaVariable = (| {} = 'Comment: I am a variable: a value, and who may determine it.'.
        parent* = traits clonable.
        copyValue: v = (| c |
            c: clone.
            c value: v.
            c constraints: list copyRemoveAll.
            c walkStrength: benchmarks deltaStrengths weakest ).
        addConstraint: c = ( constraints addLast: c ).
        removeConstraint: c = (
            constraints remove: c IfAbsent: nil.
            determinedBy == c ifTrue: [ determinedBy: nil ].
            self ).
        forget = (
            determinedBy: nil.
            walkStrength: benchmarks deltaStrengths weakest.
            stay: true ).
    |).

    deltaConstraint = (| {} = 'Comment: I relate variables. My children say which, and how.'.
        parent* = traits clonable.

        {'Category: adding and removing\x7fComment: Into the graph, and out of it.'
            add = ( addToGraph. planner incrementalAdd: self. self ).
            destroy = ( isSatisfied ifTrue: [ planner incrementalRemove: self ]. removeFromGraph ).
            addToGraph = ( variablesDo: [ |:v| v addConstraint: self ]. markUnsatisfied ).
            removeFromGraph = ( variablesDo: [ |:v| v removeConstraint: self ]. markUnsatisfied ).
        }
        {'Category: satisfying\x7fComment: I choose a way if there is one; who was overridden by it, or nil.'
            satisfy: mark = (| overridden |
                chooseMethod: mark.
                isSatisfied ifFalse: [
                    strength == benchmarks deltaStrengths required ifTrue: [
                        error: 'a required constraint cannot be satisfied' ].
                    ^ nil ].
                inputsDo: [ |:v| v mark: mark ].
                overridden: output determinedBy.
                overridden isNil ifFalse: [ overridden markUnsatisfied ].
                output determinedBy: self.
                (planner addPropagate: self Mark: mark) ifFalse: [ error: 'there is a cycle' ].
                output mark: mark.
                overridden ).
        }
        {'Category: testing\x7fComment: Does a value come in from outside? Are all my inputs settled?'
            isInput = ( false ).
            inputsKnown: mark = (
                inputsDo: [ |:v|
                    (v mark = mark) || [ v stay || [ v determinedBy isNil ] ] ifFalse: [ ^ false ] ].
                true ).
        }
    |).

    deltaPlanner = (| {} = 'Comment: I keep a graph of constraints satisfied and make plans.'.
        parent* = traits clonable.

        {'Category: keeping\x7fComment: A constraint comes, or goes.'
            incrementalAdd: c = (| mark. overridden |
                mark: newMark.
                overridden: c satisfy: mark.
                [ overridden isNil ] whileFalse: [ overridden: overridden satisfy: mark ].
                self ).
            incrementalRemove: c = (| out |
                out: c output.
                c markUnsatisfied.
                c removeFromGraph.
                (removePropagateFrom: out) do: [ |:u| incrementalAdd: u ].
                self ).
        }
        {'Category: planning\x7fComment: Constraints in an order in which they can be executed.'
            planFor: constraints = (| sources |
                sources: list copyRemoveAll.
                constraints do: [ |:c|
                    (c isInput && [ c isSatisfied ]) ifTrue: [ sources addLast: c ] ].
                planFrom: sources ).
            planFrom: toDo = (| mark. plan. c |
                mark: newMark.
                plan: benchmarks deltaPlan copy.
                [ toDo isEmpty ] whileFalse: [
                    c: toDo removeFirst.
                    ((c output mark = mark) not && [ c inputsKnown: mark ]) ifTrue: [
                        plan add: c.
                        c output mark: mark.
                        consumersOf: c output Do: [ |:d| toDo addLast: d ] ] ].
                plan ).
        }
        {'Category: propagating\x7fComment: Down from a constraint or variable, through those that depend on it.'
            addPropagate: c Mark: mark = (| toDo. d |
                toDo: list copyRemoveAll.
                toDo addLast: c.
                [ toDo isEmpty ] whileFalse: [
                    d: toDo removeFirst.
                    d output mark = mark ifTrue: [ incrementalRemove: c. ^ false ].
                    d recalculate.
                    consumersOf: d output Do: [ |:e| toDo addLast: e ] ].
                true ).
            removePropagateFrom: out = (| unsatisfied. toDo. v |
                unsatisfied: list copyRemoveAll.
                out forget.
                toDo: list copyRemoveAll.
                toDo addLast: out.
                [ toDo isEmpty ] whileFalse: [
                    v: toDo removeFirst.
                    v constraints do: [ |:c| c isSatisfied ifFalse: [ unsatisfied addLast: c ] ].
                    consumersOf: v Do: [ |:c| c recalculate. toDo addLast: c output ] ].
                unsatisfied sortBy: [ |:a. :b| a strength strongerThan: b strength ] ).
            consumersOf: v Do: b = (| determining |
                determining: v determinedBy.
                v constraints do: [ |:c|
                    ((c == determining) not && [ c isSatisfied ]) ifTrue: [ b value: c ] ] ).
        }
        newMark = ( currentMark: currentMark + 1. currentMark ).
        change: v To: newValue = (| edit. plan |
            edit: benchmarks deltaEdit
                on: v
                Strength: benchmarks deltaStrengths preferred
                Planner: self.
            plan: planFor: (list copyRemoveAll addLast: edit).
            10 do: [ v value: newValue. plan execute ].
            edit destroy.
            self ).
    |)
|)

traits _AddSlots: (|
    deltaUnary = (| {} = 'Comment: I am about one variable.'.
        parent* = traits deltaConstraint.
        on: v Strength: s Planner: p = (| c |
            c: clone.
            c output: v.
            c strength: s.
            c planner: p.
            c add ).
        variablesDo: b = ( b value: output ).
        inputsDo: b = ( self ).
        isSatisfied = ( satisfied ).
        markUnsatisfied = ( satisfied: false ).
        chooseMethod: mark = (
            satisfied: ((output mark = mark) not && [ strength strongerThan: output walkStrength ]) ).
        recalculate = (
            output walkStrength: strength.
            output stay: isInput not.
            output stay ifTrue: [ execute ].
            self ).
        execute = ( self ).
    |).

    deltaBinary = (| {} = 'Comment: I relate two variables; either may be computed from the other.'.
        parent* = traits deltaConstraint.
        from: a To: b Strength: s Planner: p = (| c |
            c: clone.
            c first: a.
            c second: b.
            c strength: s.
            c planner: p.
            c add ).
        variablesDo: b = ( b value: first. b value: second ).
        inputsDo: b = ( b value: input ).
        isSatisfied = ( direction != 0 ).
        markUnsatisfied = ( direction: 0 ).
        input = ( direction > 0 ifTrue: [ first ] False: [ second ] ).
        output = ( direction > 0 ifTrue: [ second ] False: [ first ] ).
        forwardIf: x = ( direction: (x ifTrue: [ 1 ] False: [ 0 ]) ).
        backwardIf: x = ( direction: (x ifTrue: [ -1 ] False: [ 0 ]) ).
        chooseMethod: mark = (
            first mark = mark ifTrue: [
                ^ forwardIf: ((second mark = mark) not && [
                        strength strongerThan: second walkStrength ]) ].
            second mark = mark ifTrue: [
                ^ backwardIf: (strength strongerThan: first walkStrength) ].
            (first walkStrength weakerThan: second walkStrength)
                ifTrue: [ backwardIf: (strength strongerThan: first walkStrength) ]
                False: [ forwardIf: (strength strongerThan: second walkStrength) ] ).
        staysSettled = ( input stay ).
        recalculate = (| out |
            out: output.
            out walkStrength: (strength weakest: input walkStrength).
            out stay: staysSettled.
            out stay ifTrue: [ execute ].
            self ).
    |)
|)

benchmarks _AddSlots: (|
    deltaVariable = (|
        parent* = traits deltaVariable.
        value <- 0.
        constraints.
        determinedBy.
        mark <- 0.
        walkStrength.
        stay <- true
    |).
    deltaStay = (| parent* = traits deltaUnary. strength. planner. output. satisfied <- false |).
    deltaEdit = (|
        parent* = traits deltaUnary.
        strength.
        planner.
        output.
        satisfied <- false.
        isInput = ( true )
    |).
    deltaEqual = (|
        parent* = traits deltaBinary.
        strength.
        planner.
        first.
        second.
        direction <- 0.
        execute = ( output value: input value )
    |).
    deltaScale = (|
        parent* = traits deltaBinary.
        strength.
        planner.
        first.
        second.
        direction <- 0.
        scale.
        offset.
        from: a To: b Scale: s Offset: o Planner: p = (| c |
            c: clone.
            c scale: s.
            c offset: o.
            c from: a To: b Strength: benchmarks deltaStrengths required Planner: p ).
        variablesDo: b = ( b value: first. b value: second. b value: scale. b value: offset ).
        inputsDo: b = ( b value: input. b value: scale. b value: offset ).
        staysSettled = ( input stay && [ scale stay && [ offset stay ] ] ).
        execute = (
            direction > 0
                ifTrue: [ second value: (first value * scale value) + offset value ]
                False: [ first value: (second value - offset value) / scale value ] )
    |).
    deltaPlanner = (| parent* = traits deltaPlanner. currentMark <- 1 |).
    deltaPlan = (|
        parent* = traits clonable.
        steps <- list.
        copy = ( clone steps: list copyRemoveAll ).
        add: c = ( steps addLast: c. self ).
        execute = ( steps do: [ |:c| c execute ]. self )
    |).

    deltablue = (|
        parent* = traits benchmark.
        inner = 12000.
        iterate: n = ( chain: n. projection: n. true ).
        chain: n = (| planner. variables. edit. plan |
            planner: benchmarks deltaPlanner clone.
            variables: vector copySize: n + 1 MadeBy: [ benchmarks deltaVariable copyValue: 0 ].
            0 upTo: n Do: [ |:i|
                benchmarks deltaEqual
                    from: (variables at: i)
                    To: (variables at: i + 1)
                    Strength: benchmarks deltaStrengths required
                    Planner: planner ].
            benchmarks deltaStay
                on: (variables at: n)
                Strength: benchmarks deltaStrengths strongDefault
                Planner: planner.
            edit: benchmarks deltaEdit
                on: (variables at: 0)
                Strength: benchmarks deltaStrengths preferred
                Planner: planner.
            plan: planner planFor: (list copyRemoveAll addLast: edit).
            0 upTo: 100 Do: [ |:v|
                (variables at: 0) value: v.
                plan execute.
                (variables at: n) value = v ifFalse: [ error: 'the chain does not hold' ] ].
            edit destroy ).
        projection: n = (| planner. scale. offset. source. target. targets |
            planner: benchmarks deltaPlanner clone.
            scale: benchmarks deltaVariable copyValue: 10.
            offset: benchmarks deltaVariable copyValue: 1000.
            targets: list copyRemoveAll.
            1 to: n Do: [ |:i|
                source: benchmarks deltaVariable copyValue: i.
                target: benchmarks deltaVariable copyValue: i.
                targets addLast: target.
                benchmarks deltaStay
                    on: source
                    Strength: benchmarks deltaStrengths default
                    Planner: planner.
                benchmarks deltaScale
                    from: source
                    To: target
                    Scale: scale
                    Offset: offset
                    Planner: planner ].
            planner change: source To: 17.
            target value = 1170 ifFalse: [ error: 'forward projection is wrong' ].
            planner change: target To: 1050.
            source value = 5 ifFalse: [ error: 'backward projection is wrong' ].
            planner change: scale To: 5.
            check: targets UpTo: n - 1 Scale: 5 Offset: 1000.
            planner change: offset To: 2000.
            check: targets UpTo: n - 1 Scale: 5 Offset: 2000 ).
        check: targets UpTo: n Scale: s Offset: o = (
            0 upTo: n Do: [ |:i|
                (targets at: i) value = (((i + 1) * s) + o) ifFalse: [
                    error: 'a projection is wrong' ] ] ).
    |)
|)
