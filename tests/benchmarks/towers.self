"The towers of Hanoi with thirteen disks."

benchmarks _AddSlots: (| towersDisk = (| parent* = traits clonable. size <- 0. next |) |)

benchmarks _AddSlots: (|
    towers = (|
        parent* = traits benchmark.
        inner = 600.
        piles <- vector.
        moves <- 0.
        benchmark = (
            piles: vector copySize: 3.
            13 downTo: 1 Do: [ |:n| push: (benchmarks towersDisk clone size: n) On: 0 ].
            moves: 0.
            move: 13 From: 0 To: 1.
            moves ).
        verify: r = ( r = 8191 ).
        push: disk On: pile = (| top |
            top: piles at: pile.
            (top isNotNil && [ disk size >= top size ]) ifTrue: [
                error: 'a big disk cannot lie on a small one' ].
            disk next: top.
            piles at: pile Put: disk ).
        popFrom: pile = (| top |
            top: piles at: pile.
            top ifNil: [ error: 'there is no disk on this pile' ].
            piles at: pile Put: top next.
            top next: nil.
            top ).
        moveTopFrom: from To: to = ( push: (popFrom: from) On: to. moves: moves + 1 ).
        move: n From: from To: to = (| other |
            n = 1 ifTrue: [ ^ moveTopFrom: from To: to ].
            other: 3 - (from + to).
            move: n - 1 From: from To: other.
            moveTopFrom: from To: to.
            move: n - 1 From: other To: to ).
    |)
|)
