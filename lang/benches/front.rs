//! Speed of the front end on one core: megabytes a second from bytes to tokens and from bytes to a tree, and peak memory as a
//! multiple of the input. The source is generated, in the styles of real files: modules as a transporter writes them, and
//! objects written by hand. `cargo bench -p batos-lang --bench front [-- MEGABYTES]`

use batos_lang::generate::Entropy;
use batos_lang::lexer::{Lexer, Mode};
use batos_lang::{format, parse_file};
use std::fmt::Write;
use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

const WORDS: &[&str] = &[
    "size",
    "first",
    "next",
    "value",
    "isEmpty",
    "copy",
    "item",
    "contents",
    "asString",
    "printString",
    "owner",
    "count",
    "key",
    "parentMorph",
    "bounds",
    "width",
    "isNil",
    "reflectee",
    "traits",
    "globals",
    "list",
    "sequence",
    "index",
    "result",
    "elements",
    "element",
    "name",
    "position",
    "stream",
    "process",
    "schedule",
    "baseColor",
    "origin",
    "corner",
    "asInteger",
    "hash",
    "slots",
];
const KEYWORDS: &[&[&str]] = &[
    &["at:"],
    &["at:", "Put:"],
    &["do:"],
    &["ifTrue:"],
    &["ifTrue:", "False:"],
    &["ifNone:"],
    &["to:", "Do:"],
    &["error:"],
    &["copyAt:", "From:", "IfAbsent:"],
    &["whileTrue:"],
    &["collect:", "Into:"],
    &["add:"],
    &["findFirst:", "IfPresent:", "IfAbsent:"],
];
const OPERATORS: &[&str] = &["+", "-", "*", "/", "=", "==", "<", ">=", ",", "&", "@", "->", "%"];
const SENTENCES: &[&str] = &[
    "Answers a copy with the elements in the same order.",
    "Private - called only while the lock is held.",
    "The block is evaluated once for each element.",
    "Not used any more, kept for old snapshots.",
];

struct Author {
    out: String,
    entropy: Entropy<'static>,
    depth: usize,
}

impl Author {
    fn word(&mut self) -> &'static str {
        WORDS[self.entropy.below(WORDS.len())]
    }

    fn sentence(&mut self) -> &'static str {
        SENTENCES[self.entropy.below(SENTENCES.len())]
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn primary(&mut self) {
        match self.entropy.below(12) {
            0 => self.push("self"),
            1 => {
                let n = self.entropy.below(200);
                let _ = write!(self.out, "{n}");
            }
            2 => {
                let text = self.sentence();
                let _ = write!(self.out, "'{}'", &text[..text.len() / 2]);
            }
            3 | 4 if self.depth < 5 => {
                self.depth += 1;
                self.push("(");
                self.expression();
                self.push(")");
                self.depth -= 1;
            }
            5 if self.depth < 5 => self.block(),
            6 => {
                self.push("resend.");
                let word = self.word();
                self.push(word);
            }
            _ => {
                let word = self.word();
                self.push(word);
            }
        }
        while self.entropy.below(3) == 0 {
            let word = self.word();
            self.push(" ");
            self.push(word);
        }
    }

    fn binary(&mut self) {
        self.primary();
        if self.entropy.below(4) == 0 {
            let operator = OPERATORS[self.entropy.below(OPERATORS.len())];
            for _ in 0..1 + self.entropy.below(2) {
                let _ = write!(self.out, " {operator} ");
                self.primary();
            }
        }
    }

    fn expression(&mut self) {
        if self.entropy.below(8) > 0 {
            self.binary();
        }
        if self.entropy.below(3) == 0 {
            for (i, part) in KEYWORDS[self.entropy.below(KEYWORDS.len())].iter().enumerate() {
                let blank = if i == 0 && self.out.ends_with([' ', '(', '[']) { "" } else { " " };
                let _ = write!(self.out, "{blank}{part} ");
                self.binary();
            }
        } else if self.out.ends_with([' ', '(', '[', '|']) {
            self.binary();
        }
    }

    fn block(&mut self) {
        self.depth += 1;
        self.push("[");
        if self.entropy.below(2) == 0 {
            self.push("|:e| ");
        }
        self.statements(1);
        self.push("]");
        self.depth -= 1;
    }

    fn statements(&mut self, indent: usize) {
        let count = 1 + self.entropy.below(if self.depth < 3 { 4 } else { 2 });
        for i in 0..count {
            if i > 0 {
                let _ = write!(self.out, ".\n{:indent$}", "", indent = indent * 4);
            }
            if i + 1 == count && self.entropy.below(4) == 0 {
                self.push("^ ");
            }
            self.expression();
        }
    }

    fn method(&mut self, indent: usize) {
        self.push("( ");
        if self.entropy.below(3) == 0 {
            let n = self.entropy.below(40);
            let _ = write!(self.out, "| tmp{n} <- 0. r |\n{:indent$}", "", indent = indent * 4);
        }
        if self.entropy.below(3) == 0 {
            let text = self.sentence();
            let _ = write!(self.out, "\"{text}\" ");
        }
        self.statements(indent);
        self.push(")");
    }

    fn slot(&mut self, number: usize, indent: usize) {
        match self.entropy.below(5) {
            0 => {
                // Parentheses alone would be a method, which an assignable slot cannot hold.
                let (word, value) = (self.word(), self.word());
                let _ = write!(self.out, "{word}{number} <- {value} copy");
            }
            1 | 2 => {
                let word = self.word();
                let _ = write!(self.out, "{word}{number} = ");
                self.method(indent + 1);
            }
            3 => {
                let word = self.word();
                let _ = write!(self.out, "{word}{number}: a At: b = ");
                self.method(indent + 1);
            }
            _ => {
                let _ = write!(self.out, "parent{number}* = bootstrap stub -> 'traits' -> 'clonable' -> ()");
            }
        }
    }

    /// One statement of a module file: one slot.
    fn module_statement(&mut self, number: usize) {
        let (one, two) = (self.word(), self.word());
        let _ = write!(
            self.out,
            " bootstrap addSlotsTo: bootstrap stub -> 'traits' -> '{one}' -> () From: ( | {{\n         'Category: {two}\\x7fModuleInfo: Module: {one} InitialContents: FollowSlot\\x7fVisibility: public'\n        \n         "
        );
        self.slot(number, 3);
        self.push(".\n        } | ) \n\n");
    }

    /// An object as people write it.
    fn object(&mut self, number: usize) {
        let (one, two) = (self.word(), self.sentence());
        let _ = write!(
            self.out,
            "\"{two}\"\n\ntraits _AddSlots: (|\n    {{'Category: {one}'\n        {one}{number} = (| {{}} = 'Comment: {two}'.\n"
        );
        for i in 0..3 + self.entropy.below(8) {
            self.push("            ");
            self.slot(i, 3);
            self.push(".\n");
        }
        self.push("        |).\n    }\n|)\n\n");
    }
}

fn source(bytes: usize) -> Vec<u8> {
    let mut author =
        Author { out: String::with_capacity(bytes + 10_000), entropy: Entropy::from_seed(1), depth: 0 };
    let mut number = 0;
    while author.out.len() < bytes {
        number += 1;
        if number % 5 == 0 { author.object(number) } else { author.module_statement(number) }
    }
    author.out.into_bytes()
}

/// A line of `/proc/self/status`, in kilobytes.
fn status(field: &str) -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(field)).unwrap_or("0");
    line.split_whitespace().find_map(|word| word.parse().ok()).unwrap_or(0)
}

/// Time that this thread has spent on a core; the clock's time where the system does not tell.
fn on_core() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    match text.split(' ').next().and_then(|word| word.parse().ok()) {
        Some(nanoseconds) => Duration::from_nanos(nanoseconds),
        None => START.get_or_init(Instant::now).elapsed(),
    }
}

/// The best of several runs: other programs can only make it slower.
fn best(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let start = on_core();
        run();
        on_core().saturating_sub(start)
    });
    times.min().unwrap_or_default()
}

fn main() {
    let megabytes = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(24);
    let source = source(megabytes * 1_000_000);
    let size = source.len() as f64 / 1e6;
    let before = status("VmRSS");
    let parsed = parse_file(&source);
    let peak = status("VmHWM").saturating_sub(before) as f64 * 1024.0 / 1e6;
    assert!(parsed.is_legal(), "the source should be legal: {:?}", parsed.diagnostics.first());
    println!(
        "source      {size:7.1} MB, {} top-level expressions, {} nodes, {} bodies",
        parsed.tree.top.len(),
        parsed.tree.nodes.len(),
        parsed.tree.bodies.len()
    );
    println!("peak memory {:7.1} times the input", peak / size);
    let lexing = best(5, || {
        let mut lexer = Lexer::new(&source, Mode::File);
        while let Some(token) = lexer.next_token() {
            black_box(token);
        }
    });
    println!("lexing      {:7.1} MB/s", size / lexing.as_secs_f64());
    let parsing = best(5, || {
        black_box(parse_file(&source));
    });
    println!("parsing     {:7.1} MB/s (bytes to tree)", size / parsing.as_secs_f64());
    let formatting = best(2, || {
        black_box(format(&parsed.tree, &source));
    });
    println!("formatting  {:7.1} MB/s (tree to bytes)", size / formatting.as_secs_f64());
}
