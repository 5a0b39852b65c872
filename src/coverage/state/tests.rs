//! The nearest sites against a plain reference, and amended ones against those that are built anew.

use super::super::drawn::{World, at, spot, usual, world};
use super::*;
use crate::network::Network;
use proptest::prelude::*;

/// Milliseconds from a place to every junction, by going over all streets until nothing improves.
fn plain_times(walk: &Walk, from: &Joined) -> Vec<u64> {
    let network = walk.network();
    let mut times = vec![u64::MAX; network.node_count()];
    for (node, millis) in from.ends {
        times[node as usize] = times[node as usize].min(u64::from(millis));
    }
    loop {
        let mut improved = false;
        for (number, edge) in (0..).zip(network.edges()) {
            let (a, b) = (edge.a as usize, edge.b as usize);
            let takes = u64::from(walk.along(number, edge.length_mm))
                + u64::from(walk.delay(number, edge.a))
                + u64::from(walk.delay(number, edge.b));
            for (from, to) in [(a, b), (b, a)] {
                let there = times[from].saturating_add(takes);
                if walk.may(number) && there < times[to] {
                    times[to] = there;
                    improved = true;
                }
            }
        }
        if !improved {
            return times;
        }
    }
}

/// The two nearest sites of a place, by trying all.
fn plain(walk: &Walk, place: &Joined, sites: &BTreeMap<u32, Joined>) -> [Option<(u32, u32)>; 2] {
    let times = plain_times(walk, place);
    let to = |(id, site): (&u32, &Joined)| {
        let through = site.ends.iter().map(|(node, millis)| times[*node as usize].saturating_add(u64::from(*millis)));
        let direct = walk.direct(place, site).map(u64::from);
        let best = through.chain(direct).min().filter(|millis| *millis < u64::from(u32::MAX))?;
        Some((best as u32, *id))
    };
    let mut all: Vec<(u32, u32)> = sites.iter().filter_map(to).collect();
    all.sort_unstable();
    [all.first().copied(), all.get(1).copied()]
}

fn known(labels: [Label; 2]) -> [Option<(u32, u32)>; 2] {
    labels.map(Label::known)
}

#[derive(Debug, Clone)]
enum Edit {
    Put(u32, [i32; 2]),
    Remove(u32),
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    // few numbers, so that sites are moved and taken out, and few spots, so that some stand on top of each other
    let spots = prop_oneof![spot(), Just([700, 700]), Just([0, 0])];
    let edit = prop_oneof![
        3 => (1..8_u32, spots).prop_map(|(id, spot)| Edit::Put(id, spot)),
        2 => (1..8_u32).prop_map(Edit::Remove),
    ];
    prop::collection::vec(edit, 0..most)
}

pub(in super::super) fn same(one: &Coverage, other: &Coverage) -> Result<(), TestCaseError> {
    prop_assert_eq!(one.sites(), other.sites());
    prop_assert_eq!(one.unsnapped(), other.unsnapped());
    prop_assert_eq!(one.cells(), other.cells());
    for node in 0..one.walk().network().node_count() as NodeIndex {
        prop_assert_eq!(one.nodes.at(node), other.nodes.at(node));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_nearest_two_are_those_of_trying_all(world in world(), sites in prop::collection::vec(spot(), 0..7)) {
        let walk = world.walk();
        let demand = world.demand(&walk);
        let sites: Vec<(u32, LonLat)> = (1..).zip(sites.iter().map(|spot| at(*spot))).collect();
        let mut coverage = Coverage::build(walk.clone(), demand.clone(), &sites, 1);
        let nearest = coverage.millis();
        coverage.complete(1);
        prop_assert_eq!(nearest, coverage.millis());
        for cell in 0..demand.len() {
            let wanted = demand.joined(cell).map_or([None; 2], |place| plain(&walk, place, coverage.sites()));
            prop_assert_eq!(known(coverage.cells()[cell]), wanted);
        }
    }

    #[test]
    fn amended_coverage_is_that_of_building_anew(world in world(), edits in edits(25), complete in any::<bool>()) {
        let walk = world.walk();
        let demand = world.demand(&walk);
        let mut coverage = Coverage::build(walk.clone(), demand.clone(), &[], 1);
        if complete {
            coverage.complete(1);
        }
        let mut sites: BTreeMap<u32, LonLat> = BTreeMap::new();
        for edit in edits {
            match edit {
                Edit::Put(id, spot) => {
                    let before = coverage.millis();
                    let is_new = sites.insert(id, at(spot)).is_none();
                    coverage.put(id, at(spot));
                    // a new site never takes anyone farther
                    prop_assert!(!is_new || coverage.millis().iter().zip(&before).all(|(now, before)| now <= before));
                }
                Edit::Remove(id) => {
                    let before = coverage.millis();
                    sites.remove(&id);
                    coverage.remove(id);
                    prop_assert!(coverage.millis().iter().zip(&before).all(|(now, before)| now >= before));
                }
            }
            let sites: Vec<(u32, LonLat)> = sites.iter().map(|(id, at)| (*id, *at)).collect();
            let mut anew = Coverage::build(walk.clone(), demand.clone(), &sites, 1);
            if complete {
                anew.complete(1);
            }
            same(&coverage, &anew)?;
        }
    }

    #[test]
    fn two_threads_and_another_order_change_nothing(world in world(), sites in prop::collection::vec(spot(), 0..7)) {
        let walk = world.walk();
        let demand = world.demand(&walk);
        let sites: Vec<(u32, LonLat)> = (1..).zip(sites.iter().map(|spot| at(*spot))).collect();
        let one = Coverage::build(walk.clone(), demand.clone(), &sites, 1);
        let reversed: Vec<_> = sites.iter().rev().copied().collect();
        same(&one, &Coverage::build(walk.clone(), demand, &reversed, 1))?;
        let starts: Vec<Start> = one.sites().iter().map(start).collect();
        let halves = Nearest::<2>::in_two(&walk, starts.iter().copied());
        let whole = Nearest::<2>::build(&walk, starts, 1);
        prop_assert_eq!(halves.all(), whole.all());
    }
}

#[test]
fn one_junction_and_no_street_cover_nobody() {
    let network = Network::of_streets(&[at([0, 0])], &[]).expect("a junction");
    let (profile, crossings) = usual();
    let walk = Arc::new(Walk::new(Arc::new(network), &profile, &crossings, &[]));
    let world = World { junctions: vec![[0, 0]], streets: vec![], cells: vec![[0, 0]] };
    let mut coverage = Coverage::build(walk.clone(), world.demand(&walk), &[(1, at([0, 0]))], 2);
    assert_eq!((coverage.millis(), coverage.unsnapped().len()), (vec![u32::MAX], 1));
    coverage.put(2, at([1, 1]));
    coverage.remove(1);
    coverage.complete(2);
    assert_eq!((coverage.millis(), coverage.unsnapped().len(), coverage.here(at([0, 0]))), (vec![u32::MAX], 1, None));
}

#[test]
fn sites_on_top_of_each_other_are_told_apart() {
    let world = World { junctions: vec![[0, 0], [600, 0]], streets: vec![([0, 1], false)], cells: vec![[100, 0]] };
    let walk = world.walk();
    let place = at([400, 0]);
    let mut coverage = Coverage::build(walk.clone(), world.demand(&walk), &[(7, place), (3, place)], 1);
    coverage.complete(1);
    let [first, second] = coverage.cells()[0];
    assert_eq!((first.place(), second.place(), first.millis()), (3, 7, second.millis()));
    assert!(first.millis().abs_diff(300_000) < 100, "{first:?}");
    coverage.remove(3);
    assert_eq!(known(coverage.cells()[0]), [Some((first.millis(), 7)), None]);
}
