//! Two-step floating catchment areas: how many places there are for each child, where sites have a capacity.
//!
//! Luo and Wang (Environment and Planning B 30 (2003) 865): first, each site's capacity is shared out over all children
//! within the limit of it, which gives places per child; then each cell gets the sum of that over the sites within the
//! limit of it. Summed over all children, what they get is what there is (of the sites that anybody reaches).

use super::demand::Demand;
use super::figures::Groups;
use super::reach::reach;
use crate::network::{Joined, Search, Walk};
use rayon::prelude::*;

/// Sites whose reach is held together.
const AT_ONCE: usize = 64;

/// A site with its capacity, children at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Supply {
    /// How it meets the streets.
    pub place: Joined,
    /// How many children it takes.
    pub capacity: u32,
}

/// Places per child.
#[derive(Debug, Clone, PartialEq)]
pub struct Floating {
    /// All places of the sites that count.
    pub capacity: u64,
    /// How many sites count.
    pub sites: usize,
    /// Children who have no place within the limit.
    pub without: u64,
    /// Places for a thousand children.
    pub per_thousand: Option<f64>,
    /// The same of each group; nothing for groups without children.
    pub groups: Vec<Option<f64>>,
}

/// Shares out the capacity of sites over the children within `limit` milliseconds. Nothing when no site has any.
#[must_use]
pub fn floating(
    walk: &Walk,
    demand: &Demand,
    supplies: &[Supply],
    children: &[u32],
    groups: Groups<'_>,
    limit: u32,
) -> Option<Floating> {
    if supplies.is_empty() {
        return None;
    }
    let mut per_child = vec![0.0_f64; children.len()];
    // some at a time: what all of them reach together may be much more than there are cells
    for supplies in supplies.chunks(AT_ONCE) {
        let reaches: Vec<_> = supplies
            .par_iter()
            .map_init(Search::default, |search, supply| reach(walk, demand, &supply.place, limit, search))
            .collect();
        for (supply, reach) in supplies.iter().zip(&reaches) {
            let competing = reach.children(children);
            if competing > 0 {
                let each = f64::from(supply.capacity) / competing as f64;
                reach.cells.iter().for_each(|(cell, _)| per_child[*cell as usize] += each);
            }
        }
    }
    let mut sums = vec![(0.0, 0_u64); groups.count + 1];
    let mut without = 0;
    for (cell, each) in per_child.iter().enumerate() {
        let count = u64::from(children[cell]);
        without += if *each > 0.0 { 0 } else { count };
        for group in [usize::from(groups.of_cell[cell]), groups.count] {
            sums[group].0 += each * count as f64;
            sums[group].1 += count;
        }
    }
    let per_thousand = |(places, children): (f64, u64)| (children > 0).then(|| places / children as f64 * 1e3);
    let all = sums.pop().and_then(per_thousand);
    Some(Floating {
        capacity: supplies.iter().map(|supply| u64::from(supply.capacity)).sum(),
        sites: supplies.len(),
        without,
        per_thousand: all,
        groups: sums.into_iter().map(per_thousand).collect(),
    })
}
