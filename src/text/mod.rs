//! Words and their readings: what stands on screen in two languages, how spellings become comparable, and how Han
//! characters are read aloud.

mod data_file;
mod fold;
mod reading;
mod simplified;
mod words;

pub use data_file::DataFileError;
pub use fold::{fold, has_control, is_han};
pub use reading::Readings;
pub use simplified::simplified;
pub use words::Words;
