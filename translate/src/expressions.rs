//! Expressions, operators, truth.

use crate::Refusal;
use crate::code::{Code, Level};
use crate::kind::Kind;
use crate::lexer::written_float;
use crate::names::camel;
use crate::scope::{Made, Translator};
use crate::syntax::{Expr, Makes, Piece};
use std::collections::HashMap;

impl Translator<'_> {
    pub(crate) fn expression(&mut self, expression: &Expr) -> Made<Code> {
        match expression {
            Expr::Int(digits) => Ok(Code::atom(digits.clone(), Kind::Int)),
            Expr::Float(text) => Ok(Code::atom(text.clone(), Kind::Float)),
            Expr::Str(text) => Ok(Code::string(text)),
            Expr::Bool(yes) => Ok(Code::atom(if *yes { "true" } else { "false" }, Kind::Bool)),
            Expr::None => Ok(Code::nil()),
            Expr::Name(name) => self.named(name),
            Expr::Format(pieces) => self.format(pieces),
            Expr::List(all) | Expr::Tuple(all) => {
                let elements = self.all(all)?;
                Ok(list_of(&elements, matches!(expression, Expr::Tuple(_))))
            }
            Expr::Set(all) => {
                let elements = self.all(all)?;
                let list = list_of(&elements, false);
                Ok(self.unary(&list, "asSet", Kind::set(list.kind.element())))
            }
            Expr::Dict(pairs) => self.dictionary(pairs),
            Expr::Unary(sign, operand) => self.signed(*sign, operand),
            Expr::Not(operand) => self.negation(operand),
            Expr::Binary(operator, one, other) => {
                let (a, b) = (self.expression(one)?, self.expression(other)?);
                let simple = matches!(*operator, "//" | "%") && a.kind == Kind::Int && b.kind == Kind::Int;
                if simple && self.is_natural(one) && self.is_natural(other) {
                    // Above zero all ways of rounding are one.
                    let sign = if *operator == "%" { "%" } else { "/" };
                    return Ok(Code::binary(&a, sign, &b, Kind::Int));
                }
                self.operation(operator, &a, &b)
            }
            Expr::And(all) | Expr::Or(all) => self.connection(expression, all),
            Expr::Compare(first, rest) => self.comparison(first, rest),
            Expr::IfElse(test, value, other) => {
                let test = self.condition(test)?;
                let (value, other) = (self.expression(value)?, self.expression(other)?);
                let kind = value.kind.join(&other.kind);
                Ok(choice(&test, &value, &other, kind))
            }
            Expr::Lambda(names, body) => self.lambda(names, body, &[]),
            Expr::Call(function, arguments, named) => self.call(function, arguments, named),
            Expr::Attribute(base, name) => self.attribute(base, name),
            Expr::Index(base, index) => self.index(base, index),
            Expr::Slice(base, from, to, step) => {
                self.slice(base, from.as_deref(), to.as_deref(), step.as_deref())
            }
            Expr::Comprehension(makes, element, clauses) => {
                let list = self.comprehension(element, clauses)?;
                Ok(match makes {
                    Makes::Set => self.unary(&list, "asSet", Kind::set(list.kind.element())),
                    _ => list,
                })
            }
            Expr::DictComprehension(key, value, clauses) => {
                self.dictionary_comprehension(key, value, clauses)
            }
        }
    }

    pub(crate) fn all(&mut self, all: &[Expr]) -> Made<Vec<Code>> {
        all.iter().map(|part| self.expression(part)).collect()
    }

    fn named(&mut self, name: &str) -> Made<Code> {
        if let Some(code) = self.variable(name) {
            return Ok(code);
        }
        if let Some(value) = self.constants.get(name).cloned() {
            return self.expression(&value);
        }
        match name {
            "inf" => Ok(Code::atom("infinity", Kind::Float)),
            "pi" => Ok(Code::new("math pi", Level::Unary, Kind::Float)),
            _ => Err(Refusal::new(format!("the name `{name}` means nothing here"))),
        }
    }

    fn format(&mut self, pieces: &[Piece]) -> Made<Code> {
        let mut whole: Option<Code> = None;
        for piece in pieces {
            let part = match piece {
                Piece::Text(text) => Code::string(text),
                Piece::Value(value, how) => {
                    let value = self.expression(value)?;
                    self.formatted(value, how)?
                }
            };
            whole = Some(match whole {
                None => part,
                Some(before) => Code::binary(&before, ",", &part, Kind::Str),
            });
        }
        Ok(whole.unwrap_or_else(|| Code::string("")))
    }

    fn formatted(&mut self, value: Code, how: &str) -> Made<Code> {
        let number = |text: &str| text.parse::<usize>().ok();
        if let Some(digits) = how.strip_prefix('.').and_then(|rest| rest.strip_suffix('f')).and_then(number) {
            let value = self.as_number(&value);
            return Ok(self.keyword(&value, &[("printStringFixed:", digits.to_string())], Kind::Str));
        }
        if let Some(width) = how.strip_prefix('0').and_then(|rest| number(rest.trim_end_matches('d'))) {
            let text = self.text_of(&value)?;
            return Ok(self.keyword(
                &text,
                &[("padOnLeft:", width.to_string()), ("With:", "'0'".into())],
                Kind::Str,
            ));
        }
        match how {
            "" | "d" | "s" => self.text_of(&value),
            "b" => Ok(self.keyword(&value, &[("printStringBase:", "2".into())], Kind::Str)),
            "x" => {
                let text = self.keyword(&value, &[("printStringBase:", "16".into())], Kind::Str);
                Ok(self.unary(&text, "asLowercase", Kind::Str))
            }
            _ => Err(Refusal::new(format!("the format `{how}` is not translated"))),
        }
    }

    /// What `str` gives.
    pub(crate) fn text_of(&self, value: &Code) -> Made<Code> {
        Ok(match &value.kind {
            Kind::Str => value.clone(),
            Kind::Bool => choice(value, &Code::string("True"), &Code::string("False"), Kind::Str),
            kind if kind.is_number() => self.unary(value, "printString", Kind::Str),
            Kind::Unknown | Kind::Any => self.unary(value, "asString", Kind::Str),
            _ => return Err(Refusal::new("texts of lists and dictionaries differ")),
        })
    }

    fn dictionary(&mut self, pairs: &[(Expr, Expr)]) -> Made<Code> {
        let mut code = Code::new("orderedDictionary copyRemoveAll", Level::Unary, Kind::Unknown);
        let (mut keys, mut values) = (Kind::Unknown, Kind::Unknown);
        for (key, value) in pairs {
            let (key, value) = (self.expression(key)?, self.expression(value)?);
            keys = keys.join(&key.kind);
            values = values.join(&value.kind);
            code = self.keyword(&code, &[("at:", key.loose()), ("Put:", value.loose())], Kind::Unknown);
        }
        Ok(code.of(Kind::dict(keys, values)))
    }

    fn signed(&mut self, sign: char, operand: &Expr) -> Made<Code> {
        let value = self.expression(operand)?;
        let value = self.as_number(&value);
        match sign {
            '-' if value.level == Level::Atom && value.text.starts_with(|c: char| c.is_ascii_digit()) => {
                Ok(Code::atom(format!("-{}", value.text), value.kind))
            }
            '-' => {
                let kind = value.kind.clone();
                Ok(self.unary(&value, "negate", kind))
            }
            '+' => Ok(value),
            _ => Ok(self.unary(&value, "complement", Kind::Int)),
        }
    }

    /// A truth value where a number is meant.
    pub(crate) fn as_number(&self, value: &Code) -> Code {
        match value.kind {
            Kind::Bool => choice(value, &Code::int(1), &Code::int(0), Kind::Int),
            _ => value.clone(),
        }
    }

    // Truth

    /// An expression as a truth value.
    pub(crate) fn condition(&mut self, expression: &Expr) -> Made<Code> {
        match expression {
            Expr::And(all) => self.conditions(all, "&&"),
            Expr::Or(all) => self.conditions(all, "||"),
            Expr::Not(operand) => self.negation(operand),
            _ => {
                let value = self.expression(expression)?;
                Ok(self.truth(&value))
            }
        }
    }

    fn conditions(&mut self, all: &[Expr], operator: &'static str) -> Made<Code> {
        let parts = all.iter().map(|part| self.condition(part)).collect::<Made<Vec<Code>>>()?;
        Ok(joined(&parts, operator))
    }

    /// Whether a value counts as true.
    pub(crate) fn truth(&self, value: &Code) -> Code {
        match &value.kind {
            Kind::Bool => value.clone(),
            kind if kind.is_number() => Code::binary(value, "!=", &Code::int(0), Kind::Bool),
            kind if kind.is_collection() => self.unary(value, "isNotEmpty", Kind::Bool),
            Kind::Object(_) => self.unary(value, "isNotNil", Kind::Bool),
            _ => self.unary(value, "asBoolean", Kind::Bool),
        }
    }

    fn negation(&mut self, operand: &Expr) -> Made<Code> {
        if let Expr::Not(inner) = operand {
            return self.condition(inner);
        }
        if !matches!(operand, Expr::And(_) | Expr::Or(_)) {
            let value = self.expression(operand)?;
            if value.kind.is_collection() {
                return Ok(self.unary(&value, "isEmpty", Kind::Bool));
            }
            if value.kind.is_number() {
                return Ok(Code::binary(&value, "=", &Code::int(0), Kind::Bool));
            }
            let truth = self.truth(&value);
            return Ok(self.unary(&truth, "not", Kind::Bool));
        }
        let value = self.condition(operand)?;
        Ok(self.unary(&value, "not", Kind::Bool))
    }

    /// `and` and `or` give one of their operands.
    fn connection(&mut self, whole: &Expr, all: &[Expr]) -> Made<Code> {
        let parts = self.all(all)?;
        let is_and = matches!(whole, Expr::And(_));
        if parts.iter().all(|part| part.kind == Kind::Bool) {
            return Ok(joined(&parts, if is_and { "&&" } else { "||" }));
        }
        let mut parts = parts.into_iter().rev();
        let Some(mut result) = parts.next() else { return Err(Refusal::new("an operand is missing")) };
        for part in parts {
            let test = self.truth(&part);
            let kind = part.kind.join(&result.kind);
            result = if is_and {
                choice(&test, &result, &part, kind)
            } else {
                choice(&test, &part, &result, kind)
            };
        }
        Ok(result)
    }

    fn comparison(&mut self, first: &Expr, rest: &[(&'static str, Expr)]) -> Made<Code> {
        if let (Expr::Binary("%", a, b), [(operator @ ("==" | "!="), Expr::Int(zero))]) = (first, rest)
            && zero == "0"
        {
            // Whether a remainder is nothing does not hang on its sign.
            let (a, b) = (self.expression(a)?, self.expression(b)?);
            if a.kind == Kind::Int && b.kind == Kind::Int {
                let remainder = Code::binary(&a, "%", &b, Kind::Int);
                let sign = if *operator == "==" { "=" } else { "!=" };
                return Ok(Code::binary(&remainder, sign, &Code::int(0), Kind::Bool));
            }
        }
        let mut left = self.expression(first)?;
        let mut parts = Vec::new();
        for (operator, right) in rest {
            let right = self.expression(right)?;
            parts.push(self.compared(operator, &left, &right)?);
            left = right;
        }
        Ok(joined(&parts, "&&"))
    }

    fn compared(&mut self, operator: &str, a: &Code, b: &Code) -> Made<Code> {
        let is_mixed = (a.kind == Kind::Bool) != (b.kind == Kind::Bool);
        let (a, b) = if is_mixed && (a.kind.is_number() || b.kind.is_number()) {
            (self.as_number(a), self.as_number(b))
        } else {
            (a.clone(), b.clone())
        };
        let sign = match operator {
            "==" | "is" if b.kind == Kind::Nothing && b.text == "nil" => {
                return Ok(self.unary(&a, "isNil", Kind::Bool));
            }
            "!=" | "is not" if b.kind == Kind::Nothing && b.text == "nil" => {
                return Ok(self.unary(&a, "isNotNil", Kind::Bool));
            }
            "==" | "is" => "=",
            "!=" | "is not" => "!=",
            "<" => "<",
            ">" => ">",
            "<=" => "<=",
            ">=" => ">=",
            _ => {
                let selector = if matches!(b.kind, Kind::Dict(..)) { "includesKey:" } else { "includes:" };
                let found = self.keyword(&b, &[(selector, a.loose())], Kind::Bool);
                return Ok(if operator == "in" { found } else { self.unary(&found, "not", Kind::Bool) });
            }
        };
        if sign == "=" && b.text == "true" && a.kind == Kind::Bool {
            return Ok(a);
        }
        if sign == "=" && b.text == "false" && a.kind == Kind::Bool {
            return Ok(self.unary(&a, "not", Kind::Bool));
        }
        Ok(Code::binary(&a, sign, &b, Kind::Bool))
    }

    // Operators

    pub(crate) fn operation(&mut self, operator: &str, a: &Code, b: &Code) -> Made<Code> {
        let arithmetic = matches!(operator, "+" | "-" | "*" | "/" | "//" | "%" | "**");
        let (a, b) = if arithmetic { (self.as_number(a), self.as_number(b)) } else { (a.clone(), b.clone()) };
        let number = match (&a.kind, &b.kind) {
            (Kind::Int, Kind::Int) => Kind::Int,
            (Kind::Float, kind) | (kind, Kind::Float) if kind.is_number() => Kind::Float,
            (a, b) if a.is_number() || b.is_number() => Kind::Number,
            _ => Kind::Unknown,
        };
        match operator {
            "+" => self.sum(&a, &b, number),
            "-" if matches!(a.kind, Kind::Set(_)) => {
                let kind = a.kind.clone();
                Ok(self.keyword(&a, &[("difference:", b.loose())], kind))
            }
            "-" => Ok(Code::binary(&a, "-", &b, number)),
            "*" => {
                let (sequence, times) =
                    if b.kind.is_list() || b.kind == Kind::Str { (&b, &a) } else { (&a, &b) };
                let kind = sequence.kind.clone();
                match &kind {
                    Kind::Str => Ok(Code::binary(sequence, "*", times, kind)),
                    Kind::List(_) | Kind::Tuple(_) => {
                        let kind = Kind::list(kind.element());
                        Ok(self.keyword(sequence, &[("repeated:", times.loose())], kind))
                    }
                    _ => Ok(Code::binary(&a, "*", &b, number)),
                }
            }
            "/" => {
                if a.kind == Kind::Float || b.kind == Kind::Float {
                    return Ok(Code::binary(&a, "/", &b, Kind::Float));
                }
                let a = match a.text.parse::<i64>() {
                    Ok(whole) => Code::atom(written_float(whole as f64), Kind::Float),
                    Err(_) => self.unary(&a, "asFloat", Kind::Float),
                };
                Ok(Code::binary(&a, "/", &b, Kind::Float))
            }
            "//" if number == Kind::Int => Ok(Code::binary(&a, "//", &b, number)),
            "//" => Ok(self.keyword(&a, &[("floorDivide:", b.loose())], number)),
            "%" if a.kind == Kind::Str => Err(Refusal::new("formatting with `%` is not translated")),
            "%" => Ok(self.keyword(&a, &[("mod:", b.loose())], number)),
            "**" => {
                let whole = b.text.parse::<u64>().is_ok();
                let kind = if number == Kind::Int && !whole { Kind::Number } else { number };
                Ok(self.keyword(&a, &[("power:", b.loose())], kind))
            }
            "&" | "|" | "^" => self.bits(operator, &a, &b),
            "<<" => Ok(self.keyword(&a, &[("shiftLeft:", b.loose())], Kind::Int)),
            ">>" => Ok(self.keyword(&a, &[("shiftRight:", b.loose())], Kind::Int)),
            _ => Err(Refusal::new(format!("`{operator}` is not translated"))),
        }
    }

    fn sum(&mut self, a: &Code, b: &Code, number: Kind) -> Made<Code> {
        let joins = |kind: &Kind| *kind == Kind::Str || kind.is_list();
        if joins(&a.kind) || joins(&b.kind) {
            let kind = match (&a.kind, &b.kind) {
                (Kind::Str, _) | (_, Kind::Str) => Kind::Str,
                (a, b) => Kind::list(a.element().join(&b.element())),
            };
            return Ok(Code::binary(a, ",", b, kind));
        }
        if a.kind.is_number() || b.kind.is_number() {
            return Ok(Code::binary(a, "+", b, number));
        }
        self.is_open = true;
        let operator = if self.plus_joins { "," } else { "+" };
        Ok(Code::binary(a, operator, b, Kind::Unknown))
    }

    fn bits(&mut self, operator: &str, a: &Code, b: &Code) -> Made<Code> {
        if matches!(a.kind, Kind::Set(_)) || matches!(b.kind, Kind::Set(_)) {
            let kind = a.kind.join(&b.kind);
            let selector = match operator {
                "&" => "intersect:",
                "|" => "union:",
                _ => "symmetricDifference:",
            };
            return Ok(self.keyword(a, &[(selector, b.loose())], kind));
        }
        if a.kind == Kind::Bool && b.kind == Kind::Bool {
            let sign = match operator {
                "&" => "&&",
                "|" => "||",
                _ => "!=",
            };
            return Ok(Code::binary(a, sign, b, Kind::Bool));
        }
        let sign = match operator {
            "&" => "&&",
            "|" => "||",
            _ => "^^",
        };
        Ok(Code::binary(a, sign, b, Kind::Int))
    }

    pub(crate) fn lambda(&mut self, names: &[String], body: &Expr, kinds: &[Kind]) -> Made<Code> {
        let mut bound = HashMap::new();
        let mut arguments = Vec::new();
        for (i, name) in names.iter().enumerate() {
            let own = camel(name);
            let own = if self.is_local(&own) { self.fresh(&own) } else { own };
            bound.insert(
                name.clone(),
                Code::atom(own.clone(), kinds.get(i).cloned().unwrap_or(Kind::Unknown)),
            );
            arguments.push(own);
        }
        self.scope().bound.push(bound);
        let body = self.expression(body);
        self.scope().bound.pop();
        let body = body?;
        Ok(Code::atom(Code::block(&arguments, &body.text), Kind::Block(Box::new(body.kind))))
    }

    // Parts

    fn attribute(&mut self, base: &Expr, name: &str) -> Made<Code> {
        match (base.name(), name) {
            (Some("math"), "pi") => return Ok(Code::new("math pi", Level::Unary, Kind::Float)),
            (Some("math"), "e") => return Ok(Code::new("math e", Level::Unary, Kind::Float)),
            (Some("math"), "inf") => return Ok(Code::atom("infinity", Kind::Float)),
            (Some("string"), name) => {
                let letters = "abcdefghijklmnopqrstuvwxyz";
                let text = match name {
                    "ascii_lowercase" => letters.to_owned(),
                    "ascii_uppercase" => letters.to_uppercase(),
                    "ascii_letters" => letters.to_owned() + &letters.to_uppercase(),
                    "digits" => "0123456789".to_owned(),
                    "punctuation" => "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".to_owned(),
                    _ => return Err(Refusal::new(format!("`string.{name}` is not translated"))),
                };
                return Ok(Code::string(&text));
            }
            _ => {}
        }
        let base = self.expression(base)?;
        let Kind::Object(class) = &base.kind else {
            return Err(Refusal::new(format!("`.{name}` of something that is no object of the world")));
        };
        if self.class.as_ref() != Some(class) {
            return Err(Refusal::new(format!("`.{name}` of an object that is not known")));
        }
        let Some(kind) = self.attributes.get(name).cloned() else {
            return Err(Refusal::new(format!("the object has no `{name}`")));
        };
        Ok(self.unary(&base, &self.slot(name), kind))
    }

    /// The name of a slot in our language.
    pub(crate) fn slot(&self, name: &str) -> String {
        let known = self.wanted.known.iter().find(|(text, _)| text == name);
        known.map_or_else(|| camel(name), |(_, slot)| slot.clone())
    }

    /// Whether an expression is a whole number that can't be negative.
    pub(crate) fn is_natural(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Int(_) => true,
            Expr::Name(name) => self.scopes.iter().rev().any(|scope| scope.natural.contains(name)),
            Expr::Binary("+" | "*" | "//", a, b) => self.is_natural(a) && self.is_natural(b),
            Expr::Binary("%", _, b) => self.is_natural(b),
            Expr::Call(function, ..) => matches!(function.name(), Some("len" | "ord")),
            _ => false,
        }
    }

    fn index(&mut self, base: &Expr, index: &Expr) -> Made<Code> {
        let collection = self.expression(base)?;
        if let Kind::Dict(_, value, zero) = collection.kind.clone() {
            let key = self.expression(index)?;
            if zero {
                return Ok(self.keyword(
                    &collection,
                    &[("at:", key.loose()), ("IfAbsent:", "0".into())],
                    *value,
                ));
            }
            return Ok(self.keyword(&collection, &[("at:", key.loose())], *value));
        }
        let kind = match (&collection.kind, index.int()) {
            (Kind::Tuple(all), Some(at)) => {
                let at = if at < 0 { at + all.len() as i64 } else { at };
                usize::try_from(at).ok().and_then(|at| all.get(at).cloned()).unwrap_or(Kind::Any)
            }
            (kind, _) => kind.element(),
        };
        let is_sequence = collection.kind.is_list() || collection.kind == Kind::Str;
        match index.int() {
            Some(0) if is_sequence => return Ok(self.unary(&collection, "first", kind)),
            Some(-1) if is_sequence => return Ok(self.unary(&collection, "last", kind)),
            _ => {}
        }
        let at = self.expression(index)?;
        let selector = if is_sequence && self.is_natural(index) { "at:" } else { "atWrapped:" };
        Ok(self.keyword(&collection, &[(selector, at.loose())], kind))
    }

    fn slice(
        &mut self,
        base: &Expr,
        from: Option<&Expr>,
        to: Option<&Expr>,
        step: Option<&Expr>,
    ) -> Made<Code> {
        let base = self.expression(base)?;
        let kind = match &base.kind {
            Kind::Tuple(_) => Kind::list(base.kind.element()),
            kind => kind.clone(),
        };
        let step = step.filter(|step| step.int() != Some(1));
        if let Some(step) = step {
            if step.int() == Some(-1) && from.is_none() && to.is_none() {
                return Ok(self.unary(&base, "reversed", kind));
            }
            let mut bound = |part: Option<&Expr>| match part {
                Some(part) => Ok(self.expression(part)?.loose()),
                None => Ok("nil".to_owned()),
            };
            let (from, to) = (bound(from)?, bound(to)?);
            let step = self.expression(step)?.loose();
            return Ok(self.keyword(&base, &[("sliceFrom:", from), ("UpTo:", to), ("By:", step)], kind));
        }
        match (from, to) {
            (None, None) => return Ok(self.unary(&base, "copy", kind)),
            (None, Some(to)) if to.int() == Some(-1) => {
                return Ok(self.unary(&base, "copyWithoutLast", kind));
            }
            (None, Some(to)) if self.is_natural(to) => {
                let to = self.expression(to)?;
                return Ok(self.keyword(&base, &[("take:", to.loose())], kind));
            }
            (Some(from), None) if self.is_natural(from) => {
                let from = self.expression(from)?;
                return Ok(self.keyword(&base, &[("drop:", from.loose())], kind));
            }
            _ => {}
        }
        let from = match from {
            Some(from) => self.expression(from)?.loose(),
            None => "0".to_owned(),
        };
        match to {
            Some(to) => {
                let to = self.expression(to)?.loose();
                Ok(self.keyword(&base, &[("sliceFrom:", from), ("UpTo:", to)], kind))
            }
            None => Ok(self.keyword(&base, &[("sliceFrom:", from)], kind)),
        }
    }
}

/// `test ifTrue: [ value ] False: [ other ]`
pub(crate) fn choice(test: &Code, value: &Code, other: &Code, kind: Kind) -> Code {
    let text = format!("{} ifTrue: [ {} ] False: [ {} ]", test.loose(), value.text, other.text);
    Code::new(text, Level::Keyword, kind)
}

/// Truth values joined so that the later ones are computed only where they count.
pub(crate) fn joined(parts: &[Code], operator: &'static str) -> Code {
    let mut parts = parts.iter();
    let Some(first) = parts.next() else { return Code::atom("true", Kind::Bool) };
    let mut whole = first.clone();
    for part in parts {
        let block = Code::atom(format!("[ {} ]", part.text), Kind::Bool);
        whole = Code::binary(&whole, operator, &block, Kind::Bool);
    }
    whole
}

/// A list of these elements.
pub(crate) fn list_of(elements: &[Code], is_tuple: bool) -> Code {
    let kinds: Vec<Kind> = elements.iter().map(|element| element.kind.clone()).collect();
    let joined = kinds.iter().fold(Kind::Unknown, |kind, part| kind.join(part));
    let kind = if is_tuple && !elements.is_empty() {
        Kind::Tuple(kinds.clone())
    } else {
        Kind::list(joined.clone())
    };
    // Numbers and strings understand `&`; whatever else is added one by one.
    let collects = matches!(kinds.first(), Some(Kind::Int | Kind::Float | Kind::Number | Kind::Str));
    if elements.len() > 1 && collects {
        let parts: Vec<String> = elements.iter().map(Code::tight).collect();
        return Code::new(format!("({}) asList", parts.join(" & ")), Level::Unary, kind);
    }
    let mut code = Code::new("list copyRemoveAll", Level::Unary, kind.clone());
    for element in elements {
        code = Code::new(format!("{} add: {}", code.loose(), element.loose()), Level::Keyword, kind.clone());
    }
    code
}
