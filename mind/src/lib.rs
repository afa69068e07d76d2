//! A language model inside the process, or behind an address, for worlds that write their own methods.
//!
//! [`model::Model`] is the one interface; [`llama::LlamaModel`] runs a GGUF file in this process (feature `llama`),
//! [`http::HttpModel`] asks a server that speaks OpenAI's protocol. [`store`] keeps model files. [`grammar`] reads
//! GBNF and matches text against it, whatever writes the text.
//!
//! The crate does not know the language, the machine or the image: it turns requests into texts.

#[cfg(feature = "llama")]
pub mod adapter;
pub mod cache;
pub mod chat;
#[cfg(any(test, feature = "fake"))]
pub mod fake;
pub mod gguf;
pub mod grammar;
pub mod http;
#[cfg(feature = "llama")]
pub mod llama;
pub mod model;
#[cfg(feature = "llama")]
mod pieces;
#[cfg(feature = "llama")]
mod sample;
pub mod store;
#[cfg(test)]
mod testing;
#[cfg(feature = "llama")]
mod vocabulary;

#[cfg(feature = "train")]
pub mod train;
