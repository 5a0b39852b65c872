//! The datums in which Chinese maps give positions, and how they turn into WGS-84.
//!
//! GCJ-02 (Amap, Tencent, Google in China) shifts WGS-84 by a few hundred metres; BD-09 (Baidu) shifts GCJ-02 once
//! more. Neither has a published definition. The formulae are the reverse-engineered ones of the public-domain text
//! `PRCoords`; the tests hold them against the vectors of eviltransform (GCJ-02) and an independent derivation (BD-09).
//! Both leave positions outside a box around China unchanged, as the vendors do. CGCS2000 differs from WGS-84 by less
//! than surveying noise and is passed through.

use super::LonLat;
use std::f64::consts::PI;

/// Semi-major axis of the Krasovsky 1940 ellipsoid, metres.
const SEMI_MAJOR_M: f64 = 6_378_245.0;
/// First eccentricity squared of that ellipsoid.
const ECCENTRICITY_2: f64 = 0.006_693_421_622_965_943;
/// Baidu's angular frequency.
const BD_PI: f64 = PI * 3000.0 / 180.0;
/// Degrees at which the inverse stops: 1e-11° is a micrometre.
const INVERSE_TOLERANCE_DEG: f64 = 1e-11;
const INVERSE_MAX_STEPS: usize = 40;

/// The reference frame in which a file or a base map gives its degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// GPS, OpenStreetMap, RFC 7946 GeoJSON.
    Wgs84,
    /// China's national frame since 2008; Tianditu. Equal to WGS-84 for this service.
    Cgcs2000,
    /// Amap, Tencent.
    Gcj02,
    /// Baidu.
    Bd09,
}

impl Datum {
    /// All datums, in the order in which they are named to people.
    pub const ALL: [Self; 4] = [Self::Wgs84, Self::Gcj02, Self::Bd09, Self::Cgcs2000];

    /// The short name used on the command line, in files and on the wire.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Cgcs2000 => "cgcs2000",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// Reads a datum's name as people write it: `WGS-84`, `GCJ02`, `高德`, `百度`, `EPSG:4490`, `CRS84` …
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "wgs84" | "wgs1984" | "epsg4326" | "crs84" | "gps" | "urnogcdefcrsogc13crs84" | "urnogcdefcrsepsg4326" => {
                Some(Self::Wgs84)
            }
            "cgcs2000" | "epsg4490" | "天地图" | "国家2000" | "2000国家大地坐标系" | "urnogcdefcrsepsg4490" => {
                Some(Self::Cgcs2000)
            }
            "gcj02" | "gcj" | "高德" | "腾讯" | "amap" | "火星坐标" | "火星坐标系" => Some(Self::Gcj02),
            "bd09" | "bd09ll" | "bd" | "百度" | "baidu" => Some(Self::Bd09),
            _ => None,
        }
    }

    /// `at`, whose degrees are in this datum, in WGS-84. Exact to 1e-9° in a round trip.
    #[must_use]
    pub fn to_wgs84(self, at: LonLat) -> LonLat {
        let gcj = match self {
            Self::Gcj02 => at,
            Self::Bd09 if in_china(at.lon(), at.lat()) => invert(at, gcj_to_bd),
            Self::Wgs84 | Self::Cgcs2000 | Self::Bd09 => return at,
        };
        if in_china(gcj.lon(), gcj.lat()) { invert(gcj, wgs_to_gcj) } else { gcj }
    }

    /// The WGS-84 position `at` in this datum's degrees.
    #[must_use]
    pub fn from_wgs84(self, at: LonLat) -> LonLat {
        if !in_china(at.lon(), at.lat()) {
            return at;
        }
        let shifted = match self {
            Self::Wgs84 | Self::Cgcs2000 => return at,
            Self::Gcj02 => wgs_to_gcj(at.lon(), at.lat()),
            Self::Bd09 => {
                let (lon, lat) = wgs_to_gcj(at.lon(), at.lat());
                gcj_to_bd(lon, lat)
            }
        };
        LonLat::new(shifted.0, shifted.1).unwrap_or(at)
    }
}

/// The box outside which the vendors shift nothing.
fn in_china(lon: f64, lat: f64) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// WGS-84 → GCJ-02: two sums of sines in metres, divided by the ellipsoid's radii.
fn wgs_to_gcj(lon: f64, lat: f64) -> (f64, f64) {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let ripple = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y / 30.0 * PI).sin()) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let phi = lat.to_radians();
    let root = (1.0 - ECCENTRICITY_2 * phi.sin() * phi.sin()).sqrt();
    let meridian_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / (root * root * root);
    let parallel_m = SEMI_MAJOR_M / root * phi.cos();
    (lon + east_m.to_degrees() / parallel_m, lat + north_m.to_degrees() / meridian_m)
}

/// GCJ-02 → BD-09: a small rotation and stretch in polar form.
fn gcj_to_bd(lon: f64, lat: f64) -> (f64, f64) {
    let radius = lon.hypot(lat) + 0.000_02 * (lat * BD_PI).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * BD_PI).cos();
    (radius * angle.cos() + 0.0065, radius * angle.sin() + 0.0060)
}

/// The position that `forward` maps onto `target`, by fixed-point iteration: the shifts change by less than 1% of the
/// distance over which they are applied, so that each step wins two digits.
fn invert(target: LonLat, forward: fn(f64, f64) -> (f64, f64)) -> LonLat {
    let (mut lon, mut lat) = (target.lon(), target.lat());
    for _ in 0..INVERSE_MAX_STEPS {
        let (x, y) = forward(lon, lat);
        let (dx, dy) = (x - target.lon(), y - target.lat());
        lon -= dx;
        lat -= dy;
        if dx.abs() < INVERSE_TOLERANCE_DEG && dy.abs() < INVERSE_TOLERANCE_DEG {
            break;
        }
    }
    LonLat::new(lon, lat).unwrap_or(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    fn at(lat: f64, lon: f64) -> LonLat {
        LonLat::new(lon, lat).expect("a position")
    }

    fn close(a: LonLat, b: LonLat, deg: f64) -> bool {
        (a.lon() - b.lon()).abs() <= deg && (a.lat() - b.lat()).abs() <= deg
    }

    #[test]
    fn gcj02_gives_the_published_reference_vectors() {
        for (wgs, gcj) in [
            (at(31.177_427_6, 121.527_210_6), at(31.175_303_983_645_97, 121.531_541_859_215)),
            (at(22.543_847, 113.912_316), at(22.540_796_131_694_766, 113.917_176_480_836_3)),
            (at(39.911_954, 116.377_817), at(39.913_345_455_360_69, 116.384_047_224_556_57)),
        ] {
            let got = Datum::Gcj02.from_wgs84(wgs);
            assert!(close(got, gcj, 1e-12), "{wgs:?}: {got:?}, wanted {gcj:?}");
        }
    }

    #[test]
    fn dong_e_is_where_three_datums_say() {
        for (wgs, gcj, bd) in [
            (at(36.335_913, 116.243_234), at(36.336_003_93, 116.248_855_21), at(36.341_977_37, 116.255_343_58)),
            (at(36.2, 116.105_833_3), at(36.200_231_62, 116.111_713_54), at(36.205_941_58, 116.118_285_69)),
            (at(36.406_111_11, 116.433_055_6), at(36.406_393_85, 116.438_857_66), at(36.412_241_49, 116.445_418_99)),
            (at(36.5245, 116.5441), at(36.524_552_23, 116.549_571_09), at(36.530_564_41, 116.556_082_44)),
        ] {
            assert!(close(Datum::Gcj02.from_wgs84(wgs), gcj, 6e-9));
            assert!(close(Datum::Bd09.from_wgs84(wgs), bd, 6e-9));
        }
    }

    #[test]
    fn outside_china_nothing_moves() {
        for place in [at(47.14, 9.52), at(-30.03, -51.2), at(1.28, 0.0), at(60.0, 116.0)] {
            for datum in Datum::ALL {
                assert_eq!(datum.from_wgs84(place), place);
                assert_eq!(datum.to_wgs84(place), place);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn there_and_back_is_within_a_billionth_of_a_degree(lon in 73.0..137.0f64, lat in 1.0..55.0f64) {
            for datum in Datum::ALL {
                let back = datum.to_wgs84(datum.from_wgs84(at(lat, lon)));
                prop_assert!(close(back, at(lat, lon), 1e-9), "{datum:?}: {back:?}");
            }
        }
    }

    #[test]
    fn names_as_people_write_them_are_understood() {
        assert_eq!(Datum::from_name("GCJ-02"), Some(Datum::Gcj02));
        assert_eq!(Datum::from_name("百度"), Some(Datum::Bd09));
        assert_eq!(Datum::from_name("urn:ogc:def:crs:OGC:1.3:CRS84"), Some(Datum::Wgs84));
        assert_eq!(Datum::from_name("EPSG:4548"), None);
    }
}
