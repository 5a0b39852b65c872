//! Sites as GeoJSON (RFC 7946), written straight from memory: a site's attributes are held as the JSON that is sent, so
//! that most of an answer is copied and little is put together. [`SiteFeature`] and [`SiteCollection`] say what comes out;
//! tests read answers into them.

use super::route::tenths;
use crate::site::Attributes;
use crate::snapshot::{Found, Snapshot};
use crate::targets::Measured;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::Write;

/// How much of each site is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a map and its list show.
    Brief,
    /// All that is known.
    Full,
}

/// A page of sites.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiteCollection {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    pub of_type: String,
    /// The sites.
    pub features: Vec<SiteFeature>,
    /// How many sites this page has.
    pub number_returned: usize,
    /// Hand this back as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

/// A site as a GeoJSON feature.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct SiteFeature {
    /// `Feature`.
    #[serde(rename = "type")]
    pub of_type: String,
    /// The site's number.
    pub id: i64,
    /// Where it is.
    pub geometry: PointGeometry,
    /// What is known of it.
    pub properties: SiteProperties,
}

/// A GeoJSON point.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct PointGeometry {
    /// `Point`.
    #[serde(rename = "type")]
    pub of_type: String,
    /// Longitude and latitude, WGS-84 degrees.
    pub coordinates: [f64; 2],
}

/// What is known of a site. The attributes of the catalogue stand beside these, each under its id.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct SiteProperties {
    /// The site's number.
    pub id: i64,
    /// The kind's id.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The code of the town that it lies in.
    pub area: Option<String>,
    /// Who it comes from: `osm`, `file`, `demonstration` …
    pub source: Option<String>,
    /// The day of its last change, `YYYY-MM-DD`.
    pub updated: Option<String>,
    /// Counts its changes from 1; whoever amends it says which they saw.
    pub version: Option<u32>,
    /// Geodesic metres in a straight line from where was asked.
    pub distance_m: Option<f64>,
    /// Seconds on foot, waiting at crossings included.
    pub walk_secs: Option<f64>,
    /// Metres on foot.
    pub walk_m: Option<f64>,
    /// Larger roads that are crossed on the way with nothing that stops the traffic.
    pub unguarded: Option<usize>,
    /// What the search words matched: `name`, `initials`, `pinyin`, `english`, `kind` or `other`.
    #[serde(rename = "match")]
    pub matched: Option<String>,
    /// The id of the unit that answers for it, if one does.
    pub unit_id: Option<String>,
    /// Its photos, as `{id, width, height}`.
    #[schema(value_type = Option<Vec<Object>>)]
    pub photos: Option<serde_json::Value>,
    /// The attributes.
    #[serde(flatten)]
    pub attributes: HashMap<String, serde_json::Value>,
}

/// Room for a site that says as much as most do, in bytes.
const USUAL_BYTES: usize = 400;
/// The attributes that a map and its list show.
const SHOWN: [&str; 2] = ["demonstration", "name_en"];

/// Sites as a [`SiteCollection`]; the same text over HTTP and on the command line.
pub fn feature_collection(
    snapshot: &Snapshot,
    sites: &[Found<'_>],
    detail: Detail,
    next: Option<i64>,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(128 + USUAL_BYTES * sites.len());
    out.extend(b"{\"type\":\"FeatureCollection\",\"features\":[");
    for (place, found) in sites.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write_feature(&mut out, snapshot, found, detail)?;
    }
    write!(out, "],\"numberReturned\":{},\"next\":", sites.len()).map_err(serde_json::Error::io)?;
    serde_json::to_writer(&mut out, &next.map(|after| after.to_string()))?;
    out.push(b'}');
    Ok(out)
}

/// One site as a [`SiteFeature`].
pub(super) fn write_feature(
    out: &mut Vec<u8>,
    snapshot: &Snapshot,
    found: &Found<'_>,
    detail: Detail,
) -> Result<(), serde_json::Error> {
    write_feature_with(out, snapshot, found, detail, |_| Ok(()))
}

/// The same, with further members among the properties: `more` writes them, each behind a comma.
pub(super) fn write_feature_with(
    out: &mut Vec<u8>,
    snapshot: &Snapshot,
    found: &Found<'_>,
    detail: Detail,
    more: impl FnOnce(&mut Vec<u8>) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    let site = &found.held.site;
    let [lon, lat] = site.at.to_centimetre();
    let id = site.id.0;
    write!(out, "{{\"type\":\"Feature\",\"id\":{id},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[")
        .map_err(serde_json::Error::io)?;
    serde_json::to_writer(&mut *out, &lon)?;
    out.push(b',');
    serde_json::to_writer(&mut *out, &lat)?;
    write!(out, "]}},\"properties\":{{\"id\":{id},\"kind\":\"").map_err(serde_json::Error::io)?;
    // kinds are plain words (see the catalogue's rules)
    out.extend(snapshot.catalogue().kind(site.kind).id.as_bytes());
    member(out, "\",\"name\":", &*site.name)?;
    member(out, ",\"area\":", &found.held.area.map(|area| snapshot.areas().get(area).id.as_str()))?;
    if detail == Detail::Full {
        member(out, ",\"source\":", &*site.source)?;
        out.extend(b",\"updated\":\"");
        day(out, site.updated);
        write!(out, "\",\"version\":{}", site.version).map_err(serde_json::Error::io)?;
    }
    if let Some(metres) = found.distance_m {
        member(out, ",\"distance_m\":", &((metres * 100.0).round() / 100.0))?;
    }
    if let Some(way) = found.on_foot {
        member(out, ",\"walk_secs\":", &tenths(f64::from(way.millis) / 1e3))?;
        member(out, ",\"walk_m\":", &((way.length_m * 100.0).round() / 100.0))?;
        member(out, ",\"unguarded\":", &way.unguarded)?;
    }
    if let Some(matched) = found.matched {
        member(out, ",\"match\":", matched.id())?;
    }
    if let Some(tended) = snapshot.tended(site.id).filter(|_| detail == Detail::Full) {
        if let Some(unit) = &tended.unit {
            member(out, ",\"unit_id\":", &**unit)?;
        }
        out.extend(b",\"photos\":");
        out.extend(tended.photos.as_bytes());
    }
    more(out)?;
    match detail {
        Detail::Full => members_of(out, site.attributes.json()),
        Detail::Brief => members_of(out, &shown(&site.attributes)),
    }
    out.extend(b"}}");
    Ok(())
}

pub(super) fn member<T: Serialize + ?Sized>(
    out: &mut Vec<u8>,
    before: &str,
    value: &T,
) -> Result<(), serde_json::Error> {
    out.extend(before.as_bytes());
    serde_json::to_writer(out, value)
}

/// The members of a JSON object, behind those that stand already.
fn members_of(out: &mut Vec<u8>, object: &str) {
    let members = object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    if !members.is_empty() {
        out.push(b',');
        out.extend(members.as_bytes());
    }
}

/// What a map and its list show of the attributes.
fn shown(attributes: &Attributes) -> String {
    if !SHOWN.iter().any(|id| attributes.json().contains(id)) {
        return String::new();
    }
    let mut told = attributes.told();
    told.retain(|id, _| SHOWN.contains(&id.as_str()));
    serde_json::Value::Object(told).to_string()
}

/// `2025-12-31`, digit by digit: chrono's formatter is made for any format and costs as much as the rest of a site.
fn day(out: &mut Vec<u8>, day: NaiveDate) {
    let mut text = *b"0000-00-00";
    for (start, digits, number) in [(0, 4, day.year_ce().1), (5, 2, day.month()), (8, 2, day.day())] {
        let mut rest = number;
        for place in text[start..start + digits].iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    out.extend(text);
}

/// All targets.
#[derive(Serialize, utoipa::ToSchema)]
pub struct TargetList {
    targets: Vec<Measured>,
}

/// All targets as JSON; the same text over HTTP and on the command line.
pub fn targets_json(targets: Vec<Measured>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&TargetList { targets })
}
