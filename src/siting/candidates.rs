//! Places where a site could be, and whom each would reach.

use crate::children::Children;
use crate::coverage::{Demand, reach_by};
use crate::geo::{Indexed, LonLat, PointIndex};
use crate::network::{Joined, NodeIndex, Reguarded, SNAP_LIMIT_M, Search, Walk};
use rayon::prelude::*;

/// Metres, straight, within which somebody must live for a junction to be one of a residential part.
pub const RESIDENTIAL_M: f64 = 300.0;
/// Candidates and cells that may be within reach of each other, together: some 500 MB.
const MOST_PAIRS: usize = 60_000_000;
/// Places that are searched between two looks at whether to go on.
const BATCH: usize = 512;

/// The cells that a place reaches, by cell, with milliseconds.
pub type Reached = Vec<(u32, u32)>;

/// Why there are no times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReach {
    /// More pairs of a place and a cell than fit into memory.
    TooMany,
    /// Whoever asked does not want to know any more.
    Stopped,
}

/// The junctions of residential parts, joined to the streets: those with children, `counts` of each cell, near.
#[must_use]
pub fn junctions(walk: &Walk, children: &Children, counts: &[u32]) -> Vec<(LonLat, Joined)> {
    let home = |cell: u32| Indexed { key: cell, class: 0, at: children.at(cell as usize) };
    let homes: Vec<Indexed> =
        (0_u32..).zip(counts).filter(|(_, count)| **count > 0).map(|(cell, _)| home(cell)).collect();
    let homes = PointIndex::build(&homes);
    let network = walk.network();
    let residential = |node: NodeIndex| {
        let at = network.node(node);
        let near = !homes.nearest(at, None, 1, RESIDENTIAL_M, |_| true).is_empty();
        near.then(|| walk.snap(at, SNAP_LIMIT_M)).flatten().map(|snapped| (at, walk.join(&snapped)))
    };
    (0..network.node_count() as NodeIndex).into_par_iter().filter_map(residential).collect()
}

/// The cells that each place, joined as the walk was made, reaches within `limit` milliseconds and faster than `known` says
/// of the cell. `go_on` is told the share that is done, and asked.
pub fn reaches(
    streets: &Reguarded<'_>,
    demand: &Demand,
    places: &[Joined],
    limit: u32,
    known: &[u32],
    mut go_on: impl FnMut(f64) -> bool,
) -> Result<Vec<Reached>, NoReach> {
    let mut all: Vec<Reached> = Vec::with_capacity(places.len());
    let mut pairs = 0;
    for batch in places.chunks(BATCH) {
        if !go_on(all.len() as f64 / places.len() as f64) {
            return Err(NoReach::Stopped);
        }
        let found = batch.par_iter().map_init(Search::default, |search, place| {
            let mut cells = reach_by(streets, demand, place, limit, search).cells;
            cells.retain(|(cell, millis)| *millis < known[*cell as usize]);
            cells
        });
        all.par_extend(found);
        pairs += all[all.len() - batch.len()..].iter().map(Vec::len).sum::<usize>();
        if pairs > MOST_PAIRS {
            return Err(NoReach::TooMany);
        }
    }
    Ok(all)
}
