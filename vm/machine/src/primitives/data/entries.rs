//! Plain data as text and bytes: JSON, MessagePack, CSV. The primitives themselves.

use batos_image::value::Value;

use super::super::{BAD_TYPE, Call, Entry, Failure, OUT_OF_MEMORY, OVERFLOW, Outcome, Reply, int, size};
use super::message_pack::Fidelity;
use super::{Builder, Prototypes, json, message_pack};
use crate::vm::Vm;

/// Longest text or packet in a trial: one message on a larger one would outlast the trial's time.
const MAX_TRIAL_BYTES: usize = 1 << 20;

pub(in crate::primitives) const LIST: &[Entry] = &[
    ("_JsonParse:Exactly:", 2, |vm, c| {
        let text = input(vm, c)?;
        let prototypes = prototypes(vm, c, 0)?;
        let exact = vm.argument(c, 1) == vm.boolean(true);
        json::parse(vm, &text, prototypes, exact).map(Reply::Value)
    }),
    ("_JsonPrint:Indent:", 2, |vm, c| {
        let value = vm.receiver(c);
        let prototypes = prototypes(vm, c, 0)?;
        let indent = match int(vm.argument(c, 1))? {
            0 => None,
            n => Some(usize::try_from(n).ok().filter(|n| *n <= 16).ok_or(OVERFLOW)?),
        };
        let text = json::print(vm, value, prototypes, indent)?;
        reply_string(vm, prototypes, &text)
    }),
    ("_MessagePackDecode:", 1, |vm, c| {
        let bytes = input(vm, c)?;
        let prototypes = prototypes(vm, c, 0)?;
        message_pack::decode(vm, &bytes, prototypes).map(Reply::Value)
    }),
    ("_MessagePackEncode:", 1, |vm, c| {
        let value = vm.receiver(c);
        let prototypes = prototypes(vm, c, 0)?;
        let bytes = message_pack::encode(vm, value, prototypes, Fidelity::Exact)?;
        vm.reply_bytes(&bytes)
    }),
    ("_MessagePackTell:", 1, |vm, c| {
        let value = vm.receiver(c);
        let prototypes = prototypes(vm, c, 0)?;
        let bytes = message_pack::encode(vm, value, prototypes, Fidelity::Legible)?;
        vm.reply_bytes(&bytes)
    }),
    ("_CsvParse:Separator:", 2, |vm, c| {
        let text = input(vm, c)?;
        let prototypes = prototypes(vm, c, 0)?;
        let separator = separator(vm, c, 1)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(text.as_slice());
        let mut builder = Builder::new(vm, prototypes);
        builder.begin_list()?;
        let mut row = csv::ByteRecord::new();
        while reader.read_byte_record(&mut row).map_err(|e| Failure::text(format!("parseError: {e}")))? {
            builder.begin_list()?;
            for cell in &row {
                builder.text(cell)?;
            }
            builder.end()?;
        }
        builder.end()?;
        builder.finish().map(Reply::Value).ok_or(BAD_TYPE)
    }),
    // The receiver is a vector of vectors of strings.
    ("_CsvPrint:Separator:", 2, |vm, c| {
        let rows = vm.receiver(c);
        let prototypes = prototypes(vm, c, 0)?;
        let separator = separator(vm, c, 1)?;
        let mut writer =
            csv::WriterBuilder::new().flexible(true).delimiter(separator).from_writer(Vec::new());
        let failed = |_| OUT_OF_MEMORY;
        for row in vector(vm, rows)? {
            let cells = vector(vm, row)?;
            let mut record = csv::ByteRecord::new();
            for cell in cells {
                record.push_field(vm.heap.bytes(vm.bytes_object(cell)?));
            }
            writer.write_byte_record(&record).map_err(failed)?;
        }
        let text = writer.into_inner().map_err(|_| OUT_OF_MEMORY)?;
        reply_string(vm, prototypes, &text)
    }),
];

/// The receiver's bytes.
fn input(vm: &mut Vm, call: &Call) -> Result<Vec<u8>, Failure> {
    let text = vm.receiver(call);
    let bytes = vm.heap.bytes(vm.bytes_object(text)?).to_vec();
    if vm.trial_limits.is_some() && bytes.len() > MAX_TRIAL_BYTES {
        return Err(OVERFLOW);
    }
    Ok(bytes)
}

fn prototypes(vm: &mut Vm, call: &Call, i: usize) -> Result<Prototypes, Failure> {
    let vector = vm.argument(call, i);
    Prototypes::of(vm, vector)
}

fn separator(vm: &mut Vm, call: &Call, i: usize) -> Result<u8, Failure> {
    u8::try_from(size(vm.argument(call, i))?).ok().filter(u8::is_ascii).ok_or(BAD_TYPE)
}

fn vector(vm: &Vm, value: Value) -> Result<Vec<Value>, Failure> {
    let r = vm.of_kind(value, batos_image::layout::Kind::Vector)?;
    Ok((0..vm.heap.length(r)).map(|i| vm.heap.element(r, i)).collect())
}

/// A new string that can change.
fn reply_string(vm: &mut Vm, prototypes: Prototypes, text: &[u8]) -> Outcome {
    if !vm.heap.can_allocate(text.len()) {
        return Err(OUT_OF_MEMORY);
    }
    Ok(Reply::Value(vm.heap.new_bytes(prototypes.text, text).value()))
}
