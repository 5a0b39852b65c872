//! `GET /api/route`: the quickest way on foot between two places. Where somebody asks from is neither logged nor kept.

use super::coverage::aside;
use super::extract::Params;
use super::headers::{GEOJSON, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::network::{NoRoute, Protection, Route, SNAP_LIMIT_M};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// A way on foot as a GeoJSON feature.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RouteFeature<'a> {
    /// `Feature`.
    #[serde(rename = "type")]
    of_type: &'static str,
    geometry: LineGeometry,
    properties: RouteProperties<'a>,
}

/// A GeoJSON line.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LineGeometry {
    /// `LineString`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// Longitude and latitude, WGS-84 degrees, from the start to the destination.
    coordinates: Vec<[f64; 2]>,
}

/// What a way takes.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RouteProperties<'a> {
    /// Metres, those between the two places and the streets included.
    length_m: f64,
    /// Seconds, waiting at crossings included.
    walk_secs: f64,
    /// Who walks.
    profile: &'a str,
    /// The larger roads that are crossed, in order.
    crossings: Vec<RouteCrossing>,
    /// Metres in a straight line from the start to the nearest street.
    snapped_from_m: f64,
    /// Metres in a straight line from the street to the destination.
    snapped_to_m: f64,
}

/// A larger road that is crossed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RouteCrossing {
    lon: f64,
    lat: f64,
    protection: Protection,
    /// Seconds lost. Half of a crossing where the way turns into the road or off it.
    delay_secs: f64,
}

/// A way and who walks it.
#[derive(Debug, Clone, Copy)]
pub struct RouteFound<'a> {
    /// The way.
    pub route: &'a Route,
    /// The profile's id.
    pub profile: &'a str,
}

/// The way as GeoJSON; the same text over HTTP and on the command line.
pub fn route_json(found: &RouteFound<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let (geometry, properties) = route_properties(found);
    serde_json::to_vec(&RouteFeature { of_type: "Feature", geometry, properties })
}

/// The parts of the feature.
pub(super) fn route_properties<'a>(found: &RouteFound<'a>) -> (LineGeometry, RouteProperties<'a>) {
    let route = found.route;
    let metres = |m: f64| (m * 100.0).round() / 100.0;
    let crossings = route.crossings.iter().map(|crossed| {
        let [lon, lat] = crossed.at.to_centimetre();
        RouteCrossing { lon, lat, protection: crossed.protection, delay_secs: crossed.delay_secs }
    });
    let geometry =
        LineGeometry { of_type: "LineString", coordinates: route.line.iter().map(|at| at.to_centimetre()).collect() };
    let properties = RouteProperties {
        length_m: metres(route.length_m),
        walk_secs: (route.walk_secs * 10.0).round() / 10.0,
        profile: found.profile,
        crossings: crossings.collect(),
        snapped_from_m: metres(route.snapped_from_m),
        snapped_to_m: metres(route.snapped_to_m),
    };
    (geometry, properties)
}

/// The quickest way on foot between two places.
#[utoipa::path(get, path = "/api/route", operation_id = "getRoute", tag = "network",
    params(
        ("from" = String, Query, description = "Longitude,latitude, WGS-84 degrees"),
        ("to" = String, Query, description = "Longitude,latitude, WGS-84 degrees"),
        ("profile" = Option<String>, Query, description = "Who walks: toddler_with_carer, child_6_9 (usual), child_10_14, wheelchair, or another id of profiles.toml"),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-02T07:30: safety posts on duty then shorten the crossings beside them"),
    ),
    responses(
        (status = 200, body = RouteFeature, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No network, no way on foot, or a place farther than 300 m from any street"),
    ))]
pub(super) async fn route(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    aside(move || {
        let mut params = Params::parse(query.as_deref());
        let (from, to, at) = (params.place("from"), params.place("to"), params.at());
        let profile = params.profile(&app.live.read());
        params.done()?;
        let (Some(from), Some(to)) = (from, to) else { return Err(Problem::Parameters(Vec::new())) };
        let walk = app.live.walk(profile, at)?;
        let route = walk.route(from, to, SNAP_LIMIT_M).map_err(|none: NoRoute| Problem::NoWay(none.words()))?;
        let json = route_json(&RouteFound { route: &route, profile: &walk.profile().id });
        Ok(private(GEOJSON, json.map_err(|error| Problem::Internal(error.to_string()))?))
    })
    .await
}
