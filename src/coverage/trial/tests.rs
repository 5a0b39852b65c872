//! A change laid over a coverage against a coverage that is built with it.

use super::super::drawn::{World, at, spot, world};
use super::super::reach::{reach, reach_by};
use super::super::state::tests::same;
use super::*;
use crate::geo::LonLat;
use crate::network::{Network, SNAP_LIMIT_M, Search, Walk};
use proptest::prelude::*;
use std::sync::Arc;

#[derive(Debug, Clone)]
enum Edit {
    /// A site somewhere, in place of the one with its number.
    Put(u32, [i32; 2]),
    Remove(u32),
}

/// Few numbers, so that proposed and existing sites are taken out, and spots on top of each other.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let spots = prop_oneof![spot(), Just([700, 700]), Just([0, 0])];
    let edit = prop_oneof![
        3 => (1..9_u32, spots).prop_map(|(id, spot)| Edit::Put(id, spot)),
        2 => (1..9_u32).prop_map(Edit::Remove),
    ];
    prop::collection::vec(edit, 0..12)
}

fn joined(walk: &Walk, spot: [i32; 2]) -> Option<Joined> {
    walk.snap(at(spot), SNAP_LIMIT_M).map(|snapped| walk.join(&snapped))
}

fn apply(trial: &mut Trial<'_>, walk: &Walk, edit: &Edit) {
    let (Edit::Put(id, _) | Edit::Remove(id)) = edit;
    trial.remove(*id);
    if let Edit::Put(id, spot) = edit
        && let Some(place) = joined(walk, *spot)
    {
        trial.add(*id, &place);
    }
}

fn built(world: &World, posts: &[LonLat], sites: &BTreeMap<u32, [i32; 2]>, complete: bool) -> Coverage {
    let walk = world.walk_with(posts);
    let demand = world.demand(&walk);
    let sites: Vec<(u32, LonLat)> = sites.iter().map(|(id, spot)| (*id, at(*spot))).collect();
    let mut coverage = Coverage::build(walk, demand, &sites, 1);
    if complete {
        coverage.complete(1);
    }
    coverage
}

/// The same labels everywhere, and the changed ones are told and no others.
fn equal(trial: &Trial<'_>, before: &Coverage, after: &Coverage) -> Result<(), TestCaseError> {
    let nodes = after.walk().network().node_count() as NodeIndex;
    let labels = |coverage: &Coverage, node| match coverage.table() {
        Table::One(nearest) => nearest.at(node).to_vec(),
        Table::Two(nearest) => nearest.at(node).to_vec(),
    };
    for node in 0..nodes {
        prop_assert_eq!(trial.node(node), &labels(after, node)[..], "junction {}", node);
    }
    for cell in 0..after.demand().len() as u32 {
        prop_assert_eq!(trial.cell(cell), after.cells()[cell as usize], "cell {}", cell);
    }
    let differ = |was: Label, is: Label, index| (was != is).then_some(Changed { index, before: was, after: is });
    let wanted: Vec<Changed> =
        (0..nodes).filter_map(|node| differ(before.node(node), after.node(node), node)).collect();
    prop_assert_eq!(trial.changed_nodes(), wanted);
    let cells = (0..).zip(before.cells().iter().zip(after.cells()));
    let wanted: Vec<Changed> = cells.filter_map(|(cell, (was, is))| differ(was[0], is[0], cell)).collect();
    prop_assert_eq!(trial.changed_cells(), wanted);
    Ok(())
}

fn places(spots: &[[i32; 2]]) -> Vec<LonLat> {
    spots.iter().map(|spot| at(*spot)).collect()
}

/// Where posts may stand: at some of the world's junctions or near them.
fn posts(world: &World, picks: &[(prop::sample::Index, i32)]) -> Vec<[i32; 2]> {
    let near = |(pick, away): &(prop::sample::Index, i32)| {
        let [east, north] = world.junctions[pick.index(world.junctions.len())];
        [east + away, north]
    };
    picks.iter().map(near).collect()
}

fn picks() -> impl Strategy<Value = Vec<(prop::sample::Index, i32)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..60), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_trial_is_the_coverage_built_with_the_change(
        world in world(),
        sites in prop::collection::btree_map(1..6_u32, spot(), 0..6),
        edits in edits(),
        (stay, go, come) in (picks(), picks(), picks()),
        complete in any::<bool>(),
    ) {
        let [stay, go, come] = [stay, go, come].map(|picks| places(&posts(&world, &picks)));
        let on_duty = [stay.clone(), go].concat();
        let before = built(&world, &on_duty, &sites, complete);
        let posts = [stay, come].concat();
        let streets = Reguarded::new(before.walk(), &on_duty, &posts);
        let mut trial = Trial::new(&before, streets);
        let mut after_sites = sites.clone();
        equal(&trial, &before, &built(&world, &posts, &after_sites, complete))?;
        for edit in &edits {
            apply(&mut trial, before.walk(), edit);
            match edit {
                Edit::Put(id, spot) => after_sites.insert(*id, *spot),
                Edit::Remove(id) => after_sites.remove(id),
            };
            equal(&trial, &before, &built(&world, &posts, &after_sites, complete))?;
        }
        // what is kept is as it was
        same(&before, &built(&world, &on_duty, &sites, complete))?;
    }

    #[test]
    fn what_is_put_in_and_taken_out_again_changes_nothing(
        world in world(),
        sites in prop::collection::btree_map(1..6_u32, spot(), 0..6),
        spots in prop::collection::vec(spot(), 0..5),
    ) {
        let before = built(&world, &[], &sites, false);
        let mut trial = Trial::new(&before, Reguarded::as_it_is(before.walk()));
        prop_assert!(trial.changed_cells().is_empty() && trial.changed_nodes().is_empty());
        for (id, spot) in (10..).zip(&spots) {
            apply(&mut trial, before.walk(), &Edit::Put(id, *spot));
        }
        for id in 10..20 {
            trial.remove(id);
        }
        prop_assert!(trial.changed_cells().is_empty() && trial.changed_nodes().is_empty());
    }

    #[test]
    fn more_sites_and_posts_never_take_anyone_farther_in_any_order(
        world in world(),
        sites in prop::collection::btree_map(1..6_u32, spot(), 0..6),
        spots in prop::collection::vec(spot(), 0..5),
        picks in picks(),
    ) {
        let before = built(&world, &[], &sites, false);
        let posts = places(&posts(&world, &picks));
        let mut put: Vec<Edit> = (10..).zip(&spots).map(|(id, spot)| Edit::Put(id, *spot)).collect();
        let mut trials = Vec::new();
        for _ in 0..2 {
            let mut trial = Trial::new(&before, Reguarded::new(before.walk(), &[], &posts));
            put.iter().for_each(|edit| apply(&mut trial, before.walk(), edit));
            prop_assert!(trial.changed_cells().iter().all(|it| it.after < it.before));
            trials.push(trial.changed_cells());
            put.reverse();
        }
        prop_assert_eq!(&trials[0], &trials[1]);
    }

    #[test]
    fn whom_a_place_reaches_while_others_guard_is_whom_it_would_reach(
        world in world(),
        spot in spot(),
        picks in picks(),
        limit in 0..1_500_000_u32,
    ) {
        let (walk, posts) = (world.walk(), places(&posts(&world, &picks)));
        let guarded = world.walk_with(&posts);
        let (Some(place), Some(same)) = (joined(&walk, spot), joined(&guarded, spot)) else { return Ok(()) };
        let streets = Reguarded::new(&walk, &[], &posts);
        let got = reach_by(&streets, &world.demand(&walk), &place, limit, &mut Search::default());
        prop_assert_eq!(got, reach(&guarded, &world.demand(&guarded), &same, limit, &mut Search::default()));
    }
}

#[test]
fn no_junction_and_no_street_are_no_trouble() {
    let (profile, crossings) = super::super::drawn::usual();
    let world = World { junctions: vec![[0, 0]], streets: vec![], cells: vec![[0, 0]] };
    let network = Network::of_streets(&[at([0, 0])], &[]).expect("a junction");
    let walk = Arc::new(Walk::new(Arc::new(network), &profile, &crossings, &[]));
    let coverage = Coverage::build(walk.clone(), world.demand(&walk), &[(1, at([0, 0]))], 1);
    let mut trial = Trial::new(&coverage, Reguarded::new(&walk, &[], &[at([0, 0])]));
    trial.remove(1);
    assert!(trial.changed_cells().is_empty() && trial.changed_nodes().is_empty());
    assert_eq!(walk.crossings_near(at([0, 0])), Vec::<NodeIndex>::new());
}
