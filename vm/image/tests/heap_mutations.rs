//! Images with wrong bytes: opening them as untrusted gives an error, or a heap that is sound whatever is then done
//! with it. Never a panic.

use std::sync::Arc;

use batos_image::heap::{Heap, HeapOptions, NoRoots, SlotDesc};
use batos_image::image::{FINGERPRINT, Image, OpenImage};
use batos_image::layout::{Format, IMAGE_START, Kind, SEGMENT_BYTES, root};
use batos_image::space::{Space, SpaceOptions};
use batos_image::store::{CommitInfo, CreateOptions, MemoryStorage};
use batos_image::value::{MapRef, ObjectRef, Value};

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

fn options() -> HeapOptions {
    HeapOptions { verify: false, ..HeapOptions::default() }
}

/// A heap with something of every sort in it.
fn sample() -> Heap {
    let mut heap = Heap::in_memory(options()).expect("room");
    let nil = heap.known.nil;
    let names: Vec<ObjectRef> = (0..12).map(|i| heap.intern(format!("slot{i}").as_bytes())).collect();
    let slots: Vec<SlotDesc> = names
        .iter()
        .enumerate()
        .map(
            |(i, name)| {
                if i < 3 { SlotDesc::field(*name, i as u32, nil) } else { SlotDesc::constant(*name, nil) }
            },
        )
        .collect();
    let map = heap.new_map(Kind::Slots, Format::Slots, 3, &slots, names[0].value(), 0);
    let vector = heap.root(root::VECTOR).as_ref().expect("a vector");
    let weak = heap.root(root::WEAK_VECTOR).as_ref().expect("a weak vector");
    let bytes = heap.root(root::BYTE_VECTOR).as_ref().expect("bytes");
    let mut list = nil;
    for i in 0..400 {
        let node = heap.alloc_slots(map, 3, list);
        let other = match i % 5 {
            0 => heap.clone_indexed(vector, i, list).expect("room").value(),
            1 => heap.clone_bytes(bytes, i * 3, 5).expect("room").value(),
            2 => heap.new_float(1e300),
            3 => heap.clone_indexed(weak, 4, list).expect("room").value(),
            _ => Value::from_usize(i),
        };
        heap.store(node, 1, other);
        list = node.value();
    }
    let big = heap.clone_indexed(vector, 20_000, list).expect("room");
    let huge = heap.clone_bytes(bytes, 2 << 20, 1).expect("room");
    let all = heap.new_internal(&[list, big.value(), huge.value()]);
    heap.set_root(root::LOBBY, all.value());
    heap.collect_full(&mut NoRoots);
    heap.verify(&mut NoRoots).expect("the sample is sound");
    heap
}

/// Everything a machine might do with a heap that has been let in.
fn exercise(heap: &mut Heap) {
    let mut objects = 0u64;
    let mut slots = 0;
    heap.each_object(&mut NoRoots, |heap, r| {
        objects += heap.object_bytes(r) as u64;
        if heap.kind_of_ref(r) == Kind::Map {
            slots += heap.map_slots(MapRef::assume(r)).count();
        }
    });
    heap.intern(b"a new name");
    let lobby = heap.root(root::LOBBY);
    for i in 0..2000 {
        let map = heap.new_map(Kind::Slots, Format::Slots, 1, &[], Value::ZERO, 0);
        let r = heap.alloc_slots(map, 1, lobby);
        if i % 100 == 0 {
            heap.set_root(root::WORLD, r.value());
        }
    }
    heap.collect_full(&mut NoRoots);
    heap.verify(&mut NoRoots).expect("still sound");
}

fn copy_space(image: &[u8]) -> Space {
    let limit = 64 * SEGMENT_BYTES;
    let options = SpaceOptions { range_bytes: IMAGE_START + limit, ..SpaceOptions::default() };
    let segments = image.len() as u64 / SEGMENT_BYTES;
    let space = Space::anonymous(options, segments).expect("room");
    // SAFETY: the image part of the space has `segments` accessible segments, which nobody else uses.
    unsafe {
        space.base().add(IMAGE_START as usize).copy_from_nonoverlapping(image.as_ptr(), image.len());
    }
    space
}

fn bytes_of(heap: &Heap) -> Vec<u8> {
    let space = heap.space();
    let len = space.image_bytes() as usize;
    // SAFETY: the image part of the space is accessible, and nobody stores meanwhile.
    unsafe { std::slice::from_raw_parts(space.base().add(IMAGE_START as usize), len) }.to_vec()
}

fn rounds() -> u64 {
    std::env::var("HEAP_MUTATIONS").ok().and_then(|s| s.parse().ok()).unwrap_or(400)
}

#[test]
fn wrong_words_are_refused_or_harmless() {
    let heap = sample();
    let image = bytes_of(&heap);
    let used: Vec<usize> = (0..image.len() / 8)
        .filter(|i| image[8 * i..8 * i + 8] != [0; 8] && image[8 * i..8 * i + 8] != [1; 8])
        .collect();
    let mut random = Random(0x1234_5678_9abc_def1);
    let (mut refused, mut accepted) = (0, 0);
    for _ in 0..rounds() {
        let mut bytes = image.clone();
        for _ in 0..1 + random.below(3) {
            let word = used[random.below(used.len() as u64) as usize];
            let other = used[random.below(used.len() as u64) as usize];
            let old = u64::from_le_bytes(bytes[8 * word..8 * word + 8].try_into().expect("eight"));
            let new = match random.below(8) {
                0 => random.below(u64::MAX),
                1 => old ^ 1 << random.below(64),
                2 => old.wrapping_add(8),
                3 => old.wrapping_sub(8),
                4 => IMAGE_START + 8 * random.below(image.len() as u64 / 8) + 1,
                5 => 4096 + 8 * random.below(1 << 20) + 1,
                6 => u64::from_le_bytes(image[8 * other..8 * other + 8].try_into().expect("eight")),
                _ => 0,
            };
            bytes[8 * word..8 * word + 8].copy_from_slice(&new.to_le_bytes());
        }
        match Heap::open(copy_space(&bytes), options(), true) {
            Ok(mut heap) => {
                accepted += 1;
                exercise(&mut heap);
            }
            Err(error) => {
                refused += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    assert!(refused > accepted / 4, "{refused} refused, {accepted} accepted");
}

#[test]
fn wild_bytes_are_refused() {
    let mut random = Random(99);
    for segments in [0, 1, 3] {
        let bytes: Vec<u8> =
            (0..segments * SEGMENT_BYTES / 8).flat_map(|_| random.below(u64::MAX).to_le_bytes()).collect();
        assert!(Heap::open(copy_space(&bytes), options(), true).is_err());
        assert!(Heap::open(copy_space(&vec![0; bytes.len()]), options(), true).is_err());
    }
}

#[test]
fn a_short_image_is_refused() {
    let image = bytes_of(&sample());
    let short = &image[..SEGMENT_BYTES as usize];
    assert!(Heap::open(copy_space(short), options(), true).is_err());
}

#[test]
fn the_error_says_where() {
    let mut heap = sample();
    let all = heap.root(root::LOBBY).as_ref().expect("the sample");
    let list = heap.item(all, 0).as_ref().expect("a node");
    let second = heap.word(list, 0).as_ref().expect("a node");
    heap.store(second, 2, Value::from_bits(IMAGE_START + (50 << 20) + 1));
    let error = heap.verify(&mut NoRoots).expect_err("a wrong reference");
    assert_eq!(error.offset, second.offset() + 24);
    assert!(error.path.starts_with("the root vector > root 3 > "), "{error}");
    assert!(error.to_string().contains("outside the image"), "{error}");
}

#[test]
fn a_mutated_file_is_an_error_or_a_sound_heap() {
    let storage = Arc::new(MemoryStorage::default());
    let (mut image, mut heap) =
        Image::create_on(storage.clone(), &CreateOptions::new(FINGERPRINT), options()).expect("creates");
    for i in 0..300 {
        heap.intern(format!("name {i}").as_bytes());
    }
    image.commit(&mut heap, &mut NoRoots, &CommitInfo::default()).expect("commits");
    image.checkpoint().expect("checkpoints");
    heap.intern(b"one more");
    image.commit(&mut heap, &mut NoRoots, &CommitInfo::default()).expect("commits");
    drop((image, heap));
    let bytes = storage.bytes();
    let used: Vec<usize> = (0..bytes.len()).filter(|i| bytes[*i] != 0).collect();
    let mut random = Random(7);
    let mut open = OpenImage { heap: options(), untrusted: true, ..OpenImage::write() };
    open.store.policy.background = false;
    for _ in 0..rounds() / 10 {
        let mut wrong = bytes.clone();
        for _ in 0..1 + random.below(4) {
            wrong[used[random.below(used.len() as u64) as usize]] ^= 1 << random.below(8);
        }
        if let Ok((_image, mut heap)) = Image::open_on(Arc::new(MemoryStorage::new(wrong)), &open) {
            exercise(&mut heap);
        }
    }
}
