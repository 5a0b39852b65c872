//! `GET /api/config`: what the page needs to know before it draws anything.

use super::headers::{JSON, marked};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::tiles::Ground;
use crate::area::Outline;
use crate::config::{BaseMap, MapApproval};
use crate::snapshot::Snapshot;
use crate::text::Words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// The source that the demonstration county's files and units name.
pub(super) const DEMONSTRATION: &str = "demonstration";
/// The source of sites from an OSM extract.
const OPENSTREETMAP: &str = "osm";

/// Which outlines the public may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ShownOutlines {
    /// None: there are no areas, or they are surveyed and there is no approval number.
    None,
    /// Drawn by hand.
    Schematic,
    /// Surveyed, under an approval number.
    Surveyed,
}

/// What the page is told at first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PageConfig<'a> {
    version: &'static str,
    /// The county that most areas name.
    county: Option<&'a Words>,
    /// Whether demonstration data are stored; the page must say so.
    demonstration: bool,
    /// Whether data of OpenStreetMap are stored; the map must credit them (ODbL).
    openstreetmap: bool,
    /// West, south, east, north of all areas and sites; null in an empty database.
    bounds: Option<[f64; 4]>,
    basemap: Option<&'a BaseMap>,
    /// The base map that this server draws itself, where an extract has been imported.
    ground: Option<Ground>,
    map_approval: Option<&'a MapApproval>,
    outlines: ShownOutlines,
}

/// Which outlines of `snapshot` the public may see.
pub(super) fn shown_outlines(snapshot: &Snapshot, approved: bool) -> ShownOutlines {
    let areas = snapshot.areas().all();
    let has = |outline| areas.iter().any(|area| area.outline == outline);
    match (has(Outline::Surveyed) && approved, has(Outline::Schematic)) {
        (true, _) => ShownOutlines::Surveyed,
        (false, true) => ShownOutlines::Schematic,
        (false, false) => ShownOutlines::None,
    }
}

/// County, bounds, base map, map approval, and whether demonstration data are shown.
#[utoipa::path(get, path = "/api/config", operation_id = "getConfig", tag = "map",
    responses((status = 200, body = PageConfig), (status = 503, body = ProblemBody)))]
pub(super) async fn config(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let mark = format!("{:x}", now.mark());
    marked(&headers, &mark, JSON, || {
        app.whole.get("config", &mark, || {
            let ground = now.basemap().map(|held| Ground::of(&held.map));
            let config = PageConfig {
                version: env!("CARGO_PKG_VERSION"),
                county: now.areas().county(),
                demonstration: now.has_source(DEMONSTRATION),
                openstreetmap: now.has_source(OPENSTREETMAP) || ground.as_ref().is_some_and(|g| !g.demonstration),
                ground,
                bounds: now.bounds().map(|b| [b.west, b.south, b.east, b.north]),
                basemap: app.page.base_map.as_ref(),
                map_approval: app.page.approval.as_ref(),
                outlines: shown_outlines(&now, app.page.approval.is_some()),
            };
            serde_json::to_vec(&config).map_err(|e| Problem::Internal(e.to_string()))
        })
    })
}
