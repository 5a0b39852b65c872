//! What is wrong with a data file that came with Yimi or was edited by a county, and on which line.

use std::path::{Path, PathBuf};

/// A data file that is refused at start.
#[derive(Debug, thiserror::Error)]
pub enum DataFileError {
    /// The file can't be read.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The text is not TOML of the wanted form, or breaks a rule.
    #[error("{}, line {line}: {reason}", file.display())]
    Wrong {
        /// Which file.
        file: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What was found and what was wanted.
        reason: String,
    },
}

impl DataFileError {
    /// The error for the byte `at` of `text`.
    pub fn at(file: &Path, text: &str, at: usize, reason: impl Into<String>) -> Self {
        let line = 1 + text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count();
        Self::Wrong { file: file.to_owned(), line, reason: reason.into() }
    }

    /// The error for what the TOML reader refused.
    #[must_use]
    pub fn toml(file: &Path, text: &str, error: &toml::de::Error) -> Self {
        Self::at(file, text, error.span().map_or(0, |span| span.start), error.message())
    }
}
