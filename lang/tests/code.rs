//! Golden files of generated code: each `tests/golden/code/NAME.self` is compiled, verified and disassembled to `NAME.txt`.
//! `BLESS=1 cargo test -p batos-lang --test code` writes them anew.

use std::fmt::Write;
use std::path::Path;

use batos_lang::code::compile::compile_expression;
use batos_lang::code::disassemble::disassemble;
use batos_lang::code::verify::verify;
use batos_lang::parse_file;

fn render(source: &[u8]) -> String {
    let parsed = parse_file(source);
    let mut text = String::new();
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    for i in 0..parsed.tree.top.len() {
        let span = parsed.tree.top[i].span;
        let _ = writeln!(text, "==== {}\n", String::from_utf8_lossy(&source[span.range()]));
        match compile_expression(&parsed.tree, i) {
            Ok(program) => {
                let shown = disassemble(&program);
                if let Err(flaw) = verify(&program) {
                    panic!("{flaw}\n{shown}");
                }
                text.push_str(&shown);
            }
            Err(diagnostics) => {
                for d in diagnostics {
                    let _ = writeln!(text, "{} {:?}: {}", d.code, d.span, d.message);
                }
            }
        }
        text.push('\n');
    }
    text
}

#[test]
fn golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/code");
    let bless = std::env::var_os("BLESS").is_some();
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "self") {
            continue;
        }
        seen += 1;
        let text = render(&std::fs::read(&path).unwrap());
        let golden = path.with_extension("txt");
        if bless {
            std::fs::write(&golden, text).unwrap();
        } else {
            let wanted = std::fs::read_to_string(&golden).unwrap_or_default();
            assert!(
                wanted == text,
                "{} differs; if that is meant: BLESS=1 cargo test -p batos-lang --test code\n{text}",
                golden.display()
            );
        }
    }
    assert!(seen >= 8, "golden sources are missing");
}
