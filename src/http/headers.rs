//! Headers that every answer carries, and answers that a browser may keep until the data change.

use super::problem::Problem;
use crate::config::BaseMap;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// GeoJSON's media type.
pub const GEOJSON: &str = "application/geo+json";
/// JSON's media type.
pub const JSON: &str = "application/json";

/// An answer that stays right as long as `mark` does. The asker that already has it is told so before anything is made.
pub fn marked(
    asked: &HeaderMap,
    mark: &str,
    media_type: &'static str,
    make: impl FnOnce() -> Result<bytes::Bytes, Problem>,
) -> Response {
    let etag = etag(mark);
    let body = if has(asked, mark) { Ok(None) } else { make().map(Some) };
    match body {
        Err(problem) => problem.into_response(),
        Ok(body) => {
            let mut response = match body {
                None => StatusCode::NOT_MODIFIED.into_response(),
                Some(body) => typed(media_type, body),
            };
            let headers = response.headers_mut();
            headers.extend(HeaderValue::from_str(&etag).ok().map(|value| (header::ETAG, value)));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            response
        }
    }
}

fn etag(mark: &str) -> String {
    format!("W/\"{mark}\"")
}

/// Whether the asker already has the answer that goes by `mark`.
pub fn has(asked: &HeaderMap, mark: &str) -> bool {
    let etag = etag(mark);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| known.split(',').any(|one| one.trim() == etag || one.trim() == "*"))
}

/// An answer about where somebody is: nobody keeps it.
pub fn private(media_type: &'static str, body: impl Into<bytes::Bytes>) -> Response {
    let mut response = typed(media_type, body.into());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer that is another in a minute: it is asked for anew, and kept only for when there is no signal.
pub fn passing(media_type: &'static str, body: impl Into<bytes::Bytes>) -> Response {
    let mut response = typed(media_type, body.into());
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A file to be kept under a name, which may be in Chinese.
pub fn attachment(media_type: &'static str, body: Vec<u8>, name: &FileName) -> Response {
    let mut response = private(media_type, body);
    if let Ok(value) = HeaderValue::from_str(&name.disposition()) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// What a file is to be called.
#[derive(Debug, Clone)]
pub struct FileName<'a> {
    /// Letters, digits and hyphens, for programs that read no more than that.
    pub plain: &'static str,
    /// As people call it.
    pub name: &'a str,
    /// Its ending.
    pub ending: &'static str,
}

impl FileName<'_> {
    /// Both forms of RFC 6266; the second is written as RFC 8187 has it. What no file system takes is left out of it.
    fn disposition(&self) -> String {
        let mut name = String::new();
        let fine = |c: &char| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c);
        for byte in self.name.chars().filter(fine).collect::<String>().trim_matches(['.', ' ']).bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') {
                name.push(char::from(byte));
            } else {
                name.extend(format!("%{byte:02X}").chars());
            }
        }
        let Self { plain, ending, .. } = self;
        if name.is_empty() {
            return format!("attachment; filename=\"{plain}.{ending}\"");
        }
        format!("attachment; filename=\"{plain}.{ending}\"; filename*=UTF-8''{name}.{ending}")
    }
}

fn typed(media_type: &'static str, body: bytes::Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// What browsers must hold to: scripts and styles from here only, pictures from here and from the base map, no frames,
/// no referrer that tells where somebody looked, and the position only when this page asks.
#[must_use]
pub fn fixed(base_map: Option<&BaseMap>) -> Vec<(header::HeaderName, HeaderValue)> {
    let hosts = base_map.map(|map| map.hosts.join(" ")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; img-src 'self' data: {hosts}; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    let mut headers = vec![
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            header::HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("geolocation=(self), camera=(), microphone=()"),
        ),
        (header::HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    ];
    headers.extend(HeaderValue::from_str(&policy).ok().map(|value| (header::CONTENT_SECURITY_POLICY, value)));
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_plain_name_and_its_own_without_what_no_file_system_takes() {
        let of = |name| FileName { plain: "scenario", name, ending: "csv" }.disposition();
        assert_eq!(of("三所A"), "attachment; filename=\"scenario.csv\"; filename*=UTF-8''%E4%B8%89%E6%89%80A.csv");
        assert_eq!(of("../a\"\r\n/b"), "attachment; filename=\"scenario.csv\"; filename*=UTF-8''ab.csv");
        assert_eq!(of(" … ..").matches("filename*").count(), 1);
        assert_eq!(of("///"), "attachment; filename=\"scenario.csv\"");
    }
}
