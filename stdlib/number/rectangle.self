"Rectangles with sides along the axes. They are used as values: operations, also
those that name a side with a colon, answer new ones."

traits _AddSlots: (|
    {'Category: geometry\x7fComment: Behaviour of rectangles.'
        rectangle = (| {} = 'Comment: I am the behaviour of rectangles: origin included, corner excluded.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: A new rectangle.'
                copyOrigin: o Corner: c = ( (clone origin: o) corner: c ).
                copyOrigin: o Size: s = ( copyOrigin: o Corner: o + s ).
                center: c Size: s = ( copyOrigin: c - (s / 2) Size: s ).
                from: p To: q = ( copyOrigin: (p min: q) Corner: (p max: q) ).
            }
            {'Category: measuring\x7fComment: Sides and size.'
                left = ( origin x ).
                top = ( origin y ).
                right = ( corner x ).
                bottom = ( corner y ).
                width = ( right - left ).
                height = ( bottom - top ).
                size = ( corner - origin ).
                area = ( isEmpty ifTrue: [ 0 ] False: [ width * height ] ).
            }
            {'Category: measuring\x7fComment: Points: of the corners, in the middle, and in the middle of a side.'
                topLeft = ( origin ).
                topRight = ( right @ top ).
                bottomLeft = ( left @ bottom ).
                bottomRight = ( corner ).
                center = ( (origin + corner) / 2 ).
                topCenter = ( center x @ top ).
                bottomCenter = ( center x @ bottom ).
                leftCenter = ( left @ center y ).
                rightCenter = ( right @ center y ).
            }
            {'Category: testing\x7fComment: What lies within me. A rectangle that I enclose does not touch my sides.'
                isEmpty = ( (width <= 0) || [ height <= 0 ] ).
                includes: p = ( (origin <= p) && [ p < corner ] ).
                intersects: r = ( (intersect: r) isEmpty not ).
                encloses: r = ( (origin < r origin) && [ r corner < corner ] ).
                enclosesOrEquals: r = ( (origin <= r origin) && [ r corner <= corner ] ).
                pointClosestToPoint: p = ( p restrictTo: self ).
            }
            {'Category: combining\x7fComment: Common part, smallest rectangle around both.'
                intersect: r = (
                    copyOrigin: (origin max: r origin) Corner: (corner min: r corner) ).
                union: r = ( copyOrigin: (origin min: r origin) Corner: (corner max: r corner) ).
            }
            {'Category: moving\x7fComment: To another place, with the same size; into another rectangle, its upper left if I am too big.'
                + p = ( copyOrigin: origin + p Corner: corner + p ).
                - p = ( copyOrigin: origin - p Corner: corner - p ).
                translateBy: p = ( self + p ).
                translateTo: p = ( copyOrigin: p Size: size ).
                center: p = ( self + (p - center) ).
                restrictTo: r = ( translateTo: ((origin min: r corner - size) max: r origin) ).
            }
            {'Category: resizing\x7fComment: With one side, or the two at a corner, at another place.'
                left: n = ( topLeft: n @ top ).
                top: n = ( topLeft: left @ n ).
                right: n = ( bottomRight: n @ bottom ).
                bottom: n = ( bottomRight: right @ n ).
                topLeft: p = ( copyOrigin: p Corner: corner ).
                topRight: p = ( copyOrigin: left @ p y Corner: p x @ bottom ).
                bottomLeft: p = ( copyOrigin: p x @ top Corner: right @ p y ).
                bottomRight: p = ( copyOrigin: origin Corner: p ).
            }
            {'Category: resizing\x7fComment: With all sides moved inward, or outward.'
                indent: n = ( copyOrigin: origin + n Corner: corner - n ).
                extend: n = ( indent: n negate ).
            }
            {'Category: resizing\x7fComment: With a side, or a corner, moved outward; by a number, or a point.'
                stretchLeft: n = ( left: left - n ).
                stretchTop: n = ( top: top - n ).
                stretchRight: n = ( right: right + n ).
                stretchBottom: n = ( bottom: bottom + n ).
                stretchTopLeft: p = ( topLeft: topLeft - p ).
                stretchBottomRight: p = ( bottomRight: bottomRight + p ).
            }
            {'Category: resizing\x7fComment: With a side, or a corner, moved inward; by a number, or a point.'
                shrinkLeft: n = ( left: left + n ).
                shrinkTop: n = ( top: top + n ).
                shrinkRight: n = ( right: right - n ).
                shrinkBottom: n = ( bottom: bottom - n ).
                shrinkTopLeft: p = ( topLeft: topLeft + p ).
                shrinkBottomRight: p = ( bottomRight: bottomRight - p ).
            }
            {'Category: comparing\x7fComment: By my two points.'
                isRectangle = true.
                = r = (
                    ((reflect: r) understands: 'isRectangle') && [
                            (origin = r origin) && [ corner = r corner ] ] ).
                hash = ( origin hash combinedHash: corner hash ).
            }
            {'Category: printing\x7fComment: As I would be written.'
                printString = ( origin printString, ' # ', corner printString ).
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: geometry\x7fComment: Prototype of rectangles.'
        rectangle = (| {} = 'Comment: The prototype of rectangles.'.
            parent* = traits rectangle.
            {'Category: corners\x7fComment: Upper left, and lower right.'
                origin <- point.
                corner <- point.
            }
        |).
    }
|)
