//! The CognitiveWeaver: facets, what it keeps loaded and drops, and the calls by which a vLLM server loads and unloads adapters. The
//! server here is a fake: it keeps the adapters that it is told of, and answers with the name of the model that it was asked as.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use batos_mind::fake::FakeModel;
use batos_tests::program::Home;
use batos_tests::world::{Answer, World};

/// What the fake server was asked, and how many adapters it takes.
struct FakeVllm {
    port: u16,
    calls: Arc<Mutex<Vec<String>>>,
}

impl FakeVllm {
    fn start(limit: usize) -> FakeVllm {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        std::thread::spawn(move || {
            let mut loaded = Vec::new();
            for stream in listener.incoming().flatten() {
                let _ = serve(stream, &seen, &mut loaded, limit);
            }
        });
        FakeVllm { port, calls }
    }

    fn calls(&self) -> Vec<String> {
        self.calls.lock().expect("the calls").clone()
    }
}

fn serve(
    stream: TcpStream,
    calls: &Mutex<Vec<String>>,
    loaded: &mut Vec<String>,
    limit: usize,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut first = String::new();
    stream.read_line(&mut first)?;
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
    let name = request["lora_name"].as_str().unwrap_or_default().to_owned();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (status, answer) = match path.as_str() {
        "/v1/load_lora_adapter" if loaded.len() >= limit => ("400 Bad Request", "no room".to_owned()),
        "/v1/load_lora_adapter" => {
            loaded.push(name.clone());
            ("200 OK", "Success".to_owned())
        }
        "/v1/unload_lora_adapter" => {
            loaded.retain(|known| *known != name);
            ("200 OK", "Success".to_owned())
        }
        _ => {
            let model = request["model"].as_str().unwrap_or_default();
            let known = !model.contains('-') || loaded.iter().any(|l| l == model);
            let text = if known { format!("I am {model}") } else { "unknown".into() };
            let chunk = serde_json::json!({ "choices": [{ "index": 0, "delta": { "content": text } }] });
            let end =
                serde_json::json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] });
            ("200 OK", format!("data: {chunk}\n\ndata: {end}\n\ndata: [DONE]\n\n"))
        }
    };
    let what = path.trim_start_matches("/v1/");
    let short = |name: &str| name.split('-').next().unwrap_or_default().to_owned();
    calls.lock().expect("the calls").push(format!("{what} {}", short(&name)).trim().to_owned());
    let out = stream.get_mut();
    write!(out, "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}", answer.len())
}

#[test]
fn adapters_of_a_server_are_loaded_and_unloaded_there() {
    let server = FakeVllm::start(2);
    let home = Home::new();
    let address = format!("http://127.0.0.1:{}/v1 base", server.port);
    let script = home.path("facets.self");
    let add = |name: &str| {
        format!(
            "cognitiveWeaver add: (((facet copyNamed: '{name}' For: 'x') model: '{address}') adapter: '/adapters/{name}').\n"
        )
    };
    let ask = |name: &str| format!("(cognitiveWeaver ask: 'who?' As: '{name}') printLine.\n");
    let text = [
        "cognitiveWeaver remoteAdapters: 2.\n".to_owned(),
        add("one"),
        add("two"),
        add("three"),
        format!("cognitiveWeaver add: ((facet copyNamed: 'plain' For: 'x') model: '{address}').\n"),
        ask("plain"),
        ask("one"),
        ask("two"),
        ask("one"),
        // There is room for two: the one that was not used for longest goes.
        ask("three"),
        "cognitiveWeaver show printLine.\n".to_owned(),
        "[ cognitiveWeaver ask: 'x' As: 'nobody' ] on: errors any Do: [|:e| e description printLine ].\n"
            .to_owned(),
    ]
    .concat();
    std::fs::write(&script, text).expect("a script");
    let run = home.run(&["run", &script.to_string_lossy()], b"");
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.first(), Some(&"I am base"), "{run:?}");
    for (line, name) in lines[1..5].iter().zip(["one", "two", "one", "three"]) {
        assert!(line.starts_with(&format!("I am {name}-")), "{line}: {run:?}");
    }
    assert!(run.out.contains("there is no facet 'nobody'"), "{run:?}");
    assert!(run.out.contains("remote three-"), "{run:?}");
    let calls: Vec<String> = server.calls().into_iter().filter(|c| c.contains("lora")).collect();
    assert_eq!(
        calls,
        [
            "load_lora_adapter one",
            "load_lora_adapter two",
            "unload_lora_adapter two",
            "load_lora_adapter three"
        ]
    );
}

fn value(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()) {
        (_, Answer::Value(text)) => text,
        (printed, Answer::Error(text)) => panic!("{line}: {text}\n{printed}"),
    }
}

#[test]
fn models_and_adapters_are_kept_within_a_budget() {
    let mut world = World::standard();
    let made = Arc::new(Mutex::new(Vec::new()));
    let told = made.clone();
    world.vm.host.models = Some(Box::new(move |description| {
        told.lock().expect("the list").push(description.to_owned());
        let answer = format!("I am {description}");
        Ok(Some(Box::new(FakeModel::new().answering("", &[&answer]))))
    }));
    value(&mut world, "cognitiveWeaver budget: 1000");
    for name in ["a", "b", "c"] {
        let line = format!(
            "cognitiveWeaver add: (((facet copyNamed: '{name}' For: 'x') model: '{name}.gguf') bytes: 400)"
        );
        value(&mut world, &line);
    }
    for name in ["a", "b", "a", "c", "a", "b"] {
        let line = format!("cognitiveWeaver ask: 'who?' As: '{name}'");
        assert_eq!(value(&mut world, &line), format!("'I am {name}.gguf'"));
    }
    // `b` had to go for `c`, and `c` for `b`; `a` was always used.
    assert_eq!(*made.lock().expect("the list"), ["a.gguf", "b.gguf", "c.gguf", "b.gguf"]);
    assert_eq!(value(&mut world, "cognitiveWeaver bytesLoaded"), "800");
    let said = value(&mut world, "cognitiveWeaver said asVector");
    assert!(said.contains("dropped: model b.gguf") && said.contains("dropped: model c.gguf"), "{said}");
    value(&mut world, "cognitiveWeaver use: 'c'");
    assert_eq!(value(&mut world, "mind backend"), "'c.gguf'");
    let shown = value(&mut world, "cognitiveWeaver show");
    assert!(shown.contains("* c ") && shown.contains("budget 0 MB"), "{shown}");
}
