//! `GET /api/areas`: towns with their names, outlines where they may be shown, and how many sites there are in each.

use super::headers::{GEOJSON, marked};
use super::problem::Problem;
use super::router::App;
use crate::area::{Area, AreaIndex, AreaKind, Outline};
use crate::site::counts::ShownCount;
use crate::snapshot::Snapshot;
use crate::text::Words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All areas.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AreaCollection<'a> {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    of_type: &'static str,
    features: Vec<AreaFeature<'a>>,
}

/// An area as a GeoJSON feature.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AreaFeature<'a> {
    /// `Feature`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// Its code.
    id: &'a str,
    /// Null where the outline is surveyed and there is no map approval number.
    geometry: Option<OutlineGeometry>,
    properties: AreaProperties<'a>,
}

/// A GeoJSON multi-polygon.
#[derive(Serialize, utoipa::ToSchema)]
pub struct OutlineGeometry {
    /// `MultiPolygon`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// WGS-84 degrees.
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// What is known of an area.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AreaProperties<'a> {
    /// Its code.
    id: &'a str,
    name: &'a Words,
    kind: AreaKind,
    /// Where its name stands: longitude, latitude.
    label: [f64; 2],
    outline: Outline,
    /// How many sites by kind: a number, or `<5` for few of an aggregate kind.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    counts: BTreeMap<&'a str, ShownCount>,
}

/// Towns and other areas.
#[utoipa::path(get, path = "/api/areas", operation_id = "listAreas", tag = "map",
    responses((status = 200, body = AreaCollection, content_type = "application/geo+json")))]
pub(super) async fn areas(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let mark = format!("{:x}", now.mark());
    let approved = app.page.approval.is_some();
    marked(&headers, &mark, GEOJSON, || {
        app.whole.get("areas", &mark, || {
            serde_json::to_vec(&collection(&now, approved)).map_err(|e| Problem::Internal(e.to_string()))
        })
    })
}

fn collection(now: &Snapshot, approved: bool) -> AreaCollection<'_> {
    let features = (0..).zip(now.areas().all()).map(|(index, area)| AreaFeature {
        of_type: "Feature",
        id: &area.id,
        geometry: (approved || area.outline == Outline::Schematic).then(|| geometry(area)),
        properties: AreaProperties {
            id: &area.id,
            name: &area.name,
            kind: area.kind,
            label: area.label.to_centimetre(),
            outline: area.outline,
            counts: counts(now, index),
        },
    });
    AreaCollection { of_type: "FeatureCollection", features: features.collect() }
}

fn counts(now: &Snapshot, area: AreaIndex) -> BTreeMap<&str, ShownCount> {
    (0..).zip(now.catalogue().kinds()).map(|(kind, named)| (named.id.as_str(), now.count_in(area, kind))).collect()
}

fn geometry(area: &Area) -> OutlineGeometry {
    let ring = |line: &geo::LineString<f64>| line.coords().map(|c| [c.x, c.y]).collect();
    let rings = |p: &geo::Polygon<f64>| std::iter::once(p.exterior()).chain(p.interiors()).map(ring).collect();
    OutlineGeometry { of_type: "MultiPolygon", coordinates: area.shape.iter().map(rings).collect() }
}
