//! Who people are and what they may do. Pure: no SQL, no HTTP.
//!
//! The table of rights is in `rights.rs`, and is the only one.

mod person;
mod rights;

pub use person::{Person, PersonId, UnitId};
pub use rights::{Action, Role, may};
