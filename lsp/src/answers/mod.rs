//! What can be asked: a file for each kind of question. Each takes the server and the parameters of a request, and gives
//! what the protocol wants as JSON.

mod actions;
mod complete;
pub mod diagnose;
mod fold;
mod format;
mod hover;
mod meaning;
mod navigate;
mod nearest;
mod outline;
mod rename;
mod signature;
mod tokens;
mod words;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::{Client, Server};
use crate::wire::code;

/// Why there is no answer.
#[derive(Debug)]
pub struct Trouble {
    /// The protocol's number.
    pub code: i32,
    /// For people.
    pub message: String,
}

impl Trouble {
    /// With a number and a text.
    pub fn new(code: i32, message: impl Into<String>) -> Trouble {
        Trouble { code, message: message.into() }
    }

    /// It can't be done, for this reason.
    pub fn refused(message: impl Into<String>) -> Trouble {
        Trouble::new(code::REQUEST_FAILED, message)
    }
}

/// An answer as JSON.
pub type Answer = Result<Value, Trouble>;

/// The parameters of a request.
pub fn params<T: DeserializeOwned>(params: Value) -> Result<T, Trouble> {
    serde_json::from_value(params).map_err(|error| Trouble::new(code::INVALID_PARAMS, error.to_string()))
}

/// As JSON.
fn value(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| Trouble::new(code::INTERNAL_ERROR, error.to_string()))
}

/// Answers a request.
pub fn answer(server: &mut Server<'_>, method: &str, given: Value) -> Answer {
    match method {
        "textDocument/formatting" => value(format::format(server, &params(given)?)),
        "textDocument/rangeFormatting" => value(format::format_range(server, &params(given)?)),
        "textDocument/diagnostic" => diagnose::pulled(server, &given),
        "textDocument/hover" => value(hover::hover(server, &params(given)?)),
        "textDocument/completion" => value(complete::complete(server, &params(given)?)),
        "completionItem/resolve" => value(complete::resolve(server, params(given)?)),
        "textDocument/definition" | "textDocument/declaration" => {
            value(navigate::definition(server, &params(given)?))
        }
        "textDocument/implementation" => value(navigate::implementors(server, &params(given)?)),
        "textDocument/references" => value(navigate::references(server, &params(given)?)),
        "textDocument/documentHighlight" => value(navigate::highlights(server, &params(given)?)),
        "textDocument/documentLink" => value(navigate::links(server, &params(given)?)),
        "textDocument/prepareRename" => value(rename::prepare(server, &params(given)?)?),
        "textDocument/rename" => value(rename::rename(server, &params(given)?)?),
        "textDocument/documentSymbol" => outline::document(server, &params(given)?),
        "workspace/symbol" => value(outline::workspace(server, &params(given)?)),
        "textDocument/signatureHelp" => value(signature::help(server, &params(given)?)),
        "textDocument/semanticTokens/full" => value(tokens::full(server, &params(given)?)),
        "textDocument/semanticTokens/range" => value(tokens::range(server, &params(given)?)),
        "textDocument/foldingRange" => value(fold::ranges(server, &params(given)?)),
        "textDocument/selectionRange" => value(fold::selections(server, &params(given)?)),
        "textDocument/codeAction" => value(actions::actions(server, &params(given)?)),
        _ => Err(Trouble::new(code::METHOD_NOT_FOUND, format!("{method} is not known here"))),
    }
}

/// What an editor is told that can be asked.
pub fn capabilities(client: &Client) -> Value {
    json!({
        "serverInfo": { "name": "batos", "version": env!("CARGO_PKG_VERSION") },
        "capabilities": {
            "positionEncoding": client.encoding.kind(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "completionProvider": { "resolveProvider": true },
            "signatureHelpProvider": { "triggerCharacters": [":"], "retriggerCharacters": [" "] },
            "declarationProvider": true,
            "definitionProvider": true,
            "implementationProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "documentLinkProvider": {},
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "diagnosticProvider": { "identifier": "batos", "interFileDependencies": true, "workspaceDiagnostics": false },
            "renameProvider": { "prepareProvider": true },
            "foldingRangeProvider": true,
            "selectionRangeProvider": true,
            "semanticTokensProvider": { "legend": tokens::legend(), "full": true, "range": true },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        },
    })
}
