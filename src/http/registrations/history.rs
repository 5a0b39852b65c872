//! What happened to a site, and an earlier version of it brought back.

use super::super::body::Body;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::failed;
use super::filled::{area_at, needed};
use super::one::MOST_STEPS;
use super::shape::{RegistrationAnswer, StepAnswer};
use super::write::changed;
use crate::auth::Action;
use crate::registry::registrations::{RegistrationError, may_touch, restore};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What happened to a site.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SiteHistory {
    /// The version at which the site stands; whoever brings an earlier one back says it.
    version: i64,
    /// Oldest first; of very many the newest 500.
    revisions: Vec<StepAnswer>,
}

/// Which version comes back, and why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RestoreBody {
    /// A line of the site's history: the site becomes what it was after it.
    pub revision: i64,
    /// The version of the site that was seen.
    pub version: i64,
    /// 1 to 2,000 characters, for the log.
    pub why: String,
}

/// All changes of a public site, with what was before and after.
#[utoipa::path(get, path = "/api/sites/{id}/history", operation_id = "getSiteHistory", tag = "registrations",
    params(("id" = i64, Path, description = "The site's number")),
    responses((status = 200, body = SiteHistory), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody)))]
pub(in super::super) async fn site_history(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let id = public(&id)?;
    let site = app.store.sites_by_id(&[id]).await?.pop().ok_or_else(|| super::plain(RegistrationError::NoSite))?;
    if !may_touch(&who.0, &site) {
        return Err(super::plain(RegistrationError::OtherUnits));
    }
    let steps = app.store.steps_of("site", &id.to_string(), MOST_STEPS).await?;
    let history = SiteHistory { version: site.version, revisions: steps.into_iter().map(StepAnswer::of).collect() };
    Ok(private(JSON, serde_json::to_vec(&history).map_err(|error| Problem::Internal(error.to_string()))?))
}

/// Brings an earlier version of a public site back, as an amendment that waits for a reviewer, or that is published at once
/// when a reviewer asks.
#[utoipa::path(post, path = "/api/sites/{id}/restore", operation_id = "restoreSite", tag = "registrations",
    params(("id" = i64, Path, description = "The site's number")),
    request_body = RestoreBody,
    responses(
        (status = 201, body = RegistrationAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody, description = "The site has changed meanwhile: `yours` and `theirs`"),
    ))]
pub(in super::super) async fn restore_site(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    Body(body): Body<RestoreBody>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let id = public(&id)?;
    let why = needed("why", &body.why)?;
    let rules = app.live.read().rules().clone();
    let live = app.live.clone();
    let area_of = move |lon, lat| area_at(&live.read(), lon, lat);
    match restore(&app.store, &rules.catalogue, &who.0, (id, body.version), body.revision, &why, area_of).await {
        Ok(row) => {
            let mut response = changed(&app, row).await?;
            *response.status_mut() = StatusCode::CREATED;
            Ok(response)
        }
        Err(error) => Err(failed(&app, error, None).await),
    }
}

/// The number of a public site. Homes, whose numbers count down, have no history that anybody asks for here.
fn public(id: &str) -> Result<i64, Problem> {
    id.parse().ok().filter(|id| *id > 0).ok_or_else(|| super::plain(RegistrationError::NoSite))
}
