//! Many sites in squares, so that each is compared with those around it and not with all.

use super::{Looked, NEAR_M};
use crate::geo::LonLat;
use std::collections::HashMap;

/// The height of a square in degrees: somewhat more than [`NEAR_M`], of which a degree has 110,574 m at least.
const SQUARE_DEG: f64 = NEAR_M / 110_000.0;

/// Sites by square and kind.
#[derive(Debug, Default)]
pub struct Grid {
    squares: HashMap<(i32, i32), Vec<usize>>,
    all: Vec<Looked>,
}

/// The square of a place. Rows are as high as they are wide at the equator; columns are widened with the latitude, as seen
/// from the row, so that a neighbour within [`NEAR_M`] is never two columns away.
fn square(at: LonLat) -> (i32, i32) {
    let row = (at.lat() / SQUARE_DEG).floor();
    (row as i32, column(row as i32, at.lon()))
}

fn column(row: i32, lon: f64) -> i32 {
    // the edge of the row, and of its neighbours, that is nearer to a pole
    let lat = (f64::from(row).abs() + 2.0) * SQUARE_DEG;
    let width = SQUARE_DEG / lat.min(89.9).to_radians().cos();
    (lon / width).floor() as i32
}

impl Grid {
    /// Puts a site in; what it is known by is its place in the order in which sites were put in.
    pub fn put(&mut self, site: Looked) {
        self.squares.entry(square(site.at)).or_default().push(self.all.len());
        self.all.push(site);
    }

    /// The site at a place in the order.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&Looked> {
        self.all.get(place)
    }

    /// Those in the squares around `at`, with their places, in no order: all within [`NEAR_M`], and some more.
    pub fn around(&self, at: LonLat) -> impl Iterator<Item = (usize, &Looked)> {
        let (row, _) = square(at);
        (row - 1..=row + 1)
            .flat_map(move |row| {
                let column = column(row, at.lon());
                (column - 1..=column + 1).map(move |column| (row, column))
            })
            .filter_map(|square| self.squares.get(&square))
            .flatten()
            .map(|place| (*place, &self.all[*place]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::geodesic_m;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn whoever_is_near_is_around(lat in -84.0..84.0f64, lon in -179.0..179.0f64, north in -0.003..0.003f64, east in -0.03..0.03f64) {
            let at = LonLat::new(lon, lat).expect("a position");
            let other = LonLat::new(lon + east, lat + north).expect("a position");
            let mut grid = Grid::default();
            grid.put(Looked::new(0, other, "一处", None));
            prop_assert!(geodesic_m(at, other) > NEAR_M || grid.around(at).count() == 1);
        }
    }
}
