//! `POST /api/scenarios/{id}/tasks`: a proposed site is handed over to whoever is to build and register it.

use super::super::body::Body;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::shape::{TaskAnswer, TaskBody, plan_of};
use super::words::Texts;
use super::{kept, key};
use crate::registry::scenarios::{HandOver, hand_over};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// Hands a proposed site over to a unit, as a draft of its registration. The same place handed to the same unit again is
/// answered with the task that there is.
#[utoipa::path(post, path = "/api/scenarios/{id}/tasks", operation_id = "handOver", tag = "scenarios",
    params(
        ("id" = String, Path, description = "From the scenario's link"),
        ("Scenario-Key" = String, Header, description = "From when it was made"),
    ),
    request_body = TaskBody,
    responses(
        (status = 201, body = TaskAnswer), (status = 200, body = TaskAnswer, description = "It had been handed over before"),
        (status = 400, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody), (status = 507, body = ProblemBody),
    ))]
pub(in super::super) async fn hand_over_site(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<TaskBody>,
) -> Result<Response, Problem> {
    let plan = plan_of(&kept(&app.store, &id).await?)?;
    let mut texts = Texts::default();
    let hand = HandOver { place: body.place, unit: texts.name("unit", &body.unit), note: texts.note(&body.note) };
    texts.done()?;
    let (task, is_new) = hand_over(&app.store, &id, key(&headers), hand).await?;
    let json =
        serde_json::to_vec(&TaskAnswer::of(&plan, task)).map_err(|error| Problem::Internal(error.to_string()))?;
    let mut response = private(JSON, json);
    if is_new {
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}
