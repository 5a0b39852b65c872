//! `GET /api/kinds/{id}/template.xlsx` and `GET /api/sheets/{id}/bad.xlsx`.

use super::super::headers::{FileName, attachment};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::{found, internal};
use crate::auth::Action;
use crate::export::{BadRow, bad_rows, template};
use crate::import::sheet::{ColumnShown, Verdict};
use crate::store::{LinesQuery, SheetLine};
use crate::text::Words;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// XLSX's media type.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The spreadsheet to fill in for a kind of site, with drop-downs and notes.
#[utoipa::path(get, path = "/api/kinds/{id}/template.xlsx", operation_id = "getTemplate", tag = "sheets",
    params(("id" = String, Path, description = "The kind's id")),
    responses((status = 200, content_type = XLSX, body = Vec<u8>), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn template_of(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let (rules, towns) = {
        let now = app.live.read();
        let towns: Vec<String> = now.areas().all().iter().map(|area| area.name.zh.to_string()).collect();
        (now.rules().clone(), towns)
    };
    let none =
        || Problem::NotFound(Words::fixed("没有这个类别，请查看 /api/kinds", "no such kind; /api/kinds lists them"));
    let kind = rules.catalogue.kind_index(&id).ok_or_else(none)?;
    let name = format!("{}登记表", rules.catalogue.kind(kind).name.zh);
    let made = tokio::task::spawn_blocking(move || template(&rules.catalogue, kind, &towns)).await.map_err(internal)?;
    Ok(attachment(XLSX, made.map_err(internal)?, &FileName { plain: "template", name: &name, ending: "xlsx" }))
}

/// The rows of a sheet that were not registered and are not ready to be, with their reasons.
#[utoipa::path(get, path = "/api/sheets/{id}/bad.xlsx", operation_id = "getBadRows", tag = "sheets",
    params(("id" = String, Path)),
    responses((status = 200, content_type = XLSX, body = Vec<u8>), (status = 401, body = ProblemBody),
              (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in crate::http) async fn bad_rows_of(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let sheet = found(&app, &signed.0, &id).await?.row;
    let columns: Vec<ColumnShown> = serde_json::from_str(&sheet.columns).map_err(internal)?;
    let all = app.store.sheet_lines(&id, LinesQuery { limit: i64::MAX, ..LinesQuery::default() }).await?;
    let made = tokio::task::spawn_blocking(move || {
        let headings: Vec<String> = columns.into_iter().map(|column| column.heading).collect();
        let bad = all.iter().filter(|line| is_bad(line)).map(|line| bad(&headings, line));
        let rows = bad.collect::<Result<Vec<BadRow>, _>>().map_err(internal)?;
        bad_rows(&headings, &rows).map_err(internal)
    });
    let made = made.await.map_err(internal)??;
    let name = sheet.name.rsplit_once('.').map_or(&*sheet.name, |(name, _)| name);
    Ok(attachment(XLSX, made, &FileName { plain: "bad", name: &format!("{name}-未登记"), ending: "xlsx" }))
}

fn is_bad(line: &SheetLine) -> bool {
    line.sent.is_none() && (line.left_out || line.colour == "red" || (line.colour == "amber" && !line.accepted))
}

fn bad(headings: &[String], line: &SheetLine) -> Result<BadRow, serde_json::Error> {
    let verdict: Verdict = serde_json::from_str(&line.verdict)?;
    let wrong = verdict.errors.iter().filter_map(|error| headings.iter().position(|h| *h == error.column));
    let mut reasons: Vec<String> = Vec::new();
    for error in &verdict.errors {
        let found = if error.found.is_empty() { "空" } else { &error.found };
        reasons.push(format!("{}：现为“{found}”，应为{}", error.column, error.wanted.zh));
    }
    reasons.extend(verdict.warnings.iter().map(|warning| warning.says.zh.to_string()));
    if line.left_out {
        reasons.push("不登记".to_owned());
    }
    Ok(BadRow {
        line: line.line,
        cells: serde_json::from_str(&line.cells)?,
        wrong: wrong.collect(),
        reason: reasons.join(";"),
    })
}
