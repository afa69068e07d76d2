//! Reading files of expressions: `_RunScript`, and the program's `run`.
//!
//! A script is read by a small driver method, assembled here, that asks for one expression after the other and runs it with self =
//! lobby. Its state is an image object, so a commit in the middle of a script, and going on after reopening, work as for any other process.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use batos_image::layout::root;
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::compile::compile_expression;
use batos_lang::code::op::{Instr, Op};
use batos_lang::code::unit::{CodeUnit, Literal, Program, SendKind, Site, UnitKind};
use batos_lang::span::Span;
use batos_lang::{Diagnostic, Parsed};

use crate::load::Origin;
use crate::primitives::{Call, Failure, Outcome, Reply};
use crate::process::{Frame, FrameKind, Process};
use crate::vm::Vm;

/// Elements of a script's state. Part of the image format.
mod state {
    pub const SOURCE: usize = 0;
    pub const PATH: usize = 1;
    pub const NEXT: usize = 2;
    pub const DIRECTORY: usize = 3;
    pub const COUNT: usize = 4;
}

/// A parsed script.
pub(crate) struct ParsedScript {
    parsed: Parsed,
}

/// Scripts being read, by their state object.
pub(crate) type ScriptCache = HashMap<ObjectRef, ParsedScript>;

/// A syntax error with the source that it is in, for the program to show.
#[derive(Clone, Debug)]
pub struct SyntaxError {
    /// Name of the source.
    pub file: String,
    /// The source.
    pub source: Vec<u8>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

impl Vm {
    /// Reads a script's text: from the program's own sources if it has such, else from the file system.
    fn read_script(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        if let Some(sources) = &self.sources
            && let Some(text) = sources(&path.to_string_lossy())
        {
            return Ok(text);
        }
        if !self.host.outside {
            return Err(crate::primitives::FORBIDDEN);
        }
        std::fs::read(path).map_err(|e| crate::primitives::io_failure(&e))
    }

    /// Resolves a path against the working directory, then against that of the running script; what is found nowhere may be among
    /// what the program carries.
    fn find_script(&mut self, path: &str) -> Result<(PathBuf, Vec<u8>), Failure> {
        let plain = PathBuf::from(path);
        let failure = match self.read_script(&plain) {
            Ok(text) => return Ok((plain, text)),
            Err(failure) => failure,
        };
        let beside = self
            .script_directory()
            .filter(|directory| !directory.is_empty() && plain.is_relative())
            .map(|directory| Path::new(&directory).join(path));
        if let Some(beside) = &beside
            && let Ok(text) = self.read_script(beside)
        {
            return Ok((beside.clone(), text));
        }
        for place in [Some(plain), beside].into_iter().flatten() {
            let carried = self.carried.and_then(|find| find(&place.to_string_lossy()));
            if let Some(text) = carried {
                return Ok((place, text.to_vec()));
            }
        }
        Err(failure)
    }

    /// Directory of the innermost script that the running process is reading.
    fn script_directory(&mut self) -> Option<String> {
        let driver = self.heap.root(root::SCRIPT_DRIVER).as_ref()?;
        if self.current.is_null() {
            return None;
        }
        let frame = self.process().frames.iter().rev().find(|f| f.code().method == driver).copied()?;
        let state = self.stack_at(frame.base as usize + 1).as_ref()?;
        self.text(self.heap.item(state, state::DIRECTORY)).ok()
    }

    /// Makes the state object of a script.
    fn new_script(&mut self, path: &Path, text: &[u8]) -> ObjectRef {
        let source = self.heap.new_old_bytes(self.heap.known.code_map, text).value();
        let name = self.intern(path.to_string_lossy().as_bytes()).value();
        let directory = path.parent().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
        let directory = self.intern(directory.as_bytes()).value();
        let map = self.heap.known.internal_map;
        let state = self.heap.alloc_old_indexed(map, 0, state::COUNT, Value::ZERO);
        for (i, value) in [(state::SOURCE, source), (state::PATH, name), (state::DIRECTORY, directory)] {
            self.heap.set_item(state, i, value);
        }
        state
    }

    /// A process that reads a script from start to end.
    pub fn script_process(&mut self, path: &str) -> Result<ObjectRef, Failure> {
        let (path, text) = self.find_script(path)?;
        let state = self.new_script(&path, &text);
        let driver = self.script_driver();
        let code = self.code_of(driver).ok_or(Failure::word("primitiveFailedError"))?;
        let object = self.new_process_object();
        let mut process = Box::new(Process::new(object));
        process.stack_limit = self.settings.stack_limit;
        process.stack[0] = self.heap.known.lobby;
        process.stack[1] = state.value();
        process.frames.push(Frame {
            code,
            holder: 0,
            pc: 0,
            base: 0,
            dst: 0,
            kind: FrameKind::Entry,
            has_open: false,
        });
        self.processes.insert(object, process);
        Ok(object)
    }

    /// `_RunScript`: pushes the driver for the file that the receiver names.
    pub(crate) fn run_script(&mut self, call: &Call) -> Outcome {
        let path = self.receiver(call);
        let path = self.text(path)?;
        let (path, text) = self.find_script(&path)?;
        let state = self.new_script(&path, &text);
        let driver = self.script_driver();
        let code = self.code_of(driver).ok_or(Failure::word("primitiveFailedError"))?;
        let lobby = self.heap.known.lobby;
        self.set_stack(call.window, lobby);
        self.set_stack(call.window + 1, state.value());
        if !self.push_frame(code, call.window, call.dst, 0, FrameKind::Normal) {
            return Ok(Reply::Step(self.stack_overflow()));
        }
        Ok(Reply::Step(crate::vm::Step::Go))
    }

    /// `_ScriptNext`: the load unit's method of the next expression, or nil at the end.
    pub(crate) fn script_next(&mut self, call: &Call) -> Outcome {
        let receiver = self.receiver(call);
        let state = self.of_kind(receiver, batos_image::layout::Kind::Internal)?;
        if self.heap.length(state) != state::COUNT {
            return Err(crate::primitives::BAD_TYPE);
        }
        let source_ref = self.heap.item(state, state::SOURCE).as_ref().ok_or(crate::primitives::BAD_TYPE)?;
        let source = self.heap.bytes(source_ref).to_vec();
        let path = self.text(self.heap.item(state, state::PATH)).unwrap_or_default();
        let next = self.heap.item(state, state::NEXT).as_int().unwrap_or(0) as usize;
        let script = match self.scripts.remove(&state) {
            Some(script) => script,
            None => ParsedScript { parsed: batos_lang::parse_file(&source) },
        };
        let top = &script.parsed.tree.top;
        let end = top.get(next).map_or(u32::MAX, |s| s.span.end);
        let wrong: Vec<Diagnostic> = script
            .parsed
            .diagnostics
            .iter()
            .filter(|d| d.is_error() && d.span.start <= end)
            .cloned()
            .collect();
        if !wrong.is_empty() {
            return Ok(Reply::Step(self.syntax_error(&path, &source, wrong)));
        }
        if next >= top.len() {
            let nil = self.nil();
            if next == top.len() {
                self.heap.set_item(state, state::NEXT, Value::from_usize(next + 1));
                if let Some(step) = self.tell_script_ended(call, state) {
                    return Ok(Reply::Step(step));
                }
            }
            return Ok(Reply::Value(nil));
        }
        let program = match compile_expression(&script.parsed.tree, next) {
            Ok(program) => program,
            Err(diagnostics) => return Ok(Reply::Step(self.syntax_error(&path, &source, diagnostics))),
        };
        self.scripts.insert(state, script);
        self.heap.set_item(state, state::NEXT, Value::from_usize(next + 1));
        let method = self.load(&program, &Origin { source: &source, file: &path, first_line: 1 });
        Ok(Reply::Value(method.value()))
    }

    /// The name of a script's file.
    pub(crate) fn script_path(&mut self, script: ObjectRef) -> Option<String> {
        let is_script = self.heap.kind_of_ref(script) == batos_image::layout::Kind::Internal
            && self.heap.length(script) == state::COUNT;
        if is_script { self.text(self.heap.item(script, state::PATH)).ok() } else { None }
    }

    fn syntax_error(&mut self, file: &str, source: &[u8], diagnostics: Vec<Diagnostic>) -> crate::vm::Step {
        let first = diagnostics.first().map(|d| d.message.clone()).unwrap_or_default();
        let start = diagnostics.first().map_or(0, |d| d.span.start as usize);
        let line = 1 + source.get(..start).unwrap_or_default().iter().filter(|b| **b == b'\n').count();
        let message = format!("syntax error in {file}, line {line}: {first}");
        let file = file.to_string();
        self.syntax_errors.push(SyntaxError { file, source: source.to_vec(), diagnostics });
        self.suspend(&message, None)
    }

    /// The driver method, made when first needed.
    fn script_driver(&mut self) -> ObjectRef {
        let known = self.heap.root(root::SCRIPT_DRIVER);
        if let Some(driver) = known.as_ref()
            && known != self.nil()
        {
            return driver;
        }
        let program = Program { units: vec![driver_unit()], templates: Vec::new(), load: 0 };
        let driver = self.load(&program, &Origin { source: b"", file: "", first_line: 0 });
        self.heap.set_root(root::SCRIPT_DRIVER, driver.value());
        driver
    }

    /// Code that sends `name` to the object in register 0 with the arguments in the registers after it, and returns the result: the first
    /// frame of a process.
    pub(crate) fn starter(&mut self, name: ObjectRef, argc: usize) -> Option<*const crate::code::Code> {
        let selector = self.heap.bytes(name).to_vec();
        let count = u8::try_from(argc + 1).ok().filter(|n| *n < 100)?;
        let mut code: Vec<Instr> = (0..count).map(|r| Instr::new(Op::Move, count + r, r, 0, 0)).collect();
        code.push(Instr::new(Op::Send, count, count, 0, 0));
        code.push(Instr::new(Op::Return, count, 0, 0, 0));
        let site = Site {
            kind: SendKind::Normal,
            selector: 0,
            argc: argc as u8,
            delegate: 0,
            base: count,
            local_parents: 0,
        };
        let unit =
            plain_unit(b"start", count - 1, 2 * u16::from(count), code, vec![Literal::Str(selector)], site);
        let program = Program { units: vec![unit], templates: Vec::new(), load: 0 };
        let method = self.load(&program, &Origin { source: b"", file: "", first_line: 0 });
        self.code_of(method)
    }
}

fn driver_unit() -> CodeUnit {
    use Op::{JumpIfSame, LoadNil, Loop, Move, Prim, Return, RunMethod};
    let code = vec![
        Instr::new(LoadNil, 2, 0, 0, 0),
        Instr::new(Move, 3, 1, 0, 0),
        Instr::new(Prim, 4, 3, 0, 0),
        Instr::new(LoadNil, 5, 0, 0, 0),
        Instr::new(JumpIfSame, 4, 5, 0, 9),
        Instr::new(Move, 6, 0, 0, 0),
        Instr::new(Move, 7, 0, 0, 0),
        Instr::new(RunMethod, 2, 6, 4, 0),
        Instr::new(Loop, 0, 0, 0, 1),
        Instr::new(Return, 2, 0, 0, 0),
    ];
    let site =
        Site { kind: SendKind::Primitive, selector: 0, argc: 0, delegate: 0, base: 3, local_parents: 0 };
    plain_unit(b"_RunScript", 1, 10, code, vec![Literal::Str(b"_ScriptNext".to_vec())], site)
}

fn plain_unit(
    selector: &[u8],
    argc: u8,
    registers: u16,
    code: Vec<Instr>,
    literals: Vec<Literal>,
    site: Site,
) -> CodeUnit {
    CodeUnit {
        kind: UnitKind::Method,
        selector: selector.to_vec(),
        argc,
        registers,
        home: None,
        code,
        literals,
        sites: vec![site],
        blocks: Vec::new(),
        captures: Vec::new(),
        parent: None,
        locals: Vec::new(),
        positions: Vec::new(),
        source: Span::default(),
        annotation: Vec::new(),
    }
}
