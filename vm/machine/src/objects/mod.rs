//! Objects as data: their slots, their names, and the world before any file is read.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `slots` | adding and removing slots, becoming like another object, copying |
//! | `naming` | how the machine names an object when it may not ask the world |
//! | `world` | the bare world |

pub mod naming;
pub mod slots;
pub mod world;
