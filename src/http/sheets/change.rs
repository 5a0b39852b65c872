//! `PUT /api/sheets/{id}/columns`, `PATCH /api/sheets/{id}/rows` and `DELETE /api/sheets/{id}`.

use super::super::body::Body;
use super::super::problem::{Problem, ProblemBody, Wrong};
use super::super::router::App;
use super::super::signed::Signed;
use super::read::told;
use super::send::{fail, problem_of, remove, wanted_datum};
use super::shape::{ColumnsBody, RowAnswer, RowEdit, RowsAnswer, SheetAnswer, SheetProgress};
use super::{Found, claim, found, internal, not_taken, put, raw};
use crate::auth::Action;
use crate::chance;
use crate::geo::Datum;
use crate::import::sheet::{ColumnShown, Edit, EditError, Intake, SheetError, edit, fields, lines};
use crate::jobs::Report;
use crate::store::SheetRow;
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Edits of one request.
const MOST_EDITS: usize = 500;
/// The longest cell, characters.
const CELL_CHARS: usize = 2000;

/// Says what the columns of a sheet mean; all rows are looked through again, as a job.
#[utoipa::path(put, path = "/api/sheets/{id}/columns", operation_id = "putSheetColumns", tag = "sheets",
    params(("id" = String, Path)),
    request_body = ColumnsBody,
    responses((status = 202, body = SheetAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
              (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
              (status = 409, body = ProblemBody, description = "It is being worked on, or was registered"),
              (status = 503, body = ProblemBody, description = "Too many wait already")))]
pub(in crate::http) async fn put_columns(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
    Body(body): Body<ColumnsBody>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let sheet = found(&app, &signed.0, &id).await?.ready()?;
    if app.store.sheet_counts(&id).await?.sent > 0 {
        return Err(Problem::Refused(StatusCode::CONFLICT));
    }
    let (columns, datum) = said(&app, &sheet, body)?;
    let job_id = chance::token().map_err(internal)?;
    let mut row = sheet.row;
    let before = row.clone();
    "checking".clone_into(&mut row.state);
    row.job = Some(job_id.clone());
    claim(&app, &before, &mut row).await?;
    row.columns = serde_json::to_string(&columns).map_err(internal)?;
    row.crs = datum.map(|datum| datum.id().to_owned());
    let (work_app, kind, runtime, unit) = (app.clone(), sheet.kind, Handle::current(), row.unit.clone());
    let work = move |report: &Report| {
        let tell = |share: f64| report.progress(&SheetProgress { state: "checking".to_owned(), share });
        let stopped = || report.is_stopped();
        let (live, store) = (&work_app.live, &work_app.store);
        let intake =
            Intake { live, store, runtime: &runtime, unit: unit.as_deref(), kind, tell: &tell, stopped: &stopped };
        let kept = row.clone();
        let done = runtime.block_on(look_again(&work_app, &intake, row, &columns, datum));
        done.map(|()| RawValue::NULL.to_owned())
            .map_err(|error| runtime.block_on(fail(&work_app, kept, problem_of(error))))
    };
    let request = raw(&json!({ "sheet": id }))?;
    if let Err(refused) = app.sheets.start_as(job_id, "sheet", request, work) {
        put(&app, &before).await?;
        return Err(not_taken(&refused));
    }
    let mut response = told(&SheetAnswer::of(&app, found(&app, &signed.0, &id).await?).await?)?;
    *response.status_mut() = StatusCode::ACCEPTED;
    Ok(response)
}

/// The columns as somebody says that they mean.
fn said(app: &App, sheet: &Found, body: ColumnsBody) -> Result<(Vec<ColumnShown>, Option<Datum>), Problem> {
    let mut columns: Vec<ColumnShown> = serde_json::from_str(&sheet.row.columns).map_err(internal)?;
    let can_be = fields(app.live.read().catalogue(), sheet.kind);
    let (mut wrong, mut taken) = (Vec::new(), HashSet::new());
    let mut refuse = |field: String, found: &str, zh: &str, en: &str| {
        wrong.push(Wrong { field, found: found.to_owned(), wanted: Words::new(zh, en) });
    };
    for (place, asked) in body.columns.into_iter().enumerate() {
        let Some(column) = columns.iter_mut().find(|column| column.heading == asked.heading) else {
            refuse(format!("columns[{place}].heading"), &asked.heading, "表中的一个表头", "a heading of the sheet");
            continue;
        };
        if let Some(field) = &asked.field
            && !can_be.iter().any(|can| can.id == *field)
        {
            refuse(format!("columns[{place}].field"), field, "fields 中的一项", "one of the sheet's fields");
            continue;
        }
        column.field = asked.field;
    }
    for column in &columns {
        if let Some(field) = column.field.as_ref().filter(|field| !taken.insert((*field).clone())) {
            refuse("columns".to_owned(), field, "每项只对应一列", "one column for each field");
        }
    }
    let datum = match &body.crs {
        None => sheet.row.crs.as_deref().and_then(Datum::from_name),
        Some(name) => {
            let datum = Datum::from_name(name);
            if datum.is_none() {
                let wanted = wanted_datum();
                refuse("crs".to_owned(), name, &wanted.zh, &wanted.en);
            }
            datum
        }
    };
    if wrong.is_empty() { Ok((columns, datum)) } else { Err(Problem::Parameters(wrong)) }
}

/// Looks through all rows again. What was accepted is not, any more; what was left out is.
async fn look_again(
    app: &App,
    intake: &Intake<'_>,
    mut row: SheetRow,
    columns: &[ColumnShown],
    datum: Option<Datum>,
) -> Result<(), SheetError> {
    let mut change = app.store.change().await?;
    let kept = change.all_sheet_lines(&row.id).await?;
    // others write meanwhile; rows of a sheet that is checked change in no other way
    change.rollback().await?;
    let left_out = kept.iter().filter(|line| line.left_out).map(|line| line.line.unsigned_abs()).collect();
    let rows = kept.iter().map(|line| Ok((line.line.unsigned_abs(), serde_json::from_str(&line.cells)?)));
    let rows: Vec<(u64, Vec<String>)> = rows.collect::<Result<_, serde_json::Error>>()?;
    let checked = tokio::task::block_in_place(|| intake.check(columns, datum, &rows, &left_out));
    let mut change = app.store.change().await?;
    "ready".clone_into(&mut row.state);
    row.job = None;
    match checked {
        Ok((verdicts, hint)) => {
            row.hint = hint.and_then(|hint| serde_json::to_string(&hint).ok());
            change.put_sheet(&row).await?;
            change.put_sheet_lines(&row.id, &lines(&rows, &verdicts, &left_out)?).await?;
            Ok(change.commit().await?)
        }
        Err(error) => Err(error),
    }
}

/// Corrects cells, accepts amber rows, leaves rows out. The answer has all rows of which something else is said now.
#[utoipa::path(patch, path = "/api/sheets/{id}/rows", operation_id = "patchSheetRows", tag = "sheets",
    params(("id" = String, Path)),
    request_body = Vec<RowEdit>,
    responses((status = 200, body = RowsAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
              (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
              (status = 409, body = ProblemBody, description = "It is being worked on, or the row was registered")))]
pub(in crate::http) async fn patch_rows(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
    Body(body): Body<Vec<RowEdit>>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let sheet = found(&app, &signed.0, &id).await?.ready()?;
    let columns: Vec<ColumnShown> = serde_json::from_str(&sheet.row.columns).map_err(internal)?;
    if body.len() > MOST_EDITS {
        let wanted = Words::new(format!("一次最多 {MOST_EDITS} 行"), format!("at most {MOST_EDITS} rows at once"));
        return Err(Problem::wrong("body", &body.len().to_string(), wanted));
    }
    let edits = body.into_iter().enumerate().map(|(place, edit)| edit_of(&columns, place, edit));
    let edits = edits.collect::<Result<Vec<Edit>, Problem>>()?;
    let changed = edit(&app.store, &app.live, (&sheet.row, sheet.kind), edits).await.map_err(refused)?;
    let counts = app.store.sheet_counts(&id).await?;
    let rows = changed.into_iter().map(|line| RowAnswer::of(&columns, line)).collect::<Result<_, _>>()?;
    told(&RowsAnswer { rows, next: None, counts })
}

fn edit_of(columns: &[ColumnShown], place: usize, asked: RowEdit) -> Result<Edit, Problem> {
    let wrong = |field: &str, found: &str, wanted| Problem::wrong(&format!("[{place}].{field}"), found, wanted);
    let cell = match (asked.column, asked.value) {
        (None, None) => None,
        (Some(column), Some(value)) => {
            let Some(at) = columns.iter().position(|shown| shown.heading == column) else {
                return Err(wrong("column", &column, Words::fixed("表中的一个表头", "a heading of the sheet")));
            };
            if value.chars().count() > CELL_CHARS {
                let words = Words::new(format!("最多 {CELL_CHARS} 个字"), format!("at most {CELL_CHARS} characters"));
                return Err(wrong("value", &value.chars().take(60).collect::<String>(), words));
            }
            Some((at, value.trim().to_owned()))
        }
        (column, _) => {
            let words = Words::fixed("column 和 value 要一起写", "column and value together");
            return Err(wrong("column", &column.unwrap_or_default(), words));
        }
    };
    Ok(Edit { line: asked.line, cell, accepted: asked.accepted, left_out: asked.left_out })
}

fn refused(error: EditError) -> Problem {
    match error {
        EditError::NoLine(line) => {
            Problem::wrong("line", &line.to_string(), Words::fixed("表中的一行", "a line of the sheet"))
        }
        EditError::NotAmber(line) => {
            let wanted = Words::fixed("黄色的行才需要确认", "only amber rows are accepted");
            Problem::wrong("accepted", &line.to_string(), wanted)
        }
        EditError::Sent(_) | EditError::Busy => Problem::Refused(StatusCode::CONFLICT),
        EditError::Sheet(error) => problem_of(error),
    }
}

/// Removes a sheet; work on it is stopped first. What was registered stays.
#[utoipa::path(delete, path = "/api/sheets/{id}", operation_id = "deleteSheet", tag = "sheets",
    params(("id" = String, Path)),
    responses((status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn delete_sheet(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let found = found(&app, &signed.0, &id).await?;
    if let Some(job) = found.job {
        job.cancel();
        let mut seen = job.watch();
        // it notices within a moment
        let _ = seen.wait_for(|seen| seen.status.is_over()).await;
    }
    remove(&app, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
