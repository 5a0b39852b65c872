//! Sites become files for others: GeoJSON (RFC 7946) for maps, CSV with a byte-order mark for spreadsheets. Only what is
//! public leaves, and what leaves can be imported again: source and key stand in it.

mod matrix;
mod sites;

pub use matrix::write_matrix;
pub use sites::{ExportError, Format, export_sites};
