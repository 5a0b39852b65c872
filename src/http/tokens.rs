//! `/api/units/{id}/tokens`: what a unit's scripts show instead of a password (`Authorization: Bearer yimi_…`). A token
//! speaks for a member of its unit and for nothing else, and stops at once when it is revoked.

use super::body::Body;
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::scenarios::Texts;
use super::session::told;
use super::signed::Signed;
use crate::registry::units::{UnitError, add_token, revoke_token};
use crate::store::TokenRow;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Read what a member of the unit may read.
    Read,
    /// All that a member of the unit may do.
    #[default]
    Register,
}

/// A token, without what makes it one.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenListed {
    id: String,
    /// What it is for.
    name: String,
    scope: Scope,
    /// RFC 3339.
    made: String,
    /// When it was revoked; null while it works.
    #[schema(required)]
    revoked: Option<String>,
}

/// The tokens of a unit.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenList {
    /// The newest first.
    tokens: Vec<TokenListed>,
}

/// A token that is to be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenBody {
    /// What it is for; stands in the revision log with what the script does.
    name: String,
    /// Usually `register`.
    #[serde(default)]
    scope: Scope,
}

/// A new token.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TokenMade {
    token: TokenListed,
    /// What the script shows; nothing tells it again.
    secret: String,
}

impl From<TokenRow> for TokenListed {
    fn from(row: TokenRow) -> Self {
        let scope = if row.scope == "read" { Scope::Read } else { Scope::Register };
        Self { id: row.id, name: row.name, scope, made: row.made, revoked: row.revoked }
    }
}

/// The tokens of a unit, also those that were revoked.
#[utoipa::path(get, path = "/api/units/{id}/tokens", operation_id = "listTokens", tag = "people",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = TokenList), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ))]
pub(super) async fn tokens(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    app.store.unit(&id).await?.ok_or(UnitError::Unknown)?;
    told(&TokenList { tokens: app.store.tokens(&id).await?.into_iter().map(TokenListed::from).collect() })
}

/// Makes a token. The answer has what the script shows, once.
#[utoipa::path(post, path = "/api/units/{id}/tokens", operation_id = "addToken", tag = "people",
    params(("id" = String, Path)),
    request_body = TokenBody,
    responses(
        (status = 201, body = TokenMade), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 507, body = ProblemBody, description = "The unit has as many as it may have"),
    ))]
pub(super) async fn make_token(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Path(id): Path<String>,
    Body(body): Body<TokenBody>,
) -> Result<Response, Problem> {
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    texts.done()?;
    let (row, secret) = add_token(&app.store, &id, name, body.scope == Scope::Read, &by.account).await?;
    let mut response = told(&TokenMade { token: row.into(), secret })?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Revokes a token, from the next request on.
#[utoipa::path(delete, path = "/api/units/{id}/tokens/{token}", operation_id = "revokeToken", tag = "people",
    params(("id" = String, Path), ("token" = String, Path, description = "Its id, not what the script shows")),
    responses(
        (status = 204), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ))]
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Path((id, token)): Path<(String, String)>,
) -> Result<Response, Problem> {
    revoke_token(&app.store, &id, &token, &by.account).await?;
    app.gate.forget();
    Ok(StatusCode::NO_CONTENT.into_response())
}
