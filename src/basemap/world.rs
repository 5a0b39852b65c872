//! Web Mercator (EPSG:3857) in whole steps: the world is a square of 2³⁰ steps from its north-western corner, x to the
//! east, y to the south. A step is 3.7 cm at the equator, less elsewhere; a unit of a tile of zoom 14 is eight of them.

use crate::geo::LonLat;
use std::f64::consts::PI;

/// The world is 2 to this power steps wide.
pub(super) const WORLD_BITS: u32 = 30;
/// How many steps the world is wide.
pub(super) const WORLD: i32 = 1 << WORLD_BITS;

/// A position in steps.
pub(super) type Step = [i32; 2];

/// The step of a position; what lies beyond 85.05° is held at the edge of the square.
pub(super) fn step(at: LonLat) -> Step {
    let x = (at.lon() + 180.0) / 360.0;
    let y = 0.5 - at.lat().to_radians().tan().asinh() / (2.0 * PI);
    [x, y].map(|part| (part * f64::from(WORLD)).clamp(0.0, f64::from(WORLD - 1)).round() as i32)
}

/// The position of a step: longitude, latitude.
pub(super) fn degrees([x, y]: [f64; 2]) -> [f64; 2] {
    let wide = f64::from(WORLD);
    let lat = (PI * (1.0 - 2.0 * y / wide)).sinh().atan().to_degrees();
    [x / wide * 360.0 - 180.0, lat]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_those_of_web_mercator_and_lead_back() {
        let at = |lon, lat| LonLat::new(lon, lat).expect("a position");
        assert_eq!(step(at(0.0, 0.0)), [WORLD / 2, WORLD / 2]);
        assert_eq!(step(at(-180.0, 90.0)), [0, 0]);
        assert_eq!(step(at(180.0, -90.0)), [WORLD - 1, WORLD - 1]);
        // the tile of zoom 14 that holds the county seat, as any map service numbers it
        let [x, y] = step(at(116.243_234, 36.335_913));
        assert_eq!([x >> 16, y >> 16], [13_482, 6_414]);
        let [lon, lat] = degrees([f64::from(x), f64::from(y)]);
        assert!((lon - 116.243_234).abs() < 4e-7 && (lat - 36.335_913).abs() < 4e-7);
    }
}
