//! A checked position, and boxes of positions.

use serde::{Deserialize, Serialize};

/// A position in WGS-84 degrees: longitude in −180..=180, latitude in −90..=90, both finite.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

/// Why two numbers are not a position.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// The longitude is NaN, infinite or outside −180..=180.
    #[error("longitude {0} is not a number from -180 to 180")]
    Longitude(f64),
    /// The latitude is NaN, infinite or outside −90..=90.
    #[error("latitude {0} is not a number from -90 to 90")]
    Latitude(f64),
}

impl LonLat {
    /// A position from degrees, or which of the two is wrong.
    pub fn new(lon: f64, lat: f64) -> Result<Self, PositionError> {
        if !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::Longitude(lon));
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(PositionError::Latitude(lat));
        }
        Ok(Self { lon, lat })
    }

    /// A position from ten-millionths of a degree, the unit of OpenStreetMap: longitude, latitude. What lies beyond the
    /// poles or the 180th meridian is held there.
    #[must_use]
    pub fn from_e7([lon, lat]: [i32; 2]) -> Self {
        Self::clamped(f64::from(lon) / 1e7, f64::from(lat) / 1e7)
    }

    /// Ten-millionths of a degree: longitude, latitude.
    #[must_use]
    pub fn e7(self) -> [i32; 2] {
        [self.lon, self.lat].map(|degrees| (degrees * 1e7).round() as i32)
    }

    /// The nearest position to two finite numbers that rounding may have carried past the end of their ranges.
    pub(super) fn clamped(lon: f64, lat: f64) -> Self {
        Self { lon: lon.clamp(-180.0, 180.0), lat: lat.clamp(-90.0, 90.0) }
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Both degrees rounded to seven decimals (about a centimetre), as they go over the wire.
    #[must_use]
    pub fn to_centimetre(self) -> [f64; 2] {
        [self.lon, self.lat].map(|degrees| (degrees * 1e7).round() / 1e7)
    }

    /// Both degrees rounded to ten decimals (about ten micrometres), as they are stored: fine enough that a change of
    /// datum can be undone, coarse enough that the digits after it are noise.
    #[must_use]
    pub fn to_store(self) -> [f64; 2] {
        [self.lon, self.lat].map(|degrees| (degrees * 1e10).round() / 1e10)
    }
}

/// A box in degrees. `west > east` means that it crosses the 180th meridian (RFC 7946 §5.2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Smallest longitude.
    pub west: f64,
    /// Smallest latitude.
    pub south: f64,
    /// Largest longitude.
    pub east: f64,
    /// Largest latitude.
    pub north: f64,
}

impl Bounds {
    /// The box that holds only `at`.
    #[must_use]
    pub fn around(at: LonLat) -> Self {
        Self { west: at.lon, south: at.lat, east: at.lon, north: at.lat }
    }

    /// Grows the box so that it holds `at`.
    pub fn extend(&mut self, at: LonLat) {
        self.west = self.west.min(at.lon);
        self.south = self.south.min(at.lat);
        self.east = self.east.max(at.lon);
        self.north = self.north.max(at.lat);
    }

    /// Whether `at` lies in the box or on its edge.
    #[must_use]
    pub fn contains(&self, at: LonLat) -> bool {
        let across = if self.west <= self.east {
            (self.west..=self.east).contains(&at.lon)
        } else {
            at.lon >= self.west || at.lon <= self.east
        };
        across && (self.south..=self.north).contains(&at.lat)
    }

    /// The box as one or two boxes with `west <= east`.
    #[must_use]
    pub fn unwrapped(&self) -> Vec<Self> {
        if self.west <= self.east {
            vec![*self]
        } else {
            vec![Self { east: 180.0, ..*self }, Self { west: -180.0, ..*self }]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_no_position_are_refused() {
        assert_eq!(LonLat::new(180.0001, 0.0), Err(PositionError::Longitude(180.0001)));
        assert_eq!(LonLat::new(36.3, 116.2), Err(PositionError::Latitude(116.2)));
        assert!(LonLat::new(f64::NAN, 0.0).is_err());
        assert!(LonLat::new(0.0, f64::INFINITY).is_err());
        assert!(LonLat::new(-180.0, 90.0).is_ok());
    }

    #[test]
    fn a_box_across_the_date_line_holds_both_sides() {
        let fiji = Bounds { west: 177.0, south: -20.0, east: -178.0, north: -12.0 };
        let at = |lon| LonLat::new(lon, -15.0).expect("a position");
        assert!(fiji.contains(at(179.0)) && fiji.contains(at(-179.0)) && !fiji.contains(at(0.0)));
        assert_eq!(fiji.unwrapped().len(), 2);
    }
}
