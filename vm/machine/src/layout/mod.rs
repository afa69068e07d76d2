//! What the machine knows about objects without asking: the names that it sends and reports itself.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `symbols` | the machine's own selectors and words |

pub mod symbols;
