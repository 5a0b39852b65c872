//! The nearest sites by walking time, exactly, in the order in which a walker would come to them.
//!
//! One search spreads outward from a place (Dijkstra, as [`Walk::route`] does it) and looks at the doors along every street
//! that it comes to; it ends when nothing that it has not seen can be nearer than the last that is kept. That a site is
//! open, or has a ramp, is asked only of those that are near enough to be kept. This is incremental network expansion
//! (Papadias, Zhang, Mamoulis, Tao: *Query Processing in Spatial Network Databases*, VLDB 2003). Its cost grows with the
//! streets between the place and the last site that is kept, whatever there is beyond. Sites of a rare kind are far, and
//! most streets of a county lie between: whoever asks says how long a walk is still of use.
//!
//! Times, metres and crossings are those of the route to the site, to the millisecond: the way is read back from the search.

use super::doors::{Door, Doors, bits};
use super::graph::{EdgeIndex, NodeIndex};
use super::legs::{Exit, Leg, back, crossed, exits, length_mm};
use super::reguard::Reguarded;
use super::route::{NoRoute, SNAP_LIMIT_M, metres};
use super::search::Search;
use super::snap::Snapped;
use super::walk::{NEVER, Steps, Walk};
use crate::geo::LonLat;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Of these classes, or of all.
    pub classes: Option<&'a [u16]>,
    /// At most so many.
    pub limit: usize,
    /// No farther than so many milliseconds. `u32::MAX` for however far.
    pub within: u32,
}

/// A site and the way to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnFoot {
    /// What the caller knows the site by.
    pub key: u32,
    /// Walking time, milliseconds: that of the route.
    pub millis: u32,
    /// Metres: those of the route.
    pub length_m: f64,
    /// Larger roads that are crossed on the way with nothing that stops the traffic.
    pub unguarded: usize,
}

impl Walk {
    /// The nearest sites by walking time that `keep` accepts, nearest first, equal ones by key. `keep` may be asked about a
    /// site twice. Nothing is found when no street is near; that is told apart from finding none.
    pub fn on_foot(
        &self,
        doors: &Doors,
        from: LonLat,
        wanted: Wanted<'_>,
        keep: impl FnMut(u32) -> bool,
    ) -> Result<Vec<OnFoot>, NoRoute> {
        Ok(on_foot(self, doors, from, wanted, usize::MAX, keep)?.unwrap_or_default())
    }
}

impl Reguarded<'_> {
    /// As [`Walk::on_foot`], with other crossings being guarded; given up after so many junctions and sites were looked at
    /// (`usize::MAX`: never), when nothing is told.
    pub fn on_foot(
        &self,
        doors: &Doors,
        from: LonLat,
        wanted: Wanted<'_>,
        effort: usize,
        keep: impl FnMut(u32) -> bool,
    ) -> Result<Option<Vec<OnFoot>>, NoRoute> {
        on_foot(self, doors, from, wanted, effort, keep)
    }
}

fn on_foot(
    streets: &impl Steps,
    doors: &Doors,
    from: LonLat,
    wanted: Wanted<'_>,
    effort: usize,
    keep: impl FnMut(u32) -> bool,
) -> Result<Option<Vec<OnFoot>>, NoRoute> {
    debug_assert!(doors.is_for(streets.walk()), "doors of another walk");
    let start = streets.walk().snap(from, SNAP_LIMIT_M).ok_or(NoRoute::FarStart(SNAP_LIMIT_M))?;
    let beside = streets.walk().straight(start.away_m);
    let there = doors.count_of(wanted.classes);
    let bits = wanted.classes.map_or(u64::MAX, |classes| bits(classes.iter().copied()));
    let found = Vec::with_capacity(wanted.limit.min(there) + 1);
    let mut best = Best { wanted, bits, there, found, keep, asked: 0 };
    if best.room() == 0 {
        return Ok(Some(Vec::new()));
    }
    Ok(streets.walk().with_search(|search| {
        let exits = exits(streets, start.edge, start.along_mm);
        look_around(streets, doors, &start, beside, &mut best);
        search.begin(streets, &exits.map(|exit| (exit.node, exit.millis)));
        let mut junctions = 0;
        while let Some((node, millis)) = search.take() {
            if best.is_final(search.floor().saturating_add(beside)) {
                break;
            }
            junctions += 1;
            if junctions + best.asked > effort {
                return None;
            }
            let farthest = best.farthest();
            if millis.saturating_add(beside) <= farthest {
                look_from(streets, doors, node, millis.saturating_add(beside), &mut best);
            }
            search.step(streets, (node, millis), best.farthest().saturating_sub(beside));
        }
        let way = |found: &Found| found.told(streets, &start, search, &exits);
        Some(best.found.iter().map(way).collect())
    }))
}

/// Looks at the doors on the street where the search begins.
fn look_around<K: FnMut(u32) -> bool>(
    streets: &impl Steps,
    doors: &Doors,
    start: &Snapped,
    beside: u32,
    best: &mut Best<'_, K>,
) {
    let walk = streets.walk();
    for door in doors.on(start.edge) {
        if !best.means(door) {
            continue;
        }
        let along = walk.along(start.edge, start.along_mm.abs_diff(door.along_mm));
        best.offer(
            start.edge,
            door,
            beside.saturating_add(along).saturating_add(walk.straight(door.away_m)),
            Way::Along,
        );
    }
}

/// Looks at the doors on the streets at a junction that is reached at some time.
fn look_from<K: FnMut(u32) -> bool>(
    streets: &impl Steps,
    doors: &Doors,
    node: NodeIndex,
    millis: u32,
    best: &mut Best<'_, K>,
) {
    let network = streets.walk().network();
    for edge in &network.arcs()[network.arcs_at(node)] {
        if doors.may_have(*edge, best.bits) {
            let way = if node == network.edge(*edge).a { Way::FromA } else { Way::FromB };
            look_along(streets, doors, (*edge, way), millis, best);
        }
    }
    for edge in doors.loops_at(node) {
        look_along(streets, doors, (edge, Way::FromA), millis, best);
        look_along(streets, doors, (edge, Way::FromB), millis, best);
    }
}

/// Looks at the doors on a street that is entered at one of its ends at some time.
#[inline]
fn look_along<K: FnMut(u32) -> bool>(
    streets: &impl Steps,
    doors: &Doors,
    (edge, way): (EdgeIndex, Way),
    millis: u32,
    best: &mut Best<'_, K>,
) {
    let walk = streets.walk();
    if !walk.may(edge) {
        return;
    }
    let ends = walk.network().edge(edge);
    let (node, end_mm) = if way == Way::FromA { (ends.a, 0) } else { (ends.b, ends.length_mm) };
    let delay = streets.delay(edge, node);
    for door in doors.on(edge) {
        if !best.means(door) {
            continue;
        }
        let mm = door.along_mm.abs_diff(end_mm);
        // whoever stands at the junction itself crosses nothing on the way to it
        let delay = if mm == 0 && ends.length_mm > 0 { 0 } else { delay };
        let off = walk.along(edge, mm) + delay;
        best.offer(edge, door, millis.saturating_add(off).saturating_add(walk.straight(door.away_m)), way);
    }
}

/// By which way a door is reached; of ways that take as long the first, as a route has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Along the street on which the search began.
    Along,
    FromA,
    FromB,
}

/// A door that is among the nearest.
struct Found {
    millis: u32,
    way: Way,
    edge: EdgeIndex,
    door: Door,
}

impl Found {
    fn told(&self, streets: &impl Steps, start: &Snapped, search: &Search, exits_of_start: &[Exit; 2]) -> OnFoot {
        let Door { key, along_mm, away_m, .. } = self.door;
        let [from_a, from_b] = exits(streets, self.edge, along_mm);
        let legs = match self.way {
            Way::Along => {
                vec![Leg { edge: self.edge, from_mm: start.along_mm, to_mm: along_mm, into: from_a.node }]
            }
            Way::FromA => back(streets, search, exits_of_start, &from_a),
            Way::FromB => back(streets, search, exits_of_start, &from_b),
        };
        tell(streets, key, self.millis, &legs, [start.away_m, away_m])
    }
}

/// A site and the way to it, by its legs.
pub(super) fn tell(streets: &impl Steps, key: u32, millis: u32, legs: &[Leg], away_m: [f64; 2]) -> OnFoot {
    let unguarded = crossed(streets, legs).filter(super::Crossed::is_unguarded).count();
    OnFoot { key, millis, length_m: metres(length_mm(legs), away_m), unguarded }
}

/// The nearest so far, sorted by time and key.
struct Best<'a, K> {
    wanted: Wanted<'a>,
    bits: u64,
    /// Doors of the classes that are wanted.
    there: usize,
    found: Vec<Found>,
    keep: K,
    /// How often `keep` was asked.
    asked: usize,
}

impl<K: FnMut(u32) -> bool> Best<'_, K> {
    fn room(&self) -> usize {
        self.wanted.limit.min(self.there)
    }

    fn means(&self, door: &Door) -> bool {
        self.wanted.classes.is_none_or(|classes| classes.contains(&door.class))
    }

    /// What takes longer is not kept.
    fn farthest(&self) -> u32 {
        let last = self.found.last().filter(|_| self.found.len() >= self.room());
        last.map_or(self.wanted.within, |last| last.millis).min(NEVER - 1)
    }

    /// Whether nothing that takes `millis` or longer is kept.
    fn is_final(&self, millis: u32) -> bool {
        millis > self.farthest()
    }

    fn offer(&mut self, edge: EdgeIndex, door: &Door, millis: u32, way: Way) {
        if millis > self.farthest() {
            return;
        }
        let known = self.found.iter().position(|found| found.door.key == door.key);
        match known {
            Some(place) if (self.found[place].millis, self.found[place].way) <= (millis, way) => return,
            Some(place) => drop(self.found.remove(place)),
            None => {
                self.asked += 1;
                if !(self.keep)(door.key) {
                    return;
                }
            }
        }
        let place = self.found.partition_point(|found| (found.millis, found.door.key) < (millis, door.key));
        self.found.insert(place, Found { millis, way, edge, door: *door });
        self.found.truncate(self.room());
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{Drawn, drawn};
    use super::*;
    use crate::geo::Indexed;
    use proptest::prelude::*;
    use proptest::test_runner::TestCaseError;

    /// The way to every site by a route of its own, sorted.
    fn by_routes(
        walk: &Walk,
        drawn: &Drawn,
        wanted: Wanted<'_>,
        keep: impl Fn(u32) -> bool,
    ) -> Vec<(u32, u32, f64, usize)> {
        let meant = |site: &&Indexed| wanted.classes.is_none_or(|it| it.contains(&site.class)) && keep(site.key);
        let way = |site: &Indexed| {
            let route = walk.route(drawn.from, site.at, SNAP_LIMIT_M).ok()?;
            let unguarded = route.crossings.iter().filter(|crossed| crossed.is_unguarded()).count();
            Some(((route.walk_secs * 1e3).round() as u32, site.key, route.length_m, unguarded))
        };
        let mut all: Vec<_> = drawn.sites.iter().filter(meant).filter_map(way).collect();
        all.retain(|way| way.0 <= wanted.within);
        all.sort_by_key(|way| (way.0, way.1));
        all.truncate(wanted.limit);
        all
    }

    fn agree(found: &Result<Vec<OnFoot>, NoRoute>, by_routes: &[(u32, u32, f64, usize)]) -> Result<(), TestCaseError> {
        let found = found.iter().flatten().map(|way| (way.millis, way.key, way.length_m, way.unguarded));
        prop_assert_eq!(found.collect::<Vec<_>>(), by_routes.to_vec());
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]
        #[test]
        fn the_nearest_are_those_of_a_route_to_every_site(
            drawn in drawn(), limit in 0..12_usize, within in prop_oneof![Just(u32::MAX), 0..900_000_u32], odd in 1..5_u32,
        ) {
            for profile in ["child_6_9", "wheelchair"] {
                let walk = drawn.walk(profile, &[]);
                let doors = Doors::build(&walk, &drawn.sites);
                let with_posts = drawn.walk(profile, &drawn.posts);
                let reguarded = Reguarded::new(&walk, &[], &drawn.posts);
                for classes in [None, Some(&[1_u16][..]), Some(&[0, 2][..]), Some(&[9][..])] {
                    let wanted = Wanted { classes, limit, within };
                    let keep = |key: u32| key.is_multiple_of(odd);
                    agree(&walk.on_foot(&doors, drawn.from, wanted, keep), &by_routes(&walk, &drawn, wanted, keep))?;
                    let guarded = by_routes(&with_posts, &drawn, wanted, keep);
                    agree(&with_posts.on_foot(&doors, drawn.from, wanted, keep), &guarded)?;
                    let with_effort = |effort| reguarded.on_foot(&doors, drawn.from, wanted, effort, keep);
                    agree(&with_effort(usize::MAX).map(Option::unwrap_or_default), &guarded)?;
                    match with_effort(10 * limit) {
                        Ok(None) => {}
                        found => agree(&found.map(Option::unwrap_or_default), &guarded)?,
                    }
                }
            }
        }

        #[test]
        fn doors_amended_are_doors_built_anew(drawn in drawn(), order in prop::collection::vec(0..60_usize, 0..200)) {
            let walk = drawn.walk("child_6_9", &[]);
            let packed = drawn.sites.len() / 2;
            let mut doors = Doors::build(&walk, &drawn.sites[..packed]);
            let mut here: Vec<bool> = (0..drawn.sites.len()).map(|place| place < packed).collect();
            for place in order.into_iter().filter(|place| *place < drawn.sites.len()) {
                let done = if here[place] {
                    doors.remove(&walk, &drawn.sites[place])
                } else {
                    doors.insert(&walk, &drawn.sites[place])
                };
                prop_assert_eq!(done, walk.snap(drawn.sites[place].at, SNAP_LIMIT_M).is_some());
                here[place] = !here[place];
            }
            let left: Vec<Indexed> = drawn.sites.iter().zip(&here).filter(|(_, here)| **here).map(|(it, _)| *it).collect();
            let anew = Doors::build(&walk, &left);
            prop_assert_eq!((doors.len(), doors.count_of(Some(&[1, 3]))), (anew.len(), anew.count_of(Some(&[1, 3]))));
            let wanted = Wanted { classes: None, limit: 60, within: u32::MAX };
            let all = |doors: &Doors| walk.on_foot(doors, drawn.from, wanted, |_| true);
            prop_assert_eq!(all(&doors), all(&anew));
        }

        #[test]
        fn doors_of_those_who_cannot_use_stairs_are_doors_built_for_them(drawn in drawn()) {
            let [afoot, on_wheels] = ["child_6_9", "wheelchair"].map(|profile| drawn.walk(profile, &[]));
            let wanted = Wanted { classes: None, limit: 60, within: u32::MAX };
            for (one, other) in [(&afoot, &on_wheels), (&on_wheels, &afoot)] {
                let beside = Doors::build(one, &drawn.sites).beside(one, &drawn.sites, other);
                let anew = Doors::build(other, &drawn.sites);
                prop_assert_eq!(beside.len(), anew.len());
                let all = |doors: &Doors| other.on_foot(doors, drawn.from, wanted, |_| true);
                prop_assert_eq!(all(&beside), all(&anew));
            }
        }
    }
}
