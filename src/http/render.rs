//! Sites as GeoJSON (RFC 7946), written straight from memory.

use crate::area::AreaSet;
use crate::site::{Attributes, Catalogue};
use crate::snapshot::{Found, Snapshot};
use crate::targets::Measured;
use chrono::Datelike;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// How much of each site is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What a map needs to draw it.
    Brief,
    /// All that is known.
    Full,
}

/// A site as a GeoJSON feature.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SiteFeature<'a> {
    /// `Feature`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// The site's number.
    id: i64,
    geometry: PointGeometry,
    properties: SiteProperties<'a>,
}

/// A GeoJSON point.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PointGeometry {
    /// `Point`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// Longitude and latitude, WGS-84 degrees.
    coordinates: [f64; 2],
}

/// What is known of a site. The attributes of the catalogue stand beside these, each under its id.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct SiteProperties<'a> {
    /// The site's number.
    id: i64,
    /// The kind's id.
    kind: &'a str,
    name: &'a str,
    /// The code of the town that it lies in.
    area: Option<&'a str>,
    /// Who it comes from: `osm`, `file`, `demonstration` …
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    /// The day of its last change, `YYYY-MM-DD`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "day")]
    #[schema(value_type = Option<String>)]
    updated: Option<chrono::NaiveDate>,
    /// Geodesic metres in a straight line from where was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// What the search words matched: `name`, `initials`, `pinyin` or `other`.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    matched: Option<&'static str>,
    #[serde(flatten)]
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>)]
    attributes: AttributeMap<'a>,
}

/// A page of sites.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiteCollection<'a> {
    /// `FeatureCollection`.
    #[serde(rename = "type")]
    of_type: &'static str,
    #[schema(value_type = Vec<SiteFeature>)]
    features: Features<'a>,
    number_returned: usize,
    /// Hand this back as `cursor` for the next page; null on the last.
    next: Option<String>,
}

/// `2025-12-31`, digit by digit: chrono's formatter is made for any format and costs as much as the rest of a site.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn day<S: Serializer>(day: &Option<chrono::NaiveDate>, to: S) -> Result<S::Ok, S::Error> {
    let Some(day) = day.filter(|day| (0..=9999).contains(&day.year())) else { return to.serialize_none() };
    let mut text = *b"0000-00-00";
    for (start, digits, number) in [(0, 4, day.year_ce().1), (5, 2, day.month()), (8, 2, day.day())] {
        let mut rest = number;
        for place in text[start..start + digits].iter_mut().rev() {
            *place = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
    }
    to.serialize_str(std::str::from_utf8(&text).map_err(serde::ser::Error::custom)?)
}

/// The attributes that are told.
struct AttributeMap<'a> {
    catalogue: &'a Catalogue,
    attributes: &'a Attributes,
    detail: Detail,
}

/// The attributes that a map and its list show.
const DRAWN: [&str; 2] = ["demonstration", "name_en"];

impl Serialize for AttributeMap<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use crate::site::Value;
        let mut map = to.serialize_map(None)?;
        for (index, value) in self.attributes.iter() {
            let attribute = &self.catalogue.attributes()[usize::from(index)];
            if self.detail == Detail::Brief && !DRAWN.contains(&attribute.id.as_str()) {
                continue;
            }
            match value {
                Value::Text(text) => map.serialize_entry(&attribute.id, text)?,
                Value::Integer(number) => map.serialize_entry(&attribute.id, number)?,
                Value::Bool(yes) => map.serialize_entry(&attribute.id, yes)?,
                Value::Date(day) => map.serialize_entry(&attribute.id, day)?,
                Value::Choice(place) => map.serialize_entry(&attribute.id, attribute.choice_id(*place))?,
            }
        }
        map.end()
    }
}

struct Features<'a> {
    snapshot: &'a Snapshot,
    sites: &'a [Found<'a>],
    detail: Detail,
}

impl Serialize for Features<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(self.sites.len()))?;
        for found in self.sites {
            list.serialize_element(&feature(self.snapshot.catalogue(), self.snapshot.areas(), found, self.detail))?;
        }
        list.end()
    }
}

/// A site as a feature.
pub(super) fn feature<'a>(
    catalogue: &'a Catalogue,
    areas: &'a AreaSet,
    found: &Found<'a>,
    detail: Detail,
) -> SiteFeature<'a> {
    let site = &found.held.site;
    let full = detail == Detail::Full;
    SiteFeature {
        of_type: "Feature",
        id: site.id.0,
        geometry: PointGeometry { of_type: "Point", coordinates: site.at.to_centimetre() },
        properties: SiteProperties {
            id: site.id.0,
            kind: &catalogue.kind(site.kind).id,
            name: &site.name,
            area: found.held.area.map(|area| areas.get(area).id.as_str()),
            source: full.then_some(&*site.source),
            updated: full.then_some(site.updated),
            distance_m: found.distance_m.map(|metres| (metres * 100.0).round() / 100.0),
            matched: found.matched.map(crate::search::Matched::id),
            attributes: AttributeMap { catalogue, attributes: &site.attributes, detail },
        },
    }
}

/// Sites as a `FeatureCollection`; the same text over HTTP and on the command line.
pub fn feature_collection(
    snapshot: &Snapshot,
    sites: &[Found<'_>],
    detail: Detail,
    next: Option<i64>,
) -> Result<Vec<u8>, serde_json::Error> {
    let collection = SiteCollection {
        of_type: "FeatureCollection",
        features: Features { snapshot, sites, detail },
        number_returned: sites.len(),
        next: next.map(|after| after.to_string()),
    };
    let mut out = Vec::with_capacity(128 + 400 * sites.len());
    serde_json::to_writer(&mut out, &collection)?;
    Ok(out)
}

/// All targets.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct TargetList {
    targets: Vec<Measured>,
}

/// All targets as JSON; the same text over HTTP and on the command line.
pub fn targets_json(targets: Vec<Measured>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&TargetList { targets })
}
