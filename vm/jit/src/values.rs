//! Values: tags, registers, checks, and the access of objects.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{AbiParam, Block, InstBuilder, MemFlagsData, Signature, Value, types};
use cranelift_codegen::isa::CallConv;

use crate::emit::Emitter;
use crate::layout::context;
use crate::state::{Reg, Type};

/// What rotated floats are stored minus of.
const FLOAT_BIAS: i64 = 767 << 53;

impl Emitter<'_, '_> {
    pub fn compare(&mut self, how: IntCC, x: Value, n: i64) -> Value {
        let n = self.k(n);
        self.b.ins().icmp(how, x, n)
    }

    pub fn and(&mut self, x: Value, n: i64) -> Value {
        let n = self.k(n);
        self.b.ins().band(x, n)
    }

    pub fn plus(&mut self, x: Value, n: i64) -> Value {
        let n = self.k(n);
        self.b.ins().iadd(x, n)
    }

    pub fn left(&mut self, x: Value, n: i64) -> Value {
        let n = self.k(n);
        self.b.ins().ishl(x, n)
    }

    /// Shifted right, signed.
    pub fn right(&mut self, x: Value, n: i64) -> Value {
        let n = self.k(n);
        self.b.ins().sshr(x, n)
    }

    pub fn has_tag(&mut self, value: Value, tag: i64) -> Value {
        let bits = self.and(value, 3);
        self.compare(IntCC::Equal, bits, tag)
    }

    pub fn check_tag(&mut self, value: Value, tag: i64, out: Block) {
        let holds = self.has_tag(value, tag);
        self.unless(holds, out);
    }

    pub fn is_boolean(&mut self, value: Value) -> Value {
        let yes = self.compare(IntCC::Equal, value, self.layout.true_ as i64);
        let no = self.compare(IntCC::Equal, value, self.layout.false_ as i64);
        self.b.ins().bor(yes, no)
    }

    /// Address of the object that a reference names.
    pub fn address(&mut self, reference: Value) -> Value {
        self.plus(reference, self.layout.base as i64 - 1)
    }

    /// Checks that a value is an object with a map.
    pub fn check_object(&mut self, value: Value, map: u32, out: Block) {
        self.check_tag(value, 1, out);
        let holds = self.has_map(value, map);
        self.unless(holds, out);
    }

    /// Has the object this map? The value must be a reference.
    pub fn has_map(&mut self, value: Value, map: u32) -> Value {
        let at = self.address(value);
        let header = self.load(types::I64, at, 0);
        let two = self.k(2);
        let bits = self.b.ins().ushr(header, two);
        let bits = self.b.ins().ireduce(types::I32, bits);
        let map = self.b.ins().iconst(types::I32, i64::from(map));
        self.b.ins().icmp(IntCC::Equal, bits, map)
    }

    /// The float in a word with the tag of floats.
    pub fn untag(&mut self, value: Value) -> Value {
        let two = self.k(2);
        let payload = self.b.ins().ushr(value, two);
        let zero = self.compare(IntCC::UnsignedLessThanOrEqual, payload, 1);
        let biased = self.plus(payload, FLOAT_BIAS);
        let rotated = self.b.ins().select(zero, payload, biased);
        let one = self.k(1);
        let bits = self.b.ins().rotr(rotated, one);
        self.b.ins().bitcast(types::F64, MemFlagsData::new(), bits)
    }

    /// The word for a float; a box is made if it needs one.
    pub fn tag_float(&mut self, float: Value) -> Value {
        let bits = self.b.ins().bitcast(types::I64, MemFlagsData::new(), float);
        let one = self.k(1);
        let rotated = self.b.ins().rotl(bits, one);
        let biased = self.plus(rotated, -FLOAT_BIAS);
        let shifted = self.plus(biased, -2);
        let fits = self.compare(IntCC::UnsignedLessThan, shifted, (1 << 62) - 2);
        let (plain, other, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(other);
        self.b.append_block_param(done, types::I64);
        self.b.ins().brif(fits, plain, &[], other, &[]);
        self.b.seal_block(plain);
        self.b.seal_block(other);
        self.b.switch_to_block(plain);
        let word = self.left(biased, 2);
        let two = self.k(2);
        let word = self.b.ins().bor(word, two);
        self.jump_with(done, word);
        self.b.switch_to_block(other);
        let boxed = self.box_float(float);
        self.jump_with(done, boxed);
        self.b.seal_block(done);
        self.b.switch_to_block(done);
        self.b.block_params(done)[0]
    }

    /// The same, by the machine.
    pub fn box_float(&mut self, float: Value) -> Value {
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.extend([AbiParam::new(types::I64), AbiParam::new(types::F64)]);
        signature.returns.push(AbiParam::new(types::I64));
        let signature = self.b.import_signature(signature);
        let (machine, address) = (self.context(context::MACHINE), self.k(self.layout.box_float as i64));
        self.give_polls();
        let call = self.b.ins().call_indirect(signature, address, &[machine, float]);
        self.take_polls();
        self.b.inst_results(call)[0]
    }

    /// Calls a helper of the machine with words.
    pub fn help(&mut self, address: u64, arguments: &[Value]) -> Value {
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.extend((0..=arguments.len()).map(|_| AbiParam::new(types::I64)));
        signature.returns.push(AbiParam::new(types::I64));
        let signature = self.b.import_signature(signature);
        let (machine, address) = (self.context(context::MACHINE), self.k(address as i64));
        let words: Vec<Value> = std::iter::once(machine).chain(arguments.iter().copied()).collect();
        self.give_polls();
        let call = self.b.ins().call_indirect(signature, address, &words);
        self.take_polls();
        self.b.inst_results(call)[0]
    }

    /// What is known of a register.
    pub fn type_of(&self, home: usize) -> Type {
        match self.state[home] {
            _ if self.shared[home] => Type::Any,
            Reg::Tagged { ty, .. } => ty,
            Reg::Float { .. } => Type::Float,
            Reg::Block { id } => Type::Map(self.instance_map(id)),
            Reg::Undefined => Type::Any,
        }
    }

    /// The tagged value of a register.
    pub fn tagged(&mut self, home: usize) -> Value {
        if self.shared[home] {
            return self.load(types::I64, self.regs, 8 * home as i32);
        }
        match self.state[home] {
            Reg::Float { .. } => {
                let float = self.b.use_var(self.vars[home].1);
                self.tag_float(float)
            }
            Reg::Tagged { .. } => match self.current[home] {
                Some(value) => value,
                None => {
                    let value = self.b.use_var(self.vars[home].0);
                    self.current[home] = Some(value);
                    value
                }
            },
            Reg::Block { id } => self.escape(id),
            // Nothing reads what was not assigned; what is read by chance is what lies there.
            Reg::Undefined => self.load(types::I64, self.regs, 8 * home as i32),
        }
    }

    /// Puts a tagged value into a register.
    pub fn set(&mut self, home: usize, value: Value, ty: Type) {
        self.version += 1;
        if self.condition.is_some_and(|(h, _)| h == home) {
            self.condition = None;
        }
        if self.shared[home] {
            self.store(value, self.regs, 8 * home as i32);
            return;
        }
        self.b.def_var(self.vars[home].0, value);
        self.current[home] = Some(value);
        self.state[home] = Reg::Tagged { ty, dirty: true };
    }

    /// Puts a float into a register.
    pub fn set_float(&mut self, home: usize, value: Value) {
        if self.shared[home] {
            let tagged = self.tag_float(value);
            self.set(home, tagged, Type::Any);
            return;
        }
        self.version += 1;
        if self.condition.is_some_and(|(h, _)| h == home) {
            self.condition = None;
        }
        self.b.def_var(self.vars[home].1, value);
        self.current[home] = None;
        self.state[home] = Reg::Float { dirty: true };
    }

    /// Copies a register.
    pub fn copy(&mut self, to: usize, from: usize) {
        match self.state[from] {
            Reg::Float { .. } if !self.shared[from] => {
                let float = self.b.use_var(self.vars[from].1);
                self.set_float(to, float);
            }
            Reg::Block { id } if !self.shared[from] && !self.shared[to] => self.set_block(to, id),
            _ => {
                let (value, ty) = (self.tagged(from), self.type_of(from));
                self.set(to, value, ty);
            }
        }
    }

    /// A value was found to be of a type: all registers that hold it are.
    pub fn learn(&mut self, home: usize, value: Value, ty: Type) {
        for h in 0..self.state.len() {
            if (h == home || self.current[h] == Some(value))
                && let Reg::Tagged { ty: known, .. } = &mut self.state[h]
            {
                *known = ty;
            }
        }
    }

    /// Checks that a register is a small integer.
    pub fn int(&mut self, home: usize, out: Block) -> Value {
        let value = self.tagged(home);
        if self.type_of(home) != Type::Int {
            self.check_tag(value, 0, out);
            self.learn(home, value, Type::Int);
        }
        value
    }

    /// The float in a register, checked.
    pub fn float(&mut self, home: usize, out: Block) -> Value {
        if let (Reg::Float { .. }, false) = (self.state[home], self.shared[home]) {
            return self.b.use_var(self.vars[home].1);
        }
        let value = self.tagged(home);
        if self.type_of(home) != Type::Float {
            self.check_tag(value, 2, out);
        }
        let float = self.untag(value);
        // From now on it is one without a tag; its home holds the same.
        if let (Reg::Tagged { dirty, .. }, false) = (self.state[home], self.shared[home]) {
            self.b.def_var(self.vars[home].1, float);
            self.current[home] = None;
            self.state[home] = Reg::Float { dirty };
        }
        float
    }

    /// The number in a tagged small integer as a float, if that is exact.
    pub fn int_to_float(&mut self, value: Value, out: Block) -> Value {
        let n = self.right(value, 2);
        let shifted = self.plus(n, (1 << 53) - 1);
        let exact = self.compare(IntCC::UnsignedLessThan, shifted, (1 << 54) - 1);
        self.unless(exact, out);
        self.b.ins().fcvt_from_sint(types::F64, n)
    }

    /// The number in a register as a float: a float in place, or a small integer.
    pub fn number(&mut self, home: usize, out: Block) -> Value {
        match self.type_of(home) {
            Type::Float => self.float(home, out),
            Type::Int => {
                let value = self.tagged(home);
                self.int_to_float(value, out)
            }
            _ => {
                let value = self.tagged(home);
                let (int, other, done) =
                    (self.b.create_block(), self.b.create_block(), self.b.create_block());
                self.b.append_block_param(done, types::F64);
                let is_int = self.has_tag(value, 0);
                self.b.ins().brif(is_int, int, &[], other, &[]);
                self.b.seal_block(int);
                self.b.seal_block(other);
                self.b.switch_to_block(int);
                let float = self.int_to_float(value, out);
                self.jump_with(done, float);
                self.b.switch_to_block(other);
                self.check_tag(value, 2, out);
                let float = self.untag(value);
                self.jump_with(done, float);
                self.b.seal_block(done);
                self.b.switch_to_block(done);
                self.b.block_params(done)[0]
            }
        }
    }

    /// Stores a word of an object, with the barrier. `at` is its address.
    pub fn put(&mut self, value: Value, at: Value, offset: i32) {
        self.store(value, at, offset);
        let place = self.plus(at, i64::from(offset) - self.layout.base as i64);
        let nine = self.k(9);
        let card = self.b.ins().ushr(place, nine);
        let card = self.plus(card, self.layout.cards as i64);
        let mark = self.b.ins().iconst(types::I8, 0xff);
        self.store(mark, card, 0);
    }
}
