//! From a method to machine code in its place.

use std::rc::Rc;

use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{AbiParam, Function, InstBuilder, Signature, UserFuncName, types};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{CodegenError, Context};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};

use crate::background::Background;
use crate::emit::{Emitted, Exit, Learnt, Stop, code_signature, emit};
use crate::input::{Library, Method};
use crate::layout::Layout;
use crate::memory::{CodeMemory, Piece};

/// Times a method is emitted before it is given up.
const ATTEMPTS: usize = 24;

/// Makes machine code, and owns the memory that it lies in.
pub struct Compiler {
    isa: OwnedTargetIsa,
    memory: CodeMemory,
    builder: FunctionBuilderContext,
    trampoline: u64,
    background: Option<Background>,
}

/// A method in the form that machine code is made from. It refers to nothing that may move or change.
pub struct Draft {
    function: Function,
    emitted: Emitted,
    graph: String,
    text: bool,
}

impl Draft {
    /// The graph as text, if it was asked for.
    pub fn graph(&self) -> &str {
        &self.graph
    }

    /// Codes that it was made of (addresses).
    pub fn used(&self) -> &[u64] {
        &self.emitted.used
    }

    /// Maps that it was made for.
    pub fn maps(&self) -> &[u32] {
        &self.emitted.maps
    }
}

/// Machine code that lies nowhere yet.
pub struct Made {
    code: Vec<u8>,
    listing: String,
    emitted: Emitted,
    graph: String,
}

/// Machine code of one method.
pub struct Compiled {
    /// Address of its entry.
    pub address: u64,
    /// Where it lies.
    pub piece: Piece,
    /// Bytes of it.
    pub bytes: usize,
    /// Instructions where it may be entered; the first is the method's beginning.
    pub entries: Vec<u32>,
    /// Where it may be left, by number.
    pub exits: Vec<Exit>,
    /// Codes that it was made of (addresses).
    pub used: Vec<u64>,
    /// Maps that it was made for.
    pub maps: Vec<u32>,
    /// The machine code as text, if it was asked for.
    pub text: String,
    /// The graph as text, if it was asked for.
    pub graph: String,
}

impl Compiler {
    /// A compiler for this processor; none where there is no memory for code, or no such processor.
    pub fn new(verify: bool) -> Option<Compiler> {
        if !IS_POSSIBLE {
            return None;
        }
        let mut flags = settings::builder();
        for (name, value) in [
            ("opt_level", "speed"),
            ("use_colocated_libcalls", "false"),
            ("is_pic", "false"),
            ("unwind_info", "false"),
            // Calls in tail position need them.
            ("preserve_frame_pointers", "true"),
            ("enable_verifier", if verify { "true" } else { "false" }),
        ] {
            flags.set(name, value).ok()?;
        }
        let isa = cranelift_native::builder().ok()?.finish(settings::Flags::new(flags)).ok()?;
        let mut compiler = Compiler {
            isa,
            memory: CodeMemory::new()?,
            builder: FunctionBuilderContext::new(),
            trampoline: 0,
            background: None,
        };
        compiler.trampoline = compiler.make_trampoline()?;
        Some(compiler)
    }

    /// The way from Rust to compiled code: (code, window, entry) -> answer.
    fn make_trampoline(&mut self) -> Option<u64> {
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.extend([types::I64; 3].map(AbiParam::new));
        signature.returns.push(AbiParam::new(types::I64));
        let mut function = Function::with_name_signature(UserFuncName::user(0, 0), signature);
        let mut b = FunctionBuilder::new(&mut function, &mut self.builder);
        let block = b.create_block();
        b.append_block_params_for_function_params(block);
        b.switch_to_block(block);
        let p = b.block_params(block).to_vec();
        let signature = b.import_signature(code_signature());
        let call = b.ins().call_indirect(signature, p[0], &[p[1], p[2]]);
        let answer = b.inst_results(call)[0];
        b.ins().return_(&[answer]);
        b.seal_all_blocks();
        b.finalize(self.isa.frontend_config());
        let mut context = Context::for_function(function);
        let code = context.compile(&*self.isa, &mut ControlPlane::default()).ok()?;
        Some(self.memory.put(code.code_buffer())?.1)
    }

    /// Compiles a method.
    pub fn compile(
        &mut self,
        method: &Rc<Method>,
        layout: &Layout,
        library: &dyn Library,
        text: bool,
    ) -> Result<Compiled, Stop> {
        let draft = self.draft(method, layout, library, text)?;
        self.finish(draft)
    }

    /// Makes machine code of a draft.
    pub fn finish(&mut self, draft: Draft) -> Result<Compiled, Stop> {
        let made = make(&*self.isa, draft)?;
        self.put(made)
    }

    /// Is there another thread to make machine code? It is started when this is asked first.
    pub fn has_thread(&mut self) -> bool {
        if self.background.is_none() {
            self.background = Background::new(self.isa.clone());
        }
        self.background.is_some()
    }

    /// Has machine code made of a draft on the other thread; `done` tells when it is.
    pub fn begin(&mut self, ticket: u32, draft: Draft) {
        if let Some(background) = &self.background {
            background.begin(ticket, draft);
        }
    }

    /// Machine code that was made meanwhile: its ticket, the code, and the microseconds that it took.
    pub fn done(&mut self) -> Option<(u32, Result<Made, Stop>, u64)> {
        self.background.as_ref()?.done()
    }

    /// Puts machine code where it can run.
    pub fn put(&mut self, made: Made) -> Result<Compiled, Stop> {
        let Made { code, listing, emitted, graph } = made;
        let (piece, address) = self.memory.put(&code).ok_or(Stop::Refused("memory for code is full"))?;
        Ok(Compiled {
            address,
            piece,
            bytes: code.len(),
            entries: emitted.entries,
            exits: emitted.exits,
            used: emitted.used,
            maps: emitted.maps,
            text: listing,
            graph,
        })
    }

    /// Walks a method's bytecode; what comes of it can become machine code on any thread.
    pub fn draft(
        &self,
        method: &Rc<Method>,
        layout: &Layout,
        library: &dyn Library,
        text: bool,
    ) -> Result<Draft, Stop> {
        let mut learnt = Learnt::new();
        for _ in 0..ATTEMPTS {
            let mut function = Function::with_name_signature(UserFuncName::user(0, 1), code_signature());
            // What a failed attempt leaves behind is no good for the next.
            let mut builder = FunctionBuilderContext::new();
            let b = FunctionBuilder::new(&mut function, &mut builder);
            let config = self.isa.frontend_config();
            let emitted = match emit(b, config, method.clone(), layout, library, &mut learnt) {
                Ok(emitted) => emitted,
                Err(Stop::Widened) => continue,
                Err(Stop::Large) if learnt.most_inlined > 0 => {
                    learnt.most_inlined = if learnt.most_inlined > 80 { 80 } else { 0 };
                    learnt.widened.clear();
                    continue;
                }
                Err(stop) => return Err(stop),
            };
            let graph = if text { named_addresses(&function.display().to_string()) } else { String::new() };
            return Ok(Draft { function, emitted, graph, text });
        }
        Err(Stop::Refused("its loops come to no end of guesses"))
    }

    /// Gives the memory of code back. Nobody may run it any more.
    pub fn free(&mut self, piece: Piece) {
        self.memory.free(piece);
    }

    /// Bytes of machine code.
    pub fn bytes(&self) -> usize {
        self.memory.used()
    }

    /// The way into its code, for `run`.
    pub fn trampoline(&self) -> u64 {
        self.trampoline
    }
}

/// The graph as text, with a name for each address: what it shows does not depend on where things lie.
fn named_addresses(text: &str) -> String {
    let mut known: Vec<&str> = vec![];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let digits = rest[at + 2..].find(|c: char| !c.is_ascii_hexdigit() && c != '_');
        let end = digits.map_or(rest.len(), |n| at + 2 + n);
        let word = &rest[at..end];
        out.push_str(&rest[..at]);
        if is_address(word) {
            let name = known.iter().position(|one| *one == word).unwrap_or(known.len());
            if name == known.len() {
                known.push(word);
            }
            out.push_str("address");
            out.push_str(&name.to_string());
        } else {
            out.push_str(word);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Is a constant of a graph the address of something, as far as can be told by its size? Floats have the upper bits, too.
fn is_address(number: &str) -> bool {
    let digits = number.replace('_', "");
    let value = digits.strip_prefix("0x").map(|hex| u64::from_str_radix(hex, 16));
    value.is_some_and(|value| value.is_ok_and(|value| (1 << 32..1 << 48).contains(&value)))
}

/// Makes machine code of a draft.
pub(crate) fn make(isa: &dyn TargetIsa, draft: Draft) -> Result<Made, Stop> {
    let mut context = Context::for_function(draft.function);
    context.set_disasm(draft.text);
    let code = match context.compile(isa, &mut ControlPlane::default()) {
        Ok(code) => code,
        Err(error) => return Err(refused(&error.inner)),
    };
    if !code.buffer.relocs().is_empty() {
        return Err(Stop::Refused("it calls what is not there"));
    }
    Ok(Made {
        code: code.code_buffer().to_vec(),
        listing: code.vcode.clone().unwrap_or_default(),
        emitted: draft.emitted,
        graph: draft.graph,
    })
}

/// Runs compiled code.
///
/// # Safety
/// `trampoline` is that of a living compiler, `address` that of code of it whose memory is not given back meanwhile, made for the machine
/// whose context it knows; `window` is the running frame's, and the context describes its process. `entry` is one of the code's entries.
pub unsafe fn run(trampoline: u64, address: u64, window: u64, entry: u64) -> i64 {
    // SAFETY: trampolines are made with this signature.
    let run: extern "C" fn(u64, u64, u64) -> i64 = unsafe { std::mem::transmute(trampoline as *const ()) };
    run(address, window, entry)
}

/// Can this build run what it compiles? The other processors and systems wait for somebody who tests there.
pub const IS_POSSIBLE: bool = cfg!(all(target_arch = "x86_64", target_os = "linux"));

fn refused(error: &CodegenError) -> Stop {
    match error {
        CodegenError::Verifier(_) => Stop::Refused("what was emitted is not well-formed"),
        CodegenError::CodeTooLarge => Stop::Refused("the code is too large"),
        _ => Stop::Refused("the processor's part refused it"),
    }
}
