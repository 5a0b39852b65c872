//! The rows of a sheet that may be registered, as sites.

use super::check::{Colour, Verdict};
use super::columns::ColumnShown;
use super::intake::SheetError;
use super::row::Reading;
use crate::geo::Datum;
use crate::site::{Catalogue, KindIndex, ParsedSite};
use crate::store::{SheetLine, SheetRow};

/// A row that may be registered.
#[derive(Debug)]
pub struct Good {
    /// As it is kept.
    pub line: SheetLine,
    /// What it says.
    pub site: ParsedSite,
    /// What was said of it.
    pub verdict: Verdict,
}

/// The green rows and the amber ones that were accepted, without those that are left out or were registered before.
pub fn good_rows(
    catalogue: &Catalogue,
    sheet: &SheetRow,
    kind: KindIndex,
    lines: Vec<SheetLine>,
) -> Result<Vec<Good>, SheetError> {
    let columns: Vec<ColumnShown> = serde_json::from_str(&sheet.columns)?;
    let reading = Reading::new(catalogue, &columns, kind, sheet.crs.as_deref().and_then(Datum::from_name));
    let mut good = Vec::new();
    for line in lines {
        let fine = line.colour == Colour::Green.id() || line.colour == Colour::Amber.id() && line.accepted;
        if !fine || line.left_out || line.sent.is_some() {
            continue;
        }
        let cells: Vec<String> = serde_json::from_str(&line.cells)?;
        // a catalogue may have changed since the row was looked at; what is no longer right is not registered
        if let Ok(site) = reading.row(catalogue, line.line.unsigned_abs(), &cells).site {
            let verdict = serde_json::from_str(&line.verdict)?;
            good.push(Good { line, site, verdict });
        }
    }
    Ok(good)
}
