//! The commands, one file for each family.

pub mod lang;
pub mod run;
