//! What is known of a value's kind.
//!
//! Kinds form a lattice: `Unknown` below, `Any` above. Joining only goes up, so that inference in several passes ends.

use crate::syntax::Expr;

/// A kind of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing is known yet.
    Unknown,
    /// Several kinds.
    Any,
    /// Only `None`.
    Nothing,
    Bool,
    Int,
    Float,
    /// Whole or floating.
    Number,
    Str,
    List(Box<Kind>),
    /// A list of fixed length, by element.
    Tuple(Vec<Kind>),
    Set(Box<Kind>),
    /// Keys, values, and whether a missing key counts as zero.
    Dict(Box<Kind>, Box<Kind>, bool),
    /// A function, by what it answers.
    Block(Box<Kind>),
    /// A copy of a prototype of this name.
    Object(String),
}

use Kind::{Any, Bool, Dict, Float, Int, List, Nothing, Number, Object, Set, Str, Tuple, Unknown};

impl Kind {
    pub(crate) fn list(of: Kind) -> Kind {
        List(Box::new(of))
    }

    pub(crate) fn set(of: Kind) -> Kind {
        Set(Box::new(of))
    }

    pub(crate) fn dict(key: Kind, value: Kind) -> Kind {
        Dict(Box::new(key), Box::new(value), false)
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Int | Float | Number)
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self, List(_) | Tuple(_))
    }

    pub(crate) fn is_open(&self) -> bool {
        matches!(self, Unknown | Any)
    }

    /// Strings, lists, sets, dictionaries: what is false when it is empty.
    pub(crate) fn is_collection(&self) -> bool {
        matches!(self, Str | List(_) | Tuple(_) | Set(_) | Dict(..))
    }

    /// The kind of what walking over a value gives.
    pub(crate) fn element(&self) -> Kind {
        match self {
            Str => Str,
            List(of) | Set(of) => (**of).clone(),
            Dict(key, ..) => (**key).clone(),
            Tuple(all) => all.iter().fold(Unknown, |kind, part| kind.join(part)),
            _ => Unknown,
        }
    }

    /// The least kind that covers both.
    pub(crate) fn join(&self, other: &Kind) -> Kind {
        match (self, other) {
            (a, b) if a == b => a.clone(),
            (Unknown | Nothing, kind) | (kind, Unknown | Nothing) => kind.clone(),
            (a, b) if a.is_number() && b.is_number() => Number,
            (List(a), List(b)) => Kind::list(a.join(b)),
            (Set(a), Set(b)) => Kind::set(a.join(b)),
            (Tuple(a), Tuple(b)) if a.len() == b.len() => {
                Tuple(a.iter().zip(b).map(|(a, b)| a.join(b)).collect())
            }
            (a, b) if a.is_list() && b.is_list() => Kind::list(a.element().join(&b.element())),
            (Dict(a, b, zero), Dict(c, d, other)) => {
                Dict(Box::new(a.join(c)), Box::new(b.join(d)), *zero || *other)
            }
            (Kind::Block(a), Kind::Block(b)) => Kind::Block(Box::new(a.join(b))),
            _ => Any,
        }
    }

    /// What an annotation says.
    pub(crate) fn of_annotation(annotation: &Expr) -> Kind {
        match annotation {
            Expr::Name(name) => match name.as_str() {
                "int" => Int,
                "float" => Number,
                "str" => Str,
                "bool" => Bool,
                "list" | "List" | "tuple" | "Tuple" | "Sequence" | "Iterable" => Kind::list(Unknown),
                "dict" | "Dict" => Kind::dict(Unknown, Unknown),
                "set" | "Set" | "frozenset" => Kind::set(Unknown),
                "Callable" => Kind::Block(Box::new(Unknown)),
                "object" | "Any" => Unknown,
                _ => Object(name.clone()),
            },
            Expr::None => Nothing,
            Expr::Str(text) if text.chars().all(|c| c.is_alphanumeric() || c == '_') => {
                Kind::of_annotation(&Expr::Name(text.clone()))
            }
            Expr::Index(base, index) => {
                let parts: Vec<&Expr> = match &**index {
                    Expr::Tuple(all) => all.iter().collect(),
                    one => vec![one],
                };
                let part = |i: usize| parts.get(i).map_or(Unknown, |part| Kind::of_annotation(part));
                match base.name().unwrap_or_default() {
                    "list" | "List" | "Sequence" | "Iterable" => Kind::list(part(0)),
                    "set" | "Set" => Kind::set(part(0)),
                    "dict" | "Dict" => Kind::dict(part(0), part(1)),
                    "tuple" | "Tuple" => Tuple((0..parts.len()).map(part).collect()),
                    "Optional" => part(0),
                    "Callable" => Kind::Block(Box::new(part(1))),
                    _ => Unknown,
                }
            }
            Expr::Binary("|", a, b) => Kind::of_annotation(a).join(&Kind::of_annotation(b)),
            _ => Unknown,
        }
    }
}
