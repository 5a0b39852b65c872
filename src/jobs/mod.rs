//! Long work off the request: asked for, waited for, watched, cancelled, and its result kept.
//!
//! A [`Job`] is a piece of blocking work with an unguessable id. It waits for its turn, tells its progress as JSON, stops
//! when it is told to, and ends with a result or a problem; both are written to the database, so that they are there after a
//! restart. Whoever has the id may look, listen and cancel. What the work is, this module does not know.

mod job;
mod queue;

pub use job::{Failed, Job, Json, Report, Seen, Status};
pub use queue::{Jobs, NotTaken};
