//! The image file behind a machine: opening, committing, history.

use batos_image::heap::{Heap, HeapOptions, Space};
use batos_image::layout::root;
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Native;

use crate::code::CodeTable;
use crate::host::Host;
use crate::lookup::LookupCache;
use crate::primitives::PrimitiveTable;
use crate::symbols::Symbols;
use crate::vm::{Counters, Settings, Vm};

/// The file behind the heap.
pub struct Durable;

/// One commit, as history tells it.
#[derive(Clone, Debug)]
pub struct CommitRecord {
    /// Its number.
    pub number: u64,
    /// Seconds since 1970.
    pub time: u64,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
}

impl Vm {
    /// A machine on a heap with a world.
    fn over(mut heap: Heap, durable: Option<Durable>, host: Host) -> Vm {
        let symbols = Symbols::new(&mut heap);
        Vm {
            heap,
            durable,
            host,
            settings: Settings::default(),
            counters: Counters::default(),
            codes: CodeTable::default(),
            lookups: LookupCache::default(),
            processes: Default::default(),
            current: std::ptr::null_mut(),
            entry: None,
            natives: [false; Native::COUNT],
            native_holders: Vec::new(),
            symbols,
            primitives: PrimitiveTable::new(),
            pins: Vec::new(),
            scripts: Default::default(),
            polls: 0,
            polls_done: 0,
            changed: false,
            sources: None,
            syntax_errors: Vec::new(),
        }
    }

    /// A machine with a bare world in memory only.
    pub fn bare(host: Host) -> Result<Vm, String> {
        let space = Space::with_limit(4096);
        let heap = Heap::bootstrap(space, HeapOptions::default()).map_err(|e| format!("{e:?}"))?;
        let mut vm = Vm::over(heap, None, host);
        vm.build_bare_world();
        vm.check_natives();
        vm.changed = false;
        Ok(vm)
    }

    /// Makes the present state durable. Gives the commit's number.
    pub fn commit(&mut self, _message: &str) -> Result<u64, String> {
        Err("this world has no image file".into())
    }

    /// The commits, newest first.
    pub fn history(&self) -> Result<Vec<CommitRecord>, String> {
        Ok(Vec::new())
    }

    /// Bytes in use, and bytes reserved.
    pub fn memory_sizes(&self) -> (u64, u64) {
        (0, 0)
    }

    /// Objects that refer to `target`, at most `limit`.
    pub(crate) fn referrers(&mut self, target: Value, limit: usize) -> Vec<ObjectRef> {
        let _ = (target, limit, root::NIL);
        Vec::new()
    }
}
