//! An editor that does what it is told: it speaks the Language Server Protocol with the program over pipes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::program::Home;

/// Nothing takes as long as this, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(120);

/// Stands for the cursor in texts.
pub const CURSOR: char = '¦';

/// A running language server and the other side of its conversation.
pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    told: Vec<Value>,
    /// What was told before the latest change of a document.
    mark: usize,
    /// The version of the document that was opened or changed last.
    version: Value,
    next: i64,
}

impl Editor {
    /// Starts the server, without a word.
    ///
    /// # Panics
    /// If it does not start.
    pub fn start(home: &Home, args: &[&str]) -> Editor {
        let mut child = home
            .command()
            .arg("lsp")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().expect("it has an output"));
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Editor { child, input, messages, told: Vec::new(), mark: 0, version: json!(null), next: 1 }
    }

    /// Starts it, introduces itself, and waits until the world is known.
    pub fn ready(home: &Home, args: &[&str]) -> Editor {
        let mut editor = Editor::start(home, args);
        editor.initialize(home, json!(null));
        editor.until(|m| m["params"]["message"].as_str().is_some_and(|text| text.ends_with(" objects")));
        editor
    }

    /// Introduces itself, with columns counted as named.
    pub fn initialize(&mut self, home: &Home, encodings: Value) -> Value {
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "textDocument": {
                "completion": { "completionItem": { "snippetSupport": true } },
                "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            },
        });
        let root = format!("file://{}", home.path("project").display());
        let params = json!({ "processId": null, "rootUri": root, "capabilities": capabilities });
        let answer = self.ask("initialize", params);
        self.tell("initialized", json!({}));
        answer
    }

    /// Bytes as they are.
    ///
    /// # Panics
    /// If the server does not listen any more.
    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("the input is open");
        input.write_all(bytes).expect("it is read");
        input.flush().expect("it is read");
    }

    /// A text as a message.
    pub fn send(&mut self, text: &str) {
        self.write(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    /// A notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        if method.starts_with("textDocument/did") {
            self.mark = self.told.len();
            self.version = params["textDocument"]["version"].clone();
        }
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string());
    }

    /// Sends a request; its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string());
        id
    }

    /// The message that answers a request.
    pub fn reply(&mut self, id: i64) -> Value {
        self.until(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The result of a request.
    ///
    /// # Panics
    /// If it is refused.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let reply = self.reply(id);
        assert!(reply.get("error").is_none(), "{method}: {reply}");
        reply["result"].clone()
    }

    /// The error of a request.
    pub fn refused(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.reply(id)["error"].clone()
    }

    /// The first message from now on that is accepted.
    ///
    /// # Panics
    /// If none comes.
    pub fn until(&mut self, accepts: impl Fn(&Value) -> bool) -> Value {
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server says something");
            let found = accepts(&message);
            self.told.push(message.clone());
            if found {
                return message;
            }
        }
    }

    /// Findings for a document that was opened, changed or closed last, as soon as some are published that are accepted: since
    /// then, or from now on.
    pub fn findings(&mut self, uri: &str, accepts: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let list = |m: &Value| m["params"]["diagnostics"].as_array().cloned().unwrap_or_default();
        let version = self.version.clone();
        let wanted = |m: &Value| {
            let params = &m["params"];
            m["method"] == "textDocument/publishDiagnostics"
                && params["uri"] == uri
                && (version.is_null() || params["version"] == version)
                && accepts(&list(m))
        };
        if let Some(message) = self.told[self.mark..].iter().find(|m| wanted(m)) {
            return list(message);
        }
        list(&self.until(wanted))
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "batos", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a text with a cursor in it; the parameters of a question about that place.
    pub fn at_cursor(&mut self, uri: &str, text: &str) -> Value {
        let at = text.find(CURSOR).unwrap_or(text.len());
        self.open(uri, &text.replace(CURSOR, ""));
        json!({ "textDocument": { "uri": uri }, "position": position(text, at) })
    }

    /// Asks about the cursor's place in a text.
    pub fn ask_at(&mut self, method: &str, uri: &str, text: &str) -> Value {
        let params = self.at_cursor(uri, text);
        self.ask(method, params)
    }

    /// Takes its leave; the exit status.
    pub fn leave(mut self) -> Option<i32> {
        self.ask("shutdown", json!(null));
        self.tell("exit", json!(null));
        self.status()
    }

    /// Closes the input; the exit status.
    ///
    /// # Panics
    /// If the program can't be waited for.
    pub fn status(&mut self) -> Option<i32> {
        self.input = None;
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let (mut line, mut length) = (String::new(), 0);
    while output.read_line(&mut line).ok()? > 2 {
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// The place of an offset, with columns in units of UTF-16.
pub fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": before[start..].encode_utf16().count() })
}

/// The text of a range.
///
/// # Panics
/// If there is no such place.
pub fn text_of(text: &str, range: &Value) -> String {
    text[offset(text, &range["start"])..offset(text, &range["end"])].to_string()
}

/// A text after edits.
///
/// # Panics
/// If an edit is none.
pub fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<&Value> = edits.as_array().expect("a list of edits").iter().collect();
    edits.sort_by_key(|edit| offset(text, &edit["range"]["start"]));
    let mut text = text.to_string();
    for edit in edits.into_iter().rev() {
        let range = offset(&text, &edit["range"]["start"])..offset(&text, &edit["range"]["end"]);
        text.replace_range(range, edit["newText"].as_str().expect("its text"));
    }
    text
}

fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().expect("a line") as usize;
    let wanted = position["character"].as_u64().expect("a column") as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut units = 0;
    for (at, c) in text[start..].char_indices() {
        if units == wanted {
            return start + at;
        }
        units += c.len_utf16();
    }
    text.len()
}
