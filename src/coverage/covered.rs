//! How many children are covered, by group, and what a change does to that: counted from the changed cells alone.

use super::figures::Groups;
use super::state::Coverage;
use super::trial::Changed;
use crate::children::{BandRange, Children};
use std::collections::BTreeMap;

/// Children of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// All.
    pub children: u64,
    /// Those within the limit.
    pub covered: u64,
}

/// Children who come within a limit, and who fall out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Difference {
    /// Who come in.
    pub gained: u64,
    /// Who fall out.
    pub lost: u64,
}

/// The children of each group and those within `limit` milliseconds: one pass over all cells.
#[must_use]
pub fn covered(
    coverage: &Coverage,
    children: &Children,
    ages: BandRange,
    groups: Groups<'_>,
    limit: u32,
) -> Vec<Covered> {
    let mut all = vec![Covered::default(); groups.count];
    for (cell, [nearest, _]) in coverage.cells().iter().enumerate() {
        let count = children.count(cell, ages);
        let group = &mut all[usize::from(groups.of_cell[cell])];
        group.children += count;
        if nearest.millis() <= limit {
            group.covered += count;
        }
    }
    all
}

/// What changed cells make different in each group where anybody comes in or falls out.
#[must_use]
pub fn difference(
    changed: &[Changed],
    children: &Children,
    ages: BandRange,
    groups: Groups<'_>,
    limit: u32,
) -> BTreeMap<u16, Difference> {
    let mut all: BTreeMap<u16, Difference> = BTreeMap::new();
    for Changed { index, before, after } in changed {
        let (was, is) = (before.millis() <= limit, after.millis() <= limit);
        let count = children.count(*index as usize, ages);
        if was == is || count == 0 {
            continue;
        }
        let group = all.entry(groups.of_cell[*index as usize]).or_default();
        *(if is { &mut group.gained } else { &mut group.lost }) += count;
    }
    all
}
