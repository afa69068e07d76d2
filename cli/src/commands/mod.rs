//! The commands, one file for each family.

mod diff;
pub mod doc;
pub mod format;
pub mod image;
pub mod lang;
pub mod mind;
pub mod model;
pub mod run;
pub mod serve;
