//! Towns, subdistricts and other areas: their names, where their label stands, and which area a place lies in.
//!
//! An outline is `schematic` (drawn by hand for a demonstration, and said to be so) or `surveyed` (somebody's boundary
//! data, which a public map in China shows only under a map approval number). A place on a border that two areas share
//! belongs to the one whose code comes first, so that each place is counted once.

mod outline;

pub use outline::{OutlineProblem, check as check_outline};

use crate::geo::{Bounds, LonLat};
use crate::text::Words;
use geo::{BoundingRect, Intersects, MultiPolygon, Point};
use serde::{Deserialize, Serialize};

/// An area's place in its [`AreaSet`].
pub type AreaIndex = u16;

/// What an area is in the ladder of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    /// 街道.
    Subdistrict,
    /// 镇, 乡.
    Town,
    /// 社区, 村.
    Community,
    /// Anything else.
    Other,
}

/// What an outline rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outline {
    /// Drawn for show; may be shown anywhere if it is said to be schematic.
    Schematic,
    /// Boundary data.
    Surveyed,
}

/// An area.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Its code, such as 371524101.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// What it is.
    pub kind: AreaKind,
    /// The county that it belongs to.
    pub county: Option<Words>,
    /// Where its name stands on a map.
    pub label: LonLat,
    /// What its outline rests on.
    pub outline: Outline,
    /// Who it comes from.
    pub source: String,
    /// Its shape, WGS-84 degrees.
    pub shape: MultiPolygon<f64>,
}

/// All areas, sorted by code.
#[derive(Debug, Clone, Default)]
pub struct AreaSet {
    areas: Vec<Area>,
    boxes: Vec<Option<geo::Rect<f64>>>,
}

impl AreaSet {
    /// From areas in any order.
    #[must_use]
    pub fn new(mut areas: Vec<Area>) -> Self {
        areas.sort_by(|a, b| a.id.cmp(&b.id));
        let boxes = areas.iter().map(|area| area.shape.bounding_rect()).collect();
        Self { areas, boxes }
    }

    /// All areas by code.
    #[must_use]
    pub fn all(&self) -> &[Area] {
        &self.areas
    }

    /// The area at `index`, which must come from this set.
    #[must_use]
    pub fn get(&self, index: AreaIndex) -> &Area {
        &self.areas[usize::from(index)]
    }

    /// The area in which `at` lies.
    #[must_use]
    pub fn find(&self, at: LonLat) -> Option<AreaIndex> {
        let point = Point::new(at.lon(), at.lat());
        let holds = |(area, bounds): (&Area, &Option<geo::Rect<f64>>)| {
            bounds.is_some_and(|b| b.intersects(&point)) && area.shape.intersects(&point)
        };
        self.areas.iter().zip(&self.boxes).position(holds).map(|i| i as AreaIndex)
    }

    /// The box that holds all areas.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.boxes
            .iter()
            .flatten()
            .map(|b| Bounds { west: b.min().x, south: b.min().y, east: b.max().x, north: b.max().y })
            .reduce(|a, b| Bounds {
                west: a.west.min(b.west),
                south: a.south.min(b.south),
                east: a.east.max(b.east),
                north: a.north.max(b.north),
            })
    }

    /// The county that most areas name, if any does.
    #[must_use]
    pub fn county(&self) -> Option<&Words> {
        let named = || self.areas.iter().filter_map(|area| area.county.as_ref());
        named().max_by_key(|county| named().filter(|other| other == county).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::polygon;

    fn area(id: &str, west: f64) -> Area {
        let e = west + 1.0;
        let square = polygon![(x: west, y: 0.0), (x: e, y: 0.0), (x: e, y: 1.0), (x: west, y: 1.0)];
        Area {
            id: id.into(),
            name: Words::new(id, ""),
            kind: AreaKind::Town,
            county: Some(Words::fixed("某县", "")),
            label: LonLat::new(west + 0.5, 0.5).expect("a position"),
            outline: Outline::Schematic,
            source: "test".into(),
            shape: MultiPolygon::new(vec![square]),
        }
    }

    #[test]
    fn a_place_on_a_shared_border_belongs_to_one_area_only() {
        let set = AreaSet::new(vec![area("b", 1.0), area("a", 0.0)]);
        let find = |lon, lat| set.find(LonLat::new(lon, lat).expect("a position")).map(|i| set.get(i).id.as_str());
        assert_eq!(
            [find(1.0, 0.5), find(1.5, 0.5), find(0.2, 1.0), find(5.0, 0.5)],
            [Some("a"), Some("b"), Some("a"), None]
        );
        assert_eq!(set.bounds().map(|b| (b.west, b.east)), Some((0.0, 2.0)));
        assert_eq!(set.county().map(|c| &*c.zh), Some("某县"));
    }
}
