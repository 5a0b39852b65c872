//! `GET /api/scenarios/compare`: two or three scenarios side by side, on today's data.

use super::super::coverage::apart;
use super::super::extract::Params;
use super::super::headers::{FileName, JSON, attachment, private};
use super::super::problem::{Problem, ProblemBody, Wrong};
use super::super::router::App;
use super::super::what_if::{WhatIf, WhatIfFigures};
use super::compared::Compared;
use super::kept;
use super::shape::plan_of;
use crate::export::{ComparedTown, Format, compared_csv};
use crate::store::ScenarioRow;
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// How many are laid side by side.
const FEWEST: usize = 2;
const MOST: usize = 3;

/// Scenarios side by side.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ScenarioComparison {
    /// In the order in which they were asked for.
    pub scenarios: Vec<ComparedScenario>,
    /// All towns, by code; children in no area come last.
    pub by_town: Vec<TownCompared>,
    /// The cells of /api/children/cells whose walking times differ between any two.
    pub cells: CellsCompared,
    /// What the data stood at.
    pub mark: String,
}

/// One of them.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ComparedScenario {
    /// Its link.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its version.
    pub version: i64,
    /// What it comes to now.
    pub figures: WhatIfFigures,
}

/// A town under each.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TownCompared {
    /// Its code; nothing for children in no area.
    pub area: Option<String>,
    /// All its children.
    pub children: u64,
    /// Those within the limit today.
    pub before: u64,
    /// Those within the limit under each scenario.
    pub covered: Vec<u64>,
}

/// Walking times under each.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct CellsCompared {
    /// Which cells.
    pub index: Vec<u32>,
    /// Of each scenario, the seconds of each of these cells; 65535: no way.
    pub secs: Vec<Vec<u16>>,
}

/// Two or three scenarios that ask the same question, side by side: what each comes to today, in all and by town, and
/// where walking times differ. `format=csv` has the towns as a table.
#[utoipa::path(get, path = "/api/scenarios/compare", operation_id = "compareScenarios", tag = "scenarios",
    params(
        ("id" = Vec<String>, Query, description = "Two or three, each as a parameter of its own", explode = true),
        ("format" = Option<String>, Query, description = "`csv`: the towns as a table"),
    ),
    responses(
        (status = 200, body = ScenarioComparison),
        (status = 400, body = ProblemBody, description = "Not two or three, or they ask different questions"),
        (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn compare_scenarios(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let (ids, csv) = asked(query.as_deref())?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in &ids {
        rows.push(kept(&app.store, id).await?);
    }
    let plans = rows.iter().map(plan_of).collect::<Result<Vec<WhatIf>, Problem>>()?;
    apart(move || {
        let compared = Compared::of(&app.live, &plans)?;
        if csv {
            return table(&app, &rows, &compared);
        }
        let json = serde_json::to_vec(&comparison(rows, compared));
        Ok(private(JSON, json.map_err(|error| Problem::Internal(error.to_string()))?))
    })
    .await
}

/// The ids, and whether a table is wanted.
fn asked(query: Option<&str>) -> Result<(Vec<String>, bool), Problem> {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    // the one parameter that stands more than once
    let (ids, others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == "id");
    let mut params = Params::of(others.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let wanted = Words::fixed("csv", "csv");
    let csv = params.value::<Format>("format", &wanted, |format| *format == Format::Csv).is_some();
    let ids: Vec<String> = ids.into_iter().map(|(_, id)| id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    if !(FEWEST..=MOST).contains(&ids.len()) || sorted.len() != ids.len() {
        let wanted = Words::fixed("两个或三个不同的方案", "two or three different scenarios");
        params.refuse("id", &ids.len().to_string(), wanted);
    }
    params.done()?;
    Ok((ids, csv))
}

fn comparison(rows: Vec<ScenarioRow>, compared: Compared) -> ScenarioComparison {
    let told = |(row, figures): (ScenarioRow, WhatIfFigures)| ComparedScenario {
        id: row.id,
        name: row.name,
        version: row.version,
        figures,
    };
    ScenarioComparison {
        scenarios: rows.into_iter().zip(compared.figures).map(told).collect(),
        by_town: compared.towns,
        cells: compared.cells,
        mark: compared.mark,
    }
}

fn table(app: &App, rows: &[ScenarioRow], compared: &Compared) -> Result<Response, Problem> {
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let now = app.live.read();
    let called =
        |code: &str| now.areas().all().iter().find(|area| area.id == code).map(|area| area.name.zh.to_string());
    let mut lines: Vec<ComparedTown> = compared
        .towns
        .iter()
        .map(|town| ComparedTown {
            name: town.area.as_deref().map_or_else(
                || "不在任何区划内 in no area".to_owned(),
                |code| called(code).unwrap_or_else(|| code.to_owned()),
            ),
            code: town.area.clone().unwrap_or_default(),
            children: town.children,
            before: town.before,
            covered: town.covered.clone(),
        })
        .collect();
    if let Some(first) = compared.figures.first() {
        lines.push(ComparedTown {
            name: "合计 total".to_owned(),
            code: String::new(),
            children: first.children_total,
            before: first.children_before,
            covered: compared.figures.iter().map(|figures| figures.children_after).collect(),
        });
    }
    let csv = compared_csv(&names, &lines).map_err(|error| Problem::Internal(error.to_string()))?;
    let name = FileName { plain: "scenarios", name: &names.join(" "), ending: "csv" };
    Ok(attachment("text/csv; charset=utf-8", csv, &name))
}

/// The fields in which two plans' questions differ.
pub(super) fn differing(fields: impl IntoIterator<Item = (&'static str, Vec<String>)>) -> Result<(), Problem> {
    let wanted = || Words::fixed("各方案相同，才能比较", "the same in all, so that they can be compared");
    let wrong: Vec<Wrong> = fields
        .into_iter()
        .filter(|(_, said)| said.iter().any(|one| *one != said[0]))
        .map(|(field, said)| Wrong { field: field.to_owned(), found: said.join(" / "), wanted: wanted() })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(Problem::Parameters(wrong)) }
}
