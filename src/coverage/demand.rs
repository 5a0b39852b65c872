//! The children's cells, joined to the streets as one walker sees them.

use crate::children::Children;
use crate::network::{Joined, NodeIndex, SNAP_LIMIT_M, Snapped, Walk};
use rayon::prelude::*;

/// Each cell's nearest point on a street, the same for all walkers that can use the same streets.
pub type Snaps = Vec<Option<Snapped>>;

/// Cells joined to the streets. Some 44 bytes a cell and 4 a junction.
#[derive(Debug)]
pub struct Demand {
    joined: Vec<Option<Joined>>,
    /// Cells whose street ends at a junction: `first[v]..first[v + 1]` of `cells`.
    first: Vec<u32>,
    cells: Vec<u32>,
}

impl Demand {
    /// Looks for each cell's street.
    #[must_use]
    pub fn snap(walk: &Walk, children: &Children) -> Snaps {
        (0..children.len()).into_par_iter().map(|cell| walk.snap(children.at(cell), SNAP_LIMIT_M)).collect()
    }

    /// Joins cells to the streets where they were found to meet them.
    #[must_use]
    pub fn join(walk: &Walk, snaps: &Snaps) -> Self {
        let joined: Vec<Option<Joined>> = snaps.iter().map(|snap| snap.as_ref().map(|at| walk.join(at))).collect();
        let mut first = vec![0_u32; walk.network().node_count() + 1];
        let ends = |joined: &Joined| {
            let [(a, _), (b, _)] = joined.ends;
            // a street that ends where it begins has one end
            [Some(a), (a != b).then_some(b)].into_iter().flatten()
        };
        for node in joined.iter().flatten().flat_map(ends) {
            first[node as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        let mut next = first.clone();
        let mut cells = vec![0; first.last().copied().unwrap_or(0) as usize];
        for (cell, joined) in (0_u32..).zip(&joined) {
            for node in joined.iter().flat_map(ends) {
                cells[next[node as usize] as usize] = cell;
                next[node as usize] += 1;
            }
        }
        Self { joined, first, cells }
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.joined.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }

    /// How a cell meets the streets; nothing where no street is near.
    #[must_use]
    pub fn joined(&self, cell: usize) -> Option<&Joined> {
        self.joined[cell].as_ref()
    }

    /// The cells whose street ends at a junction.
    #[must_use]
    pub fn at(&self, node: NodeIndex) -> &[u32] {
        &self.cells[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    /// The cells on the street of a place.
    pub fn beside<'d>(&'d self, place: &Joined) -> impl Iterator<Item = u32> + 'd {
        let (edge, [(end, _), _]) = (place.edge, place.ends);
        self.at(end).iter().copied().filter(move |cell| self.joined[*cell as usize].is_some_and(|it| it.edge == edge))
    }
}
