//! Pieces of our source while they are put together: a text, how strongly it binds, its kind.

use crate::kind::Kind;

/// How strongly an expression binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A literal, a name, brackets.
    Atom,
    Unary,
    Binary,
    Keyword,
}

/// An expression of our language.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    pub(crate) text: String,
    pub(crate) level: Level,
    pub(crate) kind: Kind,
    /// The operator of a chain that can go on.
    pub(crate) operator: &'static str,
}

impl Code {
    pub(crate) fn new(text: impl Into<String>, level: Level, kind: Kind) -> Code {
        Code { text: text.into(), level, kind, operator: "" }
    }

    pub(crate) fn atom(text: impl Into<String>, kind: Kind) -> Code {
        Code::new(text, Level::Atom, kind)
    }

    pub(crate) fn int(number: i64) -> Code {
        Code::atom(number.to_string(), Kind::Int)
    }

    pub(crate) fn nil() -> Code {
        Code::atom("nil", Kind::Nothing)
    }

    pub(crate) fn string(text: &str) -> Code {
        Code::atom(quoted(text), Kind::Str)
    }

    pub(crate) fn of(mut self, kind: Kind) -> Code {
        self.kind = kind;
        self
    }

    /// As the receiver of a unary message or an operand.
    pub(crate) fn tight(&self) -> String {
        if self.level <= Level::Unary { self.text.clone() } else { format!("({})", self.text) }
    }

    /// As the receiver or an argument of a keyword message.
    pub(crate) fn loose(&self) -> String {
        if self.level <= Level::Binary { self.text.clone() } else { format!("({})", self.text) }
    }

    /// Two operands. A chain of one operator needs no parentheses.
    pub(crate) fn binary(a: &Code, operator: &'static str, b: &Code, kind: Kind) -> Code {
        let left =
            if a.level == Level::Binary && a.operator == operator { a.text.clone() } else { a.tight() };
        let space = if operator == "," { "" } else { " " };
        let text = format!("{left}{space}{operator} {}", b.tight());
        Code { text, level: Level::Binary, kind, operator }
    }

    /// A block of one expression or several, with its arguments.
    pub(crate) fn block(arguments: &[String], body: &str) -> String {
        if arguments.is_empty() {
            return format!("[ {body} ]");
        }
        let names: Vec<String> = arguments.iter().map(|name| format!(":{name}")).collect();
        format!("[ |{}| {body} ]", names.join(". "))
    }
}

/// A string literal.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            c if c.is_control() && u32::from(c) < 256 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}
