//! What has been counted from a coverage by some limit and ages, kept until the coverage changes: a planner who drags a
//! site asks for the same figures of today again and again.

use super::Answering;
use crate::children::BandRange;
use crate::coverage::{Covered, Gap, covered, gaps};
use std::sync::{Arc, Mutex, PoisonError};

/// Limits and ages that are kept.
const KEPT: usize = 8;

type ByLimit<T> = Mutex<Vec<(u32, BandRange, Arc<[T]>)>>;

/// Figures of a coverage; those that were asked for last.
#[derive(Debug, Default)]
pub(super) struct Counted {
    covered: ByLimit<Covered>,
    gaps: ByLimit<Gap>,
}

fn kept<T>(all: &ByLimit<T>, limit: u32, ages: BandRange, make: impl FnOnce() -> Vec<T>) -> Arc<[T]> {
    let held = || all.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, found)) = held().iter().find(|(of, by, _)| (*of, *by) == (limit, ages)) {
        return found.clone();
    }
    // made without the lock; two who ask at once make the same
    let made: Arc<[T]> = make().into();
    let mut held = held();
    if held.len() >= KEPT {
        held.remove(0);
    }
    held.push((limit, ages, made.clone()));
    made
}

impl Answering {
    /// The children of each area and those of them within `limit` milliseconds.
    pub fn covered(&self, limit: u32, ages: BandRange) -> Arc<[Covered]> {
        let ground = &self.ground;
        kept(&self.counted().covered, limit, ages, || {
            covered(&self.coverage, ground.children(), ages, ground.groups(), limit)
        })
    }

    /// The gaps beyond `limit` milliseconds, largest first.
    pub fn gaps(&self, limit: u32, ages: BandRange) -> Arc<[Gap]> {
        let cells = self.coverage.cells();
        let uncovered = |cell: &u32| cells[*cell as usize][0].millis() > limit;
        kept(&self.counted().gaps, limit, ages, || self.gaps_among((0..cells.len() as u32).filter(uncovered), ages))
    }

    /// The gaps among uncovered cells, which must be all of those of their areas.
    #[must_use]
    pub fn gaps_among(&self, uncovered: impl Iterator<Item = u32>, ages: BandRange) -> Vec<Gap> {
        let (children, groups) = (self.ground.children(), self.ground.groups());
        gaps(uncovered, |cell| children.at(cell as usize), |cell| children.count(cell as usize, ages), groups)
    }
}
