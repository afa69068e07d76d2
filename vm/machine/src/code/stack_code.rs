//! The byte codes of the Self VM as source text: a stack machine's program, read symbolically, becomes statements again. This is how code
//! that was made for that machine gets into this one: the text is compiled like any other, so nothing about it has to be trusted.
//!
//! A byte code has an operation in its upper four bits and an index in its lower four; an index code before it gives higher bits
//! of the index. Operations and their numbers are those of the Self VM ("bytecodeFormat" in its library): 0 index, 1 literal, 2 send, 3 send to the
//! implicit receiver, 4 extended (index 0 self, 1 pop, 2 return, 3 undirected resend), 5 read local, 6 write local, 7 lexical level, 8 branch,
//! 9 branch if true, 10 branch if false, 11 branch indexed, 12 delegatee, 13 argument count. A branch's literal is the position of a
//! byte code, or a vector of such.
//!
//! Does not know about objects: literals come as texts.

use std::collections::{BTreeSet, HashMap};

/// Longest program, in bytes.
const LONGEST: usize = 20_000;
/// Longest text.
const LONGEST_TEXT: usize = 1 << 20;
/// The label behind the last statement: a return from the middle branches there.
const RETURN: &str = "'return'";

/// A literal, as it is used by operations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Literal {
    /// An expression that gives it.
    pub text: String,
    /// A string's bytes: selectors and delegates.
    pub name: Option<Vec<u8>>,
    /// A number, or a vector's numbers: where branches lead.
    pub positions: Vec<i64>,
}

/// One operation with its whole index.
struct Operation {
    /// Position of its first byte, index codes included.
    at: usize,
    code: u8,
    index: usize,
}

/// A value on the stack.
struct Term {
    text: String,
    /// To drop it loses nothing.
    idle: bool,
}

/// Statements that do what the program does, or what is wrong with it.
pub(crate) fn to_source(codes: &[u8], literals: &[Literal]) -> Result<String, String> {
    if codes.len() > LONGEST {
        return Err(format!("the program has more than {LONGEST} byte codes"));
    }
    let operations = decode(codes)?;
    let mut labels = BTreeSet::new();
    for operation in operations.iter().filter(|o| (8..=11).contains(&o.code)) {
        labels.extend(targets(operation, literals)?);
    }
    let starts: BTreeSet<usize> = operations.iter().map(|o| o.at).chain([codes.len()]).collect();
    if let Some(bad) = labels.difference(&starts).next() {
        return Err(format!("a branch leads to {bad}, where no byte code begins"));
    }
    let mut reader = Reader { literals, labels, ..Reader::default() };
    for operation in &operations {
        reader.label(operation.at)?;
        reader.step(operation)?;
        if reader.length() > LONGEST_TEXT {
            return Err("the program is too large".into());
        }
    }
    reader.label(codes.len())?;
    reader.finish()
}

fn decode(codes: &[u8]) -> Result<Vec<Operation>, String> {
    let mut operations = Vec::new();
    let (mut at, mut high) = (0, 0usize);
    for (i, byte) in codes.iter().enumerate() {
        let (code, low) = (byte >> 4, usize::from(byte & 15));
        if high > LONGEST {
            return Err(format!("the index at {at} is too large"));
        }
        let index = high << 4 | low;
        match code {
            0 => high = index,
            14.. => return Err(format!("there is no operation {code} (at {i})")),
            _ => {
                operations.push(Operation { at, code, index });
                (at, high) = (i + 1, 0);
            }
        }
    }
    if at < codes.len() { Err("the program ends with an index".into()) } else { Ok(operations) }
}

fn literal<'a>(operation: &Operation, literals: &'a [Literal]) -> Result<&'a Literal, String> {
    literals.get(operation.index).ok_or_else(|| format!("there is no literal {}", operation.index))
}

fn targets(operation: &Operation, literals: &[Literal]) -> Result<Vec<usize>, String> {
    let positions = &literal(operation, literals)?.positions;
    let wrong = || format!("literal {} is no place to branch to", operation.index);
    if positions.is_empty() || (operation.code != 11 && positions.len() != 1) {
        return Err(wrong());
    }
    positions.iter().map(|p| usize::try_from(*p).map_err(|_| wrong())).collect()
}

/// What was read so far.
#[derive(Default)]
struct Reader<'a> {
    literals: &'a [Literal],
    labels: BTreeSet<usize>,
    /// How many values are on the stack at a label.
    depths: HashMap<usize, usize>,
    statements: Vec<String>,
    stack: Vec<Term>,
    /// Nothing leads here.
    dead: bool,
    /// What the next send is looked up from: `resend` or a slot's name.
    delegate: Option<String>,
    /// Arguments that the next send says it has.
    arguments: Option<usize>,
    returned: bool,
}

impl Reader<'_> {
    fn length(&self) -> usize {
        self.statements.last().map_or(0, String::len) + self.stack.last().map_or(0, |t| t.text.len())
    }

    fn push(&mut self, text: String, idle: bool) {
        self.stack.push(Term { text, idle });
    }

    fn pop(&mut self) -> Result<Term, String> {
        self.stack.pop().ok_or_else(|| "a value is taken from an empty stack".into())
    }

    /// The values are as many whenever this place is reached.
    fn agree(&mut self, label: usize, depth: usize) -> Result<(), String> {
        match *self.depths.entry(label).or_insert(depth) {
            known if known == depth => Ok(()),
            known => Err(format!("{known} values are on the stack at {label}, or {depth}")),
        }
    }

    fn label(&mut self, at: usize) -> Result<(), String> {
        if !self.labels.contains(&at) {
            return Ok(());
        }
        if std::mem::replace(&mut self.dead, false) {
            let depth = self.depths.get(&at).copied().unwrap_or(0);
            self.stack = (0..depth).map(|_| Term { text: "nil".into(), idle: true }).collect();
        }
        self.agree(at, self.stack.len())?;
        match self.stack.last_mut() {
            None => self.statements.push(format!("__DefineLabel: {at}")),
            Some(top) => *top = Term { text: format!("({} __DefineLabel: {at})", top.text), idle: false },
        }
        Ok(())
    }

    fn step(&mut self, operation: &Operation) -> Result<(), String> {
        if self.dead {
            return Ok(());
        }
        let delegated = self.delegate.is_some();
        match (operation.code, operation.index) {
            (1, _) => {
                let text = literal(operation, self.literals)?.text.clone();
                self.push(text, true);
            }
            (2, _) => self.send(operation, true)?,
            (3, _) => self.send(operation, false)?,
            (4, 0) => self.push("self".into(), true),
            (4, 1) => {
                let value = self.pop()?;
                if self.stack.is_empty() {
                    self.statements.push(value.text);
                } else if !value.idle {
                    return Err(format!("a message is thrown away at {} while others wait", operation.at));
                }
            }
            (4, 2) => self.leave()?,
            (4, 3) => self.delegate = Some("resend".into()),
            (4, index) => return Err(format!("there is no extended operation {index}")),
            (5..=7, _) => return Err("a new method has no locals: names are sent".into()),
            (8, _) => {
                let label = targets(operation, self.literals)?[0];
                self.agree(label, self.stack.len())?;
                self.jump(&label.to_string());
            }
            (9..=11, _) => self.branch(operation)?,
            (12, _) => {
                let name = literal(operation, self.literals)?.name.as_deref();
                let name = name.filter(|name| is_word(name) && name[0].is_ascii_lowercase());
                let name = name.ok_or_else(|| format!("literal {} is no delegatee", operation.index))?;
                self.delegate = Some(String::from_utf8_lossy(name).into_owned());
            }
            // The first byte of newer programs says so with 0; elsewhere it is the number of the next send.
            _ => self.arguments = (operation.at > 0).then_some(operation.index),
        }
        // The number of arguments may stand between.
        if delegated && self.delegate.is_some() && operation.code != 13 {
            return Err(format!("the resend before {} is followed by no send", operation.at));
        }
        Ok(())
    }

    fn send(&mut self, operation: &Operation, explicit: bool) -> Result<(), String> {
        let name = literal(operation, self.literals)?.name.as_deref().unwrap_or_default();
        let parts = parts(name).ok_or_else(|| format!("literal {} is no selector", operation.index))?;
        let count = if parts.len() == 1 && is_word(name) { 0 } else { parts.len() };
        if self.arguments.take().is_some_and(|n| n != count) {
            return Err(format!("{} takes {count} arguments", String::from_utf8_lossy(name)));
        }
        let mut arguments = Vec::new();
        for _ in 0..count {
            arguments.push(self.pop()?.text);
        }
        arguments.reverse();
        let mut text = String::from("(");
        match (explicit, self.delegate.take()) {
            (true, Some(_)) => return Err("a resend has no receiver".into()),
            (true, None) => text.push_str(&(self.pop()?.text + " ")),
            (false, Some(delegate)) => text.push_str(&(delegate + ".")),
            (false, None) => {}
        }
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                text.push(' ');
            }
            text.push_str(part);
            if let Some(argument) = arguments.get(i) {
                text.push(' ');
                text.push_str(argument);
            }
        }
        text.push(')');
        self.push(text, false);
        Ok(())
    }

    /// Control goes to a label, with all that is on the stack.
    fn jump(&mut self, label: &str) {
        let mut stack = std::mem::take(&mut self.stack).into_iter().rev();
        // What is below is evaluated before; the messages that would take it are never sent.
        let mut text = stack.next().map_or_else(String::new, |top| top.text + " ");
        text = format!("{text}__BranchTo: {label}");
        for below in stack {
            text = format!("{} == ({text})", below.text);
        }
        self.statements.push(text);
        self.dead = true;
    }

    fn branch(&mut self, operation: &Operation) -> Result<(), String> {
        let test = self.pop()?.text;
        let labels = targets(operation, self.literals)?;
        for label in &labels {
            self.agree(*label, self.stack.len())?;
        }
        let name = match operation.code {
            9 => "__BranchIfTrue:",
            10 => "__BranchIfFalse:",
            _ => "__BranchIndexedBy:",
        };
        let labels: String = labels.iter().map(|label| format!(" To: {label}")).collect();
        match self.stack.last_mut() {
            None => self.statements.push(format!("{name} {test}{labels}")),
            Some(top) => *top = Term { text: format!("({} {name} {test}{labels})", top.text), idle: false },
        }
        Ok(())
    }

    /// A return: a branch to the end, since more may follow.
    fn leave(&mut self) -> Result<(), String> {
        let value = self.pop()?;
        let before = std::mem::take(&mut self.stack).into_iter().filter(|term| !term.idle);
        self.statements.extend(before.map(|term| term.text));
        self.stack.push(value);
        self.jump(RETURN);
        self.returned = true;
        Ok(())
    }

    fn finish(mut self) -> Result<String, String> {
        let value = match (self.dead, self.stack.len()) {
            (true, _) => "nil".to_string(),
            (false, 1) => self.pop()?.text,
            (false, n) => return Err(format!("{n} values are left in the end, not one")),
        };
        let last = if self.returned { format!("{value} __DefineLabel: {RETURN}") } else { value };
        self.statements.push(last);
        Ok(self.statements.join(". "))
    }
}

fn is_word(name: &[u8]) -> bool {
    let begins = name.first().is_some_and(|b| b.is_ascii_lowercase() || *b == b'_');
    begins && !name.starts_with(b"__") && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

/// The pieces of a selector, colons included.
fn parts(name: &[u8]) -> Option<Vec<&str>> {
    let text = std::str::from_utf8(name).ok()?;
    if is_word(name) {
        return Some(vec![text]);
    }
    if !name.is_empty() && name.iter().all(|b| b"!#$%&*+,-/;<=>?@\\^`|~".contains(b)) {
        // A return and a bar are no messages.
        return (text != "^" && text != "|").then(|| vec![text]);
    }
    let parts: Vec<&str> = text.split_inclusive(':').collect();
    let sound = |(i, part): (usize, &&str)| {
        let word = part.strip_suffix(':').unwrap_or_default();
        let begins_well = i == 0 || word.starts_with(|c: char| c.is_ascii_uppercase());
        begins_well && (is_word(word.to_ascii_lowercase().as_bytes()) && (i > 0 || is_word(word.as_bytes())))
    };
    parts.iter().enumerate().all(sound).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::{Literal, to_source};

    fn name(text: &str) -> Literal {
        Literal { text: format!("'{text}'"), name: Some(text.into()), positions: vec![] }
    }

    fn number(n: i64) -> Literal {
        Literal { text: n.to_string(), name: None, positions: vec![n] }
    }

    fn vector(positions: &[i64]) -> Literal {
        Literal { text: "v".into(), name: None, positions: positions.to_vec() }
    }

    #[test]
    fn messages_become_expressions() {
        let literals = [number(3), number(4), name("+"), name("at:Put:"), name("foo"), name("parent")];
        for (codes, text) in [
            (&[0x10, 0x11, 0x22][..], "(3 + 4)"),
            (&[0xd0, 0x40, 0x10, 0x11, 0x23], "(self at: 3 Put: 4)"),
            (&[0x10, 0x11, 0x33], "(at: 3 Put: 4)"),
            (&[0x34, 0x41, 0x40], "(foo). self"),
            (&[0x43, 0x34], "(resend.foo)"),
            (&[0x10, 0xc5, 0x32], "(parent.+ 3)"),
            (&[0x10, 0xd1, 0x32], "(+ 3)"),
            (&[0x40, 0x42], "self __BranchTo: 'return'. nil __DefineLabel: 'return'"),
        ] {
            assert_eq!(to_source(codes, &literals).as_deref(), Ok(text), "{codes:x?}");
        }
    }

    #[test]
    fn an_index_may_have_more_than_four_bits() {
        let mut literals = vec![number(0); 0x23];
        literals.push(number(7));
        assert_eq!(to_source(&[0x02, 0x13], &literals).as_deref(), Ok("7"));
    }

    #[test]
    fn branches_keep_what_is_on_the_stack() {
        let literals =
            [number(3), number(4), name("+"), name("c"), number(5), number(6), number(1), vector(&[2, 2])];
        for (codes, text) in [
            // 3 + (c ifTrue: [4] False: [3])
            (
                &[0x10, 0x33, 0xa4, 0x11, 0x85, 0x10, 0x22][..],
                "(3 __BranchIfFalse: (c) To: 5) == (4 __BranchTo: 6). ((nil __DefineLabel: 5) + (3 __DefineLabel: 6))",
            ),
            (
                &[0x33, 0x95, 0x10, 0x41, 0x40, 0x41, 0x11],
                "__BranchIfTrue: (c) To: 6. 3. self. __DefineLabel: 6. 4",
            ),
            // A loop that begins with a value on the stack.
            (&[0x10, 0x11, 0x22, 0x33, 0x96], "(((3 __DefineLabel: 1) + 4) __BranchIfTrue: (c) To: 1)"),
            // One of several places; all of them may be the same.
            (&[0x33, 0xb7, 0x10], "__BranchIndexedBy: (c) To: 2 To: 2. __DefineLabel: 2. 3"),
        ] {
            assert_eq!(to_source(codes, &literals).as_deref(), Ok(text), "{codes:x?}");
        }
        for (codes, complaint) in [
            (&[0x33, 0x95, 0x10, 0x10, 0x10, 0x41, 0x40][..], "0 values are on the stack at 6, or 2"),
            (&[0x10, 0x33, 0x41, 0x40, 0x22], "a message is thrown away at 2 while others wait"),
        ] {
            assert_eq!(to_source(codes, &literals), Err(complaint.to_string()), "{codes:x?}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        let literals = [number(3), name("foo: bar"), name("__BranchTo:"), name("+"), number(9)];
        for (codes, complaint) in [
            (&[][..], "0 values are left in the end, not one"),
            (&[0x10, 0x10], "2 values are left in the end, not one"),
            (&[0x41], "a value is taken from an empty stack"),
            (&[0x13, 0x00], "the program ends with an index"),
            (&[0xe0], "there is no operation 14 (at 0)"),
            (&[0x1f], "there is no literal 15"),
            (&[0x31], "literal 1 is no selector"),
            (&[0x10, 0x32], "literal 2 is no selector"),
            (&[0x50], "a new method has no locals: names are sent"),
            (&[0x10, 0x84], "a branch leads to 9, where no byte code begins"),
            (&[0x10, 0x10, 0x43, 0x23], "a resend has no receiver"),
            (&[0x43, 0x43], "the resend before 1 is followed by no send"),
            (&[0x10, 0xd2, 0x33], "+ takes 1 arguments"),
        ] {
            let said = to_source(codes, &literals).expect_err("no sense");
            assert_eq!(said, complaint, "{codes:x?}");
        }
        assert!(to_source(&vec![0x10; 30_000], &literals).is_err());
    }
}
