//! `GET /api/registrations/{id}`: one with what the public sees now, what happened to it and what to look at again.

use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::scenarios::told;
use super::super::signed::Signed;
use super::list::is_home;
use super::shape::{OpenedRegistration, PublicSite, RegistrationAnswer, StepAnswer, Units};
use super::unknown;
use super::warnings::{About, warnings};
use crate::auth::{Action, Person};
use crate::geo::LonLat;
use crate::registry::is_secret;
use crate::registry::registrations::{note_look, sees};
use crate::store::{RegistrationRow, State as Stands};
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// Steps of one thing that are told.
pub const MOST_STEPS: i64 = 500;

/// A registration with what belongs to it. A look at one of a home is logged.
#[utoipa::path(get, path = "/api/registrations/{id}", operation_id = "getRegistration", tag = "registrations",
    params(("id" = String, Path)),
    responses((status = 200, body = OpenedRegistration, description = "ETag has its version"), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(in super::super) async fn registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let row = seen(&app, &who.0, &id).await?;
    let current = match row.site {
        Some(site) => app.store.sites_by_id(&[site]).await?.pop(),
        None => None,
    };
    let steps = app.store.steps_of("registration", &id, MOST_STEPS).await?;
    let place = |lon: Option<f64>, lat: Option<f64>| LonLat::new(lon?, lat?).ok();
    let before = current.as_ref().and_then(|site| place(Some(site.lon), Some(site.lat)));
    let about = place(row.lon, row.lat).map(|at| About {
        id: Some(row.id.clone()),
        site: row.site,
        kind: row.kind.clone(),
        name: row.name.clone(),
        attributes: row.attributes.clone(),
        at,
        // what is published stands where it is
        before: before.filter(|_| row.state != Stands::Published),
    });
    let warnings = match about {
        Some(about) => warnings(&app, &who.0, &about).await?,
        None => Vec::new(),
    };
    let opened = OpenedRegistration {
        warnings,
        registration: RegistrationAnswer::of(row, &Units::of(&app.store).await?),
        current: current.map(PublicSite::of),
        history: steps.into_iter().map(StepAnswer::of).collect(),
    };
    told(&opened, opened.registration.version)
}

/// A registration that somebody may see. That they see one of a home is written down first.
async fn seen(app: &App, who: &Person, id: &str) -> Result<RegistrationRow, Problem> {
    let row = if is_secret(id) { app.store.registration(id).await? } else { None };
    let row = row.filter(|row| sees(who, row)).ok_or_else(unknown)?;
    let rules = app.live.read().rules().clone();
    if is_home(&rules.catalogue, &row.kind) {
        note_look(&app.store, who, &row).await?;
    }
    Ok(row)
}
