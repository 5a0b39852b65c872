//! `/api/route`: the quickest way on foot between two places in steps, and the safest where it is another. Where somebody
//! asks from is neither logged nor kept; a page asks with `POST`, so that no address tells it either.

use super::coverage::aside;
use super::extract::{Params, Question};
use super::headers::{GEOJSON, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::geo::LonLat;
use crate::network::{Act, Instruction, Network, Protection, Route};
use crate::snapshot::{FoundWays, NotOnFoot, WayQuery};
use crate::text::Words;
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
    properties: WayProperties<'a>,
}

/// What the quickest way takes and how it goes, with the safest beside it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct WayProperties<'a> {
    #[serde(flatten)]
    way: RouteProperties<'a>,
    /// The way in words, step by step.
    steps: Vec<RouteStep>,
    /// The quickest way of those who would rather walk farther than cross a larger road where nothing stops the traffic; null
    /// where the quickest is as safe.
    safest: Option<SafestWay<'a>>,
}

/// The safest way.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SafestWay<'a> {
    geometry: LineGeometry,
    #[serde(flatten)]
    way: RouteProperties<'a>,
    /// The way in words, step by step.
    steps: Vec<RouteStep>,
    /// Seconds more than the quickest takes.
    extra_secs: f64,
}

/// A step of a way.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RouteStep {
    /// Longitude and latitude, WGS-84 degrees.
    at: [f64; 2],
    act: StepAct,
    text: Words,
    /// Metres of the stretch; of the last step those from the street to the destination.
    m: f64,
}

/// What to do at a step.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words say what they are")]
pub enum StepAct {
    Start,
    Walk,
    Cross,
    Arrive,
}

impl From<Instruction> for RouteStep {
    fn from(step: Instruction) -> Self {
        let (act, m) = match &step.act {
            Act::Start { length_m, .. } => (StepAct::Start, *length_m),
            Act::Walk { length_m, .. } => (StepAct::Walk, *length_m),
            Act::Cross { .. } => (StepAct::Cross, 0.0),
            Act::Arrive { off_m, .. } => (StepAct::Arrive, *off_m),
        };
        Self { at: step.at.to_centimetre(), act, text: step.words(), m: hundredths(m) }
    }
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
    /// Whether a safety post is on duty there.
    on_duty: bool,
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

/// The ways as GeoJSON; the same text over HTTP and on the command line.
pub fn route_json(found: &FoundWays) -> Result<Vec<u8>, serde_json::Error> {
    let FoundWays { ways, network, profile } = found;
    let (geometry, way) = route_properties(&RouteFound { route: &ways.quickest, profile });
    let safest = ways.safest.as_ref().map(|route| {
        let (geometry, way) = route_properties(&RouteFound { route, profile });
        let extra_secs = tenths(ways.extra_secs().unwrap_or_default());
        SafestWay { geometry, way, steps: steps(route, network), extra_secs }
    });
    let properties = WayProperties { way, steps: steps(&ways.quickest, network), safest };
    serde_json::to_vec(&RouteFeature { of_type: "Feature", geometry, properties })
}

fn steps(route: &Route, network: &Network) -> Vec<RouteStep> {
    route.instructions(network).into_iter().map(Into::into).collect()
}

fn hundredths(m: f64) -> f64 {
    (m * 100.0).round() / 100.0
}

/// Seconds as they are told, the same wherever a walk is.
pub(super) fn tenths(secs: f64) -> f64 {
    (secs * 10.0).round() / 10.0
}

/// The parts of the feature.
pub(super) fn route_properties<'a>(found: &RouteFound<'a>) -> (LineGeometry, RouteProperties<'a>) {
    let route = found.route;
    let crossings = route.crossings.iter().map(|crossed| {
        let [lon, lat] = crossed.at.to_centimetre();
        RouteCrossing {
            lon,
            lat,
            protection: crossed.protection,
            on_duty: crossed.on_duty,
            delay_secs: crossed.delay_secs,
        }
    });
    let geometry =
        LineGeometry { of_type: "LineString", coordinates: route.line.iter().map(|at| at.to_centimetre()).collect() };
    let properties = RouteProperties {
        length_m: hundredths(route.length_m),
        walk_secs: tenths(route.walk_secs),
        profile: found.profile,
        crossings: crossings.collect(),
        snapped_from_m: hundredths(route.snapped_from_m),
        snapped_to_m: hundredths(route.snapped_to_m),
    };
    (geometry, properties)
}

/// From where to where, who walks and when.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "says what is read: members are read one by one, as parameters are")]
pub struct RouteRequest {
    /// Longitude and latitude, WGS-84 degrees.
    from: [f64; 2],
    /// Longitude and latitude.
    to: [f64; 2],
    /// Who walks; usually `child_6_9`.
    profile: Option<String>,
    /// Local time, or `now`: safety posts on duty then shorten the crossings beside them.
    at: Option<String>,
    /// Whether the same way back is meant.
    home: Option<bool>,
}

/// The quickest way on foot between two places, in steps, and the safest where it is another.
#[utoipa::path(get, path = "/api/route", operation_id = "getRoute", tag = "network",
    params(
        ("from" = String, Query, description = "Longitude,latitude, WGS-84 degrees"),
        ("to" = String, Query, description = "Longitude,latitude, WGS-84 degrees"),
        ("profile" = Option<String>, Query, description = "Who walks: toddler_with_carer, child_6_9 (usual), child_10_14, wheelchair, or another id of profiles.toml"),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-02T07:30, or now: safety posts on duty then shorten the crossings beside them"),
        ("home" = Option<bool>, Query, description = "true: the same way back"),
    ),
    responses(
        (status = 200, body = RouteFeature, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No network, no way on foot, or a place farther than 300 m from any street"),
    ))]
pub(super) async fn route(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    answered(app, Params::parse(query.as_deref())).await
}

/// The same as `GET /api/route`, with nothing in the address.
#[utoipa::path(post, path = "/api/route", operation_id = "askRoute", tag = "network",
    request_body = RouteRequest,
    responses(
        (status = 200, body = RouteFeature, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No network, no way on foot, or a place farther than 300 m from any street"),
    ))]
pub(super) async fn ask_route(State(app): State<Arc<App>>, Question(params): Question) -> Response {
    answered(app, params).await
}

async fn answered(app: Arc<App>, mut params: Params) -> Response {
    aside(move || {
        let (from, to) = (params.place("from"), params.place("to"));
        let (at, profile) = {
            let now = app.live.read();
            (params.at_or_now(&now), params.profile(&now))
        };
        let yes_or_no = Words::fixed("true 或 false", "true or false");
        let home = params.value("home", &yes_or_no, |_: &bool| true).unwrap_or(false);
        params.done()?;
        let ends: Option<(LonLat, LonLat)> = from.zip(to);
        let (from, to) = ends.ok_or_else(|| Problem::Parameters(Vec::new()))?;
        let found = app.live.ways(WayQuery { from, to, profile, at, home })?;
        Ok(private(GEOJSON, route_json(&found).map_err(|error| Problem::Internal(error.to_string()))?))
    })
    .await
}

impl From<NotOnFoot> for Problem {
    fn from(none: NotOnFoot) -> Self {
        match none {
            NotOnFoot::NoNetwork(none) => none.into(),
            NotOnFoot::NoWay(none) => Self::NoWay(none.words()),
        }
    }
}
