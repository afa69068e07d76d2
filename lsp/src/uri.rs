//! Names of documents: `file:` addresses and the paths that they stand for.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;

/// The path of a `file:` address.
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = &rest[rest.find('/')?..];
    let bytes = decoded(path)?;
    Some(PathBuf::from(String::from_utf8(bytes).ok()?))
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digits = [bytes.next()?, bytes.next()?];
        out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    Some(out)
}

/// The address of an absolute path.
pub fn of_path(path: &Path) -> String {
    let mut out = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// One name for each document, however an editor has written its address.
pub fn key(uri: &str) -> String {
    path_of(uri).map_or_else(|| uri.to_string(), |path| of_path(&path))
}

/// For the protocol's types.
pub fn typed(uri: &str) -> Option<Uri> {
    Uri::from_str(uri).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_stand_for_each_other() {
        for path in ["/a/b.self", "/mit Leerzeichen/ä%20.self", "/#?&+=.self"] {
            let uri = of_path(Path::new(path));
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)));
            assert!(typed(&uri).is_some(), "{uri}");
        }
        assert_eq!(key("file:///a%2Db%3a.self"), "file:///a-b%3A.self");
        assert_eq!(key("untitled:Untitled-1"), "untitled:Untitled-1");
        assert_eq!(path_of("file:///%zz"), None);
    }
}
