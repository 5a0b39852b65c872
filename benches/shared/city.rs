//! Streets like those of a city, of any size: a bent grid with gaps, some 183 m a street and 1.76 streets a junction.

use yimi::geo::LonLat;
use yimi::network::{Network, PlainStreet};

/// Metres between neighbouring junctions.
const SPACING_M: f64 = 180.0;
const CORNER: [f64; 2] = [112.0, 30.0];

/// Numbers that are the same in every run.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f64 {
        // SplitMix64, Steele, Lea and Flood 2014
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub struct City {
    pub network: Network,
    side: usize,
}

impl City {
    pub fn new(junctions: usize) -> Self {
        let side = (junctions as f64).sqrt().round() as usize;
        let mut chance = Chance::new(7);
        let mut places = Vec::with_capacity(side * side);
        for row in 0..side {
            for column in 0..side {
                let mut bent = || chance.share() * 0.6 - 0.3;
                places.push(at(column as f64 + bent(), row as f64 + bent()));
            }
        }
        let mut streets = Vec::with_capacity(side * side * 2);
        for row in 0..side {
            for column in 0..side {
                let here = row * side + column;
                for (there, is) in [(here + 1, column + 1 < side), (here + side, row + 1 < side)] {
                    if is && chance.share() < 0.88 {
                        streets.push(PlainStreet { ends: [here, there], ..PlainStreet::default() });
                    }
                }
            }
        }
        Self { network: Network::of_streets(&places, &streets).expect("hangs together"), side }
    }

    /// A place so many parts of its width east and of its height north of the corner, kept within.
    #[allow(dead_code, reason = "for the benches that need it")]
    pub fn place(&self, [east, north]: [f64; 2]) -> LonLat {
        let [east, north] = [east, north].map(|part| part.clamp(0.0, 1.0) * (self.side - 1) as f64);
        at(east, north)
    }

    /// West, south, east and north of it, degrees.
    #[allow(dead_code, reason = "for the benches that need it")]
    pub fn bounds(&self) -> [f64; 4] {
        let (low, high) = (at(-1.0, -1.0), at(self.side as f64, self.side as f64));
        [low.lon(), low.lat(), high.lon(), high.lat()]
    }

    /// A place somewhere in it.
    pub fn somewhere(&self, chance: &mut Chance) -> LonLat {
        at(chance.share() * (self.side - 1) as f64, chance.share() * (self.side - 1) as f64)
    }
}

/// A place so many spacings east and north of the corner.
fn at(east: f64, north: f64) -> LonLat {
    let lat = CORNER[1] + north * SPACING_M / 111_000.0;
    let lon = CORNER[0] + east * SPACING_M / 96_000.0;
    LonLat::new(lon, lat).expect("a position")
}
