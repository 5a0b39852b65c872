//! What a plan reaches and whether it keeps the rules, counted from the problem as it was given. Nothing that searches is
//! believed; all that is handed out went through here.

use super::flow::most_served;
use super::problem::{NO_WAY, Objective, Rules, Siting, wanted};

/// The time from each cell to the nearest of some candidates, [`NO_WAY`] where none reaches it.
#[must_use]
pub fn nearest(problem: &Siting, chosen: &[usize]) -> Vec<u32> {
    let mut times = vec![NO_WAY; problem.children.len()];
    for (cell, time) in chosen.iter().flat_map(|candidate| &problem.reach[*candidate]) {
        let known = &mut times[*cell as usize];
        *known = (*known).min(*time);
    }
    times
}

/// Children within `limit` of an existing site or a chosen candidate, who are picked by `of`.
fn covered(problem: &Siting, times: &[u32], limit: u32, of: impl Fn(usize) -> bool) -> u64 {
    let within = |cell: &usize| times[*cell].min(problem.existing[*cell]) <= limit && of(*cell);
    (0..times.len()).filter(within).map(|cell| problem.children[cell]).sum()
}

/// What some candidates reach, in the unit of the objective; see [`Objective`]. Of the p-centre it is [`NO_WAY`] where
/// somebody who could be reached is not.
#[must_use]
pub fn value(problem: &Siting, objective: Objective, chosen: &[usize]) -> u64 {
    match objective {
        Objective::MaximalCovering { limit } => {
            covered(problem, &nearest(problem, chosen), limit, |cell| problem.existing[cell] > limit)
        }
        Objective::SetCovering { .. } if problem.is_priced() => cost(problem, chosen),
        Objective::SetCovering { .. } => chosen.len() as u64,
        Objective::PMedian { far } => {
            let times = nearest(problem, chosen);
            let time = |cell: usize| u64::from(times[cell].min(problem.existing[cell]).min(far));
            (0..times.len()).map(|cell| problem.children[cell] * time(cell)).sum()
        }
        Objective::PCenter => {
            let all: Vec<usize> = (0..problem.candidates.len()).collect();
            let (times, could) = (nearest(problem, chosen), nearest(problem, &all));
            let time = |cell: usize| times[cell].min(problem.existing[cell]);
            let counts =
                |cell: &usize| problem.children[*cell] > 0 && could[*cell].min(problem.existing[*cell]) < NO_WAY;
            (0..times.len()).filter(counts).map(time).max().map_or(0, u64::from)
        }
        Objective::CapacitatedCovering { limit } => {
            most_served(problem, limit, chosen) - most_served(problem, limit, &[])
        }
    }
}

/// What some candidates cost.
#[must_use]
pub fn cost(problem: &Siting, chosen: &[usize]) -> u64 {
    chosen.iter().map(|candidate| problem.candidates[*candidate].cost).sum()
}

/// Whether a plan keeps every rule, and the share where the objective has one.
#[must_use]
pub fn keeps(problem: &Siting, objective: Objective, rules: &Rules, chosen: &[usize]) -> bool {
    let musts = (0..problem.candidates.len()).filter(|it| problem.candidates[*it].must);
    let apart = |apart: f64| {
        let pairs = chosen.iter().enumerate().flat_map(|(place, a)| chosen[..place].iter().map(|b| (*a, *b)));
        pairs.into_iter().all(|(a, b)| !problem.too_close(a, b, apart))
    };
    chosen.len() <= rules.sites
        && musts.into_iter().all(|must| chosen.contains(&must))
        && rules.budget.is_none_or(|budget| cost(problem, chosen) <= budget)
        && rules.apart_m.is_none_or(apart)
        && (!rules.one_per_town || every_town(problem, chosen))
        && rules.floor.is_none_or(|floor| {
            let times = nearest(problem, chosen);
            (0..).zip(problem.by_town()).all(|(town, children)| {
                covered(problem, &times, floor.limit, |cell| problem.town_of_cell[cell] == town)
                    >= wanted(floor.share, children)
            })
        })
        && match objective {
            Objective::SetCovering { limit, share } => {
                covered(problem, &nearest(problem, chosen), limit, |_| true) >= wanted(share, problem.total())
            }
            _ => true,
        }
}

/// Whether each town has one of the chosen.
fn every_town(problem: &Siting, chosen: &[usize]) -> bool {
    let has = |town: usize| chosen.iter().any(|candidate| usize::from(problem.candidates[*candidate].town) == town);
    (0..problem.towns).all(has)
}
