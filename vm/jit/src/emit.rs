//! From bytecode to Cranelift's instructions: walks the bytecode of a method and of what is inlined into it, in the order in which
//! control goes forward, keeping what is known of each register.
//!
//! Blocks are emitted when all ways forward to them are. What a loop's head may assume is guessed from the ways into the loop; a way
//! back that does not fit widens the guess, and everything is emitted again. So loops keep floats without tags and checked types.
//!
//! Invariants: values are in variables (`State` says how); before anything else can look, they are stored home, and every frame has its
//! record. Nothing collects garbage while compiled code runs: helpers allocate, but collections wait for safepoints, where it leaves.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use batos_lang::code::op::{Instr, Op};
use cranelift_codegen::ir::{
    AbiParam, Block, BlockArg, InstBuilder, MemFlagsData, SigRef, Signature, Type as ClType, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, Switch, Variable};

use crate::blocks::{Instance, Stored};
use crate::input::{Library, Method, Target};
use crate::layout::{FRAME_OPEN, Layout, context, status};
use crate::live::{Registers, live, successors};
use crate::state::{Reg, State, Type, agree, fits, join_all};

/// Why a method is not compiled.
#[derive(Debug)]
pub enum Stop {
    /// A loop's head assumed too much: emit again with what was learned.
    Widened,
    /// With everything inlined, it is too large.
    Large,
    /// It is too large, or does something that is not known here.
    Refused(&'static str),
}

/// Registers that inlined windows may reach beyond the root's: less than the machine keeps free above every window.
const EXTENT: usize = 120;
/// Instructions emitted for one unit without inlining.
const BUDGET: usize = 1500;
/// The same with inlining: the time of compiling grows faster than the size.
const BUDGET_INLINED: usize = 800;
/// Instructions of an inlined method.
const INLINED: usize = 60;
/// Instructions of everything inlined: afterwards only small ones are.
const INLINED_TOTAL: usize = 240;
/// Depth of inlining.
const DEPTH: usize = 6;

/// Where a block stands: the sends that lead to its frame, and the instruction, each shifted to make room for the frames inlined there.
pub type Key = Vec<u32>;

/// What emitting a method once teaches for emitting it again.
pub(crate) struct Learnt {
    /// What loops' heads may assume at most.
    pub widened: HashMap<Key, State>,
    /// Numbers of block literals by their place.
    pub blocks: HashMap<Key, u32>,
    /// Instructions that may be inlined; afterwards only small methods are.
    pub most_inlined: usize,
}

impl Learnt {
    /// Nothing yet.
    pub fn new() -> Learnt {
        Learnt { widened: HashMap::new(), blocks: HashMap::new(), most_inlined: INLINED_TOTAL }
    }
}

/// An activation in the tree of inlined ones.
pub(crate) struct VFrame {
    pub method: Rc<Method>,
    pub live: Rc<Vec<Registers>>,
    /// Frame, position of the send, destination register.
    pub parent: Option<(usize, u32, u8)>,
    /// Home of its first register.
    pub base: usize,
    pub holder: u64,
    pub path: Key,
    pub depth: usize,
    /// The state at its send.
    pub before: State,
    /// It makes blocks on its frequent ways.
    pub makes_blocks: bool,
    /// Homes that are memory while it runs: registers that blocks share.
    pub shared: Vec<bool>,
}

pub(crate) enum Edge {
    Normal(Block, State),
    Resume(State),
}

struct Pending {
    frame: usize,
    pc: u32,
    edges: Vec<Edge>,
}

/// A place where compiled code is left.
pub(crate) struct Stub {
    pub block: Block,
    pub frame: usize,
    pub pc: u32,
    pub stores: Vec<(usize, Stored)>,
    pub answer: i64,
}

/// What an exit tells the machine about itself.
#[derive(Clone, Debug)]
pub struct Exit {
    /// Address of the code that it goes on in.
    pub code: u64,
    /// The instruction there.
    pub pc: u32,
    /// The compiler assumed that it would hardly be taken.
    pub counted: bool,
    /// A primitive declined.
    pub declined: bool,
}

pub(crate) struct Emitter<'a, 'b> {
    pub b: FunctionBuilder<'b>,
    pub layout: &'a Layout,
    pub library: &'a dyn Library,
    pub frames: Vec<VFrame>,
    pub vars: Vec<(Variable, Variable)>,
    /// Homes that are memory: registers shared by open cells.
    pub shared: Vec<bool>,
    pub state: State,
    pub current: Vec<Option<Value>>,
    pub condition: Option<(usize, Value)>,
    pub version: u32,
    pub regs: Value,
    /// Safepoints until the next look around, while nobody else counts them: in the context whenever the machine may look.
    pub polls: Variable,
    pub entries: Vec<(u32, Block)>,
    pub exits: Vec<Exit>,
    pub stubs: Vec<Stub>,
    pub stub_cache: HashMap<(usize, u32, u32, i64, bool, bool), Block>,
    pub code_sig: SigRef,
    pub used: Vec<u64>,
    pub maps: Vec<u32>,
    pub inlined: usize,
    pub makes_blocks: bool,
    /// Blocks that are not made.
    pub instances: HashMap<u32, Instance>,
    pending: BTreeMap<Key, Pending>,
    done: HashMap<Key, (Block, State)>,
    pub learnt: &'a mut Learnt,
    headers: Vec<u32>,
    budget: usize,
    failed: bool,
}

/// The signature of compiled code: window and entry give an answer.
pub(crate) fn code_signature() -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.extend([AbiParam::new(types::I64), AbiParam::new(types::I64)]);
    signature.returns.push(AbiParam::new(types::I64));
    signature
}

/// What emitting gives besides the function.
pub(crate) struct Emitted {
    pub entries: Vec<u32>,
    pub exits: Vec<Exit>,
    pub used: Vec<u64>,
    pub maps: Vec<u32>,
}

pub(crate) fn flags() -> MemFlagsData {
    MemFlagsData::trusted()
}

/// Emits a method.
pub(crate) fn emit(
    mut b: FunctionBuilder<'_>,
    config: TargetFrontendConfig,
    method: Rc<Method>,
    layout: &Layout,
    library: &dyn Library,
    learnt: &mut Learnt,
) -> Result<Emitted, Stop> {
    let entry = b.create_block();
    b.append_block_params_for_function_params(entry);
    b.switch_to_block(entry);
    let (regs, index) = (b.block_params(entry)[0], b.block_params(entry)[1]);
    let dispatch = b.create_block();
    b.ins().jump(dispatch, &[]);
    let homes = usize::from(method.registers) + EXTENT;
    let vars = (0..homes).map(|_| (b.declare_var(types::I64), b.declare_var(types::F64))).collect();
    let polls = b.declare_var(types::I64);
    let code_sig = b.import_signature(code_signature());
    let hot = hot(&method);
    let makes_blocks = hot.makes_blocks;
    let mut shared = vec![false; homes];
    if makes_blocks {
        method.open.iter().for_each(|r| shared[usize::from(*r)] = true);
    }
    let mut headers: Vec<u32> = method
        .instrs
        .iter()
        .filter(|i| matches!(Op::from_u8(i.op), Some(Op::Loop | Op::ForLoop | Op::ForLoopDown)))
        .map(|i| i.d)
        .collect();
    headers.sort_unstable();
    headers.dedup();
    let root = VFrame {
        live: Rc::new(live(&method)),
        method: method.clone(),
        parent: None,
        base: 0,
        holder: 0,
        path: vec![],
        depth: 0,
        before: vec![],
        makes_blocks,
        shared: shared.clone(),
    };
    let budget = if learnt.most_inlined > 0 { BUDGET_INLINED } else { BUDGET };
    let mut e = Emitter {
        b,
        layout,
        library,
        frames: vec![root],
        vars,
        shared,
        state: vec![Reg::Undefined; homes],
        current: vec![None; homes],
        condition: None,
        version: 0,
        regs,
        polls,
        entries: vec![],
        exits: vec![],
        stubs: vec![],
        stub_cache: HashMap::new(),
        code_sig,
        used: vec![method.code],
        maps: vec![],
        inlined: 0,
        makes_blocks,
        instances: HashMap::new(),
        pending: BTreeMap::new(),
        done: HashMap::new(),
        learnt,
        headers,
        budget,
        failed: false,
    };
    e.start();
    e.blocks()?;
    if e.failed {
        return Err(Stop::Widened);
    }
    e.fill_stubs();
    e.b.switch_to_block(dispatch);
    let bad = e.b.create_block();
    let mut switch = Switch::new();
    for (i, (_, block)) in e.entries.iter().enumerate() {
        switch.set_entry(i as u128, *block);
    }
    switch.emit(&mut e.b, index, bad);
    e.b.switch_to_block(bad);
    let answer = e.k(status::EXIT);
    e.b.ins().return_(&[answer]);
    e.b.seal_all_blocks();
    let Emitter { b, entries, exits, used, maps, .. } = e;
    b.finalize(config);
    Ok(Emitted { entries: entries.into_iter().map(|(pc, _)| pc).collect(), exits, used, maps })
}

/// What the frequent ways through a method hold.
pub(crate) struct Hot {
    pub makes_blocks: bool,
    pub instrs: usize,
}

/// Follows the ways that native control messages take as a rule.
pub(crate) fn hot(method: &Method) -> Hot {
    let mut reached = vec![false; method.instrs.len()];
    let mut pending = vec![0];
    while let Some(at) = pending.pop() {
        if at >= reached.len() || std::mem::replace(&mut reached[at], true) {
            continue;
        }
        let next = successors(&method.instrs, at);
        match Op::from_u8(method.instrs[at].op) {
            Some(Op::BranchFalse | Op::BranchTrue) => pending.extend(&next[..2]),
            Some(Op::GuardNative | Op::GuardInt | Op::PrimOr) => pending.push(next[0]),
            _ => pending.extend(next),
        }
    }
    let is = |op: Op| {
        let op = op as u8;
        method.instrs.iter().zip(&reached).any(|(i, reached)| *reached && i.op == op)
    };
    let makes_blocks = is(Op::MakeBlock);
    let instrs = reached.iter().filter(|r| **r).count();
    Hot { makes_blocks, instrs }
}

impl Emitter<'_, '_> {
    pub fn k(&mut self, n: i64) -> Value {
        self.b.ins().iconst(types::I64, n)
    }

    pub fn load(&mut self, ty: ClType, base: Value, offset: i32) -> Value {
        self.b.ins().load(ty, flags(), base, offset)
    }

    pub fn store(&mut self, value: Value, base: Value, offset: i32) {
        self.b.ins().store(flags(), value, base, offset);
    }

    pub fn context(&mut self, offset: i32) -> Value {
        let context = self.k(self.layout.context as i64);
        self.load(types::I64, context, offset)
    }

    pub fn set_context(&mut self, offset: i32, value: Value) {
        let context = self.k(self.layout.context as i64);
        self.store(value, context, offset);
    }

    /// Goes on here if the condition holds, else elsewhere.
    pub fn unless(&mut self, holds: Value, elsewhere: Block) {
        let on = self.b.create_block();
        self.b.ins().brif(holds, on, &[], elsewhere, &[]);
        self.go_on(on);
    }

    /// The same for a condition that must not hold.
    pub fn when(&mut self, holds: Value, elsewhere: Block) {
        let on = self.b.create_block();
        self.b.ins().brif(holds, elsewhere, &[], on, &[]);
        self.go_on(on);
    }

    fn go_on(&mut self, block: Block) {
        self.b.seal_block(block);
        self.b.switch_to_block(block);
    }

    /// Ends the current block and goes on in another one that nobody else comes to.
    pub fn jump_with(&mut self, block: Block, value: Value) {
        self.b.ins().jump(block, &[BlockArg::Value(value)]);
    }

    /// The method's own entry: a poll, and the arguments from home.
    fn start(&mut self) {
        let block = self.b.create_block();
        self.entries.push((0, block));
        self.b.switch_to_block(block);
        self.take_polls();
        self.poll(0, 0);
        for r in 0..=usize::from(self.frames[0].method.argc) {
            if !self.shared[r] {
                let value = self.load(types::I64, self.regs, 8 * r as i32);
                self.b.def_var(self.vars[r].0, value);
                self.state[r] = Reg::Tagged { ty: Type::Any, dirty: false };
            }
        }
        self.go(0, 0);
    }

    /// A safepoint at an instruction.
    pub fn poll(&mut self, frame: usize, pc: u32) {
        let polls = self.b.use_var(self.polls);
        let minus = self.k(-1);
        let polls = self.b.ins().iadd(polls, minus);
        self.b.def_var(self.polls, polls);
        let zero = self.k(0);
        let due = self.b.ins().icmp(cranelift_codegen::ir::condcodes::IntCC::SignedLessThan, polls, zero);
        let exit = self.exit(frame, pc, status::POLL, false);
        self.when(due, exit);
    }

    /// The machine may count safepoints from here on.
    pub fn give_polls(&mut self) {
        let polls = self.b.use_var(self.polls);
        self.set_context(context::POLLS, polls);
    }

    /// Nobody else counts safepoints from here on.
    pub fn take_polls(&mut self) {
        let polls = self.context(context::POLLS);
        self.b.def_var(self.polls, polls);
    }

    /// A block for a way from here to an instruction, in the present state. Nothing may change before the branch to it.
    pub fn way(&mut self, frame: usize, pc: u32) -> Block {
        let block = self.b.create_block();
        let state = self.state.clone();
        self.add_edge(frame, pc, Edge::Normal(block, state));
        block
    }

    /// Goes to an instruction.
    pub fn go(&mut self, frame: usize, pc: u32) {
        let block = self.way(frame, pc);
        self.b.ins().jump(block, &[]);
    }

    pub fn add_edge(&mut self, frame: usize, pc: u32, edge: Edge) {
        let mut key = self.frames[frame].path.clone();
        key.push(pc << 4);
        self.pending.entry(key).or_insert_with(|| Pending { frame, pc, edges: vec![] }).edges.push(edge);
    }

    /// The root goes on at an instruction when the interpreter comes there. `state` is what held when it left.
    pub fn resume_at(&mut self, frame: usize, pc: u32, dst: Option<u8>) {
        let (root_pc, mut state, dst) = match self.chain(frame).get(1) {
            None => (pc, self.state.clone(), dst),
            Some(child) => {
                let child = &self.frames[*child];
                let (_, send, dst) = child.parent.unwrap_or_default();
                (send + 1, child.before.clone(), Some(dst))
            }
        };
        let registers = usize::from(self.frames[0].method.registers);
        for (h, reg) in state.iter_mut().enumerate() {
            *reg = match *reg {
                _ if h >= registers => Reg::Undefined,
                Reg::Tagged { ty: Type::Map(_), .. } => Reg::Tagged { ty: Type::Any, dirty: false },
                Reg::Tagged { ty, .. } => Reg::Tagged { ty, dirty: false },
                Reg::Block { .. } => Reg::Tagged { ty: Type::Any, dirty: false },
                Reg::Float { .. } => Reg::Float { dirty: false },
                Reg::Undefined => Reg::Undefined,
            };
        }
        if let Some(dst) = dst.map(usize::from)
            && !self.frames[0].shared[dst]
        {
            state[dst] = Reg::Tagged { ty: Type::Any, dirty: false };
        }
        let mut key = self.frames[0].path.clone();
        key.push(root_pc << 4);
        if self.done.contains_key(&key) {
            // Behind us: a loop's head, which has an entry of its own.
            return;
        }
        let known =
            self.pending.get(&key).is_some_and(|p| p.edges.iter().any(|e| matches!(e, Edge::Resume(_))));
        if known {
            if let Some(pending) = self.pending.get_mut(&key) {
                for edge in &mut pending.edges {
                    if let Edge::Resume(before) = edge {
                        *before = join_all(before, &state);
                    }
                }
            }
        } else {
            self.add_edge(0, root_pc, Edge::Resume(state));
        }
    }

    /// Frames from the root to one.
    pub fn chain(&self, frame: usize) -> Vec<usize> {
        let mut chain = vec![frame];
        while let Some((parent, ..)) = self.frames[chain[chain.len() - 1]].parent {
            chain.push(parent);
        }
        chain.reverse();
        chain
    }

    /// Is the value at a home read when control is at an instruction?
    pub fn is_live(&self, chain: &[usize], pc: u32, home: usize) -> bool {
        // The innermost frame whose window begins at or below it has it.
        let Some(at) = chain.iter().rposition(|f| self.frames[*f].base <= home) else { return false };
        let frame = &self.frames[chain[at]];
        let r = home - frame.base;
        match chain.get(at + 1) {
            None => frame.live.get(pc as usize).is_some_and(|live| live.has(r)),
            Some(child) => {
                let (_, send, _) = self.frames[*child].parent.unwrap_or_default();
                frame.live.get(send as usize + 1).is_some_and(|live| live.has(r))
            }
        }
    }

    fn blocks(&mut self) -> Result<(), Stop> {
        while let Some((key, pending)) = self.pending.pop_first() {
            let Pending { frame, pc, edges } = pending;
            if let Some((block, state)) = self.done.get(&key).cloned() {
                self.ways_back(&key, frame, edges, block, &state);
                continue;
            }
            let states: Vec<&State> = edges
                .iter()
                .map(|edge| match edge {
                    Edge::Normal(_, state) | Edge::Resume(state) => state,
                })
                .collect();
            let mut state = states[0].clone();
            for other in &states[1..] {
                state = join_all(&state, other);
            }
            if let Some(widened) = self.learnt.widened.get(&key) {
                state = join_all(&state, widened);
            }
            for before in &states {
                agree(before, &mut state);
            }
            let chain = self.chain(frame);
            for (h, reg) in state.iter_mut().enumerate() {
                if *reg != Reg::Undefined && !self.is_live(&chain, pc, h) {
                    *reg = Reg::Undefined;
                }
            }
            let block = self.b.create_block();
            let head = frame == 0 && pc > 0 && self.headers.binary_search(&pc).is_ok();
            // Blocks that are not made are known to this code only.
            let mut resumes = head && !state.iter().any(|reg| matches!(reg, Reg::Block { .. }));
            self.shared = self.frames[frame].shared.clone();
            for edge in edges {
                match edge {
                    Edge::Normal(from, before) => self.fill_way(from, &before, block, &state),
                    Edge::Resume(_) => resumes = true,
                }
            }
            if resumes {
                self.fill_entry(pc, block, &state);
            }
            self.done.insert(key, (block, state.clone()));
            self.b.switch_to_block(block);
            self.arrive(state);
            self.run(frame, pc)?;
        }
        Ok(())
    }

    fn arrive(&mut self, state: State) {
        self.state = state;
        self.current.fill(None);
        self.condition = None;
        self.version += 1;
    }

    /// Ways back to a loop's head.
    fn ways_back(&mut self, key: &Key, frame: usize, edges: Vec<Edge>, block: Block, state: &State) {
        self.shared = self.frames[frame].shared.clone();
        for edge in edges {
            let Edge::Normal(from, before) = edge else { continue };
            if fits(&before, state) {
                self.fill_way(from, &before, block, state);
            } else {
                let wider = join_all(state, &before);
                let entry = self.learnt.widened.entry(key.clone()).or_insert_with(|| wider.clone());
                *entry = join_all(entry, &wider);
                self.failed = true;
                self.b.switch_to_block(from);
                let zero = self.k(0);
                self.b.ins().return_(&[zero]);
            }
        }
    }

    /// Fills a block on the way to another with what brings one state to the other.
    fn fill_way(&mut self, from: Block, before: &State, to: Block, after: &State) {
        self.b.switch_to_block(from);
        self.arrive(before.clone());
        for h in 0..after.len() {
            match (after[h], before[h]) {
                (Reg::Tagged { .. }, Reg::Float { .. } | Reg::Block { .. }) => {
                    let value = self.tagged(h);
                    self.b.def_var(self.vars[h].0, value);
                }
                (Reg::Float { .. }, Reg::Tagged { .. }) => {
                    let tagged = self.b.use_var(self.vars[h].0);
                    let value = self.untag(tagged);
                    self.b.def_var(self.vars[h].1, value);
                }
                _ => {}
            }
        }
        self.b.ins().jump(to, &[]);
    }

    /// An entry in the middle: registers are loaded from home and must be what is assumed, else the interpreter goes on.
    fn fill_entry(&mut self, pc: u32, to: Block, state: &State) {
        let block = self.b.create_block();
        self.entries.push((pc, block));
        self.b.switch_to_block(block);
        self.arrive(state.clone());
        self.take_polls();
        let out = self.b.create_block();
        self.b.set_cold_block(out);
        if !self.makes_blocks {
            // Registers that blocks share are memory only where that is expected.
            let top = self.context(context::TOP);
            let open = self.load(types::I8, top, FRAME_OPEN);
            self.when(open, out);
        }
        for (h, reg) in state.iter().enumerate() {
            if *reg == Reg::Undefined {
                continue;
            }
            let value = self.load(types::I64, self.regs, 8 * h as i32);
            match *reg {
                Reg::Tagged { ty, .. } => {
                    match ty {
                        Type::Any => {}
                        Type::Int => self.check_tag(value, 0, out),
                        Type::Float => self.check_tag(value, 2, out),
                        Type::Bool => {
                            let holds = self.is_boolean(value);
                            self.unless(holds, out);
                        }
                        Type::Map(map) => self.check_object(value, map, out),
                    }
                    self.b.def_var(self.vars[h].0, value);
                }
                Reg::Float { .. } => {
                    self.check_tag(value, 2, out);
                    let float = self.untag(value);
                    self.b.def_var(self.vars[h].1, float);
                }
                Reg::Undefined | Reg::Block { .. } => {}
            }
        }
        self.b.ins().jump(to, &[]);
        self.b.switch_to_block(out);
        // The top frame's counter stands at this instruction already.
        let answer = self.answer(status::EXIT);
        self.exits.push(Exit { code: self.frames[0].method.code, pc, counted: true, declined: false });
        let answer = self.k(answer);
        let top = self.context(context::TOP);
        let at = self.b.ins().iconst(types::I32, i64::from(pc));
        self.store(at, top, crate::layout::FRAME_PC);
        self.b.ins().return_(&[answer]);
    }

    /// Emits instructions from a position on until control goes elsewhere.
    fn run(&mut self, frame: usize, mut pc: u32) -> Result<(), Stop> {
        let method = self.frames[frame].method.clone();
        let first = pc;
        loop {
            let Some(i) = method.instrs.get(pc as usize).copied() else {
                return Err(Stop::Refused("the code has no end"));
            };
            if pc != first && self.is_target(frame, &method, pc) {
                self.go(frame, pc);
                return Ok(());
            }
            self.budget = self.budget.checked_sub(1).ok_or(Stop::Large)?;
            match self.instruction(frame, pc, i)? {
                Then::On => pc += 1,
                Then::Elsewhere => return Ok(()),
            }
        }
    }

    /// May control come to an instruction from elsewhere?
    fn is_target(&self, frame: usize, method: &Method, pc: u32) -> bool {
        let mut key = self.frames[frame].path.clone();
        key.push(pc << 4);
        if self.pending.contains_key(&key) || self.done.contains_key(&key) {
            return true;
        }
        method.instrs.iter().enumerate().any(|(at, i)| {
            let jumps = matches!(Op::from_u8(i.op), Some(Op::Loop | Op::ForLoop | Op::ForLoopDown));
            jumps && i.d == pc && at as u32 >= pc
        })
    }

    /// May this method be inlined at a send?
    pub fn inlines(&self, frame: usize, callee: &Method, window: usize) -> bool {
        let chain = self.chain(frame);
        if chain.len() > DEPTH || window + usize::from(callee.registers) > self.vars.len() {
            return false;
        }
        let again = chain.iter().filter(|f| self.frames[**f].method.code == callee.code).count();
        let hot = hot(callee);
        let limit = if self.inlined > self.learnt.most_inlined { 12 } else { INLINED };
        let limit = if self.learnt.most_inlined == 0 { 4 } else { limit };
        again <= 1 && hot.instrs <= limit
    }

    /// Begins the body of a method in the place of a send.
    pub fn inline(&mut self, frame: usize, pc: u32, nth: usize, i: Instr, callee: Rc<Method>, holder: u64) {
        let (parent_path, base) =
            (self.frames[frame].path.clone(), self.frames[frame].base + usize::from(i.b));
        let mut path = parent_path;
        path.push((pc << 4) + 1 + nth as u32);
        self.used.push(callee.code);
        self.inlined += hot(&callee).instrs;
        let id = self.frames.len();
        let makes_blocks = hot(&callee).makes_blocks;
        let mut shared = self.shared.clone();
        shared[base..].fill(false);
        if makes_blocks {
            let home = callee.home.iter();
            for r in callee.open.iter().chain(home) {
                shared[base + usize::from(*r)] = true;
            }
        }
        let window = base..=base + usize::from(callee.argc);
        let becoming = window.zip(shared[base..].iter().zip(&self.shared[base..]));
        let becoming: Vec<usize> =
            becoming.filter(|(_, (now, before))| **now && !**before).map(|(h, _)| h).collect();
        for h in becoming {
            let value = self.tagged(h);
            self.store(value, self.regs, 8 * h as i32);
        }
        self.frames.push(VFrame {
            live: Rc::new(live(&callee)),
            parent: Some((frame, pc, i.a)),
            base,
            holder,
            path,
            depth: self.frames[frame].depth + 1,
            before: self.state.clone(),
            makes_blocks,
            shared: shared.clone(),
            method: callee.clone(),
        });
        self.shared = shared;
        for h in base..self.state.len() {
            if self.shared[h] || h > base + usize::from(callee.argc) {
                self.state[h] = Reg::Undefined;
            }
        }
        if let Some(home) = callee.home {
            let nil = self.k(self.layout.nil as i64);
            self.set(base + usize::from(home), nil, Type::Any);
        }
        self.go(id, 0);
    }

    /// The target of a hit's method, if it can be had.
    pub fn target(&mut self, what: Target) -> Option<(Rc<Method>, u64)> {
        match what {
            Target::Method { code, holder } => Some((self.library.method(code)?, holder)),
            Target::Block { code, .. } => Some((self.library.method(code)?, 0)),
            _ => None,
        }
    }
}

/// Where control goes after an instruction.
pub(crate) enum Then {
    /// To the next.
    On,
    /// Somewhere else, which was arranged.
    Elsewhere,
}
