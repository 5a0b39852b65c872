//! A coverage as it would be after a change that is only thought of.
//!
//! Nothing that is kept is touched: junctions' labels are laid over those that are kept, cells are worked out from them
//! when they are asked for. What it costs grows with what the change touches. The work is that of the kept coverage, so the
//! answer is the one that a coverage built with the change would give, to the millisecond.

use super::demand::Demand;
use super::state::{Coverage, Table, nearest_of};
use crate::network::{self, Joined, Label, Moved, NodeIndex, Reguarded};
use std::collections::{BTreeMap, BTreeSet};

/// A change in the making, over a coverage.
#[derive(Debug)]
pub struct Trial<'c> {
    coverage: &'c Coverage,
    streets: Reguarded<'c>,
    nodes: Laid<'c>,
    /// Sites that are not where the coverage has them; nothing: gone.
    sites: BTreeMap<u32, Option<Joined>>,
    /// Streets on which sites came and went.
    along: Vec<Joined>,
}

#[derive(Debug)]
enum Laid<'c> {
    One(network::Trial<'c, 1>),
    Two(network::Trial<'c, 2>),
}

/// A cell or junction whose nearest sites change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub index: u32,
    /// The nearest site today.
    pub before: Label,
    /// The nearest site after the change.
    pub after: Label,
}

impl<'c> Trial<'c> {
    /// Begins with the crossings that are guarded then; `streets` is made from the coverage's walk.
    #[must_use]
    pub fn new(coverage: &'c Coverage, streets: Reguarded<'c>) -> Self {
        let sites: BTreeMap<u32, Option<Joined>> = rejoined(coverage, &streets);
        let moved: Vec<Moved> = sites
            .iter()
            .filter_map(|(id, now)| {
                Some(Moved { place: *id, before: coverage.sites().get(id)?.ends, after: now.as_ref()?.ends })
            })
            .collect();
        let nodes = match coverage.table() {
            Table::One(nearest) => Laid::One(network::Trial::new(nearest, &streets, &moved)),
            Table::Two(nearest) => Laid::Two(network::Trial::new(nearest, &streets, &moved)),
        };
        Self { coverage, streets, nodes, sites, along: Vec::new() }
    }

    /// The streets as they are walked after the change.
    #[must_use]
    pub fn streets(&self) -> &Reguarded<'c> {
        &self.streets
    }

    /// Adds a site that is joined to the coverage's walk, under a number that no other has.
    pub fn add(&mut self, id: u32, at: &Joined) {
        let at = self.streets.rejoin(at);
        let start = (id, at.ends);
        match &mut self.nodes {
            Laid::One(nodes) => nodes.add(&self.streets, start),
            Laid::Two(nodes) => nodes.add(&self.streets, start),
        }
        self.sites.insert(id, Some(at));
        self.along.push(at);
    }

    /// Takes a site out; one that is not there changes nothing.
    pub fn remove(&mut self, id: u32) {
        let Some(at) = self.site(id) else { return };
        let start = (id, at.ends);
        match &mut self.nodes {
            Laid::One(nodes) => nodes.remove(&self.streets, start),
            Laid::Two(nodes) => nodes.remove(&self.streets, start),
        }
        self.sites.insert(id, None);
        self.along.push(at);
    }

    /// Where a site meets the streets after the change.
    fn site(&self, id: u32) -> Option<Joined> {
        self.sites.get(&id).copied().unwrap_or_else(|| self.coverage.sites().get(&id).copied())
    }

    /// The nearest site of a junction and, where the coverage knows them, the second-nearest.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> &[Label] {
        match &self.nodes {
            Laid::One(nodes) => nodes.at(node),
            Laid::Two(nodes) => nodes.at(node),
        }
    }

    /// The nearest site of a cell and, where the coverage knows them, the second-nearest.
    #[must_use]
    pub fn cell(&self, cell: u32) -> [Label; 2] {
        let Some(joined) = self.coverage.demand().joined(cell as usize) else { return [Label::NONE; 2] };
        let place = self.streets.rejoin(joined);
        let stays = self.coverage.along(place.edge).filter(|(id, _)| !self.sites.contains_key(id));
        let others = self.sites.iter().filter_map(|(id, at)| Some((*id, at.as_ref()?)));
        let beside = stays.chain(others.filter(|(_, at)| at.edge == place.edge));
        let two = nearest_of(self.coverage.walk(), &place, |node| self.node(node), beside);
        if self.coverage.is_complete() { two } else { [two[0], Label::NONE] }
    }

    /// The junctions whose labels may have changed, each once.
    fn touched(&self) -> Vec<NodeIndex> {
        let touched = match &self.nodes {
            Laid::One(nodes) => nodes.touched(),
            Laid::Two(nodes) => nodes.touched(),
        };
        let mut nodes = touched.to_vec();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// The junctions whose nearest site changes, or the time to it, by number.
    #[must_use]
    pub fn changed_nodes(&self) -> Vec<Changed> {
        let all = self.touched().into_iter();
        all.map(|index| Changed { index, before: self.coverage.node(index), after: self.node(index)[0] })
            .filter(|changed| changed.before != changed.after)
            .collect()
    }

    /// The cells whose nearest site changes, or the time to it, by number.
    #[must_use]
    pub fn changed_cells(&self) -> Vec<Changed> {
        let demand: &Demand = self.coverage.demand();
        let nodes = self.touched().into_iter().chain(self.streets.nodes());
        let mut cells: Vec<u32> = nodes.flat_map(|node| demand.at(node)).copied().collect();
        cells.extend(self.along.iter().flat_map(|site| demand.beside(site)));
        cells.sort_unstable();
        cells.dedup();
        let kept = self.coverage.cells();
        cells
            .into_iter()
            .map(|index| Changed { index, before: kept[index as usize][0], after: self.cell(index)[0] })
            .filter(|changed| changed.before != changed.after)
            .collect()
    }
}

/// The sites whose own street ends at a crossing that is guarded otherwise, as they meet the streets then.
fn rejoined(coverage: &Coverage, streets: &Reguarded<'_>) -> BTreeMap<u32, Option<Joined>> {
    let ids: BTreeSet<u32> = streets.nodes().flat_map(|node| coverage.begin_at(node)).collect();
    let now = |id: u32| Some((id, Some(streets.rejoin(coverage.sites().get(&id)?))));
    ids.into_iter().filter_map(now).collect()
}

#[cfg(test)]
mod tests;
