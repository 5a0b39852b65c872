//! `POST /api/sheets`: a spreadsheet is sent, read and looked through.

use super::super::extract::Params;
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::shape::{SheetProgress, SheetTaken};
use super::{file_name, internal, not_taken, put, raw};
use crate::auth::Action;
use crate::geo::Datum;
use crate::import::sheet::{Intake, ReadSheet, SheetError, lines};
use crate::jobs::{Failed, Report};
use crate::site::KindIndex;
use crate::store::SheetRow;
use crate::text::Words;
use crate::{chance, clock};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::runtime::Handle;

/// The largest file.
pub(in crate::http) const MOST_SHEET_BYTES: usize = 20 << 20;
/// Sheets of one person that are kept at once.
const MOST_SHEETS: i64 = 30;
/// After so many days a sheet that nobody finished is removed.
const KEPT_DAYS: u64 = 60;

/// Takes in a spreadsheet: XLSX or CSV, whatever it is called. It is read and looked through as a job; the answer tells where.
#[utoipa::path(post, path = "/api/sheets", operation_id = "sendSheet", tag = "sheets",
    params(
        ("kind" = String, Query, description = "The kind of rows that don't say theirs"),
        ("crs" = Option<String>, Query, description = "The datum of rows that don't say theirs: wgs84, gcj02, bd09 or cgcs2000"),
        ("name" = Option<String>, Query, description = "The name of the file"),
    ),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses(
        (status = 202, body = SheetTaken, headers(("Location" = String, description = "Where the sheet is"))),
        (status = 400, body = ProblemBody), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 503, body = ProblemBody, description = "Too many wait already"),
        (status = 507, body = ProblemBody, description = "As many are kept as there is room for"),
    ))]
pub(in crate::http) async fn send_sheet(
    State(app): State<Arc<App>>,
    signed: Signed,
    RawQuery(query): RawQuery,
    bytes: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let (kind, kind_id, datum, name) = asked(&app, query.as_deref())?;
    let bytes = bytes.map_err(|refused| Problem::Refused(refused.status()))?;
    if bytes.is_empty() {
        return Err(Problem::wrong("body", "", Words::fixed("XLSX 或 CSV 文件", "an XLSX or CSV file")));
    }
    let job_id = chance::token().map_err(internal)?;
    let row = SheetRow {
        id: chance::token().map_err(internal)?,
        author: signed.0.account.clone(),
        unit: signed.0.unit.as_ref().map(|unit| unit.0.clone()),
        name,
        kind: kind_id,
        crs: datum.map(|datum| datum.id().to_owned()),
        state: "reading".to_owned(),
        job: Some(job_id.clone()),
        columns: "[]".to_owned(),
        hint: None,
        problem: None,
        created: clock::now_rfc3339(),
    };
    make_room(&app, &row).await?;
    let request = raw(&json!({ "sheet": row.id }))?;
    let (id, work_app, work_row, runtime) = (row.id.clone(), app.clone(), row, Handle::current());
    let work = move |report: &Report| take_in(&work_app, &runtime, work_row, kind, datum, &bytes, report);
    if let Err(refused) = app.sheets.start_as(job_id, "sheet", request, work) {
        remove(&app, &id).await?;
        return Err(not_taken(&refused));
    }
    let place = HeaderValue::from_str(&format!("/api/sheets/{id}"));
    let mut response = (StatusCode::ACCEPTED, axum::Json(SheetTaken { id })).into_response();
    response.headers_mut().extend(place.ok().map(|place| (header::LOCATION, place)));
    Ok(response)
}

/// What an upload says beside its bytes.
fn asked(app: &App, query: Option<&str>) -> Result<(KindIndex, String, Option<Datum>, String), Problem> {
    let mut params = Params::parse(query);
    let now = app.live.read();
    let said = params.text("kind").unwrap_or_default();
    let kind = now.catalogue().kind_index(&said);
    if kind.is_none() {
        let all = |f: fn(&crate::site::Kind) -> &str| now.catalogue().kinds().iter().map(f).collect::<Vec<_>>();
        let (zh, en) = (all(|kind| &kind.name.zh).join("、"), all(|kind| &kind.id).join(", "));
        params.refuse("kind", &said, Words::new(format!("以下类别之一的 id:{zh}"), format!("one of {en}")));
    }
    let datum = params.text("crs").map(|said| (Datum::from_name(&said), said));
    if let Some((None, said)) = &datum {
        params.refuse("crs", said, wanted_datum());
    }
    let name = file_name(&params.text("name").unwrap_or_default());
    params.done()?;
    let kind = kind.ok_or(Problem::NotFound(Words::fixed("没有这个类别", "no such kind")))?;
    Ok((kind, said, datum.and_then(|(datum, _)| datum), name))
}

pub(super) fn wanted_datum() -> Words {
    Words::fixed("坐标系:wgs84、gcj02、bd09 或 cgcs2000", "a datum: wgs84, gcj02, bd09 or cgcs2000")
}

/// Writes a new sheet down, if there is room, and removes what nobody has finished.
async fn make_room(app: &App, row: &SheetRow) -> Result<(), Problem> {
    let mut change = app.store.change().await?;
    change.remove_sheets_before(&clock::days_ago_rfc3339(KEPT_DAYS)).await?;
    if change.sheet_count(&row.author).await? >= MOST_SHEETS {
        let zh = format!("您已有 {MOST_SHEETS} 份表格，请先删除不用的");
        let en = format!("you have {MOST_SHEETS} sheets already; remove those that are done");
        return Err(Problem::Full(Words::new(zh, en)));
    }
    change.put_sheet(row).await?;
    Ok(change.commit().await?)
}

pub(super) async fn remove(app: &App, id: &str) -> Result<(), Problem> {
    let mut change = app.store.change().await?;
    change.remove_sheet(id).await?;
    Ok(change.commit().await?)
}

/// The work: reads a file and looks through its rows; all of it is written at the end, at once.
fn take_in(
    app: &App,
    runtime: &Handle,
    mut row: SheetRow,
    kind: KindIndex,
    datum: Option<Datum>,
    bytes: &[u8],
    report: &Report,
) -> Result<Box<RawValue>, Failed> {
    let tell = |share: f64| report.progress(&SheetProgress { state: "reading".to_owned(), share });
    let stopped = || report.is_stopped();
    let unit = row.unit.clone();
    let (live, store) = (&app.live, &app.store);
    let intake = Intake { live, store, runtime, unit: unit.as_deref(), kind, tell: &tell, stopped: &stopped };
    let read = intake.read(bytes, &row.name, datum).and_then(|read| {
        let (verdicts, hint) = intake.check(&read.columns, read.datum, &read.rows, &BTreeSet::new())?;
        Ok((lines(&read.rows, &verdicts, &BTreeSet::new())?, read, hint))
    });
    row.job = None;
    let done = match read {
        Ok((lines, read, shifted)) => {
            let ReadSheet { columns, datum, hint, .. } = read;
            "ready".clone_into(&mut row.state);
            row.crs = datum.map(|datum| datum.id().to_owned());
            row.columns = serde_json::to_string(&columns).unwrap_or_default();
            row.hint = hint.or(shifted).and_then(|hint| serde_json::to_string(&hint).ok());
            runtime.block_on(keep(app, &row, &lines, report))
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(RawValue::NULL.to_owned()),
        Err(SheetError::Stopped) => {
            // nothing of it stays
            let removed = runtime.block_on(remove(app, &row.id));
            removed.map(|()| RawValue::NULL.to_owned()).map_err(|problem| failed(problem).1)
        }
        Err(error) => {
            let (body, told) = failed(problem_of(error));
            "failed".clone_into(&mut row.state);
            row.problem = Some(body);
            if let Err(error) = runtime.block_on(keep(app, &row, &[], report)) {
                tracing::error!(%error, "a sheet's failure could not be written down");
            }
            Err(told)
        }
    }
}

/// Writes a sheet with its rows; nothing when somebody has stopped it.
async fn keep(app: &App, row: &SheetRow, lines: &[crate::store::SheetLine], report: &Report) -> Result<(), SheetError> {
    let mut change = app.store.change().await?;
    change.put_sheet(row).await?;
    change.put_sheet_lines(&row.id, lines).await?;
    if report.is_stopped() {
        return Err(SheetError::Stopped);
    }
    Ok(change.commit().await?)
}

pub(super) fn problem_of(error: SheetError) -> Problem {
    match error {
        SheetError::File(words) => Problem::Infeasible(words),
        SheetError::Store(error) => Problem::Store(error),
        SheetError::Keeping(_) | SheetError::Json(_) | SheetError::Stopped => internal(error),
    }
}

/// Writes down that work on a sheet failed, whose rows stand as they stood; gives it as the job tells it.
pub(super) async fn fail(app: &App, mut row: SheetRow, problem: Problem) -> Failed {
    let (body, told) = failed(problem);
    "ready".clone_into(&mut row.state);
    (row.job, row.problem) = (None, Some(body));
    if let Err(error) = put(app, &row).await {
        tracing::error!(?error, "a sheet's failure could not be written down");
    }
    told
}

/// A problem as it is kept with a sheet, and as the job tells it.
pub(super) fn failed(problem: Problem) -> (String, Failed) {
    let body = serde_json::value::to_raw_value(&problem.body()).unwrap_or_default();
    (body.get().to_owned(), Failed(body))
}
