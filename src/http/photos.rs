//! Photos of sites: sent before the registration that they belong to, re-encoded by [`crate::photo`], public once a published
//! site shows them.

use super::headers::{JSON, private};
use super::problem::{Problem, ProblemBody};
use super::registrations::PhotoAnswer;
use super::router::App;
use super::signed::Signed;
use crate::auth::{Action, Person, UnitId};
use crate::photo::{PhotoError, prepare};
use crate::registry::is_secret;
use crate::registry::photos::{PhotoNotKept, Picture, keep};
use crate::store::{PhotoBytes, PhotoRow};
use crate::text::Words;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// Media types that are taken; what a file really is, its content tells.
const TAKEN: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// Pictures are decoded one at a time: each takes up to some hundred megabytes and a core.
static DECODING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Keeps a photo. What is kept is a new JPEG without position, time, owner or anything else that stood in the file.
#[utoipa::path(post, path = "/api/photos", operation_id = "sendPhoto", tag = "photos",
    request_body(content = Vec<u8>, content_type = "image/jpeg", description = "The file itself: image/jpeg, image/png or image/webp, at most 12 MB"),
    responses(
        (status = 201, body = PhotoAnswer), (status = 400, body = ProblemBody, description = "It is no such picture, or more than one"),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody), (status = 413, body = ProblemBody),
        (status = 415, body = ProblemBody), (status = 507, body = ProblemBody),
    ))]
pub(super) async fn send_photo(
    State(app): State<Arc<App>>,
    who: Signed,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let said = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !TAKEN.contains(&said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str()) {
        return Err(Problem::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let row = keep(&app.store, &who.0, prepared(bytes).await?).await?;
    let photo = PhotoAnswer { id: row.id, width: row.width, height: row.height };
    let mut response = private(JSON, serde_json::to_vec(&photo).map_err(|error| Problem::Internal(error.to_string()))?);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// A photo as JPEG.
#[utoipa::path(get, path = "/api/photos/{id}", operation_id = "getPhoto", tag = "photos",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 404, body = ProblemBody)))]
pub(super) async fn photo(
    State(app): State<Arc<App>>,
    who: Option<Extension<Person>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    shown(&app, who.as_deref(), &id, PhotoBytes::Full).await
}

/// The same, small enough for lists.
#[utoipa::path(get, path = "/api/photos/{id}/small", operation_id = "getSmallPhoto", tag = "photos",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "image/jpeg", body = Vec<u8>), (status = 404, body = ProblemBody)))]
pub(super) async fn small_photo(
    State(app): State<Arc<App>>,
    who: Option<Extension<Person>>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    shown(&app, who.as_deref(), &id, PhotoBytes::Small).await
}

/// Decodes on a thread where that holds nobody up.
async fn prepared(bytes: Bytes) -> Result<Picture, Problem> {
    let turn = DECODING.acquire().await.map_err(|closed| Problem::Internal(closed.to_string()))?;
    let work = move || {
        // given back when the work is done, not when whoever asked has gone
        let _turn = turn;
        prepare(&bytes)
    };
    let made = tokio::task::spawn_blocking(work).await;
    let photo = made.map_err(|stopped| Problem::Internal(format!("a photo stopped: {stopped}")))??;
    Ok(Picture {
        width: photo.picture.width,
        height: photo.picture.height,
        full: photo.picture.jpeg,
        small: photo.small.jpeg,
    })
}

/// A photo that a published site shows, or that is for whoever asks. Nobody else hears that there is one.
async fn shown(app: &App, who: Option<&Person>, id: &str, which: PhotoBytes) -> Result<Response, Problem> {
    let unknown = || Problem::NotFound(Words::fixed("没有这张照片", "no such photo"));
    let found = if is_secret(id) { app.store.photo(id, which).await? } else { None };
    let (row, bytes) = found.ok_or_else(unknown)?;
    let is_public = app.live.read().shows_photo(id);
    if !is_public && !may_see(app, who, &row).await? {
        return Err(unknown());
    }
    let mut response = private("image/jpeg", bytes);
    if is_public {
        // its bytes never change; a day until one that was taken down is gone from browsers
        let day = HeaderValue::from_static("public, max-age=86400");
        response.headers_mut().insert(header::CACHE_CONTROL, day);
    }
    Ok(response)
}

/// Whoever sent it, their unit, reviewers, and units whose registrations have it.
async fn may_see(app: &App, who: Option<&Person>, row: &PhotoRow) -> Result<bool, Problem> {
    let Some(who) = who else { return Ok(false) };
    let of = |unit: &Option<String>| unit.as_ref().is_some_and(|unit| who.is_of(&UnitId(unit.clone())));
    if who.may(Action::Review) || who.may(Action::Register) && (row.author == who.account || of(&row.unit)) {
        return Ok(true);
    }
    Ok(who.may(Action::Register) && app.store.units_with_photo(&row.id).await?.iter().any(of))
}

impl From<PhotoError> for Problem {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Heavy { .. } => Self::Refused(StatusCode::PAYLOAD_TOO_LARGE),
            PhotoError::Unwritten(_) => Self::Internal(error.to_string()),
            refused => Self::wrong("body", "", refused.words()),
        }
    }
}

impl From<PhotoNotKept> for Problem {
    fn from(error: PhotoNotKept) -> Self {
        match error {
            PhotoNotKept::Full => Self::Full(Words::fixed(
                "您有 60 张照片还没有用于登记，请先保存登记",
                "60 of your photos wait for a registration; save that first",
            )),
            PhotoNotKept::Random(error) => Self::Internal(error.to_string()),
            PhotoNotKept::Store(error) => Self::Store(error),
        }
    }
}
