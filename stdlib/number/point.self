"Points of the plane, with whole or broken coordinates. They are used as values:
operations answer new ones."

traits _AddSlots: (|
    {'Category: geometry\x7fComment: Behaviour of points.'
        point = (| {} = 'Comment: I am the behaviour of points of the plane.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new point.'
                copyX: newX Y: newY = ( (clone x: newX) y: newY ).
                rho: r Theta: t = ( (r * t cos) @ (r * t sin) ).
            }
            {'Category: arithmetic\x7fComment: By coordinates, with a point or a number as argument.'
                + p = (| q | q: pointOf: p Operator: '+'. (x + q x) @ (y + q y) ).
                - p = (| q | q: pointOf: p Operator: '-'. (x - q x) @ (y - q y) ).
                * p = (| q | q: pointOf: p Operator: '*'. (x * q x) @ (y * q y) ).
                / p = (| q | q: pointOf: p Operator: '/'. (x / q x) @ (y / q y) ).
                /= p = (| q | q: pointOf: p Operator: '/='. (x /= q x) @ (y /= q y) ).
                /+ p = (| q | q: pointOf: p Operator: '/+'. (x /+ q x) @ (y /+ q y) ).
                /- p = (| q | q: pointOf: p Operator: '/-'. (x /- q x) @ (y /- q y) ).
                /~ p = (| q | q: pointOf: p Operator: '/~'. (x /~ q x) @ (y /~ q y) ).
                mean: p = (| q | q: pointOf: p Operator: 'mean:'. (x mean: q x) @ (y mean: q y) ).
                half = ( self / 2 ).
                inverse = ( x inverse @ y inverse ).
                negate = ( x negate @ y negate ).
                abs = ( x abs @ y abs ).
                min: p = ( (x min: p x) @ (y min: p y) ).
                max: p = ( (x max: p x) @ (y max: p y) ).
                dot: p = ( (x * p x) + (y * p y) ).
                dotProduct: p = ( dot: p ).
                cross: p = ( (x * p y) - (y * p x) ).
                crossProduct: p = ( cross: p ).
            }
            {'Category: private\x7fComment: The argument of an operator as a point.'
                pointOf: p Operator: o = (
                    p isPoint || [ p isNumber ] ifTrue: [ p asPoint ] False: [
                        errors type signalFor: self Argument: p Operator: o ] ).
            }
            {'Category: arithmetic\x7fComment: One coordinate changed, the other kept.'
                addX: n = ( (x + n) @ y ).
                addY: n = ( x @ (y + n) ).
                subtractX: n = ( (x - n) @ y ).
                subtractY: n = ( x @ (y - n) ).
            }
            {'Category: moving\x7fComment: To another place; turned around the origin by an angle in radians; to the other side of an axis; coordinates exchanged; to the nearest place in a rectangle.'
                translateBy: p = ( self + p ).
                rotateBy: angle = (| c. s |
                    c: angle cos.
                    s: angle sin.
                    ((x * c) - (y * s)) @ ((x * s) + (y * c)) ).
                xAxisReflect = ( x @ y negate ).
                yAxisReflect = ( x negate @ y ).
                transpose = ( y @ x ).
                swap = ( transpose ).
                restrictTo: r = ( (max: r topLeft) min: r bottomRight ).
            }
            {'Category: double dispatch\x7fComment: A number op me, by coordinates.'
                addSmallInteger: i = ( i asPoint + self ).
                subtractSmallInteger: i = ( i asPoint - self ).
                multiplySmallInteger: i = ( i asPoint * self ).
                divideSmallInteger: i = ( i asPoint / self ).
                addBigInteger: b = ( b asPoint + self ).
                subtractBigInteger: b = ( b asPoint - self ).
                multiplyBigInteger: b = ( b asPoint * self ).
                divideBigInteger: b = ( b asPoint / self ).
                addFloat: f = ( f asPoint + self ).
                subtractFloat: f = ( f asPoint - self ).
                multiplyFloat: f = ( f asPoint * self ).
                divideFloat: f = ( f asPoint / self ).
            }
            {'Category: measuring\x7fComment: Lengths, angles (in radians; in degrees, from 0 below 360), height by width.'
                rho = ( square asFloat sqrt ).
                r = ( rho ).
                square = ( (x * x) + (y * y) ).
                normalize = ( self / rho ).
                theta = ( y arcTan: x ).
                thetaDegrees = ( theta asDegrees %+ 360 ).
                aspectRatio = ( y /= x ).
                manhattanDistanceTo: p = ( (x - p x) abs + (y - p y) abs ).
                distanceTo: p = ( (self - p) rho ).
                squaredDistanceTo: p = ( (self - p) square ).
            }
            {'Category: comparing\x7fComment: By coordinates; < and <= only if they hold for both.'
                = p = ( p isPoint && [ (x = p x) && [ y = p y ] ] ).
                < p = ( (x < p x) && [ y < p y ] ).
                <= p = ( (x <= p x) && [ y <= p y ] ).
                > p = ( p < self ).
                >= p = ( p <= self ).
                hash = ( x hash combinedHash: y hash ).
                isPoint = true.
            }
            {'Category: converting\x7fComment: Myself; a rectangle between me and another corner, whichever of the four; with me as origin and the argument as corner or size; from the origin to me.'
                asPoint = ( self ).
                # p = ( rectangle from: self To: p ).
                corner: p = ( rectangle copyOrigin: self Corner: p ).
                ## size = ( rectangle copyOrigin: self Corner: self + size ).
                asRectangle = ( (0 @ 0) # self ).
            }
            {'Category: converting\x7fComment: Each coordinate made another sort of number.'
                asFloat = ( x asFloat @ y asFloat ).
                asInteger = ( x asInteger @ y asInteger ).
                floor = ( x floor @ y floor ).
                ceil = ( x ceil @ y ceil ).
                round = ( x round @ y round ).
                rounded = ( round ).
                truncate = ( x truncate @ y truncate ).
            }
            {'Category: iterating\x7fComment: Evaluates the block for all pairs of whole numbers from 0 below x and below y, the second running faster. Answers me.'
                do: b = ( x do: [ |:i| y do: [ |:j| b value: i With: j ] ]. self ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = ( x printString, '@', y printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: geometry\x7fComment: Prototype of points.'
        point = (| {} = 'Comment: The prototype of points.'.
            parent* = traits point.
            {'Category: coordinates\x7fComment: To the right and down.'
                x <- 0.
                y <- 0.
            }
        |).
    }
|)
