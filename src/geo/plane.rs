//! A flat map of the few hundred metres around a place.
//!
//! Degrees become metres east and north by the two radii of curvature of the WGS-84 ellipsoid at the place itself. Over
//! 300 m the error stays below a centimetre at the latitudes where people live, so that what is nearest on this map is
//! nearest on the ground.

use super::LonLat;
use super::distance::{ECCENTRICITY_2, SEMI_MAJOR_M};

/// A flat map around one place.
#[derive(Debug, Clone, Copy)]
pub struct LocalPlane {
    origin: LonLat,
    /// Metres of a degree east and of a degree north.
    scale: [f64; 2],
}

impl LocalPlane {
    /// The map whose middle is `origin`.
    #[must_use]
    pub fn around(origin: LonLat) -> Self {
        let (sin_lat, cos_lat) = origin.lat().to_radians().sin_cos();
        let curved = 1.0 - ECCENTRICITY_2 * sin_lat * sin_lat;
        let normal_m = SEMI_MAJOR_M / curved.sqrt();
        let meridian_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / (curved * curved.sqrt());
        Self { origin, scale: [(normal_m * cos_lat).to_radians(), meridian_m.to_radians()] }
    }

    /// Metres east and north of the middle.
    #[must_use]
    pub fn metres(&self, at: LonLat) -> [f64; 2] {
        self.metres_of([at.lon(), at.lat()])
    }

    /// The same for degrees that belong to a box rather than to a place.
    #[must_use]
    pub fn metres_of(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [(lon - self.origin.lon()) * self.scale[0], (lat - self.origin.lat()) * self.scale[1]]
    }

    /// West, south and east, north of the box that reaches `metres` to each side, in degrees.
    #[must_use]
    pub fn reach(&self, metres: f64) -> [[f64; 2]; 2] {
        // at the poles a degree east has no metres; there the box is all the way round
        let [dx, dy] = [(metres / self.scale[0].max(1e-3)).min(360.0), metres / self.scale[1]];
        let (lon, lat) = (self.origin.lon(), self.origin.lat());
        [[lon - dx, lat - dy], [lon + dx, lat + dy]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::geodesic_m;

    #[test]
    fn it_agrees_with_the_geodesic_over_the_distances_that_people_walk_to_a_street() {
        for lat in [0.0, 36.3, -30.0, 60.0] {
            let origin = LonLat::new(116.2, lat).expect("a position");
            let plane = LocalPlane::around(origin);
            for (dx, dy) in [(0.003, 0.0), (0.0, 0.0027), (-0.002, 0.002)] {
                let at = LonLat::new(116.2 + dx, lat + dy).expect("a position");
                let [x, y] = plane.metres(at);
                assert!((x.hypot(y) - geodesic_m(origin, at)).abs() < 0.02, "{lat} {dx} {dy}");
            }
        }
    }
}
