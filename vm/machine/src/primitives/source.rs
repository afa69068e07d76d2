//! Source text into code inside the live image.

use batos_image::value::Value;
use batos_lang::code::compile::compile_body;
use batos_lang::{Diagnostic, diagnostics};

use super::{ANY, Call, Entry, Failure, Outcome, Reply, method_copy};
use crate::load::Origin;
use crate::process::FrameKind;
use crate::vm::{Step, Vm};

pub(super) const LIST: &[Entry] = &[
    ("_RunScript", 0, |vm, c| vm.run_script(c)),
    ("_ScriptNext", 0, |vm, c| vm.script_next(c)),
    ("_ParseObjectFileName:ErrorObj:", 2, parse_body),
    ("_ParseObject", 0, parse_body),
    // For each byte code of the receiver, taken as a body: where the text begins that it comes from, and how long that is.
    ("_ParseObjectIntoPositionTable", 0, |vm, c| {
        let text = vm.receiver(c);
        let r = vm.bytes_object(text)?;
        let source = vm.heap.bytes(r).to_vec();
        let parsed = batos_lang::parse_body(&source);
        let body = parsed.tree.root_body.filter(|_| !parsed.diagnostics.iter().any(|d| d.is_error()));
        let body = body.ok_or(Failure::word("primitiveFailedError"))?;
        let code = crate::stack_write::of_body(&parsed.tree, &source, body);
        let numbers = code.positions.iter().flat_map(|span| [span.start, span.end - span.start]);
        let numbers: Vec<Value> = numbers.filter_map(|n| Value::from_i64(i64::from(n))).collect();
        Ok(Reply::Value(vm.new_vector(&numbers).value()))
    }),
    ("_SyntaxError", 0, |vm, c| {
        // What is wrong with a text taken as a body: nil if nothing is.
        let text = vm.receiver(c);
        let r = vm.bytes_object(text)?;
        let source = vm.heap.bytes(r).to_vec();
        let parsed = batos_lang::parse_body(&source);
        match parsed.diagnostics.iter().find(|d| d.is_error()) {
            None => Ok(Reply::Value(vm.nil())),
            Some(d) => {
                let text = format!("{} ({})", d.message, d.code);
                vm.reply_text(&text)
            }
        }
    }),
    ("_CreateOuterMethodBytecodes:Literals:File:Line:Source:", 5, method_copy::from_stack_code),
    ("_CreateBlockMethodBytecodes:Literals:File:Line:Source:", ANY, |_, _| {
        Err(Failure::word("primitiveFailedError: a block's code can't be made apart from its method"))
    }),
];

/// Parses a body and answers a mirror on the method or object. A syntax error is written into the error object's slots that there are.
fn parse_body(vm: &mut Vm, call: &Call) -> Outcome {
    let text = vm.receiver(call);
    let r = vm.bytes_object(text)?;
    let source = vm.heap.bytes(r).to_vec();
    let file = if call.argc > 0 {
        let name = vm.argument(call, 0);
        vm.text(name).unwrap_or_default()
    } else {
        String::from("<a string>")
    };
    let parsed = batos_lang::parse_body(&source);
    let unclosed = [diagnostics::UNCLOSED_STRING, diagnostics::UNCLOSED_COMMENT];
    let too_early = batos_lang::ends_too_early(&source, &parsed)
        && !parsed.diagnostics.iter().any(|d| unclosed.contains(&d.code));
    let wrong = parsed.diagnostics.iter().find(|d| d.is_error()).cloned();
    let compiled = match (wrong, parsed.tree.root_body) {
        (None, Some(body)) => compile_body(&parsed.tree, body).map_err(|d| d.into_iter().next()),
        (wrong, _) => Err(wrong),
    };
    match compiled {
        Ok(program) => {
            let method = vm.load(&program, &Origin { source: &source, file: &file, first_line: 1 });
            let code = vm.code_of(method).ok_or(Failure::word("primitiveFailedError"))?;
            let lobby = vm.heap.known.lobby;
            vm.set_stack(call.window, lobby);
            vm.set_stack(call.window + 1, lobby);
            if !vm.push_frame(code, call.window, call.dst, 0, FrameKind::Mirrored) {
                return Ok(Reply::Step(vm.stack_overflow()));
            }
            Ok(Reply::Step(Step::Go))
        }
        Err(diagnostic) => {
            if let Some(d) = diagnostic {
                if call.argc > 1 {
                    let target = vm.argument(call, 1);
                    fill_error(vm, target, &source, &d, too_early);
                }
                return Err(Failure::text(format!("primitiveFailedError: {}", d.message)));
            }
            Err(Failure::word("primitiveFailedError"))
        }
    }
}

/// Tells an object what is wrong with a text, in the slots it has for that. Texts that only end too early are told apart by the message,
/// so that a prompt of the world can read on; what is missing there is in `expecting`.
fn fill_error(vm: &mut Vm, target: Value, source: &[u8], d: &Diagnostic, too_early: bool) {
    let at = if too_early { source.len() } else { d.span.start as usize };
    let before = source.get(..at).unwrap_or_default();
    let line = 1 + before.iter().filter(|b| **b == b'\n').count() as i64;
    let column = 1 + before.iter().rev().take_while(|b| **b != b'\n').count() as i64;
    for (name, n) in
        [("errorLine", line), ("errorColumn", column), ("scannerLine", line), ("scannerColumn", column)]
    {
        vm.set_slot_if_present(target, name.as_bytes(), Value::from_i64(n).unwrap_or_default());
    }
    let help = d.help.clone().unwrap_or_default();
    let (message, expecting) = if too_early {
        ("premature end of input", d.message.to_string())
    } else {
        (&*d.message, help.to_string())
    };
    let message = vm.intern(message.as_bytes()).value();
    vm.set_slot_if_present(target, b"message", message);
    let expecting = vm.intern(expecting.as_bytes()).value();
    vm.set_slot_if_present(target, b"expecting", expecting);
}
