//! A plan, quickly: the best next place again and again.

use super::clock::Clock;
use super::model::{Model, NONE};
use super::tally::Tally;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What makes the next place the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// What it brings.
    Gain,
    /// What it brings for its price or, where there is none, its cost.
    GainForMoney,
}

/// What covering each item is worth: children who count, and those whom a group is short of, at the price of each group.
pub(super) fn weights(model: &Model, of_group: impl Fn(usize) -> f64) -> Vec<i64> {
    let weight = |item: &super::model::Item| {
        let group = if item.group == NONE { 0.0 } else { of_group(item.group as usize) };
        (if item.counts { item.children } else { 0 }) + (item.children as f64 * group).round() as i64
    };
    model.items.iter().map(weight).collect()
}

/// Chooses more places, the best first, as long as one brings something and rules allow it. It ends where all needs are met
/// if that is all that is wanted.
pub(super) fn grow(tally: &mut Tally, model: &Model, weights: &[i64], by: By, only_needs: bool, clock: &mut Clock) {
    let met = |tally: &Tally| tally.wanting() == 0 && tally.needs.iter().all(|need| *need <= 0);
    let mut taken = vec![false; model.places.len()];
    tally.chosen.iter().for_each(|place| taken[*place] = true);
    let money = |place: usize| match model.places[place] {
        super::model::Place { price, .. } if price > 0 => price as f64,
        super::model::Place { cost, .. } => (cost as f64).max(1e-9),
    };
    let key = |place: usize, gain: i64| if by == By::Gain { gain as f64 } else { gain as f64 / money(place) };
    let mut queue: BinaryHeap<Next> = BinaryHeap::new();
    for place in (0..model.places.len()).filter(|place| !taken[*place]) {
        let gain = tally.gain(place, weights);
        queue.push(Next { key: key(place, gain), place: Reverse(place), seen: tally.chosen.len() });
    }
    clock.spend(tally.size());
    let mut aside = Vec::new();
    while tally.chosen.len() < model.sites && !(only_needs && met(tally)) && !clock.stopped {
        let Some(next) = queue.pop() else { break };
        let place = next.place.0;
        if !fits(tally, model, place) {
            aside.push(next);
            continue;
        }
        if next.seen < tally.chosen.len() {
            clock.spend(model.size_of(place) as u64 + 16);
            let gain = tally.gain(place, weights);
            queue.push(Next { key: key(place, gain), seen: tally.chosen.len(), ..next });
            continue;
        }
        if next.key <= 0.0 && !tally.is_wanted(place) {
            // nothing brings anything: only towns may still want one
            if tally.wanting() == 0 {
                break;
            }
            aside.push(next);
            continue;
        }
        tally.put(place);
        queue.extend(aside.drain(..));
    }
}

/// Whether a place may be chosen beside the chosen ones, with room and money left for towns that want one.
fn fits(tally: &Tally, model: &Model, place: usize) -> bool {
    let wanted = tally.is_wanted(place);
    let room = model.sites - tally.chosen.len();
    (wanted || room > tally.wanting())
        && model
            .budget
            .is_none_or(|budget| tally.cost + model.places[place].cost + for_towns(tally, model, place) <= budget)
        && !tally.chosen.iter().any(|other| *other == place || model.clash(*other, place))
}

/// The least that the towns which still want one will cost, that of `place` aside.
fn for_towns(tally: &Tally, model: &Model, place: usize) -> i64 {
    if tally.wanting() == 0 {
        return 0;
    }
    let mut cheapest = vec![i64::MAX; model.wants.len()];
    for place in model.places.iter().filter(|place| place.town != NONE) {
        let known = &mut cheapest[place.town as usize];
        *known = (*known).min(place.cost);
    }
    let wants =
        |town: &usize| model.wants[*town] && tally.in_town[*town] == 0 && *town as u32 != model.places[place].town;
    (0..cheapest.len()).filter(wants).map(|town| cheapest[town]).filter(|cost| *cost < i64::MAX).sum()
}

/// A place in the queue, with what it brought when it was last looked at; by then it can only have become less.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Next {
    key: f64,
    place: Reverse<usize>,
    seen: usize,
}

impl Eq for Next {}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.total_cmp(&other.key).then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
