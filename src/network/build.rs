//! From an extract to a network.

use super::contract::contract;
use super::crossing::Protection;
use super::gather::{Gathered, gather};
use super::graph::{Incoherent, Network, NodeIndex, segment_mm};
use super::segments::{Kept, Segments, Within, roads};
use crate::osm::{Extract, OsmError};
use crate::text::Words;
use serde::Serialize;
use std::path::PathBuf;

/// A crossing that is drawn within so many metres along the road protects those who cross at a junction: mappers put the
/// zebra or the lights beside the junction, where people cross, and not onto it.
const BESIDE_MM: u32 = 25_000;

/// Why there is no network.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The extract can't be read.
    #[error(transparent)]
    Osm(#[from] OsmError),
    /// There is nothing to walk on.
    #[error("{}: no way in it can be walked; wanted streets or paths (highway=…) with their nodes", file.display())]
    NoWays {
        /// Which file.
        file: PathBuf,
    },
    /// There is, but not where it is wanted.
    #[error("{}: no way in it that can be walked lies in the region of --clip", file.display())]
    Outside {
        /// Which file.
        file: PathBuf,
    },
    /// Something that should never happen.
    #[error(transparent)]
    Incoherent(#[from] Incoherent),
}

impl BuildError {
    /// The same sentence in both languages.
    #[must_use]
    pub fn words(&self) -> Words {
        let zh = match self {
            Self::Osm(error) => error.zh(),
            Self::NoWays { file } => format!("{}:其中没有可步行的道路", file.display()),
            Self::Outside { file } => format!("{}:在 --clip 的范围内没有可步行的道路", file.display()),
            Self::Incoherent(_) => "步行网络内部不一致".to_owned(),
        };
        Words::new(zh, self.to_string())
    }
}

/// What a network holds and what was left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BuildReport {
    /// Junctions.
    pub nodes: usize,
    /// Streets.
    pub edges: usize,
    /// Kilometres of streets.
    pub km: f64,
    /// Parts that hang together within themselves and with nothing else.
    pub components: usize,
    /// The share of all kept kilometres in the largest part.
    pub largest_share: f64,
    /// Parts that were too small and left out.
    pub dropped_components: usize,
    /// Nodes of these.
    pub dropped_nodes: usize,
    /// Metres of these.
    pub dropped_m: f64,
    /// Places where a smaller way meets a road of rank tertiary or above, by protection.
    pub crossings: CrossingCounts,
    /// Bytes in memory.
    pub bytes: usize,
}

/// Crossings by protection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CrossingCounts {
    /// Traffic lights.
    pub signals: usize,
    /// A zebra or another marking.
    pub marked: usize,
    /// Known, without paint.
    pub unmarked: usize,
    /// Nothing on the map.
    pub none: usize,
}

/// A network with the account of how it came to be.
#[derive(Debug)]
pub struct Built {
    /// The network.
    pub network: Network,
    /// The account.
    pub report: BuildReport,
}

/// Builds the network of an extract, or of the part of it that `within` accepts. `progress` is told bytes read and in all.
pub fn build(
    extract: &Extract,
    within: Option<Within<'_>>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Built, BuildError> {
    let gathered = gather(extract, progress)?;
    let mut segments = Segments::cut(&gathered, within);
    if segments.all.iter().all(|segment| segment.mm == 0) {
        let file = extract.file().to_owned();
        let elsewhere = within.is_some() && gathered.ways().any(|(way, _)| way.about.walked.is_some());
        return Err(if elsewhere { BuildError::Outside { file } } else { BuildError::NoWays { file } });
    }
    let kept = segments.keep_large();
    let roads = roads(&gathered);
    let protections = protections(&gathered);
    let parts = contract(&segments, &roads, |node| protections[node as usize], &gathered.names);
    let network = Network::new(parts)?;
    let report = report(&network, kept);
    Ok(Built { network, report })
}

/// How those who cross at each node are protected: as the node says, else as a crossing says that is drawn beside it along
/// a road that is crossed.
fn protections(gathered: &Gathered) -> Vec<Protection> {
    let own = |node: u32| gathered.nodes[node as usize].protection;
    let mut found: Vec<Protection> =
        gathered.nodes.iter().map(|node| node.protection.unwrap_or(Protection::None)).collect();
    for (_, refs) in gathered.ways().filter(|(way, _)| way.about.rank > super::graph::Rank::Minor) {
        for (place, node) in refs.iter().enumerate().filter(|(_, node)| own(**node).is_none()) {
            let ahead = beside(gathered, *node, refs[place + 1..].iter());
            let behind = beside(gathered, *node, refs[..place].iter().rev());
            let best = &mut found[*node as usize];
            *best = ahead.max(behind).unwrap_or(Protection::None).max(*best);
        }
    }
    found
}

/// The best crossing that is drawn beside a node, going along a road one way.
fn beside<'r>(gathered: &Gathered, from: u32, along: impl Iterator<Item = &'r u32>) -> Option<Protection> {
    let (mut last, mut mm, mut best) = (gathered.positions[from as usize]?, 0_u32, None);
    for node in along {
        let at = gathered.positions[*node as usize]?;
        mm = mm.saturating_add(segment_mm(last, at));
        if mm > BESIDE_MM {
            break;
        }
        best = best.max(gathered.nodes[*node as usize].protection);
        last = at;
    }
    best
}

fn report(network: &Network, kept: Kept) -> BuildReport {
    let mut crossings = CrossingCounts::default();
    for crossing in (0..network.node_count() as NodeIndex).filter_map(|node| network.crossing(node)) {
        *(match crossing.protection {
            Protection::Signals => &mut crossings.signals,
            Protection::Marked => &mut crossings.marked,
            Protection::Unmarked => &mut crossings.unmarked,
            Protection::None => &mut crossings.none,
        }) += 1;
    }
    let mm: u64 = network.edges().iter().map(|edge| u64::from(edge.length_mm)).sum();
    BuildReport {
        nodes: network.node_count(),
        edges: network.edges().len(),
        km: (mm as f64 / 1e6 * 10.0).round() / 10.0,
        components: kept.components,
        largest_share: (kept.largest_mm as f64 / mm.max(1) as f64 * 1e4).round() / 1e4,
        dropped_components: kept.dropped,
        dropped_nodes: kept.dropped_nodes,
        dropped_m: (kept.dropped_mm as f64 / 1e3).round(),
        crossings,
        bytes: network.bytes(),
    }
}
