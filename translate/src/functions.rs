//! Calls: of the method itself, of functions beside it, of what the world has, of Python's own functions.

use crate::Refusal;
use crate::code::{Code, Level};
use crate::expressions::{choice, list_of};
use crate::kind::Kind;
use crate::names::{camel, keywords};
use crate::scope::{Made, Translator};
use crate::syntax::Expr;
use std::collections::HashMap;

/// The arguments that were given by name.
pub(crate) type Named<'e> = &'e [(String, Expr)];

pub(crate) fn by_name<'e>(named: Named<'e>, name: &str) -> Option<&'e Expr> {
    named.iter().find(|(given, _)| given == name).map(|(_, value)| value)
}

impl Translator<'_> {
    pub(crate) fn call(&mut self, function: &Expr, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        match function {
            Expr::Name(name) => self.call_named(name, arguments, named),
            Expr::Attribute(base, name) => {
                let module = base.name().filter(|name| {
                    matches!(
                        *name,
                        "math"
                            | "collections"
                            | "string"
                            | "re"
                            | "itertools"
                            | "functools"
                            | "np"
                            | "random"
                    ) && self.variable(name).is_none()
                });
                match module {
                    Some("math" | "collections") => self.call_built_in(name, arguments, named),
                    Some(module) => Err(Refusal::new(format!("`{module}.{name}` is not translated"))),
                    None => self.call_method(base, name, arguments, named),
                }
            }
            _ => {
                let block = self.expression(function)?;
                let arguments = self.all(arguments)?;
                self.call_block(&block, &arguments)
            }
        }
    }

    fn call_named(&mut self, name: &str, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        if let Some(block) = self.variable(name) {
            let mut arguments = self.all(arguments)?;
            if let Some(function) = self.functions.get(name).cloned() {
                arguments = self.completed(&function.parameters, arguments, named)?;
                for (i, argument) in arguments.iter().enumerate() {
                    let known = self.called.entry((name.to_owned(), i)).or_insert(Kind::Unknown);
                    *known = known.join(&argument.kind);
                }
                let kind = self.answered.get(name).cloned().unwrap_or(Kind::Unknown);
                return Ok(self.call_block(&block, &arguments)?.of(kind));
            }
            return self.call_block(&block, &arguments);
        }
        if name == self.wanted.function && self.class.is_none() {
            let all = self.all(arguments)?;
            let (receiver, rest) =
                all.split_first().ok_or_else(|| Refusal::new("a call without a receiver"))?;
            let kind = self.answer.clone();
            let selector = self.wanted.selector.clone();
            return self.send(receiver, &selector, rest, kind);
        }
        if let Some(selector) = self.known(name) {
            let all = self.all(arguments)?;
            let (receiver, rest) =
                all.split_first().ok_or_else(|| Refusal::new("a call without a receiver"))?;
            return self.send(receiver, &selector, rest, Kind::Unknown);
        }
        if self.functions.contains_key(name) {
            return self.call_beside(name, arguments, named);
        }
        if self.class.as_deref() == Some(name) {
            return self.copied(arguments, named);
        }
        self.call_built_in(name, arguments, named)
    }

    /// The selector of something in the world that the text may call by this name.
    pub(crate) fn known(&self, name: &str) -> Option<String> {
        self.wanted.known.iter().find(|(text, _)| text == name).map(|(_, selector)| selector.clone())
    }

    pub(crate) fn call_block(&mut self, block: &Code, arguments: &[Code]) -> Made<Code> {
        let kind = match &block.kind {
            Kind::Block(answer) => (**answer).clone(),
            _ => Kind::Unknown,
        };
        let Some((first, rest)) = arguments.split_first() else {
            return Ok(Code::new(format!("{} value", block.tight()), Level::Unary, kind));
        };
        let mut parts = vec![("value:", first.loose())];
        parts.extend(rest.iter().map(|argument| ("With:", argument.loose())));
        Ok(self.keyword(block, &parts, kind))
    }

    /// Arguments in the order of the parameters, with the defaults of those that are not given.
    fn completed(
        &mut self,
        parameters: &[crate::syntax::Parameter],
        given: Vec<Code>,
        named: Named<'_>,
    ) -> Made<Vec<Code>> {
        let mut all = given;
        for parameter in parameters.iter().skip(all.len()) {
            let value = by_name(named, &parameter.name).or(parameter.default.as_ref());
            let value = value.ok_or_else(|| Refusal::new("a call with too few arguments"))?;
            all.push(self.expression(value)?);
        }
        if all.len() == parameters.len() {
            Ok(all)
        } else {
            Err(Refusal::new("a call with too many arguments"))
        }
    }

    /// A function beside the method becomes a block in a local of it, made at its first use.
    fn call_beside(&mut self, name: &str, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        let function = self.functions.get(name).cloned();
        let function = function.ok_or_else(|| Refusal::new(format!("`{name}` is not known")))?;
        let arguments = self.all(arguments)?;
        let arguments = self.completed(&function.parameters, arguments, named)?;
        for (i, argument) in arguments.iter().enumerate() {
            let known = self.called.entry((name.to_owned(), i)).or_insert(Kind::Unknown);
            *known = known.join(&argument.kind);
        }
        let kind = self.answered.get(name).cloned().unwrap_or(Kind::Unknown);
        let block = Code::atom(camel(name), Kind::Block(Box::new(kind)));
        if !self.beside.contains(&name.to_owned()) {
            self.beside.push(name.to_owned());
        }
        self.call_block(&block, &arguments)
    }

    /// A new object of the class: a copy of the prototype with these values.
    fn copied(&mut self, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        let class = self.class.clone().unwrap_or_default();
        let slots = self.attribute_order.clone();
        if arguments.len() > slots.len() {
            return Err(Refusal::new("a new object with too many parts"));
        }
        let mut code = Code::new("copy", Level::Unary, Kind::Object(class.clone()));
        if self.is_local("copy") {
            code.text = "self copy".into();
        }
        for (i, slot) in slots.iter().enumerate() {
            let Some(value) = arguments.get(i).or_else(|| by_name(named, slot)) else { continue };
            let value = self.expression(value)?;
            let text = format!("{} {}: {}", code.loose(), self.slot(slot), value.loose());
            code = Code::new(text, Level::Keyword, Kind::Object(class.clone()));
        }
        Ok(code)
    }

    /// A callable as a block of one argument.
    pub(crate) fn block_of(&mut self, callable: &Expr, argument: &Kind) -> Made<Code> {
        match callable {
            Expr::Lambda(names, body) => self.lambda(names, body, std::slice::from_ref(argument)),
            Expr::Name(name) if self.variable(name).is_none() => {
                let each = Code::atom("each", argument.clone());
                let call = Expr::Call(
                    Box::new(Expr::Name(name.clone())),
                    vec![Expr::Name("each".into())],
                    Vec::new(),
                );
                let body = self.bound(HashMap::from([("each".to_owned(), each)]), |t| t.expression(&call))?;
                let text = Code::block(&["each".into()], &body.text);
                Ok(Code::atom(text, Kind::Block(Box::new(body.kind))))
            }
            Expr::Attribute(base, name)
                if matches!(base.name(), Some("str" | "int" | "float" | "list" | "dict")) =>
            {
                let kind = match base.name() {
                    Some("str") => Kind::Str,
                    _ => argument.clone(),
                };
                let each = Code::atom("each", kind);
                let receiver = Expr::Name("each".into());
                let call = Expr::Call(
                    Box::new(Expr::Attribute(Box::new(receiver), name.clone())),
                    Vec::new(),
                    Vec::new(),
                );
                let body = self.bound(HashMap::from([("each".to_owned(), each)]), |t| t.expression(&call))?;
                let text = Code::block(&["each".into()], &body.text);
                Ok(Code::atom(text, Kind::Block(Box::new(body.kind))))
            }
            Expr::Attribute(base, name) => {
                let each = Code::atom("each", argument.clone());
                let call = Expr::Call(
                    Box::new(Expr::Attribute(base.clone(), name.clone())),
                    vec![Expr::Name("each".into())],
                    Vec::new(),
                );
                let body = self.bound(HashMap::from([("each".to_owned(), each)]), |t| t.expression(&call))?;
                let text = Code::block(&["each".into()], &body.text);
                Ok(Code::atom(text, Kind::Block(Box::new(body.kind))))
            }
            other => self.expression(other),
        }
    }

    // Python's own functions

    pub(crate) fn call_built_in(&mut self, name: &str, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        let few = || Refusal::new(format!("`{name}` with another number of arguments"));
        let first = arguments.first();
        let need = || first.ok_or_else(few);
        match name {
            "len" => self.one(need()?, "size", Kind::Int),
            "range" => {
                let call = Expr::Call(Box::new(Expr::Name("range".into())), arguments.to_vec(), Vec::new());
                let range = self.walked(&call)?;
                Ok(self.unary(&range, "asList", Kind::list(Kind::Int)))
            }
            "str" => match first {
                None => Ok(Code::string("")),
                Some(value) => {
                    let value = self.expression(value)?;
                    self.text_of(&value)
                }
            },
            "repr" => self.one(need()?, "printString", Kind::Str),
            "int" => self.integer(arguments),
            "float" => self.float(need()?),
            "bool" => self.condition(need()?),
            "abs" | "fabs" => {
                let value = self.expression(need()?)?;
                let kind = value.kind.clone();
                Ok(self.unary(&value, "abs", kind))
            }
            "round" => {
                let value = self.expression(need()?)?;
                match arguments.get(1).or_else(|| by_name(named, "ndigits")) {
                    None if value.kind == Kind::Int => Ok(value),
                    None => Ok(self.unary(&value, "roundHalfEven", Kind::Int)),
                    Some(digits) => {
                        let digits = self.expression(digits)?;
                        let kind = value.kind.clone();
                        Ok(self.keyword(&value, &[("roundToDigits:", digits.loose())], kind))
                    }
                }
            }
            "pow" => {
                let all = self.all(arguments)?;
                match &all[..] {
                    [a, b] => self.operation("**", a, b),
                    [a, b, c] => {
                        Ok(self.keyword(a, &[("power:", b.loose()), ("Mod:", c.loose())], Kind::Int))
                    }
                    _ => Err(few()),
                }
            }
            "divmod" => {
                let all = self.all(arguments)?;
                let [a, b] = &all[..] else { return Err(few()) };
                let pair = [self.operation("//", a, b)?, self.operation("%", a, b)?];
                Ok(list_of(&pair, true))
            }
            "sum" => {
                let sum = self.summed(need()?)?;
                match arguments.get(1).or_else(|| by_name(named, "start")) {
                    None => Ok(sum),
                    Some(start) => {
                        let start = self.expression(start)?;
                        self.operation("+", &sum, &start)
                    }
                }
            }
            "prod" => {
                let all = self.walked(need()?)?;
                let kind = all.kind.element();
                Ok(self.unary(&all, "product", kind))
            }
            "all" => self.quantified(need()?, "allSatisfy:"),
            "any" => self.quantified(need()?, "anySatisfy:"),
            "max" | "min" => self.extreme(name, arguments, named),
            "sorted" => self.sorted(need()?, named),
            "reversed" => {
                let list = self.walked(need()?)?;
                let list = self.as_list(&list);
                let kind = list.kind.clone();
                Ok(self.unary(&list, "reversed", kind))
            }
            "list" | "tuple" => match first {
                None => Ok(Code::new("list copyRemoveAll", Level::Unary, Kind::list(Kind::Unknown))),
                Some(source) => {
                    let is_new = matches!(source, Expr::Comprehension(..) | Expr::Call(..));
                    let walked = self.walked(source)?;
                    let list = self.as_list(&walked);
                    if is_new || !walked.kind.is_list() {
                        return Ok(list);
                    }
                    let kind = list.kind.clone();
                    Ok(self.unary(&walked, "asList", Kind::Unknown))
                        .map(|list| self.unary(&list, "copy", kind))
                }
            },
            "set" | "frozenset" => match first {
                None => Ok(Code::new("set copyRemoveAll", Level::Unary, Kind::set(Kind::Unknown))),
                Some(source) => {
                    let walked = self.walked(source)?;
                    Ok(self.unary(&walked, "asSet", Kind::set(walked.kind.element())))
                }
            },
            "dict" | "OrderedDict" => match first {
                None => Ok(Code::new(
                    "orderedDictionary copyRemoveAll",
                    Level::Unary,
                    Kind::dict(Kind::Unknown, Kind::Unknown),
                )),
                Some(source) => {
                    let value = self.expression(source)?;
                    match &value.kind {
                        Kind::Dict(..) => {
                            let kind = value.kind.clone();
                            Ok(self.unary(&value, "copy", kind))
                        }
                        _ => Err(Refusal::new("`dict` of pairs is not translated")),
                    }
                }
            },
            "defaultdict" => match first.and_then(Expr::name) {
                Some("int" | "float") => Ok(Code::new(
                    "orderedDictionary copyRemoveAll",
                    Level::Unary,
                    Kind::Dict(Box::new(Kind::Unknown), Box::new(Kind::Int), true),
                )),
                _ => Err(Refusal::new("`defaultdict` of this kind is not translated")),
            },
            "Counter" => match first {
                None => Ok(Code::new(
                    "orderedDictionary copyRemoveAll",
                    Level::Unary,
                    Kind::Dict(Box::new(Kind::Unknown), Box::new(Kind::Int), true),
                )),
                Some(source) => {
                    let walked = self.walked(source)?;
                    let kind = Kind::Dict(Box::new(walked.kind.element()), Box::new(Kind::Int), true);
                    Ok(self.unary(&walked, "tally", kind))
                }
            },
            "enumerate" => {
                let walked = self.walked(need()?)?;
                let kind = Kind::list(Kind::Tuple(vec![Kind::Int, walked.kind.element()]));
                match arguments.get(1).or_else(|| by_name(named, "start")) {
                    None => Ok(self.unary(&walked, "numbered", kind)),
                    Some(start) => {
                        let start = self.expression(start)?;
                        Ok(self.keyword(&walked, &[("numberedFrom:", start.loose())], kind))
                    }
                }
            }
            "zip" => {
                let all = arguments.iter().map(|part| self.walked(part)).collect::<Made<Vec<Code>>>()?;
                let kind = Kind::list(Kind::Tuple(all.iter().map(|part| part.kind.element()).collect()));
                match &all[..] {
                    [a, b] => Ok(self.keyword(a, &[("pairedWith:", b.loose())], kind)),
                    [a, b, c] => {
                        Ok(self.keyword(a, &[("pairedWith:", b.loose()), ("And:", c.loose())], kind))
                    }
                    _ => Err(few()),
                }
            }
            "map" => {
                let [function, source] = arguments else { return Err(few()) };
                let walked = self.walked(source)?;
                let block = self.block_of(function, &walked.kind.element())?;
                let kind = match &block.kind {
                    Kind::Block(answer) => (**answer).clone(),
                    _ => Kind::Unknown,
                };
                let list = self.as_list(&walked);
                Ok(self.keyword(&list, &[("mapBy:", block.loose())], Kind::list(kind)))
            }
            "filter" => {
                let [function, source] = arguments else { return Err(few()) };
                let walked = self.walked(source)?;
                let list = self.as_list(&walked);
                let kind = list.kind.clone();
                let block = match function {
                    Expr::None => {
                        let test = self.truth(&Code::atom("each", walked.kind.element()));
                        Code::block(&["each".into()], &test.text)
                    }
                    function => {
                        let block = self.block_of(function, &walked.kind.element())?;
                        match &block.kind {
                            Kind::Block(answer) if **answer == Kind::Bool => block.loose(),
                            Kind::Block(answer) if answer.is_open() => block.loose(),
                            _ => return Err(Refusal::new("`filter` by what is no truth value")),
                        }
                    }
                };
                Ok(self.keyword(&list, &[("filterBy:", block)], kind))
            }
            "ord" => self.one(need()?, "asByte", Kind::Int),
            "chr" => self.one(need()?, "asCharacter", Kind::Str),
            "bin" => self.one(need()?, "binaryLiteral", Kind::Str),
            "hex" => self.one(need()?, "hexLiteral", Kind::Str),
            "oct" => self.one(need()?, "octalLiteral", Kind::Str),
            "sqrt" => self.one(need()?, "sqrt", Kind::Float),
            "isqrt" => self.one(need()?, "intSqrt", Kind::Int),
            "floor" => self.one(need()?, "floor", Kind::Int),
            "ceil" => self.one(need()?, "ceil", Kind::Int),
            "trunc" => self.one(need()?, "truncate", Kind::Int),
            "factorial" => self.one(need()?, "factorial", Kind::Int),
            "exp" => self.one(need()?, "exp", Kind::Float),
            "sin" => self.one(need()?, "sin", Kind::Float),
            "cos" => self.one(need()?, "cos", Kind::Float),
            "radians" => self.one(need()?, "asRadians", Kind::Float),
            "degrees" => self.one(need()?, "asDegrees", Kind::Float),
            "log2" => {
                let value = self.expression(need()?)?;
                Ok(self.keyword(&value, &[("logBase:", "2".into())], Kind::Float))
            }
            "log10" => {
                let value = self.expression(need()?)?;
                Ok(self.keyword(&value, &[("logBase:", "10".into())], Kind::Float))
            }
            "log" => {
                let value = self.expression(need()?)?;
                match arguments.get(1) {
                    None => Ok(self.unary(&value, "ln", Kind::Float)),
                    Some(base) => {
                        let base = self.expression(base)?;
                        Ok(self.keyword(&value, &[("logBase:", base.loose())], Kind::Float))
                    }
                }
            }
            "gcd" | "lcm" => {
                let all = self.all(arguments)?;
                let [a, b] = &all[..] else { return Err(few()) };
                let selector = if name == "gcd" { "gcd:" } else { "lcm:" };
                Ok(self.keyword(a, &[(selector, b.loose())], Kind::Int))
            }
            "hypot" => {
                let all = self.all(arguments)?;
                let [a, b] = &all[..] else { return Err(few()) };
                let square = |t: &Self, part: &Code| t.unary(part, "square", Kind::Number);
                let sum = Code::binary(&square(self, a), "+", &square(self, b), Kind::Number);
                Ok(self.unary(&sum, "sqrt", Kind::Float))
            }
            "isinstance" => self.is_instance(arguments),
            "next" | "iter" | "input" | "open" | "eval" | "exec" | "print" | "getattr" | "setattr" => {
                Err(Refusal::new(format!("`{name}` is not translated")))
            }
            _ => Err(Refusal::new(format!("the function `{name}` is not known"))),
        }
    }

    fn one(&mut self, argument: &Expr, selector: &str, kind: Kind) -> Made<Code> {
        let value = self.expression(argument)?;
        Ok(self.unary(&value, selector, kind))
    }

    fn integer(&mut self, arguments: &[Expr]) -> Made<Code> {
        let Some(first) = arguments.first() else { return Ok(Code::int(0)) };
        let value = self.expression(first)?;
        if let Some(base) = arguments.get(1) {
            let base = self.expression(base)?;
            let value = self.unary(&value, "trim", Kind::Str);
            return Ok(self.keyword(&value, &[("asIntegerBase:", base.loose())], Kind::Int));
        }
        match value.kind {
            Kind::Int => Ok(value),
            Kind::Bool => Ok(self.as_number(&value)),
            Kind::Str => {
                let trimmed = self.unary(&value, "trim", Kind::Str);
                Ok(self.unary(&trimmed, "asInteger", Kind::Int))
            }
            Kind::Float | Kind::Number => Ok(self.unary(&value, "truncate", Kind::Int)),
            _ => Ok(self.unary(&value, "asInteger", Kind::Int)),
        }
    }

    fn float(&mut self, argument: &Expr) -> Made<Code> {
        if let Expr::Str(text) = argument {
            match text.trim().to_ascii_lowercase().as_str() {
                "inf" | "+inf" | "infinity" => return Ok(Code::atom("infinity", Kind::Float)),
                "-inf" => return Ok(Code::new("infinity negate", Level::Unary, Kind::Float)),
                _ => {}
            }
        }
        let value = self.expression(argument)?;
        if value.kind == Kind::Float {
            return Ok(value);
        }
        Ok(self.unary(&value, "asFloat", Kind::Float))
    }

    fn extreme(&mut self, name: &str, arguments: &[Expr], named: Named<'_>) -> Made<Code> {
        if let [source] = arguments {
            let walked = self.walked(source)?;
            let kind = walked.kind.element();
            let found = match by_name(named, "key") {
                Some(key) => {
                    let block = self.block_of(key, &kind)?;
                    let selector = if name == "max" { "maxBy:" } else { "minBy:" };
                    self.keyword(&walked, &[(selector, block.loose())], kind.clone())
                }
                None => self.unary(&walked, name, kind.clone()),
            };
            return match by_name(named, "default") {
                None => Ok(found),
                Some(default) => {
                    let default = self.expression(default)?;
                    let empty = self.unary(&walked, "isEmpty", Kind::Bool);
                    let kind = kind.join(&default.kind);
                    Ok(choice(&empty, &default, &found, kind))
                }
            };
        }
        if !named.is_empty() {
            return Err(Refusal::new("`max` of several with a key is not translated"));
        }
        let all = self.all(arguments)?;
        let mut all = all.into_iter();
        let mut result = all.next().ok_or_else(|| Refusal::new("the largest of nothing"))?;
        let selector = if name == "max" { "max:" } else { "min:" };
        for part in all {
            let kind = result.kind.join(&part.kind);
            result = self.keyword(&result, &[(selector, part.loose())], kind);
        }
        Ok(result)
    }

    /// Whether an order is to be reversed.
    pub(crate) fn descends(&self, named: Named<'_>) -> Made<bool> {
        match by_name(named, "reverse") {
            None | Some(Expr::Bool(false)) => Ok(false),
            Some(Expr::Bool(true)) => Ok(true),
            Some(_) => Err(Refusal::new("an order that hangs on a value")),
        }
    }

    fn sorted(&mut self, source: &Expr, named: Named<'_>) -> Made<Code> {
        let walked = self.walked(source)?;
        let element = walked.kind.element();
        let kind = Kind::list(element.clone());
        let descending = self.descends(named)?;
        if let Some(key) = by_name(named, "key")
            && *key != Expr::None
        {
            let block = self.block_of(key, &element)?.loose();
            let mut parts = vec![("sortedByKey:", block)];
            if descending {
                parts = vec![("sortedDescendingByKey:", parts.remove(0).1)];
            }
            return Ok(self.keyword(&walked, &parts, kind));
        }
        Ok(self.unary(&walked, if descending { "sortedDescending" } else { "sorted" }, kind))
    }

    fn is_instance(&mut self, arguments: &[Expr]) -> Made<Code> {
        let [value, kinds] = arguments else { return Err(Refusal::new("`isinstance` of something else")) };
        let value = self.expression(value)?;
        let kinds: Vec<&Expr> = match kinds {
            Expr::Tuple(all) => all.iter().collect(),
            one => vec![one],
        };
        let mut tests = Vec::new();
        for kind in kinds {
            let selector = match kind.name() {
                Some("int") => "isInteger",
                Some("float") => "isFloat",
                Some("str") => "isString",
                Some("bool") => "isBoolean",
                Some("list" | "tuple") => "isIndexable",
                Some("dict") => "isDictionary",
                _ => return Err(Refusal::new("`isinstance` of something else")),
            };
            tests.push(self.unary(&value, selector, Kind::Bool));
        }
        Ok(crate::expressions::joined(&tests, "||"))
    }

    /// A message to the receiver that nobody was said to know.
    pub(crate) fn miss(&mut self, name: &str, count: usize) {
        let entry = (name.to_owned(), count);
        if !self.missing.contains(&entry) {
            self.missing.push(entry);
        }
    }

    /// The selector that a method of the text's class has here.
    pub(crate) fn own_selector(&mut self, name: &str, count: usize) -> String {
        if name == self.wanted.function {
            return self.wanted.selector.clone();
        }
        if let Some(selector) = self.known(name) {
            return selector;
        }
        self.miss(name, count);
        let own = camel(name);
        match count {
            0 => own,
            1 => format!("{own}:"),
            _ => format!("{own}:{}", "With:".repeat(count - 1)),
        }
    }

    pub(crate) fn takes(&self, selector: &str) -> usize {
        keywords(selector).len()
    }
}
