//! The walking network: tiny worlds by hand, and real extracts against plain references.

use crate::worlds::{
    Drawn, a_bridge_over_a_road, a_crossing_with_signals_beside_an_unmarked_one, a_river_without_bridge, place,
    steps_and_a_ramp,
};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use yimi::geo::{LonLat, geodesic_m};
use yimi::network::{
    BuildError, EdgeIndex, Network, NoRoute, NodeIndex, Profile, Profiles, Protection, Route, SNAP_LIMIT_M, Search,
    Walk, build,
};
use yimi::osm::Extract;

fn profiles() -> Profiles {
    Profiles::parse(Path::new("profiles.toml"), include_str!("../../data/profiles.toml")).expect("right")
}

fn profile(id: &str) -> Profile {
    let profiles = profiles();
    profiles.all()[profiles.index(Some(id)).expect(id)].clone()
}

/// As a child of six, with the delays of the data file.
fn child(network: Network) -> Walk {
    Walk::new(Arc::new(network), &profile("child_6_9"), &profiles().crossings, &[])
}

/// As a child of six who never waits: milliseconds are millimetres.
fn undelayed(network: &Arc<Network>) -> Walk {
    Walk::new(network.clone(), &profile("child_6_9"), &profiles().crossings.without_delay(), &[])
}

fn way(walk: &Walk, world: &Drawn, from: char, to: char) -> Result<Route, NoRoute> {
    walk.route(world.at(from), world.at(to), SNAP_LIMIT_M)
}

fn assert_metres(found: f64, wanted: f64) {
    assert!((found - wanted).abs() < 0.05 + wanted / 5000.0, "{found} m; wanted {wanted}");
}

#[test]
fn a_river_without_bridge_is_not_crossed_though_a_ferry_takes_people() {
    let world = a_river_without_bridge();
    let built = world.built();
    assert_eq!((built.report.components, built.report.edges), (2, 2));
    let walk = child(built.network);
    assert_eq!(way(&walk, &world, 'a', 'c'), Err(NoRoute::Apart));
    assert_metres(way(&walk, &world, 'a', 'b').expect("a way").length_m, 1200.0);
    let far = walk.route(world.at('a'), place([0.0, -301.0]), SNAP_LIMIT_M);
    assert_eq!(far, Err(NoRoute::FarEnd(300.0)));
    assert!(walk.route(place([0.0, -299.0]), world.at('b'), SNAP_LIMIT_M).is_ok());
}

#[test]
fn a_bridge_over_a_road_is_no_junction_and_no_crossing() {
    let world = a_bridge_over_a_road();
    let built = world.built();
    assert_eq!((built.report.components, built.report.crossings.none), (2, 0));
    let walk = child(built.network);
    let over = way(&walk, &world, 'a', 'b').expect("a way");
    assert_metres(over.length_m, 200.0);
    assert!(over.crossings.is_empty() && (over.walk_secs - over.length_m).abs() < 0.01);
    assert_eq!(way(&walk, &world, 'a', 'e'), Err(NoRoute::Apart));
}

#[test]
fn a_crossing_with_signals_beside_an_unmarked_one_is_worth_a_detour() {
    let world = a_crossing_with_signals_beside_an_unmarked_one();
    // 40 m straight over with 90 s, or 160 m with 25 s: straight; from 45 m beside, the lights
    let walk = child(world.built().network);
    let straight = way(&walk, &world, 'a', 'b').expect("a way");
    assert_eq!(straight.crossings.len(), 1);
    assert_eq!(straight.crossings[0].protection, Protection::Unmarked);
    assert!((straight.crossings[0].delay_secs - 90.0).abs() < 1e-9);
    assert!((straight.walk_secs - straight.length_m - 90.0).abs() < 0.01);
    let from = place([20.0, -20.0]);
    let to = place([20.0, 20.0]);
    let around = walk.route(from, to, SNAP_LIMIT_M).expect("a way");
    assert_eq!(around.crossings[0].protection, Protection::Signals);
    assert_metres(around.length_m, 120.0);
    assert!((around.walk_secs - around.length_m - 25.0).abs() < 0.01);
    assert!((geodesic_m(around.crossings[0].at, world.at('s'))) < 0.05);
    let never_waits = undelayed(walk.network()).route(from, to, SNAP_LIMIT_M).expect("a way");
    assert_metres(never_waits.length_m, 80.0);
    assert!((never_waits.walk_secs - never_waits.length_m).abs() < 0.01, "delays of 0 are plain walking time");
    let guarded = Walk::new(walk.network().clone(), walk.profile(), &profiles().crossings, &[place([-40.0, 0.0])]);
    let route = way(&guarded, &world, 'a', 'b').expect("a way");
    assert!((route.crossings[0].delay_secs - 10.0).abs() < 1e-9, "{route:?}");
}

#[test]
fn turning_into_a_road_and_off_it_again_is_one_crossing_in_all() {
    let world = Drawn::default()
        .points(&[('a', 0.0, -50.0), ('m', 0.0, 0.0), ('n', 100.0, 0.0), ('b', 100.0, 50.0), ('w', -100.0, 0.0)])
        .way("am", "highway=residential")
        .way("nb", "highway=residential")
        .way("wmn", "highway=primary");
    let walk = child(world.built().network);
    let route = way(&walk, &world, 'a', 'b').expect("a way");
    let delays: Vec<f64> = route.crossings.iter().map(|crossed| crossed.delay_secs).collect();
    assert_eq!(delays, [45.0, 45.0]);
    assert!((route.walk_secs - route.length_m - 90.0).abs() < 0.01);
    let along = way(&walk, &world, 'w', 'n').expect("a way");
    assert!(along.crossings.is_empty(), "walking along a road crosses nothing: {along:?}");
}

#[test]
fn lights_beside_a_junction_protect_it_and_a_one_way_carriageway_counts_half() {
    let world = Drawn::default()
        .points(&[('a', 0.0, -50.0), ('m', 0.0, 0.0), ('n', 0.0, 10.0), ('b', 0.0, 50.0)])
        .points(&[('w', -100.0, 0.0), ('e', 100.0, 0.0), ('v', -100.0, 10.0), ('f', 100.0, 10.0)])
        .point('s', 15.0, 0.0, "highway=traffic_signals")
        .point('t', 15.0, 10.0, "highway=traffic_signals")
        .way("amnb", "highway=residential")
        .way("wmse", "highway=trunk, oneway=yes")
        .way("ftnv", "highway=trunk, oneway=yes");
    let route = way(&child(world.built().network), &world, 'a', 'b').expect("a way");
    assert_eq!(route.crossings.iter().map(|c| c.protection).collect::<Vec<_>>(), [Protection::Signals; 2]);
    assert!((route.walk_secs - route.length_m - 25.0).abs() < 0.01, "{route:?}");
}

#[test]
fn a_motorway_is_not_crossed_at_grade() {
    let world = Drawn::default()
        .points(&[('a', 0.0, -50.0), ('m', 0.0, 0.0), ('b', 0.0, 50.0), ('w', -100.0, 0.0), ('e', 100.0, 0.0)])
        .way("amb", "highway=residential")
        .way("wme", "highway=motorway");
    let walk = child(world.built().network);
    assert_eq!(way(&walk, &world, 'a', 'b'), Err(NoRoute::Apart));
    let before = walk.route(world.at('a'), place([0.0, -1.0]), SNAP_LIMIT_M).expect("up to it");
    assert_metres(before.length_m, 49.0);
}

#[test]
fn gates_let_people_through_unless_they_are_locked_and_walls_do_not() {
    for (barrier, open) in [
        ("barrier=gate", true),
        ("barrier=bollard", true),
        ("barrier=gate, access=no, foot=yes", true),
        ("barrier=gate, locked=yes", false),
        ("barrier=gate, access=private", false),
        ("barrier=lift_gate, access=forestry", false),
        ("barrier=lift_gate, motor_vehicle=forestry", true),
        ("barrier=wall", false),
        ("barrier=fence", false),
    ] {
        let world = Drawn::default()
            .points(&[('a', 0.0, 0.0), ('b', 200.0, 0.0)])
            .point('g', 100.0, 0.0, barrier)
            .way("agb", "highway=footway");
        let walk = child(world.built().network);
        assert_eq!(way(&walk, &world, 'a', 'b').is_ok(), open, "{barrier}");
        let before = walk.route(world.at('a'), place([99.0, 0.0]), SNAP_LIMIT_M).expect("up to it");
        assert_metres(before.length_m, 99.0);
    }
}

#[test]
fn ways_are_walked_or_not_by_the_conventions_of_the_field() {
    for (tags, walked) in [
        ("highway=residential, oneway=yes", true),
        ("highway=path", true),
        ("highway=cycleway", true),
        ("highway=service, access=private", false),
        ("highway=service, access=private, foot=yes", true),
        ("highway=track, foot=no", false),
        ("highway=track, access=forestry", false),
        ("highway=track, access=agricultural;forestry", false),
        ("highway=track, access=forestry, foot=yes", true),
        ("highway=track, access=agricultural;forestry, foot=yes;permissive", true),
        ("highway=track, motor_vehicle=forestry", true),
        ("highway=track, access=destination;agricultural", true),
        ("highway=service, access=delivery", false),
        ("highway=elevator", true),
        ("highway=primary", true),
        ("highway=primary, foot=use_sidepath", false),
        ("highway=trunk", false),
        ("highway=trunk, sidewalk=no", false),
        ("highway=trunk, sidewalk=separate", false),
        ("highway=trunk, foot=designated", true),
        ("highway=trunk, sidewalk=both", true),
        ("highway=trunk, sidewalk:left=yes", true),
        ("highway=trunk, sidewalk=both, motorroad=yes", false),
        ("highway=motorway", false),
        ("highway=motorway_link, sidewalk=both", false),
        ("highway=construction, construction=residential", false),
        ("highway=proposed", false),
        ("highway=residential, access=no", false),
        ("route=ferry, foot=yes", false),
        ("railway=platform", true),
        ("waterway=river", false),
    ] {
        let world = Drawn::default().points(&[('a', 0.0, 0.0), ('b', 200.0, 0.0)]).way("ab", tags);
        let built = world.try_built();
        assert_eq!(built.is_ok(), walked, "{tags}");
        assert!(walked || matches!(built, Err(BuildError::NoWays { .. })), "{tags}");
    }
}

#[test]
fn one_way_rules_are_for_vehicles() {
    let world =
        Drawn::default().points(&[('a', 0.0, 0.0), ('b', 200.0, 0.0)]).way("ab", "highway=residential, oneway=yes");
    let walk = child(world.built().network);
    assert_metres(way(&walk, &world, 'b', 'a').expect("a way").length_m, 200.0);
}

#[test]
fn a_square_is_walked_along_its_edges() {
    let square = "highway=pedestrian, area=yes";
    let world = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 100.0, 0.0), ('c', 100.0, 100.0), ('d', 0.0, 100.0), ('x', -50.0, 0.0)])
        .way("abcda", square)
        .way("xa", "highway=footway");
    let walk = child(world.built().network);
    assert_metres(way(&walk, &world, 'x', 'c').expect("a way").length_m, 250.0);
    let ring = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 100.0, 0.0), ('c', 100.0, 100.0), ('d', 0.0, 100.0)])
        .way("abcda", square);
    let walk = child(ring.built().network);
    assert_metres(way(&walk, &world, 'b', 'd').expect("around").length_m, 200.0);
    assert_metres(way(&walk, &world, 'b', 'c').expect("along").length_m, 100.0);
}

#[test]
fn steps_are_slow_for_children_and_closed_to_wheelchairs() {
    let world = steps_and_a_ramp();
    let network = Arc::new(world.built().network);
    let crossings = profiles().crossings;
    let walk = |id: &str| Walk::new(network.clone(), &profile(id), &crossings, &[]);
    let child = way(&walk("child_6_9"), &world, 'p', 'q').expect("a way");
    assert_metres(child.length_m, 230.0);
    assert!((child.walk_secs - 245.0).abs() < 0.2, "100 m, 30 m of steps at half as long again, 100 m: {child:?}");
    let wheels = way(&walk("wheelchair"), &world, 'p', 'q').expect("a way");
    assert_metres(wheels.length_m, 350.0);
    let beside = place([15.0, -5.0]);
    assert!(walk("wheelchair").snap(beside, 300.0).expect("near").away_m > 15.0, "not onto the steps");
    assert!(walk("child_6_9").snap(beside, 300.0).expect("near").away_m < 5.1);
}

#[test]
fn a_way_that_is_said_to_be_closed_to_wheelchairs_is_walked_by_children_only() {
    for (said, metres) in [("wheelchair=no", 350.0), ("wheelchair=limited", 230.0), ("wheelchair=yes", 230.0)] {
        let world = steps_and_a_ramp().way("ab", &format!("highway=footway, {said}"));
        let network = Arc::new(world.built().network);
        let walk = |id: &str| Walk::new(network.clone(), &profile(id), &profiles().crossings, &[]);
        assert_metres(way(&walk("wheelchair"), &world, 'p', 'q').expect("a way").length_m, metres);
        assert_metres(way(&walk("child_6_9"), &world, 'p', 'q').expect("a way").length_m, 230.0);
    }
}

#[test]
fn an_island_is_left_out_and_told() {
    let world = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 2000.0, 0.0), ('i', 0.0, 100.0), ('j', 10.0, 100.0)])
        .way("ab", "highway=residential")
        .way("ij", "highway=footway");
    let report = world.built().report;
    assert_eq!((report.components, report.dropped_components, report.dropped_nodes), (1, 1, 2));
    assert_metres(report.dropped_m, 10.0);
}

#[test]
fn a_network_of_one_node_is_no_network_and_the_smallest_one_works() {
    let node = Drawn::default().points(&[('a', 0.0, 0.0)]).way("aa", "highway=residential");
    assert!(matches!(node.try_built(), Err(BuildError::NoWays { .. })));
    let missing = Drawn::default().points(&[('a', 0.0, 0.0)]).way("az", "highway=residential");
    assert!(matches!(missing.try_built(), Err(BuildError::NoWays { .. })));
    let two = Drawn::default().points(&[('a', 0.0, 0.0), ('b', 1.0, 0.0)]).way("ab", "highway=residential");
    assert_metres(way(&child(two.built().network), &two, 'a', 'b').expect("a way").length_m, 1.0);
}

#[test]
fn places_on_top_of_each_other_are_no_time_apart() {
    let world = a_river_without_bridge();
    let walk = child(world.built().network);
    let on = way(&walk, &world, 'a', 'a').expect("a way");
    assert!(on.length_m < 0.01 && on.walk_secs < 0.01 && on.line.len() == 2, "{on:?}");
    let off = way(&walk, &world, 'e', 'e').expect("to the street and back");
    assert_metres(off.length_m, 250.0);
    assert_metres(off.snapped_from_m, 125.0);
}

#[test]
fn places_snap_onto_the_middle_of_a_street() {
    let world = a_river_without_bridge();
    let walk = child(world.built().network);
    let route = walk.route(place([300.0, -40.0]), place([700.0, 30.0]), SNAP_LIMIT_M).expect("a way");
    assert_metres(route.length_m, 470.0);
    assert_metres(route.snapped_from_m, 40.0);
    assert_metres(route.walk_secs, 470.0);
}

fn extract(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm").join(name);
    if !path.exists() {
        println!("skipped: {name} is not on this machine");
    }
    path.exists().then_some(path)
}

fn of_file(path: &Path) -> Arc<Network> {
    Arc::new(build(&Extract::open(path).expect("opens"), None, &mut |_, _| {}).expect("builds").network)
}

fn demonstration() -> Arc<Network> {
    of_file(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge/network.osm.pbf"))
}

/// Numbers without an order, the same on every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Dijkstra as it stands in every book: take the nearest junction that is not done, and look at its streets, which
/// `streets_at` finds.
fn dijkstra<I: IntoIterator<Item = EdgeIndex>>(
    walk: &Walk,
    starts: &[(NodeIndex, u32)],
    streets_at: impl Fn(NodeIndex) -> I,
) -> Vec<Option<u32>> {
    let network = walk.network();
    let mut heap = std::collections::BinaryHeap::new();
    let mut best: Vec<Option<u32>> = vec![None; network.node_count()];
    heap.extend(starts.iter().map(|(node, millis)| std::cmp::Reverse((*millis, *node))));
    while let Some(std::cmp::Reverse((millis, node))) = heap.pop() {
        if best[node as usize].is_some() {
            continue;
        }
        best[node as usize] = Some(millis);
        for index in streets_at(node).into_iter().filter(|index| walk.may(*index)) {
            let edge = network.edge(index);
            let time = walk.along(index, edge.length_mm) + walk.delay(index, edge.a) + walk.delay(index, edge.b);
            heap.push(std::cmp::Reverse((millis + time, edge.other(node))));
        }
    }
    best
}

/// Looking at all streets for each junction.
fn plain_dijkstra(walk: &Walk, starts: &[(NodeIndex, u32)]) -> Vec<Option<u32>> {
    let network = walk.network();
    let ends_at = |node: NodeIndex| (0..).zip(network.edges()).filter(move |(_, e)| e.a == node || e.b == node);
    dijkstra(walk, starts, |node| ends_at(node).map(|(index, _)| index))
}

/// With the streets of each junction at hand, for larger networks.
fn heap_dijkstra(walk: &Walk, starts: &[(NodeIndex, u32)]) -> Vec<Option<u32>> {
    let network = walk.network();
    dijkstra(walk, starts, |node| network.arcs()[network.arcs_at(node)].iter().copied())
}

fn assert_same_times(walk: &Walk, chance: &mut Chance, rounds: u32) {
    let nodes = walk.network().node_count() as u64;
    let mut search = Search::default();
    for round in 0..rounds {
        let starts: Vec<_> =
            (0..=chance.below(4)).map(|_| (chance.below(nodes) as NodeIndex, chance.below(100_000) as u32)).collect();
        let limit = if round % 2 == 0 { u32::MAX - 2 } else { 900_000 };
        walk.spread(&mut search, &starts, limit);
        let wanted = heap_dijkstra(walk, &starts);
        for (node, wanted) in (0..).zip(wanted) {
            assert_eq!(search.millis(node), wanted.filter(|millis| *millis <= limit), "from {starts:?} to {node}");
        }
        let reached = (0..nodes as NodeIndex).filter(|node| search.millis(*node).is_some()).count();
        assert_eq!(search.reached().len(), reached);
    }
}

#[test]
fn the_bucket_queue_agrees_with_a_plain_dijkstra_on_the_demonstration_county() {
    let network = demonstration();
    let crossings = profiles().crossings;
    for id in ["child_6_9", "wheelchair"] {
        assert_same_times(&Walk::new(network.clone(), &profile(id), &crossings, &[]), &mut Chance(7), 6);
    }
    assert_same_times(&undelayed(&network), &mut Chance(8), 4);
}

#[test]
fn the_bucket_queue_agrees_with_looking_at_every_street_on_random_networks() {
    let mut chance = Chance(11);
    for _ in 0..60 {
        let mut world = Drawn::default();
        let names: Vec<char> = ('A'..='Y').collect();
        for name in &names {
            world = world.point(*name, chance.below(2000) as f64, chance.below(2000) as f64, "");
        }
        for _ in 0..20 + chance.below(20) {
            let length = 2 + chance.below(4);
            let points: String = (0..length).map(|_| names[chance.below(25) as usize]).collect();
            let kinds = ["footway", "steps", "residential", "secondary", "primary", "trunk"];
            world = world.way(&points, &format!("highway={}", kinds[chance.below(6) as usize]));
        }
        let Ok(built) = world.try_built() else { continue };
        let walk = child(built.network);
        let start = [(chance.below(walk.network().node_count() as u64) as NodeIndex, 0)];
        let mut search = Search::default();
        walk.spread(&mut search, &start, u32::MAX - 2);
        let wanted = plain_dijkstra(&walk, &start);
        let found: Vec<_> = (0..wanted.len() as NodeIndex).map(|node| search.millis(node)).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn contraction_changes_no_distance() {
    // the same streets with a junction at every point: a dead end of no length holds each point open
    let bare = |held: bool| {
        let mut chance = Chance(3);
        let names: Vec<char> = ('A'..='Z').chain('a'..='z').collect();
        let mut world = Drawn::default();
        for (i, name) in names.iter().enumerate() {
            let (row, column) = ((i / 9) as f64, (i % 9) as f64);
            let mut off = || chance.below(30) as f64;
            world = world.point(*name, column * 100.0 + off(), row * 100.0 + off(), "");
        }
        for i in 0..names.len() - 1 {
            world = world.way(&names[i..=i + 1].iter().collect::<String>(), "highway=footway");
            if i % 7 == 0 && i + 9 < names.len() {
                world = world.way(&[names[i], names[i + 9]].iter().collect::<String>(), "highway=footway");
            }
        }
        if held {
            for (i, name) in names.iter().enumerate() {
                let twig = char::from_u32(0x4e00 + i as u32).expect("a letter");
                let at = world.at(*name);
                let (east, north) = ((at.lon() - 116.2) * 89_821.0, (at.lat() - 36.3) * 110_965.0);
                world = world.point(twig, east, north + 5.0, "").way(&format!("{name}{twig}"), "highway=footway");
            }
        }
        world
    };
    let (thin, full) = (bare(false), bare(true));
    let [thin_net, full_net] = [&thin, &full].map(|world| Arc::new(world.built().network));
    assert!(thin_net.node_count() < 20 && full_net.node_count() > 100, "{}", thin_net.node_count());
    let [thin_walk, full_walk] = [&thin_net, &full_net].map(undelayed);
    let nodes = |network: &Network| 0..network.node_count() as NodeIndex;
    let in_full = |node| {
        let at = thin_net.node(node).e7();
        nodes(&full_net).find(|other| full_net.node(*other).e7() == at).expect("the same point")
    };
    let places: Vec<NodeIndex> = nodes(&thin_net).map(in_full).collect();
    let [mut thin_search, mut full_search] = [Search::default(), Search::default()];
    for from in nodes(&thin_net) {
        thin_walk.spread(&mut thin_search, &[(from, 0)], u32::MAX - 2);
        full_walk.spread(&mut full_search, &[(places[from as usize], 0)], u32::MAX - 2);
        for to in nodes(&thin_net) {
            assert_eq!(thin_search.millis(to), full_search.millis(places[to as usize]), "{from} to {to}");
        }
    }
}

/// Looks at every piece of every street; a flat map is enough at this distance.
fn plain_snap(walk: &Walk, at: LonLat) -> f64 {
    let network = walk.network();
    let plane = yimi::geo::LocalPlane::around(at);
    let mut best = f64::INFINITY;
    for edge in (0..network.edges().len() as EdgeIndex).filter(|edge| walk.may(*edge)) {
        let line: Vec<[f64; 2]> = network.line(edge).map(|point| plane.metres(point)).collect();
        for pair in line.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let share = (-(a[0] * dx + a[1] * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
            best = best.min((a[0] + share * dx).hypot(a[1] + share * dy));
        }
    }
    best
}

#[test]
fn snapping_agrees_with_looking_at_every_street() {
    let network = demonstration();
    let crossings = profiles().crossings;
    for id in ["child_6_9", "wheelchair"] {
        let walk = Walk::new(network.clone(), &profile(id), &crossings, &[]);
        let mut chance = Chance(5);
        let mut joined = 0;
        for _ in 0..150 {
            let node = network.node(chance.below(network.node_count() as u64) as NodeIndex);
            let off = |chance: &mut Chance| chance.below(8000) as f64 / 1e6 - 0.004;
            let at = LonLat::new(node.lon() + off(&mut chance), node.lat() + off(&mut chance)).expect("a position");
            let wanted = plain_snap(&walk, at);
            match walk.snap(at, SNAP_LIMIT_M) {
                Some(found) => {
                    joined += 1;
                    assert!((found.away_m - wanted).abs() < 1e-6, "{at:?}: {found:?} {wanted}");
                    assert!((geodesic_m(at, found.at) - wanted).abs() < 0.05, "{at:?}: {found:?} {wanted}");
                }
                None => assert!(wanted > SNAP_LIMIT_M, "{at:?}: {wanted}"),
            }
        }
        assert!(joined > 50, "{joined}");
    }
}

/// The time of a route is the time of its line and its crossings; forth and back are the same.
fn assert_routes_add_up(network: &Arc<Network>, pairs: usize) {
    let walk = Walk::new(network.clone(), &profile("child_6_9"), &profiles().crossings, &[]);
    let mut chance = Chance(21);
    let nodes = network.node_count() as u64;
    let (mut found, mut took) = (0, Vec::new());
    for _ in 0..pairs {
        let mut any = || network.node(chance.below(nodes) as NodeIndex);
        let (from, to) = (any(), any());
        let start = std::time::Instant::now();
        let route = walk.route(from, to, SNAP_LIMIT_M);
        took.push(start.elapsed());
        let back = walk.route(to, from, SNAP_LIMIT_M);
        let Ok(route) = route else {
            assert_eq!(route, back);
            continue;
        };
        found += 1;
        let back = back.expect("the way back");
        assert!((route.walk_secs - back.walk_secs).abs() < 0.01, "{} {}", route.walk_secs, back.walk_secs);
        let line: f64 = route.line.windows(2).map(|pair| geodesic_m(pair[0], pair[1])).sum();
        assert!((line - route.length_m).abs() < 0.05 + line / 10_000.0, "{line} {}", route.length_m);
        let waits: f64 = route.crossings.iter().map(|crossed| crossed.delay_secs).sum();
        assert!(route.walk_secs + 0.5 > route.length_m + waits, "{route:?}");
    }
    took.sort();
    println!("{found} of {pairs} pairs; median route {:?}", took[took.len() / 2]);
    assert!(found > pairs / 2);
}

#[test]
fn routes_in_the_demonstration_county_add_up() {
    assert_routes_add_up(&demonstration(), 200);
}

#[test]
fn real_extracts_become_networks_that_agree_with_the_plain_reference() {
    for (name, nodes, share) in
        [("liechtenstein.osm.pbf", 5_000, 0.95), ("porto-alegre.osm.pbf", 10_000, 0.95), ("monaco.osm.gz", 800, 0.95)]
    {
        let Some(path) = extract(name) else { continue };
        let start = std::time::Instant::now();
        let built = build(&Extract::open(&path).expect("opens"), None, &mut |_, _| {}).expect("builds");
        let took = start.elapsed();
        let network = Arc::new(built.network);
        let walk = Walk::new(network.clone(), &profile("child_6_9"), &profiles().crossings, &[]);
        let bytes = (network.bytes() + walk.bytes()) as f64 / network.arcs().len() as f64;
        println!("{name}: {took:?}, {bytes:.1} bytes a directed edge, {:?}", built.report);
        assert!(network.node_count() > nodes && built.report.largest_share > share, "{name}: {:?}", built.report);
        assert!(bytes < 48.0, "{name}: {bytes} bytes a directed edge");
        assert_same_times(&walk, &mut Chance(13), 3);
        assert_routes_add_up(&network, 200);
        let again = Network::from_bytes(&network.to_bytes().expect("written")).expect("read");
        assert_eq!(again.to_bytes().expect("written"), network.to_bytes().expect("written"));
    }
}

#[test]
fn streets_keep_their_names_and_a_change_of_name_parts_them() {
    let world = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 100.0, 0.0), ('c', 200.0, 0.0), ('d', 300.0, 0.0)])
        .way("ab", "highway=residential, name=文化街")
        .way("bc", "highway=residential, name=文化街")
        .way("cd", "highway=residential, name=曙光街")
        .way("da", "highway=motorway, name=G1");
    let network = world.built().network;
    let mut names: Vec<_> = (0..network.edges().len() as EdgeIndex).map(|edge| network.name(edge)).collect();
    names.sort_unstable();
    assert_eq!(names, ["文化街", "曙光街"]);
    let twice = Network::from_bytes(&network.to_bytes().expect("written")).expect("read");
    assert!((0..2).all(|edge| twice.name(edge) == network.name(edge)));
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let [one, other] = [demonstration(), demonstration()].map(|network| network.to_bytes().expect("written"));
    assert!(one == other);
    assert!(Network::from_bytes(&one[..one.len() - 1]).is_err());
    assert!(Network::from_bytes(b"yimi network 0\n").is_err());
}
