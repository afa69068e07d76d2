//! What a world tells of itself: objects and their slots, as plain data. Whoever opens the world fills this in.
//!
//! Invariant: objects are named by their positions in `Facts::objects`.

use std::path::PathBuf;

/// A world as it is at a moment.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// How to name it to a user.
    pub name: String,
    /// All objects that constant slots lead to.
    pub objects: Vec<Object>,
    /// The lobby.
    pub lobby: usize,
    /// What literals are like.
    pub literals: Literals,
    /// Sources that the world was made from: a path, and the text.
    pub library: Vec<(PathBuf, Vec<u8>)>,
    /// Where sources of the world are put for an editor to show, as soon as it wants to.
    pub shown_in: PathBuf,
}

/// Objects that stand for all of their kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Literals {
    /// `3`
    pub integer: Option<usize>,
    /// An integer beyond the small ones.
    pub big: Option<usize>,
    /// `3.5`
    pub float: Option<usize>,
    /// `'text'`
    pub string: Option<usize>,
    /// `[ … ]`
    pub block: Option<usize>,
    /// A vector.
    pub vector: Option<usize>,
}

/// An object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// An expression that gives it.
    pub path: String,
    /// What it is for.
    pub comment: String,
    /// Its slots, parents in their order.
    pub slots: Vec<Slot>,
}

/// A slot.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// A parent.
    pub parent: bool,
    /// It can be assigned to.
    pub assignable: bool,
    /// What it holds.
    pub content: Content,
    /// The category.
    pub category: String,
    /// What it is for.
    pub comment: String,
}

/// What a slot holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Another object of the list.
    Object(usize),
    /// A method.
    Method(Method),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
    /// Something else, as text.
    Plain(String),
}

/// A method.
#[derive(Clone, Debug)]
pub struct Method {
    /// The source with its parentheses.
    pub source: String,
    /// Names of its arguments.
    pub arguments: Vec<String>,
}
