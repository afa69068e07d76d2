//! The sources of the standard world, built into the program by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// The file at this path under `stdlib/`; a leading `stdlib/` or `./` is ignored.
pub fn find(path: &str) -> Option<&'static [u8]> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = path.strip_prefix("stdlib/").unwrap_or(path);
    FILES.binary_search_by(|(name, _)| (*name).cmp(path)).ok().map(|at| FILES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_found_by_its_path() {
        assert!(FILES.is_sorted_by_key(|(name, _)| *name));
        for (name, content) in FILES {
            assert_eq!(find(name), Some(*content));
            assert_eq!(find(&format!("./stdlib/{name}")), Some(*content));
        }
        assert_eq!(find("no/such.self"), None);
        assert_eq!(FINGERPRINT.len(), 16);
    }
}
