//! The front end's files, from inside the binary or from a folder, and an answer for every address that is none.

use super::headers::{JSON, marked};
use super::problem::Problem;
use super::router::App;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/web/dist"]
#[allow_missing = true]
struct BuiltIn;

/// Where the front end comes from.
#[derive(Debug, Clone)]
pub enum WebFiles {
    /// From inside the binary.
    BuiltIn,
    /// From a folder, for those who work on it.
    Folder(PathBuf),
}

const NO_FRONT_END: &str = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>一米 Yimi</title>\
    <p>前端尚未构建：请运行 make run。</p><p lang=\"en\">The front end is not built: run <code>make run</code>.</p></html>\n";

impl WebFiles {
    /// A file by its path, with its content type.
    fn get(&self, path: &str) -> Option<(Bytes, String)> {
        let mut media_type = mime_guess::from_path(path).first_or_octet_stream().to_string();
        if media_type.starts_with("text/") {
            media_type.push_str("; charset=utf-8");
        }
        let bytes = match self {
            Self::BuiltIn => match BuiltIn::get(path)?.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => bytes.into(),
            },
            Self::Folder(folder) => {
                let inside = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
                std::fs::read(folder.join(path).as_path()).ok().filter(|_| inside)?.into()
            }
        };
        Some((bytes, media_type))
    }
}

/// A file of the front end, or a problem.
pub(super) async fn file(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::Method.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::no_route().into_response();
    }
    let name = if path.is_empty() { "index.html" } else { path };
    let Some((bytes, media_type)) = app.web.get(name) else {
        return if path.is_empty() {
            (StatusCode::SERVICE_UNAVAILABLE, axum::response::Html(NO_FRONT_END)).into_response()
        } else {
            Problem::no_route().into_response()
        };
    };
    let mark = format!("{:x}", BuildHasherDefault::<DefaultHasher>::default().hash_one(&bytes));
    let mut response = marked(&headers, &mark, JSON, || Ok(bytes));
    if let Ok(media_type) = HeaderValue::from_str(&media_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    }
    if name.starts_with("assets/") {
        // their names hold a hash of their content
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    response
}
