//! Code that the verifier accepts never breaks memory safety, whoever wrote it. The bytes are read as two methods and two blocks with
//! arbitrary instructions; what the verifier accepts is run, with fuel, in a small world, in several modes; then the heap must verify.

use std::cell::RefCell;

use batos_lang::code::op::{Instr, Native, Op, Operand};
use batos_lang::code::unit::{
    BlockSite, Capture, CaptureSource, CodeUnit, Literal, ObjectTemplate, Program, SendKind, Site,
    TemplateContent, TemplateIndex, TemplateSlot, UnitIndex, UnitKind,
};
use batos_lang::code::{BlockShape, verify, verify_unit};
use batos_lang::span::Span;
use batos_machine::Vm;
use batos_machine::host::{BufferConsole, Host};

/// Control and arithmetic in their standard meaning, so that their native forms are run; a trace of a block's fate.
const WORLD: &[u8] = br"
((1 _Mirror _MirrorContentsAt: 'parent') _MirrorReflectee) _AddSlots: (|
    + n = (_IntAdd: n). - n = (_IntSub: n). * n = (_IntMul: n). / n = (_IntDiv: n). % n = (_IntMod: n).
    < n = (_IntLT: n). <= n = (_IntLE: n). > n = (_IntGT: n). >= n = (_IntGE: n). = n = (_IntEQ: n).
    != n = (_IntNE: n).
    to: e Do: b = (nil). to: e By: s Do: b = (nil). upTo: e Do: b = (nil). downTo: e Do: b = (nil) |).
((1.5 _Mirror _MirrorContentsAt: 'parent') _MirrorReflectee) _AddSlots: (|
    + n = (_FloatAdd: n). - n = (_FloatSub: n). * n = (_FloatMul: n). / n = (_FloatDiv: n).
    < n = (_FloatLT: n). <= n = (_FloatLE: n). > n = (_FloatGT: n). >= n = (_FloatGE: n). = n = (_FloatEQ: n).
    != n = (_FloatNE: n) |).
(([] _Mirror _MirrorContentsAt: 'parent') _MirrorReflectee) _AddSlots: (|
    whileTrue: b = (nil). whileFalse: b = (nil). whileTrue = (nil). whileFalse = (nil). loop = (nil) |).
true _AddSlots: (| ifTrue: b = (b value). ifFalse: b = (nil). ifTrue: a False: b = (a value).
    ifFalse: a True: b = (b value). and: b = (b value). or: b = (true). && b = (b value). || b = (true) |).
false _AddSlots: (| ifTrue: b = (nil). ifFalse: b = (b value). ifTrue: a False: b = (b value).
    ifFalse: a True: b = (a value). and: b = (false). or: b = (b value). && b = (false). || b = (b value) |).
lobby _RecordNatives";

/// Selectors that the programs send, and primitives that they call.
const SELECTORS: &[&str] = &[
    "m",
    "with:",
    "x",
    "x:",
    "value",
    "value:",
    "value:With:",
    "+",
    "<",
    "-",
    "=",
    "ifTrue:",
    "foo",
    "_Clone",
    "_At:",
    "_At:Put:",
    "_Size",
    "_Clone:Filler:",
    "_IntAdd:",
    "_OnNonLocalReturn:",
    "_Ensure:",
    "_Mirror",
    "_Eq:",
    "_Perform:",
    "_Restart",
    "_ThisProcess",
    "_ActivationStack",
    "_PrintProcessStack",
];

const METHOD: u32 = 1;
const WITH: u32 = 2;
const OUTER: u32 = 3;
const INNER: u32 = 4;
const FUEL: u64 = 3000;

/// Reads choices from bytes; zeros when they are used up.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn below(&mut self, n: usize) -> usize {
        usize::from(self.byte()) % n.max(1)
    }

    fn bit(&mut self) -> bool {
        self.byte() & 1 == 1
    }
}

/// The program that bytes describe. It need not verify.
pub fn program(data: &[u8]) -> Program {
    let mut c = Choices(data);
    let inner = unit(&mut c, UnitKind::Block, b"value:", 1, None, &[]);
    let outer = unit(&mut c, UnitKind::Block, b"value", 0, None, &[(INNER, &inner)]);
    let blocks = [(OUTER, &outer), (INNER, &inner)];
    let method = unit(&mut c, UnitKind::Method, b"m", 0, Some(1), &blocks);
    let with = unit(&mut c, UnitKind::Method, b"with:", 1, Some(2), &blocks);
    let slot = |name: &[u8], content, assignable| TemplateSlot {
        name: name.to_vec(),
        assignable,
        parent: false,
        annotation: Vec::new(),
        content,
    };
    let code = |u| TemplateContent::Literal(Literal::Unit(UnitIndex(u)));
    let template = ObjectTemplate {
        annotation: Vec::new(),
        slots: vec![
            slot(b"m", code(METHOD), false),
            slot(b"with:", code(WITH), false),
            slot(b"x", TemplateContent::Nil, true),
        ],
    };
    Program { units: vec![load(), method, with, outer, inner], templates: vec![template], load: 0 }
}

/// Makes the object and sends it both messages.
fn load() -> CodeUnit {
    let literals =
        vec![Literal::Map(TemplateIndex(0)), Literal::Str(b"m".to_vec()), Literal::Str(b"with:".to_vec())];
    let site = |selector, argc| Site { selector, argc, base: 4, ..plain_site() };
    let code = vec![
        Instr::new(Op::LoadLit, 2, 0, 0, 0),
        Instr::new(Op::NewInstance, 3, 2, 0, 0),
        Instr::new(Op::Move, 4, 3, 0, 0),
        Instr::new(Op::Send, 4, 4, 0, 0),
        Instr::new(Op::Move, 5, 4, 0, 0),
        Instr::new(Op::Move, 4, 3, 0, 0),
        Instr::new(Op::Send, 4, 4, 0, 1),
        Instr::new(Op::Return, 4, 0, 0, 0),
    ];
    CodeUnit {
        code,
        literals,
        sites: vec![site(1, 0), site(2, 1)],
        ..empty_unit(UnitKind::Load, b"doIt", 1, 8, None)
    }
}

fn plain_site() -> Site {
    Site { kind: SendKind::Normal, selector: 0, argc: 0, delegate: 0, base: 0, local_parents: 0 }
}

fn empty_unit(kind: UnitKind, selector: &[u8], argc: u8, registers: u16, home: Option<u8>) -> CodeUnit {
    CodeUnit {
        kind,
        selector: selector.to_vec(),
        argc,
        registers,
        home,
        code: Vec::new(),
        literals: Vec::new(),
        sites: Vec::new(),
        blocks: Vec::new(),
        captures: Vec::new(),
        parent: None,
        locals: Vec::new(),
        positions: Vec::new(),
        source: Span::default(),
        annotation: Vec::new(),
    }
}

fn unit(
    c: &mut Choices<'_>,
    kind: UnitKind,
    selector: &[u8],
    argc: u8,
    home: Option<u8>,
    inner: &[(u32, &CodeUnit)],
) -> CodeUnit {
    let registers = usize::from(argc) + 6 + c.below(8);
    let mut made = empty_unit(kind, selector, argc, registers as u16, home);
    made.literals = vec![Literal::Int(7), Literal::Float(2.5)];
    let first = made.literals.len();
    made.literals.extend(SELECTORS.iter().map(|s| Literal::Str(s.as_bytes().to_vec())));
    if kind == UnitKind::Block {
        made.captures =
            (0..c.below(3)).map(|i| Capture { name: vec![b'a' + i as u8], cell: c.bit() }).collect();
    }
    let mut shapes = Vec::new();
    for (index, block) in inner {
        let shape = BlockShape::of(block);
        made.literals.push(Literal::Unit(UnitIndex(*index)));
        let code = made.literals.len() as u32 - 1;
        let captures = block.captures.iter().map(|_| capture(c, registers)).collect();
        made.blocks.push(BlockSite { code, needs_home: shape.needs_home || c.bit(), captures });
        shapes.push((code, shape));
    }
    for _ in 0..2 + c.below(5) {
        made.sites.push(site(c, first, registers, argc));
    }
    // Registers that hold something from the start: little could be done without.
    for r in usize::from(argc) + 1..registers {
        let r = r as u8;
        match c.below(6) {
            _ if home == Some(r) => {}
            0 => {}
            1 => made.code.push(Instr::new(Op::LoadNil, r, 0, 0, 0)),
            2 => made.code.push(Instr::new(Op::NewCell, r, 0, 0, 0)),
            3 => made.code.push(Instr::new(Op::Move, r, 0, 0, 0)),
            _ => made.code.push(Instr::new(Op::LoadInt, r, 0, 0, u32::from(c.byte() & 7))),
        }
    }
    let start = made.code.len();
    let count = start + 4 + c.below(20);
    made.code.extend((start..count).map(|at| Instr::new(Op::Jump, 0, 0, 0, at as u32 + 1)));
    made.code.push(Instr::new(Op::Return, 0, 0, 0, 0));
    // One place after the other gets an instruction; what the verifier refuses there is taken back.
    let shape = |at: u32| shapes.iter().find(|(code, _)| *code == at).map(|(_, shape)| shape.clone());
    for _ in 0..2 {
        for at in start..count {
            let before = (made.code[at], made.code[at + 1]);
            place(c, &mut made, at, count);
            if verify_unit(&made, &shape).is_err() {
                (made.code[at], made.code[at + 1]) = before;
            }
        }
    }
    made
}

fn capture(c: &mut Choices<'_>, registers: usize) -> CaptureSource {
    let register = c.below(registers) as u8;
    match c.below(4) {
        0 => CaptureSource::Register(register),
        1 => CaptureSource::Capture(u32::from(register) % 3),
        _ => CaptureSource::Open(register),
    }
}

fn site(c: &mut Choices<'_>, first: usize, registers: usize, argc: u8) -> Site {
    let selector = c.below(SELECTORS.len());
    let name = SELECTORS[selector];
    let takes = if name.as_bytes()[0].is_ascii_alphabetic() || name.starts_with('_') {
        name.bytes().filter(|b| *b == b':').count()
    } else {
        1
    };
    let kind = match (name.starts_with('_'), c.below(5)) {
        (true, 0) => SendKind::PrimitiveIfFail,
        (true, _) => SendKind::Primitive,
        (false, 0) => SendKind::Implicit,
        (false, 1) => SendKind::Resend,
        (false, _) => SendKind::Normal,
    };
    let room = registers.saturating_sub(takes + 2 + usize::from(argc)).max(1);
    Site {
        kind,
        selector: (first + selector) as u32,
        argc: takes as u8,
        base: (1 + usize::from(argc) + c.below(room)).min(255) as u8,
        ..plain_site()
    }
}

/// Puts an instruction at `at`, with its slow target behind it if it has one.
fn place(c: &mut Choices<'_>, made: &mut CodeUnit, at: usize, count: usize) {
    let op = Op::ALL[c.below(Op::ALL.len())];
    let slow = matches!(op, Op::BranchFalse | Op::BranchTrue | Op::PrimOr);
    if slow && at + 1 >= count {
        return;
    }
    let registers = usize::from(made.registers);
    let mut fields = [0u32; 4];
    for (field, operand) in fields.iter_mut().zip(op.operands()) {
        *field = match operand {
            Operand::None => 0,
            Operand::Dst | Operand::Src | Operand::Base => c.below(registers) as u32,
            Operand::Imm8 | Operand::Imm32 | Operand::Element => u32::from(c.byte()),
            Operand::Lit => c.below(made.literals.len()) as u32,
            Operand::Site => c.below(made.sites.len()) as u32,
            Operand::BlockSite => c.below(made.blocks.len()) as u32,
            Operand::Capture => c.below(made.captures.len()) as u32,
            Operand::Target => c.below(count + 1) as u32,
            Operand::Native => c.below(Native::COUNT) as u32,
        };
    }
    if matches!(op, Op::Send | Op::Prim | Op::PrimOr)
        && let Some(site) = made.sites.get(fields[3] as usize)
    {
        fields[1] = u32::from(site.base);
    }
    made.code[at] = Instr::new(op, fields[0] as u8, fields[1] as u8, fields[2] as u8, fields[3]);
    if slow {
        made.code[at + 1] = Instr::new(Op::Slow, 0, 0, 0, c.below(count + 1) as u32);
    }
}

fn world() -> Vm {
    let mut vm = Vm::bare(Host::new(Box::new(BufferConsole::default()))).expect("memory for a world");
    let shell = vm.shell();
    let made = vm.evaluate(WORLD, "the small world", shell).expect("the small world is legal");
    assert!(matches!(made.exit, batos_machine::Exit::Finished(_)), "the small world: {made:?}");
    vm.settings.slice = 16;
    vm.settings.stack_limit = 20_000;
    vm
}

/// Runs the program that bytes describe, if it verifies. True: it did. Panics if the heap is damaged afterwards.
pub fn accepted(data: &[u8]) -> bool {
    thread_local! {
        static WORLD: RefCell<Option<(Vm, u32)>> = const { RefCell::new(None) };
    }
    let mode = data.first().copied().unwrap_or(0);
    let program = program(data.get(1..).unwrap_or_default());
    if verify(&program).is_err() {
        return false;
    }
    WORLD.with_borrow_mut(|kept| {
        // A fresh world now and then, so that a finding needs few inputs to be seen again.
        let (mut vm, used) = match kept.take() {
            Some((vm, used)) if used < 500 => (vm, used),
            _ => (world(), 0),
        };
        vm.heap.set_gc_stress(mode & 3 == 3);
        vm.settings.save_every = if mode & 12 == 12 { 1 } else { 0 };
        vm.settings.caches = mode & 48 != 48;
        let _ = vm.run_program(&program, FUEL);
        vm.heap.set_gc_stress(false);
        vm.scavenge();
        if let Err(wrong) = vm.verify_heap() {
            panic!("the heap is damaged: {wrong}\n{}", batos_lang::code::disassemble(&program));
        }
        *kept = Some((vm, used + 1));
    });
    true
}

/// The oracle.
pub fn run(data: &[u8]) {
    accepted(data);
}
