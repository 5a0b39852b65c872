//! `ETag` and `If-Match`: which version was read, and which is changed.

use super::problem::Problem;
use crate::text::Words;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// An answer that says which version it is.
pub fn tagged(mut response: Response, version: i64) -> Response {
    let etag = HeaderValue::from_str(&format!("\"{version}\""));
    response.headers_mut().extend(etag.ok().map(|value| (header::ETAG, value)));
    response
}

/// The version that a request says with `If-Match`. A weak one counts too: proxies that compress make an `ETag` weak, and
/// the number means the same.
pub fn version(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(said) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default().trim();
    let number = said.strip_prefix("W/").unwrap_or(said).strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let wanted = || Words::fixed("读取时的 ETag,如 \"3\"", "the ETag that came with it, such as \"3\"");
    let number = number.and_then(|number| number.parse().ok());
    number.map(Some).ok_or_else(|| Problem::wrong("If-Match", said, wanted()))
}
