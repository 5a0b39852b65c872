//! The units that answer for targets.

use super::Plan;
use serde::Serialize;

/// How a county writes that a name has not been confirmed.
const UNCONFIRMED: [&str; 2] = ["(待核实)", "\u{ff08}待核实\u{ff09}"];

/// A responsible unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Unit {
    /// What it is called.
    pub name: String,
    /// Whether the county has confirmed that it is the one.
    pub confirmed: bool,
}

impl Plan {
    /// The units of all targets in the file's order, each once. One that is confirmed anywhere is.
    #[must_use]
    pub fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        for target in &self.targets {
            let said = target.unit.trim();
            let bare = UNCONFIRMED.iter().find_map(|mark| said.strip_suffix(mark));
            let unit = Unit { name: bare.unwrap_or(said).trim().to_owned(), confirmed: bare.is_none() };
            match units.iter_mut().find(|known| known.name == unit.name) {
                Some(known) => known.confirmed |= unit.confirmed,
                None if unit.name.is_empty() => {}
                None => units.push(unit),
            }
        }
        units
    }
}
