//! `GET /api/units`: who answers for the plan's targets, and can be handed a task.

use super::headers::{JSON, marked};
use super::problem::Problem;
use super::router::App;
use crate::targets::Unit;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// All responsible units.
#[derive(Serialize, utoipa::ToSchema)]
pub struct UnitList {
    /// In the order of the targets, each once.
    units: Vec<Unit>,
}

/// The responsible units that the targets name.
#[utoipa::path(get, path = "/api/units", operation_id = "listUnits", tag = "plan", responses((status = 200, body = UnitList)))]
pub(super) async fn units(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    marked(&headers, &format!("{:x}", now.mark()), JSON, || {
        let list = UnitList { units: now.rules().plan.units() };
        serde_json::to_vec(&list).map(Into::into).map_err(|error| Problem::Internal(error.to_string()))
    })
}
