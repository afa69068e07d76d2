"Finding the loops in a graph of control, after Paul Havlak: nested and irreducible
ones, in a graph that looks like that of a program."

traits _AddSlots: (|
    havlakGraph = (| {} = 'Comment: I am a graph of control: blocks by number, the first made is where it starts.'.
        parent* = traits clonable.
        copy = ( (clone blocks: list copyRemoveAll) start: nil ).
        blockAt: i = (| b |
            [ blocks size <= i ] whileTrue: [ blocks addLast: nil ].
            b: blocks at: i.
            b isNil ifTrue: [
                b: benchmarks havlakBlock copyNumber: i.
                blocks at: i Put: b.
                count: count + 1.
                count = 1 ifTrue: [ start: b ] ].
            b ).
        from: a To: b = (| source. target |
            source: blockAt: a.
            target: blockAt: b.
            source outEdges addLast: target.
            target inEdges addLast: source.
            self ).

        {'Category: building\x7fComment: Pieces of a program behind a block; the number of the last block.'
            diamond: n = (
                from: n To: n + 1.
                from: n To: n + 2.
                from: n + 1 To: n + 3.
                from: n + 2 To: n + 3.
                n + 3 ).
            straight: n = ( from: n To: n + 1. n + 1 ).
            baseLoop: n = (| header. one. inner. two. footer |
                header: straight: n.
                one: diamond: header.
                inner: straight: one.
                two: diamond: inner.
                footer: straight: two.
                from: two To: inner.
                from: one To: header.
                from: footer To: n.
                straight: footer ).
            simple = ( blockAt: 0. baseLoop: 0. blockAt: 1. from: 0 To: 2 ).
            nests: outer Of: middle Of: innermost = (| n <- 2. top. bottom |
                outer do: [
                    blockAt: n + 1.
                    from: 2 To: n + 1.
                    n: n + 1.
                    middle do: [
                        top: n.
                        n: straight: n.
                        innermost do: [ n: baseLoop: n ].
                        bottom: straight: n.
                        from: n To: top.
                        n: bottom ].
                    from: n To: 1 ].
                self ).
        }
    |).

    havlakLoop = (| {} = 'Comment: I am a loop: its blocks, and the loops in it.'.
        parent* = traits clonable.
        copyHeader: b Reducible: r = (| l |
            l: clone.
            l header: b.
            l reducible: r.
            l blocks: set copyRemoveAll.
            l children: list copyRemoveAll.
            b isNil ifFalse: [ l blocks add: b ].
            l ).
        inside: l = ( outer: l. l children addLast: self. self ).
        nestBelow: d = (
            depth: d.
            children do: [ |:c| c nestBelow: d + 1. nesting: (nesting max: c nesting + 1) ].
            self ).
    |).

    havlakForest = (| {} = 'Comment: I hold the loops that were found; the first stands for the whole graph.'.
        parent* = traits clonable.
        copy = (| f |
            f: clone loops: list copyRemoveAll.
            f loops addLast: (benchmarks havlakLoop copyHeader: nil Reducible: false).
            f ).
        root = ( loops first ).
        size = ( loops size ).
        newLoop: header Reducible: r = (| l |
            l: benchmarks havlakLoop copyHeader: header Reducible: r.
            loops addLast: l.
            l ).
        nest = (
            loops do: [ |:l| ((l == root) not && [ l outer isNil ]) ifTrue: [ l inside: root ] ].
            root nestBelow: 0 ).
    |).

    havlakNode = (| {} = 'Comment: I stand for a block while loops are found; who was merged with me has my parent.'.
        parent* = traits clonable.
        copyBlock: b Number: n = (| c | c: (clone block: b) number: n. c up: c. c ).
        representative = (| node. path |
            node: self.
            path: list copyRemoveAll.
            [ node == node up ] whileFalse: [
                node up == node up up ifFalse: [ path addLast: node ].
                node: node up ].
            path do: [ |:n| n up: node up ].
            node up ).
    |).

    havlakFinder = (| {} = 'Comment: I find the loops of a graph and put them into a forest.'.
        parent* = traits clonable.
        find: g Into: f = (| c | c: (clone graph: g) forest: f. c find ).
        find = (| size |
            size: graph count.
            nodes: vector copySize: size.
            last: vector copySize: size FillingWith: 0.
            headers: vector copySize: size FillingWith: 0.
            kinds: vector copySize: size FillingWith: 'plain'.
            backward: vector copySize: size MadeBy: [ list copyRemoveAll ].
            forward: vector copySize: size MadeBy: [ set copyRemoveAll ].
            graph blocks do: [ |:b| b isNil ifFalse: [ b order: -1 ] ].
            number: graph start From: 0.
            size do: [ |:w| sortEdges: w ].
            size - 1 downTo: 0 Do: [ |:w| (nodes at: w) isNil ifFalse: [ loopAt: w ] ].
            self ).
        number: block From: n = (| newest |
            nodes at: n Put: (benchmarks havlakNode copyBlock: block Number: n).
            block order: n.
            newest: n.
            block outEdges do: [ |:b| b order < 0 ifTrue: [ newest: number: b From: newest + 1 ] ].
            last at: n Put: newest.
            newest ).
        is: v Below: w = ( (w <= v) && [ v <= (last at: w) ] ).
        sortEdges: w = (
            (nodes at: w) isNil ifTrue: [ kinds at: w Put: 'dead'. ^ self ].
            (nodes at: w) block inEdges do: [ |:b. v|
                v: b order.
                v < 0 ifFalse: [
                    (is: v Below: w) ifTrue: [ (backward at: w) addLast: v ] False: [
                        (forward at: w) add: v ] ] ] ).
        loopAt: w = (| pool. work. x. l |
            pool: list copyRemoveAll.
            (backward at: w) do: [ |:v|
                v = w ifTrue: [ kinds at: w Put: 'self' ] False: [
                    pool addLast: (nodes at: v) representative ] ].
            work: pool copy.
            pool isEmpty ifFalse: [ kinds at: w Put: 'reducible' ].
            [ work isEmpty ] whileFalse: [
                x: work removeFirst.
                (forward at: x number) size > 32768 ifTrue: [ ^ self ].
                gather: w From: x Pool: pool Work: work ].
            (pool isEmpty not || [ 'self' = (kinds at: w) ]) ifTrue: [
                l: forest
                    newLoop: (nodes at: w) block
                    Reducible: ('irreducible' = (kinds at: w)) not.
                enclose: pool In: l At: w ].
            self ).
        gather: w From: x Pool: pool Work: work = (
            (forward at: x number) do: [ |:v. y|
                y: (nodes at: v) representative.
                (is: y number Below: w)
                    ifFalse: [ kinds at: w Put: 'irreducible'. (forward at: w) add: y number ]
                    True: [
                        y number = w ifFalse: [
                            (pool anySatisfy: [ |:e| e == y ]) ifFalse: [
                                work addLast: y.
                                pool addLast: y ] ] ] ].
            self ).
        enclose: pool In: l At: w = (| node |
            node: nodes at: w.
            node inner: l.
            pool do: [ |:n|
                headers at: n number Put: w.
                n up: node.
                n inner isNil ifTrue: [ l blocks add: n block ] False: [ n inner inside: l ] ].
            self ).
    |)
|)

benchmarks _AddSlots: (|
    havlakBlock = (|
        parent* = traits clonable.
        number <- 0.
        order <- 0.
        inEdges.
        outEdges.
        copyNumber: n = (
            ((clone number: n) inEdges: list copyRemoveAll) outEdges: list copyRemoveAll ).
        hash = ( number ).
    |).
    havlakGraph = (| parent* = traits havlakGraph. blocks. start. count <- 0 |).
    havlakLoop = (|
        parent* = traits havlakLoop.
        header.
        reducible <- false.
        blocks.
        children.
        outer.
        depth <- 0.
        nesting <- 0
    |).
    havlakForest = (| parent* = traits havlakForest. loops |).
    havlakNode = (| parent* = traits havlakNode. block. number <- 0. up. inner |).
    havlakFinder = (|
        parent* = traits havlakFinder.
        graph.
        forest.
        nodes.
        last.
        headers.
        kinds.
        backward.
        forward
    |).

    havlak = (|
        parent* = traits benchmark.
        inner = 150.
        iterate: n = (| graph. forest |
            graph: benchmarks havlakGraph copy simple.
            forest: benchmarks havlakForest copy.
            n do: [ benchmarks havlakFinder find: graph Into: forest ].
            graph nests: 10 Of: 10 Of: 5.
            benchmarks havlakFinder find: graph Into: forest.
            50 do: [ benchmarks havlakFinder find: graph Into: benchmarks havlakForest copy ].
            forest nest.
            (verify: forest size For: n) && [ graph count = 5213 ] ).
        verify: loops For: n = (
            n = 15000 ifTrue: [ ^ loops = 46602 ].
            n = 1500 ifTrue: [ ^ loops = 6102 ].
            n = 150 ifTrue: [ ^ loops = 2052 ].
            n = 15 ifTrue: [ ^ loops = 1647 ].
            n = 1 ifTrue: [ ^ loops = 1605 ].
            error: 'the result for ', n printString, ' is not published' ).
    |)
|)
