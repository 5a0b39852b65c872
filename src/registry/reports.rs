//! What parents report about sites: kept without anything about themselves, and answered by the site's unit or a reviewer.

use crate::auth::{Action, Person, UnitId};
use crate::chance::token;
use crate::clock;
use crate::store::{Change, NewRevision, ReportRow, Store, StoreError};
use serde_json::json;

/// Reports that wait for an answer at once. More than that is no parents.
pub const MOST_OPEN: i64 = 10_000;
/// Who the log says sent one.
const SENDER: &str = "public";

/// A report that is to be kept.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// About which site, which must be public.
    pub site: i64,
    /// `closed`, `moved`, `hours`, `crossing` or `other`.
    pub what: String,
    /// In words, perhaps none.
    pub text: String,
    /// Where, as [`crate::geo::LonLat::to_store`] gives it.
    pub at: Option<[f64; 2]>,
}

/// Why a report is not kept or answered.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// There is none, or it is about another unit's site.
    #[error("no such report")]
    Unknown,
    /// Somebody answered it meanwhile.
    #[error("the report stands at version {}", .now.version)]
    Older {
        /// As it stands.
        now: Box<ReportRow>,
    },
    /// There are so many that no more are taken.
    #[error("{MOST_OPEN} reports wait for an answer")]
    Full,
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether somebody may see and answer a report: reviewers all, members those about their unit's sites.
#[must_use]
pub fn answers(who: &Person, row: &ReportRow) -> bool {
    let own = row.unit.as_ref().is_some_and(|unit| who.is_of(&UnitId(unit.clone())));
    who.may(Action::Review) || who.may(Action::Register) && own
}

/// Keeps a report. Returns its id, by which whoever sent it sees what became of it.
pub async fn report(store: &Store, new: NewReport) -> Result<String, ReportError> {
    let mut change = store.change().await?;
    if change.open_reports().await? >= MOST_OPEN {
        return Err(ReportError::Full);
    }
    let row = ReportRow {
        id: token()?,
        version: 1,
        site: new.site,
        what: new.what,
        text: new.text,
        lon: new.at.map(|at| at[0]),
        lat: new.at.map(|at| at[1]),
        state: "open".to_owned(),
        answer: String::new(),
        made: clock::now_rfc3339(),
        decided: None,
        unit: None,
        site_name: String::new(),
    };
    put(&mut change, SENDER, "reported", None, &row).await?;
    change.commit().await?;
    Ok(row.id)
}

/// Answers a report, which must stand at `version`: `done` or `dismissed`.
pub async fn answer(
    store: &Store,
    who: &Person,
    (id, version): (&str, i64),
    state: &str,
    answer: &str,
) -> Result<ReportRow, ReportError> {
    let mut change = store.change().await?;
    let before = change.report(id).await?.filter(|row| answers(who, row)).ok_or(ReportError::Unknown)?;
    if before.version != version {
        return Err(ReportError::Older { now: Box::new(before) });
    }
    let row = ReportRow {
        version: before.version + 1,
        state: state.to_owned(),
        answer: answer.to_owned(),
        decided: Some(clock::now_rfc3339()),
        ..before.clone()
    };
    put(&mut change, &who.account, "answered", Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

async fn put(
    change: &mut Change,
    who: &str,
    why: &str,
    before: Option<&ReportRow>,
    row: &ReportRow,
) -> Result<(), StoreError> {
    change.put_report(row).await?;
    let line = NewRevision {
        noun: "report",
        noun_id: row.id.clone(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.map(logged),
        after: logged(row),
    };
    change.log(row.decided.as_ref().unwrap_or(&row.made), who, why, &[line]).await
}

fn logged(row: &ReportRow) -> String {
    json!({
        "version": row.version, "site": row.site, "what": row.what, "text": row.text, "lon": row.lon, "lat": row.lat,
        "state": row.state, "answer": row.answer,
    })
    .to_string()
}
