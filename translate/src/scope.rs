//! What names mean while a function is translated, and the passes over it.
//!
//! A function is translated three times; what a pass learns of kinds helps the next one. A function inside another is a block, so
//! scopes are a stack and names are looked for inward out. Python's `for` leaves its variable behind: where that is read later, or
//! assigned, the variable is a local and the block's argument another.

use crate::code::{Code, Level};
use crate::kind::Kind;
use crate::names::{camel, keywords};
use crate::syntax::{Expr, Function, Stmt};
use crate::{Method, Refusal, Wanted};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Times that a function is looked at, since what is known of kinds grows.
const PASSES: usize = 3;

pub(crate) type Made<T> = Result<T, Refusal>;

/// A loop that is being translated: the names of the blocks that leave it or its turn, and whether they were used.
pub(crate) struct Loop {
    pub(crate) leave: String,
    pub(crate) skip: String,
    pub(crate) leaves: bool,
    pub(crate) skips: bool,
}

/// The names of one function.
#[derive(Default)]
pub(crate) struct Scope {
    /// The parameter that is the receiver.
    pub(crate) receiver: Option<String>,
    pub(crate) arguments: Vec<String>,
    pub(crate) locals: BTreeSet<String>,
    /// Parameters that are assigned get a local of another name.
    pub(crate) renamed: BTreeMap<String, String>,
    /// Loop variables that live on after their loop.
    pub(crate) lasting: HashSet<String>,
    pub(crate) assigned: HashSet<String>,
    pub(crate) kinds: HashMap<String, Kind>,
    /// Variables that were given a kind in this pass.
    pub(crate) seen: HashSet<String>,
    /// Variables that are never negative.
    pub(crate) natural: HashSet<String>,
    /// Names that stand for something else inside an expression or a loop.
    pub(crate) bound: Vec<HashMap<String, Code>>,
    /// Locals that the translation itself needs.
    pub(crate) extra: Vec<String>,
    /// The block that a function inside a method is left by.
    pub(crate) exit: Option<String>,
    pub(crate) exits: bool,
    pub(crate) loops: Vec<Loop>,
    pub(crate) answer: Option<Kind>,
}

/// The translation of one method.
pub(crate) struct Translator<'w> {
    pub(crate) wanted: &'w Wanted,
    /// Name of the class around it, and the kinds of its attributes.
    pub(crate) class: Option<String>,
    pub(crate) attributes: HashMap<String, Kind>,
    pub(crate) functions: BTreeMap<String, Function>,
    pub(crate) constants: HashMap<String, Expr>,
    pub(crate) scopes: Vec<Scope>,
    /// What nested functions were called with and answered, by their names.
    pub(crate) called: HashMap<(String, usize), Kind>,
    pub(crate) answered: HashMap<String, Kind>,
    /// Kinds of the locals of nested functions, from the pass before.
    pub(crate) remembered: HashMap<String, HashMap<String, Kind>>,
    /// The kind of what the method answers.
    pub(crate) answer: Kind,
    pub(crate) receiver_kind: Kind,
    /// What `+` of two values of unknown kind is taken for.
    pub(crate) plus_joins: bool,
    /// That there was such a `+`.
    pub(crate) is_open: bool,
    pub(crate) counter: usize,
    /// Functions beside the method that it calls, directly or not, in the order of their first call.
    pub(crate) beside: Vec<String>,
    pub(crate) attribute_order: Vec<String>,
    pub(crate) missing: Vec<(String, usize)>,
}

/// The method, and whether another reading of it is possible.
pub(crate) fn method(program: &[Stmt], wanted: &Wanted, plus_joins: bool) -> Made<(Method, bool)> {
    let mut translator = Translator {
        wanted,
        class: None,
        attributes: HashMap::new(),
        functions: BTreeMap::new(),
        constants: HashMap::new(),
        scopes: Vec::new(),
        called: HashMap::new(),
        answered: HashMap::new(),
        remembered: HashMap::new(),
        answer: Kind::Unknown,
        receiver_kind: Kind::Unknown,
        plus_joins,
        is_open: false,
        counter: 0,
        beside: Vec::new(),
        attribute_order: Vec::new(),
        missing: Vec::new(),
    };
    let function = translator.find(program)?;
    let method = translator.whole(&function)?;
    Ok((method, translator.is_open))
}

impl Translator<'_> {
    /// Looks through the text: the function that is wanted, other ones, constants.
    fn find(&mut self, program: &[Stmt]) -> Made<Function> {
        let mut found = None;
        for statement in program {
            match statement {
                Stmt::Def(function) if function.name == self.wanted.function => {
                    found = Some(function.clone())
                }
                Stmt::Def(function) => {
                    self.functions.insert(function.name.clone(), function.clone());
                }
                Stmt::Assign(targets, value) => {
                    if let [Expr::Name(name)] = &targets[..] {
                        self.constants.insert(name.clone(), value.clone());
                    }
                }
                Stmt::Class(name, body) => {
                    for part in body {
                        match part {
                            Stmt::Annotated(Expr::Name(attribute), annotation, _) => {
                                self.attributes.insert(attribute.clone(), Kind::of_annotation(annotation));
                                self.attribute_order.push(attribute.clone());
                            }
                            Stmt::Def(function) if function.name == self.wanted.function => {
                                self.class = Some(name.clone());
                                found = Some(function.clone());
                            }
                            _ => {}
                        }
                    }
                }
                Stmt::Expr(_) | Stmt::Nothing | Stmt::If(..) => {}
                _ => return Err(Refusal::new("a statement outside of the function")),
            }
        }
        let found = found.ok_or_else(|| Refusal::new("the function is missing"))?;
        if found.parameters.len() != keywords(&self.wanted.selector).len() + 1 {
            return Err(Refusal::new("the function has another number of arguments"));
        }
        Ok(found)
    }

    fn whole(&mut self, function: &Function) -> Made<Method> {
        let parameters = &function.parameters;
        let receiver = parameters[0].name.clone();
        let mut kinds = HashMap::new();
        for parameter in parameters {
            let kind = parameter.annotation.as_ref().map_or(Kind::Unknown, Kind::of_annotation);
            kinds.insert(parameter.name.clone(), kind);
        }
        let own = match (&self.class, kinds.get(&receiver)) {
            (Some(class), _) => Kind::Object(class.clone()),
            // Methods of floats are for floats only; arguments may be whole.
            (None, Some(Kind::Number)) => Kind::Float,
            (None, Some(kind)) => kind.clone(),
            (None, None) => Kind::Unknown,
        };
        self.receiver_kind = own.clone();
        kinds.insert(receiver.clone(), own);
        if let Some(answer) = &function.answer {
            self.answer = Kind::of_annotation(answer);
        }
        let given: HashSet<String> = kinds.keys().cloned().collect();
        let mut made = (Vec::new(), Vec::new());
        for pass in 0..PASSES {
            self.counter = 0;
            self.missing.clear();
            let mut scope = prepare(function, Some(&receiver))?;
            scope.seen = if pass == 0 { given.clone() } else { kinds.keys().cloned().collect() };
            scope.kinds = kinds;
            self.scopes.push(scope);
            let body = self.block(&function.body, true);
            let beside = self.all_beside();
            let scope = self.scopes.pop().unwrap_or_default();
            let (body, (names, beside)) = (body?, beside?);
            if let Some(answer) = &scope.answer {
                self.answer = self.answer.join(answer);
            }
            if pass + 1 == PASSES {
                let mut names = names;
                names.extend(locals(&scope));
                made = (names, [beside, starts(&scope), body].concat());
            }
            kinds = scope.kinds;
        }
        let (locals, mut body) = made;
        if !ends_with_answer(&function.body) {
            body.push(
                if self.class.is_some() && self.answer == Kind::Unknown { "self" } else { "nil" }.into(),
            );
        }
        let parts = keywords(&self.wanted.selector);
        let names = parameters[1..].iter().map(|parameter| camel(&parameter.name));
        let signature = if parts.is_empty() {
            self.wanted.selector.clone()
        } else {
            let written: Vec<String> =
                parts.iter().zip(names).map(|(part, name)| format!("{part} {name}")).collect();
            written.join(" ")
        };
        let body = body.join(". ");
        let body = if locals.is_empty() {
            format!("( {body} )")
        } else {
            format!("(| {} | {body} )", locals.join(". "))
        };
        Ok(Method { signature, body, missing: self.missing.clone() })
    }

    /// The functions beside the method, as locals and statements that make blocks of them.
    fn all_beside(&mut self) -> Made<(Vec<String>, Vec<String>)> {
        let (mut names, mut statements) = (Vec::new(), Vec::new());
        let mut done = 0;
        while let Some(name) = self.beside.get(done).cloned() {
            done += 1;
            let Some(function) = self.functions.get(&name).cloned() else { continue };
            let block = self.inner(&function)?;
            statements.push(format!("{}: {block}", camel(&name)));
            names.push(camel(&name));
        }
        Ok((names, statements))
    }

    pub(crate) fn scope(&mut self) -> &mut Scope {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    /// What a name of the text stands for, if it is one of a variable.
    pub(crate) fn variable(&self, name: &str) -> Option<Code> {
        for scope in self.scopes.iter().rev() {
            if let Some(code) = scope.bound.iter().rev().find_map(|bound| bound.get(name)) {
                return Some(code.clone());
            }
            let kind = || scope.kinds.get(name).cloned().unwrap_or(Kind::Unknown);
            if let Some(other) = scope.renamed.get(name) {
                return Some(Code::atom(other.clone(), kind()));
            }
            if scope.receiver.as_deref() == Some(name) {
                return Some(Code::atom("self", kind()));
            }
            if scope.locals.contains(name) || scope.arguments.iter().any(|argument| argument == name) {
                return Some(Code::atom(camel(name), kind()));
            }
        }
        None
    }

    /// Whether a word is the name of something local, so that sending it to the receiver needs `self`.
    pub(crate) fn is_local(&self, word: &str) -> bool {
        self.beside.iter().any(|name| camel(name) == word)
            || self.scopes.iter().any(|scope| {
                scope.locals.iter().chain(&scope.arguments).any(|name| camel(name) == word)
                    || scope.renamed.values().chain(&scope.extra).any(|name| name == word)
                    || scope.bound.iter().any(|bound| bound.values().any(|code| code.text == word))
            })
    }

    /// A fresh name for a block's argument or a local.
    pub(crate) fn fresh(&mut self, hint: &str) -> String {
        loop {
            self.counter += 1;
            let name = if self.counter == 1 { hint.to_owned() } else { format!("{hint}{}", self.counter) };
            if !self.is_local(&name) {
                return name;
            }
        }
    }

    /// A fresh local.
    pub(crate) fn temporary(&mut self, hint: &str) -> String {
        let name = self.fresh(hint);
        self.scope().extra.push(name.clone());
        name
    }

    /// Learns the kind of a variable of the innermost function that has it.
    pub(crate) fn learn(&mut self, name: &str, kind: &Kind) {
        let Some(scope) = self.scopes.iter_mut().rev().find(|scope| {
            scope.locals.contains(name) || scope.arguments.iter().any(|argument| argument == name)
        }) else {
            return;
        };
        let known = scope.kinds.get(name).cloned();
        let kind = match known {
            Some(known) if scope.seen.contains(name) => known.join(kind),
            _ => kind.clone(),
        };
        scope.kinds.insert(name.to_owned(), kind);
        scope.seen.insert(name.to_owned());
    }

    /// A unary message. To the receiver it is implicit, where nothing local has that name.
    pub(crate) fn unary(&self, receiver: &Code, selector: &str, kind: Kind) -> Code {
        if receiver.text == "self" && !self.is_local(selector) {
            return Code::new(selector, Level::Unary, kind);
        }
        Code::new(format!("{} {selector}", receiver.tight()), Level::Unary, kind)
    }

    /// A keyword message.
    pub(crate) fn keyword(&self, receiver: &Code, parts: &[(&str, String)], kind: Kind) -> Code {
        let first = parts.first().map_or("", |(part, _)| part.trim_end_matches(':'));
        let mut text = match receiver.text.as_str() {
            "self" if !self.is_local(first) => String::new(),
            _ => format!("{} ", receiver.loose()),
        };
        for (i, (part, argument)) in parts.iter().enumerate() {
            if i > 0 {
                text.push(' ');
            }
            text.push_str(part);
            text.push(' ');
            text.push_str(argument);
        }
        Code::new(text, Level::Keyword, kind)
    }

    /// A message by its selector.
    pub(crate) fn send(&self, receiver: &Code, selector: &str, arguments: &[Code], kind: Kind) -> Made<Code> {
        let parts = keywords(selector);
        if parts.len() != arguments.len() {
            return Err(Refusal::new(format!("`{selector}` with another number of arguments")));
        }
        if parts.is_empty() {
            return Ok(self.unary(receiver, selector, kind));
        }
        if !selector.contains(':') {
            let text = format!("{} {selector} {}", receiver.tight(), arguments[0].tight());
            return Ok(Code::new(text, Level::Binary, kind));
        }
        let pairs: Vec<(&str, String)> =
            parts.iter().zip(arguments).map(|(part, argument)| (part.as_str(), argument.loose())).collect();
        Ok(self.keyword(receiver, &pairs, kind))
    }
}

/// Names of the locals, as they are declared.
pub(crate) fn locals(scope: &Scope) -> Vec<String> {
    let own = scope.locals.iter().map(|name| scope.renamed.get(name).cloned().unwrap_or_else(|| camel(name)));
    let mut all: Vec<String> = own.collect();
    all.extend(scope.extra.iter().cloned());
    all.dedup();
    all
}

/// What gives assigned parameters their first values.
pub(crate) fn starts(scope: &Scope) -> Vec<String> {
    let start = |(name, local): (&String, &String)| {
        let value = if scope.receiver.as_ref() == Some(name) { "self".to_owned() } else { camel(name) };
        format!("{local}: {value}")
    };
    scope.renamed.iter().map(start).collect()
}

/// Whether the last statement answers or leaves in every case.
pub(crate) fn ends_with_answer(body: &[Stmt]) -> bool {
    match body.last() {
        Some(Stmt::Return(_) | Stmt::Raise(_)) => true,
        Some(Stmt::If(_, a, b)) => ends_with_answer(a) && ends_with_answer(b),
        Some(Stmt::While(Expr::Bool(true), body, _)) => !has_break(body),
        _ => false,
    }
}

fn has_break(body: &[Stmt]) -> bool {
    body.iter().any(|statement| match statement {
        Stmt::Break => true,
        Stmt::If(_, a, b) => has_break(a) || has_break(b),
        // A loop inside has its own; its `else` belongs to this one.
        Stmt::While(_, _, b) | Stmt::For(_, _, _, b) => has_break(b),
        _ => false,
    })
}

/// Every statement of a function, those of functions inside it left out.
pub(crate) fn own_statements<'s>(body: &'s [Stmt], all: &mut Vec<&'s Stmt>) {
    for statement in body {
        all.push(statement);
        for block in statement.blocks() {
            own_statements(block, all);
        }
    }
}

/// Looks which names a function assigns, which of its loop variables live on, and which parameters need a local.
pub(crate) fn prepare(function: &Function, receiver: Option<&str>) -> Made<Scope> {
    let mut scope = Scope { receiver: receiver.map(str::to_owned), ..Scope::default() };
    let names = function.parameters.iter().map(|parameter| parameter.name.clone());
    scope.arguments = names.filter(|name| Some(name.as_str()) != receiver).collect();
    let mut own = Vec::new();
    own_statements(&function.body, &mut own);
    let mut outer = HashSet::new();
    let mut loops: Vec<(Vec<String>, &Stmt)> = Vec::new();
    for statement in &own {
        let mut names = Vec::new();
        match statement {
            Stmt::Assign(targets, _) => targets.iter().for_each(|target| target.target_names(&mut names)),
            Stmt::Annotated(target, ..) | Stmt::Augment(target, ..) => target.target_names(&mut names),
            Stmt::Def(inner) => names.push(inner.name.clone()),
            Stmt::Nonlocal(names) => outer.extend(names.iter().cloned()),
            Stmt::For(target, ..) => {
                let mut own = Vec::new();
                target.target_names(&mut own);
                loops.push((own, statement));
            }
            _ => {}
        }
        scope.assigned.extend(names);
    }
    scope.assigned.retain(|name| !outer.contains(name));
    for (names, _) in &loops {
        for name in names {
            let is_parameter = receiver == Some(name.as_str()) || scope.arguments.contains(name);
            let reads = count_reads(&function.body, name);
            let binds = loops.iter().filter(|(others, _)| others.contains(name));
            let outermost = binds.clone().filter(|(_, one)| {
                !binds.clone().any(|(_, other)| !std::ptr::eq(*one, *other) && is_inside(one, other))
            });
            let inside: usize = outermost.map(|(_, one)| reads_inside(one, name)).sum();
            if scope.assigned.contains(name) || is_parameter || reads > inside {
                scope.lasting.insert(name.clone());
            }
        }
    }
    scope.locals = scope.assigned.iter().chain(&scope.lasting).cloned().collect();
    for name in scope.arguments.iter().cloned().chain(receiver.map(str::to_owned)) {
        if scope.locals.contains(&name) {
            scope.renamed.insert(name.clone(), format!("{}Now", camel(&name)));
        }
    }
    Ok(scope)
}

/// Whether one statement is somewhere inside another, or is it.
fn is_inside(one: &Stmt, other: &Stmt) -> bool {
    std::ptr::eq(one, other) || other.blocks().into_iter().flatten().any(|part| is_inside(one, part))
}

/// How often a name is read in statements, where a comprehension does not bind it anew.
fn count_reads(body: &[Stmt], name: &str) -> usize {
    let mut all = 0;
    for statement in body {
        match statement {
            Stmt::For(_, source, ..) => all += reads_in(source, name),
            Stmt::Assign(targets, value) => {
                all += reads_in(value, name);
                let others = targets.iter().filter(|target| target.name().is_none());
                all += others.map(|target| reads_in(target, name)).sum::<usize>();
            }
            Stmt::Def(inner) => {
                if !inner.parameters.iter().any(|parameter| parameter.name == name) {
                    all += count_reads(&inner.body, name);
                }
            }
            _ => all += statement.expressions().iter().map(|part| reads_in(part, name)).sum::<usize>(),
        }
        for block in statement.blocks() {
            all += count_reads(block, name);
        }
    }
    all
}

/// The reads of a loop's variable inside its body.
fn reads_inside(statement: &Stmt, name: &str) -> usize {
    match statement {
        Stmt::For(_, _, body, _) => count_reads(body, name),
        _ => 0,
    }
}

fn reads_in(expression: &Expr, name: &str) -> usize {
    if expression.name() == Some(name) {
        return 1;
    }
    match expression {
        Expr::Lambda(names, _) if names.iter().any(|bound| bound == name) => return 0,
        Expr::Comprehension(_, _, clauses) | Expr::DictComprehension(_, _, clauses) => {
            let mut bound = Vec::new();
            clauses.iter().for_each(|clause| clause.target.target_names(&mut bound));
            if bound.iter().any(|bound| bound == name) {
                return clauses.first().map_or(0, |clause| reads_in(&clause.source, name));
            }
        }
        _ => {}
    }
    let mut all = 0;
    expression.parts(&mut |part| all += reads_in(part, name));
    all
}
