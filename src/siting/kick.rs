//! Plans shaken out of where exchanges leave them.

use super::bound::{Bounded, Rounds};
use super::branch::Search;
use super::clock::Clock;
use super::model::Model;
use super::part::Part;
use super::plans::{Known, improved_among, is_priced, mended, weighed};
use super::relax::Relaxation;
use super::restrict::State;

/// How often the relaxation chooses a place at least, for it to be among the few of a neighbourhood: first fewer, then more.
const OFTEN: [f64; 2] = [1e-3, 1e-4];
/// A neighbourhood so much smaller is worth a model of its own.
const MUCH_SMALLER: usize = 4;
/// Rounds of its bound, which is only to tell how often each place is chosen.
const ROUNDS: Rounds = Rounds { rounds: 200, first_step: 0.2 };
/// Shakes in a row that bring nothing; a small model would be shaken millions of times for its work.
const MOST_SHAKES: u32 = 2_000;

impl Search<'_, '_> {
    /// Looks for a better plan for so much work; whether one was found. Where the relaxation chooses few of the places at
    /// all, these are a model of their own (relaxation induced neighbourhoods: Danna, Rothberg and Le Pape, Mathematical
    /// Programming 102 (2005) 71), so much smaller that far more can be tried.
    pub(super) fn shake(&mut self, model: &Model, bounded: &Bounded, work: u64) -> bool {
        let before = self.best.as_ref().map(|(value, _)| *value);
        let until = self.clock.left().saturating_sub(work);
        for often in OFTEN {
            let Some(few) = self.few(model, bounded, often) else {
                // with more places it would be the same model, shaken in the same ways
                self.kick(model, bounded, until);
                break;
            };
            self.shake_few(&few, until);
        }
        self.best.as_ref().map(|(value, _)| *value) != before
    }

    /// The model of the places that the relaxation chooses so often, and of the best plan.
    fn few(&mut self, model: &Model, bounded: &Bounded, often: f64) -> Option<Model> {
        let (_, best) = self.best.as_ref()?;
        let is_one =
            |at: usize| bounded.mean[at] > often || best.binary_search(&(model.places[at].origin as usize)).is_ok();
        let state = |at: usize| if is_one(at) { State::Free } else { State::Out };
        let states: Vec<State> = (0..model.places.len()).map(state).collect();
        let size: usize = (0..states.len()).filter(|at| states[*at] == State::Free).map(|at| model.size_of(at)).sum();
        if size * MUCH_SMALLER > model.size() {
            return None;
        }
        self.clock.spend((model.places.len() + 2 * size) as u64);
        Some(model.restricted(&states).tightened())
    }

    fn shake_few(&mut self, few: &Model, until: u64) {
        let Some(mut part) = Part::whole(few) else { return };
        let relaxation = Relaxation::new(few);
        let was_aside = std::mem::replace(&mut self.is_aside, true);
        let bounded = self.lower(few, &relaxation, &mut part, relaxation.first_prices(), ROUNDS);
        self.is_aside = was_aside;
        // without a bound it is shown that nothing among these is better
        if bounded.bound.is_some() {
            self.kick(few, &bounded, until);
        }
    }

    /// Shakes the best plan until so much work is left, towards what the relaxation would choose.
    fn kick(&mut self, model: &Model, bounded: &Bounded, until: u64) {
        let (mut number, mut since) = (0, 0);
        while let Some((_, best)) = &self.best {
            if self.clock.left() <= until || !self.clock.goes_on() || self.is_enough() || since == MOST_SHAKES {
                break;
            }
            let is_in = |at: &usize| best.binary_search(&(model.places[*at].origin as usize)).is_ok();
            let places: Vec<usize> = (0..model.places.len()).filter(is_in).collect();
            let before = self.clock.left();
            let found = kicked(model, &places, &bounded.mean, &bounded.prices, number, self.clock);
            let better = self.take(model, found);
            // a look at an exchange takes about twice as long as one at a price
            let again = before - self.clock.left();
            self.clock.spend(again + (model.places.len() + model.size()) as u64);
            number += 1;
            since = if better { 0 } else { since + 1 };
        }
    }
}

/// A plan from the best one: some of its places give way to some that the linear relaxation would choose in part, `mean`
/// being how often it does. The same `number` shakes in the same way.
pub(super) fn kicked(
    model: &Model,
    best: &[usize],
    mean: &[f64],
    prices: &[f64],
    number: u64,
    clock: &mut Clock,
) -> Known {
    let mut luck = Luck(number);
    let mut chosen = best.to_vec();
    let most = if is_priced(model) { chosen.len() / 3 } else { chosen.len() / 5 };
    for _ in 0..=luck.below(most + 1) {
        if !chosen.is_empty() {
            chosen.swap_remove(luck.below(chosen.len()));
        }
    }
    let others: Vec<usize> = (0..mean.len()).filter(|at| mean[*at] > 0.02 && !chosen.contains(at)).collect();
    for _ in 0..others.len() {
        if chosen.len() >= best.len() {
            break;
        }
        let place = others[luck.below(others.len())];
        if luck.unit() < mean[place].sqrt() && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    let (_, chosen) = mended(model, &chosen, prices, clock)?;
    let among: Vec<usize> = (0..mean.len()).filter(|at| mean[*at] > 1e-3 || best.contains(at)).collect();
    if model.rooms.is_some() { weighed(model, chosen) } else { improved_among(model, chosen, &among, clock) }
}

/// Numbers that look like chance and are the same every time (`SplitMix64`).
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}
