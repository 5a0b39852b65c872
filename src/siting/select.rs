//! The best places when each is worth what it is worth, whatever the others are.

use super::model::{Model, NONE};
use super::part::Part;
use std::collections::HashMap;

/// Sets of places of which two are always too near to each other, so that a plan has one of each at most. They lie within a
/// town where towns want their own.
pub(super) struct Cliques {
    of_place: Vec<u32>,
    count: usize,
}

impl Cliques {
    /// Squares with a diagonal shorter than the distance that is asked for.
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

    /// Positions of the best place of each set.
    fn best(&self, part: &Part, worth: &[i64]) -> Vec<usize> {
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

/// Positions among the free places of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection {
    pub positions: Vec<usize>,
    /// What choosing one that is not selected takes away at least.
    pub least: i64,
    /// What comes in at most where one that is selected is left out.
    pub next: i64,
}

/// The selection that is worth the most: the best of each town that wants one, then the best of all as long as they are worth
/// something and there is room. One of each clique at most.
pub(super) fn select(model: &Model, part: &Part, worth: &[i64], cliques: Option<&Cliques>) -> Selection {
    let mut open: Vec<usize> = cliques.map_or_else(|| (0..worth.len()).collect(), |it| it.best(part, worth));
    let key = |at: &usize| (std::cmp::Reverse(worth[*at]), *at);
    let mut positions = Vec::with_capacity(part.left);
    if part.wants.iter().any(|wants| *wants) {
        let mut best: Vec<Option<usize>> = vec![None; part.wants.len()];
        for at in &open {
            let town = model.places[part.free[*at]].town as usize;
            if part.wants.get(town).is_some_and(|wants| *wants) && best[town].is_none_or(|known| key(at) < key(&known))
            {
                best[town] = Some(*at);
            }
        }
        positions.extend(best.iter().flatten().copied());
        let mut taken = vec![false; worth.len()];
        positions.iter().for_each(|at| taken[*at] = true);
        open.retain(|at| !taken[*at]);
    }
    let room = part.left.saturating_sub(positions.len());
    open.retain(|at| worth[*at] > 0);
    if open.len() > room {
        if room > 0 {
            open.select_nth_unstable_by_key(room - 1, key);
        }
        open.truncate(room);
    }
    positions.extend(open);
    positions.sort_unstable();
    let mut selected = vec![false; worth.len()];
    positions.iter().for_each(|at| selected[*at] = true);
    let least = positions.iter().map(|at| worth[*at]).min().unwrap_or(0);
    let next = (0..worth.len()).filter(|at| !selected[*at]).map(|at| worth[at]).max().unwrap_or(0);
    // with room left, one more takes nothing away
    let least = if positions.len() < part.left { least.min(0) } else { least };
    Selection { positions, least, next: next.max(0) }
}
