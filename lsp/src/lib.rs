//! The language server: what an editor asks about sources and the world that they are for. See README.md.
#![forbid(unsafe_code)]

mod answers;
mod documents;
mod file;
mod graph;
mod infer;
mod server;
mod text;
mod uri;
mod wire;
pub mod world;

pub use file::annotation;
pub use server::{Ended, World, serve};
