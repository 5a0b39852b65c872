//! Places where a site could be: every junction of streets that are walked.

use super::covering::Covering;
use crate::coverage::{Demand, reach};
use crate::geo::LonLat;
use crate::network::{NodeIndex, SNAP_LIMIT_M, Search, Walk};
use rayon::prelude::*;

/// A place where a site could be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The junction.
    pub node: NodeIndex,
    /// Where it is.
    pub at: LonLat,
}

/// Every junction from which somebody is reached within `limit` milliseconds, and the covering problem of all of them over
/// `weights`, the children of each cell who are not covered yet. A site that is put there covers just those cells.
#[must_use]
pub fn junctions(walk: &Walk, demand: &Demand, weights: Vec<u64>, limit: u32) -> (Vec<Candidate>, Covering) {
    let network = walk.network();
    let cells = |search: &mut Search, node: NodeIndex| {
        let at = network.node(node);
        let place = walk.join(&walk.snap(at, SNAP_LIMIT_M)?);
        let found = reach(walk, demand, &place, limit, search).cells.into_iter().map(|(cell, _)| cell);
        let wanted: Vec<u32> = found.filter(|cell| weights[*cell as usize] > 0).collect();
        (!wanted.is_empty()).then_some((Candidate { node, at }, wanted))
    };
    let found: Vec<(Candidate, Vec<u32>)> =
        (0..network.node_count() as NodeIndex).into_par_iter().map_init(Search::default, cells).flatten().collect();
    let (candidates, covers) = found.into_iter().unzip();
    (candidates, Covering { weights, covers })
}
