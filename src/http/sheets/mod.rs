//! Spreadsheets of units: sent, looked through, corrected and registered.
//!
//! An upload is a job with progress ([`send`]): it is read, its columns are proposed and each row is judged. People correct
//! columns and cells ([`change`]), which looks again at what that touches, and submit the good rows ([`submit`]). Everything
//! stands in the database, so that a sheet outlives the process; what is half done when that ends is as if it had never
//! begun. A sheet is seen by whoever sent it and by members of their unit.

mod change;
mod files;
mod read;
mod send;
mod shape;
mod submit;

pub(super) use change::*;
pub(super) use files::*;
pub(super) use read::*;
pub(super) use send::*;
pub(super) use submit::*;

use super::problem::Problem;
use super::router::App;
use crate::auth::{Person, UnitId};
use crate::jobs::{Job, NotTaken};
use crate::site::KindIndex;
use crate::store::SheetRow;
use crate::text::Words;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::sync::Arc;

/// A sheet with the work that is under way on it.
struct Found {
    row: SheetRow,
    kind: KindIndex,
    job: Option<Arc<Job>>,
}

/// The sheet with an id, for somebody who may see it. Work that ended with its process is as if it had never begun.
async fn found(app: &App, who: &Person, id: &str) -> Result<Found, Problem> {
    let none =
        || Problem::NotFound(Words::fixed("没有这份表格，可能已经取消", "no such sheet; it may have been cancelled"));
    let mut row = app.store.sheet(id).await?.filter(|row| sees(who, row)).ok_or_else(none)?;
    let kind = app.live.read().catalogue().kind_index(&row.kind).ok_or_else(none)?;
    let job = row.job.as_ref().and_then(|job| app.sheets.get(job)).filter(|job| !job.seen().status.is_over());
    if job.is_none() {
        match row.state.as_str() {
            "reading" => {
                "failed".clone_into(&mut row.state);
                row.problem = serde_json::to_string(&broken_off().body()).ok();
            }
            "checking" | "submitting" => "ready".clone_into(&mut row.state),
            _ => {}
        }
    }
    Ok(Found { row, kind, job })
}

fn sees(who: &Person, row: &SheetRow) -> bool {
    row.author == who.account || row.unit.as_ref().is_some_and(|unit| who.is_of(&UnitId(unit.clone())))
}

impl Found {
    /// A sheet that nothing is under way on and whose rows stand. One that was submitted goes on: rows that are corrected are
    /// submitted again.
    fn ready(self) -> Result<Self, Problem> {
        if self.job.is_none() && matches!(self.row.state.as_str(), "ready" | "done") {
            return Ok(self);
        }
        Err(Problem::Refused(StatusCode::CONFLICT))
    }
}

fn broken_off() -> Problem {
    let words = Words::fixed(
        "服务重启时表格还没有读完，请重新上传",
        "the service was restarted before the sheet was read; send it again",
    );
    Problem::Infeasible(words)
}

/// What a file is called, without folders and without what no file system takes.
fn file_name(said: &str) -> String {
    let last = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !c.is_control() && !":*?\"<>|".contains(*c)).take(100).collect();
    let plain = plain.trim().trim_start_matches('.').trim().to_owned();
    if plain.is_empty() { "表格".to_owned() } else { plain }
}

/// Takes a sheet for a piece of work: writes it as `row` if nobody else has since it was looked at as `seen`.
async fn claim(app: &App, seen: &SheetRow, row: &mut SheetRow) -> Result<(), Problem> {
    // what failed before is over
    row.problem = None;
    let mut change = app.store.change().await?;
    if change.sheet(&row.id).await?.is_none_or(|now| now.job != seen.job) {
        return Err(Problem::Refused(StatusCode::CONFLICT));
    }
    change.put_sheet(row).await?;
    Ok(change.commit().await?)
}

async fn put(app: &App, row: &SheetRow) -> Result<(), Problem> {
    let mut change = app.store.change().await?;
    change.put_sheet(row).await?;
    Ok(change.commit().await?)
}

fn raw(value: &impl Serialize) -> Result<Box<RawValue>, Problem> {
    to_raw_value(value).map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Problem {
    Problem::Internal(error.to_string())
}

fn not_taken(refused: &NotTaken) -> Problem {
    match refused {
        NotTaken::Full => Problem::Refused(StatusCode::SERVICE_UNAVAILABLE),
        NotTaken::Chance(error) => internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_without_its_folders() {
        for (said, name) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\用户\\桌面\\书屋.xlsx", "书屋.xlsx"),
            ("..", "表格"),
            ("a\u{0}b\n.csv", "ab.csv"),
            ("", "表格"),
        ] {
            assert_eq!(file_name(said), name, "{said:?}");
        }
        assert_eq!(file_name(&"长".repeat(500)).chars().count(), 100);
    }
}
