//! What is known of the registers at a point of the program, and how knowledge from several ways joins.
//!
//! Registers of all virtual frames are numbered by their home: the place on the value stack, counted from the root's window. A callee's
//! window overlaps its caller's, so inlined arguments need no moves.

/// What is known about a tagged value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// Nothing.
    Any,
    /// A small integer.
    Int,
    /// An immediate float.
    Float,
    /// true or false.
    Bool,
    /// An object whose map has these bits.
    Map(u32),
}

/// What a register holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reg {
    /// Nothing that is read later.
    Undefined,
    /// A tagged value; `dirty`: its home holds something else.
    Tagged {
        /// What is known of it.
        ty: Type,
        /// Its home holds something else.
        dirty: bool,
    },
    /// A float without a tag.
    Float {
        /// Its home holds something else.
        dirty: bool,
    },
}

/// All registers by home.
pub type State = Vec<Reg>;

/// What holds on both ways.
pub fn join(a: Reg, b: Reg) -> Reg {
    use Reg::{Float, Tagged, Undefined};
    match (a, b) {
        (Undefined, _) | (_, Undefined) => Undefined,
        (Tagged { ty: t, dirty: d }, Tagged { ty: u, dirty: e }) => {
            Tagged { ty: if t == u { t } else { Type::Any }, dirty: d || e }
        }
        (Float { dirty: d }, Float { dirty: e }) => Float { dirty: d || e },
        (Float { dirty: d }, Tagged { ty: Type::Float, dirty: e })
        | (Tagged { ty: Type::Float, dirty: e }, Float { dirty: d }) => Float { dirty: d || e },
        (Float { .. }, Tagged { .. }) | (Tagged { .. }, Float { .. }) => {
            Tagged { ty: Type::Any, dirty: true }
        }
    }
}

/// Joins two states.
pub fn join_all(a: &State, b: &State) -> State {
    a.iter().zip(b).map(|(a, b)| join(*a, *b)).collect()
}

/// May control go from `from` to where `to` is assumed? Joining would change nothing then.
pub fn fits(from: &State, to: &State) -> bool {
    from.iter().zip(to).all(|(from, to)| join(*to, *from) == *to)
}
