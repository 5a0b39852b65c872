//! The safest way beside the quickest, where they differ.
//!
//! The safest way is the quickest of those who would rather walk some minutes more than cross a larger road where nothing
//! stops the traffic (`crossing.avoid_unguarded` in `data/profiles.toml` says how many; it is our judgement and not
//! measured). Safe means no more than that here: of pavements, light and traffic the map tells too little.

use super::legs::{Leg, millis, quickest};
use super::reguard::Reguarded;
use super::route::{NoRoute, Route, ends, told};
use crate::geo::LonLat;

/// What there is to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ways {
    /// The quickest way.
    pub quickest: Route,
    /// The safest, unless the quickest is as safe.
    pub safest: Option<Route>,
}

impl Ways {
    /// How many seconds more the safest way takes.
    #[must_use]
    pub fn extra_secs(&self) -> Option<f64> {
        // both are whole milliseconds
        self.safest.as_ref().map(|safest| ((safest.walk_secs - self.quickest.walk_secs) * 1e3).round() / 1e3)
    }
}

impl Reguarded<'_> {
    /// The quickest and the safest way between two places. `avoiding` is the same walker with the same posts on duty,
    /// avoiding crossings that nothing guards ([`super::Crossings::avoiding`]). Costs two routes.
    pub fn ways(&self, avoiding: &Self, from: LonLat, to: LonLat, within_m: f64) -> Result<Ways, NoRoute> {
        let places = [from, to];
        let snapped = ends(self.before(), places, within_m)?;
        let [start, end] = &snapped;
        let quick = quickest(self, start, end).ok_or(NoRoute::Apart)?;
        let safe = quickest(avoiding, start, end).ok_or(NoRoute::Apart)?;
        // what avoiding adds is what is dangerous
        let danger = |legs: &[Leg]| millis(avoiding, legs).saturating_sub(millis(self, legs));
        let safest = (danger(&safe) < danger(&quick)).then(|| told(self, places, snapped, safe));
        Ok(Ways { quickest: told(self, places, snapped, quick), safest })
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawn::{drawn, profiles};
    use super::super::graph::Rank;
    use super::super::route::SNAP_LIMIT_M;
    use super::super::walk::Walk;
    use super::super::{Crossing, Network, PlainStreet, Protection, Traits};
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn at(east_m: f64, north_m: f64) -> LonLat {
        LonLat::new(116.2 + east_m / 89_821.0, 36.3 + north_m / 110_965.0).expect("a position")
    }

    /// A main road with an unguarded crossing straight ahead and lights so many metres beside it.
    fn crossings(beside_m: f64) -> Network {
        let junctions = [(0.0, -20.0), (0.0, 0.0), (0.0, 20.0), (beside_m, -20.0), (beside_m, 0.0), (beside_m, 20.0)];
        let places = junctions.map(|(east, north)| at(east, north));
        let street = |ends| PlainStreet { ends, ..PlainStreet::default() };
        let main = Traits { rank: Rank::Primary, ..Traits::default() };
        let mut streets = [[0, 1], [1, 2], [3, 4], [4, 5], [0, 3], [2, 5]].map(street).to_vec();
        streets.push(PlainStreet { ends: [1, 4], traits: main, ..PlainStreet::default() });
        let crossed = move |place: LonLat| {
            let protection = [(places[1], Protection::None), (places[4], Protection::Signals)];
            let (_, protection) = protection.into_iter().find(|(known, _)| known.e7() == place.e7())?;
            Some(Crossing { rank: Rank::Primary, protection, oneway: false })
        };
        Network::of_streets(&places, &streets).expect("hangs together").with_crossings(crossed)
    }

    fn ways(beside_m: f64, posts: &[LonLat]) -> Ways {
        let network = Arc::new(crossings(beside_m));
        let profiles = profiles();
        let child = &profiles.all()[profiles.index(None).expect("a usual one")];
        let walk = Walk::new(network.clone(), child, &profiles.crossings, &[]);
        let avoiding = Walk::new(network, child, &profiles.crossings.avoiding(), &[]);
        let ways = Reguarded::new(&walk, &[], posts).ways(
            &Reguarded::new(&avoiding, &[], posts),
            at(0.0, -20.0),
            at(0.0, 20.0),
            SNAP_LIMIT_M,
        );
        ways.expect("a way")
    }

    #[test]
    fn lights_a_hundred_metres_aside_are_safer_and_their_minutes_are_told() {
        // over the road: 40 m and 90 s; by the lights: 240 m and 25 s
        let found = ways(100.0, &[]);
        assert!((found.quickest.walk_secs - 130.0).abs() < 0.1 && found.quickest.crossings[0].is_unguarded());
        let safest = found.safest.as_ref().expect("another way");
        assert!((safest.walk_secs - 265.0).abs() < 0.1, "{}", safest.walk_secs);
        assert_eq!(safest.crossings.iter().map(|it| it.protection).collect::<Vec<_>>(), [Protection::Signals]);
        assert!((found.extra_secs().expect("more") - 135.0).abs() < 0.1);
    }

    #[test]
    fn a_way_that_is_as_safe_is_told_once() {
        assert!(ways(15.0, &[]).safest.is_none(), "the lights are on the quickest way");
        assert!(ways(100.0, &[at(0.0, 10.0)]).safest.is_none(), "somebody is on duty straight ahead");
        assert!(ways(400.0, &[]).safest.is_none(), "nobody walks a quarter of an hour more");
    }

    proptest! {
        #[test]
        fn the_safest_way_is_never_quicker_nor_crosses_more(drawn in drawn()) {
            let profiles = profiles();
            let network = Arc::new(drawn.network());
            let child = &profiles.all()[profiles.index(None).expect("a usual one")];
            let walk = Walk::new(network.clone(), child, &profiles.crossings, &[]);
            let avoiding = Walk::new(network, child, &profiles.crossings.avoiding(), &[]);
            let streets = Reguarded::new(&walk, &[], &drawn.posts);
            let avoiding = Reguarded::new(&avoiding, &[], &drawn.posts);
            for site in drawn.sites.iter().take(20) {
                let ways = streets.ways(&avoiding, drawn.from, site.at, SNAP_LIMIT_M);
                let route = streets.route(drawn.from, site.at, SNAP_LIMIT_M);
                prop_assert_eq!(ways.as_ref().map(|ways| &ways.quickest), route.as_ref());
                let Ok(Ways { quickest, safest: Some(safest) }) = ways else { continue };
                prop_assert!(safest.walk_secs >= quickest.walk_secs);
                let danger = |route: &Route| -> f64 {
                    route.crossings.iter().filter(|it| it.is_unguarded()).map(|it| it.delay_secs).sum()
                };
                prop_assert!(danger(&safest) < danger(&quickest));
            }
        }

        #[test]
        fn the_way_home_is_the_way_back(drawn in drawn()) {
            let walk = drawn.walk("child_6_9", &drawn.posts);
            let streets = Reguarded::as_it_is(&walk);
            for site in drawn.sites.iter().take(20) {
                let Ok(way) = walk.route(drawn.from, site.at, SNAP_LIMIT_M) else { continue };
                let home = streets.home(&way);
                prop_assert_eq!((home.walk_secs, home.length_m), (way.walk_secs, way.length_m));
                prop_assert_eq!((home.snapped_from_m, home.snapped_to_m), (way.snapped_to_m, way.snapped_from_m));
                let line = |route: &Route| route.line.iter().map(|at| at.e7()).collect::<Vec<_>>();
                let mut back = line(&home);
                back.reverse();
                prop_assert_eq!(&back, &line(&way));
                let places = |route: &Route| route.crossings.iter().map(|it| (it.at, it.delay_secs)).collect::<Vec<_>>();
                let mut crossed = places(&home);
                crossed.reverse();
                prop_assert_eq!(crossed, places(&way));
                prop_assert_eq!(line(&streets.home(&home)), line(&way));
            }
        }
    }
}
