//! Random operations on a heap with a file against a plain model: allocate, store, drop, collect in every way, commit,
//! checkpoint, fork, go back, lose power in the middle of something, reopen. The bytes are the program.
//!
//! After every disturbance the graphs must be the same, reference by reference; after full collections and openings the heap
//! must verify, too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use batos_image::heap::{Heap, HeapOptions};
use batos_image::image::{FINGERPRINT, Image, OpenImage};
use batos_image::layout::{Format, Kind, root};
use batos_image::store::recording::{Numbers, RecordingStorage};
use batos_image::store::{CommitId, CommitInfo, CreateOptions, LogPolicy};
use batos_image::value::{MapRef, ObjectRef, Value};

/// Most operations of one run: what a fuzzer finds with more it finds with fewer.
const MOST_STEPS: usize = 160;
/// Fields of the objects that have some.
const FIELDS: usize = 3;
/// Most objects that are held directly.
const MOST_HELD: usize = 24;

/// Panics if the heap does anything that the model does not.
pub fn run(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let mut world = World::new(bytes.next().unwrap_or(0));
    for _ in 0..MOST_STEPS {
        let Some(operation) = bytes.next() else { break };
        let (a, b) = (bytes.next().unwrap_or(0), bytes.next().unwrap_or(0));
        world.step(operation, usize::from(a), usize::from(b));
    }
    world.reopen(None);
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Word {
    Nil,
    Int(usize),
    Object(usize),
}

#[derive(Clone)]
enum Node {
    /// Fields.
    Slots([Word; FIELDS]),
    /// Elements, strong or weak.
    Vector(Vec<Word>, bool),
    Bytes(Vec<u8>),
}

impl Node {
    /// The words that keep others alive, and all words.
    fn words(&self) -> (&[Word], &[Word]) {
        match self {
            Node::Slots(words) => (words, words),
            Node::Vector(words, false) => (words, words),
            Node::Vector(words, true) => (&[], words),
            Node::Bytes(_) => (&[], &[]),
        }
    }
}

/// What there is: nodes by number, and which of them the machine holds.
#[derive(Clone, Default)]
struct Graph {
    nodes: HashMap<usize, Node>,
    held: Vec<usize>,
}

impl Graph {
    fn reachable(&self) -> HashSet<usize> {
        let mut seen: HashSet<usize> = self.held.iter().copied().collect();
        let mut work = self.held.clone();
        while let Some(id) = work.pop() {
            for word in self.nodes[&id].words().0 {
                if let Word::Object(next) = word
                    && seen.insert(*next)
                {
                    work.push(*next);
                }
            }
        }
        seen
    }
}

/// When a commit was under way, in recorded operations.
struct Span {
    commit: u64,
    started: usize,
    acknowledged: usize,
}

struct World {
    storage: Arc<RecordingStorage>,
    open: Option<(Image, Heap)>,
    options: HeapOptions,
    roots: Vec<Value>,
    graph: Graph,
    next: usize,
    commits: BTreeMap<u64, Graph>,
    spans: Vec<Span>,
}

fn policy() -> LogPolicy {
    LogPolicy { background: false, extent_chunks: 1, ..LogPolicy::default() }
}

fn info() -> CommitInfo {
    CommitInfo { time: 0, author: "oracle".into(), message: "step".into() }
}

impl World {
    fn new(how: u8) -> World {
        let storage = Arc::new(RecordingStorage::new(Vec::new()));
        let create = CreateOptions {
            policy: policy(),
            image_id: Some([9; 16]),
            keep: u64::from(how % 8),
            ..CreateOptions::new(FINGERPRINT)
        };
        let options = HeapOptions {
            young_soft: 16 << 10,
            gc_stress: how & 64 != 0,
            verify: false,
            ..HeapOptions::default()
        };
        let (image, mut heap) = Image::create_on(storage.clone(), &create, options).expect("a new image");
        let shapes = [
            (Kind::Slots, Format::Slots, FIELDS),
            (Kind::Vector, Format::Indexed, 0),
            (Kind::WeakVector, Format::Indexed, 0),
            (Kind::ByteVector, Format::Bytes, 0),
        ];
        let maps =
            shapes.map(|(kind, format, fields)| heap.new_map(kind, format, fields, &[], Value::ZERO, 0));
        let kept = heap.new_internal(&maps.map(MapRef::value));
        heap.set_root(root::WORLD, kept.value());
        let mut world = World {
            storage,
            open: Some((image, heap)),
            options,
            roots: Vec::new(),
            graph: Graph::default(),
            next: 0,
            commits: BTreeMap::new(),
            spans: Vec::new(),
        };
        world.commit();
        world
    }

    fn heap(&mut self) -> &mut Heap {
        &mut self.open.as_mut().expect("open between the steps").1
    }

    fn map(&mut self, shape: usize) -> MapRef {
        let heap = self.heap();
        let maps = heap.root(root::WORLD).as_ref().expect("the maps");
        heap.item(maps, shape).as_ref().map(MapRef::assume).expect("a map")
    }

    fn step(&mut self, operation: u8, a: usize, b: usize) {
        match operation % 24 {
            0..=6 => self.allocate(a, b),
            7..=13 => self.store(a, b, operation),
            14 => self.drop_held(a, b),
            15 => self.collect(|heap, roots| heap.scavenge(roots)),
            16 => self.safepoint(),
            17 => self.collect(|heap, roots| {
                heap.mark_step(roots, a * 8);
            }),
            18 => {
                // The stack of the last commit keeps objects alive, too.
                self.collect(|heap, roots| {
                    heap.set_root(root::SHELL, heap.known.nil);
                    heap.collect_full(roots);
                });
                self.compare(true);
            }
            19 | 20 => self.commit(),
            21 => {
                let (image, _) = self.open.as_ref().expect("open");
                image.checkpoint().expect("a checkpoint");
            }
            22 if a.is_multiple_of(2) => self.fork(a, b),
            22 => self.go_back(a),
            _ => self.reopen((!a.is_multiple_of(3)).then_some((a, b))),
        }
        if self.heap().gc_requested() {
            self.safepoint();
        }
    }

    fn safepoint(&mut self) {
        self.collect(|heap, roots| {
            heap.safepoint(roots);
        });
    }

    fn collect(&mut self, act: impl FnOnce(&mut Heap, &mut Vec<Value>)) {
        let (_, heap) = self.open.as_mut().expect("open");
        act(heap, &mut self.roots);
    }

    fn allocate(&mut self, a: usize, b: usize) {
        let shape = a % 4;
        let map = self.map(shape);
        // Mostly small, sometimes of several lines, a block, or more.
        let length = match b % 16 {
            0 => b * 200,
            1..=3 => b * 4,
            _ => b % 7,
        };
        let old = a & 64 != 0;
        let heap = self.heap();
        let nil = heap.known.nil;
        let (r, node) = match shape {
            0 if old => (heap.alloc_old_slots(map, FIELDS, nil), Node::Slots([Word::Nil; FIELDS])),
            0 => (heap.alloc_slots(map, FIELDS, nil), Node::Slots([Word::Nil; FIELDS])),
            1 | 2 => {
                let r = if old {
                    heap.alloc_old_indexed(map, 0, length, nil)
                } else {
                    heap.alloc_indexed(map, 0, length, nil)
                };
                (r, Node::Vector(vec![Word::Nil; length], shape == 2))
            }
            _ => {
                let r = if old {
                    heap.alloc_old_bytes(map, length, b as u8)
                } else {
                    heap.alloc_bytes(map, length, b as u8)
                };
                (r, Node::Bytes(vec![b as u8; length]))
            }
        };
        let symbol = heap.intern(&[b"name", &[a as u8, b as u8][..]].concat());
        assert_eq!(heap.bytes(symbol)[4..], [a as u8, b as u8]);
        self.graph.nodes.insert(self.next, node);
        if self.graph.held.len() < MOST_HELD {
            self.graph.held.push(self.next);
            self.roots.push(r.value());
        } else {
            self.graph.held[b % MOST_HELD] = self.next;
            self.roots[b % MOST_HELD] = r.value();
        }
        self.next += 1;
    }

    /// An object that is held, or some steps away from one.
    fn find(&mut self, a: usize) -> Option<(usize, ObjectRef)> {
        let start = a % self.graph.held.len().max(1);
        let (mut id, mut v) = (*self.graph.held.get(start)?, self.roots[start]);
        for step in 0..a % 5 {
            let (strong, _) = self.graph.nodes[&id].words();
            let Some(i) = (a / 5 + step).checked_rem(strong.len()) else { break };
            let Word::Object(next) = strong[i] else { break };
            let skip = if matches!(self.graph.nodes[&id], Node::Slots(_)) { 0 } else { 1 };
            v = self.heap().word(v.as_ref().expect("an object"), skip + i);
            id = next;
        }
        Some((id, v.as_ref().expect("an object")))
    }

    fn store(&mut self, a: usize, b: usize, operation: u8) {
        let (Some((into, r)), Some((id, target))) = (self.find(a), self.find(b)) else { return };
        let (_, heap) = self.open.as_mut().expect("open");
        let (word, value) = match b % 7 {
            0 => (Word::Nil, heap.known.nil),
            1 => (Word::Int(b), Value::from_usize(b)),
            _ => (Word::Object(id), target.value()),
        };
        match self.graph.nodes.get_mut(&into) {
            Some(Node::Slots(words)) => {
                let i = usize::from(operation) % FIELDS;
                words[i] = word;
                heap.store(r, i, value);
            }
            Some(Node::Vector(words, _)) => {
                if let Some(i) = (a * 7 + b).checked_rem(words.len()) {
                    words[i] = word;
                    heap.set_item(r, i, value);
                }
            }
            Some(Node::Bytes(bytes)) => {
                if let Some(i) = (a * 7 + b).checked_rem(bytes.len()) {
                    bytes[i] = b as u8;
                    heap.set_byte(r, i, b as u8);
                }
            }
            None => unreachable!("the model has every node that can be reached"),
        }
    }

    fn drop_held(&mut self, a: usize, b: usize) {
        for n in [a, b] {
            if self.graph.held.len() > 2 {
                let i = n % self.graph.held.len();
                self.graph.held.swap_remove(i);
                self.roots.swap_remove(i);
            }
        }
    }

    fn commit(&mut self) {
        self.collect(|heap, roots| {
            let stack = heap.new_internal(roots);
            heap.set_root(root::SHELL, stack.value());
        });
        let (image, heap) = self.open.as_mut().expect("open");
        // Before the act: the power may fail when it is durable and nobody was told.
        let commit = image.head().0 + 1;
        self.commits.insert(commit, self.graph.clone());
        let started = self.storage.count();
        let made = image.commit(heap, &mut self.roots, &info()).expect("a commit");
        assert_eq!(made.0, commit);
        assert!(!heap.is_changed());
        self.spans.push(Span { commit, started, acknowledged: self.storage.count() });
    }

    /// Works in a fork for a while; nothing of it is seen outside.
    fn fork(&mut self, a: usize, b: usize) {
        let (image, mut heap) = self.open.take().expect("open");
        let fork = heap.fork(&mut self.roots, Some(64 << 20)).expect("a fork");
        let saved = (self.graph.clone(), self.roots.clone(), self.next);
        self.open = Some((image, fork));
        for step in 0..12 {
            self.allocate(a + step, b ^ step);
            self.store(a + 3 * step, b + step, step as u8);
            self.drop_held(b, a + step);
        }
        self.collect(|heap, roots| heap.collect_full(roots));
        self.compare(false);
        (self.graph, self.roots, self.next) = saved;
        let (image, fork) = self.open.take().expect("open");
        drop(fork);
        self.open = Some((image, heap));
        self.compare(false);
    }

    fn go_back(&mut self, a: usize) {
        let (image, heap) = self.open.as_mut().expect("open");
        let (oldest, head) = (image.store().oldest().0.max(1), image.head().0);
        let target = oldest + a as u64 % (head - oldest + 1);
        self.commits.insert(head + 1, self.commits[&target].clone());
        let started = self.storage.count();
        let made = image.revert(heap, CommitId(target), &info()).expect("a revert");
        assert_eq!(made.0, head + 1);
        self.spans.push(Span { commit: made.0, started, acknowledged: self.storage.count() });
        self.take_up(made.0);
    }

    /// Closes and opens again; with numbers, after a loss of power at some moment since the last opening.
    fn reopen(&mut self, power_lost: Option<(usize, usize)>) {
        self.open = None;
        let recording = self.storage.recording();
        let mut allowed = vec![*self.commits.keys().next_back().expect("a commit")];
        let mut disk = recording.last();
        if let Some((a, b)) = power_lost {
            // Not before the first commit of all: there is no image then.
            let first = self.spans.iter().map(|span| span.acknowledged).next().unwrap_or(recording.count());
            let moment = first + (a * 256 + b) % (recording.count() - first + 1);
            allowed.clear();
            allowed.extend(self.spans.iter().rfind(|s| s.acknowledged <= moment).map(|s| s.commit));
            allowed.extend(
                self.spans.iter().find(|s| s.started <= moment && moment < s.acknowledged).map(|s| s.commit),
            );
            if self.spans.is_empty() {
                allowed = vec![*self.commits.keys().next_back().expect("a commit")];
            }
            let mut numbers = Numbers::new((a * 256 + b) as u64);
            let chosen = numbers.below(4);
            let mut state = 0;
            recording.crash_states(moment, 2, 1, &mut numbers, |content| {
                if state <= chosen {
                    disk = content;
                }
                state += 1;
            });
        }
        self.storage = Arc::new(RecordingStorage::new(disk));
        let mut options = OpenImage { heap: self.options, untrusted: true, ..OpenImage::write() };
        options.store.policy = policy();
        let (image, heap) = Image::open_on(self.storage.clone(), &options).expect("what was committed opens");
        let head = image.head().0;
        assert!(allowed.contains(&head), "opened at commit {head}, allowed are {allowed:?}");
        self.commits.retain(|commit, _| *commit <= head);
        self.spans = vec![Span { commit: head, started: 0, acknowledged: 0 }];
        self.open = Some((image, heap));
        self.take_up(head);
    }

    /// Memory holds this commit now; nobody has references from before.
    fn take_up(&mut self, commit: u64) {
        self.graph = self.commits[&commit].clone();
        let heap = self.heap();
        let stack = heap.root(root::SHELL).as_ref().expect("the stack");
        self.roots = (0..heap.length(stack)).map(|i| heap.item(stack, i)).collect();
        self.compare(false);
    }

    /// Compares both graphs, and verifies the heap. With `collected`, what only weak words lead to must be gone.
    fn compare(&mut self, collected: bool) {
        let (_, heap) = self.open.as_mut().expect("open");
        if collected && let Err(error) = heap.verify(&mut self.roots) {
            panic!("{error}");
        }
        let strong = self.graph.reachable();
        self.graph.nodes.retain(|id, _| strong.contains(id));
        assert_eq!(self.roots.len(), self.graph.held.len());
        let mut work: Vec<(usize, Value)> =
            self.graph.held.iter().copied().zip(self.roots.iter().copied()).collect();
        let (mut places, mut names) = (HashMap::new(), HashMap::new());
        while let Some((id, v)) = work.pop() {
            let r = v.as_ref().expect("an object, as in the model");
            if let Some(before) = places.insert(id, r) {
                assert_eq!(before, r, "node {id} is in two places");
                continue;
            }
            assert_eq!(names.insert(r, id), None, "{r:?} is two nodes");
            let node = self.graph.nodes.get_mut(&id).expect("a node that is reachable");
            let (skip, weak) = match node {
                Node::Slots(_) => (0, false),
                Node::Vector(words, weak) => {
                    assert_eq!(heap.length(r), words.len());
                    (1, *weak)
                }
                Node::Bytes(bytes) => {
                    assert_eq!(heap.bytes(r), bytes);
                    continue;
                }
            };
            let words: &mut [Word] = match node {
                Node::Slots(words) => words,
                Node::Vector(words, _) => words,
                Node::Bytes(_) => &mut [],
            };
            for (i, word) in words.iter_mut().enumerate() {
                let v = heap.word(r, skip + i);
                match *word {
                    Word::Nil => assert_eq!(v, heap.known.nil),
                    Word::Int(n) => assert_eq!(v, Value::from_usize(n)),
                    Word::Object(next) if strong.contains(&next) => work.push((next, v)),
                    Word::Object(_) => {
                        assert!(weak && (!collected || v == heap.known.nil));
                        // From here on the model does not know it; nor shall the heap.
                        *word = Word::Nil;
                        heap.store(r, skip + i, heap.known.nil);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_operations_agree_with_the_model() {
        for seed in 0..60 {
            let mut numbers = Numbers::new(seed);
            let length = 60 + numbers.below(1000);
            let program: Vec<u8> = (0..length).map(|_| numbers.next_number() as u8).collect();
            run(&program);
        }
    }
}
