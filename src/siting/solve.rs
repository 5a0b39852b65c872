//! From a problem to a plan that is counted anew.

use super::branch::{Found, Search};
use super::build::{Goal, build, goal_of};
use super::center::center;
use super::clock::Clock;
use super::conflict::conflict;
use super::infeasible::Infeasible;
use super::measure::{keeps, value};
use super::plan::{Effort, Ended, Plan, Progress};
use super::problem::{Objective, Rules, Siting};

/// The best plan that keeps the rules, with its proof. The same question gives the same answer. `watch` is told how far the
/// search is, some fifty times a second; when it says `false`, the best plan so far is handed out with its bound.
pub fn solve(
    problem: &Siting,
    objective: Objective,
    rules: &Rules,
    effort: &Effort,
    watch: &mut dyn FnMut(&Progress) -> bool,
) -> Result<Plan, Infeasible> {
    let mut clock = Clock::new(effort, watch);
    let (chosen, bound) = match goal_of(problem, objective) {
        None => center(problem, rules, &mut clock)?,
        Some(goal) => {
            let found = search(problem, goal, rules, i64::MAX, None, &mut clock)?;
            match (found.plan, found.bound) {
                (Some((_, chosen)), bound) => (chosen, told(problem, goal, bound.unwrap_or(i64::MAX))),
                (None, Some(_)) => return Err(Infeasible::NoneFound),
                (None, None) => return Err(conflict(problem, objective, rules, &mut clock)),
            }
        }
    };
    checked(problem, objective, rules, chosen, bound, clock.stopped)
}

/// Searches one model; a plan that is worth `enough` ends it.
pub(super) fn search(
    problem: &Siting,
    goal: Goal,
    rules: &Rules,
    enough: i64,
    begin: Option<&[usize]>,
    clock: &mut Clock,
) -> Result<Found, Infeasible> {
    let model = build(problem, goal, rules)?;
    let offset = offset(problem, goal);
    let told = move |value: i64| told_from(goal, offset, value);
    Ok(Search::new(clock, enough, &told).run(model, begin))
}

/// A value of the model in the unit of the objective.
pub(super) fn told(problem: &Siting, goal: Goal, value: i64) -> u64 {
    told_from(goal, offset(problem, goal), value)
}

/// What is walked without any new site, of the p-median.
fn offset(problem: &Siting, goal: Goal) -> i64 {
    let Goal::Save(far) = goal else { return 0 };
    let walked = |(n, time): (&u64, &u32)| *n as i64 * i64::from(far.min(*time));
    problem.children.iter().zip(&problem.existing).map(walked).sum()
}

fn told_from(goal: Goal, offset: i64, value: i64) -> u64 {
    match goal {
        Goal::Cover(_) | Goal::Serve(_) => value.max(0) as u64,
        Goal::Share(..) | Goal::Within(_) => value.saturating_neg().max(0) as u64,
        Goal::Save(_) => offset.saturating_sub(value).max(0) as u64,
    }
}

/// A plan as it is handed out: its rules and its objective counted from the problem.
pub(super) fn checked(
    problem: &Siting,
    objective: Objective,
    rules: &Rules,
    chosen: Vec<usize>,
    bound: u64,
    stopped: bool,
) -> Result<Plan, Infeasible> {
    if !keeps(problem, objective, rules, &chosen) {
        return Err(Infeasible::NoneFound);
    }
    let reached = value(problem, objective, &chosen);
    let bound = if objective.is_maximised() { bound.max(reached) } else { bound.min(reached) };
    let ended = if bound == reached {
        Ended::Optimal
    } else if stopped {
        Ended::Stopped
    } else {
        Ended::Bounded
    };
    Ok(Plan { chosen, objective: reached, bound, ended })
}
