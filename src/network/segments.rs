//! Ways cut into the pieces between two neighbouring nodes, and what hangs together of them.

use super::gather::{Gathered, Way};
use super::graph::{Rank, Traits, segment_mm};
use crate::geo::LonLat;
use rayon::prelude::ParallelSliceMut;

/// Whether a position belongs to the region that is wanted.
pub type Within<'a> = &'a dyn Fn(LonLat) -> bool;

/// A part of the streets that hangs together with nothing else is kept from so many metres on …
const KEPT_FROM_MM: u64 = 1_000_000;
/// … or from this part of all streets on, where that is less.
const KEPT_SHARE: u64 = 100;

/// A piece of a way between two neighbouring nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Segment {
    pub a: u32,
    pub b: u32,
    pub traits: Traits,
    pub name: u32,
    pub mm: u32,
}

/// All pieces, and where their nodes are.
#[derive(Debug, Default)]
pub(super) struct Segments {
    pub all: Vec<Segment>,
    pub positions: Vec<Option<[i32; 2]>>,
    /// The original node of a place behind a wall, so that what holds for the one holds for the other.
    copies: Vec<u32>,
}

/// What was kept and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub components: usize,
    pub dropped: usize,
    pub dropped_nodes: usize,
    pub dropped_mm: u64,
    pub largest_mm: u64,
}

/// The larger of the roads through each node, by node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RoadHere {
    pub rank: Rank,
    pub oneway: bool,
}

/// The largest road through each node.
pub(super) fn roads(gathered: &Gathered) -> Vec<RoadHere> {
    let mut roads = vec![RoadHere::default(); gathered.positions.len()];
    for (way, refs) in gathered.ways() {
        let Way { about, .. } = way;
        for node in refs {
            let here = &mut roads[*node as usize];
            if about.rank > here.rank {
                *here = RoadHere { rank: about.rank, oneway: about.oneway };
            } else if about.rank == here.rank {
                here.oneway &= about.oneway;
            }
        }
    }
    roads
}

/// The nodes that nobody passes: closed barriers, and motorways met at grade where no crossing is drawn.
fn closed(gathered: &Gathered) -> Vec<bool> {
    let mut motorways = vec![0_u8; gathered.positions.len()];
    for (_, refs) in gathered.ways().filter(|(way, _)| way.about.motorway) {
        for (place, node) in refs.iter().enumerate() {
            // an end may be where the motorway becomes a road
            let inside = place > 0 && place + 1 < refs.len();
            motorways[*node as usize] = motorways[*node as usize].saturating_add(if inside { 2 } else { 1 });
        }
    }
    let shut = |(node, met): (&super::access::NodeUse, &u8)| node.closed || (*met >= 2 && node.protection.is_none());
    gathered.nodes.iter().zip(&motorways).map(shut).collect()
}

impl Segments {
    /// Cuts the ways that may be walked; a piece is wanted when one of its ends is.
    pub fn cut(gathered: &Gathered, within: Option<Within<'_>>) -> Self {
        let closed = closed(gathered);
        let wanted: Option<Vec<bool>> = within.map(|within| {
            gathered.positions.iter().map(|at| at.is_some_and(|at| within(LonLat::from_e7(at)))).collect()
        });
        let mut cut = Self { positions: gathered.positions.clone(), ..Self::default() };
        for (way, refs) in gathered.ways() {
            let Some(traits) = way.about.walked else { continue };
            for pair in refs.windows(2).filter(|pair| pair[0] != pair[1]) {
                let [from, to] = [pair[0], pair[1]];
                let (Some(here), Some(there)) = (gathered.positions[from as usize], gathered.positions[to as usize])
                else {
                    continue;
                };
                if wanted.as_ref().is_some_and(|wanted| !wanted[from as usize] && !wanted[to as usize]) {
                    continue;
                }
                let [a, b] = [(from, here), (to, there)]
                    .map(|(node, at)| if closed[node as usize] { cut.behind(node, at) } else { node });
                let mm = segment_mm(here, there);
                cut.all.push(Segment { a: a.min(b), b: a.max(b), traits, name: way.name, mm });
            }
        }
        // a street that is drawn twice is walked as the better of the two
        cut.all.par_sort_unstable();
        cut.all.dedup_by_key(|segment| (segment.a, segment.b));
        cut
    }

    /// A place at a closed node that belongs to one piece only: it may be reached but not passed.
    fn behind(&mut self, node: u32, at: [i32; 2]) -> u32 {
        self.positions.push(Some(at));
        self.copies.push(node);
        (self.positions.len() - 1) as u32
    }

    /// The node of the extract that `node` stands for.
    pub fn original(&self, node: u32) -> u32 {
        let own = self.positions.len() - self.copies.len();
        (node as usize).checked_sub(own).map_or(node, |copy| self.copies[copy])
    }

    /// Drops the small parts that hang together with nothing else.
    pub fn keep_large(&mut self) -> Kept {
        let mut union = Union::new(self.positions.len());
        for segment in &self.all {
            union.join(segment.a, segment.b);
        }
        let mut mm = vec![0_u64; self.positions.len()];
        for segment in &self.all {
            mm[union.root(segment.a) as usize] += u64::from(segment.mm);
        }
        let total: u64 = mm.iter().sum();
        let from = KEPT_FROM_MM.min(total / KEPT_SHARE).max(1);
        let mut kept = Kept { largest_mm: mm.iter().copied().max().unwrap_or(0), ..Kept::default() };
        let mut seen = vec![false; self.positions.len()];
        for node in self.all.iter().flat_map(|segment| [segment.a, segment.b]) {
            let root = union.root(node);
            let large = mm[root as usize] >= from;
            if !std::mem::replace(&mut seen[node as usize], true) {
                kept.dropped_nodes += usize::from(!large);
                if node == root {
                    *(if large { &mut kept.components } else { &mut kept.dropped }) += 1;
                    kept.dropped_mm += if large { 0 } else { mm[root as usize] };
                }
            }
        }
        self.all.retain(|segment| mm[union.root(segment.a) as usize] >= from);
        kept
    }
}

/// Which nodes hang together (union-find with path halving).
struct Union(Vec<u32>);

impl Union {
    fn new(nodes: usize) -> Self {
        Self((0..nodes as u32).collect())
    }

    fn root(&mut self, mut node: u32) -> u32 {
        while self.0[node as usize] != node {
            let above = self.0[self.0[node as usize] as usize];
            self.0[node as usize] = above;
            node = above;
        }
        node
    }

    /// The smaller root stays, so that nothing depends on the order.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
