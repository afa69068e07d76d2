"The first file of the world: it gives the bare lobby its rooms.

Before this file runs the lobby knows one parent, `systemObjects`, with nil,
true, false and the prototypes of vectors, byte vectors, big integers, mirrors
and proxies. Afterwards it has

  traits     behaviour shared by families of objects
  globals    prototypes and oddballs, seen from everything below the lobby
  mixins     small parentless bundles of behaviour

`globals` is the very object that was called `systemObjects`: nothing moves, but
for the prototypes of mirrors, which get a room of their own. Numbers, strings,
blocks, vectors, processes and mirrors were born with a traits object each; here
these objects get their names."

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
        proxy = proxy parent.
        fctProxy = fctProxy parent.
        profiler = profiler parent.
    }
    {'Category: reflection\x7fComment: What all mirrors share, and what those on one family of objects do besides.'
        mirror = ().
        mirrors = (| {} = 'Comment: I hold the behaviour of mirrors on families of objects.'.
            {'Category: families\x7fComment: What mirrors on one family do besides what all do.'
                slots = slotsMirror parent.
                smallInt = smiMirror parent.
                float = floatMirror parent.
                canonicalString = stringMirror parent.
                vector = vectorMirror parent.
                byteVector = byteVectorMirror parent.
                block = blockMirror parent.
                method = methodMirror parent.
                blockMethod = blockMethodMirror parent.
                methodActivation = methodActivationMirror parent.
                blockMethodActivation = blockMethodActivationMirror parent.
                assignment = assignmentMirror parent.
                mirror = mirrorMirror parent.
                process = processMirror parent.
                proxy = proxyMirror parent.
                fctProxy = fctProxyMirror parent.
                profiler = profilerMirror parent.
            }
        |).
    }
|)

globals _AddSlots: (|
    {'Category: reflection\x7fComment: What mirrors are made like.'
        mirrors = (| {} = 'Comment: I hold the prototypes of mirrors, one for each family of objects. `reflect:` makes the right one.'.
            {'Category: families\x7fComment: The prototype of mirrors on one family.'
                slots = slotsMirror.
                smallInt = smiMirror.
                float = floatMirror.
                canonicalString = stringMirror.
                vector = vectorMirror.
                byteVector = byteVectorMirror.
                block = blockMirror.
                method = methodMirror.
                blockMethod = blockMethodMirror.
                methodActivation = methodActivationMirror.
                blockMethodActivation = blockMethodActivationMirror.
                assignment = assignmentMirror.
                mirror = mirrorMirror.
                process = processMirror.
                proxy = proxyMirror.
                fctProxy = fctProxyMirror.
                profiler = profilerMirror.
            }
        |).
    }
|)

"Each family inherits what all mirrors share, and gives up its old name. Foreign
objects and the profiler have no behaviour but what programs give them."

traits proxy _AddSlots: (| {} = 'Comment: I am the behaviour of proxies: objects that stand for something outside of the world.'
|)
traits fctProxy _AddSlots: (| {} = 'Comment: I am the behaviour of proxies for foreign functions.'
|)
traits profiler _AddSlots: (| {} = 'Comment: I am the behaviour of profilers.' |)

traits mirrors slots _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on plain objects.'.
    parent* = traits mirror
|)
traits mirrors smallInt _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on small integers.'.
    parent* = traits mirror
|)
traits mirrors float _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on floats.'.
    parent* = traits mirror
|)
traits mirrors canonicalString _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on literal strings.'.
    parent* = traits mirror
|)
traits mirrors vector _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on vectors.'.
    parent* = traits mirror
|)
traits mirrors byteVector _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on byte vectors and strings.'.
    parent* = traits mirror
|)
traits mirrors block _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on blocks.'.
    parent* = traits mirror
|)
traits mirrors method _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on methods.'.
    parent* = traits mirror
|)
traits mirrors blockMethod _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on bodies of blocks.'.
    parent* = traits mirror
|)
traits mirrors methodActivation _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on running methods.'.
    parent* = traits mirror
|)
traits mirrors blockMethodActivation _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on running blocks.'.
    parent* = traits mirror
|)
traits mirrors assignment _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on assignment slots.'.
    parent* = traits mirror
|)
traits mirrors mirror _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on mirrors.'.
    parent* = traits mirror
|)
traits mirrors process _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on processes.'.
    parent* = traits mirror
|)
traits mirrors proxy _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on proxies.'.
    parent* = traits mirror
|)
traits mirrors fctProxy _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on foreign functions.'.
    parent* = traits mirror
|)
traits mirrors profiler _AddSlots: (| {} = 'Comment: I am the behaviour of mirrors on profilers.'.
    parent* = traits mirror
|)

globals _RemoveSlot: 'slotsMirror'
globals _RemoveSlot: 'smiMirror'
globals _RemoveSlot: 'floatMirror'
globals _RemoveSlot: 'stringMirror'
globals _RemoveSlot: 'vectorMirror'
globals _RemoveSlot: 'byteVectorMirror'
globals _RemoveSlot: 'blockMirror'
globals _RemoveSlot: 'methodMirror'
globals _RemoveSlot: 'blockMethodMirror'
globals _RemoveSlot: 'methodActivationMirror'
globals _RemoveSlot: 'blockMethodActivationMirror'
globals _RemoveSlot: 'assignmentMirror'
globals _RemoveSlot: 'mirrorMirror'
globals _RemoveSlot: 'processMirror'
globals _RemoveSlot: 'proxyMirror'
globals _RemoveSlot: 'fctProxyMirror'
globals _RemoveSlot: 'profilerMirror'

"Roots of the traits: what may be copied, and what there is only one of."

traits _AddSlots: (|
    {'Category: roots\x7fComment: Parent of everything that is used by copying it.'
        clonable = (| {} = 'Comment: I am the parent of prototypes and their copies.'.
            parent* = lobby.

            {'Category: copying\x7fComment: A copy of me: a shallow one, unless my children know better.'
                copy = ( clone ).
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
