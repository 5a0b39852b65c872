//! `/api/links`: a one-time link sets the password of whom it was made for, and signs them in. Its token comes in a body:
//! addresses stand in the logs of servers on the way.

use super::body::Body;
use super::gate::Caller;
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::session::{new_hash, signed_in, told, try_once};
use crate::registry::people::{opened, use_link};
use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which link.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkToken {
    token: String,
}

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

/// A link and the password that it sets.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkPassword {
    token: String,
    password: String,
}

/// Whose a link is. It is not used up by that.
#[utoipa::path(post, path = "/api/links/look", operation_id = "lookAtLink", tag = "people",
    request_body = LinkToken,
    responses(
        (status = 200, body = LinkAnswer),
        (status = 404, body = ProblemBody, description = "It was used, is too old, or never was"),
        (status = 429, body = ProblemBody),
    ))]
pub(super) async fn link(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(said): Body<LinkToken>,
) -> Result<Response, Problem> {
    let tries = try_once(&app, caller, &said.token)?;
    let (link, person) = opened(&app.store, &said.token).await?;
    tries.were_right(&app);
    told(&LinkAnswer { purpose: link.purpose, account: person.account, name: person.name, expires: link.expires })
}

/// Sets the password and signs in; the link is used up. Whoever was signed in to the account elsewhere no longer is.
#[utoipa::path(post, path = "/api/links", operation_id = "useLink", tag = "people",
    request_body = LinkPassword,
    responses(
        (status = 200, body = super::session::SessionAnswer),
        (status = 400, body = ProblemBody, description = "Too short or too common; the link still works"),
        (status = 404, body = ProblemBody), (status = 429, body = ProblemBody),
    ))]
pub(super) async fn take(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(LinkPassword { token, password }): Body<LinkPassword>,
) -> Result<Response, Problem> {
    let tries = try_once(&app, caller, &token)?;
    let (_, person) = opened(&app.store, &token).await?;
    let hash = new_hash(&app, password, &person, "password").await?;
    let (row, session) = use_link(&app.store, &token, hash).await?;
    tries.were_right(&app);
    app.gate.forget();
    signed_in(&app, &row, &session).await
}
