//! Directions: of the compass, and from one stretch to the next.

use crate::geo::{LocalPlane, LonLat};

/// The direction of a stretch is that of its first or last metres, so many, as small bends at a corner tell nothing.
const LOOK_M: f64 = 15.0;
/// A destination nearer to the street than this is on neither side.
const BESIDE_M: f64 = 3.0;

/// Degrees from north, clockwise; nothing where there is no direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bearing(Option<f64>);

impl Bearing {
    pub fn between(from: [i32; 2], to: [i32; 2]) -> Self {
        let [east, north] = LocalPlane::around(LonLat::from_e7(from)).metres(LonLat::from_e7(to));
        Self((east.hypot(north) > 0.0).then(|| east.atan2(north).to_degrees()))
    }

    /// In which direction some points begin.
    pub fn at_start(points: &[[i32; 2]]) -> Self {
        points.first().map_or(Self(None), |first| Self::between(*first, looked_at(points.iter().copied())))
    }

    /// In which direction some points end.
    pub fn at_end(points: &[[i32; 2]]) -> Self {
        points.last().map_or(Self(None), |last| Self::between(looked_at(points.iter().rev().copied()), *last))
    }

    /// The other way round.
    pub fn back(self) -> Self {
        Self(self.0.map(|degrees| degrees + 180.0))
    }

    /// Degrees to the right, -180 to 180.
    pub fn to(self, next: Self) -> Option<f64> {
        let degrees = (next.0? - self.0?).rem_euclid(360.0);
        Some(if degrees > 180.0 { degrees - 360.0 } else { degrees })
    }
}

/// The point along some points that lies so far from the first that it gives a direction.
fn looked_at(mut points: impl Iterator<Item = [i32; 2]>) -> [i32; 2] {
    let first = points.next().unwrap_or_default();
    let plane = LocalPlane::around(LonLat::from_e7(first));
    let mut last = (first, [0.0_f64; 2]);
    for point in points {
        let at = plane.metres(LonLat::from_e7(point));
        let far = at[0].hypot(at[1]);
        if far >= LOOK_M {
            // on the way there, at that distance, as near as it matters
            let before = last.1[0].hypot(last.1[1]);
            let share = (LOOK_M - before) / (far - before);
            let axis = |axis: usize| {
                let [from, to] = [last.0[axis], point[axis]].map(f64::from);
                (from + share * (to - from)).round() as i32
            };
            return [axis(0), axis(1)];
        }
        last = (point, at);
    }
    last.0
}

/// A direction of the compass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// 北
    North,
    /// 东北
    NorthEast,
    /// 东
    East,
    /// 东南
    SouthEast,
    /// 南
    South,
    /// 西南
    SouthWest,
    /// 西
    West,
    /// 西北
    NorthWest,
}

impl Heading {
    const ALL: [Self; 8] = [
        Self::North,
        Self::NorthEast,
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
    ];

    pub(super) fn of(bearing: Bearing) -> Self {
        let eighth = (bearing.0.unwrap_or(0.0).rem_euclid(360.0) / 45.0).round() as usize;
        Self::ALL[eighth % 8]
    }
}

/// How a stretch leaves the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Straight on, within 25°.
    Straight,
    /// A little to the left, up to 55°.
    SlightLeft,
    /// To the left.
    Left,
    /// Back to the left, from 130°.
    SharpLeft,
    /// A little to the right.
    SlightRight,
    /// To the right.
    Right,
    /// Back to the right.
    SharpRight,
    /// Back, from 165°.
    Back,
}

impl Turn {
    pub(super) fn between(before: Bearing, after: Bearing) -> Self {
        let degrees = before.to(after).unwrap_or(0.0);
        let right = degrees > 0.0;
        match degrees.abs() {
            0.0..25.0 => Self::Straight,
            25.0..55.0 => [Self::SlightLeft, Self::SlightRight][usize::from(right)],
            55.0..130.0 => [Self::Left, Self::Right][usize::from(right)],
            130.0..165.0 => [Self::SharpLeft, Self::SharpRight][usize::from(right)],
            _ => Self::Back,
        }
    }

    /// Whether it is less than a turn.
    pub(super) fn is_slight(self) -> bool {
        matches!(self, Self::Straight | Self::SlightLeft | Self::SlightRight)
    }
}

/// On which side of the way something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// On the street itself, or straight ahead.
    Here,
    /// On the left.
    Left,
    /// On the right.
    Right,
}

impl Side {
    pub(super) fn of(way: Bearing, to: Bearing, away_m: f64) -> Self {
        match way.to(to) {
            Some(degrees) if away_m >= BESIDE_M && (15.0..165.0).contains(&degrees.abs()) => {
                if degrees > 0.0 {
                    Self::Right
                } else {
                    Self::Left
                }
            }
            _ => Self::Here,
        }
    }
}
