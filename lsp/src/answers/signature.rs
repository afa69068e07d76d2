//! Which arguments a keyword message takes that is being written.

use lsp_types::{
    Documentation, ParameterInformation, ParameterLabel, SignatureHelp, SignatureHelpParams,
    SignatureInformation,
};

use batos_lang::Typed;

use super::{complete, hover, meaning};
use crate::server::Server;

/// Most messages that are shown.
const MOST: usize = 12;

/// `textDocument/signatureHelp`
pub fn help(server: &mut Server<'_>, params: &SignatureHelpParams) -> Option<SignatureHelp> {
    let (file, offset) = meaning::spot(server, &params.text_document_position_params)?;
    let graph = server.documents.graph();
    let typed = Typed::new(file.text.as_str().get(file.expression_start(offset)..offset)?);
    if typed.is_open() {
        return None;
    }
    let (begun, receiver) = typed.begun()?;
    let active = begun.matches(':').count().checked_sub(1)? as u32;
    let mut found = complete::begun_by(&graph, &file, offset, &begun, typed.source(receiver));
    found.sort_by_key(|found| found.slot.name.len());
    found.truncate(MOST);
    let signatures = found.iter().map(|found| SignatureInformation {
        label: found.slot.signature.clone(),
        documentation: Some(found.slot.comment.clone()).filter(|comment| !comment.is_empty()).map(
            |comment| {
                let text = format!("*{}* — {comment}", graph.objects[found.object].path);
                Documentation::MarkupContent(hover::markup(&server.client, text))
            },
        ),
        parameters: Some(parameters(&found.slot.signature)),
        active_parameter: Some(active),
    });
    let signatures: Vec<SignatureInformation> = signatures.collect();
    if signatures.is_empty() {
        return None;
    }
    Some(SignatureHelp { signatures, active_signature: Some(0), active_parameter: Some(active) })
}

/// The places of keywords with their arguments, in units of UTF-16 (names are ASCII).
fn parameters(signature: &str) -> Vec<ParameterInformation> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for word in signature.split_inclusive(' ') {
        if word.trim_end().ends_with(':') {
            starts.push(at);
        }
        at += word.len();
    }
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([signature.len()]);
    let place = |(start, end): (&usize, usize)| ParameterInformation {
        label: ParameterLabel::LabelOffsets([*start as u32, end as u32]),
        documentation: None,
    };
    starts.iter().zip(ends).map(place).collect()
}
