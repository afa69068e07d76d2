//! Commands on source texts that need no world: parse, disasm, explain.

use std::io::Write;
use std::path::{Path, PathBuf};

use batos_lang::code::compile::{compile_body, compile_expression};
use batos_lang::code::disassemble::disassemble;
use batos_lang::{Parsed, diagnostics};

use crate::args::Mode;
use crate::failure::{Failure, Outcome, Status};
use crate::report;
use crate::say;
use crate::sources;
use crate::terminal::Colours;

fn parse_as(mode: Mode, source: &[u8]) -> Parsed {
    match mode {
        Mode::File => batos_lang::parse_file(source),
        Mode::String => batos_lang::parse_body(source),
    }
}

/// Shows what there is to say; whether the source is legal.
pub(super) fn show(name: &str, source: &[u8], parsed: &Parsed) -> bool {
    crate::terminal::write_error(format_args!(
        "{}",
        report::render(name, source, &parsed.diagnostics, Colours::stderr())
    ));
    parsed.is_legal()
}

/// `batos parse`
pub fn parse(mode: Mode, tree: bool, files: &[PathBuf]) -> Outcome {
    let mut legal = true;
    let mut out = std::io::stdout().lock();
    for file in files {
        let (name, source) = match sources::read(file) {
            Ok(read) => read,
            Err(failure) => {
                failure.report();
                legal = false;
                continue;
            }
        };
        let parsed = parse_as(mode, &source);
        if !show(&name, &source, &parsed) {
            legal = false;
        } else if tree {
            let mut line = batos_lang::tree_text(&parsed.tree, &source);
            line.push(b'\n');
            // A reader that has seen enough closes the pipe: no reason to complain.
            if out.write_all(&line).is_err() {
                break;
            }
        }
    }
    if legal { Ok(()) } else { Err(Failure::reported(Status::Failed)) }
}

/// `batos disasm`
pub fn disasm(mode: Mode, file: &Path) -> Outcome {
    let (name, source) = sources::read(file)?;
    let parsed = parse_as(mode, &source);
    if !show(&name, &source, &parsed) {
        return Err(Failure::reported(Status::Failed));
    }
    let programs = match parsed.tree.root_body {
        Some(body) => vec![compile_body(&parsed.tree, body)],
        None => (0..parsed.tree.top.len()).map(|at| compile_expression(&parsed.tree, at)).collect(),
    };
    for program in programs {
        match program {
            Ok(program) => say!("{}", disassemble(&program).trim_end()),
            Err(diagnostics) => {
                crate::terminal::write_error(format_args!(
                    "{}",
                    report::render(&name, &source, &diagnostics, Colours::stderr())
                ));
                return Err(Failure::reported(Status::Failed));
            }
        }
    }
    Ok(())
}

/// `batos explain`
pub fn explain(code: Option<&str>) -> Outcome {
    let Some(code) = code else {
        for code in diagnostics::all_codes() {
            let code = code.to_string();
            let text = diagnostics::explain(&code).unwrap_or_default();
            say!("{code}  {}", text.lines().next().unwrap_or_default().trim_start_matches("# "));
        }
        return Ok(());
    };
    match diagnostics::explain(code) {
        Some(text) => {
            say!("{}", text.trim_end());
            Ok(())
        }
        None => Err(Failure::new(Status::Usage, format!("there is no diagnostic {code}"))
            .help("`batos explain` without a code lists them all")),
    }
}
