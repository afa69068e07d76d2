//! The subset as a GBNF grammar: what a model writes under it parses, and mostly translates.
//!
//! Blocks are told by their indentation, which a context-free grammar can only count: each level has rules of its own, up to
//! `LEVELS`. Names are any words; that they mean something is the translator's affair.

use std::fmt::Write;

/// Deepest block inside the function's body.
const LEVELS: usize = 5;

/// What the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The body of a function: lines that are indented once.
    Function,
    /// The body of a method in a class: lines that are indented twice.
    Method,
}

/// Built-in functions and methods need no rules: they are names and calls.
const EXPRESSIONS: &str = r##"
test ::= "lambda" (" " name ("," " "? name)*)? ":" " " or | or (" if " or " else " or)?
or ::= and (" or " and)*
and ::= not (" and " not)*
not ::= "not " not | comparison
comparison ::= sum (comparator sum)*
comparator ::= " < " | " > " | " <= " | " >= " | " == " | " != " | " in " | " not in " | " is " | " is not "
sum ::= term ((" + " | " - " | " & " | " | " | " ^ " | " << " | " >> " | "+" | "-") term)*
term ::= factor ((" * " | " / " | " // " | " % " | "*" | "/" | "//" | "%") factor)*
factor ::= "-" factor | "~" factor | power
power ::= postfix ((" ** " | "**") factor)?
postfix ::= atom trailer*
trailer ::= "." name | "(" arguments? ")" | "[" subscript "]"
arguments ::= argument ("," " "? argument)*
argument ::= (name "=")? test (for)*
subscript ::= test (":" test?)? (":" test?)? | ":" test? (":" test?)?
for ::= " for " targets " in " or (" if " or)*
targets ::= target ("," " "? target)*
target ::= name | "(" targets ")"
atom ::= number | string | fstring | name | "(" (test (for | ("," " "? test)* ","?))? ")" | "[" (test (for | ("," " "? test)*))? "]" | "{" (test (for | ": " test (for | ("," " "? test ": " test)*) | ("," " "? test)*))? "}"
number ::= [0-9] [0-9_]* ("." [0-9]+)? ("e" "-"? [0-9]+)?
string ::= "'" schar* "'" | "\"" dchar* "\""
fstring ::= "f'" (fchar | [" ] | "{" inner "}")* "'" | "f\"" (fchar | ['] | "{" inner "}")* "\""
fchar ::= [^'"\\{}\n]
inner ::= sum (":" [.0-9dfbxs]+)?
schar ::= [^'\\\n] | "\\" [nrt'"\\]
dchar ::= [^"\\\n] | "\\" [nrt'"\\]
name ::= [a-zA-Z_] [a-zA-Z0-9_]*
tests ::= test ("," " "? test)*
simple ::= "return" (" " tests)? | "break" | "continue" | "pass" | "raise " test | "import math" | "from collections import " name | "nonlocal " name | "del " postfix | assigned
assigned ::= postfix (("," " "? postfix)* (" = " postfix ("," " "? postfix)*)* " = " tests | (" += " | " -= " | " *= " | " /= " | " //= " | " %= " | " **= " | " &= " | " |= " | " ^= ") tests | ": " test " = " tests)?
comment ::= "#" [^\n]*
parameter ::= name (": " test)? (" "? "=" " "? test)?
"##;

/// The grammar of the rest of a function or method, after its heading.
pub fn grammar(shape: Shape) -> String {
    let start = match shape {
        Shape::Function => 1,
        Shape::Method => 2,
    };
    let mut out = String::new();
    let end = start + LEVELS;
    let _ = writeln!(out, "root ::= line{start}+ (\"\\n\"? \"```\")?");
    for level in start..=end {
        let indent = "    ".repeat(level);
        let _ = writeln!(out, "line{level} ::= (\"\\n\"? \"{indent}\" rest{level})");
        let compound = if level < end {
            let next = level + 1;
            let block = format!("\":\\n\" line{next}+");
            format!(
                " | \"if \" test {block} (\"{indent}elif \" test {block})* (\"{indent}else\" {block})? | \"for \" targets \" in \" tests {block} | \"while \" test {block} | \"def \" name \"(\" (parameter (\", \" parameter)*)? \")\" (\" -> \" test)? {block}"
            )
        } else {
            String::new()
        };
        let _ = writeln!(out, "rest{level} ::= simple (\"  \" comment)? \"\\n\" | comment \"\\n\"{compound}");
    }
    out.push_str(EXPRESSIONS);
    out
}
