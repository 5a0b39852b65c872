//! `GET /api/nearby`: the nearest sites in a straight line. Where somebody asks from is neither logged nor kept.

use super::extract::Params;
use super::headers::{GEOJSON, private};
use super::problem::{Problem, ProblemBody};
use super::render::{Detail, SiteCollection, feature_collection};
use super::router::App;
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

const USUAL: usize = 10;
const MOST: usize = 100;
/// Nothing on Earth is farther.
const FARTHEST_M: f64 = 20_040_000.0;

/// The nearest sites to a place, nearest first, equal distances by number.
#[utoipa::path(get, path = "/api/nearby", operation_id = "listNearby", tag = "sites",
    params(
        ("lon" = f64, Query, description = "Longitude, WGS-84 degrees"),
        ("lat" = f64, Query, description = "Latitude, WGS-84 degrees"),
        ("kind" = Option<String>, Query, description = "Kinds, separated by commas"),
        ("limit" = Option<u32>, Query, description = "1 to 100, usually 10"),
        ("within_m" = Option<f64>, Query, description = "Not farther than so many metres"),
    ),
    responses((status = 200, body = SiteCollection, content_type = "application/geo+json"), (status = 400, body = ProblemBody)))]
pub(super) async fn nearby(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let now = app.live.read();
    let mut params = Params::parse(query.as_deref());
    let from = params.position();
    let limit = params.limit(USUAL, MOST);
    let wanted = Words::fixed("大于 0 的米数", "metres above 0");
    let within_m = params.value("within_m", &wanted, |m: &f64| *m > 0.0 && m.is_finite()).unwrap_or(FARTHEST_M);
    let filter = params.filter(now.catalogue());
    match (params.done(), from) {
        (Ok(()), Some(from)) => {
            let sites = now.nearest(from, &filter, limit, within_m);
            match feature_collection(&now, &sites, Detail::Full, None) {
                Ok(body) => private(GEOJSON, body),
                Err(error) => Problem::Internal(error.to_string()).into_response(),
            }
        }
        (done, _) => done.err().unwrap_or_else(|| Problem::Parameters(Vec::new())).into_response(),
    }
}
