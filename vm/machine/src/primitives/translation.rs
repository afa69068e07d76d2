//! Texts in a language that models know, as methods of the world. The translator is a crate of its own; this hands texts back and forth.

use batos_image::layout::Kind;
use batos_image::value::Value;
use batos_translate::{Shape, Wanted, argument_name, grammar, snake, translate};

use super::model::texts;
use super::{BAD_TYPE, Call, Entry, Failure, Outcome, Reply};
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_MethodTranslated:", 1, translated),
    ("_TranslationGrammar", 0, |vm, c| {
        // The receiver says whether the text is a method of a class.
        let shape = if vm.receiver(c) == vm.boolean(true) { Shape::Method } else { Shape::Function };
        vm.reply_bytes(grammar(shape).as_bytes())
    }),
    ("_SnakeCase", 0, |vm, c| {
        let selector = vm.receiver(c);
        let selector = vm.text(selector)?;
        vm.reply_text(&snake(&selector))
    }),
    ("_ArgumentNameBeside:", 1, |vm, c| {
        // The receiver is a kind, the argument a vector of names in use.
        let (kind, used) = (vm.receiver(c), vm.argument(c, 0));
        let kind = vm.text(kind)?;
        let used = texts(vm, used)?;
        vm.reply_text(&argument_name(&kind, &used))
    }),
];

/// The receiver is the text; the argument a vector: name of the function, selector, vector of names and selectors in turn, what kind of
/// collection is answered. Answers a vector of vectors: signature, body, then names and numbers of arguments of messages that are missing.
fn translated(vm: &mut Vm, call: &Call) -> Outcome {
    let (text, argument) = (vm.receiver(call), vm.argument(call, 0));
    let text = vm.text(text)?;
    let argument = vm.of_kind(argument, Kind::Vector)?;
    if vm.heap.length(argument) < 4 {
        return Err(BAD_TYPE);
    }
    let [function, selector, known, answer] = std::array::from_fn(|i| vm.heap.element(argument, i));
    let known = texts(vm, known)?;
    let wanted = Wanted {
        function: vm.text(function)?,
        selector: vm.text(selector)?,
        known: known.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect(),
        answer: vm.text(answer)?,
        frozen: false,
    };
    let methods =
        translate(&text, &wanted).map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
    let mut rows = Vec::new();
    for method in &methods {
        let mut row =
            vec![vm.intern(method.signature.as_bytes()).value(), vm.intern(method.body.as_bytes()).value()];
        for (name, count) in &method.missing {
            row.push(vm.intern(name.as_bytes()).value());
            row.push(Value::from_usize(*count));
        }
        rows.push(vm.new_vector(&row).value());
    }
    Ok(Reply::Value(vm.new_vector(&rows).value()))
}
