//! Whether a position lies in water, as the extract draws it.

use super::class::Class;
use super::map::BaseMap;
use super::tile::MAX_ZOOM;
use super::world::{Step, step};
use crate::geo::LonLat;

impl BaseMap {
    /// Whether `at` lies in a lake, a pond or a river that is drawn as an area. Islands are holes and do not count; ditches and
    /// rivers that are lines have no inside.
    #[must_use]
    pub fn is_water(&self, at: LonLat) -> bool {
        let here = step(at);
        let corner = here.map(f64::from);
        let water = |number: &u32| self.feature(*number).class == Class::Water;
        self.features_in(MAX_ZOOM, corner, corner).iter().filter(|number| water(number)).any(|number| {
            let crossings = self.chains(*number).map(|ring| crossings(ring, here)).sum::<usize>();
            crossings % 2 == 1
        })
    }
}

/// How often a ray to the east meets a ring whose first point is not repeated (the even-odd rule; a vertex belongs to the
/// edge below it). Whole numbers, so that it is exact.
fn crossings(ring: &[Step], [x, y]: Step) -> usize {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let meets = |(a, b): &(&Step, &Step)| {
        let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
        let wide =
            |from: Step, to: Step| (i64::from(to[0]) - i64::from(from[0]), i64::from(to[1]) - i64::from(from[1]));
        let ((ax, ay), (px, py)) = (wide(**low, **high), wide(**low, [x, y]));
        low[1] <= y && y < high[1] && ax * py - ay * px > 0
    };
    edges.filter(meets).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::map::Parts;
    use crate::basemap::shape::Shape;
    use crate::basemap::world::degrees;

    #[test]
    fn a_pond_is_water_and_its_island_is_not() {
        let square = |from: i32, to: i32| vec![[from, from], [from, to], [to, to], [to, from]];
        let mut parts = Parts::new(false);
        for shape in Shape::assemble(&[square(1000, 2000)], &[square(1400, 1600)]) {
            parts.area(Class::Water, &shape);
        }
        parts.area(Class::Park, &Shape { rings: vec![square(3000, 4000)] });
        let map = BaseMap::new(parts);
        let wet = |x: f64, y: f64| {
            let [lon, lat] = degrees([x, y]);
            map.is_water(LonLat::new(lon, lat).expect("a position"))
        };
        let found = [(1200.0, 1500.0), (1500.0, 1500.0), (1800.0, 1500.0), (2500.0, 1500.0), (3500.0, 3500.0)];
        assert_eq!(found.map(|(x, y)| wet(x, y)), [true, false, true, false, false]);
    }
}
