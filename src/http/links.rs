//! `/api/links/{token}`: a one-time link sets the password of whom it was made for, and signs them in.

use super::body::Body;
use super::gate::Caller;
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::session::{new_hash, signed_in, told, try_once};
use crate::registry::people::{opened, use_link};
use axum::extract::{Path, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a link is for.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LinkAnswer {
    /// `invitation` or `reset`.
    purpose: String,
    account: String,
    name: String,
    /// RFC 3339.
    expires: String,
}

/// The password that a link sets.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkPassword {
    password: String,
}

/// Whose a link is. It is not used up by that.
#[utoipa::path(get, path = "/api/links/{token}", operation_id = "getLink", tag = "people",
    params(("token" = String, Path)),
    responses(
        (status = 200, body = LinkAnswer),
        (status = 404, body = ProblemBody, description = "It was used, is too old, or never was"),
        (status = 429, body = ProblemBody),
    ))]
pub(super) async fn link(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let tries = try_once(&app, caller, &token)?;
    let (link, person) = opened(&app.store, &token).await?;
    tries.were_right(&app);
    told(&LinkAnswer { purpose: link.purpose, account: person.account, name: person.name, expires: link.expires })
}

/// Sets the password and signs in; the link is used up. Whoever was signed in to the account elsewhere no longer is.
#[utoipa::path(post, path = "/api/links/{token}", operation_id = "useLink", tag = "people",
    params(("token" = String, Path)),
    request_body = LinkPassword,
    responses(
        (status = 200, body = super::session::SessionAnswer),
        (status = 400, body = ProblemBody, description = "Too short or too common; the link still works"),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody),
    ))]
pub(super) async fn take(
    State(app): State<Arc<App>>,
    caller: Caller,
    Path(token): Path<String>,
    Body(said): Body<LinkPassword>,
) -> Result<Response, Problem> {
    let tries = try_once(&app, caller, &token)?;
    let (_, person) = opened(&app.store, &token).await?;
    let hash = new_hash(&app, said.password, &person, "password").await?;
    let (row, session) = use_link(&app.store, &token, hash).await?;
    tries.were_right(&app);
    app.gate.forget();
    signed_in(&app, &row, &session).await
}
