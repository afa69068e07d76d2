//! The machine's state, and the steps that the interpreter takes when its fast paths do not apply.
//!
//! Invariant: between two safepoints nothing moves. A safepoint is a call of `Vm::safepoint`; Rust code that reaches one
//! keeps guest values in registers of the running process or in `Vm::pins`, nowhere else.

use std::collections::HashMap;

use batos_image::heap::{Heap, Roots};
use batos_image::layout::{Kind, SlotKind, map_word, root, slot_word};
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Native;

use crate::code::{Code, CodeKind, CodeTable, Hit, HitKind, method_element};
use crate::host::Host;
use crate::image_file::Durable;
use crate::lookup::{self, FoundSlot, LookupCache, Outcome, Selector, Start, Trail};
use crate::primitives::{Descriptors, PrimitiveTable, arity};
use crate::process::{Frame, FrameKind, Process};
use crate::symbols::Symbols;

/// Why the interpreter came back.
#[derive(Clone, Debug)]
pub enum Exit {
    /// The process that the host started ended with this value.
    Finished(Value),
    /// It was suspended: by an error, by request, or by Ctrl-C. The message says why.
    Suspended(ObjectRef),
    /// It was ended without a result. The text says why.
    Aborted(String),
    /// The world asked to leave the program with this status.
    Quit(i32),
    /// The world asked to go back to a commit. `Vm::run` does it.
    Revert(u64),
}

/// What the interpreter does after a slow step.
pub enum Step {
    /// Go on with the top frame (it may be another one, even of another process).
    Go,
    /// Come back to the host.
    Exit(Exit),
}

/// Counts of what happened, readable from the world.
#[derive(Clone, Copy, Default, Debug)]
pub struct Counters {
    /// Lookups that no inline cache answered.
    pub lookups: u64,
    /// Searches through parents.
    pub searches: u64,
    /// Collections of young space.
    pub scavenges: u64,
    /// Changes of slots so far in this run.
    pub changes: u64,
}

/// Settings for tests and forks.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Use inline caches and the machine-wide cache.
    pub caches: bool,
    /// Commit and reopen the process's stacks every so many polls (0: never).
    pub save_every: u32,
    /// Safepoints between two looks at the clock of scheduling.
    pub slice: u32,
    /// Most values on one stack.
    pub stack_limit: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            caches: true,
            save_every: 0,
            slice: 10_000,
            stack_limit: crate::process::DEFAULT_STACK_LIMIT,
        }
    }
}

/// Finds the text of a script by its path.
pub type Sources = Box<dyn Fn(&str) -> Option<Vec<u8>>>;

/// Texts that the program carries, by path.
pub type Carried = fn(&str) -> Option<&'static [u8]>;

/// A machine: one image being run.
pub struct Vm {
    /// The objects.
    pub heap: Heap,
    /// The file behind them, if there is one.
    pub durable: Option<Durable>,
    /// The outside.
    pub host: Host,
    /// Settings.
    pub settings: Settings,
    /// Counts.
    pub counters: Counters,
    pub(crate) codes: CodeTable,
    /// What the history is to say of the going back that is on its way.
    pub(crate) revert_message: Option<String>,
    /// The branch to switch to, instead.
    pub(crate) revert_branch: Option<String>,
    /// The image came from elsewhere: code with a number below this is proven before it runs (see `audit`).
    pub(crate) untrusted_codes: Option<i64>,
    pub(crate) lookups: LookupCache,
    pub(crate) processes: HashMap<ObjectRef, Box<Process>>,
    /// The running process.
    pub(crate) current: *mut Process,
    /// For each control message, whether the world gives it its standard meaning.
    pub(crate) natives: [bool; Native::COUNT],
    /// Objects whose change may matter to `natives`.
    pub(crate) native_holders: Vec<ObjectRef>,
    /// The world drops surplus arguments of `value…` in the standard way.
    pub(crate) surplus_intact: bool,
    /// Small integers and strings are hashed and compared as the world was built to.
    pub(crate) keys_intact: bool,
    pub(crate) symbols: Symbols,
    pub(crate) primitives: PrimitiveTable,
    /// Files that programs have open.
    pub(crate) descriptors: Descriptors,
    /// What the system told of files.
    pub(crate) file_statuses: crate::primitives::FileStatuses,
    /// What the world's scheduler is told from outside.
    pub(crate) signals: crate::signals::Signals,
    /// Number of the process that thinks because nobody is there.
    pub(crate) quiet: Option<i64>,
    /// Tokens that this process may still have a model write; `None` for as many as it wants.
    pub(crate) quiet_tokens: Option<u64>,
    /// Tokens that models have written for this machine.
    pub(crate) model_tokens: u64,
    /// Values that Rust code wants kept and updated over safepoints.
    pub pins: Vec<Value>,
    /// What the world remembers no longer than this machine lives; never part of an image, though its objects may be.
    pub(crate) session: Value,
    /// Objects that were asked for a number of their own, by that number; as long as this machine lives.
    pub(crate) object_ids: Vec<Value>,
    /// Scripts being read, by their state object.
    pub(crate) scripts: crate::script::ScriptCache,
    /// Why the interpreter goes back to the host; set when it does.
    pub(crate) exit: Option<Exit>,
    /// Safepoints until the next look around.
    pub(crate) polls: i32,
    /// Times the loop looked around since the last save (tests).
    pub(crate) polls_done: u32,
    /// Times the loop looked around since the start.
    pub(crate) polls_done_total: u64,
    /// Programs of the system and questions to servers that the world waits for.
    pub(crate) jobs: crate::primitives::Jobs,
    /// Long computations with numbers that processes wait for.
    pub(crate) works: crate::big::Works,
    /// Regular expressions that were compiled.
    pub(crate) regexes: crate::primitives::Regexes,
    /// In a fork: fuel and end of the time of every evaluation.
    pub(crate) trial_limits: Option<(u64, std::time::Instant)>,
    /// The process that the host waits for, while the world's scheduler runs it.
    pub(crate) main: Option<ObjectRef>,
    /// Ctrl-C was pressed while the scheduler itself ran.
    pub(crate) interrupt_pending: bool,
    /// Something was stored since the last commit that the user may want to keep.
    pub(crate) changed: bool,
    /// Texts of scripts that the program carries with it, by path.
    pub sources: Option<Sources>,
    /// The same for a world that is there: what it may fetch of the program at any time, where there is no such file.
    pub carried: Option<Carried>,
    /// Compiled code.
    pub gear: crate::native::Gear,
    /// Syntax errors that scripts met.
    pub(crate) syntax_errors: Vec<crate::script::SyntaxError>,
}

/// The roots of a machine, borrowed beside its heap.
macro_rules! machine_roots {
    ($vm:expr) => {
        crate::vm::MachineRoots {
            processes: &mut $vm.processes,
            symbols: &mut $vm.symbols,
            pins: &mut $vm.pins,
            session: &mut $vm.session,
            object_ids: &mut $vm.object_ids,
        }
    };
}
pub(crate) use machine_roots;

/// What the collector sees of a machine.
pub(crate) struct MachineRoots<'a> {
    pub(crate) processes: &'a mut HashMap<ObjectRef, Box<Process>>,
    pub(crate) symbols: &'a mut Symbols,
    pub(crate) pins: &'a mut Vec<Value>,
    pub(crate) session: &'a mut Value,
    pub(crate) object_ids: &'a mut Vec<Value>,
}

impl Roots for MachineRoots<'_> {
    fn visit(&mut self, f: &mut dyn FnMut(&mut Value)) {
        for process in self.processes.values_mut() {
            let top = process.top().min(process.stack.len());
            for value in &mut process.stack[..top] {
                f(value);
            }
            process.trim(top);
            for frame in &mut process.frames {
                let mut method = frame.code().method.value();
                f(&mut method);
                if let Some(holder) = ObjectRef::from_offset(frame.holder) {
                    let mut value = holder.value();
                    f(&mut value);
                    frame.holder = value.as_ref().map_or(0, ObjectRef::offset);
                }
            }
            for (_, cell) in &mut process.open {
                f(cell);
            }
            let mut object = process.object.value();
            f(&mut object);
            if let Some(resumer) = process.resumer {
                let mut value = resumer.value();
                f(&mut value);
            }
        }
        self.symbols.visit(f);
        self.pins.iter_mut().chain(&mut *self.object_ids).for_each(&mut *f);
        f(self.session);
    }
}

impl Vm {
    /// A collection of young space, with everything the machine holds as roots.
    pub fn scavenge(&mut self) {
        self.counters.scavenges += 1;
        self.gear.moved();
        let mut roots = machine_roots!(self);
        self.heap.scavenge(&mut roots);
    }

    /// Does what collection is due. Guest values outside registers, frames and pins are stale afterwards.
    pub fn safepoint(&mut self) {
        self.gear.moved();
        let mut roots = machine_roots!(self);
        let freed = self.heap.safepoint(&mut roots);
        self.counters.scavenges += 1;
        if freed {
            self.forget_dead();
        }
    }

    /// Checks every object, map, reference and table of the heap. The text names the first wrong word.
    pub fn verify_heap(&mut self) -> Result<(), String> {
        let mut roots = machine_roots!(self);
        self.heap.verify(&mut roots).map(|_| ()).map_err(|e| e.to_string())
    }

    /// A full collection.
    pub fn collect_full(&mut self) {
        self.gear.moved();
        let mut roots = machine_roots!(self);
        self.heap.collect_full(&mut roots);
        self.forget_dead();
    }

    /// Replaces references in the whole heap and in everything the machine holds: (from, to).
    pub(crate) fn become_all(&mut self, pairs: &[(ObjectRef, ObjectRef)]) {
        self.drop_compiled();
        self.gear.moved();
        let mut roots = machine_roots!(self);
        self.heap.become_scan(pairs, &mut roots);
        self.forget_dead();
    }

    /// After objects were freed: caches may name maps or holders that are gone, the code table methods that are.
    fn forget_dead(&mut self) {
        self.drop_dead_natives();
        self.lookups.clear();
        for code in self.codes.iter_mut() {
            code.caches.iter_mut().for_each(crate::code::InlineCache::clear);
        }
        let heap = &self.heap;
        let alive: std::collections::HashSet<*const Code> =
            self.processes.values().flat_map(|p| p.frames.iter().map(|f| f.code)).collect();
        let mut freed = Vec::new();
        self.codes.retain(|code| {
            let keep = alive.contains(&(&raw const *code)) || heap.is_live(code.method);
            if !keep {
                freed.push(&raw const *code as u64);
            }
            keep
        });
        self.forget_freed_codes(&freed);
    }

    /// The running process.
    #[inline(always)]
    pub(crate) fn process(&mut self) -> &mut Process {
        debug_assert!(!self.current.is_null());
        // SAFETY: `current` points into a box of `processes`; it is set before anything runs and replaced before that
        // box is dropped. No other reference to the process is kept across calls.
        unsafe { &mut *self.current }
    }

    /// The running frame.
    #[inline(always)]
    pub(crate) fn frame(&mut self) -> &mut Frame {
        let process = self.process();
        let last = process.frames.len() - 1;
        &mut process.frames[last]
    }

    /// A register by its index in the value stack.
    #[inline(always)]
    pub(crate) fn stack_at(&mut self, index: usize) -> Value {
        self.process().stack[index]
    }

    /// Sets a register by its index in the value stack.
    #[inline(always)]
    pub(crate) fn set_stack(&mut self, index: usize, value: Value) {
        self.process().stack[index] = value;
    }

    /// Stores a result into a register of the running frame.
    pub(crate) fn set_register(&mut self, dst: u8, value: Value) {
        let base = self.frame().base as usize;
        self.set_stack(base + dst as usize, value);
    }

    /// nil.
    pub fn nil(&self) -> Value {
        self.heap.known.nil
    }

    /// true or false.
    pub fn boolean(&self, b: bool) -> Value {
        if b { self.heap.known.true_ } else { self.heap.known.false_ }
    }

    /// The canonical string with these bytes.
    pub fn intern(&mut self, bytes: &[u8]) -> ObjectRef {
        self.heap.intern(bytes)
    }

    /// A vector of the world with these elements.
    pub fn new_vector(&mut self, elements: &[Value]) -> ObjectRef {
        let Some(prototype) = self.heap.root(root::VECTOR).as_ref() else {
            return self.heap.new_internal(elements);
        };
        let map = self.heap.map_of_ref(prototype);
        if self.heap.field_count(map) == 0 {
            self.heap.new_indexed_from(map, elements)
        } else {
            let nil = self.nil();
            match self.heap.clone_indexed(prototype, elements.len(), nil) {
                Ok(vector) => {
                    for (i, element) in elements.iter().enumerate() {
                        self.heap.set_element(vector, i, *element);
                    }
                    vector
                }
                Err(_) => self.heap.new_internal(elements),
            }
        }
    }

    /// Makes a found slot into a cache entry. Its `target` is good until the slot's map changes.
    pub(crate) fn hit_for(&mut self, receiver: Value, found: &FoundSlot) -> Hit {
        let map = self.heap.map_bits(receiver);
        let own = found.holder == receiver;
        let holder = match found.holder.as_ref() {
            Some(r) if !own => r.offset(),
            _ => 0,
        };
        let slot = &found.slot;
        match slot.kind {
            SlotKind::Field => {
                let r = found.holder.as_ref();
                let word = r.map_or(0, |r| lookup::field_word(&self.heap, r, slot.index)) as u64;
                let kind = match (own, found.assigns) {
                    (true, false) => HitKind::Field,
                    (true, true) => HitKind::SetField,
                    (false, false) => HitKind::HolderField,
                    (false, true) => HitKind::SetHolderField,
                };
                Hit { map, kind, primitive: 0, target: word, holder }
            }
            SlotKind::CellField => {
                let cell = slot.content.as_ref().map_or(0, ObjectRef::offset);
                let kind = if found.assigns { HitKind::SetHolderField } else { HitKind::HolderField };
                Hit { map, kind, primitive: 0, target: 0, holder: cell }
            }
            SlotKind::Constant | SlotKind::Argument => {
                if lookup::is_method(&self.heap, slot.content)
                    && let Some(method) = slot.content.as_ref()
                    && let Some(code) = self.code_of(method)
                {
                    // SAFETY: `code_of` gives a pointer into the code table.
                    let (code_kind, argc) = unsafe { ((*code).kind, usize::from((*code).argc)) };
                    if code_kind == CodeKind::BlockValue
                        || self.drops_surplus(receiver, slot.name, slot.content)
                    {
                        // What inherits from a block has no body to run.
                        let is_block = self.heap.kind_of(receiver) == Kind::Block;
                        let kind = if is_block { HitKind::Block } else { HitKind::Empty };
                        return Hit { map, kind, primitive: 0, target: 0, holder: 0 };
                    }
                    // Whoever put the code there may have got the name wrong: it would find no arguments.
                    if code_kind != CodeKind::Method || argc != arity(self.heap.bytes(slot.name)) {
                        return Hit { map, kind: HitKind::Empty, primitive: 0, target: 0, holder: 0 };
                    }
                    // SAFETY: as above.
                    let (primitive, answers_self, is_counted) =
                        unsafe { ((*code).primitive, (*code).answers_self, (*code).is_counted) };
                    let (kind, primitive) = match primitive {
                        _ if is_counted => (HitKind::Counted, 0),
                        Some(primitive) => (self.primitive_kind(receiver, primitive), primitive),
                        None if answers_self => (HitKind::Receiver, 0),
                        None => (HitKind::Method, 0),
                    };
                    return Hit { map, kind, primitive, target: code as u64, holder };
                }
                let target = self.constant_word(found.holder, slot.name);
                Hit { map, kind: HitKind::Constant, primitive: 0, target, holder }
            }
        }
    }

    /// How a method that is a primitive only is best run for this receiver.
    fn primitive_kind(&self, receiver: Value, primitive: u16) -> HitKind {
        let map = self.heap.map_of(receiver);
        let plain_vector = self.heap.map_info(map).kind() == Kind::Vector && self.heap.field_count(map) == 0;
        match self.primitives.name(primitive) {
            "_At:" if plain_vector => HitKind::VectorAt,
            "_At:Put:" if plain_vector => HitKind::VectorAtPut,
            "_Size" if plain_vector => HitKind::VectorSize,
            "_Eq:" => HitKind::Same,
            _ if self.primitives.quick(primitive).is_some() => HitKind::Quick,
            _ => HitKind::Primitive,
        }
    }

    /// Offset of the word that holds a constant slot's content.
    pub(crate) fn constant_word(&self, holder: Value, name: ObjectRef) -> u64 {
        let map = self.heap.map_of(holder);
        let count = (self.heap.length(map.object()) - map_word::SLOTS) / slot_word::SIZE;
        let at = (0..count)
            .map(|i| map_word::SLOTS + i * slot_word::SIZE)
            .find(|at| self.heap.map_word(map, at + slot_word::NAME) == name.value());
        map.offset() + 16 + 8 * (at.unwrap_or(map_word::SLOTS) + slot_word::CONTENT) as u64
    }

    /// What a message to `receiver` finds, through the machine-wide cache.
    pub(crate) fn resolve(&mut self, receiver: Value, name: ObjectRef) -> Result<Hit, Outcome> {
        self.counters.lookups += 1;
        let map = self.heap.map_bits(receiver);
        if self.settings.caches
            && let Some(hit) = self.lookups.get(map, name)
        {
            return Ok(hit);
        }
        let selector = lookup::selector(&self.heap, name);
        let mut trail = Trail::default();
        self.counters.searches += 1;
        match lookup::search(&self.heap, Start::Object(receiver), selector, &mut trail) {
            Outcome::Found(found) => {
                let hit = self.hit_for(receiver, &found);
                if hit.kind == HitKind::Empty {
                    return Err(Outcome::Missing);
                }
                if self.settings.caches && self.cacheable(&found, &trail, &hit) {
                    self.lookups.insert(map, name, hit, &trail.visited);
                }
                Ok(hit)
            }
            other => Err(other),
        }
    }

    /// May this hit be kept for other receivers of the same map?
    fn cacheable(&self, found: &FoundSlot, trail: &Trail, hit: &Hit) -> bool {
        if trail.uncacheable {
            return false;
        }
        let holder_is_old = ObjectRef::from_offset(hit.holder).is_none_or(|r| !self.heap.is_young(r));
        let assigns_parent = found.assigns && found.slot.parent;
        // A slot of the receiver held in a cell belongs to this object's own map, so it is as good as a constant.
        holder_is_old && !assigns_parent
    }

    /// A search from the parents of `holder`, or from an object, for resends and delegation: not cached.
    pub(crate) fn resolve_from(
        &mut self,
        start: Start,
        receiver: Value,
        name: ObjectRef,
    ) -> Result<Hit, Outcome> {
        let selector: Selector = lookup::selector(&self.heap, name);
        let mut trail = Trail::default();
        self.counters.searches += 1;
        match lookup::search(&self.heap, start, selector, &mut trail) {
            Outcome::Found(found) => {
                // The receiver's own map is not what was searched: name the holder always.
                let mut hit = self.hit_for(receiver, &found);
                if hit.kind == HitKind::Empty {
                    return Err(Outcome::Missing);
                }
                if found.holder == receiver {
                    hit.holder = receiver.as_ref().map_or(0, ObjectRef::offset);
                }
                Ok(hit)
            }
            other => Err(other),
        }
    }

    /// Pushes an activation whose window begins at `window`. The arguments stand there already. False: stack overflow.
    #[inline(always)]
    pub(crate) fn push_frame(
        &mut self,
        code: *const Code,
        window: usize,
        dst: u8,
        holder: u64,
        kind: FrameKind,
    ) -> bool {
        // SAFETY: see `Frame::code`.
        let (registers, home) = unsafe { ((*code).registers as usize, (*code).home) };
        let nil = self.heap.known.nil;
        let process = self.process();
        if !process.reserve(window, registers) {
            return false;
        }
        if home != 255 {
            process.stack[window + home as usize] = nil;
        }
        process.frames.push(Frame { code, holder, pc: 0, base: window as u32, dst, kind, has_open: false });
        true
    }

    /// Does what a hit says. The receiver and arguments stand at `window`.
    pub(crate) fn perform(&mut self, hit: Hit, window: usize, argc: usize, dst: u8) -> Step {
        let receiver = self.stack_at(window);
        match hit.kind {
            HitKind::Method
            | HitKind::Primitive
            | HitKind::Quick
            | HitKind::Counted
            | HitKind::VectorAt
            | HitKind::VectorAtPut
            | HitKind::VectorSize
            | HitKind::Same => {
                let code = hit.target as *const Code;
                if hit.kind == HitKind::Counted {
                    self.count_call(code);
                }
                if !self.push_frame(code, window, dst, hit.holder, FrameKind::Normal) {
                    return self.stack_overflow();
                }
                Step::Go
            }
            HitKind::Block => match self.block_code(receiver) {
                Some(code) => {
                    if !self.push_frame(code, window, dst, 0, FrameKind::Normal) {
                        return self.stack_overflow();
                    }
                    Step::Go
                }
                None => self.abort("a block without code was evaluated".into()),
            },
            HitKind::Field | HitKind::HolderField => {
                let object = ObjectRef::from_offset(hit.holder).or(receiver.as_ref());
                let value = object.map_or(self.nil(), |r| self.heap.word(r, hit.target as usize));
                self.set_register(dst, value);
                Step::Go
            }
            HitKind::SetField | HitKind::SetHolderField => {
                let value = if argc > 0 { self.stack_at(window + 1) } else { self.nil() };
                let object = ObjectRef::from_offset(hit.holder).or(receiver.as_ref());
                if let Some(r) = object {
                    self.heap.store(r, hit.target as usize, value);
                    self.parent_assigned(r);
                }
                self.set_register(dst, receiver);
                Step::Go
            }
            HitKind::Constant => {
                let value = self.heap.value_at(hit.target);
                self.set_register(dst, value);
                Step::Go
            }
            HitKind::Receiver => {
                self.set_register(dst, receiver);
                Step::Go
            }
            HitKind::Empty => self.abort("an empty cache entry was used".into()),
        }
    }

    /// How often a method was called, if somebody counts.
    pub(crate) fn calls_of(&self, method: ObjectRef) -> Option<i64> {
        let counted = self.heap.length(method) > method_element::CALLS;
        if counted { self.heap.item(method, method_element::CALLS).as_int() } else { None }
    }

    /// Counts one more call of a method.
    pub(crate) fn count_call(&mut self, code: *const Code) {
        // SAFETY: hits name living code.
        let method = unsafe { (*code).method };
        if let Some(calls) = self.calls_of(method).and_then(|n| Value::from_i64(n + 1)) {
            self.heap.set_item(method, method_element::CALLS, calls);
        }
    }

    /// Counts the calls of a method from now on, if it has room for their number.
    pub(crate) fn start_counting(&mut self, method: ObjectRef) -> bool {
        if self.heap.length(method) <= method_element::CALLS {
            return false;
        }
        if self.calls_of(method).is_none() {
            self.heap.set_item(method, method_element::CALLS, Value::ZERO);
            self.changed = true;
        }
        // What was found is found anew, and then counted.
        self.drop_compiled();
        self.lookups.clear();
        for code in self.codes.iter_mut() {
            code.is_counted |= code.method == method;
            code.caches.iter_mut().for_each(crate::code::InlineCache::clear);
        }
        true
    }

    /// The bits of a block's method object.
    #[inline(always)]
    pub(crate) fn block_method(&self, block: Value) -> u64 {
        self.heap.item(block.ref_unchecked(), crate::block::block_element::CODE).bits()
    }

    /// The code of a block object, if it was made ready.
    #[inline(always)]
    pub(crate) fn ready_code(&self, block: Value) -> Option<*const Code> {
        let method = self.heap.item(block.as_ref()?, crate::block::block_element::CODE).as_ref()?;
        let number = self.heap.item(method, crate::code::method_element::NUMBER).as_int()?;
        self.codes.get(number as usize)
    }

    /// The same, made ready if it is not.
    pub(crate) fn block_code(&mut self, block: Value) -> Option<*const Code> {
        if let Some(code) = self.ready_code(block) {
            return Some(code);
        }
        let method = self.heap.item(block.as_ref()?, crate::block::block_element::CODE).as_ref()?;
        self.code_of(method)
    }

    /// Sends by name, from Rust: receiver and arguments are put above the running frame.
    pub(crate) fn send_now(
        &mut self,
        name: ObjectRef,
        receiver: Value,
        arguments: &[Value],
        dst: u8,
    ) -> Step {
        let frame = self.frame();
        let window = frame.base as usize + frame.registers();
        if !self.process().reserve(window, arguments.len() + 1) {
            return self.stack_overflow();
        }
        self.set_stack(window, receiver);
        for (i, argument) in arguments.iter().enumerate() {
            self.set_stack(window + 1 + i, *argument);
        }
        self.send_at(name, window, arguments.len(), dst)
    }

    /// Sends by name with the window in place.
    pub(crate) fn send_at(&mut self, name: ObjectRef, window: usize, argc: usize, dst: u8) -> Step {
        let receiver = self.stack_at(window);
        match self.resolve(receiver, name) {
            Ok(hit) => self.perform(hit, window, argc, dst),
            Err(outcome) => {
                let problem = crate::errors::Problem::from_outcome(&outcome);
                self.lookup_error(
                    problem,
                    name.value(),
                    window,
                    argc,
                    dst,
                    crate::errors::SendType::Normal,
                    None,
                    None,
                )
            }
        }
    }

    /// Is the content of this value's kind run when its slot is evaluated?
    pub fn kind(&self, value: Value) -> Kind {
        self.heap.kind_of(value)
    }
}
