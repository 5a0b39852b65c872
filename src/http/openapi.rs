//! `GET /api/openapi.json`: what this service takes and gives, made from the handlers themselves.

use super::headers::{JSON, marked};
use super::router::documented;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::OnceLock;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Yimi 一米",
        description = "Child-friendly spaces: what there is, what is near, how long the way there is on foot, how the plan stands. Errors are \
                       application/problem+json (RFC 9457). Positions are WGS-84. Sites of an aggregate kind are never \
                       told one by one.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags((name = "map"), (name = "sites"), (name = "network"), (name = "children"), (name = "plan"), (name = "scenarios"), (name = "people"), (name = "operation"))
)]
struct Frame;

pub(super) fn frame() -> utoipa::openapi::OpenApi {
    Frame::openapi()
}

/// The OpenAPI 3.1 document as indented JSON with a line break at its end.
#[must_use]
pub fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        // a document made from types always serialises
        let json = documented().split_for_parts().1.to_pretty_json().unwrap_or_default();
        json + "\n"
    })
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "getOpenApi", tag = "operation", responses((status = 200)))]
pub(super) async fn openapi(headers: HeaderMap) -> Response {
    marked(&headers, env!("CARGO_PKG_VERSION"), JSON, || Ok(document().into()))
}
