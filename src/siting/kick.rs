//! Plans shaken out of where exchanges leave them.

use super::clock::Clock;
use super::model::Model;
use super::plans::{Known, improved_among, is_priced, mended, weighed};

/// A plan from the best one: some of its places give way to some that the linear relaxation would choose in part, `mean`
/// being how often it does. The same `number` shakes in the same way.
pub(super) fn kicked(
    model: &Model,
    best: &[usize],
    mean: &[f64],
    prices: &[f64],
    number: u64,
    clock: &mut Clock,
) -> Known {
    let mut luck = Luck(number);
    let mut chosen = best.to_vec();
    let most = if is_priced(model) { chosen.len() / 3 } else { chosen.len() / 5 };
    for _ in 0..=luck.below(most + 1) {
        if !chosen.is_empty() {
            chosen.swap_remove(luck.below(chosen.len()));
        }
    }
    let others: Vec<usize> = (0..mean.len()).filter(|at| mean[*at] > 0.02 && !chosen.contains(at)).collect();
    for _ in 0..others.len() {
        if chosen.len() >= best.len() {
            break;
        }
        let place = others[luck.below(others.len())];
        if luck.unit() < mean[place].sqrt() && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    let (_, chosen) = mended(model, &chosen, prices, clock)?;
    let among: Vec<usize> = (0..mean.len()).filter(|at| mean[*at] > 1e-3 || best.contains(at)).collect();
    if model.rooms.is_some() { weighed(model, chosen) } else { improved_among(model, chosen, &among, clock) }
}

/// Numbers that look like chance and are the same every time (`SplitMix64`).
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}
