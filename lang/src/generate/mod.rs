//! Random legal programs with the trees that they must have: for property tests and fuzzing.
//!
//! Invariant: `Program::source` is legal in string mode, and `Program::tokens` is its token list (`tree_tokens`). Both come from
//! one abstract program, so that neither the parser nor the formatter is judged by itself.

mod print;

/// Where choices come from: bytes handed in (then zeros, which choose the simplest), or a seed.
pub struct Entropy<'d> {
    data: Option<std::slice::Iter<'d, u8>>,
    state: u64,
}

impl<'d> Entropy<'d> {
    /// Choices from a seed.
    pub fn from_seed(seed: u64) -> Entropy<'d> {
        Entropy { data: None, state: seed ^ 0x9E37_79B9_7F4A_7C15 }
    }

    /// Choices from bytes.
    pub fn from_bytes(data: &'d [u8]) -> Entropy<'d> {
        Entropy { data: Some(data.iter()), state: 0 }
    }

    /// A number below `bound` (at most 256).
    pub fn below(&mut self, bound: usize) -> usize {
        if let Some(data) = &mut self.data {
            return data.next().map_or(0, |byte| usize::from(*byte) % bound.max(1));
        }
        // splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.below(one_in) == one_in - 1
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// A generated program.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its text: top-level expressions.
    pub source: Vec<u8>,
    /// The token list of its tree.
    pub tokens: Vec<Vec<u8>>,
}

/// An expression.
enum Expr {
    Literal(Vec<u8>),
    SelfRef,
    Unary(Option<Box<Expr>>, Option<&'static str>, &'static str),
    /// A chain: receiver, delegate of the first link, operator, arguments.
    Binary(Option<Box<Expr>>, Option<&'static str>, &'static str, Vec<Expr>),
    Keyword(Option<Box<Expr>>, Option<&'static str>, Vec<&'static str>, Vec<Expr>),
    Paren(Box<Expr>, bool),
    Object(Body),
    Block(Body),
    /// A top-level form with code.
    Code(Body),
    Annotated(Vec<u8>, Box<Expr>),
}

#[derive(Default)]
struct Body {
    slots: Option<Vec<Item>>,
    code: Vec<Statement>,
}

struct Statement {
    expr: Expr,
    is_return: bool,
    dot: bool,
}

enum Item {
    Slot { name: Name, value: Value, dot: bool },
    Group { text: Vec<u8>, items: Vec<Item>, dot: bool },
    Annotation { text: Vec<u8>, dot: bool },
}

enum Name {
    Data(String, bool),
    Argument(String),
    Binary(String, Option<String>),
    Keyword(Vec<String>, Vec<String>),
}

enum Value {
    None,
    Constant(Expr),
    Assignable(Expr),
    Method(Body),
}

const NAMES: &[&str] = &["a", "foo", "value", "x1", "bar_Baz", "isNil", "p", "selfish", "resending", "e5"];
const PRIMITIVES: &[&str] = &["_Clone", "_ThisProcess", "_a"];
const OPERATORS: &[&str] = &[
    "+", "-", "*", "/", "=", "<-", ",", "->", "==", "||", "&&", "<", "*=", "**", "\\\\", "^-", "*<-", ";",
    "^^", "%",
];
const KEYWORDS: &[&str] = &["at:", "do:", "foo:", "_IntAdd:", "a1:", "self:", "ifTrue:"];
const PARTS: &[&str] = &["Put:", "Bar:", "IfFail:", "A:", "IfTrue:"];
const DELEGATES: &[&str] = &["resend", "parent", "q"];
const OPERATOR_SLOTS: &[&str] = &["+", "-", "=", "<-", "==", "||", "**", "*", "<", ",", "^^", "->"];

/// The maker of programs.
struct Maker<'e, 'd> {
    entropy: &'e mut Entropy<'d>,
    /// Nodes that may still be made.
    budget: usize,
    depth: usize,
    /// For slot names that differ.
    counter: usize,
}

/// A random program of about `size` expressions.
pub fn program(entropy: &mut Entropy<'_>, size: usize) -> Program {
    let mut maker = Maker { entropy, budget: size, depth: 0, counter: 0 };
    let count = 1 + maker.entropy.below(3);
    let mut top = Vec::new();
    for i in 0..count {
        let expr = maker.top_level();
        let dot = i + 1 < count || maker.entropy.chance(4);
        top.push(Statement { expr, is_return: false, dot });
    }
    print::program(&top, entropy)
}

impl Maker<'_, '_> {
    fn spent(&mut self) -> bool {
        self.budget = self.budget.saturating_sub(1);
        self.budget == 0 || self.depth > 20
    }

    fn top_level(&mut self) -> Expr {
        if self.entropy.chance(5) {
            let mut body = Body { slots: None, code: self.code(2) };
            if self.entropy.chance(2) {
                body.slots = Some(self.items(&[], false, false));
            }
            // A single expression in parentheses is no body.
            if body.slots.is_some() || body.code.len() > 1 || body.code[0].is_return {
                return Expr::Code(body);
            }
        }
        self.expression(true)
    }

    /// `tail`: no keyword part of a message around can follow.
    fn expression(&mut self, tail: bool) -> Expr {
        self.depth += 1;
        let expr = if self.spent() {
            self.literal()
        } else {
            match self.entropy.below(if tail { 6 } else { 4 }) {
                0 | 1 => self.unary(),
                2 | 3 => self.binary(tail),
                _ => self.keyword(),
            }
        };
        self.depth -= 1;
        expr
    }

    fn keyword(&mut self) -> Expr {
        let receiver = match self.entropy.below(4) {
            0 => None,
            1 => Some(Box::new(self.binary(false))),
            _ => Some(Box::new(self.unary())),
        };
        let delegate = if receiver.is_none() { self.delegate() } else { None };
        self.keyword_with(receiver, delegate)
    }

    fn keyword_with(&mut self, receiver: Option<Box<Expr>>, delegate: Option<&'static str>) -> Expr {
        let mut parts = vec![self.entropy.pick(KEYWORDS)];
        while parts.len() < 5 && self.entropy.chance(3) {
            parts.push(self.entropy.pick(PARTS));
        }
        let count = parts.len();
        let args = (0..count).map(|i| self.expression(i + 1 == count)).collect();
        Expr::Keyword(receiver, delegate, parts, args)
    }

    fn delegate(&mut self) -> Option<&'static str> {
        if self.entropy.chance(6) { Some(self.entropy.pick(DELEGATES)) } else { None }
    }

    fn binary(&mut self, tail: bool) -> Expr {
        let operator = self.entropy.pick(OPERATORS);
        let receiver = if self.entropy.chance(6) { None } else { Some(Box::new(self.unary())) };
        let delegate = if receiver.is_none() { self.delegate() } else { None };
        let mut args = Vec::new();
        loop {
            args.push(self.unary());
            if args.len() > 4 || !self.entropy.chance(3) {
                break;
            }
        }
        if tail && self.entropy.chance(8) && self.budget > 0 {
            args.pop();
            args.push(self.keyword_with(None, None));
        }
        Expr::Binary(receiver, delegate, operator, args)
    }

    fn unary(&mut self) -> Expr {
        let mut expr = match self.entropy.below(5) {
            0 | 1 => Expr::Unary(None, None, self.entropy.pick(NAMES)),
            2 => match self.delegate() {
                Some(delegate) => Expr::Unary(None, Some(delegate), self.entropy.pick(NAMES)),
                None => Expr::Unary(None, None, self.entropy.pick(PRIMITIVES)),
            },
            _ => self.primary(),
        };
        while self.entropy.chance(3) {
            let names = if self.entropy.chance(6) { PRIMITIVES } else { NAMES };
            expr = Expr::Unary(Some(Box::new(expr)), None, self.entropy.pick(names));
        }
        expr
    }

    fn primary(&mut self) -> Expr {
        self.depth += 1;
        let expr = if self.spent() {
            self.literal()
        } else {
            match self.entropy.below(8) {
                0 | 1 => self.literal(),
                2 => Expr::SelfRef,
                3 => Expr::Paren(Box::new(self.expression(true)), self.entropy.chance(5)),
                4 => self.object(),
                5 | 6 => self.block(),
                _ => {
                    let text = self.string();
                    let inner = if self.entropy.chance(2) { self.block() } else { self.object() };
                    Expr::Annotated(text, Box::new(inner))
                }
            }
        };
        self.depth -= 1;
        expr
    }

    fn object(&mut self) -> Expr {
        let slots = if self.entropy.chance(4) { None } else { Some(self.items(&[], false, true)) };
        Expr::Object(Body { slots, code: Vec::new() })
    }

    fn block(&mut self) -> Expr {
        let code = self.code(0);
        let slots = match self.entropy.below(3) {
            0 => None,
            _ => Some(self.items(&[], !code.is_empty(), code.is_empty())),
        };
        Expr::Block(Body { slots, code })
    }

    fn code(&mut self, least: usize) -> Vec<Statement> {
        let count = least.max(self.entropy.below(4));
        (0..count)
            .map(|i| {
                let last = i + 1 == count;
                let is_return = last && self.entropy.chance(4);
                Statement { expr: self.expression(true), is_return, dot: !last || self.entropy.chance(4) }
            })
            .collect()
    }

    /// A list of slots; `taken`: argument slots of these names come first.
    fn items(&mut self, taken: &[String], arguments: bool, methods: bool) -> Vec<Item> {
        let mut items: Vec<Item> = taken
            .iter()
            .map(|name| Item::Slot { name: Name::Argument(name.clone()), value: Value::None, dot: true })
            .collect();
        let count = self.entropy.below(5);
        for _ in 0..count {
            let item = self.item(arguments, methods);
            items.push(item);
        }
        self.last_dot(&mut items);
        items
    }

    /// The last dot may be left out.
    fn last_dot(&mut self, items: &mut [Item]) {
        let keep = self.entropy.chance(2);
        if let Some(Item::Slot { dot, .. } | Item::Group { dot, .. } | Item::Annotation { dot, .. }) =
            items.last_mut()
        {
            *dot = keep;
        }
    }

    fn fresh(&mut self, stem: &str) -> String {
        self.counter += 1;
        format!("{stem}{}", self.counter)
    }

    fn item(&mut self, arguments: bool, methods: bool) -> Item {
        self.depth += 1;
        let item = match self.entropy.below(if self.depth > 12 { 6 } else { 9 }) {
            6 if self.entropy.chance(3) => {
                Item::Annotation { text: self.string(), dot: self.entropy.chance(2) }
            }
            7 if self.entropy.chance(2) => {
                let count = self.entropy.below(3);
                let mut items: Vec<Item> = (0..count).map(|_| self.item(arguments, methods)).collect();
                self.last_dot(&mut items);
                Item::Group { text: self.string(), items, dot: self.entropy.chance(2) }
            }
            0 if arguments => {
                Item::Slot { name: Name::Argument(self.fresh("arg")), value: Value::None, dot: true }
            }
            3 | 8 if methods => self.method_slot(),
            _ => self.data_slot(),
        };
        self.depth -= 1;
        item
    }

    fn data_slot(&mut self) -> Item {
        let name = Name::Data(self.fresh("s"), self.entropy.chance(6));
        let value = match self.entropy.below(4) {
            0 => Value::None,
            1 => Value::Assignable(self.value()),
            _ => Value::Constant(self.value()),
        };
        Item::Slot { name, value, dot: true }
    }

    /// An initialiser: not just an expression in parentheses, which would be a method.
    fn value(&mut self) -> Expr {
        match self.expression(true) {
            Expr::Paren(..) => self.literal(),
            expr => expr,
        }
    }

    fn method_slot(&mut self) -> Item {
        let kind = self.entropy.below(3);
        let arity = match kind {
            0 => 0,
            1 => 1,
            _ => 1 + self.entropy.below(3),
        };
        let formals: Vec<String> = (0..arity).map(|_| self.fresh("f")).collect();
        let inside = self.entropy.chance(3);
        let (outer, inner): (Vec<String>, Vec<String>) =
            if inside { (Vec::new(), formals) } else { (formals, Vec::new()) };
        let code = self.code(1);
        let slots = if inner.is_empty() && self.entropy.chance(2) {
            None
        } else {
            Some(self.items(&inner, false, false))
        };
        let name = match kind {
            0 => Name::Data(self.fresh("m"), self.entropy.chance(8)),
            1 => {
                // Operators are few: make them differ by their length.
                self.counter += 1;
                let operator =
                    format!("{}{}", self.entropy.pick(OPERATOR_SLOTS), "%".repeat(1 + self.counter % 40));
                let unique = format!("{operator}{}", "&".repeat(1 + self.counter / 40));
                Name::Binary(unique, outer.into_iter().next())
            }
            _ => {
                let mut parts = vec![format!("{}:", self.fresh("k"))];
                for _ in 1..arity {
                    parts.push(self.entropy.pick(PARTS).to_string());
                }
                Name::Keyword(parts, outer)
            }
        };
        Item::Slot { name, value: Value::Method(Body { slots, code }), dot: true }
    }

    fn literal(&mut self) -> Expr {
        let text: &[u8] = match self.entropy.below(12) {
            0 => b"0",
            1 => b"-17",
            2 => b"16rFf",
            3 => b"2.5",
            4 => b"-1.5e-7",
            5 => b"123456789012345678901234567890",
            6 => b"1E5",
            7 => b"-36rzZ",
            8 => b"7",
            _ => return Expr::Literal(self.string()),
        };
        Expr::Literal(text.to_vec())
    }

    fn string(&mut self) -> Vec<u8> {
        let mut text = vec![b'\''];
        for _ in 0..self.entropy.below(6) {
            let piece: &[u8] = match self.entropy.below(12) {
                0 => b"\\n",
                1 => b"\\'",
                2 => b"\\\\",
                3 => b"\\x7f",
                4 => b"\n",
                5 => b"\xC3\xA9",
                6 => b"\xFF",
                7 => b"\"",
                8 => b"Category: a",
                9 => b"\\\n",
                _ => b"word ",
            };
            text.extend_from_slice(piece);
        }
        text.push(b'\'');
        text
    }
}
