//! Methods as the compiler wants them: kept instructions, and what the inline caches hold now.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use batos_image::value::ObjectRef;
use batos_jit::Draft;
use batos_jit::input::{BlockInfo, Capture, Hit, Library, Method, SiteInfo, Target};
use batos_lang::code::op::Instr;
use batos_lang::code::unit::SendKind;

use super::assumptions::map_object;
use crate::code::{self, Code, CodeKind, HitKind, InlineCache, Site, Source, method_element};
use crate::debug;
use crate::vm::Vm;

/// Longest code that is compiled.
const LONGEST: usize = 2000;

/// Methods of a machine, read once each.
pub(super) struct Snapshots<'a> {
    vm: &'a Vm,
    known: RefCell<HashMap<u64, Option<Rc<Method>>>>,
}

impl<'a> Snapshots<'a> {
    pub(super) fn new(vm: &'a Vm) -> Snapshots<'a> {
        Snapshots { vm, known: RefCell::default() }
    }

    /// The method that is compiled, with what its registers hold.
    pub(super) fn root(&self, code: *const Code, hints: Vec<u8>, again: u32) -> Option<Rc<Method>> {
        let mut method = self.read(code)?;
        method.hints = hints;
        method.again = again;
        Some(Rc::new(method))
    }

    fn read(&self, address: *const Code) -> Option<Method> {
        // SAFETY: frames and hits name code of the table, which nothing changes while this is borrowed.
        let code = unsafe { &*address };
        let heap = &self.vm.heap;
        if !matches!(code.kind, CodeKind::Method | CodeKind::Block) || code.is_counted {
            return None;
        }
        let bytes = heap.bytes(heap.item(code.method, method_element::BYTECODE).as_ref()?);
        let instrs: Vec<Instr> = bytes.as_chunks::<8>().0.iter().map(|b| Instr::from_bytes(*b)).collect();
        if instrs.len() > LONGEST {
            return None;
        }
        let sites = code.sites.iter().zip(&code.caches).map(|(site, cache)| self.site(site, cache)).collect();
        let debug = heap.item(code.method, method_element::DEBUG).as_ref();
        let debug = debug.map(|r| debug::decode(heap.bytes(r)));
        let locals = debug.map(|d| d.locals.iter().map(|l| l.register).collect()).unwrap_or_default();
        let captures = || code.blocks.iter().flat_map(|b| &b.captures);
        let open = captures().filter_map(|c| if let Source::Open(r) = c { Some(*r) } else { None }).collect();
        let captured = code.blocks.iter().map(|block| {
            let registers = block.captures.iter().filter_map(|c| match c {
                Source::Register(r) | Source::Open(r) => Some(*r),
                Source::Capture(_) => None,
            });
            registers.chain([0]).collect()
        });
        let ready = |method: ObjectRef| {
            let number = heap.item(method, method_element::NUMBER).as_int()?;
            self.vm.codes.get(usize::try_from(number).ok()?).map(|code| code as u64)
        };
        let blocks = code.blocks.iter().map(|block| BlockInfo {
            code: ready(block.code),
            map: (block.map.offset() >> 3) as u32,
            needs_home: block.needs_home,
            captures: block
                .captures
                .iter()
                .map(|source| match *source {
                    Source::Register(r) => Capture::Register(r),
                    Source::Open(r) => Capture::Open(r),
                    Source::Capture(n) => Capture::Capture(n),
                })
                .collect(),
        });
        let numbers = (0..heap.length(code.literals)).map(|i| {
            let literal = heap.item(code.literals, i);
            if literal.is_int() || literal.is_float() { literal.bits() } else { 1 }
        });
        let key = address as u64;
        let arithmetic = self.vm.gear.arithmetic.iter().filter(|((code, _), _)| *code == key);
        Some(Method {
            code: key,
            name: String::from_utf8_lossy(heap.bytes(code.selector)).into_owned(),
            argc: code.argc,
            registers: code.registers,
            home: (code.home != 255).then_some(code.home),
            instrs,
            sites,
            literals: code.literals.offset(),
            numbers: numbers.collect(),
            locals,
            open,
            captured: captured.collect(),
            is_block: code.kind == CodeKind::Block,
            blocks: blocks.collect(),
            arithmetic: arithmetic.map(|((_, pc), met)| (*pc, *met)).collect(),
            hints: vec![],
            again: 0,
        })
    }

    fn site(&self, site: &Site, cache: &InlineCache) -> SiteInfo {
        let plain = site.kind == SendKind::Normal as u8 || site.kind == SendKind::Implicit as u8;
        let all = std::iter::once(&cache.first).chain(&cache.more).filter(|h| h.kind != HitKind::Empty);
        let hits = all.map(|hit| Hit { map: hit.map, what: self.what(hit, site) });
        let primitives = &self.vm.primitives;
        let may_try = primitives.is_quick(site.primitive)
            && primitives.get(site.primitive, usize::from(site.argc)).is_some();
        SiteInfo {
            argc: site.argc,
            base: site.base,
            primitive: may_try.then_some(site.primitive),
            plain,
            hits: if plain { hits.collect() } else { vec![] },
        }
    }

    fn what(&self, hit: &code::Hit, site: &Site) -> Target {
        let takes = |code: u64| {
            // SAFETY: entries of living caches name living code.
            unsafe { ((*(code as *const Code)).kind, (*(code as *const Code)).argc) }
        };
        match hit.kind {
            HitKind::Method if takes(hit.target) == (CodeKind::Method, site.argc) => {
                Target::Method { code: hit.target, holder: hit.holder }
            }
            // An entry learns its code when a block is evaluated; surplus arguments are dropped there.
            HitKind::Block if hit.target != 0 && takes(hit.target).0 == CodeKind::Block => {
                Target::Block { code: hit.target, method: hit.holder }
            }
            HitKind::Field => Target::Field(hit.target as u32),
            HitKind::SetField => Target::SetField(hit.target as u32),
            HitKind::HolderField => Target::HolderField(hit.holder, hit.target as u32),
            HitKind::Constant => Target::Constant(hit.target),
            HitKind::VectorAt => Target::VectorAt,
            HitKind::VectorAtPut => Target::VectorAtPut,
            HitKind::VectorSize => Target::VectorSize,
            HitKind::Same => Target::Same,
            HitKind::Receiver => Target::Receiver,
            HitKind::Quick => Target::Quick(hit.primitive),
            HitKind::Primitive if self.vm.primitives.get(hit.primitive, usize::from(site.argc)).is_some() => {
                Target::Primitive(hit.primitive)
            }
            _ => Target::Other,
        }
    }

    /// Objects that must live, and stay what they are, for compiled code to hold.
    pub(super) fn objects(&self, draft: &Draft) -> Vec<ObjectRef> {
        let mut objects: Vec<ObjectRef> = draft.maps().iter().map(|map| map_object(*map)).collect();
        for code in draft.used() {
            // SAFETY: it was just compiled from.
            let code = unsafe { &*(*code as *const Code) };
            objects.push(code.method);
            objects.push(code.literals);
            for hit in code.caches.iter().flat_map(|c| std::iter::once(&c.first).chain(&c.more)) {
                if hit.kind != HitKind::Block {
                    objects.extend(ObjectRef::from_offset(hit.holder));
                }
            }
        }
        objects.sort_unstable();
        objects.dedup();
        objects
    }
}

impl Library for Snapshots<'_> {
    fn method(&self, code: u64) -> Option<Rc<Method>> {
        if let Some(known) = self.known.borrow().get(&code) {
            return known.clone();
        }
        let method = self.read(code as *const Code).map(Rc::new);
        self.known.borrow_mut().insert(code, method.clone());
        method
    }

    fn intact(&self, native: u8) -> bool {
        self.vm.natives.get(usize::from(native)).copied().unwrap_or(false)
    }
}
