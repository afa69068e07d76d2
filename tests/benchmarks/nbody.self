"The orbits of the sun and four planets. The inner number is that of steps.
The energy at the end must agree with the published one to twelve places."

benchmarks _AddSlots: (|
    nbodyBody = (|
        parent* = traits clonable.
        x <- 0.0.
        y <- 0.0.
        z <- 0.0.
        vx <- 0.0.
        vy <- 0.0.
        vz <- 0.0.
        mass <- 0.0.
        copyX: a Y: b Z: c Vx: d Vy: e Vz: f Mass: m = (| new |
            new: clone.
            ((new x: a) y: b) z: c.
            ((new vx: d * 365.24) vy: e * 365.24) vz: f * 365.24.
            new mass: m * solarMass ).
        solarMass = 39.47841760435743.
        push: b Distance: dx And: dy And: dz Magnitude: mag = (| m |
            m: b mass.
            vx: vx - ((dx * m) * mag).
            vy: vy - ((dy * m) * mag).
            vz: vz - ((dz * m) * mag).
            m: mass.
            b vx: b vx + ((dx * m) * mag).
            b vy: b vy + ((dy * m) * mag).
            b vz: b vz + ((dz * m) * mag) ).
        move: dt = ( x: x + (dt * vx). y: y + (dt * vy). z: z + (dt * vz) ).
    |)
|)

benchmarks _AddSlots: (|
    nbody = (|
        parent* = traits benchmark.
        inner = 250000.
        bodies <- vector.
        iterate: steps = (
            bodies: makeBodies.
            steps do: [ advance: 0.01 ].
            verify: energy Steps: steps ).
        verify: e Steps: steps = (
            steps = 250000 ifTrue: [ ^ is: e Near: -0.1690859889909308 ].
            steps = 1 ifTrue: [ ^ is: e Near: -0.16907495402506745 ].
            error: 'no result is known for this number of steps' ).
        is: e Near: published = ( (e - published) abs < 1.0e-12 ).
        makeBodies = (| all. px <- 0.0. py <- 0.0. pz <- 0.0. b |
            b: benchmarks nbodyBody.
            all: ((b copyX: 0.0 Y: 0.0 Z: 0.0 Vx: 0.0 Vy: 0.0 Vz: 0.0 Mass: 1.0)
                & (b
                    copyX: 4.84143144246472090
                    Y: -1.16032004402742839
                    Z: -0.103622044471123109
                    Vx: 0.00166007664274403694
                    Vy: 0.00769901118419740425
                    Vz: -0.0000690460016972063023
                    Mass: 0.000954791938424326609)
                & (b
                    copyX: 8.34336671824457987
                    Y: 4.12479856412430479
                    Z: -0.403523417114321381
                    Vx: -0.00276742510726411510
                    Vy: 0.00499852801234917238
                    Vz: 0.0000230417297573763929
                    Mass: 0.000285885980666130812)
                & (b
                    copyX: 12.8943695621391310
                    Y: -15.1111514016986312
                    Z: -0.223307578892655734
                    Vx: 0.00296460137564761618
                    Vy: 0.00237847173959480950
                    Vz: -0.0000296589568540237556
                    Mass: 0.0000436624404335156298)
                & (b
                    copyX: 15.3796971148509165
                    Y: -25.9193146099879641
                    Z: 0.179258772950371181
                    Vx: 0.00268067772490389322
                    Vy: 0.00162824170038242295
                    Vz: -0.0000951592254519715870
                    Mass: 0.0000515138902046611451)) asVector.
            all do: [ |:p|
                px: px + (p vx * p mass).
                py: py + (p vy * p mass).
                pz: pz + (p vz * p mass) ].
            all first vx: 0.0 - (px / b solarMass).
            all first vy: 0.0 - (py / b solarMass).
            all first vz: 0.0 - (pz / b solarMass).
            all ).
        advance: dt = (| n |
            n: bodies size.
            0 upTo: n Do: [ |:i. a|
                a: bodies at: i.
                i + 1 upTo: n Do: [ |:j. b. dx. dy. dz. square|
                    b: bodies at: j.
                    dx: a x - b x.
                    dy: a y - b y.
                    dz: a z - b z.
                    square: ((dx * dx) + (dy * dy)) + (dz * dz).
                    a push: b Distance: dx And: dy And: dz Magnitude: dt / (square * square sqrt) ] ].
            bodies do: [ |:body| body move: dt ] ).
        energy = (| e <- 0.0. n |
            n: bodies size.
            0 upTo: n Do: [ |:i. a|
                a: bodies at: i.
                e: e + ((0.5 * a mass) * (((a vx * a vx) + (a vy * a vy)) + (a vz * a vz))).
                i + 1 upTo: n Do: [ |:j. b. dx. dy. dz|
                    b: bodies at: j.
                    dx: a x - b x.
                    dy: a y - b y.
                    dz: a z - b z.
                    e: e - ((a mass * b mass) / (((dx * dx) + (dy * dy)) + (dz * dz)) sqrt) ] ].
            e ).
    |)
|)
