//! The best places when each is worth what it is worth, whatever the others are.

use super::clash::Squares;
use super::model::Model;
use super::part::Part;

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
/// something and there is room. One of each square at most.
pub(super) fn select(model: &Model, part: &Part, worth: &[i64], squares: Option<&Squares>) -> Selection {
    let mut open: Vec<usize> = squares.map_or_else(|| (0..worth.len()).collect(), |it| it.best(part, worth));
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
        for at in &positions {
            taken[*at] = true;
        }
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
    for at in &positions {
        selected[*at] = true;
    }
    let least = positions.iter().map(|at| worth[*at]).min().unwrap_or(0);
    let next = (0..worth.len()).filter(|at| !selected[*at]).map(|at| worth[at]).max().unwrap_or(0);
    // with room left, one more takes nothing away
    let least = if positions.len() < part.left { least.min(0) } else { least };
    Selection { positions, least, next: next.max(0) }
}
