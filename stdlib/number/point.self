"Points of the plane, and rectangles with whole or broken coordinates. Both are
used as values: operations answer new ones."

traits _AddSlots: (|
    {'Category: geometry\x7fComment: Behaviour of points.'
        point = (| {} = 'Comment: I am the behaviour of points of the plane.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new point.'
                copyX: newX Y: newY = ( (clone x: newX) y: newY ).
            }
            {'Category: arithmetic\x7fComment: By coordinates, with a point or a number as argument.'
                + p = (| q | q: p asPoint. (x + q x) @ (y + q y) ).
                - p = (| q | q: p asPoint. (x - q x) @ (y - q y) ).
                * p = (| q | q: p asPoint. (x * q x) @ (y * q y) ).
                / p = (| q | q: p asPoint. (x / q x) @ (y / q y) ).
                negate = ( x negate @ y negate ).
                abs = ( x abs @ y abs ).
                min: p = ( (x min: p x) @ (y min: p y) ).
                max: p = ( (x max: p x) @ (y max: p y) ).
                transpose = ( y @ x ).
                dot: p = ( (x * p x) + (y * p y) ).
                cross: p = ( (x * p y) - (y * p x) ).
            }
            {'Category: measuring\x7fComment: Lengths and angles.'
                rho = ( ((x * x) + (y * y)) asFloat sqrt ).
                theta = ( y asFloat arcTan2: x asFloat ).
                distanceTo: p = ( (self - p) rho ).
                squaredDistanceTo: p = (| d | d: self - p. d dot: d ).
            }
            {'Category: comparing\x7fComment: By coordinates; < and <= only if they hold for both.'
                = p = ( p isPoint && [ (x = p x) && [ y = p y ] ] ).
                < p = ( (x < p x) && [ y < p y ] ).
                <= p = ( (x <= p x) && [ y <= p y ] ).
                > p = ( p < self ).
                >= p = ( p <= self ).
                hash = ( ((x hash && 1073741823) * 31) ^^ y hash ).
                isPoint = true.
            }
            {'Category: converting\x7fComment: Myself, a rectangle with me as origin and the argument as corner or size.'
                asPoint = ( self ).
                corner: p = ( rectangle copyOrigin: self Corner: p ).
                ## size = ( rectangle copyOrigin: self Corner: self + size ).
                rounded = ( x round @ y round ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = ( '(', x printString, ' @ ', y printString, ')' ).
            }
        |).

        rectangle = (| {} = 'Comment: I am the behaviour of rectangles: origin included, corner excluded.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new rectangle.'
                copyOrigin: o Corner: c = ( (clone origin: o) corner: c ).
                copyOrigin: o Size: s = ( copyOrigin: o Corner: o + s ).
            }
            {'Category: measuring\x7fComment: Sides and points.'
                left = ( origin x ).
                top = ( origin y ).
                right = ( corner x ).
                bottom = ( corner y ).
                width = ( right - left ).
                height = ( bottom - top ).
                size = ( corner - origin ).
                area = ( isEmpty ifTrue: [ 0 ] False: [ width * height ] ).
                center = ( (origin + corner) / 2 ).
            }
            {'Category: testing\x7fComment: What lies within me.'
                isEmpty = ( (width <= 0) || [ height <= 0 ] ).
                includes: p = ( (origin <= p) && [ p < corner ] ).
                intersects: r = ( (intersect: r) isEmpty not ).
            }
            {'Category: combining\x7fComment: Common part, smallest rectangle around both, moved, grown.'
                intersect: r = (
                    copyOrigin: (origin max: r origin) Corner: (corner min: r corner) ).
                union: r = ( copyOrigin: (origin min: r origin) Corner: (corner max: r corner) ).
                + p = ( copyOrigin: origin + p Corner: corner + p ).
                - p = ( copyOrigin: origin - p Corner: corner - p ).
                indent: n = ( copyOrigin: origin + n Corner: corner - n ).
            }
            {'Category: comparing\x7fComment: By my two points.'
                isRectangle = true.
                = r = (
                    ((reflect: r) understands: 'isRectangle') && [
                            (origin = r origin) && [ corner = r corner ] ] ).
                hash = ( origin hash ^^ corner hash ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = ( '(', origin printString, ' corner: ', corner printString, ')' ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: geometry\x7fComment: Prototypes of points and rectangles.'
        point = (| {} = 'Comment: The prototype of points.'.
            parent* = traits point.
            {'Category: coordinates\x7fComment: To the right and down.'
                x <- 0.
                y <- 0.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: geometry\x7fComment: Prototypes of points and rectangles.'
        rectangle = (| {} = 'Comment: The prototype of rectangles.'.
            parent* = traits rectangle.
            {'Category: corners\x7fComment: Upper left, and lower right.'
                origin <- point.
                corner <- point.
            }
        |).
    }
|)
