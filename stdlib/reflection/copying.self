"Copies of wholes. `copy` copies one object: what its slots refer to is shared with the
original, so a list that a prototype holds is the list of all its copies. `copyDeep`
copies all that belongs to an object as well; `browser lint:` tells which prototypes
share a collection with their copies."

globals _AddSlots: (|
    {'Category: reflection\x7fComment: Copies wholes.'
        deepCopier = (| {} = 'Comment: I copy an object with all that its assignable slots and elements refer to; what is met twice is copied once.'.
            parent* = traits clonable.

            {'Category: copying\x7fComment: A copy of the whole.'
                copyOf: x = (| first |
                    first: (clone done: identityDictionary copyRemoveAll) waiting: list
                        copyRemoveAll.
                    first copyFrom: x ).
                copyFrom: x = (| root |
                    root: counterpartOf: x.
                    [ waiting isEmpty ] whileFalse: [ fill: waiting removeFirst ].
                    root ).
            }
            {'Category: private\x7fComment: The copy of a part, made when it is first met; its own parts in their places.'
                counterpartOf: x = (| new |
                    (isShared: x) ifTrue: [ ^ x ].
                    done at: x IfAbsent: [
                        new: x clone.
                        done at: x Put: new.
                        new == x ifFalse: [ waiting addLast: new ].
                        new ] ).
                fill: new = (| m |
                    m: reflect: new.
                    m do: [ |:s|
                        (s isAssignable && [ s isParent not ]) ifTrue: [
                            s contents: (reflect: (counterpartOf: s contents reflectee)) ] ].
                    m kind = 'vector' ifTrue: [
                        new size do: [ |:i| new at: i Put: (counterpartOf: (new at: i)) ] ].
                    self ).
                isShared: x = (| m. kind |
                    (nil == x) || [ true == x ] || [ false == x ] ifTrue: [ ^ true ].
                    m: reflect: x.
                    kind: m kind.
                    ((kind = 'slots') || [ kind = 'vector' ] || [ kind = 'byteVector' ]) ifFalse: [
                        ^ true ].
                    ((m understands: 'clone') not) || [ rooms includes: m ] ).
                rooms = (
                    (lobby & globals & traits & mixins & errors) asVector mapBy: [ |:x|
                        reflect: x ] ).
            }
            {'Category: private\x7fComment: Copies by what they are of; copies whose parts are still those of the original.'
                done.
                waiting.
            }
        |).
    }
|)

defaultBehavior _AddSlots: (|
    {'Category: copying\x7fComment: A copy of me and of all that my assignable slots and elements refer to, however deep; cycles too. Literals, methods, parents, what exists once and the rooms of the world are shared. Example: (((1 & 2) asVector & 3) asVector copyDeep at: 0) >>> a vector(1, 2).'
        copyDeep = ( deepCopier copyOf: self ).
    }
|)

browser _AddSlots: (|
    {'Category: checking\x7fComment: What is probably not meant in a prototype, a line each: collections that all its copies share. Example: browser lint: (| parent* = traits clonable. items <- list copyRemoveAll |) >>> a list(\'items: all copies share this list: give it a copy in a method copy, or use copyDeep\').'
        lint: x = (| found. m |
            found: list copyRemoveAll.
            m: reflect: x.
            (copiesItsParts: m) ifTrue: [ ^ found ].
            m do: [ |:s|
                (s isAssignable && [ s isParent not ] && [ isChangeable: s contents reflectee ]) ifTrue: [
                    found addLast: s name, ': all copies share this '
                        , (kindOf: s contents reflectee)
                        , ': give it a copy in a method copy, or use copyDeep' ] ].
            found ).
    }
    {'Category: private\x7fComment: Whether copies are made by a method of its own; what can change and is shared; what it is called.'
        copiesItsParts: m = (
            ((m understands: 'copy') not) || [ | holder |
                    holder: (m lookup: 'copy' IfFail: [ ^ true ]) holder.
                    (holder = (reflect: traits clonable)) not ] ).
        isChangeable: x = (
            ((reflect: x) understands: 'isCollection') && [ x isCollection ] && [
                    (x isString && [ x isCanonical ]) not ] ).
        kindOf: x = (| t | t: x collectionName. (t splitOn: ' ') last ).
    }
|)
