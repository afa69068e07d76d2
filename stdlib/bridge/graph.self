"Objects as plain data for those outside: a graph in which each object has a number and
stands once, of bounded depth and size. What lies deeper is asked for with `inspect`."

traits _AddSlots: (|
    {'Category: bridge\x7fComment: Behaviour of descriptions of objects.'
        bridgeGraph = (| {} = 'Comment: I describe objects as plain data.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Empty, so deep at most, with the numbers that a client knows.'
                copyDepth: n Handles: h = (
                    (((clone depth: n) handles: h) seen: set copyRemoveAll) objects: dictionary
                        copyRemoveAll ).
            }
            {'Category: describing\x7fComment: A value: plain data as it is, an object by its number, with its description gathered in objects.'
                of: x = ( of: x Depth: depth ).
                of: x Depth: n = (| m |
                    m: reflect: x.
                    (isAtom: m) ifTrue: [ ^ x ].
                    m isReflecteeString ifTrue: [ ^ textOf: x ].
                    reference: m Depth: n ).
                isAtom: m = (
                    m isReflecteeInteger || [
                            m isReflecteeFloat || [
                                    (m isOnSameAs: (reflect: nil)) || [
                                            (m isOnSameAs: (reflect: true)) || [
                                                    m isOnSameAs: (reflect: false) ] ] ] ] ).
                textOf: x = (
                    x size > longestText
                        ifTrue: [ (x copyFrom: 0 UpTo: longestText), '…' ]
                        False: [ x ] ).
                reference: m Depth: n = (| d. number |
                    number: handles numberOf: m.
                    d: dictionary copyRemoveAll.
                    d at: 'ref' Put: number.
                    d at: 'name' Put: m name.
                    (n > 0) && [ (seen includes: number) not && [ seen size < mostObjects ] ] ifTrue: [
                        seen add: number.
                        objects at: number printString Put: (description: m Depth: n - 1) ].
                    d ).
            }
            {'Category: describing\x7fComment: One object: name, kind, its own words, slots, elements.'
                description: m Depth: n = (| d. slots. more |
                    d: dictionary copyRemoveAll.
                    d at: 'name' Put: m name.
                    d at: 'kind' Put: m kind.
                    d at: 'text' Put: (textOf: m safePrintString).
                    slots: dictionary copyRemoveAll.
                    more: 0.
                    m do: [ |:s|
                        slots size < mostSlots
                            ifTrue: [ slots at: s name Put: (slot: s Depth: n) ]
                            False: [ more: more + 1 ] ].
                    d at: 'slots' Put: slots.
                    more > 0 ifTrue: [ d at: 'more' Put: more ].
                    m isReflecteeVector ifTrue: [
                        d at: 'elements' Put: (elements: m reflectee Depth: n) ].
                    d ).
                slot: s Depth: n = (| d |
                    d: dictionary copyRemoveAll.
                    s isParent ifTrue: [ d at: 'parent' Put: true ].
                    s isAssignable ifTrue: [ d at: 'assignable' Put: true ].
                    s isMethod ifTrue: [ d at: 'source' Put: (textOf: s contents source) ] False: [
                        d at: 'value' Put: (of: s contents reflectee Depth: n) ].
                    d ).
                elements: v Depth: n = (| all |
                    all: list copyRemoveAll.
                    0 upTo: (v size min: mostSlots) Do: [ |:i| all add: (of: (v at: i) Depth: n) ].
                    all ).
            }
            {'Category: bounds\x7fComment: Most objects, slots or elements of one, characters of a text.'
                mostObjects = 2000.
                mostSlots = 1000.
                longestText = 4000.
            }
        |).

        bridgeHandles = (| {} = 'Comment: I number objects for one client, so that it can name them.'.
            parent* = traits clonable.

            {'Category: creating\x7fComment: Knowing nothing.'
                copy = ( (clone numbers: dictionary copyRemoveAll) mirrors: list copyRemoveAll ).
            }
            {'Category: looking\x7fComment: The number of an object, a new one if it has none; the mirror of a number. Who was told of very many objects begins anew: old numbers then mean nothing.'
                numberOf: m = (
                    numbers at: m IfAbsent: [
                        mirrors size >= most ifTrue: [
                            first: first + mirrors size.
                            mirrors: list copyRemoveAll.
                            numbers: dictionary copyRemoveAll ].
                        mirrors addLast: m.
                        numbers at: m Put: last.
                        last ] ).
                last = ( (first + mirrors size) - 1 ).
                at: number IfAbsent: a = (
                    (number >= first) && [ number < (first + mirrors size) ]
                        ifTrue: [ mirrors at: number - first ]
                        False: [ a value ] ).
                most = 20000.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: bridge\x7fComment: Prototype of numbers of objects.'
        bridgeHandles = (| {} = 'Comment: The prototype of tables of numbers.'.
            parent* = traits bridgeHandles.

            {'Category: parts\x7fComment: Numbers by mirrors; mirrors in order, and the number of the first.'
                numbers.
                mirrors.
                first <- 1.
            }
        |).
    }
    {'Category: bridge\x7fComment: Prototype of descriptions of objects.'
        bridgeGraph = (| {} = 'Comment: The prototype of descriptions.'.
            parent* = traits bridgeGraph.

            {'Category: parts\x7fComment: How deep I go; which objects I have met; what I say of each, by number.'
                depth <- 1.
                handles.
                seen.
                objects.
            }
        |).
    }
|)
