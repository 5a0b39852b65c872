//! From chains of nodes to rings that hold to one direction, as tiles want them.

use super::world::Step;
use geo::{Area, Contains, Coord, InteriorPoint, LineString, Polygon};

/// The fewest points of a ring that does not repeat its first.
const RING: usize = 3;

/// A ring in steps, its first point not repeated.
pub(super) type Ring = Vec<Step>;

/// Twice the signed area: positive when it runs clockwise on a screen, where y points down (MVT 2.1 §4.3.3.3).
pub(super) fn turn(ring: &[Step]) -> i128 {
    let wide = |[x, y]: Step| (i128::from(x), i128::from(y));
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| {
            let ((ax, ay), (bx, by)) = (wide(*a), wide(*b));
            ax * by - bx * ay
        })
        .sum()
}

/// A chain as a ring in the wanted direction; nothing when it bounds no area.
pub(super) fn ring(chain: &[Step], clockwise: bool) -> Option<Ring> {
    let mut ring = chain.to_vec();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let turn = turn(&ring);
    if ring.len() < RING || turn == 0 {
        return None;
    }
    if (turn > 0) != clockwise {
        ring.reverse();
    }
    Some(ring)
}

/// An area with its holes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// The outer ring, then those of its holes.
    pub rings: Vec<Ring>,
}

impl Shape {
    /// One for each outer ring; a hole goes to the first that holds it.
    pub fn assemble(outer: &[Vec<Step>], inner: &[Vec<Step>]) -> Vec<Self> {
        let mut shapes: Vec<(Polygon, Self)> = outer
            .iter()
            .filter_map(|chain| ring(chain, true))
            .map(|ring| (Polygon::new(line(&ring), Vec::new()), Self { rings: vec![ring] }))
            .collect();
        for hole in inner.iter().filter_map(|chain| ring(chain, false)) {
            let probe = coord(hole[0]);
            // a hole that touches the outer ring with its first point is still one when it is the only ring there
            let home = match shapes.as_slice() {
                [_] => Some(0),
                many => many.iter().position(|(polygon, _)| polygon.contains(&probe)),
            };
            if let Some(home) = home {
                shapes[home].1.rings.push(hole);
            }
        }
        shapes.into_iter().map(|(_, shape)| shape).collect()
    }

    fn polygon(&self) -> Polygon {
        Polygon::new(line(&self.rings[0]), self.rings[1..].iter().map(|hole| line(hole)).collect())
    }

    /// Square steps.
    pub fn area(&self) -> f64 {
        self.polygon().unsigned_area()
    }

    /// Whether a position lies in the area.
    pub fn holds(&self, at: Step) -> bool {
        self.polygon().contains(&coord(at))
    }

    /// A spot well inside, where a name can stand.
    pub fn middle(&self) -> Option<[f64; 2]> {
        self.polygon().interior_point().map(|point| [point.x(), point.y()])
    }
}

fn coord([x, y]: Step) -> Coord {
    Coord { x: f64::from(x), y: f64::from(y) }
}

fn line(ring: &[Step]) -> LineString {
    ring.iter().map(|step| coord(*step)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_run_as_tiles_want_them_and_holes_go_where_they_belong() {
        let square = |x, y, a| vec![[x, y], [x, y + a], [x + a, y + a], [x + a, y], [x, y]];
        let shapes = Shape::assemble(&[square(0, 0, 10), square(20, 0, 10)], &[square(22, 2, 3)]);
        assert_eq!(shapes.iter().map(|shape| shape.rings.len()).collect::<Vec<_>>(), [1, 2]);
        assert_eq!((turn(&shapes[1].rings[0]), turn(&shapes[1].rings[1])), (200, -18));
        assert!((shapes[1].area() - 91.0).abs() < 1e-9);
        let [x, y] = shapes[1].middle().expect("a spot");
        assert!((20.0..30.0).contains(&x) && !((22.0..25.0).contains(&x) && (2.0..5.0).contains(&y)));
        assert!(Shape::assemble(&[vec![[0, 0], [5, 5], [0, 0]], vec![]], &[]).is_empty());
    }
}
