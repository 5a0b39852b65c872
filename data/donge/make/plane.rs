//! The county as a flat sheet in metres, and its places as OSM-like whole millionths of a degree.
//!
//! The sheet's origin is the county's centroid; a degree is 89,794 m east and 110,965 m north there (WGS-84 ellipsoid at
//! 36.323° N). Over 45 km that is true to about 0.3 %, enough for a schematic county.

use std::ops::{Add, Mul, Sub};

use crate::chance::{Chance, noise};

const LON0: f64 = 116.284;
const LAT0: f64 = 36.323;
const EAST: f64 = 89_794.0;
const NORTH: f64 = 110_965.0;

/// A point of the sheet, metres east and north of the origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct P {
    pub x: f64,
    pub y: f64,
}

/// A place on the ground in millionths of a degree: two things are joined when they have the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct G {
    pub lon: i32,
    pub lat: i32,
}

/// A point of the sheet.
pub fn p(x: f64, y: f64) -> P {
    P { x, y }
}

/// The point of the sheet at a longitude and latitude.
pub fn ground(lon: f64, lat: f64) -> P {
    p((lon - LON0) * EAST, (lat - LAT0) * NORTH)
}

impl Add for P {
    type Output = P;
    fn add(self, o: P) -> P {
        p(self.x + o.x, self.y + o.y)
    }
}

impl Sub for P {
    type Output = P;
    fn sub(self, o: P) -> P {
        p(self.x - o.x, self.y - o.y)
    }
}

impl Mul<f64> for P {
    type Output = P;
    fn mul(self, k: f64) -> P {
        p(self.x * k, self.y * k)
    }
}

impl P {
    pub fn dot(self, o: P) -> f64 {
        self.x * o.x + self.y * o.y
    }
    pub fn cross(self, o: P) -> f64 {
        self.x * o.y - self.y * o.x
    }
    pub fn len(self) -> f64 {
        self.dot(self).sqrt()
    }
    pub fn to(self, o: P) -> f64 {
        (o - self).len()
    }
    /// The direction, one metre long; east when there is none.
    pub fn unit(self) -> P {
        let len = self.len();
        if len > 0.0 { self * (1.0 / len) } else { p(1.0, 0.0) }
    }
    /// Turned left by a right angle.
    pub fn left(self) -> P {
        p(-self.y, self.x)
    }
    /// Longitude and latitude.
    pub fn degrees(self) -> (f64, f64) {
        (LON0 + self.x / EAST, LAT0 + self.y / NORTH)
    }
    /// The place on the ground, rounded.
    pub fn g(self) -> G {
        let (lon, lat) = self.degrees();
        G { lon: (lon * 1e6).round() as i32, lat: (lat * 1e6).round() as i32 }
    }
}

impl G {
    /// Back on the sheet.
    pub fn p(self) -> P {
        ground(f64::from(self.lon) / 1e6, f64::from(self.lat) / 1e6)
    }
}

/// How far `at` is from the segment, and where along it (0 to 1) the nearest point lies.
pub fn to_segment(at: P, a: P, b: P) -> (f64, f64) {
    let ab = b - a;
    let len2 = ab.dot(ab);
    let t = if len2 > 0.0 { ((at - a).dot(ab) / len2).clamp(0.0, 1.0) } else { 0.0 };
    (at.to(a + ab * t), t)
}

/// Where two segments cross: how far along each, when they do.
pub fn crossing(a: P, b: P, c: P, d: P) -> Option<(f64, f64)> {
    let (ab, cd) = (b - a, d - c);
    let turn = ab.cross(cd);
    if turn.abs() < 1e-9 {
        return None;
    }
    let (t, s) = ((c - a).cross(cd) / turn, (c - a).cross(ab) / turn);
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&s)).then_some((t, s))
}

/// The nearest point of a polyline and its distance.
pub fn nearest(at: P, line: &[P]) -> (f64, P) {
    let mut best = (f64::INFINITY, at);
    for w in line.windows(2) {
        let (d, t) = to_segment(at, w[0], w[1]);
        if d < best.0 {
            best = (d, w[0] + (w[1] - w[0]) * t);
        }
    }
    best
}

/// Whether a ring (first point not repeated) holds a point.
pub fn inside(ring: &[P], at: P) -> bool {
    let mut within = false;
    let mut b = ring[ring.len() - 1];
    for &a in ring {
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            within = !within;
        }
        b = a;
    }
    within
}

/// Signed area of a ring, square metres, positive when it runs against the clock.
pub fn area(ring: &[P]) -> f64 {
    (0..ring.len()).map(|i| ring[i].cross(ring[(i + 1) % ring.len()])).sum::<f64>() / 2.0
}

/// A smooth curve (Catmull–Rom) through the points, a vertex about every `step` metres.
pub fn curve(through: &[P], step: f64) -> Vec<P> {
    let n = through.len();
    let mut out = vec![through[0]];
    for i in 0..n - 1 {
        let (b, c) = (through[i], through[i + 1]);
        let a = if i > 0 { through[i - 1] } else { b + b - c };
        let d = if i + 2 < n { through[i + 2] } else { c + c - b };
        let pieces = (b.to(c) / step).ceil().max(1.0) as usize;
        for k in 1..=pieces {
            let t = k as f64 / pieces as f64;
            let bend = (c - a) + (a * 2.0 - b * 5.0 + c * 4.0 - d) * t + (b * 3.0 - a - c * 3.0 + d) * (t * t);
            out.push(b + bend * (t / 2.0));
        }
    }
    out
}

/// A way from `a` to `b` that strays a little, its bends halving in size: midpoint displacement down to about `step` metres.
pub fn wander(a: P, b: P, stray: f64, step: f64, chance: &mut Chance) -> Vec<P> {
    let mut line = vec![a, b];
    let (mut stray, mut len) = (stray, a.to(b));
    while len > step {
        let mut finer = vec![line[0]];
        for w in line.windows(2) {
            let along = w[1] - w[0];
            finer.push((w[0] + w[1]) * 0.5 + along.left() * chance.between(-stray, stray));
            finer.push(w[1]);
        }
        line = finer;
        stray *= 0.8;
        len /= 2.0;
    }
    line
}

/// A closed shape of 24 points around a centre: an ellipse with a slightly uneven edge.
pub fn blob(at: P, east: f64, north: f64, uneven: f64, seed: u64) -> Vec<P> {
    let (c, s) = (0.965_925_826_289_068_3, 0.258_819_045_102_520_8);
    let mut turn = p(1.0, 0.0);
    let mut ring = Vec::new();
    for _ in 0..24 {
        let edge = at + p(turn.x * east, turn.y * north);
        let k = 1.0 + uneven * noise(seed, edge.x, edge.y, (east + north) / 3.0);
        ring.push(at + (edge - at) * k);
        turn = p(turn.x * c - turn.y * s, turn.x * s + turn.y * c);
    }
    ring
}
