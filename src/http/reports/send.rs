//! `POST /api/reports` and `GET /api/reports/{id}`: for everybody.

use super::super::body::Body;
use super::super::gate::{Caller, Rate};
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::registrations::take_in;
use super::super::router::App;
use super::shape::{ReportBody, ReportSent, ReportState, What};
use super::unknown;
use crate::geo::LonLat;
use crate::registry::is_secret;
use crate::registry::reports::{NewReport, report};
use crate::site::SiteId;
use crate::text::{Words, has_control};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;

/// The longest text, in characters.
const TEXT_MAX_CHARS: usize = 500;
/// From one address: a family on a walk, not a program.
const FROM_ONE: Rate = Rate { burst: 6, every: Duration::from_mins(5) };
/// From everybody together: a day on which the whole county reports still fits.
const FROM_ALL: Rate = Rate { burst: 300, every: Duration::from_secs(5) };

/// Says that something about a public site is not as it is shown. Nobody is asked who they are.
#[utoipa::path(post, path = "/api/reports", operation_id = "sendReport", tag = "reports",
    request_body = ReportBody,
    responses(
        (status = 201, body = ReportSent), (status = 400, body = ProblemBody), (status = 404, body = ProblemBody, description = "No such public site"),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody),
        (status = 429, body = ProblemBody, description = "Too many from one address; Retry-After says when to try again"),
        (status = 507, body = ProblemBody),
    ))]
pub(in super::super) async fn send_report(
    State(app): State<Arc<App>>,
    from: Caller,
    Body(body): Body<ReportBody>,
) -> Result<Response, Problem> {
    let new = read(&app, &body)?;
    app.gate.tries.take(("report", from), FROM_ONE).map_err(too_often)?;
    app.gate.tries.take("reports of all", FROM_ALL).map_err(too_often)?;
    let id = report(&app.store, new).await?;
    take_in(&app).await;
    let sent = ReportSent { id, state: "open" };
    let mut response = private(JSON, serde_json::to_vec(&sent).map_err(|error| Problem::Internal(error.to_string()))?);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// What became of a report, for whoever has its id.
#[utoipa::path(get, path = "/api/reports/{id}", operation_id = "getReport", tag = "reports",
    params(("id" = String, Path)),
    responses((status = 200, body = ReportState), (status = 404, body = ProblemBody)))]
pub(in super::super) async fn report_state(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = if is_secret(&id) { app.store.report(&id).await? } else { None };
    let row = row.ok_or_else(unknown)?;
    let state = ReportState {
        id: row.id,
        site: row.site,
        what: row.what,
        state: row.state,
        answer: row.answer,
        made: row.made,
        decided: row.decided,
    };
    Ok(private(JSON, serde_json::to_vec(&state).map_err(|error| Problem::Internal(error.to_string()))?))
}

fn too_often(wait: Duration) -> Problem {
    Problem::TooOften(wait.as_secs() + 1)
}

fn read(app: &App, body: &ReportBody) -> Result<NewReport, Problem> {
    let text = body.text.trim().to_owned();
    let shown: String = text.chars().filter(|c| !c.is_control()).take(60).collect();
    if text.chars().count() > TEXT_MAX_CHARS || has_control(&text) {
        let zh = format!("最多 {TEXT_MAX_CHARS} 个字，不含控制字符");
        let en = format!("at most {TEXT_MAX_CHARS} characters, no control characters");
        return Err(Problem::wrong("text", &shown, Words::new(zh, en)));
    }
    if body.what == What::Other && text.is_empty() {
        return Err(Problem::wrong("text", "", Words::fixed("请说明是什么问题", "what is the matter, in words")));
    }
    let at = match (body.lon, body.lat) {
        (None, None) => None,
        (lon, lat) => {
            let place = LonLat::new(lon.unwrap_or(f64::NAN), lat.unwrap_or(f64::NAN));
            let wanted = |_| {
                Problem::wrong(
                    "lon",
                    "",
                    Words::fixed("经度和纬度(WGS-84 度)", "longitude and latitude in WGS-84 degrees"),
                )
            };
            Some(place.map_err(wanted)?.to_store())
        }
    };
    if app.live.read().site(SiteId(body.site)).is_none() {
        return Err(Problem::NotFound(Words::fixed("没有这个公开的场所", "no such public site")));
    }
    Ok(NewReport { site: body.site, what: body.what.word().to_owned(), text, at })
}
