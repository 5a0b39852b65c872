//! What no plan can exceed.
//!
//! A cell counts as covered only if a chosen candidate covers it. Giving that rule up for a price `λᵢ` a cell, 0 to its
//! weight, leaves a problem that is solved by sorting: `L(λ) = Σ (wᵢ − λᵢ) + (sum of the p largest Σ λᵢ over a candidate's
//! cells)`, and no plan covers more than `L(λ)`, whatever the prices (Galvão and `ReVelle`, European Journal of Operational
//! Research 88 (1996) 114). Prices are moved along the subgradient so that it falls. Weights are whole, so a bound may be
//! rounded down.

use super::covering::Covering;
use super::greedy::greedy;

/// A bound, the prices that give it, and the best plan met on the way.
pub(super) struct Bounded {
    pub bound: u64,
    pub prices: Vec<f64>,
    pub best: (u64, Vec<usize>),
}

/// Steps without a lower bound after which steps are halved.
const PATIENCE: usize = 12;
/// Rounding may add so much.
const HAIR: f64 = 1e-6;

/// Looks for a low bound on what `p` candidates cover, `allowed` telling which may be chosen. `best` is what is known to be
/// reached.
pub(super) fn bound(
    problem: &Covering,
    allowed: &[bool],
    p: usize,
    mut prices: Vec<f64>,
    mut best: (u64, Vec<usize>),
    steps: usize,
) -> Bounded {
    let (mut lowest, mut lowest_prices) = (f64::INFINITY, prices.clone());
    let (mut size, mut waited) = (1.0, 0);
    let mut sums: Vec<(f64, usize)> = Vec::with_capacity(problem.covers.len());
    for _ in 0..steps {
        sums.clear();
        let sum = |cells: &Vec<u32>| cells.iter().map(|cell| prices[*cell as usize]).sum::<f64>();
        sums.extend((0..problem.covers.len()).filter(|it| allowed[*it]).map(|it| (sum(&problem.covers[it]), it)));
        sums.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        sums.truncate(p);
        let free: f64 = problem.weights.iter().zip(&prices).map(|(weight, price)| *weight as f64 - price).sum();
        let value = free + sums.iter().map(|(sum, _)| sum).sum::<f64>();
        if value < lowest - HAIR {
            (lowest, waited) = (value, 0);
            lowest_prices.clone_from(&prices);
            let mut chosen: Vec<usize> = sums.iter().map(|(_, candidate)| *candidate).collect();
            chosen.sort_unstable();
            let reached = problem.covered(&chosen);
            if reached > best.0 {
                best = (reached, chosen);
            }
        } else {
            waited += 1;
            if waited >= PATIENCE {
                (size, waited) = (size / 2.0, 0);
                prices.clone_from(&lowest_prices);
            }
        }
        if (lowest + HAIR).floor() as u64 <= best.0 {
            break;
        }
        // how often each cell is paid for, less once for being covered
        let mut slope = vec![-1.0; problem.weights.len()];
        for (_, candidate) in &sums {
            problem.covers[*candidate].iter().for_each(|cell| slope[*cell as usize] += 1.0);
        }
        let square: f64 = slope.iter().map(|s| s * s).sum();
        if square == 0.0 {
            break;
        }
        let step = size * (value - best.0 as f64).max(1.0) / square;
        for ((price, slope), weight) in prices.iter_mut().zip(&slope).zip(&problem.weights) {
            *price = (*price - step * slope).clamp(0.0, *weight as f64);
        }
    }
    Bounded { bound: (lowest + HAIR).floor().max(0.0) as u64, prices: lowest_prices, best }
}

/// Prices to begin with: each cell's weight shared out over the candidates that cover it.
pub(super) fn first_prices(problem: &Covering) -> Vec<f64> {
    let by_cell = problem.by_cell();
    problem.weights.iter().zip(by_cell).map(|(weight, all)| *weight as f64 / all.len().max(1) as f64).collect()
}

/// A plan to begin with.
pub(super) fn first_plan(problem: &Covering, p: usize) -> (u64, Vec<usize>) {
    let chosen = greedy(problem, &[], p);
    (problem.covered(&chosen), chosen)
}
