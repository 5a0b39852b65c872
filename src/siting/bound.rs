//! Moves prices until the bound is low.
//!
//! The volume algorithm (Barahona and Anbil, Mathematical Programming 87 (2000) 385): from the best prices so far a step
//! goes along a mean of the slopes that were met, not along the last one, and the same mean of the plans that were met tells
//! what the linear relaxation would choose. On the way places are decided: one whose choice would put the bound below what
//! is reached already is out, one that can't be left out is in.

use super::clock::Clock;
use super::part::Part;
use super::relax::{Relaxation, Solved};
use super::restrict::State;

/// Rounds without a lower bound after which steps are shortened.
const PATIENCE: u32 = 4;
/// By how much.
const SHORTER: f64 = 0.8;
/// Steps so short bring nothing any more.
const SHORTEST: f64 = 5e-4;
/// Rounds between two looks at what is decided.
const DECIDE_EVERY: u32 = 10;

/// What a part must be worth more than.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aim {
    pub best: i64,
    /// Whether a plan is worth that; otherwise every plan is worth more.
    pub known: bool,
}

/// How long prices are moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounds {
    pub rounds: u32,
    /// Of the distance to what is reached already; short where prices are good to begin with.
    pub first_step: f64,
}

/// What was met at a lower bound.
pub(super) struct Met<'a> {
    pub part: &'a Part,
    /// What the relaxation selects beside the chosen ones.
    pub selected: &'a [usize],
    pub prices: &'a [f64],
    pub lowest: i64,
}

impl Met<'_> {
    /// The plan that the relaxation would make.
    pub fn picked(&self) -> Vec<usize> {
        self.part.chosen.iter().chain(self.selected).copied().collect()
    }
}

/// What came of it.
pub(super) struct Bounded {
    /// No plan of the part is worth more; `None` where the part holds no plan that is worth more than was asked for.
    pub bound: Option<i64>,
    pub prices: Vec<f64>,
    /// How often each place was chosen, in the mean.
    pub mean: Vec<f64>,
}

/// Lowers the bound of a part until it is clear that nothing in it is worth more than `best`, or for some rounds. Each
/// selection at a lower bound is handed to `met`, which may tell a better `best`.
pub(super) fn lower(
    relaxation: &Relaxation,
    part: &mut Part,
    prices: Vec<f64>,
    Rounds { rounds, first_step }: Rounds,
    aim: Aim,
    clock: &mut Clock,
    met: &mut dyn FnMut(&Met, &mut Clock) -> i64,
) -> Bounded {
    let scale = relaxation.scale;
    let Aim { mut best, known } = aim;
    let places = relaxation.model.places.len();
    let mut solved = relaxation.at(part, &prices);
    let mut lowest = solved.value;
    let mut centre = prices;
    let mut slope = std::mem::take(&mut solved.slope);
    let mut mean = vec![0.0; places];
    blend(&mut mean, part, &solved, 1.0);
    let (mut step, mut most_blend, mut waited) = (first_step, 0.1_f64, 0);
    let mut checked = lowest;
    let mut since_decided = 0;
    let size = |part: &Part| -> u64 {
        let numbers: usize = part.free.iter().map(|place| relaxation.model.size_of(*place)).sum();
        (numbers + 2 * relaxation.caps.len() + 4 * part.free.len()) as u64
    };
    let mut work = size(part);
    let no_better = |value: i64, best: i64| value < best.saturating_add(1).saturating_mul(scale);
    let mut round = 0;
    loop {
        if no_better(lowest, best) {
            return Bounded { bound: None, prices: centre, mean };
        }
        if round == rounds || step < SHORTEST || !clock.spend(work) {
            break;
        }
        round += 1;
        let (norm, target) = (norm(relaxation, &centre, &slope), best.saturating_mul(scale) as f64);
        if norm <= 1e-12 {
            break;
        }
        let above = lowest as f64 - target;
        let above = if known { above } else { above.min(lowest.abs() as f64 * 0.05) }.max(scale as f64 * 0.01);
        let by = step * above / norm;
        let trial = relaxation.moved(&centre, &slope, by);
        solved = relaxation.at(part, &trial);
        let share = best_blend(relaxation, &slope, &solved.slope, most_blend);
        let along: f64 = (0..slope.len()).map(|at| relaxation.metric[at] * slope[at] * solved.slope[at]).sum();
        for (slope, new) in slope.iter_mut().zip(&solved.slope) {
            *slope += share * (new - *slope);
        }
        blend(&mut mean, part, &solved, share);
        if solved.value < lowest {
            lowest = solved.value;
            centre = trial;
            if along >= 0.0 {
                step = f64::min(step * 1.1, 2.0);
            }
            waited = 0;
            let selected: Vec<usize> = solved.selection.positions.iter().map(|at| part.free[*at]).collect();
            best = best
                .max(met(&Met { part, selected: &selected, prices: &centre, lowest: lowest.div_euclid(scale) }, clock));
            since_decided += 1;
            if since_decided >= DECIDE_EVERY {
                since_decided = 0;
                match decide(relaxation, part, &solved, best) {
                    None => return Bounded { bound: None, prices: centre, mean },
                    Some(true) => work = size(part),
                    Some(false) => {}
                }
            }
        } else {
            waited += 1;
            if waited >= PATIENCE {
                waited = 0;
                step *= SHORTER;
            }
        }
        if round % 40 == 0 {
            if (checked - lowest) as f64 <= 0.01 * (lowest as f64 - target).abs() {
                most_blend = (most_blend / 2.0).max(1e-4);
            }
            checked = lowest;
        }
    }
    let solved = relaxation.at(part, &centre);
    if decide(relaxation, part, &solved, best).is_none() {
        return Bounded { bound: None, prices: centre, mean };
    }
    Bounded { bound: Some(lowest.div_euclid(scale)), prices: centre, mean }
}

/// Decides places at some prices; `None` where nothing better is left. Whether any was decided.
fn decide(relaxation: &Relaxation, part: &mut Part, solved: &Solved, best: i64) -> Option<bool> {
    let wanted = best.saturating_add(1).saturating_mul(relaxation.scale);
    let mut selected = vec![false; part.free.len()];
    solved.selection.positions.iter().for_each(|at| selected[*at] = true);
    let (mut any, mut any_in) = (false, false);
    for (at, place) in part.free.clone().into_iter().enumerate() {
        if selected[at] {
            let without = solved.value.saturating_sub(solved.worth[at]).saturating_add(solved.selection.next);
            if without < wanted {
                part.states[place] = State::In;
                any_in = true;
            }
        } else {
            let with = solved.value.saturating_add(solved.worth[at]).saturating_sub(solved.selection.least);
            if with < wanted {
                part.states[place] = State::Out;
                any = true;
            }
        }
    }
    if any_in || any {
        *part = Part::new(relaxation.model, std::mem::take(&mut part.states))?;
    }
    Some(any || any_in)
}

/// The square of a slope's length, where prices can still move along it.
fn norm(relaxation: &Relaxation, prices: &[f64], slope: &[f64]) -> f64 {
    let moves = |at: &usize| {
        let (price, cap) = (prices[*at], relaxation.caps[*at]);
        !((slope[*at] > 0.0 && price <= 0.0) || (slope[*at] < 0.0 && price >= cap))
    };
    (0..slope.len()).filter(moves).map(|at| relaxation.metric[at] * slope[at] * slope[at]).sum()
}

/// The share of the new slope with which the mean is shortest, within bounds.
fn best_blend(relaxation: &Relaxation, mean: &[f64], new: &[f64], most: f64) -> f64 {
    let (mut above, mut below) = (0.0, 0.0);
    for at in 0..mean.len() {
        let apart = mean[at] - new[at];
        above += relaxation.metric[at] * mean[at] * apart;
        below += relaxation.metric[at] * apart * apart;
    }
    let share = if below > 0.0 { above / below } else { most };
    if share < 0.0 { most / 10.0 } else { share.clamp(most / 10.0, most) }
}

fn blend(mean: &mut [f64], part: &Part, solved: &Solved, share: f64) {
    mean.iter_mut().for_each(|mean| *mean *= 1.0 - share);
    let selected = solved.selection.positions.iter().map(|at| &part.free[*at]);
    for place in selected.chain(&part.chosen) {
        mean[*place] += share;
    }
}
