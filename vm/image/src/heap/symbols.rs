//! Canonical strings: one object for each sequence of bytes, found through a hash table in the image.
//!
//! ```text
//! root SYMBOLS -> internal vector: `SymbolsHead`, which counts the symbols and the places whose symbol has died,
//!                 then 2^n places: a symbol, the small integer 0 (never used) or 1 (died)
//! ```
//!
//! Open addressing with linear probing, XXH3 of the bytes, at most 3/4 of the places not free. Invariant: the table
//! is weak: marking does not follow it, and the end of marking takes dead symbols out.

use xxhash_rust::xxh3::xxh3_64;

use crate::layout::root;
use crate::record::{Count, SizedHead, SymbolsHead};
use crate::value::{ObjectRef, Value};

use super::{Heap, roots_ref};

/// First place of the table, as an element.
pub(crate) const PLACES: usize = (size_of::<SymbolsHead>() - size_of::<SizedHead>()) / 8;
/// What stands in a place whose symbol has died.
pub(crate) const TOMBSTONE: Value = Value::from_i32(1);
const FIRST_PLACES: usize = 1024;

impl Heap {
    /// The symbol table.
    pub(crate) fn symbol_table(&self) -> ObjectRef {
        self.root(root::SYMBOLS).ref_unchecked()
    }

    /// Makes an empty symbol table.
    pub(crate) fn new_symbol_table(&mut self, places: usize) -> ObjectRef {
        let map = self.known.internal_map;
        self.alloc_old_indexed(map, 0, PLACES + places, Value::ZERO)
    }

    pub(crate) fn first_symbol_table(&mut self) -> ObjectRef {
        self.new_symbol_table(FIRST_PLACES)
    }

    /// Number of symbols.
    pub fn symbol_count(&self) -> usize {
        self.symbols_head(self.symbol_table()).count.get()
    }

    fn symbols_head(&self, table: ObjectRef) -> &SymbolsHead {
        self.record(table.offset())
    }

    /// Adds to the numbers of living and dead symbols.
    fn count_symbols(&mut self, table: ObjectRef, living: isize, dead: isize) {
        let head = *self.symbols_head(table);
        let add = |count: Count, n: isize| Count::of(count.get().saturating_add_signed(n));
        self.put(
            table.offset(),
            SymbolsHead { count: add(head.count, living), dead: add(head.dead, dead), ..head },
        );
        self.barrier_range(table.offset(), size_of::<SymbolsHead>() as u64);
    }

    /// The symbol with these bytes, if there is one.
    pub fn symbol_lookup(&self, bytes: &[u8]) -> Option<ObjectRef> {
        self.probe(self.symbol_table(), bytes).ok()
    }

    /// The symbol with these bytes. A new one lives in the image at once.
    pub fn intern(&mut self, bytes: &[u8]) -> ObjectRef {
        if let Ok(found) = self.probe(self.symbol_table(), bytes) {
            return found;
        }
        self.make_room();
        let table = self.symbol_table();
        let symbol = self.new_old_bytes(self.known.symbol_map, bytes);
        if let Err(place) = self.probe(table, bytes) {
            let reused = self.item(table, PLACES + place) == TOMBSTONE;
            self.set_item(table, PLACES + place, symbol.value());
            self.count_symbols(table, 1, if reused { -1 } else { 0 });
        }
        symbol
    }

    /// The symbol, or the first place where it may be put.
    pub(crate) fn probe(&self, table: ObjectRef, bytes: &[u8]) -> Result<ObjectRef, usize> {
        let mask = self.length(table) - PLACES - 1;
        let mut place = xxh3_64(bytes) as usize & mask;
        let mut free = None;
        loop {
            let v = self.item(table, PLACES + place);
            match v.as_ref() {
                Some(symbol) if self.bytes(symbol) == bytes => return Ok(symbol),
                Some(_) => {}
                None if v == TOMBSTONE => free = free.or(Some(place)),
                None => return Err(free.unwrap_or(place)),
            }
            place = (place + 1) & mask;
        }
    }

    /// Replaces the table by a larger or cleaner one when it is too full.
    fn make_room(&mut self) {
        let table = self.symbol_table();
        let places = self.length(table) - PLACES;
        let count = self.symbol_count();
        let taken = count + self.symbols_head(table).dead.get();
        if (taken + 1) * 4 <= places * 3 {
            return;
        }
        let places = if (count + 1) * 2 > places { places * 2 } else { places };
        let new = self.new_symbol_table(places);
        let mask = places - 1;
        for i in PLACES..self.length(table) {
            let Some(symbol) = self.item(table, i).as_ref() else { continue };
            let mut place = xxh3_64(self.bytes(symbol)) as usize & mask;
            while self.item(new, PLACES + place) != Value::ZERO {
                place = (place + 1) & mask;
            }
            self.set_item(new, PLACES + place, symbol.value());
        }
        self.count_symbols(new, count as isize, 0);
        self.set_item(roots_ref(), root::SYMBOLS, new.value());
    }

    /// Takes out the symbols for which `alive` says no.
    pub(crate) fn drop_symbols(&mut self, mut alive: impl FnMut(ObjectRef) -> bool) {
        let table = self.symbol_table();
        let mut died = 0;
        for i in PLACES..self.length(table) {
            if let Some(symbol) = self.item(table, i).as_ref()
                && !alive(symbol)
            {
                self.set_item(table, i, TOMBSTONE);
                died += 1;
            }
        }
        if died > 0 {
            self.count_symbols(table, -died, died);
        }
    }
}
