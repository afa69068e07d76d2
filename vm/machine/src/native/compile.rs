//! Compiling a method, putting its code in the place of the interpreter's, and taking it away again.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Instant;

use batos_image::value::ObjectRef;
use batos_jit::input::Method;
use batos_jit::layout::{Context, Layout};
use batos_jit::{Compiled, Compiler, Stop};

use super::{Listing, MOST_COMPILATIONS, Mode, Native, Waiting, helpers, reads_next, run, snapshot};
use crate::code::Code;
use crate::code::quicken::internal;
use crate::process::Frame;
use crate::vm::Vm;

impl Vm {
    fn layout(&mut self, number: u32) -> Layout {
        let context = self.gear.context.get_or_insert_with(|| {
            Box::new(Context {
                top: 0,
                first: 0,
                end: 0,
                stack: 0,
                stack_end: 0,
                process: 0,
                polls: 0,
                machine: 0,
                guards: 0,
                next_code: 0,
                next_window: 0,
                next_entry: 0,
            })
        });
        let context = &raw mut **context as u64;
        let known = &self.heap.known;
        let bits = |map: batos_image::value::MapRef| (map.offset() >> 3) as u32;
        Layout {
            number,
            context,
            base: self.heap.base_address(),
            cards: self.heap.cards_address(),
            nil: known.nil.bits(),
            true_: known.true_.bits(),
            false_: known.false_.bits(),
            int_map: bits(known.small_int_map),
            float_map: bits(known.float_map),
            open_cell_map: bits(known.open_cell_map),
            cell_map: bits(known.cell_map),
            code_entry: std::mem::offset_of!(Code, native) as i32,
            code_resume: std::mem::offset_of!(Code, resumes) as i32,
            box_float: helpers::box_float as *const () as u64,
            primitive: helpers::primitive as *const () as u64,
            quick: helpers::quick as *const () as u64,
            new_block: helpers::new_block as *const () as u64,
            open_cell: helpers::open_cell as *const () as u64,
            home_marker: helpers::home_marker as *const () as u64,
            close_cells: helpers::close_cells as *const () as u64,
            new_cell: helpers::new_cell as *const () as u64,
            step: run::step as *const () as u64,
            fails: self.gear.trial.fail > 0,
        }
    }

    /// Compiles the code of a frame.
    pub(super) fn compile(&mut self, frame: &Frame) {
        let key = frame.code as u64;
        self.gear.heat.remove(&key);
        let times = self.gear.compilations.entry(key).or_insert(0);
        *times += 1;
        let again = *times - 1;
        if *times > MOST_COMPILATIONS {
            self.gear.refused.insert(key);
            return;
        }
        if self.gear.compiler.is_none() {
            self.gear.compiler = Compiler::new(cfg!(debug_assertions));
        }
        let number = self.free_number();
        let started = Instant::now();
        let layout = self.layout(number);
        let Some(mut compiler) = self.gear.compiler.take() else {
            self.gear.mode = Some(Mode::Off);
            return;
        };
        let base = frame.base as usize;
        let registers = &self.process().stack[base..base + frame.registers()];
        let hints = registers.iter().map(|v| (v.bits() & 3) as u8).collect();
        let library = snapshot::Snapshots::new(self);
        let method: Option<Rc<Method>> = library.root(frame.code, hints, again);
        let shown = self.gear.shown.as_ref();
        let text = method.as_ref().zip(shown).is_some_and(|(m, name)| name.is_empty() || m.name == *name);
        let draft = match &method {
            // A panic in the compiler loses this compilation, and nothing else.
            Some(method) => {
                catch_unwind(AssertUnwindSafe(|| compiler.draft(method, &layout, &library, text)))
                    .unwrap_or(Err(Stop::Refused("the compiler gave up")))
            }
            None => Err(Stop::Refused("it is no method")),
        };
        let objects = draft.as_ref().map(|draft| library.objects(draft)).unwrap_or_default();
        let name = method.map_or(String::new(), |method| method.name.clone());
        let waiting = Waiting { number, code: frame.code, name, again, objects, micros: 0, is_good: true };
        let compiled = match draft {
            Ok(draft) => {
                self.assume(number, draft.maps(), &waiting.objects);
                if self.gear.mode == Some(Mode::On) && compiler.has_thread() {
                    compiler.begin(number, draft);
                    let micros = started.elapsed().as_micros() as u64;
                    self.gear.counts.micros += micros;
                    self.gear.waiting.push(Waiting { micros, ..waiting });
                    self.gear.compiler = Some(compiler);
                    return;
                }
                catch_unwind(AssertUnwindSafe(|| compiler.finish(draft)))
                    .unwrap_or(Err(Stop::Refused("the compiler gave up")))
            }
            Err(stop) => Err(stop),
        };
        self.gear.compiler = Some(compiler);
        let micros = started.elapsed().as_micros() as u64;
        self.gear.counts.micros += micros;
        self.compiled(Waiting { micros, ..waiting }, compiled);
    }

    /// A number that no compiled code has.
    fn free_number(&mut self) -> u32 {
        let gear = &mut self.gear;
        let taken = |number: u32| gear.waiting.iter().any(|w| w.number == number);
        let free = (0u32..).zip(&gear.natives).find(|(number, native)| native.is_none() && !taken(*number));
        if let Some((number, _)) = free {
            return number;
        }
        gear.natives.push(None);
        gear.natives.len() as u32 - 1
    }

    /// Puts in place what was compiled on the other thread meanwhile, if it still holds.
    pub(super) fn take_compiled(&mut self) {
        while !self.gear.waiting.is_empty() {
            let Some(compiler) = &mut self.gear.compiler else { return };
            let Some((number, made, micros)) = compiler.done() else { return };
            self.gear.counts.micros += micros;
            let Some(at) = self.gear.waiting.iter().position(|w| w.number == number) else { continue };
            let mut waiting = self.gear.waiting.swap_remove(at);
            waiting.micros += micros;
            if !waiting.is_good {
                self.gear.counts.dropped += 1;
                self.gear.told(format_args!("not used {}: the world changed meanwhile", waiting.name));
                continue;
            }
            let compiled = made.and_then(|made| compiler.put(made));
            self.compiled(waiting, compiled);
        }
    }

    /// Compiling came to an end.
    fn compiled(&mut self, waiting: Waiting, compiled: Result<Compiled, Stop>) {
        let Waiting { number, code, name, again, objects, micros, .. } = waiting;
        match compiled {
            Ok(compiled) => {
                self.gear.counts.compiled += 1;
                let size = format!(
                    "{} bytes of {} methods, {} ways out",
                    compiled.bytes,
                    compiled.used.len(),
                    compiled.exits.len()
                );
                let before = if again > 0 { format!(", {again} times before") } else { String::new() };
                self.gear.told(format_args!("compiled {name}: {size}, {micros} us{before}"));
                self.gear.keep_text(&name, size, code as u64, &compiled);
                self.gear.map_for_profiler(&name, &compiled);
                self.install(number as usize, code, compiled, objects);
            }
            Err(stop) => {
                self.gear.counts.refused += 1;
                self.gear.refused.insert(code as u64);
                let why = match stop {
                    Stop::Refused(why) => why,
                    Stop::Widened => "its loops come to no end of guesses",
                    Stop::Large => "it is too large",
                };
                self.gear.told(format_args!("not compiled {name}: {why}"));
            }
        }
    }

    /// Puts compiled code in the place of the interpreter's.
    fn install(&mut self, number: usize, code: *const Code, compiled: Compiled, objects: Vec<ObjectRef>) {
        // SAFETY: the frame's code lives; nobody holds a reference to it here.
        let target = unsafe { &mut *code.cast_mut() };
        let mut resumes = vec![0_u16; target.instrs.len()].into_boxed_slice();
        let mut operations = vec![];
        // As they are interpreted: what reads the instruction behind it must find that as it is.
        let ops: Vec<u8> = target.instrs.iter().map(|i| i.op).collect();
        for (entry, pc) in compiled.entries.iter().enumerate() {
            let at = *pc as usize;
            if entry > 0 {
                resumes[at] = entry as u16;
            }
            let before = at.checked_sub(1).and_then(|at| ops.get(at)).copied();
            if before.is_some_and(reads_next) || target.instrs[at].op == internal::COMPILED {
                continue;
            }
            operations.push((*pc, target.instrs[at].op));
            target.instrs[at].op = internal::COMPILED;
        }
        target.native = compiled.address;
        target.native_number = number as u32;
        target.resumes = resumes.as_ptr();
        let counts = vec![0; compiled.exits.len()];
        self.gear.natives[number] = Some(Native { code, compiled, counts, operations, resumes, objects });
    }

    /// Takes compiled code away.
    pub(super) fn drop_native(&mut self, number: u32) {
        let Some(native) = self.gear.natives.get_mut(number as usize).and_then(Option::take) else { return };
        // SAFETY: code is dropped after what was compiled from it (see `drop_dead_natives`); nobody holds a reference to it here.
        let code = unsafe { &mut *native.code.cast_mut() };
        for (pc, op) in &native.operations {
            code.instrs[*pc as usize].op = *op;
        }
        debug_assert!(std::ptr::eq(code.resumes, native.resumes.as_ptr()));
        code.native = 0;
        code.resumes = std::ptr::null();
        self.gear.epoch += 1;
        self.gear.limbo.push(native.compiled.piece);
        self.gear.free_limbo();
    }
}

impl super::Gear {
    /// Keeps the text of compiled code, if somebody wants it.
    fn keep_text(&mut self, name: &str, size: String, key: u64, compiled: &Compiled) {
        if compiled.text.is_empty() {
            return;
        }
        self.listings.retain(|listing| listing.key != key);
        self.listings.push(Listing {
            name: name.to_string(),
            title: format!("{name}: {size}"),
            graph: compiled.graph.clone(),
            code: compiled.text.clone(),
            key,
        });
    }

    /// Gives code back that was dropped, unless compiled code runs.
    pub(super) fn free_limbo(&mut self) {
        if self.depth == 0
            && let Some(compiler) = &mut self.compiler
        {
            self.limbo.drain(..).for_each(|piece| compiler.free(piece));
        }
    }

    /// Tells a person who asked for it what happened.
    pub(super) fn told(&self, what: std::fmt::Arguments<'_>) {
        if self.log {
            let _ = writeln!(std::io::stderr(), "jit: {what}");
        }
    }

    /// Tells the system's profiler where code lies. Code that was dropped stays in its list: later lines count.
    fn map_for_profiler(&self, name: &str, compiled: &Compiled) {
        if self.perf_map {
            let path = format!("/tmp/perf-{}.map", std::process::id());
            let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
            let _ = file.and_then(|mut file| {
                writeln!(file, "{:x} {:x} batos {name}", compiled.address, compiled.bytes)
            });
        }
    }
}
