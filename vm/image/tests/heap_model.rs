//! Random programs against a plain Rust model: allocate, store, drop, collect in every way; then both graphs must be
//! the same, reference by reference, and the heap must verify.
//!
//! `HEAP_SEEDS=n` runs more programs. Under Miri, which takes a thousand times as long, all of this is smaller.

use std::collections::{HashMap, HashSet};

use std::sync::Arc;

use batos_image::heap::{Heap, HeapOptions, Roots};
use batos_image::image::{Image, OpenImage};
use batos_image::layout::{Format, Kind, root};
use batos_image::store::{CommitInfo, MemoryStorage, Storage};
use batos_image::value::{MapRef, ObjectRef, Value};

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// A number of steps or objects: a hundredth of it under Miri.
const fn many(n: usize) -> usize {
    if cfg!(miri) { n / 100 } else { n }
}

type Id = usize;

#[derive(Clone, Copy, PartialEq, Debug)]
enum Word {
    Int(i64),
    Object(Id),
    Nil,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Shape {
    Slots,
    Vector,
    Weak,
    Bytes,
}

#[derive(Clone)]
struct Node {
    shape: Shape,
    words: Vec<Word>,
    bytes: Vec<u8>,
    hash: u32,
}

/// The machine's side: values by slot.
struct Stack(Vec<Value>);

impl Roots for Stack {
    fn visit(&mut self, f: &mut dyn FnMut(&mut Value)) {
        self.0.iter_mut().for_each(f);
    }
}

/// The file side, and what the model knew at the last commit.
struct File {
    storage: Arc<dyn Storage>,
    image: Image,
    committed: (HashMap<Id, Node>, Vec<Id>),
}

struct World {
    heap: Heap,
    stack: Stack,
    nodes: HashMap<Id, Node>,
    /// What the model says the stack refers to.
    held: Vec<Id>,
    next: Id,
    options: HeapOptions,
    file: Option<File>,
    slot_maps: Vec<MapRef>,
    vector_map: MapRef,
    weak_map: MapRef,
    bytes_map: MapRef,
}

const FIELDS: usize = 2;

impl World {
    fn new(stress: bool) -> World {
        World::over(Heap::in_memory(World::options(stress)).expect("room"), None, World::options(stress))
    }

    /// A world in a file (in memory, so that it can be opened again and again).
    fn in_file() -> World {
        let storage: Arc<dyn Storage> = Arc::new(MemoryStorage::default());
        let options = World::options(false);
        let create = batos_image::store::CreateOptions::new(batos_image::image::FINGERPRINT);
        let (image, heap) = Image::create_on(storage.clone(), &create, options).expect("creates");
        let file = File { storage, image, committed: Default::default() };
        let mut world = World::over(heap, Some(file), options);
        world.commit();
        world
    }

    fn options(stress: bool) -> HeapOptions {
        HeapOptions { young_soft: 64 << 10, gc_stress: stress, ..HeapOptions::default() }
    }

    fn over(mut heap: Heap, file: Option<File>, options: HeapOptions) -> World {
        let slot_maps: Vec<_> =
            (0..5).map(|n| heap.new_map(Kind::Slots, Format::Slots, n, &[], Value::ZERO, 0)).collect();
        let vector_map = heap.new_map(Kind::Vector, Format::Indexed, FIELDS, &[], Value::ZERO, 0);
        let weak_map = heap.new_map(Kind::WeakVector, Format::Indexed, FIELDS, &[], Value::ZERO, 0);
        let bytes_map = heap.new_map(Kind::ByteVector, Format::Bytes, 0, &[], Value::ZERO, 0);
        let mut all = slot_maps.clone();
        all.extend([vector_map, weak_map, bytes_map]);
        let values: Vec<_> = all.iter().map(|m| m.value()).collect();
        let keep = heap.new_internal(&values);
        heap.set_root(root::WORLD, keep.value());
        World {
            heap,
            stack: Stack(Vec::new()),
            nodes: HashMap::new(),
            held: Vec::new(),
            next: 0,
            options,
            file,
            slot_maps,
            vector_map,
            weak_map,
            bytes_map,
        }
    }

    fn value(&self, word: Word, at: &HashMap<Id, Value>) -> Value {
        match word {
            Word::Int(n) => Value::from_i64(n).expect("small"),
            Word::Nil => self.heap.known.nil,
            Word::Object(id) => at[&id],
        }
    }

    /// A random object that can be reached, with its value: a random walk from the stack over strong references.
    fn some(&mut self, random: &mut Random) -> Option<(Id, ObjectRef)> {
        if self.held.is_empty() {
            return None;
        }
        let start = random.below(self.held.len());
        let (mut id, mut r) = (self.held[start], self.stack.0[start].as_ref().expect("an object"));
        for _ in 0..random.below(12) {
            let node = &self.nodes[&id];
            let strong = if node.shape == Shape::Weak { FIELDS } else { node.words.len() };
            if strong == 0 {
                break;
            }
            let i = random.below(strong);
            if let Word::Object(next) = node.words[i] {
                r = self.heap.word(r, i + self.skip(node.shape)).as_ref().expect("the model says an object");
                id = next;
            }
        }
        Some((id, r))
    }

    /// Words before the first that the model counts.
    fn skip(&self, shape: Shape) -> usize {
        if shape == Shape::Slots { 0 } else { 1 }
    }

    fn allocate(&mut self, random: &mut Random) {
        let shape = [Shape::Slots, Shape::Slots, Shape::Slots, Shape::Vector, Shape::Bytes, Shape::Weak]
            [random.below(6)];
        let len = match random.below(100) {
            0 => random.below(many(200_000)),
            1..=5 => random.below(many(5_000)),
            6..=20 => random.below(100),
            _ => random.below(5),
        };
        let old = random.below(8) == 0;
        let filler = match random.below(3) {
            0 => Word::Int(random.below(1000) as i64 - 500),
            1 => Word::Nil,
            _ => Word::Nil,
        };
        let fill = self.value(filler, &HashMap::new());
        let heap = &mut self.heap;
        let mut words = Vec::new();
        let mut bytes = Vec::new();
        let r = match shape {
            Shape::Slots => {
                let fields = len.min(4);
                words = vec![filler; fields];
                let map = self.slot_maps[fields];
                if old {
                    heap.alloc_old_slots(map, fields, fill)
                } else {
                    heap.alloc_slots(map, fields, fill)
                }
            }
            Shape::Vector | Shape::Weak => {
                let map = if shape == Shape::Weak { self.weak_map } else { self.vector_map };
                words = vec![filler; FIELDS + len];
                if old {
                    heap.alloc_old_indexed(map, FIELDS, len, fill)
                } else {
                    heap.alloc_indexed(map, FIELDS, len, fill)
                }
            }
            Shape::Bytes => {
                bytes = vec![len as u8; len];
                let map = self.bytes_map;
                if old {
                    heap.alloc_old_bytes(map, len, len as u8)
                } else {
                    heap.alloc_bytes(map, len, len as u8)
                }
            }
        };
        let hash = if random.below(4) == 0 { heap.identity_hash(r.value()) } else { 0 };
        self.nodes.insert(self.next, Node { shape, words, bytes, hash });
        self.held.push(self.next);
        self.stack.0.push(r.value());
        self.next += 1;
    }

    fn store(&mut self, random: &mut Random) {
        let (Some((into, r)), Some((id, target))) = (self.some(random), self.some(random)) else { return };
        let shape = self.nodes[&into].shape;
        let skip = self.skip(shape);
        let Some(node) = self.nodes.get_mut(&into) else { return };
        if !node.bytes.is_empty() {
            let i = random.below(node.bytes.len());
            node.bytes[i] = random.next() as u8;
            self.heap.set_byte(r, i, node.bytes[i]);
        }
        if node.words.is_empty() {
            return;
        }
        let i = random.below(node.words.len());
        let (word, value) = match random.below(8) {
            0 => (Word::Int(i as i64), Value::from_usize(i)),
            1 => (Word::Nil, self.heap.known.nil),
            _ => (Word::Object(id), target.value()),
        };
        node.words[i] = word;
        self.heap.store(r, i + skip, value);
    }

    fn drop_some(&mut self, random: &mut Random) {
        for _ in 0..random.below(6) {
            if self.held.len() > 4 {
                let i = random.below(self.held.len());
                self.held.swap_remove(i);
                self.stack.0.swap_remove(i);
            }
        }
    }

    fn step(&mut self, random: &mut Random) {
        match random.below(100) {
            0..=34 => self.allocate(random),
            35..=74 => self.store(random),
            75..=84 => self.drop_some(random),
            85..=88 => self.heap.scavenge(&mut self.stack),
            89..=97 => {
                self.heap.mark_step(&mut self.stack, random.below(3000));
            }
            98 => {
                self.heap.safepoint(&mut self.stack);
            }
            _ => {
                let name = random.below(3000).to_string();
                let symbol = self.heap.intern(name.as_bytes());
                assert_eq!(self.heap.bytes(symbol), name.as_bytes());
            }
        }
    }

    /// Commits; the stack goes into the image with it.
    fn commit(&mut self) {
        let stack = self.heap.new_internal(&self.stack.0);
        self.heap.set_root(root::SHELL, stack.value());
        if let Some(file) = &mut self.file {
            let info = CommitInfo { time: 0, author: "model".into(), message: "step".into() };
            file.image.commit(&mut self.heap, &mut self.stack, &info).expect("commits");
            assert!(!self.heap.is_changed());
            file.committed = (self.nodes.clone(), self.held.clone());
        }
    }

    /// Forgets what is in memory and opens the file again.
    fn reopen(&mut self) {
        let Some(file) = self.file.take() else { return };
        let File { storage, image, committed } = file;
        drop(image);
        let options = OpenImage { heap: self.options, untrusted: true, ..OpenImage::write() };
        let (image, heap) = Image::open_on(storage.clone(), &options).expect("opens");
        self.heap = heap;
        let stack = self.heap.root(root::SHELL).as_ref().expect("the stack");
        self.stack.0 = (0..self.heap.length(stack)).map(|i| self.heap.item(stack, i)).collect();
        (self.nodes, self.held) = committed.clone();
        self.file = Some(File { storage, image, committed });
        let kept = self.heap.root(root::WORLD).as_ref().expect("the maps");
        let maps: Vec<_> = (0..5).map(|i| self.heap.item(kept, i)).collect();
        assert_eq!(maps, self.slot_maps.iter().map(|map| map.value()).collect::<Vec<_>>());
    }

    /// Runs a while in a fork, which must leave no trace.
    fn try_in_fork(&mut self, random: &mut Random) {
        let fork = self.heap.fork(&mut self.stack, None).expect("forks");
        let saved = (self.nodes.clone(), self.held.clone(), self.stack.0.clone(), self.file.take());
        let own = std::mem::replace(&mut self.heap, fork);
        for _ in 0..200 {
            self.step(random);
        }
        self.collect();
        self.compare(true);
        self.heap = own;
        (self.nodes, self.held, self.stack.0, self.file) = saved;
        self.compare(false);
    }

    /// Collects everything, the stack of the last commit too.
    fn collect(&mut self) {
        self.heap.set_root(root::SHELL, self.heap.known.nil);
        self.heap.collect_full(&mut self.stack);
    }

    fn file_step(&mut self, random: &mut Random) {
        match random.below(8) {
            0..=3 => self.commit(),
            4 => self.reopen(),
            5 => {
                self.commit();
                self.reopen();
            }
            6 => {
                if let Some(file) = &self.file {
                    file.image.checkpoint().expect("checkpoints");
                }
            }
            _ => self.try_in_fork(random),
        }
    }

    /// Ids that are strongly reachable in the model.
    fn reachable(&self) -> HashSet<Id> {
        let mut seen: HashSet<Id> = self.held.iter().copied().collect();
        let mut work: Vec<Id> = self.held.clone();
        while let Some(id) = work.pop() {
            let node = &self.nodes[&id];
            let strong = if node.shape == Shape::Weak { FIELDS } else { node.words.len() };
            for word in &node.words[..strong] {
                if let Word::Object(next) = word
                    && seen.insert(*next)
                {
                    work.push(*next);
                }
            }
        }
        seen
    }

    /// Compares both graphs. With `collected`, weak elements must be nil exactly where nothing else refers to them.
    fn compare(&mut self, collected: bool) {
        let strong = self.reachable();
        self.nodes.retain(|id, _| strong.contains(id));
        let nil = self.heap.known.nil;
        let mut where_is: HashMap<Id, ObjectRef> = HashMap::new();
        let mut what_is: HashMap<ObjectRef, Id> = HashMap::new();
        let mut work: Vec<(Id, Value)> =
            self.held.iter().copied().zip(self.stack.0.iter().copied()).collect();
        let mut cleared: Vec<(Id, usize)> = Vec::new();
        while let Some((id, v)) = work.pop() {
            let r = v.as_ref().expect("an object in the model");
            if let Some(known) = where_is.insert(id, r) {
                assert_eq!(known, r, "node {id} is in two places");
                continue;
            }
            assert_eq!(what_is.insert(r, id), None, "{r:?} stands for two nodes");
            let node = &self.nodes[&id];
            if node.hash != 0 {
                assert_eq!(self.heap.header(r).hash(), node.hash);
            }
            let skip = self.skip(node.shape);
            if node.shape == Shape::Bytes {
                assert_eq!(self.heap.bytes(r), node.bytes);
            } else if node.shape != Shape::Slots {
                assert_eq!(self.heap.length(r), node.words.len() - FIELDS);
            }
            for (i, word) in node.words.iter().enumerate() {
                let v = self.heap.word(r, i + skip);
                let weak = node.shape == Shape::Weak && i >= FIELDS;
                match word {
                    Word::Int(n) => assert_eq!(v.as_int(), Some(*n)),
                    Word::Nil => assert_eq!(v, nil),
                    Word::Object(next) if strong.contains(next) => work.push((*next, v)),
                    Word::Object(_) => {
                        assert!(weak);
                        assert!(!collected || v == nil, "a weak reference kept its object");
                        cleared.push((id, i));
                    }
                }
            }
        }
        // The model forgets what only weak references lead to; so must the heap.
        for (id, i) in cleared {
            let r = where_is[&id];
            self.heap.store(r, 1 + i, nil);
            if let Some(node) = self.nodes.get_mut(&id) {
                node.words[i] = Word::Nil;
            }
        }
    }
}

fn seeds() -> u64 {
    std::env::var("HEAP_SEEDS").ok().and_then(|s| s.parse().ok()).unwrap_or(if cfg!(miri) { 1 } else { 12 })
}

fn run(seed: u64, steps: usize, stress: bool) {
    let mut random = Random(seed);
    let mut world = World::new(stress);
    for step in 0..steps {
        if stress && world.heap.gc_requested() {
            world.heap.safepoint(&mut world.stack);
        }
        world.step(&mut random);
        if step % (steps / 6) == steps / 6 - 1 {
            let full = random.below(2) == 0;
            if full {
                world.heap.collect_full(&mut world.stack);
            }
            world.compare(full);
            if let Err(error) = world.heap.verify(&mut world.stack) {
                panic!("seed {seed}, step {step}: {error}");
            }
        }
    }
}

#[test]
fn random_programs_keep_their_objects() {
    for seed in 0..seeds() {
        run(seed, if cfg!(miri) { 300 } else { 6000 }, false);
    }
}

#[test]
fn random_programs_survive_a_collection_at_every_allocation() {
    for seed in 100..100 + seeds().div_ceil(4) {
        run(seed, if cfg!(miri) { 150 } else { 3000 }, true);
    }
}

#[test]
fn random_programs_in_a_file_commit_reopen_and_fork() {
    for seed in 200..200 + seeds() / 2 {
        let mut random = Random(seed);
        let mut world = World::in_file();
        for step in 0..4000 {
            world.step(&mut random);
            if random.below(60) == 0 {
                world.file_step(&mut random);
            }
            if step % 1000 == 999 {
                world.commit();
                world.reopen();
                world.compare(false);
                world.collect();
                world.compare(true);
            }
        }
    }
}

#[test]
fn memory_of_the_dead_is_used_again() {
    let mut world = World::new(false);
    let map = world.slot_maps[4];
    let rounds = if cfg!(miri) { 6 } else { 60 };
    for round in 0..rounds {
        let mut list = world.heap.known.nil;
        for _ in 0..many(20_000) {
            list = world.heap.alloc_old_slots(map, 4, list).value();
        }
        let big = world.heap.alloc_bytes(world.bytes_map, 3 << 20, round as u8);
        world.stack.0 = vec![list, big.value()];
        world.heap.collect_full(&mut world.stack);
    }
    let bytes = world.heap.statistics().image_bytes;
    assert!(bytes < 16 << 20, "{bytes} bytes for 4 MiB of live objects");
}

#[test]
fn a_long_list_is_marked_without_recursion_and_in_parallel() {
    let mut world = World::new(false);
    let map = world.slot_maps[4];
    let mut list = world.heap.known.nil;
    let count = many(2_000_000);
    for _ in 0..count {
        list = world.heap.alloc_old_slots(map, 4, list).value();
    }
    world.stack.0 = vec![list];
    world.heap.collect_full(&mut world.stack);
    let mut length = 0;
    let mut at = world.stack.0[0];
    while let Some(r) = at.as_ref().filter(|_| at != world.heap.known.nil) {
        at = world.heap.word(r, 0);
        length += 1;
    }
    assert_eq!(length, count);
    world.stack.0.clear();
    world.heap.collect_full(&mut world.stack);
    assert!(world.heap.statistics().old_bytes < 1 << 20);
}

#[test]
fn dead_symbols_are_forgotten() {
    let mut world = World::new(false);
    let kept = world.heap.intern(b"kept");
    world.stack.0 = vec![kept.value()];
    let dropped = many(3000);
    for i in 0..dropped {
        world.heap.intern(format!("dropped{i}").as_bytes());
    }
    assert_eq!(world.heap.symbol_count(), dropped + 1);
    world.heap.collect_full(&mut world.stack);
    assert_eq!(world.heap.symbol_count(), 1);
    assert_eq!(world.heap.symbol_lookup(b"kept"), Some(kept));
    assert_eq!(world.heap.symbol_lookup(b"dropped7"), None);
    world.heap.intern(b"dropped7");
    assert_eq!(world.heap.symbol_count(), 2);
}

#[test]
fn a_memory_limit_is_reported_and_lifted_by_dropping_things() {
    let mut world = World::new(false);
    world.stack.0 = Vec::new();
    let mut fork = world.heap.fork(&mut world.stack, Some(24 << 20)).expect("forks");
    let map = world.slot_maps[4];
    let mut roots = vec![fork.known.nil];
    while !fork.exhausted() {
        for _ in 0..1000 {
            roots[0] = fork.alloc_slots(map, 4, roots[0]).value();
        }
        if fork.gc_requested() {
            fork.safepoint(&mut roots);
        }
        assert!(fork.statistics().old_bytes < 40 << 20, "the limit is not noticed");
    }
    assert!(!fork.can_allocate(1 << 20));
    fork.safepoint(&mut roots);
    assert!(fork.exhausted(), "all of it is alive");
    roots[0] = fork.known.nil;
    fork.safepoint(&mut roots);
    assert!(!fork.exhausted());
    assert!(fork.can_allocate(1 << 20));
}

#[test]
fn large_garbage_is_collected_at_safepoints() {
    let mut world = World::new(false);
    world.stack.0 = Vec::new();
    let vector = world.heap.root(root::VECTOR).as_ref().expect("a vector");
    for i in 0..20_000usize {
        let len = 12_000 + i % 5000;
        world.heap.clone_indexed(vector, len, Value::ZERO).expect("room");
        if world.heap.gc_requested() {
            world.heap.safepoint(&mut world.stack);
        }
    }
    let statistics = world.heap.statistics();
    assert!(statistics.full_marks > 3, "{statistics:?}");
    assert!(statistics.image_bytes < 256 << 20, "{statistics:?}");
}
