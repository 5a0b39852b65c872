//! Places that are too near to each other: sets of which a plan has one at most.
//!
//! Sets that share no place cost the bound nothing: the best of each is selected. Sets that overlap say far more, each at a
//! price (clique rows: Padberg, Mathematical Programming 5 (1973) 199).

use super::lists::Lists;
use super::model::{Model, NONE};
use super::part::Part;
use std::collections::{HashMap, HashSet};

/// Pairs beyond which only squares are looked at.
const MOST_PAIRS: usize = 400_000;

/// Squares with a diagonal shorter than the distance that is asked for. They lie within a town where towns want their own.
pub(super) struct Squares {
    of_place: Vec<u32>,
    count: usize,
}

impl Squares {
    pub fn of(model: &Model) -> Option<Self> {
        let side = model.apart? * (0.5_f64.sqrt() - 1e-9);
        let mut numbers: HashMap<(i64, i64, u32), u32> = HashMap::new();
        let mut of_place = Vec::with_capacity(model.places.len());
        for place in &model.places {
            let [x, y] = place.at.map(|metres| (metres / side).floor() as i64);
            let town = if model.wants.is_empty() { NONE } else { place.town };
            let next = numbers.len() as u32;
            of_place.push(*numbers.entry((x, y, town)).or_insert(next));
        }
        Some(Self { of_place, count: numbers.len() })
    }

    /// Positions among the free places of the best of each square.
    pub fn best(&self, part: &Part, worth: &[i64]) -> Vec<usize> {
        let mut best: Vec<u32> = vec![NONE; self.count];
        for (at, place) in part.free.iter().enumerate() {
            let known = &mut best[self.of_place[*place] as usize];
            if *known == NONE || worth[at] > worth[*known as usize] {
                *known = at as u32;
            }
        }
        best.into_iter().filter(|at| *at != NONE).map(|at| at as usize).collect()
    }
}

/// Sets of which all places clash with each other, such that every two that clash are in one of them; for each place its
/// sets, and how many sets there are. None where none clash, or too many.
pub(super) fn cliques(model: &Model) -> (Lists, usize) {
    let none = || {
        let mut none = Lists::default();
        (0..model.places.len()).for_each(|_| none.end());
        (none, 0)
    };
    let Some(beside) = neighbours(model) else { return none() };
    let mut known: HashSet<(u32, u32)> = HashSet::new();
    let mut sets = Lists::default();
    for (a, near) in beside.iter().enumerate() {
        for b in near.iter().copied().filter(|b| *b as usize > a) {
            if known.contains(&(a as u32, b)) {
                continue;
            }
            let mut set = vec![a as u32, b];
            for other in near.iter().copied().filter(|other| *other != b) {
                if set.iter().all(|one| model.clash(*one as usize, other as usize)) {
                    set.push(other);
                }
            }
            set.sort_unstable();
            for (at, one) in set.iter().enumerate() {
                known.extend(set[at + 1..].iter().map(|other| (*one, *other)));
                sets.put(*one);
            }
            sets.end();
        }
    }
    let count = sets.len();
    (sets.transposed(model.places.len()), count)
}

/// For each place those that it clashes with, in order.
fn neighbours(model: &Model) -> Option<Vec<Vec<u32>>> {
    let apart = model.apart.filter(|apart| *apart > 0.0)?;
    let square = |place: usize| model.places[place].at.map(|metres| (metres / apart).floor() as i64);
    let mut squares: HashMap<[i64; 2], Vec<u32>> = HashMap::new();
    for place in 0..model.places.len() {
        squares.entry(square(place)).or_default().push(place as u32);
    }
    let (mut pairs, mut beside) = (0, Vec::with_capacity(model.places.len()));
    for place in 0..model.places.len() {
        let [x, y] = square(place);
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| [x, y]));
        let all = around.filter_map(|square| squares.get(&square)).flatten().copied();
        let mut near: Vec<u32> =
            all.filter(|other| *other as usize != place && model.clash(place, *other as usize)).collect();
        near.sort_unstable();
        pairs += near.len();
        if pairs > 2 * MOST_PAIRS {
            return None;
        }
        beside.push(near);
    }
    Some(beside)
}

#[cfg(test)]
mod tests {
    use super::super::model::Place;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_two_that_clash_are_in_a_set_and_no_others(
            spots in prop::collection::vec((0..40_u8, 0..40_u8), 0..60), apart in 1..30_u8
        ) {
            let place = |(x, y): &(u8, u8)| Place {
                origin: 0, cost: 0, price: 0, town: NONE, at: [f64::from(*x), f64::from(*y)],
            };
            let places: Vec<Place> = spots.iter().map(place).collect();
            let model = Model { places, apart: Some(f64::from(apart)), ..Model::default() };
            let (of_place, count) = cliques(&model);
            prop_assert!(of_place.size() == 0 || count > 0);
            for a in 0..spots.len() {
                for b in 0..a {
                    let together = of_place.of(a).iter().any(|set| of_place.of(b).contains(set));
                    prop_assert_eq!(together, model.clash(a, b));
                }
            }
        }
    }
}
