//! Any text as a message of an agent: what is accepted is a message that passes the doors' check, and comes back as it was.

use batos_bridge::{form, json};

/// Checks the text.
///
/// # Panics
/// If it is changed on the way.
pub fn run(data: &[u8]) {
    let Ok((value, bytes)) = json::to_message(data) else { return };
    assert_eq!(form::check(&bytes), Ok(()));
    assert_eq!(json::from_message(&bytes), value);
}
