//! Golden files of graphs: the methods of each `tests/golden/NAME.self` are compiled as if every send of a message that another of them
//! answers had found that one, with a small integer as the receiver and in all registers. `BLESS=1 cargo test -p batos-jit --test graphs`
//! writes them anew.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::Path;
use std::rc::Rc;

use batos_jit::input::{BlockInfo, Capture, Hit, Library, Method, SiteInfo, Target};
use batos_jit::layout::Layout;
use batos_jit::{Compiler, IS_POSSIBLE};
use batos_lang::code::compile::compile_expression;
use batos_lang::code::unit::{CaptureSource, CodeUnit, Literal, Program, SendKind, UnitKind};

const INT_MAP: u32 = 8;

/// Made-up addresses, told from numbers by their size.
fn address(at: u64) -> u64 {
    0x10_0000_0000 + 0x1000 * at
}

fn layout() -> Layout {
    Layout {
        number: 0,
        context: address(1000),
        base: address(1001),
        cards: address(1002),
        nil: 0x101,
        true_: 0x201,
        false_: 0x301,
        int_map: INT_MAP,
        float_map: 9,
        open_cell_map: 10,
        cell_map: 11,
        code_entry: 16,
        code_resume: 24,
        box_float: address(1003),
        primitive: address(1004),
        quick: address(1005),
        new_block: address(1006),
        open_cell: address(1007),
        home_marker: address(1008),
        close_cells: address(1009),
        new_cell: address(1010),
        step: address(1011),
        fails: false,
    }
}

/// The units of a program as methods that ran.
struct Methods(HashMap<u64, Rc<Method>>);

impl Library for Methods {
    fn method(&self, code: u64) -> Option<Rc<Method>> {
        self.0.get(&code).cloned()
    }

    fn intact(&self, _: u8) -> bool {
        true
    }
}

fn selector(unit: &CodeUnit, literal: u32) -> Vec<u8> {
    match unit.literals.get(literal as usize) {
        Some(Literal::Str(text)) => text.clone(),
        _ => vec![],
    }
}

fn method(program: &Program, at: usize) -> Method {
    let unit = &program.units[at];
    let answers = |name: &[u8]| {
        program
            .units
            .iter()
            .position(|u| u.kind == UnitKind::Method && !name.is_empty() && u.selector == name)
    };
    let sites = unit.sites.iter().map(|site| {
        let found = answers(&selector(unit, site.selector));
        let hit =
            |at: usize| Hit { map: INT_MAP, what: Target::Method { code: address(at as u64), holder: 0 } };
        let plain = matches!(site.kind, SendKind::Normal | SendKind::Implicit);
        let hits = found.filter(|_| plain).map(hit).into_iter().collect();
        SiteInfo { argc: site.argc, base: site.base, primitive: None, plain, hits }
    });
    let blocks = unit.blocks.iter().enumerate().map(|(n, block)| {
        let code = match unit.literals.get(block.code as usize) {
            Some(Literal::Unit(at)) => Some(address(u64::from(at.0))),
            _ => None,
        };
        let captures = block.captures.iter().map(|source| match *source {
            CaptureSource::Register(r) => Capture::Register(r),
            CaptureSource::Capture(n) => Capture::Capture(n),
            CaptureSource::Open(r) => Capture::Open(r),
        });
        BlockInfo { code, map: 100 + n as u32, needs_home: block.needs_home, captures: captures.collect() }
    });
    let captured = unit.blocks.iter().map(|block| {
        let registers = block.captures.iter().filter_map(|source| match *source {
            CaptureSource::Register(r) | CaptureSource::Open(r) => Some(r),
            CaptureSource::Capture(_) => None,
        });
        registers.chain([0]).collect()
    });
    let open = unit.blocks.iter().flat_map(|b| &b.captures);
    let open = open.filter_map(|c| if let CaptureSource::Open(r) = c { Some(*r) } else { None });
    let numbers = unit.literals.iter().map(|literal| match literal {
        Literal::Int(n) => (*n << 2) as u64,
        _ => 1,
    });
    Method {
        code: address(at as u64),
        name: String::from_utf8_lossy(&unit.selector).into_owned(),
        argc: unit.argc,
        registers: unit.registers,
        home: unit.home,
        instrs: unit.code.clone(),
        sites: sites.collect(),
        literals: 0x1000,
        numbers: numbers.collect(),
        locals: unit.locals.iter().map(|local| local.register).collect(),
        open: open.collect(),
        captured: captured.collect(),
        is_block: unit.kind == UnitKind::Block,
        blocks: blocks.collect(),
        arithmetic: HashMap::new(),
        hints: vec![0; usize::from(unit.registers)],
        again: 0,
    }
}

fn graphs(source: &[u8]) -> String {
    let parsed = batos_lang::parse_file(source);
    let mut text = String::new();
    for statement in 0..parsed.tree.top.len() {
        let program = compile_expression(&parsed.tree, statement).expect("it is legal");
        let methods = (0..program.units.len()).map(|at| (address(at as u64), Rc::new(method(&program, at))));
        let methods = Methods(methods.collect());
        let compiler = Compiler::new(true).expect("memory for code");
        for (at, unit) in program.units.iter().enumerate() {
            if unit.kind != UnitKind::Method {
                continue;
            }
            let root = &methods.0[&address(at as u64)];
            let _ = writeln!(text, "{}", root.name);
            match compiler.draft(root, &layout(), &methods, true) {
                Ok(draft) => text.push_str(draft.graph()),
                Err(stop) => {
                    let _ = writeln!(text, "{stop:?}");
                }
            }
            text.push('\n');
        }
    }
    text
}

#[test]
fn golden_files() {
    if !IS_POSSIBLE {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("BLESS").is_some();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "self") {
            continue;
        }
        count += 1;
        let text = graphs(&std::fs::read(&path).expect("it can be read"));
        let golden = path.with_extension("txt");
        if bless {
            std::fs::write(&golden, text).expect("it can be written");
        } else {
            let wanted = std::fs::read_to_string(&golden).unwrap_or_default();
            assert_eq!(text, wanted, "{}: BLESS=1 writes it anew", golden.display());
        }
    }
    assert!(count >= 2, "there are files");
}
