//! `POST /api/registrations`, `PUT` and `DELETE /api/registrations/{id}`, and submitting one.

use super::super::body::Body;
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::scenarios::told;
use super::super::signed::Signed;
use super::filled::filled;
use super::list::in_lists;
use super::shape::{RegistrationAnswer, RegistrationBody, Units};
use super::{failed, said_version, take_in};
use crate::auth::Action;
use crate::registry::registrations::{amend, save, submit, withdraw};
use crate::store::{Intent, RegistrationRow};
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The header of the sender's own key.
const KEY: &str = "idempotency-key";
/// The longest such key.
const KEY_MAX_CHARS: usize = 64;

/// Keeps a registration, as a draft or submitted. A draft may be incomplete. What the same person sent under the same
/// `Idempotency-Key` before is answered with what there is, so that sending twice registers once.
#[utoipa::path(post, path = "/api/registrations", operation_id = "register", tag = "registrations",
    params(("Idempotency-Key" = Option<String>, Header, description = "The sender's own name for it, at most 64 characters")),
    request_body = RegistrationBody,
    responses(
        (status = 201, body = RegistrationAnswer, description = "Location has its address, ETag its version"),
        (status = 200, body = RegistrationAnswer, description = "It had been sent before"),
        (status = 400, body = ProblemBody, description = "`errors` names each wrong field, such as attributes.capacity"),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody),
    ))]
pub(in super::super) async fn register(
    State(app): State<Arc<App>>,
    who: Signed,
    headers: HeaderMap,
    Body(body): Body<RegistrationBody>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let key = key(&headers)?;
    let new = filled(&app.live.read(), &body, body.submit).map_err(Problem::Parameters)?;
    let rules = app.live.read().rules().clone();
    let saved = save(&app.store, &rules.catalogue, &who.0, new, body.submit, key).await;
    let (row, is_new) = match saved {
        Ok(saved) => saved,
        Err(error) => return Err(failed(&app, error, None).await),
    };
    let location = HeaderValue::from_str(&format!("/api/registrations/{}", row.id));
    let mut response = if is_new { sent(&app, row).await? } else { changed(&app, row).await? };
    if is_new {
        *response.status_mut() = StatusCode::CREATED;
    }
    response.headers_mut().extend(location.ok().map(|value| (header::LOCATION, value)));
    Ok(response)
}

/// Saves another version of a registration that is not published. What was submitted stays submitted.
#[utoipa::path(put, path = "/api/registrations/{id}", operation_id = "amendRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that is changed")),
    request_body = RegistrationBody,
    responses(
        (status = 200, body = RegistrationAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody, description = "Somebody saved another version meanwhile: `yours` and `theirs`"),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody), (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn amend_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<RegistrationBody>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let version = said_version(&headers)?;
    let new = filled(&app.live.read(), &body, body.submit).map_err(Problem::Parameters)?;
    let rules = app.live.read().rules().clone();
    match amend(&app.store, &rules.catalogue, &who.0, (&id, version), new, body.submit).await {
        Ok(row) => sent(&app, row).await,
        Err(error) => Err(failed(&app, error, serde_json::to_value(&body).ok()).await),
    }
}

/// Withdraws a registration that is not published. It stays in the log.
#[utoipa::path(delete, path = "/api/registrations/{id}", operation_id = "withdrawRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that was seen")),
    responses(
        (status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody), (status = 409, body = ProblemBody), (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn withdraw_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let version = said_version(&headers)?;
    if let Err(error) = withdraw(&app.store, &who.0, (&id, version)).await {
        return Err(failed(&app, error, None).await);
    }
    take_in(&app).await;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Submits a draft, or again what was returned.
#[utoipa::path(post, path = "/api/registrations/{id}/submit", operation_id = "submitRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that was seen")),
    responses(
        (status = 200, body = RegistrationAnswer), (status = 400, body = ProblemBody, description = "Something is missing"),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody), (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn submit_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let version = said_version(&headers)?;
    let rules = app.live.read().rules().clone();
    match submit(&app.store, &rules.catalogue, &who.0, (&id, version)).await {
        Ok(row) => changed(&app, row).await,
        Err(error) => Err(failed(&app, error, None).await),
    }
}

/// What has become of a registration, told once the change has reached memory and all listeners. Of a home no more than lists
/// tell: whoever wants to see it opens it, which is logged.
pub(super) async fn changed(app: &App, row: RegistrationRow) -> Result<Response, Problem> {
    take_in(app).await;
    let answer = in_lists(app, row, &Units::of(&app.store).await?);
    told(&answer, answer.version)
}

/// The same for whoever has just sent it, who knows what it says; of a closing they sent no more than which site.
async fn sent(app: &App, row: RegistrationRow) -> Result<Response, Problem> {
    if row.change == Intent::Close {
        return changed(app, row).await;
    }
    take_in(app).await;
    let answer = RegistrationAnswer::of(row, &Units::of(&app.store).await?);
    told(&answer, answer.version)
}

fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(said) = headers.get(KEY) else { return Ok(None) };
    let key = said.to_str().ok().map(str::trim);
    key.filter(|key| (1..=KEY_MAX_CHARS).contains(&key.len())).map(Some).ok_or_else(|| {
        let wanted = Words::fixed("1 到 64 个字母、数字或符号", "1 to 64 letters, digits or signs");
        Problem::wrong("Idempotency-Key", &String::from_utf8_lossy(said.as_bytes()), wanted)
    })
}
