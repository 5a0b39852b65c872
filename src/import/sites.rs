//! `yimi import sites`: a file of sites, checked, keyed and recorded in one transaction.
//!
//! The file is read and checked on a thread of its own while the database writes, a few hundred rows at a time, so that
//! memory does not grow with the file.

use super::keys::{Keyed, Keys};
use super::shift::{Placed, SAMPLE, suspect};
use super::{ImportError, Reader, file_name};
use crate::geo::{Datum, LonLat};
use crate::registry::{NewSite, Outcome, Reason, Recorder};
use crate::site::{Draft, DraftProblem, Field, Habit, KindIndex, ParsedSite, Visibility, parse};
use crate::snapshot::Rules;
use crate::store::{Change, Store, StoreError};
use crate::text::Words;
use serde::Serialize;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Rows that are recorded together.
const BATCH: usize = 500;
/// Batches that the reader may be ahead.
const AHEAD: usize = 4;
/// Wrong cells that are told one by one; of more only the number is kept.
const TOLD: usize = 1000;

/// What to import and how.
#[derive(Debug, Clone)]
pub struct SitesImport {
    /// The file.
    pub file: PathBuf,
    /// The kind of rows that do not say theirs.
    pub kind: Option<KindIndex>,
    /// The datum, when the file does not say it.
    pub datum: Option<Datum>,
    /// Forget everything at the end.
    pub dry_run: bool,
    /// One wrong row keeps out the whole file.
    pub all_or_nothing: bool,
    /// Who imports.
    pub who: String,
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
pub struct SitesReport {
    /// The file.
    pub file: String,
    /// Whether anything was kept (not in a dry run, nor when one wrong row keeps out all).
    pub kept: bool,
    /// Rows that were right or wrong.
    pub rows: u64,
    /// Sites that are new.
    pub created: u64,
    /// Sites that have changed.
    pub amended: u64,
    /// Sites that are as they were.
    pub unchanged: u64,
    /// Sites that a unit answers for by now: what it published stands.
    pub tended: u64,
    /// Rows that say the same site as an earlier row; only the first counts.
    pub repeated: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Their wrong cells (the first thousand).
    pub problems: Vec<DraftProblem>,
    /// Column headings that mean nothing here.
    pub unknown_headings: Vec<String>,
    /// What looks wrong though each row is right.
    pub warnings: Vec<Words>,
}

type Row = Result<ParsedSite, Vec<DraftProblem>>;

/// Imports a file of sites. `progress` is told the bytes read so far and in all.
pub async fn import_sites(
    store: &Store,
    rules: &Arc<Rules>,
    import: SitesImport,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<SitesReport, ImportError> {
    let reader = Reader::open(&import.file, &rules.catalogue)?;
    let habit = habit(&reader, &import)?;
    let mut report = SitesReport {
        file: file_name(&import.file),
        unknown_headings: reader.unknown_headings().to_vec(),
        ..SitesReport::default()
    };
    let source = reader.source();
    let (sender, rows) = mpsc::channel(AHEAD);
    let reading = {
        let rules = rules.clone();
        tokio::task::spawn_blocking(move || read(reader, &rules, &habit, &sender, &progress))
    };

    let mut change = store.change().await?;
    let taken = take_in(&mut change, rules, &import, source, rows, &mut report).await;
    // the reader's own failure is the cause when both failed
    reading.await??;
    taken?;
    if report.tended > 0 {
        report.warnings.push(Words::new(
            format!("{} 处已有责任单位,保持单位公布的内容,未按文件改动", report.tended),
            format!("{} sites have a unit that answers for them; they stay as it published them", report.tended),
        ));
    }
    if import.dry_run || (import.all_or_nothing && report.refused > 0) {
        change.rollback().await?;
    } else {
        change.commit().await?;
        report.kept = true;
    }
    Ok(report)
}

fn habit(reader: &Reader, import: &SitesImport) -> Result<Habit, ImportError> {
    let datum = import.datum.or(reader.datum());
    // WGS-84 is what formats mean by themselves; any other datum was written by somebody
    if let (Some(said), Some(written)) = (import.datum, reader.datum())
        && said != written
        && written != Datum::Wgs84
    {
        let (file, written, said) = (file_name(&import.file), written.id(), said.id());
        return Err(ImportError::Unsaid(Words::new(
            format!("{file}:文件写明坐标系为 {written},与 --crs {said} 不一致;请去掉 --crs 或改正文件"),
            format!(
                "{file}: the file says {written}, --crs says {said}; wanted one datum: leave out --crs or mend the file"
            ),
        )));
    }
    if datum.is_none() && !reader.rows_say_datum() {
        return Err(ImportError::Unsaid(Words::new(
            format!(
                "{}:没有说明坐标系。请加 --crs wgs84、gcj02、bd09 或 cgcs2000,或增加一列“坐标系”",
                file_name(&import.file)
            ),
            format!(
                "{}: the datum is not said; wanted --crs wgs84, gcj02, bd09 or cgcs2000, or a column crs",
                file_name(&import.file)
            ),
        )));
    }
    if import.kind.is_none() && !reader.has(Field::Kind) {
        return Err(ImportError::Unsaid(Words::new(
            format!("{}:没有说明场所类别。请加 --kind,或增加一列“类别”", file_name(&import.file)),
            format!("{}: the kind is not said; wanted --kind, or a column kind", file_name(&import.file)),
        )));
    }
    Ok(Habit { kind: import.kind, datum, lenient: reader.lenient() })
}

/// Reads and checks the file on the reading thread, until its end or until nobody listens.
fn read(
    reader: Reader,
    rules: &Rules,
    habit: &Habit,
    to: &mpsc::Sender<Vec<Row>>,
    progress: &dyn Fn(u64, u64),
) -> Result<(), super::FileError> {
    let total = reader.bytes();
    let mut batch = Vec::with_capacity(BATCH);
    let mut each = |draft: Result<Draft, DraftProblem>| {
        batch.push(match draft {
            Ok(draft) => parse(&rules.catalogue, habit, &draft),
            Err(problem) => Err(vec![problem]),
        });
        if batch.len() < BATCH {
            return ControlFlow::Continue(());
        }
        match to.blocking_send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_nobody_listens) => ControlFlow::Break(()),
        }
    };
    reader.for_each(&mut |bytes| progress(bytes, total), &mut each)?;
    // when nobody listens any more, the writing side tells why
    let _ = to.blocking_send(batch);
    Ok(())
}

async fn take_in(
    change: &mut Change,
    rules: &Rules,
    import: &SitesImport,
    source: &str,
    mut rows: mpsc::Receiver<Vec<Row>>,
    report: &mut SitesReport,
) -> Result<(), StoreError> {
    // the first rows are held until it is known whether they lie where sites of their names lie
    let mut held: Vec<Vec<Row>> = Vec::new();
    let mut ended = false;
    while held.iter().map(Vec::len).sum::<usize>() < SAMPLE && !ended {
        match rows.recv().await {
            Some(batch) => held.push(batch),
            None => ended = true,
        }
    }
    report.warnings.extend(shift(change, &held).await?);
    let reason = Reason { who: import.who.clone(), why: format!("import {}", report.file) };
    let mut intake = Intake { rules, source, keys: Keys::default(), report };
    let mut recorder = Recorder::begin(change, &rules.catalogue, reason).await?;
    for batch in held {
        intake.batch(&mut recorder, batch).await?;
    }
    while let Some(batch) = rows.recv().await {
        intake.batch(&mut recorder, batch).await?;
    }
    Ok(())
}

async fn shift(change: &mut Change, held: &[Vec<Row>]) -> Result<Option<Words>, StoreError> {
    let placed = |site: &ParsedSite| Placed { name: site.name.to_string(), as_written: site.as_written, at: site.at };
    let sample: Vec<Placed> = held.iter().flatten().flatten().map(placed).collect();
    let mut known: HashMap<String, Vec<LonLat>> = sample.iter().map(|placed| (placed.name.clone(), vec![])).collect();
    change
        .each_name(|name, lon, lat| {
            if let (Some(places), Ok(at)) = (known.get_mut(name), LonLat::new(lon, lat)) {
                places.push(at);
            }
        })
        .await?;
    known.retain(|_, places| !places.is_empty());
    Ok(suspect(&sample, &known))
}

struct Intake<'a> {
    rules: &'a Rules,
    source: &'a str,
    keys: Keys,
    report: &'a mut SitesReport,
}

impl Intake<'_> {
    async fn batch(&mut self, recorder: &mut Recorder<'_>, batch: Vec<Row>) -> Result<(), StoreError> {
        let mut sites = Vec::with_capacity(batch.len());
        let mut lines = Vec::with_capacity(batch.len());
        for row in batch {
            self.report.rows += 1;
            match row {
                Err(problems) => self.refuse(problems),
                Ok(site) => {
                    let line = site.line;
                    if let Some(site) = self.key(site) {
                        sites.push(site);
                        lines.push(line);
                    }
                }
            }
        }
        let outcomes = recorder.record(&sites).await?;
        for ((outcome, line), site) in outcomes.into_iter().zip(lines).zip(&sites) {
            match outcome {
                Outcome::Created => self.report.created += 1,
                Outcome::Amended => self.report.amended += 1,
                Outcome::Unchanged => self.report.unchanged += 1,
                Outcome::Tended => self.report.tended += 1,
                Outcome::Clashes => self.refuse(vec![self.wrong_key(
                    site.kind,
                    line,
                    &site.source_key,
                    Words::fixed("未被其他公开级别的场所使用的编号", "a number that no site of another visibility has"),
                )]),
            }
        }
        Ok(())
    }

    /// The site under its stable key; nothing when it repeats another row or takes its number.
    fn key(&mut self, site: ParsedSite) -> Option<NewSite> {
        match self.keys.give(&self.rules.catalogue, self.source, &site) {
            Keyed::As(source, source_key) => {
                let ParsedSite { kind, at, name, attributes, .. } = site;
                Some(NewSite { kind, at, name, attributes, source, source_key })
            }
            Keyed::Repeats(_) => {
                self.report.repeated += 1;
                None
            }
            Keyed::Taken(first) => {
                let zh = format!("不重复的编号(第 {first} 行已使用)");
                let wanted = Words::new(zh, format!("a number of its own (line {first} has it)"));
                let found = site.source_key.or(site.key).unwrap_or_default();
                self.refuse(vec![self.wrong_key(site.kind, site.line, &found, wanted)]);
                None
            }
        }
    }

    fn wrong_key(&self, kind: KindIndex, line: u64, found: &str, wanted: Words) -> DraftProblem {
        let hidden = self.rules.catalogue.kind(kind).visibility == Visibility::Aggregate;
        let found = if hidden { String::new() } else { found.to_owned() };
        DraftProblem { line, column: "id".to_owned(), found, wanted }
    }

    fn refuse(&mut self, problems: Vec<DraftProblem>) {
        self.report.refused += 1;
        let room = TOLD.saturating_sub(self.report.problems.len());
        self.report.problems.extend(problems.into_iter().take(room));
    }
}
