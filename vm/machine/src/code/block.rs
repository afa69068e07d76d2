//! Blocks, cells and home markers: what closures are made of.

use batos_image::layout::root;
use batos_image::value::{ObjectRef, Value};

use crate::code::{Code, CodeKind, Source};
use crate::vm::Vm;

/// Elements of a block object. Part of the image format.
pub mod block_element {
    /// The method object of its body.
    pub const CODE: usize = 0;
    /// self of its home.
    pub const SELF: usize = 1;
    /// The home marker, or nil.
    pub const HOME: usize = 2;
    /// The home's method holder, or nil.
    pub const HOLDER: usize = 3;
    /// The captured values follow.
    pub const CAPTURES: usize = 4;
}

impl Vm {
    /// Makes a block for block site `site` of the running frame.
    pub(crate) fn make_block(&mut self, code: *const Code, site: usize, base: usize) -> Value {
        // SAFETY: `code` is that of the running frame, alive while it runs; the table entry is not replaced meanwhile.
        let (code, site) = unsafe { (&*code, &(&(*code).blocks)[site]) };
        let nil = self.nil();
        let (self_value, home, holder) = if code.kind == CodeKind::Block {
            let block = self.stack_at(base).ref_unchecked();
            (
                self.heap.item(block, block_element::SELF),
                self.heap.item(block, block_element::HOME),
                self.heap.item(block, block_element::HOLDER),
            )
        } else {
            let home = if site.needs_home { self.home_marker(code.home, base) } else { nil };
            let self_value = self.stack_at(base);
            let holder = ObjectRef::from_offset(self.frame().holder).map_or(nil, ObjectRef::value);
            (self_value, home, holder)
        };
        let count = site.captures.len();
        let block = self.heap.alloc_indexed(site.map, 0, block_element::CAPTURES + count, Value::ZERO);
        self.heap.set_item(block, block_element::CODE, site.code.value());
        self.heap.set_item(block, block_element::SELF, self_value);
        self.heap.set_item(block, block_element::HOME, home);
        self.heap.set_item(block, block_element::HOLDER, holder);
        for (i, source) in site.captures.iter().enumerate() {
            let value = match *source {
                Source::Register(r) => self.stack_at(base + r as usize),
                Source::Capture(n) => {
                    let running = self.stack_at(base).ref_unchecked();
                    self.heap.item(running, block_element::CAPTURES + n as usize)
                }
                Source::Open(r) => self.open_cell(base + r as usize),
            };
            self.heap.set_item(block, block_element::CAPTURES + i, value);
        }
        block.value()
    }

    /// The marker of the running method's activation, made when first asked for.
    fn home_marker(&mut self, register: u8, base: usize) -> Value {
        if register == 255 {
            return self.nil();
        }
        self.marker_at(base + register as usize)
    }

    /// The home marker in a register of the stack, made when first asked for.
    pub(crate) fn marker_at(&mut self, at: usize) -> Value {
        let nil = self.nil();
        let marker = self.stack_at(at);
        if marker != nil {
            return marker;
        }
        let map = self.heap.known.home_map;
        let marker = self.heap.alloc_slots(map, 0, Value::ZERO).value();
        self.set_stack(at, marker);
        marker
    }

    /// The open cell on a register, made when first asked for.
    pub(crate) fn open_cell(&mut self, index: usize) -> Value {
        if let Some(cell) = self.process().open_cell(index as u32) {
            return cell;
        }
        let map = self.heap.known.open_cell_map;
        let cell = self.heap.alloc_slots(map, 2, Value::ZERO);
        let process = self.process().object;
        self.heap.store(cell, 0, Value::from_usize(index));
        self.heap.store(cell, 1, process.value());
        self.process().add_open_cell(index as u32, cell.value());
        self.frame().has_open = true;
        cell.value()
    }

    /// Whether a cell's variable still lives on a stack.
    #[inline(always)]
    pub(crate) fn is_open(&self, cell: ObjectRef) -> bool {
        self.heap.map_of_ref(cell) == self.heap.known.open_cell_map
    }

    /// Content of a cell, open or not.
    #[inline(always)]
    pub(crate) fn cell_get(&mut self, cell: Value) -> Value {
        let r = cell.ref_unchecked();
        if self.is_open(r) {
            return self.open_cell_get(r);
        }
        self.heap.word(r, 0)
    }

    #[cold]
    fn open_cell_get(&mut self, cell: ObjectRef) -> Value {
        let index = self.heap.word(cell, 0).int_unchecked() as usize;
        match self.cell_process(cell) {
            Some(stack) => stack[index],
            None => self.nil(),
        }
    }

    /// Stores into a cell, open or not.
    #[inline(always)]
    pub(crate) fn cell_set(&mut self, cell: Value, value: Value) {
        let r = cell.ref_unchecked();
        if self.is_open(r) {
            return self.open_cell_set(r, value);
        }
        self.heap.store(r, 0, value);
    }

    #[cold]
    fn open_cell_set(&mut self, cell: ObjectRef, value: Value) {
        let index = self.heap.word(cell, 0).int_unchecked() as usize;
        if let Some(stack) = self.cell_process(cell) {
            stack[index] = value;
        }
    }

    /// The stack that an open cell's variable lives on.
    fn cell_process(&mut self, cell: ObjectRef) -> Option<&mut Vec<Value>> {
        let process = self.heap.word(cell, 1).as_ref()?;
        if self.process().object == process {
            return Some(&mut self.process().stack);
        }
        self.wake(process)?;
        self.processes.get_mut(&process).map(|p| &mut p.stack)
    }

    /// Closes the open cells on stack indices from `from` on: their variables go on living in the cells.
    pub(crate) fn close_cells(&mut self, from: usize) {
        let closed_map = self.heap.root_map(root::CLOSED_CELL_MAP);
        while let Some(&(index, cell)) = self.process().open.last() {
            if (index as usize) < from {
                break;
            }
            let value = self.stack_at(index as usize);
            if let (Some(r), Some(map)) = (cell.as_ref(), closed_map) {
                self.heap.change_map(r, map);
                self.heap.store(r, 0, value);
            }
            self.process().open.pop();
        }
    }
}
