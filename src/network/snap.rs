//! The nearest point on a street.
//!
//! A place is joined to the nearest point *on* a street, not to the nearest junction: a junction may be half a kilometre
//! down the road. Streets lie in an R*-tree in boxes of sixteen that are near each other (they are stored in spatial
//! order), which takes a sixteenth of the memory and, as a place looks at a few boxes only, hardly any time. Distances are
//! exact on a flat map around the place. Across the 180th meridian nothing is found.

use super::graph::{EdgeIndex, Network, Parts, points, segment_mm};
use crate::geo::{LocalPlane, LonLat};
use rstar::{AABB, Envelope, RTree, RTreeObject};

/// Streets in one box.
const GROUP: usize = 16;
/// Widths that are tried one after the other, metres: most places are beside a street.
const WIDER_M: [f64; 3] = [20.0, 60.0, 150.0];

/// A place's point on a street.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapped {
    /// The street.
    pub edge: EdgeIndex,
    /// Millimetres along it from its end `a`.
    pub along_mm: u32,
    /// The point.
    pub at: LonLat,
    /// Metres from the place to the point.
    pub away_m: f64,
}

#[derive(Debug)]
struct Group {
    bounds: AABB<[f64; 2]>,
    first: EdgeIndex,
}

impl RTreeObject for Group {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

/// The boxes around all streets.
#[derive(Debug)]
pub(super) struct Snapper {
    tree: RTree<Group>,
    edges: usize,
}

impl Snapper {
    pub(super) fn new(parts: &Parts) -> Self {
        let edges = parts.edges.len();
        let group = |first: usize| {
            let all = (first..edges.min(first + GROUP)).flat_map(|edge| points(parts, edge));
            let corners: Vec<[f64; 2]> = all.map(LonLat::from_e7).map(|at| [at.lon(), at.lat()]).collect();
            Group { bounds: AABB::from_points(&corners), first: first as EdgeIndex }
        };
        Self { tree: RTree::bulk_load((0..edges).step_by(GROUP).map(group).collect()), edges }
    }

    /// Bytes held, as far as the tree's nodes can be counted from outside.
    pub(super) fn bytes(&self) -> usize {
        // a leaf and its share of the branches above it, of which there is about one to six leaves
        self.tree.size() * (size_of::<Group>() + 24) * 7 / 6
    }
}

/// The nearest so far.
struct Best<'n> {
    network: &'n Network,
    at: LonLat,
    plane: LocalPlane,
    found: Option<Nearest>,
    within_m: f64,
}

#[derive(Clone, Copy)]
struct Nearest {
    edge: EdgeIndex,
    /// Which piece of the street, and how far along that piece, 0 to 1.
    piece: usize,
    share: f64,
    metres: f64,
}

/// The point nearest to `at` on a street that `may` accepts, no farther than `within_m`; of equal ones the one on the
/// street with the smallest number.
pub(super) fn nearest(
    network: &Network,
    at: LonLat,
    within_m: f64,
    may: impl Fn(EdgeIndex) -> bool,
) -> Option<Snapped> {
    let mut best = Best { network, at, plane: LocalPlane::around(at), found: None, within_m };
    let mut seen = None;
    for width in WIDER_M.into_iter().filter(|width| *width < within_m).chain([within_m]) {
        seen = Some(best.look(width, seen, &may));
        if best.found.is_some_and(|found| found.metres <= width) {
            break;
        }
    }
    best.found.map(|found| snapped(network, found))
}

/// The streets in boxes that meet the square around `at` with this half width: all that come as near, and some more.
pub(super) fn nearby(network: &Network, at: LonLat, within_m: f64) -> Vec<EdgeIndex> {
    let snapper = network.snapper();
    let [low, high] = LocalPlane::around(at).reach(within_m + 0.01);
    let groups = snapper.tree.locate_in_envelope_intersecting(&AABB::from_corners(low, high));
    groups.flat_map(|group| group.first..(group.first as usize + GROUP).min(snapper.edges) as EdgeIndex).collect()
}

impl Best<'_> {
    /// Looks at the streets in boxes that meet the square with this half width, unless they met the square that was looked
    /// at before, or lie behind what is known. Returns the square.
    fn look(&mut self, width: f64, seen: Option<AABB<[f64; 2]>>, may: &impl Fn(EdgeIndex) -> bool) -> AABB<[f64; 2]> {
        let snapper = self.network.snapper();
        // a hair wider, so that rounding loses nothing at the edge
        let [low, high] = self.plane.reach(width + 0.01);
        let square = AABB::from_corners(low, high);
        for group in snapper.tree.locate_in_envelope_intersecting(&square) {
            if seen.is_some_and(|seen| seen.intersects(&group.bounds)) || self.is_behind(&group.bounds) {
                continue;
            }
            let end = (group.first as usize + GROUP).min(snapper.edges) as EdgeIndex;
            (group.first..end).filter(|edge| may(*edge)).for_each(|edge| self.try_edge(edge));
        }
        square
    }

    /// Whether all of a box is farther than the nearest so far.
    fn is_behind(&self, bounds: &AABB<[f64; 2]>) -> bool {
        let Some(found) = self.found else { return false };
        let nearest = self.plane.metres_of(bounds.min_point(&[self.at.lon(), self.at.lat()]));
        // rounding may make a place at the rim of the box a hair nearer
        length(nearest) > found.metres + 1e-6
    }

    fn try_edge(&mut self, edge: EdgeIndex) {
        if self.is_out_of_reach(edge) {
            return;
        }
        let mut last: Option<[f64; 2]> = None;
        for (index, point) in self.network.points(edge).enumerate() {
            let point = self.plane.metres(LonLat::from_e7(point));
            if let Some(last) = last {
                let (share, metres) = foot(last, point);
                self.offer(Nearest { edge, piece: index - 1, share, metres });
            }
            last = Some(point);
        }
    }

    /// Whether no point of a street can be nearer than what is known. A point that is `s` along a street of length `l` is no
    /// farther than `s` from one end and `l - s` from the other, so that no point is nearer than half of what both ends are
    /// farther away together than `l`.
    fn is_out_of_reach(&self, edge: EdgeIndex) -> bool {
        let street = self.network.edge(edge);
        let far = |node| length(self.plane.metres(self.network.node(node)));
        let both = far(street.a) + far(street.b);
        // the map is flat, and lengths are those of the ellipsoid: the slack covers what they differ by
        let least = (both * 0.995 - f64::from(street.length_mm) / 1e3) / 2.0 - 0.05;
        least > self.found.map_or(self.within_m, |found| found.metres)
    }

    fn offer(&mut self, new: Nearest) {
        let nearer = |old: Nearest| (new.metres, new.edge, new.piece) < (old.metres, old.edge, old.piece);
        if new.metres <= self.within_m && self.found.is_none_or(nearer) {
            self.found = Some(new);
        }
    }
}

/// How far along `a` to `b` the point nearest to the middle of the map lies, 0 to 1, and its distance from there.
fn foot(a: [f64; 2], b: [f64; 2]) -> (f64, f64) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let square = dx * dx + dy * dy;
    let share = if square > 0.0 { (-(a[0] * dx + a[1] * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
    (share, length([a[0] + share * dx, a[1] + share * dy]))
}

/// Of metres of a county, whose squares are far from what a number can't hold: `hypot` would see to that too, which takes
/// several times as long.
fn length([x, y]: [f64; 2]) -> f64 {
    (x * x + y * y).sqrt()
}

fn snapped(network: &Network, found: Nearest) -> Snapped {
    let points: Vec<[i32; 2]> = network.points(found.edge).take(found.piece + 2).collect();
    let before: u32 = points[..=found.piece].windows(2).map(|pair| segment_mm(pair[0], pair[1])).sum();
    let (a, b) = (points[found.piece], points[found.piece + 1]);
    let part = f64::from(segment_mm(a, b)) * found.share;
    let between =
        |axis: usize| (f64::from(a[axis]) + found.share * (f64::from(b[axis]) - f64::from(a[axis]))).round() as i32;
    let along_mm = (before + part.round() as u32).min(network.edge(found.edge).length_mm);
    Snapped { edge: found.edge, along_mm, at: LonLat::from_e7([between(0), between(1)]), away_m: found.metres }
}
