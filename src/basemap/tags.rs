//! What tags mean to the base map (the OSM wiki's *Map features*), and how its names are read.

use super::class::{Class, PlaceKind};
use crate::osm::Tags;
use crate::text::{Words, is_han};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::{Element, Extract};
    use std::io::Write;
    use std::ops::ControlFlow;

    /// What `read` makes of the tags of a node.
    fn of<T: Send>(pairs: &[(&str, &str)], read: impl Fn(&Tags<'_>) -> T + Sync) -> T {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        write!(file, r#"<osm><node id="1" lon="1" lat="1">"#).expect("written");
        for (key, value) in pairs {
            write!(file, r#"<tag k="{key}" v="{value}"/>"#).expect("written");
        }
        write!(file, "</node></osm>").expect("written");
        let mut found = None;
        let made = |block: &crate::osm::Block| {
            let mut one = None;
            block.for_each(|element| {
                if let Element::Node { tags, .. } = element {
                    one = Some(read(&tags));
                }
            });
            one
        };
        let extract = Extract::open(file.path()).expect("an extract");
        let take = |one| {
            found = one;
            ControlFlow::Break(())
        };
        extract.read(&mut |_| {}, made, take).expect("right");
        found.expect("a node")
    }

    #[test]
    fn names_are_chinese_first_with_english_beside() {
        for (pairs, wanted) in [
            (&[("name", "王庄村"), ("name:en", "Wangzhuang")][..], Some(("王庄村", "Wangzhuang"))),
            (&[("name", "Vaduz"), ("name:zh", "瓦杜兹")], Some(("瓦杜兹", "Vaduz"))),
            (&[("name", "Triesen")], Some(("Triesen", ""))),
            (&[("name", "東京"), ("name:zh-Hans", "东京"), ("name:zh", "東京")], Some(("东京", ""))),
            (&[("name:en", "Nameless Lake")], Some(("Nameless Lake", ""))),
            (&[("highway", "trunk"), ("ref", "G341")], Some(("G341", ""))),
            (&[("ref", "7")], None),
            (&[("name", "  ")], None),
        ] {
            let named = of(pairs, name);
            let found = named.as_ref().map(|words| (&*words.zh, &*words.en));
            assert_eq!(found, wanted, "{pairs:?}");
        }
    }

    #[test]
    fn a_ring_is_an_area_unless_it_is_a_road_and_a_line_never_is() {
        let drawn = |pairs: &[(&str, &str)], closed| of(pairs, |tags| class(tags, closed));
        assert_eq!(drawn(&[("natural", "water")], true), Some(Class::Water));
        assert_eq!(drawn(&[("natural", "water")], false), None);
        assert_eq!(drawn(&[("highway", "residential")], true), Some(Class::Street));
        assert_eq!(drawn(&[("leisure", "pitch"), ("area", "no")], true), None);
        assert_eq!(drawn(&[("building", "no"), ("landuse", "forest")], true), Some(Class::Wood));
        assert_eq!(drawn(&[("railway", "rail"), ("tunnel", "yes")], false), None);
        assert_eq!(drawn(&[("highway", "proposed")], false), None);
    }
}
