//! The tests of the durable store. `support` has the plain model that they compare with.

mod basics;
mod crash;
mod damage;
mod faults;
mod format;
mod kill;
mod mappings;
mod readers;
mod support;
