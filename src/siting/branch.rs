//! From a good plan and a bound to a proven one.
//!
//! At the root the bound decides most places; what is left is a smaller model. Then a place is in the plan or it is not, and
//! parts of the search that can't beat the best plan are not looked at; those with the highest bound are looked at first.

use super::bound::{Aim, Bounded, Rounds, lower};
use super::clock::Clock;
use super::model::Model;
use super::part::Part;
use super::plan::Stage;
use super::plans::{Known, better, first, improved, mended, weighed};
use super::relax::Relaxation;
use super::restrict::State;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

/// Rounds of the bound at the root and below it.
const ROOT_ROUNDS: Rounds = Rounds { rounds: 600, first_step: 0.2 };
const ROUNDS: Rounds = Rounds { rounds: 40, first_step: 0.05 };
const AGAIN_ROUNDS: Rounds = Rounds { rounds: 60, first_step: 0.05 };
/// The share of what may still be done that the root is lent, and what shaking plans may cost beside it.
const ROOT_SHARE: f64 = 0.7;
const KICK_SHARE: f64 = 0.4;
/// So few parts of the search are not worth looking at.
const FEW_PARTS: u64 = 200;
/// Lower bounds between two plans that are mended from what the relaxation selects.
const MEND_EVERY: u32 = 8;

/// What a search found: candidates of the best plan with its value, and what no plan is worth more than.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub plan: Option<(i64, Vec<usize>)>,
    /// `None` where it is shown that no plan keeps the rules.
    pub bound: Option<i64>,
}

/// What is asked of a search.
pub(super) struct Search<'a, 'w> {
    pub clock: &'a mut Clock<'w>,
    /// A value from which a plan is good enough.
    pub enough: i64,
    /// How a value is told.
    pub told: &'a dyn Fn(i64) -> u64,
    /// The best plan so far, as candidates.
    pub(super) best: Option<(i64, Vec<usize>)>,
    /// Whether only some of the places are looked at: what no plan of these exceeds is not told.
    pub(super) is_aside: bool,
}

/// A part that waits, by its bound.
struct Open {
    bound: i64,
    number: Reverse<u64>,
    states: Vec<State>,
    prices: Rc<Vec<f64>>,
    mean: Rc<Vec<f64>>,
}

impl<'a, 'w> Search<'a, 'w> {
    pub fn new(clock: &'a mut Clock<'w>, enough: i64, told: &'a dyn Fn(i64) -> u64) -> Self {
        Self { clock, enough, told, best: None, is_aside: false }
    }

    /// The best plan of a model that can be found, with its proof. `begin` may name a plan by its candidates.
    pub fn run(mut self, model: Model, begin: Option<&[usize]>) -> Found {
        self.clock.stage = Stage::Plan;
        self.clock.tell();
        let model = model.tightened();
        self.clock.tell();
        if let Some(begin) = begin {
            let places: Vec<usize> =
                (0..model.places.len()).filter(|at| begin.contains(&(model.places[*at].origin as usize))).collect();
            self.take(&model, weighed(&model, places));
        }
        let found = first(&model, self.clock);
        self.take(&model, found);
        let bound = if self.is_enough() { None } else { self.prove(model) };
        let bound = match (&self.best, bound) {
            (Some((value, _)), bound) => Some(bound.map_or(*value, |bound| bound.max(*value))),
            (None, bound) => bound,
        };
        Found { plan: self.best, bound }
    }

    pub(super) fn is_enough(&self) -> bool {
        self.best.as_ref().is_some_and(|(value, _)| *value >= self.enough)
    }

    /// Keeps a plan if it is the best so far.
    pub(super) fn take(&mut self, model: &Model, found: Known) -> bool {
        let found = found.map(|(value, chosen)| (value, model.origins(&chosen)));
        let is_better = better(&mut self.best, found);
        if let (true, Some((value, chosen)), false) = (is_better, &self.best, self.clock.hidden) {
            self.clock.objective = Some((self.told)(*value));
            self.clock.chosen.clone_from(chosen);
        }
        is_better
    }

    /// What a plan must be worth more than.
    fn aim(&self, model: &Model) -> Aim {
        let least = || {
            let mut prices: Vec<i64> = model.places.iter().map(|place| place.price).collect();
            prices.sort_unstable_by_key(|price| Reverse(*price));
            model.constant - prices.iter().take(model.sites).sum::<i64>() - 1
        };
        self.best
            .as_ref()
            .map_or_else(|| Aim { best: least(), known: false }, |(value, _)| Aim { best: *value, known: true })
    }

    fn tell(&mut self, bound: i64) {
        if !self.clock.hidden {
            self.clock.bound = Some((self.told)(bound));
        }
    }

    /// What nothing is worth more than, beside the best plan; `None` where the best plan is proven, or that there is none.
    fn prove(&mut self, mut model: Model) -> Option<i64> {
        self.clock.stage = Stage::Bound;
        let mut known = i64::MAX;
        loop {
            let relaxation = Relaxation::new(&model);
            let mut part = Part::whole(&model)?;
            let prices = relaxation.first_prices();
            let before = self.clock.left();
            let whole = self.clock.lend(ROOT_SHARE);
            let mut bounded = self.lower(&model, &relaxation, &mut part, prices, ROOT_ROUNDS);
            self.clock.whole(whole);
            known = known.min(bounded.bound?);
            self.tell(known);
            let spent = before.saturating_sub(self.clock.left());
            let mut shake = (spent as f64 * KICK_SHARE) as u64;
            let free: usize = part.free.iter().map(|place| model.size_of(*place)).sum();
            if (free as u64 * u64::from(ROUNDS.rounds)).saturating_mul(FEW_PARTS) > self.clock.left() {
                // branching would not come far
                shake = self.clock.left() / 10 * 9;
            }
            if !self.is_enough() && self.shake(&model, &bounded, shake) {
                let prices = std::mem::take(&mut bounded.prices);
                bounded = self.lower(&model, &relaxation, &mut part, prices, AGAIN_ROUNDS);
                known = known.min(bounded.bound?);
            }
            if self.is_enough() || !self.clock.goes_on() {
                return Some(known);
            }
            if part.free.is_empty() {
                self.take(&model, weighed(&model, part.chosen));
                return None;
            }
            let decided = part.states.iter().filter(|state| **state != State::Free).count();
            if decided * 5 < model.places.len() {
                #[cfg(feature = "highs")]
                self.take(&model, super::exact::exact(&model));
                if model.is_small_and_priced() {
                    return self.dive(&model, &part.states, &bounded.mean, known);
                }
                return self.branch(&model, &relaxation, &part, &bounded, known);
            }
            self.clock.tell();
            model = model.restricted(&part.states).tightened();
        }
    }

    pub(super) fn lower(
        &mut self,
        model: &Model,
        relaxation: &Relaxation,
        part: &mut Part,
        prices: Vec<f64>,
        rounds: Rounds,
    ) -> Bounded {
        let aim = self.aim(model);
        // `clock` is lent to the bound while plans that are met are kept here
        let mut best: Known = None;
        let mut best_value = aim.best;
        let mut since = 0_u32;
        let (told, is_root) = (self.told, !self.clock.hidden && !self.is_aside && self.clock.stage == Stage::Bound);
        let bounded = lower(relaxation, part, prices, rounds, aim, self.clock, &mut |met, clock| {
            let picked = met.picked();
            clock
                .spend(picked.iter().map(|place| model.size_of(*place) as u64).sum::<u64>() + model.items.len() as u64);
            if is_root {
                let bound = told(met.lowest);
                clock.bound = clock.bound.filter(|known| is_better_than(told, *known, bound)).or(Some(bound));
            }
            since += 1;
            let mut found = weighed(model, picked.clone());
            if found.is_none() && since.is_multiple_of(MEND_EVERY) {
                found = mended(model, &picked, met.prices, clock);
            }
            if let Some((value, chosen)) = found
                && value > best_value
            {
                best = Some((value, chosen.clone()));
                if model.rooms.is_none() {
                    better(&mut best, improved(model, chosen, clock));
                }
                best_value = best.as_ref().map_or(best_value, |(value, _)| *value);
            }
            best_value
        });
        self.take(model, best);
        bounded
    }

    fn branch(
        &mut self,
        model: &Model,
        relaxation: &Relaxation,
        root: &Part,
        bounded: &Bounded,
        known: i64,
    ) -> Option<i64> {
        self.clock.stage = Stage::Search;
        let mut open = BinaryHeap::new();
        let mut number = 0;
        open.push(Open {
            bound: known,
            number: Reverse(0),
            states: root.states.clone(),
            prices: Rc::new(bounded.prices.clone()),
            mean: Rc::new(bounded.mean.clone()),
        });
        let mut told = known;
        while let Some(node) = open.pop() {
            if node.bound <= self.aim(model).best {
                return None;
            }
            if node.bound < told {
                told = node.bound;
                self.tell(told);
            }
            if self.is_enough() || !self.clock.goes_on() {
                return Some(node.bound);
            }
            let Some(part) = Part::new(model, node.states) else { continue };
            let Some(place) = undecided(&part, &node.mean) else {
                self.take(model, weighed(model, part.chosen));
                continue;
            };
            for state in [State::Out, State::In] {
                let mut states = part.states.clone();
                states[place] = state;
                let Some(mut child) = Part::new(model, states) else { continue };
                self.clock.spend(model.places.len() as u64 + model.items.len() as u64);
                let bounded = self.lower(model, relaxation, &mut child, node.prices.to_vec(), ROUNDS);
                if child.free.is_empty() {
                    self.take(model, weighed(model, child.chosen.clone()));
                }
                if let Some(bound) = bounded.bound.filter(|bound| *bound > self.aim(model).best) {
                    number += 1;
                    open.push(Open {
                        bound: bound.min(node.bound),
                        number: Reverse(number),
                        states: child.states,
                        prices: Rc::new(bounded.prices),
                        mean: Rc::new(bounded.mean),
                    });
                }
            }
        }
        None
    }
}

/// Whether a bound that was told says more than another one.
fn is_better_than(told: &dyn Fn(i64) -> u64, known: u64, other: u64) -> bool {
    let is_maximised = told(1) > told(0);
    if is_maximised { known < other } else { known > other }
}

/// The free place that the relaxation is least sure of.
fn undecided(part: &Part, mean: &[f64]) -> Option<usize> {
    let unsure = |place: &usize| mean[*place].min(1.0 - mean[*place]);
    part.free.iter().copied().max_by(|a, b| unsure(a).total_cmp(&unsure(b)).then(b.cmp(a)))
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == std::cmp::Ordering::Equal
    }
}

impl Eq for Open {}

impl Ord for Open {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.bound, self.number).cmp(&(other.bound, other.number))
    }
}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
