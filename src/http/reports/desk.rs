//! `GET /api/reports` and `PUT /api/reports/{id}`: for units and reviewers.

use super::super::body::Body;
use super::super::extract::Params;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::registrations::{cursor, needed, said_version, take_in};
use super::super::router::App;
use super::super::scenarios::told;
use super::super::signed::Signed;
use super::shape::{ReportAnswer, ReportAnswerBody, ReportList};
use crate::auth::{Action, Person};
use crate::registry::reports::answer;
use crate::store::ReportAsk;
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// A page without a `limit`.
const USUAL: usize = 50;
/// The largest page.
const MOST: usize = 200;

/// Reports, oldest first. Members see those about their unit's sites.
#[utoipa::path(get, path = "/api/reports", operation_id = "listReports", tag = "reports",
    params(
        ("state" = Option<String>, Query, description = "open, done or dismissed"),
        ("unit" = Option<String>, Query, description = "A unit's id"),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200, usually 50"),
    ),
    responses((status = 200, body = ReportList), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
pub(in super::super) async fn list_reports(
    State(app): State<Arc<App>>,
    who: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let (ask, limit) = asked(&who.0, query.as_deref())?;
    let mut rows = app.store.reports(&ask).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|row| format!("{}~{}", row.made, row.id));
    let list = ReportList { reports: rows.into_iter().map(ReportAnswer::of).collect(), next };
    Ok(private(JSON, serde_json::to_vec(&list).map_err(|error| Problem::Internal(error.to_string()))?))
}

/// Answers a report; whoever sent it sees the answer.
#[utoipa::path(put, path = "/api/reports/{id}", operation_id = "answerReport", tag = "reports",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "Its version, such as \"1\"")),
    request_body = ReportAnswerBody,
    responses(
        (status = 200, body = ReportAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn answer_report(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<ReportAnswerBody>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let version = said_version(&headers)?;
    let said = needed("answer", &body.answer)?;
    let row = answer(&app.store, &who.0, (&id, version), body.state.word(), &said).await?;
    take_in(&app).await;
    let row = ReportAnswer::of(row);
    told(&row, row.version)
}

/// What is asked for, one more than the page holds.
fn asked(who: &Person, query: Option<&str>) -> Result<(ReportAsk, usize), Problem> {
    let mut params = Params::parse(query);
    let states = Words::fixed("open、done 或 dismissed", "open, done or dismissed");
    let state = params.value::<String>("state", &states, |word| ["open", "done", "dismissed"].contains(&word.as_str()));
    let mut unit = params.text("unit");
    let after = cursor(&mut params);
    let limit = params.limit(USUAL, MOST);
    params.done()?;
    if !who.may(Action::Review) {
        // a member of no unit has no sites
        let own = who.unit.as_ref().map(|unit| unit.0.clone()).unwrap_or_default();
        if unit.as_ref().is_some_and(|unit| *unit != own) {
            return Err(Problem::not_allowed());
        }
        unit = Some(own);
    }
    let one_more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    Ok((ReportAsk { state, unit, after, limit: one_more }, limit))
}
