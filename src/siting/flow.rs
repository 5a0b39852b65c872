//! Who is served by whom when sites have only so much room: the largest flow from sites to children.
//!
//! A site that is added serves children who are left, and others whom it takes over from sites that then have room for
//! somebody else (augmenting paths: Ford and Fulkerson, Canadian Journal of Mathematics 8 (1956) 399). Whoever was served
//! stays served, so that what is there need not be looked at again.

use super::problem::Siting;
use std::collections::VecDeque;

/// Everybody: more than all children there could be.
pub(super) const ROOM_FOR_ALL: i64 = i64::MAX / 4;

/// A site that serves.
#[derive(Debug, Clone)]
struct Open<'p> {
    cells: &'p [u32],
    /// Children of each of its cells whom it serves.
    served: Vec<i64>,
    room: i64,
}

/// How children are served.
#[derive(Debug, Clone)]
pub(super) struct Serving<'p> {
    /// Children of each cell whom nobody serves.
    left: Vec<i64>,
    sites: Vec<Open<'p>>,
    /// The sites that reach each cell, with the place of the cell among theirs.
    by_cell: Vec<Vec<(u32, u32)>>,
    /// All who are served.
    pub total: i64,
    /// Cells that were looked at.
    pub work: u64,
    journal: Vec<(u32, u32, i64)>,
}

impl<'p> Serving<'p> {
    /// Nobody is served yet.
    pub fn new(children: &[i64]) -> Self {
        let by_cell = vec![Vec::new(); children.len()];
        Self { left: children.to_vec(), sites: Vec::new(), by_cell, total: 0, work: 0, journal: Vec::new() }
    }

    /// Opens a site; the children who are served in addition.
    pub fn open(&mut self, cells: &'p [u32], room: i64) -> i64 {
        let site = self.sites.len() as u32;
        for (place, cell) in (0..).zip(cells) {
            self.by_cell[*cell as usize].push((site, place));
        }
        self.sites.push(Open { cells, served: vec![0; cells.len()], room });
        self.journal.clear();
        let before = self.total;
        self.take_those_left(site);
        while self.sites[site as usize].room > 0 && self.take_over(site) {}
        self.total - before
    }

    /// What opening a site would bring.
    pub fn gain(&mut self, cells: &'p [u32], room: i64) -> i64 {
        let gain = self.open(cells, room);
        for (site, place, more) in std::mem::take(&mut self.journal).into_iter().rev() {
            self.serve(site, place, -more);
        }
        self.journal.clear();
        for cell in cells {
            self.by_cell[*cell as usize].pop();
        }
        self.sites.pop();
        gain
    }

    /// Children of each cell whom the site that was opened as the given one serves.
    pub fn served_by(&self, site: usize) -> impl Iterator<Item = (u32, i64)> {
        self.sites[site].cells.iter().copied().zip(self.sites[site].served.iter().copied())
    }

    fn serve(&mut self, site: u32, place: u32, more: i64) {
        let open = &mut self.sites[site as usize];
        open.served[place as usize] += more;
        open.room -= more;
        self.left[open.cells[place as usize] as usize] -= more;
        self.total += more;
        self.journal.push((site, place, more));
    }

    fn take_those_left(&mut self, site: u32) {
        for place in 0..self.sites[site as usize].cells.len() as u32 {
            let open = &self.sites[site as usize];
            let more = self.left[open.cells[place as usize] as usize].min(open.room);
            self.work += 1;
            if more > 0 {
                self.serve(site, place, more);
            }
        }
    }

    /// Looks for a chain of sites, each taking over children from the next, that ends at children who are left.
    fn take_over(&mut self, from: u32) -> bool {
        let nobody = (u32::MAX, 0);
        let mut came: Vec<(u32, u32)> = vec![nobody; self.left.len()];
        // where a site gives somebody up: the place among its cells
        let mut gives: Vec<Option<u32>> = vec![None; self.sites.len()];
        let mut queue = VecDeque::from([from]);
        while let Some(site) = queue.pop_front() {
            let cells = self.sites[site as usize].cells;
            for (place, cell) in (0..).zip(cells) {
                self.work += 1;
                if came[*cell as usize] != nobody {
                    continue;
                }
                came[*cell as usize] = (site, place);
                if self.left[*cell as usize] > 0 {
                    self.shift(from, *cell, &came, &gives);
                    return true;
                }
                for (other, there) in &self.by_cell[*cell as usize] {
                    let unseen = *other != from && gives[*other as usize].is_none();
                    if unseen && self.sites[*other as usize].served[*there as usize] > 0 {
                        gives[*other as usize] = Some(*there);
                        queue.push_back(*other);
                    }
                }
            }
        }
        false
    }

    /// Serves as many along a chain as all of it allows.
    fn shift(&mut self, from: u32, end: u32, came: &[(u32, u32)], gives: &[Option<u32>]) {
        let mut chain = Vec::new();
        let mut cell = end;
        let mut most = self.left[end as usize].min(self.sites[from as usize].room);
        loop {
            let (site, place) = came[cell as usize];
            chain.push((site, place, gives[site as usize]));
            let Some(given) = gives[site as usize] else { break };
            let open = &self.sites[site as usize];
            most = most.min(open.served[given as usize]);
            cell = open.cells[given as usize];
        }
        for (site, place, given) in chain {
            if let Some(given) = given {
                self.serve(site, given, -most);
            }
            self.serve(site, place, most);
        }
    }
}

/// The room of a site.
pub(super) fn room(capacity: Option<u64>) -> i64 {
    capacity.map_or(ROOM_FOR_ALL, |room| i64::try_from(room).unwrap_or(ROOM_FOR_ALL).min(ROOM_FOR_ALL))
}

/// Whom the standing sites and some candidates serve within `limit`, at most; the standing sites are opened first.
pub(super) fn most_served(problem: &Siting, limit: u32, chosen: &[usize]) -> u64 {
    let sites = reaches(problem, limit, chosen);
    let mut serving = Serving::new(&signed(&problem.children));
    for (cells, room) in &sites {
        serving.open(cells, *room);
    }
    serving.total as u64
}

/// The cells within `limit` and the room of the standing sites, then of some candidates.
pub(super) fn reaches(problem: &Siting, limit: u32, chosen: &[usize]) -> Vec<(Vec<u32>, i64)> {
    let within = |reach: &[(u32, u32)]| -> Vec<u32> {
        reach.iter().filter(|(_, time)| *time <= limit).map(|(cell, _)| *cell).collect()
    };
    let standing = problem.standing.iter().map(|site| (within(&site.reach), room(site.capacity)));
    let new = chosen.iter().map(|it| (within(&problem.reach[*it]), room(problem.candidates[*it].capacity)));
    standing.chain(new).collect()
}

pub(super) fn signed(children: &[u64]) -> Vec<i64> {
    children.iter().map(|count| *count as i64).collect()
}
