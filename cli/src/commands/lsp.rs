//! `batos lsp`: the language server. Opens a world to look at, writes down what is in it, and closes it again; the server
//! knows it as plain data, and runs nothing.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use batos_image::heap::Heap;
use batos_image::layout::{Kind, SlotKind, map_word};
use batos_image::value::{MapRef, ObjectRef, Value};
use batos_lsp::world::{Content, Facts, Literals, Method, Object, Slot};
use batos_machine::code::method_element;
use batos_machine::debug;
use batos_machine::lookup::slot_content;
use batos_mind::cache;

use crate::args::WorldArgs;
use crate::failure::{Failure, Outcome, Status};
use crate::world::Purpose;
use crate::{stdlib, world};

/// Most objects of a world that are looked at.
const MOST: usize = 50_000;

/// Longest text of a value that is shown.
const SHOWN: usize = 60;

/// `batos lsp`
pub fn lsp(image: Option<PathBuf>, at: Option<u64>, untrusted: bool) -> Outcome {
    let file = image.clone();
    let stamp = Arc::new(move || {
        let changed =
            file.as_ref().and_then(|file| file.metadata().ok()).and_then(|about| about.modified().ok());
        changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map_or(0, |at| at.as_nanos() as u64)
    });
    let args = WorldArgs { image, at, untrusted, no_model: true, read_only: true, ..WorldArgs::default() };
    let open = Arc::new(move || facts(&args).map_err(|failure| failure.text().trim_end().to_string()));
    let world = batos_lsp::World { open, stamp };
    let input = std::io::BufReader::new(std::io::stdin());
    match batos_lsp::serve(input, &mut std::io::stdout(), world) {
        batos_lsp::Ended::Orderly => Ok(()),
        batos_lsp::Ended::Abruptly => Err(Failure::reported(Status::Failed)),
    }
}

/// What is in the world that the command line names.
fn facts(args: &WorldArgs) -> Outcome<Facts> {
    let session = world::open(args, Purpose::Look, Vec::new())?;
    let heap = &session.vm.heap;
    let mut walk =
        Walk { heap, objects: Vec::new(), places: HashMap::new(), shapes: HashMap::new(), next: 0 };
    let lobby = walk.object(heap.known.lobby, "lobby".to_string());
    for room in ["globals", "traits", "mixins"] {
        if let Some(value) = walk.slot(heap.known.lobby, room) {
            walk.object(value, room.to_string());
        }
    }
    walk.all();
    let literals = walk.literals();
    let folder = cache::folder().unwrap_or_else(std::env::temp_dir);
    let sources = folder.join(format!("sources-{}", stdlib::FINGERPRINT)).join("stdlib");
    let name = match &args.image {
        Some(image) => image.display().to_string(),
        None => "the standard world".to_string(),
    };
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    Ok(Facts {
        objects: walk.objects,
        lobby,
        literals,
        library: stdlib::FILES.iter().map(|(path, text)| (sources.join(path), text.to_vec())).collect(),
        shown_in: folder.join("images").join(format!("{:016x}", hasher.finish())),
        name,
    })
}

/// A walk over a world, in widths, so that paths are short. What constant slots lead to is an object with a path; of what else
/// is met one of each shape is looked at.
struct Walk<'h> {
    heap: &'h Heap,
    objects: Vec<Object>,
    places: HashMap<ObjectRef, usize>,
    shapes: HashMap<MapRef, usize>,
    next: usize,
}

impl Walk<'_> {
    fn text(&self, name: ObjectRef) -> String {
        String::from_utf8_lossy(self.heap.bytes(name)).into_owned()
    }

    fn annotation(&self, value: Value) -> (String, String) {
        let text = value.as_ref().map(|text| self.text(text)).unwrap_or_default();
        batos_lsp::annotation(&text)
    }

    /// The content of an object's own slot.
    fn slot(&self, object: Value, name: &str) -> Option<Value> {
        let name = self.heap.symbol_lookup(name.as_bytes())?;
        let slot = self.heap.find_slot(self.heap.map_of(object), name)?;
        Some(slot_content(self.heap, object, &slot))
    }

    /// Has an object looked at under this path, unless it has one already.
    fn object(&mut self, value: Value, path: String) -> usize {
        let Some(r) = value.as_ref() else { return 0 };
        if let Some(id) = self.places.get(&r) {
            return *id;
        }
        let id = self.objects.len();
        self.places.insert(r, id);
        let annotation = self.heap.map_word(self.heap.map_of(value), map_word::ANNOTATION);
        let comment = self.annotation(annotation).1;
        self.objects.push(Object { path, comment, slots: Vec::new() });
        id
    }

    fn all(&mut self) {
        let mut waiting: Vec<Value> = Vec::new();
        loop {
            // Places are given in the order of ids.
            if waiting.len() < self.objects.len() {
                waiting.resize(self.objects.len(), Value::ZERO);
                for (r, id) in &self.places {
                    waiting[*id] = r.value();
                }
            }
            let Some(value) = waiting.get(self.next).copied() else { return };
            self.look_at(self.next, value);
            self.next += 1;
        }
    }

    fn look_at(&mut self, id: usize, object: Value) {
        let path = self.objects[id].path.clone();
        let slots: Vec<_> = self.heap.map_slots(self.heap.map_of(object)).collect();
        for slot in slots {
            if slot.kind == SlotKind::Argument {
                continue;
            }
            let name = self.text(slot.name);
            let value = slot_content(self.heap, object, &slot);
            let constant = slot.kind == SlotKind::Constant;
            let (category, comment) = self.annotation(slot.annotation);
            let content = self.content(value, &below(&path, &name), constant);
            self.objects[id].slots.push(Slot {
                name,
                parent: slot.parent,
                assignable: !constant,
                content,
                category,
                comment,
            });
        }
    }

    fn content(&mut self, value: Value, path: &str, constant: bool) -> Content {
        let heap = self.heap;
        match (heap.kind_of(value), value.as_ref()) {
            (Kind::Method, Some(method)) => Content::Method(self.method(method)),
            (Kind::Symbol | Kind::ByteVector, Some(text))
                if !constant || heap.kind_of(value) == Kind::Symbol =>
            {
                Content::Text(self.text(text).chars().take(SHOWN).collect())
            }
            (_, Some(r)) if self.objects.len() < MOST => {
                if constant || self.places.contains_key(&r) {
                    return Content::Object(self.object(value, path.to_string()));
                }
                let map = heap.map_of(value);
                let known = self.shapes.get(&map).copied();
                let id = known.unwrap_or_else(|| self.object(value, format!("what {path} holds")));
                self.shapes.insert(map, id);
                Content::Object(id)
            }
            _ => match value.as_int() {
                Some(n) => Content::Number(n),
                None => Content::Plain("a value".to_string()),
            },
        }
    }

    fn method(&self, method: ObjectRef) -> Method {
        let source = self.heap.item(method, method_element::SOURCE).as_ref();
        let source = source.filter(|text| self.heap.kind_of_ref(*text) == Kind::Code);
        let source = source.map(|text| self.text(text)).unwrap_or_default();
        let about = self.heap.item(method, method_element::DEBUG).as_ref();
        let about = about.filter(|bytes| self.heap.kind_of_ref(*bytes) == Kind::Code);
        let locals = about.map(|bytes| debug::decode(self.heap.bytes(bytes)).locals).unwrap_or_default();
        let arguments = locals.into_iter().filter(|local| local.argument && !local.inner);
        let arguments = arguments.map(|local| String::from_utf8_lossy(&local.name).into_owned()).collect();
        Method { source, arguments }
    }

    /// Objects that stand for literals: what their traits say.
    fn literals(&mut self) -> Literals {
        let traits = self.slot(self.heap.known.lobby, "traits");
        let mut like = |name: &str, path: &str| {
            let parent = self.slot(traits?, name)?.as_ref()?;
            let parent = *self.places.get(&parent)?;
            let slot = Slot {
                name: "parent".to_string(),
                parent: true,
                assignable: false,
                content: Content::Object(parent),
                category: String::new(),
                comment: String::new(),
            };
            self.objects.push(Object { path: path.to_string(), comment: String::new(), slots: vec![slot] });
            Some(self.objects.len() - 1)
        };
        Literals {
            integer: like("smallInt", "a whole number"),
            big: like("bigInt", "a big number"),
            float: like("float", "a float"),
            string: like("string", "a string"),
            block: like("block", "a block"),
            vector: like("vector", "a vector"),
        }
    }
}

/// The path of what a slot holds.
fn below(path: &str, name: &str) -> String {
    if matches!(path, "lobby" | "globals") { name.to_string() } else { format!("{path} {name}") }
}
