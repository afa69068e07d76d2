//! The Synaptic Bridge: the world's ways in and out.
//!
//! One program, one world, several doors: ZeroMQ for programs, HTTP for browsers and agents. The sockets live on threads of their own
//! (`zmq` has one, `http` another); the machine stays on its own and meets them in the `hub`, through bounded queues.
//!
//! Invariants: nothing that a client does stops the world or another client; what is sent to the machine has the form of a message
//! (`form`). What messages mean, and who may say them, is decided in the world: this crate never looks further than
//! the envelope.

#![forbid(unsafe_code)]

mod address;
pub mod form;
mod http;
mod hub;
mod mcp;
mod registry;
mod zmq;

include!(concat!(env!("OUT_DIR"), "/book.rs"));

pub use address::Address;
pub use hub::Bridge;
pub use mcp::json;
pub use registry::open_doors;
