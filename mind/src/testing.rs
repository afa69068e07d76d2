//! A small HTTP server on the loopback address, for the tests of what goes over the network.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// What a client asked.
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// What it gets.
pub(crate) struct Answer {
    status: u16,
    body: Vec<u8>,
    /// Pieces sent one after the other with a pause between, in place of the body.
    pieces: Vec<String>,
}

impl Answer {
    pub(crate) fn bytes(body: Vec<u8>) -> Answer {
        Answer { status: 200, body, pieces: Vec::new() }
    }

    /// The rest of something, as asked by a range.
    pub(crate) fn part(body: Vec<u8>) -> Answer {
        Answer { status: 206, ..Answer::bytes(body) }
    }

    pub(crate) fn text(body: &str) -> Answer {
        Answer::bytes(body.as_bytes().to_vec())
    }

    pub(crate) fn status(status: u16) -> Answer {
        Answer { status, ..Answer::text("{\"error\": {\"message\": \"told so\"}}") }
    }

    pub(crate) fn pieces(pieces: Vec<String>) -> Answer {
        Answer { status: 200, body: Vec::new(), pieces }
    }
}

pub(crate) struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                // A client that hangs up early is part of some tests.
                let _ = serve(stream, &answer);
            }
        });
        Server { address, stop, thread: Some(thread) }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the thread.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(stream: TcpStream, answer: &impl Fn(&Request) -> Answer) -> std::io::Result<()> {
    let mut input = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    input.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or("").to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        input.read_line(&mut line)?;
        match line.trim().split_once(':') {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, n)| n.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    input.read_exact(&mut body)?;
    let answer = answer(&Request { path, headers, body: String::from_utf8_lossy(&body).into_owned() });
    let mut output = stream;
    if answer.pieces.is_empty() {
        write!(
            output,
            "HTTP/1.1 {} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            answer.status,
            answer.body.len()
        )?;
        return output.write_all(&answer.body);
    }
    write!(output, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")?;
    for piece in &answer.pieces {
        output.write_all(piece.as_bytes())?;
        output.flush()?;
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    Ok(())
}
