//! Chance that is the same on every run: a `SplitMix64` stream from a fixed seed, and a smooth noise over the plane.
//!
//! Only whole-number mixing, addition, multiplication and square roots are used in the whole program, never a sine: those are
//! exact on every machine, so the files come out byte for byte the same everywhere.

/// A stream of numbers that depends on its seed alone.
pub struct Chance(u64);

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The county's code, 371524: the seed of all.
const COUNTY: u64 = 0x5_AB44;
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// A stream of its own for each purpose, so that a change in one part leaves the others as they were.
    pub fn new(purpose: u64) -> Self {
        Self(mix(COUNTY ^ purpose.wrapping_mul(GOLDEN)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GOLDEN);
        mix(self.0)
    }

    /// A number in 0 ≤ n < 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// A number between two limits.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True with the given share.
    pub fn share(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn corner(seed: u64, x: i64, y: i64) -> f64 {
    let z = seed ^ (x as u64).wrapping_mul(GOLDEN) ^ (y as u64).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    (mix(mix(z)) >> 11) as f64 / 4_503_599_627_370_496.0 - 1.0
}

/// Smooth noise between −1 and 1 that changes over about `size` metres.
pub fn noise(seed: u64, x: f64, y: f64, size: f64) -> f64 {
    let (x, y) = (x / size, y / size);
    let (left, low) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (s, t) = (ease(x - left), ease(y - low));
    let (i, j) = (left as i64, low as i64);
    let bottom = corner(seed, i, j) * (1.0 - s) + corner(seed, i + 1, j) * s;
    let top = corner(seed, i, j + 1) * (1.0 - s) + corner(seed, i + 1, j + 1) * s;
    bottom * (1.0 - t) + top * t
}
