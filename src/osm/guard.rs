//! Counts what an XML reader takes: lines, so that a mistake can be found, and bytes, so that one element can't fill
//! memory.

use std::io::{BufRead, Read, Result};

/// The most bytes that one element may have. The longest real ones (relations with 30,000 members) are under 3 MiB.
pub(super) const LIMIT: u64 = 16 << 20;

/// The reader has taken more than [`LIMIT`] bytes for one element.
#[derive(Debug, thiserror::Error)]
#[error("an element of more than {} MiB", LIMIT >> 20)]
pub(super) struct TooLong;

/// A buffered reader that counts.
#[derive(Debug)]
pub(super) struct Guard<R> {
    input: R,
    line: u64,
    taken: u64,
}

impl<R: BufRead> Guard<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 1, taken: 0 }
    }

    /// The line on which reading goes on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Begins a new element; says how many bytes the last one had.
    pub(super) fn restart(&mut self) -> u64 {
        std::mem::take(&mut self.taken)
    }
}

impl<R: BufRead> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.taken > LIMIT {
            return Err(std::io::Error::other(TooLong));
        }
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        // what is consumed was filled before, so this reads nothing and can't fail
        if let Ok(filled) = self.input.fill_buf() {
            self.line += memchr::memchr_iter(b'\n', &filled[..n.min(filled.len())]).count() as u64;
        }
        self.taken += n as u64;
        self.input.consume(n);
    }
}
