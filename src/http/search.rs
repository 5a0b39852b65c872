//! `GET /api/search`: the one box. What was typed is neither logged nor kept.

use super::extract::Params;
use super::headers::{JSON, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::geo::LonLat;
use crate::search::MAX_CHARS;
use crate::site::{Kind, Site, Value, Visibility};
use crate::snapshot::{Named, Snapshot, Typed};
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::ops::Range;
use std::sync::Arc;

const USUAL: usize = 20;
const MOST: usize = 100;

/// What goes by what was typed.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SearchAnswer<'a> {
    /// What was looked for: the beginning of what was typed.
    q: &'a str,
    /// Best first.
    hits: Vec<SearchHit<'a>>,
    /// Where there is nothing: why, and what to do.
    explain: Option<Words>,
}

/// Something that goes by what was typed.
#[derive(Serialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SearchHit<'a> {
    /// A site.
    Site {
        /// Its number.
        id: i64,
        /// Its name.
        name: &'a str,
        /// Its English name, where it has one.
        name_en: Option<String>,
        /// The kind's id.
        kind: &'a str,
        /// Longitude, WGS-84 degrees.
        lon: f64,
        /// Latitude.
        lat: f64,
        /// The code of its town.
        area: Option<&'a str>,
        /// Whether it is one of the county's demonstration points.
        demonstration: bool,
        /// What matched: `name`, `pinyin`, `initials`, `english`, `kind` or `other` (its address or town).
        #[serde(rename = "match")]
        matched: &'static str,
        /// The characters of its name that matched: from one on to before another.
        marks: Vec<[usize; 2]>,
        /// The same of its English name.
        marks_en: Vec<[usize; 2]>,
        /// Letters that were taken for mistyped.
        edits: u8,
    },
    /// All sites of a kind.
    Kind {
        /// The kind's id.
        kind: &'a str,
        /// What it is called.
        name: &'a Words,
        /// How many there are.
        count: u32,
    },
    /// A town, or a place that is written on the map.
    Place {
        /// Its name.
        name: &'a str,
        /// Its English name; empty where it has none.
        name_en: &'a str,
        /// Longitude, WGS-84 degrees.
        lon: f64,
        /// Latitude.
        lat: f64,
        /// The code of the town that it is in; null for a town.
        area: Option<&'a str>,
        /// The characters of its name that matched: from one on to before another.
        marks: Vec<[usize; 2]>,
    },
}

/// Sites, kinds of site and places by characters, pinyin, initials, English, with a typo or two: in the order that
/// `docs/ARCHITECTURE.md` tells.
#[utoipa::path(get, path = "/api/search", operation_id = "search", tag = "sites",
    params(
        ("q" = String, Query, description = "What was typed; its first 120 characters count"),
        ("limit" = Option<u32>, Query, description = "1 to 100, usually 20"),
        ("near" = Option<String>, Query, description = "Longitude,latitude: of what matches alike, the nearer comes first. Two decimals are enough"),
    ),
    responses((status = 200, body = SearchAnswer), (status = 400, body = ProblemBody)))]
pub(super) async fn search(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    answered(&app, query.as_deref()).unwrap_or_else(IntoResponse::into_response)
}

fn answered(app: &App, query: Option<&str>) -> Result<Response, Problem> {
    let mut params = Params::parse(query);
    let typed = params.text("q").unwrap_or_default();
    let limit = params.limit(USUAL, MOST);
    let near = if params.peek("near").is_some() { params.place("near") } else { None };
    params.done()?;
    let words = typed.char_indices().nth(MAX_CHARS).map_or(&*typed, |(end, _)| &typed[..end]);
    let now = app.live.read();
    let found = now.find(Typed { words, near, limit });
    let hits: Vec<SearchHit<'_>> = found.into_iter().map(|named| hit(&now, named)).collect();
    let explain = (hits.is_empty() && !words.trim().is_empty()).then(|| nothing_found(&now, words));
    let answer = SearchAnswer { q: words, hits, explain };
    Ok(private(JSON, serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?))
}

fn nothing_found(now: &Snapshot, words: &str) -> Words {
    let counted = |kind: &&Kind| kind.visibility == Visibility::Aggregate && kind.is_called(words);
    if let Some(kind) = now.catalogue().kinds().iter().find(counted) {
        return Words::new(
            format!("“{}”只按乡镇计数，位置不公开", kind.name.zh),
            format!("“{}”: counted by town only; where they are is not told", kind.name.en),
        );
    }
    if let Some(Words { zh, en }) = now.catalogue().characteristic(words) {
        return Words::new(
            format!("“{zh}”不是名称，是场所的一项情况；可在“附近”里按它筛选"),
            format!("“{en}” is no name but something that a place has; choose it under Nearby"),
        );
    }
    Words::fixed(
        "场所、类别、乡镇、村名和地址中都没有找到；可少输入几个字，用拼音、首字母或英文，或按类别查看",
        "no place, kind, town, village or address goes by this; try fewer letters, pinyin, initials or English, or look by kind",
    )
}

fn hit<'a>(now: &'a Snapshot, named: Named<'a>) -> SearchHit<'a> {
    match named {
        Named::Kind(index) => {
            let kind = now.catalogue().kind(index);
            SearchHit::Kind { kind: &kind.id, name: &kind.name, count: now.count(index).shown() }
        }
        Named::Place { name, at, area, marks } => {
            let [lon, lat] = at.to_centimetre();
            let area = area.map(|area| now.areas().get(area).id.as_str());
            SearchHit::Place { name: &name.zh, name_en: &name.en, lon, lat, area, marks: marks_told(marks) }
        }
        Named::Site { found, marks, marks_en, edits } => {
            let site = &found.held.site;
            let [lon, lat] = LonLat::to_centimetre(site.at);
            SearchHit::Site {
                id: site.id.0,
                name: &site.name,
                name_en: site.attributes.text("name_en").map(Into::into),
                kind: &now.catalogue().kind(site.kind).id,
                lon,
                lat,
                area: found.held.area.map(|area| now.areas().get(area).id.as_str()),
                demonstration: is_demonstration(now, site),
                matched: found.matched.map_or("other", crate::search::Matched::id),
                marks: marks_told(marks),
                marks_en: marks_told(marks_en),
                edits,
            }
        }
    }
}

fn is_demonstration(now: &Snapshot, site: &Site) -> bool {
    let value = now.catalogue().attribute("demonstration").and_then(|index| site.attributes.get(index));
    value == Some(&Value::Bool(true))
}

fn marks_told(marks: Vec<Range<usize>>) -> Vec<[usize; 2]> {
    marks.into_iter().map(|mark| [mark.start, mark.end]).collect()
}
