//! Children from a CSV: a row is a cell with its place, or a town with its code or name and no place.

use super::columns::{Columns, Meaning, Positions};
use super::gathered::{Facts, Gathered, Refusals};
use super::row::Row;
use super::spread::TownTotal;
use super::{ChildrenError, Given, datum};
use crate::children::AgeBand;
use crate::import::records::Records;
use crate::import::{FileError, ImportError, file_name};
use crate::site::DraftProblem;
use crate::text::Words;
use csv::StringRecord;
use std::path::Path;

/// Rows between two words on progress.
const PROGRESS_ROWS: u64 = 4096;

/// What a table holds.
pub(super) enum Table {
    /// Cells with their places.
    Cells(Gathered),
    /// Totals of towns.
    Towns(Vec<AgeBand>, Vec<TownTotal>),
}

/// Reads a CSV whole: all of it is right, or what is wrong is told.
pub(super) fn read(file: &Path, given: &Given, progress: &mut dyn FnMut(u64)) -> Result<(Table, Facts), ImportError> {
    let mut records = Records::open(file)?;
    let mut record = StringRecord::new();
    let columns = loop {
        if records.next(file, &mut record)?.is_none() {
            return Err(FileError::Empty { file: file.to_owned() }.into());
        }
        if record.iter().any(|heading| !heading.trim().is_empty()) {
            let headings: Vec<String> = record.iter().map(str::to_owned).collect();
            break Columns::read(file, &headings, &given.counted, Positions::InColumns)?;
        }
    };
    let places = has_places(file, &columns)?;
    let usual = datum(file, given.datum, columns.datum)?;
    let mut facts = Facts { unused: columns.unused.clone(), ..Facts::default() };
    let (mut cells, mut towns) = (Gathered::new(columns.bands.clone()), Vec::new());
    let mut refusals = Refusals::default();
    while let Some(line) = records.next(file, &mut record)? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        facts.rows += 1;
        let mut row = Row::read(&columns, line, record.iter().enumerate());
        row.problems.extend(surplus(&columns, line, &record));
        facts.demonstration += u64::from(row.demonstration);
        let at = if places { row.position(&columns, usual) } else { None };
        if !row.problems.is_empty() {
            refusals.note(row.problems);
        } else if let Some(at) = at {
            if given.wants(at) {
                let id = if row.id.is_empty() { line.to_string() } else { row.id.to_owned() };
                cells.put(|| id.into(), at, &row.counts);
            } else {
                facts.clipped += 1;
            }
        } else {
            let (code, name) = (row.id.to_owned(), row.name.to_owned());
            towns.push(TownTotal { line, code, name, counts: row.counts });
        }
        if facts.rows.is_multiple_of(PROGRESS_ROWS) {
            progress(records.bytes_read());
        }
    }
    progress(records.bytes_read());
    refusals.done(file_name(file))?;
    facts.check_label();
    let table = if places { Table::Cells(cells) } else { Table::Towns(columns.bands, towns) };
    Ok((table, facts))
}

/// Whether rows are places; if not, they are towns, or nobody can tell where they are.
fn has_places(file: &Path, columns: &Columns) -> Result<bool, ChildrenError> {
    match (columns.has(Meaning::Lon), columns.has(Meaning::Lat)) {
        (true, true) => Ok(true),
        (false, false) if columns.has(Meaning::Id) || columns.has(Meaning::Name) => Ok(false),
        _ => Err(ChildrenError::NoPlace { file: file_name(file), found: columns.headings.clone() }),
    }
}

/// A record with more than its headings announce: some delimiter is not one.
fn surplus(columns: &Columns, line: u64, record: &StringRecord) -> Option<DraftProblem> {
    let headings = columns.headings.len();
    record.iter().skip(headings).any(|cell| !cell.trim().is_empty()).then(|| DraftProblem {
        line,
        column: format!("#{}", headings + 1),
        found: record.len().to_string(),
        wanted: Words::new(
            format!("每行最多 {headings} 个单元格,与表头一致"),
            format!("at most {headings} cells, as many as headings"),
        ),
    })
}
