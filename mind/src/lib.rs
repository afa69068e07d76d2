//! (being built)

#[cfg(feature = "train")]
pub mod train;
