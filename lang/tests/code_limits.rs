//! The compiler at its limits: deep nesting, many registers, many literals, long chains; and the verifier on damaged code.

use std::path::{Path, PathBuf};

use batos_lang::code::op::{Instr, Op};
use batos_lang::code::unit::Program;
use batos_lang::code::{compile_body, compile_expression, compile_method, disassemble, verify};
use batos_lang::diagnostics::{TOO_MANY_LITERALS, TOO_MANY_REGISTERS};
use batos_lang::{Diagnostic, parse_body, parse_file, parse_string};

fn compile(source: &str) -> Result<Program, Vec<Diagnostic>> {
    let parsed = parse_string(source.as_bytes());
    assert!(parsed.is_legal(), "{:?}", parsed.diagnostics);
    let program = compile_expression(&parsed.tree, 0)?;
    if let Err(flaw) = verify(&program) {
        panic!("{flaw}\n{}", disassemble(&program));
    }
    Ok(program)
}

fn nest(open: &str, middle: &str, close: &str, depth: usize) -> String {
    format!("{}{middle}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn deep_nesting_compiles() {
    for depth in [1, 7, 8, 9, 60, 120] {
        compile(&nest("[ ", "3", " ] value", depth)).unwrap();
        compile(&nest("(", "a", " b)", depth)).unwrap();
        compile(&nest("(1 + ", "a", ")", depth)).unwrap();
        compile(&nest("(| m = ( ", "3", " ) |)", depth / 2)).unwrap();
        compile(&nest("(| m = (| a = ", "3", " |) |)", depth / 4)).unwrap();
        compile(&nest("(| a <- [ ", "3", " ] |)", depth / 2)).unwrap();
        compile(&nest("a ifTrue: [ | x | x: x foo. ", "x", " ]", depth)).unwrap();
        compile(&nest("[ | :x. y | y: [ x + y ]. ", "3", " ]", depth)).unwrap();
    }
}

#[test]
fn long_chains_need_no_stack() {
    let mut unary = "a".to_string();
    let mut binary = "a".to_string();
    for _ in 0..50_000 {
        unary.push_str(" b");
        binary.push_str(" + 1");
    }
    assert!(compile(&unary).unwrap().units[0].registers < 5);
    assert!(compile(&binary).unwrap().units[0].registers < 8);
}

#[test]
fn too_many_registers_is_a_diagnostic() {
    let locals: String = (0..300).map(|i| format!("x{i} <- 0. ")).collect();
    let uses: String = (0..300).map(|i| format!("x{i}: x{i} + 1. ")).collect();
    let found = compile(&format!("[ | {locals} | {uses} 0 ]")).unwrap_err();
    assert!(found.iter().any(|d| d.code == TOO_MANY_REGISTERS), "{found:?}");
    // Locals that nobody assigns need no registers.
    compile(&format!("[ | {locals} | x0 + x299 ]")).unwrap();
    let keywords: String = (0..260).map(|i| format!("{}: {i} ", if i == 0 { "a" } else { "A" })).collect();
    let found = compile(&format!("x {keywords}")).unwrap_err();
    assert!(found.iter().any(|d| d.code == TOO_MANY_REGISTERS), "{found:?}");
}

#[test]
fn too_many_literals_is_a_diagnostic() {
    let many: String = (0..66_000).map(|i| format!("foo: '{i}'. ")).collect();
    let found = compile(&format!("[ {many} 0 ]")).unwrap_err();
    assert!(found.iter().any(|d| d.code == TOO_MANY_LITERALS), "{found:?}");
}

#[test]
fn bodies_become_methods_or_objects() {
    for (source, argc, selector) in
        [("| :x. :y | x + y", 2, &b"add:To:"[..]), ("3", 0, b"three"), ("| a <- 3 |", 0, b"object")]
    {
        let parsed = parse_body(source.as_bytes());
        assert!(parsed.is_legal(), "{:?}", parsed.diagnostics);
        let body = parsed.tree.root_body.unwrap();
        let program = compile_method(&parsed.tree, selector, body).unwrap();
        verify(&program).unwrap();
        verify(&compile_body(&parsed.tree, body).unwrap()).unwrap();
        if source != "| a <- 3 |" {
            assert_eq!(program.units[0].argc, argc);
            assert_eq!(program.units[0].selector, selector);
        } else {
            assert_eq!(program.templates.len(), 1);
        }
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "self") {
            found.push(path);
        }
    }
}

/// All programs of the library, and all legal ones of the conformance data.
fn programs(mut each: impl FnMut(&Path, Result<Program, Vec<Diagnostic>>)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&root.join("stdlib"), &mut files);
    sources(&root.join("lang/tests/golden"), &mut files);
    for path in files {
        let parsed = parse_file(&std::fs::read(&path).unwrap());
        if parsed.is_legal() {
            for i in 0..parsed.tree.top.len() {
                each(&path, compile_expression(&parsed.tree, i));
            }
        }
    }
}

#[test]
fn the_library_compiles_and_verifies() {
    let mut count = 0;
    programs(|path, program| match program {
        Ok(program) => {
            count += 1;
            if let Err(flaw) = verify(&program) {
                panic!("{}: {flaw}\n{}", path.display(), disassemble(&program));
            }
        }
        Err(found) => {
            assert!(path.ends_with("branches.self"), "{}: {found:?}", path.display());
        }
    });
    assert!(count > 40, "only {count} expressions were compiled");
}

/// Numbers that look random, always the same.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

#[test]
fn damaged_code_is_refused_or_harmless() {
    let mut random = Random(7);
    let (mut refused, mut tried) = (0, 0);
    programs(|_, program| {
        let Ok(program) = program else { return };
        for _ in 0..40 {
            let mut damaged = program.clone();
            let at = random.next(damaged.units.len());
            let unit = &mut damaged.units[at];
            let at = random.next(unit.code.len());
            let value = random.next(256) as u8;
            let instr = &mut unit.code[at];
            match random.next(6) {
                0 => instr.op = value,
                1 => instr.a = value,
                2 => instr.b = value,
                3 => instr.d = u32::from(value),
                4 => *instr = Instr::new(Op::ALL[usize::from(value) % Op::ALL.len()], 1, 2, 3, 4),
                _ => {
                    unit.code.remove(at);
                }
            }
            tried += 1;
            refused += usize::from(verify(&damaged).is_err());
        }
    });
    assert!(tried > 1000 && refused * 2 > tried, "{refused} of {tried} were refused");
}

/// Breaks a program in one way and expects the verifier to say what is wrong.
fn refuses(source: &str, what: &str, breaking: impl FnOnce(&mut Program)) {
    let mut program = compile(source).unwrap();
    breaking(&mut program);
    let flaw = verify(&program).expect_err(what);
    assert!(flaw.what.contains(what), "{flaw}\n{}", disassemble(&program));
}

#[test]
fn each_rule_of_the_verifier() {
    let find = |program: &Program, op: Op| {
        program.units[0].code.iter().position(|i| i.op == op as u8).expect("the instruction is there")
    };
    refuses("a b", "control runs off the end", |p| {
        p.units[0].code.pop();
    });
    refuses("a b", "may hold no value", |p| p.units[0].code[0] = Instr::new(Op::Move, 1, 1, 0, 0));
    refuses("a b", "out of range", |p| p.units[0].code[0].a = 200);
    refuses("a b", "out of range", |p| p.units[0].code[0].a = 0);
    refuses("a b", "another number of arguments", |p| p.units[0].sites[0].argc = 1);
    refuses("a b: c", "outside that of its unit", |p| p.units[0].sites[2].base = 249);
    refuses("1 to: a Do: [| :i | i ]", "no small integer", |p| {
        let guard = find(p, Op::GuardInt);
        p.units[0].code[guard] = Instr::new(Op::LoadNil, 3, 0, 0, 0);
    });
    refuses("a ifTrue: [ b ]", "slow targets belong to branches", |p| {
        let slow = find(p, Op::Slow);
        p.units[0].code[slow] = Instr::new(Op::Jump, 0, 0, 0, 0);
    });
    refuses("a ifTrue: [ b ]", "out of range", |p| {
        let slow = find(p, Op::Slow);
        let branch = find(p, Op::BranchFalse);
        p.units[0].code[branch].d = slow as u32;
    });
    refuses("[ | x <- 1 | foo: [ x: 2 ]. x ]", "may hold none", |p| {
        let unit = p.units.iter_mut().find(|u| u.code.iter().any(|i| i.op == Op::NewCell as u8)).unwrap();
        let cell = unit.code.iter().position(|i| i.op == Op::NewCell as u8).unwrap();
        unit.code[cell] = Instr::new(Op::LoadNil, 1, 0, 0, 0);
    });
    refuses("[ ^ 1 ]", "made without one", |p| p.units[0].blocks[0].needs_home = false);
    refuses("[ ^ 1 ]", "no register for it", |p| p.units[0].home = None);
    refuses("foo: (| a |)", "never filled", |p| {
        let load = p.load as usize;
        p.units[load].code.retain(|i| i.op != Op::PutElement as u8);
    });
    refuses("foo: (| a |)", "only load units", |p| {
        p.units[0].code[0] = Instr::new(Op::NewInstance, 1, 1, 0, 0)
    });
    refuses("[ | :x | [ x ] ]", "wrong number of captured", |p| p.units[1].blocks[0].captures.clear());
}
