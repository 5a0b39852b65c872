//! A problem written down as `yimi siting --matrix` does, so that others can solve it in the same minutes:
//! `docs/compare/siting.py` reads it.

use crate::county::County;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes NAME.csv, NAME.cells.csv and NAME.candidates.csv.
pub fn write(county: &County, folder: &Path, name: &str) -> std::io::Result<()> {
    let file = |suffix: &str| File::create(folder.join(format!("{name}{suffix}"))).map(BufWriter::new);
    let mut cells = file(".cells.csv")?;
    writeln!(cells, "cell,children,existing_ms,town")?;
    for (cell, children) in county.problem.children.iter().enumerate() {
        writeln!(cells, "{cell},{children},,")?;
    }
    let mut candidates = file(".candidates.csv")?;
    writeln!(candidates, "candidate,lon,lat,cost,capacity,town")?;
    for (candidate, at) in county.places.iter().enumerate() {
        let [lon, lat] = at.to_centimetre();
        writeln!(candidates, "{candidate},{lon},{lat},1,,")?;
    }
    let mut ways = file(".csv")?;
    writeln!(ways, "candidate,cell,ms")?;
    for (candidate, reached) in county.problem.reach.iter().enumerate() {
        for (cell, millis) in reached {
            writeln!(ways, "{candidate},{cell},{millis}")?;
        }
    }
    cells.flush()?;
    candidates.flush()?;
    ways.flush()
}
