//! The part of llama.cpp that the safe wrapper lacks: a context with an abort callback and several adapters at once.
//!
//! Invariants: a [`Context`] and an [`Adapter`] never outlive their model, since they borrow it. Everything that makes
//! llama.cpp end the process is refused here first: batches beyond `n_batch`, tokens, sequences and positions out of
//! range, rows without logits. The module knows no requests and no grammar.
//!
//! It is the only module with unsafe code of the crate.

use crate::vocabulary::TokenId;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_sys_2 as sys;
use std::ffi::{CStr, CString, c_char, c_void};
use std::marker::PhantomData;
use std::path::Path;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

// `model_pointer` relies on this: the wrapper is a transparent pointer, in the version that Cargo.toml pins.
const _: () = assert!(size_of::<LlamaModel>() == size_of::<*mut sys::llama_model>());

/// Errors and warnings that llama.cpp reported since they were last taken.
static REPORTS: Mutex<String> = Mutex::new(String::new());
/// Most bytes of reports kept.
const MAX_REPORTS: usize = 4096;

unsafe extern "C" fn keep_report(level: sys::ggml_log_level, text: *const c_char, _: *mut c_void) {
    if text.is_null() || !(level == sys::GGML_LOG_LEVEL_ERROR || level == sys::GGML_LOG_LEVEL_WARN) {
        return;
    }
    // SAFETY: llama.cpp passes a NUL-terminated text that lives until this returns.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    let mut reports = REPORTS.lock().unwrap_or_else(PoisonError::into_inner);
    if reports.len() + text.len() <= MAX_REPORTS {
        reports.push_str(&text);
    }
}

/// Keeps llama.cpp's reports for [`take_reports`] instead of writing them to the terminal.
pub(super) fn capture_reports(_: &LlamaBackend) {
    // SAFETY: the callback is a static function and takes no data; the backend is initialized.
    unsafe {
        sys::llama_log_set(Some(keep_report), ptr::null_mut());
        sys::ggml_log_set(Some(keep_report), ptr::null_mut());
    }
}

/// What llama.cpp reported since the last call, as one line.
pub(super) fn take_reports() -> String {
    let mut reports = REPORTS.lock().unwrap_or_else(PoisonError::into_inner);
    let lines: Vec<&str> = reports.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let joined = lines.join("; ");
    reports.clear();
    joined
}

/// Writes a model once more with weights of 8 bits (Q8_0). False: it could not be done, and what was written is no model.
pub(super) fn requantize(model: &Path, copy: &Path, threads: i32) -> bool {
    let text = |path: &Path| CString::new(path.as_os_str().as_encoded_bytes()).ok();
    let (Some(model), Some(copy)) = (text(model), text(copy)) else { return false };
    // SAFETY: the parameters are llama.cpp's own with plain numbers changed, the paths are NUL-terminated and live until it returns; it
    // catches its exceptions.
    unsafe {
        let mut parameters = sys::llama_model_quantize_default_params();
        parameters.ftype = sys::LLAMA_FTYPE_MOSTLY_Q8_0;
        parameters.allow_requantize = true;
        parameters.nthread = threads;
        sys::llama_model_quantize(model.as_ptr(), copy.as_ptr(), &parameters) == 0
    }
}

fn model_pointer(model: &LlamaModel) -> *mut sys::llama_model {
    // SAFETY: `LlamaModel` is `repr(transparent)` over a non-null pointer (see the assertion above); reading a pointer
    // out of a shared reference copies it.
    unsafe { ptr::from_ref(model).cast::<*mut sys::llama_model>().read() }
}

/// What can stop a computation from outside.
#[derive(Default)]
pub(super) struct Interrupt {
    pub(super) flags: Vec<Arc<AtomicBool>>,
    pub(super) deadline: Option<Instant>,
}

impl Interrupt {
    pub(super) fn is_due(&self) -> bool {
        self.flags.iter().any(|flag| flag.load(Ordering::Relaxed))
            || self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

unsafe extern "C" fn is_due(data: *mut c_void) -> bool {
    // SAFETY: `data` is the `Mutex<Interrupt>` that the context owns in a box until after it is freed.
    let interrupt = unsafe { &*data.cast::<Mutex<Interrupt>>() };
    interrupt.lock().unwrap_or_else(PoisonError::into_inner).is_due()
}

/// A token at a place of a sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) token: TokenId,
    pub(super) position: u32,
    pub(super) sequence: u32,
    /// Whether its row of logits is wanted.
    pub(super) wanted: bool,
}

/// Why a batch was not computed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DecodeError {
    /// The interrupt was due.
    Interrupted,
    /// The context holds no more tokens.
    Full,
    /// Refused by us: it would have ended the process.
    Malformed(&'static str),
    /// llama.cpp's own number.
    Failed(i32),
}

/// How a context is made.
pub(super) struct ContextSettings {
    pub(super) tokens: u32,
    pub(super) batch: u32,
    pub(super) sequences: u32,
    pub(super) threads: i32,
    /// Mean-pooled embeddings instead of logits.
    pub(super) embeddings: bool,
}

/// A computation over a model, with the state of its sequences.
pub(super) struct Context<'m> {
    raw: NonNull<sys::llama_context>,
    interrupt: Box<Mutex<Interrupt>>,
    batch: u32,
    sequences: u32,
    tokens: u32,
    vocabulary: usize,
    width: usize,
    /// For each entry of the last batch, whether it has a row.
    rows: Vec<bool>,
    model: PhantomData<&'m LlamaModel>,
}

impl<'m> Context<'m> {
    pub(super) fn new(
        _: &LlamaBackend,
        model: &'m LlamaModel,
        settings: &ContextSettings,
    ) -> Option<Context<'m>> {
        let interrupt = Box::new(Mutex::new(Interrupt::default()));
        // SAFETY: plain data.
        let mut parameters = unsafe { sys::llama_context_default_params() };
        parameters.n_ctx = settings.tokens;
        parameters.n_batch = settings.batch;
        parameters.n_ubatch = settings.batch;
        parameters.n_seq_max = settings.sequences;
        parameters.n_threads = settings.threads;
        parameters.n_threads_batch = settings.threads;
        parameters.kv_unified = true;
        parameters.no_perf = true;
        parameters.abort_callback = Some(is_due);
        parameters.abort_callback_data = ptr::from_ref(&*interrupt).cast_mut().cast();
        if settings.embeddings {
            parameters.embeddings = true;
            parameters.pooling_type = sys::LLAMA_POOLING_TYPE_MEAN;
        }
        // SAFETY: the model is alive for 'm, the backend is initialized, and the callback's data is freed after the
        // context (see `drop`). Contexts of one model are made by its one worker thread only.
        let raw = unsafe { sys::llama_init_from_model(model_pointer(model), parameters) };
        let raw = NonNull::new(raw)?;
        // SAFETY: the context was just made.
        let (tokens, batch) = unsafe { (sys::llama_n_ctx(raw.as_ptr()), sys::llama_n_batch(raw.as_ptr())) };
        Some(Context {
            raw,
            interrupt,
            batch,
            sequences: settings.sequences,
            tokens,
            vocabulary: usize::try_from(model.n_vocab()).unwrap_or(0),
            width: usize::try_from(model.n_embd_out()).unwrap_or(0),
            rows: Vec::new(),
            model: PhantomData,
        })
    }

    /// Tokens that all sequences together may hold.
    pub(super) fn tokens(&self) -> u32 {
        self.tokens
    }

    /// Most tokens of one batch.
    pub(super) fn batch(&self) -> usize {
        self.batch as usize
    }

    pub(super) fn set_interrupt(&self, interrupt: Interrupt) {
        *self.interrupt.lock().unwrap_or_else(PoisonError::into_inner) = interrupt;
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupt.lock().unwrap_or_else(PoisonError::into_inner).is_due()
    }

    /// Computes a batch. After an error the sequences' states are undefined: clear them.
    pub(super) fn decode(&mut self, entries: &[Entry]) -> Result<(), DecodeError> {
        self.rows.clear();
        if entries.is_empty() || entries.len() > self.batch() {
            return Err(DecodeError::Malformed("a batch is empty or too large"));
        }
        if entries.iter().any(|e| e.token.0 as usize >= self.vocabulary || e.sequence >= self.sequences) {
            return Err(DecodeError::Malformed("a token or a sequence is out of range"));
        }
        if entries.iter().any(|e| e.position >= self.tokens) {
            return Err(DecodeError::Full);
        }
        let mut tokens: Vec<i32> = entries.iter().map(|e| e.token.0 as i32).collect();
        let mut positions: Vec<i32> = entries.iter().map(|e| e.position as i32).collect();
        let mut counts = vec![1i32; entries.len()];
        let mut sequences: Vec<i32> = entries.iter().map(|e| e.sequence as i32).collect();
        let base = sequences.as_mut_ptr();
        // SAFETY: each pointer stays inside `sequences`, which is not touched until the batch is done.
        let mut places: Vec<*mut i32> = (0..entries.len()).map(|i| unsafe { base.add(i) }).collect();
        let mut wanted: Vec<i8> = entries.iter().map(|e| i8::from(e.wanted)).collect();
        let batch = sys::llama_batch {
            n_tokens: entries.len() as i32,
            token: tokens.as_mut_ptr(),
            embd: ptr::null_mut(),
            pos: positions.as_mut_ptr(),
            n_seq_id: counts.as_mut_ptr(),
            seq_id: places.as_mut_ptr(),
            logits: wanted.as_mut_ptr(),
        };
        // SAFETY: the context is alive; the arrays have `n_tokens` elements and live until the call is over.
        match unsafe { sys::llama_decode(self.raw.as_ptr(), batch) } {
            0 => {
                self.rows.extend(entries.iter().map(|e| e.wanted));
                Ok(())
            }
            1 => Err(DecodeError::Full),
            2 => Err(DecodeError::Interrupted),
            other => Err(DecodeError::Failed(other)),
        }
    }

    /// The logits after entry `at` of the last batch, if they were wanted.
    pub(super) fn logits(&self, at: usize) -> Option<&[f32]> {
        if !self.rows.get(at).copied().unwrap_or(false) {
            return None;
        }
        // SAFETY: the entry asked for logits, so its row exists.
        let row = unsafe { sys::llama_get_logits_ith(self.raw.as_ptr(), at as i32) };
        // SAFETY: a row has one number a token, and stays until the next decode, which needs `&mut self`.
        (!row.is_null()).then(|| unsafe { std::slice::from_raw_parts(row, self.vocabulary) })
    }

    /// The mean embedding of sequence 0 in the last batch, in a context made for embeddings.
    pub(super) fn embedding(&self) -> Option<&[f32]> {
        // SAFETY: the context is alive; a null result is handled.
        let row = unsafe { sys::llama_get_embeddings_seq(self.raw.as_ptr(), 0) };
        // SAFETY: pooled embeddings have the model's output width, and stay until the next decode.
        (!row.is_null()).then(|| unsafe { std::slice::from_raw_parts(row, self.width) })
    }

    fn memory(&self) -> sys::llama_memory_t {
        // SAFETY: the context is alive.
        unsafe { sys::llama_get_memory(self.raw.as_ptr()) }
    }

    /// Forgets all sequences.
    pub(super) fn clear(&mut self) {
        // SAFETY: the memory belongs to the live context.
        unsafe { sys::llama_memory_clear(self.memory(), false) }
    }

    /// Forgets a sequence from this position on. False if the model can't forget a part: then clear it whole.
    pub(super) fn truncate(&mut self, sequence: u32, from: u32) -> bool {
        // SAFETY: the memory belongs to the live context; unknown sequences are empty.
        sequence < self.sequences
            && unsafe { sys::llama_memory_seq_rm(self.memory(), sequence as i32, from as i32, -1) }
    }

    /// Makes sequence `to`, which must be empty, share all of sequence `from`.
    pub(super) fn share(&mut self, from: u32, to: u32) {
        if from < self.sequences && to < self.sequences {
            // SAFETY: both are in range.
            unsafe { sys::llama_memory_seq_cp(self.memory(), from as i32, to as i32, -1, -1) }
        }
    }

    /// A copy of a sequence's state.
    pub(super) fn save(&mut self, sequence: u32) -> Option<Vec<u8>> {
        // SAFETY: the context is alive.
        let size = unsafe { sys::llama_state_seq_get_size_ext(self.raw.as_ptr(), sequence as i32, 0) };
        let mut bytes = vec![0u8; size];
        // SAFETY: `bytes` has room for `size` bytes.
        let written = unsafe {
            sys::llama_state_seq_get_data_ext(self.raw.as_ptr(), bytes.as_mut_ptr(), size, sequence as i32, 0)
        };
        (size > 0 && written == size).then_some(bytes)
    }

    /// Puts a state from [`Context::save`] of this context into an empty sequence. False if it did not fit.
    pub(super) fn restore(&mut self, sequence: u32, state: &[u8]) -> bool {
        // SAFETY: the bytes were made by `save` (the worker keeps them with the context) and are only read.
        let read = unsafe {
            sys::llama_state_seq_set_data_ext(
                self.raw.as_ptr(),
                state.as_ptr(),
                state.len(),
                sequence as i32,
                0,
            )
        };
        read == state.len()
    }

    /// Uses exactly these adapters. What was computed with others is wrong afterwards: clear it.
    pub(super) fn set_adapters(&mut self, adapters: &[(&Adapter<'m>, f32)]) -> bool {
        let mut pointers: Vec<_> = adapters.iter().map(|(adapter, _)| adapter.raw.as_ptr()).collect();
        let mut scales: Vec<f32> = adapters.iter().map(|(_, scale)| *scale).collect();
        // SAFETY: the adapters are of the same model and alive; the worker unsets one before it frees it.
        let result = unsafe {
            sys::llama_set_adapters_lora(
                self.raw.as_ptr(),
                pointers.as_mut_ptr(),
                pointers.len(),
                scales.as_mut_ptr(),
            )
        };
        result == 0
    }
}

impl Drop for Context<'_> {
    fn drop(&mut self) {
        // SAFETY: made by `llama_init_from_model`, freed once; the interrupt's box is dropped afterwards.
        unsafe { sys::llama_free(self.raw.as_ptr()) }
    }
}

/// A LoRA adapter of a model.
pub(super) struct Adapter<'m> {
    raw: NonNull<sys::llama_adapter_lora>,
    model: PhantomData<&'m LlamaModel>,
}

impl<'m> Adapter<'m> {
    pub(super) fn load(model: &'m LlamaModel, path: &Path) -> Option<Adapter<'m>> {
        let path = CString::new(path.to_str()?).ok()?;
        // SAFETY: the model is alive for 'm and used by this thread only; llama.cpp copies what it needs of the path.
        let raw = unsafe { sys::llama_adapter_lora_init(model_pointer(model), path.as_ptr()) };
        Some(Adapter { raw: NonNull::new(raw)?, model: PhantomData })
    }
}

impl Drop for Adapter<'_> {
    fn drop(&mut self) {
        // SAFETY: made by `llama_adapter_lora_init`, freed once, and before its model.
        unsafe { sys::llama_adapter_lora_free(self.raw.as_ptr()) }
    }
}
