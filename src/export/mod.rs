//! Sites and scenarios become files for others: GeoJSON (RFC 7946) for maps, CSV with a byte-order mark for spreadsheets. Only what is
//! public leaves, and what leaves can be imported again: source and key stand in it. The audit and the homes are for those
//! who may see them, and say who asked.

mod audit;
mod cells;
mod compared;
mod homes;
mod matrix;
mod scenario;
mod sheet;
mod sign;
mod sites;

pub use audit::{audit_head, audit_line};
pub use compared::{ComparedTown, compared_csv};
pub use homes::homes_csv;
pub use matrix::write_matrix;
pub use scenario::{ScenarioFile, ScenarioPart, ScenarioPlace, ScenarioTown};
pub use sheet::{BadRow, bad_rows, template};
pub use sign::{FontFile, Sign, SignError, SignSize, signs_pdf};
pub use sites::{ExportError, Format, export_sites};
