//! From one place: the way to its nearest site; to one place: the streets and children within reach of a site.

use super::super::extract::Params;
use super::super::headers::{GEOJSON, marked, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::route::{LineGeometry, RouteFound, RouteProperties, route_properties, tenths};
use super::super::router::App;
use super::answer::placed;
use super::shape::{NamedSite, PlacedSite};
use super::{aside, ask};
use crate::coverage::{BAND_ENDS_MIN, reach};
use crate::geo::LonLat;
use crate::network::{Label, SNAP_LIMIT_M, Search};
use crate::site::SiteId;
use crate::snapshot::{Answering, Walked};
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// Parts of streets that are sent of one service area.
const MOST_LINES: usize = 50_000;

/// The way to the nearest site, as GeoJSON.
#[derive(Serialize, utoipa::ToSchema)]
pub struct HereFeature<'a> {
    /// `Feature`.
    #[serde(rename = "type")]
    of_type: &'static str,
    geometry: LineGeometry,
    properties: HereProperties<'a>,
}

/// What the way takes, and where it leads.
#[derive(Serialize, utoipa::ToSchema)]
pub struct HereProperties<'a> {
    #[serde(flatten)]
    way: RouteProperties<'a>,
    /// The nearest site on foot.
    site: PlacedSite,
    /// The second-nearest, where there is one.
    second: Option<SecondSite>,
}

/// The second-nearest site.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SecondSite {
    #[serde(flatten)]
    site: PlacedSite,
    /// Seconds on foot.
    walk_secs: f64,
}

/// The nearest site on foot from any place, with the way there. Where somebody asks from is neither logged nor kept.
#[utoipa::path(get, path = "/api/coverage/here", operation_id = "getCoverageHere", tag = "coverage",
    params(
        ("lon" = f64, Query, description = "Longitude, WGS-84 degrees"),
        ("lat" = f64, Query, description = "Latitude, WGS-84 degrees"),
        ("kind" = String, Query), ("profile" = Option<String>, Query), ("at" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = HereFeature, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No network, no children, no site, or no way"),
    ))]
pub(in super::super) async fn here(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    aside(move || {
        let mut params = Params::parse(query.as_deref());
        let question = {
            let now = app.live.read();
            let place = params.position();
            params.question(&now).zip(place)
        };
        params.done()?;
        let (question, at) = question.ok_or_else(|| Problem::Parameters(Vec::new()))?;
        // the second-nearest is told too, whoever asked what before
        app.live.coverage(&question, |_| ())?;
        app.live.complete_coverage(&question);
        let found = app.live.coverage(&question, |answering| {
            let far = || Words::fixed("这里 300 米内没有步行道路", "no way on foot within 300 m of here");
            let [first, second] = answering.coverage.here(at).ok_or_else(|| Problem::NoWay(far()))?;
            let none =
                || Words::fixed("从这里走不到任何这类场所", "no site of this kind can be reached on foot from here");
            let site = reached(answering, first).ok_or_else(|| Problem::NoWay(none()))?;
            let walk_secs = tenths(f64::from(second.millis()) / 1e3);
            let second = reached(answering, second).map(|site| SecondSite { site, walk_secs });
            let to = answering.places().get(&site.id).map(|it| it.at).ok_or_else(|| Problem::NoWay(none()))?;
            Ok::<_, Problem>((site, second, to, answering.coverage.walk().clone()))
        });
        let (site, second, to, walk) = found??;
        let route = walk.route(at, to, SNAP_LIMIT_M).map_err(|none| Problem::NoWay(none.words()))?;
        let (geometry, way) = route_properties(&RouteFound { route: &route, profile: &walk.profile().id });
        let feature = HereFeature { of_type: "Feature", geometry, properties: HereProperties { way, site, second } };
        let json = serde_json::to_vec(&feature).map_err(|error| Problem::Internal(error.to_string()))?;
        Ok(private(GEOJSON, json))
    })
    .await
}

fn reached(answering: &Answering, label: Label) -> Option<PlacedSite> {
    label.known().and_then(|(_, id)| placed(answering, id))
}

/// The streets within reach of a site, and how many children live there.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ServiceArea {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// The site.
    site: NamedSite,
    /// The limit.
    minutes: u32,
    /// Who walks.
    profile: String,
    /// The time, where one was asked for.
    at: Option<String>,
    /// Whether the site is known to be open then; nothing where nobody knows, or no time was asked for.
    open: Option<bool>,
    /// `network`: ways on foot along streets.
    rests_on: &'static str,
    /// Children within the limit, whatever other sites are near.
    children: u64,
    /// All children.
    children_total: u64,
    /// Streets by band of minutes, nearest first.
    features: Vec<BeltFeature>,
}

/// The streets of one band.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BeltFeature {
    /// `Feature`.
    #[serde(rename = "type")]
    of_type: &'static str,
    geometry: BeltGeometry,
    properties: BeltProperties,
}

/// Streets as a GeoJSON geometry.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BeltGeometry {
    /// `MultiLineString`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// Longitude and latitude, WGS-84 degrees.
    coordinates: Vec<Vec<[f64; 2]>>,
}

/// A band.
#[derive(Serialize, utoipa::ToSchema)]
pub struct BeltProperties {
    /// More than so many minutes.
    from_min: u32,
    /// At most so many.
    to_min: u32,
    /// Metres of streets.
    length_m: f64,
}

/// The streets that can be walked from a site within a limit, and the children who live along them.
#[utoipa::path(get, path = "/api/service-area", operation_id = "getServiceArea", tag = "coverage",
    params(
        ("site" = i64, Query, description = "The site's number"),
        ("minutes" = Option<u32>, Query, description = "The limit, 1 to 120; usually the kind's own"),
        ("profile" = Option<String>, Query),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-02T07:30, with the safety posts on duty then; the area is told whether or not the site is open"),
        ("ages" = Option<String>, Query),
    ),
    responses(
        (status = 200, body = ServiceArea, content_type = "application/geo+json"),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No such site, no network, no children, or the site is farther than 300 m from any street; or more streets than are sent"),
    ))]
pub(in super::super) async fn service_area(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    aside(move || {
        let mut params = Params::parse(query.as_deref());
        let now = app.live.read();
        let wanted = Words::fixed("场所编号", "a site's number");
        let site = params.value("site", &wanted, |id: &i64| *id > 0);
        if site.is_none() && !params.is_refused("site") {
            params.refuse("site", "", wanted);
        }
        let (minutes, profile, at, ages) = (params.minutes(), params.profile(&now), params.at(), params.ages(&now));
        params.done()?;
        let missing = || Problem::NotFound(Words::fixed("没有这个场所", "no such site"));
        let held = site.and_then(|id| now.site(SiteId(id))).ok_or_else(missing)?.held;
        let minutes =
            minutes.unwrap_or_else(|| now.catalogue().kind(held.site.kind).walk_minutes.clamp(1, ask::MOST_MINUTES));
        let id = u32::try_from(held.site.id.0).map_err(|_negative| missing())?;
        let (named, place) = (NamedSite { id: id.into(), name: held.site.name.to_string() }, held.site.at);
        let (mark, open) = (format!("{:016x}", now.mark()), at.and_then(|at| now.open_at(held, at)));
        drop(now);
        let Walked { ground, walk, demand } = app.live.walked(profile, at)?;
        Ok(marked(&headers, &mark, GEOJSON, || {
            let far = || Words::fixed("这个场所 300 米内没有步行道路", "no way on foot within 300 m of this site");
            let snapped = walk.snap(place, SNAP_LIMIT_M).ok_or_else(|| Problem::NoWay(far()))?;
            let joined = walk.join(&snapped);
            let ends: Vec<u32> = BAND_ENDS_MIN.into_iter().filter(|end| *end < minutes).chain([minutes]).collect();
            let limits: Vec<u32> = ends.iter().map(|end| end * 60_000).collect();
            let children = ground.children();
            let counted = children.of(ask::bands(ages, children)?);
            let (belts, within) = walk.with_search(|search: &mut Search| {
                let belts = walk.service_area(&joined, &limits, search);
                (belts, reach(&walk, &demand, &joined, minutes * 60_000, search).children(&counted))
            });
            if belts.iter().map(|belt| belt.lines.len()).sum::<usize>() > MOST_LINES {
                return Err(Problem::NotFound(too_many()));
            }
            let starts = [0].into_iter().chain(ends.iter().copied());
            let features = belts.iter().zip(starts.zip(&ends)).map(|(belt, (from_min, to_min))| BeltFeature {
                of_type: "Feature",
                geometry: BeltGeometry {
                    of_type: "MultiLineString",
                    coordinates: belt.lines.iter().map(|line| drawn(line)).filter(|line| line.len() > 1).collect(),
                },
                properties: BeltProperties { from_min, to_min: *to_min, length_m: belt.length_m.round() },
            });
            let area = ServiceArea {
                of_type: "FeatureCollection",
                site: named,
                minutes,
                profile: walk.profile().id.clone(),
                at: at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()),
                open,
                rests_on: "network",
                children: within,
                children_total: counted.iter().map(|n| u64::from(*n)).sum(),
                features: features.collect(),
            };
            Ok(serde_json::to_vec(&area).map_err(|error| Problem::Internal(error.to_string()))?.into())
        }))
    })
    .await
}

/// A line as GeoJSON has it; what is shorter than its smallest step is one point, which is no line.
fn drawn(line: &[LonLat]) -> Vec<[f64; 2]> {
    let mut line: Vec<[f64; 2]> = line.iter().map(|at| at.to_centimetre()).collect();
    line.dedup();
    line
}

fn too_many() -> Words {
    Words::new(
        format!("范围内有超过 {MOST_LINES} 段路；请减少分钟数"),
        format!("more than {MOST_LINES} streets lie within; ask for fewer minutes"),
    )
}
