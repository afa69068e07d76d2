//! Neighbours of a method: texts that differ from it in one place. Search over programs (the mind repairs proposals
//! that are nearly right) is made of such steps.
//!
//! Works on places in the source text, so that what is not changed stays as it was written; brackets are set only
//! where the precedence of messages asks for them. Every text it gives parses if the given one did and the pools
//! hold what they should. Knows nothing of what methods mean, and does not try them.

use std::collections::{HashMap, HashSet};

use crate::parser::parse_body;
use crate::span::Span;
use crate::tree::{Arity, Body, BodyId, NameId, NodeId, NodeKind, Send, SlotForm, SlotItem, SlotValue, Tree};

/// What may be put into a method.
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// Names that can be sent to the implicit receiver: arguments, slots, prototypes. Locals are added by themselves.
    pub names: Vec<String>,
    /// Integer literals.
    pub integers: Vec<String>,
    /// String literals, with their quotes.
    pub strings: Vec<String>,
    /// Operators.
    pub binary: Vec<String>,
    /// Unary selectors that are likely to be meant.
    pub likely_unary: Vec<String>,
    /// Other unary selectors.
    pub other_unary: Vec<String>,
    /// Keyword selectors of one argument.
    pub keywords: Vec<String>,
    /// Whole expressions.
    pub expressions: Vec<String>,
}

/// How far a step goes from what is there. Each has its own neighbours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// Another literal, name or operator in the place of one; a condition the other way round.
    Word,
    /// Another likely selector; a part or a statement left out, turned round, negated, or replaced by an expression of
    /// the pool.
    Shape,
    /// Any selector in the place of one or after a part; an operator with a name or literal after a part.
    Growth,
}

/// How tightly an expression binds: what may stand where without brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Unary,
    Binary,
    Keyword,
}

/// Messages and their opposites.
const OPPOSITES: [(&str, &str); 4] = [
    ("ifTrue:", "ifFalse:"),
    ("ifFalse:", "ifTrue:"),
    ("whileTrue:", "whileFalse:"),
    ("whileFalse:", "whileTrue:"),
];
/// Literals that a keyword message is tried with.
const FEW: usize = 4;

/// A place in the text and what to put there.
struct Edit {
    span: Span,
    text: String,
}

/// All neighbours of a method's body (with its parentheses) at one kind of step, each once, without the body itself.
/// Empty if the text is no method.
pub fn variants(method: &str, pools: &Pools, step: Step) -> Vec<String> {
    let Some(inner) = method.trim().strip_prefix('(').and_then(|m| m.strip_suffix(')')) else {
        return Vec::new();
    };
    let parsed = parse_body(inner.as_bytes());
    if !parsed.is_legal() {
        return Vec::new();
    }
    let mut walk = Walk::new(inner, &parsed.tree, pools);
    for id in 0..parsed.tree.nodes.len() as u32 {
        match step {
            Step::Word => walk.words(NodeId(id)),
            Step::Shape => walk.shapes(NodeId(id)),
            Step::Growth => walk.growths(NodeId(id)),
        }
    }
    if step == Step::Shape {
        for body in &parsed.tree.bodies {
            walk.without_statements(body);
        }
    }
    let mut seen = HashSet::from([inner.trim().to_string()]);
    let mut out = Vec::new();
    for edit in walk.edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let text = format!("{}{}{}", &inner[..start], edit.text, &inner[end..]);
        let text = text.trim().to_string();
        if seen.insert(text.clone()) {
            out.push(if text.starts_with('|') { format!("({text} )") } else { format!("( {text} )") });
        }
    }
    out
}

/// The same method without brackets that change nothing, and with commas written close. What is no method stays as it is.
pub fn simplified(method: &str) -> String {
    let trimmed = method.trim();
    let Some(inner) = trimmed.strip_prefix('(').and_then(|m| m.strip_suffix(')')) else {
        return trimmed.to_string();
    };
    let parsed = parse_body(inner.as_bytes());
    if !parsed.is_legal() {
        return trimmed.to_string();
    }
    let walk = Walk::new(inner, &parsed.tree, &EMPTY);
    let mut dropped = HashSet::new();
    // A chain goes from left to right: its beginning needs no brackets.
    let mut begins: HashMap<u32, NameId> = HashMap::new();
    for node in &parsed.tree.nodes {
        let NodeKind::Send(send) = node.kind else { continue };
        if send.arity == Arity::Binary {
            begins.extend(send.receiver.map(|r| (r.0, send.selector)));
            let before = send.selector_span.start as usize;
            if parsed.tree.name(send.selector) == b"," && inner[..before].ends_with(' ') {
                dropped.insert(before - 1);
            }
        }
    }
    for (i, node) in parsed.tree.nodes.iter().enumerate() {
        // Brackets right within brackets go, too: the inner pair has all the room there is.
        if let NodeKind::Paren { inner, dot: false } = node.kind
            && walk.known[i]
            && (walk.class_of(inner) <= walk.room[i] || walk.goes_on(inner, begins.get(&(i as u32))))
        {
            dropped.extend([node.span.start as usize, node.span.end as usize - 1]);
        }
    }
    let bytes = inner.bytes().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, byte)| byte);
    let text = String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).trim().to_string();
    let text = if text.starts_with('|') { format!("({text} )") } else { format!("( {text} )") };
    // A chain that only its brackets made legal keeps them.
    let legal = parse_body(&text.as_bytes()[1..text.len() - 1]).is_legal();
    if legal { text } else { trimmed.to_string() }
}

/// The expressions in a method's body that are worth putting elsewhere: sends, without those that assign.
pub fn parts(method: &str) -> Vec<String> {
    let Some(inner) = method.trim().strip_prefix('(').and_then(|m| m.strip_suffix(')')) else {
        return Vec::new();
    };
    let parsed = parse_body(inner.as_bytes());
    if !parsed.is_legal() {
        return Vec::new();
    }
    let walk = Walk::new(inner, &parsed.tree, &EMPTY);
    let mut seen = HashSet::new();
    let sends = (0..parsed.tree.nodes.len() as u32).map(NodeId).filter(|id| {
        matches!(parsed.tree.node(*id).kind, NodeKind::Send(s) if !walk.assigns(&s))
            && walk.known[id.0 as usize]
    });
    sends.map(|id| walk.text(id).to_string()).filter(|t| seen.insert(t.clone())).collect()
}

static EMPTY: Pools = Pools {
    names: Vec::new(),
    integers: Vec::new(),
    strings: Vec::new(),
    binary: Vec::new(),
    likely_unary: Vec::new(),
    other_unary: Vec::new(),
    keywords: Vec::new(),
    expressions: Vec::new(),
};

struct Walk<'a> {
    source: &'a str,
    tree: &'a Tree,
    pools: &'a Pools,
    /// What may stand in a node's place without brackets.
    room: Vec<Class>,
    /// Nodes that belong to the body.
    known: Vec<bool>,
    /// Locals and arguments of blocks, with the body that they are seen in.
    locals: Vec<(Span, String)>,
    edits: Vec<Edit>,
}

impl<'a> Walk<'a> {
    fn new(source: &'a str, tree: &'a Tree, pools: &'a Pools) -> Self {
        let count = tree.nodes.len();
        let mut walk = Walk {
            source,
            tree,
            pools,
            room: vec![Class::Keyword; count],
            known: vec![false; count],
            locals: Vec::new(),
            edits: Vec::new(),
        };
        for node in &tree.nodes {
            if let NodeKind::Send(send) = node.kind {
                let (receiver, argument) = match send.arity {
                    Arity::Unary => (Class::Unary, Class::Unary),
                    Arity::Binary => (Class::Unary, Class::Unary),
                    Arity::Keyword => (Class::Binary, Class::Binary),
                };
                if let Some(r) = send.receiver {
                    walk.room[r.0 as usize] = receiver;
                    walk.known[r.0 as usize] = true;
                }
                // What is assigned may be anything.
                let argument = if walk.assigns(&send) { Class::Keyword } else { argument };
                for a in tree.list(send.args) {
                    walk.room[a.0 as usize] = argument;
                    walk.known[a.0 as usize] = true;
                }
            }
            if let NodeKind::Paren { inner, .. } = node.kind {
                walk.known[inner.0 as usize] = true;
            }
        }
        for body in 0..tree.bodies.len() as u32 {
            walk.note_body(BodyId(body));
        }
        walk
    }

    fn note_body(&mut self, id: BodyId) {
        let body = self.tree.body(id);
        for statement in &body.statements {
            self.known[statement.expr.0 as usize] = true;
        }
        for item in body.slots.iter().flat_map(|list| &list.items) {
            let SlotItem::Slot(slot) = item else { continue };
            if let SlotValue::Constant(v) | SlotValue::Assignable(v) = slot.value {
                self.known[v.0 as usize] = true;
            }
            if matches!(slot.form, SlotForm::Unary | SlotForm::Argument) {
                let name = String::from_utf8_lossy(self.tree.name(slot.name)).into_owned();
                let whole = Span { start: 0, end: self.source.len() as u32 };
                let seen_in = if Some(id) == self.tree.root_body { whole } else { body.span };
                self.locals.push((seen_in, name));
            }
        }
    }

    fn text(&self, id: NodeId) -> &'a str {
        let span = self.tree.node(id).span;
        &self.source[span.start as usize..span.end as usize]
    }

    /// An implicit send of one keyword to a local or slot: `n: e`.
    fn assigns(&self, send: &Send) -> bool {
        let selector = self.tree.name(send.selector);
        send.arity == Arity::Keyword
            && send.receiver.is_none()
            && send.args.len == 1
            && selector.split_last().is_some_and(|(_, name)| {
                let local = |l: &(Span, String)| l.1.as_bytes() == name;
                self.locals.iter().any(local) || self.pools.names.iter().any(|n| n.as_bytes() == name)
            })
    }

    fn class_of(&self, id: NodeId) -> Class {
        match self.tree.node(id).kind {
            NodeKind::Send(send) => match send.arity {
                Arity::Unary => Class::Unary,
                Arity::Binary => Class::Binary,
                Arity::Keyword => Class::Keyword,
            },
            _ => Class::Unary,
        }
    }

    /// A binary message with this very selector.
    fn goes_on(&self, id: NodeId, selector: Option<&NameId>) -> bool {
        match self.tree.node(id).kind {
            NodeKind::Send(send) => send.arity == Arity::Binary && Some(&send.selector) == selector,
            _ => false,
        }
    }

    fn put(&mut self, span: Span, text: String) {
        self.edits.push(Edit { span, text });
    }

    /// An expression in a node's place, in brackets if it must.
    fn placed(&self, id: NodeId, text: &str, class: Class) -> Edit {
        let span = self.tree.node(id).span;
        let text = if class > self.room[id.0 as usize] { format!("({text})") } else { text.to_string() };
        Edit { span, text }
    }

    fn place(&mut self, id: NodeId, text: &str, class: Class) {
        let edit = self.placed(id, text, class);
        self.edits.push(edit);
    }

    /// The text of a part as it may stand before a message of this class.
    fn as_receiver(&self, id: NodeId, most: Class) -> String {
        let text = self.text(id);
        if self.class_of(id) > most { format!("({text})") } else { text.to_string() }
    }

    /// Names in scope at a place.
    fn names_at(&self, span: Span) -> Vec<String> {
        let local = self.locals.iter().filter(|(body, _)| body.start <= span.start && span.end <= body.end);
        let mut names: Vec<String> = local.map(|(_, name)| name.clone()).collect();
        names.push("self".into());
        names.extend(self.pools.names.iter().cloned());
        names
    }

    fn is_name(&self, id: NodeId) -> bool {
        match self.tree.node(id).kind {
            NodeKind::SelfRef => true,
            NodeKind::Send(s) => s.arity == Arity::Unary && s.receiver.is_none() && s.delegate.is_none(),
            _ => false,
        }
    }

    fn words(&mut self, id: NodeId) {
        if !self.known[id.0 as usize] {
            return;
        }
        let span = self.tree.node(id).span;
        match self.tree.node(id).kind {
            NodeKind::Int(_) => {
                for i in 0..self.pools.integers.len() {
                    self.put(span, self.pools.integers[i].clone());
                }
            }
            NodeKind::Str(_) => {
                for i in 0..self.pools.strings.len() {
                    self.put(span, self.pools.strings[i].clone());
                }
            }
            NodeKind::Send(send) if send.arity == Arity::Binary => {
                for i in 0..self.pools.binary.len() {
                    self.put(send.selector_span, self.pools.binary[i].clone());
                }
            }
            NodeKind::Send(send) if send.arity == Arity::Keyword => {
                let selector = self.tree.name(send.selector);
                if let Some((_, other)) = OPPOSITES.iter().find(|(one, _)| one.as_bytes() == selector) {
                    self.put(send.selector_span, (*other).to_string());
                }
            }
            _ if self.is_name(id) => {
                for name in self.names_at(span) {
                    self.put(span, name);
                }
            }
            _ => {}
        }
    }

    /// One statement less in a body that has several.
    fn without_statements(&mut self, body: &Body) {
        let ends = |i: usize| self.tree.node(body.statements[i].expr).span.end;
        let starts = |i: usize| self.tree.node(body.statements[i].expr).span.start;
        let count = body.statements.len();
        let cut: Vec<Span> = (0..count)
            .filter(|_| count > 1)
            .map(|i| match i {
                0 => Span { start: starts(0), end: starts(1) },
                _ => Span { start: ends(i - 1), end: ends(i) },
            })
            .collect();
        for span in cut {
            // What returns from the middle would be cut in two.
            if !self.source[span.start as usize..span.end as usize].trim_start().starts_with('^') {
                self.put(span, String::new());
            }
        }
    }

    /// What a block of one statement says, as the text of an expression.
    fn said_in(&self, id: NodeId) -> Option<NodeId> {
        let NodeKind::Block(body) = self.tree.node(id).kind else { return None };
        let body = self.tree.body(body);
        match body.statements.as_slice() {
            [statement] if body.slots.is_none() => Some(statement.expr),
            _ => None,
        }
    }

    fn shapes(&mut self, id: NodeId) {
        if !self.known[id.0 as usize] {
            return;
        }
        let span = self.tree.node(id).span;
        let kind = self.tree.node(id).kind;
        if let NodeKind::Block(_) | NodeKind::Object(_) | NodeKind::Code(_) | NodeKind::Paren { .. } = kind {
            return;
        }
        if let NodeKind::Send(send) = kind {
            if self.assigns(&send) {
                return;
            }
            self.selectors(&send, &self.pools.likely_unary);
            if send.arity == Arity::Keyword && send.args.len == 1 && send.delegate.is_none() {
                for i in 0..self.pools.keywords.len() {
                    self.put(send.selector_span, self.pools.keywords[i].clone());
                }
            }
            if let Some(receiver) = send.receiver {
                self.place(id, self.text(receiver), self.class_of(receiver));
                for a in self.tree.list(send.args) {
                    let a = self.said_in(*a).unwrap_or(*a);
                    self.place(id, self.text(a), self.class_of(a));
                }
                if let (Arity::Binary, [a]) = (send.arity, self.tree.list(send.args)) {
                    let operator = String::from_utf8_lossy(self.tree.name(send.selector)).into_owned();
                    let (l, r) =
                        (self.as_receiver(*a, Class::Unary), self.as_receiver(receiver, Class::Unary));
                    self.place(id, &format!("{l} {operator} {r}"), Class::Binary);
                }
            }
        }
        let before = self.as_receiver(id, Class::Unary);
        self.place(id, &format!("{before} not"), Class::Unary);
        for i in 0..self.pools.likely_unary.len() {
            self.place(id, &format!("{before} {}", self.pools.likely_unary[i]), Class::Unary);
        }
        for i in 0..self.pools.expressions.len() {
            let expression = &self.pools.expressions[i];
            if expression != self.text(id) {
                self.place(id, expression, class_of_text(expression));
            }
        }
        if !matches!(kind, NodeKind::Int(_) | NodeKind::Str(_)) && !self.is_name(id) {
            for name in self.names_at(span) {
                self.place(id, &name, Class::Unary);
            }
        }
        if let NodeKind::Int(_) | NodeKind::Str(_) = kind {
            for name in self.names_at(span) {
                self.put(span, name);
            }
        }
    }

    fn growths(&mut self, id: NodeId) {
        let kind = self.tree.node(id).kind;
        if !self.known[id.0 as usize]
            || matches!(
                kind,
                NodeKind::Block(_) | NodeKind::Object(_) | NodeKind::Code(_) | NodeKind::Paren { .. }
            )
        {
            return;
        }
        if let NodeKind::Send(send) = kind {
            if self.assigns(&send) {
                return;
            }
            self.selectors(&send, &self.pools.other_unary);
        }
        let span = self.tree.node(id).span;
        let before = self.as_receiver(id, Class::Unary);
        for i in 0..self.pools.other_unary.len() {
            self.place(id, &format!("{before} {}", self.pools.other_unary[i]), Class::Unary);
        }
        let names = self.names_at(span);
        for operator in &self.pools.binary {
            // Literals only where they make sense: texts are joined and compared, numbers also computed with.
            let (numbers, texts): (&[String], &[String]) = match operator.as_str() {
                "," => (&[], &self.pools.strings),
                "=" | "!=" => (&self.pools.integers, &self.pools.strings),
                "&&" | "||" | "@" => (&[], &[]),
                _ => (&self.pools.integers, &[]),
            };
            for atom in names.iter().chain(numbers).chain(texts) {
                self.edits.push(self.placed(id, &format!("{before} {operator} {atom}"), Class::Binary));
            }
        }
        let before = self.as_receiver(id, Class::Binary);
        let few = |list: &'a [String]| list.iter().take(FEW);
        for keyword in &self.pools.keywords {
            for atom in names.iter().chain(few(&self.pools.integers)).chain(few(&self.pools.strings)) {
                self.edits.push(self.placed(id, &format!("{before} {keyword} {atom}"), Class::Keyword));
            }
        }
    }

    /// Other selectors in the place of a unary one that has a receiver.
    fn selectors(&mut self, send: &Send, selectors: &[String]) {
        if send.arity == Arity::Unary && send.receiver.is_some() {
            for selector in selectors {
                self.put(send.selector_span, selector.clone());
            }
        }
    }
}

/// How tightly an expression of the pool binds.
fn class_of_text(text: &str) -> Class {
    let parsed = parse_body(text.as_bytes());
    let root = parsed.tree.root_body.map(|id| parsed.tree.body(id));
    let Some([statement]) = root.map(|body| body.statements.as_slice()) else { return Class::Keyword };
    match parsed.tree.node(statement.expr).kind {
        NodeKind::Send(send) => match send.arity {
            Arity::Unary => Class::Unary,
            Arity::Binary => Class::Binary,
            Arity::Keyword => Class::Keyword,
        },
        _ => Class::Unary,
    }
}

#[cfg(test)]
mod tests {
    use super::{Pools, Step, parts, simplified, variants};

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|w| (*w).to_string()).collect()
    }

    fn pools() -> Pools {
        Pools {
            names: words(&["balance", "n"]),
            integers: words(&["7"]),
            strings: words(&["'x'"]),
            binary: words(&["-"]),
            likely_unary: words(&["size"]),
            other_unary: words(&["first"]),
            keywords: words(&["max:"]),
            expressions: words(&["n * 2"]),
        }
    }

    #[test]
    fn words_are_exchanged_in_their_places() {
        let found = variants("( balance + 1 )", &pools(), Step::Word);
        assert_eq!(
            found,
            ["( self + 1 )", "( n + 1 )", "( balance + 7 )", "( balance - 1 )"].map(String::from)
        );
    }

    #[test]
    fn brackets_are_set_where_precedence_asks() {
        let found = variants("( balance + 1 )", &pools(), Step::Shape);
        for text in [
            "( balance + (n * 2) )",
            "( n * 2 )",
            "( (balance + 1) not )",
            "( 1 + balance )",
            "( balance size + 1 )",
        ] {
            assert!(found.iter().any(|f| f == text), "{text} is missing in {found:?}");
        }
        let found = variants("( balance: balance + n )", &pools(), Step::Growth);
        assert!(found.iter().any(|f| f == "( balance: (balance + n) - 7 )"), "{found:?}");
        assert!(found.iter().any(|f| f == "( balance: balance + n first )"), "{found:?}");
    }

    #[test]
    fn statements_and_conditions_are_left_out_or_turned() {
        let method = "(| r | r: 0. n > 1 ifTrue: [r: n]. r )";
        let found = variants(method, &pools(), Step::Shape);
        for text in
            ["(| r | r: 0. r )", "(| r | n > 1 ifTrue: [r: n]. r )", "(| r | r: 0. n > 1 ifTrue: [r: n] )"]
        {
            assert!(found.iter().any(|f| f == text), "{text} is missing in {found:?}");
        }
        let found = variants("( n > 1 ifTrue: ['x'] False: [n] )", &pools(), Step::Shape);
        assert!(found.iter().any(|f| f == "( 'x' )"), "{found:?}");
        let found = variants(method, &pools(), Step::Word);
        assert!(found.iter().any(|f| f == "(| r | r: 0. n > 1 ifFalse: [r: n]. r )"), "{found:?}");
    }

    #[test]
    fn locals_stay_in_their_blocks() {
        let found = variants("(| s <- 0 | do: [|:e| s: s + e]. s )", &pools(), Step::Word);
        assert!(found.iter().any(|f| f == "(| s <- 0 | do: [|:e| s: e + e]. s )"));
        assert!(!found.iter().any(|f| f.ends_with(". e )")), "{found:?}");
        assert!(found.iter().any(|f| f.starts_with("(| s <- 7 |")));
    }

    #[test]
    fn every_neighbour_parses() {
        let methods = [
            "(| s <- 0 | do: [|:e| (e % 3) = 0 ifTrue: [s: s + e]]. s )",
            "( (self at: n) = 'a' ifTrue: ['yes'] False: [balance print] )",
            "( size < 2 ifTrue: [^ self]. (first , last) reversed )",
        ];
        for method in methods {
            for step in [Step::Word, Step::Shape, Step::Growth] {
                let found = variants(method, &pools(), step);
                assert!(found.len() > 5);
                for text in found {
                    let source = format!("| m = {text} |");
                    let legal = crate::parse_body(source.as_bytes());
                    assert!(legal.is_legal(), "{text}: {:?}", legal.diagnostics);
                }
            }
        }
    }

    #[test]
    fn idle_brackets_go() {
        for (text, wanted) in [
            ("( ((self % 2) = 0) )", "( (self % 2) = 0 )"),
            ("( ((a) first) , (b last) )", "( a first, b last )"),
            ("( ((a , ' ') , b) , 'x , y' )", "( a, ' ', b, 'x , y' )"),
            ("( (a - b) - (c - d) )", "( a - b - (c - d) )"),
            ("( (a - b) + c )", "( (a - b) + c )"),
            (
                "(| s <- 0 | do: [|:e| ((e > 0)) ifTrue: [s: (s + e)]]. s )",
                "(| s <- 0 | do: [|:e| e > 0 ifTrue: [s: s + e]]. s )",
            ),
            ("( (a max: b) + (c - d) )", "( (a max: b) + (c - d) )"),
            ("( (a", "( (a"),
        ] {
            assert_eq!(simplified(text), wanted);
        }
    }

    #[test]
    fn parts_are_sends() {
        let all = parts("(| s <- 0 | do: [|:e| s: s + e squared]. s )");
        assert!(all.contains(&"e squared".to_string()) && all.contains(&"s + e squared".to_string()));
        assert!(!all.iter().any(|p| p.starts_with("s:")));
    }

    #[test]
    fn what_is_no_method_has_no_neighbours() {
        assert!(variants("balance + ", &pools(), Step::Word).is_empty());
        assert!(variants("( balance + )", &pools(), Step::Word).is_empty());
    }
}
