//! A plan by `HiGHS`, of a model that is small already; only with the feature `highs`. It is told how many parts it may look
//! at and runs on one thread, so that it finds the same every time. It is asked for a plan only: whatever it says of bounds
//! is not taken, since nobody here counted it.

use super::model::{Model, NONE};
use super::plans::{Known, weighed};
use good_lp::solvers::highs::highs;
use good_lp::{Expression, Solution, SolverModel, Variable, constraint, variable, variables};

/// Numbers of a model that are handed over at most.
const MOST: usize = 400_000;
/// Parts that it may look at.
const MOST_PARTS: i32 = 2_000;

/// The best plan that it finds, counted here; nothing for models that it is not asked about.
pub(super) fn exact(model: &Model) -> Known {
    if !model.is_plain_covering() || model.apart.is_some() || model.size() > MOST || model.places.is_empty() {
        return None;
    }
    let mut known = variables!();
    let places: Vec<Variable> = model.places.iter().map(|_| known.add(variable().binary())).collect();
    let items: Vec<Variable> = model.items.iter().map(|_| known.add(variable().min(0).max(1))).collect();
    let counts = model.items.iter().zip(&items).filter(|(item, _)| item.counts);
    let brings: Expression = counts.map(|(item, covered)| item.children as f64 * *covered).sum();
    let costs: Expression = model.places.iter().zip(&places).map(|(place, chosen)| place.price as f64 * *chosen).sum();
    let mut asked = known.maximise(brings - costs).using(highs).set_threads(1).set_mip_rel_gap(0.0).ok()?;
    asked.set_verbose(false);
    asked = asked.set_option("mip_max_nodes", MOST_PARTS);
    asked.add_constraint(constraint!(places.iter().sum::<Expression>() <= model.sites as f64));
    let by_item = model.cover.transposed(model.items.len());
    for (at, covered) in items.iter().enumerate() {
        let by: Expression = by_item.of(at).iter().map(|place| places[*place as usize]).sum();
        asked.add_constraint(constraint!(by >= *covered));
    }
    for (group, need) in (0..).zip(&model.needs) {
        let here = model.items.iter().zip(&items).filter(|(item, _)| item.group == group && group != NONE);
        let reached: Expression = here.map(|(item, covered)| item.children as f64 * *covered).sum();
        asked.add_constraint(constraint!(reached >= *need as f64));
    }
    if let Some(budget) = model.budget {
        let spent: Expression = model.places.iter().zip(&places).map(|(place, it)| place.cost as f64 * *it).sum();
        asked.add_constraint(constraint!(spent <= budget as f64));
    }
    for (town, _) in (0..).zip(&model.wants).filter(|(_, wants)| **wants) {
        let here = model.places.iter().zip(&places).filter(|(place, _)| place.town == town);
        asked.add_constraint(constraint!(here.map(|(_, it)| *it).sum::<Expression>() >= 1));
    }
    let solution = asked.solve().ok()?;
    weighed(model, (0..places.len()).filter(|at| solution.value(places[*at]) > 0.5).collect())
}
