//! Depth first, for places that have prices: the place that the relaxation is surest of is put in, what follows from that is
//! settled, the rest is priced anew, and so on until nothing is left; then the same without it. Plans found so are often one
//! or two places less than what exchanges find, and since every part is a model of its own that is made small again, little
//! has to be looked at.

use super::bound::Rounds;
use super::branch::Search;
use super::model::Model;
use super::part::Part;
use super::plans::weighed;
use super::relax::Relaxation;
use super::restrict::State;

/// Rounds of the bound at each part.
const ROUNDS: Rounds = Rounds { rounds: 60, first_step: 0.2 };
/// Sizes of models for which this is the better way.
const MOST: usize = 20_000;

impl Model {
    /// Whether it is a small model whose places have prices.
    pub(super) fn is_small_and_priced(&self) -> bool {
        self.size() <= MOST && self.places.iter().any(|place| place.price > 0)
    }
}

impl Search<'_, '_> {
    /// Looks through a part of a model, `mean` telling how sure the relaxation is of each place. Tells what nothing that was
    /// not looked at is worth more than; `None` where all was.
    pub(super) fn dive(&mut self, model: &Model, states: &[State], mean: &[f64], bound: i64) -> Option<i64> {
        let free = (0..states.len()).filter(|place| states[*place] == State::Free);
        let Some(surest) = free.max_by(|a, b| mean[*a].total_cmp(&mean[*b]).then(b.cmp(a))) else {
            return self.look(model.restricted(states), bound);
        };
        let mut left = None;
        for state in [State::In, State::Out] {
            let mut states = states.to_vec();
            states[surest] = state;
            if let Some(part) = Part::new(model, states) {
                left = left.max(self.look(model.restricted(&part.states), bound));
            }
        }
        left
    }

    fn look(&mut self, model: Model, bound: i64) -> Option<i64> {
        let model = model.tightened();
        self.clock.spend(model.size() as u64 + 200);
        self.take(&model, weighed(&model, Vec::new()));
        if model.places.is_empty() {
            return None;
        }
        if !self.clock.goes_on() || self.is_enough() {
            return Some(bound);
        }
        let mut part = Part::whole(&model)?;
        let relaxation = Relaxation::new(&model);
        let prices = relaxation.first_prices();
        let bounded = self.lower(&model, &relaxation, &mut part, prices, ROUNDS);
        self.dive(&model, &part.states, &bounded.mean, bounded.bound?.min(bound))
    }
}
