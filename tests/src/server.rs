//! A server on the loopback address that speaks as much of OpenAI's protocol as a world's question needs, for tests of the
//! program from outside. It knows nothing of language models: it says what it was told to say.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// What it says to questions that contain a text: one answer for each candidate, the last one for all that are left.
type Answers = Vec<(&'static str, Vec<&'static str>)>;

/// A running server; it ends with the test's process.
pub struct Server {
    port: u16,
}

impl Server {
    /// Starts one. Between two words of an answer it waits `pause`.
    ///
    /// # Panics
    /// If the system has no port left.
    pub fn start(answers: Answers, pause: Duration) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that hangs up early is part of some tests.
                let _ = serve(stream, &answers, pause);
            }
        });
        Server { port }
    }

    /// The expression that has a world ask this server.
    pub fn setting(&self) -> String {
        format!("mind way: 'direct'. mind backend: 'http://127.0.0.1:{}/v1'", self.port)
    }
}

fn serve(stream: TcpStream, answers: &Answers, pause: Duration) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while stream.read_line(&mut line)? > 2 {
        if let Some(number) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = number.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let request: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
    let question = request["messages"].to_string();
    let wanted = request["n"].as_u64().unwrap_or(1) as usize;
    let known = answers.iter().find(|(key, _)| question.contains(key)).map_or(&[][..], |(_, texts)| texts);
    let out = stream.get_mut();
    write!(out, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")?;
    for index in 0..wanted {
        let text = known.get(index).or(known.last()).copied().unwrap_or("( self )");
        for piece in text.split_inclusive(' ') {
            let chunk = serde_json::json!({ "choices": [{ "index": index, "delta": { "content": piece } }] });
            write!(out, "data: {chunk}\n\n")?;
            out.flush()?;
            std::thread::sleep(pause);
        }
        let end =
            serde_json::json!({ "choices": [{ "index": index, "delta": {}, "finish_reason": "stop" }] });
        write!(out, "data: {end}\n\n")?;
    }
    write!(out, "data: [DONE]\n\n")
}
