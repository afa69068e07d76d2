//! Allocation rate, scavenges, marking pauses. `cargo bench -p batos-image --bench heap [-- MIB]`, where MIB is the size
//! of the live heap for the pause measurement (1024 if not given).

use std::hint::black_box;
use std::time::{Duration, Instant};

use batos_image::heap::{Heap, HeapOptions, NoRoots};
use batos_image::layout::{Format, Kind, root};
use batos_image::value::{MapRef, Value};

const MILLION: f64 = 1e6;

fn heap(verify: bool) -> Heap {
    Heap::in_memory(HeapOptions { verify, ..HeapOptions::default() }).expect("address space")
}

fn slots_map(heap: &mut Heap, fields: usize) -> MapRef {
    let map = heap.new_map(Kind::Slots, Format::Slots, fields, &[], Value::ZERO, 0);
    let kept = heap.new_internal(&[map.value(), heap.root(root::WORLD)]);
    heap.set_root(root::WORLD, kept.value());
    map
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Time that this thread has run, where Linux tells: what a pause would be on an idle machine.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// Short-lived objects in a loop, with the scavenges that they cause.
fn allocation(fields: usize) {
    let mut heap = heap(false);
    let map = slots_map(&mut heap, fields);
    let count = 200_000_000 / (fields + 1);
    let start = Instant::now();
    for i in 0..count {
        let r = heap.alloc_slots(map, fields, Value::from_i32(i as i32));
        black_box(r);
        if heap.gc_requested() {
            heap.safepoint(&mut NoRoots);
        }
    }
    let time = start.elapsed();
    let stats = heap.statistics();
    println!(
        "allocation, {} bytes: {:.1} M objects/s ({:.2} ns each; {} scavenges, {:.1} us each)",
        8 + 8 * fields,
        count as f64 / time.as_secs_f64() / MILLION,
        time.as_secs_f64() * 1e9 / count as f64,
        stats.scavenges,
        stats.total_pause as f64 / 1e3 / stats.scavenges.max(1) as f64
    );
}

/// Scavenges where part of the young objects survive.
fn survival(percent: usize) {
    let mut heap = heap(false);
    let map = slots_map(&mut heap, 3);
    let vector = heap.root(root::VECTOR).as_ref().expect("a vector");
    let keep = heap.clone_indexed(vector, 1 << 17, Value::ZERO).expect("room");
    let mut roots = vec![keep.value()];
    let mut longest = Duration::ZERO;
    let mut total = Duration::ZERO;
    for _ in 0..100 {
        let mut n = 0;
        while !heap.gc_requested() {
            let r = heap.alloc_slots(map, 3, Value::ZERO);
            let keep = roots[0].as_ref().expect("kept");
            if n % 100 < percent {
                heap.set_element(keep, n, r.value());
            }
            n += 1;
        }
        let start = Instant::now();
        heap.scavenge(&mut roots);
        total += start.elapsed();
        longest = longest.max(start.elapsed());
        heap.collect_full(&mut roots);
    }
    println!(
        "scavenge of 4 MiB, {percent} % alive: {:.3} ms, longest {:.3} ms",
        millis(total) / 100.0,
        millis(longest)
    );
}

/// Allocates and links on top of a large live heap while cycles of marking go on.
fn pauses(mib: usize) {
    let mut heap = heap(false);
    let map = slots_map(&mut heap, 3);
    let count = mib * (1 << 20) / 32;
    let vector = heap.root(root::VECTOR).as_ref().expect("a vector");
    let heads = heap.clone_indexed(vector, 1 << 16, heap.known.nil).expect("room");
    heap.set_root(root::LOBBY, heads.value());
    heap.scavenge(&mut NoRoots);
    let heads = heap.root(root::LOBBY).as_ref().expect("kept");
    let start = Instant::now();
    let mut seed = 1u64;
    let mut link = |heap: &mut Heap, i: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let list = (seed >> 48) as usize;
        let next = heap.element(heads, list);
        let node = heap.alloc_slots(map, 3, next);
        // A second way into the middle of another list.
        heap.store(node, 1, heap.element(heads, (list * 7 + 1) & 0xffff));
        heap.store(node, 2, Value::from_usize(i));
        heap.set_element(heads, list, node.value());
        if heap.gc_requested() {
            heap.safepoint(&mut NoRoots);
        }
    };
    for i in 0..count {
        link(&mut heap, i);
    }
    println!("linked {mib} MiB of objects of 32 bytes in {:.1} s", start.elapsed().as_secs_f64());
    let before = heap.statistics();
    println!(
        "  longest pause {:.2} ms, all pauses {:.1} s, {} full marks, {} scavenges",
        before.longest_pause as f64 / MILLION,
        before.total_pause as f64 / 1e9,
        before.full_marks,
        before.scavenges
    );
    // Now garbage and replacements, until two more cycles are complete.
    heap.reset_pauses();
    let start = Instant::now();
    let mut i = 0;
    let (mut long, mut busy): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    while heap.statistics().full_marks < before.full_marks + 2 && start.elapsed() < Duration::from_secs(60) {
        for _ in 0..100_000 {
            i += 1;
            let list = i * 31 % 65536;
            let node = heap.alloc_slots(map, 3, heap.known.nil);
            heap.store(node, 2, Value::from_usize(i));
            if i % 4 == 0 {
                // The new node takes the place of the first one of its list.
                let first = heap.element(heads, list);
                let next = first.as_ref().filter(|_| first != heap.known.nil).map(|r| heap.word(r, 0));
                heap.store(node, 0, next.unwrap_or(heap.known.nil));
                heap.set_element(heads, list, node.value());
            }
            if heap.gc_requested() {
                let (begin, cpu) = (Instant::now(), cpu_time());
                heap.safepoint(&mut NoRoots);
                busy.push(millis(cpu_time().saturating_sub(cpu)));
                long.push(millis(begin.elapsed()));
            }
        }
    }
    let stats = heap.statistics();
    println!(
        "on top of it {:.1} M allocations in {:.1} s, {} full marks, {} pauses",
        i as f64 / MILLION,
        start.elapsed().as_secs_f64(),
        stats.full_marks - before.full_marks,
        long.len()
    );
    for (name, times) in [("by the clock", &mut long), ("by processor time", &mut busy)] {
        times.sort_by(f64::total_cmp);
        let at = |p: usize| times.get(times.len() * p / 1000).copied().unwrap_or(0.0);
        let longest = times.last().copied().unwrap_or(0.0);
        println!(
            "  {name}: median {:.2} ms, 99 % {:.2}, 99.9 % {:.2}, longest {longest:.2}",
            at(500),
            at(990),
            at(999)
        );
    }
    let start = Instant::now();
    heap.collect_full(&mut NoRoots);
    println!(
        "explicit full collection of {} MiB: {:.0} ms",
        heap.statistics().old_bytes >> 20,
        millis(start.elapsed())
    );
}

/// What the machine itself takes now and then: random reads of as much memory, in slices that ought to take a fraction of a
/// millisecond each. A pause of the collector can't be shorter than such a stall.
fn stalls(mib: usize) {
    let mut memory = vec![1u64; mib << 17];
    let mut seed = 1u64;
    let mut times = Vec::new();
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end {
        let begin = Instant::now();
        for _ in 0..4096 {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let at = (seed >> 33) as usize % memory.len();
            memory[at] = memory[at].wrapping_add(seed);
        }
        times.push(millis(begin.elapsed()));
    }
    std::hint::black_box(&memory);
    times.sort_by(f64::total_cmp);
    println!(
        "beside it, slices of 4096 random changes of {mib} MiB: median {:.2} ms, 99.9 % {:.2}, longest {:.2}",
        times[times.len() / 2],
        times[times.len() * 999 / 1000],
        times.last().copied().unwrap_or(0.0)
    );
}

fn main() {
    let mib = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(1024);
    for fields in [1, 3, 7] {
        allocation(fields);
    }
    for percent in [0, 10, 100] {
        survival(percent);
    }
    pauses(mib);
    stalls(mib);
}
