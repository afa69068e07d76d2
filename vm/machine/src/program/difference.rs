//! What differs between two states of a world, by path from the lobby.
//!
//! Both states are walked side by side from the lobby, slot by slot and element by element; a pair of objects is
//! compared once, under the shortest path to it. Methods are compared by their source. Processes are left out: what
//! was running at a moment is no change of the world.

use std::collections::{HashSet, VecDeque};

use crate::code::method_element;
use crate::lookup;
use batos_image::heap::Heap;
use batos_image::layout::Kind;
use batos_image::value::Value;

/// Longest text of a value that is shown.
const SHOWN: usize = 60;

/// What the world remembers of the files that were read is no change beside what they did.
const MODULES: &str = "globals modules ";

/// What changes with every evaluation, and what the mind learnt from what failed: nobody would miss it.
const OWN: [&str; 4] = ["scheduler", "modules ", "mind givenUp", "mind lessons"];

/// Whether a path leads to the world's own accounts, which are no change of the user's.
pub fn is_own(path: &str) -> bool {
    let path = path.strip_prefix("globals ").unwrap_or(path);
    OWN.iter().any(|own| path.starts_with(own))
}

/// How a process is shown.
const PROCESS: &str = "a process";

/// One difference.
pub struct Difference {
    /// Slot names from the lobby.
    pub path: String,
    /// What was there, briefly; `None` if there was no such slot.
    pub before: Option<String>,
    /// What is there now.
    pub after: Option<String>,
    /// The whole source before and now, where both are methods.
    pub sources: Option<(String, String)>,
}

impl Difference {
    fn new(path: String, before: Option<String>, after: Option<String>) -> Difference {
        Difference { path, before, after, sources: None }
    }
}

/// All differences, the nearest to the lobby first.
pub fn compare(before: &Heap, after: &Heap) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = VecDeque::from([(String::new(), before.known.lobby, after.known.lobby)]);
    while let Some((path, a, b)) = waiting.pop_front() {
        let (kind_a, kind_b) = (before.kind_of(a), after.kind_of(b));
        if kind_a != kind_b || constant(before, a) != constant(after, b) {
            found.push(Difference::new(path, Some(brief(before, a)), Some(brief(after, b))));
            continue;
        }
        // Copies share methods: what differs in all of them is told once.
        if kind_a == Kind::Method && !seen.insert((a.as_ref(), b.as_ref())) {
            continue;
        }
        if is_plain(kind_a) {
            let (x, y) = (text(before, a), text(after, b));
            if x != y {
                let mut difference = Difference::new(path, Some(cut(&x)), Some(cut(&y)));
                if kind_a == Kind::Method && (x.contains('\n') || y.contains('\n')) {
                    difference.sources = Some((x, y));
                }
                found.push(difference);
            }
            continue;
        }
        if !matches!(kind_a, Kind::Slots | Kind::Vector | Kind::Oddball)
            || !seen.insert((a.as_ref(), b.as_ref()))
        {
            continue;
        }
        if let (Some(x), Some(y)) = (as_one(before, a), as_one(after, b)) {
            if x != y {
                found.push(Difference::new(path, Some(x), Some(y)));
            }
            continue;
        }
        let (mut old, mut new) = (parts(before, a), parts(after, b));
        forget_order(&mut old, &mut new);
        old.sort_by(|x, y| x.0.cmp(&y.0));
        new.sort_by(|x, y| x.0.cmp(&y.0));
        merge(&path, before, after, old, new, &mut found, &mut waiting);
    }
    found.retain(|d| ![&d.before, &d.after].iter().any(|v| v.as_deref() == Some(PROCESS)));
    found.retain(|d| !d.path.starts_with(MODULES));
    found
}

/// Slots of both sides by name: those on one side are differences, those on both are looked into.
fn merge(
    path: &str,
    before: &Heap,
    after: &Heap,
    old: Vec<(String, Value)>,
    new: Vec<(String, Value)>,
    found: &mut Vec<Difference>,
    waiting: &mut VecDeque<(String, Value, Value)>,
) {
    let below = |name: &str| {
        let name = without_zeros(name);
        if path.is_empty() { name.to_string() } else { format!("{path} {name}") }
    };
    let mut old = old.into_iter().peekable();
    let mut new = new.into_iter().peekable();
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(a), Some(b)) => a.0.cmp(&b.0),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (None, None) => return,
        };
        let gone = if order.is_le() { old.next() } else { None };
        let come = if order.is_ge() { new.next() } else { None };
        match (gone, come) {
            (Some((name, a)), Some((_, b))) => waiting.push_back((below(&name), a, b)),
            (Some((name, a)), None) => {
                found.push(Difference::new(below(&name), Some(brief(before, a)), None));
            }
            (None, Some((name, b))) => {
                found.push(Difference::new(below(&name), None, Some(brief(after, b))));
            }
            (None, None) => return,
        }
    }
}

/// Indices have zeros in front, so that the order of their names is theirs.
fn without_zeros(name: &str) -> String {
    match name.strip_prefix("at: 0") {
        Some(rest) if rest.bytes().all(|b| b.is_ascii_digit()) => {
            let digits = rest.trim_start_matches('0');
            format!("at: {}", if digits.is_empty() { "0" } else { digits })
        }
        _ => name.to_string(),
    }
}

/// Where keys came or went, the order of keys that a dictionary keeps beside them says nothing new.
fn forget_order(old: &mut Vec<(String, Value)>, new: &mut Vec<(String, Value)>) {
    let keys = |parts: &[(String, Value)]| {
        let keys = parts.iter().map(|(name, _)| name).filter(|name| name.starts_with("at: "));
        keys.cloned().collect::<HashSet<String>>()
    };
    if keys(old) != keys(new) {
        old.retain(|(name, _)| name != "order");
        new.retain(|(name, _)| name != "order");
    }
}

/// The text of an object that is read as one value.
fn as_one(heap: &Heap, object: Value) -> Option<String> {
    if heap.kind_of(object) != Kind::Slots {
        return None;
    }
    let slot = heap.find_slot(heap.map_of(object), heap.symbol_lookup(b"parent")?)?;
    super::values::text(heap, &family(heap, lookup::slot_content(heap, object, &slot))?, object)
}

/// The slots of an object by name, without the halves that assign.
fn slots(heap: &Heap, object: Value) -> Vec<(String, Value)> {
    let slots = heap.map_slots(heap.map_of(object));
    slots
        .map(|slot| {
            let name = String::from_utf8_lossy(heap.bytes(slot.name)).into_owned();
            (name, lookup::slot_content(heap, object, &slot))
        })
        .collect()
}

/// Elements of an object's vector in such a slot.
fn elements(heap: &Heap, slots: &[(String, Value)], name: &str) -> Option<Vec<Value>> {
    let vector = slots.iter().find(|(n, _)| n == name)?.1;
    let r = vector.as_ref().filter(|_| heap.kind_of(vector) == Kind::Vector)?;
    Some((0..heap.length(r)).map(|i| heap.element(r, i)).collect())
}

/// The parts of a hash table or list as a person knows them, by key or index: the tables behind them tell nobody
/// anything.
fn known_parts(heap: &Heap, slots: &mut Vec<(String, Value)>) -> Vec<(String, Value)> {
    let count = |name: &str| slots.iter().find(|(n, _)| n == name).and_then(|(_, v)| v.as_int());
    let mut parts = Vec::new();
    if let (Some(keys), Some(_)) = (elements(heap, slots, "keyTable"), count("count")) {
        let values = elements(heap, slots, "valueTable");
        for (i, key) in keys.iter().enumerate() {
            if is_free(heap, *key) {
                continue;
            }
            let name = if is_plain(heap.kind_of(*key)) { text(heap, *key) } else { brief(heap, *key) };
            match &values {
                Some(values) => parts.push((format!("at: {name}"), values.get(i).copied().unwrap_or(*key))),
                None => parts.push((format!("has: {name}"), *key)),
            }
        }
        slots.retain(|(n, _)| !matches!(n.as_str(), "keyTable" | "valueTable" | "count"));
    } else if let (Some(all), Some(from), Some(n)) =
        (elements(heap, slots, "elements"), count("offset"), count("count"))
    {
        let (from, n) = (usize::try_from(from).unwrap_or(0), usize::try_from(n).unwrap_or(0));
        let shown = all.into_iter().skip(from).take(n).enumerate();
        parts.extend(shown.map(|(i, value)| (format!("at: {i:06}"), value)));
        slots.retain(|(n, _)| !matches!(n.as_str(), "elements" | "offset" | "count"));
    }
    parts
}

/// What marks free places of tables: `traits hashed free`.
fn is_free(heap: &Heap, value: Value) -> bool {
    let mut at = heap.known.lobby;
    for name in ["traits", "hashed", "free"] {
        let found =
            heap.symbol_lookup(name.as_bytes()).and_then(|name| heap.find_slot(heap.map_of(at), name));
        match found {
            Some(slot) => at = lookup::slot_content(heap, at, &slot),
            None => return false,
        }
    }
    at == value
}

/// Slots and elements of an object, by name.
fn parts(heap: &Heap, object: Value) -> Vec<(String, Value)> {
    let mut own = slots(heap, object);
    let mut parts = known_parts(heap, &mut own);
    parts.extend(own);
    if let (Kind::Vector, Some(r)) = (heap.kind_of(object), object.as_ref()) {
        parts.extend((0..heap.length(r)).map(|i| (format!("at: {i:06}"), heap.element(r, i))));
    }
    parts
}

/// Compared by their text and not looked into.
fn is_plain(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::SmallInt | Kind::Float | Kind::BigInt | Kind::Symbol | Kind::ByteVector | Kind::Method
    )
}

/// All of a plain value.
fn text(heap: &Heap, value: Value) -> String {
    match (heap.kind_of(value), value.as_ref()) {
        (Kind::SmallInt, _) => value.as_int().map(|i| i.to_string()).unwrap_or_default(),
        (Kind::Float, _) => heap.float_value(value).map(|f| format!("{f:?}")).unwrap_or_default(),
        (Kind::Symbol | Kind::ByteVector, Some(r)) => format!("'{}'", String::from_utf8_lossy(heap.bytes(r))),
        (Kind::BigInt, Some(r)) => heap.bytes(r).iter().rev().map(|b| format!("{b:02x}")).collect(),
        (Kind::Method, Some(r)) => match heap.item(r, method_element::SOURCE).as_ref() {
            Some(source) if heap.kind_of_ref(source) == Kind::Code => {
                String::from_utf8_lossy(heap.bytes(source)).into_owned()
            }
            _ => "a method".into(),
        },
        _ => String::new(),
    }
}

/// The name of an object that stands for itself, whatever its slots are.
fn constant(heap: &Heap, value: Value) -> Option<&'static str> {
    let known = [(heap.known.nil, "nil"), (heap.known.true_, "true"), (heap.known.false_, "false")];
    known.into_iter().find(|(constant, _)| *constant == value).map(|(_, name)| name)
}

/// A value in a few words.
fn brief(heap: &Heap, value: Value) -> String {
    let kind = heap.kind_of(value);
    if is_plain(kind) {
        return cut(&text(heap, value));
    }
    if let Some(name) = constant(heap, value) {
        return name.into();
    }
    match (kind, value.as_ref()) {
        (Kind::Vector, Some(r)) => format!("a vector of {} elements", heap.length(r)),
        (Kind::Slots, _) => as_one(heap, value).unwrap_or_else(|| described(heap, value)),
        (Kind::Block, _) => "a block".into(),
        (Kind::Process, _) => PROCESS.into(),
        _ => format!("an object of {} slots", heap.slot_count(heap.map_of(value))),
    }
}

/// A plain object by what is in it: what its family is called, and its own data, as far as a line has room.
fn described(heap: &Heap, value: Value) -> String {
    let mut own = slots(heap, value);
    let family = own.iter().find(|(name, _)| name == "parent").and_then(|(_, parent)| family(heap, *parent));
    let family = family.map_or("an object".to_string(), |name| {
        if name.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {name}") } else { format!("a {name}") }
    });
    let elements = known_parts(heap, &mut own);
    if !elements.is_empty() {
        own.retain(|(name, _)| name != "order");
    }
    let data = elements.iter().chain(own.iter().filter(|(name, v)| {
        !name.starts_with("parent") && heap.kind_of(*v) != Kind::Method && !name.ends_with(':')
    }));
    let shallow = |v: Value| match heap.kind_of(v) {
        kind if is_plain(kind) => text(heap, v),
        _ => constant(heap, v).map(str::to_string).or_else(|| as_one(heap, v)).unwrap_or("…".to_string()),
    };
    let shown: Vec<String> = data
        .take(6)
        .map(|(name, v)| {
            let name = without_zeros(name);
            format!("{}: {}", name.strip_prefix("at: ").unwrap_or(&name), shallow(*v))
        })
        .collect();
    if shown.is_empty() { family } else { cut(&format!("{family}({})", shown.join(", "))) }
}

/// The name of a traits object in the room of that name.
fn family(heap: &Heap, parent: Value) -> Option<String> {
    let name = heap.symbol_lookup(b"traits")?;
    let slot = heap.find_slot(heap.map_of(heap.known.lobby), name)?;
    let room = lookup::slot_content(heap, heap.known.lobby, &slot);
    let found = heap.map_slots(heap.map_of(room)).find(|s| lookup::slot_content(heap, room, s) == parent)?;
    let name = String::from_utf8_lossy(heap.bytes(found.name)).into_owned();
    (!matches!(name.as_str(), "clonable" | "oddball")).then_some(name)
}

fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}
