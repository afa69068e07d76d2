//! Control messages that run natively while the world gives them their standard meaning.
//!
//! When the world is built, the methods that answer these messages are recorded in the image. A message is *intact* while the
//! lookup still finds the recorded method. When an object that such a lookup goes through changes, all are checked again, and code
//! is quickened anew: a changed message is then really sent everywhere.

use batos_image::layout::root;
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Native;

use crate::lookup::{self, Outcome, Start, Trail};
use crate::vm::Vm;

/// Receivers of native messages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Receiver {
    True,
    False,
    Int,
    Float,
    Block,
    Text,
}

/// Message, receiver, selector. The order is part of the image format: append only.
const TABLE: &[(Native, Receiver, &str)] = {
    use Native as N;
    use Receiver as R;
    &[
        (N::IfTrue, R::True, "ifTrue:"),
        (N::IfTrue, R::False, "ifTrue:"),
        (N::IfFalse, R::True, "ifFalse:"),
        (N::IfFalse, R::False, "ifFalse:"),
        (N::IfTrueFalse, R::True, "ifTrue:False:"),
        (N::IfTrueFalse, R::False, "ifTrue:False:"),
        (N::IfFalseTrue, R::True, "ifFalse:True:"),
        (N::IfFalseTrue, R::False, "ifFalse:True:"),
        (N::And, R::True, "and:"),
        (N::And, R::False, "and:"),
        (N::Or, R::True, "or:"),
        (N::Or, R::False, "or:"),
        (N::AndAnd, R::True, "&&"),
        (N::AndAnd, R::False, "&&"),
        (N::OrOr, R::True, "||"),
        (N::OrOr, R::False, "||"),
        (N::WhileTrue, R::Block, "whileTrue:"),
        (N::WhileFalse, R::Block, "whileFalse:"),
        (N::WhileTrueUnary, R::Block, "whileTrue"),
        (N::WhileFalseUnary, R::Block, "whileFalse"),
        (N::Loop, R::Block, "loop"),
        (N::ToDo, R::Int, "to:Do:"),
        (N::ToByDo, R::Int, "to:By:Do:"),
        (N::UpToDo, R::Int, "upTo:Do:"),
        (N::DownToDo, R::Int, "downTo:Do:"),
        (N::Arithmetic, R::Int, "+"),
        (N::Arithmetic, R::Int, "-"),
        (N::Arithmetic, R::Int, "*"),
        (N::Arithmetic, R::Int, "/"),
        (N::Arithmetic, R::Int, "%"),
        (N::Arithmetic, R::Int, "<"),
        (N::Arithmetic, R::Int, "<="),
        (N::Arithmetic, R::Int, ">"),
        (N::Arithmetic, R::Int, ">="),
        (N::Arithmetic, R::Int, "="),
        (N::Arithmetic, R::Int, "!="),
        (N::Arithmetic, R::Float, "+"),
        (N::Arithmetic, R::Float, "-"),
        (N::Arithmetic, R::Float, "*"),
        (N::Arithmetic, R::Float, "/"),
        (N::Arithmetic, R::Float, "<"),
        (N::Arithmetic, R::Float, "<="),
        (N::Arithmetic, R::Float, ">"),
        (N::Arithmetic, R::Float, ">="),
        (N::Arithmetic, R::Float, "="),
        (N::Arithmetic, R::Float, "!="),
    ]
};

/// Messages that hand a block more arguments than it takes: the world drops the surplus. Recorded after `TABLE`; append only.
const SURPLUS: &[&str] = &["value:", "value:With:", "value:With:With:", "value:With:With:With:"];

/// What hash tables ask small integers and strings, so that the machine may answer for them. Recorded after `SURPLUS`; append only.
const KEYS: &[(Receiver, &str)] = &[(Receiver::Text, "="), (Receiver::Text, "hash"), (Receiver::Int, "hash")];

/// What tables do to find, add and remove keys. The machine does it for those whose methods are the recorded ones of a prototype in
/// `TABLES`. Recorded after `KEYS`, for one prototype after the other; append only.
const HASHED: &[&str] = &[
    "placeOf:",
    "probeFor:",
    "homeOf:",
    "needsRoom",
    "isFreeAt:",
    "freePlace:",
    "movePlace:To:",
    "clearPlace:",
];

/// Globals whose methods of `HASHED` are recorded.
const TABLES: &[&str] = &["dictionary", "set"];

/// As `TABLE`, but recorded last of all; append only.
const LATER: &[(Native, Receiver, &str)] = &[(Native::Times, Receiver::Int, "do:")];

/// Where each list begins in the recorded vector.
const FIRST_SURPLUS: usize = TABLE.len();
const FIRST_KEY: usize = FIRST_SURPLUS + SURPLUS.len();
const FIRST_HASHED: usize = FIRST_KEY + KEYS.len();
const FIRST_LATER: usize = FIRST_HASHED + TABLES.len() * HASHED.len();

impl Vm {
    /// The recorded standard content at a position.
    fn recorded(&self, i: usize) -> Option<Value> {
        let recorded = self.heap.root(root::NATIVES).as_ref().filter(|r| r.value() != self.nil())?;
        (i < self.heap.length(recorded)).then(|| self.heap.item(recorded, i))
    }

    /// The methods of `HASHED` that a value finds.
    fn hashed_contents(&self, table: Value, cacheable: &mut bool) -> Vec<Option<Value>> {
        HASHED
            .iter()
            .map(|name| self.found_from(table, name, cacheable).map(|found| found.slot.content))
            .collect()
    }

    /// Does a table find and move its keys as the world's sets or dictionaries do? `cacheable` becomes false if another of the same
    /// map may not.
    pub(crate) fn is_standard_table(&self, table: Value, cacheable: &mut bool) -> bool {
        let contents = self.hashed_contents(table, cacheable);
        contents.iter().all(Option::is_some)
            && (0..TABLES.len()).any(|t| {
                let standard = |i: usize| self.recorded(FIRST_HASHED + t * HASHED.len() + i);
                contents.iter().enumerate().all(|(i, content)| *content == standard(i))
            })
    }

    /// A block was sent a `value…` with more arguments than it takes, and `content` is what the lookup found: may the block be run at
    /// once, the surplus dropped?
    pub(crate) fn drops_surplus(&self, block: Value, selector: ObjectRef, content: Value) -> bool {
        if !self.surplus_intact || self.heap.kind_of(block) != batos_image::layout::Kind::Block {
            return false;
        }
        let name = self.heap.bytes(selector);
        let Some(at) = SURPLUS.iter().position(|s| s.as_bytes() == name) else { return false };
        let takes = block
            .as_ref()
            .and_then(|b| self.heap.item(b, crate::block::block_element::CODE).as_ref())
            .and_then(|m| crate::code::unpack_shape(self.heap.item(m, crate::code::method_element::SHAPE)))
            .map_or(usize::MAX, |(_, argc, _, _)| usize::from(argc));
        let sent = at + 1;
        takes <= sent && self.recorded(FIRST_SURPLUS + at) == Some(content)
    }

    /// The slot content that answers a native message now, and the objects its lookup went through.
    fn native_content(&mut self, receiver: Receiver, name: &str) -> (Option<Value>, Vec<ObjectRef>) {
        let name = self.intern(name.as_bytes());
        let selector = lookup::selector(&self.heap, name);
        let (start, own) = match receiver {
            Receiver::True => (self.heap.known.true_, true),
            Receiver::False => (self.heap.known.false_, true),
            Receiver::Int => (Value::ZERO, false),
            Receiver::Text => (self.intern(b"").value(), false),
            Receiver::Float => (Value::from_f64(1.0).unwrap_or(Value::ZERO), false),
            Receiver::Block => {
                // Any block serves: its map names the parent. Its table entry stands for it.
                let map = self.block_map(0);
                let parent = self.heap.slot(map, 0).content;
                (parent, true)
            }
        };
        let mut trail = Trail::default();
        let outcome = lookup::search(&self.heap, Start::Object(start), selector, &mut trail);
        let mut visited = trail.visited;
        if own {
            visited.extend(start.as_ref());
        }
        match outcome {
            Outcome::Found(found) if !found.assigns => (Some(found.slot.content), visited),
            _ => (None, visited),
        }
    }

    /// Records the world's present methods as the standard ones.
    pub(crate) fn record_natives(&mut self) {
        let nil = self.nil();
        let blocks = SURPLUS.iter().map(|name| (Receiver::Block, *name));
        let mut contents: Vec<Value> = TABLE
            .iter()
            .map(|(_, receiver, name)| (*receiver, *name))
            .chain(blocks)
            .chain(KEYS.iter().copied())
            .map(|(receiver, name)| self.native_content(receiver, name).0.unwrap_or(nil))
            .collect();
        for table in TABLES {
            let lobby = self.heap.root(root::LOBBY);
            let found = self.found_from(lobby, table, &mut true);
            let table = found.map(|f| lookup::slot_content(&self.heap, f.holder, &f.slot));
            let methods = self.hashed_contents(table.unwrap_or(nil), &mut true);
            contents.extend(methods.into_iter().map(|method| method.unwrap_or(nil)));
        }
        for (_, receiver, name) in LATER {
            let content = self.native_content(*receiver, name).0.unwrap_or(nil);
            contents.push(content);
        }
        let vector = self.heap.new_old_indexed_from(self.heap.known.internal_map, &contents);
        self.heap.set_root(root::NATIVES, vector.value());
        self.check_natives();
    }

    /// Finds out which native messages are intact, and quickens all code again if that changed.
    pub(crate) fn check_natives(&mut self) {
        self.lookups.hashed = Default::default();
        if self.recorded(0).is_none() {
            // A world that recorded nothing has no native messages: everything is really sent.
            return;
        }
        let mut natives = [true; Native::COUNT];
        let mut holders = Vec::new();
        let later = LATER.iter().enumerate().map(|(i, entry)| (FIRST_LATER + i, entry));
        for (i, (native, receiver, name)) in TABLE.iter().enumerate().chain(later) {
            let (content, visited) = self.native_content(*receiver, name);
            for object in visited {
                if !holders.contains(&object) {
                    holders.push(object);
                }
            }
            let intact = match (self.recorded(i), content) {
                (Some(standard), Some(content)) => {
                    standard == content && lookup::is_method(&self.heap, content)
                }
                _ => false,
            };
            if !intact {
                natives[*native as usize] = false;
            }
        }
        let mut intact = |vm: &mut Vm, list: &[(Receiver, &str)], first: usize| {
            let mut all = true;
            for (at, (receiver, name)) in list.iter().enumerate() {
                let (content, visited) = vm.native_content(*receiver, name);
                for object in visited {
                    if !holders.contains(&object) {
                        holders.push(object);
                    }
                }
                let standard = vm.recorded(first + at);
                all &= standard.is_some() && standard == content;
            }
            all
        };
        let blocks: Vec<(Receiver, &str)> = SURPLUS.iter().map(|name| (Receiver::Block, *name)).collect();
        let surplus = intact(self, &blocks, FIRST_SURPLUS);
        self.keys_intact = intact(self, KEYS, FIRST_KEY);
        self.surplus_intact = surplus;
        self.native_holders = holders;
        if natives != self.natives {
            self.natives = natives;
            self.quicken_all();
        }
    }
}
