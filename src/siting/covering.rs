//! Which candidates cover which cells within one limit.

use super::problem::{Candidate, NO_WAY, Siting};

/// Which candidates cover which cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Covering {
    /// Children of each cell who are not covered yet.
    pub weights: Vec<u64>,
    /// The cells that each candidate covers, in order, each once.
    pub covers: Vec<Vec<u32>>,
}

impl Covering {
    /// The same as a problem with times, all of them nothing, that knows neither towns nor places.
    #[must_use]
    pub fn as_siting(&self) -> Siting {
        Siting {
            town_of_cell: vec![0; self.weights.len()],
            existing: vec![NO_WAY; self.weights.len()],
            children: self.weights.clone(),
            candidates: vec![Candidate::default(); self.covers.len()],
            reach: self.covers.iter().map(|cells| cells.iter().map(|cell| (*cell, 0)).collect()).collect(),
            ..Siting::default()
        }
    }
}
