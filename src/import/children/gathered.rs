//! What a file says, before fractions become whole children.

use super::{ChildrenError, RefusedRows};
use crate::children::{AgeBand, Cell, Children, Method, whole_along};
use crate::geo::{LonLat, z_order};
use crate::import::ImportError;
use crate::site::DraftProblem;
use crate::text::Words;

/// Wrong cells that are told one by one; of more only the number of rows is kept.
const TOLD: usize = 1000;

/// Cells with counts that may be fractions.
#[derive(Debug)]
pub(super) struct Gathered {
    bands: Vec<AgeBand>,
    ids: Vec<Box<str>>,
    places: Vec<LonLat>,
    /// Of each band, the counts cell after cell.
    values: Vec<Vec<f64>>,
    /// Cells without children, which are not kept.
    empty: u64,
}

/// What is said of a file beside its cells.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Headings that are not used.
    pub unused: Vec<String>,
    /// Rows in all.
    pub rows: u64,
    /// Rows that say that they are made up for show.
    pub demonstration: u64,
    /// Rows outside the part that is wanted.
    pub clipped: u64,
    /// What looks wrong though each row is right.
    pub warnings: Vec<Words>,
}

impl Facts {
    /// Whether the whole file is made up for show.
    pub(super) fn is_demonstration(&self) -> bool {
        self.rows > 0 && self.demonstration == self.rows
    }

    /// Warns of a file that is made up in part only, which can't be labelled.
    pub(super) fn check_label(&mut self) {
        let (some, all) = (self.demonstration, self.rows);
        if some > 0 && some < all {
            self.warnings.push(Words::new(
                format!("{all} 行中只有 {some} 行注明是示例数据;整份数据不会标为示例"),
                format!("only {some} of {all} rows say demonstration; the data are not labelled as such"),
            ));
        }
    }
}

impl Gathered {
    pub(super) fn new(bands: Vec<AgeBand>) -> Self {
        let values = vec![Vec::new(); bands.len()];
        Self { bands, ids: Vec::new(), places: Vec::new(), values, empty: 0 }
    }

    /// Takes in a cell, unless nobody lives there.
    pub(super) fn put(&mut self, id: impl FnOnce() -> Box<str>, at: LonLat, counts: &[f64]) {
        if counts.iter().all(|children| *children == 0.0) {
            self.empty += 1;
            return;
        }
        self.ids.push(id());
        self.places.push(at);
        for (values, children) in self.values.iter_mut().zip(counts) {
            values.push(*children);
        }
    }

    /// Counts cells without children that were not put.
    pub(super) fn none_at(&mut self, cells: u64) {
        self.empty += cells;
    }

    /// As whole children, each band's total kept along a path on which neighbours follow each other, and how many cells are left out because they have none. `method` says
    /// how the counts came about where it is not by rounding alone.
    pub(super) fn whole(self, method: Option<Method>, demonstration: bool) -> Result<(Children, u64), ChildrenError> {
        let fractions = self.values.iter().flatten().any(|value| value.fract() != 0.0);
        let method = method.unwrap_or(if fractions { Method::Rounded } else { Method::Given });
        let path = path(&self.places);
        let mut counts = Vec::with_capacity(self.bands.len());
        for values in self.values {
            counts.push(whole_along(&path, &values).map_err(|fractions| ChildrenError::Counts(fractions.to_string()))?);
        }
        let all: u64 = counts.iter().flatten().map(|n| u64::from(*n)).sum();
        if all > u64::from(u32::MAX) {
            return Err(ChildrenError::Counts(crate::children::Fractions::TooMany.to_string()));
        }
        let mut empty = self.empty;
        let mut cells = Vec::with_capacity(self.ids.len());
        for (place, (id, at)) in self.ids.into_iter().zip(self.places).enumerate() {
            let counts: Vec<u32> = counts.iter().map(|of_band| of_band[place]).collect();
            if counts.iter().all(|children| *children == 0) {
                empty += 1;
            } else {
                cells.push(Cell { id, at, counts });
            }
        }
        Ok((Children::new(self.bands, method, demonstration, cells), empty))
    }
}

/// The places in an order in which neighbours on the ground mostly follow each other; equal ones as they come.
pub(super) fn path(places: &[LonLat]) -> Vec<usize> {
    let mut path: Vec<usize> = (0..places.len()).collect();
    path.sort_by_cached_key(|place| (z_order(places[*place].e7()), *place));
    path
}

/// The wrong rows of a file.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    rows: u64,
    told: Vec<DraftProblem>,
}

impl Refusals {
    /// Notes a wrong row.
    pub(super) fn note(&mut self, problems: Vec<DraftProblem>) {
        self.rows += 1;
        let room = TOLD.saturating_sub(self.told.len());
        self.told.extend(problems.into_iter().take(room));
    }

    /// Nothing if no row is wrong.
    pub(super) fn done(self, file: String) -> Result<(), ImportError> {
        if self.rows == 0 {
            return Ok(());
        }
        Err(ChildrenError::Rows(RefusedRows { file, refused: self.rows, problems: self.told }).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bands() -> Vec<AgeBand> {
        vec![AgeBand { from: 0, to: 5 }, AgeBand { from: 6, to: 14 }]
    }

    #[test]
    fn cells_without_children_are_counted_and_left_out() {
        let at = LonLat::new(116.0, 36.0).expect("a position");
        let mut gathered = Gathered::new(bands());
        for counts in [[0.0, 0.0], [0.6, 0.0], [0.3, 0.0], [2.0, 1.0]] {
            gathered.put(|| "x".into(), at, &counts);
        }
        let (children, empty) = gathered.whole(None, false).expect("right");
        assert_eq!((children.len(), empty, children.method()), (2, 2, Method::Rounded));
        assert_eq!((children.counts(0), children.counts(1)), (&[1, 0][..], &[2, 1][..]));
    }

    proptest! {
        #[test]
        fn each_bands_total_is_kept(rows in prop::collection::vec([0.0..300.0_f64, 0.0..3.0_f64], 1..200)) {
            let at = LonLat::new(116.0, 36.0).expect("a position");
            let mut gathered = Gathered::new(bands());
            for row in &rows {
                gathered.put(|| "x".into(), at, row);
            }
            let (children, _) = gathered.whole(None, false).expect("right");
            for band in 0..2 {
                let told = children.total(crate::children::BandRange { first: band, end: band + 1 });
                prop_assert_eq!(told, rows.iter().map(|row| row[band]).sum::<f64>().round() as u64);
            }
        }
    }
}
