//! Code from an image that nobody vouches for is proven before it runs.
//!
//! The heap's verifier has proven that objects are objects; this proves that method objects hold verified code, that blocks hold what
//! their code expects, and that the machine's own objects have the parts that it reads without asking. Opening an image as untrusted
//! does this once for everything in it. Afterwards the interpreter need not check, because programs cannot make such objects other
//! than through the compiler.
//!
//! Stacks of processes are not proven: processes of an untrusted image do not run, and neither do its load units. What is imported loses them.

use std::collections::HashMap;

use batos_image::layout::{Format, Kind, SlotKind, root};
use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lang::code::op::Instr;
use batos_lang::code::unit::{
    BlockSite, Capture, CaptureSource, CodeUnit, Literal, Program, SendKind, Site, TemplateIndex, UnitIndex,
    UnitKind,
};
use batos_lang::code::verify::Flaw;
use batos_lang::code::{BlockShape, verify, verify_unit};
use batos_lang::span::Span;

use crate::block::block_element;
use crate::code::{CodeKind, SITE_WORDS, method_element, unpack_shape};
use crate::load::Origin;
use crate::primitives::{arity, proxy_element};
use crate::process::{ProcessState, process_element};
use crate::reflect::mirror_element;
use crate::vm::{Exit, Vm, machine_roots};

/// Most code numbers that an untrusted image may have given out: the code table is as long.
const MOST_CODE_NUMBERS: i64 = 1 << 24;

/// Something wrong, and the object that it is in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unsound {
    /// The object.
    pub object: ObjectRef,
    /// What is wrong.
    pub problem: String,
}

/// Elements of a method that decide what it does.
const RUNNING_PARTS: [usize; 7] = [
    method_element::BYTECODE,
    method_element::LITERALS,
    method_element::SITES,
    method_element::BLOCKS,
    method_element::SHAPE,
    method_element::DEBUG,
    method_element::SELECTOR,
];

type Check = Result<(), String>;

impl Vm {
    /// Proves the code of an untrusted image and what goes with it. From now on its processes and load units are refused.
    pub fn audit(&mut self) -> Result<(), Unsound> {
        let unsound = |object, problem: String| Unsound { object, problem };
        let lobby = self.heap.known.lobby.as_ref();
        let lobby = lobby.unwrap_or(self.heap.known.method_map.object());
        self.audit_roots().map_err(|problem| unsound(lobby, problem))?;
        self.untrusted_codes = self.heap.root(root::NEXT_CODE).as_int();
        let mut objects = Vec::new();
        let mut roots = machine_roots!(self);
        self.heap.each_object(&mut roots, |heap, r| {
            if !matches!(heap.kind_of_ref(r), Kind::Symbol | Kind::ByteVector | Kind::Float | Kind::Code) {
                objects.push(r);
            }
        });
        let mut numbers = HashMap::new();
        // The method that reads scripts is made anew: the machine's own code is no business of an image.
        let driver = self.heap.root(root::SCRIPT_DRIVER).as_ref();
        for object in objects {
            if Some(object) != driver {
                self.audit_object(object, &mut numbers).map_err(|problem| unsound(object, problem))?;
            }
        }
        let nil = self.nil();
        self.heap.set_root(root::SCRIPT_DRIVER, nil);
        Ok(())
    }

    /// Ends what nobody can prove in an image opened as untrusted, so that it may be trusted from now on: processes that have not ended lose
    /// their stacks, and load units, which have done their work, their numbers. Gives the number of processes.
    pub fn end_unproven(&mut self) -> usize {
        let mut objects = Vec::new();
        let mut roots = machine_roots!(self);
        self.heap.each_object(&mut roots, |heap, r| {
            if matches!(heap.kind_of_ref(r), Kind::Process | Kind::Method) {
                objects.push(r);
            }
        });
        let nil = self.nil();
        let mut ended = 0;
        for object in objects {
            if self.heap.kind_of_ref(object) == Kind::Method {
                if matches!(self.shape_of(object), Some((CodeKind::Load, ..))) {
                    self.heap.set_item(object, method_element::NUMBER, nil);
                }
                continue;
            }
            let state =
                self.heap.item(object, process_element::STATE).as_int().and_then(ProcessState::from_i64);
            ended += usize::from(!matches!(state, Some(ProcessState::Finished | ProcessState::Aborted)));
            if !matches!(state, Some(ProcessState::Finished)) {
                let aborted = Value::from_i32(ProcessState::Aborted as i32);
                self.heap.set_item(object, process_element::STATE, aborted);
            }
            for part in [process_element::STACK, process_element::FRAMES, process_element::OPEN] {
                self.heap.set_item(object, part, Value::ZERO);
            }
        }
        ended
    }

    /// Verifies a program that need not come from the compiler, and runs it with at most so much fuel, alone.
    pub fn run_program(&mut self, program: &Program, fuel: u64) -> Result<Exit, Flaw> {
        verify(program)?;
        let method = self.load(program, &Origin { source: b"", file: "", first_line: 1 });
        let receiver = self.shell();
        let Some(process) = self.method_process(method, receiver) else {
            return Ok(Exit::Aborted("the program's code is not valid".into()));
        };
        if let Some(live) = self.wake(process) {
            live.fuel = Some(fuel);
        }
        let exit = self.run(process);
        if let Exit::Suspended(process) = exit {
            self.abort_now(process);
        }
        Ok(exit)
    }

    fn audit_roots(&self) -> Check {
        let is = |at: usize, kind: Kind| {
            let object = self.heap.root(at).as_ref();
            object.is_some_and(|r| self.heap.kind_of_ref(r) == kind)
        };
        for (at, kind) in [
            (root::VECTOR, Kind::Vector),
            (root::WEAK_VECTOR, Kind::WeakVector),
            (root::BYTE_VECTOR, Kind::ByteVector),
            (root::BLOCK_MAPS, Kind::Internal),
            (root::LOBBY, Kind::Slots),
            (root::SHELL, Kind::Slots),
            (root::BLOCK_VALUE, Kind::Method),
            (root::CLOSED_CELL_MAP, Kind::Map),
            (root::MIRROR_MAP, Kind::Map),
            (root::PROCESS_MAP, Kind::Map),
            (root::PROXY_MAP, Kind::Map),
        ] {
            if !is(at, kind) {
                return Err(format!("root {at} is not what it should be"));
            }
        }
        for (at, kind, fields) in [
            (root::CELL_MAP, Kind::Cell, 1),
            (root::OPEN_CELL_MAP, Kind::Cell, 2),
            (root::CLOSED_CELL_MAP, Kind::Cell, 2),
            (root::HOME_MAP, Kind::Home, 0),
            (root::METHOD_MAP, Kind::Method, 0),
            (root::INTERNAL_MAP, Kind::Internal, 0),
            (root::MIRROR_MAP, Kind::Mirror, 0),
            (root::PROCESS_MAP, Kind::Process, 0),
            (root::PROXY_MAP, Kind::Proxy, 0),
        ] {
            let Some(map) = self.heap.root_map(at) else { return Err(format!("root {at} is missing")) };
            let info = self.heap.map_info(map);
            let format =
                if matches!(kind, Kind::Cell | Kind::Home) { Format::Slots } else { Format::Indexed };
            if info.kind() != kind || info.format() != format || self.heap.field_count(map) != fields {
                return Err(format!("root {at} is a map of the wrong sort"));
            }
        }
        let table = self.heap.root(root::BLOCK_MAPS).as_ref().ok_or("there are no maps of blocks")?;
        let count = self.heap.length(table);
        if !(crate::world::BLOCK_ARITIES..=256).contains(&count) {
            return Err("the table of block maps has a wrong size".into());
        }
        for argc in 0..count {
            self.audit_block_map(self.heap.item(table, argc), argc)?;
        }
        for at in [root::NEXT_CODE, root::NEXT_PROCESS] {
            let next = self.heap.root(at).as_int();
            if !next.is_some_and(|n| (0..MOST_CODE_NUMBERS).contains(&n)) {
                return Err(format!("root {at} is no number that can be counted on"));
            }
        }
        // Without prototypes of mirrors, all mirrors share a map.
        match self.heap.root(root::MIRRORS).as_ref() {
            Some(r) if r.value() != self.nil() && self.heap.kind_of_ref(r) != Kind::Internal => {
                return Err("the prototypes of mirrors are no vector".into());
            }
            _ => {}
        }
        match self.heap.root(root::NATIVES).as_ref() {
            Some(r) if r.value() != self.nil() && self.heap.kind_of_ref(r) != Kind::Internal => {
                Err("the record of control messages is no vector".into())
            }
            _ => Ok(()),
        }
    }

    fn audit_block_map(&self, map: Value, argc: usize) -> Check {
        let map = map.as_ref().filter(|m| self.heap.kind_of_ref(*m) == Kind::Map);
        let map = map.map(MapRef::assume).ok_or("a map of blocks is missing")?;
        let info = self.heap.map_info(map);
        let value = self.heap.root(root::BLOCK_VALUE);
        let name = crate::world::block_selector(argc);
        let runs = (0..self.heap.slot_count(map)).any(|i| {
            let slot = self.heap.slot(map, i);
            slot.content == value && self.heap.bytes(slot.name) == name
        });
        let right = info.kind() == Kind::Block && info.format() == Format::Indexed;
        if !right || self.heap.field_count(map) != 0 || self.heap.slot_count(map) < 2 || !runs {
            return Err("a map of blocks is wrong".into());
        }
        Ok(())
    }

    fn audit_object(&mut self, object: ObjectRef, numbers: &mut HashMap<i64, Vec<Value>>) -> Check {
        let least = |count: usize, what: &str| {
            let right = self.heap.format_of_ref(object) == Format::Indexed
                && self.heap.field_count(self.heap.map_of_ref(object)) == 0
                && self.heap.length(object) >= count;
            if right { Ok(()) } else { Err(format!("{what} lacks parts")) }
        };
        match self.heap.kind_of_ref(object) {
            Kind::Method => {
                least(method_element::LEAST, "a method")?;
                let number = self.heap.item(object, method_element::NUMBER).as_int();
                let number = number.filter(|n| (0..self.untrusted_codes.unwrap_or(0)).contains(n));
                // Copies that differ in what does not run share their number.
                let runs: Vec<Value> = RUNNING_PARTS.iter().map(|i| self.heap.item(object, *i)).collect();
                let first = numbers.entry(number.ok_or("a method without a number")?);
                if *first.or_insert_with(|| runs.clone()) != runs {
                    return Err("two methods have one number".into());
                }
                self.check_method(object)
            }
            Kind::Block => {
                least(block_element::CAPTURES, "a block")?;
                self.audit_block(object)
            }
            Kind::Mirror => least(mirror_element::COUNT, "a mirror"),
            Kind::Proxy => least(proxy_element::COUNT, "a proxy"),
            Kind::Process => least(process_element::COUNT, "a process"),
            Kind::Map => self.audit_map(MapRef::assume(object)),
            _ => Ok(()),
        }
    }

    /// A slot holds code only if that runs with what the slot's messages bring; cells of slots are cells.
    fn audit_map(&self, map: MapRef) -> Check {
        for i in 0..self.heap.slot_count(map) {
            let slot = self.heap.slot(map, i);
            let content = slot.content.as_ref();
            match slot.kind {
                SlotKind::Constant => {
                    let Some(method) = content.filter(|r| self.heap.kind_of_ref(*r) == Kind::Method) else {
                        continue;
                    };
                    let shape = self.shape_of(method).ok_or("a slot holds broken code")?;
                    let hidden = shape.0 == CodeKind::BlockValue && method.value() == self.block_value();
                    let fits = shape.0 == CodeKind::Method
                        && usize::from(shape.1) == arity(self.heap.bytes(slot.name));
                    let in_block = self.heap.map_info(map).kind() == Kind::Block;
                    if !(fits || hidden && in_block) {
                        return Err("a slot holds code that its messages cannot run".into());
                    }
                }
                SlotKind::CellField if !content.is_some_and(|r| self.is_cell(r)) => {
                    return Err("a slot's cell is no cell".into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn audit_block(&self, block: ObjectRef) -> Check {
        let code = self.heap.item(block, block_element::CODE).as_ref();
        let unit = code.and_then(|c| self.unit_of(c)).filter(|u| u.kind == UnitKind::Block);
        let unit = unit.ok_or("a block without the code of one")?;
        let table = self.heap.root(root::BLOCK_MAPS).as_ref().ok_or("there are no maps of blocks")?;
        let argc = usize::from(unit.argc);
        let map = self.heap.map_of_ref(block);
        if argc >= self.heap.length(table) || self.heap.item(table, argc) != map.value() {
            return Err("a block has the map of another number of arguments".into());
        }
        if self.heap.length(block) != block_element::CAPTURES + unit.captures.len() {
            return Err("a block has not what its code captured".into());
        }
        for (i, capture) in unit.captures.iter().enumerate() {
            let held = self.heap.item(block, block_element::CAPTURES + i).as_ref();
            if held.is_some_and(|r| self.is_cell(r)) != capture.cell {
                return Err("a block holds a cell for a value, or the reverse".into());
            }
        }
        Ok(())
    }

    fn is_cell(&self, r: ObjectRef) -> bool {
        let map = self.heap.map_of_ref(r).value();
        [root::CELL_MAP, root::OPEN_CELL_MAP, root::CLOSED_CELL_MAP]
            .iter()
            .any(|at| self.heap.root(*at) == map)
    }

    fn block_value(&self) -> Value {
        self.heap.root(root::BLOCK_VALUE)
    }

    /// Kind, arguments, registers and home of a method object; `None`: it is none.
    pub(crate) fn shape_of(&self, method: ObjectRef) -> Option<(CodeKind, u8, u16, Option<u8>)> {
        let whole = self.heap.kind_of_ref(method) == Kind::Method
            && self.heap.length(method) >= method_element::LEAST;
        if whole { unpack_shape(self.heap.item(method, method_element::SHAPE)) } else { None }
    }

    /// Proves code that is made ready to run, where that is asked for. Of an untrusted image, load units do not run.
    pub(crate) fn may_run(&self, method: ObjectRef) -> bool {
        if !cfg!(debug_assertions) && self.untrusted_codes.is_none() {
            return true;
        }
        let Some((kind, ..)) = self.shape_of(method) else { return false };
        let number = self.heap.item(method, method_element::NUMBER).as_int();
        let foreign = self.untrusted_codes.is_some_and(|limit| number.is_none_or(|n| n < limit));
        let machine_made = method.value() == self.heap.root(root::SCRIPT_DRIVER) || kind == CodeKind::Load;
        if machine_made { !foreign } else { self.check_method(method).is_ok() }
    }

    /// Proves the code of one method object. Load units of the compiler are taken as they are: it verified the whole program.
    pub(crate) fn check_method(&self, method: ObjectRef) -> Check {
        let (kind, ..) = self.shape_of(method).ok_or("a method without a shape")?;
        match kind {
            CodeKind::Load => Ok(()),
            CodeKind::BlockValue if method.value() == self.block_value() => Ok(()),
            CodeKind::BlockValue => Err("a hidden method in the wrong place".into()),
            CodeKind::Method | CodeKind::Block => {
                let unit = self.unit_of(method).ok_or("a method whose parts do not fit together")?;
                let literals = self.heap.item(method, method_element::LITERALS).as_ref();
                let shape = |at: u32| {
                    let code = self.heap.item(literals?, at as usize).as_ref()?;
                    let unit = self.unit_of(code).filter(|u| u.kind == UnitKind::Block)?;
                    Some(BlockShape::of(&unit))
                };
                let in_range = |at: u32| (at as usize) < unit.literals.len();
                verify_unit(&unit, &|at| if in_range(at) { shape(at) } else { None })
                    .map_err(|flaw| flaw.to_string())
            }
        }
    }

    /// A method object as the plain data that the verifier reads.
    fn unit_of(&self, method: ObjectRef) -> Option<CodeUnit> {
        let (kind, argc, registers, home) = self.shape_of(method)?;
        let part = |element: usize, kind: Kind| {
            let part = self.heap.item(method, element).as_ref()?;
            if self.heap.kind_of_ref(part) == kind { Some(part) } else { None }
        };
        let raw = |element: usize| part(element, Kind::Code).map(|r| self.heap.bytes(r));
        let literals = part(method_element::LITERALS, Kind::Internal)?;
        let selector = part(method_element::SELECTOR, Kind::Symbol)?;
        let info = crate::debug::decode(raw(method_element::DEBUG)?);
        Some(CodeUnit {
            kind: match kind {
                CodeKind::Method => UnitKind::Method,
                CodeKind::Block => UnitKind::Block,
                CodeKind::Load => UnitKind::Load,
                CodeKind::BlockValue => return None,
            },
            selector: self.heap.bytes(selector).to_vec(),
            argc,
            registers,
            home,
            code: raw(method_element::BYTECODE)?
                .as_chunks::<8>()
                .0
                .iter()
                .map(|b| Instr::from_bytes(*b))
                .collect(),
            literals: (0..self.heap.length(literals)).map(|i| self.literal_of(literals, i)).collect(),
            sites: sites_of(raw(method_element::SITES)?)?,
            blocks: blocks_of(raw(method_element::BLOCKS)?)?,
            captures: info.captures.into_iter().map(|(name, cell)| Capture { name, cell }).collect(),
            parent: None,
            locals: Vec::new(),
            positions: Vec::new(),
            source: Span::new(0, 0),
            annotation: Vec::new(),
        })
    }

    fn literal_of(&self, literals: ObjectRef, at: usize) -> Literal {
        let value = self.heap.item(literals, at);
        match (self.heap.kind_of(value), value.as_int(), value.as_ref()) {
            (Kind::SmallInt, Some(n), _) => Literal::Int(n),
            (Kind::Symbol, _, Some(r)) => Literal::Str(self.heap.bytes(r).to_vec()),
            (Kind::Method, ..) => Literal::Unit(UnitIndex(at as u32)),
            // No value of a program: the verifier refuses these outside load units.
            (Kind::Map | Kind::Internal | Kind::Cell | Kind::Home | Kind::Code, ..) => {
                Literal::Map(TemplateIndex(0))
            }
            _ => Literal::Hole,
        }
    }
}

fn words_of(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b))
}

fn sites_of(bytes: &[u8]) -> Option<Vec<Site>> {
    let words: Vec<u32> = words_of(bytes).collect();
    let site = |[kind, selector, argc, delegate, base, local_parents]: &[u32; SITE_WORDS]| {
        Some(Site {
            kind: match kind {
                0 => SendKind::Normal,
                1 => SendKind::Implicit,
                2 => SendKind::Resend,
                3 => SendKind::Directed,
                4 => SendKind::Primitive,
                5 => SendKind::PrimitiveIfFail,
                _ => return None,
            },
            selector: *selector,
            argc: u8::try_from(*argc).ok()?,
            delegate: *delegate,
            base: u8::try_from(*base).ok()?,
            local_parents: u8::try_from(*local_parents).ok()?,
        })
    };
    words.as_chunks::<SITE_WORDS>().0.iter().map(site).collect()
}

fn blocks_of(bytes: &[u8]) -> Option<Vec<BlockSite>> {
    let mut words = words_of(bytes);
    let count = words.next()? as usize;
    let mut blocks = Vec::with_capacity(count.min(bytes.len()));
    for _ in 0..count {
        let (code, needs_home) = (words.next()?, words.next()? != 0);
        let mut captures = Vec::new();
        for _ in 0..words.next()? {
            let (tag, at) = (words.next()?, words.next()?);
            let register = u8::try_from(at);
            captures.push(match tag {
                0 => CaptureSource::Register(register.ok()?),
                1 => CaptureSource::Capture(at),
                2 => CaptureSource::Open(register.ok()?),
                _ => return None,
            });
        }
        blocks.push(BlockSite { code, needs_home, captures });
    }
    Some(blocks)
}
