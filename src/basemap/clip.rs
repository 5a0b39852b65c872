//! What of a line or a ring lies in a square.

/// A point in units of a tile.
pub(super) type Point = [f64; 2];

/// A square from `low` to `high` on both axes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Square {
    pub low: f64,
    pub high: f64,
}

impl Square {
    fn holds_all(self, points: &[Point]) -> bool {
        points.iter().flatten().all(|part| (self.low..=self.high).contains(part))
    }

    /// A ring's part in the square (Sutherland and Hodgman 1974), in the same direction; empty when there is none. Where
    /// the ring leaves the square several times the parts are joined along its edge, outside of what is seen.
    pub fn ring(self, ring: &[Point]) -> Vec<Point> {
        if self.holds_all(ring) {
            return ring.to_vec();
        }
        let mut kept = ring.to_vec();
        for axis in [0, 1] {
            kept = cut(&kept, axis, self.low, |part| part >= self.low);
            kept = cut(&kept, axis, self.high, |part| part <= self.high);
        }
        kept
    }

    /// A line's parts in the square, each with at least two points (Liang and Barsky 1984, segment by segment).
    pub fn line(self, line: &[Point]) -> Vec<Vec<Point>> {
        if self.holds_all(line) {
            return vec![line.to_vec()];
        }
        let mut parts: Vec<Vec<Point>> = Vec::new();
        let mut goes_on = false;
        for ends in line.windows(2) {
            let Some((from, to)) = self.segment(ends[0], ends[1]) else {
                goes_on = false;
                continue;
            };
            let (start, end) = (between(ends[0], ends[1], from), between(ends[0], ends[1], to));
            match parts.last_mut().filter(|_| goes_on) {
                Some(part) => part.push(end),
                None => parts.push(vec![start, end]),
            }
            goes_on = to >= 1.0;
        }
        parts
    }

    /// Between which shares of its length a segment is inside.
    fn segment(self, a: Point, b: Point) -> Option<(f64, f64)> {
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for axis in [0, 1] {
            let run = b[axis] - a[axis];
            if run == 0.0 {
                if !(self.low..=self.high).contains(&a[axis]) {
                    return None;
                }
                continue;
            }
            let (low, high) = ((self.low - a[axis]) / run, (self.high - a[axis]) / run);
            from = from.max(low.min(high));
            to = to.min(low.max(high));
        }
        (from < to).then_some((from, to))
    }
}

fn between(a: Point, b: Point, share: f64) -> Point {
    if share <= 0.0 {
        a
    } else if share >= 1.0 {
        b
    } else {
        [0, 1].map(|axis| a[axis] + (b[axis] - a[axis]) * share)
    }
}

/// What of a ring lies on the inner side of one edge.
fn cut(ring: &[Point], axis: usize, edge: f64, inside: impl Fn(f64) -> bool) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut before) = ring.last().copied() else { return kept };
    for at in ring.iter().copied() {
        let (was, is) = (inside(before[axis]), inside(at[axis]));
        if was != is {
            let mut meets = between(before, at, (edge - before[axis]) / (at[axis] - before[axis]));
            meets[axis] = edge;
            kept.push(meets);
        }
        if is {
            kept.push(at);
        }
        before = at;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Square = Square { low: 0.0, high: 10.0 };

    #[test]
    fn a_ring_keeps_its_part_and_its_direction() {
        let ring = [[-5.0, 2.0], [5.0, 2.0], [5.0, 8.0], [-5.0, 8.0]];
        assert_eq!(SQUARE.ring(&ring), [[0.0, 2.0], [5.0, 2.0], [5.0, 8.0], [0.0, 8.0]]);
        assert_eq!(SQUARE.ring(&[[11.0, 0.0], [12.0, 0.0], [12.0, 9.0]]), Vec::<Point>::new());
        let around = SQUARE.ring(&[[-1.0, -1.0], [11.0, -1.0], [11.0, 11.0], [-1.0, 11.0]]);
        assert_eq!(around.len(), 4);
        assert!(SQUARE.holds_all(&around));
    }

    #[test]
    fn a_line_that_comes_back_has_two_parts() {
        let line = [[2.0, 5.0], [12.0, 5.0], [12.0, 7.0], [2.0, 7.0]];
        assert_eq!(SQUARE.line(&line), [[[2.0, 5.0], [10.0, 5.0]], [[10.0, 7.0], [2.0, 7.0]]]);
        let through = [[-4.0, 4.0], [5.0, 4.0], [5.0, 20.0]];
        assert_eq!(SQUARE.line(&through), [[[0.0, 4.0], [5.0, 4.0], [5.0, 10.0]]]);
        assert!(SQUARE.line(&[[-1.0, 0.0], [-1.0, 9.0]]).is_empty());
        // cuts off a corner without touching the square
        assert!(SQUARE.line(&[[-3.0, 1.0], [1.0, -3.0]]).is_empty());
    }
}
