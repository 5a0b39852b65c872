//! The nearest sites of every junction and cell, amended as sites come and go.

use super::demand::Demand;
use crate::geo::LonLat;
use crate::network::{EdgeIndex, Joined, Label, Nearest, NodeIndex, SNAP_LIMIT_M, Start, Walk, keep};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Cells of which fewer are gone through by one thread.
const WORTH_TWO_THREADS: usize = 4_096;

/// Sites of which fewer are joined to the streets by one thread.
const WORTH_TWO_SNAPPING: usize = 256;

/// Nearest sites for a walker.
///
/// At first only the nearest is known, which answers most questions in half the time; [`Coverage::complete`] adds the
/// second-nearest, and both are kept right from then on.
#[derive(Debug)]
pub struct Coverage {
    walk: Arc<Walk>,
    demand: Arc<Demand>,
    sites: BTreeMap<u32, Joined>,
    unsnapped: BTreeSet<u32>,
    on_edge: OnEdge,
    nodes: Table,
    cells: Vec<[Label; 2]>,
}

/// The labels of junctions.
#[derive(Debug)]
pub(super) enum Table {
    One(Nearest<1>),
    Two(Nearest<2>),
}

impl Table {
    fn at(&self, node: NodeIndex) -> &[Label] {
        match self {
            Self::One(nearest) => nearest.at(node),
            Self::Two(nearest) => nearest.at(node),
        }
    }

    fn add(&mut self, walk: &Walk, start: Start) -> &[NodeIndex] {
        match self {
            Self::One(nearest) => nearest.add(walk, start),
            Self::Two(nearest) => nearest.add(walk, start),
        }
    }

    fn remove(&mut self, walk: &Walk, start: Start) -> &[NodeIndex] {
        match self {
            Self::One(nearest) => nearest.remove(walk, start),
            Self::Two(nearest) => nearest.remove(walk, start),
        }
    }
}

impl Coverage {
    /// The coverage of `sites`, each with a number of its own. A site that is farther than the snapping limit from every
    /// street is kept among the [`Coverage::unsnapped`] and serves nobody.
    #[must_use]
    pub fn build(walk: Arc<Walk>, demand: Arc<Demand>, sites: &[(u32, LonLat)], threads: usize) -> Self {
        let snapped = |(id, at): &(u32, LonLat)| (*id, walk.snap(*at, SNAP_LIMIT_M).map(|at| walk.join(&at)));
        let placed: Vec<(u32, Option<Joined>)> = if threads > 1 && sites.len() >= WORTH_TWO_SNAPPING {
            sites.par_iter().map(snapped).collect()
        } else {
            sites.iter().map(snapped).collect()
        };
        let unsnapped = placed.iter().filter(|(_, joined)| joined.is_none()).map(|(id, _)| *id).collect();
        let sites: BTreeMap<u32, Joined> = placed.iter().filter_map(|(id, joined)| Some((*id, (*joined)?))).collect();
        let mut on_edge = OnEdge::new(walk.network().edges().len());
        for (id, joined) in &sites {
            on_edge.put(joined.edge, *id);
        }
        let nodes = Table::One(Nearest::build(&walk, sites.iter().map(start), threads));
        let mut coverage = Self { walk, demand, sites, unsnapped, on_edge, nodes, cells: Vec::new() };
        coverage.cells = coverage.all_cells(threads);
        coverage
    }

    /// Adds the second-nearest sites.
    pub fn complete(&mut self, threads: usize) {
        if matches!(self.nodes, Table::One(_)) {
            self.nodes = Table::Two(Nearest::build(&self.walk, self.sites.iter().map(start), threads));
            self.cells = self.all_cells(threads);
        }
    }

    /// Whether second-nearest sites are known.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.nodes, Table::Two(_))
    }

    fn all_cells(&self, threads: usize) -> Vec<[Label; 2]> {
        let cells = 0..self.demand.len();
        if threads > 1 && cells.len() >= WORTH_TWO_THREADS {
            cells.into_par_iter().map(|cell| self.of_cell(cell)).collect()
        } else {
            cells.map(|cell| self.of_cell(cell)).collect()
        }
    }

    fn of_cell(&self, cell: usize) -> [Label; 2] {
        self.demand.joined(cell).map_or([Label::NONE; 2], |joined| self.from(joined))
    }

    /// The nearest and, where it is known, the second-nearest site of a place that is joined to the streets.
    #[must_use]
    pub fn from(&self, place: &Joined) -> [Label; 2] {
        let two = nearest_of(&self.walk, place, |node| self.nodes.at(node), self.along(place.edge));
        // from the nearest alone the second can't be known
        if self.is_complete() { two } else { [two[0], Label::NONE] }
    }

    /// The sites on a street.
    pub(super) fn along(&self, edge: EdgeIndex) -> impl Iterator<Item = (u32, &Joined)> {
        self.on_edge.at(edge).iter().filter_map(|id| Some((*id, self.sites.get(id)?)))
    }

    /// The sites whose own street ends at a junction.
    pub(super) fn begin_at(&self, node: NodeIndex) -> Vec<u32> {
        match &self.nodes {
            Table::One(nearest) => nearest.begin_at(node).collect(),
            Table::Two(nearest) => nearest.begin_at(node).collect(),
        }
    }

    /// The labels of junctions.
    pub(super) fn table(&self) -> &Table {
        &self.nodes
    }

    /// The nearest and, where it is known, the second-nearest site of any place that has a street within the snapping limit.
    #[must_use]
    pub fn here(&self, at: LonLat) -> Option<[Label; 2]> {
        let snapped = self.walk.snap(at, SNAP_LIMIT_M)?;
        Some(self.from(&self.walk.join(&snapped)))
    }

    /// Puts a site in, or moves it. Cost grows with the region that it serves, not with the network.
    pub fn put(&mut self, id: u32, at: LonLat) {
        self.remove(id);
        let Some(snapped) = self.walk.snap(at, SNAP_LIMIT_M) else {
            self.unsnapped.insert(id);
            return;
        };
        let joined = self.walk.join(&snapped);
        self.sites.insert(id, joined);
        self.on_edge.put(joined.edge, id);
        let changed = self.nodes.add(&self.walk, start((&id, &joined)));
        let cells = touched(&self.demand, changed, &joined);
        self.refresh(&cells);
    }

    /// Takes a site out. Cost grows with the region that it served, not with the network.
    pub fn remove(&mut self, id: u32) {
        self.unsnapped.remove(&id);
        let Some(joined) = self.sites.remove(&id) else { return };
        self.on_edge.remove(joined.edge, id);
        let changed = self.nodes.remove(&self.walk, start((&id, &joined)));
        let cells = touched(&self.demand, changed, &joined);
        self.refresh(&cells);
    }

    fn refresh(&mut self, cells: &[u32]) {
        for cell in cells {
            self.cells[*cell as usize] = self.of_cell(*cell as usize);
        }
    }

    /// The nearest site of each cell, and the second-nearest where it is known; times include the way to the street.
    #[must_use]
    pub fn cells(&self) -> &[[Label; 2]] {
        &self.cells
    }

    /// The nearest site of a junction.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> Label {
        self.nodes.at(node)[0]
    }

    /// Milliseconds from each cell to its nearest site; `u32::MAX` where there is no way to any.
    #[must_use]
    pub fn millis(&self) -> Vec<u32> {
        self.cells.iter().map(|[first, _]| first.millis()).collect()
    }

    /// The sites that are joined to the streets, by number.
    #[must_use]
    pub fn sites(&self) -> &BTreeMap<u32, Joined> {
        &self.sites
    }

    /// The sites that no street is near.
    #[must_use]
    pub fn unsnapped(&self) -> &BTreeSet<u32> {
        &self.unsnapped
    }

    /// Bytes held beside the walk and the cells.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let nodes = match &self.nodes {
            Table::One(nearest) => nearest.bytes(),
            Table::Two(nearest) => nearest.bytes(),
        };
        nodes + self.cells.len() * size_of::<[Label; 2]>() + self.on_edge.bits.len() * 8
    }

    /// The streets as the walker sees them.
    #[must_use]
    pub fn walk(&self) -> &Arc<Walk> {
        &self.walk
    }

    /// The cells.
    #[must_use]
    pub fn demand(&self) -> &Arc<Demand> {
        &self.demand
    }
}

/// The two nearest sites of a place: by way of the junctions at the ends of its street, or along it.
pub(super) fn nearest_of<'n>(
    walk: &Walk,
    place: &Joined,
    labels: impl Fn(NodeIndex) -> &'n [Label],
    beside: impl Iterator<Item = (u32, &'n Joined)>,
) -> [Label; 2] {
    let mut two = [Label::NONE; 2];
    for (node, millis) in place.ends {
        for label in labels(node) {
            keep(&mut two, label.after(millis));
        }
    }
    for (id, site) in beside {
        if let Some(millis) = walk.direct(place, site) {
            keep(&mut two, Label::new(millis, id));
        }
    }
    two
}

/// Sites by street, with a bit for each street, since nearly all have none and every cell asks for its own.
#[derive(Debug)]
struct OnEdge {
    bits: Vec<u64>,
    sites: HashMap<EdgeIndex, Vec<u32>>,
}

impl OnEdge {
    fn new(edges: usize) -> Self {
        Self { bits: vec![0; edges.div_ceil(64)], sites: HashMap::new() }
    }

    fn at(&self, edge: EdgeIndex) -> &[u32] {
        if self.bits[edge as usize / 64] >> (edge % 64) & 1 == 0 {
            return &[];
        }
        self.sites.get(&edge).map_or(&[], Vec::as_slice)
    }

    fn put(&mut self, edge: EdgeIndex, id: u32) {
        self.bits[edge as usize / 64] |= 1 << (edge % 64);
        self.sites.entry(edge).or_default().push(id);
    }

    fn remove(&mut self, edge: EdgeIndex, id: u32) {
        let Some(ids) = self.sites.get_mut(&edge) else { return };
        ids.retain(|other| *other != id);
        if ids.is_empty() {
            self.sites.remove(&edge);
            self.bits[edge as usize / 64] &= !(1 << (edge % 64));
        }
    }
}

fn start((id, joined): (&u32, &Joined)) -> Start {
    (*id, joined.ends)
}

/// The cells whose nearest sites may have changed, each once.
fn touched(demand: &Demand, changed: &[NodeIndex], site: &Joined) -> Vec<u32> {
    let mut cells: Vec<u32> = changed.iter().flat_map(|node| demand.at(*node)).copied().collect();
    cells.extend(demand.beside(site));
    cells.sort_unstable();
    cells.dedup();
    cells
}

#[cfg(test)]
pub(super) mod tests;
