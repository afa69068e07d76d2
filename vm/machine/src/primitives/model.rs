//! The language model and throw-away forks. Mechanism only: what is asked and what is done with the answers is the world's affair.

use std::time::Duration;

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use super::{BAD_TYPE, Call, Entry, FORBIDDEN, Failure, Outcome, Reply, int};
use batos_lang::vary::{self, Pools, Step};

use crate::fork::{Limits, Trial};
use crate::host::{Finish, GenerateRequest};
use crate::search::Goal;
use crate::vm::Vm;

pub(super) const LIST: &[Entry] = &[
    ("_ModelAvailable", 0, |vm, _| vm.reply_bool(vm.host.model.is_some())),
    // Could there be one, if it were fetched?
    ("_ModelsAllowed", 0, |vm, _| vm.reply_bool(vm.host.models.is_some())),
    ("_ModelName", 0, |vm, _| match vm.host.model.as_ref().map(|m| m.info().name) {
        Some(name) => vm.reply_text(&name),
        None => Ok(Reply::Value(vm.nil())),
    }),
    ("_ModelUse:", 1, |vm, c| {
        let description = vm.argument(c, 0);
        let description = vm.text(description)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        let used = vm.host.use_model(&description);
        used.map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
        Ok(Reply::Value(vm.receiver(c)))
    }),
    // Forgets a model that was in use before; whether there was one.
    ("_ModelDrop:", 1, |vm, c| {
        let description = vm.argument(c, 0);
        let description = vm.text(description)?;
        if !vm.host.outside {
            return Err(FORBIDDEN);
        }
        let dropped = vm.host.drop_model(&description);
        vm.reply_bool(dropped)
    }),
    ("_ModelGenerate:", 1, generate),
    // Tokens that models wrote since the program began.
    ("_ModelTokens", 0, |vm, _| {
        vm.reply_int(i64::try_from(vm.model_tokens).unwrap_or(i64::MAX).min(1 << 50))
    }),
    ("_ModelEmbed:", 1, |vm, c| {
        let text = vm.argument(c, 0);
        let text = vm.text(text)?;
        let model = vm.host.model.as_mut().ok_or(NO_MODEL)?;
        let numbers = model.embed(&text).map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
        let values: Vec<Value> = numbers.iter().map(|x| vm.heap.new_float(f64::from(*x))).collect();
        Ok(Reply::Value(vm.new_vector(&values).value()))
    }),
    ("_ForkEvaluate:Fuel:Memory:Time:", 4, try_in_fork),
    ("_MethodGrammar:", 1, method_grammar),
    ("_MethodSimplified", 0, |vm, c| {
        let method = vm.receiver(c);
        let text = vm.text(method)?;
        vm.reply_text(&vary::simplified(&text))
    }),
    ("_MethodVariants:Step:", 2, method_variants),
    ("_MethodSearch:", 1, search_method),
    ("_ModelScore:Adapters:", 2, score),
];

/// What a process hears that thinks by itself and has used up its tokens.
const SPENT: Failure = Failure::word("primitiveFailedError: the budget is spent");

const NO_MODEL: Failure = Failure::word("primitiveFailedError: there is no language model here");

/// The receiver is ignored; the argument is a vector: prefix, prompt, grammar or nil, root rule, candidates, most tokens,
/// temperature, seed, vector of adapter paths, most milliseconds; then, if the prompt is a part of a conversation, what the answer begins
/// with, and a vector of texts that end it. Answers a vector of vectors: text, tokens, log probability, how it ended.
fn generate(vm: &mut Vm, call: &Call) -> Outcome {
    let request = vm.argument(call, 0);
    let request = vm.of_kind(request, Kind::Vector)?;
    if vm.heap.length(request) < 10 {
        return Err(BAD_TYPE);
    }
    let part = |i: usize| vm.heap.element(request, i);
    let [prefix, prompt, grammar, root, count, most, temperature, seed, adapters, time] =
        std::array::from_fn(part);
    let nil = vm.nil();
    let adapters = texts(vm, adapters)?;
    let temperature = match temperature.as_int() {
        Some(n) => n as f64,
        None => vm.heap.float_value(temperature).ok_or(BAD_TYPE)?,
    };
    let (chat, opening, stop) = if vm.heap.length(request) < 12 {
        (false, String::new(), vec!["\n".into()])
    } else {
        let (opening, stop) = (vm.heap.element(request, 10), vm.heap.element(request, 11));
        (true, vm.text(opening)?, texts(vm, stop)?)
    };
    let limit = |v: Value, most: i64| Ok::<usize, Failure>(int(v)?.clamp(1, most) as usize);
    let request = GenerateRequest {
        prefix: vm.text(prefix)?,
        prompt: vm.text(prompt)?,
        chat,
        opening,
        grammar: if grammar == nil { None } else { Some(vm.text(grammar)?) },
        root: vm.text(root)?,
        candidates: limit(count, 256)?,
        max_tokens: limit(most, 4096)?,
        temperature: temperature as f32,
        seed: int(seed)? as u64,
        adapters: adapters.into_iter().map(|path| (path, 1.0)).collect(),
        stop,
        deadline: Some(Duration::from_millis(limit(time, 3_600_000)? as u64)),
        cancel: vm.stop_flag(),
    };
    // What is thought while nobody is there is shown to nobody.
    let quiet = vm.is_quiet();
    if quiet && vm.quiet_tokens == Some(0) {
        return Err(SPENT);
    }
    let interrupt = vm.stop_flag();
    let mut model = vm.host.model.take().ok_or(NO_MODEL)?;
    let console = &mut vm.host.console;
    let answer = model.generate(request, &mut |candidate, piece| {
        if !quiet {
            console.proposal_piece(candidate, piece);
        }
        !interrupt.load(std::sync::atomic::Ordering::Relaxed)
    });
    vm.host.model = Some(model);
    let candidates = answer.map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
    let written: usize = candidates.iter().map(|candidate| candidate.tokens).sum();
    vm.model_tokens += written as u64;
    if quiet && let Some(left) = &mut vm.quiet_tokens {
        *left = left.saturating_sub(written as u64);
    }
    let mut rows = Vec::new();
    for candidate in &candidates {
        let finish = match candidate.finish {
            Finish::Stop => "stop",
            Finish::Length => "length",
            Finish::Cancelled => "cancelled",
        };
        let text = vm.intern(candidate.text.as_bytes()).value();
        let logprob = vm.heap.new_float(candidate.logprob);
        let finish = vm.intern(finish.as_bytes()).value();
        let row = [text, Value::from_usize(candidate.tokens), logprob, finish];
        rows.push(vm.new_vector(&row).value());
    }
    Ok(Reply::Value(vm.new_vector(&rows).value()))
}

/// The grammar of the rest of a line ` ( … )` after a signature, narrowed to the live world. The argument is a vector: argument names,
/// names in scope, unary selectors, operators, keyword selectors (vectors of strings, or nil for any spelling), depth of brackets.
fn method_grammar(vm: &mut Vm, call: &Call) -> Outcome {
    use batos_lang::gbnf::{Form, MethodGrammar};
    let parts = vm.argument(call, 0);
    let parts = vm.of_kind(parts, Kind::Vector)?;
    if vm.heap.length(parts) < 6 {
        return Err(BAD_TYPE);
    }
    let nil = vm.nil();
    let list = |vm: &mut Vm, i: usize| -> Result<Option<Vec<String>>, Failure> {
        let value = vm.heap.element(parts, i);
        if value == nil { Ok(None) } else { texts(vm, value).map(Some) }
    };
    let options = MethodGrammar {
        form: Form::Rest,
        arguments: list(vm, 0)?.unwrap_or_default(),
        names: list(vm, 1)?,
        unary: list(vm, 2)?,
        binary: list(vm, 3)?,
        keyword: list(vm, 4)?,
        depth: int(vm.heap.element(parts, 5))?.clamp(1, 20) as usize,
    };
    let grammar = batos_lang::gbnf::method_grammar(&options);
    vm.reply_bytes(grammar.as_bytes())
}

/// Evaluates the argument's text with self = the receiver in a fork. Answers a vector: verdict word, text, output, fuel, microseconds, vector of
/// mirrors on the objects that were changed.
fn try_in_fork(vm: &mut Vm, call: &Call) -> Outcome {
    let receiver = vm.receiver(call);
    let [text, fuel, memory, time] = [0, 1, 2, 3].map(|i| vm.argument(call, i));
    let text = vm.text(text)?;
    let limits = limits([fuel, memory, time])?;
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let trial = vm
        .try_in_fork(text.as_bytes(), receiver, limits)
        .map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
    Ok(Reply::Value(trial_row(vm, &trial)))
}

/// What a trial may use, as the world says it.
pub(super) fn limits([fuel, memory, time]: [Value; 3]) -> Result<Limits, Failure> {
    let positive = |v: Value| Ok::<u64, Failure>(int(v)?.max(1) as u64);
    Ok(Limits {
        fuel: positive(fuel)?,
        memory: positive(memory)?,
        time: Duration::from_millis(positive(time)?.min(3_600_000)),
    })
}

/// What a trial showed, as a vector: verdict, text, output, fuel, microseconds, mirrors on what it changed.
pub(super) fn trial_row(vm: &mut Vm, trial: &Trial) -> Value {
    let changed: Vec<Value> = trial.changed.iter().map(|r: &ObjectRef| vm.mirror_on(r.value())).collect();
    let parts = [
        vm.intern(trial.verdict.word().as_bytes()).value(),
        vm.intern(trial.text.as_bytes()).value(),
        vm.intern(trial.output.as_bytes()).value(),
        Value::from_i64(trial.fuel as i64).unwrap_or(Value::ZERO),
        Value::from_i64(trial.time.as_micros() as i64).unwrap_or(Value::ZERO),
        vm.new_vector(&changed).value(),
    ];
    vm.new_vector(&parts).value()
}

/// How likely the model finds answers to a prompt: the argument is a vector, the prompt and the answers. Answers a vector of the sums of the
/// log probabilities of their tokens.
fn score(vm: &mut Vm, call: &Call) -> Outcome {
    let (request, adapters) = (vm.argument(call, 0), vm.argument(call, 1));
    let mut answers = texts(vm, request)?;
    if answers.is_empty() {
        return Err(BAD_TYPE);
    }
    let prompt = answers.remove(0);
    let adapters: Vec<(String, f32)> = texts(vm, adapters)?.into_iter().map(|path| (path, 1.0)).collect();
    let cancel = vm.stop_flag();
    let model = vm.host.model.as_mut().ok_or(NO_MODEL)?;
    let scores = model.score(&prompt, &answers, &adapters, &cancel);
    let scores = scores.map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
    let values: Vec<Value> = scores.iter().map(|x| vm.heap.new_float(*x)).collect();
    Ok(Reply::Value(vm.new_vector(&values).value()))
}

/// Eight vectors that stand in a vector, from the given place on, as what may be put into methods.
fn pools(vm: &Vm, vector: ObjectRef, at: usize) -> Result<Pools, Failure> {
    let list = |i: usize| texts(vm, vm.heap.element(vector, at + i));
    Ok(Pools {
        names: list(0)?,
        integers: list(1)?,
        strings: list(2)?,
        binary: list(3)?,
        likely_unary: list(4)?,
        other_unary: list(5)?,
        keywords: list(6)?,
        expressions: list(7)?,
    })
}

/// Most neighbours that one question answers.
const MOST_VARIANTS: usize = 1000;

/// The neighbours of the receiver, the text of a method. The argument is a vector of eight vectors: names, integers, string literals,
/// operators, likely unary selectors, others, keyword selectors, expressions. Step: 0 words, 1 shapes, 2 growth.
fn method_variants(vm: &mut Vm, call: &Call) -> Outcome {
    let method = vm.receiver(call);
    let method = vm.text(method)?;
    let (argument, step) = (vm.argument(call, 0), vm.argument(call, 1));
    let argument = vm.of_kind(argument, Kind::Vector)?;
    if vm.heap.length(argument) < 8 {
        return Err(BAD_TYPE);
    }
    let step = match int(step)? {
        0 => Step::Word,
        1 => Step::Shape,
        2 => Step::Growth,
        _ => return Err(BAD_TYPE),
    };
    let pools = pools(vm, argument, 0)?;
    let found = vary::variants(&method, &pools, step);
    let values: Vec<Value> =
        found.iter().take(MOST_VARIANTS).map(|text| vm.intern(text.as_bytes()).value()).collect();
    Ok(Reply::Value(vm.new_vector(&values).value()))
}

/// Looks for methods that satisfy examples; the receiver is the vector that the expressions are evaluated for, its first element gets the
/// method. The argument is a vector: signature; vectors of seeds, names, integers, string literals, operators, likely unary selectors,
/// other unary selectors, keyword selectors, expressions, and examples (expression, expected, expression, …); fuel of an expression, bytes,
/// milliseconds in all, number of finds that is enough, most attempts. Answers a vector: attempts, then for each find its body, the
/// number of its seed and of its edits.
fn search_method(vm: &mut Vm, call: &Call) -> Outcome {
    let (receiver, argument) = (vm.receiver(call), vm.argument(call, 0));
    let argument = vm.of_kind(argument, Kind::Vector)?;
    if vm.heap.length(argument) < 16 {
        return Err(BAD_TYPE);
    }
    if !vm.host.outside {
        return Err(FORBIDDEN);
    }
    let part = |vm: &Vm, i: usize| vm.heap.element(argument, i);
    let list = |vm: &Vm, i: usize| texts(vm, part(vm, i));
    let number = |vm: &Vm, i: usize| Ok::<u64, Failure>(int(part(vm, i))?.max(1) as u64);
    let pairs = list(vm, 10)?;
    let goal = Goal {
        signature: vm.text(part(vm, 0))?,
        seeds: list(vm, 1)?,
        pools: pools(vm, argument, 2)?,
        examples: pairs.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect(),
        limits: Limits {
            fuel: number(vm, 11)?,
            memory: number(vm, 12)?,
            time: Duration::from_millis(number(vm, 13)?.min(3_600_000)),
        },
        enough: number(vm, 14)? as usize,
        attempts: number(vm, 15)? as usize,
    };
    let finds =
        vm.search_method(&goal, receiver).map_err(|e| Failure::text(format!("primitiveFailedError: {e}")))?;
    let mut answer = vec![Value::from_usize(finds.attempts)];
    for find in &finds.found {
        answer.push(vm.intern(find.text.as_bytes()).value());
        answer.push(find.seed.map_or(vm.nil(), Value::from_usize));
        answer.push(Value::from_usize(find.edits));
        answer.push(Value::from_usize(find.tried));
    }
    Ok(Reply::Value(vm.new_vector(&answer).value()))
}

/// The texts in a vector; nil stands for an empty one.
pub(super) fn texts(vm: &Vm, vector: Value) -> Result<Vec<String>, Failure> {
    if vector == vm.nil() {
        return Ok(Vec::new());
    }
    let vector = vm.of_kind(vector, Kind::Vector)?;
    (0..vm.heap.length(vector)).map(|i| vm.text(vm.heap.element(vector, i))).collect()
}
