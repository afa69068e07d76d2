//! From the front end's plain data to objects in the image, and from method objects to code that runs.

use batos_image::heap::SlotDesc;
use batos_image::layout::{Format, Kind, SlotKind, map_flag, root};
use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lang::code::op::{Instr, Op};
use batos_lang::code::unit::{
    CaptureSource, CodeUnit, Literal, ObjectTemplate, Program, SendKind, TemplateContent, UnitKind,
};

use crate::code::{
    BlockSite, Code, CodeKind, InlineCache, SITE_WORDS, Site, Source, method_element, pack_shape,
    sole_primitive, unpack_shape,
};
use crate::debug;
use crate::vm::Vm;

/// Where a program's source came from.
#[derive(Clone, Debug)]
pub struct Origin<'a> {
    /// The whole source.
    pub source: &'a [u8],
    /// File name, or what stands for one.
    pub file: &'a str,
    /// Line number of the first line of `source`.
    pub first_line: u32,
}

/// Longest source text of a top-level expression that is kept (methods keep theirs always).
const KEPT_EXPRESSION: usize = 4000;

impl Vm {
    /// Makes the method objects and maps of a program. Gives the load unit's method object: run it with self = lobby and, in its
    /// one argument, the object the expression is for.
    pub fn load(&mut self, program: &Program, origin: &Origin<'_>) -> ObjectRef {
        let nil = self.nil();
        let lines = Lines::of(program, origin.source);
        let file = self.intern(origin.file.as_bytes()).value();
        let methods: Vec<ObjectRef> = program
            .units
            .iter()
            .map(|_| {
                let map = self.heap.known.method_map;
                self.heap.alloc_old_indexed(map, 0, method_element::COUNT, nil)
            })
            .collect();
        let literals: Vec<ObjectRef> = program
            .units
            .iter()
            .map(|unit| {
                let map = self.heap.known.internal_map;
                self.heap.alloc_old_indexed(map, 0, unit.literals.len(), nil)
            })
            .collect();
        let maps: Vec<MapRef> = program.templates.iter().map(|t| self.load_template(t, &methods)).collect();
        for (i, unit) in program.units.iter().enumerate() {
            for (at, literal) in unit.literals.iter().enumerate() {
                let value = match literal {
                    Literal::LiteralsOf(u) => literals.get(u.0 as usize).map_or(nil, |r| r.value()),
                    Literal::Map(t) => maps.get(t.0 as usize).map_or(nil, |r| r.value()),
                    other => self.plain_literal(other, &methods),
                };
                self.heap.set_item(literals[i], at, value);
            }
            self.fill_method(methods[i], unit, literals[i], program, &methods, origin, file, &lines);
        }
        methods[program.load as usize]
    }

    fn plain_literal(&mut self, literal: &Literal, methods: &[ObjectRef]) -> Value {
        match literal {
            Literal::Int(n) => Value::from_i64(*n).unwrap_or(Value::ZERO),
            Literal::Float(x) => match Value::from_f64(*x) {
                Some(v) => v,
                None => self.heap.new_float(*x),
            },
            Literal::Str(bytes) => self.intern(bytes).value(),
            Literal::Unit(u) => methods.get(u.0 as usize).map_or(self.nil(), |m| m.value()),
            Literal::Hole | Literal::LiteralsOf(_) | Literal::Map(_) => self.nil(),
        }
    }

    fn load_template(&mut self, template: &ObjectTemplate, methods: &[ObjectRef]) -> MapRef {
        let mut fields = 0;
        let mut flags = 0;
        let mut slots = Vec::with_capacity(template.slots.len());
        for slot in &template.slots {
            let name = self.intern(&slot.name);
            let content = match &slot.content {
                TemplateContent::Nil | TemplateContent::Hole => self.nil(),
                TemplateContent::Literal(literal) => self.plain_literal(literal, methods),
            };
            let (kind, index) = if slot.assignable {
                fields += 1;
                (SlotKind::Field, fields - 1)
            } else {
                (SlotKind::Constant, 0)
            };
            if slot.parent {
                flags |= map_flag::PARENT;
                if slot.assignable {
                    flags |= map_flag::ASSIGNABLE_PARENT;
                }
            }
            let annotation = self.annotation(&slot.annotation);
            slots.push(SlotDesc { name, kind, parent: slot.parent, index, content, annotation });
        }
        let annotation = self.annotation(&template.annotation);
        self.heap.new_map(Kind::Slots, Format::Slots, fields as usize, &slots, annotation, flags)
    }

    /// An annotation as maps keep it: a canonical string, or 0 for none.
    pub(crate) fn annotation(&mut self, text: &[u8]) -> Value {
        if text.is_empty() { Value::ZERO } else { self.intern(text).value() }
    }

    #[allow(clippy::too_many_arguments)]
    fn fill_method(
        &mut self,
        method: ObjectRef,
        unit: &CodeUnit,
        literals: ObjectRef,
        program: &Program,
        methods: &[ObjectRef],
        origin: &Origin<'_>,
        file: Value,
        lines: &Lines,
    ) {
        let outermost = outermost(program, unit);
        let kind = match unit.kind {
            UnitKind::Method => CodeKind::Method,
            UnitKind::Block => CodeKind::Block,
            UnitKind::Load => CodeKind::Load,
        };
        let code_map = self.heap.known.code_map;
        let bytes: Vec<u8> = unit.code.iter().flat_map(|i| i.to_bytes()).collect();
        let bytecode = self.heap.new_old_bytes(code_map, &bytes);
        let sites = self.heap.new_old_bytes(code_map, &encode_sites(unit));
        let blocks = self.heap.new_old_bytes(code_map, &encode_blocks(unit));
        let debug = self.heap.new_old_bytes(code_map, &debug::encode(unit, outermost.source.start));
        let text = origin.source.get(unit.source.range()).unwrap_or_default();
        let keeps_source = match unit.kind {
            UnitKind::Method => true,
            UnitKind::Block => false,
            UnitKind::Load => text.len() <= KEPT_EXPRESSION,
        };
        let source = if keeps_source { self.heap.new_old_bytes(code_map, text).value() } else { self.nil() };
        let line = origin.first_line as usize + lines.before(unit.source.start);
        let number = self.next_code_number();
        let selector = self.intern(&unit.selector).value();
        let parent = unit.parent.and_then(|p| methods.get(p.0 as usize)).map_or(self.nil(), |p| p.value());
        let annotation = self.annotation(&unit.annotation);
        for (element, value) in [
            (method_element::NUMBER, number),
            (method_element::BYTECODE, bytecode.value()),
            (method_element::LITERALS, literals.value()),
            (method_element::SITES, sites.value()),
            (method_element::BLOCKS, blocks.value()),
            (method_element::SHAPE, pack_shape(kind, unit.argc, unit.registers, unit.home)),
            (method_element::SOURCE, source),
            (method_element::FILE, file),
            (method_element::LINE, Value::from_usize(line)),
            (method_element::DEBUG, debug.value()),
            (method_element::SELECTOR, selector),
            (method_element::PARENT, parent),
            (method_element::ANNOTATION, annotation),
            (method_element::CALLS, self.nil()),
        ] {
            self.heap.set_item(method, element, value);
        }
    }

    fn next_code_number(&mut self) -> Value {
        let number = self.heap.root(root::NEXT_CODE);
        let next = number.as_int().unwrap_or(0) + 1;
        self.heap.set_root(root::NEXT_CODE, Value::from_i64(next).unwrap_or(Value::ZERO));
        Value::from_i64(next - 1).unwrap_or(Value::ZERO)
    }

    /// The code of a method object, made ready if this is its first use. `None`: the object is no valid method.
    pub(crate) fn code_of(&mut self, method: ObjectRef) -> Option<*const Code> {
        let number = usize::try_from(self.heap.item(method, method_element::NUMBER).as_int()?).ok()?;
        if let Some(code) = self.codes.get(number) {
            return Some(code);
        }
        let code = Box::new(self.decode(method)?);
        Some(self.codes.insert(number, code))
    }

    fn decode(&mut self, method: ObjectRef) -> Option<Code> {
        if !self.may_run(method) {
            return None;
        }
        let item = |vm: &Vm, i: usize| vm.heap.item(method, i);
        let (kind, argc, registers, home) = unpack_shape(item(self, method_element::SHAPE))?;
        let literals = item(self, method_element::LITERALS).as_ref()?;
        let selector = item(self, method_element::SELECTOR).as_ref()?;
        let bytecode = self.heap.bytes(item(self, method_element::BYTECODE).as_ref()?).to_vec();
        let instrs: Vec<Instr> = bytecode.as_chunks::<8>().0.iter().map(|b| Instr::from_bytes(*b)).collect();
        let site_bytes = self.heap.bytes(item(self, method_element::SITES).as_ref()?).to_vec();
        let sites = self.decode_sites(&site_bytes, literals)?;
        let block_bytes = self.heap.bytes(item(self, method_element::BLOCKS).as_ref()?).to_vec();
        let blocks = self.decode_blocks(&block_bytes, literals)?;
        let primitive = if kind == CodeKind::Method {
            sole_primitive(&instrs, &sites, argc).filter(|p| self.primitives.is_quick(*p))
        } else {
            None
        };
        let answers_self =
            kind == CodeKind::Method && instrs.first().is_some_and(|i| i.op == Op::Return as u8 && i.a == 0);
        let caches = sites.iter().map(|_| InlineCache::empty()).collect();
        let mut code = Code {
            method,
            kind,
            argc,
            home: home.unwrap_or(255),
            registers: registers.max(1),
            instrs: instrs.into_boxed_slice(),
            literals,
            sites: sites.into_boxed_slice(),
            caches,
            blocks: blocks.into_boxed_slice(),
            selector,
            primitive,
            answers_self,
            is_counted: self.calls_of(method).is_some(),
            native: 0,
            native_number: 0,
            resumes: std::ptr::null(),
        };
        self.quicken(&mut code);
        Some(code)
    }

    fn decode_sites(&mut self, bytes: &[u8], literals: ObjectRef) -> Option<Vec<Site>> {
        let words = u32s(bytes);
        let mut sites = Vec::with_capacity(words.len() / SITE_WORDS);
        for site in words.as_chunks::<SITE_WORDS>().0 {
            let [kind, selector, argc, delegate, base, local_parents] = *site;
            let selector = self.literal(literals, selector)?.as_ref()?;
            let primitive = if kind == SendKind::Primitive as u32 || kind == SendKind::PrimitiveIfFail as u32
            {
                self.primitives.find(self.heap.bytes(selector))
            } else {
                u16::MAX
            };
            sites.push(Site {
                kind: kind as u8,
                argc: argc as u8,
                base: base as u8,
                local_parents: local_parents as u8,
                selector,
                delegate,
                primitive,
            });
        }
        Some(sites)
    }

    fn decode_blocks(&mut self, bytes: &[u8], literals: ObjectRef) -> Option<Vec<BlockSite>> {
        let words = u32s(bytes);
        let mut words = words.into_iter();
        let mut blocks = Vec::new();
        for _ in 0..words.next()? {
            let code = self.literal(literals, words.next()?)?.as_ref()?;
            let needs_home = words.next()? != 0;
            let mut captures = Vec::new();
            for _ in 0..words.next()? {
                let tag = words.next()?;
                let at = words.next()?;
                captures.push(match tag {
                    0 => Source::Register(at as u8),
                    1 => Source::Capture(at),
                    2 => Source::Open(at as u8),
                    _ => return None,
                });
            }
            let (_, argc, _, _) = unpack_shape(self.heap.item(code, method_element::SHAPE))?;
            let map = self.block_map(argc as usize);
            blocks.push(BlockSite { code, map, needs_home, captures });
        }
        Some(blocks)
    }

    fn literal(&self, literals: ObjectRef, at: u32) -> Option<Value> {
        if (at as usize) < self.heap.length(literals) {
            Some(self.heap.item(literals, at as usize))
        } else {
            None
        }
    }
}

/// Where lines begin in the part of a source that a program stands in.
struct Lines {
    /// Newlines before `from`.
    first: usize,
    from: u32,
    /// Offsets of newlines from `from` on.
    breaks: Vec<u32>,
}

impl Lines {
    fn of(program: &Program, source: &[u8]) -> Lines {
        let from = program.units.iter().map(|u| u.source.start).min().unwrap_or(0);
        let end = program.units.iter().map(|u| u.source.end).max().unwrap_or(0);
        let text = |a: u32, b: u32| source.get(a as usize..b as usize).unwrap_or_default();
        let first = text(0, from).iter().filter(|b| **b == b'\n').count();
        let places = text(from, end).iter().enumerate().filter(|(_, b)| **b == b'\n');
        Lines { first, from, breaks: places.map(|(i, _)| from + i as u32).collect() }
    }

    /// Newlines before an offset.
    fn before(&self, offset: u32) -> usize {
        if offset < self.from { 0 } else { self.first + self.breaks.partition_point(|b| *b < offset) }
    }
}

/// The method or load unit whose text contains the unit's.
fn outermost<'a>(program: &'a Program, unit: &'a CodeUnit) -> &'a CodeUnit {
    let mut unit = unit;
    while let Some(parent) = unit.parent.and_then(|p| program.units.get(p.0 as usize)) {
        unit = parent;
    }
    unit
}

fn encode_sites(unit: &CodeUnit) -> Vec<u8> {
    let words = unit.sites.iter().flat_map(|s| {
        [
            s.kind as u32,
            s.selector,
            u32::from(s.argc),
            s.delegate,
            u32::from(s.base),
            u32::from(s.local_parents),
        ]
    });
    words.flat_map(u32::to_le_bytes).collect()
}

fn encode_blocks(unit: &CodeUnit) -> Vec<u8> {
    let mut words = vec![unit.blocks.len() as u32];
    for block in &unit.blocks {
        words.extend([block.code, u32::from(block.needs_home), block.captures.len() as u32]);
        for capture in &block.captures {
            words.extend(match capture {
                CaptureSource::Register(r) => [0, u32::from(*r)],
                CaptureSource::Capture(n) => [1, *n],
                CaptureSource::Open(r) => [2, u32::from(*r)],
            });
        }
    }
    words.into_iter().flat_map(u32::to_le_bytes).collect()
}

fn u32s(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect()
}
