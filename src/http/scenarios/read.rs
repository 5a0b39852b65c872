//! `GET /api/scenarios/{id}` and what it comes to now.

use super::super::coverage::apart;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::what_if::{WhatIfAnswer, what_if_of};
use super::kept;
use super::shape::{ScenarioAnswer, plan_of};
use super::write::told;
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// A scenario as it was saved, with what has moved on since.
#[utoipa::path(get, path = "/api/scenarios/{id}", operation_id = "getScenario", tag = "scenarios",
    params(("id" = String, Path, description = "From the scenario's link")),
    responses((status = 200, body = ScenarioAnswer), (status = 404, body = ProblemBody)))]
pub(in super::super) async fn scenario(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = kept(&app.store, &id).await?;
    let tasks = app.store.tasks(&id).await?;
    let answer = ScenarioAnswer::of(&app.live.read(), row, tasks)?;
    told(&answer, answer.version)
}

/// What a scenario comes to on today's data.
#[utoipa::path(get, path = "/api/scenarios/{id}/now", operation_id = "getScenarioNow", tag = "scenarios",
    params(("id" = String, Path, description = "From the scenario's link")),
    responses(
        (status = 200, body = WhatIfAnswer),
        (status = 400, body = ProblemBody, description = "The plan no longer fits the data, such as a site that is gone"),
        (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn scenario_now(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let plan = plan_of(&kept(&app.store, &id).await?)?;
    let json = apart(move || {
        let answer = what_if_of(&app.live, &plan).map_err(|problem| problem.inside("plan"))?;
        serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))
    });
    Ok(private(JSON, json.await?))
}
