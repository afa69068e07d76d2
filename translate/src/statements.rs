//! Statements: assignments, choices, loops and the ways out of them, functions inside functions.

use crate::Refusal;
use crate::code::Code;
use crate::kind::Kind;
use crate::names::camel;
use crate::scope::{Loop, Made, Translator, ends_with_answer, locals, prepare, starts};
use crate::syntax::{Expr, Function, Stmt};
use std::collections::{HashMap, HashSet};

impl Translator<'_> {
    /// The statements of a block. Where `last` holds, the value of its last one is the answer.
    pub(crate) fn block(&mut self, body: &[Stmt], last: bool) -> Made<Vec<String>> {
        let mut out = Vec::new();
        for (i, statement) in body.iter().enumerate() {
            let is_last = i + 1 == body.len();
            out.extend(self.statement(statement, last && is_last)?);
            if matches!(statement, Stmt::Return(_) | Stmt::Raise(_) | Stmt::Break | Stmt::Continue) {
                break;
            }
        }
        Ok(out)
    }

    fn statement(&mut self, statement: &Stmt, last: bool) -> Made<Vec<String>> {
        match statement {
            Stmt::Nothing | Stmt::Nonlocal(_) => Ok(Vec::new()),
            Stmt::Expr(Expr::Str(_)) => Ok(Vec::new()),
            Stmt::Expr(Expr::Call(function, ..))
                if function.name() == Some("print") && self.variable("print").is_none() =>
            {
                Ok(Vec::new())
            }
            Stmt::Expr(value) => Ok(vec![self.expression(value)?.text]),
            Stmt::Assign(targets, value) => self.assignment(targets, value),
            Stmt::Annotated(_, _, None) => Ok(Vec::new()),
            Stmt::Annotated(target, annotation, Some(value)) => {
                let value = self.expression(value)?;
                let said = Kind::of_annotation(annotation);
                let kind =
                    if matches!(said, Kind::Number | Kind::Object(_)) { value.kind.clone() } else { said };
                let kind = if kind == Kind::Unknown { value.kind.clone() } else { kind };
                let value = value.of(kind);
                self.assigned(target, value)
            }
            Stmt::Augment(target, operator, value) => self.augmented(target, operator, value),
            Stmt::Delete(target) => {
                let Expr::Index(base, key) = target else {
                    return Err(Refusal::new("`del` of something else is not translated"));
                };
                let (base, key) = (self.expression(base)?, self.expression(key)?);
                let selector = if matches!(base.kind, Kind::Dict(..)) { "removeKey:" } else { "removeAt:" };
                Ok(vec![self.keyword(&base, &[(selector, key.loose())], Kind::Nothing).text])
            }
            Stmt::Return(value) => self.answered(value.as_ref(), last),
            Stmt::Raise(what) => {
                let mut text = "'it can\\'t be done'".to_owned();
                if let Some(Expr::Call(_, arguments, _)) = what
                    && let Some(said) = arguments.first()
                    && let Ok(said) = self.expression(said)
                    && said.kind == Kind::Str
                {
                    text = said.loose();
                }
                Ok(vec![format!("error: {text}")])
            }
            Stmt::If(test, body, other) => self.choice(test, body, other, last),
            Stmt::While(test, body, other) => {
                let forever = *test == Expr::Bool(true);
                let test = if forever { None } else { Some(self.condition(test)?.text) };
                self.looped(body, other, Vec::new(), &mut |body| match &test {
                    None => format!("[ {body} ] loop"),
                    Some(test) => format!("[ {test} ] whileTrue: [ {body} ]"),
                })
            }
            Stmt::For(target, source, body, other) => self.counted(target, source, body, other),
            Stmt::Break | Stmt::Continue => {
                let scope = self.scope();
                let inner =
                    scope.loops.last_mut().ok_or_else(|| Refusal::new("`break` outside of a loop"))?;
                let name = if *statement == Stmt::Break {
                    inner.leaves = true;
                    &inner.leave
                } else {
                    inner.skips = true;
                    &inner.skip
                };
                Ok(vec![format!("{name} value")])
            }
            Stmt::Def(function) => {
                let block = self.inner(function)?;
                let kind = self.answered.get(&function.name).cloned().unwrap_or(Kind::Unknown);
                self.learn(&function.name, &Kind::Block(Box::new(kind)));
                let name =
                    self.variable(&function.name).map_or_else(|| camel(&function.name), |code| code.text);
                Ok(vec![format!("{name}: {block}")])
            }
            Stmt::Class(..) => Err(Refusal::new("a class inside a function is not translated")),
        }
    }

    fn answered(&mut self, value: Option<&Expr>, last: bool) -> Made<Vec<String>> {
        let value = match value {
            Some(value) => self.expression(value)?,
            None if self.class.is_some() && self.scopes.len() == 1 => Code::atom("self", Kind::Unknown),
            None => Code::nil(),
        };
        let scope = self.scope();
        scope.answer = Some(match &scope.answer {
            None => value.kind.clone(),
            Some(before) => before.join(&value.kind),
        });
        let exit = scope.exit.clone();
        let value = if exit.is_none() { self.finished(value) } else { value };
        Ok(vec![match exit {
            _ if last => value.text,
            Some(exit) => {
                self.scope().exits = true;
                format!("{exit} value: {}", value.loose())
            }
            None => format!("^ {}", value.text),
        }])
    }

    /// What leaves the method, in the form that is wanted.
    fn finished(&self, value: Code) -> Code {
        if self.wanted.answer == "vector" && !matches!(value.kind, Kind::Nothing) && !value.kind.is_number() {
            return self.unary(&value, "asVector", value.kind.clone());
        }
        value
    }

    // Assignment

    fn assignment(&mut self, targets: &[Expr], value: &Expr) -> Made<Vec<String>> {
        if let ([Expr::Tuple(names) | Expr::List(names)], Expr::Tuple(values) | Expr::List(values)) =
            (targets, value)
            && names.len() == values.len()
        {
            return self.together(names, values);
        }
        let made = self.expression(value)?;
        if let [target] = targets {
            return self.assigned(target, made);
        }
        let is_constant =
            matches!(value, Expr::Int(_) | Expr::Float(_) | Expr::Str(_) | Expr::Bool(_) | Expr::None);
        let (mut out, made) = if is_constant { (Vec::new(), made) } else { self.kept(made) };
        for target in targets {
            out.extend(self.assigned(target, made.clone())?);
        }
        Ok(out)
    }

    /// A value in a local of its own.
    fn kept(&mut self, value: Code) -> (Vec<String>, Code) {
        let name = self.temporary("kept");
        (vec![format!("{name}: {}", value.text)], Code::atom(name, value.kind))
    }

    /// `a, b = b, a`: all values are computed before any is assigned.
    fn together(&mut self, names: &[Expr], values: &[Expr]) -> Made<Vec<String>> {
        let made = self.all(values)?;
        let mut written = HashSet::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let reads = |value: &Expr, names: &HashSet<String>| {
            let mut found = false;
            value.walk(&mut |part| match part {
                Expr::Name(name) => found |= names.contains(name),
                Expr::Index(..) | Expr::Attribute(..) | Expr::Call(..) => found |= names.contains(""),
                _ => {}
            });
            found
        };
        for (i, (target, value)) in names.iter().zip(made).enumerate() {
            let mut own = Vec::new();
            target.target_names(&mut own);
            if own.is_empty() {
                // Parts of collections and slots have no name: whatever reads one may read this one.
                own.push(String::new());
            }
            written.extend(own.iter().cloned());
            let own: HashSet<String> = own.into_iter().collect();
            if values[i + 1..].iter().any(|later| reads(later, &own)) {
                let (kept, value) = self.kept(value);
                before.extend(kept);
                after.push((target, value));
            } else {
                after.push((target, value));
            }
        }
        // What was kept no longer reads anything, so it can come last.
        after.sort_by_key(|(_, value)| value.text.starts_with("kept"));
        let mut out = before;
        for (target, value) in after {
            out.extend(self.assigned(target, value)?);
        }
        Ok(out)
    }

    fn assigned(&mut self, target: &Expr, value: Code) -> Made<Vec<String>> {
        match target {
            Expr::Name(name) => {
                self.learn(name, &value.kind);
                let variable = self.variable(name);
                let variable = variable.ok_or_else(|| Refusal::new(format!("`{name}` can't be assigned")))?;
                self.scope().natural.remove(name);
                Ok(vec![format!("{}: {}", variable.text, value.text)])
            }
            Expr::Index(base, index) => {
                let collection = self.expression(base)?;
                let natural = self.is_natural(index);
                let index = self.expression(index)?;
                let selector = match &collection.kind {
                    Kind::Dict(_, _, zero) => {
                        if let Some(name) = base.name() {
                            let kind =
                                Kind::Dict(Box::new(index.kind.clone()), Box::new(value.kind.clone()), *zero);
                            self.learn(name, &kind);
                        }
                        "at:"
                    }
                    kind if kind.is_list() && natural => "at:",
                    _ => "atWrapped:",
                };
                let parts = [(selector, index.loose()), ("Put:", value.loose())];
                Ok(vec![self.keyword(&collection, &parts, Kind::Nothing).text])
            }
            Expr::Attribute(base, name) => {
                let object = self.expression(base)?;
                if !matches!(&object.kind, Kind::Object(class) if self.class.as_ref() == Some(class))
                    || !self.attributes.contains_key(name)
                {
                    return Err(Refusal::new(format!("the object has no `{name}`")));
                }
                let part = format!("{}:", self.slot(name));
                Ok(vec![self.keyword(&object, &[(part.as_str(), value.loose())], Kind::Nothing).text])
            }
            Expr::Tuple(parts) | Expr::List(parts) => {
                let (mut out, whole) = self.kept(value);
                for (i, part) in parts.iter().enumerate() {
                    let kind = match &whole.kind {
                        Kind::Tuple(all) => all.get(i).cloned().unwrap_or(Kind::Unknown),
                        kind => kind.element(),
                    };
                    let taken = self.keyword(&whole, &[("at:", i.to_string())], kind);
                    out.extend(self.assigned(part, taken)?);
                }
                Ok(out)
            }
            _ => Err(Refusal::new("an assignment to something else is not translated")),
        }
    }

    fn augmented(&mut self, target: &Expr, operator: &str, value: &Expr) -> Made<Vec<String>> {
        let old = self.expression(target)?;
        let value = self.expression(value)?;
        if operator == "+" && matches!(old.kind, Kind::List(_)) {
            if let Some(name) = target.name() {
                self.learn(name, &Kind::list(value.kind.element()));
            }
            return Ok(vec![self.keyword(&old, &[("addAll:", value.loose())], Kind::Nothing).text]);
        }
        let new = self.operation(operator, &old, &value)?;
        self.assigned(target, new)
    }

    // Control

    fn choice(&mut self, test: &Expr, body: &[Stmt], other: &[Stmt], last: bool) -> Made<Vec<String>> {
        let test = self.condition(test)?;
        let last = last && ends_with_answer(body) && ends_with_answer(other);
        let body = self.block(body, last)?.join(". ");
        let other = self.block(other, last)?.join(". ");
        let test = test.loose();
        Ok(match (body.is_empty(), other.is_empty()) {
            (true, true) => Vec::new(),
            (true, false) => vec![format!("{test} ifFalse: [ {other} ]")],
            (false, true) => vec![format!("{test} ifTrue: [ {body} ]")],
            (false, false) => vec![format!("{test} ifTrue: [ {body} ] False: [ {other} ]")],
        })
    }

    /// A loop around a body; ways out of it become blocks that are left.
    fn looped(
        &mut self,
        body: &[Stmt],
        other: &[Stmt],
        first: Vec<String>,
        make: &mut dyn FnMut(&str) -> String,
    ) -> Made<Vec<String>> {
        let count = self.scopes.iter().map(|scope| scope.loops.len()).sum::<usize>();
        let suffix = if count == 0 { String::new() } else { (count + 1).to_string() };
        let inner = Loop {
            leave: format!("exit{suffix}"),
            skip: format!("next{suffix}"),
            leaves: false,
            skips: false,
        };
        self.scope().loops.push(inner);
        let made = self.block(body, false);
        let inner = self.scope().loops.pop();
        let mut statements = first;
        let made = made?.join(". ");
        let inner = inner.ok_or_else(|| Refusal::new("a loop that is none"))?;
        if inner.skips {
            statements.push(format!("[ |:{}| {made} ] exit", inner.skip));
        } else if !made.is_empty() {
            statements.push(made);
        }
        let mut out = vec![make(&statements.join(". "))];
        out.extend(self.block(other, false)?);
        if inner.leaves {
            out = vec![format!("[ |:{}| {} ] exit", inner.leave, out.join(". "))];
        }
        Ok(out)
    }

    /// A `for`: over a range, with or without counting, over pairs.
    fn counted(&mut self, target: &Expr, source: &Expr, body: &[Stmt], other: &[Stmt]) -> Made<Vec<String>> {
        let mut names = Vec::new();
        target.target_names(&mut names);
        let lasting: Vec<String> = {
            let scope = self.scope();
            names.iter().filter(|name| scope.lasting.contains(*name)).cloned().collect()
        };
        if let Expr::Name(name) = target
            && let Some(range) = self.range(source)
        {
            let from = match range.from {
                Some(from) => self.expression(from)?,
                None => Code::int(0),
            };
            let to = self.expression(range.to)?;
            let starts_natural = range.from.is_none_or(|from| self.is_natural(from));
            let step = match range.step {
                None => Some(1),
                Some(step) => step.int().filter(|step| *step != 0),
            };
            if let Some(step) = step {
                let is_down_to_zero = step < 0 && range.to.int().is_some_and(|to| to >= -1);
                let natural = (step > 0 && starts_natural) || is_down_to_zero;
                let head = match step {
                    1 if from.text == "0" => format!("{} do: ", to.loose()),
                    1 => format!("{} upTo: {} Do: ", from.loose(), to.loose()),
                    step if step > 0 => format!("{} upTo: {} By: {step} Do: ", from.loose(), to.loose()),
                    step => {
                        let end = match range.to.int() {
                            Some(to) => (to + 1).to_string(),
                            None => Code::binary(&to, "+", &Code::int(1), Kind::Int).loose(),
                        };
                        match step {
                            -1 => format!("{} downTo: {end} Do: ", from.loose()),
                            step => format!("{} downTo: {end} By: {} Do: ", from.loose(), -step),
                        }
                    }
                };
                return self.turns(name, Kind::Int, natural, &lasting, &head, body, other);
            }
        }
        let is_items = matches!(source, Expr::Call(function, arguments, _)
            if arguments.is_empty() && matches!(&**function, Expr::Attribute(_, name) if name == "items"));
        if let Expr::Tuple(parts) = target
            && let [Expr::Name(one), Expr::Name(two)] = &parts[..]
            && lasting.is_empty()
        {
            if let Some([counted]) = self.built_in(source, "enumerate") {
                let counted = self.walked(counted)?;
                if counted.kind.is_list() || counted.kind == Kind::Str {
                    let kind = counted.kind.element();
                    self.scope().natural.insert(one.clone());
                    let head = self.keyword(&counted, &[("do:", String::new())], Kind::Nothing).text;
                    return self.pairs((two, kind), (one, Kind::Int), &head, body, other);
                }
            }
            if is_items
                && let Expr::Call(function, ..) = source
                && let Expr::Attribute(base, _) = &**function
            {
                let table = self.expression(base)?;
                if let Kind::Dict(key, value, _) = table.kind.clone() {
                    let head =
                        self.keyword(&table, &[("keysAndValuesDo:", String::new())], Kind::Nothing).text;
                    return self.pairs((one, *key), (two, *value), &head, body, other);
                }
            }
        }
        if let Expr::Name(name) = target {
            let walked = self.walked(source)?;
            let kind = walked.kind.element();
            let head = self.keyword(&walked, &[("do:", String::new())], Kind::Nothing).text;
            return self.turns(name, kind, false, &lasting, &head, body, other);
        }
        let walk = self.walk(target, source)?;
        let mut bound = walk.bound;
        let mut first = Vec::new();
        for name in &lasting {
            if let Some(code) = bound.remove(name) {
                self.learn(name, &code.kind);
                let local = self.variable(name).map_or_else(|| camel(name), |code| code.text);
                first.push(format!("{local}: {}", code.text));
            }
        }
        let argument = walk.argument.clone();
        let head = self.keyword(&walk.source, &[("do:", String::new())], Kind::Nothing).text;
        self.bound(bound, |t| {
            t.looped(body, other, first, &mut |body| {
                format!("{head}{}", Code::block(std::slice::from_ref(&argument), body))
            })
        })
    }

    /// A loop with one variable.
    #[allow(clippy::too_many_arguments)]
    fn turns(
        &mut self,
        name: &str,
        kind: Kind,
        natural: bool,
        lasting: &[String],
        head: &str,
        body: &[Stmt],
        other: &[Stmt],
    ) -> Made<Vec<String>> {
        if lasting.iter().any(|lasts| lasts == name) {
            self.learn(name, &kind);
            self.scope().natural.remove(name);
            let argument = self.fresh("each");
            let local = self.variable(name).map_or_else(|| camel(name), |code| code.text);
            let first = vec![format!("{local}: {argument}")];
            return self.looped(body, other, first, &mut |body| {
                format!("{head}{}", Code::block(std::slice::from_ref(&argument), body))
            });
        }
        let own = camel(name);
        let is_taken = self.is_local(&own);
        let own = if is_taken { self.fresh(&own) } else { own };
        if natural {
            self.scope().natural.insert(name.to_owned());
        } else {
            self.scope().natural.remove(name);
        }
        let bound = HashMap::from([(name.to_owned(), Code::atom(own.clone(), kind))]);
        self.bound(bound, |t| {
            t.looped(body, other, Vec::new(), &mut |body| {
                format!("{head}{}", Code::block(std::slice::from_ref(&own), body))
            })
        })
    }

    /// A loop whose block takes two arguments.
    fn pairs(
        &mut self,
        (one, first): (&str, Kind),
        (two, second): (&str, Kind),
        head: &str,
        body: &[Stmt],
        other: &[Stmt],
    ) -> Made<Vec<String>> {
        let mut bound = HashMap::new();
        let mut names = Vec::new();
        for (name, kind) in [(one, first), (two, second)] {
            let own = camel(name);
            let own = if self.is_local(&own) || names.contains(&own) { self.fresh(&own) } else { own };
            bound.insert(name.to_owned(), Code::atom(own.clone(), kind));
            names.push(own);
        }
        self.bound(bound, |t| {
            t.looped(body, other, Vec::new(), &mut |body| format!("{head}{}", Code::block(&names, body)))
        })
    }

    // Functions inside

    /// A function inside the method, as a block.
    pub(crate) fn inner(&mut self, function: &Function) -> Made<String> {
        self.functions.insert(function.name.clone(), function.clone());
        let mut scope = prepare(function, None)?;
        scope.kinds = self.remembered.get(&function.name).cloned().unwrap_or_default();
        scope.seen = scope.kinds.keys().cloned().collect();
        for (i, parameter) in function.parameters.iter().enumerate() {
            let said = parameter.annotation.as_ref().map_or(Kind::Unknown, Kind::of_annotation);
            let given = self.called.get(&(function.name.clone(), i)).cloned().unwrap_or(Kind::Unknown);
            let kind = if given == Kind::Unknown || given == Kind::Any { said } else { given };
            scope.kinds.insert(parameter.name.clone(), kind);
            scope.seen.insert(parameter.name.clone());
        }
        let depth = self.scopes.len();
        let exit = if depth < 2 { "answer".to_owned() } else { format!("answer{depth}") };
        scope.exit = Some(exit.clone());
        self.scopes.push(scope);
        let body = self.block(&function.body, true);
        let scope = self.scopes.pop().unwrap_or_default();
        let mut body = body?;
        if let Some(kind) = &scope.answer {
            let known = self.answered.entry(function.name.clone()).or_insert(Kind::Unknown);
            *known = known.join(kind);
        }
        if !ends_with_answer(&function.body) {
            body.push("nil".into());
        }
        let mut all = starts(&scope);
        all.append(&mut body);
        let own = locals(&scope);
        let arguments: Vec<String> = scope.arguments.iter().map(|name| camel(name)).collect();
        self.remembered.insert(function.name.clone(), scope.kinds);
        if !scope.exits {
            return Ok(block_with_locals(&arguments, &own, &all.join(". ")));
        }
        // The last value leaves by the block as well: its own value is not handed on.
        if let Some(last) = all.pop() {
            all.push(if is_left(&last, &exit) { last } else { format!("{exit} value: ({last})") });
        }
        let inside = block_with_locals(&[exit], &own, &all.join(". "));
        Ok(Code::block(&arguments, &format!("{inside} exitValue")))
    }
}

fn is_left(statement: &str, exit: &str) -> bool {
    statement.starts_with(&format!("{exit} value: ")) || statement.starts_with("error: ")
}

fn block_with_locals(arguments: &[String], locals: &[String], body: &str) -> String {
    if locals.is_empty() {
        return Code::block(arguments, body);
    }
    let mut names: Vec<String> = arguments.iter().map(|name| format!(":{name}")).collect();
    names.extend(locals.iter().cloned());
    format!("[ | {} | {body} ]", names.join(". "))
}
