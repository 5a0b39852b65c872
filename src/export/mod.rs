//! Sites and scenarios become files for others: GeoJSON (RFC 7946) for maps, CSV with a byte-order mark for spreadsheets. Only what is
//! public leaves, and what leaves can be imported again: source and key stand in it.

mod cells;
mod compared;
mod matrix;
mod scenario;
mod sites;

pub use compared::{ComparedTown, compared_csv};
pub use matrix::write_matrix;
pub use scenario::{ScenarioFile, ScenarioPart, ScenarioPlace, ScenarioTown};
pub use sites::{ExportError, Format, export_sites};
