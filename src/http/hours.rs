//! `GET /api/sites/{id}/hours`: whether a place is open at a time, and its week.

use super::extract::Params;
use super::headers::{JSON, passing};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::sites::no_such_site;
use crate::clock;
use crate::site::SiteId;
use crate::site::hours::{Opening, WeekTold, minute};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// When a place is open.
#[derive(Serialize, utoipa::ToSchema)]
pub struct HoursAnswer {
    /// The local time that is meant.
    at: String,
    /// The hours as they were written; null where nobody has told any.
    written: Option<String>,
    /// Whether it is open then; null where nobody has told any hours.
    opening: Option<Opening>,
    /// Seven days from that day on; null where the hours can't be read.
    week: Option<WeekTold>,
}

/// Whether a place is open at a time, and its hours of seven days from then on.
#[utoipa::path(get, path = "/api/sites/{id}/hours", operation_id = "getHours", tag = "sites",
    params(
        ("id" = i64, Path, description = "The site's number"),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-01T10:00, or now, which is usual"),
    ),
    responses((status = 200, body = HoursAnswer), (status = 400, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(super) async fn hours(State(app): State<Arc<App>>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    answered(&app, &id, query.as_deref()).unwrap_or_else(IntoResponse::into_response)
}

fn answered(app: &App, id: &str, query: Option<&str>) -> Result<Response, Problem> {
    let now = app.live.read();
    let calendar = &now.rules().calendar;
    let mut params = Params::parse(query);
    let at = params.at_or_now(&now).unwrap_or_else(|| calendar.local(clock::now()));
    params.done()?;
    let found = id.parse().ok().and_then(|id| now.site(SiteId(id))).ok_or_else(no_such_site)?;
    let hours = now.hours_of(found.held);
    let answer = HoursAnswer {
        at: minute(at),
        written: hours.map(|hours| hours.written().to_owned()),
        opening: hours.map(|hours| hours.state(at, calendar).into()),
        week: hours.and_then(|hours| hours.week(at.date(), calendar)).map(Into::into),
    };
    Ok(passing(JSON, serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?))
}
