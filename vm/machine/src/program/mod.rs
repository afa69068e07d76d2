//! What may know everything: how a host gets programs, images and forks to run.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `evaluate` | source text, evaluated as a process of the world |
//! | `script` | whole files of source |
//! | `image_file` | opening, making, committing images |
//! | `difference` | what differs between two states of a world |
//! | `values` | objects that people read as one value |
//! | `fork` | trials in a copy-on-write world |
//! | `audit` | proves the code of an image that nobody vouches for |
//! | `search` | looks for small programs that answer given examples |

pub mod audit;
pub mod difference;
pub mod evaluate;
pub mod fork;
pub mod image_file;
pub mod script;
pub mod search;
mod values;
