//! `GET /api/sheets`, `GET /api/sheets/{id}` and what is below it.

use super::super::extract::Params;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::shape::{ListedSheet, RowAnswer, RowsAnswer, SheetAnswer, SheetList, SheetProgress};
use super::{found, internal};
use crate::auth::{Action, Person};
use crate::import::sheet::{Colour, ColumnShown};
use crate::jobs::{Job, Seen, Status};
use crate::store::{LinesQuery, SheetRow};
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use serde_json::json;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;

/// A page of rows without a `limit`.
const USUAL: usize = 100;
/// The largest page.
const MOST: usize = 1000;

/// The sheets that whoever asks or another one of their unit has sent.
#[utoipa::path(get, path = "/api/sheets", operation_id = "listSheets", tag = "sheets",
    responses((status = 200, body = SheetList), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(in crate::http) async fn list_sheets(State(app): State<Arc<App>>, signed: Signed) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let mut sheets = Vec::new();
    let unit = signed.0.unit.as_ref().map(|unit| unit.0.as_str());
    for row in app.store.sheets_of(&signed.0.account, unit).await? {
        let Ok(found) = found(&app, &signed.0, &row.id).await else { continue };
        let SheetRow { id, author, name, kind, state, created, .. } = found.row;
        sheets.push(ListedSheet { id, author, name, kind, state, created });
    }
    told(&SheetList { sheets })
}

/// A sheet as it stands: its columns and what they mean, how many rows are right.
#[utoipa::path(get, path = "/api/sheets/{id}", operation_id = "getSheet", tag = "sheets",
    params(("id" = String, Path)),
    responses((status = 200, body = SheetAnswer), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn sheet(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let found = found(&app, &signed.0, &id).await?;
    told(&SheetAnswer::of(&app, found).await?)
}

/// Tells how far the work on a sheet is: events `progress`, and at the end `done` with the sheet as it stands.
#[utoipa::path(get, path = "/api/sheets/{id}/events", operation_id = "getSheetEvents", tag = "sheets",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = ProblemBody),
              (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn sheet_events(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let found = found(&app, &signed.0, &id).await?;
    let events: Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>> = if let Some(job) = &found.job {
        Box::pin(follow(app, signed.0, id, job))
    } else {
        let answer = SheetAnswer::of(&app, found).await?;
        Box::pin(stream::iter([Ok(event("done", &answer))]))
    };
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

fn event(name: &str, data: &impl Serialize) -> Event {
    Event::default().event(name).json_data(data).unwrap_or_default()
}

/// What a job tells from now on, until it is over.
fn follow(
    app: Arc<App>,
    who: Person,
    id: String,
    job: &Job,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + use<> {
    let mut seen = job.watch();
    seen.mark_changed();
    stream::unfold(Some((app, who, id, seen)), |state| async move {
        let (app, who, id, mut seen) = state?;
        seen.changed().await.ok()?;
        let now = seen.borrow_and_update().clone();
        if now.status.is_over() {
            return Some((Ok(ended(&app, &who, &id, &now).await), None));
        }
        let queued = SheetProgress { state: "queued".to_owned(), share: 0.0 };
        let progress = now.progress.map_or_else(|| event("progress", &queued), |progress| event("progress", &progress));
        Some((Ok(progress), Some((app, who, id, seen))))
    })
}

/// The last that is told: the sheet, or that it is gone.
async fn ended(app: &App, who: &Person, id: &str, seen: &Seen) -> Event {
    let answer = match found(app, who, id).await {
        Ok(found) => SheetAnswer::of(app, found).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(answer) => event("done", &answer),
        Err(_gone) if seen.status == Status::Cancelled => {
            event("done", &json!({ "id": id, "state": "cancelled", "share": 1.0 }))
        }
        Err(problem) => event("done", &json!({ "id": id, "state": "failed", "share": 1.0, "problem": problem.body() })),
    }
}

/// Rows of a sheet with what is said of them, by line.
#[utoipa::path(get, path = "/api/sheets/{id}/rows", operation_id = "listSheetRows", tag = "sheets",
    params(
        ("id" = String, Path),
        ("colour" = Option<String>, Query, description = "`green`, `amber` or `red`"),
        ("limit" = Option<u32>, Query, description = "1 to 1000, usually 100"),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
    ),
    responses((status = 200, body = RowsAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
              (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn sheet_rows(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let mut params = Params::parse(query.as_deref());
    let wanted = Words::fixed("green、amber 或 red", "green, amber or red");
    let colour = params.value::<String>("colour", &wanted, |said| Colour::named(said).is_some());
    let wanted = Words::fixed("上一页的 next", "the `next` of the page before");
    let after = params.value::<i64>("cursor", &wanted, |after| *after >= 0).unwrap_or(0);
    let limit = params.limit(USUAL, MOST);
    params.done()?;
    let found = found(&app, &signed.0, &id).await?;
    let columns: Vec<ColumnShown> = serde_json::from_str(&found.row.columns).map_err(internal)?;
    let which =
        LinesQuery { colour: colour.as_deref(), after, limit: i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1 };
    let mut lines = app.store.sheet_lines(&id, which).await?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = lines.last().filter(|_| more).map(|line| line.line.to_string());
    let counts = app.store.sheet_counts(&id).await?;
    let rows = lines.into_iter().map(|line| RowAnswer::of(&columns, line)).collect::<Result<_, _>>()?;
    told(&RowsAnswer { rows, next, counts })
}

pub(super) fn told(answer: &impl Serialize) -> Result<Response, Problem> {
    Ok(private(JSON, serde_json::to_vec(answer).map_err(internal)?))
}
