//! Tokens to a syntax tree, by recursive descent with a limit of depth.
//!
//! Invariant: whatever the text, it ends, and its own recursion is bounded by `MOST_DEPTH`. What the subset has not is refused with
//! its name. It knows no meaning.

use crate::Refusal;
use crate::lexer::{Token, tokens};
use crate::syntax::{Clause, Expr, Function, Makes, Parameter, Piece, Stmt};

/// Deepest nesting of expressions and blocks.
const MOST_DEPTH: usize = 40;
/// Deepest tree: chains of operators lean to the left and are deep without being nested.
const MOST_HEIGHT: usize = 120;
/// Longest text.
const MOST_BYTES: usize = 16 << 10;

const RESERVED: [&str; 33] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield", "match",
];

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, Refusal>;
/// Arguments that are given by name.
type Named = Vec<(String, Expr)>;

/// The statements of a text.
pub(crate) fn parse(text: &str) -> Parsed<Vec<Stmt>> {
    if text.len() > MOST_BYTES {
        return Err(Refusal::new("the text is too long"));
    }
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let mut all = Vec::new();
    while *parser.peek() != Token::End {
        parser.statement(&mut all)?;
    }
    if is_flat(&all) { Ok(all) } else { Err(Refusal::new("it is nested too deep")) }
}

/// Whether the tree can be walked by recursion. Looks at it without.
fn is_flat(all: &[Stmt]) -> bool {
    let mut statements: Vec<(&Stmt, usize)> = all.iter().map(|statement| (statement, 0)).collect();
    let mut open: Vec<(&Expr, usize)> = Vec::new();
    while let Some((statement, depth)) = statements.pop() {
        let inner: &[Stmt] = match statement {
            Stmt::Def(function) => &function.body,
            Stmt::Class(_, body) => body,
            _ => &[],
        };
        statements
            .extend(statement.blocks().into_iter().flatten().chain(inner).map(|part| (part, depth + 1)));
        open.extend(statement.expressions().into_iter().map(|part| (part, depth)));
        while let Some((part, depth)) = open.pop() {
            if depth > MOST_HEIGHT {
                return false;
            }
            part.parts(&mut |part| open.push((part, depth + 1)));
        }
    }
    true
}

/// An expression that is a whole text, as between the braces of an f-string.
fn parse_expression(text: &str, depth: usize) -> Parsed<Expr> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth };
    let found = parser.expression()?;
    parser.skip_new_lines();
    if *parser.peek() == Token::End { Ok(found) } else { Err(Refusal::new("an f-string that is none")) }
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).unwrap_or(&Token::End)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn skip_new_lines(&mut self) {
        while *self.peek() == Token::NewLine {
            self.at += 1;
        }
    }

    fn is_mark(&self, mark: &str) -> bool {
        matches!(self.peek(), Token::Mark(found) if *found == mark)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(found) if found == word)
    }

    fn take_mark(&mut self, mark: &str) -> bool {
        let found = self.is_mark(mark);
        self.at += usize::from(found);
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn mark(&mut self, mark: &str) -> Parsed<()> {
        if self.take_mark(mark) { Ok(()) } else { Err(Refusal::new(format!("`{mark}` is missing"))) }
    }

    fn word(&mut self, word: &str) -> Parsed<()> {
        if self.take_word(word) { Ok(()) } else { Err(Refusal::new(format!("`{word}` is missing"))) }
    }

    fn name(&mut self) -> Parsed<String> {
        match self.next() {
            Token::Name(name) if !RESERVED.contains(&name.as_str()) => Ok(name),
            _ => Err(Refusal::new("a name is missing")),
        }
    }

    /// Runs a part one level deeper.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Parser) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MOST_DEPTH {
            return Err(Refusal::new("it is nested too deep"));
        }
        self.depth += 1;
        let result = part(self);
        self.depth -= 1;
        result
    }

    // Statements

    fn block(&mut self) -> Parsed<Vec<Stmt>> {
        self.mark(":")?;
        let mut all = Vec::new();
        if *self.peek() != Token::NewLine {
            self.simple_line(&mut all)?;
            return Ok(all);
        }
        self.at += 1;
        if self.next() != Token::Indent {
            return Err(Refusal::new("a block is missing"));
        }
        while !matches!(self.peek(), Token::Dedent | Token::End) {
            self.statement(&mut all)?;
        }
        self.at += 1;
        Ok(all)
    }

    fn statement(&mut self, all: &mut Vec<Stmt>) -> Parsed<()> {
        let Token::Name(word) = self.peek() else { return self.simple_line(all) };
        let compound = match word.as_str() {
            "if" => self.deeper(Parser::branch)?,
            "while" => self.deeper(|p| {
                p.at += 1;
                let test = p.expression()?;
                Ok(Stmt::While(test, p.block()?, p.other()?))
            })?,
            "for" => self.deeper(|p| {
                p.at += 1;
                let target = p.targets()?;
                p.word("in")?;
                let source = p.expressions()?;
                Ok(Stmt::For(target, source, p.block()?, p.other()?))
            })?,
            "def" => Stmt::Def(self.deeper(Parser::function)?),
            "class" => self.deeper(|p| {
                p.at += 1;
                let name = p.name()?;
                if p.take_mark("(") {
                    return Err(Refusal::new("classes with parents are not translated"));
                }
                Ok(Stmt::Class(name, p.block()?))
            })?,
            "try" | "with" | "async" | "match"
                if !matches!(self.tokens.get(self.at + 1), Some(Token::Mark("="))) =>
            {
                return Err(Refusal::new(format!("`{word}` is not translated")));
            }
            _ => return self.simple_line(all),
        };
        all.push(compound);
        Ok(())
    }

    fn branch(&mut self) -> Parsed<Stmt> {
        self.at += 1;
        let test = self.expression()?;
        let body = self.block()?;
        let other = if self.is_word("elif") { vec![self.deeper(Parser::branch)?] } else { self.other()? };
        Ok(Stmt::If(test, body, other))
    }

    fn other(&mut self) -> Parsed<Vec<Stmt>> {
        if self.take_word("else") { self.block() } else { Ok(Vec::new()) }
    }

    fn function(&mut self) -> Parsed<Function> {
        self.at += 1;
        let name = self.name()?;
        self.mark("(")?;
        let mut parameters = Vec::new();
        while !self.take_mark(")") {
            if self.is_mark("*") || self.is_mark("**") {
                return Err(Refusal::new("functions of any number of arguments are not translated"));
            }
            let name = self.name()?;
            let annotation = if self.take_mark(":") { Some(self.expression()?) } else { None };
            let default = if self.take_mark("=") { Some(self.expression()?) } else { None };
            parameters.push(Parameter { name, annotation, default });
            if !self.take_mark(",") && !self.is_mark(")") {
                return Err(Refusal::new("`)` is missing"));
            }
        }
        let answer = if self.take_mark("->") { Some(self.expression()?) } else { None };
        Ok(Function { name, parameters, answer, body: self.block()? })
    }

    /// Statements on one line.
    fn simple_line(&mut self, all: &mut Vec<Stmt>) -> Parsed<()> {
        all.push(self.simple()?);
        match self.peek() {
            Token::NewLine => {
                self.at += 1;
                Ok(())
            }
            Token::End | Token::Dedent => Ok(()),
            _ => Err(Refusal::new("a line that does not end")),
        }
    }

    fn ends(&self) -> bool {
        matches!(self.peek(), Token::NewLine | Token::End | Token::Dedent)
    }

    fn simple(&mut self) -> Parsed<Stmt> {
        if let Token::Name(word) = self.peek().clone() {
            let from = self.at;
            self.at += 1;
            match word.as_str() {
                "pass" => return Ok(Stmt::Nothing),
                "break" => return Ok(Stmt::Break),
                "continue" => return Ok(Stmt::Continue),
                "global" => return Err(Refusal::new("`global` is not translated")),
                "import" | "from" | "assert" => {
                    while !self.ends() {
                        self.at += 1;
                    }
                    return Ok(Stmt::Nothing);
                }
                "nonlocal" => {
                    let mut names = vec![self.name()?];
                    while self.take_mark(",") {
                        names.push(self.name()?);
                    }
                    return Ok(Stmt::Nonlocal(names));
                }
                "return" => {
                    return Ok(Stmt::Return(if self.ends() { None } else { Some(self.expressions()?) }));
                }
                "raise" => {
                    return Ok(Stmt::Raise(if self.ends() { None } else { Some(self.expression()?) }));
                }
                "del" => return Ok(Stmt::Delete(self.expression()?)),
                "yield" => return Err(Refusal::new("`yield` is not translated")),
                _ => self.at = from,
            }
        }
        let first = self.expressions()?;
        if self.take_mark(":") {
            let annotation = self.expression()?;
            let value = if self.take_mark("=") { Some(self.expressions()?) } else { None };
            return Ok(Stmt::Annotated(first, annotation, value));
        }
        if self.is_mark("=") {
            let mut all = vec![first];
            while self.take_mark("=") {
                all.push(self.expressions()?);
            }
            let value = all.pop().ok_or_else(|| Refusal::new("a value is missing"))?;
            return Ok(Stmt::Assign(all, value));
        }
        const AUGMENTED: [(&str, &str); 12] = [
            ("+=", "+"),
            ("-=", "-"),
            ("*=", "*"),
            ("/=", "/"),
            ("//=", "//"),
            ("%=", "%"),
            ("**=", "**"),
            ("&=", "&"),
            ("|=", "|"),
            ("^=", "^"),
            (">>=", ">>"),
            ("<<=", "<<"),
        ];
        for (mark, operator) in AUGMENTED {
            if self.take_mark(mark) {
                return Ok(Stmt::Augment(first, operator, self.expressions()?));
            }
        }
        Ok(Stmt::Expr(first))
    }

    // Expressions

    /// One expression, or several with commas, which are a tuple.
    fn expressions(&mut self) -> Parsed<Expr> {
        let first = self.expression()?;
        if !self.is_mark(",") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.take_mark(",") {
            if self.ends() || self.is_mark("=") || self.is_mark(")") {
                break;
            }
            all.push(self.expression()?);
        }
        Ok(Expr::Tuple(all))
    }

    /// Targets of `for`: names, perhaps in brackets.
    fn targets(&mut self) -> Parsed<Expr> {
        let mut all = Vec::new();
        let mut single = true;
        loop {
            all.push(self.deeper(|p| {
                if p.take_mark("(") || p.take_mark("[") {
                    let inner = p.targets()?;
                    if !p.take_mark(")") {
                        p.mark("]")?;
                    }
                    return Ok(match inner {
                        Expr::Name(_) => Expr::Tuple(vec![inner]),
                        tuple => tuple,
                    });
                }
                Ok(Expr::Name(p.name()?))
            })?);
            if !self.take_mark(",") {
                break;
            }
            single = false;
            if self.is_word("in") {
                break;
            }
        }
        Ok(if single && all.len() == 1 { all.remove(0) } else { Expr::Tuple(all) })
    }

    fn expression(&mut self) -> Parsed<Expr> {
        self.deeper(|p| {
            if p.take_word("lambda") {
                let mut names = Vec::new();
                while !p.take_mark(":") {
                    names.push(p.name()?);
                    if !p.take_mark(",") && !p.is_mark(":") {
                        return Err(Refusal::new("`:` is missing"));
                    }
                }
                return Ok(Expr::Lambda(names, Box::new(p.expression()?)));
            }
            let value = p.either()?;
            if p.is_mark(":=") {
                return Err(Refusal::new("`:=` is not translated"));
            }
            if !p.take_word("if") {
                return Ok(value);
            }
            let test = p.either()?;
            p.word("else")?;
            let other = p.expression()?;
            Ok(Expr::IfElse(Box::new(test), Box::new(value), Box::new(other)))
        })
    }

    fn either(&mut self) -> Parsed<Expr> {
        let first = self.both()?;
        if !self.is_word("or") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.take_word("or") {
            all.push(self.both()?);
        }
        Ok(Expr::Or(all))
    }

    fn both(&mut self) -> Parsed<Expr> {
        let first = self.negation()?;
        if !self.is_word("and") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.take_word("and") {
            all.push(self.negation()?);
        }
        Ok(Expr::And(all))
    }

    fn negation(&mut self) -> Parsed<Expr> {
        if self.take_word("not") {
            return self.deeper(|p| Ok(Expr::Not(Box::new(p.negation()?))));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let first = self.binary(0)?;
        let mut rest = Vec::new();
        loop {
            let operator = match self.peek() {
                Token::Mark(mark @ ("<" | ">" | "<=" | ">=" | "==" | "!=")) => *mark,
                Token::Name(word) if word == "in" => "in",
                Token::Name(word) if word == "is" => "is",
                Token::Name(word) if word == "not" => "not in",
                _ => break,
            };
            self.at += 1;
            let operator = match operator {
                "is" if self.take_word("not") => "is not",
                "not in" => {
                    self.word("in")?;
                    "not in"
                }
                other => other,
            };
            rest.push((operator, self.binary(0)?));
        }
        Ok(if rest.is_empty() { first } else { Expr::Compare(Box::new(first), rest) })
    }

    /// Left-associative operators, the weakest level first.
    fn binary(&mut self, level: usize) -> Parsed<Expr> {
        const LEVELS: [&[&str]; 6] =
            [&["|"], &["^"], &["&"], &["<<", ">>"], &["+", "-"], &["*", "//", "/", "%"]];
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        let mut length = 0;
        while let Token::Mark(mark) = self.peek() {
            let Some(operator) = operators.iter().find(|operator| *operator == mark) else { break };
            length += 1;
            if length > MOST_DEPTH {
                return Err(Refusal::new("it is nested too deep"));
            }
            self.at += 1;
            left = Expr::Binary(operator, Box::new(left), Box::new(self.binary(level + 1)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Expr> {
        for (mark, sign) in [("-", '-'), ("+", '+'), ("~", '~')] {
            if self.take_mark(mark) {
                return self.deeper(|p| Ok(Expr::Unary(sign, Box::new(p.unary()?))));
            }
        }
        let base = self.postfix()?;
        if self.take_mark("**") {
            let exponent = self.deeper(Parser::unary)?;
            return Ok(Expr::Binary("**", Box::new(base), Box::new(exponent)));
        }
        Ok(base)
    }

    fn postfix(&mut self) -> Parsed<Expr> {
        let mut base = self.atom()?;
        let mut length = 0;
        loop {
            length += 1;
            if length > MOST_DEPTH {
                return Err(Refusal::new("it is nested too deep"));
            }
            if self.take_mark(".") {
                base = Expr::Attribute(Box::new(base), self.name()?);
            } else if self.take_mark("(") {
                let (arguments, named) = self.arguments()?;
                base = Expr::Call(Box::new(base), arguments, named);
            } else if self.take_mark("[") {
                base = self.subscript(base)?;
            } else {
                return Ok(base);
            }
        }
    }

    fn arguments(&mut self) -> Parsed<(Vec<Expr>, Named)> {
        let (mut arguments, mut named) = (Vec::new(), Vec::new());
        while !self.take_mark(")") {
            if self.is_mark("*") || self.is_mark("**") {
                return Err(Refusal::new("arguments spread with `*` are not translated"));
            }
            if let (Token::Name(name), Some(Token::Mark("="))) =
                (self.peek().clone(), self.tokens.get(self.at + 1))
            {
                self.at += 2;
                named.push((name, self.expression()?));
            } else {
                let value = self.expression()?;
                arguments.push(if self.is_word("for") {
                    Expr::Comprehension(Makes::Generator, Box::new(value), self.clauses()?)
                } else {
                    value
                });
            }
            if !self.take_mark(",") && !self.is_mark(")") {
                return Err(Refusal::new("`)` is missing"));
            }
        }
        Ok((arguments, named))
    }

    fn subscript(&mut self, base: Expr) -> Parsed<Expr> {
        let from = if self.is_mark(":") { None } else { Some(self.expressions()?) };
        if self.take_mark("]") {
            let index = from.ok_or_else(|| Refusal::new("an index is missing"))?;
            return Ok(Expr::Index(Box::new(base), Box::new(index)));
        }
        self.mark(":")?;
        let part = |p: &mut Parser| -> Parsed<Option<Box<Expr>>> {
            if p.is_mark("]") || p.is_mark(":") { Ok(None) } else { Ok(Some(Box::new(p.expression()?))) }
        };
        let to = part(self)?;
        let step = if self.take_mark(":") { part(self)? } else { None };
        self.mark("]")?;
        Ok(Expr::Slice(Box::new(base), from.map(Box::new), to, step))
    }

    fn clauses(&mut self) -> Parsed<Vec<Clause>> {
        let mut all = Vec::new();
        while self.take_word("for") {
            let target = self.targets()?;
            self.word("in")?;
            let source = self.either()?;
            let mut conditions = Vec::new();
            while self.take_word("if") {
                conditions.push(self.either()?);
            }
            all.push(Clause { target, source, conditions });
        }
        Ok(all)
    }

    fn atom(&mut self) -> Parsed<Expr> {
        match self.next() {
            Token::Int(digits) => Ok(Expr::Int(digits)),
            Token::Float(text) => Ok(Expr::Float(text)),
            Token::Str(text) => Ok(Expr::Str(text)),
            Token::Format(text) => self.format(&text),
            Token::Name(name) => match name.as_str() {
                "True" => Ok(Expr::Bool(true)),
                "False" => Ok(Expr::Bool(false)),
                "None" => Ok(Expr::None),
                word if RESERVED.contains(&word) => Err(Refusal::new(format!("`{word}` is out of place"))),
                _ => Ok(Expr::Name(name)),
            },
            Token::Mark("...") => Ok(Expr::None),
            Token::Mark("(") => self.deeper(Parser::parenthesis),
            Token::Mark("[") => self.deeper(|p| p.bracket("]")),
            Token::Mark("{") => self.deeper(Parser::brace),
            _ => Err(Refusal::new("an expression is missing")),
        }
    }

    fn parenthesis(&mut self) -> Parsed<Expr> {
        if self.take_mark(")") {
            return Ok(Expr::Tuple(Vec::new()));
        }
        let first = self.expression()?;
        if self.is_word("for") {
            let clauses = self.clauses()?;
            self.mark(")")?;
            return Ok(Expr::Comprehension(Makes::Generator, Box::new(first), clauses));
        }
        if self.take_mark(")") {
            return Ok(first);
        }
        let mut all = vec![first];
        while self.take_mark(",") {
            if self.is_mark(")") {
                break;
            }
            all.push(self.expression()?);
        }
        self.mark(")")?;
        Ok(Expr::Tuple(all))
    }

    fn bracket(&mut self, close: &str) -> Parsed<Expr> {
        let makes = if close == "]" { Makes::List } else { Makes::Set };
        let list = |all| if makes == Makes::List { Expr::List(all) } else { Expr::Set(all) };
        if self.take_mark(close) {
            return Ok(list(Vec::new()));
        }
        let first = self.expression()?;
        if self.is_word("for") {
            let clauses = self.clauses()?;
            self.mark(close)?;
            return Ok(Expr::Comprehension(makes, Box::new(first), clauses));
        }
        let mut all = vec![first];
        while self.take_mark(",") {
            if self.is_mark(close) {
                break;
            }
            all.push(self.expression()?);
        }
        self.mark(close)?;
        Ok(list(all))
    }

    fn brace(&mut self) -> Parsed<Expr> {
        if self.take_mark("}") {
            return Ok(Expr::Dict(Vec::new()));
        }
        let from = self.at;
        let key = self.expression()?;
        if !self.take_mark(":") {
            self.at = from;
            return self.bracket("}");
        }
        let value = self.expression()?;
        if self.is_word("for") {
            let clauses = self.clauses()?;
            self.mark("}")?;
            return Ok(Expr::DictComprehension(Box::new(key), Box::new(value), clauses));
        }
        let mut pairs = vec![(key, value)];
        while self.take_mark(",") {
            if self.is_mark("}") {
                break;
            }
            let key = self.expression()?;
            self.mark(":")?;
            pairs.push((key, self.expression()?));
        }
        self.mark("}")?;
        Ok(Expr::Dict(pairs))
    }

    fn format(&mut self, text: &str) -> Parsed<Expr> {
        let bad = || Refusal::new("an f-string that is none");
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '{' | '}' if rest.starts_with(c) => {
                    plain.push(c);
                    rest = &rest[1..];
                }
                '}' => return Err(bad()),
                '{' => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    let mut depth = 0;
                    let (mut end, mut colon) = (None, None);
                    for (at, c) in rest.char_indices() {
                        match c {
                            '(' | '[' | '{' => depth += 1,
                            '}' if depth == 0 => {
                                end = Some(at);
                                break;
                            }
                            ')' | ']' | '}' => depth -= 1,
                            ':' if depth == 0 && colon.is_none() => colon = Some(at),
                            _ => {}
                        }
                    }
                    let end = end.ok_or_else(bad)?;
                    let (value, how) = match colon.filter(|at| *at < end) {
                        Some(colon) => (&rest[..colon], &rest[colon + 1..end]),
                        None => (&rest[..end], ""),
                    };
                    let depth = self.depth;
                    pieces.push(Piece::Value(parse_expression(value, depth + 1)?, how.to_owned()));
                    rest = &rest[end + 1..];
                }
                c => plain.push(c),
            }
        }
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Expr::Format(pieces))
    }
}
