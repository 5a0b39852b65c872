//! `GET /healthz`: the process is up. `GET /readyz`: it has its data and the database answers.

use super::headers::{JSON, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;

/// The process is up.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz", tag = "operation", responses((status = 200)))]
pub(super) async fn healthz() -> Response {
    private(JSON, r#"{"status":"up"}"#)
}

/// The data are loaded and the database answers.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "operation",
    responses((status = 200), (status = 503, body = ProblemBody)))]
pub(super) async fn readyz(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    app.store.ping().await?;
    Ok(private(JSON, r#"{"status":"ready"}"#))
}
