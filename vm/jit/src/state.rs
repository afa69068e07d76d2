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
    /// A block that is not made.
    Block {
        /// Its number.
        id: u32,
    },
}

/// All registers by home.
pub type State = Vec<Reg>;

/// What holds on both ways.
pub fn join(a: Reg, b: Reg) -> Reg {
    use Reg::{Block, Float, Tagged, Undefined};
    match (a, b) {
        (Undefined, _) | (_, Undefined) => Undefined,
        (Block { id }, Block { id: other }) if id == other => a,
        (Block { .. }, _) | (_, Block { .. }) => Tagged { ty: Type::Any, dirty: true },
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

/// A block that is made on a way in one register is made in all.
pub fn agree(before: &State, after: &mut State) {
    let made: Vec<u32> = before
        .iter()
        .zip(after.iter())
        .filter_map(|(b, a)| match (b, a) {
            (Reg::Block { id }, Reg::Tagged { .. }) => Some(*id),
            _ => None,
        })
        .collect();
    for (b, a) in before.iter().zip(after.iter_mut()) {
        if let (Reg::Block { id }, Reg::Block { .. }) = (b, &*a)
            && made.contains(id)
        {
            *a = Reg::Tagged { ty: Type::Any, dirty: true };
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
