//! The commands, one file for each family.

pub mod diff;
pub mod doc;
mod file_out;
pub mod format;
pub mod image;
pub mod lang;
pub mod live;
pub mod lsp;
pub mod mind;
pub mod model;
pub mod run;
pub mod serve;
pub mod shell;
pub mod show;
pub mod upgrade;
