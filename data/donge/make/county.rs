//! The county drawn by hand: the Yellow River along the south and south-east, and the land side that closes the shape.
//!
//! Only the bounding box, the ten centres and the river's side are real; every point here is a sketch of them.

use crate::chance::noise;
use crate::plane::{P, curve, ground, nearest, p};

/// The river's middle from where it enters, south-west, to beyond the north-eastern tip.
const RIVER: [(f64, f64); 24] = [
    (116.0300, 36.1180),
    (116.0720, 36.1300),
    (116.0980, 36.1275),
    (116.1260, 36.1390),
    (116.1520, 36.1560),
    (116.1800, 36.1640),
    (116.2080, 36.1760),
    (116.2330, 36.1950),
    (116.2480, 36.2160),
    (116.2620, 36.2370),
    (116.2860, 36.2500),
    (116.3160, 36.2560),
    (116.3450, 36.2660),
    (116.3760, 36.2790),
    (116.3990, 36.2990),
    (116.4150, 36.3230),
    (116.4320, 36.3440),
    (116.4580, 36.3570),
    (116.4830, 36.3760),
    (116.5010, 36.4000),
    (116.5220, 36.4180),
    (116.5430, 36.4330),
    (116.5620, 36.4490),
    (116.5800, 36.4600),
];

/// The land side from the north-eastern tip back to the south-west.
const LAND: [(f64, f64); 31] = [
    (116.5430, 36.4330),
    (116.5340, 36.4520),
    (116.5110, 36.4600),
    (116.4880, 36.4730),
    (116.4600, 36.4800),
    (116.4380, 36.5000),
    (116.4100, 36.5130),
    (116.3960, 36.5238),
    (116.3730, 36.5080),
    (116.3540, 36.4930),
    (116.3430, 36.4650),
    (116.3180, 36.4560),
    (116.3000, 36.4290),
    (116.2680, 36.4120),
    (116.2420, 36.3940),
    (116.2130, 36.3860),
    (116.1980, 36.3710),
    (116.1960, 36.3520),
    (116.1770, 36.3310),
    (116.1760, 36.3060),
    (116.1520, 36.2770),
    (116.1280, 36.2730),
    (116.1150, 36.2500),
    (116.0960, 36.2370),
    (116.0790, 36.2240),
    (116.0560, 36.2150),
    (116.0505, 36.1930),
    (116.0600, 36.1740),
    (116.0540, 36.1560),
    (116.0640, 36.1400),
    (116.0720, 36.1300),
];

/// Where the river is at its narrowest, 艾山, 275 m between the banks.
const NARROWS: (f64, f64) = (116.2748, 36.2448);

/// The river's middle line, a vertex about every 220 m.
pub fn river() -> Vec<P> {
    let through: Vec<P> = RIVER.iter().map(|&(lon, lat)| ground(lon, lat)).collect();
    curve(&through, 220.0)
}

/// Half the river's width at a point of its middle line.
pub fn half_width(at: P) -> f64 {
    let broad = 255.0 + 70.0 * noise(11, at.x, at.y, 2_600.0);
    let near = (at.to(ground(NARROWS.0, NARROWS.1)) / 1_600.0).min(1.0);
    137.5 + (broad - 137.5) * near
}

/// Metres from the water's edge, negative in the water.
pub fn from_bank(river: &[P], at: P) -> f64 {
    let (distance, foot) = nearest(at, river);
    distance - half_width(foot)
}

/// Whether a point lies on the far, south-eastern side of the river's middle.
pub fn beyond(river: &[P], at: P) -> bool {
    let (_, foot) = nearest(at, river);
    let (_, i) = river.windows(2).enumerate().fold((f64::INFINITY, 0), |best, (i, w)| {
        let d = crate::plane::to_segment(foot, w[0], w[1]).0;
        if d < best.0 { (d, i) } else { best }
    });
    (river[i + 1] - river[i]).cross(at - foot) < 0.0
}

/// The county's ring, against the clock: along the river, then the land side with an uneven edge.
pub fn ring(river: &[P]) -> Vec<P> {
    let (first, last) = (ground(LAND[30].0, LAND[30].1), ground(LAND[0].0, LAND[0].1));
    let index = |at: P| (0..river.len()).fold(0, |b, i| if river[i].to(at) < river[b].to(at) { i } else { b });
    let mut ring: Vec<P> = river[index(first)..index(last)].to_vec();
    let through: Vec<P> = LAND.iter().map(|&(lon, lat)| ground(lon, lat)).collect();
    let land = curve(&through, 250.0);
    for at in &land[..land.len() - 1] {
        let edge = p(noise(21, at.x, at.y, 1_300.0), noise(22, at.x, at.y, 1_300.0)) * 150.0;
        ring.push(*at + edge);
    }
    ring
}
