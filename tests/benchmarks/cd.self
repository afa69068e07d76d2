"Detecting collisions of aircraft: the space is cut into columns, and those that fly
through the same one are compared. After the CDx benchmark."

traits _AddSlots: (|
    cdVector = (| {} = 'Comment: I am a place or a movement in space.'.
        parent* = traits clonable.
        x: a Y: b Z: c = ( ((clone x: a) y: b) z: c ).
        + v = ( x: x + v x Y: y + v y Z: z + v z ).
        - v = ( x: x - v x Y: y - v y Z: z - v z ).
        * n = ( x: x * n Y: y * n Z: z * n ).
        dot: v = ( (x * v x) + (y * v y) + (z * v z) ).
        squaredMagnitude = ( dot: self ).
        magnitude = ( squaredMagnitude squareRoot ).
        isInside = (
            (0.0 <= x) && [
                    (x <= 1000.0) && [
                            (0.0 <= y) && [ (y <= 1000.0) && [ (0.0 <= z) && [ z <= 10.0 ] ] ] ] ] ).
    |).

    cdColumn = (| {} = 'Comment: I am the corner of a column of space.'.
        parent* = traits clonable.
        x: a Y: b = ( (clone x: a) y: b ).
        compare: c = (
            x < c x ifTrue: [ ^ -1 ].
            x > c x ifTrue: [ ^ 1 ].
            y < c y ifTrue: [ ^ -1 ].
            y > c y ifTrue: [ ^ 1 ].
            0 ).
        neighboursDo: b = (
            b value: (x: x - size Y: y).
            b value: (x: x + size Y: y).
            b value: (x: x Y: y - size).
            b value: (x: x Y: y + size).
            b value: (x: x - size Y: y - size).
            b value: (x: x - size Y: y + size).
            b value: (x: x + size Y: y - size).
            b value: (x: x + size Y: y + size) ).
    |).

    cdTree = (| {} = 'Comment: I am a red-black tree: keys in order, each with a value.'.
        parent* = traits clonable.

        {'Category: access\x7fComment: What a key has, or nil; a new value for it, and what it had before.'
            at: k = (| node. c |
                node: root.
                [ node isNil ] whileFalse: [
                    c: k compare: node key.
                    c = 0 ifTrue: [ ^ node value ].
                    node: (c < 0 ifTrue: [ node left ] False: [ node right ]) ].
                nil ).
            at: k Put: v = (| above. node. c <- 0. old |
                node: root.
                [ node isNil ] whileFalse: [
                    above: node.
                    c: k compare: node key.
                    c = 0 ifTrue: [ old: node value. node value: v. ^ old ].
                    node: (c < 0 ifTrue: [ node left ] False: [ node right ]) ].
                node: benchmarks cdNode copyKey: k Value: v Above: above.
                above isNil ifTrue: [ root: node ] False: [
                    c < 0 ifTrue: [ above left: node ] False: [ above right: node ] ].
                balanceAt: node.
                nil ).
            do: b = (| node |
                node: root.
                node isNil ifTrue: [ ^ self ].
                [ node left isNil ] whileFalse: [ node: node left ].
                [ node isNil ] whileFalse: [
                    b value: node value With: node key.
                    node: node successor ].
                self ).
            copyOnly: b = (| t |
                t: benchmarks cdTree clone.
                do: [ |:v. :k| (b value: k) ifTrue: [ t at: k Put: v ] ].
                t ).
        }
        {'Category: balancing\x7fComment: After a red node came in; two nodes change places.'
            balanceAt: new = (| node. up. uncle |
                node: new.
                [ (node == root) not && [ node above red ] ] whileTrue: [
                    up: node above.
                    up == up above left
                        ifTrue: [
                            uncle: up above right.
                            (uncle isNil not && [ uncle red ])
                                ifTrue: [ node: recolour: up And: uncle ]
                                False: [
                                    node == up right ifTrue: [ node: up. rotateLeft: node ].
                                    node above red: false.
                                    node above above red: true.
                                    rotateRight: node above above ] ]
                        False: [
                            uncle: up above left.
                            (uncle isNil not && [ uncle red ])
                                ifTrue: [ node: recolour: up And: uncle ]
                                False: [
                                    node == up left ifTrue: [ node: up. rotateRight: node ].
                                    node above red: false.
                                    node above above red: true.
                                    rotateLeft: node above above ] ] ].
                root red: false ).
            recolour: a And: b = ( a red: false. b red: false. a above red: true. a above ).
            rotateLeft: a = (| b |
                b: a right.
                a right: b left.
                b left isNil ifFalse: [ b left above: a ].
                replace: a By: b.
                b left: a.
                a above: b ).
            rotateRight: a = (| b |
                b: a left.
                a left: b right.
                b right isNil ifFalse: [ b right above: a ].
                replace: a By: b.
                b right: a.
                a above: b ).
            replace: a By: b = (
                b above: a above.
                a above isNil ifTrue: [ root: b. ^ self ].
                a == a above left ifTrue: [ a above left: b ] False: [ a above right: b ].
                self ).
        }
    |).

    cdMotion = (| {} = 'Comment: I am the way of one aircraft in one frame.'.
        parent* = traits clonable.
        sign: s From: a To: b = ( ((clone sign: s) from: a) to: b ).
        delta = ( to - from ).
        meets: m = (| v. w. a. b. c. d. early. late. t |
            v: delta.
            w: m delta.
            a: (w - v) squaredMagnitude.
            a = 0.0 ifTrue: [
                ^ (m from - from) magnitude <= 1.0 ifTrue: [ (from + m from) * 0.5 ] False: [
                    nil ] ].
            b: 2.0 * ((from - m from) dot: v - w).
            c: (m from - from) squaredMagnitude - 1.0.
            d: (b * b) - (4.0 * a * c).
            d < 0.0 ifTrue: [ ^ nil ].
            early: (0.0 - b - d squareRoot) / (2.0 * a).
            late: (d squareRoot - b) / (2.0 * a).
            (early <= late) && [
                    ((early <= 1.0) && [ 1.0 <= late ]) || [
                            ((early <= 0.0) && [ 0.0 <= late ]) || [
                                    (0.0 <= early) && [ late <= 1.0 ] ] ] ] ifFalse: [ ^ nil ].
            t: early max: 0.0.
            t: ((from + (v * t)) + (m from + (w * t))) * 0.5.
            t isInside ifTrue: [ t ] False: [ nil ] ).
        isIn: column = (| lowX. highX. lowY. highY. v. swap |
            (column isInside not) ifTrue: [ ^ false ].
            v: delta.
            v x = 0.0
                ifTrue: [
                    ((column x <= (from x + 0.5)) && [
                            (from x - 0.5) <= (column x + column size) ]) ifFalse: [ ^ false ] ]
                False: [
                    lowX: (column x - 0.5 - from x) / v x.
                    highX: ((column x + column size + 0.5) - from x) / v x.
                    v x < 0.0 ifTrue: [ swap: lowX. lowX: highX. highX: swap ].
                    (is: lowX To: highX) ifFalse: [ ^ false ] ].
            v y = 0.0
                ifTrue: [
                    ((column y <= (from y + 0.5)) && [
                            (from y - 0.5) <= (column y + column size) ]) ifFalse: [ ^ false ] ]
                False: [
                    lowY: (column y - 0.5 - from y) / v y.
                    highY: ((column y + column size + 0.5) - from y) / v y.
                    v y < 0.0 ifTrue: [ swap: lowY. lowY: highY. highY: swap ].
                    (is: lowY To: highY) ifFalse: [ ^ false ] ].
            (lowX isNil || [ lowY isNil ]) || [
                    ((lowY <= highX) && [ highX <= highY ]) || [
                            ((lowY <= lowX) && [ lowX <= highY ]) || [
                                    (lowX <= lowY) && [ highY <= highX ] ] ] ] ).
        is: low To: high = (
            ((low <= 1.0) && [ 1.0 <= high ]) || [
                    ((low <= 0.0) && [ 0.0 <= high ]) || [ (0.0 <= low) && [ high <= 1.0 ] ] ] ).
    |).

    cdDetector = (| {} = 'Comment: I know where each aircraft was, and find who met whom.'.
        parent* = traits clonable.
        frame: crafts = (| motions. seen. all |
            motions: list copyRemoveAll.
            seen: benchmarks cdTree clone.
            crafts do: [ |:c. old|
                old: places at: c sign Put: c place.
                seen at: c sign Put: true.
                motions addLast: (benchmarks cdMotion
                    sign: c sign
                    From: (old isNil ifTrue: [ c place ] False: [ old ])
                    To: c place) ].
            forgetThoseNotIn: seen.
            all: list copyRemoveAll.
            (together: motions) do: [ |:near|
                0 upTo: near size Do: [ |:i. one|
                    one: near at: i.
                    i + 1 upTo: near size Do: [ |:j. place|
                        place: one meets: (near at: j).
                        place isNil ifFalse: [
                            all addLast: (benchmarks cdCollision
                                of: one sign
                                And: (near at: j) sign
                                At: place) ] ] ] ].
            all ).
        forgetThoseNotIn: seen = (| gone <- false |
            places do: [ |:v. :k| (seen at: k) isNil ifTrue: [ gone: true ] ].
            gone ifTrue: [ places: (places copyOnly: [ |:k| (seen at: k) isNotNil ]) ].
            self ).
        together: motions = (| columns. all |
            columns: benchmarks cdTree clone.
            motions do: [ |:m|
                draw: m At: (columnOf: m from) On: columns Seen: benchmarks cdTree clone ].
            all: list copyRemoveAll.
            columns do: [ |:near| near size > 1 ifTrue: [ all addLast: near ] ].
            all ).
        columnOf: place = (| size |
            size: benchmarks cdColumn size.
            benchmarks cdColumn
                x: (column: place x / size) * size
                Y: (column: place y / size) * size ).
        column: n = ( n < 0.0 ifTrue: [ n truncate - 1 ] False: [ n truncate ] ).
        draw: m At: column On: columns Seen: seen = (| near |
            (m isIn: column) ifFalse: [ ^ self ].
            (seen at: column Put: true) isNil ifFalse: [ ^ self ].
            near: columns at: column.
            near isNil ifTrue: [ near: list copyRemoveAll. columns at: column Put: near ].
            near addLast: m.
            column neighboursDo: [ |:c| draw: m At: c On: columns Seen: seen ].
            self ).
    |).
|)

benchmarks _AddSlots: (|
    cdVector = (| parent* = traits cdVector. x <- 0.0. y <- 0.0. z <- 0.0 |).
    cdColumn = (|
        parent* = traits cdColumn.
        x <- 0.0.
        y <- 0.0.
        size = 2.0.
        isInside = ( (0.0 <= x) && [ (x <= 1000.0) && [ (0.0 <= y) && [ y <= 1000.0 ] ] ] )
    |).
    cdNode = (|
        parent* = traits clonable.
        key.
        value.
        above.
        left.
        right.
        red <- true.
        copyKey: k Value: v Above: a = ( ((clone key: k) value: v) above: a ).
        successor = (| node. up |
            right isNil ifFalse: [
                node: right.
                [ node left isNil ] whileFalse: [ node: node left ].
                ^ node ].
            node: self.
            up: above.
            [ up isNotNil && [ node == up right ] ] whileTrue: [ node: up. up: up above ].
            up )
    |).
    cdTree = (| parent* = traits cdTree. root |).
    cdMotion = (| parent* = traits cdMotion. sign. from. to |).
    cdSign = (|
        parent* = traits clonable.
        number <- 0.
        copyNumber: n = ( clone number: n ).
        compare: s = (
            number < s number ifTrue: [ -1 ] False: [
                number > s number ifTrue: [ 1 ] False: [ 0 ] ] )
    |).
    cdCraft = (|
        parent* = traits clonable.
        sign.
        place.
        copySign: s Place: p = ( (clone sign: s) place: p )
    |).
    cdCollision = (|
        parent* = traits clonable.
        one.
        other.
        place.
        of: a And: b At: p = ( ((clone one: a) other: b) place: p )
    |).
    cdDetector = (|
        parent* = traits cdDetector.
        places.
        copy = ( clone places: benchmarks cdTree clone )
    |).

    cd = (|
        parent* = traits benchmark.
        inner = 100.
        iterate: n = (| signs. detector. collisions <- 0 |
            signs: vector copySize: n.
            0 upTo: n Do: [ |:i| signs at: i Put: (benchmarks cdSign copyNumber: i) ].
            detector: benchmarks cdDetector copy.
            0 upTo: 200 Do: [ |:i|
                collisions: collisions + (detector frame: (frame: i / 10.0 Of: signs)) size ].
            verify: collisions For: n ).
        frame: time Of: signs = (| crafts |
            crafts: list copyRemoveAll.
            0 upTo: signs size By: 2 Do: [ |:i|
                crafts addLast: (craft: (signs at: i) X: time Y: (time cos * 2.0) + (i * 3)).
                crafts addLast: (craft: (signs at: i + 1) X: time Y: (time sin * 2.0) + (i * 3)) ].
            crafts ).
        craft: s X: x Y: y = (
            benchmarks cdCraft copySign: s Place: (benchmarks cdVector x: x Y: y Z: 10.0) ).
        verify: collisions For: n = (
            n = 1000 ifTrue: [ ^ collisions = 14484 ].
            n = 500 ifTrue: [ ^ collisions = 14484 ].
            n = 250 ifTrue: [ ^ collisions = 10830 ].
            n = 200 ifTrue: [ ^ collisions = 8655 ].
            n = 100 ifTrue: [ ^ collisions = 4305 ].
            n = 10 ifTrue: [ ^ collisions = 390 ].
            n = 2 ifTrue: [ ^ collisions = 42 ].
            error: 'the result for ', n printString, ' is not published' ).
    |)
|)
