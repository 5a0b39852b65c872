//! Every objective under every rule, against trying all plans.

use super::measure::{cost, keeps, value};
use super::{
    Candidate, Effort, Ended, Floor, Infeasible, NO_WAY, Objective, Plan, Rules, Siting, Standing, curve, lost_without,
    runner_up, serves, solve,
};
use proptest::prelude::*;

/// The best of all plans that keep the rules.
pub(super) fn all_tried(problem: &Siting, objective: Objective, rules: &Rules) -> Option<u64> {
    let n = problem.candidates.len();
    let plans = (0..1_u32 << n).map(|set| (0..n).filter(|at| set >> at & 1 == 1).collect::<Vec<usize>>());
    let kept = plans.filter(|chosen| chosen.len() <= rules.sites && keeps(problem, objective, rules, chosen));
    let values = kept.map(|chosen| value(problem, objective, &chosen));
    if objective.is_maximised() { values.max() } else { values.min() }
}

/// Reach of a site among some cells.
fn reach(cells: usize) -> impl Strategy<Value = Vec<(u32, u32)>> {
    let reached = prop::collection::btree_map(0..cells as u32, 0_u32..20, 0..=cells.min(6));
    reached.prop_map(|reached| reached.into_iter().collect())
}

/// Small problems with everything in them.
pub(super) fn problems() -> impl Strategy<Value = Siting> {
    let candidate = || {
        let at = (0..60_u32, 0..60_u32).prop_map(|(x, y)| [f64::from(x), f64::from(y)]);
        let capacity = prop::option::weighted(0.7, 0_u64..40);
        (at, 0_u16..4, 1_u64..5, capacity, prop::bool::weighted(0.07))
            .prop_map(|(at, town, cost, capacity, must)| Candidate { at, town, cost, capacity, must })
    };
    (1_usize..11, 0_usize..4, 1_usize..9, any::<bool>()).prop_flat_map(move |(cells, towns, places, alike)| {
        let time = prop_oneof![3 => Just(NO_WAY), 1 => 0_u32..25];
        let standing = (prop::option::of(0_u64..30), reach(cells));
        let standing = standing.prop_map(|(capacity, reach)| Standing { capacity, reach });
        (
            prop::collection::vec(0_u64..30, cells),
            prop::collection::vec(0..=towns as u16, cells),
            prop::collection::vec(time, cells),
            prop::collection::vec(candidate(), places),
            prop::collection::vec(reach(cells), places),
            prop::collection::vec(standing, 0..3),
        )
            .prop_map(move |(children, town_of_cell, existing, mut candidates, reach, standing)| {
                for candidate in &mut candidates {
                    candidate.town = candidate.town.min(towns as u16);
                    candidate.cost = if alike { 1 } else { candidate.cost };
                }
                Siting { children, town_of_cell, towns, existing, candidates, reach, standing }
            })
    })
}

pub(super) fn objectives() -> impl Strategy<Value = Objective> {
    let share = prop_oneof![Just(1.0), 0.0..1.0_f64];
    prop_oneof![
        (0_u32..20).prop_map(|limit| Objective::MaximalCovering { limit }),
        (5_u32..20, share).prop_map(|(limit, share)| Objective::SetCovering { limit, share }),
        (5_u32..30).prop_map(|far| Objective::PMedian { far }),
        Just(Objective::PCenter),
        (0_u32..20).prop_map(|limit| Objective::CapacitatedCovering { limit }),
    ]
}

pub(super) fn rules() -> impl Strategy<Value = Rules> {
    let floor = (0.0..0.9_f64, 5_u32..20).prop_map(|(share, limit)| Floor { share, limit });
    (
        0_usize..6,
        prop::bool::weighted(0.3),
        prop::option::weighted(0.3, floor),
        prop::option::weighted(0.3, 1_u64..14),
        prop::option::weighted(0.3, 1.0..50.0_f64),
    )
        .prop_map(|(sites, one_per_town, floor, budget, apart_m)| Rules {
            sites,
            one_per_town,
            floor,
            budget,
            apart_m,
        })
}

fn asked(problem: &Siting, objective: Objective, rules: &Rules, effort: Effort) -> Result<Plan, Infeasible> {
    solve(problem, objective, rules, &effort, &mut |_| true)
}

/// A budget that buys nothing is refused even where nothing is needed.
fn buys_nothing(problem: &Siting, rules: &Rules) -> bool {
    rules.budget.is_some_and(|budget| problem.candidates.iter().all(|candidate| candidate.cost > budget))
}

fn holds(objective: Objective, plan: &Plan, best: u64) -> bool {
    if objective.is_maximised() {
        plan.objective <= best && plan.bound >= best
    } else {
        plan.objective >= best && plan.bound <= best
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_is_the_best_of_all(problem in problems(), objective in objectives(), rules in rules()) {
        let found = asked(&problem, objective, &rules, Effort::default());
        let best = all_tried(&problem, objective, &rules);
        match (&found, best) {
            (Ok(plan), Some(best)) => {
                prop_assert!(keeps(&problem, objective, &rules, &plan.chosen), "{plan:?}");
                prop_assert_eq!(plan.objective, value(&problem, objective, &plan.chosen));
                prop_assert_eq!(plan.objective, best, "{:?}", plan);
                prop_assert_eq!(plan.bound, best, "{:?}", plan);
                prop_assert_eq!(plan.ended, Ended::Optimal);
            }
            (Err(Infeasible::NoneFound), _) => prop_assert!(false, "gave up"),
            (Err(_), None) => {}
            (Err(Infeasible::CheapestTooDear { .. }), Some(_)) => prop_assert!(buys_nothing(&problem, &rules)),
            _ => prop_assert!(false, "{found:?} where the best is {best:?}"),
        }
        prop_assert_eq!(asked(&problem, objective, &rules, Effort::default()), found);
    }

    #[test]
    fn a_search_that_is_cut_short_tells_a_bound_that_holds(
        problem in problems(), objective in objectives(), rules in rules(), work in 0_u64..3_000,
    ) {
        let best = all_tried(&problem, objective, &rules);
        match asked(&problem, objective, &rules, Effort { work }) {
            Ok(plan) => {
                prop_assert!(keeps(&problem, objective, &rules, &plan.chosen));
                prop_assert!(best.is_some_and(|best| holds(objective, &plan, best)), "{plan:?} {best:?}");
            }
            Err(Infeasible::NoneFound) => {}
            Err(_) => prop_assert!(best.is_none() || buys_nothing(&problem, &rules)),
        }
    }

    #[test]
    fn rules_that_conflict_are_named_and_none_of_them_for_nothing(
        problem in problems(), objective in objectives(), rules in rules(),
    ) {
        use super::Rule;
        if let Err(Infeasible::Together { rules: named }) = asked(&problem, objective, &rules, Effort::default()) {
            let only = |kept: &[Rule]| {
                let mut problem = problem.clone();
                if !kept.contains(&Rule::Must) {
                    problem.candidates.iter_mut().for_each(|candidate| candidate.must = false);
                }
                let objective = match objective {
                    Objective::SetCovering { .. } if kept.contains(&Rule::Share) => objective,
                    _ => Objective::PCenter,
                };
                let rules = Rules {
                    sites: if kept.contains(&Rule::Sites) { rules.sites } else { 99 },
                    one_per_town: rules.one_per_town && kept.contains(&Rule::OnePerTown),
                    floor: rules.floor.filter(|_| kept.contains(&Rule::Floor)),
                    budget: rules.budget.filter(|_| kept.contains(&Rule::Budget)),
                    apart_m: rules.apart_m.filter(|_| kept.contains(&Rule::Apart)),
                };
                all_tried(&problem, objective, &rules).is_some()
            };
            prop_assert!(!only(&named), "{named:?}");
            for gone in &named {
                let fewer: Vec<Rule> = named.iter().copied().filter(|rule| rule != gone).collect();
                prop_assert!(only(&fewer), "{named:?} without {gone:?}");
            }
        }
    }

    #[test]
    fn more_sites_are_never_worse(problem in problems(), objective in objectives(), sites in 0_usize..5) {
        let rules = |sites| Rules { sites, ..Rules::default() };
        let (fewer, more) = (
            asked(&problem, objective, &rules(sites), Effort::default()),
            asked(&problem, objective, &rules(sites + 1), Effort::default()),
        );
        if let Ok(fewer) = fewer {
            let more = more.expect("what is allowed stays allowed");
            let better = if objective.is_maximised() { more.objective >= fewer.objective } else { more.objective <= fewer.objective };
            prop_assert!(better, "{fewer:?} {more:?}");
            prop_assert!(cost(&problem, &more.chosen) < 100);
        }
    }

    #[test]
    fn a_plan_explains_itself(problem in problems(), objective in objectives(), rules in rules()) {
        let Ok(plan) = asked(&problem, objective, &rules, Effort::default()) else { return Ok(()) };
        for place in 0..plan.chosen.len() {
            let in_stead = |other: usize| {
                let mut chosen = plan.chosen.clone();
                chosen[place] = other;
                chosen
            };
            let others = (0..problem.candidates.len()).filter(|other| !plan.chosen.contains(other)).map(in_stead);
            let kept = others.filter(|chosen| keeps(&problem, objective, &rules, chosen));
            let loses = kept.map(|chosen| value(&problem, objective, &chosen).abs_diff(plan.objective)).min();
            let found = runner_up(&problem, objective, &rules, &plan.chosen, place);
            prop_assert_eq!(found.map(|(_, loses)| loses), loses);
            if let Some((other, loses)) = found {
                prop_assert_eq!(value(&problem, objective, &in_stead(other)).abs_diff(plan.objective), loses);
            }
            let lost = lost_without(&problem, objective, &plan.chosen, place);
            let served: u64 = serves(&problem, objective, &plan.chosen, place).iter().map(|(_, n)| n).sum();
            if matches!(objective, Objective::MaximalCovering { .. } | Objective::CapacitatedCovering { .. }) {
                prop_assert!(lost <= served, "{lost} of {served}");
            }
        }
        if let Objective::MaximalCovering { .. } = objective {
            let served = (0..plan.chosen.len()).flat_map(|place| serves(&problem, objective, &plan.chosen, place));
            prop_assert_eq!(served.map(|(_, n)| n).sum::<u64>(), plan.objective);
        }
    }

    #[test]
    fn a_curve_never_becomes_worse_and_its_bounds_hold(
        problem in problems(), objective in objectives(), rules in rules(), work in prop_oneof![Just(1_u64 << 32), 0_u64..5_000],
    ) {
        let points = curve(&problem, objective, &rules, 6, &Effort { work }, &mut |_| true);
        let (counted, up) = match objective {
            Objective::SetCovering { limit, .. } => (Objective::MaximalCovering { limit }, true),
            other => (other, other.is_maximised()),
        };
        for pair in points.windows(2) {
            prop_assert!(pair[0].sites < pair[1].sites);
            let (better, bounds) = if up {
                (pair[1].objective >= pair[0].objective, pair[1].bound >= pair[0].bound)
            } else {
                (pair[1].objective <= pair[0].objective, pair[1].bound <= pair[0].bound)
            };
            prop_assert!(better && bounds, "{points:?}");
        }
        for point in &points {
            let rules = Rules { sites: point.sites, ..rules };
            let best = all_tried(&problem, counted, &rules);
            let plan = Plan { chosen: vec![], objective: point.objective, bound: point.bound, ended: Ended::Bounded };
            prop_assert!(best.is_some_and(|best| holds(counted, &plan, best)), "{point:?} {best:?}");
        }
    }

    #[test]
    fn a_search_that_is_stopped_keeps_its_plan(problem in problems(), objective in objectives(), sites in 0_usize..5) {
        let rules = Rules { sites, ..Rules::default() };
        let found = solve(&problem, objective, &rules, &Effort::default(), &mut |_| false);
        let best = all_tried(&problem, objective, &rules);
        match found {
            Ok(plan) => {
                prop_assert!(keeps(&problem, objective, &rules, &plan.chosen));
                prop_assert!(best.is_some_and(|best| holds(objective, &plan, best)), "{plan:?} {best:?}");
                prop_assert!(plan.ended != Ended::Bounded);
            }
            Err(Infeasible::NoneFound) => {}
            Err(_) => prop_assert!(best.is_none()),
        }
    }
}
