//! The syntax tree of the subset of Python.
//!
//! Nodes own their parts; depth is bounded by the parser, so that walking it may recurse. It knows nothing of either language's
//! meaning.

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A whole number, as written in decimal.
    Int(String),
    /// A number with a point or an exponent, in a form that both languages read.
    Float(String),
    /// A string's characters.
    Str(String),
    /// `True` or `False`.
    Bool(bool),
    /// `None`.
    None,
    /// A name.
    Name(String),
    /// The parts of an f-string.
    Format(Vec<Piece>),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `(a, b)`
    Tuple(Vec<Expr>),
    /// `{a, b}`
    Set(Vec<Expr>),
    /// `{a: b}`
    Dict(Vec<(Expr, Expr)>),
    /// `-a`, `+a`, `~a`
    Unary(char, Box<Expr>),
    /// `not a`
    Not(Box<Expr>),
    /// Two operands and an operator such as `//`.
    Binary(&'static str, Box<Expr>, Box<Expr>),
    /// `a and b and c`
    And(Vec<Expr>),
    /// `a or b or c`
    Or(Vec<Expr>),
    /// `a < b <= c`: the first operand, then operators and operands.
    Compare(Box<Expr>, Vec<(&'static str, Expr)>),
    /// `value if test else other`: test, value, other.
    IfElse(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `lambda a, b: body`
    Lambda(Vec<String>, Box<Expr>),
    /// A function, its arguments, and those that are named.
    Call(Box<Expr>, Vec<Expr>, Vec<(String, Expr)>),
    /// `a.name`
    Attribute(Box<Expr>, String),
    /// `a[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `a[from:to:step]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// A list, set or generator comprehension: what it makes, the element, its clauses.
    Comprehension(Makes, Box<Expr>, Vec<Clause>),
    /// A dictionary comprehension.
    DictComprehension(Box<Expr>, Box<Expr>, Vec<Clause>),
}

/// What a comprehension makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    /// A list.
    List,
    /// A set.
    Set,
    /// A generator, which is only ever consumed.
    Generator,
}

/// `for target in source if condition …`
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What is bound.
    pub target: Expr,
    /// What is walked over.
    pub source: Expr,
    /// What must hold.
    pub conditions: Vec<Expr>,
}

/// A part of an f-string.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// A value and how it is written.
    Value(Expr, String),
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
    /// An expression for its effect.
    Expr(Expr),
    /// `a = b = value`: the targets and the value.
    Assign(Vec<Expr>, Expr),
    /// `a: annotation = value`
    Annotated(Expr, Expr, Option<Expr>),
    /// `a += value`
    Augment(Expr, &'static str, Expr),
    /// `if`: test, body, else.
    If(Expr, Vec<Stmt>, Vec<Stmt>),
    /// `while`: test, body, else.
    While(Expr, Vec<Stmt>, Vec<Stmt>),
    /// `for`: target, source, body, else.
    For(Expr, Expr, Vec<Stmt>, Vec<Stmt>),
    /// `return value`
    Return(Option<Expr>),
    /// `raise value`
    Raise(Option<Expr>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `pass`, imports, `global`: nothing to do.
    Nothing,
    /// `nonlocal a, b`
    Nonlocal(Vec<String>),
    /// `del target`
    Delete(Expr),
    /// A function.
    Def(Function),
    /// A class: its name and body.
    Class(String, Vec<Stmt>),
}

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Parameters with annotations and defaults.
    pub parameters: Vec<Parameter>,
    /// What it answers, if said.
    pub answer: Option<Expr>,
    /// Its statements.
    pub body: Vec<Stmt>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its kind, if said.
    pub annotation: Option<Expr>,
    /// What it is where nothing is given.
    pub default: Option<Expr>,
}

impl Expr {
    /// The name, if it is one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Expr::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The number, if it is a whole one, perhaps with a sign, that fits a machine word.
    pub fn int(&self) -> Option<i64> {
        match self {
            Expr::Int(digits) => digits.parse().ok(),
            Expr::Unary('-', inner) => match &**inner {
                Expr::Int(digits) => digits.parse::<i64>().ok().map(|n| -n),
                _ => None,
            },
            _ => None,
        }
    }

    /// Hands every expression that is a direct part of this one to a visitor.
    pub fn parts<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        match self {
            Expr::Int(_) | Expr::Float(_) | Expr::Str(_) | Expr::Bool(_) | Expr::None | Expr::Name(_) => {}
            Expr::Format(pieces) => {
                for piece in pieces {
                    if let Piece::Value(value, _) = piece {
                        visit(value);
                    }
                }
            }
            Expr::List(all) | Expr::Tuple(all) | Expr::Set(all) | Expr::And(all) | Expr::Or(all) => {
                all.iter().for_each(visit);
            }
            Expr::Dict(pairs) => pairs.iter().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Expr::Unary(_, a) | Expr::Not(a) | Expr::Lambda(_, a) | Expr::Attribute(a, _) => visit(a),
            Expr::Binary(_, a, b) | Expr::Index(a, b) => {
                visit(a);
                visit(b);
            }
            Expr::Compare(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, operand)| visit(operand));
            }
            Expr::IfElse(a, b, c) => {
                visit(a);
                visit(b);
                visit(c);
            }
            Expr::Call(function, arguments, named) => {
                visit(function);
                arguments.iter().for_each(&mut *visit);
                named.iter().for_each(|(_, value)| visit(value));
            }
            Expr::Slice(a, from, to, step) => {
                visit(a);
                [from, to, step].into_iter().flatten().for_each(|part| visit(part));
            }
            Expr::Comprehension(_, element, clauses) => {
                visit(element);
                clauses.iter().for_each(|clause| clause.parts(visit));
            }
            Expr::DictComprehension(key, value, clauses) => {
                visit(key);
                visit(value);
                clauses.iter().for_each(|clause| clause.parts(visit));
            }
        }
    }

    /// Hands this expression and all inside it to a visitor.
    pub fn walk<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(self);
        self.parts(&mut |part| part.walk(visit));
    }

    /// The names in a target such as `a, (b, c)`.
    pub fn target_names(&self, names: &mut Vec<String>) {
        match self {
            Expr::Name(name) => names.push(name.clone()),
            Expr::Tuple(all) | Expr::List(all) => all.iter().for_each(|part| part.target_names(names)),
            _ => {}
        }
    }
}

impl Clause {
    fn parts<'e>(&'e self, visit: &mut dyn FnMut(&'e Expr)) {
        visit(&self.target);
        visit(&self.source);
        self.conditions.iter().for_each(visit);
    }
}

impl Stmt {
    /// The blocks of statements inside this one, functions not among them.
    pub fn blocks(&self) -> Vec<&[Stmt]> {
        match self {
            Stmt::If(_, a, b) | Stmt::While(_, a, b) | Stmt::For(_, _, a, b) => vec![a, b],
            _ => Vec::new(),
        }
    }

    /// The expressions that are direct parts of this one, targets among them.
    pub fn expressions(&self) -> Vec<&Expr> {
        match self {
            Stmt::Expr(a) | Stmt::Delete(a) | Stmt::Return(Some(a)) | Stmt::Raise(Some(a)) => vec![a],
            Stmt::If(a, ..) | Stmt::While(a, ..) => vec![a],
            Stmt::Assign(targets, value) => targets.iter().chain([value]).collect(),
            Stmt::Annotated(target, _, value) => [target].into_iter().chain(value).collect(),
            Stmt::Augment(a, _, b) | Stmt::For(a, b, ..) => vec![a, b],
            _ => Vec::new(),
        }
    }
}
