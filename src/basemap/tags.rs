//! What tags mean to the base map (the OSM wiki's *Map features*), and how its names are read.

use super::class::{Class, PlaceKind};
use crate::osm::Tags;
use crate::text::Words;

/// Where a line runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub(super) enum Level {
    Tunnel,
    Ground,
    Bridge,
}

/// What an element with these tags is drawn as. `closed` says whether it can be an area.
pub(super) fn class(tags: &Tags<'_>, closed: bool) -> Option<Class> {
    if tags.is_empty() {
        return None;
    }
    let is_area = closed && tags.get("area") != Some("no");
    let drawn_area = if is_area { area(tags) } else { None };
    drawn_area.or_else(|| line(tags))
}

fn line(tags: &Tags<'_>) -> Option<Class> {
    if let Some(road) = tags.get("highway") {
        return match road {
            "motorway" | "motorway_link" => Some(Class::Motorway),
            "trunk" | "trunk_link" => Some(Class::Trunk),
            "primary" | "primary_link" => Some(Class::Primary),
            "secondary" | "secondary_link" => Some(Class::Secondary),
            "tertiary" | "tertiary_link" => Some(Class::Tertiary),
            "residential" | "unclassified" | "living_street" | "pedestrian" | "road" => Some(Class::Street),
            "service" => Some(Class::Service),
            "track" => Some(Class::Track),
            "footway" | "path" | "cycleway" | "steps" | "bridleway" => Some(Class::Path),
            _ => None,
        };
    }
    match tags.get("waterway") {
        Some("river") => return Some(Class::River),
        Some("canal") => return Some(Class::Canal),
        Some("stream") => return Some(Class::Stream),
        Some("ditch" | "drain") => return Some(Class::Ditch),
        _ => {}
    }
    match tags.get("railway") {
        // what runs below the ground is no landmark
        Some("rail" | "light_rail" | "narrow_gauge") if level(tags) != Level::Tunnel => Some(Class::Rail),
        _ => None,
    }
}

fn area(tags: &Tags<'_>) -> Option<Class> {
    let of = |key| tags.get(key).unwrap_or_default();
    if !matches!(of("building"), "" | "no") {
        return Some(Class::Building);
    }
    match (of("natural"), of("landuse"), of("leisure"), of("amenity"), of("waterway")) {
        ("water", ..) | (_, "reservoir" | "basin", ..) | (_, _, _, _, "riverbank" | "dock") => Some(Class::Water),
        ("wood", ..) | (_, "forest", ..) => Some(Class::Wood),
        ("sand" | "beach" | "shingle", ..) => Some(Class::Sand),
        (_, _, "park" | "garden" | "nature_reserve", ..) => Some(Class::Park),
        (_, _, "pitch" | "playground" | "sports_centre" | "track" | "stadium", ..) => Some(Class::Pitch),
        ("grassland" | "scrub" | "heath" | "wetland", ..)
        | (_, "grass" | "meadow" | "village_green" | "recreation_ground" | "cemetery" | "greenfield", ..)
        | (_, _, "golf_course" | "common", ..) => Some(Class::Grass),
        (_, "orchard" | "vineyard" | "plant_nursery" | "allotments", ..) => Some(Class::Orchard),
        (_, "farmland" | "farmyard", ..) => Some(Class::Farmland),
        (_, _, _, "school" | "kindergarten" | "college" | "university", _) => Some(Class::School),
        (_, "residential" | "commercial" | "industrial" | "retail" | "construction", ..) => Some(Class::Built),
        _ => None,
    }
}

pub(super) fn level(tags: &Tags<'_>) -> Level {
    let is = |key| tags.get(key).is_some_and(|value| value != "no");
    if is("tunnel") || tags.get("location") == Some("underground") {
        Level::Tunnel
    } else if is("bridge") {
        Level::Bridge
    } else {
        Level::Ground
    }
}

/// What a node's name names.
pub(super) fn place(tags: &Tags<'_>) -> Option<PlaceKind> {
    match tags.get("place")? {
        "city" => Some(PlaceKind::City),
        "town" => Some(PlaceKind::Town),
        "suburb" | "borough" => Some(PlaceKind::Suburb),
        "village" => Some(PlaceKind::Village),
        "hamlet" | "isolated_dwelling" => Some(PlaceKind::Hamlet),
        "neighbourhood" | "quarter" => Some(PlaceKind::Neighbourhood),
        _ => None,
    }
}

/// Chinese first (`name:zh-Hans`, `name:zh`, then `name` in whatever language stands there), English beside it: `name:en`,
/// or the name itself when it has no Han character. Nothing for what has no name; a road's number stands for its name.
pub(super) fn name(tags: &Tags<'_>) -> Option<Words> {
    let said = |key| tags.get(key).map(str::trim).filter(|value| !value.is_empty());
    let local = said("name").or_else(|| tags.get("highway").and_then(|_| said("ref")));
    let zh = said("name:zh-Hans").or_else(|| said("name:zh")).or(local);
    let en = said("name:en").or_else(|| local.filter(|name| !name.chars().any(is_han)));
    let zh = zh.or(en)?;
    // one spelling for both is kept once
    Some(Words::new(zh, en.filter(|en| *en != zh).unwrap_or_default()))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}
