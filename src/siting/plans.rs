//! Good plans, quickly: greedy and exchanges, with rules kept or mended.

use super::clock::Clock;
use super::greedy::{By, grow, weights};
use super::model::Model;
use super::swap::swaps;
use super::tally::Tally;

/// A plan and what it reaches.
pub(super) type Known = Option<(i64, Vec<usize>)>;

/// Rounds in which groups that fall short are given more weight.
const BALANCING: usize = 10;

/// The better of two plans, the first where both are as good.
pub(super) fn better(known: &mut Known, other: Known) -> bool {
    let is_better = match (&known, &other) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some((a, _)), Some((b, _))) => b > a,
    };
    if is_better {
        *known = other;
    }
    is_better
}

/// The plan with what it reaches, if it keeps all rules.
pub(super) fn weighed(model: &Model, mut chosen: Vec<usize>) -> Known {
    chosen.sort_unstable();
    model.kept(&chosen).map(|value| (value, chosen))
}

/// A plan to begin with.
pub(super) fn first(model: &Model, clock: &mut Clock) -> Known {
    let mut best = None;
    let ways: &[By] = if model.budget.is_some() { &[By::Gain, By::GainForMoney] } else { &[By::GainForMoney] };
    let ways = if is_priced(model) || model.budget.is_some() { ways } else { &[By::Gain] };
    for by in ways {
        let found = completed(model, &[], *by, clock);
        better(&mut best, improved(model, found, clock));
    }
    best
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
    if model.rooms.is_some() { weighed(model, chosen) } else { improved(model, chosen, clock) }
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

/// From places that were picked by something that does not know all rules: those of them that may stand together, and what
/// is missing.
pub(super) fn mended(model: &Model, picked: &[usize], prices: &[f64], clock: &mut Clock) -> Known {
    if let Some(kept) = weighed(model, picked.to_vec()) {
        return Some(kept);
    }
    let mut seed: Vec<usize> = Vec::new();
    for place in picked {
        seed.push(*place);
        let cost: i64 = seed.iter().map(|place| model.places[*place].cost).sum();
        let clash = seed.iter().any(|other| other != place && model.clash(*other, *place));
        if clash || seed.len() > model.sites || model.budget.is_some_and(|budget| cost > budget) {
            seed.pop();
        }
    }
    // what is dear is hard to cover: it comes first
    let mut dear: Vec<i64> =
        prices.iter().zip(&model.items).map(|(price, item)| price.round() as i64 + item.children.min(1)).collect();
    let plain = weights(model, |_| 0.0);
    if !is_priced(model) {
        dear.iter_mut().zip(&plain).for_each(|(dear, plain)| *dear += plain);
    }
    let mut tally = Tally::new(model, &seed);
    grow(&mut tally, model, &dear, By::GainForMoney, is_priced(model), clock);
    let chosen = if is_priced(model) { without_needless(model, tally.chosen) } else { tally.chosen };
    weighed(model, chosen).or_else(|| weighed(model, completed(model, &seed, By::GainForMoney, clock)))
}

/// A plan from one of fewer places.
pub(super) fn grown(model: &Model, chosen: &[usize], clock: &mut Clock) -> Known {
    let more = completed(model, chosen, By::Gain, clock);
    improved(model, more, clock)
}

fn is_priced(model: &Model) -> bool {
    model.places.iter().any(|place| place.price > 0)
}

/// Chooses for the needs first, then for what counts, and leaves out what is needless at its price.
fn completed(model: &Model, seed: &[usize], by: By, clock: &mut Clock) -> Vec<usize> {
    let mut tally = Tally::new(model, seed);
    while tally.needs.iter().any(|need| *need > 0) && tally.chosen.len() < model.sites && clock.goes_on() {
        let before = tally.chosen.len();
        // only groups that are short; a group that is met is left to the next round
        let short: Vec<bool> = tally.needs.iter().map(|need| *need > 0).collect();
        let weights = weights(model, |group| if short[group] { 1.0 } else { 0.0 });
        grow_until_one_is_met(&mut tally, model, &weights, by, clock);
        if tally.chosen.len() == before {
            break;
        }
    }
    if is_priced(model) {
        if tally.wanting() > 0 {
            let nothing = vec![0; model.items.len()];
            grow(&mut tally, model, &nothing, by, true, clock);
        }
        return without_needless(model, tally.chosen);
    }
    let weights = weights(model, |_| 0.0);
    grow(&mut tally, model, &weights, by, false, clock);
    tally.chosen
}

fn grow_until_one_is_met(tally: &mut Tally, model: &Model, weights: &[i64], by: By, clock: &mut Clock) {
    // a model whose other needs are none ends there; with several groups weights overshoot a little, which costs no rule
    grow(tally, model, weights, by, true, clock);
}

/// Leaves out, the dearest first, what is not needed.
fn without_needless(model: &Model, mut chosen: Vec<usize>) -> Vec<usize> {
    chosen.sort_by_key(|place| (std::cmp::Reverse(model.places[*place].price), *place));
    let mut at = 0;
    while at < chosen.len() {
        let mut fewer = chosen.clone();
        let left = fewer.remove(at);
        if model.places[left].price > 0 && model.kept(&fewer).is_some() {
            chosen = fewer;
        } else {
            at += 1;
        }
    }
    chosen
}

/// Exchanges, with the weight of groups raised until they are met; with prices, one place fewer again and again.
pub(super) fn improved(model: &Model, chosen: Vec<usize>, clock: &mut Clock) -> Known {
    if is_priced(model) {
        return fewer(model, chosen, clock);
    }
    let mut best = weighed(model, chosen.clone());
    let mut price = vec![0.0_f64; model.needs.len()];
    let (_, short) = model.value(&chosen);
    if short > 0 {
        price.fill(4.0);
    }
    let mut chosen = chosen;
    for _ in 0..BALANCING {
        chosen = swaps(model, chosen, &weights(model, |group| price[group]), clock);
        let mut tally = Tally::new(model, &chosen);
        if tally.chosen.len() < model.sites {
            grow(&mut tally, model, &weights(model, |group| price[group]), By::GainForMoney, false, clock);
            chosen.clone_from(&tally.chosen);
        }
        better(&mut best, weighed(model, chosen.clone()));
        if model.needs.iter().all(|need| *need <= 0) || !clock.goes_on() {
            break;
        }
        let mut changed = false;
        for (price, need) in price.iter_mut().zip(&tally.needs) {
            if *need > 0 {
                *price = *price * 3.0 + 0.2;
                changed = true;
            } else if *price > 0.01 {
                *price *= 0.6;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    best
}

/// One place less, mended by exchanges, as long as needs are met.
fn fewer(model: &Model, chosen: Vec<usize>, clock: &mut Clock) -> Known {
    let all = weights(model, |_| 1.0);
    let mut best = weighed(model, without_needless(model, swaps(model, chosen.clone(), &all, clock)));
    if best.is_none() {
        best = weighed(model, chosen);
    }
    while let Some((value, chosen)) = best.clone() {
        if !clock.goes_on() || chosen.is_empty() {
            break;
        }
        let losses = Tally::new(model, &chosen).losses(&all);
        let dear = |slot: usize| losses[slot] as f64 / (model.places[chosen[slot]].price as f64).max(1e-9);
        let Some(slot) = (0..chosen.len()).min_by(|a, b| dear(*a).total_cmp(&dear(*b)).then(a.cmp(b))) else { break };
        let mut fewer = chosen.clone();
        fewer.remove(slot);
        let found = weighed(model, without_needless(model, swaps(model, fewer, &all, clock)));
        if !found.as_ref().is_some_and(|(better, _)| *better > value) || !better(&mut best, found) {
            break;
        }
    }
    best
}
