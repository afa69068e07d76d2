//! Control messages with literal blocks, expanded to branches and loops.
//!
//! Invariant: the expansion means what the plain send means in a world with the standard control methods; guards send control to a slow path,
//! which makes the real blocks and sends the real message, as soon as a receiver is of another kind or the world has changed the method.

use crate::code::op::{Native, Op};
use crate::code::unit::SendKind;
use crate::tree::{BodyId, NodeId, NodeKind, Send, Statement};

use super::emit::{Label, Register};
use super::form::{Arm, Form, block_arity, literal_block};
use super::generator::{Generator, Out};
use super::scope::{Source, strip};
use super::slow::{Item, Work};

/// Small integers have 62 bits.
const SMALLEST: i64 = -(1 << 61);

impl Generator<'_> {
    /// Expands a control message.
    pub fn control(&mut self, send: &Send, form: Form, receiver: Option<Register>, out: Out) {
        self.b.at(send.selector_span);
        match form {
            Form::Choice { native, on_true, on_false } => {
                self.choice(send, native, [on_true, on_false], receiver, out);
            }
            Form::While { native, condition, body, until } => {
                self.while_loop(send, native, condition, body, until, out);
            }
            Form::Forever { body } => self.forever(send, body, out),
            Form::Count { native, end, step, excluding, body } => {
                self.count(send, receiver, Count { native, end, step, excluding, body }, out);
            }
            Form::Times { times, body } => self.times(send, times, body, out),
        }
    }

    /// A slow path that sends the whole message with real blocks. Items are the window after the receiver.
    fn slow_message(
        &mut self,
        entry: Label,
        send: &Send,
        receiver: Item,
        args: Vec<Item>,
        out: Out,
        join: Label,
    ) {
        let mut window = vec![if send.receiver.is_none() { Item::Receiver } else { receiver }];
        window.extend(args);
        let selector = self.tree.name(send.selector).to_vec();
        self.slow_path(entry, Work::Send { window, implicit: send.receiver.is_none(), selector, out, join });
    }

    fn block_items(&self, send: &Send) -> Vec<Item> {
        let tree = self.tree;
        tree.list(send.args).iter().filter_map(|n| literal_block(tree, *n).map(Item::Block)).collect()
    }

    // ---- choices ----

    fn choice(&mut self, send: &Send, native: Native, arms: [Arm; 2], receiver: Option<Register>, out: Out) {
        let test = match receiver {
            Some(r) => r,
            None if self.in_block() => {
                let r = self.b.take();
                self.load_self(r);
                r
            }
            None => Register(0),
        };
        let [on_true, on_false] = arms;
        // The arm with a block comes first, reached by falling through.
        let (op, first, second) = match on_true {
            Arm::Block(_) => (Op::BranchFalse, on_true, on_false),
            Arm::Nil | Arm::Receiver => (Op::BranchTrue, on_false, on_true),
        };
        let (slow, other, join) = (self.b.label(), self.b.label(), self.b.label());
        self.b.jump(op, test, Register(0), native as u8, other);
        self.b.go(Op::Slow, slow);
        let args = self.block_items(send);
        self.slow_message(slow, send, Item::Copy(test), args, out, join);
        self.arm(first, test, out);
        if self.arm_is_empty(second, test, out) {
            self.b.bind(other);
        } else {
            self.b.go(Op::Jump, join);
            self.b.bind(other);
            self.arm(second, test, out);
        }
        self.b.bind(join);
    }

    /// Nothing has to be done on that side.
    fn arm_is_empty(&self, arm: Arm, test: Register, out: Out) -> bool {
        match (arm, out) {
            (Arm::Nil | Arm::Receiver, Out::Effect) => true,
            (Arm::Receiver, Out::To(d)) => d == test,
            _ => false,
        }
    }

    fn arm(&mut self, arm: Arm, test: Register, out: Out) {
        match arm {
            Arm::Block(body) => self.expand(body, &[], out),
            Arm::Receiver => self.b.deliver(out, test),
            Arm::Nil => self.nil(out),
        }
    }

    /// nil as the value of a control message.
    fn nil(&mut self, out: Out) {
        if out != Out::Effect {
            let mark = self.b.mark();
            self.delivering(out, |g, d| g.b.emit(Op::LoadNil, d, Register(0), 0, 0));
            self.b.release(mark);
        }
    }

    // ---- bodies in place ----

    /// Runs a body in place. Its arguments are in these registers.
    fn expand(&mut self, body: BodyId, args: &[Register], out: Out) {
        self.expanded(body, args, |g, statements| match statements {
            Some(statements) => g.statements(statements, out),
            None => g.constant_body(body, out),
        });
    }

    fn expanded(
        &mut self,
        body: BodyId,
        args: &[Register],
        run: impl FnOnce(&mut Self, Option<&[Statement]>),
    ) {
        let Some(scope) = self.block_scope(body) else { return };
        let tree = self.tree;
        let outer = std::mem::replace(&mut self.scope, scope);
        self.depth += 1;
        let mark = self.b.mark();
        let start = self.b.unit.code.len() as u32;
        let statements = &tree.body(body).statements;
        if statements.is_empty() {
            run(self, None);
        } else {
            self.enter(args);
            run(self, Some(statements));
            self.close_cells();
            self.note_locals(start);
        }
        self.b.release(mark);
        self.depth -= 1;
        self.scope = outer;
    }

    /// The value of a block without code: the object that its slots make.
    pub fn constant_body(&mut self, body: BodyId, out: Out) {
        if out != Out::Effect {
            let mark = self.b.mark();
            let lit = self.b.hole(Source::Object(body));
            self.delivering(out, |g, d| g.b.emit(Op::LoadLit, d, Register(0), 0, lit));
            self.b.release(mark);
        }
    }

    /// Runs a condition in place; its value is in the register that is returned, which may be that of a local.
    fn condition(&mut self, body: BodyId) -> Register {
        let temporary = self.b.take();
        let mut value = temporary;
        self.expanded(body, &[], |g, statements| match statements {
            Some([only]) if !only.is_return => {
                g.begin_body();
                match g.variable_operand(only.expr) {
                    Some(r) if r.0 < temporary.0 => value = r,
                    _ => g.expression(only.expr, Out::To(temporary)),
                }
                g.end_body();
            }
            Some(statements) => g.statements(statements, Out::To(temporary)),
            None => g.constant_body(body, Out::To(temporary)),
        });
        value
    }

    // ---- loops ----

    fn while_loop(
        &mut self,
        send: &Send,
        native: Native,
        condition: BodyId,
        body: Option<BodyId>,
        until: bool,
        out: Out,
    ) {
        let [whole, top, given, exit, join] = std::array::from_fn(|_| self.b.label());
        self.b.jump(Op::GuardNative, Register(0), Register(0), native as u8, whole);
        let args = self.block_items(send);
        self.slow_message(whole, send, Item::Block(condition), args.clone(), out, join);
        self.b.bind(top);
        let value = self.condition(condition);
        self.b.at(send.selector_span);
        let (op, asked) =
            if until { (Op::BranchTrue, Native::IfTrue) } else { (Op::BranchFalse, Native::IfFalse) };
        self.b.jump(op, value, Register(0), asked as u8, exit);
        self.b.go(Op::Slow, given);
        // A condition that is neither true nor false: the rest of the loop is run by the library, with the value it had.
        let selector = [self.tree.name(send.selector), b"Given:"].concat();
        let mut window = vec![Item::Block(condition)];
        window.extend(args);
        window.push(Item::Copy(value));
        self.slow_path(given, Work::Send { window, implicit: false, selector, out, join });
        if let Some(body) = body {
            self.expand(body, &[], Out::Effect);
        }
        self.b.go(Op::Loop, top);
        self.b.bind(exit);
        self.nil(out);
        self.b.bind(join);
    }

    fn forever(&mut self, send: &Send, body: BodyId, out: Out) {
        let [whole, top, join] = std::array::from_fn(|_| self.b.label());
        self.b.jump(Op::GuardNative, Register(0), Register(0), Native::Loop as u8, whole);
        self.slow_message(whole, send, Item::Block(body), vec![], out, join);
        self.b.bind(top);
        self.expand(body, &[], Out::Effect);
        self.b.go(Op::Loop, top);
        self.b.bind(join);
    }

    fn count(&mut self, send: &Send, receiver: Option<Register>, count: Count, out: Out) {
        let tree = self.tree;
        let [whole, top, exit, join] = std::array::from_fn(|_| self.b.label());
        // The counter is the block's argument: nobody but the loop can change it.
        let index = match receiver {
            Some(r) if self.b.is_top(r) && Out::To(r) != out => {
                self.b.promote(r);
                r
            }
            Some(r) => {
                let index = self.b.take_variable();
                self.b.copy(index, r);
                index
            }
            None => {
                let index = self.b.take_variable();
                self.load_self(index);
                index
            }
        };
        let start_is_int =
            send.receiver.is_some_and(|r| matches!(tree.node(strip(tree, r)).kind, NodeKind::Int(_)));
        let end = match tree.node(strip(tree, count.end)).kind {
            NodeKind::Int(end) => End::Known(end),
            _ => End::In(self.limit(count.end)),
        };
        let guard = |g: &mut Self, native: Native| {
            g.b.jump(Op::GuardNative, Register(0), Register(0), native as u8, whole);
        };
        let guard_int = |g: &mut Self, r: Register| g.b.jump(Op::GuardInt, r, Register(0), 0, whole);
        self.b.at(send.selector_span);
        guard(self, count.native);
        let mut args = vec![match end {
            End::Known(end) => Item::Int(end),
            End::In(r) => Item::Copy(r),
        }];
        if count.native == Native::ToByDo {
            args.push(Item::Int(i64::from(count.step)));
        }
        args.extend(self.block_items(send).pop());
        // The slow path is entered before the limit is worked out, and after; both leave what it needs alone.
        let limit_register = match end {
            End::In(r) if !count.excluding => r,
            _ => self.b.take_variable(),
        };
        self.slow_message(whole, send, Item::Copy(index), args, out, join);
        if !start_is_int {
            guard_int(self, index);
        }
        let limit = match end {
            End::Known(end) => {
                let last = if count.excluding && end > SMALLEST { end - 1 } else { end };
                self.b.load_int(limit_register, last);
                limit_register
            }
            End::In(r) => {
                guard_int(self, r);
                if count.excluding {
                    guard(self, Native::Arithmetic);
                    let base = self.b.free_window(2);
                    let site = self.b.site(SendKind::Normal, b"-", 1, base);
                    self.b.emit(Op::SubInt, limit_register, r, 1, site);
                    guard_int(self, limit_register);
                    limit_register
                } else {
                    r
                }
            }
        };
        let (test, next) =
            if count.step > 0 { (Op::ForTest, Op::ForLoop) } else { (Op::ForTestDown, Op::ForLoopDown) };
        self.b.jump(test, index, limit, 0, exit);
        self.b.bind(top);
        self.expand(count.body, &[index, index], Out::Effect);
        self.b.jump(next, index, limit, count.step as u8, top);
        self.b.bind(exit);
        self.nil(out);
        self.b.bind(join);
    }

    /// A loop from 0 up to a number that is written down; its value is that number.
    fn times(&mut self, send: &Send, times: i64, body: BodyId, out: Out) {
        let [whole, top, exit, join] = std::array::from_fn(|_| self.b.label());
        self.b.at(send.selector_span);
        self.b.jump(Op::GuardNative, Register(0), Register(0), Native::Times as u8, whole);
        let block = self.block_items(send);
        self.slow_message(whole, send, Item::Int(times), block, out, join);
        let (index, last) = (self.b.take_variable(), self.b.take_variable());
        self.b.load_int(index, 0);
        self.b.load_int(last, if times > SMALLEST { times - 1 } else { times });
        self.b.jump(Op::ForTest, index, last, 0, exit);
        self.b.bind(top);
        let arity = block_arity(self.tree, body);
        self.expand(body, &[index, index][..arity], Out::Effect);
        self.b.jump(Op::ForLoop, index, last, 1, top);
        self.b.bind(exit);
        if out != Out::Effect {
            let mark = self.b.mark();
            self.delivering(out, |g, d| g.b.load_int(d, times));
            self.b.release(mark);
        }
        self.b.bind(join);
    }

    /// The end of a counting loop: in the register of a local that is never assigned, or in one of its own.
    fn limit(&mut self, node: NodeId) -> Register {
        if let Some(r) = self.variable_operand(node).filter(|r| self.owner_of(*r).is_none()) {
            return r;
        }
        let r = self.b.take();
        self.expression(node, Out::To(r));
        self.b.promote(r);
        r
    }
}

/// A counting loop.
#[derive(Clone, Copy)]
struct Count {
    native: Native,
    end: NodeId,
    step: i8,
    excluding: bool,
    body: BodyId,
}

/// Its end.
#[derive(Clone, Copy)]
enum End {
    Known(i64),
    In(Register),
}
