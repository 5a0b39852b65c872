//! `GET /api/tiles/base` and `GET /api/tiles/base/{z}/{x}/{y}`: the base map as vector tiles.

use super::headers::{JSON, has, marked};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::basemap::{BaseMap, Layer, MAX_ZOOM};
use crate::snapshot::HeldBaseMap;
use crate::text::Words;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use moka::sync::Cache;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Where tiles are, relative to the page.
const TEMPLATE: &str = "api/tiles/base/{z}/{x}/{y}";
/// Tiles that are kept, bytes; a county's tiles of all zooms are a few megabytes.
const CACHE_BYTES: u64 = 64 << 20;
/// What keeping a tile costs beside its own bytes.
const ENTRY_BYTES: usize = 200;
const OSM: &str = "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap contributors</a>";

/// A tile of one state of the base map.
type Key = (Arc<str>, u8, u32, u32);

/// Tiles that were made, the most asked for; empty ones too.
#[derive(Debug)]
pub struct TileCache(Cache<Key, Bytes>);

impl Default for TileCache {
    fn default() -> Self {
        let weight = |_: &Key, tile: &Bytes| u32::try_from(tile.len() + ENTRY_BYTES).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(CACHE_BYTES).weigher(weight).build())
    }
}

/// What the page is told of the base map.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Ground {
    /// Address of the tiles with `{z}`, `{x}` and `{y}`, relative to the page.
    tiles: &'static str,
    /// The last zoom that has tiles.
    max_zoom: u8,
    /// Whether it is made up for show; otherwise the map must credit `OpenStreetMap` (ODbL).
    pub demonstration: bool,
}

impl Ground {
    pub fn of(map: &BaseMap) -> Self {
        Self { tiles: TEMPLATE, max_zoom: MAX_ZOOM, demonstration: map.is_demonstration() }
    }
}

/// A description of the tiles for map programs (`TileJSON` 3.0).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct TileJson {
    tilejson: &'static str,
    name: &'static str,
    /// Addresses with `{z}`, `{x}` and `{y}`.
    tiles: [&'static str; 1],
    minzoom: u8,
    maxzoom: u8,
    /// West, south, east, north.
    bounds: Option<[f64; 4]>,
    attribution: &'static str,
    vector_layers: Vec<VectorLayer>,
}

/// A layer of the tiles.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct VectorLayer {
    id: &'static str,
    /// What its features say, by name.
    fields: BTreeMap<&'static str, &'static str>,
}

fn layers() -> Vec<VectorLayer> {
    let names = [("name", "Chinese, else as on the spot"), ("name_en", "English, where it differs")];
    let of = |layer: Layer| {
        let mut fields = BTreeMap::from([("kind", "what it is")]);
        if !layer.is_area() {
            fields.extend(names);
            fields.extend([("bridge", "true on a bridge"), ("tunnel", "true in a tunnel")]);
        }
        VectorLayer { id: layer.name(), fields }
    };
    let mut fields = BTreeMap::from([("kind", "what is named"), ("from", "the first zoom at which it is written")]);
    fields.extend(names);
    Layer::ALL.into_iter().map(of).chain([VectorLayer { id: "names", fields }]).collect()
}

fn none() -> Problem {
    Problem::NotFound(Words::fixed(
        "还没有底图；请用 yimi import network 导入 OSM 文件",
        "there is no base map yet; yimi import network makes one of an OSM file",
    ))
}

fn no_such_tile() -> Problem {
    let last = MAX_ZOOM;
    Problem::NotFound(Words::new(
        format!("没有这个瓦片:z 应为 0 至 {last} 的整数,x、y 应为小于 2 的 z 次方的整数"),
        format!("no such tile: wanted z from 0 to {last}, x and y below 2 to the power of z"),
    ))
}

fn held(app: &App) -> Result<HeldBaseMap, Problem> {
    app.live.read().basemap().cloned().ok_or_else(none)
}

/// How to read the base map's tiles.
#[utoipa::path(get, path = "/api/tiles/base", operation_id = "getBaseTileJson", tag = "map",
    responses((status = 200, body = TileJson), (status = 404, body = ProblemBody, description = "No base map has been imported")))]
pub(super) async fn tile_json(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let HeldBaseMap { map, mark } = held(&app)?;
    Ok(marked(&headers, &mark, JSON, || {
        let described = TileJson {
            tilejson: "3.0.0",
            name: "Yimi 一米",
            tiles: ["/api/tiles/base/{z}/{x}/{y}"],
            minzoom: 0,
            maxzoom: MAX_ZOOM,
            bounds: map.bounds().map(|b| [b.west, b.south, b.east, b.north]),
            attribution: if map.is_demonstration() { "示例数据 demonstration data" } else { OSM },
            vector_layers: layers(),
        };
        serde_json::to_vec(&described).map(Bytes::from).map_err(|error| Problem::Internal(error.to_string()))
    }))
}

/// A tile of the base map: a Mapbox vector tile, version 2.1.
#[utoipa::path(get, path = "/api/tiles/base/{z}/{x}/{y}", operation_id = "getBaseTile", tag = "map",
    params(
        ("z" = u8, Path, description = "Zoom, 0 to 14"),
        ("x" = u32, Path, description = "From the west"),
        ("y" = u32, Path, description = "From the north"),
    ),
    responses(
        (status = 200, content_type = "application/vnd.mapbox-vector-tile"),
        (status = 204, description = "Nothing is drawn there"),
        (status = 404, body = ProblemBody, description = "No such tile, or no base map has been imported"),
    ))]
pub(super) async fn tile(
    State(app): State<Arc<App>>,
    place: Result<Path<(u8, u32, u32)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Ok(Path((z, x, y))) = place else { return Err(no_such_tile()) };
    if z > MAX_ZOOM || x >> z != 0 || y >> z != 0 {
        return Err(no_such_tile());
    }
    let HeldBaseMap { map, mark } = held(&app)?;
    let body = if has(&headers, &mark) { None } else { Some(made(&app, map, (mark.clone(), z, x, y)).await?) };
    let empty = body.as_ref().is_some_and(Bytes::is_empty);
    let mut response = marked(&headers, &mark, MVT, || Ok(body.unwrap_or_default()));
    if empty {
        let kept = response.headers().clone();
        response = StatusCode::NO_CONTENT.into_response();
        response.headers_mut().extend(kept);
        response.headers_mut().remove(axum::http::header::CONTENT_TYPE);
    }
    Ok(response)
}

/// A tile from the cache, or made where nobody waits for it but those who ask for this one.
async fn made(app: &App, map: Arc<BaseMap>, key: Key) -> Result<Bytes, Problem> {
    if let Some(tile) = app.tiles.0.get(&key) {
        return Ok(tile);
    }
    let cache = app.tiles.0.clone();
    let make = move || {
        let (_, z, x, y) = key;
        cache.try_get_with(key.clone(), || map.tile(z, x, y).map(|tile| tile.map(Bytes::from).unwrap_or_default()))
    };
    match tokio::task::spawn_blocking(make).await {
        Ok(Ok(tile)) => Ok(tile),
        Ok(Err(error)) => Err(Problem::Internal(error.to_string())),
        Err(stopped) => Err(Problem::Internal(stopped.to_string())),
    }
}
