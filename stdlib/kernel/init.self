"The first file of the world: it gives the bare lobby its rooms.

Before this file runs the lobby knows one parent, `systemObjects`, with nil,
true, false and the prototypes of vectors, byte vectors, big integers and
mirrors. Afterwards it has

  traits     behaviour shared by families of objects
  globals    prototypes and oddballs, seen from everything below the lobby
  mixins     small parentless bundles of behaviour

`globals` is the very object that was called `systemObjects`: nothing moves.
Numbers, strings, blocks, vectors and processes were born with a traits object
each; here these objects get their names."

_AddSlots: (|
    {'Category: rooms\x7fComment: Shared behaviour: one object for each family.'
        traits = (| {} = 'Comment: I hold the behaviour that families of objects share.' |).
    }
    {'Category: rooms\x7fComment: Small parentless bundles of behaviour.'
        mixins = (| {} = 'Comment: I hold small parentless bundles of behaviour.' |).
    }
    {'Category: rooms\x7fComment: Prototypes and oddballs, visible everywhere.'
        globals* = systemObjects.
    }
|)

_RemoveSlot: 'systemObjects'

globals _AddSlots: (|
    {'Category: rooms\x7fComment: The root of the namespace; every expression of a file is evaluated in me.'
        lobby = self.
    }
|)

traits _AddSlots: (|
    {'Category: born with the world\x7fComment: Families whose first members exist before any file is read.'
        smallInt = 0 parent.
        float = 0.5 parent.
        bigInt = bigInt parent.
        block = [ 0 ] parent.
        canonicalString = '' parent.
        vector = vector parent.
        byteVector = byteVector parent.
        weakVector = weakVector parent.
        process = _ThisProcess parent.
        mirror = _Mirror parent.
    }
|)

"Roots of the traits: what may be copied, and what there is only one of."

traits _AddSlots: (|
    {'Category: roots\x7fComment: Parent of everything that is used by copying it.'
        clonable = (| {} = 'Comment: I am the parent of prototypes and their copies.'.
            parent* = lobby.

            {'Category: copying\x7fComment: A shallow copy of me. Override copy, not clone.'
                copy = ( clone ).
                clone = ( _CloneIfFail: [ |:e. :n| primitiveFailedError: e Name: n ] ).
            }
        |).
    }
    {'Category: roots\x7fComment: Parent of unique objects.'
        oddball = (| {} = 'Comment: I am the parent of objects that exist once: copying gives the original.'.
            parent* = lobby.

            {'Category: copying\x7fComment: There is only one of me.'
                copy = ( self ).
                clone = ( self ).
            }
        |).
    }
|)
