//! Who people are and what they may do. Pure: no SQL, no HTTP.
//!
//! The table of rights is in `rights.rs`, and is the only one.

mod account;
pub mod password;
mod person;
mod rights;
pub mod session;

pub use account::{account, unit_id};
pub use person::{Person, PersonId, UnitId};
pub use rights::{Action, Role, allowed, may};
