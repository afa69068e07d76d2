//! Objects as far as they can be known without running anything: those of the world, and on top of them what sources define.
//!
//! Invariants: ids are positions in `objects`; a slot's `site` names a file of `files`. A graph is cheap to copy: the world's part is
//! shared, and only what a source changes is made anew.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use batos_lang::tree::{Arity, NodeId, NodeKind, Send};

use crate::file::{File, Holds, Place, signature};
use crate::world::{self, Facts, Literals};

/// Where a slot is defined.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Site {
    /// In `Graph::files`.
    pub file: usize,
    /// In `File::slots`.
    pub slot: usize,
}

/// What a slot holds.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// An object.
    Object(usize),
    /// Code.
    Method,
    /// What the expression at its site gives.
    Expression,
    /// Something, as text, and what it is like.
    Plain(String, Option<usize>),
}

/// A slot.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// A parent.
    pub parent: bool,
    /// It can be assigned to.
    pub assignable: bool,
    /// What it holds.
    pub content: Content,
    /// Its name with its arguments.
    pub signature: String,
    /// A method's source, where no file has it.
    pub source: String,
    /// The category.
    pub category: String,
    /// What it is for.
    pub comment: String,
    /// Where a source defines it.
    pub site: Option<Site>,
}

/// An object.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// An expression that gives it, or what to call it.
    pub path: String,
    /// What it is for.
    pub comment: String,
    /// Its slots.
    pub slots: Vec<Arc<Slot>>,
    index: HashMap<String, usize>,
}

impl Object {
    /// A slot of its own.
    pub fn slot(&self, name: &str) -> Option<&Arc<Slot>> {
        self.index.get(name).map(|at| &self.slots[*at])
    }

    fn put(&mut self, slot: Slot) {
        match self.index.get(&slot.name) {
            Some(at) => self.slots[*at] = Arc::new(slot),
            None => {
                self.index.insert(slot.name.clone(), self.slots.len());
                self.slots.push(Arc::new(slot));
            }
        }
    }
}

/// A slot of an object.
#[derive(Clone, Debug)]
pub struct Found {
    /// The object.
    pub object: usize,
    /// The slot.
    pub slot: Arc<Slot>,
    /// It is assigned, not read.
    pub assigns: bool,
}

/// Objects and where they are defined.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// All objects.
    pub objects: Vec<Arc<Object>>,
    /// The lobby.
    pub lobby: usize,
    /// What literals are like.
    pub literals: Literals,
    /// Sources.
    pub files: Vec<Arc<File>>,
    rooms: HashMap<(usize, usize), usize>,
    /// Slots whose expressions may lead to objects.
    open: Vec<(usize, String)>,
    /// Objects with a slot of a name.
    selectors: HashMap<String, Vec<usize>>,
}

impl Graph {
    /// The world's part.
    pub fn of_world(facts: &Facts) -> Graph {
        let objects =
            facts.objects.iter().map(|object| Arc::new(from_world(object, &facts.literals))).collect();
        Graph { objects, lobby: facts.lobby, literals: facts.literals, ..Graph::default() }
    }

    /// Puts what a source defines on top.
    pub fn add(&mut self, file: &Arc<File>) {
        if self.objects.is_empty() {
            self.objects.push(Arc::new(Object { path: "lobby".to_string(), ..Object::default() }));
        }
        let at = self.files.len();
        self.files.push(file.clone());
        // The world is as it is: its sources only tell where things come from.
        for (id, room) in file.rooms.iter().enumerate() {
            let object = match &room.place {
                Place::Held(_) => continue,
                Place::Free => self.new_object("an object literal".to_string()),
                Place::Added(path) => match self.resolve(path) {
                    Some(object) => object,
                    None => self.new_object(path.join(" ")),
                },
            };
            self.merge(object, at, file, id);
        }
    }

    fn new_object(&mut self, path: String) -> usize {
        self.objects.push(Arc::new(Object { path, ..Object::default() }));
        self.objects.len() - 1
    }

    fn merge(&mut self, object: usize, at: usize, file: &Arc<File>, room: usize) {
        self.rooms.insert((at, room), object);
        if !file.rooms[room].comment.is_empty() {
            Arc::make_mut(&mut self.objects[object]).comment.clone_from(&file.rooms[room].comment);
        }
        for id in &file.rooms[room].slots {
            let slot = &file.slots[*id];
            let before = self.objects[object].slot(&slot.name).cloned();
            if file.library && !before.as_ref().is_some_and(|before| is_as_in(before, file, slot.holds)) {
                continue;
            }
            let known = before.map(|slot| slot.content.clone());
            let content = match (slot.holds, known) {
                (Holds::Room(_), Some(Content::Object(held))) => Content::Object(held),
                (Holds::Room(_), _) => {
                    let path = below(&self.objects[object].path, &slot.name);
                    Content::Object(self.new_object(path))
                }
                (Holds::Method(_), _) => Content::Method,
                (_, Some(known @ (Content::Object(_) | Content::Plain(..)))) => known,
                (Holds::Nothing, _) => Content::Plain("nil".to_string(), None),
                (Holds::Value(_), _) => {
                    self.open.push((object, slot.name.clone()));
                    Content::Expression
                }
            };
            let held = content.clone();
            Arc::make_mut(&mut self.objects[object]).put(Slot {
                name: slot.name.clone(),
                parent: slot.parent,
                assignable: slot.assignable,
                content,
                signature: file.signature(*id),
                source: String::new(),
                category: slot.category.clone(),
                comment: slot.comment.clone(),
                site: Some(Site { file: at, slot: *id }),
            });
            if let (Holds::Room(inner), Content::Object(held)) = (slot.holds, held) {
                self.merge(held, at, file, inner);
            }
        }
    }

    /// Follows expressions that are paths, and makes the index of names: to be called when all sources are there.
    pub fn finish(&mut self) {
        // A path may lead over another one.
        for _ in 0..3 {
            let open = std::mem::take(&mut self.open);
            let before = open.len();
            for (object, name) in open {
                let Some(slot) = self.objects[object].slot(&name).cloned() else { continue };
                let Some(site) = slot.site.filter(|_| slot.content == Content::Expression) else { continue };
                let file = self.files[site.file].clone();
                let Holds::Value(node) = file.slots[site.slot].holds else { continue };
                match self.object_at(&file, node) {
                    Some(held) => {
                        let slot = Slot { content: Content::Object(held), ..(*slot).clone() };
                        Arc::make_mut(&mut self.objects[object]).put(slot);
                    }
                    None => self.open.push((object, name)),
                }
            }
            if self.open.len() == before {
                break;
            }
        }
        self.selectors.clear();
        for (id, object) in self.objects.iter().enumerate() {
            for slot in &object.slots {
                match self.selectors.get_mut(&slot.name) {
                    Some(objects) => objects.push(id),
                    None => drop(self.selectors.insert(slot.name.clone(), vec![id])),
                }
            }
        }
    }

    /// The object that a path of constant slots leads to.
    fn object_at(&self, file: &File, node: NodeId) -> Option<usize> {
        let mut at = self.lobby;
        for node in file.tree.spine(node).into_iter().rev() {
            match file.tree.node(node).kind {
                NodeKind::SelfRef => {}
                NodeKind::Send(Send { arity: Arity::Unary, selector, delegate: None, .. }) => {
                    at = self.step(at, &file.name(selector))?;
                }
                _ => return None,
            }
        }
        Some(at)
    }

    /// The object at a path from the lobby.
    pub fn resolve(&self, path: &[String]) -> Option<usize> {
        path.iter().try_fold(self.lobby, |at, name| self.step(at, name))
    }

    fn step(&self, object: usize, name: &str) -> Option<usize> {
        match self.lookup(object, name)?.slot.content {
            Content::Object(held) => Some(held),
            _ => None,
        }
    }

    /// The object that a room of a file is.
    pub fn object_of_room(&self, file: usize, room: Option<usize>) -> usize {
        room.and_then(|room| self.rooms.get(&(file, room)).copied()).unwrap_or(self.lobby)
    }

    /// The position of a file.
    pub fn file_index(&self, uri: &str) -> Option<usize> {
        self.files.iter().rposition(|file| file.uri == uri)
    }

    fn own(&self, object: usize, selector: &str) -> Option<Found> {
        let slots = self.objects.get(object)?;
        if let Some(slot) = slots.slot(selector) {
            return Some(Found { object, slot: slot.clone(), assigns: false });
        }
        let assigned = selector.strip_suffix(':').filter(|name| !name.contains(':'))?;
        let slot = slots.slot(assigned).filter(|slot| slot.assignable)?;
        Some(Found { object, slot: slot.clone(), assigns: true })
    }

    /// An object and all that it inherits from, the nearest first.
    pub fn family(&self, object: usize) -> Vec<usize> {
        self.family_without(object, None)
    }

    /// The same without one, and what is inherited by way of it only.
    pub fn family_without(&self, object: usize, but: Option<usize>) -> Vec<usize> {
        let mut family = vec![object];
        let mut seen: HashSet<usize> = [object].into_iter().chain(but).collect();
        let mut next = 0;
        while let Some(object) = family.get(next).and_then(|id| self.objects.get(*id)) {
            next += 1;
            for slot in object.slots.iter().filter(|slot| slot.parent) {
                if let Content::Object(parent) = slot.content
                    && seen.insert(parent)
                {
                    family.push(parent);
                }
            }
        }
        family
    }

    /// The slot that a message to an object finds.
    pub fn lookup(&self, object: usize, selector: &str) -> Option<Found> {
        // Mostly it is near.
        self.own(object, selector)
            .or_else(|| self.family(object).into_iter().find_map(|object| self.own(object, selector)))
    }

    /// All slots that a message may find, whoever gets it.
    pub fn implementors(&self, selector: &str) -> Vec<Found> {
        let assigned = selector.strip_suffix(':').filter(|name| !name.contains(':'));
        let mut found = Vec::new();
        for name in [Some(selector), assigned].into_iter().flatten() {
            for object in self.selectors.get(name).map(Vec::as_slice).unwrap_or_default() {
                found.extend(self.own(*object, selector));
            }
        }
        found
    }

    /// Whether anybody has such a slot.
    pub fn is_known(&self, selector: &str) -> bool {
        self.selectors.contains_key(selector) || !self.implementors(selector).is_empty()
    }

    /// All names of slots.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.selectors.keys().map(String::as_str)
    }

    /// Methods of the world that no source tells of, as a source.
    pub fn sources_of_the_rest(&self) -> String {
        let mut out = String::new();
        for object in &self.objects {
            let is_path = object.path.split(' ').all(|name| {
                name.starts_with(|c: char| c.is_ascii_lowercase())
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            });
            let rest =
                object.slots.iter().filter(|slot| slot.site.is_none() && slot.content == Content::Method);
            let slots: Vec<String> = rest
                .map(|slot| {
                    let category = slot.category.replace('\\', "\\\\").replace('\'', "\\'");
                    let comment = slot.comment.replace('\\', "\\\\").replace('\'', "\\'");
                    let text = format!("Category: {category}\\x7fComment: {comment}");
                    format!("    {{'{text}'\n        {} = {}.\n    }}\n", head(slot), slot.source)
                })
                .filter(|text| batos_lang::parse_file(format!("(|\n{text}|)").as_bytes()).is_legal())
                .collect();
            if is_path && !slots.is_empty() {
                out.push_str(&format!("{} _AddSlots: (|\n{}|)\n\n", object.path, slots.concat()));
            }
        }
        out
    }
}

/// Whether a slot of the world is as a source of it says: it may have been changed since.
fn is_as_in(slot: &Slot, file: &File, holds: Holds) -> bool {
    let Holds::Method(scope) = holds else { return slot.content != Content::Method };
    let plain = |text: &str| {
        text.trim()
            .trim_start_matches('(')
            .trim_end_matches(')')
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let written = file.text.slice(file.scopes[scope].span);
    slot.content == Content::Method && (slot.source == written || plain(&slot.source) == plain(written))
}

/// A method's name as it stands before its source: with the arguments, unless the source lists them itself.
fn head(slot: &Slot) -> &str {
    let inside = slot.source.trim_start().trim_start_matches('(').trim_start();
    let list = inside.strip_prefix('|').and_then(|rest| rest.split('|').next()).unwrap_or_default();
    let first = slot.signature.split(' ').nth(1).unwrap_or_default();
    if list.contains(&format!(":{first}")) { &slot.name } else { &slot.signature }
}

/// The path of what a slot holds.
fn below(path: &str, name: &str) -> String {
    if matches!(path, "lobby" | "globals") { name.to_string() } else { format!("{path} {name}") }
}

fn from_world(object: &world::Object, literals: &Literals) -> Object {
    let mut made = Object { path: object.path.clone(), comment: object.comment.clone(), ..Object::default() };
    for slot in &object.slots {
        let (content, arguments, source) = match &slot.content {
            world::Content::Object(held) => (Content::Object(*held), [].as_slice(), ""),
            world::Content::Method(method) => {
                (Content::Method, method.arguments.as_slice(), method.source.as_str())
            }
            world::Content::Number(n) => (Content::Plain(n.to_string(), literals.integer), [].as_slice(), ""),
            world::Content::Text(text) => {
                let shown = format!("'{}'", text.replace('\n', "\\n"));
                (Content::Plain(shown, literals.string), [].as_slice(), "")
            }
            world::Content::Plain(text) => (Content::Plain(text.clone(), None), [].as_slice(), ""),
        };
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        made.put(Slot {
            name: slot.name.clone(),
            parent: slot.parent,
            assignable: slot.assignable,
            content,
            signature: signature(&slot.name, &arguments),
            source: source.to_string(),
            category: slot.category.clone(),
            comment: slot.comment.clone(),
            site: None,
        });
    }
    made
}
