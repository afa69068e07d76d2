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

impl Vm {
    /// The slot content that answers a native message now, and the objects its lookup went through.
    fn native_content(&mut self, receiver: Receiver, name: &str) -> (Option<Value>, Vec<ObjectRef>) {
        let name = self.intern(name.as_bytes());
        let selector = lookup::selector(&self.heap, name);
        let (start, own) = match receiver {
            Receiver::True => (self.heap.known.true_, true),
            Receiver::False => (self.heap.known.false_, true),
            Receiver::Int => (Value::ZERO, false),
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
        let contents: Vec<Value> =
            TABLE.iter().map(|(_, receiver, name)| self.native_content(*receiver, name).0.unwrap_or(nil)).collect();
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
                (Some(standard), Some(content)) => standard == content && lookup::is_method(&self.heap, content),
                _ => false,
            };
            if !intact {
                natives[*native as usize] = false;
            }
        }
        self.native_holders = holders;
        if natives != self.natives {
            self.natives = natives;
            self.quicken_all();
        }
    }
}
