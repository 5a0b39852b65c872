//! Metres between two positions on the WGS-84 ellipsoid.
//!
//! A position turns into a point in space (Earth-centred, metres). The straight chord between two such points is never
//! longer than the geodesic and, over the distances that people walk, nearly equal to it, so that an index over these
//! points orders neighbours rightly at every latitude and across the 180th meridian.

use super::LonLat;
use geo::{Distance, Geodesic, Point};

/// WGS-84 semi-major axis, metres.
pub(super) const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// WGS-84 first eccentricity squared.
pub(super) const ECCENTRICITY_2: f64 = 0.006_694_379_990_141_316_5;
/// Mean Earth radius, metres, for the small correction from chord to arc.
const MEAN_RADIUS_M: f64 = 6_371_008.8;
/// Up to this chord the arc is taken from the chord: with a true radius of curvature between 6,335 and 6,400 km the
/// error of `c³/24R²` stays below 2 mm. Beyond, Karney's geodesic is worth its microseconds.
const SHORT_CHORD_M: f64 = 50_000.0;

/// The point in space, metres from the Earth's centre, at height 0.
pub(super) fn to_space(at: LonLat) -> [f64; 3] {
    let (sin_lon, cos_lon) = at.lon().to_radians().sin_cos();
    let (sin_lat, cos_lat) = at.lat().to_radians().sin_cos();
    let normal_m = SEMI_MAJOR_M / (1.0 - ECCENTRICITY_2 * sin_lat * sin_lat).sqrt();
    [normal_m * cos_lat * cos_lon, normal_m * cos_lat * sin_lon, normal_m * (1.0 - ECCENTRICITY_2) * sin_lat]
}

/// The position of a point that [`to_space`] made.
pub(super) fn from_space([x, y, z]: [f64; 3]) -> LonLat {
    let lat = z.atan2(x.hypot(y) * (1.0 - ECCENTRICITY_2)).to_degrees();
    // both angles are within their ranges by construction
    LonLat::clamped(y.atan2(x).to_degrees(), lat)
}

/// Geodesic metres between `a` and `b`, whose chord is already known to be `chord_m`.
pub(super) fn from_chord(chord_m: f64, a: LonLat, b: impl FnOnce() -> LonLat) -> f64 {
    if chord_m > SHORT_CHORD_M {
        let b = b();
        return Geodesic.distance(Point::new(a.lon(), a.lat()), Point::new(b.lon(), b.lat()));
    }
    chord_m + chord_m.powi(3) / (24.0 * MEAN_RADIUS_M * MEAN_RADIUS_M)
}

/// Metres between two positions along the WGS-84 ellipsoid, right to 2 mm up to 50 km and to nanometres beyond.
#[must_use]
pub fn geodesic_m(a: LonLat, b: LonLat) -> f64 {
    let (p, q) = (to_space(a), to_space(b));
    let chord_m = p.iter().zip(q).map(|(u, v)| (u - v) * (u - v)).sum::<f64>().sqrt();
    from_chord(chord_m, a, || b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn it_agrees_with_karneys_geodesic(lon in -180.0..180.0f64, lat in -89.0..89.0f64, dx in -0.6..0.6f64, dy in -0.4..0.4f64) {
            let a = LonLat::new(lon, lat).expect("a position");
            let b = LonLat::new((lon + dx).clamp(-180.0, 180.0), lat + dy).expect("a position");
            let wanted = Geodesic.distance(Point::new(a.lon(), a.lat()), Point::new(b.lon(), b.lat()));
            prop_assert!((geodesic_m(a, b) - wanted).abs() < 0.002, "{} against {wanted}", geodesic_m(a, b));
        }
    }

    proptest! {
        #[test]
        fn a_point_in_space_comes_back_as_its_position(lon in -180.0..180.0f64, lat in -90.0..90.0f64) {
            let at = LonLat::new(lon, lat).expect("a position");
            let back = from_space(to_space(at));
            prop_assert!((back.lat() - lat).abs() < 1e-11 && ((back.lon() - lon) * lat.to_radians().cos()).abs() < 1e-11);
        }
    }

    #[test]
    fn the_date_line_is_no_wall() {
        let a = LonLat::new(179.9999, 10.0).expect("a position");
        let b = LonLat::new(-179.9999, 10.0).expect("a position");
        assert!(geodesic_m(a, b) < 25.0);
    }
}
