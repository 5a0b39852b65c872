//! `GET /api/openapi.json`: what this service takes and gives, made from the handlers themselves.

use super::headers::{JSON, marked};
use super::router::documented;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::OnceLock;
use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{PathItem, RefOr};

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
        let mut document = documented().split_for_parts().1;
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            name_problems(operation);
        }
        // a document made from types always serialises
        document.to_pretty_json().unwrap_or_default() + "\n"
    })
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, patch, .. } = path;
    [get, put, post, delete, patch].into_iter().flatten()
}

/// Handlers say of an error that it has the body of a problem; its media type is always the same.
fn name_problems(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if status.starts_with(['4', '5'])
            && let Some(body) = response.content.shift_remove("application/json")
        {
            response.content.insert("application/problem+json".to_owned(), body);
        }
    }
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "getOpenApi", tag = "operation", responses((status = 200)))]
pub(super) async fn openapi(headers: HeaderMap) -> Response {
    marked(&headers, env!("CARGO_PKG_VERSION"), JSON, || Ok(document().into()))
}
