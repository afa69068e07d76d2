//! The image: one memory-mapped file that is the whole heap.
//!
//! `store` keeps bytes durable and knows no objects; `heap` keeps objects and knows no files; `space` is the
//! reserved range of addresses that both work in. See README.md.

pub mod guard;
pub mod heap;
pub mod image;
pub mod layout;
pub mod record;
pub mod space;
pub mod store;
pub mod value;
