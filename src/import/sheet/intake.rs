//! A whole spreadsheet, from its bytes to what is said of each of its rows.

use super::super::error::FileError;
use super::super::heading::Vocabulary;
use super::check::{Earlier, Judge, Verdict, looked};
use super::columns::{ColumnShown, proposed};
use super::known::{known, shifted, taken};
use super::row::{ReadRow, Reading};
use super::table::{self, MOST_ROWS};
use crate::geo::Datum;
use crate::site::KindIndex;
use crate::site::duplicate::{Grid, Looked};
use crate::snapshot::Live;
use crate::store::{SheetLine, Store, StoreError};
use crate::text::Words;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Write;

/// Rows between two words on progress, and between two looks at whether somebody stopped the work.
const STEP: usize = 500;
/// What an upload is called while it is read; stands in no error.
const KEPT_AS: &str = "upload.yimi";
/// How much of the work reading is.
const READING: f64 = 0.3;
/// Rows near a row that it is compared with; more stand in one spot only in a file that is wrong.
pub(super) const COMPARED: u16 = 200;

/// Why a spreadsheet is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It can't be read.
    #[error("{}", .0.en)]
    File(Words),
    /// It can't be held while it is read.
    #[error("the spreadsheet can't be kept for reading: {0}")]
    Keeping(#[from] std::io::Error),
    /// Somebody stopped it.
    #[error("stopped")]
    Stopped,
    /// What was stored does not read.
    #[error("a stored row does not read: {0}")]
    Json(#[from] serde_json::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What rows are read and judged by, and who is told how far it is.
pub struct Intake<'a> {
    /// What is public now.
    pub live: &'a Live,
    /// For own numbers of sites that came from files.
    pub store: &'a Store,
    /// Where the database's answers are waited for.
    pub runtime: &'a tokio::runtime::Handle,
    /// Whose rows they are.
    pub unit: Option<&'a str>,
    /// The kind of rows that don't say theirs.
    pub kind: KindIndex,
    /// Told the share that is done, from 0 to 1.
    pub tell: &'a dyn Fn(f64),
    /// Whether somebody stopped it.
    pub stopped: &'a dyn Fn() -> bool,
}

/// A spreadsheet that was read.
#[derive(Debug)]
pub struct ReadSheet {
    /// Its columns and what they seem to mean.
    pub columns: Vec<ColumnShown>,
    /// The datum of its rows: as was said, or as the headings say.
    pub datum: Option<Datum>,
    /// Its rows: line and cells.
    pub rows: Vec<(u64, Vec<String>)>,
    /// What is to be known of it as a whole.
    pub hint: Option<Words>,
}

impl Intake<'_> {
    /// Reads a spreadsheet. `name` is what it is called in errors.
    pub fn read(&self, bytes: &[u8], name: &str, datum: Option<Datum>) -> Result<ReadSheet, SheetError> {
        // the readers go over a file more than once; this one has no name and is gone when it is closed
        let folder = tempfile::tempdir()?;
        let file = folder.path().join(KEPT_AS);
        std::fs::File::create_new(&file)?.write_all(bytes)?;
        let rules = self.live.read().rules().clone();
        let vocabulary = Vocabulary::new(&rules.catalogue);
        let table = table::read(&file, &vocabulary).map_err(|error| called(&error, &file, name))?;
        if table.rows.is_empty() {
            return Err(SheetError::File(Words::new(
                format!("{name}:表头下没有数据行"),
                format!("{name}: no rows under the headings"),
            )));
        }
        self.stop()?;
        (self.tell)(READING);
        let (columns, said) = proposed(&rules.catalogue, &vocabulary, &table);
        let hint = table.cut.then(|| {
            Words::new(
                format!("只读入前 {MOST_ROWS} 行,其余请另存为一个文件再上传"),
                format!("only the first {MOST_ROWS} rows were read; send the others as another file"),
            )
        });
        let rows = table.rows.into_iter().map(|row| (row.line, row.cells)).collect();
        Ok(ReadSheet { columns, datum: datum.or(said), rows, hint })
    }

    fn stop(&self) -> Result<(), SheetError> {
        if (self.stopped)() { Err(SheetError::Stopped) } else { Ok(()) }
    }

    /// What is said of each row, and of the sheet as a whole. Rows that are left out count for no other.
    pub fn check(
        &self,
        columns: &[ColumnShown],
        datum: Option<Datum>,
        rows: &[(u64, Vec<String>)],
        left_out: &BTreeSet<u64>,
    ) -> Result<(Vec<Verdict>, Option<Words>), SheetError> {
        let reading = Reading::new(&self.live.read().rules().catalogue, columns, self.kind, datum);
        let (read, grid) = self.parse(&reading, rows, left_out)?;
        let known = self.runtime.block_on(known(self.store, self.live, self.unit, &read))?;
        let taken = taken(&read, rows, left_out);
        let hint = shifted(&self.live.read(), &read);
        let mut verdicts = Vec::with_capacity(rows.len());
        let mut read: Vec<Option<ReadRow>> = read.into_iter().map(Some).collect();
        for start in (0..rows.len()).step_by(STEP) {
            self.stop()?;
            let now = self.live.read();
            let places = now.places();
            let judge = Judge { now: &now, places: &places, known: &known, reading: &reading };
            let end = (start + STEP).min(rows.len());
            let some = read[start..end].par_iter_mut().enumerate().filter_map(|(offset, row)| {
                let place = start + offset;
                let looked = grid.looked[place].and_then(|at| grid.squares.get(at));
                let near = looked.into_iter().flat_map(|looked| grid.squares.around(looked.at()));
                let earlier = near.filter_map(|(at, looked)| {
                    let other = grid.places[at];
                    (other < place).then(|| Earlier { line: rows[other].0, name: &grid.names[at], looked })
                });
                Some(judge.verdict(
                    row.take()?,
                    looked,
                    earlier.take(usize::from(COMPARED)),
                    taken.get(&place).copied(),
                ))
            });
            verdicts.extend(some.collect::<Vec<_>>());
            (self.tell)(READING + (0.95 - READING) * (0.4 + 0.6 * end as f64 / rows.len() as f64));
        }
        Ok((verdicts, hint))
    }

    fn parse(
        &self,
        reading: &Reading,
        rows: &[(u64, Vec<String>)],
        left_out: &BTreeSet<u64>,
    ) -> Result<(Vec<ReadRow>, Rows), SheetError> {
        let (mut read, mut grid) = (Vec::with_capacity(rows.len()), Rows::default());
        let rules = self.live.read().rules().clone();
        for (step, some) in rows.chunks(STEP).enumerate() {
            self.stop()?;
            let now: Vec<ReadRow> =
                some.par_iter().map(|(line, cells)| reading.row(&rules.catalogue, *line, cells)).collect();
            let snapshot = self.live.read();
            for (row, (line, _)) in now.iter().zip(some) {
                let looked = looked(&snapshot, row).filter(|_| !left_out.contains(line));
                grid.put(looked, &row.name);
            }
            read.extend(now);
            (self.tell)(
                READING + (0.95 - READING) * 0.4 * ((step + 1) * STEP).min(rows.len()) as f64 / rows.len() as f64,
            );
        }
        Ok((read, grid))
    }
}

/// The rows in squares.
#[derive(Default)]
struct Rows {
    squares: Grid,
    /// Of each in the squares: which row it is, and its name.
    places: Vec<usize>,
    names: Vec<String>,
    /// Of each row: where it is in the squares.
    looked: Vec<Option<usize>>,
}

impl Rows {
    fn put(&mut self, looked: Option<Looked>, name: &str) {
        let at = looked.map(|looked| {
            self.squares.put(looked);
            self.places.push(self.looked.len());
            self.names.push(name.to_owned());
            self.places.len() - 1
        });
        self.looked.push(at);
    }
}

/// A reader's error without the place where the upload was kept.
fn called(error: &FileError, file: &std::path::Path, name: &str) -> SheetError {
    let place = file.display().to_string();
    let plain = |text: String| text.replace(&place, name).replace(KEPT_AS, name);
    SheetError::File(Words::new(plain(error.zh()), plain(error.to_string())))
}

/// A row as it is kept.
pub(super) fn kept(
    line: u64,
    cells: &[String],
    verdict: &Verdict,
    [accepted, left_out]: [bool; 2],
    sent: Option<String>,
) -> Result<SheetLine, serde_json::Error> {
    Ok(SheetLine {
        line: i64::try_from(line).unwrap_or(i64::MAX),
        cells: serde_json::to_string(cells)?,
        colour: verdict.colour.id().to_owned(),
        lon: verdict.at.map(|at| at[0]),
        lat: verdict.at.map(|at| at[1]),
        key: verdict.key.clone(),
        verdict: serde_json::to_string(verdict)?,
        accepted,
        left_out,
        sent,
    })
}

/// Rows with what is said of them, as they are kept.
pub fn lines(
    rows: &[(u64, Vec<String>)],
    verdicts: &[Verdict],
    left_out: &BTreeSet<u64>,
) -> Result<Vec<SheetLine>, SheetError> {
    let all = rows.iter().zip(verdicts);
    let kept = all.map(|((line, cells), verdict)| kept(*line, cells, verdict, [false, left_out.contains(line)], None));
    Ok(kept.collect::<Result<_, _>>()?)
}
