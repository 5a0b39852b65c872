//! Exchanges: one of the chosen for one that is not, as long as it helps.
//!
//! What each exchange is worth is known for all of the chosen at once from a single look at the place that would come in
//! (fast interchange: Whitaker, INFOR 21 (1983) 95; Densham and Rushton, Papers in Regional Science 71 (1992) 307).

use super::clock::Clock;
use super::model::Model;
use super::tally::Tally;
use rayon::prelude::*;

/// Exchanges until none helps; the plan that is left. What comes in is one of `among`.
pub(super) fn swaps(
    model: &Model,
    chosen: &[usize],
    among: &[usize],
    weights: &[i64],
    clock: &mut Clock,
) -> Vec<usize> {
    let size: usize = among.iter().map(|place| model.size_of(*place)).sum();
    let mut tally = Tally::new(model, chosen);
    loop {
        if !clock.spend((size + model.items.len() + among.len() * (tally.chosen.len() + 1)) as u64) {
            break;
        }
        let found = if model.rooms.is_some() {
            with_rooms(&tally, model, weights, clock)
        } else {
            best(&tally, model, among, weights, size)
        };
        let Some((_, _, slot, place)) = found else { break };
        let mut chosen = tally.chosen.clone();
        chosen[slot] = place;
        tally = Tally::new(model, &chosen);
    }
    tally.chosen
}

/// What it brings, then what comes first when several bring the same, the position that goes and the place that comes.
type Found = (i64, std::cmp::Reverse<usize>, usize, usize);

fn best(tally: &Tally, model: &Model, among: &[usize], weights: &[i64], size: usize) -> Option<Found> {
    let losses = tally.losses(weights);
    let mut is_chosen = vec![false; model.places.len()];
    tally.chosen.iter().for_each(|place| is_chosen[*place] = true);
    let look = |more: &mut Vec<i64>, place: usize| -> Option<Found> {
        if is_chosen[place] {
            return None;
        }
        let gain = tally.plain_gain(place, weights) - model.places[place].price;
        tally.instead(place, weights, more);
        let brings = |slot: usize| gain + more[slot] - losses[slot] + model.places[tally.chosen[slot]].price;
        let slots = (0..tally.chosen.len()).filter(|slot| brings(*slot) > 0 && fits(tally, model, *slot, place));
        let slot = slots.max_by_key(|slot| (brings(*slot), std::cmp::Reverse(*slot)))?;
        Some((brings(slot), std::cmp::Reverse(place), slot, place))
    };
    let room = || vec![0; tally.chosen.len()];
    if size < 100_000 {
        let mut more = room();
        among.iter().filter_map(|place| look(&mut more, *place)).max()
    } else {
        among.par_iter().with_min_len(64).map_init(room, |more, place| look(more, *place)).flatten().max()
    }
}

/// With rooms every exchange is tried, the best newcomers of each leaver first, until one helps.
fn with_rooms(tally: &Tally, model: &Model, weights: &[i64], clock: &mut Clock) -> Option<Found> {
    let value = |tally: &Tally| {
        let short: i64 = tally.needs.iter().map(|need| (*need).max(0)).sum();
        (-short, model.value(&tally.chosen).0)
    };
    // what a plan is worth as a whole is a flow over all that its sites reach: twice, for it and for its tally
    let whole: u64 = tally.chosen.iter().map(|place| model.size_of(*place) as u64 * 8 + 50).sum();
    let before = value(tally);
    for slot in 0..tally.chosen.len() {
        let mut others = tally.without(slot);
        // what comes must bring more than what goes
        let went = others.gain(tally.chosen[slot], weights);
        for place in 0..model.places.len() {
            if tally.chosen.contains(&place) || !fits(tally, model, slot, place) {
                continue;
            }
            if !clock.spend(model.size_of(place) as u64 * 4 + 50) {
                return None;
            }
            if others.gain(place, weights) > went {
                if !clock.spend(whole) {
                    return None;
                }
                let mut chosen = tally.chosen.clone();
                chosen[slot] = place;
                let after = value(&Tally::new(model, &chosen));
                if after > before {
                    return Some((0, std::cmp::Reverse(place), slot, place));
                }
            }
        }
    }
    None
}

fn fits(tally: &Tally, model: &Model, slot: usize, place: usize) -> bool {
    let (leaves, comes) = (&model.places[tally.chosen[slot]], &model.places[place]);
    let town = leaves.town as usize;
    let towns =
        leaves.town == comes.town || model.wants.get(town).is_none_or(|wants| !wants || tally.in_town[town] > 1);
    towns
        && model.budget.is_none_or(|budget| tally.cost - leaves.cost + comes.cost <= budget)
        && (model.apart.is_none()
            || (0..tally.chosen.len()).all(|other| other == slot || !model.clash(tally.chosen[other], place)))
}
