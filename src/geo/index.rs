//! What is near, in a box, or within a distance, over points that belong to classes.
//!
//! Three R*-trees serve this: one over degrees for boxes, one over points in space for the nearest of all, and one per
//! class for the nearest of a class, so that a class with few members is found as fast as a common one. Neighbours come
//! in the order of their straight chord, which never exceeds the geodesic; the search goes on until no unseen point
//! can be nearer than the worst kept, so that the nearest are truly the nearest, at any latitude. Equal distances are
//! ordered by key.

use super::distance::{from_chord, from_space, to_space};
use super::{Bounds, LonLat};
use rstar::{AABB, PointDistance, RTree, RTreeObject};
use std::collections::HashSet;

/// A point as it is handed to the index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indexed {
    /// What the caller knows the point by; unique.
    pub key: u32,
    /// A small number; classes are kept in a table of that length.
    pub class: u16,
    /// Where it is.
    pub at: LonLat,
}

/// After so many points that the filter refused, looking at every point of the class beats walking the tree outwards.
const MISSES_BEFORE_SCAN: usize = 4096;

#[derive(Debug, Clone, Copy, PartialEq)]
struct OnMap {
    degrees: [f64; 2],
    key: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct InSpace {
    metres: [f64; 3],
    key: u32,
}

impl RTreeObject for OnMap {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.degrees)
    }
}

impl PointDistance for OnMap {
    fn distance_2(&self, to: &[f64; 2]) -> f64 {
        (self.degrees[0] - to[0]).powi(2) + (self.degrees[1] - to[1]).powi(2)
    }
}

impl RTreeObject for InSpace {
    type Envelope = AABB<[f64; 3]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.metres)
    }
}

impl PointDistance for InSpace {
    fn distance_2(&self, to: &[f64; 3]) -> f64 {
        self.metres.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum()
    }
}

impl From<Indexed> for OnMap {
    fn from(p: Indexed) -> Self {
        Self { degrees: [p.at.lon(), p.at.lat()], key: p.key }
    }
}

impl From<Indexed> for InSpace {
    fn from(p: Indexed) -> Self {
        Self { metres: to_space(p.at), key: p.key }
    }
}

/// One set of trees over the same points.
#[derive(Debug, Default)]
struct Trees {
    on_map: RTree<OnMap>,
    in_space: RTree<InSpace>,
    by_class: Vec<RTree<InSpace>>,
}

/// The index. Memory: about 250 bytes a point.
///
/// A packed tree is never amended: rstar 0.12 panics when points are inserted into one (its packing leaves branches of
/// different depth, on which its reinsertion relies; georust/rstar#45). Points that come later stand in trees of their
/// own, grown point by point, and packed points that are gone are passed over.
#[derive(Debug, Default)]
pub struct PointIndex {
    packed: Trees,
    later: Trees,
    /// Keys of packed points that are gone.
    gone: HashSet<u32>,
}

impl PointIndex {
    /// Packs all points at once, on both cores; a few hundred nanoseconds a point.
    #[must_use]
    pub fn build(points: &[Indexed]) -> Self {
        let classes = points.iter().map(|p| usize::from(p.class) + 1).max().unwrap_or(0);
        let (on_map, (in_space, by_class)) = rayon::join(
            || RTree::bulk_load(points.iter().map(|p| OnMap::from(*p)).collect()),
            || {
                let space: Vec<(u16, InSpace)> = points.iter().map(|p| (p.class, InSpace::from(*p))).collect();
                let mut groups = vec![Vec::new(); classes];
                for (class, point) in &space {
                    groups[usize::from(*class)].push(*point);
                }
                rayon::join(
                    || RTree::bulk_load(space.into_iter().map(|(_, point)| point).collect()),
                    || groups.into_iter().map(RTree::bulk_load).collect::<Vec<_>>(),
                )
            },
        );
        Self { packed: Trees { on_map, in_space, by_class }, ..Self::default() }
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.packed.on_map.size() - self.gone.len() + self.later.on_map.size()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds one point; the cost grows with the depth of the trees.
    pub fn insert(&mut self, point: Indexed) {
        let class = usize::from(point.class);
        if self.later.by_class.len() <= class {
            self.later.by_class.resize_with(class + 1, RTree::new);
        }
        self.later.on_map.insert(point.into());
        self.later.in_space.insert(point.into());
        self.later.by_class[class].insert(point.into());
    }

    /// Takes out the point that was put in just so; whether it was there.
    pub fn remove(&mut self, point: Indexed) -> bool {
        if self.later.on_map.remove(&point.into()).is_some() {
            let in_space = InSpace::from(point);
            self.later.in_space.remove(&in_space);
            if let Some(class) = self.later.by_class.get_mut(usize::from(point.class)) {
                class.remove(&in_space);
            }
            return true;
        }
        self.packed.on_map.contains(&point.into()) && self.gone.insert(point.key)
    }

    /// The keys in the box or on its edge, in no order, each handed to `visit` until it returns false.
    pub fn in_box(&self, bounds: &Bounds, mut visit: impl FnMut(u32) -> bool) {
        for part in bounds.unwrapped() {
            let envelope = AABB::from_corners([part.west, part.south], [part.east, part.north]);
            let packed = self.packed.on_map.locate_in_envelope(&envelope).filter(|point| self.is_here(point.key));
            for point in packed.chain(self.later.on_map.locate_in_envelope(&envelope)) {
                if !visit(point.key) {
                    return;
                }
            }
        }
    }

    /// Whether a packed point is not gone.
    fn is_here(&self, key: u32) -> bool {
        self.gone.is_empty() || !self.gone.contains(&key)
    }

    /// The `limit` nearest keys that `keep` accepts, with their geodesic metres, nearest first, equal ones by key;
    /// of the given classes, or of all; none farther than `within_m`.
    #[must_use]
    pub fn nearest(
        &self,
        from: LonLat,
        classes: Option<&[u16]>,
        limit: usize,
        within_m: f64,
        keep: impl Fn(u32) -> bool,
    ) -> Vec<(u32, f64)> {
        let mut best = Best { from, limit, within_m, found: Vec::with_capacity(limit.min(64) + 1) };
        let keep_packed = |key| self.is_here(key) && keep(key);
        match classes {
            None => {
                best.search(&self.packed.in_space, &keep_packed);
                best.search(&self.later.in_space, &keep);
            }
            Some(classes) => {
                for class in classes.iter().map(|class| usize::from(*class)) {
                    if let Some(tree) = self.packed.by_class.get(class) {
                        best.search(tree, &keep_packed);
                    }
                    if let Some(tree) = self.later.by_class.get(class) {
                        best.search(tree, &keep);
                    }
                }
            }
        }
        best.found
    }
}

/// The nearest so far, sorted.
struct Best {
    from: LonLat,
    limit: usize,
    within_m: f64,
    found: Vec<(u32, f64)>,
}

impl Best {
    fn search(&mut self, tree: &RTree<InSpace>, keep: &impl Fn(u32) -> bool) {
        if self.limit == 0 || tree.size() == 0 {
            return;
        }
        let origin = to_space(self.from);
        let mut misses = 0;
        for (point, chord_2) in tree.nearest_neighbor_iter_with_distance_2(&origin) {
            let chord_m = chord_2.sqrt();
            if chord_m > self.reach_m() {
                return;
            }
            if keep(point.key) {
                self.offer(point, chord_m);
            } else {
                misses += 1;
                if misses == MISSES_BEFORE_SCAN {
                    return self.scan(tree, origin, keep);
                }
            }
        }
    }

    /// Looks at every point; what was found on the way here is found again, so that it starts anew.
    fn scan(&mut self, tree: &RTree<InSpace>, origin: [f64; 3], keep: &impl Fn(u32) -> bool) {
        for point in tree {
            let chord_m = point.distance_2(&origin).sqrt();
            if chord_m <= self.reach_m() && keep(point.key) && !self.found.iter().any(|(key, _)| *key == point.key) {
                self.offer(point, chord_m);
            }
        }
    }

    /// Beyond this nothing can enter any more.
    fn reach_m(&self) -> f64 {
        if self.found.len() < self.limit { self.within_m } else { self.found.last().map_or(self.within_m, |f| f.1) }
    }

    fn offer(&mut self, point: &InSpace, chord_m: f64) {
        let entry = (point.key, from_chord(chord_m, self.from, || from_space(point.metres)));
        if entry.1 > self.within_m {
            return;
        }
        let place = self.found.partition_point(|f| (f.1, f.0) < (entry.1, entry.0));
        if place < self.limit {
            self.found.insert(place, entry);
            self.found.truncate(self.limit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::geodesic_m;
    use super::*;
    use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};

    fn world(points: &[(f64, f64, u16)]) -> Vec<Indexed> {
        let at = |lon, lat| LonLat::new(lon, lat).expect("a position");
        (0..).zip(points).map(|(key, (lon, lat, class))| Indexed { key, class: *class, at: at(*lon, *lat) }).collect()
    }

    fn brute(
        points: &[Indexed],
        from: LonLat,
        classes: Option<&[u16]>,
        limit: usize,
        within_m: f64,
    ) -> Vec<(u32, f64)> {
        let mut all: Vec<_> = points
            .iter()
            .filter(|p| classes.is_none_or(|c| c.contains(&p.class)))
            .map(|p| (p.key, geodesic_m(from, p.at)))
            .filter(|(_, m)| *m <= within_m)
            .collect();
        all.sort_by(|a, b| (a.1, a.0).partial_cmp(&(b.1, b.0)).expect("no NaN"));
        all.truncate(limit);
        all
    }

    /// The same keys in the same order; beyond 50 km a distance may differ in its last digits.
    fn agree(got: &[(u32, f64)], wanted: &[(u32, f64)]) -> Result<(), proptest::test_runner::TestCaseError> {
        prop_assert_eq!(got.len(), wanted.len());
        for (g, w) in got.iter().zip(wanted) {
            prop_assert!(g.0 == w.0 && (g.1 - w.1).abs() < 1e-6, "{got:?}, wanted {wanted:?}");
        }
        Ok(())
    }

    /// Points on a coarse lattice near lat 60 and round the globe, so that equal distances and equal places occur.
    fn scattered() -> impl Strategy<Value = Vec<(f64, f64, u16)>> {
        let near = (0..40, 0..40).prop_map(|(x, y)| (20.0 + f64::from(x) / 1000.0, 60.0 + f64::from(y) / 1000.0));
        let far = (-180.0..180.0f64, -90.0..90.0f64);
        proptest::collection::vec((proptest::prop_oneof![3 => near, 1 => far], 0..4u16), 1..300)
            .prop_map(|v| v.into_iter().map(|((lon, lat), class)| (lon, lat, class)).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nearest_equals_looking_at_every_point(
            places in scattered(), lon in 19.99..20.05f64, lat in 59.99..60.05f64, limit in 1usize..20,
            within_m in proptest::prop_oneof![proptest::strategy::Just(f64::INFINITY), 100.0..5000.0f64],
        ) {
            let points = world(&places);
            let index = PointIndex::build(&points);
            let from = LonLat::new(lon, lat).expect("a position");
            for classes in [None, Some(&[3u16][..]), Some(&[0, 2][..]), Some(&[9][..])] {
                let got = index.nearest(from, classes, limit, within_m, |_| true);
                agree(&got, &brute(&points, from, classes, limit, within_m))?;
            }
        }

        #[test]
        fn amending_equals_building_anew(places in scattered(), packed in 0.0..1.0f64, order in proptest::collection::vec(0usize..300, 0..600)) {
            let points = world(&places);
            let packed = (packed * points.len() as f64) as usize;
            let mut amended = PointIndex::build(&points[..packed]);
            let mut here: Vec<bool> = (0..points.len()).map(|i| i < packed).collect();
            for i in order.into_iter().map(|i| i % points.len()) {
                // each step turns one point on or off
                if here[i] {
                    assert!(amended.remove(points[i]));
                } else {
                    amended.insert(points[i]);
                }
                here[i] = !here[i];
            }
            let left: Vec<Indexed> = points.iter().zip(&here).filter(|(_, here)| **here).map(|(p, _)| *p).collect();
            let from = LonLat::new(20.02, 60.02).expect("a position");
            prop_assert_eq!(amended.len(), left.len());
            for classes in [None, Some(&[1u16][..])] {
                let got = amended.nearest(from, classes, 30, f64::INFINITY, |_| true);
                agree(&got, &brute(&left, from, classes, 30, f64::INFINITY))?;
            }
            let bounds = Bounds { west: 20.0, south: 60.0, east: 20.02, north: 60.02 };
            let mut keys = Vec::new();
            amended.in_box(&bounds, |key| { keys.push(key); true });
            keys.sort_unstable();
            let wanted: Vec<u32> = left.iter().filter(|p| bounds.contains(p.at)).map(|p| p.key).collect();
            prop_assert_eq!(keys, wanted);
        }
    }

    #[test]
    fn a_rare_match_among_many_is_found_and_is_the_nearest() {
        let places: Vec<_> =
            (0..20_000).map(|i| (116.0 + f64::from(i % 200) / 1e3, 36.0 + f64::from(i / 200) / 1e3, 0)).collect();
        let points = world(&places);
        let index = PointIndex::build(&points);
        let from = LonLat::new(116.0, 36.0).expect("a position");
        let got = index.nearest(from, None, 2, f64::INFINITY, |key| key == 19_999 || key == 17_500);
        assert_eq!(got.iter().map(|f| f.0).collect::<Vec<_>>(), [17_500, 19_999]);
    }

    #[test]
    fn a_box_holds_its_edge_and_crosses_the_date_line() {
        let points = world(&[(179.5, 0.0, 0), (-179.5, 0.0, 0), (0.0, 0.0, 0), (177.0, 1.0, 0)]);
        let mut keys = Vec::new();
        let bounds = Bounds { west: 177.0, south: -1.0, east: -179.0, north: 1.0 };
        PointIndex::build(&points).in_box(&bounds, |key| {
            keys.push(key);
            true
        });
        keys.sort_unstable();
        assert_eq!(keys, [0, 1, 3]);
    }
}
