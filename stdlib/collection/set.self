"Sets: no two equal elements. Identity sets tell apart what is equal but not the
same object; they take objects that understand nothing."

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of sets.'
        set = (| {} = 'Comment: I am the behaviour of sets.'.
            parent* = traits hashed.

            {'Category: adding\x7fComment: Unless an equal element is here already. Answers me. Elements are their own keys; the block of at:IfAbsentPut: and those that are told what was done get the element.'
                add: x = (
                    _TableAdd: x IfFail: [ | i |
                        needsRoom ifTrue: [ makeRoom ].
                        i: placeOf: x.
                        needsRoom ifTrue: [ ^ add: x ].
                        (isFreeAt: i) ifTrue: [ keyTable at: i Put: x. count: count + 1 ].
                        self ] ).
                add: x IfPresent: b = (| i |
                    needsRoom ifTrue: [ makeRoom ].
                    i: placeOf: x.
                    needsRoom ifTrue: [ ^ add: x IfPresent: b ].
                    (isFreeAt: i) ifFalse: [ ^ b value: (keyTable at: i) ].
                    keyTable at: i Put: x.
                    count: count + 1.
                    self ).
                addAll: c = ( c do: [ |:e| add: e ]. self ).
                at: x Put: y = ( add: y ).
                at: x IfAbsentPut: b = ( at: x IfAbsent: [ | y | y: b value: x. add: y. y ] ).
                if: x IsAbsentAddAndDo: d = ( if: x IsPresentDo: nil IfAbsentAddAndDo: d ).
                if: x IsPresentDo: p IfAbsentAddAndDo: d = (
                    if: x IsPresentDo: p IfAbsentPut: x AndDo: d ).
            }
            {'Category: removing\x7fComment: One element, all.'
                remove: x IfAbsent: a = (
                    _TableRemoveKey: x IfAbsent: a IfFail: [ | i. found |
                        i: placeOf: x.
                        (isFreeAt: i) ifTrue: [ ^ a value: x ].
                        found: keyTable at: i.
                        freePlace: i.
                        found ] ).
                removeKey: x = ( remove: x ).
                removeKey: x IfAbsent: a = ( remove: x IfAbsent: a ).
                removeAll = ( keyTable: (tableOf: 8). count: 0. self ).
            }
            {'Category: searching\x7fComment: By hash, not one by one.'
                includes: x = ( _TableIncludes: x IfFail: [ (isFreeAt: (placeOf: x)) not ] ).
                includesKey: x = ( includes: x ).
                at: x = ( at: x IfAbsent: [ missing: 'the element is not here' ] ).
                at: x IfAbsent: a = (
                    _TableAt: x IfAbsent: a IfFail: [ | i |
                        i: placeOf: x.
                        (isFreeAt: i) ifTrue: [ a value: x ] False: [ keyTable at: i ] ] ).
            }
            {'Category: algebra\x7fComment: New sets. Example: ((1 & 2) asSet intersect: (2 & 3) asSet) size >>> 1.'
                union: c = ( copy addAll: c ).
                difference: c = ( filterBy: [ |:e| (c includes: e) not ] ).
                isSubsetOf: c = ( allSatisfy: [ |:e| c includes: e ] ).
                || c = ( union: c ).
                && c = ( intersect: c ).
                , c = ( union: c ).
            }
            {'Category: comparing\x7fComment: The same elements.'
                = s = (
                    (== s) || [
                            s isCollection && [
                                    ((reflect: s) understands: 'isSet') && [
                                            (s size = size) && [ isSubsetOf: s ] ] ] ] ).
                hash = (
                    inject: size Into: [ |:h. :e|
                        (h + ((e hash combinedHash: 0) && 1073741823)) && 1073741823 ] ).
                isSet = true.
            }
            {'Category: copying\x7fComment: With the same elements.'
                copy = ( clone keyTable: keyTable copy ).
                asSet = ( self ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'a set'.
            }
            {'Category: private\x7fComment: Twice the room.'
                makeRoom = ( moveTo: (keyTable size * 2 max: 8) ).
                placesAnew: n = ( keyTable: (tableOf: n) ).
                take: k From: old Place: i To: j = ( keyTable at: j Put: k ).
                adoptKeys: keys Values: values = ( keyTable: keys ).
                valuesOfPlaces = nil.
                valueInPlace: i = ( keyTable at: i ).
                movePlace: i To: j = ( keyTable at: j Put: (keyTable at: i) ).
                clearPlace: i = ( keyTable at: i Put: free ).
            }
        |).
    }
|)

traits _AddSlots: (|
    {'Category: collections\x7fComment: Behaviour of identity sets.'
        identitySet = (| {} = 'Comment: I am the behaviour of sets that go by identity.'.
            parent* = traits set.

            {'Category: private\x7fComment: Identity and its hash are asked of the machine, so that any object will do.'
                placeOf: k = (
                    keyTable _TablePlaceOfIdentical: k Free: free IfFail: [ changedMeanwhile ] ).
                homeOf: k = ( homeOfHash: (k _IdentityHashIfFail: 0) ).
            }
            {'Category: printing\x7fComment: What I am called.'
                collectionName = 'an identitySet'.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: collections\x7fComment: Prototypes: use set copyRemoveAll.'
        set = (| {} = 'Comment: The prototype of sets.'.
            parent* = traits set.
            {'Category: private\x7fComment: The places, and how many are taken.'
                keyTable <- vector copySize: 8 FillingWith: traits hashed free.
                count <- 0.
            }
        |).
        identitySet = (| {} = 'Comment: The prototype of identity sets.'.
            parent* = traits identitySet.
            {'Category: private\x7fComment: The places, and how many are taken.'
                keyTable <- vector copySize: 8 FillingWith: traits hashed free.
                count <- 0.
            }
        |).
    }
|)
