//! From a good plan and a bound to a proven one: a candidate is in the plan or it is not, and what can't beat the best plan
//! is not looked at.

use super::covering::Covering;
use super::lagrange::{bound, first_plan, first_prices};

/// Parts of the search that are looked at, at most, which a county's larger plans take some ten seconds for; beyond, the
/// plan is handed out with the bound that was reached.
pub const MOST_NODES: usize = 5_000;
/// Steps of the bound at the root and below it.
const ROOT_STEPS: usize = 1_500;
const STEPS: usize = 120;

/// A plan with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The chosen candidates, in order. Fewer than asked for where more would reach no further child.
    pub chosen: Vec<usize>,
    /// Children whom they cover.
    pub objective: u64,
    /// No plan of so many sites covers more.
    pub bound: u64,
}

impl Plan {
    /// Whether nothing lies between plan and bound.
    #[must_use]
    pub fn is_optimal(&self) -> bool {
        self.objective == self.bound
    }

    /// How far the bound lies above the plan, as a share of the bound; 0 where there is nothing to cover.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.bound == 0 { 0.0 } else { (self.bound - self.objective) as f64 / self.bound as f64 }
    }
}

/// A part of the search: candidates that are in, those that are out, and what it can reach at most.
struct Node {
    chosen: Vec<usize>,
    out: Vec<usize>,
    bound: u64,
    prices: Vec<f64>,
}

/// The plan of at most `p` candidates that covers the most children, and the proof. The same problem gives the same plan.
/// At most `most_nodes` parts of the search are looked at.
#[must_use]
pub fn maximal_covering(problem: &Covering, p: usize, most_nodes: usize) -> Plan {
    let reduced = problem.reduced();
    let small = &reduced.problem;
    let p = p.min(small.covers.len());
    let mut best = first_plan(small, p);
    let all = vec![true; small.covers.len()];
    let root = bound(small, &all, p, first_prices(small), best, ROOT_STEPS);
    best = root.best;
    let mut open = vec![Node { chosen: Vec::new(), out: Vec::new(), bound: root.bound, prices: root.prices }];
    let mut looked_at = 0;
    while let Some(node) = open.pop() {
        if node.bound <= best.0 {
            continue;
        }
        if looked_at == most_nodes {
            open.push(node);
            break;
        }
        looked_at += 1;
        let Some(candidate) = next(small, &node, p) else { continue };
        // the part without it first, so that the part with it is looked at first
        let mut out = node.out.clone();
        out.push(candidate);
        let mut chosen = node.chosen.clone();
        chosen.push(candidate);
        for (chosen, out) in [(node.chosen, out), (chosen, node.out)] {
            let (child, better) = look(small, chosen, out, p, &node.prices, &best);
            if better.0 > best.0 {
                best = better;
            }
            if child.bound > best.0 {
                open.push(Node { bound: child.bound.min(node.bound), ..child });
            }
        }
    }
    let bound = open.iter().map(|node| node.bound).max().unwrap_or(0).max(best.0);
    let mut chosen: Vec<usize> = best.1.iter().map(|candidate| reduced.original[*candidate]).collect();
    chosen.sort_unstable();
    // counted from the problem as it was given, whatever the search believes
    let objective = problem.covered(&chosen);
    Plan { chosen, objective, bound: bound.max(objective) }
}

/// The free candidate that is worth the most at the prices of a part: in nearly every good plan, or in none.
fn next(problem: &Covering, node: &Node, p: usize) -> Option<usize> {
    if node.chosen.len() >= p {
        return None;
    }
    let free = |candidate: &usize| !node.chosen.contains(candidate) && !node.out.contains(candidate);
    let worth =
        |candidate: &usize| -> f64 { problem.covers[*candidate].iter().map(|cell| node.prices[*cell as usize]).sum() };
    (0..problem.covers.len()).filter(free).max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.cmp(a)))
}

/// The bound of a part, and the best plan met in it.
fn look(
    problem: &Covering,
    chosen: Vec<usize>,
    out: Vec<usize>,
    p: usize,
    prices: &[f64],
    best: &(u64, Vec<usize>),
) -> (Node, (u64, Vec<usize>)) {
    let sure = problem.covered(&chosen);
    if chosen.len() == p {
        let plan = (sure, chosen.clone());
        return (Node { chosen, out, bound: sure, prices: prices.to_vec() }, plan);
    }
    let mut allowed = vec![true; problem.covers.len()];
    chosen.iter().chain(&out).for_each(|candidate| allowed[*candidate] = false);
    // what the chosen ones cover is worth nothing to the others
    let mut rest = problem.clone();
    for cell in chosen.iter().flat_map(|candidate| &problem.covers[*candidate]) {
        rest.weights[*cell as usize] = 0;
    }
    let prices: Vec<f64> = prices.iter().zip(&rest.weights).map(|(price, weight)| price.min(*weight as f64)).collect();
    let known = (best.0.saturating_sub(sure), Vec::new());
    let found = bound(&rest, &allowed, p - chosen.len(), prices, known, STEPS);
    let mut plan: Vec<usize> = chosen.iter().copied().chain(found.best.1).collect();
    plan.sort_unstable();
    let better = (problem.covered(&plan), plan);
    (Node { chosen, out, bound: sure + found.bound, prices: found.prices }, better)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The most that `p` candidates cover, by trying all.
    fn plain(problem: &Covering, p: usize) -> u64 {
        fn go(problem: &Covering, from: usize, left: usize, chosen: &mut Vec<usize>) -> u64 {
            let mut best = problem.covered(chosen);
            for candidate in from..problem.covers.len() {
                if left > 0 {
                    chosen.push(candidate);
                    best = best.max(go(problem, candidate + 1, left - 1, chosen));
                    chosen.pop();
                }
            }
            best
        }
        go(problem, 0, p, &mut Vec::new())
    }

    fn problems() -> impl Strategy<Value = Covering> {
        let weights = prop::collection::vec(0_u64..30, 1..18);
        weights.prop_flat_map(|weights| {
            let cells = prop::collection::btree_set(0..weights.len() as u32, 0..7);
            prop::collection::vec(cells, 0..11).prop_map(move |covers| Covering {
                weights: weights.clone(),
                covers: covers.into_iter().map(|cells| cells.into_iter().collect()).collect(),
            })
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

        #[test]
        fn the_plan_is_as_good_as_the_best_of_all(problem in problems(), p in 0_usize..6) {
            let plan = maximal_covering(&problem, p, MOST_NODES);
            prop_assert!(plan.chosen.len() <= p);
            prop_assert_eq!(plan.objective, problem.covered(&plan.chosen));
            prop_assert_eq!(plan.objective, plain(&problem, p));
            prop_assert!(plan.is_optimal(), "{:?}", plan);
            prop_assert_eq!(maximal_covering(&problem, p, MOST_NODES), plan);
        }

        #[test]
        fn a_search_that_is_cut_short_tells_a_bound_that_holds(problem in problems(), p in 0_usize..6, nodes in 0_usize..3) {
            let plan = maximal_covering(&problem, p, nodes);
            prop_assert!(plan.objective <= plain(&problem, p) && plan.bound >= plain(&problem, p), "{:?}", plan);
        }
    }

    #[test]
    fn nothing_to_choose_from_is_a_plan_of_nothing() {
        let empty = maximal_covering(&Covering::default(), 3, MOST_NODES);
        assert_eq!((empty.chosen.len(), empty.objective, empty.bound, empty.gap()), (0, 0, 0, 0.0));
    }
}
