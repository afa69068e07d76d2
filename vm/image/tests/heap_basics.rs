//! The heap's accessors, maps, symbols and scavenges, one fact a test.

use batos_image::heap::{Heap, HeapOptions, NoRoots, SlotDesc, Space};
use batos_image::layout::{Format, Kind, root};
use batos_image::value::Value;

fn heap() -> Heap {
    Heap::bootstrap(Space::with_limit(64), HeapOptions::default()).expect("room")
}

fn int(n: i64) -> Value {
    Value::from_i64(n).expect("small")
}

#[test]
fn a_new_heap_has_its_oddballs() {
    let heap = heap();
    for i in [root::NIL, root::TRUE, root::FALSE] {
        assert_eq!(heap.kind_of(heap.root(i)), Kind::Oddball);
    }
    assert_ne!(heap.known.nil, heap.known.true_);
    assert_eq!(heap.kind_of(heap.known.map_map.value()), Kind::Map);
    assert_eq!(heap.map_of_ref(heap.known.map_map.object()), heap.known.map_map);
    assert_eq!(heap.root(root::LOBBY), heap.known.nil);
    assert_eq!(heap.kind_of(int(3)), Kind::SmallInt);
}

#[test]
fn symbols_are_canonical() {
    let mut heap = heap();
    let count = if cfg!(miri) { 200 } else { 5000 };
    let names: Vec<String> = (0..count).map(|i| format!("name{i}")).collect();
    let first: Vec<_> = names.iter().map(|n| heap.intern(n.as_bytes())).collect();
    for (name, symbol) in names.iter().zip(&first) {
        assert_eq!(heap.intern(name.as_bytes()), *symbol);
        assert_eq!(heap.symbol_lookup(name.as_bytes()), Some(*symbol));
        assert_eq!(heap.bytes(*symbol), name.as_bytes());
    }
    assert_eq!(heap.symbol_count(), count);
    assert_eq!(heap.symbol_lookup(b"never"), None);
}

#[test]
fn maps_tell_their_slots() {
    let mut heap = heap();
    for count in [0usize, 1, 8, 9, 40] {
        let names: Vec<_> = (0..count).map(|i| heap.intern(format!("slot{i}").as_bytes())).collect();
        let slots: Vec<_> = names
            .iter()
            .enumerate()
            .map(|(i, n)| {
                if i % 2 == 0 {
                    SlotDesc::field(*n, i as u32 / 2, int(i as i64))
                } else {
                    SlotDesc::constant(*n, int(-1)).as_parent()
                }
            })
            .collect();
        let map = heap.new_map(Kind::Slots, Format::Slots, count.div_ceil(2), &slots, Value::ZERO, 3);
        assert_eq!(heap.map_slots(map).collect::<Vec<_>>(), slots);
        assert_eq!(heap.map_info(map).flags(), 3);
        for (i, name) in names.iter().enumerate() {
            assert_eq!(heap.find_slot_index(map, *name), Some(i));
        }
        let other = heap.intern(b"other");
        assert_eq!(heap.find_slot(map, other), None);
    }
}

#[test]
fn a_scavenge_keeps_what_is_reachable_and_moves_it_once() {
    let mut heap = heap();
    let map = heap.new_map(Kind::Slots, Format::Slots, 2, &[], Value::ZERO, 0);
    let nil = heap.known.nil;
    let shared = heap.alloc_slots(map, 2, nil);
    let left = heap.alloc_slots(map, 2, shared.value());
    heap.store(shared, 0, left.value());
    heap.store(shared, 1, int(7));
    let hash = heap.identity_hash(shared.value());
    let bytes = heap.new_bytes(heap.known.symbol_map, b"some bytes");
    let mut roots = vec![left.value(), shared.value(), bytes.value()];
    heap.scavenge(&mut roots);
    let [left, shared, bytes] = [0, 1, 2].map(|i| roots[i].as_ref().expect("a reference"));
    assert!(!heap.is_young(left) && !heap.is_young(shared));
    assert_eq!(heap.word(left, 0), shared.value());
    assert_eq!(heap.word(left, 1), shared.value());
    assert_eq!(heap.word(shared, 0), left.value());
    assert_eq!(heap.word(shared, 1), int(7));
    assert_eq!(heap.identity_hash(shared.value()), hash);
    assert_eq!(heap.bytes(bytes), b"some bytes");
    assert_eq!(heap.statistics().young_bytes, 0);
}

#[test]
fn an_old_object_keeps_a_young_one_alive() {
    let mut heap = heap();
    let map = heap.new_map(Kind::Vector, Format::Indexed, 1, &[], Value::ZERO, 0);
    let nil = heap.known.nil;
    let old = heap.alloc_old_indexed(map, 1, 3000, nil);
    heap.set_root(root::LOBBY, old.value());
    heap.scavenge(&mut NoRoots);
    for i in 0..3000 {
        let young = heap.new_float(1e300 + i as f64 * 1e290);
        heap.set_element(old, i, young);
    }
    heap.scavenge(&mut NoRoots);
    for i in 0..3000 {
        assert_eq!(heap.float_value(heap.element(old, i)), Some(1e300 + i as f64 * 1e290));
    }
    assert_eq!(heap.field(old, Format::Indexed, 0), nil);
}

#[test]
fn copies_have_new_lengths_and_identities() {
    let mut heap = heap();
    let nil = heap.known.nil;
    let vector = heap.root(root::VECTOR).as_ref().expect("a vector");
    let three = heap.clone_indexed(vector, 3, int(1)).expect("room");
    heap.set_element(three, 2, int(9));
    let five = heap.clone_indexed(three, 5, nil).expect("room");
    assert_eq!((0..5).map(|i| heap.element(five, i)).collect::<Vec<_>>(), [int(1), int(1), int(9), nil, nil]);
    let bytes = heap.root(root::BYTE_VECTOR).as_ref().expect("bytes");
    let nine = heap.clone_bytes(bytes, 9, 7).expect("room");
    assert_eq!(heap.bytes(nine), [7; 9]);
    let copy = heap.clone_object(nine);
    heap.set_byte(copy, 8, 1);
    assert_eq!(heap.byte(nine, 8), 7);
    assert_ne!(heap.identity_hash(nine.value()), heap.identity_hash(copy.value()));
    assert!(heap.clone_bytes(bytes, usize::MAX / 2, 0).is_err());
    assert!(heap.clone_indexed(vector, 1 << 40, nil).is_err());
}

#[test]
fn large_objects_live_in_the_image() {
    let mut heap = heap();
    let nil = heap.known.nil;
    let vector = heap.root(root::VECTOR).as_ref().expect("a vector");
    // A block has 4,096 words and a segment 131,072. Miri is slow: one of each size.
    let lengths: &[usize] = if cfg!(miri) { &[9000, 140_000] } else { &[9000, 70_000, 200_000, 300_000] };
    for &len in lengths {
        let big = heap.clone_indexed(vector, len, int(len as i64)).expect("room");
        heap.set_element(big, len - 1, nil);
        heap.set_root(root::LOBBY, big.value());
        heap.scavenge(&mut NoRoots);
        let big = heap.root(root::LOBBY).as_ref().expect("still there");
        assert_eq!(heap.length(big), len);
        assert_eq!(heap.element(big, 0), int(len as i64));
        assert_eq!(heap.element(big, len - 1), nil);
    }
}

#[test]
fn become_exchanges_references_everywhere() {
    let mut heap = heap();
    let map = heap.new_map(Kind::Slots, Format::Slots, 2, &[], Value::ZERO, 0);
    let a = heap.alloc_slots(map, 2, int(1));
    let b = heap.alloc_slots(map, 2, int(2));
    let holder = heap.alloc_old_slots(map, 2, a.value());
    heap.store(holder, 1, b.value());
    let mut roots = vec![a.value(), holder.value()];
    heap.become_scan(&[(a, b), (b, a)], &mut roots);
    assert_eq!(roots[0], b.value());
    assert_eq!(heap.word(holder, 0), b.value());
    assert_eq!(heap.word(holder, 1), a.value());
    let other = heap.new_map(Kind::Slots, Format::Slots, 2, &[], Value::ZERO, 0);
    heap.become_scan(&[(map.object(), other.object())], &mut roots);
    assert_eq!(heap.map_of_ref(holder), other);
}

#[test]
fn a_walk_sees_each_object_once() {
    let mut heap = heap();
    let map = heap.new_map(Kind::Slots, Format::Slots, 1, &[], Value::ZERO, 0);
    let mut list = heap.known.nil;
    for _ in 0..100 {
        list = heap.alloc_slots(map, 1, list).value();
    }
    let dropped = heap.alloc_slots(map, 1, list);
    let mut seen = Vec::new();
    heap.each_object(&mut vec![list, list], |heap, r| {
        if heap.map_of_ref(r) == map {
            seen.push(r);
        }
    });
    assert!(!seen.contains(&dropped));
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 100);
}
