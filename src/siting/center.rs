//! The p-centre: the least time within which some allowed plan has everybody, found by halving the list of all times. Each
//! look is a covering problem (Daskin 1995, chapter 5): can every cell be within that time?

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
    let position = |chosen: &[usize]| {
        let worst = value(problem, Objective::PCenter, chosen);
        times.partition_point(|time| u64::from(*time) < worst)
    };
    // below `shown` nothing is possible; below `low` nothing was found
    let (mut shown, mut low, mut high) = (0, 0, position(&best));
    loop {
        let at = |position: usize| u64::from(times.get(position).copied().unwrap_or(NO_WAY));
        clock.stage = Stage::Search;
        clock.objective = Some(value(problem, Objective::PCenter, &best));
        clock.bound = Some(at(shown));
        clock.chosen.clone_from(&best);
        clock.tell();
        if low >= high || clock.stopped {
            best.sort_unstable();
            return Ok((best, at(shown.min(high))));
        }
        let middle = usize::midpoint(low, high);
        let steps = (high - low).ilog2() + 1;
        let whole = clock.lend(1.0 / f64::from(steps.min(4) + 1));
        let found = search(problem, Goal::Within(times[middle]), rules, i64::MIN, None, clock);
        clock.whole(whole);
        match found {
            Ok(found) => match (found.plan, found.bound) {
                (Some((_, chosen)), _) => {
                    high = position(&chosen).min(middle);
                    best = chosen;
                }
                (None, None) => {
                    low = middle + 1;
                    shown = if shown <= middle { low } else { shown };
                }
                (None, Some(_)) => low = middle + 1,
            },
            Err(_) => {
                low = middle + 1;
                shown = shown.max(low);
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
