//! `GET /api/targets`: the plan's goals, each with its figure now and at its deadline, and the sites that count.

use super::headers::{JSON, marked};
use super::problem::Problem;
use super::render::{TargetList, targets_json};
use super::router::App;
use crate::clock;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

/// All targets, measured today.
#[utoipa::path(get, path = "/api/targets", operation_id = "listTargets", tag = "plan",
    responses((status = 200, body = TargetList)))]
pub(super) async fn targets(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let today = clock::today();
    let mark = format!("{:x}-{today}", now.mark());
    marked(&headers, &mark, JSON, || {
        app.whole
            .get("targets", &mark, || targets_json(now.targets(today)).map_err(|e| Problem::Internal(e.to_string())))
    })
}
