//! A siting problem as tables, so that others can solve it too: who lives where, where a site could be, how long the way is.
//!
//! `NAME.csv` has a row for each candidate and cell within reach of each other; `NAME.candidates.csv` and `NAME.cells.csv`
//! say what they are. Times are milliseconds; an empty `existing_ms` is no existing site within reach.

use crate::geo::LonLat;
use crate::siting::Siting;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Writes the three tables; `at` is where each candidate is. Returns their files.
pub fn write_matrix(file: &Path, siting: &Siting, at: &[LonLat]) -> Result<[PathBuf; 3], csv::Error> {
    let named = |part: &str| file.with_extension(part);
    let files = [named("csv"), named("candidates.csv"), named("cells.csv")];
    let [times, candidates, cells] = &files;
    let text = |value: Option<u64>| value.map_or_else(String::new, |value| value.to_string());
    let mut table = begin(candidates, &["candidate", "lon", "lat", "cost", "capacity", "town", "must"])?;
    for (number, (candidate, at)) in siting.candidates.iter().zip(at).enumerate() {
        let [lon, lat] = at.to_centimetre();
        table.write_record([
            number.to_string(),
            lon.to_string(),
            lat.to_string(),
            candidate.cost.to_string(),
            text(candidate.capacity),
            candidate.town.to_string(),
            u8::from(candidate.must).to_string(),
        ])?;
    }
    table.flush()?;
    let mut table = begin(cells, &["cell", "children", "existing_ms", "town"])?;
    for (cell, children) in siting.children.iter().enumerate() {
        let existing = Some(siting.existing[cell]).filter(|millis| *millis != u32::MAX).map(u64::from);
        let town = siting.town_of_cell[cell];
        table.write_record([cell.to_string(), children.to_string(), text(existing), town.to_string()])?;
    }
    table.flush()?;
    let mut table = begin(times, &["candidate", "cell", "ms"])?;
    for (candidate, reached) in siting.reach.iter().enumerate() {
        for (cell, millis) in reached {
            table.write_record([candidate.to_string(), cell.to_string(), millis.to_string()])?;
        }
    }
    table.flush()?;
    Ok(files)
}

fn begin(file: &Path, headings: &[&str]) -> Result<csv::Writer<File>, csv::Error> {
    let mut table = csv::Writer::from_path(file)?;
    table.write_record(headings)?;
    Ok(table)
}
