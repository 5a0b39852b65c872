//! The streets that can be walked from a place within some limits of time, cut exactly where each limit ends.

use super::graph::{EdgeIndex, segment_mm};
use super::join::Joined;
use super::search::Search;
use super::walk::Walk;
use crate::geo::LonLat;
use std::collections::HashSet;

/// The streets of one band of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Belt {
    /// Parts of streets, each as its points.
    pub lines: Vec<Vec<LonLat>>,
    /// Metres of them all.
    pub length_m: f64,
}

/// A part of a street: millimetres from its end `a`.
type Span = [u32; 2];

impl Walk {
    /// The streets within each of some rising limits (milliseconds) of a place, each street in the band of the earliest
    /// limit that reaches it. `search` is left with the junctions within the last limit.
    #[must_use]
    pub fn service_area(&self, place: &Joined, limits: &[u32], search: &mut Search) -> Vec<Belt> {
        let mut belts = vec![Belt::default(); limits.len()];
        let Some(last) = limits.last() else { return belts };
        self.spread(search, &place.ends, *last);
        let mut streets: HashSet<EdgeIndex> = HashSet::from([place.edge]);
        for node in search.reached() {
            streets.extend(&self.network().arcs()[self.network().arcs_at(*node)]);
        }
        let mut streets: Vec<EdgeIndex> = streets.into_iter().filter(|edge| self.may(*edge)).collect();
        streets.sort_unstable();
        for edge in streets {
            let mut before: Vec<Span> = Vec::new();
            for (belt, limit) in belts.iter_mut().zip(limits) {
                let within = self.within(edge, place, *limit, search);
                for span in apart(&within, &before) {
                    belt.length_m += f64::from(span[1] - span[0]) / 1e3;
                    belt.lines.push(self.cut(edge, span));
                }
                before = within;
            }
        }
        belts
    }

    /// The parts of a street within a limit, apart and in order.
    fn within(&self, edge: EdgeIndex, place: &Joined, limit: u32, search: &Search) -> Vec<Span> {
        let ends = *self.network().edge(edge);
        let mut spans = Vec::new();
        let left = |node| search.millis(node).and_then(|there| limit.checked_sub(there + self.delay(edge, node)));
        if let Some(left) = left(ends.a) {
            spans.push([0, self.far(edge, left).min(ends.length_mm)]);
        }
        if let Some(left) = left(ends.b) {
            spans.push([ends.length_mm.saturating_sub(self.far(edge, left)), ends.length_mm]);
        }
        if let Some(left) = limit.checked_sub(place.beside).filter(|_| place.edge == edge) {
            let far = self.far(edge, left);
            spans.push([place.along_mm.saturating_sub(far), place.along_mm.saturating_add(far).min(ends.length_mm)]);
        }
        joined(spans)
    }

    /// How many millimetres of a street take so long.
    fn far(&self, edge: EdgeIndex, millis: u32) -> u32 {
        let slower = if self.network().edge(edge).traits().steps { self.profile().steps.unwrap_or(1.0) } else { 1.0 };
        (f64::from(millis) * self.profile().pace_m_per_s / slower).floor() as u32
    }

    /// The points of a part of a street.
    fn cut(&self, edge: EdgeIndex, [from, to]: Span) -> Vec<LonLat> {
        let mut line: Vec<LonLat> = Vec::new();
        let mut at = 0_u32;
        let points: Vec<[i32; 2]> = self.network().points(edge).collect();
        for pair in points.windows(2) {
            let mm = segment_mm(pair[0], pair[1]);
            let end = at.saturating_add(mm);
            if end >= from && at <= to && mm > 0 {
                let point = |along: u32| {
                    let share = f64::from(along.clamp(at, end) - at) / f64::from(mm);
                    let axis = |axis: usize| {
                        let [a, b] = [f64::from(pair[0][axis]), f64::from(pair[1][axis])];
                        (a + share * (b - a)).round() as i32
                    };
                    LonLat::from_e7([axis(0), axis(1)])
                };
                if line.is_empty() {
                    line.push(point(from));
                }
                line.push(point(to));
            }
            at = end;
        }
        line.dedup_by_key(|at| at.e7());
        line
    }
}

/// Spans in order, those that meet drawn together, the empty ones left out.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|[from, to]| from < to);
    spans.sort_unstable();
    let mut all: Vec<Span> = Vec::new();
    for [from, to] in spans {
        match all.last_mut() {
            Some(last) if from <= last[1] => last[1] = last[1].max(to),
            _ => all.push([from, to]),
        }
    }
    all
}

/// What of `spans` is not in `known`; both apart and in order.
fn apart(spans: &[Span], known: &[Span]) -> Vec<Span> {
    let mut rest = Vec::new();
    for [from, to] in spans {
        let mut at = *from;
        for [known_from, known_to] in known.iter().filter(|known| known[0] < *to && known[1] > *from) {
            if at < *known_from {
                rest.push([at, *known_from]);
            }
            at = at.max(*known_to);
        }
        if at < *to {
            rest.push([at, *to]);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spans_are_sets(a in prop::collection::vec([0_u32..60, 0_u32..60], 0..6),
                          b in prop::collection::vec([0_u32..60, 0_u32..60], 0..6)) {
            let has = |spans: &[Span], at: u32| spans.iter().any(|[from, to]| *from <= at && at < *to);
            let (a, b) = (joined(a), joined(b));
            let rest = apart(&a, &b);
            for at in 0..60 {
                prop_assert_eq!(has(&rest, at), has(&a, at) && !has(&b, at), "{} {:?} {:?}", at, a, b);
            }
            prop_assert!(a.windows(2).all(|pair| pair[0][1] < pair[1][0]));
        }
    }
}
