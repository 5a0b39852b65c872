//! `POST /api/scenarios`, `PUT` and `DELETE /api/scenarios/{id}`.

use super::super::body::Body;
use super::super::coverage::apart;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::version::{tagged, version};
use super::figures::worked_out;
use super::shape::{NewScenarioAnswer, ScenarioAnswer, ScenarioBody};
use super::words::Texts;
use super::{kept, key};
use crate::registry::scenarios::{By, MOST_SCENARIOS, NewScenario, ScenarioError, amend, opens, remove, save};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Saves a scenario. The answer has its key, which nothing tells again.
#[utoipa::path(post, path = "/api/scenarios", operation_id = "saveScenario", tag = "scenarios",
    request_body = ScenarioBody,
    responses(
        (status = 201, body = NewScenarioAnswer, description = "Location has its address, ETag its version"),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody, description = "No walking network or no children yet"),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody),
        (status = 507, body = ProblemBody, description = "As many are kept as there is room for"),
    ))]
pub(in super::super) async fn save_scenario(
    State(app): State<Arc<App>>,
    Body(body): Body<ScenarioBody>,
) -> Result<Response, Problem> {
    let new = new_scenario(&app, body).await?;
    let (row, key) = save(&app.store, new, MOST_SCENARIOS).await?;
    let location = HeaderValue::from_str(&format!("/api/scenarios/{}", row.id));
    let scenario = ScenarioAnswer::of(&app.live.read(), row, Vec::new())?;
    let version = scenario.version;
    let mut response = told(&NewScenarioAnswer { scenario, key }, version)?;
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().extend(location.ok().map(|value| (header::LOCATION, value)));
    Ok(response)
}

/// Saves another version of a scenario, worked out on today's data. Earlier ones stay in the log.
#[utoipa::path(put, path = "/api/scenarios/{id}", operation_id = "amendScenario", tag = "scenarios",
    params(
        ("id" = String, Path, description = "From the scenario's link"),
        ("Scenario-Key" = String, Header, description = "From when it was made"),
        ("If-Match" = String, Header, description = "The ETag of the version that is changed"),
    ),
    request_body = ScenarioBody,
    responses(
        (status = 200, body = ScenarioAnswer), (status = 400, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 412, body = ProblemBody, description = "Somebody saved another version meanwhile"),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody), (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn amend_scenario(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<ScenarioBody>,
) -> Result<Response, Problem> {
    let before = kept(&app.store, &id).await?;
    // told before anything is worked out; the change itself looks at both again
    opens(&before, key(&headers))?;
    let version = version(&headers)?.ok_or(Problem::NoVersion)?;
    if version != before.version {
        return Err(ScenarioError::Older { now: before.version }.into());
    }
    let new = new_scenario(&app, body).await?;
    let row = amend(&app.store, &id, key(&headers), version, new).await?;
    let tasks = app.store.tasks(&id).await?;
    let answer = ScenarioAnswer::of(&app.live.read(), row, tasks)?;
    told(&answer, answer.version)
}

/// Removes a scenario. Its versions stay in the log, and its tasks with those whom they were handed to.
#[utoipa::path(delete, path = "/api/scenarios/{id}", operation_id = "removeScenario", tag = "scenarios",
    params(
        ("id" = String, Path, description = "From the scenario's link"),
        ("Scenario-Key" = String, Header, description = "From when it was made"),
        ("If-Match" = Option<String>, Header, description = "Only if it still stands at this ETag"),
    ),
    responses(
        (status = 204), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 412, body = ProblemBody),
    ))]
pub(in super::super) async fn remove_scenario(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    kept(&app.store, &id).await?;
    remove(&app.store, &id, By::Key(key(&headers)), version(&headers)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// An answer with its version, which nobody keeps: its link is all that reading takes.
pub(in super::super) fn told(answer: &impl serde::Serialize, version: i64) -> Result<Response, Problem> {
    let json = serde_json::to_vec(answer).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(tagged(private(JSON, json), version))
}

/// Checks a scenario and works out its figures.
async fn new_scenario(app: &Arc<App>, mut body: ScenarioBody) -> Result<NewScenario, Problem> {
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    let note = texts.note(&body.note);
    let siting = texts.job(body.siting);
    texts.plan(&mut body.plan);
    texts.done()?;
    let (app, mut plan) = (app.clone(), body.plan);
    let (plan, figures, made_on) = apart(move || {
        let (answer, made_on) = worked_out(&app.live, &mut plan).map_err(|problem| problem.inside("plan"))?;
        Ok((plan, answer.figures, made_on))
    })
    .await?;
    let json = |json: serde_json::Result<String>| json.map_err(|error| Problem::Internal(error.to_string()));
    Ok(NewScenario {
        kind: plan.kind.clone(),
        name,
        note,
        plan: json(serde_json::to_string(&plan))?,
        siting,
        figures: json(serde_json::to_string(&figures))?,
        made_on,
    })
}
