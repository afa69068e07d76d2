"What written-out files ask for while they are read: parts that several others
refer to, kept by name until the file is read, and objects filled with their
contents. See fileGraph.self, which writes such files."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Makes objects again that were written out.'
        fileIn = (| {} = 'Comment: I make objects again that were written out as source.'.
            parent* = traits oddball.

            {'Category: parts\x7fComment: What several objects refer to, by a name that holds until the file is read; evaluates texts one after the other, and answers what the last one gives.'
                at: n = (
                    parts at: n IfAbsent: [
                        error: 'the file refers to ', n, ', which it has not made' ] ).
                at: n Put: x = ( parts at: n Put: x. self ).
                end = ( session removeKey: 'fileIn parts'. self ).
                evaluate: texts = (| x |
                    [ texts do: [ |:text| x: text evaluate ] ] ensure: [ end ].
                    x ).
                parts = ( session at: 'fileIn parts' IfAbsentPut: [ dictionary copyRemoveAll ] ).
            }
            {'Category: making\x7fComment: A copy of an object, whatever copy means to it; the same, with what the slots of another object hold; with nothing in it.'
                clone: x = ( x _CloneIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
                clone: x With: slots = ( set: (clone: x) To: slots ).
                empty: x = ( (clone: x) removeAll ).
                empty: x With: slots = ( set: (empty: x) To: slots ).
            }
            {'Category: filling\x7fComment: Data slots get what those of another object hold; all slots are added. Elements: from an index on; at the end; keys and values.'
                set: x To: slots = (
                    (reflect: slots) do: [ |:s|
                        x _Perform: (s name, ':') canonicalize With: s value ].
                    x ).
                add: slots To: x = (
                    x _AddSlots: slots IfFail: [ |:e. :n| primitiveFailedError: e Name: n ].
                    x ).
                put: elements In: x From: i = ( elements do: [ |:e. :k| x at: i + k Put: e ]. x ).
                put: elements In: x = ( elements do: [ |:e| x add: e ]. x ).
                putPairs: pairs In: x = (
                    0 upTo: pairs size By: 2 Do: [ |:i|
                        x at: (pairs at: i) Put: (pairs at: i + 1) ].
                    x ).
            }
            {'Category: gathering\x7fComment: `fileIn & 1 & 2` has these two elements, whatever they think of being joined.'
                & x = ( gathering copy & x ).
                gathering = (| {} = 'Comment: I gather elements as they are.'.
                    parent* = traits clonable.
                    elements.
                    copy = ( clone elements: list copyRemoveAll ).
                    & x = ( elements addLast: x. self ).
                    asList = ( elements ).
                    asVector = ( elements asVector ).
                    asSet = ( elements asSet ).
                |).
            }
        |).
    }
|)
