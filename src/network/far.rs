//! Walking times from each of a few sites to every junction, for kinds of which there are few.
//!
//! The ten nearest of a county's ten hospitals lie all over the county: a search outward would pass every street of it. Since
//! a way takes as long in both directions, one search from each site, kept, answers for every place at once: a look at two
//! numbers a site. That takes eight bytes a junction and site, which is why it is for rare kinds only; a search outward
//! meets the others soon enough. What is kept is of one walk, with its safety posts. A site that comes costs one search of
//! all streets, one that goes nothing.

use super::graph::NodeIndex;
use super::legs::{Exit, Leg, exits, reversed, whole};
use super::on_foot::{OnFoot, Wanted, tell};
use super::route::{NoRoute, SNAP_LIMIT_M};
use super::snap::Snapped;
use super::walk::{NEVER, Walk};
use crate::geo::{Indexed, LonLat};
use rayon::prelude::*;

/// No street: a junction that the site reaches along its own street, or does not reach.
const BEGIN: u32 = u32::MAX;

/// From a site to every junction: milliseconds, and the place among the network's arcs of the street that leads there.
type Reached = Box<[(u32, u32)]>;

#[derive(Debug)]
struct Site {
    key: u32,
    class: u16,
    at: Snapped,
    /// By junction; what the site takes to the street is not in it.
    reached: Reached,
}

/// A few sites with their walking times.
#[derive(Debug, Default)]
pub struct Far {
    sites: Vec<Site>,
}

impl Far {
    /// Searches from each site, on all cores. A tenth of a second a site and million junctions.
    #[must_use]
    pub fn build(walk: &Walk, sites: &[Indexed]) -> Self {
        Self { sites: sites.par_iter().filter_map(|site| searched(walk, site)).collect() }
    }

    /// Bytes that so many sites take.
    #[must_use]
    pub fn bytes_of(walk: &Walk, sites: usize) -> usize {
        sites * walk.network().node_count() * size_of::<(u32, u32)>()
    }

    /// Adds a site, in the place of one with its key; whether a street is near.
    pub fn put(&mut self, walk: &Walk, site: &Indexed) -> bool {
        self.remove(site.key);
        self.sites.extend(searched(walk, site));
        self.sites.last().is_some_and(|last| last.key == site.key)
    }

    /// Takes a site out; whether it was there.
    pub fn remove(&mut self, key: u32) -> bool {
        let before = self.sites.len();
        self.sites.retain(|site| site.key != key);
        self.sites.len() < before
    }

    /// As [`Walk::on_foot`], of these sites; `walk` is the one that they were searched on. Where two ways to a site take as
    /// long to the millisecond, metres and crossings may be those of the other.
    pub fn on_foot(
        &self,
        walk: &Walk,
        from: LonLat,
        wanted: Wanted<'_>,
        mut keep: impl FnMut(u32) -> bool,
    ) -> Result<Vec<OnFoot>, NoRoute> {
        let start = walk.snap(from, SNAP_LIMIT_M).ok_or(NoRoute::FarStart(SNAP_LIMIT_M))?;
        let exits = exits(walk, start.edge, start.along_mm);
        let meant = |site: &&Site| wanted.classes.is_none_or(|classes| classes.contains(&site.class));
        let timed =
            self.sites.iter().filter(meant).filter_map(|site| Some((site.quickest(walk, &start, &exits)?, site)));
        let mut all: Vec<_> = timed.filter(|(way, _)| way.millis <= wanted.within).collect();
        all.sort_unstable_by_key(|(way, site)| (way.millis, site.key));
        let kept = all.into_iter().filter(|(_, site)| keep(site.key)).take(wanted.limit);
        let told = |(way, site): (Way, &Site)| {
            tell(walk, site.key, way.millis, &site.legs(walk, &start, &way), [start.away_m, site.at.away_m])
        };
        Ok(kept.map(told).collect())
    }
}

/// How long it takes, and by which junction; nothing: along the street on which both are.
struct Way {
    millis: u32,
    exit: Option<Exit>,
}

impl Site {
    fn quickest(&self, walk: &Walk, start: &Snapped, exits: &[Exit; 2]) -> Option<Way> {
        let beside = walk.straight(start.away_m).saturating_add(walk.straight(self.at.away_m));
        let along = || Way { millis: walk.along(start.edge, start.along_mm.abs_diff(self.at.along_mm)), exit: None };
        let direct = (start.edge == self.at.edge).then(along);
        let by = |exit: &Exit| {
            let (millis, _) = self.reached[exit.node as usize];
            (millis != NEVER).then(|| Way { millis: millis.saturating_add(exit.millis), exit: Some(*exit) })
        };
        let quickest = direct.into_iter().chain(exits.iter().filter_map(by)).min_by_key(|way| way.millis)?;
        Some(Way { millis: quickest.millis.saturating_add(beside), ..quickest })
    }

    /// The way from `start` to the site.
    fn legs(&self, walk: &Walk, start: &Snapped, way: &Way) -> Vec<Leg> {
        let own = exits(walk, self.at.edge, self.at.along_mm);
        let Some(exit) = way.exit else {
            return vec![Leg { edge: start.edge, from_mm: start.along_mm, to_mm: self.at.along_mm, into: own[0].node }];
        };
        let mut legs = vec![exit.leg];
        let mut node = exit.node;
        while let Some(via) = Some(self.reached[node as usize].1).filter(|via| *via != BEGIN) {
            let edge = walk.network().arcs()[via as usize];
            node = walk.network().edge(edge).other(node);
            legs.push(whole(walk, edge, node));
        }
        let entry = own.iter().filter(|entry| entry.node == node).min_by_key(|entry| entry.millis);
        // a leg of the search from the site, walked the other way
        legs.extend(entry.iter().flat_map(|entry| reversed(walk, &[entry.leg])));
        legs
    }
}

fn searched(walk: &Walk, site: &Indexed) -> Option<Site> {
    let at = walk.snap(site.at, SNAP_LIMIT_M)?;
    let starts = exits(walk, at.edge, at.along_mm).map(|exit| (exit.node, exit.millis));
    let reached = walk.with_search(|search| {
        walk.spread(search, &starts, NEVER - 1);
        let nodes = 0..walk.network().node_count() as NodeIndex;
        nodes.map(|node| (search.millis(node).unwrap_or(NEVER), search.via(node).unwrap_or(BEGIN))).collect()
    });
    Some(Site { key: site.key, class: site.class, at, reached })
}

#[cfg(test)]
mod tests {
    use super::super::doors::Doors;
    use super::super::drawn::drawn;
    use super::super::legs::millis;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn searches_from_the_sites_find_what_a_search_from_the_place_finds(
            drawn in drawn(), limit in 0..12_usize, within in prop_oneof![Just(u32::MAX), 0..900_000_u32],
        ) {
            for profile in ["child_6_9", "wheelchair"] {
                let walk = drawn.walk(profile, &drawn.posts);
                let doors = Doors::build(&walk, &drawn.sites);
                let mut far = Far::build(&walk, &drawn.sites[..drawn.sites.len() / 2]);
                for site in &drawn.sites[drawn.sites.len() / 3..] {
                    prop_assert_eq!(far.put(&walk, site), walk.snap(site.at, SNAP_LIMIT_M).is_some());
                }
                for classes in [None, Some(&[0_u16, 2][..])] {
                    let wanted = Wanted { classes, limit, within };
                    let times = |found: Result<Vec<OnFoot>, NoRoute>| {
                        found.map(|all| all.iter().map(|it| (it.millis, it.key)).collect::<Vec<_>>())
                    };
                    let near = times(walk.on_foot(&doors, drawn.from, wanted, |key| key % 3 != 0));
                    prop_assert_eq!(&times(far.on_foot(&walk, drawn.from, wanted, |key| key % 3 != 0)), &near);
                    // a limit of exactly so long as the last takes still has it, and one of less does not
                    let Some((last, _)) = near.ok().and_then(|near| near.last().copied()) else { continue };
                    for (within, has) in [(last, true), (last.saturating_sub(1), last == 0)] {
                        let wanted = Wanted { within, limit: 60, ..wanted };
                        let all = [walk.on_foot(&doors, drawn.from, wanted, |_| true), far.on_foot(&walk, drawn.from, wanted, |_| true)];
                        for found in all.map(times) {
                            prop_assert_eq!(found.iter().flatten().any(|(millis, _)| *millis == last), has);
                        }
                    }
                }
            }
        }

        #[test]
        fn its_ways_take_what_it_says(drawn in drawn()) {
            let walk = drawn.walk("child_6_9", &drawn.posts);
            let far = Far::build(&walk, &drawn.sites);
            let Some(start) = walk.snap(drawn.from, SNAP_LIMIT_M) else { return Ok(()) };
            let exits = exits(&walk, start.edge, start.along_mm);
            for site in &far.sites {
                let Some(way) = site.quickest(&walk, &start, &exits) else { continue };
                let legs = site.legs(&walk, &start, &way);
                let beside = walk.straight(start.away_m) + walk.straight(site.at.away_m);
                prop_assert_eq!(millis(&walk, &legs) + beside, way.millis);
                let [first, last] = [legs[0], legs[legs.len() - 1]];
                prop_assert_eq!((first.edge, first.from_mm), (start.edge, start.along_mm));
                prop_assert_eq!((last.edge, last.to_mm), (site.at.edge, site.at.along_mm));
            }
        }
    }
}
