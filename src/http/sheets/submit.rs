//! `POST /api/sheets/{id}/submit`: the good rows become registrations.

use super::super::problem::{Problem, ProblemBody};
use super::super::registrations::take_in;
use super::super::router::App;
use super::super::signed::Signed;
use super::read::told;
use super::send::{fail, problem_of};
use super::shape::{SheetAnswer, SheetProgress};
use super::{claim, found, internal, not_taken, put, raw};
use crate::auth::{Action, Person};
use crate::import::sheet::{CellProblem, Colour, ColumnShown, Good, SheetError, good_rows};
use crate::jobs::Report;
use crate::registry::registrations::{Filled, RegistrationError, save_in};
use crate::site::{Catalogue, KindIndex, SiteId};
use crate::snapshot::Snapshot;
use crate::store::{Change, Intent, NewRevision, SheetLine, SheetRow};
use crate::text::Words;
use crate::{chance, clock};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Rows between two words on progress.
const STEP: usize = 100;

/// Registers and submits all green rows, and the amber ones that were accepted: a job, and one transaction, so that stopping it
/// leaves nothing. A row is registered once, however often this is asked for; what was corrected since is registered then.
#[utoipa::path(post, path = "/api/sheets/{id}/submit", operation_id = "submitSheet", tag = "sheets",
    params(("id" = String, Path)),
    responses((status = 202, body = SheetAnswer), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
              (status = 404, body = ProblemBody), (status = 409, body = ProblemBody, description = "It is being worked on"),
              (status = 503, body = ProblemBody, description = "Too many wait already")))]
pub(in crate::http) async fn submit_sheet(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    let sheet = found(&app, &signed.0, &id).await?.ready()?;
    if signed.0.unit.is_none() && !signed.0.may(Action::Review) {
        let words = Words::fixed(
            "您的账号不属于任何单位，不能登记场所",
            "your account belongs to no unit, for which it could register",
        );
        return Err(Problem::Forbidden(words));
    }
    let job_id = chance::token().map_err(internal)?;
    let before = sheet.row.clone();
    let mut row = sheet.row;
    "submitting".clone_into(&mut row.state);
    row.job = Some(job_id.clone());
    claim(&app, &before, &mut row).await?;
    let (work_app, runtime, kind, who) = (app.clone(), Handle::current(), sheet.kind, signed.0.clone());
    let work = move |report: &Report| {
        let kept = row.clone();
        let done = runtime.block_on(register_all(&work_app, &who, row, kind, report));
        done.map(|()| RawValue::NULL.to_owned()).map_err(|problem| runtime.block_on(fail(&work_app, kept, problem)))
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

async fn register_all(
    app: &App,
    who: &Person,
    mut sheet: SheetRow,
    kind: KindIndex,
    report: &Report,
) -> Result<(), Problem> {
    let rules = app.live.read().rules().clone();
    let columns: Vec<ColumnShown> = serde_json::from_str(&sheet.columns).map_err(internal)?;
    let mut change = app.store.change().await?;
    let lines = change.all_sheet_lines(&sheet.id).await?;
    let good = good_rows(&rules.catalogue, &sheet, kind, lines).map_err(problem_of)?;
    let (all, mut changed, mut sent) = (good.len(), Vec::with_capacity(good.len()), 0);
    for (place, row) in good.into_iter().enumerate() {
        if place.is_multiple_of(STEP) {
            if report.is_stopped() {
                // the transaction goes with all that was written in it
                return Ok(());
            }
            report.progress(&SheetProgress { state: "submitting".to_owned(), share: place as f64 / all as f64 });
        }
        let line = register(&mut change, app, &rules.catalogue, who, &sheet, &columns, row).await?;
        sent += i64::from(line.sent.is_some());
        changed.push(line);
    }
    let now = clock::now_rfc3339();
    change.put_sheet_lines(&sheet.id, &changed).await?;
    "done".clone_into(&mut sheet.state);
    sheet.job = None;
    change.put_sheet(&sheet).await?;
    let after = json!({ "name": sheet.name, "kind": sheet.kind, "registered": sent }).to_string();
    let noun_id = sheet.id.clone();
    let line = NewRevision { noun: "sheet", noun_id, action: "submitted", before: None, after };
    change.log(&now, &who.account, "registered from a sheet", &[line]).await?;
    if report.is_stopped() {
        return Ok(());
    }
    change.commit().await?;
    take_in(app).await;
    Ok(())
}

/// Registers one row. One that is refused, because the site is another unit's for example, turns red and says why.
async fn register(
    change: &mut Change,
    app: &App,
    catalogue: &Catalogue,
    who: &Person,
    sheet: &SheetRow,
    columns: &[ColumnShown],
    good: Good,
) -> Result<SheetLine, Problem> {
    let filled = filled(&app.live.read(), &sheet.name, &good);
    let Good { mut line, mut verdict, .. } = good;
    let key = format!("sheet:{}:{}", sheet.id, line.line);
    match save_in(change, catalogue, who, filled, true, Some(&key)).await {
        Ok((row, _)) => line.sent = Some(row.id),
        Err(RegistrationError::Store(error)) => return Err(error.into()),
        Err(RegistrationError::Random(error)) => return Err(internal(error)),
        Err(error) => {
            verdict.errors.push(refused(columns, &verdict.name, &error));
            verdict.colour = Colour::Red;
            Colour::Red.id().clone_into(&mut line.colour);
            line.verdict = serde_json::to_string(&verdict).map_err(SheetError::from).map_err(problem_of)?;
        }
    }
    Ok(line)
}

fn refused(columns: &[ColumnShown], name: &str, error: &RegistrationError) -> CellProblem {
    let over = columns.iter().find(|column| column.field.as_deref() == Some("name"));
    let wanted = match error {
        RegistrationError::OtherUnits => Words::fixed(
            "本单位负责的场所(这一处由其他单位负责)",
            "a site of your own unit (this one is another unit's)",
        ),
        RegistrationError::NoSite => Words::fixed("仍在公开的场所(这一处已经撤销)", "a site that is still there"),
        RegistrationError::Wrong { wanted, .. } => wanted.clone(),
        other => Words::new("可以登记的内容", format!("what can be registered ({other})")),
    };
    let column = over.map_or_else(|| "name".to_owned(), |column| column.heading.clone());
    CellProblem { column, found: name.to_owned(), wanted }
}

#[derive(Deserialize)]
struct KeptPhoto {
    id: String,
}

/// What a row says, as a registration: of a new site, or of the one that it plainly is, of which it changes what it speaks of.
fn filled(now: &Snapshot, sheet: &str, good: &Good) -> Filled {
    let Good { line, site, verdict } = good;
    let known = verdict.site.and_then(|id| now.site(SiteId(id)));
    let mut attributes = site.attributes.told();
    let mut photos = Vec::new();
    if let Some(known) = &known {
        let mut before = known.held.site.attributes.told();
        before.append(&mut attributes);
        attributes = before;
        let kept: Vec<KeptPhoto> = now
            .tended(known.held.site.id)
            .and_then(|tended| serde_json::from_str(&tended.photos).ok())
            .unwrap_or_default();
        photos = kept.into_iter().map(|photo| photo.id).collect();
    }
    Filled {
        change: if known.is_some() { Intent::Amend } else { Intent::Create },
        site: known.map(|known| known.held.site.id.0),
        base: known.map(|known| i64::from(known.held.site.version)),
        unit: None,
        kind: now.catalogue().kind(site.kind).id.clone(),
        name: site.name.to_string(),
        at: Some(site.at.to_store()),
        area: verdict.area.clone(),
        attributes: serde_json::Value::Object(attributes).to_string(),
        photos,
        closed_on: None,
        number: verdict.key.clone(),
        note: format!("表格“{sheet}”第 {} 行", line.line),
    }
}
