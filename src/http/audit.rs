//! `/api/audit`: every change and every sign-in, for the administrator. It is the revision log itself, which only grows.
//!
//! Where homes are is not the administrator's to see: of what is of an aggregate kind the lines tell that it changed, when
//! and by whom, and not where it is or what it says.

use super::extract::Params;
use super::headers::{FileName, attachment};
use super::problem::{Problem, ProblemBody};
use super::registrations::is_home;
use super::router::App;
use super::session::told;
use crate::clock;
use crate::export::{audit_head, audit_line};
use crate::site::Catalogue;
use crate::store::{RevisionRow, WantedRevisions};
use crate::text::Words;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, NaiveDate};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::Arc;

/// Lines of one answer, usually and at most.
const USUAL: u16 = 100;
const MOST: u16 = 1000;
/// Lines that the CSV takes from the database at once.
const AT_ONCE: u16 = 1000;
/// Hours that China is ahead of UTC.
const CHINA_AHEAD_HOURS: i64 = 8;
/// What of a home stands in no audit.
const OF_HOMES: [&str; 8] = ["lon", "lat", "name", "attributes", "source_key", "photos", "note", "reason"];
/// Stands in the place of that.
const KEPT_BACK: &str = "(…)";

/// A line of the log.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditLine {
    /// Its number; one after the other, without gaps.
    revision: i64,
    /// RFC 3339.
    at: String,
    /// An account, `unit:` with a token's name, or a program.
    who: String,
    why: String,
    noun: String,
    noun_id: String,
    action: String,
    #[schema(value_type = Option<Value>, required)]
    before: Option<Box<RawValue>>,
    #[schema(value_type = Value)]
    after: Option<Box<RawValue>>,
}

/// A page of the log, the newest line first.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AuditPage {
    lines: Vec<AuditLine>,
    /// What to send as `cursor` for older lines; null at the end.
    #[schema(required)]
    next: Option<i64>,
}

impl AuditLine {
    fn of(row: RevisionRow) -> Self {
        let raw = |text: String| RawValue::from_string(text).ok();
        Self {
            revision: row.id,
            at: row.at,
            who: row.who,
            why: row.why,
            noun: row.noun,
            noun_id: row.noun_id,
            action: row.action,
            before: row.before.and_then(raw),
            after: raw(row.after),
        }
    }
}

/// Every change and every sign-in, the newest first.
#[utoipa::path(get, path = "/api/audit", operation_id = "getAudit", tag = "people",
    params(
        ("who" = Option<String>, Query, description = "An account or a program"),
        ("noun" = Option<String>, Query, description = "site, person, session …"),
        ("noun_id" = Option<String>, Query),
        ("from" = Option<String>, Query, description = "A day in China, or a moment (RFC 3339)"),
        ("to" = Option<String>, Query, description = "A day in China, which is included, or a moment (RFC 3339), which is not"),
        ("cursor" = Option<i64>, Query, description = "`next` of the page before"),
        ("limit" = Option<usize>, Query, description = "1 to 1000, usually 100"),
    ),
    responses((status = 200, body = AuditPage), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(super) async fn audit(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let mut params = Params::parse(query.as_deref());
    let mut wanted = wanted(&mut params);
    let number = Words::fixed("上一页的 next", "`next` of the page before");
    wanted.older_than = params.value("cursor", &number, |id: &i64| *id > 0);
    let limit = params.limit(usize::from(USUAL), usize::from(MOST));
    params.done()?;
    let rows = app.store.revisions(&wanted, i64::try_from(limit).unwrap_or(i64::from(MOST))).await?;
    let next = (rows.len() == limit).then(|| rows.last().map(|row| row.id)).flatten();
    let rules = app.live.read().rules().clone();
    let lines = rows.into_iter().map(|row| AuditLine::of(without_homes(&rules.catalogue, row))).collect();
    told(&AuditPage { lines, next })
}

/// The same as CSV, all lines that are wanted.
#[utoipa::path(get, path = "/api/audit.csv", operation_id = "exportAudit", tag = "people",
    params(
        ("who" = Option<String>, Query), ("noun" = Option<String>, Query), ("noun_id" = Option<String>, Query),
        ("from" = Option<String>, Query), ("to" = Option<String>, Query),
    ),
    responses(
        (status = 200, content_type = "text/csv", body = Vec<u8>), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    ))]
pub(super) async fn audit_csv(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let mut params = Params::parse(query.as_deref());
    let wanted = wanted(&mut params);
    params.done()?;
    let rules = app.live.read().rules().clone();
    // a page after the other, so that a log of a million lines takes no more memory than one of them
    let pages = stream::unfold((Some(wanted), true), move |(wanted, is_first)| {
        let (app, rules) = (app.clone(), rules.clone());
        async move {
            let mut wanted = wanted?;
            let rows = match app.store.revisions(&wanted, i64::from(AT_ONCE)).await {
                Ok(rows) => rows,
                Err(error) => return Some((Err(std::io::Error::other(error)), (None, false))),
            };
            wanted.older_than = rows.last().map(|row| row.id);
            let more = (rows.len() == usize::from(AT_ONCE)).then_some(wanted);
            let mut page = if is_first { audit_head() } else { Ok(Vec::new()) };
            for row in rows {
                let line = audit_line(&without_homes(&rules.catalogue, row));
                page = page.and_then(|mut page| {
                    page.extend(line?);
                    Ok(page)
                });
            }
            Some((page, (more, false)))
        }
    });
    let name = FileName { plain: "audit", name: "审计", ending: "csv" };
    let mut response = attachment("text/csv; charset=utf-8", Vec::new(), &name);
    *response.body_mut() = Body::from_stream(pages);
    Ok(response)
}

fn wanted(params: &mut Params) -> WantedRevisions {
    WantedRevisions {
        who: params.text("who"),
        noun: params.text("noun"),
        noun_id: params.text("noun_id"),
        from: moment(params, "from", 0),
        to: moment(params, "to", 1),
        older_than: None,
    }
}

/// A moment, or the begin of a day in China, so many days later.
fn moment(params: &mut Params, name: &str, days: i64) -> Option<String> {
    let text = params.text(name)?;
    let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    let begin =
        day.map(|day| day.and_utc() + chrono::TimeDelta::days(days) - chrono::TimeDelta::hours(CHINA_AHEAD_HOURS));
    let at = begin.or_else(|| DateTime::parse_from_rfc3339(&text).ok().map(|at| at.to_utc()));
    if at.is_none() {
        params.refuse(
            name,
            &text,
            Words::fixed("日期，如 2026-01-31", "a day such as 2026-01-31, or a moment (RFC 3339)"),
        );
    }
    at.map(clock::rfc3339)
}

/// A line without what it says of a home.
fn without_homes(catalogue: &Catalogue, mut row: RevisionRow) -> RevisionRow {
    if is_of_home(catalogue, &row) {
        row.before = row.before.map(|text| without_home(&text));
        row.after = without_home(&row.after);
        // people explain themselves by names and places
        KEPT_BACK.clone_into(&mut row.why);
    }
    row
}

/// Whether a line is about a home: its number counts down, or its registration is of such a kind or of one that is gone.
fn is_of_home(catalogue: &Catalogue, row: &RevisionRow) -> bool {
    #[derive(Deserialize)]
    struct Said {
        kind: String,
    }
    let said = |text: &str| serde_json::from_str::<Said>(text).is_ok_and(|said| is_home(catalogue, &said.kind));
    match row.noun.as_str() {
        "site" => row.noun_id.starts_with('-'),
        "registration" => said(&row.after) || row.before.as_deref().is_some_and(said),
        _ => false,
    }
}

fn without_home(text: &str) -> String {
    let Ok(Value::Object(mut said)) = serde_json::from_str(text) else { return "{}".to_owned() };
    for field in OF_HOMES {
        if let Some(value) = said.get_mut(field) {
            *value = Value::from(KEPT_BACK);
        }
    }
    Value::Object(said).to_string()
}
