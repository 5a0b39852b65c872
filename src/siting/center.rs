//! The p-centre: the least time within which some allowed plan has everybody, found by halving the list of all times. Each
//! look is a covering problem (Daskin 1995, chapter 5): can every cell be within that time?

use super::branch::Found;
use super::build::Goal;
use super::clock::Clock;
use super::conflict::conflict;
use super::infeasible::Infeasible;
use super::measure::{nearest, value};
use super::plan::Stage;
use super::problem::{NO_WAY, Objective, Rules, Siting};
use super::solve::search;

/// A plan and a time that no plan goes below.
pub(super) fn center(problem: &Siting, rules: &Rules, clock: &mut Clock) -> Result<(Vec<usize>, u64), Infeasible> {
    let times = times(problem);
    // any plan that keeps the rules, to begin with: one that reaches many
    clock.hidden = true;
    let whole = clock.lend(0.05);
    let reach = Goal::Cover(NO_WAY - 1);
    let found = search(problem, reach, rules, i64::MAX, None, clock)?;
    clock.whole(whole);
    let mut best = match (found.plan, found.bound) {
        (Some((_, chosen)), _) => chosen,
        (None, None) => return Err(conflict(problem, Objective::PCenter, rules, clock)),
        (None, Some(_)) => {
            // what was lent was not enough to find one
            let found = search(problem, reach, rules, i64::MIN, None, clock)?;
            match (found.plan, found.bound) {
                (Some((_, chosen)), _) => chosen,
                (None, None) => return Err(conflict(problem, Objective::PCenter, rules, clock)),
                (None, Some(_)) => return Err(Infeasible::NoneFound),
            }
        }
    };
    let mut center = Center { problem, rules, times, shown: 0, high: 0, best: Vec::new() };
    center.high = center.position(&best);
    best.sort_unstable();
    center.best = best;
    for share in SHARES {
        center.halve(share, Unclear::IsImpossible, clock);
        center.halve(share, Unclear::IsPossible, clock);
    }
    center.tell(clock);
    let bound = center.time(center.shown.min(center.high));
    Ok((center.best, bound))
}

/// How much of what may still be done one look is lent, in one round and the next.
const SHARES: [f64; 3] = [0.04, 0.15, 0.5];

/// What a look that ends without an answer is taken for: impossible while plans are looked for, possible while it is to be
/// shown what is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unclear {
    IsImpossible,
    IsPossible,
}

struct Center<'p> {
    problem: &'p Siting,
    rules: &'p Rules,
    times: Vec<u32>,
    /// Below this position it is shown that there is no plan; the best plan is at `high`.
    shown: usize,
    high: usize,
    best: Vec<usize>,
}

impl Center<'_> {
    fn position(&self, chosen: &[usize]) -> usize {
        let worst = value(self.problem, Objective::PCenter, chosen);
        self.times.partition_point(|time| u64::from(*time) < worst)
    }

    fn time(&self, position: usize) -> u64 {
        u64::from(self.times.get(position).copied().unwrap_or(NO_WAY))
    }

    fn tell(&self, clock: &mut Clock) {
        clock.stage = Stage::Search;
        clock.objective = Some(self.time(self.high));
        clock.bound = Some(self.time(self.shown));
        clock.chosen.clone_from(&self.best);
        clock.tell();
    }

    fn halve(&mut self, share: f64, unclear: Unclear, clock: &mut Clock) {
        let (mut low, mut top) = (self.shown, self.high);
        while low < top && clock.goes_on() {
            self.tell(clock);
            let middle = usize::midpoint(low, top);
            let whole = clock.lend(share);
            let within = Goal::Within(self.times[middle]);
            let found = search(self.problem, within, self.rules, i64::MIN, None, clock);
            clock.whole(whole);
            match found {
                Ok(Found { plan: Some((_, chosen)), .. }) => {
                    self.high = self.position(&chosen).min(self.high);
                    self.best = chosen;
                    top = self.high.min(middle);
                }
                Ok(Found { bound: Some(_), .. }) if unclear == Unclear::IsPossible => top = middle,
                Ok(Found { bound: Some(_), .. }) => low = middle + 1,
                Ok(_) | Err(_) => {
                    low = middle + 1;
                    self.shown = self.shown.max(low);
                }
            }
        }
    }
}

/// All times that could be the worst one, in order: from the least that the farthest cell can have.
fn times(problem: &Siting) -> Vec<u32> {
    let all: Vec<usize> = (0..problem.candidates.len()).collect();
    let best: Vec<u32> = nearest(problem, &all).iter().zip(&problem.existing).map(|(new, old)| *new.min(old)).collect();
    let counts = |cell: usize| problem.children[cell] > 0 && best[cell] < NO_WAY;
    let least = (0..best.len()).filter(|cell| counts(*cell)).map(|cell| best[cell]).max().unwrap_or(0);
    let old = (0..best.len()).filter(|cell| counts(*cell)).map(|cell| problem.existing[cell]);
    let new = problem.reach.iter().flatten().filter(|(cell, _)| problem.children[*cell as usize] > 0);
    let mut times: Vec<u32> =
        old.chain(new.map(|(_, time)| *time)).filter(|time| *time >= least && *time < NO_WAY).collect();
    times.push(least);
    times.sort_unstable();
    times.dedup();
    times
}
