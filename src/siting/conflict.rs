//! Which rules can't be kept together: each is left out in turn, and stays out if the others still conflict without it.

use super::build::Goal;
use super::clock::Clock;
use super::infeasible::{Infeasible, Rule};
use super::problem::{Objective, Rules, Siting, wanted};
use super::solve::search;

/// The conflict of a problem that is known to have no plan.
pub(super) fn conflict(problem: &Siting, objective: Objective, rules: &Rules, clock: &mut Clock) -> Infeasible {
    let mut kept = present(problem, objective, rules);
    clock.hidden = true;
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        fewer.remove(at);
        if let Some(true) = is_impossible(problem, objective, rules, &fewer, clock) {
            kept = fewer;
        } else {
            at += 1;
        }
    }
    Infeasible::Together { rules: kept }
}

fn present(problem: &Siting, objective: Objective, rules: &Rules) -> Vec<Rule> {
    let has = |rule: &Rule| match rule {
        Rule::Sites => rules.sites < problem.candidates.len(),
        Rule::Must => problem.candidates.iter().any(|candidate| candidate.must),
        Rule::OnePerTown => rules.one_per_town,
        Rule::Floor => rules.floor.is_some(),
        Rule::Budget => rules.budget.is_some(),
        Rule::Apart => rules.apart_m.is_some(),
        Rule::Share => matches!(objective, Objective::SetCovering { .. }),
    };
    // what a planner gives up first is looked at last, and so stays in the answer
    let all = [Rule::Must, Rule::OnePerTown, Rule::Apart, Rule::Floor, Rule::Share, Rule::Budget, Rule::Sites];
    all.into_iter().filter(has).collect()
}

/// Whether it is shown that no plan keeps just these rules; `None` where it isn't clear.
fn is_impossible(
    problem: &Siting,
    objective: Objective,
    rules: &Rules,
    kept: &[Rule],
    clock: &mut Clock,
) -> Option<bool> {
    let keep = |rule: Rule| kept.contains(&rule);
    let mut problem = problem.clone();
    if !keep(Rule::Must) {
        problem.candidates.iter_mut().for_each(|candidate| candidate.must = false);
    }
    let fewer = Rules {
        sites: if keep(Rule::Sites) { rules.sites } else { problem.candidates.len() },
        one_per_town: rules.one_per_town && keep(Rule::OnePerTown),
        floor: rules.floor.filter(|_| keep(Rule::Floor)),
        budget: rules.budget.filter(|_| keep(Rule::Budget)),
        apart_m: rules.apart_m.filter(|_| keep(Rule::Apart)),
    };
    let goal = match objective {
        Objective::SetCovering { limit, share } if keep(Rule::Share) => {
            Goal::Share(limit, wanted(share, problem.total()))
        }
        _ => Goal::Cover(0),
    };
    let whole = clock.lend(0.3);
    let found = search(&problem, goal, &fewer, i64::MIN, None, clock);
    clock.whole(whole);
    match found {
        Err(Infeasible::CheapestTooDear { .. }) => Some(false),
        Err(_) => Some(true),
        Ok(found) if found.plan.is_some() => Some(false),
        Ok(found) => found.bound.is_none().then_some(true),
    }
}
