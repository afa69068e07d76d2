//! The conformance crate: fixtures, oracles, crash tests, transcripts. It may use every other crate; nothing but
//! `fuzz/` uses it.

pub mod editor;
pub mod oracle;
pub mod program;
pub mod server;
pub mod transcript;
pub mod world;
