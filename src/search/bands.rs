//! Where rows are on the map: sorted into bands of latitude and by longitude within each, so that the rows around a place
//! are a few ranges of one list, and nobody has to ask every row how far it is. Rows without a place are in none.

use super::matched::Near;
use super::rows::Rows;

/// Bands to a degree: one is some 1.7 km high.
const TO_A_DEGREE: f32 = 64.0;
const BANDS: usize = 180 * TO_A_DEGREE as usize + 1;

/// Rows by where they are.
#[derive(Debug)]
pub(super) struct Bands {
    /// Where each band begins among `rows`; the last is where they end.
    starts: Vec<u32>,
    rows: Vec<u32>,
}

fn band(lat: f32) -> usize {
    (((lat + 90.0) * TO_A_DEGREE) as usize).min(BANDS - 1)
}

impl Bands {
    pub(super) fn of(rows: &Rows) -> Self {
        let is_placed = |place: &u32| !rows.at(*place as usize)[1].is_nan();
        let mut placed: Vec<u32> = (0..rows.len() as u32).filter(is_placed).collect();
        placed.sort_unstable_by(|one, other| {
            let key = |place: u32| {
                let [lon, lat] = rows.at(place as usize);
                (band(lat), lon)
            };
            let ((band, lon), (other_band, other_lon)) = (key(*one), key(*other));
            band.cmp(&other_band).then(lon.total_cmp(&other_lon)).then(one.cmp(other))
        });
        let mut starts = vec![0; BANDS + 1];
        for place in &placed {
            starts[band(rows.at(*place as usize)[1]) + 1] += 1;
        }
        for band in 1..starts.len() {
            starts[band] += starts[band - 1];
        }
        Self { starts, rows: placed }
    }

    /// The rows no farther than so many metres, and some more, as pieces of the list; `at` tells where a row is.
    pub(super) fn around<'a>(&'a self, at: &'a Rows, near: Near, metres: f32) -> impl Iterator<Item = &'a [u32]> {
        let ([south, north], lons) = near.frame(metres);
        let bands = band(south)..=band(north);
        bands.flat_map(move |band| {
            let rows = &self.rows[self.starts[band] as usize..self.starts[band + 1] as usize];
            let place = |lon: f32| rows.partition_point(|row| at.at(*row as usize)[0] < lon);
            let within = move |[west, east]: [f32; 2]| &rows[place(west)..place(east)];
            lons.into_iter().flatten().map(within)
        })
    }

    pub(super) fn bytes_held(&self) -> usize {
        (self.starts.capacity() + self.rows.capacity()) * 4
    }
}

#[cfg(test)]
mod tests {
    use super::super::matched::FAR_M;
    use super::super::rows::Row;
    use super::*;
    use proptest::prelude::*;

    /// Longitude and latitude: anywhere, around one town, at both sides of 180 degrees, at a pole.
    fn place() -> impl Strategy<Value = [f32; 2]> {
        prop_oneof![
            (-180.0_f32..=180.0, -90.0_f32..=90.0),
            (116.0_f32..116.4, 36.2_f32..36.5),
            (179.99_f32..=180.0, -0.01_f32..0.01),
            (-180.0_f32..-179.99, -0.01_f32..0.01),
            (-180.0_f32..=180.0, 89.9_f32..=90.0),
        ]
        .prop_map(|(lon, lat)| [lon, lat])
    }

    proptest! {
        #[test]
        fn all_that_is_near_is_around_once(spots in prop::collection::vec(place(), 0..80), from in place()) {
            let mut rows = Rows::default();
            let spots = spots.into_iter().chain([from, [f32::NAN; 2]]);
            for at in spots {
                rows.push(Row { key: 0, class: 0, at, name: &[], also: &[], english: &[] });
            }
            let bands = Bands::of(&rows);
            let near = Near::new(f64::from(from[0]), f64::from(from[1]));
            for (step, metres) in (0..).zip(FAR_M) {
                let mut around: Vec<u32> = bands.around(&rows, near, metres).flatten().copied().collect();
                around.sort_unstable();
                prop_assert!(around.windows(2).all(|pair| pair[0] < pair[1]), "{around:?}");
                let is_near = |row: &u32| near.far(rows.at(*row as usize)) <= step;
                let missing = (0..rows.len() as u32).filter(is_near).find(|row| around.binary_search(row).is_err());
                prop_assert_eq!(missing, None, "within {} m of {:?}", metres, from);
            }
        }
    }
}
