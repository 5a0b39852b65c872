//! A corrected cell: its row is looked at again, and those that it touches, which are the rows near where it was and is, and
//! those with the number that it had or has.

use super::check::{Earlier, Judge, Verdict, looked};
use super::columns::ColumnShown;
use super::intake::{COMPARED, SheetError, kept};
use super::known::known;
use super::row::{ReadRow, Reading};
use crate::geo::Datum;
use crate::site::KindIndex;
use crate::site::duplicate::{Looked, NEAR_M};
use crate::snapshot::Live;
use crate::store::{Change, SheetLine, SheetRow, Store};
use std::collections::{BTreeMap, BTreeSet};

/// Rows beside the corrected ones that are looked at again; where more stand together the first are.
const MOST_TOUCHED: usize = 300;

/// What somebody does to a row.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Which row.
    pub line: u64,
    /// The place of the column whose cell changes, and what it is to say.
    pub cell: Option<(usize, String)>,
    /// Whether an amber row is fine.
    pub accepted: Option<bool>,
    /// Whether the row is not to be registered.
    pub left_out: Option<bool>,
}

/// Why a row is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// There is no such row.
    #[error("there is no line {0}")]
    NoLine(u64),
    /// It was registered already.
    #[error("line {0} was registered already")]
    Sent(u64),
    /// Other work on the sheet is under way.
    #[error("the sheet is being worked on")]
    Busy,
    /// Only amber rows are accepted.
    #[error("line {0} is not amber")]
    NotAmber(u64),
    /// What was stored does not read, or the database failed.
    #[error(transparent)]
    Sheet(#[from] SheetError),
}

impl From<crate::store::StoreError> for EditError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Sheet(error.into())
    }
}

impl From<serde_json::Error> for EditError {
    fn from(error: serde_json::Error) -> Self {
        Self::Sheet(error.into())
    }
}

/// A row as it is worked on.
struct Row {
    line: SheetLine,
    cells: Vec<String>,
    read: ReadRow,
    looked: Option<Looked>,
}

struct Desk<'a> {
    change: &'a mut Change,
    sheet: &'a SheetRow,
    live: &'a Live,
    reading: &'a Reading,
}

/// Makes the edits in one transaction and looks again at what they touch. All rows that changed by it, by line.
pub async fn edit(
    store: &Store,
    live: &Live,
    (sheet, kind): (&SheetRow, KindIndex),
    edits: Vec<Edit>,
) -> Result<Vec<SheetLine>, EditError> {
    let columns: Vec<ColumnShown> = serde_json::from_str(&sheet.columns)?;
    let datum = sheet.crs.as_deref().and_then(Datum::from_name);
    let reading = Reading::new(&live.read().rules().catalogue, &columns, kind, datum);
    let mut change = store.change().await?;
    // others may have begun to work on it since
    if change.sheet(&sheet.id).await?.is_none_or(|now| now.job != sheet.job) {
        return Err(EditError::Busy);
    }
    let mut desk = Desk { change: &mut change, sheet, live, reading: &reading };
    let mut changed: BTreeMap<i64, SheetLine> = BTreeMap::new();
    let mut again = BTreeSet::new();
    for edit in edits {
        if let Some(touched) = desk.make(edit, &mut changed).await? {
            again.extend(touched);
        }
    }
    // what was corrected is looked at again whatever stands around it
    let corrected: Vec<i64> = changed.keys().copied().filter(|line| again.remove(line)).collect();
    let again: Vec<i64> = corrected.into_iter().chain(again.into_iter().take(MOST_TOUCHED)).collect();
    for line in desk.look_again(store, &again).await? {
        changed.insert(line.line, line);
    }
    let changed: Vec<SheetLine> = changed.into_values().collect();
    change.put_sheet_lines(&sheet.id, &changed).await?;
    change.commit().await?;
    Ok(changed)
}

/// The box around a place in which everything within [`NEAR_M`] lies, and little more.
fn around(at: [f64; 2]) -> [f64; 4] {
    let north = 1.02 * NEAR_M / 110_574.0;
    let east = north / (at[1].abs() + north).min(89.9).to_radians().cos();
    [at[0] - east, at[1] - north, at[0] + east, at[1] + north]
}

fn at(line: &SheetLine) -> Option<[f64; 2]> {
    Some([line.lon?, line.lat?])
}

impl Desk<'_> {
    /// Makes an edit; the lines that are to be looked at again, if any are.
    async fn make(
        &mut self,
        edit: Edit,
        changed: &mut BTreeMap<i64, SheetLine>,
    ) -> Result<Option<Vec<i64>>, EditError> {
        let number = i64::try_from(edit.line).unwrap_or(i64::MAX);
        let line = match changed.get(&number) {
            Some(line) => Some(line.clone()),
            None => self.change.sheet_line(&self.sheet.id, number).await?,
        };
        let mut line = line.ok_or(EditError::NoLine(edit.line))?;
        if line.sent.is_some() {
            return Err(EditError::Sent(edit.line));
        }
        let mut touched = None;
        if edit.cell.is_some() || edit.left_out.is_some_and(|out| out != line.left_out) {
            let mut lines = self.near(&line).await?;
            line.left_out = edit.left_out.unwrap_or(line.left_out);
            if let Some((place, value)) = edit.cell {
                let mut cells: Vec<String> = serde_json::from_str(&line.cells)?;
                if let Some(cell) = cells.get_mut(place) {
                    *cell = value;
                }
                let read = {
                    let now = self.live.read();
                    self.reading.row(now.catalogue(), edit.line, &cells)
                };
                line.cells = serde_json::to_string(&cells)?;
                [line.lon, line.lat] =
                    [read.at.map(|at| at.to_centimetre()[0]), read.at.map(|at| at.to_centimetre()[1])];
                line.key = read.key;
                // what somebody accepted was another row
                line.accepted = false;
            }
            // written before others are looked at, which see it as it is now
            self.change.put_sheet_lines(&self.sheet.id, std::slice::from_ref(&line)).await?;
            lines.extend(self.near(&line).await?);
            lines.push(number);
            touched = Some(lines);
        }
        if let Some(accepted) = edit.accepted {
            if accepted && touched.is_none() && line.colour != "amber" {
                return Err(EditError::NotAmber(edit.line));
            }
            line.accepted = accepted;
            self.change.put_sheet_lines(&self.sheet.id, std::slice::from_ref(&line)).await?;
        }
        changed.insert(number, line);
        Ok(touched)
    }

    /// The lines that a row may matter to.
    async fn near(&mut self, line: &SheetLine) -> Result<Vec<i64>, EditError> {
        let mut lines = Vec::new();
        if let Some(at) = at(line) {
            let found = self.change.sheet_lines_in(&self.sheet.id, around(at), COMPARED).await?;
            lines.extend(found.iter().map(|line| line.line));
        }
        if let Some(key) = &line.key {
            let found = self.change.sheet_lines_with_key(&self.sheet.id, key).await?;
            lines.extend(found.iter().map(|line| line.line));
        }
        Ok(lines)
    }

    fn row(&self, line: SheetLine) -> Result<Row, EditError> {
        let cells: Vec<String> = serde_json::from_str(&line.cells)?;
        let now = self.live.read();
        let read = self.reading.row(now.catalogue(), u64::try_from(line.line).unwrap_or(0), &cells);
        let looked = looked(&now, &read);
        Ok(Row { line, cells, read, looked })
    }

    /// Looks again at rows.
    async fn look_again(&mut self, store: &Store, again: &[i64]) -> Result<Vec<SheetLine>, EditError> {
        let mut rows = Vec::with_capacity(again.len());
        for number in again {
            let Some(line) = self.change.sheet_line(&self.sheet.id, *number).await? else { continue };
            let (mut earlier, mut taken) = (Vec::new(), None);
            if let Some(at) = at(&line) {
                for other in self.change.sheet_lines_in(&self.sheet.id, around(at), COMPARED).await? {
                    if other.line < line.line && !other.left_out {
                        earlier.push(self.row(other)?);
                    }
                }
            }
            if let Some(key) = &line.key {
                let same = self.change.sheet_lines_with_key(&self.sheet.id, key).await?;
                taken = same.iter().find(|other| other.line < line.line && !other.left_out).map(|other| other.line);
            }
            rows.push((self.row(line)?, earlier, taken));
        }
        let read: Vec<ReadRow> = rows.iter().map(|(row, _, _)| row.read.clone()).collect();
        let known = known(store, self.live, self.sheet.unit.as_deref(), &read).await?;
        let now = self.live.read();
        let places = now.places();
        let judge = Judge { now: &now, places: &places, known: &known, reading: self.reading };
        let judged = rows.into_iter().map(|(row, earlier, taken)| {
            let earlier = earlier.iter().filter_map(|other| {
                let line = u64::try_from(other.line.line).unwrap_or(0);
                Some(Earlier { line, name: &other.read.name, looked: other.looked.as_ref()? })
            });
            let taken = taken.filter(|_| !row.line.left_out).and_then(|line| u64::try_from(line).ok());
            let looked = row.looked.as_ref().filter(|_| !row.line.left_out);
            let verdict: Verdict = judge.verdict(row.read, looked, earlier, taken);
            let flags = [row.line.accepted && verdict.colour.id() == "amber", row.line.left_out];
            kept(u64::try_from(row.line.line).unwrap_or(0), &row.cells, &verdict, flags, row.line.sent)
        });
        Ok(judged.collect::<Result<_, _>>()?)
    }
}
