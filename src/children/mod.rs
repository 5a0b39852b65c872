//! How many children live where, by age: the demand that coverage counts.
//!
//! A cell is a place (the middle of a grid cell, a village, an address range) with a count for each age band. Counts are
//! whole children. Where a file has fractions they are rounded so that the total of each band stays what it was, to the
//! child, and so that towns keep theirs as nearly as can be ([`whole_along`] has the method).

mod band;
mod rounding;
mod stored;

pub use band::{AgeBand, BandRange};
pub use rounding::{Fractions, whole, whole_along};
pub use stored::StoredChildrenError;

use crate::geo::LonLat;
use crate::text::Words;
use serde::{Deserialize, Serialize};

/// The kind of dataset that children are stored as.
pub const CHILDREN: &str = "children";

/// How the counts came about, to be said with each figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// As the file gives them.
    Given,
    /// The file has fractions; rounded, the totals kept.
    Rounded,
    /// From a raster of people; rounded, the totals kept.
    Raster,
    /// Totals of towns, spread over the streets where people live.
    Spread,
}

/// A cell as it is put in.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What the file calls it; its row, where the file has no names.
    pub id: Box<str>,
    /// Its middle.
    pub at: LonLat,
    /// Children by band.
    pub counts: Vec<u32>,
}

/// All cells of a county.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Children {
    bands: Vec<AgeBand>,
    method: Method,
    /// Whether they are made up for show.
    demonstration: bool,
    ids: Vec<Box<str>>,
    /// Ten-millionths of a degree.
    places: Vec<[i32; 2]>,
    /// Cell after cell, a count for each band.
    counts: Vec<u32>,
}

impl Children {
    /// From cells in any order, which is kept. Bands must be sorted and apart (see [`AgeBand::sorted`]), and every cell has
    /// a count for each.
    #[must_use]
    pub fn new(bands: Vec<AgeBand>, method: Method, demonstration: bool, cells: Vec<Cell>) -> Self {
        let mut children = Self {
            counts: Vec::with_capacity(cells.len() * bands.len()),
            ids: Vec::with_capacity(cells.len()),
            places: Vec::with_capacity(cells.len()),
            bands,
            method,
            demonstration,
        };
        for cell in cells {
            debug_assert_eq!(cell.counts.len(), children.bands.len(), "a count for each band");
            children.ids.push(cell.id);
            children.places.push(cell.at.e7());
            children.counts.extend(cell.counts);
        }
        children
    }

    /// The age bands, youngest first.
    #[must_use]
    pub fn bands(&self) -> &[AgeBand] {
        &self.bands
    }

    /// How the counts came about.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Whether they are made up for show.
    #[must_use]
    pub fn demonstration(&self) -> bool {
        self.demonstration
    }

    /// How many cells there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where a cell is.
    #[must_use]
    pub fn at(&self, cell: usize) -> LonLat {
        LonLat::from_e7(self.places[cell])
    }

    /// What a cell is called in its file.
    #[must_use]
    pub fn id(&self, cell: usize) -> &str {
        &self.ids[cell]
    }

    /// Children of a cell by band.
    #[must_use]
    pub fn counts(&self, cell: usize) -> &[u32] {
        let bands = self.bands.len();
        &self.counts[cell * bands..(cell + 1) * bands]
    }

    /// Children of a cell, of the bands in `range`.
    #[must_use]
    pub fn count(&self, cell: usize, range: BandRange) -> u64 {
        self.counts(cell)[range.first..range.end].iter().map(|n| u64::from(*n)).sum()
    }

    /// Children of each cell, of the bands in `range`.
    #[must_use]
    pub fn of(&self, range: BandRange) -> Vec<u32> {
        (0..self.len()).map(|cell| self.counts(cell)[range.first..range.end].iter().sum()).collect()
    }

    /// All children of the bands in `range`.
    #[must_use]
    pub fn total(&self, range: BandRange) -> u64 {
        (0..self.len()).flat_map(|cell| &self.counts(cell)[range.first..range.end]).map(|n| u64::from(*n)).sum()
    }

    /// The bands that make up exactly the ages from `from` to `to`, both included; the error says what there is.
    pub fn ages(&self, from: u8, to: u8) -> Result<BandRange, Words> {
        band::range(&self.bands, from, to)
    }

    /// The bands that are counted unless somebody says otherwise: 0 to 14, or all where bands do not end at 14.
    #[must_use]
    pub fn usual_ages(&self) -> BandRange {
        self.ages(0, 14).unwrap_or(BandRange { first: 0, end: self.bands.len() })
    }
}
