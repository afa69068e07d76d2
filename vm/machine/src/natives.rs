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

impl Vm {
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
        let recorded = self.heap.root(root::NATIVES).as_ref().filter(|r| r.value() != self.nil());
        takes <= sent
            && recorded.is_some_and(|r| {
                let i = TABLE.len() + at;
                i < self.heap.length(r) && self.heap.item(r, i) == content
            })
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
        let contents: Vec<Value> = TABLE
            .iter()
            .map(|(_, receiver, name)| (*receiver, *name))
            .chain(blocks)
            .chain(KEYS.iter().copied())
            .map(|(receiver, name)| self.native_content(receiver, name).0.unwrap_or(nil))
            .collect();
        let vector = self.heap.new_old_indexed_from(self.heap.known.internal_map, &contents);
        self.heap.set_root(root::NATIVES, vector.value());
        self.check_natives();
    }

    /// Finds out which native messages are intact, and quickens all code again if that changed.
    pub(crate) fn check_natives(&mut self) {
        let recorded = self.heap.root(root::NATIVES).as_ref().filter(|r| r.value() != self.nil());
        if recorded.is_none() {
            // A world that recorded nothing has no native messages: everything is really sent.
            return;
        }
        let mut natives = [true; Native::COUNT];
        let mut holders = Vec::new();
        for (i, (native, receiver, name)) in TABLE.iter().enumerate() {
            let (content, visited) = self.native_content(*receiver, name);
            for object in visited {
                if !holders.contains(&object) {
                    holders.push(object);
                }
            }
            let standard = match recorded {
                Some(r) if i < self.heap.length(r) => Some(self.heap.item(r, i)),
                _ => None,
            };
            let intact = match (standard, content) {
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
                let i = first + at;
                let standard = recorded.filter(|r| i < vm.heap.length(*r)).map(|r| vm.heap.item(r, i));
                all &= standard.is_some() && standard == content;
            }
            all
        };
        let blocks: Vec<(Receiver, &str)> = SURPLUS.iter().map(|name| (Receiver::Block, *name)).collect();
        let surplus = intact(self, &blocks, TABLE.len());
        self.keys_intact = intact(self, KEYS, TABLE.len() + SURPLUS.len());
        self.surplus_intact = surplus;
        self.native_holders = holders;
        if natives != self.natives {
            self.natives = natives;
            self.quicken_all();
        }
    }
}
