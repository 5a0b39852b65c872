//! What makes the map a landscape: meadows along the river, rows of trees along canals, village ponds. All invented.

use crate::chance::Chance;
use crate::fields::Patch;
use crate::line::Line;
use crate::places::{Place, Sort};
use crate::plane::{P, blob, nearest, p};
use crate::water::River;

/// How far the meadows reach from the bank, metres; the path on the dyke runs beyond them.
const MEADOW_M: f64 = 58.0;
/// Points of a bank in one meadow, so that no area is as long as the county.
const MEADOW_POINTS: usize = 24;

/// A strip beside a line, from `near` to `far` metres to its left (to its right where they are negative).
fn strip(line: &[P], near: f64, far: f64) -> Vec<P> {
    let beside = |off: f64| -> Vec<P> {
        let turn = |k: usize| (line[(k + 1).min(line.len() - 1)] - line[k.saturating_sub(1)]).unit().left();
        (0..line.len()).map(|k| line[k] + turn(k) * off).collect()
    };
    let mut ring = beside(near);
    ring.extend(beside(far).into_iter().rev());
    ring
}

/// Meadows between the river and its dykes.
pub fn meadows(river: &River) -> Vec<Patch> {
    let mut meadows = Vec::new();
    for (bank, out) in [(&river.left, MEADOW_M), (&river.right, -MEADOW_M)] {
        let mut from = 0;
        while from + 1 < bank.len() {
            let to = (from + MEADOW_POINTS).min(bank.len() - 1);
            meadows.push(Patch { key: "natural", value: "grassland", ring: strip(&bank[from..=to], 0.0, out) });
            from = to;
        }
    }
    meadows
}

/// Rows of trees along canals and drains, with gaps.
pub fn rows_of_trees(waters: &[Vec<P>]) -> Vec<Patch> {
    let mut chance = Chance::new(840);
    let mut rows = Vec::new();
    for water in waters {
        for side in [1.0, -1.0] {
            let mut from = 0;
            while from + 2 < water.len() {
                let to = (from + 2 + chance.below(3)).min(water.len() - 1);
                if chance.share(0.7) {
                    let ring = strip(&water[from..=to], 16.0 * side, 38.0 * side);
                    rows.push(Patch { key: "natural", value: "wood", ring });
                }
                from = to;
            }
        }
    }
    rows
}

/// A pond at the edge of some villages, clear of every road and of other villages.
pub fn ponds(places: &[Place], lines: &[Line]) -> Vec<Patch> {
    let mut chance = Chance::new(850);
    let mut ponds = Vec::new();
    for (i, village) in places.iter().enumerate().filter(|(_, place)| place.sort == Sort::Village) {
        let (east, north) = (chance.between(26.0, 52.0), chance.between(22.0, 40.0));
        let wanted = chance.share(0.38);
        let out = p(chance.between(-1.0, 1.0), chance.between(-1.0, 1.0)).unit();
        let at = village.at + out * (village.radius + 40.0);
        let lonely = places.iter().enumerate().all(|(k, other)| k == i || other.at.to(at) > other.radius + 80.0);
        let dry = || {
            let close = lines.iter().filter(|line| line.points[0].p().to(at) < 9_000.0);
            close.map(|line| nearest(at, &line.sheet()).0).fold(f64::INFINITY, f64::min)
        };
        if wanted && lonely && dry() > east + 14.0 {
            let ring = blob(at, east, north, 0.22, 860 + i as u64);
            ponds.push(Patch { key: "natural", value: "water", ring });
        }
    }
    ponds
}
