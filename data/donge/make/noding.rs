//! Where roads meet: every crossing and every end that touches another road becomes a point of both.
//!
//! Segments are sorted into buckets of about 250 m and each pair in a bucket is looked at. An end within 2.5 m of another
//! segment joins it; a crossing within 3 m of an end uses that end. Motorways stay apart: they pass over everything.

use std::collections::BTreeMap;

use crate::line::{Class, Line};
use crate::plane::{G, P, crossing, to_segment};

const BUCKET: i32 = 2_500;
const TOUCH: f64 = 2.5;
const CLOSE: f64 = 3.0;

#[derive(Clone, Copy)]
struct Segment {
    line: usize,
    at: usize,
    ends: [G; 2],
    sheet: [P; 2],
}

struct Cut {
    line: usize,
    at: usize,
    along: f64,
    point: G,
}

/// Joins all lines where they meet. More than one round, because a cut bends a line by up to 3 m.
pub fn join(lines: &mut [Line]) {
    for _ in 0..5 {
        let mut cuts = find(lines);
        cuts.sort_by(|a, b| {
            (b.line, b.at).cmp(&(a.line, a.at)).then(b.along.total_cmp(&a.along)).then(b.point.cmp(&a.point))
        });
        cuts.dedup_by(|a, b| (a.line, a.at, a.point) == (b.line, b.at, b.point));
        for cut in cuts {
            lines[cut.line].cut(cut.at, cut.point);
        }
    }
}

fn buckets(lines: &[Line]) -> BTreeMap<(i32, i32), Vec<Segment>> {
    let mut buckets: BTreeMap<(i32, i32), Vec<Segment>> = BTreeMap::new();
    for (line, l) in lines.iter().enumerate().filter(|(_, l)| l.class != Class::Motorway) {
        for (at, w) in l.points.windows(2).enumerate() {
            let segment = Segment { line, at, ends: [w[0], w[1]], sheet: [w[0].p(), w[1].p()] };
            for i in w[0].lon.min(w[1].lon) / BUCKET..=w[0].lon.max(w[1].lon) / BUCKET {
                for j in w[0].lat.min(w[1].lat) / BUCKET..=w[0].lat.max(w[1].lat) / BUCKET {
                    buckets.entry((i, j)).or_default().push(segment);
                }
            }
        }
    }
    buckets
}

fn find(lines: &[Line]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for bucket in buckets(lines).values() {
        for (i, a) in bucket.iter().enumerate() {
            for b in &bucket[i + 1..] {
                if a.line != b.line && !a.ends.iter().any(|e| b.ends.contains(e)) {
                    meet(a, b, &mut cuts);
                }
            }
        }
    }
    cuts
}

fn meet(a: &Segment, b: &Segment, cuts: &mut Vec<Cut>) {
    let before = cuts.len();
    touch(a, b, cuts);
    touch(b, a, cuts);
    if cuts.len() > before {
        return;
    }
    let Some((t, s)) = crossing(a.sheet[0], a.sheet[1], b.sheet[0], b.sheet[1]) else { return };
    let point =
        end_near(a, t).or_else(|| end_near(b, s)).unwrap_or_else(|| (a.sheet[0] + (a.sheet[1] - a.sheet[0]) * t).g());
    cuts.push(Cut { line: a.line, at: a.at, along: t, point });
    cuts.push(Cut { line: b.line, at: b.at, along: s, point });
}

/// Cuts `b` where an end of `a` lies on it.
fn touch(a: &Segment, b: &Segment, cuts: &mut Vec<Cut>) {
    for k in 0..2 {
        let (d, along) = to_segment(a.sheet[k], b.sheet[0], b.sheet[1]);
        if d < TOUCH {
            cuts.push(Cut { line: b.line, at: b.at, along, point: a.ends[k] });
        }
    }
}

fn end_near(s: &Segment, t: f64) -> Option<G> {
    let len = s.sheet[0].to(s.sheet[1]);
    if t * len < CLOSE {
        Some(s.ends[0])
    } else if (1.0 - t) * len < CLOSE {
        Some(s.ends[1])
    } else {
        None
    }
}

/// Makes one of points less than 3.2 m apart, so that no sliver stays between two junctions that are one on the ground. Returns
/// which points gave way to which.
pub fn weld(lines: &mut [Line]) -> BTreeMap<G, G> {
    const CELL: i32 = 30;
    let mut kept: BTreeMap<(i32, i32), Vec<G>> = BTreeMap::new();
    let mut gave_way: BTreeMap<G, G> = BTreeMap::new();
    for g in lines.iter().filter(|l| l.class != Class::Motorway).flat_map(|l| &l.points) {
        let (i, j) = (g.lon / CELL, g.lat / CELL);
        let around = (i - 1..=i + 1).flat_map(|i| (j - 1..=j + 1).map(move |j| (i, j)));
        let near = around.filter_map(|k| kept.get(&k)).flatten().find(|k| k.p().to(g.p()) < 3.2).copied();
        match near {
            Some(k) if k != *g => _ = gave_way.insert(*g, k),
            Some(_) => {}
            None => kept.entry((i, j)).or_default().push(*g),
        }
    }
    for line in lines.iter_mut() {
        line.replace(&gave_way);
    }
    gave_way
}

/// All walkable segments, to ask which is nearest to a place.
pub struct Ground {
    buckets: BTreeMap<(i32, i32), Vec<Segment>>,
}

impl Ground {
    /// From the lines, motorways left out.
    pub fn new(lines: &[Line]) -> Self {
        Self { buckets: buckets(lines) }
    }

    /// The nearest walkable point within about 250 m: its distance, where it is, and the line it is on.
    pub fn nearest(&self, at: P) -> Option<(f64, P, usize)> {
        let g = at.g();
        let (i, j) = (g.lon / BUCKET, g.lat / BUCKET);
        let mut best: Option<(f64, P, usize)> = None;
        for segment in (i - 1..=i + 1)
            .flat_map(|i| (j - 1..=j + 1).map(move |j| (i, j)))
            .filter_map(|k| self.buckets.get(&k))
            .flatten()
        {
            let (d, t) = to_segment(at, segment.sheet[0], segment.sheet[1]);
            if best.is_none_or(|b| d < b.0) {
                best = Some((d, segment.sheet[0] + (segment.sheet[1] - segment.sheet[0]) * t, segment.line));
            }
        }
        best
    }
}
