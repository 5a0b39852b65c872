//! Which cells one place reaches.

use super::demand::Demand;
use crate::network::{Joined, Reguarded, Search, Walk};
use std::collections::HashMap;

/// The cells that a place reaches within a limit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reach {
    /// Cells and milliseconds, by cell.
    pub cells: Vec<(u32, u32)>,
}

impl Reach {
    /// How many children there are within, `children` being those of each cell.
    #[must_use]
    pub fn children(&self, children: &[u32]) -> u64 {
        self.cells.iter().map(|(cell, _)| u64::from(children[*cell as usize])).sum()
    }
}

/// The cells within `limit` milliseconds of a place, exactly. `search` is left with the junctions within.
#[must_use]
pub fn reach(walk: &Walk, demand: &Demand, place: &Joined, limit: u32, search: &mut Search) -> Reach {
    reach_by(&Reguarded::as_it_is(walk), demand, place, limit, search)
}

/// The same while other crossings are guarded; `place` and cells are joined as the walk was made.
#[must_use]
pub fn reach_by(streets: &Reguarded<'_>, demand: &Demand, place: &Joined, limit: u32, search: &mut Search) -> Reach {
    let place = &streets.rejoin(place);
    streets.spread(search, &place.ends, limit);
    let mut best: HashMap<u32, u32> = HashMap::new();
    let mut offer = |cell: u32, millis: u32| {
        if millis <= limit {
            let known = best.entry(cell).or_insert(millis);
            *known = millis.min(*known);
        }
    };
    for node in search.reached() {
        let Some(there) = search.millis(*node) else { continue };
        for cell in demand.at(*node) {
            let ends = demand.joined(*cell as usize).into_iter().flat_map(|joined| streets.rejoin(joined).ends);
            ends.filter(|(end, _)| end == node).for_each(|(_, more)| offer(*cell, there.saturating_add(more)));
        }
    }
    for cell in demand.beside(place) {
        if let Some(direct) = demand.joined(cell as usize).and_then(|joined| streets.before().direct(place, joined)) {
            offer(cell, direct);
        }
    }
    let mut cells: Vec<(u32, u32)> = best.into_iter().collect();
    cells.sort_unstable();
    Reach { cells }
}
