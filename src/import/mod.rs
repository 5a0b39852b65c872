//! Files of others become areas, sites, the walking network, the base map and the children who live where.
//!
//! A *reader* opens a file of one format (CSV, XLSX, GeoJSON, OSM) and hands on drafts, row by row, without holding the
//! file. A *job* checks each draft, gives it a stable key and records it, in one transaction for the whole file: a row
//! that is wrong is told with line, column, value and what was wanted, and the rest goes in, or none of it.

mod areas;
mod candidates;
mod centroid;
mod children;
mod clip;
mod csv;
mod encoding;
mod error;
mod features;
mod geojson;
mod heading;
mod keys;
mod network;
mod osm;
mod reader;
mod records;
pub mod sheet;
mod shift;
mod sites;
mod units;
mod weigh;
mod xlsx;

pub use areas::{AreasReport, import_areas};
pub use candidates::{CandidateRow, read_candidates};
pub use children::{
    AreaChildren, BandTotal, ChildrenError, ChildrenImport, ChildrenReport, CountColumn, Counted, FarCell, RefusedRows,
    Unsnapped, import_children,
};
pub use clip::Clip;
pub use network::{AreasCovered, BaseMapReport, NetworkImport, NetworkReport, import_network};
pub use reader::{FileError, Reader};
pub use sites::{SitesImport, SitesReport, import_sites};
pub use units::{UnitsReport, import_units};

use crate::basemap::StoredBaseError;
use crate::children::StoredChildrenError;
use crate::network::{BuildError, StoredError};
use crate::site::DraftProblem;
use crate::store::StoreError;
use crate::text::Words;
use std::path::Path;

/// The name of a file without its folder.
fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is not what it should be.
    #[error(transparent)]
    File(#[from] FileError),
    /// What the file or the command line leaves open.
    #[error("{0}")]
    Unsaid(Words),
    /// The areas file has features that are wrong; nothing of it went in.
    #[error("{} features are wrong; nothing went in", .0.len())]
    Areas(Vec<DraftProblem>),
    /// The list of candidates has cells that are wrong.
    #[error("{} cells are wrong", .0.len())]
    Candidates(Vec<DraftProblem>),
    /// The list of units has cells that are wrong; nothing of it went in.
    #[error("{} cells are wrong; nothing went in", .0.len())]
    Units(Vec<DraftProblem>),
    /// The extract gives no network.
    #[error(transparent)]
    Network(#[from] BuildError),
    /// The file gives no children.
    #[error(transparent)]
    Children(#[from] ChildrenError),
    /// The network can't be written down.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// The children can't be written down.
    #[error(transparent)]
    StoredChildren(#[from] StoredChildrenError),
    /// The base map can't be written down.
    #[error(transparent)]
    StoredBase(#[from] StoredBaseError),
    /// What was read can't be compressed.
    #[error("packing failed: {0}")]
    Packing(std::io::Error),
    /// The database failed; nothing of the file went in.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread ended by itself.
    #[error("reading stopped: {0}")]
    Stopped(#[from] tokio::task::JoinError),
}
