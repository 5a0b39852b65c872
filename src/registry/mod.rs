//! Changes of what is registered: each is one transaction that writes the row and its line in the revision log.

mod areas;
mod check;
mod datasets;
pub mod homes;
pub mod people;
pub mod photos;
pub mod registrations;
pub mod reports;
pub mod scenarios;
mod secret;
pub mod sessions;
mod sites;
pub mod units;

pub use areas::{AreaOutcome, record_area};
pub use check::{Checked, Checking, check};
pub use datasets::{DatasetOutcome, NewDataset, record_dataset};
pub use secret::is_secret;
pub use sites::{NewSite, Outcome, Recorder};

/// Who changes something, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// A person or a program.
    pub who: String,
    /// In words, for the log.
    pub why: String,
}
