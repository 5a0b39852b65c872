//! `yimi import network`: the streets that can be walked and the map under them, from an `OpenStreetMap` extract.
//!
//! Network and base map come from the same file, so that no street is drawn that nobody walks on for want of an import.
//! Both are built and packed before the database is touched, and put to use in one transaction: whatever goes wrong before
//! leaves those in use in use.

use super::clip::Part;
use super::{Clip, ImportError, file_name};
use crate::area::AreaSet;
use crate::basemap::{BASEMAP, Counts, Wanted, gather};
use crate::geo::{Bounds, LonLat};
use crate::network::{BuildError, BuildReport, Built, EdgeIndex, Network, NodeIndex, build};
use crate::osm::Extract;
use crate::registry::{DatasetOutcome, NewDataset, Reason, record_dataset};
use crate::snapshot::stored_areas;
use crate::store::{Packed, Store};
use crate::text::Words;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The kind of dataset that a network is.
pub const NETWORK: &str = "network";
/// An area with fewer metres of streets than this is told as not covered.
const COVERED_FROM_MM: u64 = 1_000_000;

/// What an import of a network did.
#[derive(Debug, Serialize)]
pub struct NetworkReport {
    /// The file's name.
    pub file: String,
    /// Its number among the networks of this database.
    pub version: i64,
    /// Whether the same network was in use already.
    pub unchanged: bool,
    /// What it holds and what was left out.
    #[serde(flatten)]
    pub built: BuildReport,
    /// Bytes in the database.
    pub stored_bytes: usize,
    /// The base map that came with it.
    pub basemap: BaseMapReport,
    /// How far it covers the areas; nothing where there are none.
    pub areas: Option<AreasCovered>,
}

/// What an import did to the base map.
#[derive(Debug, Serialize)]
pub struct BaseMapReport {
    /// Its number among the base maps of this database.
    pub version: i64,
    /// Whether the same base map was in use already.
    pub unchanged: bool,
    /// What it holds.
    #[serde(flatten)]
    pub holds: Counts,
    /// Bytes in the database.
    pub stored_bytes: usize,
}

/// How many areas a network covers.
#[derive(Debug, Serialize)]
pub struct AreasCovered {
    /// With at least a kilometre of streets.
    pub covered: usize,
    /// In all.
    pub total: usize,
    /// The names of the others.
    pub without: Vec<Words>,
}

/// An import of a network.
#[derive(Debug)]
pub struct NetworkImport {
    /// The extract.
    pub file: PathBuf,
    /// The part of it that is wanted.
    pub clip: Option<Clip>,
    /// For the log.
    pub who: String,
}

/// Imports the walking network and the base map of an extract. `progress` is told bytes read and in all.
pub async fn import_network(
    store: &Store,
    import: NetworkImport,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<NetworkReport, ImportError> {
    let NetworkImport { file, clip, who } = import;
    let areas = stored_areas(store).await?;
    let part = clip.map(|clip| clip.part(&areas)).transpose()?;
    let name = file_name(&file);
    let work = move || build_both(&file, part.as_ref(), &areas, &progress);
    let both = tokio::task::spawn_blocking(work).await??;
    let (network_stats, base_stats) = (stats(&both.built)?, stats(&both.drawn)?);
    let reason = Reason { who, why: format!("import {name}") };
    let mut change = store.change().await?;
    let new = NewDataset { kind: NETWORK, source: &name, stats: &network_stats, packed: &both.network };
    let (version, unchanged) = recorded(record_dataset(&mut change, &new, &reason).await?);
    let new = NewDataset { kind: BASEMAP, source: &name, stats: &base_stats, packed: &both.base };
    let (base_version, base_unchanged) = recorded(record_dataset(&mut change, &new, &reason).await?);
    change.commit().await?;
    let basemap = BaseMapReport {
        version: base_version,
        unchanged: base_unchanged,
        holds: both.drawn,
        stored_bytes: both.base.stored_bytes(),
    };
    let stored_bytes = both.network.stored_bytes();
    Ok(NetworkReport { file: name, version, unchanged, built: both.built, stored_bytes, basemap, areas: both.covered })
}

/// What an extract gives, ready to be stored.
struct Both {
    built: BuildReport,
    covered: Option<AreasCovered>,
    network: Packed,
    drawn: Counts,
    base: Packed,
}

/// Reads the extract for the network, then for the base map; each is packed before the next is begun, so that memory holds
/// one of them.
fn build_both(
    file: &Path,
    part: Option<&Part>,
    areas: &AreaSet,
    progress: &impl Fn(u64, u64),
) -> Result<Both, ImportError> {
    let extract = Extract::open(file).map_err(BuildError::from)?;
    let test = part.map(|part| &*part.within as &dyn Fn(LonLat) -> bool);
    let Built { network, report: built } = build(&extract, test, &mut |done, total| progress(done / 2, total))?;
    let covered = covered(&network, areas);
    if let Some(AreasCovered { total, .. }) = covered
        && (0..network.node_count() as NodeIndex).all(|node| areas.find(network.node(node)).is_none())
    {
        return Err(elsewhere(&network, areas, total));
    }
    let bytes = network.to_bytes()?;
    drop(network);
    let network = Packed::of(&bytes).map_err(ImportError::Packing)?;
    drop(bytes);
    let wanted = part.map(|part| Wanted { within: &*part.within, probes: &part.probes });
    let map = gather(&extract, wanted.as_ref(), &mut |done, total| progress(total / 2 + done / 2, total))
        .map_err(BuildError::from)?;
    let drawn = map.counts();
    let base = Packed::of(&map.to_bytes()?).map_err(ImportError::Packing)?;
    Ok(Both { built, covered, network, drawn, base })
}

fn stats(counted: &impl Serialize) -> Result<String, ImportError> {
    serde_json::to_string(counted).map_err(|error| ImportError::Packing(error.into()))
}

fn recorded(outcome: DatasetOutcome) -> (i64, bool) {
    match outcome {
        DatasetOutcome::PutToUse(version) => (version, false),
        DatasetOutcome::Unchanged(version) => (version, true),
    }
}

/// A network that has nothing to do with the areas: somebody took the wrong extract.
fn elsewhere(network: &Network, areas: &AreaSet, total: usize) -> ImportError {
    let streets = (0..network.node_count() as NodeIndex).map(|node| network.node(node));
    let streets = streets.fold(None::<Bounds>, |bounds, at| {
        let mut bounds = bounds.unwrap_or_else(|| Bounds::around(at));
        bounds.extend(at);
        Some(bounds)
    });
    let told = |bounds: Option<Bounds>| {
        bounds.map_or_else(String::new, |b| format!("{:.3},{:.3},{:.3},{:.3}", b.west, b.south, b.east, b.north))
    };
    let (here, there) = (told(areas.bounds()), told(streets));
    ImportError::Unsaid(Words::new(
        format!(
            "文件中的道路在 {there},不在已导入的 {total} 个区划({here})内;应为包含这些区划的 OSM 数据。在用的步行网络未变"
        ),
        format!(
            "the streets of the file lie in {there}, outside all {total} areas ({here}); wanted an extract that holds these \
             areas. The network in use stays in use"
        ),
    ))
}

/// How many areas have streets. A street counts for the area in which it begins.
fn covered(network: &Network, areas: &AreaSet) -> Option<AreasCovered> {
    let total = areas.all().len();
    let mut mm = vec![0_u64; total];
    let home: Vec<_> = (0..network.node_count() as NodeIndex).map(|node| areas.find(network.node(node))).collect();
    for edge in (0..network.edges().len() as EdgeIndex).map(|edge| network.edge(edge)) {
        if let Some(area) = home[edge.a as usize] {
            mm[usize::from(area)] += u64::from(edge.length_mm);
        }
    }
    let bare = areas.all().iter().zip(&mm).filter(|(_, mm)| **mm < COVERED_FROM_MM);
    let without: Vec<Words> = bare.map(|(area, _)| area.name.clone()).collect();
    (total > 0).then_some(AreasCovered { covered: total - without.len(), total, without })
}
