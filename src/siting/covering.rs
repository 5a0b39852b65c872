//! A covering problem, made small without losing an answer.

use std::collections::HashMap;

/// Which candidates cover which cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Covering {
    /// Children of each cell who are not covered yet.
    pub weights: Vec<u64>,
    /// The cells that each candidate covers, in order, each once.
    pub covers: Vec<Vec<u32>>,
}

/// The same problem with fewer cells and candidates.
pub(super) struct Reduced {
    pub problem: Covering,
    /// The candidate of the whole problem that each candidate here is.
    pub original: Vec<usize>,
}

impl Covering {
    /// The children whom some candidates cover together.
    #[must_use]
    pub fn covered(&self, chosen: &[usize]) -> u64 {
        let mut seen = vec![false; self.weights.len()];
        let cells = chosen.iter().flat_map(|candidate| &self.covers[*candidate]);
        cells
            .filter(|cell| !std::mem::replace(&mut seen[**cell as usize], true))
            .map(|c| self.weights[*c as usize])
            .sum()
    }

    /// The candidates of each cell, in order.
    pub(super) fn by_cell(&self) -> Vec<Vec<u32>> {
        let mut by_cell = vec![Vec::new(); self.weights.len()];
        for (candidate, cells) in (0..).zip(&self.covers) {
            for cell in cells {
                by_cell[*cell as usize].push(candidate);
            }
        }
        by_cell
    }

    /// Leaves out what changes no answer: cells without children or candidates, candidates that cover no more than another
    /// one does; and draws cells together that the same candidates cover.
    pub(super) fn reduced(&self) -> Reduced {
        let kept = self.undominated();
        let mut groups: HashMap<Vec<u32>, u64> = HashMap::new();
        let thinned = Self {
            weights: self.weights.clone(),
            covers: kept.iter().map(|candidate| self.covers[*candidate].clone()).collect(),
        };
        for (candidates, weight) in thinned.by_cell().into_iter().zip(&self.weights) {
            if *weight > 0 && !candidates.is_empty() {
                *groups.entry(candidates).or_default() += weight;
            }
        }
        let mut groups: Vec<(Vec<u32>, u64)> = groups.into_iter().collect();
        groups.sort_unstable();
        let mut problem = Self { weights: Vec::with_capacity(groups.len()), covers: vec![Vec::new(); kept.len()] };
        for (cell, (candidates, weight)) in (0..).zip(groups) {
            problem.weights.push(weight);
            for candidate in candidates {
                problem.covers[candidate as usize].push(cell);
            }
        }
        Reduced { problem, original: kept }
    }

    /// Candidates that no other one makes needless; of two that cover the same, the first.
    fn undominated(&self) -> Vec<usize> {
        let wanted = |cells: &[u32]| -> Vec<u32> {
            cells.iter().copied().filter(|cell| self.weights[*cell as usize] > 0).collect()
        };
        let covers: Vec<Vec<u32>> = self.covers.iter().map(|cells| wanted(cells)).collect();
        let by_cell = Self { weights: self.weights.clone(), covers: covers.clone() }.by_cell();
        let needless = |candidate: &usize| {
            let cells = &covers[*candidate];
            // whoever covers all of it covers the cell that the fewest cover
            let Some(rarest) = cells.iter().min_by_key(|cell| by_cell[**cell as usize].len()) else { return true };
            by_cell[*rarest as usize].iter().map(|other| *other as usize).any(|other| {
                let (more, same) = (covers[other].len() > cells.len(), covers[other].len() == cells.len());
                other != *candidate && (more || (same && other < *candidate)) && holds(&covers[other], cells)
            })
        };
        (0..covers.len()).filter(|candidate| !needless(candidate)).collect()
    }
}

/// Whether all of `part` is in `whole`; both in order.
fn holds(whole: &[u32], part: &[u32]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|cell| rest.any(|other| other == cell))
}
