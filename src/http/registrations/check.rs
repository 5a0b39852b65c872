//! `POST /api/registrations/check`: what is wrong with a registration and what to look at again, while it is typed.

use super::super::body::Body;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody, Wrong};
use super::super::router::App;
use super::super::signed::Signed;
use super::filled::filled;
use super::shape::{RegistrationBody, Warning};
use super::warnings::{About, warnings};
use crate::auth::Action;
use crate::geo::LonLat;
use crate::site::SiteId;
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// What a check finds.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CheckAnswer {
    /// What must be put right before it can be submitted.
    errors: Vec<Wrong>,
    /// What to look at again.
    warnings: Vec<Warning>,
    /// The code of the town that it lies in.
    area: Option<String>,
}

/// Checks a registration without keeping it.
#[utoipa::path(post, path = "/api/registrations/check", operation_id = "checkRegistration", tag = "registrations",
    request_body = RegistrationBody,
    responses((status = 200, body = CheckAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
pub(in super::super) async fn check_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Body(body): Body<RegistrationBody>,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let now = app.live.read();
    let errors = filled(&now, &body, true).err().unwrap_or_default();
    // what is right so far is enough to warn by, and to tell the town
    let right = filled(&now, &placed(&body), false).ok();
    let at = right.as_ref().and_then(|right| right.at).and_then(|[lon, lat]| LonLat::new(lon, lat).ok());
    let before = body.site.and_then(|site| now.site(SiteId(site))).map(|found| found.held.site.at);
    let answer = CheckAnswer {
        errors,
        warnings: at.map(|at| warnings(&now, &About { at, before })).unwrap_or_default(),
        area: right.and_then(|right| right.area),
    };
    drop(now);
    Ok(private(JSON, serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?))
}

/// Of a registration, what says where it is.
fn placed(body: &RegistrationBody) -> RegistrationBody {
    let body = body.clone();
    RegistrationBody {
        name: None,
        attributes: serde_json::Map::default(),
        closed_on: None,
        note: String::new(),
        ..body
    }
}
