//! Where the children live who are not covered, as neighbourhoods.
//!
//! The uncovered cell with the most children takes in every uncovered cell of its group within [`ACROSS_M`] metres; of what
//! is left the cell with the most children does the same, and so on. So a gap is a place that one can go to, at most twice
//! that across, and never a chain of hamlets through half the county.

use super::figures::Groups;
use crate::geo::{Bounds, LocalPlane, LonLat, geodesic_m};
use crate::text::Words;
use std::collections::HashMap;

/// How far a neighbourhood reaches around its largest cell, metres.
pub const ACROSS_M: f64 = 750.0;
/// Side of the squares in which cells are looked up: degrees of latitude that are [`ACROSS_M`] or more everywhere.
const SQUARE_DEGREES: f64 = 0.007;

/// A neighbourhood whose children are not covered.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The cell with the most children.
    pub cell: u32,
    /// Where that is.
    pub at: LonLat,
    /// The group of all its cells.
    pub group: u16,
    /// The box around its cells.
    pub bounds: Bounds,
    /// Uncovered children.
    pub children: u64,
    /// How many cells.
    pub cells: usize,
}

/// The gaps among some uncovered cells, each named once: most children first, equal ones by cell. All cells of the groups
/// that are looked at must be among them.
#[must_use]
pub fn gaps(
    uncovered: impl IntoIterator<Item = u32>,
    places: impl Fn(u32) -> LonLat,
    children: impl Fn(u32) -> u64,
    groups: Groups<'_>,
) -> Vec<Gap> {
    let counted = uncovered.into_iter().map(|cell| (std::cmp::Reverse(children(cell)), cell));
    let mut cells: Vec<_> = counted.filter(|(count, _)| count.0 > 0).collect();
    cells.sort_unstable();
    let row_of = |at: LonLat| (at.lat() / SQUARE_DEGREES).floor() as i32;
    // squares are wider in degrees towards the poles, as degrees narrow there; a row of them has one width
    let width_of = |row: i32| SQUARE_DEGREES / (f64::from(row) * SQUARE_DEGREES).to_radians().cos().max(0.01);
    let column_of = |at: LonLat, row: i32| (at.lon() / width_of(row)).floor() as i32;
    let mut squares: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (rank, (_, cell)) in cells.iter().enumerate() {
        let at = places(*cell);
        squares.entry((row_of(at), column_of(at, row_of(at)))).or_default().push(rank);
    }
    let mut taken = vec![false; cells.len()];
    let mut found: Vec<Gap> = Vec::new();
    for rank in 0..cells.len() {
        if taken[rank] {
            continue;
        }
        let (_, heaviest) = cells[rank];
        let (at, group) = (places(heaviest), groups.of_cell[heaviest as usize]);
        let near = Near::around(at);
        let mut gap = Gap { cell: heaviest, at, group, bounds: Bounds::around(at), children: 0, cells: 0 };
        for row in row_of(at) - 1..=row_of(at) + 1 {
            for column in column_of(at, row) - 1..=column_of(at, row) + 1 {
                let Some(square) = squares.get_mut(&(row, column)) else { continue };
                square.retain(|rank| {
                    let (count, cell) = cells[*rank];
                    let there = places(cell);
                    let within = groups.of_cell[cell as usize] == group && near.holds(there);
                    if within {
                        taken[*rank] = true;
                        gap.children += count.0;
                        gap.cells += 1;
                        gap.bounds.extend(there);
                    }
                    !within
                });
            }
        }
        found.push(gap);
    }
    found.sort_by_key(|gap| (std::cmp::Reverse(gap.children), gap.cell));
    found
}

/// What lies within [`ACROSS_M`] of a place, exactly: on a flat map, which is right to centimetres so near by, but where
/// that leaves a doubt.
struct Near {
    middle: LonLat,
    plane: LocalPlane,
}

/// Metres by which the flat map may be wrong, and many more.
const DOUBT_M: f64 = 2.0;
/// Nearer to the poles no flat map is trusted.
const FLAT_DEGREES: f64 = 70.0;

impl Near {
    fn around(middle: LonLat) -> Self {
        Self { middle, plane: LocalPlane::around(middle) }
    }

    fn holds(&self, at: LonLat) -> bool {
        let [east, north] = self.plane.metres(at);
        let metres = east.hypot(north);
        if self.middle.lat().abs() > FLAT_DEGREES || (metres - ACROSS_M).abs() <= DOUBT_M {
            return geodesic_m(self.middle, at) <= ACROSS_M;
        }
        metres < ACROSS_M
    }
}

/// In which direction `to` lies, seen from `from`; nothing when they are closer than `near_m` metres.
#[must_use]
pub fn direction(from: LonLat, to: LonLat, near_m: f64) -> Option<Words> {
    if geodesic_m(from, to) < near_m {
        return None;
    }
    let east = (to.lon() - from.lon()) * from.lat().to_radians().cos();
    let north = to.lat() - from.lat();
    let eighth = ((east.atan2(north).to_degrees() + 360.0 + 22.5) / 45.0).floor() as usize % 8;
    let words = [
        ("北", "north"),
        ("东北", "north-east"),
        ("东", "east"),
        ("东南", "south-east"),
        ("南", "south"),
        ("西南", "south-west"),
        ("西", "west"),
        ("西北", "north-west"),
    ];
    let (zh, en) = words[eighth];
    Some(Words::fixed(zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).expect("a position")
    }

    #[test]
    fn neighbours_are_one_gap_and_towns_are_apart() {
        let places = [at(116.0, 36.0), at(116.005, 36.0), at(116.0, 36.2), at(116.004, 36.0), at(116.001, 36.0)];
        let children = [5_u64, 30, 40, 9, 0];
        let of_cell = [0, 0, 0, 1, 0];
        let groups = Groups { of_cell: &of_cell, count: 2 };
        let found = gaps(0..5, |cell| places[cell as usize], |cell| children[cell as usize], groups);
        let told: Vec<_> = found.iter().map(|gap| (gap.cell, gap.children, gap.cells, gap.group)).collect();
        assert_eq!(told, [(2, 40, 1, 0), (1, 35, 2, 0), (3, 9, 1, 1)]);
        assert!((found[1].bounds.west, found[1].bounds.east) == (116.0, 116.005));
    }

    #[test]
    fn the_eight_directions() {
        let from = at(116.0, 36.0);
        for (to, en) in [
            (at(116.0, 36.1), "north"),
            (at(116.2, 36.15), "north-east"),
            (at(116.1, 36.0), "east"),
            (at(116.0, 35.9), "south"),
            (at(115.8, 35.85), "south-west"),
            (at(115.9, 36.0), "west"),
        ] {
            assert_eq!(direction(from, to, 300.0).expect("far").en, en);
        }
        assert_eq!(direction(from, at(116.001, 36.0), 300.0), None);
    }

    proptest! {
        #[test]
        fn every_uncovered_child_is_in_one_gap(
            cells in prop::collection::vec((0..400_i32, 0..400_i32, 0_u32..40, 0_u16..3, any::<bool>()), 0..120),
        ) {
            let places: Vec<LonLat> =
                cells.iter().map(|c| at(116.0 + f64::from(c.0) / 1e4, 36.0 + f64::from(c.1) / 1e4)).collect();
            let of_cell: Vec<u16> = cells.iter().map(|c| c.3).collect();
            let groups = Groups { of_cell: &of_cell, count: 3 };
            let uncovered = (0..cells.len() as u32).filter(|cell| cells[*cell as usize].4);
            let children = |cell: u32| u64::from(cells[cell as usize].2);
            let found = gaps(uncovered, |cell| places[cell as usize], children, groups);
            let wanted: u64 = cells.iter().filter(|c| c.4).map(|c| u64::from(c.2)).sum();
            prop_assert_eq!(found.iter().map(|gap| gap.children).sum::<u64>(), wanted);
            prop_assert!(found.is_sorted_by(|a, b| a.children >= b.children));
            // each town's gaps are the same when it is looked at alone
            for town in 0..3 {
                let its = (0..cells.len() as u32).filter(|cell| cells[*cell as usize].4 && of_cell[*cell as usize] == town);
                let alone = gaps(its, |cell| places[cell as usize], children, groups);
                prop_assert_eq!(alone, found.iter().filter(|gap| gap.group == town).cloned().collect::<Vec<_>>());
            }
            for pair in found.iter().flat_map(|a| found.iter().map(move |b| (a, b))) {
                // two heaviest cells of one group lie apart, or one would have taken in the other
                let apart = pair.0.cell == pair.1.cell || pair.0.group != pair.1.group
                    || geodesic_m(pair.0.at, pair.1.at) > ACROSS_M;
                prop_assert!(apart);
            }
        }
    }
}
