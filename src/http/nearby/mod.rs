//! `/api/nearby`: the nearest sites on foot or in a straight line, with whether they are open. Where somebody asks from is
//! neither logged nor kept; a page asks with `POST`, so that no address tells it either.

mod answer;
mod ask;
mod words;

use super::coverage::aside;
use super::extract::{Params, Question};
use super::headers::{GEOJSON, private};
use super::problem::ProblemBody;
use super::render::{PointGeometry, SiteProperties};
use super::router::App;
use crate::site::hours::Opening;
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The nearest sites.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "camelCase")]
#[allow(dead_code, reason = "says what is written: answers are put together from memory")]
pub struct NearbyCollection {
    /// `FeatureCollection`.
    #[schema(rename = "type")]
    of_type: String,
    /// Nearest first, equal ones by number.
    features: Vec<NearbyFeature>,
    /// How many there are.
    number_returned: usize,
    /// Always null.
    next: Option<String>,
    /// The local time that was meant.
    at: String,
    /// `walk` or `line`.
    by: String,
    /// Who walks; null in a straight line.
    profile: Option<String>,
    /// Why there is nothing, or less than was asked for.
    explain: Option<Words>,
    /// Where there is nothing: up to three that fit farther away, or else the nearest of these kinds, whatever their hours and
    /// attributes.
    beyond: Vec<NearbyFeature>,
}

/// A site with whether it is open.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "says what is written")]
pub struct NearbyFeature {
    /// `Feature`.
    #[schema(rename = "type")]
    of_type: String,
    /// The site's number.
    id: i64,
    /// Where it is.
    geometry: PointGeometry,
    /// What is known of it.
    properties: NearbyProperties,
}

/// What is known of a site, and whether it is open.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "says what is written")]
pub struct NearbyProperties {
    #[serde(flatten)]
    site: SiteProperties,
    /// Whether it is open at the time; null where no hours are known.
    opening: Option<Opening>,
}

/// What is wanted near a place. Attributes of the catalogue stand beside these, each under its id, as text such as `yes,limited`.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "says what is read: members are read one by one, as parameters are")]
pub struct NearbyRequest {
    /// Longitude, WGS-84 degrees.
    lon: f64,
    /// Latitude, WGS-84 degrees.
    lat: f64,
    /// Kinds, separated by commas.
    kind: Option<String>,
    /// 1 to 100, usually 10.
    limit: Option<u32>,
    /// `walk` (usual where there is a network) or `line`.
    by: Option<String>,
    /// Who walks.
    profile: Option<String>,
    /// Local time, or `now`; unsaid: open or not is told of now, and nobody is on duty.
    at: Option<String>,
    /// Only sites known to be open then.
    open: Option<bool>,
    /// For a child of so many years, 0 to 18; sites that do not say for whom they are count.
    age: Option<u8>,
    /// On foot: at most so many seconds, usually 7200.
    within_secs: Option<f64>,
    /// In a straight line: at most so many metres.
    within_m: Option<f64>,
}

/// The nearest sites to a place: by walking time where there is a network, else in a straight line.
#[utoipa::path(get, path = "/api/nearby", operation_id = "listNearby", tag = "sites",
    params(
        ("lon" = f64, Query, description = "Longitude, WGS-84 degrees"),
        ("lat" = f64, Query, description = "Latitude, WGS-84 degrees"),
        ("kind" = Option<String>, Query, description = "Kinds, separated by commas. Attributes of the catalogue narrow it down, such as accessibility=yes,limited"),
        ("limit" = Option<u32>, Query, description = "1 to 100, usually 10"),
        ("by" = Option<String>, Query, description = "walk (usual where there is a network, unless within_m is said) or line"),
        ("profile" = Option<String>, Query, description = "Who walks; usually child_6_9"),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-01T10:00, or now, at which safety posts on duty shorten crossings. Unsaid: whether sites are open is told of now, and nobody is on duty, as for /api/route"),
        ("open" = Option<bool>, Query, description = "true: only sites known to be open then"),
        ("age" = Option<u8>, Query, description = "For a child of so many years, 0 to 18; sites that do not say for whom they are count"),
        ("within_secs" = Option<f64>, Query, description = "On foot: at most so many seconds, usually 7200"),
        ("within_m" = Option<f64>, Query, description = "In a straight line: at most so many metres"),
    ),
    responses(
        (status = 200, body = NearbyCollection, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "by=walk, and there is no network yet"),
    ))]
pub(super) async fn nearby(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    answered(app, Params::parse(query.as_deref())).await
}

/// The same as `GET /api/nearby`, with nothing in the address.
#[utoipa::path(post, path = "/api/nearby", operation_id = "askNearby", tag = "sites",
    request_body = NearbyRequest,
    responses(
        (status = 200, body = NearbyCollection, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "by walk, and there is no network yet"),
    ))]
pub(super) async fn ask_nearby(State(app): State<Arc<App>>, Question(params): Question) -> Response {
    answered(app, params).await
}

async fn answered(app: Arc<App>, params: Params) -> Response {
    let (asked, at_once) = {
        let now = app.live.read();
        match ask::asked(&now, params) {
            Err(problem) => return problem.into_response(),
            Ok(asked) => {
                let at_once = answer::at_once(&now, &asked);
                (asked, at_once)
            }
        }
    };
    match at_once.transpose() {
        Some(answer) => answer.map_or_else(IntoResponse::into_response, sent),
        // nobody knows beforehand how far a search goes: what is not found soon is looked for on a thread of its own
        None => aside(move || answer::answer(&app.live.read(), &asked).map(sent)).await,
    }
}

fn sent(answer: Vec<u8>) -> Response {
    private(GEOJSON, answer)
}
