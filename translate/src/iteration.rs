//! What is walked over: ranges, pairs, comprehensions, quantifiers.

use crate::Refusal;
use crate::code::{Code, Level};
use crate::expressions::joined;
use crate::kind::Kind;
use crate::names::camel;
use crate::scope::{Made, Translator};
use crate::syntax::{Clause, Expr};
use std::collections::HashMap;

/// A collection, the block argument that walks over it, and what the text's names stand for meanwhile.
pub(crate) struct Walk {
    pub(crate) source: Code,
    pub(crate) argument: String,
    pub(crate) bound: HashMap<String, Code>,
}

/// The parts of a `range`.
pub(crate) struct Range<'e> {
    pub(crate) from: Option<&'e Expr>,
    pub(crate) to: &'e Expr,
    pub(crate) step: Option<&'e Expr>,
}

impl Translator<'_> {
    /// The arguments of a call of a built-in function of this name, if it is one.
    pub(crate) fn built_in<'e>(&self, expression: &'e Expr, name: &str) -> Option<&'e [Expr]> {
        match expression {
            Expr::Call(function, arguments, named)
                if named.is_empty()
                    && function.name() == Some(name)
                    && self.variable(name).is_none()
                    && !self.functions.contains_key(name) =>
            {
                Some(arguments)
            }
            _ => None,
        }
    }

    pub(crate) fn range<'e>(&self, expression: &'e Expr) -> Option<Range<'e>> {
        match self.built_in(expression, "range")? {
            [to] => Some(Range { from: None, to, step: None }),
            [from, to] => Some(Range { from: Some(from), to, step: None }),
            [from, to, step] => Some(Range { from: Some(from), to, step: Some(step) }),
            _ => None,
        }
    }

    /// An expression as something that understands `do:` with elements.
    pub(crate) fn walked(&mut self, expression: &Expr) -> Made<Code> {
        if let Some(range) = self.range(expression) {
            let from = match range.from {
                Some(from) => self.expression(from)?,
                None => Code::int(0),
            };
            let to = self.expression(range.to)?;
            let kind = Kind::list(Kind::Int);
            return match range.step {
                None => Ok(self.keyword(&from, &[("upTo:", to.loose())], kind)),
                Some(step) => {
                    let step = self.expression(step)?;
                    Ok(self.keyword(&from, &[("upTo:", to.loose()), ("By:", step.loose())], kind))
                }
            };
        }
        let value = self.expression(expression)?;
        if let Kind::Dict(key, ..) = &value.kind {
            let kind = Kind::list((**key).clone());
            return Ok(self.unary(&value, "keys", kind));
        }
        Ok(value)
    }

    /// The same as a list, which `mapBy:` and `filterBy:` leave one.
    pub(crate) fn as_list(&self, value: &Code) -> Code {
        let is_fresh = value.text.starts_with("list copyRemoveAll") || value.text.ends_with(" asList");
        let is_mapped = value.text.contains("mapBy: [") || value.text.contains("filterBy: [");
        if value.kind.is_list() && (is_fresh || is_mapped && value.level == Level::Keyword) {
            return value.clone();
        }
        self.unary(value, "asList", Kind::list(value.kind.element()))
    }

    /// The kinds of the parts that a tuple of targets takes from each element.
    fn parts(&mut self, source: &Expr, walked: &Code, count: usize) -> Made<Vec<Kind>> {
        let mut kinds = match walked.kind.element() {
            Kind::Tuple(all) if all.len() == count => all,
            other => vec![other.element(); count],
        };
        if let Some([counted, ..]) = self.built_in(source, "enumerate") {
            let counted = self.walked(counted)?;
            kinds = vec![Kind::Int, counted.kind.element()];
            kinds.resize(count, Kind::Unknown);
        }
        Ok(kinds)
    }

    /// Binds the names of a target to a block's argument or to its parts.
    pub(crate) fn walk(&mut self, target: &Expr, source: &Expr) -> Made<Walk> {
        let walked = self.walked(source)?;
        let mut bound = HashMap::new();
        match target {
            Expr::Name(name) => {
                let own = camel(name);
                let own = if self.is_local(&own) && !self.is_own_turn(name) { self.fresh(&own) } else { own };
                if let Some(range) = self.range(source)
                    && range.from.is_none_or(|from| self.is_natural(from))
                    && range.step.is_none_or(|step| step.int().is_some_and(|step| step > 0))
                {
                    self.scope().natural.insert(name.clone());
                } else {
                    self.scope().natural.remove(name);
                }
                bound.insert(name.clone(), Code::atom(own.clone(), walked.kind.element()));
                Ok(Walk { source: walked, argument: own, bound })
            }
            Expr::Tuple(parts) => {
                let kinds = self.parts(source, &walked, parts.len())?;
                let argument = self.fresh("pair");
                let pair = Code::atom(argument.clone(), Kind::Tuple(kinds.clone()));
                self.bind_parts(parts, &kinds, &pair, &mut bound)?;
                if self.built_in(source, "enumerate").is_some()
                    && let Some(Expr::Name(counter)) = parts.first()
                {
                    self.scope().natural.insert(counter.clone());
                }
                Ok(Walk { source: walked, argument, bound })
            }
            _ => Err(Refusal::new("a target of a loop that is no name")),
        }
    }

    fn bind_parts(
        &mut self,
        parts: &[Expr],
        kinds: &[Kind],
        pair: &Code,
        bound: &mut HashMap<String, Code>,
    ) -> Made<()> {
        for (i, part) in parts.iter().enumerate() {
            let kind = kinds.get(i).cloned().unwrap_or(Kind::Unknown);
            let code = match i {
                0 => Code::new(format!("{} first", pair.tight()), Level::Unary, kind.clone()),
                1 => Code::new(format!("{} second", pair.tight()), Level::Unary, kind.clone()),
                _ => Code::atom(format!("({} at: {i})", pair.loose()), kind.clone()),
            };
            match part {
                Expr::Name(name) => {
                    bound.insert(name.clone(), code);
                }
                Expr::Tuple(inner) => {
                    let kinds = match &kind {
                        Kind::Tuple(all) => all.clone(),
                        other => vec![other.element(); inner.len()],
                    };
                    self.bind_parts(inner, &kinds, &code, bound)?;
                }
                _ => return Err(Refusal::new("a target of a loop that is no name")),
            }
        }
        Ok(())
    }

    /// Whether a local of this name is only the loop's own.
    fn is_own_turn(&self, name: &str) -> bool {
        self.scopes.last().is_some_and(|scope| {
            !scope.locals.contains(name)
                && !scope.arguments.iter().any(|argument| argument == name)
                && scope.receiver.as_deref() != Some(name)
                && !scope.bound.iter().any(|bound| bound.contains_key(name))
        }) && !self.scopes.iter().rev().skip(1).any(|scope| scope.locals.contains(name))
    }

    pub(crate) fn bound<T>(
        &mut self,
        bound: HashMap<String, Code>,
        part: impl FnOnce(&mut Self) -> Made<T>,
    ) -> Made<T> {
        self.scope().bound.push(bound);
        let result = part(self);
        self.scope().bound.pop();
        result
    }

    fn all_conditions(&mut self, clause: &Clause) -> Made<Option<Code>> {
        let parts = clause.conditions.iter().map(|part| self.condition(part)).collect::<Made<Vec<Code>>>()?;
        Ok(if parts.is_empty() { None } else { Some(joined(&parts, "&&")) })
    }

    /// The list that a comprehension makes.
    pub(crate) fn comprehension(&mut self, element: &Expr, clauses: &[Clause]) -> Made<Code> {
        let [clause] = clauses else { return self.nested_comprehension(element, clauses) };
        let walk = self.walk(&clause.target, &clause.source)?;
        let argument = walk.argument.clone();
        let mut list = self.as_list(&walk.source);
        self.bound(walk.bound, |t| {
            if let Some(test) = t.all_conditions(clause)? {
                let block = Code::block(std::slice::from_ref(&argument), &test.text);
                let kind = list.kind.clone();
                list = t.keyword(&list, &[("filterBy:", block)], kind);
            }
            let value = t.expression(element)?;
            if value.text == argument {
                return Ok(list);
            }
            let block = Code::block(&[argument], &value.text);
            Ok(t.keyword(&list, &[("mapBy:", block)], Kind::list(value.kind)))
        })
    }

    /// Several clauses: loops that add to a list.
    fn nested_comprehension(&mut self, element: &Expr, clauses: &[Clause]) -> Made<Code> {
        let all = self.fresh("all");
        let mut kind = Kind::Unknown;
        let body = self.loops(clauses, &mut |t| {
            let value = t.expression(element)?;
            kind = value.kind.clone();
            Ok(format!("{all} add: {}", value.loose()))
        })?;
        let text = format!("[ | {all} | {all}: list copyRemoveAll. {body}. {all} ] value");
        Ok(Code::new(text, Level::Unary, Kind::list(kind)))
    }

    /// Loops inside each other, for the clauses of a comprehension.
    fn loops(
        &mut self,
        clauses: &[Clause],
        innermost: &mut dyn FnMut(&mut Self) -> Made<String>,
    ) -> Made<String> {
        let Some((clause, rest)) = clauses.split_first() else { return innermost(self) };
        let walk = self.walk(&clause.target, &clause.source)?;
        let body = self.bound(walk.bound, |t| {
            let test = t.all_conditions(clause)?;
            let body = t.loops(rest, innermost)?;
            Ok(match test {
                Some(test) => format!("{} ifTrue: [ {body} ]", test.loose()),
                None => body,
            })
        })?;
        let block = Code::block(&[walk.argument], &body);
        Ok(self.keyword(&walk.source, &[("do:", block)], Kind::Nothing).text)
    }

    pub(crate) fn dictionary_comprehension(
        &mut self,
        key: &Expr,
        value: &Expr,
        clauses: &[Clause],
    ) -> Made<Code> {
        let all = self.fresh("all");
        let mut kind = Kind::Unknown;
        let body = self.loops(clauses, &mut |t| {
            let (key, value) = (t.expression(key)?, t.expression(value)?);
            kind = Kind::dict(key.kind.clone(), value.kind.clone());
            Ok(format!("{all} at: {} Put: {}", key.loose(), value.loose()))
        })?;
        let text = format!("[ | {all} | {all}: orderedDictionary copyRemoveAll. {body}. {all} ] value");
        Ok(Code::new(text, Level::Unary, kind))
    }

    /// `all` and `any`.
    pub(crate) fn quantified(&mut self, argument: &Expr, selector: &str) -> Made<Code> {
        if let Expr::Comprehension(_, element, clauses) = argument {
            return self.quantified_clauses(element, clauses, selector);
        }
        let walked = self.walked(argument)?;
        let each = Code::atom("each", walked.kind.element());
        let test = self.truth(&each);
        Ok(self.keyword(&walked, &[(selector, Code::block(&["each".into()], &test.text))], Kind::Bool))
    }

    fn quantified_clauses(&mut self, element: &Expr, clauses: &[Clause], selector: &str) -> Made<Code> {
        let Some((clause, rest)) = clauses.split_first() else { return self.condition(element) };
        let walk = self.walk(&clause.target, &clause.source)?;
        let argument = walk.argument.clone();
        let test = self.bound(walk.bound, |t| {
            let condition = t.all_conditions(clause)?;
            let inner = t.quantified_clauses(element, rest, selector)?;
            Ok(match condition {
                None => inner,
                Some(condition) if selector == "anySatisfy:" => joined(&[condition, inner], "&&"),
                Some(condition) => joined(&[t.unary(&condition, "not", Kind::Bool), inner], "||"),
            })
        })?;
        Ok(self.keyword(&walk.source, &[(selector, Code::block(&[argument], &test.text))], Kind::Bool))
    }

    /// `sum` of a comprehension: a count where ones are added.
    pub(crate) fn summed(&mut self, argument: &Expr) -> Made<Code> {
        let Expr::Comprehension(_, element, clauses) = argument else { return self.summed_plainly(argument) };
        let [clause] = &clauses[..] else { return self.summed_plainly(argument) };
        let walk = self.walk(&clause.target, &clause.source)?;
        let argument = walk.argument.clone();
        let mut source = walk.source.clone();
        self.bound(walk.bound, |t| {
            let condition = t.all_conditions(clause)?;
            let value = t.expression(element)?;
            let block = |code: &Code| Code::block(std::slice::from_ref(&argument), &code.text);
            if value.kind == Kind::Bool {
                let test = match condition {
                    Some(condition) => joined(&[condition, value], "&&"),
                    None => value,
                };
                return Ok(t.keyword(&source, &[("countBy:", block(&test))], Kind::Int));
            }
            if let Some(test) = condition {
                if value.text == "1" {
                    return Ok(t.keyword(&source, &[("countBy:", block(&test))], Kind::Int));
                }
                let list = t.as_list(&source);
                let kind = list.kind.clone();
                source = t.keyword(&list, &[("filterBy:", block(&test))], kind);
            }
            if value.text == argument {
                return Ok(t.unary(&source, "sum", value.kind));
            }
            let kind = value.kind.clone();
            Ok(t.keyword(&source, &[("sumBy:", block(&value))], kind))
        })
    }

    fn summed_plainly(&mut self, argument: &Expr) -> Made<Code> {
        let walked = self.walked(argument)?;
        match walked.kind.element() {
            Kind::Bool => Ok(self.keyword(&walked, &[("countBy:", "[ |:each| each ]".into())], Kind::Int)),
            kind if kind.is_open() => Ok(self.unary(&walked, "sum", Kind::Number)),
            kind if kind.is_number() => Ok(self.unary(&walked, "sum", kind)),
            _ => Err(Refusal::new("a sum of what are no numbers")),
        }
    }
}
