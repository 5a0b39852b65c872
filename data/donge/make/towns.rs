//! The ten towns as a grid of small squares: each square of the county belongs to one town.
//!
//! A square goes to the town whose centre is nearest, after a handicap per town (a power diagram) that is tuned until each
//! town's area suits its number of village units, and after a gentle shift of the ground that makes the borders uneven.
//! No town's real border is known under an open licence; these are schematic.

use crate::chance::noise;
use crate::county::ring;
use crate::facts::{SUBDISTRICTS, TOWNS};
use crate::plane::{P, ground, inside, p};

/// Side of a square, metres.
pub const SQUARE: f64 = 80.0;
/// Marks a square outside the county.
pub const OUTSIDE: u8 = 255;

/// Which town each square belongs to.
pub struct Towns {
    pub wide: usize,
    pub high: usize,
    origin: P,
    owner: Vec<u8>,
    centres: Vec<P>,
}

impl Towns {
    /// Divides the county.
    pub fn divide(river: &[P]) -> Self {
        let (low, high) = (ground(116.0400, 36.1180), ground(116.5540, 36.5340));
        let county = ring(river);
        let wide = ((high.x - low.x) / SQUARE) as usize;
        let tall = ((high.y - low.y) / SQUARE) as usize;
        let centres = TOWNS.iter().map(|t| ground(t.lon, t.lat)).collect();
        let mut towns = Self { wide, high: tall, origin: low, owner: vec![OUTSIDE; wide * tall], centres };
        let within: Vec<usize> =
            (0..wide * tall).filter(|&i| inside(&county, towns.middle(i % wide, i / wide))).collect();
        towns.assign(&within);
        towns.gather(&within);
        for _ in 0..3 {
            towns.even_out();
        }
        towns
    }

    /// The middle of a square.
    pub fn middle(&self, i: usize, j: usize) -> P {
        self.corner(i, j) + p(SQUARE / 2.0, SQUARE / 2.0)
    }

    /// The lower left corner of a square.
    pub fn corner(&self, i: usize, j: usize) -> P {
        self.origin + p(i as f64 * SQUARE, j as f64 * SQUARE)
    }

    /// The town of a square, or [`OUTSIDE`]; beyond the grid too.
    pub fn owner(&self, i: i64, j: i64) -> u8 {
        if i < 0 || j < 0 || i >= self.wide as i64 || j >= self.high as i64 {
            return OUTSIDE;
        }
        self.owner[j as usize * self.wide + i as usize]
    }

    /// The town at a point, by its square.
    pub fn at(&self, at: P) -> Option<usize> {
        let o = self
            .owner(((at.x - self.origin.x) / SQUARE).floor() as i64, ((at.y - self.origin.y) / SQUARE).floor() as i64);
        (o != OUTSIDE).then_some(usize::from(o))
    }

    /// Whether everything within `margin` metres belongs to this town.
    pub fn well_inside(&self, at: P, town: usize, margin: f64) -> bool {
        let around =
            [(0., 0.), (1., 0.), (-1., 0.), (0., 1.), (0., -1.), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)];
        around.iter().all(|&(x, y)| self.at(at + p(x, y) * margin) == Some(town))
    }

    /// Tunes the handicaps on every fifth square of each fifth row, then gives each square to its town.
    fn assign(&mut self, within: &[usize]) {
        let sample: Vec<P> = within
            .iter()
            .filter(|&&i| (i % self.wide).is_multiple_of(5) && (i / self.wide).is_multiple_of(5))
            .map(|&i| shifted(self.middle(i % self.wide, i / self.wide)))
            .collect();
        let total: f64 = (0..TOWNS.len()).map(wish).sum();
        let mut handicap = vec![0.0; TOWNS.len()];
        for _ in 0..120 {
            let mut got = vec![0.0; TOWNS.len()];
            for &at in &sample {
                got[self.nearest(at, &handicap)] += 1.0 / sample.len() as f64;
            }
            for t in 0..TOWNS.len() {
                handicap[t] += (wish(t) / total - got[t]) * 2.0e7;
            }
        }
        for &i in within {
            self.owner[i] = self.nearest(shifted(self.middle(i % self.wide, i / self.wide)), &handicap) as u8;
        }
    }

    fn nearest(&self, at: P, handicap: &[f64]) -> usize {
        let reach = |t: usize| (at - self.centres[t]).dot(at - self.centres[t]) - handicap[t];
        (1..TOWNS.len()).fold(0, |best, t| if reach(t) < reach(best) { t } else { best })
    }

    /// Keeps of each town the piece around its centre and hands splinters to a neighbour.
    fn gather(&mut self, within: &[usize]) {
        let mut kept = vec![OUTSIDE; self.owner.len()];
        let mut queue = Vec::new();
        for (t, c) in self.centres.iter().enumerate() {
            let at = ((c.y - self.origin.y) / SQUARE) as usize * self.wide + ((c.x - self.origin.x) / SQUARE) as usize;
            kept[at] = t as u8;
            queue.push(at);
        }
        self.spread(&mut kept, queue.clone(), true);
        let rest: Vec<usize> = within.iter().copied().filter(|&i| kept[i] != OUTSIDE).collect();
        self.spread(&mut kept, rest, false);
        self.owner = kept;
    }

    fn spread(&self, kept: &mut [u8], mut front: Vec<usize>, same: bool) {
        while !front.is_empty() {
            let mut ahead = Vec::new();
            for i in front {
                for n in [i + 1, i - 1, i + self.wide, i - self.wide] {
                    if self.owner[n] != OUTSIDE && kept[n] == OUTSIDE && (!same || self.owner[n] == kept[i]) {
                        kept[n] = kept[i];
                        ahead.push(n);
                    }
                }
            }
            front = ahead;
        }
    }

    /// Gives a square to the owner of most squares around it, so that no two squares touch at a corner alone.
    fn even_out(&mut self) {
        let before = self.owner.clone();
        for j in 1..self.high - 1 {
            for i in 1..self.wide - 1 {
                let at = j * self.wide + i;
                let around = [0, 1, 2].map(|r| [0, 1, 2].map(|c| before[(j + r - 1) * self.wide + i + c - 1]));
                let count = |o: u8| around.iter().flatten().filter(|&&x| x == o).count();
                let most = around.iter().flatten().fold(before[at], |b, &o| if count(o) > count(b) { o } else { b });
                self.owner[at] = most;
            }
        }
    }
}

/// The ground pushed about a little, so that borders are not ruled lines.
fn shifted(at: P) -> P {
    at + p(
        noise(31, at.x, at.y, 2_000.0) + 0.4 * noise(33, at.x, at.y, 700.0),
        noise(32, at.x, at.y, 2_000.0) + 0.4 * noise(34, at.x, at.y, 700.0),
    ) * 260.0
}

/// The share of the county that suits a town: by its village units, less for the compact subdistricts.
fn wish(town: usize) -> f64 {
    let units = TOWNS[town].units as f64;
    if town < SUBDISTRICTS { 14.0 + 0.62 * units } else { 14.0 + 0.86 * units }
}
