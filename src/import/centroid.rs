//! Where a shape is: its centroid, in degrees. At the size of a school yard the curvature of the Earth does not show.

use crate::text::Words;
use geo::{
    Area, Centroid, Coord, InteriorPoint, Intersects, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use serde_json::Value;

/// A place in degrees of a file's own datum, not checked yet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// Why a geometry has no place.
#[derive(Debug)]
pub(super) struct ShapeFault {
    pub found: String,
    pub wanted: Words,
}

/// Decimals of a computed place: 1e-7° is a centimetre, and a second import gives the same digits.
const DECIMALS: f64 = 1e7;

/// A computed place.
fn rounded(point: Point<f64>) -> Place {
    Place { lon: (point.x() * DECIMALS).round() / DECIMALS, lat: (point.y() * DECIMALS).round() / DECIMALS }
}

/// The place of a GeoJSON geometry: a point as written, of anything else the centroid.
pub(super) fn place(geometry: &Value) -> Result<Place, ShapeFault> {
    let Some(of_type) = geometry.get("type").and_then(Value::as_str) else {
        let found = if geometry.is_null() { "null" } else { "" };
        return Err(fault(found, "带坐标的几何图形", "a geometry with coordinates"));
    };
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let centroid = match of_type {
        "Point" => return coordinate(coordinates).map(|c| Place { lon: c.x, lat: c.y }).ok_or_else(|| broken(of_type)),
        "MultiPoint" => list(coordinates, coordinate)
            .and_then(|all| all.into_iter().map(Point).collect::<MultiPoint<_>>().centroid()),
        "LineString" => line(coordinates).and_then(|line| line.centroid()),
        "MultiLineString" => list(coordinates, line).and_then(|lines| MultiLineString(lines).centroid()),
        "Polygon" => polygon(coordinates).and_then(|polygon| polygon.centroid()),
        "MultiPolygon" => list(coordinates, polygon).and_then(|polygons| MultiPolygon(polygons).centroid()),
        other => return Err(fault(other, "点、线或面", "a point, a line or an area")),
    };
    centroid.map(rounded).ok_or_else(|| broken(of_type))
}

/// A place inside a GeoJSON area, or the point itself: the centroid, unless the shape is so bent that it lies outside.
pub(super) fn inside(geometry: &Value) -> Result<Place, ShapeFault> {
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let areas = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => polygon(coordinates).map(|one| vec![one]),
        Some("MultiPolygon") => list(coordinates, polygon),
        Some("Point") | None => return place(geometry),
        Some(other) => return Err(fault(other, "点或面", "a point or an area")),
    };
    let areas = MultiPolygon(areas.ok_or_else(|| broken("Polygon"))?);
    let within = areas.centroid().filter(|centroid| areas.intersects(centroid)).or_else(|| areas.interior_point());
    within.map(rounded).ok_or_else(|| broken("Polygon"))
}

fn fault(found: &str, zh: &'static str, en: &'static str) -> ShapeFault {
    ShapeFault { found: found.to_owned(), wanted: Words::fixed(zh, en) }
}

fn broken(of_type: &str) -> ShapeFault {
    fault(of_type, "由 [经度, 纬度] 数值组成的坐标", "coordinates made of numbers, [longitude, latitude]")
}

fn list<T>(value: &Value, item: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(item).collect()
}

fn coordinate(value: &Value) -> Option<Coord<f64>> {
    let [x, y, ..] = value.as_array()?.as_slice() else { return None };
    Some(Coord { x: x.as_f64()?, y: y.as_f64()? })
}

fn line(value: &Value) -> Option<LineString<f64>> {
    list(value, coordinate).map(LineString)
}

fn polygon(value: &Value) -> Option<Polygon<f64>> {
    let mut rings = list(value, line)?;
    if rings.is_empty() {
        return None;
    }
    let exterior = rings.remove(0);
    Some(Polygon::new(exterior, rings))
}

/// The centroid of an open chain, or of the area that a closed one bounds.
pub(super) fn of_chain(chain: &[Coord<f64>]) -> Option<Place> {
    let line = LineString(chain.to_vec());
    let closed = line.is_closed() && chain.len() >= 4;
    let centroid = if closed { Polygon::new(line, Vec::new()).centroid() } else { line.centroid() };
    centroid.map(rounded)
}

/// The middle of some points.
pub(super) fn of_points(points: impl Iterator<Item = Coord<f64>>) -> Option<Place> {
    points.map(Point).collect::<MultiPoint<_>>().centroid().map(rounded)
}

/// The centroid of what outer rings bound without what inner rings cut out; nothing if no surface is left. Which hole
/// belongs to which ring does not matter for that.
pub(super) fn of_rings(outer: &[Vec<Coord<f64>>], inner: &[Vec<Coord<f64>>]) -> Option<Place> {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (rings, sign) in [(outer, 1.0), (inner, -1.0)] {
        for ring in rings {
            let polygon = Polygon::new(LineString(ring.clone()), Vec::new());
            let Some(centroid) = polygon.centroid() else { continue };
            let weight = sign * polygon.unsigned_area();
            area += weight;
            x += weight * centroid.x();
            y += weight * centroid.y();
        }
    }
    (area > 0.0).then(|| rounded(Point::new(x / area, y / area)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[[f64; 2]]) -> Vec<Coord<f64>> {
        corners.iter().map(|[x, y]| Coord { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_hole_pushes_the_centroid_away() {
        let outer = ring(&[[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]);
        let inner = ring(&[[0.0, 0.0], [2.0, 0.0], [2.0, 4.0], [0.0, 4.0], [0.0, 0.0]]);
        assert_eq!(of_rings(std::slice::from_ref(&outer), &[]), Some(Place { lon: 2.0, lat: 2.0 }));
        assert_eq!(of_rings(std::slice::from_ref(&outer), &[inner]), Some(Place { lon: 3.0, lat: 2.0 }));
        assert_eq!(of_rings(&[], std::slice::from_ref(&outer)), None);
        let far = outer.iter().map(|c| Coord { x: c.x + 10.0, y: c.y }).collect();
        assert_eq!(of_rings(&[outer, far], &[]), Some(Place { lon: 7.0, lat: 2.0 }));
    }

    #[test]
    fn a_place_inside_a_bent_area_is_inside_it() {
        let bent = "[[[0,0],[9,0],[9,9],[8,9],[8,1],[0,1],[0,0]]]";
        let shape = |of_type: &str, text: &str| {
            serde_json::from_str(&format!(r#"{{"type":"{of_type}","coordinates":{text}}}"#)).expect("JSON")
        };
        let polygon: Value = shape("Polygon", bent);
        let outside = place(&polygon).expect("a centroid");
        let within = inside(&polygon).expect("a place");
        assert!(outside.lat > 1.0 && outside.lon < 8.0 && (within.lat <= 1.0 || within.lon >= 8.0), "{within:?}");
        assert_eq!(inside(&shape("Point", "[1,2]")).expect("a point"), Place { lon: 1.0, lat: 2.0 });
        assert!(inside(&shape("LineString", "[[1,2],[3,4]]")).is_err() && inside(&shape("MultiPolygon", "7")).is_err());
    }

    #[test]
    fn a_closed_chain_is_an_area_and_an_open_one_a_line() {
        let closed = ring(&[[0.0, 0.0], [4.0, 0.0], [0.0, 4.0], [0.0, 0.0]]);
        assert_eq!(of_chain(&closed), Some(Place { lon: 1.333_333_3, lat: 1.333_333_3 }));
        assert_eq!(of_chain(&closed[..2]), Some(Place { lon: 2.0, lat: 0.0 }));
        assert_eq!(of_chain(&closed[..1]), Some(Place { lon: 0.0, lat: 0.0 }));
        assert_eq!(of_chain(&[]), None);
    }
}
