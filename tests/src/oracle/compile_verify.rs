//! Whatever parses compiles, or is refused with a diagnostic about a limit of the compiler or a misuse of its branch constructs; what was compiled
//! verifies, and can be shown. The bytes are read as a file, as a prompt line and as the body of a method.

use batos_lang::code::unit::Program;
use batos_lang::code::{compile_expression, compile_method, disassemble, verify};
use batos_lang::diagnostics::{BAD_BRANCH, MISPLACED_SLOT, TOO_MANY_LITERALS, TOO_MANY_REGISTERS};
use batos_lang::{Diagnostic, Parsed, parse_body, parse_file, parse_string};

/// Panics if the compiler does what it must never do with these bytes.
pub fn run(data: &[u8]) {
    for parsed in [parse_file(data), parse_string(data)] {
        if parsed.is_legal() {
            for i in 0..parsed.tree.top.len() {
                check(compile_expression(&parsed.tree, i), data);
            }
        }
    }
    let parsed: Parsed = parse_body(data);
    if let (true, Some(body)) = (parsed.is_legal(), parsed.tree.root_body) {
        check(compile_method(&parsed.tree, b"doIt", body), data);
    }
}

fn check(compiled: Result<Program, Vec<Diagnostic>>, data: &[u8]) {
    match compiled {
        Ok(program) => {
            let shown = disassemble(&program);
            if let Err(flaw) = verify(&program) {
                panic!("{flaw}\n{shown}");
            }
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty(), "refused without a reason");
            for d in &diagnostics {
                let known = [TOO_MANY_REGISTERS, TOO_MANY_LITERALS, MISPLACED_SLOT, BAD_BRANCH];
                assert!(known.contains(&d.code), "legal source was refused: {d:?}");
                assert!(d.span.end as usize <= data.len(), "a span outside the source: {d:?}");
            }
        }
    }
}
