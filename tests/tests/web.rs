//! The world asks a web server: one that answers here, as well and as badly as servers do.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use batos_tests::program::Home;

/// What was asked: the first line, the headers, the body.
struct Question {
    line: String,
    headers: String,
    body: String,
}

fn read(stream: &TcpStream) -> Option<Question> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = String::new();
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 || header.trim().is_empty() {
            break;
        }
        headers.push_str(&header.to_lowercase());
    }
    let length = headers.lines().find_map(|h| h.strip_prefix("content-length:")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Question { line, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn answer(mut stream: TcpStream) {
    let Some(question) = read(&stream) else { return };
    let mut words = question.line.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let reply = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}")
    };
    let text = match (method, path) {
        ("GET", "/") => reply("200 OK", "Content-Type: text/plain\r\nX-Mood: fine\r\n", "hello"),
        ("GET", "/json") => reply("200 OK", "", "{\"n\": [1, 2.5]}"),
        ("GET", "/moved") => reply("302 Found", "Location: /\r\n", ""),
        ("GET", "/round") => reply("302 Found", "Location: /round\r\n", ""),
        ("GET", "/accept") => {
            reply("200 OK", "", if question.headers.contains("text/csv") { "yes" } else { "no" })
        }
        ("POST", "/echo") => reply("201 Created", "", &question.body),
        ("PUT" | "DELETE", _) => reply("204 No Content", "", ""),
        // Never answers: the other side has to lose patience.
        ("GET", "/silent") => {
            let _ = stream.read(&mut [0]);
            return;
        }
        ("GET", "/broken") => "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_string(),
        // Never ends: the other side has to say that it is enough.
        ("GET", "/endless") => {
            let piece = vec![b'x'; 1 << 20];
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&piece).is_ok() {}
            return;
        }
        ("GET", "/nonsense") => "what?\r\n\r\n".to_string(),
        _ => reply("404 Not Found", "", "nothing there"),
    };
    let _ = stream.write_all(text.as_bytes());
}

/// A server that lives as long as the test.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    format!("http://{address}")
}

#[test]
fn the_world_asks_web_servers() {
    let (home, server) = (Home::new(), server());
    let mut inputs = String::new();
    let mut expected = Vec::new();
    for (input, output) in [
        ("(web get: 'S/') body", "'hello'"),
        ("(web get: 'S/') header: 'x-mood'", "'fine'"),
        ("((web at: 'S/') sizeLimit: 5) get body", "'hello'"),
        ("(web get: 'S/') header: 'nothing'", "nil"),
        ("((web get: 'S/json') json at: 'n') last", "2.5"),
        ("(web get: 'S/nowhere') status", "404"),
        ("(web get: 'S/nowhere') isOk", "false"),
        ("(web get: 'S/moved') body", "'hello'"),
        ("(web post: 'S/echo' Json: ((dictionary copyRemoveAll at: 'a' Put: 1))) body", "'{\"a\":1}'"),
        ("(web post: 'S/echo' Body: 'text') printString", "'an answer(201, 4 bytes)'"),
        ("((web at: 'S/accept') header: 'Accept' Is: 'text/csv') get body", "'yes'"),
        ("((web at: 'S/thing') put: 'x') status", "204"),
        ("(web at: 'S/thing') delete status", "204"),
        // Others go on while one waits.
        ("([ (web get: 'S/') body ] fork) join", "'hello'"),
    ] {
        inputs.push_str(&input.replace("'S/", &format!("'{server}/")));
        inputs.push('\n');
        expected.push(output);
    }
    let run = home.run(&["--no-model"], inputs.as_bytes());
    assert_eq!((run.status, run.out.lines().collect::<Vec<_>>()), (0, expected), "{}", run.err);
}

#[test]
fn what_goes_wrong_with_a_server_is_an_error_in_words() {
    let (home, server) = (Home::new(), server());
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        format!("http://{}", listener.local_addr().expect("it has one"))
    };
    for (expression, part) in [
        (format!("((web at: '{server}/silent') timeLimit: 200) get"), "time"),
        (format!("web get: '{server}/round'"), "redirect"),
        (
            format!("((web at: '{server}/endless') sizeLimit: 3000000) get"),
            "the answer has more than 3000000 bytes",
        ),
        (format!("web get: '{server}/broken'"), "disconnected"),
        (format!("web get: '{server}/nonsense'"), "protocol"),
        (format!("web get: '{closed}/'"), "refused"),
        ("web get: 'no address'".to_string(), "uri"),
        (format!("((web at: '{server}/') header: 'bad name' Is: 'x') get"), "header name"),
        (
            format!(
                "vector _ForkEvaluate: '(web get: \\'{server}/\\') body' Fuel: 1000000 Memory: 10000000 Time: 9000"
            ),
            "not allowed",
        ),
    ] {
        let run = home.run(&["eval", "--no-model", &expression], b"");
        let told = format!("{}{}", run.out, run.err);
        assert!(told.contains(part), "{expression}: {told}");
        assert!(!told.contains("panicked"), "{told}");
    }
}
