//! The Ship of Theseus from outside: a served world goes on in another program, under load, killed at every step.
//!
//! The other program is this one under a script that gives it another version and another image format; both settings are looked
//! at in builds with debug assertions only.

mod crossing;
mod doors;
mod endurance;
mod load;
#[path = "../prompt/person.rs"]
#[expect(dead_code, reason = "this person types less than the one at the prompt")]
mod person;
