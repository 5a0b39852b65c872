//! `GET /api/scenarios/{id}/export`: a scenario as a file.

use super::super::extract::Params;
use super::super::headers::{FileName, GEOJSON, attachment};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::what_if::WhatIf;
use super::kept;
use super::shape::{figures_of, moved_on, plan_of};
use crate::export::{Format, ScenarioFile, ScenarioPart, ScenarioPlace, ScenarioTown};
use crate::site::{KindIndex, SiteId};
use crate::snapshot::Snapshot;
use crate::store::{ScenarioRow, TaskRow};
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use serde_json::{Map, json};
use std::sync::Arc;

/// A scenario as a file: what is proposed, closed and staffed, with the figures as they were saved.
#[utoipa::path(get, path = "/api/scenarios/{id}/export", operation_id = "exportScenario", tag = "scenarios",
    params(
        ("id" = String, Path, description = "From the scenario's link"),
        ("format" = String, Query, description = "`geojson` or `csv`"),
    ),
    responses(
        (status = 200, content_type = "application/geo+json", body = Vec<u8>),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn export_scenario(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let mut params = Params::parse(query.as_deref());
    let wanted = Words::fixed("geojson 或 csv", "geojson or csv");
    if params.peek("format").is_none() {
        params.refuse("format", "", wanted.clone());
    }
    let format = params.value::<Format>("format", &wanted, |_| true);
    params.done()?;
    let format = format.unwrap_or(Format::Geojson);
    let row = kept(&app.store, &id).await?;
    let tasks = app.store.tasks(&id).await?;
    let file = scenario_file(&app.live.read(), &row, &tasks)?;
    let written = file.written(format).map_err(|error| Problem::Internal(error.to_string()))?;
    let (media_type, ending) = match format {
        Format::Geojson => (GEOJSON, "geojson"),
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    Ok(attachment(media_type, written, &FileName { plain: "scenario", name: &row.name, ending }))
}

/// A stored scenario for a file, with what its sites are called now.
pub fn scenario_file(now: &Snapshot, row: &ScenarioRow, tasks: &[TaskRow]) -> Result<ScenarioFile, Problem> {
    let (plan, figures) = (plan_of(row)?, figures_of(row)?);
    let areas = now.areas();
    let called = |code: &Option<String>| match code {
        Some(code) => {
            areas.all().iter().find(|area| area.id == *code).map_or(code.clone(), |area| area.name.zh.to_string())
        }
        None => "不在任何区划内 in no area".to_owned(),
    };
    let towns = figures.by_town.iter().map(|town| ScenarioTown {
        name: called(&town.area),
        children: town.children,
        before: town.before,
        after: town.after,
    });
    let county = areas.county().map(|county| county.zh.to_string()).unwrap_or_default();
    Ok(ScenarioFile {
        name: row.name.clone(),
        note: row.note.clone(),
        saved: row.saved.clone(),
        moved_on: moved_on(now, row),
        members: question(&plan),
        county: ScenarioTown {
            name: county,
            children: figures.children_total,
            before: figures.children_before,
            after: figures.children_after,
        },
        towns: towns.collect(),
        places: places(now, &plan, tasks),
    })
}

/// What was asked, as members of a JSON object.
fn question(plan: &WhatIf) -> Map<String, serde_json::Value> {
    let said = [
        ("kind", json!(plan.kind)),
        ("minutes", json!(plan.minutes)),
        ("profile", json!(plan.profile)),
        ("at", json!(plan.at)),
        ("ages", json!(plan.ages)),
        ("only", json!(plan.only)),
    ];
    said.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn places(now: &Snapshot, plan: &WhatIf, tasks: &[TaskRow]) -> Vec<ScenarioPlace> {
    let units = |lon: f64, lat: f64| {
        let here = |task: &&TaskRow| [task.lon.to_bits(), task.lat.to_bits()] == [lon.to_bits(), lat.to_bits()];
        tasks.iter().filter(here).map(|task| task.unit.clone()).collect()
    };
    let kind = now.catalogue().kind_index(&plan.kind).map(|kind| called(now, kind));
    let proposed = plan.add.iter().map(|site| ScenarioPlace {
        part: ScenarioPart::Proposed,
        kind: kind.clone(),
        name: site.name.clone().unwrap_or_default(),
        at: Some([site.lon, site.lat]),
        site: None,
        opening_hours: site.opening_hours.clone(),
        units: units(site.lon, site.lat),
    });
    let closed = plan.remove.iter().map(|site| existing(now, ScenarioPart::Closed, *site, None));
    let other_hours = plan.hours.iter();
    let other_hours =
        other_hours.map(|other| existing(now, ScenarioPart::OtherHours, other.site, Some(&other.opening_hours)));
    let posts = plan.posts.iter().map(|post| ScenarioPlace {
        part: ScenarioPart::Post,
        kind: None,
        name: String::new(),
        at: Some([post.lon, post.lat]),
        site: None,
        opening_hours: None,
        units: Vec::new(),
    });
    proposed.chain(closed).chain(other_hours).chain(posts).collect()
}

fn called(now: &Snapshot, kind: KindIndex) -> (String, Words) {
    let kind = now.catalogue().kind(kind);
    (kind.id.clone(), kind.name.clone())
}

/// A site that there is; one that has gone keeps its number.
fn existing(now: &Snapshot, part: ScenarioPart, number: u32, hours: Option<&str>) -> ScenarioPlace {
    let found = now.site(SiteId(number.into()));
    let site = found.as_ref().map(|found| &found.held.site);
    ScenarioPlace {
        part,
        kind: site.map(|site| called(now, site.kind)),
        name: site.map(|site| site.name.to_string()).unwrap_or_default(),
        at: site.map(|site| site.at.to_centimetre()),
        site: Some(number),
        opening_hours: hours.map(str::to_owned),
        units: Vec::new(),
    }
}
