//! `POST /api/registrations/check`: what is wrong with a registration and what to look at again, while it is typed.

use super::super::body::Body;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody, Wrong};
use super::super::router::App;
use super::super::signed::Signed;
use super::filled::filled;
use super::shape::RegistrationBody;
use super::warnings::{About, warnings};
use crate::auth::Action;
use crate::geo::LonLat;
use crate::import::sheet::Warning;
use crate::registry::registrations::Filled;
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
    let errors = filled(&app.live.read(), &body, true).err().unwrap_or_default();
    // what is right so far is enough to warn by, and to tell the town
    let right = [&body, &placed(&body)].into_iter().find_map(|body| filled(&app.live.read(), body, false).ok());
    let before = body.site.and_then(|site| app.live.read().site(SiteId(site)).map(|found| found.held.site.at));
    let area = right.as_ref().and_then(|right| right.area.clone());
    let about = right.and_then(|right| {
        let at = right.at.and_then(|[lon, lat]| LonLat::new(lon, lat).ok())?;
        let Filled { site, kind, name, attributes, .. } = right;
        Some(About { id: None, site, kind, name, attributes, at, before })
    });
    let warnings = match about {
        Some(about) => warnings(&app, &who.0, &about).await?,
        None => Vec::new(),
    };
    let answer = CheckAnswer { errors, warnings, area };
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
