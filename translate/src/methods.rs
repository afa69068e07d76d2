//! Messages to values: the methods of Python's strings, lists, dictionaries and sets, and those of the object itself.

use crate::Refusal;
use crate::code::Code;
use crate::functions::{Named, by_name};
use crate::kind::Kind;
use crate::scope::{Made, Translator};
use crate::syntax::Expr;

/// Methods without arguments: name, selector, what they answer (`None` for the receiver's kind).
const PLAIN: &[(&str, &str, Option<Kind>)] = &[
    ("lower", "asLowercase", Some(Kind::Str)),
    ("casefold", "asLowercase", Some(Kind::Str)),
    ("upper", "asUppercase", Some(Kind::Str)),
    ("swapcase", "swapCase", Some(Kind::Str)),
    ("title", "capitalizeWords", Some(Kind::Str)),
    ("isalpha", "isAllLetters", Some(Kind::Bool)),
    ("isdigit", "isAllDigits", Some(Kind::Bool)),
    ("isnumeric", "isAllDigits", Some(Kind::Bool)),
    ("isdecimal", "isAllDigits", Some(Kind::Bool)),
    ("isalnum", "isAllAlphaNumeric", Some(Kind::Bool)),
    ("islower", "isAllLowercase", Some(Kind::Bool)),
    ("isupper", "isAllUppercase", Some(Kind::Bool)),
    ("isspace", "isAllWhiteSpace", Some(Kind::Bool)),
    ("copy", "copy", None),
    ("reverse", "reverseInPlace", Some(Kind::Nothing)),
    ("clear", "removeAll", Some(Kind::Nothing)),
    ("is_integer", "isWhole", Some(Kind::Bool)),
];

impl Translator<'_> {
    pub(crate) fn call_method(
        &mut self,
        base: &Expr,
        name: &str,
        arguments: &[Expr],
        named: Named<'_>,
    ) -> Made<Code> {
        let receiver = self.expression(base)?;
        if let Kind::Object(class) = &receiver.kind {
            if self.class.as_ref() != Some(class) {
                return Err(Refusal::new(format!("`.{name}` of an object that is not known")));
            }
            let arguments = self.all(arguments)?;
            let selector = self.own_selector(name, arguments.len());
            let kind = if name == self.wanted.function { self.answer.clone() } else { Kind::Unknown };
            if self.takes(&selector) != arguments.len() {
                return Err(Refusal::new(format!("`.{name}` with another number of arguments")));
            }
            return self.send(&receiver, &selector, &arguments, kind);
        }
        if let Some((_, selector, kind)) = PLAIN.iter().find(|(plain, ..)| *plain == name) {
            if !arguments.is_empty() {
                return Err(Refusal::new(format!("`.{name}` with arguments is not translated")));
            }
            let kind = kind.clone().unwrap_or_else(|| receiver.kind.clone());
            return Ok(self.unary(&receiver, selector, kind));
        }
        match name {
            "append" | "extend" | "add" | "update" | "insert" | "pop" | "remove" | "discard" | "sort"
            | "popitem" | "appendleft" | "popleft" | "setdefault" => {
                self.changing(base, &receiver, name, arguments, named)
            }
            "items" | "keys" | "values" | "get" | "most_common" => {
                self.of_dictionary(&receiver, name, arguments, named)
            }
            "intersection"
            | "union"
            | "difference"
            | "symmetric_difference"
            | "issubset"
            | "issuperset"
            | "isdisjoint" => self.of_set(&receiver, name, arguments),
            _ => self.of_string(&receiver, name, arguments, named),
        }
    }

    fn of_string(&mut self, receiver: &Code, name: &str, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        let few = || Refusal::new(format!("`.{name}` with another number of arguments"));
        if !named.is_empty() {
            return Err(few());
        }
        if name == "join" {
            let [parts] = arguments else { return Err(few()) };
            let parts = self.walked(parts)?;
            let parts = if parts.kind == Kind::Str { self.as_list(&parts) } else { parts };
            return Ok(self.keyword(&parts, &[("joinedWith:", receiver.loose())], Kind::Str));
        }
        if name == "split" && arguments.is_empty() {
            return Ok(self.unary(receiver, "words", Kind::list(Kind::Str)));
        }
        if matches!(name, "startswith" | "endswith")
            && let [Expr::Tuple(choices)] = arguments
        {
            let selector = if name == "startswith" { "startsWith:" } else { "endsWith:" };
            let mut tests = Vec::new();
            for choice in choices {
                let choice = self.expression(choice)?;
                tests.push(self.keyword(receiver, &[(selector, choice.loose())], Kind::Bool));
            }
            let tests: Vec<Code> =
                tests.into_iter().map(|test| Code::atom(test.tight(), Kind::Bool)).collect();
            return Ok(crate::expressions::joined(&tests, "||"));
        }
        let all = self.all(arguments)?;
        let texts: Vec<String> = all.iter().map(Code::loose).collect();
        let send = |t: &Self, parts: &[&'static str], kind: Kind| {
            if parts.len() != texts.len() {
                return Err(few());
            }
            let pairs: Vec<(&str, String)> = parts.iter().copied().zip(texts.iter().cloned()).collect();
            Ok(t.keyword(receiver, &pairs, kind))
        };
        let either = |t: &Self, plain: &str, part: &'static str| {
            if texts.is_empty() {
                Ok(t.unary(receiver, plain, Kind::Str))
            } else {
                send(t, &[part], Kind::Str)
            }
        };
        match name {
            "startswith" => send(self, &["startsWith:"], Kind::Bool),
            "endswith" => send(self, &["endsWith:"], Kind::Bool),
            "strip" => either(self, "trim", "trim:"),
            "lstrip" => either(self, "trimLeft", "trimLeft:"),
            "rstrip" => either(self, "trimRight", "trimRight:"),
            "capitalize" if texts.is_empty() => {
                let lower = self.unary(receiver, "asLowercase", Kind::Str);
                Ok(self.unary(&lower, "capitalize", Kind::Str))
            }
            "split" => send(self, &["splitOn:"], Kind::list(Kind::Str)),
            "splitlines" if texts.is_empty() => Ok(self.unary(receiver, "lines", Kind::list(Kind::Str))),
            "replace" => send(self, &["replaceAll:", "With:"], Kind::Str),
            "removeprefix" => send(self, &["copyWithoutPrefix:"], Kind::Str),
            "removesuffix" => send(self, &["copyWithoutSuffix:"], Kind::Str),
            "find" if texts.len() == 2 => send(self, &["indexOf:", "From:"], Kind::Int),
            "find" => send(self, &["indexOf:"], Kind::Int),
            "rfind" => send(self, &["lastIndexOf:"], Kind::Int),
            "index" => {
                let [wanted] = &texts[..] else { return Err(few()) };
                let parts =
                    [("indexOf:", wanted.clone()), ("IfAbsent:", "[ error: 'it is not there' ]".into())];
                Ok(self.keyword(receiver, &parts, Kind::Int))
            }
            "count" if receiver.kind == Kind::Str => send(self, &["occurrencesOfSubstring:"], Kind::Int),
            "count" => send(self, &["occurrencesOf:"], Kind::Int),
            "zfill" => {
                let [width] = &texts[..] else { return Err(few()) };
                Ok(self.keyword(
                    receiver,
                    &[("padOnLeft:", width.clone()), ("With:", "'0'".into())],
                    Kind::Str,
                ))
            }
            "ljust" | "rjust" if !texts.is_empty() && texts.len() < 3 => {
                let part = if name == "ljust" { "padOnRight:" } else { "padOnLeft:" };
                let fill = texts.get(1).cloned().unwrap_or_else(|| "' '".into());
                Ok(self.keyword(receiver, &[(part, texts[0].clone()), ("With:", fill)], Kind::Str))
            }
            _ => Err(Refusal::new(format!("the method `.{name}` is not translated"))),
        }
    }

    fn of_dictionary(&mut self, receiver: &Code, name: &str, arguments: &[Expr], _: Named<'_>) -> Made<Code> {
        let (key, value) = match &receiver.kind {
            Kind::Dict(key, value, _) => ((**key).clone(), (**value).clone()),
            _ => (Kind::Unknown, Kind::Unknown),
        };
        match (name, arguments) {
            ("items", []) => Ok(self.unary(receiver, "pairs", Kind::list(Kind::Tuple(vec![key, value])))),
            ("keys", []) => Ok(self.unary(receiver, "keys", Kind::list(key))),
            ("values", []) => Ok(self.unary(receiver, "values", Kind::list(value))),
            ("get", [wanted]) => {
                let wanted = self.expression(wanted)?;
                Ok(self.keyword(receiver, &[("at:", wanted.loose()), ("IfAbsent:", "nil".into())], value))
            }
            ("get", [wanted, other]) => {
                let wanted = self.expression(wanted)?;
                let other = self.expression(other)?;
                let kind = value.join(&other.kind);
                let is_plain = other.text.chars().all(|c| c.is_ascii_digit()) || other.text.starts_with('\'');
                let other = if is_plain { other.text } else { format!("[ {} ]", other.text) };
                Ok(self.keyword(receiver, &[("at:", wanted.loose()), ("IfAbsent:", other)], kind))
            }
            ("most_common", rest) => {
                let kind = Kind::list(Kind::Tuple(vec![key, value]));
                let pairs = self.unary(receiver, "pairs", kind.clone());
                let sorted = self.keyword(
                    &pairs,
                    &[("sortedDescendingByKey:", "[ |:pair| pair second ]".into())],
                    kind.clone(),
                );
                match rest {
                    [] => Ok(sorted),
                    [count] => {
                        let count = self.expression(count)?;
                        Ok(self.keyword(&sorted, &[("take:", count.loose())], kind))
                    }
                    _ => Err(Refusal::new("`.most_common` with another number of arguments")),
                }
            }
            _ => Err(Refusal::new(format!("`.{name}` with another number of arguments"))),
        }
    }

    fn of_set(&mut self, receiver: &Code, name: &str, arguments: &[Expr]) -> Made<Code> {
        let [other] = arguments else { return Err(Refusal::new(format!("`.{name}` with other arguments"))) };
        let other = self.walked(other)?;
        let other = match other.kind {
            Kind::Set(_) => other,
            _ => self.unary(&other, "asSet", Kind::set(other.kind.element())),
        };
        let kind = receiver.kind.clone();
        let (selector, kind) = match name {
            "intersection" => ("intersect:", kind),
            "union" => ("union:", kind),
            "difference" => ("difference:", kind),
            "symmetric_difference" => ("symmetricDifference:", kind),
            "issubset" => ("isSubsetOf:", Kind::Bool),
            "issuperset" => ("includesAll:", Kind::Bool),
            _ => {
                let meet = self.keyword(receiver, &[("includesAny:", other.loose())], Kind::Bool);
                return Ok(self.unary(&meet, "not", Kind::Bool));
            }
        };
        Ok(self.keyword(receiver, &[(selector, other.loose())], kind))
    }

    /// What an element that comes in says of a variable's elements.
    fn grow(&mut self, base: &Expr, element: &Kind) {
        let Some(name) = base.name() else { return };
        let Some(code) = self.variable(name) else { return };
        match code.kind {
            Kind::List(_) => self.learn(name, &Kind::list(element.clone())),
            Kind::Set(_) => self.learn(name, &Kind::set(element.clone())),
            _ => {}
        }
    }

    fn changing(
        &mut self,
        base: &Expr,
        receiver: &Code,
        name: &str,
        arguments: &[Expr],
        named: Named<'_>,
    ) -> Made<Code> {
        let few = || Refusal::new(format!("`.{name}` with another number of arguments"));
        let element = receiver.kind.element();
        let is_dictionary = matches!(receiver.kind, Kind::Dict(..));
        match (name, arguments) {
            ("append" | "add", [value]) => {
                let value = self.expression(value)?;
                self.grow(base, &value.kind);
                Ok(self.keyword(receiver, &[("add:", value.loose())], Kind::Nothing))
            }
            ("appendleft", [value]) => {
                let value = self.expression(value)?;
                self.grow(base, &value.kind);
                Ok(self.keyword(receiver, &[("addFirst:", value.loose())], Kind::Nothing))
            }
            ("extend" | "update", [values]) => {
                let values = if is_dictionary { self.expression(values)? } else { self.walked(values)? };
                self.grow(base, &values.kind.element());
                let selector = if is_dictionary { "addFrom:" } else { "addAll:" };
                Ok(self.keyword(receiver, &[(selector, values.loose())], Kind::Nothing))
            }
            ("insert", [at, value]) => {
                let is_first = at.int() == Some(0);
                let (at, value) = (self.expression(at)?, self.expression(value)?);
                self.grow(base, &value.kind);
                if is_first {
                    return Ok(self.keyword(receiver, &[("addFirst:", value.loose())], Kind::Nothing));
                }
                Ok(self.keyword(
                    receiver,
                    &[("insert:", value.loose()), ("AtWrapped:", at.loose())],
                    Kind::Nothing,
                ))
            }
            ("setdefault", [key, value]) => {
                let (key, value) = (self.expression(key)?, self.expression(value)?);
                let block = format!("[ {} ]", value.text);
                Ok(self.keyword(receiver, &[("at:", key.loose()), ("IfAbsentPut:", block)], value.kind))
            }
            ("pop", [key]) if is_dictionary => {
                let key = self.expression(key)?;
                Ok(self.keyword(receiver, &[("removeKey:", key.loose())], Kind::Unknown))
            }
            ("pop", []) => Ok(self.unary(receiver, "removeLast", element)),
            ("popleft", []) => Ok(self.unary(receiver, "removeFirst", element)),
            ("pop", [at]) => match at.int() {
                Some(0) => Ok(self.unary(receiver, "removeFirst", element)),
                Some(-1) => Ok(self.unary(receiver, "removeLast", element)),
                _ => {
                    let at = self.expression(at)?;
                    Ok(self.keyword(receiver, &[("removeAt:", at.loose())], element))
                }
            },
            ("remove", [value]) => {
                let value = self.expression(value)?;
                let selector = if receiver.kind.is_list() { "removeOnce:" } else { "remove:" };
                Ok(self.keyword(receiver, &[(selector, value.loose())], Kind::Nothing))
            }
            ("discard", [value]) => {
                let value = self.expression(value)?;
                Ok(self.keyword(
                    receiver,
                    &[("remove:", value.loose()), ("IfAbsent:", "nil".into())],
                    Kind::Nothing,
                ))
            }
            ("sort", []) => {
                let descending = self.descends(named)?;
                match by_name(named, "key") {
                    Some(key) => {
                        let block = self.block_of(key, &element)?.loose();
                        let selector =
                            if descending { "sortDescendingByKey:" } else { "sortAscendingByKey:" };
                        Ok(self.keyword(receiver, &[(selector, block)], Kind::Nothing))
                    }
                    None if descending => Ok(self.unary(receiver, "sortDescending", Kind::Nothing)),
                    None => Ok(self.unary(receiver, "sort", Kind::Nothing)),
                }
            }
            _ => Err(few()),
        }
    }
}
