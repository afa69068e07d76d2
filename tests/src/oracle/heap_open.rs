//! Whatever words the heap in an image has: opened as untrusted it is refused with an error, or it is sound, whatever is then
//! done with it. The bytes are edits of a good image; the checksums of the file are renewed after them, so that they reach the
//! verifier of the heap.

use std::sync::{Arc, OnceLock};

use batos_image::heap::{Heap, HeapOptions, NoRoots, SlotDesc};
use batos_image::image::{FINGERPRINT, Image, OpenImage};
use batos_image::layout::{Format, IMAGE_START, Kind, root};
use batos_image::store::{CommitInfo, CreateOptions, LogPolicy, MemoryStorage, reseal};
use batos_image::value::{MapRef, ObjectRef, Value};

/// Most edits of one run.
const MOST_EDITS: usize = 48;
/// Bytes of a chunk of the file.
const CHUNK: usize = 1 << 20;

/// A good image, and the places of the words that its newest state is made of.
struct Good {
    bytes: Vec<u8>,
    used: Vec<usize>,
}

fn policy() -> LogPolicy {
    LogPolicy { background: false, extent_chunks: 1, ..LogPolicy::default() }
}

fn heap_options() -> HeapOptions {
    HeapOptions { verify: false, ..HeapOptions::default() }
}

fn good() -> &'static Good {
    static GOOD: OnceLock<Good> = OnceLock::new();
    GOOD.get_or_init(|| {
        let storage = Arc::new(MemoryStorage::default());
        let create = CreateOptions {
            policy: policy(),
            image_id: Some([6; 16]),
            keep: 2,
            ..CreateOptions::new(FINGERPRINT)
        };
        let (mut image, mut heap) =
            Image::create_on(storage.clone(), &create, heap_options()).expect("a new image");
        fill(&mut heap);
        let info = CommitInfo { time: 0, author: "oracle".into(), message: "something of everything".into() };
        image.commit(&mut heap, &mut NoRoots, &info).expect("a commit");
        image.checkpoint().expect("a checkpoint");
        heap.intern(b"in the log");
        image.commit(&mut heap, &mut NoRoots, &info).expect("a commit");
        let segments = image.store().segment_count() as usize;
        drop((image, heap));
        let bytes = storage.bytes();
        // The checkpoint's copy of the image, and the packet in the log behind it.
        let first = (0..bytes.len()).step_by(CHUNK).rfind(|at| bytes[at + 1536..].starts_with(b"BATHEAP1"));
        let first = first.expect("a checkpoint");
        let packet = (0..first).step_by(4096).rfind(|at| bytes[*at..].starts_with(b"BATPACKT"));
        let packet = packet.expect("a packet");
        let used = (packet..packet + 8192)
            .chain(first..first + segments * CHUNK)
            .step_by(8)
            .filter(|at| bytes[*at..*at + 8] != [0; 8])
            .collect();
        Good { bytes, used }
    })
}

/// Something of everything.
fn fill(heap: &mut Heap) {
    let nil = heap.known.nil;
    let names: Vec<ObjectRef> = (0..12).map(|i| heap.intern(format!("slot{i}").as_bytes())).collect();
    let slots: Vec<SlotDesc> = (0..12)
        .map(|i| match i {
            0..3 => SlotDesc::field(names[i], i as u32, nil),
            3 => SlotDesc::constant(names[i], nil).as_parent().annotated(names[0].value()),
            _ => SlotDesc::constant(names[i], Value::from_usize(i)),
        })
        .collect();
    let map = heap.new_map(Kind::Slots, Format::Slots, 3, &slots, names[0].value(), 4);
    let prototypes = [root::VECTOR, root::WEAK_VECTOR, root::BYTE_VECTOR];
    let [vector, weak, bytes] = prototypes.map(|i| heap.root(i).as_ref().expect("a prototype"));
    let mut list = nil;
    for i in 0..60 {
        let node = heap.alloc_slots(map, 3, list);
        let other = match i % 6 {
            0 => heap.clone_indexed(vector, i, list).expect("room").value(),
            1 => heap.clone_bytes(bytes, i * 3, 5).expect("room").value(),
            2 => heap.new_float(1e300),
            3 => heap.clone_indexed(weak, 4, list).expect("room").value(),
            4 => Value::from_f64(0.5).expect("small"),
            _ => Value::from_usize(i),
        };
        heap.store(node, 1, other);
        list = node.value();
    }
    // An object of several lines, and one of blocks of its own.
    let long = heap.clone_indexed(vector, 100, list).expect("room");
    let large = heap.clone_bytes(bytes, 40_000, 0).expect("room");
    heap.identity_hash(long.value());
    let all = heap.new_internal(&[list, long.value(), large.value()]);
    heap.set_root(root::LOBBY, all.value());
    heap.collect_full(&mut NoRoots);
}

/// Panics if the heap does what it must never do with such an image.
pub fn run(data: &[u8]) {
    let mut disk = good().bytes.clone();
    edit(&mut disk, data);
    reseal(&mut disk);
    let mut open = OpenImage { heap: heap_options(), untrusted: true, ..OpenImage::write() };
    open.store.policy = policy();
    match Image::open_on(Arc::new(MemoryStorage::new(disk.clone())), &open) {
        Ok((image, heap)) => use_heap(image, heap, &disk, &open),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Edits of five bytes each: three say which word, two what becomes of it.
fn edit(disk: &mut [u8], edits: &[u8]) {
    let used = &good().used;
    for edit in edits.chunks_exact(5).take(MOST_EDITS) {
        let number = usize::from(edit[0]) << 16 | usize::from(edit[1]) << 8 | usize::from(edit[2]);
        let mut at = used[number % used.len()];
        if edit[3] & 128 != 0 {
            // A neighbour, which may be zero now.
            at = (at + 8).min(disk.len() - 8);
        }
        let old = u64::from_le_bytes(disk[at..at + 8].try_into().expect("eight bytes"));
        let other = used[(number / 7 + usize::from(edit[4]) * 31) % used.len()];
        let parameter = u64::from(edit[4]);
        let new = match edit[3] % 12 {
            0 => old ^ 1 << (edit[4] % 64),
            1 => old.wrapping_add(8),
            2 => old.wrapping_sub(8),
            3 => old.wrapping_add(parameter << 2),
            4 => u64::from_le_bytes(disk[other..other + 8].try_into().expect("eight bytes")),
            5 => IMAGE_START + 8 * ((number as u64 * 0x9E37 + parameter) % (2 << 17)) + 1,
            6 => parameter << 2,
            7 => (old & !0xFF) | parameter,
            8 => old & !(0xFF << 8) | parameter << 8,
            9 => parameter << (edit[4] % 61),
            10 => u64::MAX << (edit[4] % 64),
            _ => 0,
        };
        disk[at..at + 8].copy_from_slice(&new.to_le_bytes());
    }
}

/// Everything that a machine might do with a heap that was let in.
fn use_heap(mut image: Image, mut heap: Heap, disk: &[u8], open: &OpenImage) {
    let mut sum = 0u64;
    heap.each_object(&mut NoRoots, |heap, r| {
        match heap.format_of_ref(r) {
            Format::Bytes => sum += heap.bytes(r).iter().map(|byte| u64::from(*byte)).sum::<u64>(),
            Format::Raw => sum ^= heap.float_value(r.value()).map_or(0, f64::to_bits),
            Format::Slots | Format::Indexed => {
                for i in 0..heap.object_bytes(r) / 8 - 1 {
                    sum ^= heap.word(r, i).bits();
                }
            }
        }
        if heap.kind_of_ref(r) == Kind::Map {
            let map = MapRef::assume(r);
            for slot in heap.map_slots(map) {
                assert!(heap.find_slot(map, slot.name).is_some());
                sum ^= heap.bytes(slot.name).len() as u64;
            }
        }
    });
    std::hint::black_box(sum);
    let lobby = heap.root(root::LOBBY);
    for i in 0..300_usize {
        let name = heap.intern(format!("name {}", i % 40).as_bytes());
        let slots = [SlotDesc::constant(name, lobby)];
        let map = heap.new_map(Kind::Slots, Format::Slots, 1, &slots, Value::ZERO, 0);
        let r = heap.alloc_slots(map, 1, lobby);
        if i % 3 == 0 {
            heap.set_root(root::WORLD, r.value());
        }
        if i % 100 == 50 {
            heap.safepoint(&mut NoRoots);
            heap.mark_step(&mut NoRoots, 2000);
        }
    }
    heap.collect_full(&mut NoRoots);
    heap.verify(&mut NoRoots).expect("sound after a collection");
    let info = CommitInfo { time: 0, author: "oracle".into(), message: "on".into() };
    if image.commit(&mut heap, &mut NoRoots, &info).is_ok() {
        // The store may find a damaged packet behind it, but what it says is in the file must be.
        let _ = image.checkpoint();
        heap.verify(&mut NoRoots).expect("sound after a commit");
    }
    drop((image, heap));
    // Once more from the same bytes: opening changes none.
    let again = Image::open_on(Arc::new(MemoryStorage::new(disk.to_vec())), open);
    assert!(again.is_ok(), "an image that was sound a moment ago is refused");
}

#[cfg(test)]
mod tests {
    use super::*;
    use batos_image::store::recording::Numbers;

    #[test]
    fn the_good_image_is_let_in() {
        let mut disk = good().bytes.clone();
        reseal(&mut disk);
        assert!(disk == good().bytes, "renewing the checksums of a good image changes nothing");
        let mut open = OpenImage { heap: heap_options(), untrusted: true, ..OpenImage::write() };
        open.store.policy = policy();
        let (image, heap) = Image::open_on(Arc::new(MemoryStorage::new(disk.clone())), &open).expect("sound");
        assert_eq!(image.store().verify().expect("readable").damages, []);
        use_heap(image, heap, &disk, &open);
    }

    #[test]
    fn wrong_words_reach_the_verifier_of_the_heap() {
        let (mut refused_by_heap, mut let_in, mut elsewhere) = (0, 0, 0);
        for seed in 0..250 {
            let mut numbers = Numbers::new(seed);
            let length = 5 * (1 + numbers.below(3));
            let data: Vec<u8> = (0..length).map(|_| numbers.next_number() as u8).collect();
            run(&data);
            let mut disk = good().bytes.clone();
            edit(&mut disk, &data);
            reseal(&mut disk);
            let mut open = OpenImage { heap: heap_options(), untrusted: true, ..OpenImage::write() };
            open.store.policy = policy();
            match Image::open_on(Arc::new(MemoryStorage::new(disk)), &open) {
                Ok(_) => let_in += 1,
                Err(batos_image::image::ImageError::Heap(_)) => refused_by_heap += 1,
                Err(_) => elsewhere += 1,
            }
        }
        println!("{refused_by_heap} refused by the heap's verifier, {elsewhere} before it, {let_in} let in");
        assert!(refused_by_heap > 60 && let_in > 20);
    }
}
