//! Where a place meets the streets: its point on one, and what it takes to the junctions at that street's ends.

use super::graph::{EdgeIndex, NodeIndex};
use super::legs::exits;
use super::snap::Snapped;
use super::walk::Walk;

/// A place joined to a street.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joined {
    /// The street.
    pub edge: EdgeIndex,
    /// Millimetres along it from its end `a`.
    pub along_mm: u32,
    /// Milliseconds in a straight line from the place to the street.
    pub beside: u32,
    /// The junctions at the street's ends, and the milliseconds from the place to each, `beside` and the delay there
    /// included.
    pub ends: [(NodeIndex, u32); 2],
}

impl Walk {
    /// A place joined to the streets at its point on one.
    #[must_use]
    pub fn join(&self, at: &Snapped) -> Joined {
        let beside = self.straight(at.away_m);
        let ends = exits(self, at.edge, at.along_mm).map(|exit| (exit.node, exit.millis.saturating_add(beside)));
        Joined { edge: at.edge, along_mm: at.along_mm, beside, ends }
    }

    /// Milliseconds between two places on the same street, along it.
    #[must_use]
    pub fn direct(&self, one: &Joined, other: &Joined) -> Option<u32> {
        let along = || self.along(one.edge, one.along_mm.abs_diff(other.along_mm));
        (one.edge == other.edge).then(|| along().saturating_add(one.beside).saturating_add(other.beside))
    }
}
