//! What each further site brings: a good plan and a bound for every number of sites, so that people see where one more stops
//! paying.

use super::bound::{Aim, Rounds, lower};
use super::branch::Search;
use super::build::{Goal, build, goal_of};
use super::center::center;
use super::clock::Clock;
use super::measure::value;
use super::plan::{Effort, Progress, Stage};
use super::plans::{grown, weighed};
use super::problem::{Objective, Rules, Siting};
use super::relax::Relaxation;
use super::{part::Part, solve::told};

/// Rounds of the bound for the first number of sites, and for each further one.
const FIRST_ROUNDS: Rounds = Rounds { rounds: 250, first_step: 0.2 };
const ROUNDS: Rounds = Rounds { rounds: 80, first_step: 0.1 };

/// A number of sites, what a good plan of so many reaches, and what none of so many exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// At most so many sites.
    pub sites: usize,
    /// What a good plan reaches, in the unit of the objective; of set covering the children newly within the limit.
    pub objective: u64,
    /// No plan of so many sites is better.
    pub bound: u64,
}

/// Points for 1 to `up_to` sites, those left out with which rules can't be kept. Plans are found by greedy and exchanges from
/// those of one site less, bounds from its prices, so that a point costs little. Neither ever becomes worse with more sites.
pub fn curve(
    problem: &Siting,
    objective: Objective,
    rules: &Rules,
    up_to: usize,
    effort: &Effort,
    watch: &mut dyn FnMut(&Progress) -> bool,
) -> Vec<CurvePoint> {
    let mut clock = Clock::new(effort, watch);
    clock.hidden = true;
    let most = up_to.min(problem.candidates.len());
    let (mut points, is_maximised) = match goal_of(problem, objective) {
        None => (centers(problem, rules, most, &mut clock), false),
        Some(Goal::Share(limit, _)) => (points(problem, Goal::Cover(limit), rules, most, &mut clock), true),
        Some(goal) => (points(problem, goal, rules, most, &mut clock), objective.is_maximised()),
    };
    // a plan of fewer sites is one of more, too; what more sites can't exceed, fewer can't
    for at in 1..points.len() {
        let before = points[at - 1].objective;
        let now = &mut points[at].objective;
        *now = if is_maximised { before.max(*now) } else { before.min(*now) };
    }
    for at in (1..points.len()).rev() {
        let after = points[at].bound;
        let now = &mut points[at - 1].bound;
        *now = if is_maximised { after.min(*now) } else { after.max(*now) };
    }
    points
}

fn points(problem: &Siting, goal: Goal, rules: &Rules, most: usize, clock: &mut Clock) -> Vec<CurvePoint> {
    let rules = Rules { sites: most, ..*rules };
    let Ok(model) = build(problem, goal, &rules) else { return Vec::new() };
    let mut model = model.tightened();
    let fixed = model.fixed.len();
    let (mut points, mut prices, mut chosen) = (Vec::new(), None, Vec::new());
    for sites in fixed.max(1)..=most {
        if clock.stopped {
            break;
        }
        model.sites = sites - fixed;
        clock.stage = Stage::Curve;
        let whole = clock.lend(1.0 / (most - sites + 1) as f64);
        let found = grown(&model, &chosen, clock);
        let Some((mut best, plan)) = found.or_else(|| any(&model, clock)) else {
            clock.whole(whole);
            continue;
        };
        chosen = plan;
        let relaxation = Relaxation::new(&model);
        let rounds = if prices.is_none() { FIRST_ROUNDS } else { ROUNDS };
        let begin = prices.take().unwrap_or_else(|| relaxation.first_prices());
        let bound = Part::whole(&model).and_then(|mut part| {
            let aim = Aim { best, known: true };
            let bounded = lower(&relaxation, &mut part, begin, rounds, aim, clock, &mut |met, _| {
                if let Some((value, plan)) = weighed(&model, met.picked()).filter(|(value, _)| *value > best) {
                    (best, chosen) = (value, plan);
                }
                best
            });
            prices = Some(bounded.prices);
            bounded.bound
        });
        clock.whole(whole);
        let bound = bound.map_or(best, |bound| bound.max(best));
        points.push(CurvePoint { sites, objective: told(problem, goal, best), bound: told(problem, goal, bound) });
        clock.tell();
    }
    points
}

/// Some plan that keeps the rules, where greedy finds none: places of the model.
fn any(model: &super::model::Model, clock: &mut Clock) -> Option<(i64, Vec<usize>)> {
    let found = Search::new(clock, i64::MIN, &|_| 0).run(model.clone(), None);
    let (value, origins) = found.plan?;
    let places = (0..model.places.len()).filter(|at| origins.contains(&(model.places[*at].origin as usize))).collect();
    Some((value, places))
}

fn centers(problem: &Siting, rules: &Rules, most: usize, clock: &mut Clock) -> Vec<CurvePoint> {
    let mut points = Vec::new();
    for sites in 1..=most {
        let whole = clock.lend(1.0 / (most - sites + 1) as f64);
        let found = center(problem, &Rules { sites, ..*rules }, clock);
        clock.whole(whole);
        if clock.stopped {
            break;
        }
        clock.stage = Stage::Curve;
        if let Ok((chosen, bound)) = found {
            let objective = value(problem, Objective::PCenter, &chosen);
            points.push(CurvePoint { sites, objective, bound: bound.min(objective) });
        }
    }
    points
}
